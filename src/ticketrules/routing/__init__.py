"""Routing: who is there, who gets a ticket, and in which order tickets need a hand."""

from ticketrules.routing.agents import Agent, Duty, Held, Leave
from ticketrules.routing.calendar_files import flat_shifts, read_icalendar, write_icalendar
from ticketrules.routing.coverage import Gap, coverage_gaps, duty_findings
from ticketrules.routing.dispatch import (
    Assignment,
    NoEligibleAgent,
    Outcome,
    Rejection,
    ToPlatform,
    route,
)
from ticketrules.routing.handover import (
    CannotHandOver,
    Deadline,
    Handover,
    HandoverNote,
    HandoverPlan,
    Known,
    Stays,
)
from ticketrules.routing.handover_planning import plan_handover
from ticketrules.routing.phoning import CallCase, CallGround, CallOwed, phone_now
from ticketrules.routing.priority import Standing, Urgency, order
from ticketrules.routing.queue import RoutedQueue, route_many
from ticketrules.routing.queued import Queued, acquaintances
from ticketrules.routing.recurrence import Recurrence, recurrence
from ticketrules.routing.roster import Roster, Rota, Shift, Swap
from ticketrules.routing.roster_files import load_roster
from ticketrules.routing.settings import Routing
from ticketrules.routing.strategies import (
    KnownCustomer,
    LeastLoaded,
    RoundRobin,
    SkillFirst,
    Strategy,
    strategy_of,
)

__all__ = [
    "Agent",
    "Assignment",
    "CallCase",
    "CallGround",
    "CallOwed",
    "CannotHandOver",
    "Deadline",
    "Duty",
    "Gap",
    "Handover",
    "HandoverNote",
    "HandoverPlan",
    "Held",
    "Known",
    "KnownCustomer",
    "LeastLoaded",
    "Leave",
    "NoEligibleAgent",
    "Outcome",
    "Queued",
    "Recurrence",
    "Rejection",
    "Roster",
    "Rota",
    "RoundRobin",
    "RoutedQueue",
    "Routing",
    "Shift",
    "SkillFirst",
    "Standing",
    "Stays",
    "Strategy",
    "Swap",
    "ToPlatform",
    "Urgency",
    "acquaintances",
    "coverage_gaps",
    "duty_findings",
    "flat_shifts",
    "load_roster",
    "order",
    "phone_now",
    "plan_handover",
    "read_icalendar",
    "recurrence",
    "route",
    "route_many",
    "strategy_of",
    "write_icalendar",
]
