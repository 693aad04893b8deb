"""``decide``: a command, a ticket and an instant in; events or a refusal out."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ticketrules.clauses import ClauseId, Reason, Refusal, Text
from ticketrules.errors import HistoryError, VersionConflictError
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.effects import Effect, effects_of
from ticketrules.tickets.lifecycle import begun, extend, freeze, thaw, weigh
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
        ticket: The ticket after them; where the command was decided before, as it stands now.
        is_repeat: Whether the command was decided before; its events are stored already.
    """

    events: tuple[e.Event, ...]
    ticket: Ticket
    is_repeat: bool = False

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the host has to carry out, in order; a repeat gives the same ones again."""
        then = self.ticket
        if self.is_repeat:  # whom to tell is whoever had it then, and not who has it now
            history = then.history
            then = extend(None, history[: history.index(self.events[-1]) + 1])
        return tuple(effect for event in self.events for effect in effects_of(event, then))


def decide(
    ticket: Ticket | None,
    command: c.Command,
    now: datetime,
    *,
    due_at: datetime | None = None,
    expected_version: int | None = None,
) -> Decision | Refusal:
    """Decide a command on a ticket at an instant.

    A command whose id the ticket has seen is not decided again: the events it caused then come
    back, so that a host may retry what it is not sure of.

    Args:
        ticket: The ticket; ``None`` before its submission.
        command: What is wished. Its events happen at its ``at``, or else at ``now``.
        now: The instant, aware.
        due_at: From when on a reminder or lapse may happen (9.1-9.3); ``None`` if never. Only
            those commands look at it.
        expected_version: The version of the ticket that whoever wishes it has seen; ``None``
            where that does not matter, 0 for a ticket that is not there yet.

    Returns:
        The events with the ticket after them, or a refusal with all its reasons.

    Raises:
        NaiveTimeError: ``now`` or ``due_at`` has no time zone.
        HistoryError: The command lies before the ticket's last event or after ``now``, its id
            belongs to another command, or its events were stored only in part.
        VersionConflictError: The ticket has another version than the one expected.
    """
    now = instant(now)
    due_at = None if due_at is None else instant(due_at)
    at = now if command.at is None else command.at
    if ticket is None or isinstance(command, c.Submit):
        ticket_id = _ticket_id(ticket, command)
    else:
        ticket_id = ticket.id
    if ticket is not None:
        first = command.id + "/1"
        for place, event in enumerate(ticket.history):
            if event.id == first:
                return Decision(_told_before(ticket, place, command), ticket, is_repeat=True)
    if expected_version is not None:
        _same_version(ticket, ticket_id, expected_version)
    if at > now:
        msg = f"ticket {ticket_id!r}: the command comes from the future of now"
        raise HistoryError(msg)
    if ticket is not None and at < ticket.last_event_at:
        msg = f"ticket {ticket_id!r}: the command comes before the ticket's last event"
        raise HistoryError(msg)

    reasons = command.lacks()
    clause = LAPSES.get(type(command))
    if clause is not None and (due_at is None or at < due_at):
        reasons.append(Reason(clause, Text(f"{command.name} is not due yet", "尚未到期")))
    by = command.by
    kinds = command.causes
    draft = None if ticket is None else thaw(ticket)
    is_new = draft is not None and draft.status is Status.NEW
    if is_new and command.takes_up and by.role is Role.AGENT:
        kinds = (e.Accepted, *kinds)
    made: list[e.Event] = []
    for number, kind in enumerate(kinds, 1):
        event = kind(
            id=f"{command.id}/{number}", ticket=ticket_id, at=at, by=by, **command.said(kind)
        )
        if draft is None:
            draft = begun(event)
        reasons.extend(weigh(draft, event))
        made.append(event)
    if reasons or draft is None:
        return Refusal(command.name, tuple(dict.fromkeys(reasons)), command.label)
    events = tuple(made)
    draft.history += events
    return Decision(events, freeze(draft))


def _ticket_id(ticket: Ticket | None, command: c.Command) -> str:
    """The id that a submission gives; nothing else may come before a ticket's first event."""
    if not isinstance(command, c.Submit):
        msg = f"{command.name} needs a ticket; only submit begins one"
        raise HistoryError(msg)
    if ticket is not None and ticket.id != command.ticket:
        msg = f"submit of ticket {command.ticket!r} on ticket {ticket.id!r}"
        raise HistoryError(msg)
    return command.ticket


def _told_before(ticket: Ticket, place: int, command: c.Command) -> tuple[e.Event, ...]:
    """The events that a command of this id caused before, the first of them at ``place``."""
    told = tuple(
        event
        for number, event in enumerate(ticket.history[place:], 1)
        if event.id == f"{command.id}/{number}"
    )
    kinds = tuple(type(event) for event in told)
    # An agent's command may have taken a new ticket up first.
    wholes = command.causes, (e.Accepted, *command.causes)
    is_its = any(kinds == whole[: len(kinds)] for whole in wholes) and told == tuple(
        kind(id=event.id, ticket=event.ticket, at=event.at, by=command.by, **command.said(kind))
        for kind, event in zip(kinds, told, strict=True)
    )
    if is_its and kinds in wholes:
        return told
    if is_its:
        # What is missing is not made up here: other events may have come since, and the rest may
        # have been stored where this history does not show it.
        msg = (
            f"ticket {ticket.id!r}: command {command.id!r} was stored only in part, up to"
            f" {told[-1].id!r}; the events of a decision are stored together or not at all: take"
            " away what was stored of it, or store the rest, and try again"
        )
        raise HistoryError(msg)
    msg = f"ticket {ticket.id!r}: command id {command.id!r} belongs to another command"
    raise HistoryError(msg)


def _same_version(ticket: Ticket | None, ticket_id: str, expected: int) -> None:
    version = 0 if ticket is None else ticket.version
    if version != expected:
        msg = f"ticket {ticket_id!r} has version {version}, not {expected}: somebody was faster"
        raise VersionConflictError(msg)
