"""Cycles: every cycle of one clock on a block of tickets, read at an instant.

What is computed here for arrays is what ``sla.clocks`` computes for one ticket; the tests hold
the two equal.
"""

from typing import Any, Final

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from ticketrules.analysis.block import NEVER, Flags, Ints
from ticketrules.analysis.cases import FACTS
from ticketrules.analysis.pauses import pauses_of
from ticketrules.analysis.plan import ClockPlan
from ticketrules.analysis.service_dates import ServiceDates
from ticketrules.analysis.spans import Spans
from ticketrules.analysis.timing import Timing
from ticketrules.calendar.timeline import MICROSECOND
from ticketrules.sla import (
    CalendarTime,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    Verdict,
    WorkingDays,
)

VERDICTS: Final = tuple(Verdict)
_CODE: Final = {verdict: code for code, verdict in enumerate(VERDICTS)}
_UNANSWERED: Final = next(fact for fact in FACTS if fact.name == "unanswered_since")
_LATE: Final = int(np.iinfo(np.int64).max)


@define(eq=False)
class Cycles:
    """The cycles of one clock, as columns; instants and amounts in microseconds.

    Attributes:
        ticket: The number of each one's ticket in the block.
        cycle: 1 for the clock's first cycle on its ticket.
        verdict: The code of its verdict.
        read_at: The instant of the reading, or of the stop where that came first.
        started_by: The place of the event that began it.
        stopped_by: The place of the event that ended it; -1 while it is open.
        agent: Twice the place of the event that tells the agent, and one more where the event
            names the agent instead of being the agent's; -1 for none.
        others: As in ``Reading``; ``NEVER`` for none.
    """

    ticket: Ints
    cycle: Ints
    verdict: NDArray[np.uint8]
    read_at: Ints
    started_at: Ints
    started_by: Ints
    stopped_by: Ints
    budget: Ints
    elapsed: Ints
    paused: Ints
    deadline: Ints
    due_at: Ints
    breached_at: Ints
    overrun: Ints
    remaining: Ints
    agent: Ints
    provisional: Flags
    changes_at: Ints

    def __len__(self) -> int:
        """How many cycles there are."""
        return len(self.ticket)


def read_cycles(plan: ClockPlan, spans: Spans, dates: ServiceDates) -> Cycles:
    """What is to be said of the cycles of a clock.

    Args:
        plan: The clock.
        spans: From which event to which each of them runs.
        dates: The dates of the calendar in which it counts.

    Raises:
        CalendarError: An instant that cannot be reckoned with.
        UnannouncedError: One on a day that is not known.
    """
    return _Reading(plan, spans, dates).cycles()


