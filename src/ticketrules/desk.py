"""The desk: the one place where policy, calendar, tickets and clocks meet."""

from datetime import datetime
from typing import Any

from attrs import Attribute, field, frozen

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
)
from ticketrules.tickets.commands import Command
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.lifecycle import rewind


def _are_policies(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, SlaPolicy) for one in value):
        msg = f"{attribute.name} must be a tuple of SlaPolicy"
        raise TypeError(msg)


@frozen
class Desk:
    """A policy put to work. It holds no tickets and reads no clock; hand both to it.

    Attributes:
        policy: The settings.
        promises: The host's own policies, the first that matches a ticket winning; empty for the
            marketplace's targets under the settings.
        calendar: The service calendar that they describe.
        clocks: The targets that they promise, counted in that calendar.

    Raises:
        TypeError: ``promises`` is no tuple of ``SlaPolicy``.
        ValueError: Two policies of one name, or two targets of one id in a policy.
    """

    policy: Policy
    promises: tuple[SlaPolicy, ...] = field(default=(), repr=False, validator=_are_policies)
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
