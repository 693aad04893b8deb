"""Clocks: what a history makes of the targets at an instant.

Everything is computed from the history and ``now``; nothing is stored and patched, so that asking
once gives the same answer as asking every minute.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import define, field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import ClauseId
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.targets import Target, Terms
from ticketrules.tickets import Role, Status, Ticket, events
from ticketrules.tickets.lifecycle import QUIET, fold, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import Labelled, instant

_ZERO: Final = timedelta(0)


class Verdict(Labelled):
    """How a clock stands."""

    RUNNING = "running", "计时中"
    PAUSED = "paused", "已暂停"
    MET = "met", "达标"
    BREACHED = "breached", "超时"
    CANCELLED = "cancelled", "已取消"


@frozen(kw_only=True)
class Reading:
    """One cycle of one clock, read at an instant. Instants are in UTC.

    Attributes:
        ticket: The ticket's id.
        clock: The target's id.
        clause: The clause that promises it.
        cycle: 1 for the clock's first cycle on this ticket.
        verdict: How it stands.
        started_at: When the cycle began.
        started_by: The id of the event that began it.
        stopped_at: When it was met, missed or cancelled; ``None`` while it is open.
        stopped_by: The id of that event.
        budget: The service time allowed; ``None`` where the target names a day.
        elapsed: The service time counted against it.
        deadline: The instant after which it is broken; ``None`` while paused.
        due_at: From when on the system may act (9), else ``None``.
        breached_at: The instant of the breach.
        overrun: The service time past the promise.
        remaining: The service time left; zero once it is over or broken.
        agent: Who held the ticket at the breach, or whose answer stopped it, or who holds it;
            ``None`` where nobody does, and for what the system keeps (9).
        provisional: Whether it rests on a day that no holiday notice has announced.
    """

    ticket: str
    clock: str
    clause: ClauseId
    cycle: int
    verdict: Verdict
    started_at: datetime
    started_by: str
    stopped_at: datetime | None
    stopped_by: str | None
    budget: timedelta | None
    elapsed: timedelta
    deadline: datetime | None
    due_at: datetime | None
    breached_at: datetime | None
    overrun: timedelta
    remaining: timedelta
    agent: str | None
    provisional: bool

    @property
    def is_open(self) -> bool:
        """Whether the cycle still waits for its stop, in time or not."""
        return self.stopped_at is None

    @property
    def is_early(self) -> bool:
        """Whether the system did before it was due what it may only do then (9.2, 9.3)."""
        return (
            self.due_at is not None
            and self.breached_at is not None
            and self.breached_at == self.stopped_at
            and self.breached_at < self.due_at
        )


@define
class _Cycle:
    """A cycle while the history is walked."""

    number: int
    started_at: datetime
    started_by: str
    terms: Terms
    deadline: datetime | None
    counted: timedelta = _ZERO
    running_from: datetime | None = None
    breached_at: datetime | None = None


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
        targets: The promises to measure.
        calendar: The service calendar in which they count.
    """

    targets: tuple[Target, ...]
    calendar: ServiceCalendar = field(repr=False)
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
                        self._pause(self.targets[number], cycle, event.at, draft)
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

    def _pause(self, target: Target, cycle: _Cycle, at: datetime, draft: Draft) -> None:
        budget = cycle.terms.budget
        if budget is None:
            return
        paused = target.paused(draft)
        if paused and cycle.running_from is not None:
            self._note_breach(cycle, at)
            cycle.counted += self.calendar.elapsed(cycle.running_from, at)
            cycle.running_from = cycle.deadline = None
        elif not paused and cycle.running_from is None:
            cycle.running_from = at
            if cycle.breached_at is None:
                cycle.deadline = self.calendar.advance(at, budget - cycle.counted)

    def _start(self, number: int, event: events.Event, draft: Draft) -> None:
        target = self.targets[number]
        count = len(self.done[number])
        if target.once and count:
            return
        terms = target.budget.terms(event.at, self.days)
        cycle = _Cycle(count + 1, event.at, event.id, terms, terms.deadline)
        if terms.budget is not None and not target.paused(draft):
            cycle.running_from = event.at
            cycle.deadline = self.calendar.advance(event.at, terms.budget)
        self.open[number] = cycle

    def _note_breach(self, cycle: _Cycle, at: datetime) -> None:
        if cycle.breached_at is None and cycle.deadline is not None and at > cycle.deadline:
            cycle.breached_at = cycle.deadline

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
        self._note_breach(cycle, at)
        early = met and target.not_before_due and terms.due_at is not None and at < terms.due_at
        if early:
            cycle.breached_at = at
        elapsed = cycle.counted
        if terms.budget is None:
            elapsed = self.calendar.elapsed(cycle.started_at, at)
        elif cycle.running_from is not None:
            elapsed += self.calendar.elapsed(cycle.running_from, at)
        if cycle.breached_at is not None:
            verdict = Verdict.BREACHED
        elif by is None:
            stands = terms.budget is not None and cycle.running_from is None
            verdict = Verdict.PAUSED if stands else Verdict.RUNNING
        else:
            verdict = Verdict.MET if met else Verdict.CANCELLED
        overrun = remaining = _ZERO
        if terms.budget is not None:
            overrun = max(elapsed - terms.budget, _ZERO)
            if by is None:
                remaining = max(terms.budget - elapsed, _ZERO)
        elif cycle.breached_at is not None and not early:
            overrun = self.calendar.elapsed(cycle.breached_at, at)
        elif by is None and terms.deadline is not None:
            remaining = self.calendar.elapsed(at, terms.deadline)
        deadline = cycle.deadline or cycle.breached_at
        until = at if deadline is None else max(at, deadline)
        self.done[number].append(
            Reading(
                ticket=self.ticket.id,
                clock=target.id,
                clause=target.clause,
                cycle=cycle.number,
                verdict=verdict,
                started_at=cycle.started_at,
                started_by=cycle.started_by,
                stopped_at=None if by is None else at,
                stopped_by=None if by is None else by.id,
                budget=terms.budget,
                elapsed=elapsed,
                deadline=deadline,
                due_at=terms.due_at,
                breached_at=cycle.breached_at,
                overrun=overrun,
                remaining=remaining,
                agent=self._credit(cycle, by),
                provisional=self.calendar.is_provisional(cycle.started_at, until),
            )
        )

    def _credit(self, cycle: _Cycle, by: events.Event | None) -> str | None:
        if cycle.terms.due_at is not None:
            return None
        if cycle.breached_at is not None:
            return next(
                (agent for since, agent in reversed(self.holders) if since <= cycle.breached_at),
                None,
            )
        if by is not None and by.by.role is Role.AGENT and by.by.id:
            return by.by.id
        return self.holders[-1][1]
