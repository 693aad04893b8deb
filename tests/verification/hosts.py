"""Hosts to be held against the rules: one that does right, and others with one bug each."""

from collections.abc import Iterable
from datetime import timedelta

from attrs import evolve

from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.tickets import Decision, replay
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.verification import TicketStateMachine

DESK = Desk(Policy())


class Right(TicketStateMachine):
    """A host that keeps events in a list and lets the library decide."""

    desk = DESK

    def __init__(self):
        super().__init__()
        self.kept: list[e.Event] = []

    def submit(self, command, at):
        return self.store(DESK.handle(None, command, at))

    def handle(self, ticket, command, at):
        return self.store(DESK.handle(replay(self.kept), command, at))

    def store(self, outcome):
        if isinstance(outcome, Decision) and not outcome.is_repeat:
            self.kept += outcome.events
        return outcome

    def load(self, ticket) -> Iterable[e.Event]:
        return self.kept

    def advance(self, at):
        self.kept = list(DESK.wake(replay(self.kept), at).ticket.history)


class WithoutTimers(Right):
    """One whose reminders and lapses come as commands, from a job that somebody else runs."""

    advance = TicketStateMachine.advance


class OwnIds(Right):
    """One that gives events ids of its own."""

    def load(self, ticket):
        return [evolve(event, id=f"row-{n}") for n, event in enumerate(self.kept)]


class LastEventOnly(Right):
    """Keeps the last event of a command that causes several."""

    def store(self, outcome):
        if isinstance(outcome, Decision) and not outcome.is_repeat:
            self.kept += outcome.events[-1:]
        return outcome


class TwiceIfRetried(Right):
    """Does a command again that comes again."""

    def handle(self, ticket, command, at):
        self.count = getattr(self, "count", 0) + 1
        renamed = evolve(command, id=f"{command.id}-{self.count}")
        return self.store(DESK.handle(replay(self.kept), renamed, at))


class CalendarDays(Right):
    """Counts the waits of clause 9 in days of the wall calendar."""

    plain = Desk(Policy(service_hours=evolve(Policy().service_hours, days="mon-sun")))

    def advance(self, at):
        self.kept = list(self.plain.wake(replay(self.kept), at).ticket.history)


class NoNoteNeeded(Right):
    """Lets a transfer go without a note."""

    def handle(self, ticket, command, at):
        if isinstance(command, c.Transfer):
            command = evolve(command, judgement="证书", next_step="更换")
        return super().handle(ticket, command, at)


class LosesWords(Right):
    """Cuts what people wrote."""

    def load(self, ticket):
        return [
            evolve(event, body=event.body[:2]) if isinstance(event, e.Submitted) else event
            for event in self.kept
        ]


class Late(Right):
    """Stamps events with a clock that is a second behind."""

    def load(self, ticket):
        return [evolve(event, at=event.at - timedelta(seconds=1)) for event in self.kept]
