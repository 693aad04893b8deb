"""Array tables: what some consecutive years have in common, however arrays are answered."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ticketrules.calendar.ledger import Ledger
from ticketrules.calendar.timeline import year_span

Micros = NDArray[np.int64]

MOST_SLOTS: Final = 1 << 20
"""Beyond so many slots (8 MiB) a table is no longer worth its place in the caches."""


class Room:
    """Buffers for one block, kept from block to block."""

    def __init__(self, size: int) -> None:
        self.since = np.empty(size, np.int64)
        self.index = np.empty(size, np.int64)
        self.left = np.empty(size, np.int64)
        self.right = np.empty(size, np.int64)


class ArrayTable:
    """Some consecutive years as arrays, whose boundaries are searched.

    The tables that derive from it find them by division, and leave to it what they cannot.

    Attributes:
        first: The earliest instant it answers for.
        last: The latest one.
        origin: Service time of the ledger that counts as zero here.
        total: Service time from ``first`` to ``last``.
        starts: Where each open stretch begins.
        ends: Where it ends.
        before: Service time before it.
    """

    def __init__(self, ledger: Ledger, first_year: int, last_year: int) -> None:
        years = [ledger.year(year) for year in range(first_year, last_year + 1)]
        known = ledger.timeline.known
        self.years = (first_year, last_year)
        self.first = max(year_span(first_year)[0], known[0])
        self.last = min(year_span(last_year)[1], known[1])
        self.origin = years[0].served[0]
        self.total = years[-1].served[1] - self.origin
        self.starts = np.array([at for year in years for at in year.starts], np.int64)
        self.ends = np.array([at for year in years for at in year.ends], np.int64)
        self.before = np.array([at for year in years for at in year.before], np.int64)
        self.before -= self.origin

    def covers(self, least: int, most: int) -> bool:
        """Whether it answers for every instant from ``least`` to ``most``, both included."""
        return self.first <= least and most <= self.last

    def served(self, at: Micros, out: Micros, room: Room) -> bool:  # noqa: ARG002 - others need it
        """Service time before each instant, into ``out``.

        Returns:
            False, with ``out`` undefined, where some instant is not covered or not a time.
        """
        if not self.covers(int(at.min()), int(at.max())):
            return False
        index = np.maximum(np.searchsorted(self.starts, at) - 1, 0)
        inside = np.minimum(at, self.ends[index]) - self.starts[index]
        np.add(self.before[index], np.maximum(inside, 0), out=out)
        return True

    def landing(self, served: Micros, out: Micros, room: Room) -> None:  # noqa: ARG002 - see above
        """The earliest instant with so much service time before it, into ``out``.

        Every ``served`` is positive and at most ``total``.
        """
        index = np.searchsorted(self.before, served) - 1
        np.add(self.starts[index] - self.before[index], served, out=out)
