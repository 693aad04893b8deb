"""How a log becomes events: a small language in TOML, checked wholly before a log is read."""

import codecs
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, cast
from zoneinfo import ZoneInfo, available_timezones

from attrs import field, frozen

from ticketrules.errors import MappingError
from ticketrules.logs.items import ROLES, Column, Item, read_items
from ticketrules.logs.times import TimeFormat, directives_of
from ticketrules.tickets.events import Accepted, CustomerWrote, Noted, Replied, Submitted
from ticketrules.tickets.values import Role
from ticketrules.toml_reader import Place, did_you_mean, read_toml

Shape = Literal["states", "activities", "messages"]

EVERY_OTHER: Final = "*"
"""In the table of actors: whoever is not named."""

KEY_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {"states": "state", "activities": "activity", "messages": "author"}
)
"""Each shape with the column that says what a row is."""

_COLUMNS: Final = (
    "ticket",
    "at",
    "state",
    "activity",
    "author",
    "id",
    "text",
    "opened_at",
    "agent",
    "customer",
)
_FORMATS: Final = ("iso", "unix", "unix_ms")
_NOTED: Final = (Item(Noted),)
_TAKEN_UP: Final = (Item(Accepted), Item(Replied))


@frozen
class Cause:
    """What a state, an activity or a role's message causes; the same words for all three shapes.

    Attributes:
        enter: Events of a row that has it, where the ticket's row before had another.
        stay: Events of a further row that has it.
        leave: Events of the next row that has another, before that row's own.
        enter_from: Instead of ``enter``, where the row before had the one named.
        debut: Instead of all these, of the first row of a ticket that has it.
    """

    enter: tuple[Item, ...]
    stay: tuple[Item, ...]
    leave: tuple[Item, ...] = ()
    enter_from: Mapping[str, tuple[Item, ...]] = field(factory=dict)
    debut: tuple[Item, ...] | None = None


@frozen(kw_only=True)
class LogMapping:
    """A checked mapping; ``load_mapping`` makes one.

    Attributes:
        name: What errors call it.
        format: ``"csv"`` or ``"jsonl"``.
        shape: What a row is: a state, an activity or a message.
        encoding: Of the file, as Python names it.
        delimiter: Between the cells of a CSV row.
        missing: Cells that mean "no value", beside the empty one.
        columns: Our field and the log's column.
        times: How times are written.
        causes: What each state, activity or role of an author causes.
        actors: The role behind each value of the author column; ``"*"`` for whoever is not named.
    """

    name: str
    format: Literal["csv", "jsonl"]
    shape: Shape
    encoding: str
    delimiter: str
    missing: frozenset[str]
    columns: Mapping[str, Column]
    times: TimeFormat
    causes: Mapping[str, Cause]
    actors: Mapping[str, Role]


def load_mapping(text: str, name: str = "<mapping>") -> LogMapping:
    """Read a mapping and check all of it that can be checked without a log.

    Args:
        text: The mapping, in TOML.
        name: What errors call it: its path.

    Returns:
        The mapping.

    Raises:
        MappingError: It is not TOML, or says something that is not known, is impossible, or could
            never happen; the message names the key path and what was expected.
    """
    root = read_toml(text, name, MappingError)
    root.known(("log", "columns", "time", "states", "activities", "messages", "actors"))
    log = root.need("log", "a table")
    log.known(("format", "shape", "encoding", "delimiter", "missing"))
    form = _choice(log, "format", ("csv", "jsonl"), "csv")
    shape = log.need("shape", "one of " + ", ".join(KEY_COLUMNS)).choice(KEY_COLUMNS)
    columns = _columns(root.need("columns", "a table"), shape)
    return LogMapping(
        name=name,
        format=cast("Literal['csv', 'jsonl']", form),
        shape=cast("Shape", shape),
        encoding=_encoding(log),
        delimiter=_delimiter(log, form),
        missing=frozenset(one.strip() for one in _texts(log, "missing")) | {""},
        columns=columns,
        times=_times(root.need("time", "a table")),
        causes=_causes(root, shape),
        actors=_actors(root, columns),
    )


def _choice(place: Place, key: str, options: tuple[str, ...], default: str) -> str:
    found = place.get(key)
    return default if found is None else found.choice(options)


def _texts(place: Place, key: str) -> tuple[str, ...]:
    found = place.get(key)
    return () if found is None else found.texts()


def _encoding(log: Place) -> str:
    place = log.get("encoding")
    if place is None:
        return "utf-8"
    name = place.text()
    try:
        encoding = codecs.lookup(name).name
        plain = "\r\n\t,;|\"'{}[]:0AZaz".encode(encoding)
    except (LookupError, ValueError, TypeError):
        place.fail(f"no encoding is called {name!r}")
    if encoding in {"utf-8-sig", "utf-8"}:
        return "utf-8"
    # Lines are split before they are decoded, so a line feed must be its one byte.
    if plain != b"\r\n\t,;|\"'{}[]:0AZaz" or encoding == "utf-7":
        place.fail(f"{name} cannot be read line by line; save the log as UTF-8")
    return encoding


def _delimiter(log: Place, form: str) -> str:
    place = log.get("delimiter")
    if place is None:
        return ","
    if form != "csv":
        place.fail("only a log of format csv has one")
    if not isinstance(place.value, str) or len(place.value) != 1 or place.value in '"\r\n\0':
        place.fail('expected one character, such as "," or ";" or "\\t"')
    return place.value


