"""The lifecycle beside its peers: one process, interleaved rounds, medians, ratios.

As a script it prints the table of aims; a peer that is not installed is left out. Under
``pytest tests/bench/bench_lifecycle.py`` the library's own calls go through pytest-benchmark.

Every contender walks the same way through six states, with one guard: a waiting state is entered
only if the customer was answered. A peer changes the state of one object and keeps nothing; ours
decides a command against roles, statuses and guards, makes the events and a new frozen ticket, and
keeps the history. The plain machine is what one would write by hand for the same six states.
"""

import gc
import importlib.util
import statistics
import sys
import time as clock
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Protocol

import attrs
import pytest

from ticketrules.tickets import Actor, Decision, MessageKind, Role, decide, evolve, replay
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import freeze, thaw

ZHANG, LI = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "li")
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

Call = Callable[[], object]


def has(module):
    return importlib.util.find_spec(module) is not None


class Rounds:
    """The seconds of one call, every contender measured in every round.

    A ratio is the median of the rounds' own ratios, so that a burst of other work on the machine
    falls on both sides of it.
    """

    def __init__(self, calls: dict[str, Call], rounds=61, target=0.0015):
        loops = {}
        for name, call in calls.items():
            call()
            begun = clock.perf_counter()
            call()
            loops[name] = max(1, int(target / max(clock.perf_counter() - begun, 1e-7)))
        self.found = {name: [] for name in calls}
        gc.disable()
        try:
            for _ in range(rounds):
                for name, call in calls.items():
                    repeat = range(loops[name])
                    begun = clock.perf_counter()
                    for _ in repeat:
                        call()
                    self.found[name].append((clock.perf_counter() - begun) / loops[name])
        finally:
            gc.enable()

    def median(self, name):
        return statistics.median(self.found[name])

    def ratio(self, ours, theirs):
        pairs = zip(self.found[ours], self.found[theirs], strict=True)
        return statistics.median(one / other for one, other in pairs)


# The walk goes round and comes back to where it began, so that no contender is ever made anew.

STEPS = ("propose", "confirm", "reopen", "request", "reopen")
STATES = (
    "new",
    "in_progress",
    "awaiting_feedback",
    "awaiting_confirmation",
    "resolved",
    "closed",
)
WAYS = {
    "accept": {"new": "in_progress"},
    "request": {"in_progress": "awaiting_feedback"},
    "propose": {"in_progress": "awaiting_confirmation"},
    "reject": {"awaiting_confirmation": "in_progress"},
    "confirm": {"awaiting_confirmation": "resolved"},
    "reopen": {
        "awaiting_feedback": "in_progress",
        "awaiting_confirmation": "in_progress",
        "resolved": "in_progress",
    },
    "close": dict.fromkeys(STATES[:-1], "closed"),
}
GUARDED = {"request", "propose"}


def our_commands():
    """The walk as commands; a waiting status brings its reply, which is the guard's matter."""
    makers = {
        "propose": lambda number: c.ProposeSolution(id=number, by=LI, reply="请确认"),
        "request": lambda number: c.RequestFeedback(id=number, by=LI, reply="请提供"),
        "confirm": lambda number: c.Confirm(id=number, by=ZHANG),
        "reopen": lambda number: c.Write(id=number, by=ZHANG, kind=MessageKind.MESSAGE, body="!"),
    }
    return [makers[step](f"c{number}") for number, step in enumerate(STEPS)]


def submitted():
    command = c.Submit(id="in", by=ZHANG, ticket="T1", body="网站打不开")
    return decide(None, command, NINE).ticket


def our_walk():
    accepted = decide(submitted(), c.Accept(id="a", by=LI), NINE).ticket
    walk = our_commands()

    def call():
        ticket = accepted
        for command in walk:
            ticket = decide(ticket, command, NINE).ticket
        return ticket

    assert call().status is accepted.status
    return call


def our_single():
    """One command that causes one event and changes the status: decided, its ticket grown."""
    new, accept = submitted(), c.Accept(id="c1", by=LI)
    return lambda: decide(new, accept, NINE)


def our_values():
    """The least that such a decision has to make: an event, a ticket and the decision's value."""
    new = submitted()

    def call():
        event = e.Accepted(id="c1/1", ticket="T1", at=NINE, by=LI)
        return Decision((event,), freeze(thaw(new)))

    return call


