"""Where assessments meet routing: who is to be phoned, what falls due on whom (3.5, 7)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from ticketrules.assessment import Assessment, assess
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.complaints import Tendency
from ticketrules.conversation import tendency_of
from ticketrules.errors import RoutingError
from ticketrules.routing import (
    CallCase,
    CallGround,
    Deadline,
    HandoverNote,
    Known,
)
from ticketrules.routing.given import as_names, each
from ticketrules.rulebook import Policy
from ticketrules.sla import PolicyBook, Verdict, phone_customer
from ticketrules.tickets import Status, Ticket, instant
from ticketrules.tickets.lifecycle import as_of

_COMPLAINED: Final = Reason(ClauseId("7.2"), Text("the customer complained", "用户已投诉"))
_TENDS: Final = Reason(
    ClauseId("7.3"), Text("the customer tends to complain: at once", "有投诉倾向，立即电话")
)
_NOT_SOLVED: Final = Text("not solved on the day", "当天未解决")


Tendencies = Mapping[str, Tendency]
"""By ticket, what was found of its tendency to complain (7.3)."""


def see(
    book: PolicyBook,
    policy: Policy,
    ticket: Ticket,
    now: datetime,
    tendencies: Tendencies | None,
) -> tuple[Assessment, Tendency | None]:
    """A ticket's assessment with its tendency, which is read here unless the host did.

    Args:
        book: The policies to read it by.
        policy: The settings.
        ticket: The ticket; what happened to it after ``now`` is left aside.
        now: The instant, aware.
        tendencies: What was found already, none of a ticket that is missing there; ``None`` to
            read the words.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: The ticket does not exist yet at ``now``.
        TypeError: ``tendencies`` is no mapping, or has something else than a ``Tendency`` of it.
    """
    if tendencies is None:
        found: Tendency | None = tendency_of(as_of(ticket, instant(now)), policy.tendency)
    else:
        _check_mapping(tendencies, "tendencies")
        found = tendencies.get(ticket.id)
        _check_tendency(found, ticket.id)
    return assess(book, ticket, now, tendency=found), found


def see_all(
    book: PolicyBook,
    policy: Policy,
    tickets: Iterable[Ticket],
    now: datetime,
    tendencies: Tendencies | None,
) -> Iterator[tuple[Assessment, Tendency | None]]:
    """``see`` for each ticket; the instant is looked at before the first."""
    now = instant(now)
    return (
        see(book, policy, ticket, now, tendencies) for ticket in each(tickets, Ticket, "tickets")
    )


def _check_mapping(given: object, name: str) -> None:
    if not isinstance(given, Mapping):
        msg = f"{name}: a mapping by ticket id is meant, not {type(given).__name__}"
        raise TypeError(msg)


def _check_tendency(found: object, ticket: str) -> None:
    if found is not None and not isinstance(found, Tendency):
        msg = f"tendencies: a Tendency is meant for {ticket!r}, not {type(found).__name__}"
        raise TypeError(msg)


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
        skills=as_names(skills.get(name, ())),
        note=notes.get(name, HandoverNote()),
    )


def known_of(
    book: PolicyBook,
    policy: Policy,
    tickets: Iterable[Ticket],
    now: datetime,
    *,
    notes: Mapping[str, HandoverNote],
    skills: Mapping[str, Iterable[str]],
    tendencies: Tendencies | None,
) -> tuple[list[Ticket], dict[str, Known]]:
    """The tickets as they stood, with what a handover plan wants to know of each (3.5, 6.6).

    Args:
        book: The policies to read them by.
        policy: The settings.
        tickets: The tickets, in any order.
        now: The instant, aware.
        notes: By ticket, the notes as far as they are written.
        skills: By ticket, what the receiver must be able to do.
        tendencies: As for ``see``.

    Raises:
        RoutingError: A note or skills of a ticket that is none of these; else as ``see``.
    """
    for name, given in (("notes", notes), ("skills", skills)):
        _check_mapping(given, name)
    seen = [one for one, _tendency in see_all(book, policy, tickets, now, tendencies)]
    known = {one.ticket.id: handover_facts(book, one, notes, skills) for one in seen}
    for name, given in (("notes", notes), ("skills", skills)):
        for ticket in given:
            if ticket not in known:
                msg = f"handover: {name} of {ticket!r}, which is none of the tickets"
                raise RoutingError(msg)
    return [one.ticket for one in seen], known


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
