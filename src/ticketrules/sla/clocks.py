"""Clocks: what a history makes of the targets at an instant.

Everything is computed from the history and ``now``; nothing is stored and patched, so that asking
once gives the same answer as asking every minute.
"""

from datetime import datetime, timedelta
from typing import Final

from attrs import define, field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.errors import UnannouncedError
from ticketrules.sla.budgets import RoundTheClock, Terms, Timer
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.readings import Crossing, Pause, Reading, ReadingDraft, Verdict
from ticketrules.sla.target_index import TargetIndex
from ticketrules.sla.targets import Target, Threshold
from ticketrules.tickets import Role, Status, Ticket, events
from ticketrules.tickets.lifecycle import begun, fold_by, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import instant

_ZERO: Final = timedelta(0)

EVERY_TICKET: Final = Text("it is for every ticket", "适用于所有工单")
"""Why a policy without conditions is a ticket's."""


@define
class _Cycle:
    """A cycle while the history is walked.

    Attributes:
        target: What it measures.
        reading: All that is known of it so far; it becomes the reading of it.
        timer: What it is counted in.
        may_rest: Whether the ticket's state can make it stand still.
        running_from: Since when it has run, as far as it is not counted yet; ``None`` at rest.
        standing: Since when it stands still, why, and because of which event.
    """

    target: Target
    reading: ReadingDraft
    timer: Timer
    may_rest: bool
    running_from: datetime | None = None
    standing: tuple[datetime, Text, str] | None = None


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
    _index: TargetIndex = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_days", ServiceDays(self.calendar))
        object.__setattr__(self, "_index", TargetIndex(self.targets, self._days))

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
        return () if then is None else self.read_then(then, now)

    def read_then(self, ticket: Ticket, now: datetime) -> tuple[Reading, ...]:
        """``read`` where the ticket is as it stood at ``now``, and that is in UTC."""
        return _Walk(self, ticket).readings(now)


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
        self.cycles: dict[int, _Cycle] = {}
        self.done: dict[int, list[Reading]] = {}
        self.holders: list[tuple[datetime, str | None]] = []

    def readings(self, now: datetime) -> tuple[Reading, ...]:
        """Walk the history, then read what is still open at ``now``."""
        ticket, steps, cycles, holders = self.ticket, self.index.steps, self.cycles, self.holders
        watchful = self.index.watchful
        others = {number for number, applies in self.index.conditional if not applies(ticket)}
        draft: Draft | None = None
        status = platform = agent = None
        for event in ticket.history:
            rule, is_idle, ends, starts = steps[type(event)]
            if draft is None:
                draft = begun(event)
            elif is_idle:
                continue
            fold_by(rule, draft, event)
            # What the platform has is nobody's here: its time is measured apart (6.4).
            holder = draft.agent if draft.with_platform_since is None else None
            if holder != agent or not holders:
                agent = holder
                holders.append((event.at, agent))
            if cycles:
                for number, when, met in ends:
                    if number in cycles and (when is None or when(event, draft)):
                        self._end(number, cycles.pop(number), event.at, event, met)
                if draft.status is not status or draft.with_platform_since is not platform:
                    for cycle in cycles.values():
                        if cycle.may_rest:
                            self._run_or_stand(cycle, event, draft)
                elif watchful:
                    for cycle in cycles.values():
                        if cycle.may_rest and cycle.target.paused_by_more:
                            self._run_or_stand(cycle, event, draft)
            status, platform = draft.status, draft.with_platform_since
            if status is Status.CLOSED:  # whatever comes now is for a follow-up ticket (5)
                continue
            for number, when in starts:
                if (
                    number not in cycles
                    and number not in others
                    and (when is None or when(event, draft))
                ):
                    self._start(number, event, draft)
        for number, cycle in cycles.items():
            self._end(number, cycle, now)
        done = self.done
        return tuple([reading for number in sorted(done) for reading in done[number]])

    def _start(self, number: int, event: events.Event, draft: Draft) -> None:
        target, terms, may_rest = self.index.plans[number]
        at, done = event.at, self.done.get(number)
        if done is not None and target.once:
            return
        unannounced = False
        if terms is None:
            try:
                terms = target.budget.terms(event, self.days)
            except UnannouncedError:  # its own deadline cannot be told; the others can
                terms, unannounced = Terms(self.calendar), True
        budget, timer = terms.budget, terms.timer
        if done is not None and target.cumulative and budget is not None:
            last = done[-1]
            assert last.budget is not None  # noqa: S101 - it had the same target's budget
            budget = max(last.budget - last.elapsed, _ZERO)
        reading = ReadingDraft(
            self.ticket.id,
            self.policy,
            self.because,
            target.id,
            target.clause,
            1 if done is None else len(done) + 1,
            Verdict.RUNNING,
            at,
            at,
            event.id,
            budget,
            terms.deadline,
            terms.due_at,
            type(timer) is RoundTheClock,
            unannounced,
        )
        self.cycles[number] = cycle = _Cycle(target, reading, timer, may_rest)
        if may_rest and (why := target.paused(draft)) is not None:
            cycle.standing = (at, why, event.id)
        elif budget is not None:
            cycle.running_from = at
            try:
                reading.deadline = timer.advance(at, budget)
            except UnannouncedError:
                reading.unannounced = True
        elif target.budget.is_amount:
            cycle.running_from = at

    def _run(self, cycle: _Cycle, at: datetime) -> None:
        """Let a clock run from an instant on, towards the instant at which its budget is used."""
        cycle.running_from, reading = at, cycle.reading
        budget = reading.budget
        if budget is not None and reading.breached_at is None:
            try:
                reading.deadline = cycle.timer.advance(at, budget - reading.elapsed)
                reading.unannounced = False
            except UnannouncedError:
                reading.unannounced = True

    def _run_or_stand(self, cycle: _Cycle, event: events.Event, draft: Draft) -> None:
        """Let a clock run on, or stand still for a reason, from an event on."""
        why, at, since = cycle.target.paused(draft), event.at, cycle.running_from
        if why is not None:
            if since is not None:
                self._count(cycle, since, at)
                cycle.running_from = cycle.reading.deadline = None
                cycle.reading.unannounced = cycle.reading.budget is None
            if cycle.standing is None or cycle.standing[1] != why:
                self._rest(cycle, at, event)
                cycle.standing = (at, why, event.id)
        elif since is None:
            self._rest(cycle, at, event)
            self._run(cycle, at)

    def _count(self, cycle: _Cycle, since: datetime, at: datetime) -> None:
        """Add what has run since the clock last stood still, with what it passed on the way."""
        reading, deadline = cycle.reading, cycle.reading.deadline
        if deadline is not None and at > deadline and reading.breached_at is None:
            reading.breached_at = deadline
        run = cycle.timer.elapsed(since, at)
        if cycle.target.thresholds and reading.budget is not None:
            self._cross(cycle, since, reading.budget, run)
        reading.elapsed += run

    def _cross(self, cycle: _Cycle, since: datetime, budget: timedelta, run: timedelta) -> None:
        """Tell the thresholds that a clock passes within a run."""
        reading, before = cycle.reading, cycle.reading.elapsed
        passed = [one.threshold for one in reading.crossings]
        amounts = [
            (one.amount(budget), one) for one in cycle.target.thresholds if one not in passed
        ]
        reading.crossings += tuple(
            Crossing(threshold, cycle.timer.advance(since, amount - before))
            for amount, threshold in sorted(amounts, key=_by_amount)
            if before <= amount <= before + run
        )

    def _rest(self, cycle: _Cycle, at: datetime, ended_by: events.Event | None) -> None:
        """Close the pause in which a clock stands."""
        if cycle.standing is not None:
            start, why, by = cycle.standing
            reading = cycle.reading
            reading.pauses += (
                Pause(start, at, why, by, None if ended_by is None else ended_by.id),
            )
            reading.paused += cycle.timer.elapsed(start, at)
            cycle.standing = None

    def _end(
        self,
        number: int,
        cycle: _Cycle,
        at: datetime,
        by: events.Event | None = None,
        met: bool = False,
    ) -> None:
        """Read a cycle at ``at``, where the event ``by`` stopped it, or where it is looked at."""
        # Counting and crediting (whoever stopped it, or holds the ticket) are written out here: a
        # call costs as much as either does.
        target, reading, timer = cycle.target, cycle.reading, cycle.timer
        budget, deadline, broken = reading.budget, reading.deadline, reading.breached_at
        if deadline is not None and at > deadline and broken is None:
            # A time that was promised when it had passed already is broken from the start.
            broken = reading.breached_at = max(deadline, reading.started_at)
        since = cycle.running_from
        if since is not None:
            run = timer.elapsed(since, at)
            if budget is not None and target.thresholds:
                self._cross(cycle, since, budget, run)
            reading.elapsed = elapsed = reading.elapsed + run
            cycle.running_from = at
        elif cycle.standing is not None:
            if by is None:
                reading.verdict = Verdict.PAUSED
            self._rest(cycle, at, by)
            elapsed = reading.elapsed
        else:
            reading.elapsed = elapsed = timer.elapsed(reading.started_at, at)
        due_at = reading.due_at
        if due_at is None:
            if target.command is None:
                if broken is not None:
                    reading.agent = self._holder_at(broken)
                elif by is None:
                    reading.agent = self.holders[-1][1]
                else:
                    actor = by.by
                    if actor.role is Role.AGENT and actor.id:
                        reading.agent = actor.id
                    elif actor.role is not Role.PLATFORM:
                        reading.agent = self.holders[-1][1]
        elif broken is None and met and at < due_at and target.not_before_due:
            broken = reading.breached_at = at
        if by is not None:
            reading.stopped_at, reading.stopped_by = at, by.id
        if broken is not None:
            reading.verdict = Verdict.BREACHED
            if deadline is None:
                reading.deadline = deadline = broken
        elif by is not None:
            reading.verdict = Verdict.MET if met else Verdict.CANCELLED
        if budget is not None:
            if elapsed > budget:
                reading.overrun = elapsed - budget
            elif by is None:
                reading.remaining = budget - elapsed
        elif broken is not None:
            reading.overrun = timer.elapsed(broken, at)
        elif by is None and deadline is not None:
            try:
                reading.remaining = timer.elapsed(at, deadline)
            except UnannouncedError:  # the instant was promised; how much service it leaves is open
                reading.unannounced = True
        reading.read_at = at
        if by is None:
            reading.changes_at = self._next(cycle, at)
        if not reading.around_the_clock:
            until = at if deadline is None or deadline < at else deadline
            reading.provisional = self.calendar.is_provisional(reading.started_at, until)
        reading.__class__ = Reading  # both have the same slots
        self.done.setdefault(number, []).append(reading)  # type: ignore[arg-type]

    def _next(self, cycle: _Cycle, now: datetime) -> datetime | None:
        """When time alone will next change an open cycle."""
        reading, since, found = cycle.reading, cycle.running_from, None
        due_at, deadline, budget = reading.due_at, reading.deadline, reading.budget
        # No step is taken over the head of a customer who has had no answer (9.2).
        if due_at is not None and due_at > now and self.ticket.unanswered_since is None:
            found = due_at
        if deadline is not None and deadline >= now and reading.breached_at is None:
            late_at = deadline + datetime.resolution
            found = late_at if found is None or late_at < found else found
        if since is None or budget is None or not cycle.target.thresholds:
            return found
        passed = [one.threshold for one in reading.crossings]
        coming = [] if found is None else [found]
        for one in cycle.target.thresholds:
            if one not in passed:
                try:
                    at = cycle.timer.advance(since, one.amount(budget) - reading.elapsed)
                except UnannouncedError:
                    continue
                coming.append(at)
        return min(coming, default=None)

    def _holder_at(self, at: datetime) -> str | None:
        """Who held the ticket at an instant."""
        return next((agent for since, agent in reversed(self.holders) if since <= at), None)


def _by_amount(pair: tuple[timedelta, Threshold]) -> timedelta:
    return pair[0]
