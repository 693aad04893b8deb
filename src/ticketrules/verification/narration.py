"""Histories as a person tells them: a line for each thing that happened."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from enum import Enum
from typing import Any

from attrs import NOTHING, fields

from ticketrules.tickets import Actor
from ticketrules.tickets.events import Event

_SAID = frozenset({"id", "ticket", "at", "by"})


def told(event: Event, zone: tzinfo = UTC) -> str:
    """One event as a line: when, who, what, and every part that is not as usual.

    Nobody's words are told (6.5).
    """
    parts = [
        f"{one.name}={_shown(value, zone)}"
        for one in fields(type(event))
        if one.repr is not False and one.name not in _SAID
        for value in (getattr(event, one.name),)
        if one.default is NOTHING or value != one.default
    ]
    return " ".join([clock(event.at, zone), f"{event.by}:", event.name, *parts])


def story(history: Iterable[Event], zone: tzinfo = UTC) -> str:
    """A history, a line for each event, on the wall clock of a zone."""
    return "\n".join(told(event, zone) for event in history)


def clock(at: datetime, zone: tzinfo = UTC) -> str:
    """An instant on the wall clock of a zone, no finer than it is."""
    wall = at.astimezone(zone)
    fine = "microseconds" if wall.microsecond else "seconds" if wall.second else "minutes"
    return f"{wall:%a} {wall.replace(tzinfo=None).isoformat(' ', fine)}"


def _shown(value: Any, zone: tzinfo) -> str:
    match value:
        case datetime():
            return clock(value, zone)
        case Enum() | Actor():
            return str(value)
        case frozenset():
            return "+".join(sorted(map(str, value))) or "nothing"
        case _:
            return repr(value)
