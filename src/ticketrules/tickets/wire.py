"""Events to and from JSON: what a host keeps in a file and sends over a wire.

One event is one object: its ``event`` name, the ``schema`` that it is written in, and its fields;
every version ever written is read (``wire_versions``), and ``wire_schema`` publishes the form.
A field at its default is left out. No error says what a text field holds: only which field is
wrong and what was expected of it.

This module needs cattrs, of the extra ``ticketrules[cli]``; it is loaded when first used.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from attrs import fields_dict

from ticketrules.errors import WireError
from ticketrules.tickets.events import Closed, Event
from ticketrules.tickets.table import TABLE
from ticketrules.tickets.values import Actor, Check, MessageKind, Role, Superior, instant
from ticketrules.tickets.wire_versions import SCHEMA, UPGRADES, FieldError, upgraded

__all__ = [
    "EVENTS",
    "SCHEMA",
    "FieldError",
    "dump_event",
    "dumps",
    "load_event",
    "loads",
]

EVENTS: Final[Mapping[str, type[Event]]] = MappingProxyType({kind.name: kind for kind in TABLE})
"""Every kind of event by its stable name."""

_PLAIN: Final = re.compile(r"[a-z]++(?:_[a-z]++)*+", re.ASCII)
"""What an unknown name must look like to be quoted: no key, password or number does (6.5)."""
_LONGEST: Final = 40


class _Unexpected(ValueError):  # noqa: N818 - it never leaves this module
    """A value of the wrong kind; its message says what was expected."""


def dump_event(event: Event) -> dict[str, Any]:
    """The event as plain JSON values; times in UTC, fields at their default left out.

    Raises:
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    fields: dict[str, Any] = _converter().unstructure(event)
    return {"event": event.name, "schema": SCHEMA} | fields


def load_event(mapping: Mapping[str, Any]) -> Event:
    """The event that an object of plain JSON values stands for.

    Raises:
        WireError: An unknown event, schema or key, a missing field, a value of the wrong type or
            a time without an offset; the message names every such field.
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    converter = _converter()
    if not isinstance(mapping, Mapping):
        raise FieldError(("event", "expected an object with an event in it"))
    if "event" not in mapping:
        raise FieldError(("event", _no_event(None)))
    rest = upgraded(mapping, UPGRADES)
    name = rest.pop("event", None)
    kind = EVENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise FieldError(("event", _no_event(name)))
    import cattrs  # noqa: PLC0415 - of an extra, loaded when first used

    try:
        event: Event = converter.structure(rest, kind)
    except cattrs.ClassValidationError as error:
        problems = tuple(_problems(error, (), kind))
    else:
        return event
    raise FieldError(*problems)


def dumps(event: Event) -> str:
    """The event as one line of JSON, without the line's end.

    Raises:
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    return json.dumps(dump_event(event), ensure_ascii=False)


def loads(line: str) -> Event:
    """The event that one line of JSON stands for.

    Raises:
        WireError: The line is not JSON, or not an event; see ``load_event``.
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    try:
        value = json.loads(line.rstrip("\r\n"))  # lest the column be told of the next line
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg} at column {error.colno})"
    except (ValueError, RecursionError):
        problem = "not JSON that can be read: a number too long or values nested too deep"
    else:
        return load_event(value)
    # Outside the handler: a JSONDecodeError carries the whole line, and with it a customer's words.
    raise WireError(problem)


def _no_event(name: object) -> str:
    if name is None:
        return "missing; expected the name of an event"
    if not isinstance(name, str) or len(name) > _LONGEST:
        return "expected the name of an event"
    close = get_close_matches(name.lower(), EVENTS, 1)
    told = f"unknown event {name!r}" if _PLAIN.fullmatch(name) else "expected the name of an event"
    return told + (f"; did you mean {close[0]!r}?" if close else "")


def _problems(error: Any, place: tuple[str, ...], kind: type) -> Iterator[tuple[str, str]]:
    """The leaves of a validation error at a place, as (path, what was expected)."""
    import cattrs  # noqa: PLC0415 - of an extra, loaded when first used

    fields, others = error.group_exceptions()
    for problem, note in fields:
        where = (*place, note.name)
        if isinstance(problem, cattrs.ClassValidationError):
            yield from _problems(problem, where, Actor)
        elif isinstance(problem, KeyError):
            yield _path(where), "missing"
        else:
            told = str(problem) if isinstance(problem, _Unexpected) else "not as expected"
            yield _path(where), told
    for problem in others:
        if isinstance(problem, cattrs.ForbiddenExtraKeysError):
            for key in sorted(map(str, problem.extra_fields)):
                yield _unknown_key(place, key, kind)
        else:
            yield _path(place), f"not as a {kind.__name__} is made"


def _path(place: tuple[str, ...]) -> str:
    """The names that lead to a place, as errors tell it; the event's own where none do."""
    return ".".join(place) or "event"


