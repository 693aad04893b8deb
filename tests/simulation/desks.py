"""Desks and staffs that the simulation's tests share."""

from datetime import datetime, timedelta
from random import Random

from ticketrules import Desk, Policy, marketplace
from ticketrules.calendar import ServiceHours
from ticketrules.simulation import Customers as People
from ticketrules.simulation import Exponential, Fixed, Handling, LogNormal

DESK = marketplace()
ZONE = DESK.calendar.zone
NEVER_CLOSED = Desk(Policy(service_hours=ServiceHours(days="mon-sun", hours=("00:00-24:00",))))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def at(*parts):
    return datetime(*parts, tzinfo=ZONE)


TUESDAY = at(2026, 3, 3)

QUICK = Handling(answering=Fixed(10 * MINUTE))
"""Every ticket is solved with its first answer."""

USUAL = Handling(answering=LogNormal(4 * MINUTE, 0.5), solving=LogNormal(15 * MINUTE, 1.0))
LIVELY = People(
    needs_feedback=0.3,
    rejects=0.2,
    confirms=0.4,
    stops_business=0.1,
    replying=Exponential(3 * HOUR),
)


def chance(seed):
    return Random(seed)  # noqa: S311 - chance that can be repeated is the point


class Listed:
    """Amounts in the order in which they are listed, whatever chance says."""

    def __init__(self, amounts):
        self.rest = list(amounts)[::-1]

    def draw(self, rng):
        return self.rest.pop()
