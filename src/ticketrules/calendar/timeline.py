"""Timeline: the open stretches of each year as instants, from days, schedule and zone.

Instants here are whole microseconds since the epoch, and years are years of UTC.
"""

from abc import ABC, abstractmethod
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from attrs import frozen

from ticketrules.calendar.days import Days
from ticketrules.calendar.schedule import Exceptional, Schedule
from ticketrules.calendar.windows import DAY_US, Span, common, merged, without
from ticketrules.errors import CalendarError, UnannouncedError

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998


def micros(at: datetime) -> int:
    """An aware instant as microseconds since the epoch, exact on days when clocks change."""
    since = at - EPOCH if at.tzinfo is UTC else at.astimezone(UTC) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def midnight_us(date: date) -> int:
    """The midnight that begins ``date`` in UTC."""
    return (date.toordinal() - EPOCH_ORDINAL) * DAY_US


def year_span(year: int) -> Span:
    """The stretch of a UTC year.

    Raises:
        CalendarError: Outside the years that can be reckoned with.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        msg = f"year {year} is outside {FIRST_YEAR} to {LAST_YEAR}"
        raise CalendarError(msg)
    return midnight_us(date(year, 1, 1)), midnight_us(date(year + 1, 1, 1))


@frozen
class Offset:
    """A stretch of time in which a zone keeps one offset from UTC, all in microseconds."""

    start: int
    end: int
    offset: int


def offsets(zone: tzinfo, start: int, end: int) -> list[Offset]:
    """The stretches of constant offset that make up ``[start, end)``.

    The zone is probed once a day and each change between two probes is found by halving.
    """

    def offset_at(instant: int) -> int:
        found = (EPOCH + timedelta(microseconds=instant)).astimezone(zone).utcoffset()
        return 0 if found is None else found // MICROSECOND

    runs: list[Offset] = []
    since, offset = start, offset_at(start)
    low = start
    while low < end:
        high = min(low + DAY_US, end)
        if offset_at(high) != offset:
            before, after = low, high
            while after - before > 1:
                middle = (before + after) // 2
                if offset_at(middle) == offset:
                    before = middle
                else:
                    after = middle
            if after < end:
                runs.append(Offset(since, after, offset))
                since, offset = after, offset_at(after)
        low = high
    runs.append(Offset(since, end, offset))
    return runs


class Timeline(ABC):
    """Where the open stretches come from, year by year."""

    @abstractmethod
    def opens(self, year: int) -> list[Span]:
        """The open stretches of a UTC year, ordered, disjoint and clipped to it.

        Dates that may not be projected count as closed; ``bounds`` says where they begin.
        """

    @abstractmethod
    def bounds_around(self, instant: int) -> Span | None:
        """The announced stretch around an instant, or None where every instant may be asked.

        Raises:
            UnannouncedError: The instant itself lies outside.
        """


class ScheduledTimeline(Timeline):
    """The open stretches of one schedule on one source of days in one zone."""

    def __init__(self, days: Days, schedule: Schedule, zone: tzinfo, *, projects: bool) -> None:
        self._days = days
        self._schedule = schedule
        self._zone = zone
        self._projects = projects
        self._dated: dict[date, list[Exceptional]] = {}
        extra: list[Span] = []
        closures: list[Span] = []
        for exception in schedule.exceptions:
            if exception.on is not None:
                self._dated.setdefault(exception.on, []).append(exception)
            elif exception.start is not None and exception.end is not None:
                span = micros(exception.start), micros(exception.end)
                (extra if exception.is_open else closures).append(span)
        self._extra = merged(extra)
        self._closed = merged(closures)

    def opens(self, year: int) -> list[Span]:
        """The open stretches of a UTC year; see the base class."""
        first, last = year_span(year)
        found: list[Span] = []
        for run in offsets(self._zone, first, last):
            wall = (run.start + run.offset, run.end + run.offset)
            for opens, closes in common(self._on_the_wall(*wall), [wall]):
                found.append((opens - run.offset, closes - run.offset))
        if self._extra:
            found += common(self._extra, [(first, last)])
        return without(merged(found), self._closed)

    def _on_the_wall(self, start: int, end: int) -> list[Span]:
        """The open stretches that touch a stretch of the wall clock, read as if it were UTC."""
        opens: list[Span] = []
        holes: list[Span] = []
        first = start // DAY_US + EPOCH_ORDINAL
        last = (end - 1) // DAY_US + EPOCH_ORDINAL
        for ordinal in range(first - 1, last + 1):
            today = date.fromordinal(ordinal)
            midnight = (ordinal - EPOCH_ORDINAL) * DAY_US
            for opening, closing in self._usual(today):
                opens.append((midnight + opening, midnight + closing))
            for exception in self._dated.get(today, ()):
                spans = opens if exception.is_open else holes
                spans += [(midnight + a, midnight + b) for a, b in exception.stretches]
        return without(merged(opens), merged(holes))

    def _usual(self, today: date) -> tuple[Span, ...]:
        if not self._projects and not self._days.is_announced(today):
            return ()
        kind = self._days.kind(today)
        return self._schedule.stretches_of(kind, today.weekday())

    def bounds_around(self, instant: int) -> Span | None:
        """The announced stretch around an instant; see the base class."""
        if self._projects:
            return None
        today = (EPOCH + timedelta(microseconds=instant)).astimezone(self._zone).date()
        around = self._days.announced_around(today)
        if around is None:
            msg = f"no notice has announced {today}, and this calendar does not project"
            raise UnannouncedError(msg)
        return self.first_instant(around[0]), self.first_instant(around[1] + timedelta(days=1))

    def first_instant(self, day: date) -> int:
        """The instant at which a date begins on the wall."""
        return micros(datetime(day.year, day.month, day.day, tzinfo=self._zone))

    def exception_at(self, instant: int, *, is_open: bool) -> Exceptional | None:
        """The exception that opens or closes an instant, if one does and the week does not."""
        today = (EPOCH + timedelta(microseconds=instant)).astimezone(self._zone)
        wall = today.replace(tzinfo=UTC) - EPOCH
        at = wall // MICROSECOND % DAY_US
        if is_open and any(a <= at < b for a, b in self._usual(today.date())):
            return None
        for exception in self._dated.get(today.date(), ()):
            if exception.is_open is is_open and any(a <= at < b for a, b in exception.stretches):
                return exception
        for exception in self._schedule.exceptions:
            if (
                exception.is_open is is_open
                and exception.start is not None
                and exception.end is not None
                and micros(exception.start) <= instant < micros(exception.end)
            ):
                return exception
        return None
