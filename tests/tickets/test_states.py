"""Every state that a ticket can be in, by lawful commands alone: explored to a fixed point.

A state leaves aside when things happened, who did them and what was written, and keeps everything
that can make a difference to what may come next. That nothing was left aside which does is tested
too: tickets in the same state have the same ways on.
"""

from collections import Counter, deque
from functools import cache
from itertools import product

import pytest
from attrs import evolve as changed
from attrs import fields_dict

from ticketrules.clauses import Refusal
from ticketrules.tickets import (
    ALIVE,
    COMMANDS,
    OPEN,
    WAITING,
    MessageKind,
    Role,
    Status,
    decide,
    replay,
)
from ticketrules.tickets import commands as c

from .conftest import MONDAY, Desk

WORDS = ("reply", "note", "judgement", "outcome", "cause")
"""One text field of each command that has any; a guard asks for it."""

VARIANTS = {
    "kind": tuple(MessageKind),
    "online": (True, False),
    "told": (True, False),
    "to": ("bo", ""),
}


def wishes():
    """Every command by every role: complete, and with each thing that a guard asks for missing."""
    desk = Desk()
    for kind, role in product(COMMANDS, Role):
        whole = changed(desk.command(kind, by=role), id="?")
        yield whole
        own = fields_dict(kind)
        for name in {*own} & {*WORDS}:
            yield changed(whole, **{name: " "})
        if kind is not c.Report:
            for name in {*own} & {*VARIANTS}:
                for value in VARIANTS[name]:
                    yield changed(whole, **{name: value})
        if "online" in own:
            yield changed(whole, online=False, told=True)


WISHES = tuple(dict.fromkeys(wishes()))


def state_of(ticket):
    """What a ticket's future depends on, and what its past obliges to."""
    if ticket is None:
        return None
    return (
        ticket.status,
        ticket.unanswered_since is not None,
        ticket.says_solved,
        ticket.with_platform_since is not None,
        ticket.complained_at is not None,
        ticket.business_stopping_at is not None,
        ticket.first_answered_at is not None,
        ticket.agent is not None,
        ticket.confirmed_by,
    )


FIELDS = (
    *("status", "unanswered", "says_solved", "with_platform", "complaint"),
    *("business_stopping", "answered", "has_agent", "confirmed_by"),
)


def ways_on(ticket):
    """Every wish with the ticket it leads to, or with the clauses of its refusal."""
    now = MONDAY if ticket is None else ticket.last_event_at
    for number, wish in enumerate(WISHES):
        if ticket is None and not isinstance(wish, c.Submit):
            continue
        unused = f"w{0 if ticket is None else ticket.version}"
        outcome = decide(ticket, changed(wish, id=unused), now, due_at=now)
        if isinstance(outcome, Refusal):
            yield number, None, tuple(reason.clause for reason in outcome.reasons)
        else:
            yield number, outcome.ticket, ()


class Exploration:
    """All states with one ticket in each, and all ways between them."""

    def __init__(self):
        self.tickets = {}
        self.ways = {}
        self.others = {}
        waiting = deque([None])
        seen = {None}
        while waiting:
            ticket = waiting.popleft()
            state = state_of(ticket)
            self.tickets[state] = ticket
            here = self.ways[state] = {}
            for number, after, clauses in ways_on(ticket):
                here[number] = clauses if after is None else state_of(after)
                if after is None:
                    continue
                reached = state_of(after)
                if reached not in seen:
                    seen.add(reached)
                    waiting.append(after)
                elif len(after.history) < 9:
                    self.others[reached] = after  # another ticket in a state known already

    def steps(self):
        """Each way from one state to another, with the kind of command and the role."""
        return {
            (state, type(WISHES[number]), WISHES[number].by.role, after)
            for state, here in self.ways.items()
            for number, after in here.items()
            if after in self.ways
        }


@cache
def explored():
    return Exploration()


def states():
    """Every state of a ticket, as a mapping of its parts."""
    return [dict(zip(FIELDS, state, strict=True)) for state in explored().ways if state is not None]


def reached_from(starts, arrows):
    reached, more = set(), set(starts)
    while more:
        reached |= more
        more = {after for before in more for after in arrows.get(before, ())} - reached
    return reached


