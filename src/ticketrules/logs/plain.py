"""Reports and assessments as plain values: what JSON, JSON Lines and CSV are written from.

Instants are ISO 8601 in the desk's zone; amounts of time are numbers of seconds, ``_s``.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from ticketrules.assessment import Assessment, Need
from ticketrules.clauses import Text
from ticketrules.logs.report import FindingLine, Report, needs_of
from ticketrules.replies import ReplyFinding
from ticketrules.sla import Reading, Verdict

READING_COLUMNS: Final = (
    "ticket",
    "clock",
    "clause",
    "cycle",
    "verdict",
    "started_at",
    "stopped_at",
    "deadline",
    "due_at",
    "breached_at",
    "budget_s",
    "elapsed_s",
    "remaining_s",
    "overrun_s",
    "agent",
    "provisional",
)
"""The keys of a reading, which are the columns of CSV."""


def plain_reading(reading: Reading, zone: ZoneInfo) -> dict[str, Any]:
    """A reading as plain values, under ``READING_COLUMNS``."""
    return {
        "ticket": reading.ticket,
        "clock": reading.clock,
        "clause": reading.clause,
        "cycle": reading.cycle,
        "verdict": str(reading.verdict),
        "started_at": _time(reading.started_at, zone),
        "stopped_at": _time(reading.stopped_at, zone),
        "deadline": _time(reading.deadline, zone),
        "due_at": _time(reading.due_at, zone),
        "breached_at": _time(reading.breached_at, zone),
        "budget_s": None if reading.budget is None else _seconds(reading.budget),
        "elapsed_s": _seconds(reading.elapsed),
        "remaining_s": _seconds(reading.remaining),
        "overrun_s": _seconds(reading.overrun),
        "agent": reading.agent,
        "provisional": reading.provisional,
    }


def plain_assessment(
    assessment: Assessment, zone: ZoneInfo, replies: Iterable[ReplyFinding] | None = None
) -> dict[str, Any]:
    """One ticket's assessment as plain values; one line of JSON Lines.

    Args:
        assessment: The assessment.
        zone: The desk's zone.
        replies: What is wrong with the ticket's replies; ``None`` where nobody looked.
    """
    ticket = assessment.ticket
    return {
        "ticket": ticket.id,
        "as_of": _time(assessment.now, zone),
        "status": str(ticket.status),
        "agent": ticket.agent,
        "urgency": assessment.standing.urgency.name.lower() if assessment.needs else None,
        "needs": [_need(need, zone) for need in needs_of(assessment)],
        "readings": [
            {key: value for key, value in plain_reading(one, zone).items() if key != "ticket"}
            for one in assessment.readings
        ],
        "findings": [
            {
                "clause": finding.clause,
                **_text(finding.text),
                "event": finding.event_id,
                "at": _time(finding.at, zone),
            }
            for finding in assessment.findings
        ],
        **({} if replies is None else {"replies": [_fault(one, zone) for one in replies]}),
    }


def plain_report(report: Report) -> dict[str, Any]:
    """The whole report as plain values; one JSON document."""
    zone = ZoneInfo(report.zone)
    intake = report.intake
    return {
        "log": report.log,
        "policy": report.policy,
        "as_of": _time(report.as_of, zone),
        "intake": {
            "rows": intake.rows,
            "mapped": intake.mapped,
            "rejected": intake.rejected,
            "events": intake.events,
            "tickets": intake.tickets,
            "later_events": report.later_events,
            "rejections": [
                {"line": one.line, "field": one.field, "ticket": one.ticket, "reason": one.reason}
                for one in intake.rejections
            ],
        },
        "tickets": {
            "judged": report.judged,
            "not_yet": report.not_yet,
            "unjudged": len(report.unjudged),
        },
        "unjudged": [{"ticket": one.ticket, "reason": one.reason} for one in report.unjudged],
        "clauses": [
            {
                "clause": line.clause,
                "clock": line.clock,
                "label": _text(line.label),
                **_verdicts(line.counts),
                "open_breaches": line.open_breaches,
                "provisional": line.provisional,
                "share_met": line.share_met,
                "worst": [plain_reading(reading, zone) for reading in line.worst],
            }
            for line in report.clauses
        ],
        "agents": [
            {
                "agent": line.agent,
                "met": dict(sorted(line.met.items())),
                "breached": dict(sorted(line.breached.items())),
                "share_met": line.share_met,
            }
            for line in report.agents
        ],
        "needs": [
            {
                "ticket": line.ticket,
                "status": str(line.status),
                "agent": line.agent,
                "urgency": line.urgency.name.lower(),
                "needs": [_need(need, zone) for need in line.needs],
            }
            for line in report.needs
        ],
        "findings": [
            {
                "clause": line.clause,
                **_text(line.text),
                "count": line.count,
                "tickets": line.tickets,
                "examples": [{"ticket": one.ticket, "event": one.event} for one in line.examples],
            }
            for line in report.findings
        ],
        **({} if report.replies is None else {"replies": list(map(_faults, report.replies))}),
    }


def _faults(line: FindingLine) -> dict[str, Any]:
    return {
        "clause": line.clause,
        **_text(line.text),
        "severity": str(line.severity),
        "count": line.count,
        "tickets": line.tickets,
        "examples": [
            {"ticket": one.ticket, "event": one.event, "span": one.span} for one in line.examples
        ],
    }


def _fault(finding: ReplyFinding, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "clause": finding.clause,
        "fault": str(finding.fault),
        **_text(finding.text),
        "severity": str(finding.severity),
        "event": finding.event_id,
        "at": _time(finding.at, zone),
        "span": finding.span,
        "suggestions": list(finding.suggestions),
    }


def _need(need: Need, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "clause": need.clause,
        **_text(need.text),
        "due_at": _time(need.due_at, zone),
        "late": need.is_late,
    }


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _verdicts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {str(verdict): count for verdict, count in counts.items()}


def _time(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat()


def _seconds(amount: timedelta) -> float:
    seconds = amount.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
