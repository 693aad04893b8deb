"""SLA: the promises of clauses 7.1, 8 and 9 as targets, and the clocks that measure them."""

from ticketrules.sla.alarms import notify_customer, phone_customer, report_to, tell_agent
from ticketrules.sla.budgets import (
    Budget,
    CalendarTime,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    Terms,
    WorkingDays,
)
from ticketrules.sla.clocks import ClockSet
from ticketrules.sla.holding import HeldBy, HeldStretch, HeldTime, HoldingTimes, time_by_holder
from ticketrules.sla.marketplace import marketplace_targets
from ticketrules.sla.pause_audit import HiddenWait, audit_pauses
from ticketrules.sla.policies import Choice, PolicyBook, SlaPolicy
from ticketrules.sla.proof import Proof, ProofSegment, explain
from ticketrules.sla.proof_checking import ProofError, check_proof
from ticketrules.sla.readings import Crossing, Pause, Reading, Verdict
from ticketrules.sla.remedy import Remedy, Served, merge_remedies, remedies
from ticketrules.sla.settings import Promises, Waiting
from ticketrules.sla.target_settings import TargetSettings, ThresholdSettings, with_settings
from ticketrules.sla.targets import Alarm, On, Target, Threshold
from ticketrules.sla.timers import Due, Wake, next_wakeup, wake

__all__ = [
    "Alarm",
    "Budget",
    "CalendarTime",
    "Choice",
    "ClockSet",
    "Crossing",
    "Due",
    "HeldBy",
    "HeldStretch",
    "HeldTime",
    "HiddenWait",
    "HoldingTimes",
    "On",
    "Pause",
    "PolicyBook",
    "PromisedTime",
    "Promises",
    "Proof",
    "ProofError",
    "ProofSegment",
    "Reading",
    "Remedy",
    "SameServiceDay",
    "Served",
    "ServiceTime",
    "SlaPolicy",
    "Target",
    "TargetSettings",
    "Terms",
    "Threshold",
    "ThresholdSettings",
    "Verdict",
    "Waiting",
    "Wake",
    "WorkingDays",
    "audit_pauses",
    "check_proof",
    "explain",
    "marketplace_targets",
    "merge_remedies",
    "next_wakeup",
    "notify_customer",
    "phone_customer",
    "remedies",
    "report_to",
    "tell_agent",
    "time_by_holder",
    "wake",
    "with_settings",
]
