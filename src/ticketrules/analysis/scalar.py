"""The scalar engine on single tickets of a table: for what columns cannot express."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl
from attrs import fields_dict

from ticketrules.analysis.columns import COLUMNS
from ticketrules.analysis.sorts import KINDS
from ticketrules.analysis.table import CYCLES
from ticketrules.sla import Reading
from ticketrules.tickets.events import Event
from ticketrules.tickets.values import Actor, MessageKind, Role, Superior

_KINDS: Final = {kind.name: kind for kind in KINDS}
_OWN: Final = {
    kind: frozenset(fields_dict(kind)) & (frozenset(COLUMNS) - {"id", "ticket", "at"})
    for kind in KINDS
}


def events_of(frame: pl.DataFrame) -> list[Event]:
    """The events of a prepared table, in order; texts, which columns do not keep, are empty."""
    has_id = "id" in frame.columns
    return [_event(row, str(row["row"]) if not has_id else row["id"]) for row in _rows(frame)]


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    return frame.iter_rows(named=True)


def _event(row: dict[str, Any], unique: str) -> Event:
    kind = _KINDS[row["event"]]
    own: dict[str, Any] = {}
    for name in _OWN[kind]:
        value = row.get(name)
        if value is not None:
            own[name] = value
    if "kind" in own:
        own["kind"] = MessageKind(own["kind"])
    known = fields_dict(kind)
    if "to" in own and known["to"].type is Superior:
        own["to"] = Superior(own["to"])
    if "checks" in known:
        own["checks"] = frozenset()
    by = Actor(Role(row["by_role"]), row.get("by_id") or "")
    return kind(id=unique, ticket=str(row["ticket"]), at=row["at"], by=by, **own)


def frame_of_readings(readings: Iterable[Reading]) -> pl.DataFrame:
    """Readings as rows; what they list, pauses and crossings, is left out."""
    names = [name for name in CYCLES if name != "verdict"]
    rows = [
        {"verdict": one.verdict.value} | {name: getattr(one, name) for name in names}
        for one in readings
    ]
    return pl.DataFrame(rows, schema=dict(CYCLES))
