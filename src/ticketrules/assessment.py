"""Assessments: what the rules say of a ticket at an instant, from its readings."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Final

from attrs import frozen

from ticketrules.clauses import ClauseId, Finding, Text
from ticketrules.complaints import Tendency
from ticketrules.pages import Language, Page, Table
from ticketrules.routing import Standing
from ticketrules.sla import Due, PolicyBook, Reading, Verdict, phone_customer
from ticketrules.sla.reading_rendering import moment, readings_table
from ticketrules.sla.timers import wake_from
from ticketrules.tickets import Status, Ticket, instant
from ticketrules.tickets.lifecycle import as_of

_SETTLE: Final = Text("settle the complaint", "处理投诉")
_PHONE: Final = Text("phone the customer: not solved on the day", "当天未解决，电话告知客户")
_EARLY: Final = Text("lapsed before its time", "未到期即自动变更")
_CALL: Final = Text("phone the customer at once", "立即电话联系客户")
_TENDENCIES: Final = ClauseId("7.3")
_COMPLAINTS: Final = ClauseId("7.2")
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@frozen(kw_only=True)
class Need:
    """Something that somebody has to do on a ticket.

    Attributes:
        clause: The clause that asks for it.
        text: What it is, in both languages.
        due_at: By when, in UTC; ``None`` where the clause names no time.
        is_late: Whether that has passed.
    """

    clause: ClauseId
    text: Text
    due_at: datetime | None
    is_late: bool


@frozen(kw_only=True)
class Assessment:
    """What the rules say of a ticket at an instant.

    Attributes:
        ticket: The ticket as it stood at ``now``.
        now: The instant, in UTC.
        readings: Every cycle of every clock.
        findings: Where the history departs from the rules.
        needs: What has to happen next, most urgent first; empty where nobody has to act.
        standing: Its place in the order of work (7).
        due: What has fallen due for the system and the host, each thing once and in order; see
            ``sla.wake``.
        next_wakeup_at: When to look again once all that is done, in UTC; ``None`` if the ticket
            then waits for nothing but people.
        zone: The zone in which people read it.
    """

    ticket: Ticket
    now: datetime
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    needs: tuple[Need, ...]
    standing: Standing
    due: tuple[Due, ...]
    next_wakeup_at: datetime | None
    zone: tzinfo = UTC

    def text(self, lang: Language = "en") -> str:
        """The assessment as lines of text, in English or Chinese."""
        return assessment_page(self, self.now, lang).text()

    def html(self, lang: Language = "en") -> str:
        """The assessment as a fragment of HTML that needs no style sheet and no script."""
        return assessment_page(self, self.now, lang).html()

    def _repr_html_(self) -> str:
        return self.html()


def assess(
    book: PolicyBook,
    ticket: Ticket,
    now: datetime,
    *,
    since: datetime | None = None,
    tendency: Tendency | None = None,
) -> Assessment:
    """Say what the rules make of a ticket at an instant; see ``Desk.assess``."""
    now = instant(now)
    then = as_of(ticket, now)
    readings = book.read_then(then, now)
    due, _, next_wakeup_at = wake_from(book, then, readings, now, since=since)
    needs = needs_of(book, then, readings, now)
    has_tendency = tendency is not None and tendency.has_tendency
    if tendency is not None:
        needs = call_owed(then, tendency) + needs
    return Assessment(
        ticket=then,
        now=now,
        readings=readings,
        findings=findings_of(then, readings),
        needs=needs,
        standing=standing_of(then, needs, has_tendency=has_tendency),
        due=due,
        next_wakeup_at=next_wakeup_at,
        zone=book.calendar.zone,
    )


def needs_of(
    book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> tuple[Need, ...]:
    """What has to happen next on a ticket, most urgent first.

    Args:
        book: The policies that the readings are of.
        ticket: The ticket as it stood at ``now``.
        readings: All of its readings at ``now``.
        now: The instant, in UTC.
    """
    if ticket.status is Status.CLOSED:
        return ()
    needs = list(_needs(book, ticket, readings, now))
    if len(needs) > 1:
        needs.sort(key=_soonest_first)
    return tuple(needs)


def _needs(
    book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> Iterator[Need]:
    if ticket.complained_at is not None:
        yield Need(clause=_COMPLAINTS, text=_SETTLE, due_at=None, is_late=False)
    for reading in readings:
        verdict = reading.verdict
        if reading.stopped_at is not None or verdict is Verdict.PAUSED:
            continue
        due_at, is_late = reading.due_at, verdict is Verdict.BREACHED
        if due_at is not None and (now < due_at or ticket.unanswered_since is not None):
            continue  # the system's turn (9): nobody's hand before it is due
        target = book.target(reading)
        text = target.label
        if due_at is None and target.command is not None:
            continue  # nobody knows yet when it is due
        if due_at is None:
            due_at = reading.deadline
            if is_late and phone_customer in target.on_breach and not _is_phoned(ticket, reading):
                text = _PHONE
        yield Need(clause=reading.clause, text=text, due_at=due_at, is_late=is_late)


def standing_of(ticket: Ticket, needs: tuple[Need, ...], *, has_tendency: bool = False) -> Standing:
    """A ticket's place in the order of work (7), from its needs, the most urgent first."""
    for need in needs:
        if need.due_at is not None:
            return Standing.of(
                ticket, need.due_at, deadline_clause=need.clause, has_tendency=has_tendency
            )
    return Standing.of(ticket, None, deadline_clause=None, has_tendency=has_tendency)


