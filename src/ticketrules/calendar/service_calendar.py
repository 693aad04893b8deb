"""The service calendar: days, schedule and zone in one, with everything that is asked of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, Self
from zoneinfo import ZoneInfo

from ticketrules.calendar.base_calendar import Calendar, check_date
from ticketrules.calendar.days import Day, Days, DaySource
from ticketrules.calendar.explanation import Segment, Why, usual_reason
from ticketrules.calendar.schedule import Schedule
from ticketrules.calendar.sources import day_source
from ticketrules.calendar.timeline import ONE_DAY, ScheduledTimeline
from ticketrules.calendar.windows import Span, common, without
from ticketrules.calendar.working_time import WorkingTime, check_aware, instant_of
from ticketrules.errors import CalendarError, UnannouncedError

if TYPE_CHECKING:
    import numpy as np

Unannounced = Literal["raise", "project"]

_NEVER: Final = datetime(1, 1, 2, tzinfo=UTC)


class ServiceCalendar(Calendar):
    """When a desk serves (3.1).

    Calendars are values: nothing about them changes but how much of them is laid out already.

    Args:
        days: Which days are worked: a name or a source, see ``day_source``.
        schedule: Which hours of them are open; 09:00 to 18:00 by default.
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
        self.unannounced: Unannounced = unannounced
        home = _zone(zone)
        self._scheduled = ScheduledTimeline(
            self.days, self.schedule, home, projects=unannounced == "project"
        )
        super().__init__(self._scheduled, home)
        self._settled = (_NEVER, _NEVER)

    def _value(self) -> tuple[Days, Schedule, ZoneInfo, Unannounced]:
        return self.days, self.schedule, self.zone, self.unannounced

    def __eq__(self, other: object) -> bool:
        return self._value() == other._value() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value())

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        # Another process lays out its own years: that takes less time than carrying them over.
        return type(self), self._value()

    def __repr__(self) -> str:
        return f"ServiceCalendar({self.days!r}, zone={self.zone.key!r})"

    def day(self, date: date) -> Day:
        """See the base class."""
        self._check(date)
        return self.days.day(date)

    def is_working_day(self, date: date) -> bool:
        """See the base class."""
        self._check(date)
        return self.days.is_working_day(date)

    def _check(self, day: date) -> None:
        check_date(day)
        if self.unannounced == "raise" and not self.days.is_announced(day):
            msg = f"no notice has announced {day}, and this calendar does not project"
            raise UnannouncedError(msg)

    def own_spans(self, date: date) -> list[Span]:
        """See the base class; each window belongs to the day on which it opens."""
        self._check(date)
        return self._scheduled.opens_on(date)

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """See the base class."""
        lower, upper = self._settled
        try:
            is_settled = lower <= start < upper and end <= upper
        except TypeError:  # one of them has no time zone, which is told below
            is_settled = False
        if is_settled:
            return False
        check_aware(start)
        check_aware(end)
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

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """See the base class."""
        for _span in self.spans(first, last):
            pass  # what cannot be told is refused before the first segment
        at = first
        while at < last:
            today = instant_of(at, self.zone).date()
            until = min(last, self.first_instant(today + ONE_DAY))
            day = self.day(today)
            counted = list(self.spans(at, until))
            closed = without([(at, until)], counted)
            usual = counted if self._usual is self else list(self._usual.spans(at, until))
            pieces = [(span, True, True) for span in common(counted, usual)]
            pieces += [(span, True, False) for span in without(counted, usual)]
            pieces += [(span, False, True) for span in common(closed, usual)]
            pieces += [(span, False, False) for span in without(closed, usual)]
            for (start, end), is_counted, is_usual in sorted(pieces):
                why, name = usual_reason(day, counted=is_counted), day.name
                if is_counted is not is_usual:
                    why = Why.EXTRA_OPENING if is_counted else Why.CLOSURE
                    name = self._scheduled.exception_name(start, is_open=is_counted)
                yield Segment(
                    instant_of(start, self.zone),
                    instant_of(end, self.zone),
                    is_counted,
                    why,
                    day,
                    name,
                    day.provisional,
                )
            at = until

    @cached_property
    def _usual(self) -> WorkingTime:
        """The same calendar without its exceptions."""
        if not self.schedule.exceptions:
            return self
        projects = self.unannounced == "project"
        return WorkingTime(
            ScheduledTimeline(self.days, self.schedule, self.zone, projects=projects, exceptions=())
        )


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    if isinstance(zone, ZoneInfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError, TypeError) as error:
        msg = f"{zone!r} is no time zone"
        raise CalendarError(msg) from error
