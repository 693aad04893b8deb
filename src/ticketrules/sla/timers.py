"""Timers: what has fallen due by time alone, and when to look again.

Nothing here needs polling. What is due is a function of the history and the instant, each thing
with its own instant and key, so that looking once after a long outage finds what looking every
minute would have found.
"""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from ticketrules.clauses import ClauseId
from ticketrules.errors import HistoryError
from ticketrules.sla.policies import PolicyBook
from ticketrules.sla.readings import Reading
from ticketrules.tickets import SYSTEM, Decision, Effect, Ticket, decide
from ticketrules.tickets.commands import Command
from ticketrules.tickets.effects import effects_of
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
    """

    due: tuple[Due, ...]
    ticket: Ticket


def wake(book: PolicyBook, ticket: Ticket, now: datetime, *, since: datetime | None = None) -> Wake:
    """Let the system do what has fallen due up to an instant.

    Each command happens at its own due instant, or right after the ticket's last event where that
    came later, and what follows from it is due in its turn: after an outage of any length the
    ticket is where it would have been without one.

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
    seen = frozenset[str]() if since is None else _keys(book, ticket, instant(since))
    found: list[Due] = []
    readings = book.read(ticket, now)
    while (step := _first_step(book, ticket, readings, now)) is not None:
        due, decision = step
        found.append(due)
        found += (
            Due(at=due.at, key=effect.key, clause=effect.clause, effect=effect)
            for event in decision.events
            for effect in effects_of(event, decision.ticket)
        )
        ticket = decision.ticket
        readings = book.read(ticket, now)
    found += (
        due for reading in readings for due in _alarms(book, ticket, reading) if due.key not in seen
    )
    found.sort(key=lambda due: due.at)
    return Wake(tuple(found), ticket)


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
    return min(
        (one.changes_at for one in book.read(ticket, now) if one.changes_at is not None),
        default=None,
    )


def _first_step(
    book: PolicyBook, ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> tuple[Due, Decision] | None:
    """The earliest of the system's commands that is due and that the rules allow."""
    waiting = sorted(
        (
            (reading.due_at, reading)
            for reading in readings
            if reading.is_open and reading.due_at is not None and reading.due_at <= now
        ),
        key=lambda pair: pair[0],
    )
    for due_at, reading in waiting:
        kind = book.target(reading).command
        if kind is None:
            continue
        at = max(due_at, ticket.last_event_at)
        command = kind(id=f"{ticket.id}:{reading.clock}:{reading.cycle}", by=SYSTEM, at=at)
        outcome = decide(ticket, command, now, due_at=due_at)
        if isinstance(outcome, Decision) and not outcome.is_repeat:
            due = Due(at=due_at, key=command.id, clause=reading.clause, command=command)
            return due, outcome
    return None


def _keys(book: PolicyBook, ticket: Ticket, now: datetime) -> frozenset[str]:
    """The keys of the alarms that were due to whoever looked at an instant."""
    then = rewind(ticket, now)
    if then is None:
        return frozenset()
    readings = book.read(then, now)
    return frozenset(due.key for one in readings for due in _alarms(book, then, one))


def _alarms(book: PolicyBook, ticket: Ticket, reading: Reading) -> Iterator[Due]:
    """The effects of the thresholds that a reading has passed, and of its breach.

    Each is made from the ticket as it stood at its instant, so that it says the same whenever one
    looks.
    """
    target = book.target(reading)
    points = [
        (f"threshold{target.thresholds.index(one) + 1}", crossing.at, one.about, one.alarms)
        for crossing in reading.crossings
        for one in (crossing.threshold,)
    ]
    if reading.breached_at is not None:
        points.append(("breach", reading.breached_at, target.label, target.on_breach))
    for mark, at, about, alarms in points:
        then = rewind(ticket, at) if alarms else None
        if then is None:
            continue
        for place, alarm in enumerate(alarms, 1):
            key = f"{ticket.id}:{reading.policy}:{reading.clock}:{reading.cycle}:{mark}:{place}"
            effect = alarm(then, key, reading.clause, about)
            if effect is not None:
                yield Due(at=at, key=key, clause=reading.clause, effect=effect)