def call_owed(ticket: Ticket, tendency: Tendency) -> tuple[Need, ...]:
    """The call that a tendency to complain asks for at once (7.3), until it was made."""
    if not tendency.phone_at_once or ticket.status is Status.CLOSED:
        return ()
    since = tendency.since or ticket.opened_at
    if ticket.phoned_at is not None and ticket.phoned_at >= since:
        return ()
    return (Need(clause=_TENDENCIES, text=_CALL, due_at=None, is_late=False),)


def findings_of(ticket: Ticket, readings: tuple[Reading, ...]) -> tuple[Finding, ...]:
    """Where a history departs from the rules: the lifecycle's, and lapses before their time (9)."""
    early = [
        Finding(reading.clause, _EARLY, reading.stopped_by or ticket.id, reading.stopped_at)
        for reading in readings
        if reading.due_at is not None and reading.stopped_at is not None and reading.is_early
    ]
    return (*ticket.departures, *early) if early else ticket.departures


def _soonest_first(need: Need) -> tuple[bool, datetime, ClauseId]:
    due = need.due_at
    return due is not None, _FIRST if due is None else due, need.clause


def _is_phoned(ticket: Ticket, reading: Reading) -> bool:
    phoned, breached = ticket.phoned_at, reading.breached_at
    return phoned is not None and breached is not None and phoned >= breached


def assessment_page(seen: Assessment, at: datetime, lang: Language) -> Page:
    """The page of an assessment made at an instant, its times on the desk's wall clock."""

    def says(en: str, zh: str) -> str:
        return zh if lang == "zh" else en

    def say(text: Text) -> str:
        return says(text.en, text.zh)

    def when(at: object) -> str:
        return says("at once", "立即") if at is None else str(at)

    ticket, zone = seen.ticket, seen.zone
    status = says(str(ticket.status).replace("_", " "), ticket.status.label)
    facts = [
        (says("status", "状态"), f"{status}, {moment(ticket.status_since, zone)}"),
        (says("agent", "客服"), ticket.agent or "—"),
        (says("order of work", "处理顺序"), say(seen.standing.urgency.text)),
        (says("look again", "下次查看"), moment(seen.next_wakeup_at, zone) or "—"),
    ]
    tables = [Table("", ("", ""), tuple(facts))]
    if seen.needs:
        rows = tuple(
            (
                need.clause,
                say(need.text),
                when(moment(need.due_at, zone) or None),
                says("late", "已超时") if need.is_late else "",
            )
            for need in seen.needs
        )
        heads = (says("clause", "条款"), says("what", "事项"), says("by", "最迟"), "")
        tables.append(Table(says("needs", "待办"), heads, rows))
    if seen.readings:
        tables.append(readings_table(seen.readings, zone, lang))
    if seen.findings:
        rows = tuple(
            (one.clause, say(one.text), one.event_id, moment(one.at, zone)) for one in seen.findings
        )
        heads = (
            says("clause", "条款"),
            says("finding", "发现"),
            says("event", "事件"),
            says("at", "时间"),
        )
        tables.append(Table(says("findings", "违规记录"), heads, rows))
    headline = f"{ticket.id} — {moment(at, zone)} ({zone})"
    return Page(lang, headline, tuple(tables))
