"""Ledger: how much service time lies before each instant, compiled one UTC year at a time.

Everything here is a whole number of microseconds; instants count from the epoch. Service time is
counted from the start of the first year that was compiled, so it is negative before that year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import timedelta
from threading import RLock
from typing import Final, NamedTuple

from ticketrules.calendar.timeline import EPOCH, FIRST_YEAR, LAST_YEAR, Timeline, year_span
from ticketrules.calendar.windows import Span
from ticketrules.errors import CalendarError, UnannouncedError

BARREN_YEARS: Final = 50
"""A search gives up after so many years without one open stretch: the longest gap that a rule by
weekday and date can have is forty years (29 February on a given weekday, across 2100)."""

Piece = tuple[int, int, int]
"""An open stretch: its start, its end, and the service time before it."""


class YearLedger(NamedTuple):
    """One UTC year: its open stretches and the service time before each of them.

    Attributes:
        starts: Where each stretch opens.
        ends: Where each stretch closes.
        before: Service time before each stretch.
        served: Service time before the year, and before the next.
    """

    starts: list[int]
    ends: list[int]
    before: list[int]
    served: Span

    @classmethod
    def of(cls, spans: list[Span], served: int) -> "YearLedger":
        """A year of these open stretches, with so much service time before it."""
        first = served
        starts: list[int] = []
        ends: list[int] = []
        before: list[int] = []
        for start, end in spans:
            starts.append(start)
            ends.append(end)
            before.append(served)
            served += end - start
        return cls(starts, ends, before, (first, served))

    def served_at(self, instant: int) -> int:
        """Service time before an instant of this year."""
        at = bisect_right(self.starts, instant) - 1
        if at < 0:
            return self.served[0]
        return self.before[at] + min(instant, self.ends[at]) - self.starts[at]


class Ledger:
    """The compiled years of one timeline; they are always consecutive.

    Years are added as they are asked for, so that the cost follows the span that is used.

    Attributes:
        timeline: Where the open stretches come from.
        lock: Held while anything is added, here or to a table made from this ledger.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.lock = RLock()
        self._years: dict[int, YearLedger] = {}

    def year(self, year: int) -> YearLedger:
        """The ledger of one UTC year.

        Raises:
            CalendarError: Outside the years that can be reckoned with.
            UnannouncedError: Nothing is known of the year.
        """
        found = self._years.get(year)
        if found is not None:
            return found
        with self.lock:
            opens = self.timeline.opens
            if not self._years:
                self._years[year] = YearLedger.of(opens(year), 0)
            for late in range(max(self._years) + 1, year + 1):
                self._years[late] = YearLedger.of(opens(late), self._years[late - 1].served[1])
            for early in range(min(self._years) - 1, year - 1, -1):
                spans = opens(early)
                length = sum(end - start for start, end in spans)
                self._years[early] = YearLedger.of(spans, self._years[early + 1].served[0] - length)
            return self._years[year]

    def check(self, start: int, end: int) -> None:
        """Refuse a stretch that leaves what is known.

        Raises:
            UnannouncedError: It does: no notice has announced it, and nothing is projected there.
            CalendarError: It is outside the years that can be reckoned with.
        """
        first, last = self.timeline.known
        if start < first or end > last:
            outside = start if start < first else end
            year_of(outside)
            msg = (
                f"{text_of(outside)} is outside what is known, {text_of(first)} to {text_of(last)}"
            )
            raise UnannouncedError(msg)

    def served_at(self, instant: int) -> int:
        """Service time before an instant; the end of what is known is still an instant.

        Raises:
            UnannouncedError: The instant lies outside what is known.
        """
        return self._known_year(instant, instant).served_at(instant)

    def is_open(self, instant: int) -> bool:
        """Whether the microsecond that begins at an instant is service time."""
        year = self._known_year(instant, instant + 1)
        at = bisect_right(year.starts, instant) - 1
        return at >= 0 and instant < year.ends[at]

    def _known_year(self, start: int, end: int) -> YearLedger:
        """The year in which a stretch begins, refused as ``check`` does."""
        self.check(start, end)
        year = self.year(year_of(start))
        self.check(start, end)  # compiling may have found the end of what is known
        return year

    def landing(self, served: int) -> int:
        """The earliest instant with so much service time before it.

        Raises:
            CalendarError: The years end, or nothing opens for too many of them.
            UnannouncedError: It lies outside what is known.
        """
        year = max(tuple(self._years))
        step = 1 if self._years[year].served[1] < served else -1
        barren = 0
        while not self._years[year].served[0] < served <= self._years[year].served[1]:
            year = self._next(year, step)
            barren = self._barren(barren, year)
        ledger = self._years[year]
        at = bisect_left(ledger.before, served) - 1
        return self._sure(ledger.starts[at] + served - ledger.before[at])

    def landing_back(self, served: int) -> int:
        """The latest instant with so much service time before it; raises as ``landing`` does."""
        year = min(tuple(self._years))
        step = 1 if self._years[year].served[1] <= served else -1
        barren = 0
        while not self._years[year].served[0] <= served < self._years[year].served[1]:
            year = self._next(year, step)
            barren = self._barren(barren, year)
        ledger = self._years[year]
        at = bisect_right(ledger.before, served) - 1
        return self._sure(ledger.starts[at] + served - ledger.before[at])

    def _next(self, year: int, step: int) -> int:
        """Compile one more year, as long as what is known goes on that far."""
        first, last = self.timeline.known
        if step > 0:
            self.check(first, year_span(year)[1])
        else:
            self.check(year_span(year)[0] - 1, last)
        self.year(year + step)
        return year + step

    def _barren(self, barren: int, year: int) -> int:
        if self._years[year].starts:
            return 0
        if barren >= BARREN_YEARS:
            msg = f"nothing is open in the {BARREN_YEARS} years next to {year}"
            raise CalendarError(msg)
        return barren + 1

    def _sure(self, instant: int) -> int:
        self.check(instant, instant)
        return instant

    def closing_before(self, instant: int) -> int:
        """The latest instant, not after this one, at which an open stretch ends for good.

        Raises:
            CalendarError: There is none within many years.
            UnannouncedError: There is none within what is known.
        """
        year = year_of(instant)
        for _ in range(BARREN_YEARS):
            ends = self.year(year).ends
            for at in range(bisect_right(ends, instant) - 1, -1, -1):
                # Only a stretch that reaches the New Year can go on in the next year's ledger.
                if ends[at] < year_span(year)[1] or not self.is_open(ends[at]):
                    return self._sure(ends[at])
            year = self._next(year, -1)
        msg = f"nothing closes in the {BARREN_YEARS} years before {text_of(instant)}"
        raise CalendarError(msg)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The open stretches that touch ``[start, end)``, split at each New Year of UTC."""
        for year in range(year_of(start), year_of(max(start, end - 1)) + 1):
            ledger = self.year(year)
            for at in range(bisect_right(ledger.ends, start), bisect_left(ledger.starts, end)):
                yield ledger.starts[at], ledger.ends[at], ledger.before[at]


def year_of(instant: int) -> int:
    """The UTC year of an instant.

    Raises:
        CalendarError: Outside the years that can be reckoned with.
    """
    if not _EARLIEST <= instant < _LATEST:
        msg = f"{instant} µs from the epoch is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise CalendarError(msg)
    return (EPOCH + timedelta(microseconds=instant)).year


def text_of(instant: int) -> str:
    """An instant for a message."""
    return (EPOCH + timedelta(microseconds=instant)).isoformat()


_EARLIEST: Final = year_span(FIRST_YEAR)[0]
_LATEST: Final = year_span(LAST_YEAR)[1]
