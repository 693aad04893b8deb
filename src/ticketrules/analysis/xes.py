"""XES, the logs of process mining: public ones in, ours out.

Reading is a stream over the standard library's parser: beside the table it takes the memory of one
trace. What XES does not need is refused: a document type, and with it every entity.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat  # without document types, which are refused, it is safe
from xml.sax.saxutils import quoteattr

import polars as pl

from ticketrules.analysis.columns import COLUMNS, INSTANT
from ticketrules.errors import LogError

NAMES: Final = {
    "concept:name": "activity",
    "time:timestamp": "at",
    "org:resource": "resource",
    "lifecycle:transition": "transition",
}
"""The keys of XES's standard extensions, and what the table calls them; other keys stay."""

_CHUNK: Final = 1 << 16
TICKET: Final = "ticket"
_PREFIX: Final = "ticketrules:"
_TYPES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})


def read_xes(source: Path | str, *, keys: Iterable[str] = ()) -> pl.DataFrame:
    """The events of an XES log as a table, one a row, in the log's order.

    Args:
        source: The file, plain.
        keys: Further keys of events to bring along, as text.

    Returns:
        ``ticket`` (the trace's ``concept:name``), ``activity``, ``at``, ``resource`` and
        ``transition``, null where an event does not tell them, and the further keys. A log that
        ``write_xes`` wrote comes back with the columns ``COLUMNS`` that it had, ready to be judged;
        any other needs to be told what its activities mean.

    Raises:
        LogError: There is no such file, it is not XES, or it has a document type.
    """
    wanted = dict(NAMES) | {key: key for key in keys}
    own = {_PREFIX + column: column for column in COLUMNS}
    rows: list[dict[str, Any]] = []
    for trace, event in _events(Path(source)):
        row: dict[str, Any] = {TICKET: trace}
        for key, kind, value in event:
            name = own.get(key) or wanted.get(key)
            if name is not None:
                row[name] = _value(kind, value, str(source), key)
        rows.append(row)
    if rows and any("event" in row for row in rows):
        schema = {name: pl.String() for name in COLUMNS}
        schema |= {"at": INSTANT, "promised_for": INSTANT}  # type: ignore[dict-item]
        schema |= {"automatic": pl.Boolean(), "rating": pl.Int64()}  # type: ignore[dict-item]
        frame = pl.DataFrame(
            [{name: row.get(name) for name in schema} for row in rows], schema=schema
        )
        kept = [name for name in schema if frame[name].null_count() < len(frame)]
        return frame.select(kept)
    names = [TICKET, *NAMES.values(), *keys]
    types: dict[str, Any] = dict.fromkeys(names, pl.String) | {"at": INSTANT}
    return pl.DataFrame(
        [
            {
                name: value if name == "at" or value is None else str(value)
                for name in names
                for value in (row.get(name),)
            }
            for row in rows
        ],
        schema=types,
    )


def write_xes(log: pl.DataFrame, target: Path | str) -> None:
    """Write a log as XES: a trace a ticket, an event a row.

    Args:
        log: Events with the columns ``COLUMNS``, each ticket's rows in order. ``event`` is the
            activity, ``by_id`` the resource; all columns that are told are also written under
            keys that begin with ``ticketrules:``, so that ``read_xes`` loses none.
        target: The file, which is overwritten.
    """
    columns = [column for column in COLUMNS if column in log.columns]
    with Path(target).open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016">\n')
        for name, prefix in (("Concept", "concept"), ("Time", "time"), ("Organizational", "org")):
            uri = f"http://www.xes-standard.org/{prefix}.xesext"
            file.write(f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
        for (ticket,), part in log.group_by("ticket", maintain_order=True):
            file.write(f"<trace>\n{_line('concept:name', str(ticket))}")
            for row in part.select(columns).iter_rows(named=True):
                file.write("<event>\n")
                file.write(_line("concept:name", str(row["event"])))
                file.write(_line("time:timestamp", row["at"]))
                if row.get("by_id"):
                    file.write(_line("org:resource", str(row["by_id"])))
                for column in columns:
                    if row[column] is not None:
                        file.write(_line(_PREFIX + column, row[column]))
                file.write("</event>\n")
            file.write("</trace>\n")
        file.write("</log>\n")


def _line(key: str, value: object) -> str:
    if isinstance(value, datetime):
        return f'<date key="{key}" value="{value.astimezone(UTC).isoformat()}"/>\n'
    if isinstance(value, bool):
        return f'<boolean key="{key}" value="{str(value).lower()}"/>\n'
    if isinstance(value, int):
        return f'<int key="{key}" value="{value}"/>\n'
    return f'<string key="{key}" value={quoteattr(str(value), _LINES)}/>\n'


_LINES: Final = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


Attribute = tuple[str, str, str]
"""The key, the type and the value, as they are written."""

Traced = tuple[str | None, list[Attribute]]
"""The name of a trace and the attributes of one of its events."""


class _Reader:
    """What a parser has met so far; whole traces wait in ``done``."""

    def __init__(self) -> None:
        self.done: list[Traced] = []
        self._path: list[str] = []
        self._trace: str | None = None
        self._events: list[list[Attribute]] = []

    def doctype(self, *_told: object) -> None:
        """A document type: no entity is ever declared, so that none can expand."""
        msg = "it has a document type, which no log needs"
        raise LogError(msg)

    def start(self, tag: str, told: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(" ")[2]
        if not self._path and tag != "log":
            msg = f"its root is {tag!r}, and that of XES is 'log'"
            raise LogError(msg)
        self._path.append(tag)
        if self._path == ["log", "trace", "event"]:
            self._events.append([])
        elif tag in _TYPES and "key" in told:
            if self._path[:-1] == ["log", "trace", "event"]:
                self._events[-1].append((told["key"], tag, told.get("value", "")))
            elif self._path[:-1] == ["log", "trace"] and told["key"] == "concept:name":
                self._trace = told.get("value")

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self._path == ["log", "trace"]:
            self.done += [(self._trace, event) for event in self._events]
            self._trace, self._events = None, []
        self._path.pop()


def _events(source: Path) -> Iterator[Traced]:
    """Each event's attributes, with the name of its trace."""
    name = str(source)
    if not source.is_file():
        msg = f"{name}: no such file"
        raise LogError(msg)
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    try:
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk)
                yield from reader.done
                reader.done.clear()
            parser.Parse(b"", True)  # noqa: FBT003 - it takes no names
    except expat.ExpatError as error:
        reason = f"line {error.lineno}: not XML that can be read"
    except LogError as error:
        reason = str(error)
    else:
        return
    msg = f"{name}: {reason}"
    raise LogError(msg)


def _value(kind: str, value: str, name: str, key: str) -> Any:
    if kind == "date":
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            msg = f"{name}: {key}: a time in ISO 8601 with an offset is meant"
            raise LogError(msg)
        return at.astimezone(UTC)
    if kind == "boolean":
        return value == "true"
    return int(value) if kind == "int" else value
