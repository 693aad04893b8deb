"""Laws of the lifecycle, tried on random commands and on random recorded histories."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ticketrules.clauses import CLAUSES, Refusal
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.tickets import (
    TABLE,
    Actor,
    Check,
    Decision,
    MessageKind,
    Role,
    Status,
    Superior,
    Ticket,
    decide,
    evolve,
    is_terminal,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import extend
from ticketrules.verification import laws
from ticketrules.verification.laws.lifecycle_laws import unanswered

DESK = Desk(Policy())

START = datetime(2026, 10, 30, 1, 0, tzinfo=UTC)
"""Two days before New York's clocks go back, so that the repeated hour is often met."""

ZONES = st.sampled_from(
    [
        UTC,
        ZoneInfo("Asia/Shanghai"),
        ZoneInfo("America/New_York"),
        ZoneInfo("Australia/Lord_Howe"),
        timezone(timedelta(hours=-9, minutes=-30)),
    ]
)
PAUSES = st.sampled_from(
    [
        timedelta(0),
        timedelta(microseconds=1),
        timedelta(minutes=7),
        timedelta(minutes=45),
        timedelta(hours=5),
        timedelta(days=3),
    ]
)
PARTS = {
    "by": st.builds(Actor, st.sampled_from(Role), st.sampled_from(["", "an", "bo"])),
    "to": st.sampled_from(["an", "bo", "chen", ""]),
    "follows": st.sampled_from([None, "T0"]),
    "online": st.booleans(),
    "told": st.booleans(),
    "automatic": st.booleans(),
    "kind": st.sampled_from(MessageKind),
    "checks": st.frozensets(st.sampled_from(Check)),
    "rating": st.sampled_from([None, 1, 5]),
    "promised_for": st.integers(-2, 60).map(lambda days: START + timedelta(days=days)),
}
WORDS = st.sampled_from(["您好，谢谢！", "ok", "一、二、三", "", " \u3000"])
"""Most of them say something."""

USUAL = {
    kind: role
    for role, kinds in {
        Role.CUSTOMER: (
            *(c.Submit, c.Write, c.Confirm, c.Reject, c.Close, c.Complain, c.WithdrawComplaint),
        ),
        Role.PLATFORM: (c.ReturnFromPlatform,),
        Role.SYSTEM: (c.Remind, c.LapseFeedback, c.LapseConfirmation),
    }.items()
    for kind in kinds
}


def kinds_of(base, module):
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base
    ]


COMMANDS, EVENTS = kinds_of(c.Command, c), kinds_of(e.Event, e)
UNCLOSING = [kind for kind in COMMANDS if kind is not c.Close]


def made(kind, **fixed):
    """Any value of a kind of command or event, whose parts make sense or do not."""
    parts = {name: PARTS.get(name, WORDS) for name in attrs.fields_dict(kind)}
    if issubclass(kind, c.Command):
        parts["at"] = st.none()  # at the instant of deciding, as nearly all are
    if kind in {c.Report, e.Reported}:
        parts["to"] = st.sampled_from(Superior)
    return st.builds(kind, **{**parts, **fixed})


def commands(kind):
    """Any command of a kind, sensible or not, by anybody."""
    fixed = {"ticket": st.just("T1")} if kind is c.Submit else {}
    return made(kind, id=st.just("?"), **fixed)


def fitting(kind):
    """A command of a kind by somebody whose business it is, with all its words."""
    by = st.builds(Actor, st.just(USUAL.get(kind, Role.AGENT)), st.sampled_from(["an", "bo"]))
    words = {
        name: st.just("您好，谢谢！")
        for name in attrs.fields_dict(kind)
        if name not in PARTS and name not in {"id", "at"}
    }
    if kind is c.Submit:
        words["ticket"] = st.just("T1")
    return made(kind, **{**words, "id": st.just("?"), "by": by})


def same(one: Ticket, other: Ticket) -> bool:
    """Equal, and with equal histories and departures, which ``==`` leaves out."""
    return one == other and one.history == other.history and one.departures == other.departures


def one_by_one(history):
    ticket = None
    for event in history:
        ticket = evolve(ticket, event)
    return ticket


