"""Logs: reading them with or without a mapping, and the account of every row."""

from ticketrules.logs.intake import Intake, Log, Rejection
from ticketrules.logs.mapping import LogMapping, load_mapping
from ticketrules.logs.reading import load_log, read_events, read_rows

__all__ = [
    "Intake",
    "Log",
    "LogMapping",
    "Rejection",
    "load_log",
    "load_mapping",
    "read_events",
    "read_rows",
]
