"""The desk: the one place where policy, calendar, tickets and clocks meet."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from attrs import field, frozen

from ticketrules.assessment import Assessment, assess
from ticketrules.calendar import Calendar, ServiceCalendar
from ticketrules.clauses import Refusal
from ticketrules.complaints import Detector, Tendency
from ticketrules.conversation import review_of, reviews_of, tendency_of
from ticketrules.replies import ForbiddenWords, ReplyFinding, SpellingChecker, Template, compose
from ticketrules.replies.templates import Language, SlotValue
from ticketrules.routing import (
    Agent,
    CallOwed,
    Gap,
    HandoverNote,
    HandoverPlan,
    Outcome,
    Queued,
    Roster,
    RoutedQueue,
    Standing,
    Strategy,
    coverage_gaps,
    order,
    phone_now,
    plan_handover,
    route,
    route_many,
)
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
    merge_remedies,
    next_wakeup,
    remedies,
    wake,
)
from ticketrules.sla.policies import are_policies
from ticketrules.sla.timers import lapses_due
from ticketrules.text import redact
from ticketrules.tickets import Decision, Permission, Ticket, decide, instant, permitted
from ticketrules.tickets.commands import Command
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.lifecycle import as_of
from ticketrules.worklist import Tendencies, call_case, known_of, see, see_all


@frozen
class Desk:
    """A policy put to work. It holds no tickets and reads no clock; hand both to it.

    Attributes:
        policy: The settings.
        promises: The host's own policies, the first that matches a ticket winning; empty for the
            targets of ``policy``.
        calendar: The service calendar that they describe.
        clocks: The targets that they promise, counted in that calendar.

    Raises:
        TypeError: ``promises`` is no tuple of ``SlaPolicy``.
        ValueError: Two policies of one name, or two targets of one id in a policy.
    """

    policy: Policy
    promises: tuple[SlaPolicy, ...] = field(default=(), repr=False, validator=are_policies)
    calendar: ServiceCalendar = field(init=False, repr=False, eq=False)
    clocks: PolicyBook = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        calendar = self.policy.calendar()
        own = SlaPolicy(name=self.policy.name, targets=self.policy.sla_targets())
        object.__setattr__(self, "calendar", calendar)
        object.__setattr__(self, "clocks", PolicyBook(self.promises or (own,), calendar))

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
            due_at = lapses_due(self.clocks, ticket, now).get(type(command))
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
        due_at = None if ticket is None else lapses_due(self.clocks, ticket, now)
        return permitted(ticket, now, due_at=due_at)

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

    def review(
        self,
        ticket: Ticket,
        command: Command,
        now: datetime,
        *,
        forbidden: ForbiddenWords | None = None,
        spelling: SpellingChecker | None = None,
    ) -> tuple[ReplyFinding, ...]:
        """Look at the reply that goes with a command, before it is decided (4.3-4.7, 5, 6, 8.2).

        Args:
            ticket: The ticket.
            command: What the agent is about to do; one without words to the customer gives no
                findings, but for a call's record, whose outcome is looked at.
            now: The instant, aware; what happened to the ticket after it is left aside.
            forbidden: What may not be said besides quarrelling (4.7); left out, the abusive words
                by which a customer's anger is known too (7.3 b).
            spelling: Finds typing errors (4.5).

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
        """
        then = as_of(ticket, instant(now))
        return review_of(then, command, self.policy.replies, forbidden=forbidden, spelling=spelling)

    def reviews(
        self,
        ticket: Ticket,
        now: datetime,
        *,
        forbidden: ForbiddenWords | None = None,
        spelling: SpellingChecker | None = None,
    ) -> tuple[ReplyFinding, ...]:
        """Look at every reply and every call's note on a ticket's record (4.3-4.7, 5, 6, 8.2).

        Args:
            ticket: The ticket.
            now: The instant, aware; what happened to the ticket after it is left aside.
            forbidden: What may not be said besides quarrelling (4.7), as in ``review``.
            spelling: Finds typing errors (4.5).

        Returns:
            The findings in the order of the history, each with its event and instant.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
        """
        then = as_of(ticket, instant(now))
        return reviews_of(then, self.policy.replies, forbidden=forbidden, spelling=spelling)

    def redact(self, text: str) -> str:
        """A text with every secret masked, personal data as the policy says (6.5).

        For what a host shows of messages, such as the evidence of a tendency; places stay.
        """
        return redact(text, self.policy.redaction)

    def compose(
        self, template: str | Template, language: Language, slots: Mapping[str, SlotValue]
    ) -> str:
        """A template with its slots filled in, in the desk's zone (5.6).

        Takes and raises what ``replies.compose`` does.
        """
        shown = self.policy.redaction
        return compose(template, language, slots, zone=self.calendar.zone, redaction=shown)

    def tendency(
        self, ticket: Ticket, now: datetime, *, detector: Detector | None = None
    ) -> Tendency:
        """Whether a ticket shows a tendency to complain at an instant, with evidence (7.2, 7.3).

        What was written for the customer or by the customer is read, and whether a complaint is
        open; internal notes are not.

        Args:
            ticket: The ticket; what happened to it after ``now`` is left aside.
            now: The instant, aware.
            detector: What finds the signals; see ``complaints.assess_tendency``.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
        """
        return tendency_of(as_of(ticket, instant(now)), self.policy.tendency, detector=detector)

    def assess(
        self,
        ticket: Ticket,
        now: datetime,
        *,
        since: datetime | None = None,
        tendency: Tendency | None = None,
    ) -> Assessment:
        """Say what the rules make of a ticket at an instant, in one reading of its history.

        What is due is what ``due`` gives of the ticket as it stood then, and the next wake-up is
        that of the ticket with all of it done.

        Args:
            ticket: The ticket; what happened to it after ``now`` is left aside.
            now: The instant, aware.
            since: Leave out the alarms that were due to whoever looked at this instant.
            tendency: What ``tendency`` found of it at ``now``, to be put in the order of work and
                among the needs; the words are not read otherwise.

        Raises:
            NaiveTimeError: ``now`` or ``since`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
        """
        return assess(self.clocks, ticket, now, since=since, tendency=tendency)

    def order(
        self, tickets: Iterable[Ticket], now: datetime, *, tendencies: Tendencies | None = None
    ) -> list[Standing]:
        """The tickets in the order of work (7), each with its reason.

        Args:
            tickets: The tickets, in any order, each once.
            now: The instant, aware.
            tendencies: By ticket, what ``tendency`` found of it (7.3); nothing of those that are
                missing. Left out, the desk reads the words, which takes longer than all the rest.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: A ticket does not exist yet at ``now``.
            RoutingError: A ticket stands twice.
        """
        seen = see_all(self.clocks, self.policy, tickets, now, tendencies)
        return order((one.standing for one, _tendency in seen), self.policy.routing)

    def phone_now(
        self, tickets: Iterable[Ticket], now: datetime, *, tendencies: Tendencies | None = None
    ) -> tuple[CallOwed, ...]:
        """Whom to phone now, with the clauses (7.1, 7.2, 7.3), and nobody phoned since.

        Takes and raises what ``order`` does.
        """
        seen = see_all(self.clocks, self.policy, tickets, now, tendencies)
        cases = (call_case(self.clocks, one, tendency) for one, tendency in seen)
        return phone_now(cases, now, self.policy.routing)

    def queued(
        self,
        ticket: Ticket,
        now: datetime,
        *,
        skills: Iterable[str] = (),
        known_by: Iterable[str] = (),
        for_platform: bool = False,
        tendencies: Tendencies | None = None,
    ) -> Queued:
        """A ticket as routing looks at it, with its standing at an instant.

        Takes what ``routing.Queued.of`` does, and ``tendencies`` as ``order`` does.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
            RoutingError: It is closed.
        """
        seen, _tendency = see(self.clocks, self.policy, ticket, now, tendencies)
        return Queued.of(
            seen.ticket, seen.standing, skills=skills, known_by=known_by, for_platform=for_platform
        )

    def route(
        self,
        ticket: Queued,
        agents: Iterable[Agent],
        now: datetime,
        *,
        strategy: Strategy | None = None,
    ) -> Outcome:
        """Find the agent for a ticket, as ``queued`` gives it, in the desk's hours (3.2).

        Takes and raises what ``routing.route`` does; the strategy is the policy's own if none is
        given.
        """
        hours, settings = self.routing_hours, self.policy.routing
        return route(ticket, agents, now, strategy=strategy, settings=settings, hours=hours)

    def route_many(
        self,
        queue: Iterable[Queued],
        agents: Iterable[Agent],
        now: datetime,
        *,
        strategy: Strategy | None = None,
    ) -> RoutedQueue:
        """Route a whole queue, as ``route`` does one ticket; see ``routing.route_many``."""
        hours, settings = self.routing_hours, self.policy.routing
        return route_many(queue, agents, now, strategy=strategy, settings=settings, hours=hours)

    @cached_property
    def routing_hours(self) -> Calendar:
        """When tickets find agents by themselves: the service and extended hours (3.2)."""
        hours = self.policy.service_hours
        has_more = hours.extended_hours or hours.extended_days_off
        return hours.extended_calendar(self.policy.notices) if has_more else self.calendar

    def coverage_gaps(
        self, roster: Roster, start: datetime, end: datetime, *, skill: str | None = None
    ) -> tuple[Gap, ...]:
        """Service time with fewer agents than the policy wants (3.3); see the routing's own."""
        minimum = self.policy.routing.minimum_on_duty
        return coverage_gaps(roster, self.calendar, start, end, skill=skill, minimum=minimum)

    def plan_handover(
        self,
        giver: str,
        tickets: Iterable[Ticket],
        roster: Roster,
        agents: Iterable[Agent],
        now: datetime,
        *,
        leaves_at: datetime | None = None,
        receiver: str | None = None,
        notes: Mapping[str, HandoverNote] | None = None,
        skills: Mapping[str, Iterable[str]] | None = None,
        tendencies: Tendencies | None = None,
        strategy: Strategy | None = None,
    ) -> HandoverPlan:
        """Plan what becomes of an agent's tickets (3.5, 6.6); see ``routing.plan_handover``.

        What that wants to know of each ticket is read here. The host adds, by ticket, the
        ``notes`` as far as they are written, the ``skills`` that a receiver needs, and
        ``tendencies`` as for ``order``; the strategy is the policy's own if none is given.

        Raises:
            NaiveTimeError: An instant has no time zone.
            HistoryError: A ticket does not exist yet at ``now``.
            RoutingError: People or tickets that cannot be; the message names them.
        """
        then, known = known_of(
            self.clocks,
            self.policy,
            tickets,
            now,
            notes=notes or {},
            skills=skills or {},
            tendencies=tendencies,
        )
        return plan_handover(
            giver,
            then,
            roster,
            agents,
            now,
            leaves_at=leaves_at,
            receiver=receiver,
            known=known,
            strategy=strategy,
            settings=self.policy.routing,
        )


def marketplace() -> Desk:
    """The desk of the marketplace's rulebook, with every setting at its default."""
    return Desk(Policy())
