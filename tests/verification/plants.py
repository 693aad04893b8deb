"""Defects to be planted, one by one or together, each in the table, the targets or beside them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from attrs import evolve, field, frozen

from ticketrules import Policy
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.routing import Agent, Roster, Shift
from ticketrules.sla import (
    CalendarTime,
    On,
    ServiceTime,
    SlaPolicy,
    Target,
    Terms,
    Threshold,
    Waiting,
    WorkingDays,
    marketplace_targets,
)
from ticketrules.tickets import TABLE, Channel, Role, Rule, Status, events
from ticketrules.tickets.table import Guard
from ticketrules.verification import FlawKind, verify

HOUR = timedelta(hours=1)
MINE = Text("a host's own", "自定义")


@frozen(kw_only=True)
class Setup:
    """What is verified."""

    waiting: Waiting = field(factory=Waiting)
    targets: tuple[Target, ...] = ()
    policies: tuple[SlaPolicy, ...] = ()
    table: dict[type[events.Event], Rule] = field(factory=lambda: dict(TABLE))
    channels: frozenset[Channel] = frozenset(Channel)
    roster: Roster | None = None

    def verified(self):
        """What verification says of it."""
        policy = Policy(waiting=self.waiting)
        usual = marketplace_targets(policy.promises, policy.waiting)
        first = SlaPolicy(name="first", targets=(*usual, *self.targets))
        return verify(
            policy,
            (first, *self.policies),
            table=self.table,
            channels=self.channels,
            roster=self.roster,
            during=(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)),
        )

    def with_rule(self, kind, **changes):
        """The setup with a row of its table changed."""
        return evolve(self, table={**self.table, kind: evolve(self.table[kind], **changes)})

    def without_reopening(self, status):
        """The setup in which a customer's message leaves a status as it is."""
        rule = self.table[events.CustomerWrote]
        return self.with_rule(events.CustomerWrote, reopens=rule.reopens - {status})

    def with_target(self, name, **parts):
        """The setup with one more target, which is sound but for what is given."""
        sound = {
            "id": name,
            "clause": ClauseId("8.3"),
            "label": MINE,
            "budget": ServiceTime(HOUR),
            "starts": (On(events.Submitted),),
            "stops": (On(events.Replied),),
            "cancels": (On(events.Closed),),
        }
        return evolve(self, targets=(*self.targets, Target(**{**sound, **parts})))


@frozen
class NoTime:
    """A budget that names no time."""

    is_amount: ClassVar[bool] = False

    def terms(self, start, days):
        return Terms(days.calendar)


def _in_feedback(ticket):
    return MINE if ticket.status is Status.AWAITING_FEEDBACK else None


def _left_feedback(_event, ticket):
    return ticket.status is not Status.AWAITING_FEEDBACK


LEFT = tuple(
    On(rule.event, _left_feedback)
    for rule in TABLE.values()
    if rule.after is not None or rule.reopens
)

NEVER = Guard(
    Reason(ClauseId("4.6"), MINE), lambda ticket, _event: ticket.status not in set(Status)
)


LUNCHLESS = Roster(
    agents=[Agent(id="li")],
    shifts=[
        Shift(agent="li", hours=hours, on=[date(2026, 3, day) for day in range(2, 9)])
        for hours in ("09:00-12:00", "13:00-18:00")
    ],
)


@frozen
class Plant:
    """A defect.

    Attributes:
        kind: What verification calls it.
        subject: What it finds flawed.
        clause: Under which clause.
        into: Plants it into a setup.
    """

    kind: FlawKind
    subject: str
    clause: str
    into: Callable[[Setup], Setup]

    def __str__(self):
        return f"{self.kind}-{self.subject}"


