"""A policy as TOML, each value beside its clause; ``marketplace.toml`` is written by it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from attrs import fields, has

from ticketrules.calendar import Notice
from ticketrules.calendar.notices import Holiday
from ticketrules.rulebook.durations import format_duration
from ticketrules.rulebook.policy import Policy


def dump_policy(policy: Policy) -> str:
    """Write the policy as TOML that ``load_policy`` reads back as an equal value."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield f"name = {_literal(policy.name)}"
    if policy.effective_from is not None:
        yield f"effective_from = {policy.effective_from.isoformat()}"
    if policy.retroactive:
        yield "retroactive = true"
    for section in fields(Policy):
        settings = getattr(policy, section.name)
        if not has(type(settings)):
            continue
        yield ""
        yield f"[{section.name}]"
        for setting in fields(type(settings)):
            value = getattr(settings, setting.name)
            yield f"# {setting.metadata['clause']}: {setting.metadata['doc']}"
            if value is None:
                yield f"# {setting.name} is not set"
            else:
                yield f"{setting.name} = {_literal(value)}"
    for notice in policy.notices:
        yield from _notice(notice)


def _notice(notice: Notice) -> Iterator[str]:
    yield ""
    yield "[[notices]]"
    yield f"year = {notice.year}"
    yield f"source = {_literal(notice.source)}"
    for key in ("holidays", "makeup_days"):
        entries: tuple[Holiday, ...] = getattr(notice, key)
        for entry in entries:
            yield ""
            yield f"[[notices.{key}]]"
            yield f"name = {_literal(entry.name.zh)}"
            yield f"name_en = {_literal(entry.name.en)}"
            yield f"dates = [{', '.join(day.isoformat() for day in entry.dates)}]"


def _literal(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case timedelta():
            return _literal(format_duration(value))
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case _:
            msg = f"no TOML for {type(value).__name__}"
            raise TypeError(msg)
