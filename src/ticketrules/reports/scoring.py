"""Scoring (8.4): adding scorecards up, one ticket at a time."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from ticketrules.complaints import Detector
from ticketrules.desk import Desk
from ticketrules.errors import ReportError
from ticketrules.reports.credit import Ball, Credit
from ticketrules.reports.estimates import Share, timing
from ticketrules.reports.providers import Desks, ProviderOf, Providers, group_of, nobody_last, once
from ticketrules.reports.scorecard import ClauseScore, Scorecard, Scorecards
from ticketrules.reports.settings import DEFAULTS, Reporting
from ticketrules.sla import HeldBy, Reading, Target, Verdict, time_by_holder
from ticketrules.tickets import UNSOLVED, Role, Status, Ticket, events, instant
from ticketrules.tickets.lifecycle import QUIET, fold, rewind
from ticketrules.tickets.model import Draft

TendenciesOf = Callable[[Ticket], Iterable[datetime]]
"""Tells the instants at which a ticket's customer began to show a tendency to complain (7.3)."""


_DESKS: Final = frozenset({HeldBy.AGENT_WORK, HeldBy.REQUESTER_WAIT})
"""Who has the ball while the time is the desk's."""


@frozen
class Period:
    """The stretch ``[start, end)``, in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


@define
class Tally:
    """One card while it is added up."""

    tickets: int = 0
    cycles: Counter[tuple[str, Verdict]] = field(factory=Counter)
    provisional: Counter[str] = field(factory=Counter)
    responses: list[timedelta] = field(factory=list)
    solutions: list[timedelta] = field(factory=list)
    ratings: Counter[int] = field(factory=Counter)
    counts: Counter[str] = field(factory=Counter)


class Tallies:
    """Every card while they are added up.

    Args:
        period: The period.
        providers: Whose the tickets are.
        tendencies_of: Tells the tendencies of a ticket; ``None`` if nobody looks.
        settings: Percentiles, confidence, satisfaction.
    """

    def __init__(
        self,
        period: Period,
        providers: Providers,
        tendencies_of: TendenciesOf | None,
        settings: Reporting,
    ) -> None:
        self._period, self._providers = period, providers
        self._tendencies_of, self._settings = tendencies_of, settings
        self._total = Tally()
        self._by_provider: dict[str | None, Tally] = {}
        self._by_agent: dict[str | None, Tally] = {}
        self._desks: list[Desk] = []
        self._before = self._not_yet = 0
        self._touched: set[Credit] = set()

    def add(self, ticket: Ticket) -> None:
        """Take one ticket into account."""
        period = self._period
        provider, desk = self._providers.of(ticket)
        if desk not in self._desks:
            self._desks.append(desk)
        then = rewind(ticket, period.end - datetime.resolution)
        if then is None:
            self._not_yet += 1
            return
        ball = Ball(provider)
        self._touched = set()
        self._follow(then, ball, desk)
        for reading in desk.clocks.read(then, period.end):
            self._add_reading(reading, ball)
        if self._tendencies_of is not None:
            for at in map(instant, self._tendencies_of(then)):
                if at in period:
                    self._count("tendencies", ball.at(at))
        touched = self._touched | ball.holders(period.start, period.end)
        if touched:
            self._total.tickets += 1
        for one in {credit.provider for credit in touched}:
            self._by_provider.setdefault(one, Tally()).tickets += 1
        for one in {credit.agent for credit in touched}:
            self._by_agent.setdefault(one, Tally()).tickets += 1

    def _of(self, credit: Credit) -> tuple[Tally, Tally, Tally]:
        """The three cards that something is added to."""
        self._touched.add(credit)
        return (
            self._total,
            self._by_provider.setdefault(credit.provider, Tally()),
            self._by_agent.setdefault(credit.agent, Tally()),
        )

    def _count(self, what: str, credit: Credit) -> None:
        for tally in self._of(credit):
            tally.counts[what] += 1

    def _add_reading(self, reading: Reading, ball: Ball) -> None:
        settled_at = reading.breached_at or reading.stopped_at
        if settled_at is not None and settled_at < self._period.start:
            self._before += 1
            return
        verdict = Verdict.RUNNING if reading.verdict is Verdict.PAUSED else reading.verdict
        for tally in self._of(ball.of(reading)):
            tally.cycles[reading.clock, verdict] += 1
            tally.provisional[reading.clock] += reading.provisional

    def _follow(self, ticket: Ticket, ball: Ball, desk: Desk) -> None:
        """Walk the history once, and take what happened in the period."""
        calendar, period = desk.calendar, self._period
        draft: Draft | None = None
        begun: datetime | None = ticket.opened_at
        answered = complained = thought_solved = closed = False
        for event in ticket.history:
            if draft is not None:
                if type(event) in QUIET:
                    continue
                answered = draft.first_answered_at is not None
                complained = draft.complained_at is not None
                thought_solved = draft.status not in UNSOLVED
                closed = draft.status is Status.CLOSED
            draft = fold(draft, event)
            now_in = event.at in period
            if not answered and draft.first_answered_at is not None and now_in:
                for tally in self._of(ball.author(event)):
                    tally.responses.append(calendar.elapsed(ticket.opened_at, event.at))
            if thought_solved and draft.status in UNSOLVED:
                begun = event.at
                if now_in and event.by.role is Role.CUSTOMER:
                    self._count("reopenings", ball.credit)
            if isinstance(event, events.SolutionProposed | events.Resolved):
                if now_in and begun is not None:
                    amount = _worked(ticket, desk, begun, event.at)
                    for tally in self._of(ball.author(event)):
                        tally.solutions.append(amount)
                begun = None
            if now_in:
                if not complained and draft.complained_at is not None:
                    self._count("complaints", ball.credit)
                if isinstance(event, events.Transferred | events.HandedOver):
                    self._count("out", ball.credit)
                    self._count("in", Credit(ball.provider, event.to or None))
                elif isinstance(event, events.Closed) and event.rating is not None and not closed:
                    for tally in self._of(ball.credit):
                        tally.ratings[event.rating] += 1
            ball.follow(event, draft)

    def cards(self) -> Scorecards:
        """The cards of all that was added."""
        return Scorecards(
            start=self._period.start,
            end=self._period.end,
            zone=self._desks[0].calendar.zone if self._desks else ZoneInfo("UTC"),
            total=self._card(None, self._total),
            providers=self._cards(self._by_provider),
            agents=self._cards(self._by_agent),
            before=self._before,
            not_yet=self._not_yet,
        )

    def _cards(self, tallies: dict[str | None, Tally]) -> tuple[Scorecard, ...]:
        return tuple(self._card(one, tallies[one]) for one in sorted(tallies, key=nobody_last))

    def _card(self, subject: str | None, tally: Tally) -> Scorecard:
        settings = self._settings
        clauses = tuple(self._score(target, tally) for target in self._targets())
        kept = [one for one in clauses if not one.is_systems]
        met = sum(one.met for one in kept)
        breached = sum(one.breached for one in kept)
        rated = sum(tally.ratings.values())
        satisfied = sum(n for one, n in tally.ratings.items() if one >= settings.satisfied_from)
        return Scorecard(
            subject=subject,
            tickets=tally.tickets,
            clauses=clauses,
            kept=Share(met, met + breached, settings.confidence),
            response=timing(tally.responses, settings.percentiles),
            solution=timing(tally.solutions, settings.percentiles),
            ratings=MappingProxyType({one: tally.ratings[one] for one in range(1, 6)}),
            satisfaction=Share(satisfied, rated, settings.confidence),
            complaints=tally.counts["complaints"],
            tendencies=None if self._tendencies_of is None else tally.counts["tendencies"],
            reopenings=tally.counts["reopenings"],
            transfers_in=tally.counts["in"],
            transfers_out=tally.counts["out"],
        )

    def _targets(self) -> tuple[Target, ...]:
        """The promises of every desk, in order, the first of each id."""
        first: dict[str, Target] = {}
        for desk in self._desks:
            for target in desk.clocks.targets:
                first.setdefault(target.id, target)
        return tuple(first.values())

    def _score(self, target: Target, tally: Tally) -> ClauseScore:
        met, breached = (tally.cycles[target.id, one] for one in (Verdict.MET, Verdict.BREACHED))
        return ClauseScore(
            clause=target.clause,
            clock=target.id,
            label=target.label,
            is_systems=target.command is not None,
            met=met,
            breached=breached,
            cancelled=tally.cycles[target.id, Verdict.CANCELLED],
            open=tally.cycles[target.id, Verdict.RUNNING],
            provisional=tally.provisional[target.id],
            share=Share(met, met + breached, self._settings.confidence),
        )


def _worked(ticket: Ticket, desk: Desk, start: datetime, end: datetime) -> timedelta:
    """The service time in ``[start, end)`` in which the desk had the ball."""
    times = time_by_holder(ticket, desk.calendar, end)
    stretches = () if times is None else times.stretches
    return sum(
        (
            desk.calendar.elapsed(max(one.start, start), min(one.end, end))
            for one in stretches
            if one.holder in _DESKS and one.end > start
        ),
        timedelta(0),
    )


def scorecards(
    tickets: Iterable[Ticket],
    start: datetime,
    end: datetime,
    desk: Desks,
    *,
    provider_of: ProviderOf = group_of,
    tendencies_of: TendenciesOf | None = None,
    settings: Reporting = DEFAULTS,
) -> Scorecards:
    """How promises were kept in a period, by provider and by agent (8.4).

    A cycle belongs to the period in which it got its verdict: met or cancelled at its stop,
    breached at the instant of the breach, however late its stop. A card tells what was known at
    the period's end.

    Args:
        tickets: Every ticket that may have to do with the period; others do no harm.
        start: When the period begins, aware.
        end: When it ends, aware; it is not part of the period.
        desk: The rules, or each provider's own.
        provider_of: Tells a ticket's provider; by default the group that it was submitted to.
        tendencies_of: Tells when a ticket's customer showed a tendency to complain (7.3), such as
            ``tendencies_by(desk)``; they are not counted if it is not given.
        settings: Percentiles, confidence, and who counts as satisfied.

    Raises:
        NaiveTimeError: ``start`` or ``end`` has no time zone.
        ReportError: The period has no time, a ticket comes twice, or a provider has no desk.
    """
    start, end = instant(start), instant(end)
    if end <= start:
        msg = f"the period ends at {end.isoformat()}, not after its start at {start.isoformat()}"
        raise ReportError(msg)
    tallies = Tallies(Period(start, end), Providers(desk, provider_of), tendencies_of, settings)
    for ticket in once(tickets):
        tallies.add(ticket)
    return tallies.cards()


def tendencies_by(desk: Desk, *, detector: Detector | None = None) -> TendenciesOf:
    """What tells when a ticket's customer first showed a tendency to complain (7.3).

    Args:
        desk: Reads the words, as ``Desk.tendency`` does.
        detector: What finds the signals, if not the desk's own.

    Returns:
        A function for ``scorecards``; it gives one instant for a ticket that shows a tendency and
        none for others.
    """

    def shows(ticket: Ticket, at: datetime) -> bool:
        return desk.tendency(ticket, at, detector=detector).has_tendency

    def instants(ticket: Ticket) -> tuple[datetime, ...]:
        if not shows(ticket, ticket.last_event_at):
            return ()
        words = (event.at for event in ticket.history if event.by.role is Role.CUSTOMER)
        return tuple(at for at in words if shows(ticket, at))[:1]

    return instants
