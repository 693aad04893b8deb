"""The marketplace's targets, composed from the settings and the lifecycle's table."""

from typing import Final

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla.alarms import phone_customer
from ticketrules.sla.budgets import PromisedTime, SameServiceDay, ServiceTime, WorkingDays
from ticketrules.sla.settings import Promises, Waiting
from ticketrules.sla.targets import On, Target
from ticketrules.sla.vocabulary import ANSWER, MESSAGE, OVER, TOLD_SOLVED, entering, leaving
from ticketrules.tickets import WAITING, Status, commands, events
from ticketrules.tickets.model import Draft

WITH_PLATFORM: Final = Text("the platform holds the ticket", "工单在平台处")
WITH_CUSTOMER: Final = Text("the customer has the ball", "等待客户")


def _reopens(event: events.CustomerWrote, ticket: Draft) -> bool:
    return event.asks and ticket.status is Status.IN_PROGRESS


def _stops_business(ticket: Draft) -> bool:
    return ticket.business_stopping_at is not None


def _begins(_event: events.Submitted, ticket: Draft) -> bool:
    return ticket.status is Status.NEW


_SUBMISSION: Final = On(events.Submitted, _begins)
_QUESTION: Final = (
    _SUBMISSION,
    *MESSAGE,
    On(events.Rejected),
)


def marketplace_targets(promises: Promises, waiting: Waiting) -> tuple[Target, ...]:
    """The marketplace's targets under the given settings, by clause."""

    def with_platform(ticket: Draft) -> Text | None:
        held = ticket.with_platform_since is not None and not promises.platform_time_counts
        return WITH_PLATFORM if held else None

    def with_platform_or_customer(ticket: Draft) -> Text | None:
        return WITH_CUSTOMER if ticket.status in WAITING else with_platform(ticket)

    def not_promised(event: events.Clarified, ticket: Draft) -> bool:
        return ticket.promised_for is None or ticket.promised_for <= event.at

    def within(days: int, *, at_opening: bool = False) -> WorkingDays:
        return WorkingDays(days, at_opening, waiting.closed_days_count)

    targets = (
        Target(
            id="same_day_resolution",
            clause=ClauseId("7.1"),
            label=Text("solved on the same day", "当天解决"),
            budget=SameServiceDay(),
            starts=(
                _SUBMISSION,
                On(events.Rejected),
                On(events.CustomerWrote, _reopens),
                On(events.Accepted),
            ),
            stops=(*TOLD_SOLVED, On(events.Confirmed)),
            cancels=OVER,
            paused=with_platform,
            applies=_stops_business,
            on_breach=(phone_customer,),
        ),
        Target(
            id="first_response",
            clause=ClauseId("8.1"),
            label=Text("first response", "首次响应"),
            budget=ServiceTime(promises.first_response),
            starts=(_SUBMISSION,),
            stops=ANSWER,
            cancels=OVER,
            paused=with_platform,
            once=True,
        ),
        Target(
            id="resolution_commitment",
            clause=ClauseId("8.2"),
            label=Text("resolution time announced", "告知预计解决时间"),
            budget=ServiceTime(promises.resolution_commitment),
            starts=(On(events.Clarified, not_promised),),
            stops=(On(events.ResolutionPromised), *TOLD_SOLVED),
            cancels=OVER,
            paused=with_platform_or_customer,
        ),
        Target(
            id="promised_time",
            clause=ClauseId("8.2"),
            label=Text("promised time kept", "按承诺时间解决"),
            budget=PromisedTime(),
            starts=(On(events.ResolutionPromised),),
            stops=TOLD_SOLVED,
            cancels=(On(events.ResolutionPromised), *OVER),
        ),
        Target(
            id="next_reply",
            clause=ClauseId("8.3"),
            label=Text("answer to every message", "及时回复"),
            budget=ServiceTime(promises.next_reply),
            starts=_QUESTION,
            stops=ANSWER,
            cancels=OVER,
            paused=with_platform,
        ),
        Target(
            id="feedback_reminder",
            clause=ClauseId("9.1"),
            label=Text("reminder while waiting for feedback", "待反馈提醒"),
            budget=within(waiting.reminder_after_days, at_opening=True),
            starts=entering(Status.AWAITING_FEEDBACK),
            stops=(On(events.Reminded),),
            cancels=leaving(Status.AWAITING_FEEDBACK),
            command=commands.Remind,
        ),
        Target(
            id="feedback_lapse",
            clause=ClauseId("9.2"),
            label=Text("no feedback: moved to 待确认", "待反馈转待确认"),
            budget=within(waiting.feedback_lapses_after_days),
            starts=entering(Status.AWAITING_FEEDBACK),
            stops=(On(events.FeedbackLapsed),),
            cancels=leaving(Status.AWAITING_FEEDBACK),
            command=commands.LapseFeedback,
            not_before_due=True,
        ),
        Target(
            id="confirmation_lapse",
            clause=ClauseId("9.3"),
            label=Text("no objection: confirmed automatically", "待确认自动确认"),
            budget=within(waiting.confirmation_lapses_after_days),
            starts=entering(Status.AWAITING_CONFIRMATION),
            stops=(On(events.ConfirmationLapsed),),
            cancels=leaving(Status.AWAITING_CONFIRMATION),
            command=commands.LapseConfirmation,
            not_before_due=True,
        ),
    )
    return targets if promises.same_day_resolution else targets[1:]
