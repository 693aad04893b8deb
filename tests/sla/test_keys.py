"""Idempotency keys: one thing, one key, whatever ids a host gives."""

from datetime import timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Policy, marketplace
from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.sla import On, ServiceTime, SlaPolicy, Target, Threshold, tell_agent
from ticketrules.tickets import events, replay
from ticketrules.tickets.effects import key_of

from .stories import at, event, fact

AWKWARD = st.lists(
    st.sampled_from(["a", "b", ":", "%", "%3A", "1", "threshold1", "breach"]), min_size=1
).map("".join)
TARGET = Target(
    id="reply",
    clause=ClauseId("8.3"),
    label=Text("answer", "回复"),
    budget=ServiceTime(timedelta(hours=1)),
    starts=(On(events.Submitted), On(events.Noted)),
    stops=(On(events.Replied), On(events.Verified)),
    thresholds=tuple(
        Threshold(share=share, about=Text("", ""), alarms=(tell_agent, tell_agent))
        for share in (0.25, 0.5)
    ),
    on_breach=(tell_agent,),
)
LINES = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:00 an accepted",
    "2026-03-02 12:00 an verified",
    "2026-03-02 12:00 an noted",
)


@given(one=st.lists(AWKWARD, max_size=6), other=st.lists(AWKWARD, max_size=6))
def test_other_parts_make_another_key(one, other):
    assert (key_of(*one) == key_of(*other)) is (one == other or not (one or other))


@settings(deadline=None)
@given(
    tickets=st.lists(AWKWARD, min_size=2, max_size=2, unique=True),
    clocks=st.lists(AWKWARD, min_size=2, max_size=2, unique=True),
    name=AWKWARD,
)
def test_alarms_of_all_tickets_clocks_and_thresholds_have_keys_of_their_own(tickets, clocks, name):
    targets = tuple(evolve(TARGET, id=clock) for clock in clocks)
    desk = Desk(Policy(), (SlaPolicy(name=name, targets=targets),))
    keys = [
        due.key
        for ticket in tickets
        for due in desk.due(
            replay([event(fact(line), f"e{n}", ticket) for n, line in enumerate(LINES)]),
            at("2026-03-02 18:00"),
        )
    ]
    assert len(keys) == 2 * 2 * 2 * 5  # tickets, clocks, cycles; two thresholds twice and a breach
    assert len(set(keys)) == len(keys)


def test_commands_and_their_effects_too():
    lines = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:00 an replied",
        "2026-03-02 09:00 an feedback_requested",
    )
    keys = [
        due.key
        for ticket in ("T", "T:feedback_reminder", "T%3Afeedback_reminder", "T:feedback_reminder:1")
        for due in marketplace().due(
            replay([event(fact(line), f"e{n}", ticket) for n, line in enumerate(lines)]),
            at("2026-03-20 09:00"),
        )
    ]
    assert len(set(keys)) == len(keys) == 4 * 7


def test_usual_ids_stand_in_keys_as_they_are():
    assert key_of("T-1", "usual", "reply", "1", "breach", "1") == "T-1:usual:reply:1:breach:1"
