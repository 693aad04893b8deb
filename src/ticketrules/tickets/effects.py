"""Effects: what a host has to carry out because of what happened, as data.

An effect follows from its event and the ticket alone, so every replay gives the same ones under
the same keys; a host that remembers the keys it has carried out does nothing twice.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

from attrs import frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.tickets import events as e
from ticketrules.tickets.model import Draft
from ticketrules.tickets.parts import spoken
from ticketrules.tickets.values import Actor, Labelled, Role, Superior


class Channel(Labelled):
    """How the customer is told."""

    IN_APP = "in_app", "站内通知"
    EMAIL = "email", "邮件"
    TEXT_MESSAGE = "text_message", "短信"


@frozen(kw_only=True)
class Effect:
    """Something for the host to carry out, once.

    Attributes:
        key: The idempotency key, the same in every replay and unlike every other effect's.
        ticket: The ticket's id.
        clause: The clause that asks for it.
        name: The stable snake_case name of the kind of effect.
        label: The Chinese name that the desk reads.
    """

    name: ClassVar[str] = "effect"
    label: ClassVar[str] = "事项"

    key: str
    ticket: str
    clause: ClauseId

    def __init_subclass__(cls) -> None:
        cls.name = spoken(cls, "_")


@frozen(kw_only=True)
class NotifyCustomer(Effect):
    """Tell the customer through a channel; ``about`` says what, in both languages."""

    label: ClassVar[str] = "通知客户"

    channel: Channel
    about: Text


@frozen(kw_only=True)
class PhoneCustomer(Effect):
    """Phone the customer, and record the outcome (4.6)."""

    label: ClassVar[str] = "电话联系客户"

    reason: Text


@frozen(kw_only=True)
class Tell(Effect):
    """Tell an agent, or the platform's desk, that the ticket is theirs or wants them."""

    label: ClassVar[str] = "告知处理人"

    to: Actor
    about: Text


@frozen(kw_only=True)
class ReportUp(Effect):
    """Report to the supervisor or to marketplace operations (4.6)."""

    label: ClassVar[str] = "上报"

    to: Superior


@frozen(kw_only=True)
class AskForRating(Effect):
    """Ask the customer to close the ticket and rate the service (5.4, 5.5)."""

    label: ClassVar[str] = "邀请评价"


def key_of(*parts: str) -> str:
    """An idempotency key: parts joined by colons, so that other parts never make the same key.

    A colon within a part is written ``%3A``, and a percent sign ``%25``.
    """
    return ":".join([part.replace("%", "%25").replace(":", "%3A") for part in parts])


_Parts = Iterator[tuple[type[Effect], str, dict[str, Any]]]
"""Kinds of effect with their clause and their own fields."""


def effects_of(event: e.Event, ticket: Draft) -> tuple[Effect, ...]:
    """What the host has to do because of an event.

    Args:
        event: What happened.
        ticket: The ticket after it.

    Returns:
        The effects in order; none for most events.
    """
    follows = _FOLLOWS.get(type(event))
    if follows is None:
        return ()
    return tuple(
        kind(
            key=key_of(event.ticket, event.id, str(number), kind.name),
            ticket=event.ticket,
            clause=ClauseId(clause),
            **own,
        )
        for number, (kind, clause, own) in enumerate(follows(event, ticket), 1)
    )


def _notify(clause: str, en: str, zh: str, *channels: Channel) -> _Parts:
    for channel in channels:
        yield NotifyCustomer, clause, {"channel": channel, "about": Text(en, zh)}


def _tell(clause: str, agent: str | None, en: str, zh: str) -> _Parts:
    if agent:
        yield Tell, clause, {"to": Actor(Role.AGENT, agent), "about": Text(en, zh)}


def _replied(_event: e.Replied, _ticket: Draft) -> _Parts:
    return _notify("5.6", "the desk replied", "客服已回复", Channel.IN_APP)


def _asked(event: e.CustomerWrote | e.Rejected, ticket: Draft) -> _Parts:
    if isinstance(event, e.Rejected) or event.asks:
        yield from _tell("8.3", ticket.agent, "the customer wrote", "客户有新消息")


def _rating(clause: str) -> Callable[[e.Event, Draft], _Parts]:
    def ask(_event: e.Event, _ticket: Draft) -> _Parts:
        yield AskForRating, clause, {}

    return ask


def _given(clause: str) -> Callable[[Any, Draft], _Parts]:
    def tell(event: e.Dispatched | e.Transferred | e.HandedOver, _ticket: Draft) -> _Parts:
        return _tell(clause, event.to, "the ticket is yours", "工单已转给你处理")

    return tell


def _escalated(_event: e.EscalatedToPlatform, _ticket: Draft) -> _Parts:
    about = Text("the provider needs the platform", "服务商需要平台处理")
    yield Tell, "6.4", {"to": Actor(Role.PLATFORM), "about": about}


def _returned(_event: e.PlatformReturned, ticket: Draft) -> _Parts:
    return _tell("6.4", ticket.agent, "the platform gave the ticket back", "平台已退回工单")


def _complained(_event: e.Complained, ticket: Draft) -> _Parts:
    yield PhoneCustomer, "7.2", {"reason": Text("the customer complained", "用户已投诉")}
    yield from _tell("7.2", ticket.agent, "the customer complained", "用户已投诉")


def _business_stopping(_event: e.MarkedBusinessStopping, ticket: Draft) -> _Parts:
    return _tell("7.1", ticket.agent, "to be solved on the same day", "须当天解决")


def _reported(event: e.Reported, _ticket: Draft) -> _Parts:
    yield ReportUp, "4.6", {"to": event.to}


def _reminded(_event: e.Reminded, _ticket: Draft) -> _Parts:
    return _notify(
        "9.1", "the desk waits for feedback", "请尽快反馈", Channel.EMAIL, Channel.TEXT_MESSAGE
    )


def _feedback_lapsed(_event: e.FeedbackLapsed, _ticket: Draft) -> _Parts:
    return _notify("9.2", "no feedback came; please confirm", "未收到反馈，请确认", Channel.IN_APP)


def _confirmation_lapsed(_event: e.ConfirmationLapsed, _ticket: Draft) -> _Parts:
    return _notify("9.3", "confirmed automatically", "已自动确认", Channel.IN_APP)


_FOLLOWS: Final[Mapping[type[e.Event], Callable[[Any, Draft], _Parts]]] = MappingProxyType(
    {
        e.Dispatched: _given("6.3"),
        e.Replied: _replied,
        e.CustomerWrote: _asked,
        e.Rejected: _asked,
        e.SolutionProposed: _rating("5.4"),
        e.Resolved: _rating("5.5"),
        e.Transferred: _given("6.1"),
        e.HandedOver: _given("6.6"),
        e.EscalatedToPlatform: _escalated,
        e.PlatformReturned: _returned,
        e.Complained: _complained,
        e.MarkedBusinessStopping: _business_stopping,
        e.Reported: _reported,
        e.Reminded: _reminded,
        e.FeedbackLapsed: _feedback_lapsed,
        e.ConfirmationLapsed: _confirmation_lapsed,
    }
)
"""What follows from each event; the others ask nothing of the host."""
