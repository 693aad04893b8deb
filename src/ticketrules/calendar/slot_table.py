"""Slot tables: the ledger laid out for arrays, in equal slots of UTC.

The slot is the greatest common divisor of all boundaries, so that each one is wholly open or
wholly closed and an instant finds its slot by division. One gathered number *c* tells both what
kind of slot it is and how much was served: for a closed slot the service time before it, never
negative; for an open one what to add to the instant *x* to have the service time before it, always
negative. Read as numbers without a sign, the smaller one of *c* and *c + x* is the answer in both
cases, because a negative number then is a huge one and *c + x* of an open slot wraps around.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ticketrules.calendar.ledger import Ledger, year_of
from ticketrules.calendar.timeline import year_span

Micros = NDArray[np.int64]

MOST_SLOTS: Final = 1 << 22
"""Beyond so many slots (32 MiB), boundaries are searched and not divided for."""


class SlotTable:
    """Some consecutive years in equal slots.

    Attributes:
        first: The earliest instant it answers for.
        last: The latest one.
        origin: Service time of the ledger that counts as zero here.
        total: Service time from ``first`` to ``last``.
        slot: The length of a slot, or 0 where boundaries have to be searched.
        zero: Where the first slot begins.
        counts: What is gathered, by slot.
    """

    def __init__(self, ledger: Ledger, first_year: int, last_year: int) -> None:
        years = [ledger.year(year) for year in range(first_year, last_year + 1)]
        known = ledger.timeline.known
        self.years = (first_year, last_year)
        self.first = max(year_span(first_year)[0], known[0])
        self.last = min(year_span(last_year)[1], known[1])
        self.origin = ledger.served_at(self.first)
        self.total = ledger.served_at(self.last) - self.origin
        self.starts = np.array([at for year in years for at in year.starts], np.int64)
        self.ends = np.array([at for year in years for at in year.ends], np.int64)
        self.before = np.array([at for year in years for at in year.before], np.int64)
        self.before -= self.origin
        # Slots begin with an opening: from midnight on, most schedules would have shorter ones.
        pivot = int(self.starts[0]) if len(self.starts) else self.first
        marks = np.concatenate((self.starts, self.ends)) - pivot
        slot = int(np.gcd.reduce(marks)) or self.last - self.first
        self.slot = slot if (self.last - self.first) // slot < MOST_SLOTS else 0
        # Two more slots before the first: the openings' numbers are to be below zero.
        self.zero = pivot - ((pivot - self.first) // slot + 2) * slot
        if self.slot:
            self._lay_out()

    def _lay_out(self) -> None:
        """Fill the two gathered tables."""
        slot = self.slot
        count = (self.last - self.zero) // slot + 1
        steps = np.zeros(count + 1, np.int64)
        steps[(self.starts - self.zero) // slot] += 1
        steps[(self.ends - self.zero) // slot] -= 1
        is_open = np.cumsum(steps[:count]) > 0
        served: Micros = np.cumsum(is_open) - is_open
        slots = np.arange(count)
        self.counts = np.where(is_open, served - slots, served) * slot
        opened = slots[is_open]
        self._landings = (opened - np.arange(len(opened))) * slot + self.zero

    def covers(self, least: int, most: int) -> bool:
        """Whether it answers for every instant from ``least`` to ``most``, both included."""
        return self.first <= least and most <= self.last

    def served(self, at: Micros, out: Micros, room: "Room") -> bool:
        """Service time before each instant, into ``out``.

        Returns:
            False, with ``out`` undefined, where some instant is not covered or not a time.
        """
        if not self.slot:
            return self._search(at, out)
        size = len(at)
        since, index = room.since[:size], room.index[:size]
        np.subtract(at, self.zero, out=since)
        if since.min() < self.first - self.zero or since.max() > self.last - self.zero:
            return False
        np.floor_divide(since.view(np.uint64), np.uint64(self.slot), out=index.view(np.uint64))
        np.take(self.counts, index, out=out, mode="clip")
        np.add(since, out, out=since)
        np.minimum(since.view(np.uint64), out.view(np.uint64), out=out.view(np.uint64))
        return True

    def _search(self, at: Micros, out: Micros) -> bool:
        if not self.covers(int(at.min()), int(at.max())):
            return False
        index = np.maximum(np.searchsorted(self.starts, at, "right") - 1, 0)
        inside = np.minimum(at, self.ends[index]) - self.starts[index]
        np.add(self.before[index], np.maximum(inside, 0), out=out)
        return True

    def landing(self, served: Micros, out: Micros, room: "Room") -> None:
        """The earliest instant with so much service time before it, into ``out``.

        Every ``served`` is positive and at most ``total``.
        """
        size = len(served)
        if not self.slot:
            index = np.searchsorted(self.before, served, "left") - 1
            np.add(self.starts[index] - self.before[index], served, out=out)
            return
        since, index = room.since[:size], room.index[:size]
        np.subtract(served, 1, out=since)
        np.floor_divide(since.view(np.uint64), np.uint64(self.slot), out=index.view(np.uint64))
        np.take(self._landings, index, out=since, mode="clip")
        np.add(since, served, out=out)


class Room:
    """Buffers for one block, kept from block to block."""

    def __init__(self, size: int) -> None:
        self.since = np.empty(size, np.int64)
        self.index = np.empty(size, np.int64)
        self.left = np.empty(size, np.int64)
        self.right = np.empty(size, np.int64)


def covering(ledger: Ledger, table: SlotTable | None, least: int, most: int) -> SlotTable:
    """A table that covers two instants and what another one covered.

    Raises:
        UnannouncedError: One of them lies outside what is known.
        CalendarError: One of them lies outside the years that can be reckoned with.
    """
    ledger.served_at(least)
    ledger.served_at(most)
    years: Any = (year_of(least), year_of(max(most - 1, least)))
    if table is not None:
        years = min(years[0], table.years[0]), max(years[1], table.years[1])
    return SlotTable(ledger, *years)
