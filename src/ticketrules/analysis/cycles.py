"""Cycles: every cycle of one clock on a block of tickets, read at an instant.

What is computed here for arrays is what ``sla.clocks`` computes for one ticket; the tests hold
the two equal.
"""

from datetime import timedelta
from typing import Any, Final

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from ticketrules.analysis.block import CLOSED, NEVER, Block, Flags, Ints
from ticketrules.analysis.cases import FACTS
from ticketrules.analysis.plan import MET, ClockPlan, Pausing
from ticketrules.analysis.service_dates import ServiceDates
from ticketrules.analysis.sorts import SORTS
from ticketrules.calendar.timeline import MICROSECOND
from ticketrules.sla import (
    CalendarTime,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    Verdict,
    WorkingDays,
)
from ticketrules.tickets.values import Role

VERDICTS: Final = tuple(Verdict)
_CODE: Final = {verdict: code for code, verdict in enumerate(VERDICTS)}
_UNANSWERED: Final = next(fact for fact in FACTS if fact.name == "unanswered_since")
_BY_AGENT: Final = np.array([sort.role is Role.AGENT for sort in SORTS] + [False] * 256)[:256]
_BY_PLATFORM: Final = np.array([sort.role is Role.PLATFORM for sort in SORTS] + [False] * 256)[:256]


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


class Timing:
    """Amounts of time in arrays of microseconds, by one calendar or around the clock.

    Args:
        dates: The calendar's dates; ``None`` for plain time.
    """

    def __init__(self, dates: ServiceDates | None) -> None:
        self._calendar = None if dates is None else dates.calendar

    def elapsed(self, start: Ints, end: Ints) -> Ints:
        """The time that counts in each ``[start, end)``."""
        if self._calendar is None:
            return end - start
        if not len(start):
            return np.zeros(0, np.int64)
        found = self._calendar.elapsed_array(start.view("M8[us]"), end.view("M8[us]"))
        return found.view(np.int64)

    def advance(self, start: Ints, amount: Ints) -> Ints:
        """The earliest instant with so much counted time since each start."""
        if self._calendar is None:
            return start + amount
        if not len(start):
            return np.zeros(0, np.int64)
        found = self._calendar.advance_array(start.view("M8[us]"), amount.view("m8[us]"))
        return found.view(np.int64)


def read_cycles(plan: ClockPlan, block: Block, dates: ServiceDates, now: int) -> Cycles:
    """Every cycle of a clock on a block of tickets.

    Args:
        plan: The clock.
        block: The tickets, without the events after ``now``.
        dates: The dates of the calendar in which it counts.
        now: The instant of the reading, in microseconds since the epoch.

    Raises:
        CalendarError: An instant that cannot be reckoned with.
        UnannouncedError: One on a day that is not known.
    """
    started_by, stopped_by, met = _paired(plan, block)
    ticket = block.ticket[started_by].astype(np.int64)
    if plan.applies is not None or plan.target.once:
        keep = np.ones(len(ticket), bool)
        concerned = plan.concerns(block)
        if concerned is not None:
            keep &= concerned[ticket]
        if plan.target.once:
            keep &= np.append(True, ticket[1:] != ticket[:-1])[: len(ticket)]
        started_by, stopped_by, ticket = (one[keep] for one in (started_by, stopped_by, ticket))
        met = met[keep]
    started_at = block.at[started_by]
    is_open = stopped_by < 0
    read_at = np.where(is_open, now, block.at[stopped_by])
    reading = _Reading(plan, block, dates, ticket, started_by, stopped_by, started_at, read_at)
    return reading.cycles(met)


def _paired(plan: ClockPlan, block: Block) -> tuple[Ints, Ints, Flags]:
    """Where each cycle starts and ends (-1 if it does not), and whether it is met there."""
    starting = np.flatnonzero(plan.starts.of(block) != 0)
    starting = starting[block.status.take(starting) != CLOSED]
    outcome = plan.ends.of(block)
    ending = np.flatnonzero(outcome != 0)
    # A cycle that is open ends with the first event that ends any; so of all that would start
    # one, only the first since the last end does. An event ends what is open before it starts.
    passed = np.searchsorted(ending, starting, "right")
    ticket = block.ticket.take(starting)
    new = np.ones(len(starting), bool)
    new[1:] = (passed[1:] != passed[:-1]) | (ticket[1:] != ticket[:-1])
    kept = np.flatnonzero(new)
    starting, ticket = starting.take(kept), ticket.take(kept)
    stopped = np.append(ending, -1).take(passed.take(kept))
    stopped[block.ticket.take(stopped, mode="wrap") != ticket] = -1
    is_met = outcome.take(stopped, mode="wrap") == MET
    is_met &= stopped >= 0
    return starting, stopped, is_met


