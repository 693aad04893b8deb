"""Targets: what is promised, from which event, until which, and how much time it may take.

A target is a value made of typed conditions; the marketplace's seven are composed here from the
settings and the lifecycle's table.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.settings import Promises, Waiting
from ticketrules.tickets import TABLE, Status, events
from ticketrules.tickets.model import Draft


@frozen
class Terms:
    """What a start amounts to.

    Attributes:
        budget: The service time that the target allows; ``None`` where it names a day instead.
        deadline: The instant after which it is broken; ``None`` where the budget says it.
        due_at: From when on the system may do what the target asks, where it is the system's.
    """

    budget: timedelta | None = None
    deadline: datetime | None = None
    due_at: datetime | None = None


class Budget(Protocol):
    """How much time a target allows, counted from a start."""

    def terms(self, start: datetime, days: ServiceDays) -> Terms:
        """The terms of a clock that starts at ``start``."""
        ...


@frozen
class ServiceTime:
    """An amount of service time (8)."""

    amount: timedelta

    def terms(self, start: datetime, days: ServiceDays) -> Terms:  # noqa: ARG002
        """The amount, whenever it starts."""
        return Terms(budget=self.amount)


@frozen
class SameServiceDay:
    """Until the close of the service day on which it starts, or of the next one (7.1)."""

    def terms(self, start: datetime, days: ServiceDays) -> Terms:
        """The service time from the start to that close."""
        close = days.arrival(start).closing
        return Terms(budget=timedelta(0) if close is None else days.calendar.elapsed(start, close))


@frozen
class WorkingDays:
    """On the Nth working day after the date of the start (9).

    Attributes:
        days: N; the date of the start is day zero, working day or not.
        at_opening: Due when that day opens; otherwise at the start's own time of day.
    """

    days: int
    at_opening: bool = False

    def terms(self, start: datetime, days: ServiceDays) -> Terms:
        """Due within that day, and late once that day is over."""
        day, due_at = days.due(start, self.days, at_opening=self.at_opening)
        return Terms(deadline=day.end, due_at=due_at)


@frozen
class On:
    """A condition: an event of a kind, and perhaps something about it and the ticket after it."""

    event: type[events.Event]
    when: Callable[[Any, Draft], bool] | None = None


def _always(_ticket: Draft) -> bool:
    return True


def _never(_ticket: Draft) -> bool:
    return False


@frozen(kw_only=True)
class Target:
    """One promise. Conditions are tried in the order stop, cancel, pause, start.

    Attributes:
        id: The clock's name.
        clause: The clause that promises it.
        label: What it is, in both languages.
        budget: How much time it allows.
        starts: What opens a cycle where none is open.
        stops: What meets or misses it.
        cancels: What takes its ground away.
        paused: Whether the clock stands still, by the ticket's state.
        applies: Whether the target concerns the ticket at all.
        once: Whether only the ticket's first cycle counts.
        not_before_due: Whether a stop before it is due breaks it.
    """

    id: str
    clause: ClauseId
    label: Text
    budget: Budget
    starts: tuple[On, ...]
    stops: tuple[On, ...]
    cancels: tuple[On, ...] = ()
    paused: Callable[[Draft], bool] = field(default=_never)
    applies: Callable[[Draft], bool] = field(default=_always)
    once: bool = False
    not_before_due: bool = False


def _asks(event: events.CustomerWrote, _ticket: Draft) -> bool:
    return event.asks


def _answers(event: events.Replied, _ticket: Draft) -> bool:
    return event.is_answer


def _entering(*statuses: Status) -> tuple[On, ...]:
    """Every event that leads to one of the statuses, read off the lifecycle's table."""
    return tuple(On(rule.event) for rule in TABLE.values() if rule.after in statuses)


def _leaving(status: Status, *, but: type[events.Event]) -> tuple[On, ...]:
    """Every event that may end a status, but the one given: the ticket is elsewhere after it."""

    def left(_event: events.Event, ticket: Draft) -> bool:
        return ticket.status is not status

    return tuple(
        On(rule.event, left)
        for rule in TABLE.values()
        if rule.event is not but and (rule.after not in {None, status} or status in rule.reopens)
    )


