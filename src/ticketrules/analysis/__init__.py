"""Analysis: whole logs as columns, judged at once with the verdicts of the scalar engine.

It needs NumPy and Polars, of the extra ``ticketrules[analysis]``.
"""

from ticketrules.analysis.columns import COLUMNS
from ticketrules.analysis.grouping import frame_of_events, frame_of_log
from ticketrules.analysis.judging import Account, Fallback, Verdicts, judge_log
from ticketrules.analysis.reading import LogTable, read_log
from ticketrules.analysis.service_times import service_times
from ticketrules.analysis.streaming import judge_file
from ticketrules.analysis.table import CYCLES
from ticketrules.analysis.whatif import TOTALS, Comparison, compare, sweep, with_setting
from ticketrules.analysis.xes import read_xes, write_xes

__all__ = [
    "COLUMNS",
    "CYCLES",
    "TOTALS",
    "Account",
    "Comparison",
    "Fallback",
    "LogTable",
    "Verdicts",
    "compare",
    "frame_of_events",
    "frame_of_log",
    "judge_file",
    "judge_log",
    "read_log",
    "read_xes",
    "service_times",
    "sweep",
    "with_setting",
    "write_xes",
]
