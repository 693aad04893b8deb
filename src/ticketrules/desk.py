"""The desk: the one place where policy, calendar, tickets and clocks meet."""

from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen

from ticketrules.assessment import Assessment, findings_of, needs_of, standing_of
from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Refusal
from ticketrules.errors import HistoryError
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    Due,
    PolicyBook,
    Proof,
    Reading,
    Remedy,
    SlaPolicy,
    Wake,
    explain,
    marketplace_targets,
    merge_remedies,
    next_wakeup,
    remedies,
    wake,
)
from ticketrules.sla.timers import wake_from
from ticketrules.tickets import (
    Decision,
    Permission,
    Ticket,
    decide,
    instant,
    permitted,
    replay,
)
from ticketrules.tickets.commands import Command
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.events import Event
from ticketrules.tickets.lifecycle import rewind


@frozen
class Desk:
    """A policy put to work. It holds no tickets and reads no clock; hand both to it.

    Attributes:
        policy: The settings.
        promises: The host's own policies, the first that matches a ticket winning; empty for the
            marketplace's targets under the settings.
        calendar: The service calendar that they describe.
        clocks: The targets that they promise, counted in that calendar.
    """

    policy: Policy
    promises: tuple[SlaPolicy, ...] = field(default=(), repr=False)
    calendar: ServiceCalendar = field(init=False, repr=False, eq=False)
    clocks: PolicyBook = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        calendar = self.policy.calendar()
        targets = marketplace_targets(self.policy.promises, self.policy.waiting)
        promises = self.promises or (SlaPolicy(name=self.policy.name, targets=targets),)
        object.__setattr__(self, "calendar", calendar)
        object.__setattr__(self, "clocks", PolicyBook(promises, calendar))

    def __reduce__(self) -> tuple[type["Desk"], tuple[Policy, tuple[SlaPolicy, ...]]]:
        # What is made of the settings holds functions, which cannot travel; it is made again.
        return Desk, (self.policy, self.promises)

    def handle(
        self,
        ticket: Ticket | None,
        command: Command,
        now: datetime,
        *,
        expected_version: int | None = None,
    ) -> Decision | Refusal:
        """Decide a command at an instant.

        Args:
            ticket: The ticket; ``None`` before its submission.
            command: What is wished.
            now: The instant, aware.
            expected_version: The version of the ticket that whoever wishes it has seen.

        Returns:
            The events with the ticket after them, or a refusal with all its reasons.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The command lies before the ticket's last event or after ``now``, or its
                id belongs to another command.
            VersionConflictError: The ticket has another version than the one expected.
        """
        due_at = None
        if ticket is not None and type(command) in LAPSES:
            due_at = self._due(ticket, now).get(type(command))
        return decide(ticket, command, now, due_at=due_at, expected_version=expected_version)

    def permitted(self, ticket: Ticket | None, now: datetime) -> tuple[Permission, ...]:
        """Every command with whether it is allowed at an instant, and why not.

        Args:
            ticket: The ticket; ``None`` before its submission.
            now: The instant, aware.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: ``now`` lies before the ticket's last event.
        """
        due_at = None if ticket is None else self._due(ticket, now)
        return permitted(ticket, now, due_at=due_at)

    def _due(self, ticket: Ticket, now: datetime) -> dict[type[Command], datetime]:
        """From when on each of the system's commands may happen to the ticket's present wait."""
        found: dict[type[Command], datetime] = {}
        for reading in self.clocks.read(ticket, now):
            if reading.is_open and reading.due_at is not None:
                command = self.clocks.target(reading).command
                if command is not None:
                    found.setdefault(command, reading.due_at)
        return found

    def due(
        self, ticket: Ticket, now: datetime, *, since: datetime | None = None
    ) -> tuple[Due, ...]:
        """What has fallen due up to an instant, each thing once and in order; see ``wake``."""
        return self.wake(ticket, now, since=since).due

    def wake(self, ticket: Ticket, now: datetime, *, since: datetime | None = None) -> Wake:
        """Let the system do what has fallen due up to an instant; see ``sla.wake``."""
        return wake(self.clocks, ticket, now, since=since)

    def next_wakeup(self, ticket: Ticket, now: datetime) -> datetime | None:
        """The first instant after ``now`` at which anything changes by time alone, in UTC."""
        return next_wakeup(self.clocks, ticket, now)

    def explain(self, reading: Reading) -> Proof:
        """The proof of one of this desk's readings, segment by segment; see ``sla.explain``."""
        return explain(reading, self.calendar, self.clocks.target(reading))

    def remedies(self, *tickets: Ticket, now: datetime) -> tuple[Remedy, ...]:
        """What must be done by when so that nothing more breaches, in order; see ``sla.remedies``.

        Args:
            tickets: One ticket, or all of the desk's; each as it stood at ``now``.
            now: The instant, aware.
        """
        return merge_remedies(
            remedies(self.clocks, ticket, self.clocks.read(ticket, now), now) for ticket in tickets
        )

    def assess(self, ticket: Ticket, now: datetime, *, since: datetime | None = None) -> Assessment:
        """Say what the rules make of a ticket at an instant, in one reading of its history.

        What is due is what ``due`` gives of the ticket as it stood then, and the next wake-up is
        that of the ticket with all of it done.

        Args:
            ticket: The ticket; what happened to it after ``now`` is left aside.
            now: The instant, aware.
            since: Leave out the alarms that were due to whoever looked at this instant.

        Raises:
            NaiveTimeError: ``now`` or ``since`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
        """
        now = instant(now)
        then = rewind(ticket, now)
        if then is None:
            msg = f"ticket {ticket.id!r} does not exist yet at {now.isoformat()}"
            raise HistoryError(msg)
        book = self.clocks
        readings = book.read_then(then, now)
        wake = wake_from(book, then, readings, now, since=since)
        needs = needs_of(book, then, readings, now)
        return Assessment(
            ticket=then,
            now=now,
            readings=readings,
            findings=findings_of(then, readings),
            needs=needs,
            standing=standing_of(then, needs),
            due=wake.due,
            next_wakeup_at=wake.next_wakeup_at,
            zone=self.calendar.zone,
        )


def marketplace() -> Desk:
    """The desk of the marketplace's rulebook, with every setting at its default."""
    return Desk(Policy())


def evaluate(history: Iterable[Event], policy: Policy, now: datetime) -> tuple[Reading, ...]:
    """Every cycle of every clock that one ticket's history comes to under a policy.

    A desk that judges many tickets keeps a ``Desk``, which lays its calendar out once.

    Args:
        history: One ticket's events, oldest first; those after ``now`` are left aside.
        policy: The settings.
        now: The instant, aware.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: No events, events of several tickets, out of order, or an event id twice.
    """
    return Desk(policy).clocks.read(replay(history), now)
