"""A policy from TOML: unknown keys, wrong units and impossible values are refused by key path."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final, get_type_hints

from attrs import fields_dict, frozen, has

from ticketrules.calendar import Notice
from ticketrules.errors import CalendarError, PolicyError
from ticketrules.rulebook.durations import parse_duration
from ticketrules.rulebook.policy import Policy


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
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        msg = f"{name}: not TOML: {error}"
        raise PolicyError(msg) from error
    policy: Policy = _Place(name).build(Policy, data)
    try:
        policy.calendar()
    except CalendarError as error:
        where = "notices" if policy.service_hours.days == "CN" else "service_hours.days"
        msg = f"{name}: {where}: {error}"
        raise PolicyError(msg) from error
    return policy


@frozen
class _Place:
    """Where in the text we are, to name it in an error."""

    name: str
    path: str = ""

    def at(self, key: str | int) -> "_Place":
        if isinstance(key, int):
            return _Place(self.name, f"{self.path}[{key}]")
        return _Place(self.name, f"{self.path}.{key}" if self.path else key)

    def error(self, problem: str) -> PolicyError:
        return PolicyError(": ".join(part for part in (self.name, self.path, problem) if part))

    def build(self, kind: type[Any], data: object) -> Any:
        """A settings value from a table; keys that are absent keep their default."""
        if not isinstance(data, Mapping):
            raise self.error(f"a table is meant, not {_kind(data)}")
        known = {key for key, attribute in fields_dict(kind).items() if attribute.init}
        for key in data:
            if key not in known:
                close = get_close_matches(key, known, 1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                raise self.at(key).error(f"unknown key{hint}")
        hints = get_type_hints(kind)
        values = {key: self.at(key).read(hints[key], value) for key, value in data.items()}
        try:
            return kind(**values)
        except ValueError as error:
            raise self.blamed(kind, values).error(str(error)) from error

    def blamed(self, kind: type[Any], values: Mapping[str, Any]) -> "_Place":
        """The key whose value cannot be even by itself; the table if only several together."""
        for key, value in values.items():
            try:
                kind(**{key: value})
            except ValueError:
                return self.at(key)
        return self

    def read(self, hint: Any, value: object) -> Any:
        """One value as the setting's type asks for it."""
        if isinstance(hint, type) and has(hint):
            return self.build(hint, value)
        try:
            return _READERS[hint](self, value)
        except PolicyError:
            raise
        except ValueError as error:
            raise self.error(str(error)) from error


def _kind(value: object) -> str:
    return "a boolean" if isinstance(value, bool) else type(value).__name__


def _string(_place: _Place, value: object) -> str:
    if not isinstance(value, str):
        msg = f"a string is meant, not {_kind(value)}"
        raise ValueError(msg)
    return value


def _boolean(_place: _Place, value: object) -> bool:
    if not isinstance(value, bool):
        msg = f"true or false is meant, not {_kind(value)}"
        raise ValueError(msg)
    return value


def _whole(_place: _Place, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"a whole number is meant, not {_kind(value)}"
        raise ValueError(msg)
    return value


def _duration(_place: _Place, value: object) -> timedelta:
    if not isinstance(value, str):
        msg = f"an amount of time with its unit is meant, such as '15m' or '4h', not {value!r}"
        raise ValueError(msg)
    return parse_duration(value)


def _date(_place: _Place, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        msg = f"a date is meant, such as 2026-07-01 without quotes, not {_kind(value)}"
        raise ValueError(msg)
    return value


def _strings(_place: _Place, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        msg = "a list of strings is meant"
        raise ValueError(msg)
    return tuple(value)


def _notices(place: _Place, value: object) -> tuple[Notice, ...]:
    if not isinstance(value, list):
        msg = "a list of tables is meant, [[notices]]"
        raise ValueError(msg)
    return tuple(_notice(place.at(number), entry) for number, entry in enumerate(value))


def _notice(place: _Place, value: object) -> Notice:
    if not isinstance(value, dict):
        raise place.error(f"a table is meant, not {_kind(value)}")
    try:
        return Notice.from_mapping(value)
    except CalendarError as error:
        raise place.error(str(error)) from error


_READERS: Final[Mapping[Any, Callable[[_Place, object], Any]]] = MappingProxyType(
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
