"""Stepped or jumped: the same commands, effects and alarms, across people and policies too.

A host that looks often and one that looks once, after people did what they did and policies came
and went, tell the same things under the same keys.
"""

from datetime import date, timedelta

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketrules import Chronicle, Policy, marketplace
from ticketrules import evolve as grow
from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.sla import (
    On,
    ServiceTime,
    SlaPolicy,
    Target,
    Threshold,
    Waiting,
    marketplace_targets,
    phone_customer,
    tell_agent,
)
from ticketrules.tickets import events

from .histories import histories
from .stories import event, fact, instant_of, ticket_of

patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HALF = Threshold(share=0.5, about=Text("half is gone", "时间过半"), alarms=(tell_agent,))
REPLY = Target(
    id="reply",
    clause=ClauseId("8.3"),
    label=Text("answer", "回复"),
    budget=ServiceTime(timedelta(hours=4)),
    starts=(On(events.Submitted), On(events.CustomerWrote)),
    stops=(On(events.Replied),),
    paused=lambda ticket: Text("held", "暂停") if ticket.with_platform_since else None,
    thresholds=(HALF,),
    on_breach=(phone_customer,),
)


def promise(hours):
    return evolve(REPLY, budget=ServiceTime(timedelta(hours=hours)))


ALARMED = SlaPolicy(name="alarmed", targets=(REPLY,))
FICKLE = (
    SlaPolicy(
        name="held", targets=(promise(2),), matches=lambda one: one.with_platform_since is not None
    ),
    SlaPolicy(name="bo's", targets=(promise(1),), matches=lambda one: one.agent == "bo"),
    SlaPolicy(name="usual", targets=(REPLY,)),
)
THREE_HOURS = SlaPolicy(name="3h", targets=(promise(3),))
LADDER = marketplace_targets(Policy().promises, Waiting(feedback_lapses_after_days=3))
DESKS = [
    marketplace(),
    Desk(Policy(), (ALARMED,)),
    Desk(Policy(), FICKLE),
    Desk(Policy(), (evolve(FICKLE[1], targets=(promise(3), *LADDER)), *FICKLE[2:])),
]


def since(day, **parts):
    return Policy(name=f"of {day}", effective_from=date.fromisoformat(day), **parts)


CHRONICLES = [
    Chronicle(
        [
            Policy(name="first"),
            since("2026-02-24", retroactive=True, waiting=Waiting(feedback_lapses_after_days=3)),
            since("2026-03-03"),
            since("2026-09-28", retroactive=True, waiting=Waiting(reminder_after_days=1)),
            since("2026-12-28", retroactive=True),
        ]
    ),
    Chronicle(
        [
            Desk(Policy(name="first"), (ALARMED,)),
            Desk(since("2026-02-24", retroactive=True), FICKLE),
            Desk(
                since("2026-03-03", retroactive=True),
                (SlaPolicy(name="3h", targets=(promise(3),)),),
            ),
            Desk(since("2026-09-28", retroactive=True), (evolve(ALARMED, targets=(promise(1),)),)),
        ]
    ),
]
LOOKS = st.lists(st.integers(0, 60 * 24 * 25), min_size=1, max_size=8)


def parts_of(key):
    return len(key.split(":"))


def alarms(dues):
    """The alarms among what is due, by key; what commands do comes under shorter keys."""
    return {due.key: due for due in dues if parts_of(due.key) == 6}


def lived(desk, facts, looks):
    """A ticket's life with its host: what people did, and at each look what the system then did."""
    ticket, before, told = None, None, []
    moments = [(one.minute, 0, number) for number, one in enumerate(facts)]
    moments += [(look, 1, 0) for look in looks]
    for minute, is_look, number in sorted(moments):
        if not is_look:
            ticket = grow(ticket, event(facts[number], f"e{number}"))
        elif ticket is not None:
            wake = desk.wake(ticket, instant_of(minute), since=before)
            ticket, before = wake.ticket, instant_of(minute)
            told += wake.due
    return ticket, told


