"""The scene of a simulation: all that is the same in every run."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from ticketrules.calendar import Interval
from ticketrules.desk import Desk
from ticketrules.routing import Agent
from ticketrules.simulation.handling import Customers, Handling


@frozen(kw_only=True)
class Scene:
    """All that is the same in every run.

    Attributes:
        desk: The rules.
        agents: The agents.
        presence: When each is on duty, in UTC, in order and apart from each other.
        handling: How long agents take.
        customers: What customers do.
        start: When a run begins, in UTC.
        end: When it ends; what is due then is not done any more.
    """

    desk: Desk
    agents: Mapping[str, Agent]
    presence: Mapping[str, Sequence[Interval]]
    handling: Handling
    customers: Customers
    start: datetime
    end: datetime
