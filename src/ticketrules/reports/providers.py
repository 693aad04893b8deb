"""Whose a ticket is, and which desk's rules are its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from ticketrules.desk import Desk
from ticketrules.errors import ReportError
from ticketrules.routing.given import each
from ticketrules.tickets import Ticket

ProviderOf = Callable[[Ticket], str | None]
"""Tells a ticket's provider; ``None`` where it is not known."""

Desks = Desk | Mapping[str | None, Desk]
"""One desk for every provider, or each provider's own."""


def group_of(ticket: Ticket) -> str | None:
    """A ticket's provider as the ticket itself tells it: the group that it was submitted to."""
    return ticket.group


@frozen
class Providers:
    """Tells of each ticket its provider and the provider's desk."""

    desks: Desks
    provider_of: ProviderOf

    def of(self, ticket: Ticket) -> tuple[str | None, Desk]:
        """A ticket's provider and desk.

        Raises:
            ReportError: The provider has no desk here.
        """
        provider = self.provider_of(ticket)
        desk = self.desks if isinstance(self.desks, Desk) else self.desks.get(provider)
        if desk is None:
            msg = f"ticket {ticket.id!r} is of provider {provider!r}, who has no desk here"
            raise ReportError(msg)
        return provider, desk


def once(tickets: Iterable[Ticket]) -> Iterator[Ticket]:
    """The tickets, each only once.

    Raises:
        ReportError: A ticket comes twice.
    """
    seen: set[str] = set()
    for ticket in each(tickets, Ticket, "tickets"):
        if ticket.id in seen:
            msg = f"ticket {ticket.id!r} comes twice"
            raise ReportError(msg)
        seen.add(ticket.id)
        yield ticket


def nobody_last(subject: str | None) -> tuple[bool, str]:
    """The key by which providers and agents are listed: by name, nobody at the end."""
    return subject is None, subject or ""
