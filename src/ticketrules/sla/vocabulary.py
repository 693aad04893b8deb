"""The words for conditions and alarms with which targets are written as data.

A closed vocabulary: each word is a condition of the library's own over typed events and tickets, so
that nothing is ever evaluated, and what is written can be verified.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from ticketrules.clauses import Text
from ticketrules.sla.alarms import notify_customer, phone_customer, report_to, tell_agent
from ticketrules.sla.targets import Alarm, On, Target, always
from ticketrules.tickets import TABLE, WAITING, Channel, Status, Superior, events
from ticketrules.tickets.lifecycle import QUIET
from ticketrules.tickets.model import Draft
from ticketrules.tickets.table import REOPENED


def asks(event: events.CustomerWrote, _ticket: Draft) -> bool:
    """A message that wants an answer."""
    return event.asks


def answers(event: events.Replied, _ticket: Draft) -> bool:
    """A public message that is an answer (8)."""
    return event.is_answer


def entering(*statuses: Status) -> tuple[On, ...]:
    """Every event that leads to one of the statuses, read off the lifecycle's table."""
    return tuple(On(rule.event) for rule in TABLE.values() if rule.after in statuses)


def leaving(status: Status) -> tuple[On, ...]:
    """Every event that may end a status: the ticket is elsewhere after it."""

    def left(_event: events.Event, ticket: Draft) -> bool:
        return ticket.status is not status

    return tuple(
        On(rule.event, left)
        for rule in TABLE.values()
        if rule.after not in {None, status} or status in rule.reopens
    )


def _reopening() -> tuple[On, ...]:
    def reopens(event: events.CustomerWrote, ticket: Draft) -> bool:
        return event.asks and ticket.status is REOPENED

    return tuple(On(rule.event, reopens) for rule in TABLE.values() if rule.reopens)


ANSWER: Final = (On(events.Replied, answers),)
MESSAGE: Final = (On(events.CustomerWrote, asks),)
TOLD_SOLVED: Final = (On(events.SolutionProposed), On(events.Resolved))
OVER: Final = entering(Status.RESOLVED, Status.CLOSED)

HAPPENINGS: Final[Mapping[str, tuple[On, ...]]] = MappingProxyType(
    {
        "public_answer": ANSWER,
        "customer_message": MESSAGE,
        "question": (On(events.Submitted), *MESSAGE, On(events.Rejected)),
        "told_solved": TOLD_SOLVED,
        "over": OVER,
        **{
            f"enters {status}": entering(status) + (_reopening() if status is REOPENED else ())
            for status in Status
        },
        **{f"leaves {status}": leaving(status) for status in Status if status is not Status.CLOSED},
        **{rule.event.name: (On(rule.event),) for rule in TABLE.values()},
    }
)
"""What may start, stop or cancel a clock: an event by its name, or what several have in common."""


@frozen
class TicketCondition:
    """Something that is so of a ticket, or not.

    Attributes:
        text: What is so, in both languages.
        holds: Whether it is.
        stays: Whether it is so of the ticket as a whole: from its submission on, and for ever, once
            it is known.
        by_place: Whether it changes only where the ticket's status or its holder does.
    """

    text: Text
    holds: Callable[[Draft], bool]
    stays: bool = False
    by_place: bool = False


def _in(status: Status) -> TicketCondition:
    text = Text(f"it is {str(status).replace('_', ' ')}", f"工单处于“{status.label}”")
    return TicketCondition(text, lambda ticket: ticket.status is status, by_place=True)


