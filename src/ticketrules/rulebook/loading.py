"""A policy from TOML: unknown keys, wrong units and impossible values are refused by key path."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, get_type_hints

from attrs import fields_dict, has

from ticketrules.calendar import Notice
from ticketrules.errors import CalendarError, PolicyError
from ticketrules.rulebook.durations import parse_duration
from ticketrules.rulebook.policy import Policy
from ticketrules.toml_reader import Place, kind_of, read_toml


def load_policy(text: str, name: str = "<policy>") -> Policy:
    """Read a policy from TOML text.

    What the text leaves out is the marketplace's, so that a host writes only what differs.

    Args:
        text: TOML with the tables of ``marketplace.toml``.
        name: What errors call the text, such as its file name.

    Raises:
        PolicyError: No TOML, an unknown key, a wrong type or unit, an impossible value; the
            message names ``name`` and the key path.
    """
    place = read_toml(text, name, PolicyError)
    policy: Policy = _build(Policy, place)
    try:
        policy.calendar()
    except CalendarError as error:
        where = ("notices",) if policy.service_hours.days == "CN" else ("service_hours", "days")
        place.fail(str(error), *where)
    return policy


def _build(kind: type[Any], place: Place) -> Any:
    """A settings value from a table; keys that are absent keep their default."""
    place.known({key for key, attribute in fields_dict(kind).items() if attribute.init})
    hints = get_type_hints(kind)
    values = {key: _read(hints[key], one) for key, one in place.entries()}
    try:
        return kind(**values)
    except ValueError as error:
        place.fail(str(error), *_blamed(kind, values))


def _blamed(kind: type[Any], values: Mapping[str, Any]) -> tuple[str, ...]:
    """The key whose value cannot be even by itself; none if only several together."""
    for key, value in values.items():
        try:
            kind(**{key: value})
        except ValueError:
            return (key,)
    return ()


def _read(hint: Any, place: Place) -> Any:
    """One value as the setting's type asks for it."""
    if isinstance(hint, type) and has(hint):
        return _build(hint, place)
    return _READERS[hint](place)


def _string(place: Place) -> str:
    if not isinstance(place.value, str):
        place.fail(f"a string is meant, not {kind_of(place.value)}")
    return place.value


def _boolean(place: Place) -> bool:
    if not isinstance(place.value, bool):
        place.fail(f"true or false is meant, not {kind_of(place.value)}")
    return place.value


def _whole(place: Place) -> int:
    if isinstance(place.value, bool) or not isinstance(place.value, int):
        place.fail(f"a whole number is meant, not {kind_of(place.value)}")
    return place.value


def _duration(place: Place) -> timedelta:
    value = place.value
    if not isinstance(value, str):
        place.fail(
            f"an amount of time with its unit is meant, such as '15m' or '4h', not {value!r}"
        )
    try:
        return parse_duration(value)
    except ValueError as error:
        place.fail(str(error))


def _date(place: Place) -> date:
    value = place.value
    if not isinstance(value, date) or isinstance(value, datetime):
        place.fail(f"a date is meant, such as 2026-07-01 without quotes, not {kind_of(value)}")
    return value


def _strings(place: Place) -> tuple[str, ...]:
    value = place.value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        place.fail("a list of strings is meant")
    return tuple(value)


def _notices(place: Place) -> tuple[Notice, ...]:
    if not isinstance(place.value, list):
        place.fail("a list of tables is meant, [[notices]]")
    return tuple(map(_notice, place.items()))


def _notice(place: Place) -> Notice:
    table = place.table()
    try:
        return Notice.from_mapping(table)
    except (ValueError, OverflowError) as error:  # a year that no date has, too
        place.fail(str(error))


_READERS: Final[Mapping[Any, Callable[[Place], Any]]] = MappingProxyType(
    {
        str: _string,
        bool: _boolean,
        int: _whole,
        timedelta: _duration,
        date | None: _date,
        tuple[str, ...]: _strings,
        tuple[str, ...] | None: _strings,
        tuple[Notice, ...]: _notices,
    }
)
