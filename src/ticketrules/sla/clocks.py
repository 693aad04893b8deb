"""Clocks: what a history makes of the targets at an instant.

Everything is computed from the history and ``now``; nothing is stored and patched, so that asking
once gives the same answer as asking every minute.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import define, evolve, field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.sla.budgets import RoundTheClock, Terms
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.readings import Crossing, Pause, Reading, ReadingDraft, Verdict, freeze
from ticketrules.sla.targets import Target
from ticketrules.tickets import Role, Status, Ticket, events
from ticketrules.tickets.lifecycle import QUIET, fold, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import instant

_ZERO: Final = timedelta(0)

EVERY_TICKET: Final = Text("it is for every ticket", "适用于所有工单")
"""Why a policy without conditions is a ticket's."""


@define
class _Cycle:
    """A cycle while the history is walked."""

    number: int
    started_at: datetime
    started_by: str
    terms: Terms
    deadline: datetime | None
    counted: timedelta = _ZERO
    paused: timedelta = _ZERO
    running_from: datetime | None = None
    standing: tuple[datetime, Text, str] | None = None
    breached_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    crossings: tuple[Crossing, ...] = ()


When = Callable[[Any, Draft], bool] | None


@frozen
class _Index:
    """Which targets an event of some kind may end or start, so that a walk asks only those.

    Attributes:
        ends: By kind of event: (target, when, met), stops before cancels.
        starts: By kind of event: (target, when).
    """

    ends: Mapping[type[events.Event], tuple[tuple[int, When, bool], ...]]
    starts: Mapping[type[events.Event], tuple[tuple[int, When], ...]]

    @classmethod
    def of(cls, targets: tuple[Target, ...]) -> "_Index":
        ends: dict[type[events.Event], list[tuple[int, When, bool]]] = {}
        starts: dict[type[events.Event], list[tuple[int, When]]] = {}
        for number, target in enumerate(targets):
            for conditions, met in ((target.stops, True), (target.cancels, False)):
                for on in conditions:
                    ends.setdefault(on.event, []).append((number, on.when, met))
            for on in target.starts:
                starts.setdefault(on.event, []).append((number, on.when))
        return cls(
            MappingProxyType({kind: tuple(several) for kind, several in ends.items()}),
            MappingProxyType({kind: tuple(several) for kind, several in starts.items()}),
        )


@frozen
class ClockSet:
    """Targets, indexed by the events that concern them.

    Args:
        policy: The name of the policy that they belong to.
        targets: The promises to measure.
        calendar: The service calendar in which they count.
        because: Why the policy is a ticket's.
    """

    policy: str
    targets: tuple[Target, ...]
    calendar: ServiceCalendar = field(repr=False)
    because: Text = EVERY_TICKET
    _days: ServiceDays = field(init=False, repr=False, eq=False)
    _index: _Index = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_days", ServiceDays(self.calendar))
        object.__setattr__(self, "_index", _Index.of(self.targets))

    def read(self, ticket: Ticket, now: datetime) -> tuple[Reading, ...]:
        """Every cycle of every clock that the ticket's history opened up to ``now``.

        Args:
            ticket: The ticket; what happened to it after ``now`` is left aside.
            now: The instant of the reading, aware.

        Returns:
            Readings in the order of the targets, then of their cycles.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
        """
        now = instant(now)
        then = rewind(ticket, now)
        if then is None:
            return ()
        return _Walk(self, then).readings(now)


