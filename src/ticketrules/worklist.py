"""What assessments say to routing: who is to be phoned, and what falls due on whom (7)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from attrs import evolve

from ticketrules.assessment import Assessment
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.routing import CallCase, CallGround, Deadline, Standing
from ticketrules.sla import PolicyBook, Verdict, phone_customer
from ticketrules.tickets import Role, Status, events

_COMPLAINED: Final = Reason(ClauseId("7.2"), Text("the customer complained", "用户已投诉"))
_TENDS: Final = Reason(
    ClauseId("7.3"), Text("the customer tends to complain: at once", "有投诉倾向，立即电话")
)
_NOT_SOLVED: Final = Text("not solved on the day", "当天未解决")

_SAYS: Final = (events.Submitted, events.CustomerWrote, events.Rejected, events.Complained)
"""The events in which a customer may show a tendency."""


def standing_among(seen: Assessment, tending: Collection[str]) -> Standing:
    """A ticket's standing, with the tendency that the host knows of.

    Args:
        seen: The ticket's assessment.
        tending: The ids of tickets whose customers tend to complain, as the host finds.
    """
    standing = seen.standing
    is_new = seen.ticket.id in tending and not standing.has_tendency
    return evolve(standing, has_tendency=True) if is_new else standing


def call_case(book: PolicyBook, seen: Assessment, tending: Collection[str] = ()) -> CallCase:
    """What may ask for a phone call on a ticket (7.1, 7.2, 7.3).

    Args:
        book: The policies that its readings are of.
        seen: The ticket's assessment.
        tending: As for ``standing_among``.
    """
    standing = standing_among(seen, tending)
    return CallCase(
        standing=standing,
        grounds=tuple(_grounds(book, seen, standing)),
        phoned_at=seen.ticket.phoned_at,
    )


def _grounds(book: PolicyBook, seen: Assessment, standing: Standing) -> Iterator[CallGround]:
    ticket = seen.ticket
    if ticket.status is Status.CLOSED:
        return
    if ticket.complained_at is not None:
        yield CallGround(_COMPLAINED, ticket.complained_at)
    if standing.has_tendency:
        yield CallGround(_TENDS, _said_last(seen))
    for reading in seen.readings:
        if reading.is_open and reading.breached_at is not None:
            target = book.target(reading)
            if phone_customer in target.on_breach:
                yield CallGround(Reason(reading.clause, _NOT_SOLVED), reading.breached_at)


def _said_last(seen: Assessment) -> datetime:
    """When the customer last said something: a call after it has answered the tendency."""
    ticket = seen.ticket
    said = (
        event.at
        for event in ticket.history
        if isinstance(event, _SAYS) and event.by.role is Role.CUSTOMER
    )
    return max(said, default=ticket.opened_at)


def open_deadlines(book: PolicyBook, seen: Assessment) -> tuple[Deadline, ...]:
    """What an agent owes on a ticket, missed or to come; the system's own steps (9) are left out.

    Args:
        book: The policies that its readings are of.
        seen: The ticket's assessment.
    """
    if seen.ticket.status is Status.CLOSED:
        return ()
    return tuple(
        Deadline(clause=reading.clause, text=book.target(reading).label, at=reading.deadline)
        for reading in seen.readings
        if reading.is_open
        and reading.due_at is None
        and reading.deadline is not None
        and reading.verdict is not Verdict.PAUSED
    )