@define(eq=False)
class _Reading:
    """The cycles of one clock while they are read."""

    plan: ClockPlan
    spans: Spans
    dates: ServiceDates
    is_plain: bool = field(init=False)
    time: Timing = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.is_plain = isinstance(self.plan.target.budget, CalendarTime)
        self.time = Timing(None if self.is_plain else self.dates.calendar)

    def cycles(self) -> Cycles:
        """All that is to be said of them."""
        spans, target, size = self.spans, self.plan.target, len(self.spans)
        start, end, is_open, is_met = spans.started_at, spans.read_at, spans.is_open, spans.is_met
        budget, deadline, due_at = self._terms()
        paused, stands = np.zeros(size, np.int64), np.zeros(size, bool)
        elapsed = self.time.elapsed(start, end)
        if budget is not None:
            pauses = pauses_of(self.plan.pausing, spans, self.time)
            if pauses is not None:
                stands[pauses.which], elapsed[pauses.which] = pauses.stands, pauses.elapsed
                paused[pauses.which] = pauses.paused
            if target.cumulative:
                budget = self._left(budget, elapsed)
            deadline = self.time.advance(start, budget)
            breached_at = np.where(end > deadline, deadline, NEVER)
            if pauses is not None:
                deadline[pauses.which], breached_at[pauses.which] = pauses.deadlines(budget)
        else:
            late = (end > deadline) & (deadline != NEVER)
            # A time that was promised when it had passed already is broken from the start.
            breached_at = np.where(late, np.maximum(deadline, start), NEVER)
        early = np.zeros(size, bool)
        if target.not_before_due:
            early = is_met & (due_at != NEVER) & (end < due_at)
            breached_at = np.where(early & (breached_at == NEVER), end, breached_at)
        is_breached = breached_at != NEVER
        verdict = np.full(size, _CODE[Verdict.CANCELLED], np.uint8)
        verdict[is_met] = _CODE[Verdict.MET]
        verdict[is_open] = _CODE[Verdict.RUNNING]
        verdict[is_open & stands] = _CODE[Verdict.PAUSED]
        verdict[is_breached] = _CODE[Verdict.BREACHED]
        overrun, remaining = np.zeros(size, np.int64), np.zeros(size, np.int64)
        if budget is not None:
            overrun = np.maximum(elapsed - budget, 0)
            remaining[is_open] = np.maximum(budget - elapsed, 0)[is_open]
        else:
            over = np.flatnonzero(is_breached & ~early)
            overrun[over] = self.time.elapsed(breached_at[over], end[over])
            left = np.flatnonzero(is_open & ~is_breached & (deadline != NEVER))
            remaining[left] = self.time.elapsed(end[left], deadline[left])
        changes_at = self._changes(deadline, due_at, is_breached)
        if budget is not None and target.thresholds:
            self._cross(changes_at, np.flatnonzero(is_open & ~stands), budget, elapsed)
        # What falls due, or is the system's to do, is nobody's.
        no_agent = np.full(size, -1)
        agent = no_agent if target.command is not None else spans.agent(breached_at)
        agent[due_at != NEVER] = -1
        shown = np.where(deadline == NEVER, breached_at, deadline)
        until = np.where((shown == NEVER) | (shown < end), end, shown)
        plain = self.is_plain
        return Cycles(
            ticket=spans.ticket,
            cycle=np.arange(1, size + 1) - spans.first,
            verdict=verdict,
            read_at=end,
            started_at=start,
            started_by=spans.started_by,
            stopped_by=spans.stopped_by,
            budget=np.full(size, NEVER) if budget is None else budget,
            elapsed=elapsed,
            paused=paused,
            deadline=shown,
            due_at=due_at,
            breached_at=breached_at,
            overrun=overrun,
            remaining=remaining,
            agent=agent,
            provisional=np.zeros(size, bool) if plain else self.dates.is_provisional(start, until),
            changes_at=changes_at,
        )

    def _terms(self) -> tuple[Ints | None, Ints, Ints]:
        """The budget, or else the deadline; and from when on the system may act."""
        terms: Any = self.plan.target.budget
        size, start = len(self.spans), self.spans.started_at
        never = np.full(size, NEVER)
        if isinstance(terms, ServiceTime | CalendarTime):
            return np.full(size, terms.amount // MICROSECOND), never, never
        if isinstance(terms, SameServiceDay):
            return self.time.elapsed(start, self.dates.arrival(start)), never, never
        if isinstance(terms, PromisedTime):
            promised = self.spans.block.promised
            assert promised is not None or not size  # noqa: S101 - a promise began it
            return None, never if promised is None else promised[self.spans.started_by], never
        assert isinstance(terms, WorkingDays)  # noqa: S101 - the plan has no other
        if not size:
            return None, never, never
        return None, *self.dates.due(
            start,
            terms.days,
            at_opening=terms.at_opening,
            closed_count=terms.closed_days_count,
        )

    def _left(self, budget: Ints, elapsed: Ints) -> Ints:
        """What the earlier cycles of each one's ticket left of the first one's budget."""
        first = self.spans.first
        before = np.cumsum(elapsed) - elapsed
        return np.maximum(budget[first] - (before - before[first]), 0)

    def _changes(self, deadline: Ints, due_at: Ints, is_breached: Flags) -> Ints:
        """When time alone will next change an open cycle, its thresholds left aside."""
        spans = self.spans
        changes = np.full(len(spans), NEVER)
        ones = np.flatnonzero(spans.is_open)
        if not len(ones):
            return changes
        due, ends = due_at[ones], deadline[ones]
        if (due != NEVER).any():
            # No step is taken over the head of a customer who has had no answer (9.2).
            block = spans.block
            waits = block.fact(_UNANSWERED)[block.last[spans.ticket[ones]]] != 0
            due = np.where(waits, NEVER, due)
        ahead = (ends != NEVER) & ~is_breached[ones] & (ends >= spans.as_of)
        coming = np.where(ahead, ends + 1, _LATE)
        coming = np.minimum(coming, np.where((due != NEVER) & (due > spans.as_of), due, _LATE))
        changes[ones] = np.where(coming == _LATE, NEVER, coming)
        return changes

    def _cross(self, changes: Ints, ones: Ints, budget: Ints, elapsed: Ints) -> None:
        """Bring forward the changes of running cycles that pass a threshold before."""
        kinds, kind = np.unique(budget[ones], return_inverse=True)
        for threshold in self.plan.target.thresholds:
            # A share is rounded as the scalar engine rounds it: one budget at a time.
            amounts = [threshold.amount(int(one) * MICROSECOND) // MICROSECOND for one in kinds]
            left = np.array(amounts, np.int64)[kind] - elapsed[ones]
            ahead = np.flatnonzero(left > 0)
            coming = self.time.advance(np.full(len(ahead), self.spans.as_of), left[ahead])
            known = changes[ones[ahead]]
            changes[ones[ahead]] = np.where(known == NEVER, coming, np.minimum(known, coming))