class TestTheWhole:
    """How many states there are, and that they are all."""

    def test_as_many_as_last_time(self):
        steps = explored().steps()
        by_status = Counter(state["status"] for state in states())
        assert (len(WISHES), len(states()), len(steps)) == (216, 168, 3058)
        assert by_status == {
            Status.NEW: 48,
            Status.IN_PROGRESS: 40,
            Status.AWAITING_FEEDBACK: 8,
            Status.AWAITING_CONFIRMATION: 8,
            Status.RESOLVED: 16,
            Status.CLOSED: 48,
        }

    def test_every_command_leads_somewhere_and_is_refused_somewhere(self):
        found = {
            (type(WISHES[number]), after in explored().ways)
            for here in explored().ways.values()
            for number, after in here.items()
        }
        assert found == set(product(COMMANDS, (True, False)))

    def test_tickets_in_one_state_have_the_same_ways_on(self):
        others = explored().others
        assert len(others) > 100
        for state, ticket in others.items():
            assert state_of(ticket) == state
            here = {
                number: clauses if after is None else state_of(after)
                for number, after, clauses in ways_on(ticket)
            }
            assert here == explored().ways[state]

    def test_no_lawful_history_departs(self):
        tickets = [one for one in explored().tickets.values() if one is not None]
        assert all(replay(one.history) == one for one in tickets)
        assert {one.departures for one in tickets} == {()}


class TestTheEnd:
    """Every ticket can be closed, and nothing happens after."""

    def test_every_open_state_reaches_the_close(self):
        arrows = {}
        for before, _, _, after in explored().steps():
            arrows.setdefault(after, set()).add(before)
        closed = [state for state in explored().ways if state and state[0] is Status.CLOSED]
        assert reached_from(closed, arrows) == set(explored().ways)

    def test_by_the_customer_at_one_stroke(self):
        closing = {
            before
            for before, kind, role, after in explored().steps()
            if kind is c.Close and role is Role.CUSTOMER and after[0] is Status.CLOSED
        }
        assert closing == {state for state in explored().ways if state and state[0] in ALIVE}

    def test_nothing_leaves_it_or_happens_in_it(self):
        assert not [one for one in explored().steps() if one[0] and one[0][0] is Status.CLOSED]

    def test_the_close_is_the_customers_alone(self):
        closing = {
            (kind, role) for _, kind, role, after in explored().steps() if after[0] is Status.CLOSED
        }
        assert closing == {(c.Close, Role.CUSTOMER)}

    def test_every_living_state_can_still_be_solved(self):
        arrows = {}
        for before, _, _, after in explored().steps():
            arrows.setdefault(after, set()).add(before)
        solved = [state for state in explored().ways if state and state[0] is Status.RESOLVED]
        alive = {state for state in explored().ways if not state or state[0] in ALIVE}
        assert reached_from(solved, arrows) >= alive


class TestWhatNeverIs:
    """States that the rules keep away from."""

    @pytest.mark.parametrize("status", sorted(WAITING | {Status.RESOLVED}, key=str))
    def test_nobody_waits_for_a_customer_who_has_the_last_word(self, status):
        assert not [one for one in states() if one["status"] is status and one["unanswered"]]

    def test_what_waits_or_is_solved_was_answered(self):
        for one in states():
            if one["status"] in WAITING | {Status.RESOLVED}:
                assert one["answered"]

    def test_the_platform_waits_for_no_customer_and_holds_nothing_solved(self):
        found = {one["status"] for one in states() if one["with_platform"]}
        assert found <= OPEN - {Status.AWAITING_FEEDBACK}

    def test_solved_is_confirmed_by_somebody_and_nothing_open_is(self):
        for one in states():
            if one["status"] is Status.RESOLVED:
                assert one["confirmed_by"] in {Role.CUSTOMER, Role.SYSTEM}
            elif one["status"] in OPEN:
                assert one["confirmed_by"] is None

    def test_what_is_in_work_is_somebodys(self):
        assert all(one["has_agent"] for one in states() if one["status"] in WAITING)

    def test_only_a_message_or_an_agent_brings_a_waiting_ticket_back(self):
        back = {
            (kind, role)
            for before, kind, role, after in explored().steps()
            if before and before[0] in WAITING and after[0] is Status.IN_PROGRESS
        }
        assert back == {
            (c.Write, Role.CUSTOMER),
            (c.Reject, Role.CUSTOMER),
            (c.Accept, Role.AGENT),
            (c.Escalate, Role.AGENT),
        }

    def test_only_a_message_brings_a_solved_one_back(self):
        back = {
            (kind, role)
            for before, kind, role, after in explored().steps()
            if before and before[0] is Status.RESOLVED and after[0] in OPEN
        }
        assert back == {(c.Write, Role.CUSTOMER)}

    def test_an_agent_sets_solved_only_after_the_customer_said_so(self):
        for before, kind, _, after in explored().steps():
            if kind is c.MarkResolved:
                assert dict(zip(FIELDS, before, strict=True))["says_solved"]
                assert dict(zip(FIELDS, after, strict=True))["confirmed_by"] is Role.CUSTOMER
