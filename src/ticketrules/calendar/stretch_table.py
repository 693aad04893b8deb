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


GAPS_TRIED: Final = 6
"""So many of the first gaps between stretches are tried as places for slots to begin in."""


def grid_for(table: ArrayTable) -> tuple[int, int] | None:
    """The longest slot that holds at most one open stretch of a table, and where slots begin.

    Returns:
        Length of a slot and start of the first, or None where slots would be too many.
    """
    gaps = zip(table.ends[:GAPS_TRIED].tolist(), table.starts[1:].tolist(), strict=False)
    phases = [table.first, *((end + start) // 2 for end, start in gaps)]
    for width in WIDTHS:
        if (table.last - table.first) // width >= MOST_SLOTS:
            return None
        for phase in phases:
            zero = table.first - (table.first - phase) % width
            ends = (table.ends[:-1] - 1 - zero) // width
            if (ends < (table.starts[1:] - zero) // width).all():
                return width, zero
    return None


class StretchTable(ArrayTable):
    """Some consecutive years in slots of at most one open stretch each."""

    def __init__(
        self, ledger: Ledger, first_year: int, last_year: int, grid: tuple[int, int]
    ) -> None:
        super().__init__(ledger, first_year, last_year)
        width, zero = self._width, self._zero = grid
        slots = np.arange(zero, self.last + width, width)
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
        np.subtract(at, self._zero, out=since)
        if since.min() < self.first - self._zero or since.max() > self.last - self._zero:
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