class _Walk:
    """One pass over one ticket's history."""

    def __init__(self, clocks: ClockSet, ticket: Ticket) -> None:
        self.calendar = clocks.calendar
        self.days = clocks._days  # noqa: SLF001  # one value in two classes
        self.index = clocks._index  # noqa: SLF001
        self.policy = clocks.policy
        self.because = clocks.because
        self.targets = clocks.targets
        self.ticket = ticket
        self.open: dict[int, _Cycle] = {}
        self.done: dict[int, list[Reading]] = {
            number: [] for number, target in enumerate(self.targets) if target.applies(ticket)
        }
        self.holders: list[tuple[datetime, str | None]] = []

    def readings(self, now: datetime) -> tuple[Reading, ...]:
        """Walk the history, then read what is still open at ``now``."""
        draft: Draft | None = None
        status = platform = agent = None
        cycles, holders = self.open, self.holders
        ends, starts = self.index.ends, self.index.starts
        for event in self.ticket.history:
            kind = type(event)
            if kind in QUIET and draft is not None and kind not in ends and kind not in starts:
                continue
            draft = fold(draft, event)
            if draft.agent != agent or not holders:
                agent = draft.agent
                holders.append((event.at, agent))
            if cycles:
                for number, when, met in ends.get(kind, ()):
                    if number in cycles and (when is None or when(event, draft)):
                        self._end(number, cycles.pop(number), event.at, event, met=met)
                if draft.status is not status or draft.with_platform_since is not platform:
                    for number, cycle in cycles.items():
                        if cycle.terms.budget is not None:  # what names an instant never pauses
                            self._run_or_stand(
                                self.targets[number], cycle, cycle.terms.budget, event, draft
                            )
            status, platform = draft.status, draft.with_platform_since
            if status is Status.CLOSED:  # whatever comes now is for a follow-up ticket (5)
                continue
            for number, when in starts.get(kind, ()):
                if (
                    number not in cycles
                    and number in self.done
                    and (when is None or when(event, draft))
                ):
                    self._start(number, event, draft)
        for number, cycle in cycles.items():
            self._end(number, cycle, now)
        return tuple(reading for several in self.done.values() for reading in several)

    def _start(self, number: int, event: events.Event, draft: Draft) -> None:
        target = self.targets[number]
        count = len(self.done[number])
        if target.once and count:
            return
        terms = target.budget.terms(event, self.days)
        if target.cumulative and count and terms.budget is not None:
            last = self.done[number][-1]
            assert last.budget is not None  # noqa: S101 - it had the same target's budget
            terms = evolve(terms, budget=max(last.budget - last.elapsed, _ZERO))
        cycle = _Cycle(count + 1, event.at, event.id, terms, terms.deadline)
        if terms.budget is not None:
            self._run_or_stand(target, cycle, terms.budget, event, draft)
        self.open[number] = cycle

    def _run_or_stand(
        self,
        target: Target,
        cycle: _Cycle,
        budget: timedelta,
        event: events.Event,
        draft: Draft,
    ) -> None:
        """Let a clock run on, or stand still for a reason, from an event on."""
        why, at = target.paused(draft), event.at
        if why is not None:
            if cycle.running_from is not None:
                self._count(target, cycle, at)
                cycle.running_from = cycle.deadline = None
            if cycle.standing is None or cycle.standing[1] != why:
                self._rest(cycle, at, event)
                cycle.standing = (at, why, event.id)
        elif cycle.running_from is None:
            self._rest(cycle, at, event)
            cycle.running_from = at
            if cycle.breached_at is None:
                cycle.deadline = cycle.terms.timer.advance(at, budget - cycle.counted)

    def _count(self, target: Target, cycle: _Cycle, at: datetime) -> None:
        """Add what has run since the clock last stood still, with what it passed on the way."""
        since, timer, budget = cycle.running_from, cycle.terms.timer, cycle.terms.budget
        deadline = cycle.deadline
        if deadline is not None and cycle.breached_at is None and at > deadline:
            # A time that was promised when it had passed already is broken from the start.
            cycle.breached_at = max(deadline, cycle.started_at)
        if since is None:
            return
        run = timer.elapsed(since, at)
        if target.thresholds and budget is not None:
            cycle.crossings += tuple(
                Crossing(threshold, timer.advance(since, amount - cycle.counted))
                for amount, threshold in sorted(
                    ((one.amount(budget), one) for one in target.thresholds),
                    key=lambda pair: pair[0],
                )
                if cycle.counted <= amount <= cycle.counted + run
                and all(passed.threshold is not threshold for passed in cycle.crossings)
            )
        cycle.counted += run
        cycle.running_from = at

    def _rest(self, cycle: _Cycle, at: datetime, ended_by: events.Event | None) -> None:
        """Close the pause in which a clock stands."""
        if cycle.standing is not None:
            start, why, by = cycle.standing
            cycle.pauses += (Pause(start, at, why, by, None if ended_by is None else ended_by.id),)
            cycle.paused += cycle.terms.timer.elapsed(start, at)
            cycle.standing = None

    def _end(
        self,
        number: int,
        cycle: _Cycle,
        at: datetime,
        by: events.Event | None = None,
        *,
        met: bool = False,
    ) -> None:
        """Read a cycle at ``at``, where the event ``by`` stopped it, or where it is looked at."""
        target, terms = self.targets[number], cycle.terms
        timer, budget = terms.timer, terms.budget
        stands = cycle.standing is not None
        self._count(target, cycle, at)
        if stands:
            self._rest(cycle, at, by)
        early = met and target.not_before_due and terms.due_at is not None and at < terms.due_at
        if early and cycle.breached_at is None:
            cycle.breached_at = at
        elapsed = cycle.counted if budget is not None else timer.elapsed(cycle.started_at, at)
        if cycle.breached_at is not None:
            verdict = Verdict.BREACHED
        elif by is None:
            verdict = Verdict.PAUSED if stands else Verdict.RUNNING
        else:
            verdict = Verdict.MET if met else Verdict.CANCELLED
        overrun = remaining = _ZERO
        if budget is not None:
            if elapsed > budget:
                overrun = elapsed - budget
            elif by is None:
                remaining = budget - elapsed
        elif cycle.breached_at is not None and not early:
            overrun = timer.elapsed(cycle.breached_at, at)
        elif by is None and terms.deadline is not None:
            remaining = timer.elapsed(at, terms.deadline)
        deadline = cycle.deadline or cycle.breached_at
        until = at if deadline is None or deadline < at else deadline
        plain = isinstance(timer, RoundTheClock)
        reading = freeze(
            ReadingDraft(
                ticket=self.ticket.id,
                policy=self.policy,
                because=self.because,
                clock=target.id,
                clause=target.clause,
                cycle=cycle.number,
                verdict=verdict,
                read_at=at,
                started_at=cycle.started_at,
                started_by=cycle.started_by,
                stopped_at=None if by is None else at,
                stopped_by=None if by is None else by.id,
                budget=budget,
                elapsed=elapsed,
                paused=cycle.paused,
                deadline=deadline,
                due_at=terms.due_at,
                breached_at=cycle.breached_at,
                overrun=overrun,
                remaining=remaining,
                agent=self._credit(cycle, by),
                provisional=not plain and self.calendar.is_provisional(cycle.started_at, until),
                pauses=cycle.pauses,
                crossings=cycle.crossings,
                around_the_clock=plain,
                changes_at=self._next(target, cycle, at) if by is None else None,
            )
        )
        self.done[number].append(reading)

    def _next(self, target: Target, cycle: _Cycle, now: datetime) -> datetime | None:
        """When time alone will next change an open cycle."""
        # No step is taken over the head of a customer who has had no answer (9.2).
        answered = self.ticket.unanswered_since is None
        coming = [cycle.terms.due_at if answered else None]
        if cycle.deadline is not None and cycle.breached_at is None:
            coming.append(cycle.deadline + datetime.resolution)
        budget, since = cycle.terms.budget, cycle.running_from
        if budget is not None and since is not None:
            coming += [
                cycle.terms.timer.advance(since, one.amount(budget) - cycle.counted)
                for one in target.thresholds
                if all(passed.threshold is not one for passed in cycle.crossings)
            ]
        return min((at for at in coming if at is not None and at > now), default=None)

    def _credit(self, cycle: _Cycle, by: events.Event | None) -> str | None:
        if cycle.terms.due_at is not None:
            return None
        if cycle.breached_at is not None:
            return next(
                (agent for since, agent in reversed(self.holders) if since <= cycle.breached_at),
                None,
            )
        if by is not None and by.by.role is Role.PLATFORM:
            return None
        if by is not None and by.by.role is Role.AGENT and by.by.id:
            return by.by.id
        return self.holders[-1][1]
