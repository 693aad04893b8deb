"""Forms: how a setting of a type is read, written and described, by its type and metadata alone.

A settings class needs no list anywhere else. Its annotations say what may stand in the file, and
each field's metadata gives ``clause`` and ``doc``, and where they help:

- ``unit``: what a whole number counts, such as ``"working days"``; it is written beside it;
- ``choices``: the words that may stand there;
- ``offers``: words that an editor completes and the class itself decides about;
- ``pattern``: the regular expression of a text, for editors; the class itself still decides.

What a class says of its values together, as far as a JSON Schema can, is its ``SCHEMA``.
"""

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, evolve, fields_dict, frozen, has

from ticketrules.calendar import Notice
from ticketrules.errors import PolicyError
from ticketrules.rulebook.blaming import blamed
from ticketrules.rulebook.bounds import bounded
from ticketrules.rulebook.durations import (
    DURATION_PATTERN,
    counted,
    format_counted,
    format_duration,
    parse_duration,
)
from ticketrules.rulebook.notation import budget_schema, format_budget, parse_budget
from ticketrules.rulebook.notice_form import notice_mapping, notice_schema
from ticketrules.sla import Budget
from ticketrules.toml_reader import Place, did_you_mean, kind_of

Plain = Any
"""What TOML and JSON have: texts, numbers, booleans, dates, lists and tables."""

NONE: Final = "none"
"""How "not set" is written where leaving the key out would mean something else."""


@frozen
class Form:
    """How the values of one type stand in a file.

    Attributes:
        read: The value that stands at a place, and what holds where a table leaves keys out.
        plain: The value as what TOML and JSON have.
        schema: The JSON Schema of that.
    """

    read: Callable[[Place, Any], Any]
    plain: Callable[[Any], Plain]
    schema: Callable[[], dict[str, Any]]


def form_of(hint: Any, notes: Mapping[Any, Any] = types.MappingProxyType({})) -> Form:
    """The form of a type.

    Args:
        hint: The type, as an annotation that is resolved.
        notes: The metadata of the setting.

    Raises:
        TypeError: No form is known for the type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _optional(hint, [one for one in arguments if one is not types.NoneType], notes)
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return _many(form_of(arguments[0], notes))
    if origin is Literal or "choices" in notes:
        return _words(tuple(arguments or notes["choices"]))
    if hint is Notice:
        return Form(_read_notice, notice_mapping, notice_schema)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if isinstance(hint, type) and has(hint):
        return Form(
            partial(read_settings, hint), partial(plain_settings, hint), partial(_schema_of, hint)
        )
    if hint is Budget:
        return Form(_read_budget, format_budget, budget_schema)
    if hint is int and "unit" in notes:
        return _amount_of(notes["unit"])
    if hint is str and ("offers" in notes or "pattern" in notes):
        return Form(_read_string, _same, partial(_text_schema, notes))
    if hint in _SCALARS:
        return _SCALARS[hint]
    msg = f"no form in a file is known for a setting of type {hint!r}"
    raise TypeError(msg)


def settings_of(kind: type[Any]) -> dict[str, tuple["Attribute[Any]", Form]]:
    """Every setting of a class by name, with its form, in order."""
    hints = get_type_hints(kind)
    return {
        name: (attribute, form_of(hints[name], attribute.metadata))
        for name, attribute in fields_dict(kind).items()
        if attribute.init
    }


def read_settings(kind: type[Any], place: Place, base: Any = None) -> Any:
    """A settings value from a table.

    Args:
        kind: The settings class.
        place: The table.
        base: What holds for keys that are left out; ``None`` for the class's own defaults.
    """
    settings = settings_of(kind)
    place.known(settings.keys())
    needed: list[str] = []
    if not isinstance(base, kind):
        base = None
        for name, (attribute, _form) in settings.items():
            if attribute.default is NOTHING:
                place.need(name, attribute.metadata.get("doc", "a value"))
                needed.append(name)
    given = {
        key: settings[key][1].read(one, getattr(base, key, None)) for key, one in place.entries()
    }
    make: Callable[..., Any] = kind if base is None else partial(evolve, base)
    try:
        return make(**given)
    except (ValueError, TypeError) as error:
        place.fail(str(error), *blamed(make, given, needed))


def plain_settings(kind: type[Any], value: Any) -> dict[str, Plain]:
    """A settings value as a table; what is not set and need not be said is left out."""
    table = {}
    for name, (attribute, form) in settings_of(kind).items():
        one = getattr(value, name)
        if one is not None:
            table[name] = plain_value(form, one, name)
        elif attribute.default is not None:
            table[name] = NONE
    return table


def plain_value(form: Form, value: Any, path: str) -> Plain:
    """A value in its form.

    Raises:
        PolicyError: It cannot be written in a file; the message names the key path.
    """
    try:
        return form.plain(value)
    except PolicyError as error:
        msg = f"{path}.{error}"
    except ValueError as error:
        msg = f"{path}: {error}"
    raise PolicyError(msg)


def default_of(attribute: "Attribute[Any]") -> Any:
    """A setting's default; ``NOTHING`` where it has none."""
    default = attribute.default
    factory = getattr(default, "factory", None)
    return default if factory is None else factory()


