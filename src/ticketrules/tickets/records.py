"""What a ticket's page shows beside its status: messages, calls, reports, and who holds it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from attrs import field, frozen

from ticketrules.tickets import events as e
from ticketrules.tickets.values import Actor, Labelled, MessageKind, Role, Superior


class Visibility(Labelled):
    """Who may read a message."""

    PUBLIC = "public", "客户可见"
    INTERNAL = "internal", "内部备注"


class HolderKind(Labelled):
    """Who has the ticket on the desk."""

    GROUP = "group", "服务商团队"
    AGENT = "agent", "客服"
    PLATFORM = "platform", "平台"


@frozen
class Holder:
    """Who holds a ticket: the provider's group until an agent does, or the platform (6.4)."""

    kind: HolderKind
    id: str = ""


@frozen(kw_only=True)
class Message:
    """Something written on a ticket.

    Attributes:
        event_id: The event that it came with.
        at: When.
        author: Who wrote it.
        visibility: Whether the customer reads it.
        automatic: Whether a machine sent it; no answer then (8).
        kind: What a customer's message is; ``MESSAGE`` for everybody else's.
        body: The words; never in a ``repr``.
    """

    event_id: str
    at: datetime
    author: Actor
    visibility: Visibility
    automatic: bool = False
    kind: MessageKind = MessageKind.MESSAGE
    body: str = field(repr=False)


@frozen(kw_only=True)
class Call:
    """A phone call with the customer, and what came of it (4.6)."""

    event_id: str
    at: datetime
    by: Actor
    outcome: str = field(repr=False)


@frozen(kw_only=True)
class UpwardReport:
    """A report to the supervisor or to marketplace operations (4.6)."""

    event_id: str
    at: datetime
    by: Actor
    to: Superior


_NOTE_PARTS: Final[dict[type[e.Event], tuple[str, ...]]] = {
    e.Noted: ("body",),
    e.Transferred: ("judgement", "next_step"),
    e.EscalatedToPlatform: ("note",),
    e.PlatformReturned: ("note",),
    e.HandedOver: ("cause", "handler", "progress", "next_step"),
}
"""The events that leave an internal note, and the fields that it is made of."""


def messages(history: Iterable[e.Event]) -> Iterator[Message]:
    """Every message and note of a history, in order, with empty words where none were recorded."""
    for event in history:
        automatic, kind, visibility = False, MessageKind.MESSAGE, Visibility.PUBLIC
        if isinstance(event, e.Submitted | e.Rejected):
            body = event.body
        elif isinstance(event, e.Replied):
            body = event.body
            automatic = event.automatic or event.by.role is Role.SYSTEM
        elif isinstance(event, e.CustomerWrote):
            body, kind = event.body, event.kind
            automatic = kind is MessageKind.AUTOMATIC
        elif type(event) in _NOTE_PARTS:
            parts = (getattr(event, name) for name in _NOTE_PARTS[type(event)])
            body, visibility = "\n".join(filter(None, parts)), Visibility.INTERNAL
        else:
            continue
        yield Message(
            event_id=event.id,
            at=event.at,
            author=event.by,
            visibility=visibility,
            automatic=automatic,
            kind=kind,
            body=body,
        )


def calls(history: Iterable[e.Event]) -> Iterator[Call]:
    """Every phone call of a history, in order."""
    for event in history:
        if isinstance(event, e.Called):
            yield Call(event_id=event.id, at=event.at, by=event.by, outcome=event.outcome)


def reports(history: Iterable[e.Event]) -> Iterator[UpwardReport]:
    """Every report upward of a history, in order."""
    for event in history:
        if isinstance(event, e.Reported):
            yield UpwardReport(event_id=event.id, at=event.at, by=event.by, to=event.to)


def promises(history: Iterable[e.Event]) -> Iterator[datetime]:
    """Every promised time of resolution, in the order of the promises (8.2)."""
    for event in history:
        if isinstance(event, e.ResolutionPromised):
            yield event.promised_for
