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
from ticketrules.sla.readings import Crossing, Pause, Reading, Verdict
from ticketrules.sla.settings import Promises, Waiting
from ticketrules.sla.targets import Alarm, On, Target, Threshold

__all__ = [
    "Alarm",
    "Budget",
    "CalendarTime",
    "ClockSet",
    "Crossing",
    "On",
    "Pause",
    "PromisedTime",
    "Promises",
    "Reading",
    "SameServiceDay",
    "ServiceTime",
    "Target",
    "Terms",
    "Threshold",
    "Verdict",
    "Waiting",
    "WorkingDays",
    "marketplace_targets",
    "notify_customer",
    "phone_customer",
    "report_to",
    "tell_agent",
]