def _numbered(ticket: Ints) -> Ints:
    """1 for the first cycle of each ticket, 2 for the second, and so on."""
    place = np.arange(len(ticket))
    first = np.ones(len(ticket), bool)
    first[1:] = ticket[1:] != ticket[:-1]
    return place - np.maximum.accumulate(np.where(first, place, 0)) + 1


@frozen(eq=False)
class _Rested:
    """The cycles that ever stood still.

    Attributes:
        which: Their numbers.
        stands: Whether each stands still at its end.
        others: As in ``Cycles``; the deadline ``NEVER`` for those that stand.
    """

    which: Ints
    stands: Flags
    elapsed: Ints
    paused: Ints
    breached_at: Ints
    deadline: Ints


@define(eq=False)
class _Reading:
    """The cycles of one clock while they are read."""

    plan: ClockPlan
    block: Block
    dates: ServiceDates
    ticket: Ints
    started_by: Ints
    stopped_by: Ints
    started_at: Ints
    read_at: Ints
    is_open: Flags = field(init=False)
    is_plain: bool = field(init=False)
    time: Timing = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.is_open = self.stopped_by < 0
        self.is_plain = isinstance(self.plan.target.budget, CalendarTime)
        self.time = Timing(None if self.is_plain else self.dates)

    def cycles(self, met: Flags) -> Cycles:
        """All that is to be said of them."""
        budget, deadline, due_at = self._terms()
        size = len(self.ticket)
        never = np.full(size, NEVER)
        start, end, is_open = self.started_at, self.read_at, self.is_open
        paused = np.zeros(size, np.int64)
        stands = np.zeros(size, bool)
        elapsed = self.time.elapsed(start, end)
        if budget is not None:
            deadline = self.time.advance(start, budget)
            breached_at = np.where(end > deadline, deadline, NEVER)
            rested = self._rested(self.plan.pausing, budget)
            if rested is not None:
                ones = rested.which
                stands[ones], elapsed[ones] = rested.stands, rested.elapsed
                paused[ones], deadline[ones] = rested.paused, rested.deadline
                breached_at[ones] = rested.breached_at
        else:
            late = (end > deadline) & (deadline != NEVER)
            # A time that was promised when it had passed already is broken from the start.
            breached_at = np.where(late, np.maximum(deadline, start), NEVER)
        early = np.zeros(size, bool)
        if self.plan.target.not_before_due:
            early = met & (due_at != NEVER) & (end < due_at)
            breached_at = np.where(early & (breached_at == NEVER), end, breached_at)
        is_breached = breached_at != NEVER
        verdict = np.full(size, _CODE[Verdict.CANCELLED], np.uint8)
        verdict[met] = _CODE[Verdict.MET]
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
        shown = np.where(deadline == NEVER, breached_at, deadline)
        until = np.where((shown == NEVER) | (shown < end), end, shown)
        plain = self.is_plain
        return Cycles(
            ticket=self.ticket,
            cycle=_numbered(self.ticket),
            verdict=verdict,
            read_at=end,
            started_at=start,
            started_by=self.started_by,
            stopped_by=self.stopped_by,
            budget=never if budget is None else budget,
            elapsed=elapsed,
            paused=paused,
            deadline=shown,
            due_at=due_at,
            breached_at=breached_at,
            overrun=overrun,
            remaining=remaining,
            agent=self._credit(due_at, breached_at),
            provisional=np.zeros(size, bool) if plain else self.dates.is_provisional(start, until),
            changes_at=changes_at,
        )

    def _terms(self) -> tuple[Ints | None, Ints, Ints]:
        """The budget, or else the deadline; and from when on the system may act."""
        terms: Any = self.plan.target.budget
        size, start = len(self.ticket), self.started_at
        never = np.full(size, NEVER)
        if isinstance(terms, ServiceTime | CalendarTime):
            return np.full(size, _micros(terms.amount)), never, never
        if isinstance(terms, SameServiceDay):
            return self.time.elapsed(start, self.dates.arrival(start)), never, never
        if isinstance(terms, PromisedTime):
            assert self.block.promised is not None or not size  # noqa: S101 - a promise began it
            if self.block.promised is None:
                return None, never, never
            return None, self.block.promised[self.started_by], never
        assert isinstance(terms, WorkingDays)  # noqa: S101 - the plan has no other
        if not size:
            return None, never, never
        return None, *self.dates.due(
            start,
            terms.days,
            at_opening=terms.at_opening,
            closed_count=terms.closed_days_count,
        )

    def _rested(self, pausing: Pausing | None, budget: Ints) -> _Rested | None:
        """The cycles that ever stood still, their pauses taken out; ``None`` if there are none."""
        if pausing is None or not len(self.ticket):
            return None
        state = pausing.of(self.block)
        if not state.any():
            return None
        block = self.block
        stands_at = state != 0
        turns = np.flatnonzero(stands_at[1:] != stands_at[:-1]) + 1
        # Where each cycle's events end: what ends it comes before any pause that it brings.
        beyond = np.where(self.is_open, block.first[self.ticket + 1], self.stopped_by)
        low = np.searchsorted(turns, self.started_by, "right")
        high = np.searchsorted(turns, beyond, "left")
        steady = (high == low) & ~stands_at[self.started_by]
        ones = np.flatnonzero(~steady)
        if not len(ones):
            return None
        # One stretch from the start of each cycle, and one from each turn within it.
        counts = high[ones] - low[ones] + 1
        bounds = np.append(0, np.cumsum(counts))
        owner = np.repeat(np.arange(len(ones)), counts)
        nth = np.arange(bounds[-1]) - bounds[owner]
        at_turn = turns[np.minimum(low[ones][owner] + nth - 1, len(turns) - 1)]
        from_event = np.where(nth == 0, self.started_by[ones][owner], at_turn)
        since = block.at[from_event]
        until = np.append(since[1:], 0)
        until[bounds[1:] - 1] = self.read_at[ones]
        runs = ~stands_at[from_event]
        length = self.time.elapsed(since, until)
        counted = np.where(runs, length, 0)
        before = np.cumsum(counted) - counted
        before -= before[bounds[:-1]][owner]
        left = np.maximum(budget[ones][owner] - before, 0)
        ends = np.full(len(since), NEVER)
        running = np.flatnonzero(runs)
        ends[running] = self.time.advance(since[running], left[running])
        breaks = np.flatnonzero(runs & (until > ends))
        broken, first = np.unique(owner[breaks], return_index=True)
        breached_at = np.full(len(ones), NEVER)
        breached_at[broken] = ends[breaks[first]]
        final = bounds[1:] - 1
        deadline = np.where(runs[final], ends[final], NEVER)
        # Once broken, no new deadline is set.
        deadline[broken] = breached_at[broken]
        return _Rested(
            which=ones,
            stands=stands_at[beyond[ones] - 1],
            elapsed=np.add.reduceat(counted, bounds[:-1]),
            paused=np.add.reduceat(length - counted, bounds[:-1]),
            breached_at=breached_at,
            deadline=deadline,
        )

    def _changes(self, deadline: Ints, due_at: Ints, is_breached: Flags) -> Ints:
        """When time alone will next change an open cycle."""
        changes = np.full(len(self.ticket), NEVER)
        ones = np.flatnonzero(self.is_open)
        if not len(ones):
            return changes
        now = self.read_at[ones]
        due, ends = due_at[ones], deadline[ones]
        if (due != NEVER).any():
            # No step is taken over the head of a customer who has had no answer (9.2).
            waits = self.block.fact(_UNANSWERED)[self.block.last[self.ticket[ones]]] != 0
            due = np.where(waits, NEVER, due)
        late = np.iinfo(np.int64).max
        ahead = (ends != NEVER) & ~is_breached[ones] & (ends >= now)
        coming = np.where(ahead, ends + 1, late)
        coming = np.minimum(coming, np.where((due != NEVER) & (due > now), due, late))
        changes[ones] = np.where(coming == late, NEVER, coming)
        return changes

    def _credit(self, due_at: Ints, breached_at: Ints) -> Ints:
        """The event that tells whose the cycle is."""
        block = self.block
        closing = np.where(
            self.is_open, block.first[self.ticket + 1] - 1, np.maximum(self.stopped_by, 0)
        )
        agent = block.keeper[closing]
        sort = block.sort[closing]
        ended = ~self.is_open
        did = ended & _BY_AGENT[sort] & block.has_by[closing]
        agent = np.where(did, 2 * closing, agent)
        agent = np.where(ended & _BY_PLATFORM[sort], -1, agent)
        broken = np.flatnonzero(breached_at != NEVER)
        if len(broken):
            found = self._last_by(
                block.first[self.ticket[broken]], closing[broken], breached_at[broken]
            )
            agent[broken] = block.keeper[found]
        agent[due_at != NEVER] = -1
        return agent

    def _last_by(self, low: Ints, high: Ints, instant: Ints) -> Ints:
        """The last event of each stretch of events, both ends included, not after an instant."""
        low, high = low.copy(), high.copy()
        at = self.block.at
        while True:
            wide = low < high
            if not wide.any():
                return low
            middle = (low + high + 1) // 2
            is_past = at[middle] <= instant
            low = np.where(wide & is_past, middle, low)
            high = np.where(wide & ~is_past, middle - 1, high)


def _micros(amount: timedelta) -> int:
    return amount // MICROSECOND
