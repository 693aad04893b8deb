"""Targets put together at random: the columns say of them what the scalar engine says."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    On,
    SameServiceDay,
    ServiceTime,
    SlaPolicy,
    Target,
    Threshold,
    WorkingDays,
)
from ticketrules.tickets import Role, Status, events
from ticketrules.tickets.commands import LapseConfirmation

from .test_equal import assert_equal, logs

CALENDAR = Desk(Policy()).calendar
LABEL = Text("a promise", "承诺")
RESTS = {
    Status.AWAITING_FEEDBACK: Text("the customer has the ball", "等待客户"),
    Status.AWAITING_CONFIRMATION: Text("the customer looks", "客户查看"),
}
HELD = Text("the platform has it", "平台处理")


def _waits(ticket):
    return RESTS.get(ticket.status)


def _waits_or_is_held(ticket):
    return HELD if ticket.with_platform_since is not None else _waits(ticket)


def _is_held(ticket):
    return HELD if ticket.with_platform_since is not None else None


STARTS = (
    On(events.Submitted),
    On(events.CustomerWrote, lambda event, _ticket: event.asks),
    On(events.Rejected),
    On(events.Accepted),
    On(events.Noted, lambda event, _ticket: event.by.role is Role.AGENT),
    On(events.SolutionProposed),
    On(events.FeedbackRequested, lambda _event, ticket: ticket.first_answered_at is not None),
    On(events.EscalatedToPlatform),
)
ENDS = (
    On(events.Replied, lambda event, _ticket: event.is_answer),
    On(events.Replied),
    On(events.SolutionProposed),
    On(events.FeedbackRequested),
    On(events.CustomerWrote, lambda _event, ticket: ticket.status is Status.IN_PROGRESS),
    On(events.Resolved),
    On(events.Closed),
    On(events.Confirmed),
    On(events.PlatformReturned),
)

minutes = st.integers(0, 3000).map(lambda count: timedelta(minutes=count))
amounts = st.one_of(
    st.builds(ServiceTime, minutes), st.builds(CalendarTime, minutes), st.just(SameServiceDay())
)
instants = st.builds(WorkingDays, st.integers(1, 4), st.booleans(), st.booleans())
thresholds = st.lists(
    st.one_of(
        st.builds(Threshold, share=st.sampled_from([0, 1 / 3, 0.5, 0.9, 1]), about=st.just(LABEL)),
        st.builds(Threshold, lead=minutes, about=st.just(LABEL)),
    ),
    max_size=3,
    unique_by=lambda one: (one.share, one.lead),
).map(tuple)


@st.composite
def targets(draw, name="clock"):
    """A target whose parts have nothing to do with one another."""
    several = st.lists(st.sampled_from(ENDS), max_size=3).map(tuple)
    parts = {
        "id": name,
        "clause": ClauseId("8.2"),
        "label": LABEL,
        "starts": draw(st.lists(st.sampled_from(STARTS), min_size=1, max_size=3).map(tuple)),
        "stops": draw(several),
        "cancels": draw(several),
        "once": draw(st.booleans()),
        "not_before_due": draw(st.booleans()),
        "command": draw(st.sampled_from([None, LapseConfirmation])),
    }
    if draw(st.integers(0, 3)):
        parts["budget"] = draw(amounts)
        parts["cumulative"] = draw(st.booleans())
        amount = getattr(parts["budget"], "amount", timedelta.max)
        parts["thresholds"] = tuple(
            one for one in draw(thresholds) if one.lead is None or one.lead <= amount
        )
        pausing = draw(st.sampled_from([None, _waits, _waits_or_is_held, _is_held]))
        if pausing is not None:
            parts["paused"] = pausing
    else:
        parts["budget"] = draw(instants)
    return Target(**parts)


@settings(deadline=None, max_examples=40)
@given(log=logs(), several=st.tuples(targets("one"), targets("two")))
def test_equal(log, several):
    desk = Desk(Policy(), (SlaPolicy(name="any", targets=several),))
    assert assert_equal(desk, *log).fallbacks == ()
