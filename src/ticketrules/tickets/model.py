"""The ticket: what its history amounts to."""

from datetime import datetime

from attrs import define, field, frozen

from ticketrules.clauses import Finding
from ticketrules.tickets import records
from ticketrules.tickets.events import Event
from ticketrules.tickets.records import Call, Holder, HolderKind, Message, UpwardReport, Visibility
from ticketrules.tickets.values import Check, Role, Status, in_order


@define
class Draft:
    """A ticket while its events are folded in; nothing outside the lifecycle ever sees one.

    Folding into a mutable draft and freezing it once costs a fraction of a new frozen ticket for
    every event.
    """

    id: str
    status: Status
    opened_at: datetime
    status_since: datetime
    last_event_at: datetime
    version: int
    group: str | None = None
    agent: str | None = None
    with_platform_since: datetime | None = None
    unanswered_since: datetime | None = None
    first_answered_at: datetime | None = None
    clarified_at: datetime | None = None
    promised_for: datetime | None = None
    business_stopping_at: datetime | None = None
    complained_at: datetime | None = None
    phoned_at: datetime | None = None
    reminded_at: datetime | None = None
    says_solved: bool = False
    confirmed_by: Role | None = None
    rating: int | None = None
    follows: str | None = None
    checks: frozenset[Check] = field(default=frozenset(), repr=in_order)
    history: tuple[Event, ...] = field(default=(), repr=False, eq=False)
    departures: tuple[Finding, ...] = field(default=(), repr=False, eq=False)


@frozen  # pyright: ignore[reportGeneralTypeIssues]
class Ticket(Draft):
    """One ticket, folded from its events by ``replay`` or grown by ``evolve``.

    Instants are aware and in UTC. ``None`` says that it has not happened.

    Attributes:
        id: The ticket's id.
        status: Where it stands (5.1).
        opened_at: When it was submitted, or when its history begins.
        status_since: When it entered ``status``; day zero of a wait is its date (9).
        last_event_at: When anything last happened.
        version: How many events it has seen.
        group: The provider's group that it was submitted to, if that is known.
        agent: The agent who has it, if any.
        with_platform_since: Since when the platform holds it (6.4).
        unanswered_since: The customer's oldest unanswered message (8.3).
        first_answered_at: The first answer, an agent's or the platform's (8.1).
        clarified_at: When the problem became clear (8.2).
        promised_for: The latest promised time of resolution (8.2).
        business_stopping_at: When it was marked as stopping the business (7.1).
        complained_at: The open complaint, if any (7.2).
        phoned_at: The latest phone call (4.6).
        reminded_at: The reminder of the present wait (9.1).
        says_solved: The customer's latest message says that it is solved (5.5).
        confirmed_by: Who confirmed the solution: the customer or the system (5.1).
        rating: The customer's rating, 1 to 5.
        follows: The earlier ticket that this one follows up.
        checks: What has been verified (4.1).
        history: Its events, in order.
        departures: Where its history departs from the lifecycle, with the clause.
    """

    @property
    def holder(self) -> Holder:
        """Who holds it: the platform, an agent, or the provider's group until an agent does."""
        if self.with_platform_since is not None:
            return Holder(HolderKind.PLATFORM)
        if self.agent is not None:
            return Holder(HolderKind.AGENT, self.agent)
        return Holder(HolderKind.GROUP, self.group or "")

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that was written on it, in order, internal notes among it."""
        return tuple(records.messages(self.history))

    @property
    def notes(self) -> tuple[Message, ...]:
        """The internal notes, in order (6)."""
        return tuple(one for one in self.messages if one.visibility is Visibility.INTERNAL)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The phone calls with their outcomes, in order (4.6)."""
        return tuple(records.calls(self.history))

    @property
    def reports(self) -> tuple[UpwardReport, ...]:
        """The reports upward, in order (4.6)."""
        return tuple(records.reports(self.history))

    @property
    def promises(self) -> tuple[datetime, ...]:
        """Every promised time of resolution, in the order of the promises (8.2)."""
        return tuple(records.promises(self.history))
