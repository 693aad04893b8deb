"""Alarms: the effects that a threshold or a breach can have, ready to be named in a target."""

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla.targets import Alarm
from ticketrules.tickets import (
    Actor,
    Channel,
    Effect,
    NotifyCustomer,
    PhoneCustomer,
    ReportUp,
    Role,
    Superior,
    Tell,
)
from ticketrules.tickets.model import Draft


def tell_agent(ticket: Draft, key: str, clause: ClauseId, about: Text) -> Effect | None:
    """Tell the agent who has the ticket; nobody where nobody has it."""
    if ticket.agent is None:
        return None
    to = Actor(Role.AGENT, ticket.agent)
    return Tell(key=key, ticket=ticket.id, clause=clause, to=to, about=about)


def phone_customer(ticket: Draft, key: str, clause: ClauseId, about: Text) -> Effect:
    """Phone the customer (4.6, 7.1)."""
    return PhoneCustomer(key=key, ticket=ticket.id, clause=clause, reason=about)


def report_to(superior: Superior) -> Alarm:
    """Report to the supervisor or to marketplace operations (4.6)."""

    def report(ticket: Draft, key: str, clause: ClauseId, about: Text) -> Effect:  # noqa: ARG001
        return ReportUp(key=key, ticket=ticket.id, clause=clause, to=superior)

    return report


def notify_customer(channel: Channel) -> Alarm:
    """Tell the customer through a channel."""

    def notify(ticket: Draft, key: str, clause: ClauseId, about: Text) -> Effect:
        return NotifyCustomer(
            key=key, ticket=ticket.id, clause=clause, channel=channel, about=about
        )

    return notify
