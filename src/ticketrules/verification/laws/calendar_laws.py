"""The laws of service time: what ``elapsed``, ``advance`` and the rest owe each other (3.1)."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from hypothesis import strategies as st

from ticketrules.calendar import Calendar
from ticketrules.errors import CalendarError
from ticketrules.tickets import instant
from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.strategies.instants import amounts, instants, told_stretch

NOTHING: Final = timedelta(0)
MOMENT: Final = timedelta(microseconds=1)


def _instants(calendar: Calendar) -> st.SearchStrategy[datetime]:
    """Within what a calendar that does not project has been told."""
    return instants(calendar, **told_stretch(calendar))


def _one(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar))


def _two(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), b=_instants(calendar))


def _three(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), b=_instants(calendar), c=_instants(calendar))


def _amount(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), amount=amounts())


def _two_amounts(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), one=amounts(), two=amounts())


def _instants_and_amount(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), b=_instants(calendar), amount=amounts())


def _days(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), days=st.integers(0, 30))


def _working_days(calendar: Calendar) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(a=_instants(calendar), n=st.integers(-30, 30))


@law(_three, "3.1")
def elapsed_adds_up(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    """From a to b and on from b to c, as much elapses as from a to c."""
    parts = calendar.elapsed(a, b) + calendar.elapsed(b, c)
    equal(parts, calendar.elapsed(a, c), "elapsed(a, b) + elapsed(b, c)")


@law(_two, "3.1")
def elapsed_turns_round(calendar: Calendar, a: datetime, b: datetime) -> None:
    """Back from b to a, as much elapses as forth, with the other sign."""
    equal(calendar.elapsed(b, a), -calendar.elapsed(a, b), "elapsed(b, a)")


@law(_two, "3.1")
def elapsed_is_no_more_than_the_time(calendar: Calendar, a: datetime, b: datetime) -> None:
    """No more service time elapses than time, and none of the other sign."""
    forth, real = calendar.elapsed(a, b), instant(b) - instant(a)
    low, high = sorted((NOTHING, real))
    require(low <= forth <= high, f"elapsed(a, b) = {forth} of {real}")


@law(_two, "3.1")
def elapsed_forgets_the_zone(calendar: Calendar, a: datetime, b: datetime) -> None:
    """In which zone an instant is told changes nothing that elapses."""
    equal(calendar.elapsed(instant(a), instant(b)), calendar.elapsed(a, b), "elapsed in UTC")


@law(_amount, "3.1")
def advance_elapses_exactly(calendar: Calendar, a: datetime, amount: timedelta) -> None:
    """advance(a, amount) is the earliest instant not before a by which so much has elapsed."""
    landed = calendar.advance(a, amount)
    require(landed.tzinfo is a.tzinfo, "it is told in another zone")
    require(instant(landed) >= instant(a), f"advance(a, amount) = {landed} comes before a")
    equal(calendar.elapsed(a, landed), amount, "elapsed(a, advance(a, amount))")
    if amount:
        earlier = instant(landed) - MOMENT
        equal(calendar.elapsed(a, earlier), amount - MOMENT, "elapsed a microsecond before")


@law(_amount, "3.1")
def retreat_elapses_exactly(calendar: Calendar, a: datetime, amount: timedelta) -> None:
    """retreat(a, amount) is the latest instant not after a from which so much has elapsed."""
    landed = calendar.retreat(a, amount)
    require(landed.tzinfo is a.tzinfo, "it is told in another zone")
    require(instant(landed) <= instant(a), f"retreat(a, amount) = {landed} comes after a")
    equal(calendar.elapsed(landed, a), amount, "elapsed(retreat(a, amount), a)")
    if amount:
        later = instant(landed) + MOMENT
        equal(calendar.elapsed(later, a), amount - MOMENT, "elapsed a microsecond after")


@law(_one, "3.1")
def nothing_moves_nowhere(calendar: Calendar, a: datetime) -> None:
    """To advance or retreat by nothing is to stay."""
    require(calendar.advance(a, NOTHING) is a, "advance(a, 0) is another instant")
    require(calendar.retreat(a, NOTHING) is a, "retreat(a, 0) is another instant")


@law(_two_amounts, "3.1")
def advance_in_two_steps(calendar: Calendar, a: datetime, one: timedelta, two: timedelta) -> None:
    """To advance by one amount and then by another is to advance by both."""
    if two:
        stepped = calendar.advance(calendar.advance(a, one), two)
        equal(instant(stepped), instant(calendar.advance(a, one + two)), "in two steps")


@law(_instants_and_amount, "3.1")
def advance_keeps_order(calendar: Calendar, a: datetime, b: datetime, amount: timedelta) -> None:
    """Who starts later does not arrive earlier."""
    first, last = sorted((instant(a), instant(b)))
    require(
        calendar.advance(first, amount) <= calendar.advance(last, amount), "the later came first"
    )


@law(_amount, "3.1")
def advance_forgets_the_zone(calendar: Calendar, a: datetime, amount: timedelta) -> None:
    """In which zone an instant is told changes nothing about where one arrives."""
    there = calendar.advance(instant(a), amount)
    equal(instant(calendar.advance(a, amount)), there, "advance in the zone of a")


@law(_amount, "3.1")
def there_and_back(calendar: Calendar, a: datetime, amount: timedelta) -> None:
    """Back and forth again arrives at a or before it, with no service in between."""
    landed = calendar.advance(calendar.retreat(a, amount), amount)
    require(instant(landed) <= instant(a), f"it arrives at {landed}")
    equal(calendar.elapsed(landed, a), NOTHING, "elapsed in between")


@law(_one, "3.1")
def the_next_opening_is_open(calendar: Calendar, a: datetime) -> None:
    """The next opening is open, nothing elapses before it, and an open instant is its own."""
    opening = calendar.next_opening(a)
    require(calendar.is_open(opening), f"next_opening(a) = {opening} is closed")
    require(opening.tzinfo is a.tzinfo, "it is told in another zone")
    equal(calendar.elapsed(a, opening), NOTHING, "elapsed(a, next_opening(a))")
    equal(opening is a, calendar.is_open(a), "next_opening(a) is a")


@law(_one, "3.1")
def closing_goes_from_open_to_closed(calendar: Calendar, a: datetime) -> None:
    """Just before the previous closing it was open, at it it is not, and none came after it."""
    try:
        shut = calendar.previous_closing(a)
    except CalendarError:
        return  # service without end never closes
    require(instant(shut) <= instant(a), f"previous_closing(a) = {shut} comes after a")
    require(calendar.is_open(instant(shut) - MOMENT), f"just before {shut} it is closed")
    require(not calendar.is_open(shut), f"at {shut} it is open")
    between = [
        closes
        for _, closes in calendar.windows(shut, a)
        if instant(closes) < instant(a) and not calendar.is_open(closes)
    ]
    equal(between, [], "closings in between")


@law(_one, "3.1")
def open_is_what_elapses(calendar: Calendar, a: datetime) -> None:
    """A microsecond elapses from an instant exactly if it is open then."""
    elapsed = calendar.elapsed(a, instant(a) + MOMENT)
    equal(elapsed, MOMENT if calendar.is_open(a) else NOTHING, "elapsed in a microsecond")


@law(_days, "3.1")
def windows_add_up(calendar: Calendar, a: datetime, days: int) -> None:
    """The windows of a stretch are in order, apart from each other, and add up to what elapses."""
    end = instant(a) + timedelta(days=days)
    found = [(instant(opens), instant(closes)) for opens, closes in calendar.windows(a, end)]
    total = sum((closes - opens for opens, closes in found), NOTHING)
    equal(total, calendar.elapsed(a, end), "the windows' sum")
    for (_, closes), (opens, _) in pairwise(found):
        require(closes < opens, f"the window to {closes} is followed by one from {opens}")


@law(_days, "3.1")
def explanations_add_up(calendar: Calendar, a: datetime, days: int) -> None:
    """The segments that explain a stretch follow each other, and those that count add up."""
    end = instant(a) + timedelta(days=days)
    explained = calendar.explain(a, end)
    counted = sum((one.length for one in explained if one.counted), NOTHING)
    equal(counted, calendar.elapsed(a, end), "the counted segments' sum")
    joints = [instant(one.start) for one in explained]
    ends = [instant(one.end) for one in explained]
    whole = [instant(a), *ends[:-1]] if ends else []
    equal(joints, whole, "where the segments begin")


@law(_working_days, "9.1")
def working_days_are_counted(calendar: Calendar, a: datetime, n: int) -> None:
    """The nth working day is one, and n of them lie on the way to it."""
    day = a.astimezone(calendar.zone).date()
    found = calendar.nth_working_day(day, n)
    if n == 0:
        equal(found, day, "day zero")
        return
    require(calendar.is_working_day(found), f"{found} is no working day")
    step = timedelta(days=1)
    first, last = (day + step, found + step) if n > 0 else (found, day)
    equal(calendar.working_days_between(first, last), abs(n), "working days on the way")


CALENDAR: Final[tuple[Law, ...]] = tuple(
    one for one in list(globals().values()) if isinstance(one, Law)
)
"""Every law of a calendar."""
