"""The fast walk, reading by reading and field by field, against the plain one."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import asdict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours
from ticketrules.clauses import ClauseId, Text
from ticketrules.sla import (
    CalendarTime,
    ClockSet,
    On,
    Promises,
    ServiceTime,
    Target,
    Threshold,
    Waiting,
    marketplace_targets,
)
from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import WAITING, events

from .histories import histories
from .plain_clocks import PlainDays, plainly
from .stories import instant_of, ticket_of


def _held(ticket):
    if ticket.with_platform_since is not None:
        return Text("held", "暂停")
    return Text("waiting", "等待") if ticket.status in WAITING else None


def _target(name, budget, leads=({"lead": timedelta(minutes=30)},), **parts):
    return Target(
        id=name,
        clause=ClauseId("8.3"),
        label=Text(name, name),
        budget=budget,
        starts=(On(events.Submitted), On(events.CustomerWrote)),
        stops=(On(events.Replied),),
        cancels=(On(events.Closed),),
        paused=_held,
        thresholds=tuple(
            Threshold(about=Text(name, name), **point)
            for point in ({"share": 0.5}, {"share": 1.0}, *leads)
        ),
        **parts,
    )


HOST = (
    _target("service", ServiceTime(timedelta(hours=3))),
    _target("plain", CalendarTime(timedelta(hours=30))),
    _target("whole", ServiceTime(timedelta(hours=9)), cumulative=True),
    _target("first", ServiceTime(timedelta(hours=1)), once=True),
    _target("none", ServiceTime(timedelta(0)), leads=()),
    _target("some", ServiceTime(timedelta(hours=2)), applies=lambda one: one.agent == "an"),
)
USUAL = marketplace_targets(Promises(), Waiting())
SETS = [
    ClockSet("usual", targets, ServiceHours(hours=hours, unannounced=unannounced).calendar())
    for targets in (USUAL, HOST)
    for hours in (("09:00-18:00",), ("09:00-12:00", "13:00-18:00"), ("22:00-06:00",))
    for unannounced in ("project", "raise")
]
LAST = instant_of(395 * 1440 - 1)  # the last minute of 2026


@given(history=histories(), clocks=st.sampled_from(SETS))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_fast_walk_says_what_the_plain_one_says(history, clocks):
    facts, now = history
    if clocks.calendar.unannounced == "raise":
        facts = [fact for fact in facts if instant_of(fact.minute) <= LAST]
        if not facts:
            return
    now = instant_of(now)
    if clocks.calendar.unannounced == "raise":
        now = min(now, LAST)
    ticket = ticket_of(facts)
    fast, plain = clocks.read(ticket, now), plainly(clocks, ticket, now)
    for one, other in zip(fast, plain, strict=True):
        assert asdict(one, recurse=False) == asdict(other, recurse=False)


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Asia/Shanghai", "2025-12-20T00:00+08:00", "2026-03-10T00:00+08:00"),
        ("Europe/Berlin", "2026-03-20T00:00+01:00", "2026-04-04T00:00+02:00"),
        ("America/New_York", "2026-10-25T00:00-04:00", "2026-11-08T00:00-05:00"),
    ],
)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_days_found_fast_are_those_found_on_the_wall(zone, first, last, data):
    start, end = (datetime.fromisoformat(text).astimezone(UTC) for text in (first, last))
    hours = data.draw(
        st.sampled_from((["09:00-18:00"], ["22:00-06:00"], ["06:00-14:00", "20:00-02:30"]))
    )
    calendar = ServiceCalendar("CN", Schedule(week=hours), zone)
    fast, plain = ServiceDays(calendar), PlainDays(calendar)
    for micro in data.draw(st.lists(st.integers(0, (end - start) // timedelta(minutes=1)))):
        at = start + micro * timedelta(minutes=1)
        n, opens = data.draw(st.integers(1, 8)), data.draw(st.booleans())
        assert fast.of(at).date == plain.of(at).date
        assert fast.due(at, n, opens)[1] == plain.due(at, n, opens)[1]
        assert fast.arrival(at).date == plain.arrival(at).date
