"""The plain walk: the clocks without any of their short cuts, to hold the fast ones against.

Every target is asked about every event, every event is folded, days are found by the clock on the
wall, sums are made when a cycle ends and not on the way. It knows the library's values and its
calendar, and none of what makes ``sla.clocks`` and ``sla.days`` fast.
"""

from datetime import UTC, datetime, time, timedelta

from attrs import define, field

from ticketrules.errors import UnannouncedError
from ticketrules.sla import Crossing, Pause, Reading, Verdict
from ticketrules.sla.budgets import RoundTheClock, Terms
from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import Role, Status
from ticketrules.tickets.lifecycle import fold

ZERO, DAY, MOMENT = timedelta(0), timedelta(days=1), timedelta(microseconds=1)


class PlainDays(ServiceDays):
    """The days of a calendar, each instant looked up on the wall."""

    def of(self, at):
        on = at.astimezone(self.calendar.zone).date()
        night = self.calendar.hours_of(on - DAY)
        return self.day(on - DAY if night and at < night[-1][1] else on)

    def due(self, start, n, at_opening, closed_count=True):
        home, local = self.of(start), start.astimezone(self.calendar.zone)
        day = self.nth(home.date, n, closed_count)
        hours = self.calendar.hours_of(day.date)
        if not hours:
            return day, datetime.combine(day.date, time.min, local.tzinfo).astimezone(UTC)
        opening, closing = hours[0][0].astimezone(UTC), hours[-1][1].astimezone(UTC)
        nights = (local.date() - home.date) // DAY
        own = datetime.combine(day.date + nights * DAY, local.time(), local.tzinfo).astimezone(UTC)
        if at_opening or own <= opening:
            return day, opening
        return day, closing if own >= closing else self.calendar.next_opening(own)


@define
class Cycle:
    """A cycle as it happened: what started it, and each stretch in which it ran or stood."""

    number: int
    event: object
    terms: Terms
    unannounced: bool
    stretches: list = field(factory=list)  # (start, why it stands or None, by)


def holds(conditions, event, draft):
    return any(
        type(event) is on.event and (on.when is None or on.when(event, draft)) for on in conditions
    )


def plainly(clocks, ticket, now):
    """The readings of ``clocks.read``, of a ticket as it stood at ``now``."""
    return tuple(
        one
        for target in clocks.targets
        if target.applies(ticket)
        for one in _cycles(clocks, target, ticket, now)
    )


def _cycles(clocks, target, ticket, now):
    days, done, cycle, draft, holders = PlainDays(clocks.calendar), [], None, None, []
    for event in ticket.history:
        draft = fold(draft, event)
        holders.append((event.at, draft.agent if draft.with_platform_since is None else None))
        if cycle is not None:
            met = holds(target.stops, event, draft)
            if met or holds(target.cancels, event, draft):
                done.append(
                    _read(clocks, target, ticket, cycle, holders, event.at, by=event, met=met)
                )
                cycle = None
        if cycle is not None and target.budget.is_amount:
            why = target.paused(draft)
            if why != cycle.stretches[-1][1]:
                cycle.stretches.append((event.at, why, event))
        starts = cycle is None and draft.status is not Status.CLOSED
        if starts and not (target.once and done) and holds(target.starts, event, draft):
            try:
                terms, unannounced = target.budget.terms(event, days), False
            except UnannouncedError:
                terms, unannounced = Terms(clocks.calendar), True
            if target.cumulative and done and terms.budget is not None:
                terms = terms._replace(budget=max(done[-1].budget - done[-1].elapsed, ZERO))
            cycle = Cycle(len(done) + 1, event, terms, unannounced)
            why = target.paused(draft) if target.budget.is_amount else None
            cycle.stretches.append((event.at, why, event))
    if cycle is not None:
        done.append(_read(clocks, target, ticket, cycle, holders, now, by=None, met=False))
    return done


