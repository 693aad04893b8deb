"""The service calendar: days, schedule and zone in one, with everything that is asked of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from ticketrules.calendar.days import Day, Days, DaySource
from ticketrules.calendar.explanation import Coverage, Explanation, Segment, Why, segments_of, usual_reason
from ticketrules.calendar.schedule import Schedule
from ticketrules.calendar.sources import day_source
from ticketrules.calendar.timeline import ONE_DAY, ScheduledTimeline
from ticketrules.calendar.working_time import Interval, WorkingTime, instant_of
from ticketrules.calendar.windows import Span
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, UnannouncedError

if TYPE_CHECKING:
    import numpy as np

Unannounced = Literal["raise", "project"]


class ServiceCalendar(WorkingTime):
    """When a desk serves.

    Args:
        days: Which days are worked: a name or a source, see ``day_source``.
        schedule: Which hours of them are open.
        zone: The IANA zone whose wall clock the schedule is written for.
        unannounced: What to do about days that no notice has announced: ``"project"`` them, or
            ``"raise"`` ``UnannouncedError``.

    Raises:
        CalendarError: A source, a zone or a setting that does not exist.
    """

    def __init__(
        self,
        days: "str | Days | DaySource | np.busdaycalendar" = "CN",
        schedule: Schedule | None = None,
        zone: str | ZoneInfo = "Asia/Shanghai",
        unannounced: Unannounced = "project",
    ) -> None:
        if unannounced not in {"raise", "project"}:
            msg = f"unannounced must be 'raise' or 'project', not {unannounced!r}"
            raise CalendarError(msg)
        self.days = day_source(days)
        self.schedule = Schedule() if schedule is None else schedule
        self.zone = _zone(zone)
        self.unannounced = unannounced
        self._scheduled = ScheduledTimeline(
            self.days, self.schedule, self.zone, projects=unannounced == "project"
        )
        super().__init__(self._scheduled)
        self._settled = (_NEVER, _NEVER)

    def __repr__(self) -> str:
        return f"ServiceCalendar({self.days!r}, zone={self.zone.key!r})"

    def day(self, date: date) -> Day:
        """What kind of day a date is, why, and whether that is provisional.

        Raises:
            UnannouncedError: No notice has announced it, and this calendar does not project.
        """
        self._check(date)
        return self.days.day(date)

    def is_working_day(self, date: date) -> bool:
        """Whether the desk works on ``date``; raises as ``day`` does."""
        self._check(date)
        return self.days.is_working_day(date)

    def _check(self, day: date) -> None:
        if isinstance(day, datetime):
            msg = f"{day.isoformat()}: a date is meant, not an instant"
            raise CalendarError(msg)
        if self.unannounced == "raise" and not self.days.is_announced(day):
            msg = f"no notice has announced {day}, and this calendar does not project"
            raise UnannouncedError(msg)

    def nth_working_day(self, date: date, n: int) -> date:
        """The ``n``-th working day after ``date``; before it where ``n`` is negative (9.1 to 9.3).

        Day 0 is ``date`` itself, working or not.

        Raises:
            CalendarError: No working day in ten years.
        """
        step = timedelta(days=1 if n > 0 else -1)
        left = abs(n)
        idle = 0
        while left:
            date += step
            if self.is_working_day(date):
                left -= 1
                idle = 0
            else:
                idle += 1
            if idle > _IDLE_DAYS:
                msg = f"no working day in the ten years around {date}"
                raise CalendarError(msg)
        return date

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in ``[start, end)``; negative where ``end`` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(
            self.is_working_day(date.fromordinal(ordinal))
            for ordinal in range(start.toordinal(), end.toordinal())
        )

    def opening(self, date: date) -> datetime | None:
        """The first instant of a date that is open, in the calendar's zone.

        None where it is closed all day. Hours that began the evening before count as open.
        """
        spans = self._spans_on(date)
        return instant_of(spans[0][0], self.zone) if spans else None

    def closing(self, date: date) -> datetime | None:
        """The instant at which the last hours of a date close, in the calendar's zone.

        Hours across midnight close on the next date; service that runs on through the whole of it
        closes, for this purpose, at its end. None where the date is closed all day.
        """
        spans = self._spans_on(date)
        if not spans:
            return None
        end = spans[-1][1]
        tomorrow = self.first_instant(date + ONE_DAY)
        if end == tomorrow:
            after = next(self.spans(tomorrow, self.first_instant(date + 2 * ONE_DAY)), None)
            if after is not None and after[0] == tomorrow:
                end = after[1]
        return instant_of(end, self.zone)

    def _spans_on(self, day: date) -> list[Span]:
        self._check(day)
        return list(self.spans(self.first_instant(day), self.first_instant(day + ONE_DAY)))

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Whether ``[start, end)`` touches a day that a notice may still change.

        An empty stretch rests on the day of its instant.
        """
        lower, upper = self._settled
        if lower <= start and end <= upper and start < upper:
            return False
        first = start.astimezone(self.zone).date()
        last = max(start, end - datetime.resolution).astimezone(self.zone).date()
        settled = self.days.settled_around(first)
        if settled is None:
            return True
        self._settled = (
            instant_of(self.first_instant(settled[0]), UTC),
            instant_of(self.first_instant(settled[1] + ONE_DAY), UTC),
        )
        return last > settled[1]

    def first_instant(self, date: date) -> int:
        """The instant at which a date begins on the wall, in microseconds since the epoch."""
        return self._scheduled.first_instant(date)

    def reason(self, day: Day, span: Span, *, counted: bool) -> tuple[Why, Text | None]:
        """Why a stretch of one date counts or does not, and the name that goes with it."""
        exception = self._scheduled.exception_at(span[0], is_open=counted)
        if exception is not None:
            why = Why.EXTRA_OPENING if counted else Why.CLOSURE
            return why, exception.name
        return usual_reason(day, counted=counted), day.name

    def explain(self, start: datetime, end: datetime) -> Explanation:
        """Every segment of ``[start, end)``, open or not, with its reason; they add up."""
        return Explanation(tuple(segments_of(self, start, end)))

    def coverage(
        self, intervals: Iterable[Interval], start: datetime, end: datetime
    ) -> Coverage:
        """How much of the service time in ``[start, end)`` some intervals cover (3.3)."""
        return Coverage.of(self, intervals, start, end)


_IDLE_DAYS: Final = 3660
_NEVER: Final = datetime(1, 1, 2, tzinfo=UTC)


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    if isinstance(zone, ZoneInfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        msg = f"{zone!r} is no time zone"
        raise CalendarError(msg) from error


__all__ = ["Segment", "ServiceCalendar", "Unannounced"]
