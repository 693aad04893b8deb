"""Hypothesis strategies for everything that a service desk is made of.

They look first where desks go wrong: at openings and closings, holidays and make-up days, the ends
of years and the changes of clocks, at the instant when a promise runs out and just past it. What
they find shrinks to what a person would have written: a plain Monday at nine, the marketplace's
numbers, one message.

With Hypothesis and this package installed, ``st.from_type(Ticket)`` and the like draw from here.
"""

import ticketrules.verification.extra  # noqa: F401 - first: it says what is missing
from ticketrules.verification.strategies.calendars import (
    calendars,
    notices,
    schedules,
    service_hours,
    windows,
)
from ticketrules.verification.strategies.commands import actors, commands
from ticketrules.verification.strategies.events import events
from ticketrules.verification.strategies.histories import (
    histories,
    lives,
    moments,
    tickets,
    wild_histories,
)
from ticketrules.verification.strategies.instants import amounts, instants
from ticketrules.verification.strategies.messages import messages, texts
from ticketrules.verification.strategies.policies import policies
from ticketrules.verification.strategies.rosters import (
    agents,
    queued,
    rosters,
    several_agents,
)

__all__ = [
    "actors",
    "agents",
    "amounts",
    "calendars",
    "commands",
    "events",
    "histories",
    "instants",
    "lives",
    "messages",
    "moments",
    "notices",
    "policies",
    "queued",
    "rosters",
    "schedules",
    "service_hours",
    "several_agents",
    "texts",
    "tickets",
    "wild_histories",
    "windows",
]
