"""Desks that both the library and the oracle know, each over a stretch worth looking at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from ticketrules.calendar import Calendar, Schedule, ServiceCalendar, closed, opened

from .oracle import Oracle, Rules

HOUR = 60


@dataclass(frozen=True)
class Desk:
    """One calendar, twice."""

    name: str
    calendar: Calendar
    oracle: Oracle

    def __repr__(self):
        return self.name


def days(*runs):
    """Dates from ``"2026-10-01"`` and ``"2026-10-01..2026-10-07"``."""
    found = set()
    for run in runs:
        first, _, last = run.partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


# Copied by hand from the notices for 2024 and 2026.
OFF = days(
    "2024-09-15..2024-09-17", "2024-10-01..2024-10-07",
    "2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-09-25..2026-09-27",
    "2026-10-01..2026-10-07",
)  # fmt: skip
MAKEUP = days(
    "2024-09-14", "2024-09-29", "2024-10-12", "2026-01-04", "2026-02-14", "2026-02-28",
    "2026-09-20", "2026-10-10",
)  # fmt: skip


def china(day, usual, makeup=None):
    if day in MAKEUP:
        return usual if makeup is None else makeup
    return [] if day in OFF or day.weekday() >= 5 else usual


def weekly(*weekdays):
    return lambda windows: lambda day: windows if day.weekday() in weekdays else []


WEEKDAYS = weekly(0, 1, 2, 3, 4)
EVERY_DAY = weekly(0, 1, 2, 3, 4, 5, 6)
NINE_TO_SIX = [(9 * HOUR, 18 * HOUR)]


def _plain():
    rules = Rules("Asia/Shanghai", lambda day: china(day, NINE_TO_SIX))
    return ServiceCalendar(), rules, "2026-08-31", "2026-11-02"


def _new_year():
    rules = Rules("Asia/Shanghai", lambda day: china(day, NINE_TO_SIX))
    return ServiceCalendar(), rules, "2026-01-01", "2026-03-10"


def _breaks_and_exceptions():
    calendar = ServiceCalendar(
        schedule=Schedule(
            week=("09:00-12:00", "13:30-18:00"),
            makeup=("10:00-16:00",),
            days_off=("20:00-21:00",),
            exceptions=(
                closed(date(2024, 9, 10)),
                closed(date(2024, 9, 20), ("14:00-24:00",)),
                closed(date(2024, 9, 25), ("17:00-10:00",)),
                opened(date(2024, 10, 2), ("10:00-14:00",)),
                opened(date(2024, 10, 9), ("17:00-02:00",)),
                closed(
                    (
                        datetime(2024, 10, 10, 2, 10, tzinfo=UTC),
                        datetime(2024, 10, 11, 5, tzinfo=UTC),
                    )
                ),
            ),
        )
    )

    def windows(day):
        usual = [(9 * HOUR, 12 * HOUR), (13 * HOUR + 30, 18 * HOUR)]
        found = china(day, usual, [(10 * HOUR, 16 * HOUR)])
        return found or [(20 * HOUR, 21 * HOUR)]

    rules = Rules(
        "Asia/Shanghai",
        windows,
        closed={
            date(2024, 9, 10): [(0, 1440)],
            date(2024, 9, 20): [(14 * HOUR, 1440)],
            date(2024, 9, 25): [(17 * HOUR, 1440 + 10 * HOUR)],
            date(2024, 10, 10): [(10 * HOUR + 10, 1440 + 13 * HOUR)],
        },
        extra={
            date(2024, 10, 2): [(10 * HOUR, 14 * HOUR)],
            date(2024, 10, 9): [(17 * HOUR, 26 * HOUR)],
        },
    )
    return calendar, rules, "2024-09-02", "2024-10-21"


def _night(zone, start, end):
    calendar = ServiceCalendar("mon-sun", Schedule(week=("22:00-06:00",)), zone)
    return calendar, Rules(zone, EVERY_DAY([(22 * HOUR, 30 * HOUR)])), start, end


def _around_midnight(zone, start, end):
    calendar = ServiceCalendar("mon-fri", Schedule(week=("00:15-03:30", "22:30-00:45")), zone)
    windows = WEEKDAYS([(15, 3 * HOUR + 30), (22 * HOUR + 30, 24 * HOUR + 45)])
    return calendar, Rules(zone, windows), start, end


def _always(zone, start, end):
    calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), zone)
    return calendar, Rules(zone, EVERY_DAY([(0, 1440)])), start, end


def _weekdays_all_day(zone, start, end):
    calendar = ServiceCalendar("mon-fri", Schedule(week=("00:00-24:00",)), zone)
    return calendar, Rules(zone, WEEKDAYS([(0, 1440)])), start, end


def _many_windows():
    texts = [f"{hour:02}:00-{hour:02}:40" for hour in range(6, 22)]
    calendar = ServiceCalendar("sun-thu", Schedule(week=texts), "Asia/Riyadh")
    windows = weekly(6, 0, 1, 2, 3)([(h * HOUR, h * HOUR + 40) for h in range(6, 22)])
    return calendar, Rules("Asia/Riyadh", windows), "2025-06-01", "2025-06-30"


_BUILDERS = {
    "china": _plain,
    "china at new year": _new_year,
    "china with breaks and exceptions": _breaks_and_exceptions,
    "nights in new york, spring": lambda: _night("America/New_York", "2026-03-01", "2026-03-20"),
    "nights in new york, autumn": lambda: _night("America/New_York", "2025-10-25", "2025-11-12"),
    "midnight in new york, autumn": lambda: _around_midnight(
        "America/New_York", "2025-10-25", "2025-11-12"
    ),
    "midnight that never was, sao paulo": lambda: _around_midnight(
        "America/Sao_Paulo", "2018-10-28", "2018-11-12"
    ),
    "midnight that came twice, sao paulo": lambda: _around_midnight(
        "America/Sao_Paulo", "2018-02-10", "2018-02-25"
    ),
    "beirut, midnight spring": lambda: _weekdays_all_day("Asia/Beirut", "2024-03-22", "2024-04-05"),
    "havana, one o'clock autumn": lambda: _around_midnight(
        "America/Havana", "2024-10-28", "2024-11-09"
    ),
    "shanghai in summer time, 1988": lambda: _night("Asia/Shanghai", "1988-04-05", "1988-04-28"),
    "shanghai out of summer time, 1991": lambda: _around_midnight(
        "Asia/Shanghai", "1991-09-05", "1991-09-25"
    ),
    "lord howe, half an hour": lambda: _around_midnight(
        "Australia/Lord_Howe", "2025-03-30", "2025-04-12"
    ),
    "apia, a day that never was": lambda: _weekdays_all_day(
        "Pacific/Apia", "2011-12-22", "2012-01-08"
    ),
    "always open": lambda: _always("Europe/London", "2025-10-20", "2025-11-03"),
    "sixteen windows a day": _many_windows,
}

NAMES = tuple(_BUILDERS)


def _midnight(text):
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@cache
def desk(name):
    """One of them, by name; made once, because looking at every minute takes a while."""
    calendar, rules, start, end = _BUILDERS[name]()
    return Desk(name, calendar, Oracle.of(rules, _midnight(start), _midnight(end)))