def walk_of(machine, state):
    """The same walk by a peer, each step the method that the peer made for it."""
    machine.accept()

    def call():
        for step in STEPS:
            getattr(machine, step)()

    call()
    assert state() == "in_progress"
    return call


def transitions_peer():
    from transitions import Machine  # noqa: PLC0415 - may not be there

    class Model:
        answered = True

        def is_answered(self):
            return self.answered

    model = Model()
    machine = Machine(model, list(STATES), initial="new", auto_transitions=False)
    for step, ways in WAYS.items():
        for before, after in ways.items():
            conditions = ["is_answered"] if step in GUARDED else None
            machine.add_transition(step, before, after, conditions=conditions)
    return model, lambda: model.state


def statemachine_peer():
    from statemachine import State, StateMachine  # noqa: PLC0415 - may not be there

    class Desk(StateMachine):
        new = State(initial=True)
        in_progress = State()
        awaiting_feedback = State()
        awaiting_confirmation = State()
        resolved = State()
        closed = State(final=True)

        accept = new.to(in_progress)
        request = in_progress.to(awaiting_feedback, cond="is_answered")
        propose = in_progress.to(awaiting_confirmation, cond="is_answered")
        reject = awaiting_confirmation.to(in_progress)
        confirm = awaiting_confirmation.to(resolved)
        reopen = (
            awaiting_feedback.to(in_progress)
            | awaiting_confirmation.to(in_progress)
            | resolved.to(in_progress)
        )
        close = (
            new.to(closed)
            | in_progress.to(closed)
            | awaiting_feedback.to(closed)
            | awaiting_confirmation.to(closed)
            | resolved.to(closed)
        )

        answered = True

        def is_answered(self):
            return self.answered

    machine = Desk()
    return machine, lambda: machine.configuration[0].id


def automat_peer():
    from automat import TypeMachineBuilder  # noqa: PLC0415 - may not be there

    class Inputs(Protocol):
        def accept(self) -> None: ...
        def request(self) -> None: ...
        def propose(self) -> None: ...
        def reject(self) -> None: ...
        def confirm(self) -> None: ...
        def reopen(self) -> None: ...
        def close(self) -> None: ...

    class Core:
        answered = True
        state = "new"

    builder = TypeMachineBuilder(Inputs, Core)
    states = {name: builder.state(name) for name in STATES}
    for step, ways in WAYS.items():
        for before, after in ways.items():
            # It has no guards: the condition stands in what the input does.
            def act(_inputs, core, after=after, guarded=step in GUARDED):
                if guarded and not core.answered:
                    raise ValueError(after)
                core.state = after

            states[before].upon(getattr(Inputs, step)).to(states[after])(act)
    core = Core()
    return builder.build()(core), lambda: core.state


class Plain(Enum):
    """The states of the machine that one writes by hand."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    AWAITING_FEEDBACK = "awaiting_feedback"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    RESOLVED = "resolved"
    CLOSED = "closed"


PLAIN = {
    (step, Plain(before)): Plain(after)
    for step, ways in WAYS.items()
    for before, after in ways.items()
}


class ByHand:
    """A dictionary and a condition: the least that could be called a machine."""

    def __init__(self):
        self.state = Plain.NEW
        self.answered = True

    def do(self, step):
        if step in GUARDED and not self.answered:
            raise ValueError(step)
        self.state = PLAIN[step, self.state]


def by_hand():
    machine = ByHand()
    machine.do("accept")

    def call():
        for step in STEPS:
            machine.do(step)

    call()
    assert machine.state is Plain.IN_PROGRESS
    return call


PEERS = {
    "transitions": transitions_peer,
    "statemachine": statemachine_peer,
    "automat": automat_peer,
}


def walks():
    calls = {"ticketrules": our_walk(), "by hand": by_hand()}
    for module, peer in PEERS.items():
        if has(module):
            calls[module] = walk_of(*peer())
    return calls


# Folding: the ticket of eight events, beside a fold that makes a new frozen value for each.


def history(count=8):
    """A ticket's events: eight of a usual life, or as many of a talkative one."""
    usual = (
        (e.Submitted, ZHANG),
        (e.Accepted, LI),
        (e.Replied, LI),
        (e.FeedbackRequested, LI),
        (e.CustomerWrote, ZHANG),
        (e.Replied, LI),
        (e.SolutionProposed, LI),
        (e.Confirmed, ZHANG),
    )
    talk = ((e.CustomerWrote, ZHANG), (e.Replied, LI))
    return [
        kind(id=f"e{number}", ticket="T1", at=NINE + timedelta(minutes=number), by=by)
        for number in range(count)
        for kind, by in [
            usual[number]
            if count == len(usual)
            else usual[number]
            if number < 3
            else talk[number % 2]
        ]
    ]


