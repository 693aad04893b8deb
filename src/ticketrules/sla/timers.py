"""Timers: what has fallen due by time alone, and when to look again.

Nothing here needs polling. What is due is a function of the history and the instant, each thing
with its own instant and key, so that looking once after a long outage finds what looking every
minute would have found.
"""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.errors import HistoryError
from ticketrules.sla.policies import PolicyBook
from ticketrules.sla.readings import Reading
from ticketrules.sla.targets import Alarm
from ticketrules.tickets import SYSTEM, Decision, Effect, Ticket, decide
from ticketrules.tickets.commands import Command
from ticketrules.tickets.effects import effects_of, key_of
from ticketrules.tickets.lifecycle import rewind
from ticketrules.tickets.values import instant


@frozen(kw_only=True)
class Due:
    """Something that has fallen due: a command for the system, or an effect to carry out.

    Attributes:
        at: When it fell due, in UTC.
        key: The idempotency key, the same whenever one asks; a command's is its id.
        clause: The clause that asks for it.
        command: What the system does, at its own instant; ``None`` for an effect.
        effect: What the host carries out; ``None`` for a command.
    """

    at: datetime
    key: str
    clause: ClauseId
    command: Command | None = None
    effect: Effect | None = None


@frozen
class Wake:
    """What a ticket comes to when the system does all that has fallen due.

    Attributes:
        due: Everything due, in order; commands stand before the effects that they have.
        ticket: The ticket after the system's commands.
        next_wakeup_at: When to look again once all that is done, in UTC: the first instant after
            the wake at which anything changes by time alone; ``None`` if the ticket then waits for
            nothing but people.
    """

    due: tuple[Due, ...]
    ticket: Ticket
    next_wakeup_at: datetime | None


def wake(book: PolicyBook, ticket: Ticket, now: datetime, *, since: datetime | None = None) -> Wake:
    """Let the system do what has fallen due up to an instant.

    Each command happens at its own due instant, or right after the ticket's last event where that
    came later, and what follows from it is due in its turn: after an outage of any length the
    ticket is where it would have been without one.

    Alarms are those of the whole life, those of a policy that was the ticket's before it came to
    another one too: whoever looks once at the end finds what looking every minute would have found.

    Args:
        book: The policies.
        ticket: The ticket.
        now: The instant, aware.
        since: Leave out the alarms that were due to whoever looked at this instant: the host has
            seen them, and their keys would tell it the same. What became due since then for an
            instant before it, as by a late mark (7.1), is told.

    Returns:
        What was due, in order, and the ticket after it.

    Raises:
        NaiveTimeError: ``now`` or ``since`` has no time zone.
        HistoryError: ``now`` lies before the ticket's last event.
    """
    now = instant(now)
    if now < ticket.last_event_at:
        msg = f"ticket {ticket.id!r}: asked to wake before its last event"
        raise HistoryError(msg)
    return Wake(*wake_from(book, ticket, book.read_then(ticket, now), now, since=since))


def wake_from(
    book: PolicyBook,
    ticket: Ticket,
    readings: tuple[Reading, ...],
    now: datetime,
    *,
    since: datetime | None = None,
) -> tuple[tuple[Due, ...], Ticket, datetime | None]:
    """The parts of the ``Wake`` of a ticket that has been read already.

    Args:
        book: The policies.
        ticket: The ticket as it stood at ``now``.
        readings: All of its readings at ``now``.
        now: The instant, in UTC.
        since: As for ``wake``.
    """
    owes, first_change = _glance(book, readings, now)
    if not owes and book.is_steady:
        return (), ticket, first_change
    found, ticket, readings = take_steps(book, ticket, readings, now)
    told = alarms_told(book, ticket, readings)
    if told and since is not None:
        seen = alarms_at(book, ticket, instant(since))
        told = {key: due for key, due in told.items() if key not in seen}
    found += told.values()
    found.sort(key=lambda due: due.at)
    return tuple(found), ticket, _glance(book, readings, now)[1]


