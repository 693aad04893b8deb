"""The kinds of fields that events and commands are made of, and how both kinds get their names."""

import re
from typing import Any

from attrs import Attribute, field, validators

from ticketrules.tickets.values import Check


def spoken(kind: type, between: str) -> str:
    """A class's name in lower case: its words joined by ``_``, or by a blank to be read."""
    return re.sub(r"(?<!^)(?=[A-Z])", between, kind.__name__).lower()


def words(**options: Any) -> Any:
    """A field for what people wrote: kept, compared, and never shown in a ``repr`` (6.5)."""
    return field(repr=False, validator=text_only, **options)


def flag(*, default: bool) -> Any:
    """A field that is true or false and nothing that only looks like it."""
    return field(default=default, validator=validators.instance_of(bool))


def id_or_none() -> Any:
    """A field for an id that need not be known."""
    return field(default=None, validator=validators.optional(validators.instance_of(str)))


def text_only(_instance: object, attribute: "Attribute[str]", value: object) -> None:
    """A validator for what people wrote, whose error never shows the value (6.5).

    Raises:
        TypeError: ``value`` is no string.
    """
    if not isinstance(value, str):
        msg = f"{attribute.name} must be a str, not {type(value).__name__}"
        raise TypeError(msg)


def named(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """A validator for an id that something cannot be without.

    Raises:
        TypeError: ``value`` is no string.
        ValueError: It is blank.
    """
    if type(value) is str and value and not value.isspace():
        return
    text_only(_instance, attribute, value)
    if not str(value).strip():
        msg = f"{attribute.name} must not be blank"
        raise ValueError(msg)


def known_checks(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """A validator for verified items.

    Raises:
        TypeError: ``value`` holds anything but items of the checklist.
    """
    if not isinstance(value, frozenset) or not all(isinstance(one, Check) for one in value):
        msg = f"{attribute.name} must be items of the checklist, such as Check.ACCOUNT"
        raise TypeError(msg)
