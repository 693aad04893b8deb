"""The index of a set of targets: what a walk asks of each event, looked up before it starts."""

from collections.abc import Callable
from typing import Any

from ticketrules.sla.budgets import Budget, CalendarTime, RoundTheClock, ServiceTime, Terms
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.targets import Target, always, never
from ticketrules.tickets import TABLE, events
from ticketrules.tickets.lifecycle import QUIET
from ticketrules.tickets.model import Draft
from ticketrules.tickets.table import Rule

When = Callable[[Any, Draft], bool] | None
Ends = tuple[tuple[int, When, bool], ...]
Starts = tuple[tuple[int, When], ...]
Step = tuple[Rule, bool, Ends, Starts]


class TargetIndex:
    """What a walk asks of each event and each target, looked up before it starts.

    Attributes:
        steps: By kind of event, its row of the lifecycle's table; whether it changes neither a
            clock nor anything that a condition could ask about; and the conditions that it may
            fulfil, as (target, when, met), stops before cancels, and as (target, when).
        conditional: The targets that are not for every ticket.
        watchful: Whether a pause of any of them looks at more than a ticket's status and holder.
        plans: Each target with its terms, if they are the same whenever it starts, and whether
            the ticket's state can make its clock stand still.
    """

    __slots__ = ("conditional", "plans", "steps", "watchful")

    def __init__(self, targets: tuple[Target, ...], days: ServiceDays) -> None:
        ends: dict[type[events.Event], list[tuple[int, When, bool]]] = {}
        starts: dict[type[events.Event], list[tuple[int, When]]] = {}
        for number, target in enumerate(targets):
            for conditions, met in ((target.stops, True), (target.cancels, False)):
                for on in conditions:
                    ends.setdefault(on.event, []).append((number, on.when, met))
            for on in target.starts:
                starts.setdefault(on.event, []).append((number, on.when))
        self.steps: dict[type[events.Event], Step] = {
            kind: (
                rule,
                kind in QUIET and kind not in ends and kind not in starts,
                tuple(ends.get(kind, ())),
                tuple(starts.get(kind, ())),
            )
            for kind, rule in TABLE.items()
        }
        self.conditional = tuple(
            (number, target.applies)
            for number, target in enumerate(targets)
            if target.applies is not always
        )
        self.watchful = any(target.paused_by_more for target in targets)
        self.plans = tuple(
            (
                target,
                _constant_terms(target.budget, days),
                target.paused is not never,
            )
            for target in targets
        )


def _constant_terms(budget: Budget, days: ServiceDays) -> Terms | None:
    """The terms of an amount of time, which are the same whenever it starts."""
    if type(budget) is ServiceTime:
        return Terms(days.calendar, budget.amount)
    return Terms(RoundTheClock(), budget.amount) if type(budget) is CalendarTime else None
