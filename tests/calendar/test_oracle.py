"""The arithmetic against an oracle that looks at the wall clock once a minute.

Instants are drawn to the microsecond, in zones of their own, with boundaries and clock changes
more often than chance would have them.
"""

import random
from datetime import UTC, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .desks import NAMES, desk
from .oracle import MINUTE, at_us, us

ZONES = (
    UTC,
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("America/New_York"),
    ZoneInfo("America/Sao_Paulo"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Apia"),
    timezone(timedelta(hours=5, minutes=45)),
)

FORTNIGHT = 14 * 1440 * MINUTE
"""Further apart than this, counting minutes takes longer than it teaches."""

zones = st.sampled_from(ZONES)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
every_desk = pytest.mark.parametrize("name", NAMES)


def instants(oracle, before=0):
    """Microseconds within the stretch: any, whole minutes, and next to where service begins."""
    last = (oracle.end - oracle.start) // MINUTE - 1 - before
    edges = [n for n in range(1, last) if oracle.open[n] is not oracle.open[n - 1]] or [0]
    minutes = st.one_of(st.integers(0, last), st.sampled_from(edges))
    offsets = st.one_of(st.just(0), st.sampled_from([1, MINUTE - 1]), st.integers(0, MINUTE - 1))
    return st.builds(lambda n, off: oracle.start + n * MINUTE + off, minutes, offsets)


amounts = st.one_of(
    st.integers(1, 48 * 60).map(lambda minutes: minutes * MINUTE),
    st.integers(1, 20 * 60 * MINUTE),
)


@cache
def combinations(left, right):
    one, two = desk(left), desk(right)
    return (
        (one.calendar | two.calendar, one.oracle.combined(two.oracle, lambda a, b: a or b)),
        (one.calendar & two.calendar, one.oracle.combined(two.oracle, lambda a, b: a and b)),
    )


@every_desk
@given(data=st.data())
@few
def test_elapsed(name, data):
    calendar, oracle = desk(name).calendar, desk(name).oracle
    a, b = data.draw(instants(oracle)), data.draw(instants(oracle))
    b = min(max(b, a - FORTNIGHT), a + FORTNIGHT)
    start, end = at_us(a, data.draw(zones)), at_us(b, data.draw(zones))
    expected = timedelta(microseconds=oracle.elapsed(a, b))
    assert calendar.elapsed(start, end) == expected
    assert calendar.elapsed(start, end.astimezone(start.tzinfo)) == expected


@every_desk
@given(data=st.data())
@few
def test_advance_and_retreat(name, data):
    calendar, oracle = desk(name).calendar, desk(name).oracle
    a, amount = data.draw(instants(oracle)), data.draw(amounts)
    start = at_us(a, data.draw(zones))
    for expected, move in (
        (oracle.advance(a, amount), calendar.advance),
        (oracle.retreat(a, amount), calendar.retreat),
    ):
        if expected is not None:
            landed = move(start, timedelta(microseconds=amount))
            assert us(landed) == expected
            assert (landed.tzinfo, landed.fold) == (
                start.tzinfo,
                at_us(expected, start.tzinfo).fold,
            )


@every_desk
@given(data=st.data())
@few
def test_opening_and_closing(name, data):
    calendar, oracle = desk(name).calendar, desk(name).oracle
    a = data.draw(instants(oracle))
    at = at_us(a, data.draw(zones))
    assert calendar.is_open(at) is oracle.is_open(a)
    following = oracle.next_opening(a)
    if following is not None:
        assert us(calendar.next_opening(at)) == following
    previous = oracle.previous_closing(a)
    if previous is not None:
        assert us(calendar.previous_closing(at)) == previous


@every_desk
@given(data=st.data())
@few
def test_windows_and_segments(name, data):
    calendar, oracle = desk(name).calendar, desk(name).oracle
    a, b = sorted((data.draw(instants(oracle)), data.draw(instants(oracle))))
    b = min(b, a + 5 * 1440 * MINUTE)
    start, end = at_us(a, data.draw(zones)), at_us(b, data.draw(zones))
    windows = [(us(opens), us(closes)) for opens, closes in calendar.windows(start, end)]
    assert windows == oracle.windows(a, b)
    explained = calendar.explain(start, end)
    assert explained.elapsed == timedelta(microseconds=oracle.elapsed(a, b))
    assert sum((item.length for item in explained), timedelta(0)) == timedelta(microseconds=b - a)
    joints = [us(item.start) for item in explained] + [b]
    assert joints == sorted(set(joints)) if a < b else joints == [b]
    assert all(oracle.is_open(us(item.start)) is item.counted for item in explained)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("nights in new york, autumn", "midnight in new york, autumn"),
        ("midnight in new york, autumn", "nights in new york, autumn"),
    ],
)
@given(data=st.data())
@few
def test_union_and_intersection(left, right, data):
    for calendar, oracle in combinations(left, right):
        a, b = data.draw(instants(oracle)), data.draw(instants(oracle))
        start, end = at_us(a, data.draw(zones)), at_us(b, data.draw(zones))
        assert calendar.elapsed(start, end) == timedelta(microseconds=oracle.elapsed(a, b))
        expected = oracle.advance(a, 90 * MINUTE)
        if expected is not None:
            assert us(calendar.advance(start, timedelta(minutes=90))) == expected
        if a <= b:
            explained = calendar.explain(start, end)
            assert explained.elapsed == timedelta(microseconds=oracle.elapsed(a, b))
            assert all(oracle.is_open(us(item.start)) is item.counted for item in explained)


@pytest.mark.slow
@every_desk
def test_at_random(name):
    """Three hundred pairs a desk, up to four days apart, in a fixed order."""
    calendar, oracle = desk(name).calendar, desk(name).oracle
    draw = random.Random(name)  # noqa: S311 - no secrets here
    last = oracle.end - oracle.start
    for _ in range(300):
        a = oracle.start + draw.randrange(last - 6 * 1440 * MINUTE)
        b = a + draw.randrange(4 * 1440 * MINUTE)
        start, end = at_us(a, draw.choice(ZONES)), at_us(b, draw.choice(ZONES))
        elapsed = oracle.elapsed(a, b)
        assert calendar.elapsed(start, end) == timedelta(microseconds=elapsed)
        amount = draw.randrange(1, 12 * 60 * MINUTE)
        expected = oracle.advance(a, amount)
        if expected is not None:
            assert us(calendar.advance(start, timedelta(microseconds=amount))) == expected
        expected = oracle.retreat(b, amount)
        if expected is not None:
            assert us(calendar.retreat(end, timedelta(microseconds=amount))) == expected
