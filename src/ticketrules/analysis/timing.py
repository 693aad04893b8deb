"""Timing: amounts of time in arrays of microseconds, by one calendar or around the clock."""

import numpy as np

from ticketrules.analysis.block import Ints
from ticketrules.calendar import ServiceCalendar


class Timing:
    """Amounts of time in arrays of microseconds, by one calendar or around the clock.

    Args:
        calendar: The calendar; ``None`` for plain time.
    """

    def __init__(self, calendar: ServiceCalendar | None) -> None:
        self._calendar = calendar

    def elapsed(self, start: Ints, end: Ints) -> Ints:
        """The time that counts in each ``[start, end)``."""
        if self._calendar is None:
            return end - start
        if not len(start):
            return np.zeros(0, np.int64)
        found = self._calendar.elapsed_array(start.view("M8[us]"), end.view("M8[us]"))
        return found.view(np.int64)

    def advance(self, start: Ints, amount: Ints) -> Ints:
        """The earliest instant with so much counted time since each start."""
        if self._calendar is None:
            return start + amount
        if not len(start):
            return np.zeros(0, np.int64)
        found = self._calendar.advance_array(start.view("M8[us]"), amount.view("m8[us]"))
        return found.view(np.int64)
