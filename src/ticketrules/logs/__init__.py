"""Logs: reading them with or without a mapping, judging them, and the report."""

from ticketrules.logs.intake import Intake, Log, Rejection
from ticketrules.logs.judging import Judgement, Unjudged, last_instant
from ticketrules.logs.mapping import LogMapping, load_mapping
from ticketrules.logs.plain import plain_assessment, plain_reading, plain_report
from ticketrules.logs.reading import load_log, read_events, read_rows
from ticketrules.logs.report import (
    AgentLine,
    ClauseLine,
    FindingLine,
    NeedLine,
    Place,
    Report,
    Tally,
)

__all__ = [
    "AgentLine",
    "ClauseLine",
    "FindingLine",
    "Intake",
    "Judgement",
    "Log",
    "LogMapping",
    "NeedLine",
    "Place",
    "Rejection",
    "Report",
    "Tally",
    "Unjudged",
    "last_instant",
    "load_log",
    "load_mapping",
    "plain_assessment",
    "plain_reading",
    "plain_report",
    "read_events",
    "read_rows",
]