def _schema_of(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema of a settings class."""
    properties, required = {}, []
    for name, (attribute, form) in settings_of(kind).items():
        schema = bounded(form.schema(), attribute)
        notes = attribute.metadata
        if "doc" in notes:
            clause = f"{notes['clause']}: " if "clause" in notes else ""
            schema = {"description": clause + notes["doc"], **schema}
        default = default_of(attribute)
        if default is NOTHING:
            required.append(name)
        elif default is not None and not has(type(default)):
            schema = {**schema, "default": form.plain(default)}
        properties[name] = schema
    found: dict[str, Any] = {
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **getattr(kind, "SCHEMA", {}),
    }
    return {**found, "required": required} if required else found


def _text_schema(notes: Mapping[Any, Any]) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = []
    if "offers" in notes:
        kinds.append({"enum": list(notes["offers"])})
    if "pattern" in notes:
        kinds.append({"type": "string", "pattern": notes["pattern"]})
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


def _same(value: Any) -> Any:
    return value


def _read_string(place: Place, _base: Any) -> str:
    if not isinstance(place.value, str):
        place.fail(f"a string is meant, not {kind_of(place.value)}")
    return place.value


def _read_boolean(place: Place, _base: Any) -> bool:
    if not isinstance(place.value, bool):
        place.fail(f"true or false is meant, not {kind_of(place.value)}")
    return place.value


def _read_whole(place: Place, _base: Any) -> int:
    if isinstance(place.value, bool) or not isinstance(place.value, int):
        place.fail(f"a whole number is meant, not {kind_of(place.value)}")
    return place.value


def _read_duration(place: Place, _base: Any) -> timedelta:
    value = place.value
    if not isinstance(value, str):
        whole = isinstance(value, int) and not isinstance(value, bool)
        meant = f"; did you mean '{value}m'?" if whole else ""
        told = str(value).lower() if isinstance(value, bool) else repr(value)
        place.fail(
            f"an amount of time with its unit is meant, such as '15m' or '4h', not {told}{meant}"
        )
    try:
        return parse_duration(value)
    except ValueError as error:
        place.fail(str(error))


def _read_budget(place: Place, _base: Any) -> Budget:
    value = place.value
    if not isinstance(value, str):
        whole = isinstance(value, int) and not isinstance(value, bool)
        meant = f"; did you mean '{value}m'?" if whole else ""
        place.fail(f"a budget with its unit is meant, such as '4h', not {kind_of(value)}{meant}")
    try:
        return parse_budget(value)
    except ValueError as error:
        place.fail(str(error))


def _read_date(place: Place, _base: Any) -> date:
    value = place.value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            place.fail(f"a date is meant, such as 2026-07-01, not {value!r}")
    if not isinstance(value, date) or isinstance(value, datetime):
        place.fail(f"a date is meant, such as 2026-07-01, not {kind_of(value)}")
    return value


def _read_notice(place: Place, _base: Any) -> Notice:
    table = place.table()
    try:
        return Notice.from_mapping(table)
    except (ValueError, OverflowError) as error:  # a year that no date has, too
        place.fail(str(error))


def _string(**more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"type": "string", **more}


_SCALARS: Final[Mapping[Any, Form]] = types.MappingProxyType(
    {
        str: Form(_read_string, _same, _string()),
        bool: Form(_read_boolean, _same, lambda: {"type": "boolean"}),
        int: Form(_read_whole, _same, lambda: {"type": "integer"}),
        timedelta: Form(_read_duration, format_duration, _string(pattern=DURATION_PATTERN)),
        date: Form(_read_date, _same, _string(format="date")),
    }
)


_MANY: Final = 8
"""More words than these are told only where none of them is close."""


def _words(choices: tuple[Any, ...]) -> Form:
    def read(place: Place, _base: Any) -> Any:
        if place.value not in choices:
            close = did_you_mean(place.value, choices) if isinstance(place.value, str) else ""
            meant = " or ".join(map(repr, choices))
            if len(choices) > _MANY and close:
                meant = f"one of {len(choices)} words"
            place.fail(f"{meant} is meant{close}")
        return place.value

    return Form(read, _same, lambda: {"enum": list(choices)})


def _enum(kind: type[Enum]) -> Form:
    words = _words(tuple(str(one.value) for one in kind))

    def read(place: Place, base: Any) -> Enum:
        return next(one for one in kind if str(one.value) == words.read(place, base))

    return Form(read, lambda one: str(one.value), words.schema)


def _amount_of(unit: str) -> Form:
    """A whole number that is written with what it counts; the unit's singular is taken, too."""

    def read(place: Place, base: Any) -> int:
        if not isinstance(place.value, str):
            return _read_whole(place, base)
        try:
            return counted(place.value, unit)
        except ValueError as error:
            place.fail(str(error))

    def schema() -> dict[str, Any]:
        return {"type": ["integer", "string"], "pattern": rf"^\d+ +{unit}?$"}

    return Form(read, lambda value: format_counted(value, unit), schema)


def _optional(hint: Any, kinds: list[Any], notes: Mapping[Any, Any]) -> Form:
    if len(kinds) != 1:
        msg = f"no form in a file is known for a setting of type {hint!r}"
        raise TypeError(msg)
    form = form_of(kinds[0], notes)
    if kinds[0] is str:  # where "none" is a text like any other
        return form

    def read(place: Place, base: Any) -> Any:
        return None if place.value == NONE else form.read(place, base)

    return Form(read, form.plain, lambda: {"anyOf": [form.schema(), {"const": NONE}]})


def _many(form: Form) -> Form:
    def read(place: Place, _base: Any) -> tuple[Any, ...]:
        if not isinstance(place.value, list):
            what = "tables" if form.schema().get("type") == "object" else "values"
            place.fail(f"a list of {what} is meant, not {kind_of(place.value)}")
        return tuple(form.read(one, None) for one in place.items())

    return Form(
        read,
        lambda value: list(map(form.plain, value)),
        lambda: {"type": "array", "items": form.schema()},
    )
