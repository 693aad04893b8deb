"""The order of work (7): complaint, tendency, business-stopping, then the nearest deadline."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final

from attrs import converters, field, frozen

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.routing.given import each, once
from ticketrules.routing.settings import DEFAULTS, Routing
from ticketrules.tickets import UNSOLVED, Ticket, instant

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Urgency(IntEnum):
    """Why a ticket goes before others; the smaller the sooner."""

    COMPLAINT = 1
    TENDENCY = 2
    BUSINESS_STOPPING = 3
    CLOCK = 4

    @property
    def text(self) -> Text:
        """The reason in both languages."""
        return _TEXTS[self]

    @property
    def clause(self) -> ClauseId | None:
        """The clause that it rests on; that of its clock where only a clock presses."""
        return _CLAUSES.get(self)


_TEXTS: Final = {
    Urgency.COMPLAINT: Text("complaint", "投诉"),
    Urgency.TENDENCY: Text("tendency to complain", "投诉倾向"),
    Urgency.BUSINESS_STOPPING: Text("business-stopping", "影响业务"),
    Urgency.CLOCK: Text("clock", "时限"),
}

_CLAUSES: Final = {
    Urgency.COMPLAINT: ClauseId("7.2"),
    Urgency.TENDENCY: ClauseId("7.3"),
    Urgency.BUSINESS_STOPPING: ClauseId("7.1"),
}


@frozen(kw_only=True)
class Standing:
    """What the order of work looks at.

    Attributes:
        ticket: The ticket's id.
        is_complaint: The customer has an open complaint (7.2).
        has_tendency: The customer tends to complain (7.3).
        is_business_stopping: It stops the customer's business and is not solved (7.1).
        deadline: The instant of its nearest open deadline, passed or to come.
        deadline_clause: The clause that promises that deadline, where it is known.
        opened_at: When it was submitted; both instants are aware and kept in UTC.

    Raises:
        NaiveTimeError: An instant without a time zone.
    """

    ticket: str
    is_complaint: bool
    has_tendency: bool = False
    is_business_stopping: bool
    deadline: datetime | None = field(converter=converters.optional(instant))
    deadline_clause: ClauseId | None = None
    opened_at: datetime = field(converter=instant)

    @classmethod
    def of(
        cls,
        ticket: Ticket,
        deadline: datetime | None = None,
        *,
        deadline_clause: ClauseId | None = None,
        has_tendency: bool = False,
    ) -> "Standing":
        """The standing of a ticket as it is; what needs clocks or a reading of words is given."""
        return cls(
            ticket=ticket.id,
            is_complaint=ticket.complained_at is not None,
            has_tendency=has_tendency,
            is_business_stopping=(
                ticket.business_stopping_at is not None and ticket.status in UNSOLVED
            ),
            deadline=deadline,
            deadline_clause=deadline_clause,
            opened_at=ticket.opened_at,
        )

    @property
    def urgency(self) -> Urgency:
        """The first reason that applies (7)."""
        return self.urgency_under(DEFAULTS)

    def urgency_under(self, settings: Routing) -> Urgency:
        """The first reason that applies in the settings' order of reasons."""
        for name in settings.first:
            if getattr(self, _FLAGS[name]):
                return Urgency[name.upper()]
        return Urgency.CLOCK

    @property
    def rank(self) -> tuple[int, datetime, datetime, str]:
        """The key of the order; total, since no two tickets share an id."""
        return self.rank_under(DEFAULTS)

    def rank_under(self, settings: Routing) -> tuple[int, datetime, datetime, str]:
        """The key of the order under other settings."""
        place = 0
        for name in settings.first:
            if getattr(self, _FLAGS[name]):
                break
            place += 1
        deadline = self.deadline or _NEVER
        if settings.then == "oldest":
            return (place, self.opened_at, deadline, self.ticket)
        return (place, deadline, self.opened_at, self.ticket)

    @property
    def reason(self) -> Reason:
        """Why it has its place, with the clause (7)."""
        return self.reason_under(DEFAULTS)

    def reason_under(self, settings: Routing) -> Reason:
        """Why it has its place under other settings, with the clause."""
        urgency = self.urgency_under(settings)
        clause = urgency.clause
        if clause is not None:
            return Reason(clause, urgency.text)
        if self.deadline is None:
            return Reason(ClauseId("2.1"), Text("no clock runs; older first", "无时限，先到先办"))
        at = f"{self.deadline:%Y-%m-%d %H:%M} UTC"
        text = Text(f"due {at}", f"时限 {at}")
        return Reason(self.deadline_clause or ClauseId("8.3"), text)


_FLAGS: Final = {
    "complaint": "is_complaint",
    "tendency": "has_tendency",
    "business_stopping": "is_business_stopping",
}


def order(standings: Iterable[Standing], settings: Routing = DEFAULTS) -> list[Standing]:
    """The standings in the order of work (7); a total order, whatever order they come in.

    Args:
        standings: The tickets' standings.
        settings: Which reasons go first, and what decides within one.

    Raises:
        RoutingError: A ticket stands twice.
        TypeError: Something else than a standing.
    """
    found = list(each(standings, Standing, "standings"))
    once(standing.ticket for standing in found)
    return sorted(found, key=lambda standing: standing.rank_under(settings))
