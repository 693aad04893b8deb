"""A host's own targets are kept as history: what was seen of them is never taken back (8.3)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketrules import Actor, Desk, Policy, Role, Verdict, replay
from ticketrules.sla import ClockSet, ServiceTime, TargetSettings, vocabulary
from ticketrules.tickets import events as e
from ticketrules.verification import strategies

from .plain_clocks import plainly

CUSTOMER, AGENT, PLATFORM = Actor(Role.CUSTOMER), Actor(Role.AGENT, "an"), Actor(Role.PLATFORM)
PARTS = {
    e.Complained: {"by": CUSTOMER},
    e.CustomerWrote: {"by": CUSTOMER, "body": "…"},
    e.EscalatedToPlatform: {"by": AGENT, "note": "…"},
    e.MarkedBusinessStopping: {"by": AGENT},
    e.PlatformReturned: {"by": PLATFORM},
    e.Replied: {"by": AGENT, "body": "…"},
    e.Submitted: {"by": CUSTOMER, "body": "…"},
}


def desk(**parts):
    own = TargetSettings(
        **{
            "id": "own",
            "clause": "8.3",
            "label": "跟进",
            "budget": ServiceTime(timedelta(hours=2)),
            "starts": ("submitted",),
            "stops": ("closed",),
            **parts,
        }
    )
    return Desk(Policy(name="host", targets=(own,)))


MONDAY = datetime(2026, 3, 2, 9, tzinfo=desk().calendar.zone)


def at(hour):
    return MONDAY + timedelta(hours=hour)


def ticket(*happened):
    """A ticket submitted on Monday at nine, and what happened so many hours later."""
    events = [(0, e.Submitted, {}), *((hour, kind, {}) for hour, kind in happened)]
    return replay(
        kind(id=f"e{number}", ticket="T-1", at=at(hour), **PARTS[kind], **more)
        for number, (hour, kind, more) in enumerate(events)
    )


def read(desk, ticket, hour):
    return [one for one in desk.clocks.read(ticket, at(hour)) if one.clock == "own"]


class TestWhomItIsFor:
    """A target is for the tickets of which all of `only_for` and none of `not_for` holds."""

    def test_what_no_longer_holds_cancels_the_cycle_at_that_event(self):
        (one,) = read(desk(not_for=("business_stopping",)), self.stopping(1), 5)
        assert (one.verdict, one.stopped_at, one.elapsed) == (
            Verdict.CANCELLED,
            at(1),
            timedelta(hours=1),
        )

    def test_while_they_hold_no_event_cancels_it(self):
        own = desk(not_for=("complained",))
        (one,) = read(own, ticket((0.5, e.Replied), (0.6, e.CustomerWrote)), 1)
        assert (one.verdict, one.elapsed) == (Verdict.RUNNING, timedelta(hours=1))

    def test_a_breach_before_that_stays(self):
        (one,) = read(desk(not_for=("business_stopping",)), self.stopping(3), 5)
        assert (one.verdict, one.breached_at) == (Verdict.BREACHED, at(2))

    def test_a_stop_by_the_event_that_ends_it_is_met(self):
        own = desk(only_for=("unanswered",), stops=("public_answer",))
        (one,) = read(own, ticket((1, e.Replied)), 5)
        assert one.verdict is Verdict.MET

    def test_a_cycle_begins_where_they_hold_and_only_there(self):
        own = desk(
            only_for=("answered_once",),
            starts=("customer_message",),
            stops=("public_answer",),
        )
        written = ticket((1, e.CustomerWrote), (2, e.Replied), (3, e.CustomerWrote))
        assert [one.started_at for one in read(own, written, 4)] == [at(3)]

    def test_what_begins_to_hold_later_begins_no_cycle_by_itself(self):
        assert read(desk(only_for=("complained",)), ticket((1, e.Complained)), 5) == []

    def test_of_a_ticket_marked_later_the_time_counts_from_the_start(self):
        """A ticket stops the business from its submission on, whenever that is marked (7.1)."""
        own = desk(only_for=("business_stopping",))
        assert read(own, self.stopping(1), 0.5) == []
        (one,) = read(own, self.stopping(1), 1.5)
        assert (one.verdict, one.started_at, one.deadline) == (Verdict.RUNNING, at(0), at(2))

    def test_a_target_of_the_marketplace_keeps_its_own_starts_and_cancels(self):
        changed = TargetSettings(id="first_response", not_for=("business_stopping",))
        readings = Desk(Policy(targets=(changed,))).clocks.read(self.stopping(0.1), at(1))
        (one,) = (one for one in readings if one.clock == "first_response")
        assert (one.verdict, one.stopped_at) == (Verdict.CANCELLED, at(0.1))

    def stopping(self, hour):
        return ticket((hour, e.MarkedBusinessStopping))


class TestWhatPausesIt:
    """A clock stands still while any of `pauses_while` holds."""

    @pytest.mark.parametrize(
        ("word", "event"),
        [
            ("complained", e.Complained),
            ("business_stopping", e.MarkedBusinessStopping),
            ("answered_once", e.Replied),
            ("with_platform", e.EscalatedToPlatform),
        ],
    )
    def test_from_the_event_on_after_which_it_holds(self, word, event):
        (one,) = read(desk(pauses_while=(word,)), ticket((1, event)), 5)
        assert (one.verdict, one.elapsed) == (Verdict.PAUSED, timedelta(hours=1))
        assert [(pause.start, pause.by) for pause in one.pauses] == [(at(1), "e1")]

    def test_until_the_event_after_which_it_does_not(self):
        own = desk(pauses_while=("unanswered",))
        (one,) = read(own, ticket((1, e.Replied), (2, e.CustomerWrote)), 2)
        rests = [(pause.start, pause.end) for pause in one.pauses]
        assert rests == [(at(0), at(1)), (at(2), at(2))]
        assert one.elapsed == timedelta(hours=1)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_host_promises_the_plain_walk_says_the_same(data):
    policy = data.draw(
        strategies.policies().filter(lambda one: one.service_hours.unannounced == "project")
    )
    clocks = ClockSet(policy.name, policy.sla_targets(), policy.calendar())
    happened = data.draw(strategies.histories(clocks.calendar))
    now = data.draw(strategies.moments(happened))
    seen = clocks.read(replay(happened), now)
    known = replay(event for event in happened if event.at <= now)
    assert seen == plainly(clocks, known, now)


def test_every_condition_says_whether_it_stays():
    stays = {word for word, one in vocabulary.CONDITIONS.items() if one.stays}
    assert stays == {"business_stopping"}
    assert vocabulary.ticket_condition("group vip").stays