class LifeOfATicket(RuleBasedStateMachine):
    """One ticket, and every command that anybody thinks of."""

    def __init__(self):
        super().__init__()
        self.now = START
        self.ticket: Ticket | None = None
        self.events: list[e.Event] = []
        self.asked = 0
        self.done: list[tuple[c.Command, Decision]] = []
        self.keys: set[str] = set()

    def ask(self, command, pause, zone, slack):
        """Put a command to the ticket; do it if it is allowed."""
        self.now += pause
        self.asked += 1
        command = attrs.evolve(command, id=f"c{self.asked}")
        due_at = None if slack is None else self.now - slack
        before = self.ticket
        shown = repr(before)
        outcome = decide(before, command, self.now, due_at=due_at)
        note(f"{command.name} by {command.by}: {outcome}")
        elsewhere = decide(
            before,
            command,
            self.now.astimezone(zone),
            due_at=due_at and due_at.astimezone(zone),
        )
        assert outcome == elsewhere
        assert repr(before) == shown
        if isinstance(outcome, Refusal):
            self.refused(command, outcome)
        else:
            self.allowed(command, outcome)
        return outcome

    def refused(self, command, outcome):
        assert outcome.reasons
        assert len(set(outcome.reasons)) == len(outcome.reasons)
        for reason in outcome.reasons:
            assert reason.clause in CLAUSES
            assert reason.text.en
            assert reason.text.zh
        if self.ticket is not None:
            assert same(replay(self.events), self.ticket)

    def allowed(self, command, outcome):
        before = self.ticket
        assert before is None or not is_terminal(before)
        expected = list(command.causes)
        if [type(event) for event in outcome.events] != expected:
            assert before.status is Status.NEW
            assert command.by.role is Role.AGENT
            expected.insert(0, e.Accepted)
        assert [type(event) for event in outcome.events] == expected
        for number, event in enumerate(outcome.events, 1):
            assert event.id == f"{command.id}/{number}"
            assert event.at == self.now
            assert event.at.tzinfo is UTC
            assert event.by == command.by
        keys = [one.key for one in outcome.effects]
        assert len(set(keys)) == len(keys)
        assert not self.keys & set(keys)
        self.keys |= set(keys)
        self.done.append((command, outcome))
        self.ticket = outcome.ticket
        self.events += outcome.events
        if before is not None:
            assert same(extend(before, outcome.events), outcome.ticket)
            assert outcome.ticket.version == before.version + len(outcome.events)

    @initialize(command=commands(c.Submit), zone=ZONES)
    def submit(self, command, zone):
        outcome = self.ask(command, timedelta(0), zone, None)
        if isinstance(outcome, Refusal):
            assert command.by.role in {Role.PLATFORM, Role.SYSTEM}
            by = Actor(Role.CUSTOMER, "zhang")
            self.ask(attrs.evolve(command, by=by), timedelta(0), zone, None)
        assert self.ticket.status is Status.NEW

    @precondition(lambda self: not is_terminal(self.ticket))
    @rule(
        command=st.sampled_from(UNCLOSING).flatmap(lambda kind: commands(kind) | fitting(kind)),
        pause=PAUSES,
        zone=ZONES,
        slack=st.sampled_from([None, timedelta(0), timedelta(0), timedelta(days=1), -timedelta(1)]),
    )
    def wish(self, command, pause, zone, slack):
        self.ask(command, pause, zone, slack)

    @precondition(lambda self: not is_terminal(self.ticket))
    @rule(data=st.data(), pause=PAUSES, zone=ZONES)
    def wish_what_fits(self, data, pause, zone):
        rows = {kind: TABLE[kind.causes[-1]] for kind in UNCLOSING}
        fit = [kind for kind, row in rows.items() if self.ticket.status in row.before]
        fit += [kind for kind in fit if rows[kind].after is not None] * 2
        command = data.draw(st.sampled_from(fit).flatmap(fitting))
        self.ask(command, pause, zone, timedelta(0))

    @rule(data=st.data(), pause=PAUSES)
    def retry(self, data, pause):
        """A command that went through comes again, at any later time and with any version."""
        command, first = data.draw(st.sampled_from(self.done))
        self.now += pause
        version = data.draw(st.sampled_from([None, 0, 1, 99]))
        again = decide(self.ticket, command, self.now, expected_version=version)
        assert again.is_repeat
        assert (again.events, again.effects) == (first.events, first.effects)
        assert again.ticket is self.ticket

    @precondition(lambda self: self.ticket.version > 16 and not is_terminal(self.ticket))
    @rule(command=fitting(c.Close), pause=PAUSES, zone=ZONES)
    def close(self, command, pause, zone):
        self.ask(command, pause, zone, None)

    @precondition(lambda self: is_terminal(self.ticket))
    @rule(command=st.sampled_from(COMMANDS).flatmap(commands), pause=PAUSES, zone=ZONES)
    def wish_too_late(self, command, pause, zone):
        assert isinstance(self.ask(command, pause, zone, timedelta(0)), Refusal)

    @invariant()
    def the_history_tells_all(self):
        if self.ticket is not None:
            assert same(replay(self.events), self.ticket)
            assert same(one_by_one(self.events), self.ticket)
            assert self.ticket.history == tuple(self.events)
            assert self.ticket.version == len(self.events)

    @invariant()
    def what_is_decided_never_departs(self):
        if self.ticket is not None:
            assert self.ticket.departures == ()

    @invariant()
    def the_last_word_is_known(self):
        if self.ticket is not None:
            assert self.ticket.unanswered_since == unanswered(self.events)

    @invariant()
    def nobody_waits_for_a_customer_who_waits(self):
        if self.ticket is not None and self.ticket.unanswered_since is not None:
            assert self.ticket.status in {Status.NEW, Status.IN_PROGRESS}

    @invariant()
    def solved_means_confirmed(self):
        if self.ticket is not None and self.ticket.status is not Status.CLOSED:
            confirmed = self.ticket.confirmed_by in {Role.CUSTOMER, Role.SYSTEM}
            assert confirmed == (self.ticket.status is Status.RESOLVED)

    def teardown(self):
        if self.ticket is not None and not is_terminal(self.ticket):
            close = c.Close(id="last", by=Actor(Role.CUSTOMER))
            outcome = decide(self.ticket, close, self.now)
            assert isinstance(outcome, Decision)
            assert is_terminal(outcome.ticket)


LifeOfATicket.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLifeOfATicket = LifeOfATicket.TestCase


@st.composite
def histories(draw):
    """Facts of one ticket in order of time, mostly against the rules."""
    at, events = START, []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=12))):
        at += draw(PAUSES)
        events.append(
            draw(made(kind, id=st.just(f"e{number}"), ticket=st.just("T1"), at=st.just(at)))
        )
    return events


@pytest.mark.parametrize("law", laws.LIFECYCLE, ids=str)
def test_the_public_laws_hold(law):
    """Of whatever a log tells, and of whatever is decided."""
    law.check(DESK, settings(max_examples=60))
