"""Slot tables: the ledger laid out for arrays, in equal slots of UTC.

The slot is the greatest common divisor of all boundaries, so that each one is wholly open or
wholly closed and an instant finds its slot by division. One gathered number *c* tells both what
kind of slot it is and how much was served: for a closed slot the service time before it, never
negative; for an open one what to add to the instant *x* to have the service time before it, always
negative. Read as numbers without a sign, the smaller one of *c* and *c + x* is the answer in both
cases, because a negative number then is a huge one and *c + x* of an open slot wraps around.
"""

import numpy as np

from ticketrules.calendar.array_table import MOST_SLOTS, ArrayTable, Micros, Room
from ticketrules.calendar.ledger import Ledger, year_of
from ticketrules.calendar.stretch_table import StretchTable, grid_for


class SlotTable(ArrayTable):
    """Some consecutive years in equal slots.

    Attributes:
        slot: The length of a slot.
        zero: Where the first slot begins.
        counts: What is gathered, by slot.
    """

    def __init__(self, ledger: Ledger, first_year: int, last_year: int) -> None:
        super().__init__(ledger, first_year, last_year)
        # Slots begin with an opening: from midnight on, most schedules would have shorter ones.
        pivot = int(self.starts[0]) if len(self.starts) else self.first
        marks = np.concatenate((self.starts, self.ends)) - pivot
        self.slot = slot = int(np.gcd.reduce(marks)) or self.last - self.first
        self.is_coarse = (self.last - self.first) // slot < MOST_SLOTS
        # Two more slots before the first: the openings' numbers are to be below zero.
        self.zero = pivot - ((pivot - self.first) // slot + 2) * slot
        if self.is_coarse:
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

    def served(self, at: Micros, out: Micros, room: Room) -> bool:
        """See the base class."""
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

    def landing(self, served: Micros, out: Micros, room: Room) -> None:
        """See the base class."""
        size = len(served)
        since, index = room.since[:size], room.index[:size]
        np.subtract(served, 1, out=since)
        np.floor_divide(since.view(np.uint64), np.uint64(self.slot), out=index.view(np.uint64))
        np.take(self._landings, index, out=since, mode="clip")
        np.add(since, served, out=out)


def covering(ledger: Ledger, table: ArrayTable | None, least: int, most: int) -> ArrayTable:
    """A table that covers two instants and what another one covered.

    Raises:
        UnannouncedError: One of them lies outside what is known.
        CalendarError: One of them lies outside the years that can be reckoned with.
    """
    ledger.served_at(least)
    ledger.served_at(most)
    first, last = year_of(least), year_of(max(most - 1, least))
    if table is not None:
        first, last = min(first, table.years[0]), max(last, table.years[1])
    slots = SlotTable(ledger, first, last)
    if slots.is_coarse:
        return slots
    grid = grid_for(slots)
    return StretchTable(ledger, first, last, grid) if grid else ArrayTable(ledger, first, last)
