"""The states that are explored are those that the library itself can bring a ticket to."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Policy, marketplace
from ticketrules.clauses import Refusal
from ticketrules.sla import ClockSet, Verdict, marketplace_targets
from ticketrules.tickets import COMMANDS, TABLE, Status, Ticket, commands, decide, replay
from ticketrules.tickets.lifecycle import freeze, thaw
from ticketrules.verification.exploring import Spaces, abstract, moves_of, next_instant
from ticketrules.verification.looking import NOTICED, Notes
from ticketrules.verification.telling import marks_of
from ticketrules.verification.watching import Clock, Watch, watch

SPACES = Spaces()
BASE = SPACES.by(Notes())
WIDE = SPACES.by(Notes(read={"promised_for", "first_answered_at", "business_stopping_at"}))
MOVES = moves_of(TABLE)
DESK = marketplace()
TARGETS = marketplace_targets(Policy().promises, Policy().waiting)


def decided(draft, move):
    """What the library's own decider makes of a move."""
    ticket = None if draft is None else freeze(thaw(draft))
    at = next_instant(draft, move)
    command = move.given(0 if draft is None else draft.version, at)
    if (ticket is None) != isinstance(command, commands.Submit):
        return None
    outcome = decide(ticket, command, at, due_at=at)
    return None if isinstance(outcome, Refusal) else outcome


def test_every_command_is_a_move():
    assert [kind for kind in COMMANDS if kind not in {move.command for move in MOVES}] == []


@pytest.mark.parametrize("space", [BASE, WIDE], ids=["base", "wide"])
def test_edges_are_what_the_decider_allows_and_no_others(space):
    for source in (None, *range(space.states)):
        draft = None if source is None else space.drafts[source]
        edges = {edge.move: edge for edge in space.edges[source]}
        for move in {*MOVES, *edges}:
            outcome = decided(draft, move)
            assert (outcome is not None) == (move in edges), (draft, move)
            if outcome is not None:
                edge = edges[move]
                assert outcome.events == tuple(event for event, _after in edge.happenings)
                assert abstract(outcome.ticket, space.keys) == abstract(
                    space.drafts[edge.target], space.keys
                )


@pytest.mark.parametrize("space", [BASE, WIDE], ids=["base", "wide"])
def test_each_state_is_reached_first_by_a_shortest_history(space):
    depth = {}
    level = {edge.target for edge in space.edges[None]}
    number = 0
    while level:
        number += 1
        depth |= dict.fromkeys(level, number)
        level = {edge.target for state in level for edge in space.edges[state]} - depth.keys()
    assert {state: len(space.path(state)) for state in range(space.states)} == depth


def test_finer_keys_only_split_states():
    coarse = {abstract(draft, BASE.keys) for draft in BASE.drafts}
    assert {abstract(draft, BASE.keys) for draft in WIDE.drafts} == coarse
    assert len(coarse) == BASE.states < WIDE.states


def test_the_statuses_are_all_of_them():
    assert {draft.status for draft in BASE.drafts} == set(Status)


def test_what_can_be_noticed_is_of_tickets():
    assert {field.name for field in fields(Ticket)} >= NOTICED


@st.composite
def histories(draw):
    """Tickets that any commands, any time apart, have brought about."""
    at = datetime(2026, 2, 10, 1, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 2000)))
    ticket = None
    for number in range(draw(st.integers(1, 14))):
        move = draw(st.sampled_from(MOVES))
        if (ticket is None) != (move.command is commands.Submit):
            continue
        at += timedelta(minutes=draw(st.sampled_from((0, 1, 40, 600, 5000, 30_000))))
        command = move.given(number, at)
        if isinstance(command, commands.PromiseResolution):
            ahead = timedelta(minutes=draw(st.sampled_from((1, 60, 6000))))
            parts = (*move.parts, ("promised_for", at + ahead))
            command = type(move)(move.command, move.by, parts).given(number, at)
        outcome = decide(ticket, command, at, due_at=at)
        if not isinstance(outcome, Refusal):
            ticket = outcome.ticket
    return ticket


patient = settings(deadline=None, max_examples=150)


@patient
@given(ticket=histories())
def test_whatever_happens_leads_to_a_state_that_was_explored(ticket):
    if ticket is None:
        return
    for space in (BASE, WIDE):
        known = {abstract(draft, space.keys) for draft in space.drafts}
        assert abstract(ticket, space.keys) in known


@patient
@given(ticket=histories())
def test_watched_clocks_stand_as_the_clocks_do(ticket):
    if ticket is None:
        return
    readings = ClockSet("p", TARGETS, DESK.calendar).read(ticket, ticket.last_event_at)
    happenings, draft = [], None
    for event in ticket.history:
        draft = thaw(replayed(ticket, event))
        happenings.append((event, draft))
    for target in TARGETS:
        one = Watch(target, lambda _asking, _draft: True)
        marks = marks_of(one, happenings)
        cycles = [reading for reading in readings if reading.clock == target.id]
        if one.shows(draft):
            assert sum("starts" in mark for mark in marks) == len(cycles)
            assert sum(mark.startswith("stops") for mark in marks) == sum(
                met(target, ticket, reading) for reading in cycles
            )
        else:
            assert cycles == []
        assert one.asking.opaque == {}
        standing = [mark for mark in marks if mark in {"pauses", "goes on"}]
        if cycles and cycles[-1].is_open and cycles[-1].verdict is Verdict.PAUSED and standing:
            assert standing[-1] == "pauses"


def replayed(ticket, last):
    return replay(ticket.history[: ticket.history.index(last) + 1])


def met(target, ticket, reading):
    """Whether one of the stops ended a cycle, in time or not."""
    kinds = {on.event for on in target.stops}
    stop = next((event for event in ticket.history if event.id == reading.stopped_by), None)
    if stop is None or type(stop) not in kinds:
        return False
    after = replayed(ticket, stop)
    return any(
        on.event is type(stop) and (on.when is None or on.when(stop, after)) for on in target.stops
    )


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_every_clock_of_the_marketplace_can_be_in_every_way(target):
    product = watch(SPACES, Watch(target, lambda _asking, _draft: True))
    clocks = {node.clocks[0] for node in product.nodes}
    assert {Clock.SPENT if target.once else Clock.IDLE, Clock.RUNNING} <= clocks
    assert len(product.nodes) == len({(node.state, node.clocks) for node in product.nodes})
