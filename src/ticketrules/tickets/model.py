"""The ticket: what its history amounts to."""

from datetime import datetime

from attrs import define, field, frozen

from ticketrules.clauses import Finding
from ticketrules.tickets.events import Event
from ticketrules.tickets.values import Check, Role, Status


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
    checks: frozenset[Check] = frozenset()
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
        agent: The agent who holds it, if any.
        with_platform_since: Since when the platform holds it (6.4).
        unanswered_since: The customer's oldest unanswered message (8.3).
        first_answered_at: The first answer by an agent (8.1).
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
