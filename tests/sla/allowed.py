"""Histories without what the lifecycle forbids."""

from collections.abc import Iterable

from ticketrules.tickets import Ticket, evolve

from .stories import Fact, events_of


def allowed(facts: Iterable[Fact]) -> Ticket:
    """The ticket that the facts amount to, each left out that the lifecycle forbids."""
    ticket: Ticket | None = None
    for event in events_of(facts):
        after = evolve(ticket, event)
        if not after.departures:
            ticket = after
    assert ticket is not None, "the first fact is a submission"
    return ticket
