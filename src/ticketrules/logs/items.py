"""What a mapping says of one event: its kind, who did it, and where its fields come from."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import NOTHING, Attribute, evolve, field, fields, frozen

from ticketrules.logs.intake import shown
from ticketrules.tickets.events import Closed, Event, Submitted
from ticketrules.tickets.table import TABLE
from ticketrules.tickets.values import Check, Labelled, MessageKind, Role, Superior
from ticketrules.tickets.wire import EVENTS
from ticketrules.toml_reader import Place, did_you_mean, key_path

ROLES: Final[Mapping[str, Role]] = MappingProxyType({role.value: role for role in Role})
"""Every role by the name that a mapping calls it."""

_COMMON: Final = frozenset(attribute.name for attribute in fields(Event))
_BETWEEN: Final = re.compile(r"[,;|、,;\s]+")


@frozen
class Column:
    """A column of the log, and the key path at which the mapping names it."""

    name: str
    key: str


@frozen
class Given:
    """Where a field of an event comes from: a column of the row, or a constant.

    Attributes:
        name: The field's name.
        column: The column, if it comes from one.
        constant: The value, if it does not.
        convert: From a cell to the value; raises ``ValueError`` with what was expected. ``None``
            where the cell is a time, which is read as the log's others are.
        required: Whether the event cannot be without it.
        is_words: Whether people wrote it: kept as it stands, and shown in no error.
    """

    name: str
    column: Column | None
    constant: Any = field(repr=False)
    convert: Callable[[str], Any] | None
    required: bool
    is_words: bool


@frozen
class Item:
    """One event that a row causes.

    Attributes:
        event: Its kind.
        by: On whose behalf; ``None`` leaves it to the row's author, or else to the rules' table.
        given: The fields that are set.
    """

    event: type[Event]
    by: Role | None = None
    given: tuple[Given, ...] = ()

    @property
    def usual_role(self) -> Role:
        """Who does this by the rules; an agent where several may, a customer who submits."""
        by = TABLE[self.event].by
        if self.event is Submitted:
            return Role.CUSTOMER
        return Role.AGENT if Role.AGENT in by else next(role for role in Role if role in by)


def read_items(place: Place) -> tuple[Item, ...]:
    """The events that a list in a mapping names.

    Raises:
        MappingError: An unknown event or role, a field that the event does not have or a value
            that the field cannot have, or a field that it needs and is not given.
    """
    return tuple(map(_item, place.items()))


def _item(place: Place) -> Item:
    if isinstance(place.value, str):
        place = evolve(place, value={"event": place.value})
        named = place
    elif isinstance(place.value, dict):
        named = place.need("event", "the name of an event")
    else:
        place.fail("expected the name of an event, or a table with one under event")
    name = place.table()["event"]
    kind = EVENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        unknown = f"unknown event {name!r}" if isinstance(name, str) else "expected an event's name"
        named.fail(unknown + did_you_mean(str(name), EVENTS))
    own = {one.name: one for one in fields(kind) if one.name not in _COMMON}
    for key in place.table():
        if key not in {"event", "by"} and key not in own:
            has = "event, by" + "".join(f", {one}" for one in own)
            place.fail(f"{name} has no such field, only {has}{did_you_mean(key, own)}", key)
    by = place.get("by")
    given = []
    for attribute in own.values():
        value = place.get(attribute.name)
        if value is not None:
            given.append(_given(value, attribute, kind))
        elif attribute.default is NOTHING:
            place.fail(f"missing; {name} needs it", attribute.name)
    return Item(kind, None if by is None else ROLES[by.choice(ROLES)], tuple(given))


def _given(place: Place, attribute: "Attribute[Any]", kind: type[Event]) -> Given:
    convert, accepts, expected = _kind_of(attribute, kind)
    column, constant = None, None
    if isinstance(place.value, dict):
        place.known({"column"})
        name = place.need("column", "the name of a column")
        column = Column(name.text().strip(), key_path(*name.keys))
    elif not accepts(place.value):
        place.fail(f"expected {expected} or {{ column = … }}")
    elif isinstance(place.value, list):
        constant = _checks(",".join(place.value))
    elif attribute.type in {MessageKind, Superior}:
        constant = None if convert is None else convert(place.value)
    else:
        constant = place.value
    return Given(
        name=attribute.name,
        column=column,
        constant=constant,
        convert=convert,
        required=attribute.default is NOTHING,
        is_words=not attribute.repr,
    )


def _kind_of(
    attribute: "Attribute[Any]", kind: type[Event]
) -> tuple[Callable[[str], Any] | None, Callable[[Any], bool], str]:
    """How a cell becomes the field's value, which constants may stand for it, and the words."""
    kept: Any = attribute.type
    if kept is bool:
        return _flag, lambda value: isinstance(value, bool), "true or false"
    if kind is Closed:
        return _rating, lambda value: type(value) is int and 1 <= value <= 5, "1 to 5"
    if kept in {MessageKind, Superior}:
        named = {member.value: member for member in kept} | {one.label: one for one in kept}
        names = ", ".join(member.value for member in kept)
        return _member(named, names), lambda value: value in kept_values(kept), names
    if kept == frozenset[Check]:
        values = kept_values(Check)
        names = ", ".join(values)
        return _checks, lambda value: _all_in(value, values), f"a list of {names}"
    if kept is str or kept == str | None:
        return _text, lambda value: isinstance(value, str), "text"
    return None, lambda _value: False, "no constant"


def kept_values(kind: type[Labelled]) -> list[str]:
    """The stable values of an enum, in order."""
    return [member.value for member in kind]


def _all_in(value: Any, values: list[str]) -> bool:
    return isinstance(value, list) and all(one in values for one in value)


def _text(cell: str) -> str:
    return cell


def _flag(cell: str) -> bool:
    word = cell.lower()
    if word in {"true", "1", "yes", "y", "是"}:
        return True
    if word in {"false", "0", "no", "n", "否"}:
        return False
    msg = f"{shown(cell)} is neither true nor false"
    raise ValueError(msg)


def _rating(cell: str) -> int:
    if cell in {"1", "2", "3", "4", "5"}:
        return int(cell)
    msg = f"{shown(cell)} is no rating from 1 to 5"
    raise ValueError(msg)


def _member(named: Mapping[str, Labelled], names: str) -> Callable[[str], Labelled]:
    def convert(cell: str) -> Labelled:
        member = named.get(cell)
        if member is None:
            msg = f"{shown(cell)} is none of {names}"
            raise ValueError(msg)
        return member

    return convert


def _checks(cell: str) -> frozenset[Check]:
    named = {check.value: check for check in Check} | {check.label: check for check in Check}
    words = [word for word in _BETWEEN.split(cell) if word]
    for word in words:
        if word not in named:
            msg = f"{shown(word)} is none of {', '.join(kept_values(Check))}"
            raise ValueError(msg)
    return frozenset(named[word] for word in words)
