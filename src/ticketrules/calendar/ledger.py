"""Ledger: how much service time lies before each instant, compiled one UTC year at a time.

Everything here is a whole number of microseconds; instants count from the epoch. Service time is
counted from the start of the first year that was compiled, so it is negative before that year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attrs import frozen

from ticketrules.calendar.timeline import EPOCH, LAST_YEAR, Timeline, year_span
from ticketrules.calendar.windows import Span
from ticketrules.errors import CalendarError, UnannouncedError

BARREN_YEARS: Final = 50
"""A search gives up after so many years without one open stretch: the longest gap that a rule by
weekday and date can have is forty years (29 February on a given weekday, across 2100)."""


@frozen
class YearLedger:
    """One UTC year: its open stretches and the service time before each of them.

    Attributes:
        year: The year.
        starts: Where each stretch opens.
        ends: Where each stretch closes.
        before: Service time before each stretch.
        served: Service time before the year, and before the next.
    """

    year: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    served: Span

    def served_at(self, instant: int) -> int:
        """Service time before an instant of this year."""
        at = bisect_right(self.starts, instant) - 1
        if at < 0:
            return self.served[0]
        return self.before[at] + min(instant, self.ends[at]) - self.starts[at]


class Ledger:
    """The compiled years of one timeline; they are always consecutive.

    Years are added as they are asked for, so that the cost follows the span that is used. Adding
    is idempotent: two threads that add the same year write the same values.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._years: dict[int, YearLedger] = {}
        self._first = 0
        self._last = -1

    def year(self, year: int) -> YearLedger:
        """The ledger of one UTC year.

        Raises:
            CalendarError: Outside the years that can be reckoned with.
            UnannouncedError: The year can be neither looked up nor projected.
        """
        found = self._years.get(year)
        if found is not None:
            return found
        if not self._years:
            return self._compile(year, before=0)
        while self._last < year:
            self._compile(self._last + 1, before=self._years[self._last].served[1])
        while self._first > year:
            self._compile(self._first - 1, after=self._years[self._first].served[0])
        return self._years[year]

    def _compile(
        self, year: int, *, before: int | None = None, after: int | None = None
    ) -> YearLedger:
        spans = self._timeline.opens(year)
        if before is None:
            before = (after or 0) - sum(end - start for start, end in spans)
        starts: list[int] = []
        ends: list[int] = []
        befores: list[int] = []
        served = before
        for start, end in spans:
            starts.append(start)
            ends.append(end)
            befores.append(served)
            served += end - start
        found = self._years[year] = YearLedger(year, starts, ends, befores, (before, served))
        self._first = min(self._years)
        self._last = max(self._years)
        return found

    def at(self, instant: int) -> YearLedger:
        """The ledger of the year of an instant, once the instant may be asked about.

        Raises:
            UnannouncedError: No notice has announced the instant's day, and nothing is projected.
        """
        self._timeline.bounds_around(instant)
        return self.year(year_of(instant))

    def served_at(self, instant: int) -> int:
        """Service time before an instant; see ``at`` for what it raises.

        An instant that is exactly the end of what is announced can still be an end.
        """
        try:
            return self.at(instant).served_at(instant)
        except UnannouncedError:
            ledger = self.at(instant - 1)
            return ledger.served_at(instant)

    def check(self, start: int, end: int) -> None:
        """Refuse a stretch that leaves the announced days around its start.

        Raises:
            UnannouncedError: It does, and this calendar does not project.
        """
        bounds = self._timeline.bounds_around(start)
        if bounds is not None and end > bounds[1]:
            self._timeline.bounds_around(end)
            self._timeline.bounds_around(bounds[1])

    def spans_from(self, instant: int) -> Iterator[tuple[int, int, int]]:
        """The stretches that end after an instant, as start, end and service time before.

        A stretch across New Year (UTC) comes in two pieces.

        Raises:
            CalendarError: The years end, or nothing opens for too many of them.
        """
        year = year_of(instant)
        barren = 0
        while True:
            ledger = self.year(year) if barren or year != year_of(instant) else self.at(instant)
            first = bisect_right(ledger.ends, instant)
            for at in range(first, len(ledger.starts)):
                yield ledger.starts[at], ledger.ends[at], ledger.before[at]
            barren = 0 if first < len(ledger.starts) else barren + 1
            if barren > BARREN_YEARS:
                msg = f"nothing opens in the {BARREN_YEARS} years after {text_of(instant)}"
                raise CalendarError(msg)
            year += 1
            self.check(instant, year_span(year)[0] + 1)

    def spans_back_from(self, instant: int) -> Iterator[tuple[int, int, int]]:
        """The stretches that start before an instant, the latest first; see ``spans_from``."""
        year = year_of(instant - 1)
        barren = 0
        self._timeline.bounds_around(instant - 1)
        while True:
            ledger = self.year(year)
            count = bisect_left(ledger.starts, instant)
            for at in range(count - 1, -1, -1):
                yield ledger.starts[at], ledger.ends[at], ledger.before[at]
            barren = 0 if count else barren + 1
            if barren > BARREN_YEARS:
                msg = f"nothing opens in the {BARREN_YEARS} years before {text_of(instant)}"
                raise CalendarError(msg)
            self.check(year_span(year)[0] - 1, instant)
            year -= 1


def year_of(instant: int) -> int:
    """The UTC year of an instant.

    Raises:
        CalendarError: Outside the years that can be reckoned with.
    """
    if not _EARLIEST <= instant < _LATEST:
        msg = f"instant {instant} µs from the epoch is outside the years 2 to {LAST_YEAR}"
        raise CalendarError(msg)
    return (EPOCH + timedelta(microseconds=instant)).year


def text_of(instant: int) -> str:
    """An instant for a message."""
    return (EPOCH + timedelta(microseconds=instant)).isoformat()


_EARLIEST: Final = year_span(2)[0]
_LATEST: Final = year_span(LAST_YEAR)[1]

