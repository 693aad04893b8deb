"""A ticket that wants an agent, as far as routing looks at it."""

from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen, validators

from ticketrules.errors import RoutingError
from ticketrules.routing.given import as_names, as_names_in_order, each, id_set
from ticketrules.routing.priority import Standing
from ticketrules.tickets import Role, Status, Ticket, events


@frozen(kw_only=True)
class Queued:
    """A ticket that wants an agent.

    Attributes:
        standing: Its place in the order of work (7).
        skills: What the agent must be able to do.
        known_by: Agents who know the customer, the best first.
        handed_away_by: Agents who have transferred it to somebody else; it does not go back.
        for_platform: The platform has to solve it (6.4); the host knows.
        with_platform_since: Since when the platform has it already, in UTC.
        held_by: The agent who has it, if any; it is then handed over, and not routed.
    """

    standing: Standing = field(validator=validators.instance_of(Standing))
    skills: frozenset[str] = id_set()
    known_by: tuple[str, ...] = field(default=(), converter=as_names_in_order)
    handed_away_by: frozenset[str] = id_set()
    for_platform: bool = False
    with_platform_since: datetime | None = None
    held_by: str | None = None

    @property
    def ticket(self) -> str:
        """The ticket's id."""
        return self.standing.ticket

    @classmethod
    def of(
        cls,
        ticket: Ticket,
        standing: Standing | None = None,
        *,
        skills: Iterable[str] = (),
        known_by: Iterable[str] = (),
        for_platform: bool = False,
    ) -> "Queued":
        """A ticket as it is, with what only the host knows.

        Args:
            ticket: The ticket. Who transferred it (6.1) does not get it again; who handed it over
                at the end of a shift (6.6) may.
            standing: Its standing; the one without clocks if it is not given.
            skills: What the agent must be able to do.
            known_by: Agents who know the customer; see ``acquaintances``.
            for_platform: Whether the platform has to solve it.

        Raises:
            RoutingError: It is closed, and wants no agent any more; the message names it.
        """
        if ticket.status is Status.CLOSED:
            msg = f"ticket {ticket.id!r} is closed: nobody is to work on it any more [5.1]"
            raise RoutingError(msg)
        return cls(
            standing=Standing.of(ticket) if standing is None else standing,
            skills=as_names(skills),
            known_by=as_names_in_order(known_by),
            handed_away_by=frozenset(
                event.by.id
                for event in ticket.history
                if isinstance(event, events.Transferred) and event.by.id
            ),
            for_platform=for_platform,
            with_platform_since=ticket.with_platform_since,
            held_by=ticket.agent,
        )


def acquaintances(earlier: Iterable[Ticket]) -> tuple[str, ...]:
    """The agents who answered a customer on earlier tickets, whoever did so last first.

    Args:
        earlier: The customer's tickets, as the host finds them, in any order.
    """
    last: dict[str, datetime] = {}
    for ticket in each(earlier, Ticket, "tickets"):
        for event in ticket.history:
            if (
                isinstance(event, events.Replied)
                and event.is_answer
                and event.by.role is Role.AGENT
                and event.by.id
            ):
                last[event.by.id] = max(event.at, last.get(event.by.id, event.at))
    return tuple(sorted(last, key=lambda agent: (-last[agent].timestamp(), agent)))
