"""Zendesk's seven SLA metrics as targets, and two policies made of them.

What the metrics mean is taken from these public pages, retold and not quoted:

- "Defining SLA policies" (Zendesk help): the metrics, hours of operation, the order of policies;
- "Ticket metric event types reference" (Zendesk developer docs): what activates, pauses and
  fulfils a metric;
- "Metrics definitions" (GitLab handbook): the statuses in which each metric's time counts.

A Zendesk ticket is new, open, pending (the customer has the ball), on hold (a third party has
it), solved or closed. Here 待反馈 is pending, a ticket with the platform is on hold, and 待确认,
已解决 and 已关闭 are solved, since a customer's message reopens the first two. Every target names
the clause of the rulebook that is nearest to it.

Decisions where the pages are silent: a metric of replies or updates whose ticket is solved first
is cancelled, not met; and whether a message asks for an answer is what the host says it is, while
Zendesk takes every comment of an end user as one.
"""

from datetime import timedelta
from typing import Final

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla import Budget, CalendarTime, On, ServiceTime, SlaPolicy, Target
from ticketrules.tickets import TABLE, Role, Status, events
from ticketrules.tickets.model import Draft

SOLVED: Final = frozenset({Status.AWAITING_CONFIRMATION, Status.RESOLVED, Status.CLOSED})

PENDING: Final = Text("pending: the customer has the ball", "待处理：等待客户")
ON_HOLD: Final = Text("on hold: a third party has the ball", "暂缓：等待第三方")


def _is_solved(_event: events.Event, ticket: Draft) -> bool:
    return ticket.status in SOLVED


def _is_unsolved(_event: events.Event, ticket: Draft) -> bool:
    return ticket.status not in SOLVED


def _comments(event: events.Replied, ticket: Draft) -> bool:
    return event.is_answer and ticket.status not in SOLVED


def _answers(event: events.Replied, _ticket: Draft) -> bool:
    return event.is_answer


def _by_customer(event: events.Submitted, _ticket: Draft) -> bool:
    return event.by.role is Role.CUSTOMER


def _asks(event: events.CustomerWrote, _ticket: Draft) -> bool:
    return event.asks


def _asks_again(event: events.CustomerWrote, ticket: Draft) -> bool:
    return event.asks and ticket.first_answered_at is not None


def _was_answered(_event: events.Rejected, ticket: Draft) -> bool:
    return ticket.first_answered_at is not None


def _on_pending(ticket: Draft) -> Text | None:
    return PENDING if ticket.status is Status.AWAITING_FEEDBACK else None


def _on_pending_or_hold(ticket: Draft) -> Text | None:
    return ON_HOLD if ticket.with_platform_since is not None else _on_pending(ticket)


_STEPS: Final = tuple(
    rule.event for rule in TABLE.values() if rule.after is not None or rule.reopens
)
"""The events that can change a status."""

_OPENED: Final = tuple(On(step, _is_unsolved) for step in _STEPS)
_ENDED: Final = tuple(On(step, _is_solved) for step in _STEPS)
_COMMENT: Final = (On(events.Replied, _answers),)


def first_reply(budget: Budget) -> Target:
    """From the customer's first comment to the first public one of an agent.

    Where an agent submitted the ticket it is the customer's first comment after that.
    """
    return Target(
        id="first_reply_time",
        clause=ClauseId("8.1"),
        label=Text("first reply", "首次回复"),
        budget=budget,
        starts=(On(events.Submitted, _by_customer), On(events.CustomerWrote, _asks)),
        stops=_COMMENT,
        cancels=_ENDED,
        once=True,
    )


def next_reply(budget: Budget) -> Target:
    """From the customer's oldest unanswered comment to the next public one of an agent.

    It is for what comes after the first reply; what came before has the clock of that.
    """
    return Target(
        id="next_reply_time",
        clause=ClauseId("8.3"),
        label=Text("next reply", "后续回复"),
        budget=budget,
        starts=(On(events.CustomerWrote, _asks_again), On(events.Rejected, _was_answered)),
        stops=_COMMENT,
        cancels=_ENDED,
    )


def periodic_update(budget: Budget) -> Target:
    """From one public comment of an agent to the next, whatever the status; none before the first.

    The same comment ends a cycle and begins another, because stops are tried before starts.
    """
    return Target(
        id="periodic_update_time",
        clause=ClauseId("8.3"),
        label=Text("periodic update", "定期更新"),
        budget=budget,
        starts=(On(events.Replied, _comments),),
        stops=_COMMENT,
        cancels=_ENDED,
    )


def pausable_update(budget: Budget) -> Target:
    """The periodic update that stands still while the ticket is pending."""
    return Target(
        id="pausable_update_time",
        clause=ClauseId("8.3"),
        label=Text("pausable update", "可暂停的更新"),
        budget=budget,
        starts=(On(events.Replied, _comments),),
        stops=_COMMENT,
        cancels=_ENDED,
        paused=_on_pending,
    )


def requester_wait(budget: Budget) -> Target:
    """All the time that the ticket is new, open or on hold, until it is solved.

    A reopened ticket goes on with what is left: Zendesk activates a metric that was fulfilled
    again and counts its time together.
    """
    return Target(
        id="requester_wait_time",
        clause=ClauseId("8.3"),
        label=Text("requester wait", "客户等待"),
        budget=budget,
        starts=_OPENED,
        stops=_ENDED,
        paused=_on_pending,
        cumulative=True,
    )


def agent_work(budget: Budget) -> Target:
    """All the time that the ticket is new or open, until it is solved."""
    return Target(
        id="agent_work_time",
        clause=ClauseId("8.3"),
        label=Text("agent work", "客服处理"),
        budget=budget,
        starts=_OPENED,
        stops=_ENDED,
        paused=_on_pending_or_hold,
        cumulative=True,
    )


def total_resolution(budget: Budget) -> Target:
    """All the time until the ticket is solved, pending and on hold included."""
    return Target(
        id="total_resolution_time",
        clause=ClauseId("8.2"),
        label=Text("total resolution", "总解决时间"),
        budget=budget,
        starts=_OPENED,
        stops=_ENDED,
        cumulative=True,
    )


def _stops_business(ticket: Draft) -> bool:
    return ticket.business_stopping_at is not None


URGENT: Final = SlaPolicy(
    name="zendesk-urgent",
    matches=_stops_business,
    because=Text("it is urgent", "紧急工单"),
    targets=(
        first_reply(CalendarTime(timedelta(minutes=15))),
        next_reply(CalendarTime(timedelta(minutes=30))),
        periodic_update(CalendarTime(timedelta(hours=1))),
        pausable_update(CalendarTime(timedelta(hours=1))),
        requester_wait(CalendarTime(timedelta(hours=4))),
        agent_work(CalendarTime(timedelta(hours=3))),
        total_resolution(CalendarTime(timedelta(hours=8))),
    ),
)
"""Calendar hours: nights and holidays count."""

NORMAL: Final = SlaPolicy(
    name="zendesk-normal",
    targets=(
        first_reply(ServiceTime(timedelta(hours=1))),
        next_reply(ServiceTime(timedelta(hours=2))),
        periodic_update(ServiceTime(timedelta(hours=4))),
        pausable_update(ServiceTime(timedelta(hours=4))),
        requester_wait(ServiceTime(timedelta(hours=8))),
        agent_work(ServiceTime(timedelta(hours=6))),
        total_resolution(ServiceTime(timedelta(hours=18))),
    ),
)
"""Business hours: those of the desk's calendar."""

POLICIES: Final = (URGENT, NORMAL)
"""In the order in which they are tried, the stricter first."""