def _unknown_key(place: tuple[str, ...], key: str, kind: type) -> tuple[str, str]:
    if len(key) > _LONGEST or not _PLAIN.fullmatch(key):
        return _path(place), "a key that is no field's name"
    close = get_close_matches(key, fields_dict(kind), 1)
    return _path((*place, key)), "unknown key" + (f"; did you mean {close[0]!r}?" if close else "")


@cache
def _converter() -> Any:
    try:
        import cattrs  # noqa: PLC0415 - of an extra, loaded when first used
        from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        msg = "events as JSON need cattrs: install ticketrules[cli]"
        raise ModuleNotFoundError(msg, name=missing.name) from missing
    made = cattrs.Converter(omit_if_default=True, forbid_extra_keys=True)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_unstructure_hook(Enum, lambda member: member.value)
    made.register_unstructure_hook_func(
        _is_checks, lambda checks: sorted(check.value for check in checks)
    )
    made.register_structure_hook(str, _text)
    made.register_structure_hook(bool, _flag)
    made.register_structure_hook(datetime, _time)
    made.register_structure_hook_func(_is_checks, _checks)
    for kind in (Role, MessageKind, Superior):
        made.register_structure_hook(kind, _member)
    made.register_structure_hook(Actor, _object(make_dict_structure_fn(Actor, made)))
    made.register_structure_hook(
        Closed, make_dict_structure_fn(Closed, made, rating=override(struct_hook=_rating))
    )
    return made


def _object(inner: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def structure(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            msg = "expected an object"
            raise _Unexpected(msg)
        return inner(value, kind)

    return structure


def _text(value: Any, _kind: Any) -> str:
    if not isinstance(value, str):
        msg = "expected text"
        raise _Unexpected(msg)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            # Half of a surrogate pair could be read but never written again.
            msg = "expected text without half characters"
            raise _Unexpected(msg) from None
    return value


def _flag(value: Any, _kind: Any) -> bool:
    if not isinstance(value, bool):
        msg = "expected true or false"
        raise _Unexpected(msg)
    return value


def _rating(value: Any, _kind: Any) -> int | None:
    if value is None or (type(value) is int and 1 <= value <= 5):
        return value
    msg = "expected a whole number from 1 to 5"
    raise _Unexpected(msg)


def _time(value: Any, _kind: Any) -> datetime:
    problem = "expected a time in ISO 8601 with an offset, such as 2026-02-13T09:05:00+08:00"
    if isinstance(value, str):
        try:
            time = datetime.fromisoformat(value)
            if time.tzinfo is not None:
                return instant(time)
            problem = "a time without an offset; expected one such as +08:00"
        except (ValueError, OverflowError):
            pass
    raise _Unexpected(problem)


def _member(value: Any, kind: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        pass
    raise _Unexpected("expected one of " + ", ".join(member.value for member in kind))


def _is_checks(kind: Any) -> bool:
    return bool(kind == frozenset[Check])


def _checks(value: Any, _kind: Any) -> frozenset[Check]:
    known = {check.value: check for check in Check}
    if isinstance(value, list) and all(isinstance(one, str) and one in known for one in value):
        return frozenset(known[one] for one in value)
    raise _Unexpected("expected a list of " + ", ".join(known))
