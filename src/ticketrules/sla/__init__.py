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
from ticketrules.sla.marketplace import marketplace_targets
from ticketrules.sla.policies import Choice, PolicyBook, SlaPolicy
from ticketrules.sla.readings import Crossing, Pause, Reading, Verdict
from ticketrules.sla.settings import Promises, Waiting
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
    "On",
    "Pause",
    "PolicyBook",
    "PromisedTime",
    "Promises",
    "Reading",
    "SameServiceDay",
    "ServiceTime",
    "SlaPolicy",
    "Target",
    "Terms",
    "Threshold",
    "Verdict",
    "Waiting",
    "Wake",
    "WorkingDays",
    "marketplace_targets",
    "next_wakeup",
    "notify_customer",
    "phone_customer",
    "report_to",
    "tell_agent",
    "wake",
]
