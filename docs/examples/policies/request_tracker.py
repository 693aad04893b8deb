"""Request Tracker's deadlines for answers, Response and KeepInLoop, as targets.

What they mean is taken from these public pages, retold and not quoted:

- "RT::Extension::SLA" (documentation of the extension): Response, KeepInLoop, OutOfHours,
  IgnoreOnStatuses, ExcludeTimeOnIgnoredStatuses;
- "Service Level Agreements" (RT 5 documentation, customizing): real and business minutes.

Who spoke last decides which of the two runs. The customer's oldest unanswered message has a
deadline for the answer; an agent's latest message has one for the next sign of life. Stalled is
待反馈 here, resolved is 待确认 and what follows it. RT keeps one due date, the earliest; here each
clock has its own, and the earliest is the least of them. Every target names the clause of the
rulebook that is nearest to it.

Not expressible: a deadline that is disregarded in a status while its time counts on (an ignored
status without the exclusion of its time), and business minutes followed by real ones in one
budget that can pause.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar, Final

from attrs import frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla import Budget, CalendarTime, On, ServiceTime, SlaPolicy, Target, Terms
from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import TABLE, Role, Status, events
from ticketrules.tickets.model import Draft

RESOLVED: Final = frozenset({Status.AWAITING_CONFIRMATION, Status.RESOLVED, Status.CLOSED})


@frozen
class MoreOutOfHours:
    """An amount of service time, and more of it where the message comes outside the hours.

    A budget is whatever says how much time a start gives; this one asks the calendar.
    """

    is_amount: ClassVar[bool] = True

    amount: timedelta
    more: timedelta

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:
        is_open = days.calendar.is_open(start.at)
        return Terms(days.calendar, self.amount if is_open else self.amount + self.more)


def _answers(event: events.Replied, _ticket: Draft) -> bool:
    return event.is_answer


def _keeps_open(event: events.Replied, ticket: Draft) -> bool:
    return event.is_answer and ticket.status not in RESOLVED


def _by_customer(event: events.Submitted, _ticket: Draft) -> bool:
    return event.by.role is Role.CUSTOMER


def _asks(event: events.CustomerWrote, _ticket: Draft) -> bool:
    return event.asks


def _is_resolved(_event: events.Event, ticket: Draft) -> bool:
    return ticket.status in RESOLVED


_MESSAGES: Final = (
    On(events.Submitted, _by_customer),
    On(events.CustomerWrote, _asks),
    On(events.Rejected),
)
_REPLY: Final = (On(events.Replied, _answers),)
_ENDED: Final = tuple(
    On(rule.event, _is_resolved)
    for rule in TABLE.values()
    if rule.after is not None or rule.reopens
)


def respond(budget: Budget) -> Target:
    """From the oldest message that the customer has had no answer to, until an answer."""
    return Target(
        id="respond",
        clause=ClauseId("8.3"),
        label=Text("respond", "答复"),
        budget=budget,
        starts=_MESSAGES,
        stops=_REPLY,
        cancels=_ENDED,
    )


def keep_in_loop(budget: Budget, *, excluded: frozenset[Status] = frozenset()) -> Target:
    """From an agent's latest message to the next one, as long as the customer says nothing.

    The customer's own message cancels it, for then the clock of ``respond`` runs.

    Args:
        budget: How long the customer may go without a sign of life.
        excluded: The statuses whose time does not count.
    """
    return Target(
        id="keep_in_loop",
        clause=ClauseId("8.3"),
        label=Text("keep in the loop", "告知进展"),
        budget=budget,
        starts=(On(events.Replied, _keeps_open),),
        stops=_REPLY,
        cancels=(*_MESSAGES, *_ENDED),
        paused=_standing_in(excluded),
    )


def _standing_in(excluded: frozenset[Status]) -> Callable[[Draft], Text | None]:
    def stands(ticket: Draft) -> Text | None:
        status = ticket.status
        return (
            Text(f"{status} is excluded", f"不计“{status.label}”") if status in excluded else None
        )

    return stands


def _stops_business(ticket: Draft) -> bool:
    return ticket.business_stopping_at is not None


INCIDENT: Final = SlaPolicy(
    name="rt-incident",
    matches=_stops_business,
    because=Text("it is an incident", "故障工单"),
    targets=(
        respond(CalendarTime(timedelta(hours=1))),
        keep_in_loop(CalendarTime(timedelta(hours=2))),
    ),
)
"""Real minutes."""

STANDARD: Final = SlaPolicy(
    name="rt-standard",
    targets=(
        respond(MoreOutOfHours(timedelta(hours=1), more=timedelta(hours=2))),
        keep_in_loop(
            ServiceTime(timedelta(hours=4)), excluded=frozenset({Status.AWAITING_FEEDBACK})
        ),
    ),
)
"""Business minutes, more of them for what came in overnight, and none while stalled."""

POLICIES: Final = (INCIDENT, STANDARD)
"""In the order in which they are tried."""
