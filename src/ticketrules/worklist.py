"""What assessments say to routing: who is to be phoned, and what falls due on whom (7)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ticketrules.assessment import Assessment
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.complaints import Tendency
from ticketrules.routing import CallCase, CallGround, Deadline, HandoverNote, Known
from ticketrules.sla import PolicyBook, Verdict, phone_customer
from ticketrules.tickets import Status

_COMPLAINED: Final = Reason(ClauseId("7.2"), Text("the customer complained", "用户已投诉"))
_TENDS: Final = Reason(
    ClauseId("7.3"), Text("the customer tends to complain: at once", "有投诉倾向，立即电话")
)
_NOT_SOLVED: Final = Text("not solved on the day", "当天未解决")


def call_case(book: PolicyBook, seen: Assessment, tendency: Tendency | None = None) -> CallCase:
    """What may ask for a phone call on a ticket (7.1, 7.2, 7.3).

    Args:
        book: The policies that its readings are of.
        seen: The ticket's assessment.
        tendency: What was found of the customer's words (7.3).
    """
    return CallCase(
        standing=seen.standing,
        grounds=tuple(_grounds(book, seen, tendency)),
        phoned_at=seen.ticket.phoned_at,
    )


def _grounds(book: PolicyBook, seen: Assessment, tendency: Tendency | None) -> Iterator[CallGround]:
    ticket = seen.ticket
    if ticket.status is Status.CLOSED:
        return
    if ticket.complained_at is not None:
        yield CallGround(_COMPLAINED, ticket.complained_at)
    if tendency is not None and tendency.phone_at_once:
        yield CallGround(_TENDS, tendency.since or ticket.opened_at)
    for reading in seen.readings:
        if reading.is_open and reading.breached_at is not None:
            target = book.target(reading)
            if phone_customer in target.on_breach:
                yield CallGround(Reason(reading.clause, _NOT_SOLVED), reading.breached_at)


def handover_facts(
    book: PolicyBook,
    seen: Assessment,
    notes: Mapping[str, HandoverNote],
    skills: Mapping[str, Iterable[str]],
) -> Known:
    """What a handover plan wants to know of a ticket (3.5, 6.6).

    Args:
        book: The policies that its readings are of.
        seen: The ticket's assessment.
        notes: By ticket, the notes as far as they are written.
        skills: By ticket, what the receiver must be able to do.
    """
    name = seen.ticket.id
    return Known(
        standing=seen.standing,
        deadlines=open_deadlines(book, seen),
        skills=frozenset(skills.get(name, ())),
        note=notes.get(name, HandoverNote()),
    )


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
