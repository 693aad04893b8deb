"""Instants and amounts of time, more often where something changes than chance would have it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ticketrules.calendar import Calendar, DayKind, ServiceCalendar
from ticketrules.calendar.timeline import FIRST_YEAR, LAST_YEAR
from ticketrules.tickets import instant

PLAIN: Final = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 09:00 in Shanghai: what instants shrink to where nothing forbids it."""

FIRST: Final = datetime(2024, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2028, 1, 1, tzinfo=UTC)
"""The stretch that is looked at by default: with and without notices, with a leap day."""

MOMENT: Final = timedelta(microseconds=1)
MINUTE: Final = timedelta(minutes=1)
MARGIN: Final = timedelta(days=200)
"""How far a law may have to look beyond an instant."""

DAY: Final = timedelta(days=1)
OFFSETS: Final = (timedelta(0), MOMENT, -MOMENT, MINUTE, -MINUTE, timedelta(hours=1))
CHANGING: Final = ("America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Europe/London")
"""Zones whose clocks change, one of them by half an hour and one at midnight."""


def instants(
    calendar: Calendar | None = None,
    *,
    first: datetime = FIRST,
    last: datetime = LAST,
    whole_minutes: bool = False,
    zones: Sequence[tzinfo] | None = None,
) -> st.SearchStrategy[datetime]:
    """Aware instants, biased to where a calendar changes its mind.

    Many of them lie at, or next to, an opening, a closing, a midnight around a holiday, a make-up
    day or the end of a year, or a change of clocks.

    Args:
        calendar: Whose openings and closings are meant; the marketplace's by default.
        first: The first instant that may be drawn, aware.
        last: The last one.
        whole_minutes: Draw none with seconds.
        zones: In which zones they are told; by default the calendar's and a few awkward ones.
    """
    return _instants(calendar, first, last, whole_minutes, None if zones is None else tuple(zones))


@lru_cache(maxsize=64)
def _instants(
    calendar: Calendar | None,
    first: datetime,
    last: datetime,
    whole_minutes: bool,
    zones: tuple[tzinfo, ...] | None,
) -> st.SearchStrategy[datetime]:
    known = ServiceCalendar() if calendar is None else calendar
    start, end = instant(first), instant(last)
    anchor = min(max(PLAIN, start), end)
    unit = MINUTE if whole_minutes else MOMENT
    # Whole units from the anchor, so that instants shrink to it and not to the year 1.
    before, after = (anchor - start) // MINUTE, (end - anchor) // MINUTE
    minutes = st.integers(-before, after).map(lambda count: anchor + count * MINUTE)
    offsets = [one for one in OFFSETS if not one % unit]
    edges, rare = _edges(known, start, end, anchor)
    places = [st.sampled_from(edges), minutes, st.sampled_from(rare)]
    if not whole_minutes:
        back, on = (anchor - start) // MOMENT, (end - anchor) // MOMENT
        places.append(st.integers(-back, on).map(lambda count: anchor + count * MOMENT))
    told = zones or (known.zone, UTC, *map(ZoneInfo, CHANGING[:2]))
    return st.builds(
        lambda place, offset, zone: min(max(place + offset, start), end).astimezone(zone),
        st.one_of(places),
        st.sampled_from(offsets),
        st.sampled_from(told),
    )


def told_stretch(calendar: Calendar) -> dict[str, Any]:
    """The first and the last instant to look at of a calendar; by name, for ``instants``.

    Of one that does not project it lies well inside of what it has been told.
    """
    first, last = FIRST, LAST
    if isinstance(calendar, ServiceCalendar) and calendar.unannounced == "raise":
        told_first, told_last = calendar.days.announced
        first = max(first, _midnight(calendar, told_first) + MARGIN)
        last = min(last, _midnight(calendar, told_last) - MARGIN)
    return {"first": first, "last": last}


def _midnight(calendar: ServiceCalendar, day: date) -> datetime:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return FIRST - 2 * MARGIN if day.year < FIRST_YEAR else LAST + 2 * MARGIN
    return instant(datetime(day.year, day.month, day.day, tzinfo=calendar.zone))


def amounts(longest: timedelta = timedelta(days=40)) -> st.SearchStrategy[timedelta]:
    """Amounts of time from nothing up: half hours, promises of the rulebook, anything."""
    half_hours = longest // timedelta(minutes=30)
    usual = [one for one in map(MINUTE.__mul__, (0, 1, 15, 30, 240, 540)) if one <= longest]
    return st.one_of(
        st.sampled_from(usual),
        st.integers(0, half_hours).map(lambda count: timedelta(minutes=30) * count),
        st.integers(0, longest // MOMENT).map(lambda count: MOMENT * count),
    )


@lru_cache(maxsize=64)
def _edges(
    calendar: Calendar, start: datetime, end: datetime, anchor: datetime
) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
    """Where something changes, and among it what is rare; by the distance from the anchor.

    Rare are the ends of years, leap days and the changes of clocks.
    """
    usual, rare = {anchor}, {anchor}
    first, last = (one.astimezone(calendar.zone).date() for one in (start, end))
    for day in _days_to_look_at(calendar, first, last, anchor.astimezone(calendar.zone).date()):
        edges = set(_edges_of_day(calendar, day))
        usual |= edges
        if (day.month, day.day) in {(12, 31), (1, 1), (2, 29)}:
            rare |= edges
    for zone in (calendar.zone, *map(ZoneInfo, CHANGING)):
        rare |= set(_changes_of_clocks(zone, start, end))

    def in_order(found: set[datetime]) -> tuple[datetime, ...]:
        within = (one for one in found if start <= one <= end)
        return tuple(sorted(within, key=lambda one: (abs(one - anchor), one)))

    return in_order(usual), in_order(rare)


def _edges_of_day(calendar: Calendar, day: date) -> Iterator[datetime]:
    """Its midnight, its openings and its closings."""
    midnight, until = (
        datetime(one.year, one.month, one.day, tzinfo=calendar.zone) for one in (day, day + DAY)
    )
    yield instant(midnight)
    for window in calendar.windows(midnight, until):
        yield from map(instant, window)


def _days_to_look_at(calendar: Calendar, first: date, last: date, plain: date) -> Iterator[date]:
    """A plain week, and every day that is unlike others of its weekday, with its neighbours."""
    day = first
    while day < last:
        special = calendar.day(day).kind in {DayKind.HOLIDAY, DayKind.MAKEUP_WORKDAY}
        ends = (day.month, day.day) in {(12, 31), (1, 1), (2, 29)}
        if special or ends or abs(day - plain) <= timedelta(days=7):
            yield from (max(day - DAY, first), day, day + DAY)
        day += DAY


def _changes_of_clocks(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which a zone's offset changes, found to the minute by halving each day."""
    at = start
    while at < end:
        after = min(at + DAY, end)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        at = after
