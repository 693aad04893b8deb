"""The pause audit: waiting statuses entered over a customer's unanswered message.

Who sets 待反馈 on a question instead of answering it makes the ticket look as if the customer had
the ball. The audit finds each such stretch and the service time that it hid.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from attrs import define, frozen

from ticketrules.clauses import ClauseId, Finding, Text
from ticketrules.sla.budgets import Timer
from ticketrules.tickets import WAITING, Actor, Role, Status, Ticket, events
from ticketrules.tickets.lifecycle import QUIET, fold, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import instant

_WORDS: Final[Mapping[type[events.Event], tuple[ClauseId, Text]]] = MappingProxyType(
    {
        events.FeedbackRequested: (
            ClauseId("5.3"),
            Text(
                "moved to 待反馈 over an unanswered message of the customer's",
                "客户消息未回复即改为待反馈",
            ),
        ),
        events.SolutionProposed: (
            ClauseId("5.4"),
            Text(
                "moved to 待确认 over an unanswered message of the customer's",
                "客户消息未回复即改为待确认",
            ),
        ),
        events.EscalatedToPlatform: (
            ClauseId("6.4"),
            Text(
                "given to the platform over an unanswered message of the customer's",
                "客户消息未回复即派单给平台",
            ),
        ),
        events.FeedbackLapsed: (
            ClauseId("9.2"),
            Text(
                "lapsed to 待确认 over an unanswered message of the customer's",
                "客户消息未回复即到期转待确认",
            ),
        ),
    }
)
"""Each event after which somebody else seems to have the ball, and what is wrong with it then."""


@frozen(kw_only=True)
class HiddenWait:
    """A stretch ``[start, end)`` in which a status hid that the customer waited for an answer.

    Attributes:
        ticket: The ticket's id.
        event_id: The event that entered the status, or gave the ticket to the platform.
        status: The waiting status; ``None`` where the platform's hold hid it.
        by: Who did that.
        agent: Who did it where an agent did, else who had the ticket then; ``None`` if nobody.
        asked_at: The customer's oldest message that was unanswered then, in UTC.
        start: When the wait was hidden, in UTC.
        end: When it was answered or came to light, or the instant at which one looked.
        is_open: Whether it is still hidden.
        hidden: The service time in between.
        finding: What is wrong with it, with its clause.
    """

    ticket: str
    event_id: str
    status: Status | None
    by: Actor
    agent: str | None
    asked_at: datetime
    start: datetime
    end: datetime
    is_open: bool
    hidden: timedelta
    finding: Finding


def audit_pauses(ticket: Ticket, calendar: Timer, now: datetime) -> tuple[HiddenWait, ...]:
    """Every stretch that a waiting status or the platform's hold began over a customer's question.

    A stretch ends when the message is answered, when the ticket leaves the status, or when it is
    closed; one that ends at the instant at which it begins hid nothing and is left out. A message
    that arrives during a wait was not there when the wait was entered, and a second hiding place
    taken while the platform holds the ticket is counted only from where the first one ends: no
    minute is counted twice.

    Args:
        ticket: The ticket; what happened to it after ``now`` is left aside.
        calendar: The service calendar.
        now: The instant, aware; stretches that are still open run to it.

    Returns:
        The hidden waits in order; none where the desk answered first.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
    """
    now = instant(now)
    then = rewind(ticket, now)
    return () if then is None else tuple(_hidden(then, calendar, now))


@define
class _Entry:
    """How a status was entered, or the platform got hold of the ticket.

    Attributes:
        event: The event that did it.
        status: The status; ``None`` for the platform.
        agent: Who had the ticket then.
        asked_at: The message that was unanswered then; ``None`` once there was no such message.
    """

    event: events.Event
    status: Status | None
    agent: str | None
    asked_at: datetime | None


@frozen
class _Hiding:
    """A wait while it is hidden: since when, by which entry, and which message."""

    start: datetime
    entry: _Entry
    asked_at: datetime


def _hidden(ticket: Ticket, calendar: Timer, now: datetime) -> Iterator[HiddenWait]:
    draft: Draft | None = None
    waiting: _Entry | None = None
    held: _Entry | None = None
    hiding: _Hiding | None = None
    for event in ticket.history:
        if draft is not None and type(event) in QUIET:
            continue
        status = None if draft is None else draft.status
        had_platform = draft is not None and draft.with_platform_since is not None
        draft = fold(draft, event)
        asked = draft.unanswered_since
        if draft.status is not status:
            entered = draft.status in WAITING
            waiting = _Entry(event, draft.status, draft.agent, asked) if entered else None
        if draft.with_platform_since is None:
            held = None
        elif not had_platform:
            held = _Entry(event, None, draft.agent, asked)
        for entry in (waiting, held):
            if entry is not None and asked is None:
                entry.asked_at = None  # whatever the customer asks now was not there on entering
        place = held or waiting
        hides_it = None if place is None else place.asked_at
        if hiding is not None and (hides_it is None or place is not hiding.entry):
            if hiding.start < event.at:
                yield _wait(ticket.id, calendar, hiding, event.at, is_open=False)
            hiding = None
        if hiding is None and place is not None and hides_it is not None:
            hiding = _Hiding(event.at, place, hides_it)
    if hiding is not None:
        yield _wait(ticket.id, calendar, hiding, now, is_open=True)


def _wait(
    ticket: str, calendar: Timer, hiding: _Hiding, end: datetime, *, is_open: bool
) -> HiddenWait:
    entry, event = hiding.entry, hiding.entry.event
    clause, text = _WORDS[type(event)]
    doer = event.by.id if event.by.role is Role.AGENT else ""
    return HiddenWait(
        ticket=ticket,
        event_id=event.id,
        status=entry.status,
        by=event.by,
        agent=doer or entry.agent,
        asked_at=hiding.asked_at,
        start=hiding.start,
        end=end,
        is_open=is_open,
        hidden=calendar.elapsed(hiding.start, end),
        finding=Finding(clause, text, event.id, event.at),
    )
