"""SLA: the promises of clauses 7.1, 8 and 9 as targets, and the clocks that measure them."""

from ticketrules.sla.clocks import ClockSet, Reading, Verdict
from ticketrules.sla.settings import Promises, Waiting
from ticketrules.sla.targets import (
    On,
    SameServiceDay,
    ServiceTime,
    Target,
    Terms,
    WorkingDays,
    marketplace_targets,
)

__all__ = [
    "ClockSet",
    "On",
    "Promises",
    "Reading",
    "SameServiceDay",
    "ServiceTime",
    "Target",
    "Terms",
    "Verdict",
    "Waiting",
    "WorkingDays",
    "marketplace_targets",
]
