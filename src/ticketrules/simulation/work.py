"""One simulated ticket: its life under the desk's rules, and what is next to do on it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from ticketrules.clauses import Refusal
from ticketrules.errors import SimulationError
from ticketrules.routing import Standing
from ticketrules.simulation.scene import Scene
from ticketrules.tickets import SYSTEM, UNSOLVED, Actor, MessageKind, Role, Status, Ticket, commands
from ticketrules.tickets.commands import Command

CUSTOMER: Final = Actor(Role.CUSTOMER)
_ZERO: Final = timedelta(0)
_WORDS: Final = "…"
"""What everybody writes: the rules ask for words, and the simulation has none to say."""


class Work:
    """A ticket on its way through a simulated desk.

    Every command goes through ``Desk.handle``; one that the rules refuse is an error here.

    Args:
        scene: The rules, and how long people take.
        name: The ticket's id.
        rng: The ticket's own chance, so that it meets the same fate whoever else is served.
        now: When it is submitted, in UTC.

    Attributes:
        id: The ticket's id.
        ticket: The ticket so far.
        ready_since: Since when it waits for a hand; ``None`` while worked on, waiting or solved.
        waits: The stretches in which it waited for a hand.
        taken_at: When somebody first worked on it.
    """

    def __init__(self, scene: Scene, name: str, rng: Random, now: datetime) -> None:
        desk, handling, customers = scene.desk, scene.handling, scene.customers
        self.id = name
        self._desk, self._handling, self._customers, self._rng = desk, handling, customers, rng
        self._steps = 0
        self._standing: Standing | None = None
        self._last: type[Command] | None = None
        self._rejects = False
        self._needs_feedback = rng.random() < customers.needs_feedback
        stops_business = rng.random() < customers.stops_business
        self._answering = handling.answering.draw(rng)
        self._solving = _ZERO if handling.solving is None else handling.solving.draw(rng)
        self.ready_since: datetime | None = now
        self.taken_at: datetime | None = None
        self.waits: list[tuple[datetime, datetime]] = []
        submit = commands.Submit(id=f"{name}:0", by=CUSTOMER, ticket=name, body=_WORDS)
        self.ticket = self._decided(None, submit, now)
        if stops_business:
            self.do(commands.MarkBusinessStopping, CUSTOMER, now)

    # what the order of work and the engine ask

    def standing(self, now: datetime) -> Standing:
        """Its place in the order of work; it changes with what happens to it alone."""
        if self._standing is None:
            self._standing = self._desk.assess(self.ticket, now).standing
        return self._standing

    @property
    def is_ready(self) -> bool:
        """Whether it is an agent's turn."""
        return self.ticket.status in {Status.NEW, Status.IN_PROGRESS}

    @property
    def is_solved(self) -> bool:
        """Whether a solution was told."""
        return self.ticket.status not in UNSOLVED

    @property
    def _owes_answer(self) -> bool:
        return self.ticket.unanswered_since is not None

    def piece(self) -> timedelta:
        """How much work there is before an agent looks at what comes first."""
        if self._owes_answer:
            return self._answering
        return min(self._solving, self._handling.look_again)

    # what happens

    def take(self, now: datetime) -> None:
        """Somebody begins to work on it."""
        if self.taken_at is None:
            self.taken_at = now
        if self.ready_since is not None and self.ready_since < now:
            self.waits.append((self.ready_since, now))
        self.ready_since = None

    def lay_down(self, now: datetime) -> None:
        """Nobody works on it for now."""
        self.ready_since = now if self.is_ready else None

    def worked(self, amount: timedelta, agent: str, now: datetime) -> timedelta | None:
        """Count work that was done; with a piece of it complete, do what follows.

        Returns:
            How long the customer takes to react, where the customer now will.
        """
        by = Actor(Role.AGENT, agent)
        if self._owes_answer:
            self._answering -= amount
            return self._answer(by, now) if self._answering <= _ZERO else None
        self._solving -= amount
        if self._solving <= _ZERO:
            return self._propose(by, now)
        if self.ticket.promised_for is None and self.ticket.clarified_at is not None:
            due = self._desk.calendar.advance(now, self._handling.promises)
            self.do(commands.PromiseResolution, by, now, promised_for=due, reply=_WORDS)
        return None

    def _answer(self, by: Actor, now: datetime) -> timedelta | None:
        if self._needs_feedback:
            self._needs_feedback = False
            self.do(commands.RequestFeedback, by, now, reply=_WORDS)
            return self._customers.replying.draw(self._rng)
        if self._solving <= _ZERO:
            return self._propose(by, now)
        self.do(commands.Reply, by, now, reply=_WORDS)
        if self.ticket.clarified_at is None:
            self.do(commands.Clarify, by, now)
        return None

    def _propose(self, by: Actor, now: datetime) -> timedelta | None:
        self.do(commands.ProposeSolution, by, now, reply=_WORDS)
        fate = self._rng.random()
        replying = self._customers.replying.draw(self._rng)
        self._rejects = fate < self._customers.rejects
        return replying if fate < self._customers.rejects + self._customers.confirms else None

    def react(self, now: datetime) -> None:
        """The customer does what was to come: replies, confirms or rejects.

        What fell due before (9) happens first; a customer who is too late for a confirmation
        says nothing.
        """
        self.settle(now)
        status = self.ticket.status
        if status is Status.AWAITING_CONFIRMATION and self._proposed:
            self.do(commands.Reject if self._rejects else commands.Confirm, CUSTOMER, now)
        elif not self._proposed:
            self.do(commands.Write, CUSTOMER, now, body=_WORDS, kind=MessageKind.MESSAGE)
        if self.is_ready:
            self._answering = self._handling.answering.draw(self._rng)
            if self._proposed and self._handling.solving is not None:
                self._solving = self._handling.solving.draw(self._rng)
            self.ready_since = now

    @property
    def _proposed(self) -> bool:
        """Whether the customer reacts to a solution, and not to a question."""
        return self._last is commands.ProposeSolution

    def settle(self, now: datetime) -> None:
        """Let the system do what has fallen due (9)."""
        if self.ticket.status in {Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION}:
            self.ticket = self._desk.wake(self.ticket, now).ticket

    def do(self, kind: type[Command], by: Actor, now: datetime, /, **parts: Any) -> None:
        """Have the desk decide a command."""
        self._steps += 1
        command = kind(id=f"{self.id}:{self._steps}", by=by, **parts)
        self.ticket = self._decided(self.ticket, command, now)
        self._standing = None
        if by.role is Role.AGENT:
            self._last = kind

    def _decided(self, ticket: Ticket | None, command: Command, now: datetime) -> Ticket:
        decision = self._desk.handle(ticket, command, now)
        if isinstance(decision, Refusal):
            msg = f"{self.id}: the simulated desk broke a rule: {decision}"
            raise SimulationError(msg)
        return decision.ticket

    def give(self, agent: str, now: datetime) -> None:
        """Dispatch it to an agent who is on duty (3.4, 6.3)."""
        self.do(commands.Dispatch, SYSTEM, now, to=agent)

    def hand_over(self, giver: str, to: str, now: datetime) -> None:
        """Hand it to a colleague at the end of a shift (3.5, 6.6)."""
        self.do(
            commands.HandOver,
            Actor(Role.AGENT, giver),
            now,
            to=to,
            cause=_WORDS,
            handler=giver,
            progress=_WORDS,
            next_step=_WORDS,
        )
