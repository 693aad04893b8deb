"""Plans: a desk's policies made ready for columns, and what of them columns cannot express."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import numpy as np
from attrs import frozen

from ticketrules.analysis.block import Block, Flags, Ints
from ticketrules.analysis.cases import (
    FACTS,
    OF_EVENTS,
    STATUS,
    Cases,
    InexpressibleError,
    tabulate,
)
from ticketrules.analysis.sorts import SORTS, Bytes, fact_table, sorts_of, table_of, transitions
from ticketrules.clauses import Text
from ticketrules.desk import Desk
from ticketrules.sla import (
    CalendarTime,
    On,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    Target,
    WorkingDays,
)

NO, MET, CANCELLED = 0, 1, 2
"""What an event does to an open cycle: nothing, stop it, or take its ground away."""

_BUDGETS: Final = (CalendarTime, PromisedTime, SameServiceDay, ServiceTime, WorkingDays)
_HELD: Final = "with_platform_since"


@frozen(eq=False)
class Asked:
    """A condition that the event alone does not decide, with the sorts that it is asked for."""

    sorts: Bytes
    cases: Cases
    outcome: int


@frozen(eq=False)
class Conditions:
    """Several conditions, the first that holds deciding.

    Attributes:
        plain: By sort, the outcome that the event alone decides.
        asked: The others, each tried before those after it.
    """

    plain: Bytes
    asked: tuple[Asked, ...]

    def of(self, block: Block) -> Bytes:
        """The outcome at every event of a block."""
        found = block.looked_up(self.plain)
        for one in reversed(self.asked):
            events = np.flatnonzero(block.looked_up(one.sorts) != 0)
            if len(events):
                holds = block.holds(one.cases, events)
                found[events[holds]] = one.outcome
        return found


@frozen(eq=False)
class Pausing:
    """Why a clock stands still: by status and whether the platform holds the ticket.

    Attributes:
        reasons: The reasons; number zero is none.
        cases: The condition, whose outcomes are those reasons or ``None``.
        codes: The reason's number in each case.
    """

    reasons: tuple[Text | None, ...]
    cases: Cases
    codes: Bytes

    def of(self, block: Block) -> Bytes:
        """The reason's number after each event of a block."""
        return self.codes.take(block.coded(self.cases))


@frozen(eq=False)
class ClockPlan:
    """One target made ready.

    Attributes:
        number: Its place among its policy's.
        target: The target.
        starts: What starts a cycle.
        ends: What ends one.
        pausing: What makes it stand still; ``None`` if nothing does.
        applies: Whether it concerns a ticket; ``None`` if it concerns each.
    """

    number: int
    target: Target
    starts: Conditions
    ends: Conditions
    pausing: Pausing | None
    applies: Cases | None

    def concerns(self, block: Block) -> Flags | None:
        """Which of a block's tickets it concerns; ``None`` for all."""
        return None if self.applies is None else block.holds(self.applies, block.last)


@frozen
class Unplanned:
    """A clock that is left to the scalar engine, and why."""

    number: int
    clock: str
    reason: str


@frozen(eq=False)
class PolicyPlan:
    """One policy made ready.

    Attributes:
        name: Its name.
        clocks: What columns express.
        unplanned: What they do not.
    """

    name: str
    clocks: tuple[ClockPlan, ...]
    unplanned: tuple[Unplanned, ...]


@frozen(eq=False)
class Plan:
    """All of a desk's policies made ready.

    Attributes:
        policies: In the order in which they are tried.
        matches: Which tickets each is for; ``None`` if it is for all.
        reason: Why all tickets are left to the scalar engine; ``None`` if they are not.
    """

    policies: tuple[PolicyPlan, ...]
    matches: tuple[Cases | None, ...]
    reason: str | None = None

    def chosen(self, block: Block) -> Ints:
        """The policy of each of a block's tickets; one past the last for none."""
        found = np.full(block.tickets, len(self.policies))
        for number in reversed(range(len(self.policies))):
            cases = self.matches[number]
            if cases is None:
                found[:] = number
            else:
                found[block.holds(cases, block.last)] = number
        return found


