"""Timeline: the open stretches of each year as instants, from days, schedule and zone.

Instants here are whole microseconds since the epoch, and years are years of UTC.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from ticketrules.calendar.days import ALWAYS, Days
from ticketrules.calendar.schedule import Exceptional, Schedule
from ticketrules.calendar.windows import DAY_US, Span, common, merged, without
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, UnannouncedError

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
ONE_DAY: Final = timedelta(days=1)
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998


def micros(at: datetime) -> int:
    """An aware instant as microseconds since the epoch, exact on days when clocks change."""
    since = at - EPOCH
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
        msg = f"{year} is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise CalendarError(msg)
    return midnight_us(date(year, 1, 1)), midnight_us(date(year + 1, 1, 1))


class Offset(NamedTuple):
    """A stretch of time in which a zone keeps one offset from UTC, all in microseconds."""

    start: int
    end: int
    offset: int

    @property
    def wall(self) -> Span:
        """The same stretch as clocks on the wall show it, read as if they showed UTC."""
        return self.start + self.offset, self.end + self.offset

    def shown(self, spans: Sequence[Span]) -> list[Span]:
        """When it is that clocks show some ordered, disjoint spans, within this stretch."""
        by = self.offset
        return [(start - by, end - by) for start, end in common(spans, [self.wall])]


def offsets(zone: tzinfo, start: int, end: int) -> list[Offset]:
    """The stretches of constant offset that make up ``[start, end)``.

    The zone is probed once a day and each change between two probes is found by halving.
    """

    def offset_at(instant: int) -> int:
        offset = (EPOCH + timedelta(microseconds=instant)).astimezone(zone).utcoffset()
        return (offset or timedelta()) // MICROSECOND

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

        What lies outside ``known`` counts as closed.

        Raises:
            CalendarError: The year is outside those that can be reckoned with.
            UnannouncedError: Nothing is known of the year.
        """

    @property
    @abstractmethod
    def known(self) -> Span:
        """The stretch of time that may be asked about; it can shrink as years are opened."""


