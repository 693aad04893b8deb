"""What every calendar can be asked about dates, however its hours come about."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ticketrules.calendar.days import Day
from ticketrules.calendar.explanation import Coverage, Explanation, Segment
from ticketrules.calendar.timeline import FIRST_YEAR, LAST_YEAR, ONE_DAY, Timeline, micros
from ticketrules.calendar.windows import Span, without
from ticketrules.calendar.working_time import Interval, WorkingTime, instant_of, micros_of
from ticketrules.errors import CalendarError, UnannouncedError

if TYPE_CHECKING:
    from ticketrules.calendar.combined import CombinedCalendar

IDLE_YEARS: Final = 10
"""A search for a working day gives up after so many years without one."""


class Calendar(WorkingTime, ABC):
    """Arithmetic in service time, and the dates that it falls on.

    Attributes:
        zone: The zone whose dates are meant wherever a date is given or returned.
    """

    def __init__(self, timeline: Timeline, zone: ZoneInfo) -> None:
        super().__init__(timeline)
        self.zone = zone
        self._worked: dict[int, list[int] | None] = {}

    @abstractmethod
    def day(self, date: date) -> Day:
        """What kind of day a date is, why, and whether that is provisional.

        Raises:
            UnannouncedError: No notice has announced it, and this calendar does not project.
        """

    @abstractmethod
    def is_working_day(self, date: date) -> bool:
        """Whether the desk works on ``date``; raises as ``day`` does."""

    @abstractmethod
    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Whether ``[start, end)`` touches a day that a notice may still change.

        An empty stretch rests on the day of its instant.
        """

    @abstractmethod
    def segments(self, first: int, last: int) -> Iterable[Segment]:
        """The segments of ``[first, last)``, in microseconds since the epoch, in this zone."""

    def __or__(self, other: "Calendar") -> "CombinedCalendar":
        """Open when either calendar is."""
        from ticketrules.calendar.combined import CombinedCalendar  # noqa: PLC0415 - a cycle

        return CombinedCalendar(self, other, is_union=True)

    def __and__(self, other: "Calendar") -> "CombinedCalendar":
        """Open when both calendars are."""
        from ticketrules.calendar.combined import CombinedCalendar  # noqa: PLC0415 - a cycle

        return CombinedCalendar(self, other, is_union=False)

    def first_instant(self, date: date) -> int:
        """The instant at which a date begins on the wall, in microseconds since the epoch."""
        return micros(datetime(date.year, date.month, date.day, tzinfo=self.zone))

    def nth_working_day(self, date: date, n: int) -> date:
        """The ``n``-th working day after ``date``; before it where ``n`` is negative (9.1 to 9.3).

        Day 0 is ``date`` itself, working or not.

        Raises:
            CalendarError: No working day in ten years.
            UnannouncedError: The count leaves what is announced, and this does not project.
        """
        check_date(date)
        if n == 0:
            return date
        year, ordinal = date.year, date.toordinal()
        idle = 0
        while idle <= IDLE_YEARS:
            worked = self._working_days(year)
            if worked is None:
                return self._walk(date.fromordinal(ordinal), n)
            if n > 0:
                at = bisect_right(worked, ordinal) + n - 1
                if at < len(worked):
                    return date.fromordinal(worked[at])
                n = at - len(worked) + 1
                year += 1
                ordinal = date.replace(year, 1, 1).toordinal() - 1
            else:
                at = bisect_left(worked, ordinal) + n
                if at >= 0:
                    return date.fromordinal(worked[at])
                n = at
                ordinal = date.replace(year, 1, 1).toordinal()
                year -= 1
            idle = 0 if worked else idle + 1
        msg = f"no working day in the ten years around {date}"
        raise CalendarError(msg)

    def _walk(self, day: date, n: int) -> date:
        """Count on day by day, through a year of which not all is known."""
        step, left = (ONE_DAY if n > 0 else -ONE_DAY), abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def _working_days(self, year: int) -> list[int] | None:
        """The ordinals of a year's working days; None where not all of the year is known."""
        if year not in self._worked:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            try:
                self._worked[year] = [
                    ordinal
                    for ordinal in range(first, last + 1)
                    if self.is_working_day(date.fromordinal(ordinal))
                ]
            except UnannouncedError:
                self._worked[year] = None
        return self._worked[year]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in ``[start, end)``; negative where ``end`` comes first.

        Raises:
            UnannouncedError: A day between is not announced, and this does not project.
        """
        check_date(start)
        check_date(end)
        if end < start:
            return -self.working_days_between(end, start)
        count = 0
        for year in range(start.year, end.year + 1):
            first = max(start, date(year, 1, 1)).toordinal()
            last = min(end, date(year + 1, 1, 1)).toordinal()
            worked = self._working_days(year)
            if worked is None:
                days = map(date.fromordinal, range(first, last))
                count += sum(self.is_working_day(day) for day in days)
            else:
                count += bisect_left(worked, last) - bisect_left(worked, first)
        return count

    def opening(self, date: date) -> datetime | None:
        """The first instant of a date that is open, in the calendar's zone.

        None where it is closed all day. Hours that began the evening before count as open.
        """
        spans = self._spans_on(date)
        return instant_of(spans[0][0], self.zone) if spans else None

    def closing(self, date: date) -> datetime | None:
        """The instant at which the last hours of a date close, in the calendar's zone.

        Hours that run across midnight close on the next date. Service that runs on through the
        whole of the next date closes at the midnight between. None where the date is closed.
        """
        spans = self._spans_on(date)
        if not spans:
            return None
        end = spans[-1][1]
        tomorrow = self.first_instant(date + ONE_DAY)
        if end == tomorrow < self.timeline.known[1]:
            after = next(self.spans(tomorrow, self.first_instant(date + 2 * ONE_DAY)), None)
            if after is not None and after[0] == tomorrow:
                next_midnight = self.first_instant(date + 2 * ONE_DAY)
                end = after[1] if after[1] < next_midnight else end
        return instant_of(end, self.zone)

    def hours_of(self, date: date) -> tuple[Interval, ...]:
        """The service that belongs to a date: what opens on it, in the calendar's zone.

        Hours that run across midnight belong whole to the date on which they open, so that a
        night shift is one service day; service without a break is cut at each midnight. None at
        all where nothing opens on the date.

        Raises:
            UnannouncedError: The date is not announced, and this does not project.
        """
        return tuple(
            (instant_of(start, self.zone), instant_of(end, self.zone))
            for start, end in self.own_spans(date)
        )

    def own_spans(self, date: date) -> list[Span]:
        """``hours_of`` as microseconds since the epoch."""
        spans = self._spans_on(date)
        midnight, before = self.first_instant(date), date - ONE_DAY
        if self.timeline.known[0] <= self.first_instant(before):
            closing = self.closing(before)
            if closing is not None and micros(closing) > midnight:  # yesterday's, still going on
                spans = without(spans, [(midnight, micros(closing))])
        closing = self.closing(date)
        if spans and closing is not None:
            spans[-1] = spans[-1][0], micros(closing)
        return spans

    def _spans_on(self, day: date) -> list[Span]:
        check_date(day)
        return list(self.spans(self.first_instant(day), self.first_instant(day + ONE_DAY)))

    def explain(self, start: datetime, end: datetime) -> Explanation:
        """Every segment of ``[start, end)``, counted or not, with its reason.

        The counted ones add up to ``elapsed(start, end)``. Segments are split at the midnights of
        the calendar's zone, so each has one day and one name; they come in the zone of ``start``.

        Raises:
            CalendarError: ``end`` comes before ``start``.
            UnannouncedError: It touches a day that is not announced, and this does not project.
        """
        first, last = micros_of(start), micros_of(end)
        if last < first:
            msg = f"nothing to explain: {end.isoformat()} is before {start.isoformat()}"
            raise CalendarError(msg)
        return Explanation(tuple(item.in_zone(start.tzinfo) for item in self.segments(first, last)))

    def coverage(self, intervals: Iterable[Interval], start: datetime, end: datetime) -> Coverage:
        """How much of the service time in ``[start, end)`` some intervals cover (3.3).

        Args:
            intervals: Half-open stretches, aware, in any order; they may overlap.
            start: Where to begin.
            end: Where to stop; not part of it.

        Raises:
            UnannouncedError: It touches a day that is not announced, and this does not project.
        """
        opens = [(micros_of(a), micros_of(b)) for a, b in self.windows(start, end)]
        shifts = [(micros_of(a), micros_of(b)) for a, b in intervals]
        return Coverage.of(opens, shifts, start.tzinfo, provisional=self.is_provisional(start, end))


def check_date(day: date) -> None:
    """Refuse an instant where a date is meant, and a date that cannot be reckoned with.

    Raises:
        CalendarError: It is a ``datetime``, whose date depends on a zone, or outside the years
            that can be reckoned with.
    """
    if isinstance(day, datetime):
        msg = f"{day.isoformat()}: a date is meant, not an instant"
        raise CalendarError(msg)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"{day.isoformat()} is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise CalendarError(msg)
