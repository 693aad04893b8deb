"""The published JSON Schema of the events on the wire, made from the event classes.

``event.schema.json`` beside this module is what ``event_schema`` gives, for readers in other
languages. It describes what ``dumps`` writes; ``loads`` is a little wider, and also reads a time in
any form of ISO 8601 that has an offset.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from attrs import NOTHING, Attribute, fields

from ticketrules.tickets.events import Event
from ticketrules.tickets.table import TABLE
from ticketrules.tickets.values import Actor, Check, MessageKind, Role, Superior
from ticketrules.tickets.wire_versions import SCHEMA

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema that is spoken."""

_INSTANT: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$"


def _one_of(kind: type[Enum]) -> dict[str, Any]:
    return {"enum": [member.value for member in kind]}


_TYPES: Final[Mapping[Any, Mapping[str, Any]]] = MappingProxyType(
    {
        str: {"type": "string"},
        str | None: {"type": ["string", "null"]},
        bool: {"type": "boolean"},
        int | None: {"type": ["integer", "null"], "minimum": 1, "maximum": 5},  # the rating
        datetime: {"$ref": "#/$defs/instant"},
        Actor: {"$ref": "#/$defs/actor"},
        Role: _one_of(Role),
        MessageKind: _one_of(MessageKind),
        Superior: _one_of(Superior),
        frozenset[Check]: {"type": "array", "items": _one_of(Check)},
    }
)
"""Every type that a field of an event has, in JSON."""


def event_schema() -> dict[str, Any]:
    """The JSON Schema of one event on the wire, in the version that is written now.

    Returns:
        A schema of draft 2020-12, as plain JSON values in a stable order.
    """
    return {
        "$schema": DRAFT,
        "title": f"An event of a ticket, schema {SCHEMA}",
        "type": "object",
        "required": ["event", "schema"],
        "properties": {"event": {"enum": [kind.name for kind in TABLE]}},
        "oneOf": [{"$ref": f"#/$defs/{kind.name}"} for kind in TABLE],
        "$defs": {
            "instant": {
                "title": "An instant with its offset from UTC; written in UTC",
                "type": "string",
                "format": "date-time",
                "pattern": _INSTANT,
            },
            "actor": {"title": "Who did it"} | _object({}, Actor),
            **{kind.name: _event(kind) for kind in TABLE},
        },
    }


def _event(kind: type[Event]) -> dict[str, Any]:
    head = {"event": {"const": kind.name}, "schema": {"const": SCHEMA}}
    said = " ".join((kind.__doc__ or "").partition("\n\n")[0].split())
    return {"title": kind.label, "description": said} | _object(head, kind)


def _object(head: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    own: tuple[Attribute[Any], ...] = fields(kind)
    return {
        "type": "object",
        "required": [*head, *(one.name for one in own if one.default is NOTHING)],
        "properties": {**head, **{one.name: _property(one) for one in own}},
        "additionalProperties": False,
    }


def _property(one: "Attribute[Any]") -> dict[str, Any]:
    written = dict(_TYPES[one.type])
    if one.default is not NOTHING:
        default = one.default
        written["default"] = default.value if isinstance(default, Enum) else default
    return written
