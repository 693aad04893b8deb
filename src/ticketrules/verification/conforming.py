"""Conformance: where recorded histories depart from the rules, and what would have been legal."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import NOTHING, field, fields, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.errors import HistoryError
from ticketrules.rulebook import Policy
from ticketrules.sla import Reading, Verdict
from ticketrules.tickets import TABLE, Check, Superior, Ticket, instant, replay
from ticketrules.tickets.events import Event, Reported
from ticketrules.tickets.lifecycle import objections


@frozen
class Fitness:
    """How far what happened is what the rules allow; two of them add up.

    Attributes:
        events: How many events there were.
        conforming: How many of them depart from no rule.
        cycles: How many cycles of clocks are decided: met, or breached, closed or still open.
        kept: How many of them were met in time.
    """

    events: int = 0
    conforming: int = 0
    cycles: int = 0
    kept: int = 0

    @property
    def of_events(self) -> float:
        """The share of events that depart from no rule, from 0 to 1; 1 where there are none."""
        return self.conforming / self.events if self.events else 1.0

    @property
    def of_clocks(self) -> float:
        """The share of decided cycles that were met in time; 1 where there are none."""
        return self.kept / self.cycles if self.cycles else 1.0

    def __add__(self, other: "Fitness") -> "Fitness":
        return Fitness(
            self.events + other.events,
            self.conforming + other.conforming,
            self.cycles + other.cycles,
            self.kept + other.kept,
        )


@frozen(kw_only=True)
class Departure:
    """An event that a rule forbids.

    Attributes:
        event: The event.
        clause: The rule's clause.
        text: What the rule says, in both languages.
        legal: The names of the events that whoever did it might have caused instead, complete in
            all their parts. Where its own name is among them, only a part was missing.
        not_before: From when on it would have been legal, for a lapse that came too early (9).
    """

    event: Event
    clause: ClauseId
    text: Text
    legal: tuple[str, ...]
    not_before: datetime | None = None

    def __str__(self) -> str:
        return f"{self.event.name} {self.event.id!r}: {self.text.en} [{self.clause}]"


@frozen(kw_only=True)
class TicketConformance:
    """Where one ticket's history departs from the rules.

    Attributes:
        ticket: The ticket's id.
        departures: What the rules forbid, in order.
        breaches: The cycles of clocks that were broken by the instant of the look.
        fitness: Both as numbers.
    """

    ticket: str
    departures: tuple[Departure, ...]
    breaches: tuple[Reading, ...] = field(repr=False)
    fitness: Fitness


@frozen(kw_only=True)
class Conformance:
    """Where a log departs from the rules.

    Attributes:
        tickets: Each ticket, in the order in which they first appear.
        fitness: Over all of them.
    """

    tickets: tuple[TicketConformance, ...]
    fitness: Fitness

    @property
    def departures(self) -> tuple[Departure, ...]:
        """Every departure of every ticket."""
        return tuple(one for ticket in self.tickets for one in ticket.departures)


def conformance(
    events: Iterable[Event], policy: Policy | Desk, now: datetime | None = None
) -> Conformance:
    """Whether a recorded history, of one ticket or of many, obeys the rules.

    Args:
        events: The events, each ticket's in order; the tickets may be mingled.
        policy: The settings, or a desk with promises of its own.
        now: The instant at which clocks are read, aware; the latest event's by default.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: No events, a ticket's out of order, or an event id twice.
        TypeError: Something that is no event.
    """
    by_ticket: dict[str, list[Event]] = {}
    for event in events:
        _check_event(event)
        by_ticket.setdefault(event.ticket, []).append(event)
    if not by_ticket:
        msg = "no events: a ticket begins with its submission"
        raise HistoryError(msg)
    at = now if now is not None else max(event.at for told in by_ticket.values() for event in told)
    tickets = tuple(conformances(by_ticket.values(), policy, at))
    return Conformance(
        tickets=tickets, fitness=sum((one.fitness for one in tickets), start=Fitness())
    )


def _check_event(event: object) -> None:
    if not isinstance(event, Event):
        msg = f"events are meant, not {type(event).__name__}"
        raise TypeError(msg)


def conformances(
    histories: Iterable[Iterable[Event]], policy: Policy | Desk, now: datetime
) -> Iterator[TicketConformance]:
    """The same for one history after the other, as many as there are; none is kept.

    Args:
        histories: Each ticket's events, in order; those after ``now`` are left aside, and so is a
            ticket that does not exist yet.
        policy: The settings, or a desk with promises of its own.
        now: The instant at which clocks are read, aware.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: Events of several tickets in one history, out of order, or an id twice.
    """
    desk = policy if isinstance(policy, Desk) else Desk(policy)
    at = instant(now)
    for history in histories:
        known = tuple(event for event in history if event.at <= at)
        if known:
            yield _of_ticket(replay(known), desk, at)


def _of_ticket(ticket: Ticket, desk: Desk, now: datetime) -> TicketConformance:
    assessment = desk.assess(ticket, now)
    readings = assessment.readings
    # A lapse before its time is a departure of the event, and not a promise that was broken.
    early = {one.stopped_by: one.due_at for one in readings if one.is_early}
    breaches = tuple(
        one for one in readings if one.verdict is Verdict.BREACHED and not one.is_early
    )
    places = {event.id: number for number, event in enumerate(ticket.history)}
    departures = []
    for number, finding in enumerate(assessment.findings):
        event = ticket.history[places[finding.event_id]]
        legal = _legal(ticket.history[: places[event.id]], event)
        not_before = None
        if number >= len(ticket.departures):
            not_before = early[event.id]
            legal = tuple(name for name in legal if name != event.name)
        departures.append(
            Departure(
                event=event,
                clause=finding.clause,
                text=finding.text,
                legal=legal,
                not_before=not_before,
            )
        )
    departures.sort(key=lambda one: places[one.event.id])
    count, kept = len(ticket.history), sum(one.verdict is Verdict.MET for one in readings)
    departing = len({one.event.id for one in departures})
    return TicketConformance(
        ticket=ticket.id,
        departures=tuple(departures),
        breaches=breaches,
        fitness=Fitness(count, count - departing, kept + len(breaches), kept),
    )


def _legal(before: tuple[Event, ...], event: Event) -> tuple[str, ...]:
    """What whoever did it might have done to the ticket as it stood before."""
    then = replay(before) if before else None
    return tuple(kind.name for kind in TABLE if not any(objections(then, _specimen(kind, event))))


_PARTS: Final[Mapping[str, Any]] = MappingProxyType(
    {"online": True, "told": True, "checks": frozenset(Check)}
)


def _specimen(kind: type[Event], event: Event) -> Event:
    """An event of a kind by the same person at the same time, with every part that it needs."""
    parts: dict[str, Any] = {"id": event.id, "ticket": event.ticket, "at": event.at, "by": event.by}
    for one in fields(kind):
        if one.name in parts:
            continue
        if one.name == "promised_for":
            parts[one.name] = event.at + timedelta(hours=1)
        elif one.name in _PARTS:
            parts[one.name] = _PARTS[one.name]
        elif kind is Reported and one.name == "to":
            parts[one.name] = Superior.SUPERVISOR
        elif one.default is NOTHING or one.type is str:
            parts[one.name] = "…"
    return kind(**parts)