def _read(clocks, target, ticket, cycle, holders, at, *, by, met):  # noqa: PLR0917
    """One cycle from its stretches."""
    timer, budget, deadline, due_at = cycle.terms
    start, unannounced = cycle.event.at, cycle.unannounced
    counted = paused = ZERO
    broken, pauses, crossings = None, [], []
    ends = [since for since, _why, _event in cycle.stretches[1:]] + [at]
    enders = [event for _since, _why, event in cycle.stretches[1:]] + [by]
    if not target.budget.is_amount:
        broken = max(deadline, start) if deadline is not None and at > deadline else None
    marks = [] if budget is None else sorted(target.thresholds, key=lambda one: one.amount(budget))
    for (since, why, event), end, ender in zip(cycle.stretches, ends, enders, strict=True):
        if why is not None:
            pauses.append(Pause(since, end, why, event.id, None if ender is None else ender.id))
            paused += timer.elapsed(since, end)
            deadline = None if target.budget.is_amount else deadline
            unannounced = False if budget is not None else unannounced
            continue
        run = timer.elapsed(since, end)
        if budget is not None and broken is None:
            try:
                deadline, unannounced = timer.advance(since, budget - counted), False
            except UnannouncedError:
                deadline, unannounced = None, True
            if deadline is not None and end > deadline:
                broken = deadline
        for one in marks:
            amount = one.amount(budget)
            if counted <= amount <= counted + run and one not in [c.threshold for c in crossings]:
                crossings.append(Crossing(one, timer.advance(since, amount - counted)))
        counted += run
    early = bool(met and target.not_before_due and due_at is not None and at < due_at)
    broken = at if early and broken is None else broken
    deadline = broken if deadline is None else deadline
    stands = cycle.stretches[-1][1] is not None
    if broken is not None:
        verdict = Verdict.BREACHED
    elif by is not None:
        verdict = Verdict.MET if met else Verdict.CANCELLED
    else:
        verdict = Verdict.PAUSED if stands else Verdict.RUNNING
    overrun = remaining = ZERO
    if budget is not None:
        overrun = max(counted - budget, ZERO)
        remaining = max(budget - counted, ZERO) if by is None else ZERO
    elif broken is not None:
        overrun = ZERO if early else timer.elapsed(broken, at)
    elif by is None and deadline is not None:
        try:
            remaining = timer.elapsed(at, deadline)
        except UnannouncedError:
            unannounced = True
    plain = type(timer) is RoundTheClock
    last = at if deadline is None else max(at, deadline)
    return Reading(
        ticket=ticket.id,
        policy=clocks.policy,
        because=clocks.because,
        clock=target.id,
        clause=target.clause,
        cycle=cycle.number,
        verdict=verdict,
        read_at=at,
        started_at=start,
        started_by=cycle.event.id,
        budget=budget,
        deadline=deadline,
        due_at=due_at,
        around_the_clock=plain,
        unannounced=unannounced,
        stopped_at=None if by is None else at,
        stopped_by=None if by is None else by.id,
        elapsed=counted,
        paused=paused,
        breached_at=broken,
        overrun=overrun,
        remaining=remaining,
        agent=_credit(holders, broken, by) if due_at is None and not target.command else None,
        provisional=not plain and clocks.calendar.is_provisional(start, last),
        pauses=tuple(pauses),
        crossings=tuple(crossings),
        changes_at=None
        if by is not None
        else _next(target, ticket, cycle, timer, budget, counted, crossings, deadline, broken, at),
    )


def _credit(holders, broken, by):
    if broken is not None:
        return next((agent for since, agent in reversed(holders) if since <= broken), None)
    if by is not None and by.by.role is Role.PLATFORM:
        return None
    if by is not None and by.by.role is Role.AGENT and by.by.id:
        return by.by.id
    return holders[-1][1]


def _next(target, ticket, cycle, timer, budget, counted, crossings, deadline, broken, now):  # noqa: PLR0917
    coming = []
    if cycle.terms.due_at is not None and ticket.unanswered_since is None:
        coming.append(cycle.terms.due_at)
    if deadline is not None and broken is None:
        coming.append(deadline + MOMENT)
    why = cycle.stretches[-1][1]
    if budget is not None and why is None:
        for one in target.thresholds:
            if one not in [crossing.threshold for crossing in crossings]:
                try:
                    coming.append(timer.advance(now, one.amount(budget) - counted))
                except UnannouncedError:
                    continue
    return min((at for at in coming if at > now), default=None)
