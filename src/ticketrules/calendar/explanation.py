"""Explanations: why each part of a stretch of time counts or does not, and what is covered."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from ticketrules.calendar.days import Day, DayKind
from ticketrules.calendar.timeline import micros
from ticketrules.calendar.windows import common, merged, without
from ticketrules.calendar.working_time import Interval, instant_of, micros_of
from ticketrules.clauses import Text

if TYPE_CHECKING:
    from ticketrules.calendar.service_calendar import ServiceCalendar


class Why(Enum):
    """Why a segment counts or does not."""

    SERVICE_HOURS = "service_hours"
    MAKEUP_WORKDAY = "makeup_workday"
    EXTRA_OPENING = "extra_opening"
    OUTSIDE_HOURS = "outside_hours"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@frozen
class Segment:
    """One stretch ``[start, end)`` of a single date, with what it counts and why.

    Attributes:
        start: Its first instant, in the zone of the question.
        end: The instant that ends it.
        counted: Whether it is service time.
        why: The reason.
        day: The date it lies on, with kind and holiday.
        name: The holiday's or the exception's name.
    """

    start: datetime
    end: datetime
    counted: bool
    why: Why
    day: Day
    name: Text | None = None

    @property
    def provisional(self) -> bool:
        """Whether it rests on a day that a notice may still change."""
        return self.day.provisional

    @property
    def length(self) -> timedelta:
        """How long it lasts, clock changes considered."""
        return timedelta(microseconds=micros(self.end) - micros(self.start))


@frozen
class Explanation:
    """The segments of a stretch of time, in order and without gaps."""

    segments: tuple[Segment, ...]

    def __iter__(self) -> Iterator[Segment]:
        return iter(self.segments)

    def __len__(self) -> int:
        return len(self.segments)

    @property
    def elapsed(self) -> timedelta:
        """The counted segments added up: the service time of the stretch."""
        return sum((item.length for item in self.segments if item.counted), timedelta(0))

    @property
    def provisional(self) -> bool:
        """Whether any segment rests on a day that a notice may still change."""
        return any(item.provisional for item in self.segments)


@frozen
class Coverage:
    """How much of the service time in a stretch some intervals cover.

    Attributes:
        open: The service time.
        covered: The part of it that lies in at least one interval.
        gaps: The stretches of service time that lie in none.
        provisional: Whether this rests on a day that a notice may still change.
    """

    open: timedelta
    covered: timedelta
    gaps: tuple[Interval, ...]
    provisional: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left uncovered."""
        return not self.gaps

    @classmethod
    def of(
        cls,
        calendar: "ServiceCalendar",
        intervals: Iterable[Interval],
        start: datetime,
        end: datetime,
    ) -> "Coverage":
        """Measure the coverage; see ``ServiceCalendar.coverage``."""
        opens = [(micros_of(a), micros_of(b)) for a, b in calendar.windows(start, end)]
        shifts = merged((micros_of(a), micros_of(b)) for a, b in intervals)
        gaps = without(opens, shifts)
        return cls(
            timedelta(microseconds=sum(b - a for a, b in opens)),
            timedelta(microseconds=sum(b - a for a, b in common(opens, shifts))),
            tuple((instant_of(a, start.tzinfo), instant_of(b, start.tzinfo)) for a, b in gaps),
            calendar.is_provisional(start, end),
        )


def segments_of(calendar: "ServiceCalendar", start: datetime, end: datetime) -> Iterator[Segment]:
    """The segments of ``[start, end)``, split at the midnights of the calendar's zone."""
    first, last = micros_of(start), micros_of(end)
    opens = [(micros_of(a), micros_of(b)) for a, b in calendar.windows(start, end)]
    at = first
    while at < last:
        today = instant_of(at, calendar.zone).date()
        until = min(last, calendar.first_instant(date.fromordinal(today.toordinal() + 1)))
        day = calendar.day(today)
        here = [(at, until)]
        pieces = [(a, b, True) for a, b in common(opens, here)]
        pieces += [(a, b, False) for a, b in without(here, opens)]
        for a, b, counted in sorted(pieces):
            why, name = calendar.reason(day, (a, b), counted=counted)
            yield Segment(
                start if a == first else instant_of(a, start.tzinfo),
                end.astimezone(start.tzinfo) if b == last else instant_of(b, start.tzinfo),
                counted,
                why,
                day,
                name,
            )
        at = until


def usual_reason(day: Day, *, counted: bool) -> Why:
    """The reason that a day's kind gives, exceptions aside."""
    if counted:
        if day.kind is DayKind.MAKEUP_WORKDAY:
            return Why.MAKEUP_WORKDAY
        return Why.SERVICE_HOURS
    if day.kind is DayKind.HOLIDAY:
        return Why.HOLIDAY
    return Why.WEEKEND if day.kind is DayKind.WEEKEND else Why.OUTSIDE_HOURS