@attrs.frozen
class PlainTicket:
    """What a plain fold would keep: the status, since when, and who has waited since when."""

    id: str
    status: str
    status_since: datetime
    last_event_at: datetime
    version: int
    unanswered_since: datetime | None


AFTER = {
    e.Submitted: "new",
    e.Accepted: "in_progress",
    e.CustomerWrote: "in_progress",
    e.FeedbackRequested: "awaiting_feedback",
    e.SolutionProposed: "awaiting_confirmation",
    e.Confirmed: "resolved",
}


def plain_step(ticket, event):
    at, kind, since = event.at, type(event), ticket.unanswered_since
    after = AFTER.get(kind, ticket.status)
    if kind is e.Replied or kind is e.Confirmed:
        since = None
    elif kind is e.CustomerWrote and since is None:
        since = at
    entered = ticket.status_since if after == ticket.status else at
    return PlainTicket(ticket.id, after, entered, at, ticket.version + 1, since)


def plain_fold(events):
    first = events[0]
    ticket = PlainTicket(first.ticket, "new", first.at, first.at, 1, first.at)
    for event in events[1:]:
        ticket = plain_step(ticket, event)
    return ticket


def row(what, value, aim=None, *, unit="×"):
    verdict = "" if aim is None else f"≤ {aim:g}   {'met' if value <= aim else 'MISSED'}"
    print(f"  {what:<62} {value:>9.4g} {unit:<2} {verdict}")  # noqa: T201 - a script prints


def main():
    """Measure everything and print the table."""
    print(f"Python {sys.version.split()[0]}; ratios of medians, ours over theirs")  # noqa: T201
    calls = walks()
    times = Rounds({**calls, "one event": our_single(), "its values alone": our_values()})
    steps = len(STEPS)
    aims = {"transitions": 0.15, "automat": 1.0}
    for peer in list(calls)[1:]:
        aim = aims.get(peer)
        row(f"a step of the walk, × {peer}", times.ratio("ticketrules", peer), aim)
        row(f"one event decided, × {peer}", times.ratio("one event", peer) * steps, aim)
        row(f"its values alone, × {peer}", times.ratio("its values alone", peer) * steps)
    for name in calls:
        row(f"a step: {name}", times.median(name) / steps * 1e6, unit="µs")
    for name in ("one event", "its values alone"):
        row(name, times.median(name) * 1e6, unit="µs")
    eight, few, many = history(), history(10), history(10_000)
    assert not replay(eight).departures
    assert not replay(many).departures
    folds = Rounds({"ours": lambda: replay(eight), "plain": lambda: plain_fold(eight)})
    row("replay of 8 events", folds.median("ours") * 1e6, 12, unit="µs")
    row("a plain fold of frozen values over them", folds.median("plain") * 1e6, unit="µs")
    row("replay of 8 events, × the plain fold", folds.ratio("ours", "plain"), 2)
    growth = Rounds({"few": lambda: replay(few), "many": lambda: replay(many)}, rounds=31)
    row("an event of 10,000, × an event of 10", growth.ratio("many", "few") / 1000, 1.2)


def test_walk(benchmark):
    benchmark(our_walk())


def test_single(benchmark):
    benchmark(our_single())


def test_replay(benchmark):
    eight = history()
    assert benchmark(lambda: replay(eight)).version == 8


def test_evolve(benchmark):
    *before, last = history()
    ticket = replay(before)
    assert benchmark(lambda: evolve(ticket, last)).version == 8


@pytest.mark.parametrize("peer", [name for name in PEERS if has(name)])
def test_peers_walk_the_same_way(peer):
    machine, state = PEERS[peer]()
    machine.accept()
    machine.propose()
    assert str(state()) == "awaiting_confirmation"


if __name__ == "__main__":
    main()
