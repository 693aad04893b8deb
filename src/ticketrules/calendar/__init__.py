"""The calendar layer: working days, service hours and the arithmetic of service time."""

from ticketrules.calendar.base_calendar import Calendar
from ticketrules.calendar.china import MainlandChina
from ticketrules.calendar.combined import CombinedCalendar
from ticketrules.calendar.days import Bounds, Day, DayKind, Days, DaySource, Weekdays
from ticketrules.calendar.explanation import Coverage, Explanation, Segment, Why
from ticketrules.calendar.notices import Holiday, Notice
from ticketrules.calendar.schedule import Exceptional, Schedule, closed, opened
from ticketrules.calendar.service_calendar import ServiceCalendar
from ticketrules.calendar.service_hours import DatedHours, ServiceHours, WeekdayHours
from ticketrules.calendar.sources import ForeignDays, busdays, day_source, workalendar_days
from ticketrules.calendar.windows import Window
from ticketrules.calendar.working_time import Interval, WorkingTime

__all__ = [
    "Bounds",
    "Calendar",
    "CombinedCalendar",
    "Coverage",
    "DatedHours",
    "Day",
    "DayKind",
    "DaySource",
    "Days",
    "Exceptional",
    "Explanation",
    "ForeignDays",
    "Holiday",
    "Interval",
    "MainlandChina",
    "Notice",
    "Schedule",
    "Segment",
    "ServiceCalendar",
    "ServiceHours",
    "WeekdayHours",
    "Weekdays",
    "Why",
    "Window",
    "WorkingTime",
    "busdays",
    "closed",
    "day_source",
    "opened",
    "workalendar_days",
]