def plan_of(desk: Desk) -> Plan:
    """Make a desk's policies ready."""
    book = desk.clocks
    matches: list[Cases | None] = []
    reason = unfollowed()
    if reason is not None:
        return Plan((), (), reason)
    for policy in book.policies:
        try:
            matches.append(_unless_constant(tabulate(policy.matches)))
        except InexpressibleError as error:
            reason = reason or f"policy {policy.name!r} matches: {error}"
            matches.append(None)
    policies = tuple(_policy_plan(one.name, one.targets) for one in book.policies)
    return Plan(policies, tuple(matches), reason)


@cache
def unfollowed() -> str | None:
    """What the lifecycle does that columns cannot follow; ``None`` if they follow all of it."""
    try:
        transitions()
        for fact in FACTS:
            fact_table(fact)
    except InexpressibleError as error:
        return f"the lifecycle: {error}"
    return None


def _unless_constant(cases: Cases) -> Cases | None:
    return None if cases.is_constant and cases.outcomes[0] else cases


def _policy_plan(name: str, targets: tuple[Target, ...]) -> PolicyPlan:
    clocks: list[ClockPlan] = []
    unplanned: list[Unplanned] = []
    for number, target in enumerate(targets):
        try:
            clocks.append(_clock_plan(number, target))
        except InexpressibleError as error:
            unplanned.append(Unplanned(number, target.id, str(error)))
    return PolicyPlan(name, tuple(clocks), tuple(unplanned))


def _clock_plan(number: int, target: Target) -> ClockPlan:
    if type(target.budget) not in _BUDGETS:
        raise InexpressibleError(f"a budget of its own, {type(target.budget).__name__}")
    ends = [(on, MET) for on in target.stops] + [(on, CANCELLED) for on in target.cancels]
    return ClockPlan(
        number=number,
        target=target,
        starts=_conditions((on, MET) for on in target.starts),
        ends=_conditions(ends),
        pausing=_pausing(target),
        applies=_unless_constant(tabulate(target.applies)),
    )


def _conditions(several: Iterable[tuple[On, int]]) -> Conditions:
    """Conditions in order; the first that holds of an event decides."""
    plain = np.zeros(256, np.uint8)
    asked: list[Asked] = []
    blocked: set[int] = set()  # sorts with a condition that is asked before
    for on, outcome in several:
        if on.when is None:
            holding, cases = dict.fromkeys(sorts_of(on.event), True), None
        else:
            cases = tabulate(on.when, on.event)
            if set(cases.features) <= set(OF_EVENTS):
                holding, cases = table_of(cases, on.event), None
            else:
                holding = dict.fromkeys(sorts_of(on.event), True)
        wanted = [code for code, holds in holding.items() if holds and not plain[code]]
        if cases is None and not blocked.intersection(wanted):
            plain[wanted] = outcome
        elif wanted:
            sorts = np.zeros(256, np.uint8)
            sorts[wanted] = 1
            asked.append(Asked(sorts, cases or Cases((), (True,)), outcome))
            blocked.update(wanted)
    return Conditions(plain, tuple(asked))


def _pausing(target: Target) -> Pausing | None:
    cases = tabulate(target.paused)
    if not target.budget.is_amount or (cases.is_constant and cases.outcomes[0] is None):
        return None
    for feature in cases.features:
        if feature is not STATUS and feature.name != _HELD:
            raise InexpressibleError(f"it pauses by {feature.name!r}")
    reasons: list[Any] = [None]
    for one in cases.outcomes:
        if one not in reasons:
            reasons.append(one)
    codes = np.array([reasons.index(one) for one in cases.outcomes], np.uint8)
    return Pausing(tuple(reasons), cases, codes)


assert len(SORTS) < 256  # noqa: S101 - their codes are bytes