CONDITIONS: Final[Mapping[str, TicketCondition]] = MappingProxyType(
    {
        "with_platform": TicketCondition(
            Text("the platform holds the ticket", "工单在平台处"),
            lambda ticket: ticket.with_platform_since is not None,
            by_place=True,
        ),
        "with_customer": TicketCondition(
            Text("the customer has the ball", "等待客户"),
            lambda ticket: ticket.status in WAITING,
            by_place=True,
        ),
        "business_stopping": TicketCondition(
            Text("it stops the customer's business", "影响业务"),
            lambda ticket: ticket.business_stopping_at is not None,
            stays=True,
        ),
        "complained": TicketCondition(
            Text("the customer has complained", "用户已投诉"),
            lambda ticket: ticket.complained_at is not None,
        ),
        "unanswered": TicketCondition(
            Text("a message is unanswered", "有未回复的消息"),
            lambda ticket: ticket.unanswered_since is not None,
        ),
        "answered_once": TicketCondition(
            Text("the customer has had an answer", "已首次回复"),
            lambda ticket: ticket.first_answered_at is not None,
        ),
        "promised": TicketCondition(
            Text("a time has been promised", "已承诺解决时间"),
            lambda ticket: ticket.promised_for is not None,
        ),
        **{status.value: _in(status) for status in Status},
    }
)
"""What may pause a clock, or say which tickets it is for; a group besides, ``group NAME``."""

GROUP: Final = "group "


def group_named(word: str) -> str | None:
    """The group that a word such as ``group vip`` names; ``None`` for any other word."""
    return word.removeprefix(GROUP).strip() or None if word.startswith(GROUP) else None


def ticket_condition(word: str) -> TicketCondition:
    """The condition that a word names.

    Raises:
        KeyError: No condition has that name.
    """
    name = group_named(word)
    if name is not None:
        text = Text(f"it went to the group {name}", f"属于“{name}”组")
        return TicketCondition(text, lambda ticket: ticket.group == name, stays=True, by_place=True)
    return CONDITIONS[word]


ALARMS: Final[Mapping[str, Alarm]] = MappingProxyType(
    {
        "tell_agent": tell_agent,
        "phone_customer": phone_customer,
        **{f"report_to_{one.value}": report_to(one) for one in Superior},
        **{f"notify_by_{one.value}": notify_customer(one) for one in Channel},
    }
)
"""What may follow from a threshold or a breach."""


def resting(target: Target, words: Iterable[str]) -> Target:
    """A target whose clock stands still while any of some conditions holds."""
    conditions = tuple(map(ticket_condition, words))

    def why(ticket: Draft) -> Text | None:
        return next((one.text for one in conditions if one.holds(ticket)), None)

    by_more = not all(one.by_place for one in conditions)
    return evolve(target, paused=why, paused_by_more=by_more)


def scoped(target: Target, only_for: Iterable[str] | None, not_for: Iterable[str]) -> Target:
    """A target for the tickets of which all of some conditions hold, and none of others.

    What stays so of a ticket is asked of the ticket as it is, so that a clock counts from its start
    though the ticket was marked later (7.1). All else comes and goes: it is asked where a cycle
    would start, and a cycle is cancelled by the event after which it is no longer so; what was seen
    of a clock is never taken back.

    Args:
        target: The target; without ``only_for`` it stays for the tickets that it is for.
        only_for: Words of which all have to hold.
        not_for: Words of which none may.
    """
    wanted = tuple(map(ticket_condition, only_for or ()))
    unwanted = tuple(map(ticket_condition, not_for))
    for_good = tuple(one for one in wanted if one.stays)
    for_now = tuple(one for one in wanted if not one.stays)

    def is_such(ticket: Draft) -> bool:
        return all(one.holds(ticket) for one in for_good)

    def is_for(ticket: Draft) -> bool:
        return all(one.holds(ticket) for one in for_now) and not any(
            one.holds(ticket) for one in unwanted
        )

    def is_no_longer_for(_event: events.Event, ticket: Draft) -> bool:
        return not is_for(ticket)

    def where_it_is_for(on: On) -> On:
        def starts(event: events.Event, ticket: Draft) -> bool:
            return (on.when is None or on.when(event, ticket)) and is_for(ticket)

        return On(on.event, starts)

    if only_for is not None:
        target = evolve(target, applies=is_such if for_good else always)
    if not for_now and not unwanted:
        return target
    ceases = tuple(On(kind, is_no_longer_for) for kind in TABLE if kind not in QUIET)
    return evolve(
        target,
        starts=tuple(map(where_it_is_for, target.starts)),
        cancels=(*target.cancels, *ceases),
    )