class ScheduledTimeline(Timeline):
    """The open stretches of one schedule on one source of days in one zone.

    Args:
        days: The source of days.
        schedule: The hours.
        zone: The zone of both.
        projects: Whether days that are not announced are projected, or unknown.
        exceptions: Those that apply; by default the schedule's.
    """

    def __init__(
        self,
        days: Days,
        schedule: Schedule,
        zone: tzinfo,
        *,
        projects: bool,
        exceptions: tuple[Exceptional, ...] | None = None,
    ) -> None:
        self._days = days
        self._schedule = schedule
        self._zone = zone
        self._projects = projects
        self._known: Span | None = None
        self._dated: dict[date | None, list[Exceptional]] = {}
        extra: list[Span] = []
        closures: list[Span] = []
        self._exceptions = schedule.exceptions if exceptions is None else exceptions
        for exception in self._exceptions:
            if exception.start is not None and exception.end is not None:
                span = micros(exception.start), micros(exception.end)
                (extra if exception.is_open else closures).append(span)
            else:
                self._dated.setdefault(exception.on, []).append(exception)
        self._extra = merged(extra)
        self._closed = merged(closures)

    @property
    def known(self) -> Span:
        """The announced bounds, or where this projects, as far as that goes."""
        if self._known is None:
            bounds = ALWAYS if self._projects else self._days.announced
            first, last = max(bounds[0], ALWAYS[0]), min(bounds[1], ALWAYS[1])
            self._known = self.first_instant(first), self.first_instant(last + ONE_DAY)
        return self._known

    def opens(self, year: int) -> list[Span]:
        """The open stretches of a UTC year; see the base class."""
        first, last = year_span(year)
        runs = offsets(self._zone, first, last)
        walls = self._on_the_wall(
            min(run.wall[0] for run in runs), max(run.wall[1] for run in runs)
        )
        found = [span for run in runs for span in run.shown(walls)]
        if self._extra:
            found += common(self._extra, [(first, last)])
        return without(merged(found), self._closed)

    def _on_the_wall(self, start: int, end: int) -> list[Span]:
        """The open stretches that touch a stretch of the wall clock, read as if it were UTC."""
        opens: list[Span] = []
        holes: list[Span] = []
        first = start // DAY_US + EPOCH_ORDINAL
        last = (end - 1) // DAY_US + EPOCH_ORDINAL
        for ordinal, today, stretches in self._usual_days(first - 1, last):
            midnight = (ordinal - EPOCH_ORDINAL) * DAY_US
            for opening, closing in stretches:
                opens.append((midnight + opening, midnight + closing))
            for exception in self._dated.get(today, ()) if self._dated else ():
                spans = opens if exception.is_open else holes
                spans += [(midnight + a, midnight + b) for a, b in exception.stretches]
        return without(merged(opens), merged(holes))

    def opens_on(self, day: date) -> list[Span]:
        """The open stretches of the windows that open on one day, wherever they end.

        An opening between two instants belongs to the day on which it begins, as a window does,
        or, where it lasts longer than a window can, to each day in part.
        """
        stretches = self._schedule.stretches_of(self._days.kind(day), day.weekday())
        opens = list(stretches)
        holes: list[Span] = []
        for shift in (-1, 0, 1):
            for exception in self._dated.get(day + shift * ONE_DAY, ()):
                if exception.is_open and shift == 0:
                    opens += exception.stretches
                elif not exception.is_open:
                    by = shift * DAY_US
                    holes += [(start + by, end + by) for start, end in exception.stretches]
        midnight, next_midnight = self.first_instant(day), self.first_instant(day + ONE_DAY)
        wall = (day.toordinal() - EPOCH_ORDINAL) * DAY_US
        walls = [(wall + a, wall + b) for a, b in without(merged(opens), merged(holes))]
        runs = offsets(self._zone, midnight - DAY_US, midnight + 4 * DAY_US)
        found = [span for run in runs for span in run.shown(walls)]
        for start, end in self._extra:
            if end - start > DAY_US:
                found += common([(start, end)], [(midnight, next_midnight)])
            elif midnight <= start < next_midnight:
                found.append((start, end))
        return without(merged(found), self._closed)

    def _usual_days(self, first: int, last: int) -> Iterator[tuple[int, date, tuple[Span, ...]]]:
        """The dates that can be told, with the windows of their kind, exceptions aside.

        Raises:
            UnannouncedError: None of them can be told, or some in the midst cannot.
        """
        lowest, highest = self._days.announced if not self._projects else ALWAYS
        kind_of, stretches_of = self._days.kind, self._schedule.stretches_of
        told = False
        unknown: tuple[date, UnannouncedError] | None = None
        for ordinal in range(first, last + 1):
            today = date.fromordinal(ordinal)
            if not lowest <= today <= highest:
                continue
            try:
                kind = kind_of(today)
            except UnannouncedError as error:
                unknown = unknown or (today, error)
                continue
            if unknown is not None:
                if told:
                    raise unknown[1]
                self._knows_from(today)
                unknown = None
            told = True
            yield ordinal, today, stretches_of(kind, today.weekday())
        if unknown is not None:
            if not told:
                raise unknown[1]
            self._knows_until(unknown[0])

    def _knows_from(self, today: date) -> None:
        first, last = self.known
        self._known = max(first, self.first_instant(today)), last

    def _knows_until(self, today: date) -> None:
        first, last = self.known
        self._known = first, min(last, self.first_instant(today))

    def first_instant(self, day: date) -> int:
        """The instant at which a date begins on the wall."""
        return micros(datetime(day.year, day.month, day.day, tzinfo=self._zone))

    def exception_name(self, instant: int, *, is_open: bool) -> Text | None:
        """The first name of an exception that opens or closes an instant; None without any."""
        zoned = (EPOCH + timedelta(microseconds=instant)).astimezone(self._zone)
        at = micros(zoned.replace(tzinfo=UTC)) % DAY_US
        today = zoned.date()

        def applies(item: Exceptional) -> bool:
            if item.start is not None and item.end is not None:
                return micros(item.start) <= instant < micros(item.end)
            moment = at if item.on == today else at + DAY_US
            return item.on in {today, today - ONE_DAY} and any(
                a <= moment < b for a, b in item.stretches
            )

        names = (
            item.name for item in self._exceptions if item.is_open is is_open and applies(item)
        )
        return next((name for name in names if name.en or name.zh), None)
