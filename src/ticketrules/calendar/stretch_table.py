"""Stretch tables: the ledger laid out for arrays whose boundaries no slot is long enough for.

A schedule that opens at 08:37 has slots of a minute, and ten years of them crowd out all else from
the caches. Here a slot may be cut by boundaries as long as it holds at most one open stretch:
service time before an instant is then the instant, held between that stretch's two ends, plus a
constant.
"""

from typing import Final

import numpy as np

from ticketrules.calendar.array_table import MOST_SLOTS, ArrayTable, Micros, Room
from ticketrules.calendar.ledger import Ledger

_SECOND: Final = 1_000_000
WIDTHS: Final = tuple(_SECOND * 60 * minutes for minutes in (1440, 720, 480, 360, 240, 180, 120,
                                                             60, 30, 15, 5, 1))  # fmt: skip
"""The slots that are tried, longest first, in microseconds."""


def width_for(table: ArrayTable) -> int:
    """The longest slot that holds at most one open stretch of a table, or 0."""
    for width in WIDTHS:
        if (table.last - table.first) // width >= MOST_SLOTS:
            return 0
        ends = (table.ends[:-1] - 1 - table.first) // width
        starts = (table.starts[1:] - table.first) // width
        if (ends < starts).all():
            return width
    return 0


class StretchTable(ArrayTable):
    """Some consecutive years in slots of at most one open stretch each."""

    def __init__(self, ledger: Ledger, first_year: int, last_year: int, width: int) -> None:
        super().__init__(ledger, first_year, last_year)
        self._width = width
        slots = np.arange(self.first, self.last + width, width)
        index = np.minimum(np.searchsorted(self.ends, slots, "right"), len(self.ends) - 1)
        self._low = np.clip(self.starts[index], slots, slots + width)
        self._high = np.clip(self.ends[index], slots, slots + width)
        self._shift = self.before[index] - self.starts[index]
        # A slot before its stretch holds the instant at the stretch's opening, one after the last
        # stretch of all at its end: both are what was served by then.
        none = self._low >= self._high
        self._shift += np.where(none, np.clip(slots, self.starts[index], self.ends[index]), 0)
        self._shift -= np.where(none, slots, 0)
        self._low[none] = self._high[none] = slots[none]
        # Within this much service time there is at most one boundary between two stretches.
        self._step = int((self.ends - self.starts).min())
        self._is_stepped = self.total // self._step < MOST_SLOTS
        if self._is_stepped:
            steps = np.arange(0, self.total + self._step, self._step)
            self._nth = np.searchsorted(self.before, steps, "right") - 1
            self._after = np.append(self.before[1:], self.total)
            self._base = self.starts - self.before

    def served(self, at: Micros, out: Micros, room: Room) -> bool:
        """See the base class."""
        size = len(at)
        since, index = room.since[:size], room.index[:size]
        np.subtract(at, self.first, out=since)
        if since.min() < 0 or since.max() > self.last - self.first:
            return False
        np.floor_divide(since.view(np.uint64), np.uint64(self._width), out=index.view(np.uint64))
        np.take(self._low, index, out=out, mode="clip")
        np.maximum(at, out, out=out)
        np.take(self._high, index, out=since, mode="clip")
        np.minimum(out, since, out=out)
        np.take(self._shift, index, out=since, mode="clip")
        np.add(out, since, out=out)
        return True

    def landing(self, served: Micros, out: Micros, room: Room) -> None:
        """See the base class."""
        if not self._is_stepped:
            super().landing(served, out, room)
            return
        size = len(served)
        since, index = room.since[:size], room.index[:size]
        np.subtract(served, 1, out=since)
        np.floor_divide(since.view(np.uint64), np.uint64(self._step), out=index.view(np.uint64))
        np.take(self._nth, index, out=since, mode="clip")
        np.take(self._after, since, out=index, mode="clip")
        np.add(since, served > index, out=since)
        np.take(self._base, since, out=index, mode="clip")
        np.add(index, served, out=out)