def take_steps(
    book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> tuple[list[Due], Ticket, tuple[Reading, ...]]:
    """The system's commands that are due, with their effects, and the ticket read after them."""
    found: list[Due] = []
    while (step := _first_step(book, ticket, readings, now)) is not None:
        due, decision = step
        found.append(due)
        found += (
            Due(at=due.at, key=effect.key, clause=effect.clause, effect=effect)
            for event in decision.events
            for effect in effects_of(event, decision.ticket)
        )
        ticket = decision.ticket
        readings = book.read_then(ticket, now)
    return found, ticket, readings


def lapses_due(book: PolicyBook, ticket: Ticket, now: datetime) -> dict[type[Command], datetime]:
    """From when on each of the system's commands may happen to the present wait (9)."""
    found: dict[type[Command], datetime] = {}
    for reading in book.read(ticket, now):
        if reading.is_open and reading.due_at is not None:
            command = book.target(reading).command
            if command is not None:
                found.setdefault(command, reading.due_at)
    return found


def next_wakeup(book: PolicyBook, ticket: Ticket, now: datetime) -> datetime | None:
    """The first instant after ``now`` at which anything changes by time alone.

    Args:
        book: The policies.
        ticket: The ticket, with what was due up to ``now`` done.
        now: The instant, aware.

    Returns:
        The instant in UTC; ``None`` if the ticket waits for nothing but people.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
    """
    now = instant(now)
    return _glance(book, book.read(ticket, now), now)[1]


def _glance(
    book: PolicyBook, readings: tuple[Reading, ...], now: datetime
) -> tuple[bool, datetime | None]:
    """Whether readings may owe anything at all, and when time alone first changes one of them."""
    owes, first = False, None
    for one in readings:
        at, due_at = one.changes_at, one.due_at
        if at is not None and (first is None or at < first):
            first = at
        if (one.breached_at is not None or one.crossings) and book.has_alarms(one):
            owes = True
        if due_at is not None and due_at <= now and one.stopped_at is None:
            owes = True
    return owes, first


def _first_step(
    book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> tuple[Due, Decision] | None:
    """The earliest of the system's commands that is due and that the rules allow."""
    waiting = [
        (reading.due_at, reading)
        for reading in readings
        if reading.due_at is not None and reading.stopped_at is None and reading.due_at <= now
    ]
    waiting.sort(key=lambda pair: pair[0])
    for due_at, reading in waiting:
        kind = book.target(reading).command
        if kind is None:
            continue
        at = max(due_at, ticket.last_event_at)
        command = kind(id=key_of(ticket.id, reading.clock, str(reading.cycle)), by=SYSTEM, at=at)
        outcome = decide(ticket, command, now, due_at=due_at)
        if isinstance(outcome, Decision) and not outcome.is_repeat:
            due = Due(at=due_at, key=command.id, clause=reading.clause, command=command)
            return due, outcome
    return None


def alarms_at(book: PolicyBook, ticket: Ticket, at: datetime) -> dict[str, Due]:
    """The alarms that are due, by their keys, to whoever looks at an instant in UTC."""
    then = rewind(ticket, at)
    return {} if then is None else alarms_told(book, then, book.read_then(then, at))


def alarms_told(book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...]) -> dict[str, Due]:
    """The alarms of a ticket's life so far, by their keys, those of earlier policies first."""
    told: dict[str, Due] = {}
    for then, until in book.earlier(ticket):
        for due in _alarms(book, then, book.read_then(then, until)):
            told.setdefault(due.key, due)
    for due in _alarms(book, ticket, readings):
        told.setdefault(due.key, due)
    return told


_Point = tuple[str, datetime, Text, tuple[Alarm, ...]]
"""What was passed: its mark in keys, when, what it is about, and what follows from it."""


def _alarms(book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...]) -> Iterator[Due]:
    """The effects of the thresholds that readings have passed, and of their breaches.

    Each is made from the ticket as it stood at its instant, so that it says the same whenever one
    looks.
    """
    for reading in readings:
        if reading.breached_at is None and not reading.crossings:
            continue
        target, points = book.target(reading), list[_Point]()
        for crossing in reading.crossings:
            one = crossing.threshold
            mark = f"threshold{target.thresholds.index(one) + 1}"
            points.append((mark, crossing.at, one.about, one.alarms))
        if reading.breached_at is not None:
            points.append(("breach", reading.breached_at, target.label, target.on_breach))
        for mark, at, about, alarms in points:
            then = rewind(ticket, at) if alarms else None
            if then is None:
                continue
            cycle = ticket.id, reading.policy, reading.clock, str(reading.cycle)
            for place, alarm in enumerate(alarms, 1):
                key = key_of(*cycle, mark, str(place))
                effect = alarm(then, key, reading.clause, about)
                if effect is not None:
                    yield Due(at=at, key=key, clause=reading.clause, effect=effect)