PLANTS = (
    Plant(
        FlawKind.UNREACHABLE_STATUS,
        "new",
        "5.1",
        lambda setup: setup.with_rule(events.Submitted, after=Status.IN_PROGRESS),
    ),
    Plant(
        FlawKind.UNREACHABLE_TRANSITION,
        "reported",
        "4.6",
        lambda setup: setup.with_rule(events.Reported, guards=(NEVER,)),
    ),
    Plant(
        FlawKind.CANNOT_CLOSE,
        "resolved",
        "5.1",
        lambda setup: setup.without_reopening(Status.RESOLVED).with_rule(
            events.Closed, before=TABLE[events.Closed].before - {Status.RESOLVED}
        ),
    ),
    Plant(
        FlawKind.NO_WAY_BACK,
        "awaiting_feedback",
        "5.1",
        lambda setup: setup.without_reopening(Status.AWAITING_FEEDBACK),
    ),
    Plant(
        FlawKind.LAPSE_OVER_UNANSWERED,
        "confirmation_lapsed",
        "9.3",
        lambda setup: setup.without_reopening(Status.AWAITING_CONFIRMATION).with_rule(
            events.ConfirmationLapsed, guards=()
        ),
    ),
    Plant(
        FlawKind.SHADOWED_POLICY,
        "second",
        "8.3",
        lambda setup: evolve(
            setup,
            policies=(
                *setup.policies,
                SlaPolicy(
                    name="second",
                    targets=Setup().with_target("of_the_second").targets,
                    matches=lambda ticket: ticket.business_stopping_at is not None,
                ),
            ),
        ),
    ),
    Plant(
        FlawKind.UNMATCHED_POLICY,
        "for nobody",
        "8.3",
        lambda setup: evolve(
            setup,
            policies=(
                *setup.policies,
                SlaPolicy(
                    name="for nobody",
                    targets=Setup().with_target("of_nobody").targets,
                    matches=lambda ticket: (
                        ticket.status is Status.NEW
                        and ticket.first_answered_at is not None
                        and ticket.clarified_at is not None
                    ),
                ),
            ),
        ),
    ),
    Plant(
        FlawKind.NEVER_STARTS,
        "unstarted",
        "8.3",
        lambda setup: setup.with_target(
            "unstarted",
            starts=(On(events.Submitted, lambda event, _ticket: event.by.role is Role.SYSTEM),),
        ),
    ),
    Plant(
        FlawKind.NEVER_STOPS,
        "unstopped",
        "8.3",
        lambda setup: setup.with_target(
            "unstopped",
            stops=(On(events.Replied, lambda event, _ticket: event.by.role is Role.CUSTOMER),),
        ),
    ),
    Plant(
        FlawKind.NEVER_RUNS_OUT,
        "endless",
        "8.3",
        lambda setup: setup.with_target("endless", budget=NoTime()),
    ),
    Plant(
        FlawKind.START_EXCLUDES_PAUSE,
        "standing",
        "8.3",
        lambda setup: setup.with_target(
            "standing", starts=(On(events.FeedbackRequested),), cancels=LEFT, paused=_in_feedback
        ),
    ),
    Plant(
        FlawKind.PERMANENTLY_PAUSED,
        "stuck",
        "8.3",
        lambda setup: setup.with_target(
            "stuck",
            stops=(On(events.Closed),),
            cancels=(),
            paused=lambda ticket: MINE if ticket.clarified_at is not None else None,
        ),
    ),
    Plant(
        FlawKind.DEADLINE_AFTER_LAPSE,
        "outlived",
        "8.3",
        lambda setup: setup.with_target(
            "outlived",
            budget=WorkingDays(10),
            starts=(On(events.FeedbackRequested),),
            stops=(On(events.CustomerWrote, lambda event, _ticket: event.asks),),
            cancels=LEFT,
        ),
    ),
    Plant(
        FlawKind.REMINDER_NOT_BEFORE_LAPSE,
        "feedback_reminder",
        "9.1",
        lambda setup: evolve(setup, waiting=Waiting(reminder_after_days=7)),
    ),
    Plant(
        FlawKind.THRESHOLDS_OUT_OF_ORDER,
        "disordered",
        "8.3",
        lambda setup: setup.with_target(
            "disordered",
            budget=CalendarTime(HOUR),
            thresholds=(Threshold(share=0.75, about=MINE), Threshold(lead=HOUR / 2, about=MINE)),
        ),
    ),
    Plant(
        FlawKind.UNDECLARED_CHANNEL,
        "text_message",
        "9.1",
        lambda setup: evolve(setup, channels=setup.channels - {Channel.TEXT_MESSAGE}),
    ),
    Plant(
        FlawKind.ROSTER_GAP,
        "roster",
        "3.3",
        lambda setup: evolve(setup, roster=LUNCHLESS),
    ),
)
"""One of each kind; none of them causes another."""
