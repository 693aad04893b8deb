"""A policy as TOML, each value beside its clause; ``marketplace.toml`` is written by it."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import fields, has

from ticketrules.pages import Page, Table
from ticketrules.rulebook.forms import (
    NONE,
    Plain,
    default_of,
    plain_settings,
    plain_value,
    settings_of,
)
from ticketrules.rulebook.loading import EXTENDS
from ticketrules.rulebook.policy import Policy
from ticketrules.toml_reader import key_path


def policy_mapping(policy: Policy) -> dict[str, Any]:
    """The policy as plain values that ``load_policy`` reads back as an equal one; dates are dates.

    What is as by default at the top, such as no notices at all, is left out.

    Raises:
        PolicyError: A value that no file can say, as ``dump_policy`` says.
    """
    table = plain_settings(Policy, policy)
    for one in fields(Policy):
        value = getattr(policy, one.name)
        if one.name != "name" and not has(type(value)) and value == default_of(one):
            table.pop(one.name, None)
    return table


def dump_policy(policy: Policy, *, extends: Policy | None = None) -> str:
    """Write the policy as TOML that ``load_policy`` reads back as an equal value.

    Args:
        policy: The policy.
        extends: Write only what differs from this one, which ``load_policy`` must then be given
            among its ``bases`` if it is not the marketplace's.

    Raises:
        PolicyError: A value that no file can say, such as a fraction of a second or a budget of a
            host's own kind; the message names the key path.
    """
    head = [] if extends is None else [f"{EXTENDS} = {literal(extends.name)}"]
    return "\n".join([*head, *_settings((), policy, extends)]) + "\n"


def _settings(path: tuple[str, ...], settings: Any, base: Any) -> Iterator[str]:
    """The lines of a settings value: its own keys first, then its tables."""
    tables: list[str] = []
    for name, (attribute, form) in settings_of(type(settings)).items():
        value = getattr(settings, name)
        if base is not None and value == getattr(base, name) and (path or name != "name"):
            continue
        where = (*path, name)
        if has(type(value)):
            inner = list(_settings(where, value, getattr(base, name, None)))
            if inner and inner[0]:  # else it has nothing but tables of its own, or nothing
                tables += ["", f"[{key_path(*where)}]"]
            tables += inner
            continue
        if not path and name != "name" and value == default_of(attribute) and base is None:
            continue
        plain = None if value is None else plain_value(form, value, key_path(*where))
        if isinstance(plain, list) and plain and isinstance(plain[0], dict):
            for one in plain:
                tables += _tables(where, one)
            continue
        notes = attribute.metadata
        if "doc" in notes:
            yield "# " + (f"{notes['clause']}: " if "clause" in notes else "") + notes["doc"]
        if plain is not None:
            yield f"{name} = {literal(plain)}"
        elif attribute.default is None and (base is None or getattr(base, name) is None):
            yield f"# {name} is not set"
        else:
            yield f"{name} = {literal(NONE)}"
    yield from tables


def _tables(path: tuple[str, ...], table: Mapping[str, Plain]) -> Iterator[str]:
    """One item of a list of tables, its keys first, then the lists of tables within it."""
    yield ""
    yield f"[[{key_path(*path)}]]"
    inner: list[str] = []
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for one in value:
                inner += _tables((*path, key), one)
        else:
            yield f"{key_path(key)} = {literal(value)}"
    yield from inner


def literal(value: Plain) -> str:
    """A plain value as TOML on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            pairs = (f"{key_path(key)} = {literal(one)}" for key, one in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case _:
            msg = f"no TOML for {type(value).__name__}"
            raise TypeError(msg)


def settings_page(policy: Policy) -> Page:
    """Every setting with its clause and what it means, as a page."""
    rows = tuple(_rows((), policy))
    heads = ("clause", "setting", "value", "meaning")
    return Page("en", policy.name, (Table("settings", heads, rows),))


def _rows(path: tuple[str, ...], settings: Any) -> Iterator[tuple[str, str, str, str]]:
    for name, (attribute, form) in settings_of(type(settings)).items():
        value, where, notes = getattr(settings, name), (*path, name), attribute.metadata
        if has(type(value)):
            yield from _rows(where, value)
        elif path or value != default_of(attribute):
            plain = "—" if value is None else literal(form.plain(value))
            yield notes.get("clause", ""), key_path(*where), plain, notes.get("doc", "")
