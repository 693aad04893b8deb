"""Reading a log: every row becomes events, or a rejection that names line and field."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ticketrules.errors import LogError, MappingError
from ticketrules.logs.gathering import Gathering, UnusableError
from ticketrules.logs.intake import Log, shown
from ticketrules.logs.items import Column
from ticketrules.logs.mapping import LogMapping
from ticketrules.logs.rows import row_reader
from ticketrules.logs.source import Source
from ticketrules.logs.times import OUTSIDE, is_reckonable
from ticketrules.tickets.events import Event, ResolutionPromised
from ticketrules.tickets.wire import FieldError, load_event
from ticketrules.toml_reader import did_you_mean


def load_log(
    path: Path | str,
    mapping: LogMapping | None = None,
    *,
    progress: Callable[[float], None] | None = None,
) -> Log:
    """Read a log from a file or standard input, plain or gzip.

    Args:
        path: The file, or ``"-"`` for standard input.
        mapping: How rows become events; ``None`` reads JSON Lines of this library's own events.
        progress: Called now and then with the share of the file's bytes consumed, from 0 to 1.

    Returns:
        Each ticket's events in order, and the account of every row.

    Raises:
        LogError: The log cannot be used at all; the message names file and line.
        MappingError: The log lacks a column that the mapping names, or has it twice.
    """
    with Source(path, progress) as source:
        if mapping is None:
            return read_events(source.lines(), source.name)
        return read_rows(source.lines(mapping.encoding), mapping, source.name)


def read_events(lines: Iterable[str], name: str = "<events>") -> Log:
    """Read JSON Lines of this library's own events; blank lines are no rows.

    Args:
        lines: The lines, with or without their ends.
        name: What errors and reports call the log.

    Returns:
        Each ticket's events in order, and the account of every row.

    Raises:
        LogError: There is no line in it that can be used.
    """
    gathering = Gathering(name)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        gathering.rows += 1
        ticket = None
        try:
            content = _object(line)
            ticket = _ticket(content)
            gathering.add(event_of(content), number)
        except UnusableError as error:
            gathering.reject(number, error, ticket)
    return gathering.log("any other log needs a mapping")


def read_rows(lines: Iterable[str], mapping: LogMapping, name: str = "<rows>") -> Log:
    """Read the rows of a log as a mapping says; blank lines are no rows.

    Args:
        lines: The lines, with their ends.
        mapping: How rows become events.
        name: What errors and reports call the log.

    Returns:
        Each ticket's events in order, and the account of every row.

    Raises:
        LogError: There is no row in it that can be used, or its quoting cannot be followed.
        MappingError: The log lacks a column that the mapping names, or has it twice.
    """
    gathering = Gathering(name)
    read = _read_objects if mapping.format == "jsonl" else _read_cells
    read(lines, mapping, gathering)
    return gathering.log()


def _read_cells(lines: Iterable[str], mapping: LogMapping, gathering: Gathering) -> None:
    # Strict, since a lenient reader takes half a file for one cell without a word.
    rows = csv.reader(lines, delimiter=mapping.delimiter, strict=True)
    header = _header(rows, gathering.name)
    width = len(header)
    position = _positions(header, mapping, gathering.name, rows.line_num)
    read = row_reader(gathering, mapping, position)
    ticket = header.index(mapping.columns["ticket"].name)
    line = rows.line_num
    while True:
        try:
            for row in rows:
                start, line = line + 1, rows.line_num
                if len(row) != width:
                    if row:
                        gathering.rows += 1
                        reason = f"{len(row)} cells, but the header has {width}"
                        gathering.reject(start, UnusableError(None, reason))
                    continue
                gathering.rows += 1
                try:
                    read(row, start)
                except UnusableError as error:
                    gathering.reject(start, error, row[ticket].strip() or None)
            break
        except csv.Error as error:
            start, line = line + 1, rows.line_num
            if line > start:
                msg = (
                    f"{gathering.name}: line {start}: a quoted cell opens in this row and is not"
                    f" closed by line {line}: {_quoting(error)}"
                )
                raise LogError(msg) from None
            gathering.rows += 1
            gathering.reject(start, UnusableError(None, _quoting(error)))


def _header(rows: Iterable[list[str]], name: str) -> list[str]:
    try:
        for row in rows:
            if row:
                return [cell.strip() for cell in row]
    except csv.Error as error:
        msg = f"{name}: line 1: the header is not a row of CSV: {_quoting(error)}"
        raise LogError(msg) from None
    msg = f"{name}: line 1: is empty; there is not even a header"
    raise LogError(msg)


def _quoting(error: csv.Error) -> str:
    """What the csv module found wrong, in the words of who looks at the file."""
    told = str(error)
    if told.startswith("new-line"):
        return "a carriage return stands within the line; lines must end with a line feed"
    if told.startswith("field larger"):
        return f"a cell of more than {csv.field_size_limit()} characters"
    if told.startswith("unexpected end"):
        return "a quote is opened and never closed"
    return "text stands behind a closing quote" if "expected after" in told else told


def _positions(
    header: list[str], mapping: LogMapping, name: str, line: int
) -> Callable[[Column], int]:
    def position(column: Column) -> int:
        count = header.count(column.name)
        if count != 1:
            problem = (
                f"the header has column {column.name!r} {count} times"
                if count
                else f"the header has no column {column.name!r}" + did_you_mean(column.name, header)
            )
            msg = f"{name}: line {line}: {problem} ({mapping.name}: {column.key})"
            raise MappingError(msg)
        return header.index(column.name)

    return position


def _read_objects(lines: Iterable[str], mapping: LogMapping, gathering: Gathering) -> None:
    names: list[str] = []
    unseen: dict[str, str] = {}
    others: set[str] = set()

    def position(column: Column) -> int:
        if column.name not in names:
            names.append(column.name)
            unseen[column.name] = column.key
        return names.index(column.name)

    read = row_reader(gathering, mapping, position)
    ticket = mapping.columns["ticket"].name
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        gathering.rows += 1
        told = None
        try:
            # Numbers stay as they are written: an id of 007 digits or 1.10 is no quantity.
            content = _object(line, parse_int=str, parse_float=str, parse_constant=str)
            if unseen:
                others.update(content)
                for name in unseen.keys() & content:
                    del unseen[name]
            row = [_cell(name, content.get(name)) for name in names]
            told = row[names.index(ticket)].strip() or None
            read(row, number)
        except UnusableError as error:
            gathering.reject(number, error, told)
    if others:
        for name, key in unseen.items():
            problem = f"no object has a value {name!r}{did_you_mean(name, others)}"
            msg = f"{gathering.name}: {problem} ({mapping.name}: {key})"
            raise MappingError(msg)


def _cell(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise UnusableError(name, "a list or an object; expected a single value")


def _object(line: str, **options: Any) -> Mapping[str, Any]:
    try:
        line = line.rstrip("\r\n")  # lest the column be of the next line
        value = json.loads(line, object_pairs_hook=_unique, **options)
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.colno}"
    except (ValueError, RecursionError):
        reason = "not JSON that can be read: a number too long, or values nested too deep"
    else:
        if isinstance(value, dict):
            return value
        reason = "expected an object"
    raise UnusableError(None, reason)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnusableError(None, f"the key {shown(twice)} stands twice in one object")
    return found


def _ticket(content: Mapping[str, Any]) -> str | None:
    ticket = content.get("ticket")
    return ticket if isinstance(ticket, str) and ticket.strip() else None


def event_of(content: Mapping[str, Any]) -> Event:
    """The event that an object of JSON stands for.

    Raises:
        UnusableError: It stands for none, or for one that cannot be reckoned with.
    """
    try:
        event = load_event(content)
    except FieldError as error:
        (field, reason), *others = error.problems
        reason += "".join(f"; {path}: {expected}" for path, expected in others)
    else:
        if not is_reckonable(event.at):
            raise UnusableError("at", OUTSIDE)
        if isinstance(event, ResolutionPromised) and not is_reckonable(event.promised_for):
            raise UnusableError("promised_for", OUTSIDE)
        return event
    raise UnusableError(field, reason)
