"""Routing: who is there, who gets a ticket, and in which order tickets need a hand."""

from ticketrules.routing.agents import Agent, Duty, Held, Leave
from ticketrules.routing.coverage import Gap, coverage_gaps, duty_findings
from ticketrules.routing.dispatch import (
    Assignment,
    NoEligibleAgent,
    Rejection,
    ToPlatform,
    route,
)
from ticketrules.routing.priority import Standing, Urgency, order
from ticketrules.routing.queue import RoutedQueue, route_many
from ticketrules.routing.queued import Queued, acquaintances
from ticketrules.routing.recurrence import Recurrence, recurrence
from ticketrules.routing.roster import Roster, Rota, Shift, Swap
from ticketrules.routing.settings import Routing
from ticketrules.routing.strategies import (
    KnownCustomer,
    LeastLoaded,
    RoundRobin,
    SkillFirst,
    strategy_of,
)

__all__ = [
    "Agent",
    "Assignment",
    "Duty",
    "Gap",
    "Held",
    "KnownCustomer",
    "LeastLoaded",
    "Leave",
    "NoEligibleAgent",
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
    "Swap",
    "ToPlatform",
    "Urgency",
    "acquaintances",
    "coverage_gaps",
    "duty_findings",
    "order",
    "recurrence",
    "route",
    "route_many",
    "strategy_of",
]
