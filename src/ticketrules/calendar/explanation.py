"""Explanations: why each part of a stretch of time counts or does not, and what is covered."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from enum import Enum

from attrs import evolve, frozen

from ticketrules.calendar.days import Day, DayKind
from ticketrules.calendar.timeline import micros
from ticketrules.calendar.windows import Span, common, merged, without
from ticketrules.calendar.working_time import Interval, instant_of
from ticketrules.clauses import Text


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
        provisional: Whether it rests on a day that a notice may still change.
    """

    start: datetime
    end: datetime
    counted: bool
    why: Why
    day: Day
    name: Text | None = None
    provisional: bool = False

    @property
    def length(self) -> timedelta:
        """How long it lasts, clock changes considered."""
        return timedelta(microseconds=micros(self.end) - micros(self.start))

    def in_zone(self, zone: tzinfo | None) -> "Segment":
        """The same stretch told in another zone."""
        if self.start.tzinfo is zone:
            return self
        return evolve(self, start=self.start.astimezone(zone), end=self.end.astimezone(zone))


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
        opens: list[Span],
        shifts: Iterable[Span],
        zone: tzinfo | None,
        *,
        provisional: bool,
    ) -> "Coverage":
        """Measure how much of ordered open stretches some others cover, in microseconds."""
        there = merged(shifts)
        gaps = without(opens, there)
        return cls(
            _total(opens),
            _total(common(opens, there)),
            tuple((instant_of(start, zone), instant_of(end, zone)) for start, end in gaps),
            provisional,
        )


def _total(spans: list[Span]) -> timedelta:
    return timedelta(microseconds=sum(end - start for start, end in spans))


def usual_reason(day: Day, *, counted: bool) -> Why:
    """The reason that a day's kind gives, exceptions aside."""
    if counted:
        if day.kind is DayKind.MAKEUP_WORKDAY:
            return Why.MAKEUP_WORKDAY
        return Why.SERVICE_HOURS
    if day.kind is DayKind.HOLIDAY:
        return Why.HOLIDAY
    return Why.WEEKEND if day.kind is DayKind.WEEKEND else Why.OUTSIDE_HOURS
