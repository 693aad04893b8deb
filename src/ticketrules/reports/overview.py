"""The overview (2.1): how many tickets in each status, and which need a hand now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from ticketrules.assessment import Assessment
from ticketrules.clauses import ClauseId
from ticketrules.desk import Desk
from ticketrules.logs.report import NeedLine, needs_of
from ticketrules.pages import Language
from ticketrules.reports.providers import (
    Desks,
    ProviderOf,
    Providers,
    group_of,
    nobody_last,
    once,
)
from ticketrules.reports.rendering import overview_page
from ticketrules.reports.settings import DEFAULTS, Reporting
from ticketrules.routing import Urgency
from ticketrules.tickets import ALIVE, OPEN, WAITING, Status, Ticket, instant
from ticketrules.tickets.lifecycle import rewind
from ticketrules.worklist import Tendencies, see


@frozen(kw_only=True)
class WaitLine:
    """A ticket that waits for its customer (9).

    Attributes:
        ticket: The ticket's id.
        status: 待反馈 or 待确认.
        since: When the wait began, in UTC.
        reminder_at: When the customer is reminded (9.1); ``None`` where no reminder is to come.
        lapses_at: From when on the wait lapses (9.2, 9.3); ``None`` where it cannot, since the
            customer has had no answer or no policy has it lapse.
        is_due: Whether that has come and the system has not acted.
    """

    ticket: str
    status: Status
    since: datetime
    reminder_at: datetime | None
    lapses_at: datetime | None
    is_due: bool


@frozen(kw_only=True)
class Overview:
    """A desk's tickets at a glance.

    Every list keeps the order of work (7), but for ``waiting``, which has the first to lapse first.

    Attributes:
        seen_at: The instant, in UTC.
        zone: The desk's zone, in which it is shown.
        tickets: How many tickets there are then.
        not_yet: How many were handed in whose submission comes only later.
        by_status: How many in each status; together they are ``tickets``.
        need_hand: The tickets that somebody has to do something about now or by a deadline.
        by_urgency: How many of these for each reason; together they are all of them.
        due_soon: Those of them with a deadline ahead that has at most the set service time left.
        breached: Those of them with a deadline that has passed.
        waiting: The tickets that wait for their customers.
        unassigned: The open tickets that no agent and not the platform has.
        with_platform: The tickets that the platform has (6.4).
        departed: The tickets whose histories depart from the rules.
        departures: How many departures by clause.
    """

    seen_at: datetime
    zone: ZoneInfo
    tickets: int
    not_yet: int
    by_status: Mapping[Status, int] = field(hash=False)
    need_hand: tuple[NeedLine, ...]
    by_urgency: Mapping[Urgency, int] = field(hash=False)
    due_soon: tuple[NeedLine, ...]
    breached: tuple[NeedLine, ...]
    waiting: tuple[WaitLine, ...]
    unassigned: tuple[str, ...]
    with_platform: tuple[str, ...]
    departed: tuple[str, ...]
    departures: Mapping[ClauseId, int] = field(hash=False)

    def text(self, lang: Language = "en", rows: int = 10) -> str:
        """The overview as plain text.

        Args:
            lang: ``"en"`` or ``"zh"``.
            rows: How many tickets each list shows; the rest is told as a number.
        """
        return overview_page(self, lang, rows).text()

    def html(self, lang: Language = "en", rows: int = 10) -> str:
        """The overview as a fragment of HTML, escaped; arguments as for ``text``."""
        return overview_page(self, lang, rows).html()

    def _repr_html_(self) -> str:
        return self.html()


def overview(
    tickets: Iterable[Ticket],
    now: datetime,
    desk: Desk,
    *,
    tendencies: Tendencies | None = None,
    settings: Reporting = DEFAULTS,
) -> Overview:
    """A desk's tickets at a glance (2.1), in one pass over them.

    Args:
        tickets: The tickets; what happened to them after ``now`` is left aside.
        now: The instant, aware.
        desk: The rules.
        tendencies: As for ``Desk.order``; the desk reads the words itself if they are not given.
        settings: When a deadline is near.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        ReportError: A ticket comes twice.
    """
    now = instant(now)
    tally = _Tally(desk, now, tendencies, settings)
    for ticket in once(tickets):
        tally.add(ticket)
    return tally.overview()


def overview_by_provider(
    tickets: Iterable[Ticket],
    now: datetime,
    desk: Desks,
    *,
    provider_of: ProviderOf = group_of,
    tendencies: Tendencies | None = None,
    settings: Reporting = DEFAULTS,
) -> dict[str | None, Overview]:
    """One overview for each provider, in one pass; each ticket is in exactly one of them.

    Args:
        tickets: The tickets of all providers.
        now: The instant, aware.
        desk: The rules, or each provider's own.
        provider_of: Tells a ticket's provider.
        tendencies: See ``overview``.
        settings: When a deadline is near.

    Returns:
        The overviews by provider, those without one last, under ``None``.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        ReportError: A ticket comes twice, or its provider has no desk.
    """
    now = instant(now)
    providers = Providers(desk, provider_of)
    tallies: dict[str | None, _Tally] = {}
    for ticket in once(tickets):
        provider, own = providers.of(ticket)
        tally = tallies.get(provider)
        if tally is None:
            tally = tallies[provider] = _Tally(own, now, tendencies, settings)
        tally.add(ticket)
    return {provider: tallies[provider].overview() for provider in sorted(tallies, key=nobody_last)}


_Rank = tuple[object, ...]

_LAPSES: Final = {
    Status.AWAITING_FEEDBACK: ClauseId("9.2"),
    Status.AWAITING_CONFIRMATION: ClauseId("9.3"),
}
_REMINDER: Final = ClauseId("9.1")


class _Tally:
    """Takes tickets one by one."""

    def __init__(
        self,
        desk: Desk,
        now: datetime,
        tendencies: Tendencies | None,
        settings: Reporting,
    ) -> None:
        self._desk, self._now, self._within = desk, now, settings.due_within
        self._tendencies, self._order = tendencies, desk.policy.routing
        self._not_yet = 0
        self._by_status = dict.fromkeys(Status, 0)
        self._needing: list[tuple[_Rank, NeedLine, bool, bool]] = []
        self._waiting: list[WaitLine] = []
        self._unassigned: list[tuple[_Rank, str]] = []
        self._with_platform: list[tuple[_Rank, str]] = []
        self._departed: list[tuple[_Rank, str]] = []
        self._departures: Counter[ClauseId] = Counter()

    def add(self, ticket: Ticket) -> None:
        """Take one ticket into account."""
        then = rewind(ticket, self._now)
        if then is None:
            self._not_yet += 1
            return
        desk = self._desk
        assessment, _ = see(desk.clocks, desk.policy, then, self._now, self._tendencies)
        rank = assessment.standing.rank_under(self._order)
        self._by_status[then.status] += 1
        if assessment.needs:
            self._add_needs(rank, assessment)
        if then.status in WAITING:
            self._waiting.append(_wait(assessment, self._now))
        if then.status in ALIVE and then.with_platform_since is not None:
            self._with_platform.append((rank, then.id))
        elif then.status in OPEN and then.agent is None:
            self._unassigned.append((rank, then.id))
        if assessment.findings:
            self._departed.append((rank, then.id))
            self._departures.update(one.clause for one in assessment.findings)

    def _add_needs(self, rank: _Rank, assessment: Assessment) -> None:
        then, needs = assessment.ticket, needs_of(assessment)
        elapsed, now, within = self._desk.calendar.elapsed, self._now, self._within
        line = NeedLine(
            ticket=then.id,
            status=then.status,
            agent=then.agent,
            urgency=assessment.standing.urgency_under(self._order),
            needs=needs,
        )
        soon = any(
            not one.is_late
            and one.due_at is not None
            and now <= one.due_at
            and elapsed(now, one.due_at) <= within
            for one in needs
        )
        self._needing.append((rank, line, soon, any(one.is_late for one in needs)))

    def overview(self) -> Overview:
        """What has been added."""
        needing = sorted(self._needing, key=lambda entry: entry[0])
        reasons = Counter(line.urgency for _rank, line, _soon, _late in needing)
        return Overview(
            seen_at=self._now,
            zone=self._desk.calendar.zone,
            tickets=sum(self._by_status.values()),
            not_yet=self._not_yet,
            by_status=MappingProxyType(self._by_status),
            need_hand=tuple(line for _rank, line, _soon, _late in needing),
            by_urgency=MappingProxyType({one: reasons[one] for one in Urgency}),
            due_soon=tuple(line for _rank, line, soon, _late in needing if soon),
            breached=tuple(line for _rank, line, _soon, late in needing if late),
            waiting=tuple(sorted(self._waiting, key=_first_to_lapse)),
            unassigned=_ranked(self._unassigned),
            with_platform=_ranked(self._with_platform),
            departed=_ranked(self._departed),
            departures=MappingProxyType(dict(sorted(self._departures.items()))),
        )


def _ranked(entries: list[tuple[_Rank, str]]) -> tuple[str, ...]:
    return tuple(ticket for _rank, ticket in sorted(entries))


def _first_to_lapse(line: WaitLine) -> tuple[bool, float, str]:
    at = line.lapses_at
    return at is None, 0.0 if at is None else at.timestamp(), line.ticket


def _wait(assessment: Assessment, now: datetime) -> WaitLine:
    """How the wait of a ticket stands, by its open clocks of clause 9."""
    then = assessment.ticket
    answered = then.unanswered_since is None
    open_clocks = {
        one.clause: one.due_at for one in assessment.readings if one.is_open and answered
    }
    lapses_at = open_clocks.get(_LAPSES[then.status])
    return WaitLine(
        ticket=then.id,
        status=then.status,
        since=then.status_since,
        reminder_at=open_clocks.get(_REMINDER),
        lapses_at=lapses_at,
        is_due=lapses_at is not None and lapses_at <= now,
    )