def _reopens(event: events.CustomerWrote, ticket: Draft) -> bool:
    return event.asks and ticket.status is Status.IN_PROGRESS


_ANSWER: Final = (On(events.Replied, _answers),)
_QUESTION: Final = (
    On(events.Submitted),
    On(events.CustomerWrote, _asks),
    On(events.Rejected),
)
_TOLD_SOLVED: Final = (On(events.SolutionProposed), On(events.Resolved))
_OVER: Final = _entering(Status.RESOLVED, Status.CLOSED)


def marketplace_targets(promises: Promises, waiting: Waiting) -> tuple[Target, ...]:
    """The marketplace's targets under the given settings, by clause."""

    def with_platform(ticket: Draft) -> bool:
        return ticket.with_platform_since is not None and not promises.platform_time_counts

    def with_platform_or_customer(ticket: Draft) -> bool:
        waits = ticket.status in {Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION}
        return waits or with_platform(ticket)

    def not_promised(event: events.Clarified, ticket: Draft) -> bool:
        return ticket.promised_for is None or ticket.promised_for <= event.at

    def business_stopping(ticket: Draft) -> bool:
        return promises.same_day_resolution and ticket.business_stopping_at is not None

    return (
        Target(
            id="same_day_resolution",
            clause=ClauseId("7.1"),
            label=Text("solved on the same day", "当天解决"),
            budget=SameServiceDay(),
            starts=(
                On(events.Submitted),
                On(events.Rejected),
                On(events.CustomerWrote, _reopens),
                On(events.Accepted),
            ),
            stops=(*_TOLD_SOLVED, On(events.Confirmed)),
            cancels=_OVER,
            paused=with_platform,
            applies=business_stopping,
        ),
        Target(
            id="first_response",
            clause=ClauseId("8.1"),
            label=Text("first response", "首次响应"),
            budget=ServiceTime(promises.first_response),
            starts=(On(events.Submitted),),
            stops=_ANSWER,
            cancels=_OVER,
            paused=with_platform,
            once=True,
        ),
        Target(
            id="resolution_commitment",
            clause=ClauseId("8.2"),
            label=Text("resolution time announced", "告知预计解决时间"),
            budget=ServiceTime(promises.resolution_commitment),
            starts=(On(events.Clarified, not_promised),),
            stops=(On(events.ResolutionPromised), *_TOLD_SOLVED),
            cancels=_OVER,
            paused=with_platform_or_customer,
        ),
        Target(
            id="next_reply",
            clause=ClauseId("8.3"),
            label=Text("answer to every message", "及时回复"),
            budget=ServiceTime(promises.next_reply),
            starts=_QUESTION,
            stops=_ANSWER,
            cancels=_OVER,
            paused=with_platform,
        ),
        Target(
            id="feedback_reminder",
            clause=ClauseId("9.1"),
            label=Text("reminder while waiting for feedback", "待反馈提醒"),
            budget=WorkingDays(waiting.reminder_after_days, at_opening=True),
            starts=_entering(Status.AWAITING_FEEDBACK),
            stops=(On(events.Reminded),),
            cancels=_leaving(Status.AWAITING_FEEDBACK, but=events.Reminded),
        ),
        Target(
            id="feedback_lapse",
            clause=ClauseId("9.2"),
            label=Text("no feedback: moved to 待确认", "待反馈转待确认"),
            budget=WorkingDays(waiting.feedback_lapses_after_days),
            starts=_entering(Status.AWAITING_FEEDBACK),
            stops=(On(events.FeedbackLapsed),),
            cancels=_leaving(Status.AWAITING_FEEDBACK, but=events.FeedbackLapsed),
            not_before_due=True,
        ),
        Target(
            id="confirmation_lapse",
            clause=ClauseId("9.3"),
            label=Text("no objection: confirmed automatically", "待确认自动确认"),
            budget=WorkingDays(waiting.confirmation_lapses_after_days),
            starts=_entering(Status.AWAITING_CONFIRMATION),
            stops=(On(events.ConfirmationLapsed),),
            cancels=_leaving(Status.AWAITING_CONFIRMATION, but=events.ConfirmationLapsed),
            not_before_due=True,
        ),
    )
