"""Windows, schedules, service hours, notices and calendars."""

from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from ticketrules.calendar import (
    DatedHours,
    Exceptional,
    Holiday,
    Notice,
    Schedule,
    ServiceCalendar,
    ServiceHours,
    WeekdayHours,
    closed,
    opened,
)
from ticketrules.calendar.sources import weekdays_named
from ticketrules.clauses import Text

ZONES: Final = (
    "Asia/Shanghai",
    "UTC",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
DAYS: Final = ("CN", "mon-fri", "mon-sun", "sun-thu", "tue-sat")
USUAL: Final = ("09:00-18:00",)
WINDOWS: Final = (
    USUAL,
    ("09:00-12:00", "13:00-18:00"),
    ("00:00-24:00",),
    ("21:30-05:30",),
    ("00:00-02:00", "20:00-24:00"),
    ("08:07:13.000001-16:59:59.999999",),
)
"""A desk's usual hours, with a break, round the clock, by night, around midnight, and odd ones."""


@cache
def windows() -> st.SearchStrategy[tuple[str, ...]]:
    """Windows of one day that do not overlap, such as ``("09:00-12:00", "13:00-18:00")``."""
    return st.sampled_from(WINDOWS) | _any_windows()


@st.composite
def _any_windows(draw: st.DrawFn) -> tuple[str, ...]:
    ends = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs)


@cache
def _exceptions() -> st.SearchStrategy[tuple[Exceptional, ...]]:
    days = st.integers(0, 364).map(lambda count: date(2026, 3, 2) + timedelta(days=count))
    some = st.just(()) | windows()
    return st.lists(st.builds(closed, days, some) | st.builds(opened, days, some), max_size=3).map(
        tuple
    )


@cache
def schedules() -> st.SearchStrategy[Schedule]:
    """Weekly schedules, with make-up days, days off and exceptions of their own or without."""
    return st.builds(
        Schedule,
        week=windows(),
        makeup=st.none() | windows(),
        days_off=st.just(()) | windows(),
        exceptions=st.just(()) | _exceptions(),
    )


def _serving(*, days: str, weekdays: WeekdayHours, **parts: Any) -> ServiceHours:
    """Hours of a Saturday only where one may be worked."""
    named = weekdays_named(days)
    may = named is None or 5 in named.worked
    return ServiceHours(days=days, weekdays=weekdays if may else WeekdayHours(), **parts)


@cache
def service_hours() -> st.SearchStrategy[ServiceHours]:
    """The settings of clauses 3.1 and 3.2, of any kind that can be written down."""
    dated = st.builds(
        DatedHours,
        on=st.dates(),
        is_open=st.booleans(),
        hours=st.just(()) | windows(),
        name=st.text(),
    )
    return st.builds(
        _serving,
        zone=st.sampled_from(ZONES),
        days=st.sampled_from((*DAYS, "US", "DE-BY")),
        hours=windows(),
        makeup_hours=st.none() | windows(),
        extended_hours=st.just(()) | windows(),
        extended_days_off=st.just(()) | windows(),
        unannounced=st.sampled_from(("project", "raise")),
        exceptions=st.lists(dated, max_size=2, unique_by=lambda one: one.on).map(tuple),
        weekdays=st.just(WeekdayHours()) | st.builds(WeekdayHours, sat=st.none() | windows()),
    )


@cache
def calendars() -> st.SearchStrategy[ServiceCalendar]:
    """Service calendars that project; shrinking to the marketplace's."""
    return st.builds(
        ServiceCalendar,
        days=st.sampled_from(DAYS),
        schedule=schedules(),
        zone=st.sampled_from(ZONES),
    )


@st.composite
def notices(draw: st.DrawFn, year: int = 2027) -> Notice:
    """An announcement of one year's holidays and make-up days that a calendar takes."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    off = draw(st.lists(st.sampled_from(days), min_size=1, max_size=6, unique=True))
    weekend = [day for day in days if day.weekday() >= 5 and day not in off]
    made_up = draw(st.lists(st.sampled_from(weekend), max_size=3, unique=True))
    names = st.just("元旦") | st.text(min_size=1).filter(str.strip)

    def entries(dates: list[date]) -> tuple[Holiday, ...]:
        cut = draw(st.integers(0, len(dates)))
        return tuple(
            Holiday(Text(draw(names), draw(names)), tuple(part))
            for part in (dates[:cut], dates[cut:])
            if part
        )

    return Notice(year, draw(names), entries(off), entries(made_up))
