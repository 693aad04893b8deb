"""Verdicts in two times: under the policy of the day, and under today's, side by side."""

from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen

from ticketrules.assessment import Assessment
from ticketrules.desk import Desk
from ticketrules.errors import PolicyError
from ticketrules.rulebook import Policy, PolicyHistory
from ticketrules.sla import Due, Reading, SlaPolicy, Verdict, Wake
from ticketrules.sla.timers import alarms_at, take_steps
from ticketrules.tickets import Status, Ticket, instant, replay
from ticketrules.tickets.events import Event


@frozen
class Flip:
    """A cycle of a clock that the two policies judge differently.

    Attributes:
        clock: The target's id.
        cycle: Which of its cycles.
        then: The verdict under the policy of the day; ``None`` where that has no such cycle.
        today: The verdict under today's.
    """

    clock: str
    cycle: int
    then: Verdict | None
    today: Verdict | None


@frozen(kw_only=True)
class SideBySide:
    """One ticket at one instant under two policies.

    Attributes:
        then_policy: The policy that rules the ticket.
        then: What it says.
        today_policy: The policy in force at the instant.
        today: What it would say.
        flips: The cycles on which they differ, in the order of the clocks.
    """

    then_policy: Policy
    then: Assessment
    today_policy: Policy
    today: Assessment
    flips: tuple[Flip, ...]


def _desks(value: "PolicyHistory | Iterable[Policy | Desk]") -> tuple[Desk, ...]:
    several = value.policies if isinstance(value, PolicyHistory) else value
    return tuple(one if isinstance(one, Desk) else Desk(one) for one in several)


@frozen
class Chronicle:
    """A desk whose policies changed over time.

    A ticket keeps the policy under which it was submitted, unless a later one says that it is
    retroactive.

    Attributes:
        desks: One for each policy, in the order in which they came into force: made from a
            ``PolicyHistory`` or from policies, or given as they are where the host has its own
            ``SlaPolicy``, which come into force with the policy of their desk.
        history: The policies.

    Raises:
        PolicyError: No policies, or one that does not come into force after the one before it.
    """

    desks: tuple[Desk, ...] = field(converter=_desks)
    history: PolicyHistory = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        policies = tuple(desk.policy for desk in self.desks)
        object.__setattr__(self, "history", PolicyHistory(policies))

    def desk(self, policy: Policy) -> Desk:
        """The desk of one of its policies.

        Raises:
            PolicyError: It is none of its policies.
        """
        for desk in self.desks:
            if desk.policy == policy:
                return desk
        known = ", ".join(repr(desk.policy.name) for desk in self.desks)
        msg = f"policy {policy.name!r}: not in this chronicle, which knows {known} as they stand"
        raise PolicyError(msg)

    def desk_of(self, ticket: Ticket, now: datetime) -> Desk:
        """The desk under whose policy a ticket is handled and assessed at an instant.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            PolicyError: No policy was in force when the ticket was opened.
        """
        return self.desk(self._ruling(ticket, instant(now)))

    def due(
        self, ticket: Ticket, now: datetime, *, since: datetime | None = None
    ) -> tuple[Due, ...]:
        """What has fallen due up to an instant, each thing once and in order; see ``wake``."""
        return self.wake(ticket, now, since=since).due

    def wake(self, ticket: Ticket, now: datetime, *, since: datetime | None = None) -> Wake:
        """Let the system do what has fallen due up to an instant, under each policy in its time.

        What fell due before a retroactive policy came is due under the policy before it, so that
        looking once finds what looking every minute would have found. Keys carry the name of the
        ``SlaPolicy``: under one name, what was told before the change is not told again.

        Args:
            ticket: The ticket.
            now: The instant, aware.
            since: Leave out the alarms that were due to whoever looked at this instant.

        Raises:
            NaiveTimeError: ``now`` or ``since`` has no time zone.
            HistoryError: ``now`` lies before the ticket's last event.
            PolicyError: No policy was in force when the ticket was opened.
        """
        now = instant(now)
        regimes = self._regimes(ticket, now)
        found: list[Due] = []
        for desk, until in regimes[:-1]:
            if ticket.last_event_at <= until:  # nobody has done anything since: the system has
                book = desk.clocks
                steps, ticket, _ = take_steps(book, ticket, book.read_then(ticket, until), until)
                found += steps
        wake = regimes[-1][0].wake(ticket, now, since=since)
        if len(regimes) == 1:
            found += wake.due
        else:
            told = self._alarms(wake.ticket, now)
            seen = {} if since is None else self._alarms(wake.ticket, instant(since))
            found += (due for due in wake.due if due.key not in told)
            found += (due for key, due in told.items() if key not in seen)
            found.sort(key=lambda due: due.at)
        return Wake(tuple(found), wake.ticket, self._first_change(wake, now))

    def next_wakeup(self, ticket: Ticket, now: datetime) -> datetime | None:
        """The first instant after ``now`` at which anything changes by time alone, in UTC.

        The coming of a policy that will rule the ticket is such an instant.
        """
        now = instant(now)
        wakes_at = self.desk_of(ticket, now).next_wakeup(ticket, now)
        return self._first_change(Wake((), ticket, wakes_at), now)

    def _first_change(self, wake: Wake, now: datetime) -> datetime | None:
        coming = [
            policy.effective_at
            for policy in self.history.policies
            if policy.retroactive and policy.effective_at > now
        ]
        if coming and wake.ticket.status is not Status.CLOSED:
            return min(coming[0], wake.next_wakeup_at or coming[0])
        return wake.next_wakeup_at

    def _alarms(self, ticket: Ticket, now: datetime) -> dict[str, Due]:
        """The alarms of a ticket's life up to an instant, under each policy in its time."""
        told: dict[str, Due] = {}
        for desk, until in self._regimes(ticket, now):
            for key, due in alarms_at(desk.clocks, ticket, until).items():
                told.setdefault(key, due)
        return told

    def _regimes(self, ticket: Ticket, now: datetime) -> list[tuple[Desk, datetime]]:
        """The desks that ruled a ticket up to an instant, each with the last at which it did."""
        ruling = self._ruling(ticket, ticket.opened_at)
        regimes: list[tuple[Desk, datetime]] = []
        for policy in self.history.policies:
            since = policy.effective_at
            if since <= now and policy is not ruling and self._ruling(ticket, since) is policy:
                regimes.append((self.desk(ruling), since - datetime.resolution))
                ruling = policy
        return [*regimes, (self.desk(ruling), now)]

    def assess(self, ticket: Ticket, now: datetime) -> SideBySide:
        """Judge a ticket under the policy that rules it and under the one in force at ``now``.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
            PolicyError: No policy was in force when the ticket was opened.
        """
        now = instant(now)
        then_policy = self._ruling(ticket, now)
        today_policy = self.history.in_force(now)
        then = self.desk(then_policy).assess(ticket, now)
        today = self.desk(today_policy).assess(ticket, now)
        return SideBySide(
            then_policy=then_policy,
            then=then,
            today_policy=today_policy,
            today=today,
            flips=tuple(_flips(then, today)),
        )

    def _ruling(self, ticket: Ticket, now: datetime) -> Policy:
        closed_at = ticket.status_since if ticket.status is Status.CLOSED else None
        return self.history.ruling(ticket.opened_at, now, closed_at)


