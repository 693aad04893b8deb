"""Stories: histories written as lines of text, told to the library as events.

A line reads ``date time who what [part=value ...]`` on the desk's wall clock, such as
``2026-02-10 09:00 customer submitted`` or ``2026-02-10 09:05 an replied``. Who is ``customer``,
``platform``, ``system`` or else an agent's id. A line is kept as a ``Fact`` of plain strings and
numbers, so that the oracle can read the same history without knowing the library.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from ticketrules.sla import ClockSet, Reading, marketplace_targets
from ticketrules.tickets import Actor, MessageKind, Role, Superior, Ticket, events, replay

SHANGHAI = timezone(timedelta(hours=8))
"""China keeps one offset all year; a fixed one needs no time zone data."""

MIDNIGHT = datetime(2025, 12, 1, tzinfo=SHANGHAI)
"""Minute zero of every fact."""

MINUTE = timedelta(minutes=1)

KINDS = {
    kind.name: kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, events.Event) and kind is not events.Event
}

PARTS = {
    "dispatched": {"to": "an"},
    "transferred": {"to": "bo", "judgement": "证书已过期", "next_step": "更换证书"},
    "handed_over": {
        "to": "bo",
        "cause": "证书过期",
        "handler": "an",
        "progress": "已申请",
        "next_step": "更换",
    },
    "escalated_to_platform": {"note": "需平台检查负载均衡"},
    "called": {"outcome": "已电话说明"},
    "reported": {"to": Superior.SUPERVISOR},
    "verified": {"checks": frozenset()},
}
"""What an event says where the line says nothing."""


class Fact(NamedTuple):
    """Something that happened: the minute, who did it, what, and what else is known of it."""

    minute: int
    who: str
    what: str
    parts: dict[str, Any] = {}  # noqa: RUF012 - a default that nobody changes


def minute_of(text: str) -> int:
    """The minute of a wall-clock time such as ``2026-02-10 09:00``."""
    return (datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) - MIDNIGHT) // MINUTE


def at(text: str) -> datetime:
    """An instant from the desk's wall clock; seconds and fractions may follow the minutes."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def instant_of(minute: int) -> datetime:
    """The instant at which a minute begins."""
    return (MIDNIGHT + minute * MINUTE).astimezone(UTC)


def fact(line: str) -> Fact:
    """A line as a fact."""
    day, time, who, what, *rest = line.split()
    parts: dict[str, Any] = dict(one.split("=", 1) for one in rest)
    if "promised_for" in parts:
        parts["promised_for"] = minute_of(parts["promised_for"].replace("T", " "))
    if "automatic" in parts:
        parts["automatic"] = parts["automatic"] == "yes"
    return Fact(minute_of(f"{day} {time}"), who, what, parts)


def actor(who: str) -> Actor:
    """Who it is to the library."""
    if who in {"customer", "platform", "system"}:
        return Actor(Role(who))
    return Actor(Role.AGENT, who)


def event(one: Fact, unique: str, ticket: str = "T1") -> Any:
    """A fact as the library's event."""
    parts = {**PARTS.get(one.what, {}), **one.parts}
    if "promised_for" in parts:
        parts["promised_for"] = instant_of(parts["promised_for"])
    if "kind" in parts:
        parts["kind"] = MessageKind(parts["kind"])
    return KINDS[one.what](
        id=unique, ticket=ticket, at=instant_of(one.minute), by=actor(one.who), **parts
    )


def events_of(facts: Iterable[Fact]) -> list[Any]:
    """Facts as events, numbered ``e1`` and on."""
    return [event(one, f"e{number}") for number, one in enumerate(facts, 1)]


def ticket_of(facts: Iterable[Fact]) -> Ticket:
    """The ticket that the facts amount to."""
    return replay(events_of(facts))


class Story:
    """A history and the clocks that read it, so that a test reads given, when, then."""

    def __init__(self, policy: Any, *lines: str) -> None:
        self.policy = policy
        self.facts = [fact(line) for line in lines]
        self.ticket = ticket_of(self.facts)
        self.clocks = ClockSet(
            policy.name,
            marketplace_targets(policy.promises, policy.waiting),
            policy.calendar(),
        )

    def readings(self, when: str) -> tuple[Reading, ...]:
        """Every reading at an instant."""
        return self.clocks.read(self.ticket, at(when))

    def cycles(self, clock: str, when: str) -> list[Reading]:
        """Every cycle of one clock at an instant."""
        return [reading for reading in self.readings(when) if reading.clock == clock]

    def read(self, clock: str, when: str) -> Reading:
        """The only cycle of one clock at an instant."""
        (reading,) = self.cycles(clock, when)
        return reading