class TestAcrossPeople:
    """What was told on the way is what one look at the end tells, whatever people did between."""

    def agree(self, desk, history, looks):
        facts, now = history
        end = max(now, *(facts[0].minute + look for look in looks))
        ticket, told = lived(desk, facts, [*(facts[0].minute + look for look in looks), end])
        keys = [due.key for due in told]
        assert len(set(keys)) == len(keys)
        assert alarms(told) == alarms(desk.due(ticket, instant_of(end)))

    @patient
    @given(history=histories(), desk=st.sampled_from(DESKS), looks=LOOKS)
    def test_with_policies_that_come_and_go_with_the_ticket(self, history, desk, looks):
        self.agree(desk, history, looks)

    @patient
    @given(history=histories(), chronicle=st.sampled_from(CHRONICLES), looks=LOOKS)
    def test_with_policies_that_come_into_force(self, history, chronicle, looks):
        self.agree(chronicle, history, looks)

    @patient
    @given(history=histories(), desk=st.sampled_from(DESKS[:2]), looks=LOOKS)
    def test_a_repeated_command_has_the_effects_that_it_had(self, history, desk, looks):
        facts, _now = history
        ticket, told = lived(desk, facts, [facts[0].minute + look for look in looks])
        if ticket is None:
            return
        for due in told:
            if due.command is not None:
                again = desk.handle(ticket, due.command, max(due.at, ticket.last_event_at))
                assert again.is_repeat
                known = {other.key: other.effect for other in told if other.effect is not None}
                assert all(known[effect.key] == effect for effect in again.effects)


class TestAcrossTime:
    """Policies come into force while nobody looks: after an outage all is where it would be."""

    @patient
    @given(history=histories(), chronicle=st.sampled_from(CHRONICLES), looks=LOOKS)
    def test_stepping_equals_jumping(self, history, chronicle, looks):
        facts, now = history
        start, instants = ticket_of(facts), [instant_of(now + look) for look in sorted(looks)]
        walked, before, found = start, None, []
        for here in instants:
            wake = chronicle.wake(walked, here, since=before)
            walked, before = wake.ticket, here
            found += wake.due
        jumped = chronicle.wake(start, instants[-1])
        assert walked == jumped.ticket
        assert walked.history == jumped.ticket.history
        assert sorted((due.at, due.key) for due in found) == sorted(
            (due.at, due.key) for due in jumped.due
        )

    @patient
    @given(history=histories(), chronicle=st.sampled_from(CHRONICLES), hours=st.integers(1, 2000))
    def test_until_the_next_wakeup_nothing_is_due(self, history, chronicle, hours):
        facts, now = history
        start = instant_of(now)
        wake = chronicle.wake(ticket_of(facts), start)
        then = wake.next_wakeup_at
        assert then == chronicle.next_wakeup(wake.ticket, start)
        later = start + timedelta(hours=hours)
        before = later if then is None else min(later, then - timedelta(microseconds=1))
        if before > start:
            assert chronicle.wake(wake.ticket, before, since=start).due == ()


class TestUnderOneName:
    """A policy that keeps its name does not tell again what it told before it changed."""

    def test_a_breach_is_told_once(self):
        chronicle = CHRONICLES[1]
        waits = ticket_of([fact("2026-09-24 09:00 customer submitted")])
        before = chronicle.due(waits, instant_of(fact("2026-09-24 15:00 customer x").minute))
        after = chronicle.due(waits, instant_of(fact("2026-09-29 15:00 customer x").minute))
        assert [due.key for due in before] == ["T1:3h:reply:1:breach:1"]
        assert [due.key for due in after] == [
            "T1:alarmed:reply:1:breach:1",  # an hour is used up before three are
            "T1:3h:reply:1:breach:1",
        ]