Rules = Policy | PolicyHistory | Desk | Chronicle | SlaPolicy | Iterable[SlaPolicy]
"""What a history can be judged by."""


def evaluate(history: Iterable[Event], policy: Rules, now: datetime) -> tuple[Reading, ...]:
    """Every cycle of every clock that one ticket's history comes to under a policy.

    A host that judges many tickets keeps a ``Desk`` or a ``Chronicle``, which lays its calendars
    out once, and may hand it over in place of a policy.

    Args:
        history: One ticket's events, oldest first; those after ``now`` are left aside.
        policy: The settings of the marketplace's targets; or the host's own policies, the first
            that matches winning, counted in the marketplace's calendar; or a desk with both; or
            policies over time, of which the one that rules the ticket judges it.
        now: The instant, aware.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: No events, events of several tickets, out of order, or an event id twice.
        PolicyError: No policy was in force when the ticket was opened.
        TypeError: Something else than policies.
    """
    ticket = replay(history)
    return _desk(policy, ticket, now).clocks.read(ticket, now)


def _desk(policy: Rules, ticket: Ticket, now: datetime) -> Desk:
    if isinstance(policy, Desk):
        return policy
    if isinstance(policy, Policy):
        return Desk(policy)
    if isinstance(policy, PolicyHistory):
        policy = Chronicle(policy)
    if isinstance(policy, Chronicle):
        return policy.desk_of(ticket, now)
    return Desk(Policy(), (policy,) if isinstance(policy, SlaPolicy) else tuple(policy))


def _flips(then: Assessment, today: Assessment) -> list[Flip]:
    before = {(one.clock, one.cycle): one.verdict for one in then.readings}
    after = {(one.clock, one.cycle): one.verdict for one in today.readings}
    return [
        Flip(clock, cycle, before.get((clock, cycle)), after.get((clock, cycle)))
        for clock, cycle in dict.fromkeys([*before, *after])
        if before.get((clock, cycle)) is not after.get((clock, cycle))
    ]