def _columns(place: Place, shape: str) -> Mapping[str, Column]:
    place.known(_COLUMNS)
    for key in ("ticket", "at", KEY_COLUMNS[shape]):
        place.need(key, "the name of a column")
    found = {key: Column(one.text().strip(), f"columns.{key}") for key, one in place.entries()}
    for other, key in KEY_COLUMNS.items():
        if key != "author" and key in found and other != shape:
            place.fail(f"a log of shape {shape} has no such column", key)
    words = found.get("text")
    for key, column in found.items():
        if words is not None and key != "text" and column.name == words.name:
            place.fail("is the column of text, whose words no error may show", key)
    return MappingProxyType(found)


def _times(place: Place) -> TimeFormat:
    place.known(("format", "zone", "ambiguous", "nonexistent"))
    form = place.need("format", "directives such as %Y-%m-%d %H:%M, or iso, unix, unix_ms")
    text = form.text().strip()
    has_offset = text in {"unix", "unix_ms"}
    if text not in _FORMATS:
        if "%" not in text:
            form.fail("expected directives or iso, unix, unix_ms" + did_you_mean(text, _FORMATS))
        try:
            has_offset = "z" in directives_of(text)
        except ValueError as error:
            form.fail(str(error))
    zone = place.get("zone")
    if zone is None:
        if not has_offset and text != "iso":
            place.fail("missing; the format carries no offset, so a zone must be declared", "zone")
    elif has_offset:
        zone.fail("the format carries the offset; a zone would never be used")
    for key in ("ambiguous", "nonexistent"):
        chosen = place.get(key)
        if chosen is not None and zone is None:
            chosen.fail("without a zone no time is ambiguous or skipped")
    ambiguous = _choice(place, "ambiguous", ("reject", "earlier", "later"), "reject")
    nonexistent = _choice(place, "nonexistent", ("reject", "shift"), "reject")
    return TimeFormat(
        text,
        None if zone is None else _zone(zone),
        cast("Literal['reject', 'earlier', 'later']", ambiguous),
        cast("Literal['reject', 'shift']", nonexistent),
    )


def _zone(place: Place) -> ZoneInfo:
    name = place.text()
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        place.fail(f"unknown zone {name!r}" + did_you_mean(name, available_timezones()))


def _actors(root: Place, columns: Mapping[str, Column]) -> Mapping[str, Role]:
    place = root.get("actors")
    if "author" not in columns:
        if place is not None:
            place.fail("no columns.author says whose values these are")
        return MappingProxyType({})
    if place is None:
        place = root.need("actors", "a table of the author column's values and their roles")
    found = {key: ROLES[one.choice(ROLES)] for key, one in _trimmed(place)}
    if not found:
        place.fail("expected the author column's values and their roles")
    return MappingProxyType(found)


def _trimmed(place: Place) -> Iterator[tuple[str, Place]]:
    """The keys of a table, which are cells of the log: without the blanks around them."""
    seen: dict[str, str] = {}
    for key, one in place.entries():
        cell = key.strip()
        if cell in seen:
            one.fail(f"is the same as {seen[cell]!r}; blanks around a cell are ignored")
        seen[cell] = key
        yield cell, one


def _causes(root: Place, shape: str) -> Mapping[str, Cause]:
    for other in KEY_COLUMNS:
        place = root.get(other)
        if other != shape and place is not None:
            place.fail(f"a log of shape {shape} has no such table")
    if shape == "messages":
        return _messages(root)
    place = root.need(shape, f"a table of the log's {shape}")
    found = {}
    for key, one in _trimmed(place):
        found[key] = _state(one, place) if shape == "states" else _activity(one)
    if not found:
        place.fail(f"expected the log's {shape}")
    if "" in found:
        place.fail("expected a name; a row without one is rejected", "")
    return MappingProxyType(found)


def _state(place: Place, states: Place) -> Cause:
    place.known(("enter", "stay", "leave", "enter_from"))
    lists: dict[str, tuple[Item, ...]] = {"enter": (), "stay": _NOTED, "leave": ()}
    for key in lists:
        found = place.get(key)
        if found is not None:
            lists[key] = _unsubmitted(found)
    enter_from: dict[str, tuple[Item, ...]] = {}
    origins = place.get("enter_from")
    known = {key.strip() for key in states.table()}
    for key, found in () if origins is None else _trimmed(origins):
        if key == str(place.keys[-1]).strip():
            found.fail("a further row of the same state is its stay")
        if key not in known:
            found.fail("no state of this mapping" + did_you_mean(key, known))
        enter_from[key] = _unsubmitted(found)
    return Cause(**lists, enter_from=MappingProxyType(enter_from))


def _unsubmitted(place: Place) -> tuple[Item, ...]:
    items = read_items(place)
    for number, item in enumerate(items):
        if item.event is Submitted:
            place.fail("a ticket's first row submits it; no state can", number)
    return items


def _activity(place: Place) -> Cause:
    items = read_items(place)
    for number, item in enumerate(items):
        if item.event is Submitted and number:
            place.fail("submitted can only come first", number)
    return Cause(items, items)


def _messages(root: Place) -> Mapping[str, Cause]:
    items: dict[str, Any] = {
        Role.CUSTOMER.value: (Item(CustomerWrote),),
        Role.AGENT.value: (Item(Replied),),
        Role.PLATFORM.value: (Item(Replied),),
        Role.SYSTEM.value: (Item(Replied),),
    }
    debuts = {Role.AGENT.value: _TAKEN_UP}
    place = root.get("messages")
    if place is not None:
        place.known(items)
        for key, one in place.entries():
            items[key] = _unsubmitted(one)
            debuts.pop(key, None)
    return MappingProxyType(
        {role: Cause(one, one, debut=debuts.get(role)) for role, one in items.items()}
    )
