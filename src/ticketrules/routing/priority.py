"""The order of work (7): complaint, business-stopping, then whichever clock runs out first."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final

from attrs import frozen

from ticketrules.clauses import Text

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Urgency(IntEnum):
    """Why a ticket goes before others; the smaller the sooner."""

    COMPLAINT = 1
    BUSINESS_STOPPING = 2
    CLOCK = 3

    @property
    def text(self) -> Text:
        """The reason in both languages."""
        return _TEXTS[self]


_TEXTS: Final = {
    Urgency.COMPLAINT: Text("complaint", "投诉"),
    Urgency.BUSINESS_STOPPING: Text("business-stopping", "影响业务"),
    Urgency.CLOCK: Text("clock", "时限"),
}


@frozen(kw_only=True)
class Standing:
    """What the order of work looks at.

    Attributes:
        ticket: The ticket's id.
        is_complaint: The customer has an open complaint (7.2).
        is_business_stopping: It stops the customer's business and is not solved (7.1).
        deadline: The instant of its nearest open deadline, passed or to come.
        opened_at: When it was submitted.
    """

    ticket: str
    is_complaint: bool
    is_business_stopping: bool
    deadline: datetime | None
    opened_at: datetime

    @property
    def urgency(self) -> Urgency:
        """The first reason that applies (7)."""
        if self.is_complaint:
            return Urgency.COMPLAINT
        if self.is_business_stopping:
            return Urgency.BUSINESS_STOPPING
        return Urgency.CLOCK

    @property
    def rank(self) -> tuple[int, datetime, datetime, str]:
        """The key of the order; total, since no two tickets share an id."""
        return (self.urgency, self.deadline or _NEVER, self.opened_at, self.ticket)


def order(standings: Iterable[Standing]) -> list[Standing]:
    """The standings in the order of work (7); a total order, whatever order they come in."""
    return sorted(standings, key=lambda standing: standing.rank)
