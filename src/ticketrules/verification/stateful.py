"""A ticket's life against a host: after each step the host is held against the library."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final

from attrs import fields

import ticketrules.verification.extra  # noqa: F401 - first: it says what is missing
from ticketrules.clauses import Refusal
from ticketrules.desk import Desk
from ticketrules.errors import LawError
from ticketrules.tickets import Actor, Decision, Role, Status, Ticket, is_terminal
from ticketrules.tickets import commands as c
from ticketrules.tickets.events import Event
from ticketrules.verification.laws.law import USUAL, patient
from ticketrules.verification.narration import clock, told
from ticketrules.verification.strategies.commands import commands, usual_desk
from ticketrules.verification.strategies.histories import PAUSES
from ticketrules.verification.strategies.instants import instants

from hypothesis import settings  # isort: skip
from hypothesis import strategies as st  # isort: skip
from hypothesis.stateful import (  # isort: skip
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)


LEADING: Final[tuple[tuple[type[c.Command], ...], ...]] = (
    (c.Accept,),
    (c.Accept, c.RequestFeedback),
    (c.Accept, c.ProposeSolution),
    (c.Accept, c.ProposeSolution, c.Confirm),
)
"""What brings a new ticket to each status before its last."""


class TicketStateMachine(RuleBasedStateMachine):
    """Subclass it, say how the host is driven, and let it live through tickets.

    Commands that the rules allow and commands that they refuse are put to the host; time passes;
    commands come twice. After each step the host must have done what the library decides and must
    have kept the events that the library expects, whatever ids it gives them. ``check`` runs it
    and raises ``LawError`` with the shortest story found; ``TestCase`` is a test for unittest and
    pytest.

    A fresh machine is made for every story: give it a fresh host in ``__init__``.

    Attributes:
        desk: The desk that decides what is right; the marketplace's if a subclass sets none.
    """

    desk: ClassVar[Desk]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "desk"):
            cls.desk = usual_desk()

    def __init__(self) -> None:
        super().__init__()
        self.time = datetime.min.replace(tzinfo=UTC)
        self.ticket: Ticket | None = None
        self._steps: list[str] = []
        self._done: list[c.Command] = []

    def submit(self, command: c.Submit, at: datetime) -> object:
        """Let the host take a new ticket in at an instant; true if it did."""
        raise NotImplementedError

    def handle(self, ticket: str, command: c.Command, at: datetime) -> object:
        """Let the host carry out a command at an instant; true if it did, false if it refused."""
        raise NotImplementedError

    def load(self, ticket: str) -> Iterable[Event]:
        """What the host has kept of a ticket, in order."""
        raise NotImplementedError

    def advance(self, at: datetime) -> None:
        """Let the host's clock go on to an instant, and its timers do what falls due (9).

        A host without timers leaves it as it is; nothing is then expected of them.
        """

    @classmethod
    def check(cls, given_settings: settings | None = None) -> None:
        """Let the host live through tickets, 100 of them unless settings say otherwise.

        Raises:
            LawError: The host does not do what the rules say; the message tells the story.
        """
        how = patient(given_settings or USUAL)
        try:
            run_state_machine_as_test(cls, settings=how)
        except LawError as broken:
            raise LawError(*broken.args) from None

    @initialize(at=instants(whole_minutes=True, zones=(UTC,)))
    def begin(self, at: datetime) -> None:
        """Submit the ticket."""
        self.time = at
        submit = c.Submit(id="c1", by=Actor(Role.CUSTOMER, "zhang"), ticket="T-1", body="打不开")
        self._put(submit)

    @rule(data=st.data(), pause=PAUSES)
    def wish(self, data: st.DataObject, pause: timedelta) -> None:
        """Put a command to the host, allowed or not."""
        self._let_pass(pause)
        self._put(data.draw(commands(self._ticket, self.time, desk=self.desk)))

    @precondition(lambda self: not is_terminal(self._ticket))
    @rule(data=st.data(), pause=PAUSES)
    def do(self, data: st.DataObject, pause: timedelta) -> None:
        """Put a command to the host that the rules allow."""
        self._let_pass(pause)
        self._put(data.draw(commands(self._ticket, self.time, desk=self.desk, legal=True)))

    @precondition(lambda self: self._done)
    @rule(data=st.data(), pause=PAUSES)
    def retry(self, data: st.DataObject, pause: timedelta) -> None:
        """Put a command to the host that it has done before, as after a lost answer."""
        self._let_pass(pause)
        self._put(data.draw(st.sampled_from(self._done)))

    @rule(pause=PAUSES)
    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._let_pass(pause)

    @precondition(lambda self: self._ticket.status is Status.NEW)
    @rule(data=st.data(), ways=st.sampled_from(LEADING))
    def work_on(self, data: st.DataObject, ways: tuple[type[c.Command], ...]) -> None:
        """Bring a new ticket on: a story that had to find the way would seldom get far."""
        for kind in ways:
            self._put(
                data.draw(
                    commands(self._ticket, self.time, desk=self.desk, legal=True, kinds=(kind,))
                )
            )

    @invariant()
    def the_host_has_kept_what_happened(self) -> None:
        """The events that the host has kept are those that the rules gave."""
        if self.ticket is None:
            return
        expected, kept = self.ticket.history, tuple(self.load(self.ticket.id))
        for number in range(max(len(expected), len(kept))):
            ours = expected[number] if number < len(expected) else None
            theirs = kept[number] if number < len(kept) else None
            differs = _differing(ours, theirs)
            if differs:
                self._fail(
                    f"event {number + 1} should be: {self._told(ours)}",
                    f"the host has: {self._told(theirs)}",
                    f"they differ in {differs}",
                )

    @property
    def _ticket(self) -> Ticket:
        if self.ticket is None:
            msg = "the host's story has not begun"
            raise LookupError(msg)
        return self.ticket

    def _let_pass(self, pause: timedelta) -> None:
        """Let the clock go on, the host's timers work, and the library expect what they do."""
        self.time += pause
        if type(self).advance is not TicketStateMachine.advance:
            if pause:
                self._step("time passes")
            self.advance(self.time)
            self.ticket = self.desk.wake(self._ticket, self.time).ticket
            self.the_host_has_kept_what_happened()

    def _put(self, command: c.Command) -> None:
        outcome = self.desk.handle(self.ticket, command, self.time)
        if isinstance(outcome, Refusal):
            says = "refused: " + "; ".join(map(str, outcome.reasons))
        else:
            says = "again" if outcome.is_repeat else "allowed"
        self._step(f"{command.by}: {command.name} ({says})")
        if self.ticket is None:
            done = self.submit(command, self.time)  # type: ignore[arg-type]
        else:
            done = self.handle(self.ticket.id, command, self.time)
        if isinstance(outcome, Decision):
            self.ticket = outcome.ticket
            self._done += [] if outcome.is_repeat else [command]
        if bool(done) is isinstance(outcome, Refusal):
            self._fail(f"the host {'did' if done else 'refused'} it")

    def _step(self, what: str) -> None:
        self._steps.append(f"{clock(self.time, self.desk.calendar.zone)} {what}")

    def _told(self, event: Event | None) -> str:
        return "nothing" if event is None else told(event, self.desk.calendar.zone)

    def _fail(self, *lines: str) -> None:
        steps = (f"  {number}. {step}" for number, step in enumerate(self._steps, 1))
        raise LawError("\n".join(["the host departs from the rules:", *steps, *lines]))


def _differing(ours: Event | None, theirs: Event | None) -> str:
    """In what two events differ, but for their ids."""
    if ours is None or theirs is None or type(ours) is not type(theirs):
        return "" if ours is theirs else "kind"
    names = (one.name for one in fields(type(ours)) if one.name != "id")
    return ", ".join(name for name in names if getattr(ours, name) != getattr(theirs, name))
