"""The words for conditions and alarms with which targets are written as data.

A closed vocabulary: each word is a condition of the library's own over typed events and tickets, so
that nothing is ever evaluated, and what is written can be verified.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ticketrules.clauses import Text
from ticketrules.sla.alarms import notify_customer, phone_customer, report_to, tell_agent
from ticketrules.sla.targets import Alarm, On
from ticketrules.tickets import TABLE, WAITING, Channel, Status, Superior, events
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


def leaving(status: Status, *, but: type[events.Event] | None = None) -> tuple[On, ...]:
    """Every event that may end a status, but the one given: the ticket is elsewhere after it."""

    def left(_event: events.Event, ticket: Draft) -> bool:
        return ticket.status is not status

    return tuple(
        On(rule.event, left)
        for rule in TABLE.values()
        if rule.event is not but and (rule.after not in {None, status} or status in rule.reopens)
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
    """

    text: Text
    holds: Callable[[Draft], bool]


def _in(status: Status) -> TicketCondition:
    text = Text(f"it is {str(status).replace('_', ' ')}", f"工单处于“{status.label}”")
    return TicketCondition(text, lambda ticket: ticket.status is status)


CONDITIONS: Final[Mapping[str, TicketCondition]] = MappingProxyType(
    {
        "with_platform": TicketCondition(
            Text("the platform holds the ticket", "工单在平台处"),
            lambda ticket: ticket.with_platform_since is not None,
        ),
        "with_customer": TicketCondition(
            Text("the customer has the ball", "等待客户"), lambda ticket: ticket.status in WAITING
        ),
        "business_stopping": TicketCondition(
            Text("it stops the customer's business", "影响业务"),
            lambda ticket: ticket.business_stopping_at is not None,
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


def ticket_condition(word: str) -> TicketCondition:
    """The condition that a word names.

    Raises:
        KeyError: No condition has that name.
    """
    if word.startswith(GROUP) and word.removeprefix(GROUP).strip():
        name = word.removeprefix(GROUP).strip()
        text = Text(f"it went to the group {name}", f"属于“{name}”组")
        return TicketCondition(text, lambda ticket: ticket.group == name)
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


def pausing(words: Iterable[str]) -> Callable[[Draft], Text | None]:
    """Why a clock stands still: the first of some conditions that holds."""
    conditions = tuple(map(ticket_condition, words))

    def why(ticket: Draft) -> Text | None:
        return next((one.text for one in conditions if one.holds(ticket)), None)

    return why


def scope(only_for: Iterable[str], not_for: Iterable[str]) -> Callable[[Draft], bool]:
    """Which tickets a target is for: all of some conditions hold, and none of others."""
    wanted = tuple(map(ticket_condition, only_for))
    unwanted = tuple(map(ticket_condition, not_for))

    def is_for(ticket: Draft) -> bool:
        return all(one.holds(ticket) for one in wanted) and not any(
            one.holds(ticket) for one in unwanted
        )

    return is_for
