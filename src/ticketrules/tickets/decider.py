"""``decide``: a command, a ticket and an instant in; events or a refusal out."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ticketrules.clauses import ClauseId, Reason, Refusal, Text
from ticketrules.errors import HistoryError
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import extend, fold, objections, thaw
from ticketrules.tickets.model import Ticket
from ticketrules.tickets.values import Role, Status, instant

LAPSES: Final[Mapping[type[c.Command], ClauseId]] = MappingProxyType(
    {
        c.Remind: ClauseId("9.1"),
        c.LapseFeedback: ClauseId("9.2"),
        c.LapseConfirmation: ClauseId("9.3"),
    }
)
"""The system's commands that have a time before which they may not happen."""


@frozen
class Decision:
    """A command that the rules allow.

    Attributes:
        events: What happens, in order; the host stores them.
        ticket: The ticket after them.
    """

    events: tuple[e.Event, ...]
    ticket: Ticket


def decide(
    ticket: Ticket | None,
    command: c.Command,
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> Decision | Refusal:
    """Decide a command on a ticket at an instant.

    Args:
        ticket: The ticket; ``None`` before its submission.
        command: What is wished.
        now: The instant, aware; the events happen then.
        due_at: From when on a reminder or lapse may happen (9.1-9.3); ``None`` if never. Only
            those commands look at it.

    Returns:
        The events with the ticket after them, or a refusal with all its reasons.

    Raises:
        NaiveTimeError: ``now`` or ``due_at`` has no time zone.
        HistoryError: ``now`` lies before the ticket's last event, or the command id was used.
    """
    now = instant(now)
    if due_at is not None:
        due_at = instant(due_at)
    ticket_id = _ticket_id(ticket, command)
    if ticket is not None:
        if now < ticket.last_event_at:
            msg = f"ticket {ticket_id!r}: the command comes before the ticket's last event"
            raise HistoryError(msg)
        first = f"{command.id}/1"
        if any(event.id == first for event in ticket.history):
            msg = f"ticket {ticket_id!r}: command id {command.id!r} was handled already"
            raise HistoryError(msg)
    reasons = [*command.lacks(), *_too_early(command, now, due_at)]
    draft = None if ticket is None else thaw(ticket)
    kinds = command.causes
    taken_up = command.takes_up and command.by.role is Role.AGENT
    if taken_up and draft is not None and draft.status is Status.NEW:
        kinds = (e.Accepted, *kinds)
    made: list[e.Event] = []
    for number, kind in enumerate(kinds, 1):
        event = kind(
            id=f"{command.id}/{number}",
            ticket=ticket_id,
            at=now,
            by=command.by,
            **command.said(kind),
        )
        reasons += objections(draft, event)
        draft = fold(draft, event)
        made.append(event)
    if reasons:
        return Refusal(command.name, tuple(dict.fromkeys(reasons)))
    return Decision(tuple(made), extend(ticket, made))


def _ticket_id(ticket: Ticket | None, command: c.Command) -> str:
    if isinstance(command, c.Submit):
        return command.ticket
    if ticket is None:
        msg = f"{command.name} needs a ticket; only submit begins one"
        raise HistoryError(msg)
    return ticket.id


def _too_early(command: c.Command, now: datetime, due_at: datetime | None) -> Iterator[Reason]:
    clause = LAPSES.get(type(command))
    if clause is not None and (due_at is None or now < due_at):
        yield Reason(clause, Text(f"{command.name} is not due yet", "尚未到期"))
