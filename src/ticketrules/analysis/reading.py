"""Reading foreign logs as columns: the same mappings, the same rejections, no object a row.

A log repeats its cells, so each distinct cell is read once, by the code that reads single rows;
what a row causes depends on its step and on the one before it, and each such pair is laid out
once. Whatever is not plain enough for that (quotes, ragged rows, ids, authors, fields taken from
columns) goes through that code row by row, to the same end.
"""

import gzip
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from attrs import field, frozen

from ticketrules.analysis.block import Flags, Ints
from ticketrules.analysis.columns import INSTANT, as_frame
from ticketrules.analysis.grouping import frame_of_log
from ticketrules.calendar.timeline import micros
from ticketrules.logs import Intake, Log, LogMapping, Rejection, load_log
from ticketrules.logs.gathering import NO_TICKET, UnusableError
from ticketrules.logs.items import Column, Item
from ticketrules.logs.mapping import KEY_COLUMNS
from ticketrules.logs.steps import Compiler
from ticketrules.logs.times import Instants
from ticketrules.tickets.values import Role

_ROLES: Final = tuple(Role)
_LONGEST: Final = 131_072


@frozen(eq=False)
class LogTable:
    """A log that was read, as columns.

    Attributes:
        name: What errors call it: its path.
        frame: The events, with the columns ``COLUMNS``; each ticket's together and in order.
        intake: The account of the log's own rows.
    """

    name: str
    frame: pl.DataFrame = field(repr=False)
    intake: Intake


def table_of(log: Any, name: str = "<log>") -> pl.DataFrame:
    """The events of a log, in whatever form it comes; raises as ``as_frame`` does."""
    if isinstance(log, LogTable):
        return log.frame
    return frame_of_log(log) if isinstance(log, Log) else as_frame(log, name)


class _NotPlainError(Exception):
    """The log, or its mapping, is not plain enough for columns."""


def read_log(path: Path | str, mapping: LogMapping | None = None) -> LogTable:
    """Read a log through its mapping, as ``load_log`` does, into columns.

    Args:
        path: The file, plain or gzip.
        mapping: How rows become events; ``None`` for JSON Lines of the library's own events.

    Raises:
        LogError: The log cannot be used at all; the message names file and line.
        MappingError: The log lacks a column that the mapping names, or has it twice.
    """
    if mapping is not None:
        try:
            return _read(Path(path), mapping)
        except _NotPlainError:
            pass
    log = load_log(path, mapping)
    return LogTable(log.name, frame_of_log(log), log.intake)


def _read(path: Path, mapping: LogMapping) -> LogTable:
    if mapping.shape == "messages" or {"id", "author"} & mapping.columns.keys():
        raise _NotPlainError
    rows = _Rows(_cells(path, mapping), mapping)
    return rows.table(str(path))


def _cells(path: Path, mapping: LogMapping) -> pl.DataFrame:
    """The cells of a plain file of CSV, all as text."""
    if mapping.format != "csv" or mapping.encoding != "utf-8" or not path.is_file():
        raise _NotPlainError
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        raise _NotPlainError from None
    odd = (b'"', b"\r", b"\0", b"\n\n")
    if any(one in data for one in odd) or data.startswith((b"\xef\xbb\xbf", b"\n")):
        raise _NotPlainError
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator=mapping.delimiter,
            quote_char=None,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        raise _NotPlainError from None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    # No row is longer than the first, or it would have failed; so none is shorter either.
    if len(frame) != lines or data.count(mapping.delimiter.encode()) != lines * (frame.width - 1):
        raise _NotPlainError
    header = [cell.strip() for cell in frame.row(0)]
    if len(set(header)) < len(header) or len(frame) < 2:
        raise _NotPlainError
    frame = frame.with_columns(pl.all().fill_null(""))
    return frame[1:].rename(dict(zip(frame.columns, header, strict=True)))


class _Sequences(Compiler):
    """Steps whose events are left as the mapping has them."""

    def _maker(self, item: Item) -> Any:
        return item


class _Distinct:
    """A column as the numbers of its distinct cells."""

    def __init__(self, column: pl.Series) -> None:
        cells = column.unique(maintain_order=True)
        self.cells: list[str] = cells.to_list()
        if max(map(len, self.cells)) > _LONGEST:
            raise _NotPlainError
        numbers = pl.DataFrame({"cell": cells, "number": np.arange(len(cells))})
        found = pl.DataFrame({"cell": column}).join(
            numbers, on="cell", how="left", maintain_order="left"
        )
        self.numbers: Ints = found["number"].to_numpy()

    def read(self, read: Callable[[str], Any]) -> list[Any]:
        """What each distinct cell stands for, or why it stands for nothing."""
        found = []
        for cell in self.cells:
            try:
                found.append(read(cell))
            except (UnusableError, ValueError) as error:
                found.append(error)
        return found


@frozen(eq=False)
class _Course:
    """The rows that become events, each ticket's together.

    Attributes:
        row: Their places in the log.
        begins: Whether each is its ticket's first.
        when: The instants of all rows of the log.
        step: The numbers of their steps.
    """

    row: Ints
    begins: Flags
    when: Ints
    step: Ints


class _Rows:
    """The rows of a log while they become events."""

    def __init__(self, cells: pl.DataFrame, mapping: LogMapping) -> None:
        self._cells, self._mapping, self._missing = cells, mapping, mapping.missing
        self._instants = Instants(mapping.times)
        self._steps = _Sequences(mapping, self._position, self._instants).steps()
        self._ticket = self._needed("ticket")
        self._ids = [cell.strip() for cell in self._ticket.cells]
        self._rejections: dict[int, Rejection] = {}

    def _position(self, column: Column) -> int:
        if column.name not in self._cells.columns:
            raise _NotPlainError
        return self._cells.columns.index(column.name)

    def _column(self, key: str) -> _Distinct | None:
        column = self._mapping.columns.get(key)
        if column is None:
            return None
        return _Distinct(self._cells[self._cells.columns[self._position(column)]])

    def _needed(self, key: str) -> _Distinct:
        found = self._column(key)
        assert found is not None  # noqa: S101 - every mapping has it
        return found

    def table(self, name: str) -> LogTable:
        """The events, and the account of the rows."""
        at, step = self._needed("at"), self._needed(KEY_COLUMNS[self._mapping.shape])
        instants = at.read(self._instants.__getitem__)
        steps = step.read(self._steps.__getitem__)
        course = self._course(at, instants, step, steps)
        sequences, which = self._sequences(course, steps)
        frame = self._events(course, sequences, which)
        rows = len(self._cells)
        intake = Intake(
            rows=rows,
            mapped=rows - len(self._rejections),
            rejected=len(self._rejections),
            events=len(frame),
            tickets=int(course.begins.sum()),
            rejections=tuple(self._rejections[row] for row in sorted(self._rejections)),
        )
        return LogTable(name, frame, intake)

    def _reject(self, row: int, why: UnusableError) -> None:
        own = self._ids[self._ticket.numbers[row]]
        self._rejections[row] = Rejection(row + 2, why.field, why.reason, own or None)

    def _course(
        self, at: _Distinct, instants: list[Any], step: _Distinct, steps: list[Any]
    ) -> _Course:
        """The rows that can be used; the others are rejected, for the reason found first."""
        no_ticket = np.array([one in self._missing for one in self._ids])[self._ticket.numbers]
        no_time = np.array([isinstance(one, ValueError) for one in instants])[at.numbers]
        no_step = np.array([isinstance(one, UnusableError) for one in steps])[step.numbers]
        for row in np.flatnonzero(no_ticket | no_time | no_step).tolist():
            if no_ticket[row]:
                self._reject(row, UnusableError("ticket", NO_TICKET))
            elif no_time[row]:
                number = at.numbers[row]
                is_missing = at.cells[number].strip() in self._missing
                reason = "no value" if is_missing else str(instants[number])
                self._reject(row, UnusableError("at", reason))
            else:
                self._reject(row, steps[step.numbers[row]])
        when = _micros(instants, 0)[at.numbers]
        ticket = np.unique(self._ids, return_inverse=True)[1][self._ticket.numbers]
        rows = np.flatnonzero(~(no_ticket | no_time | no_step))
        if not len(rows):
            raise _NotPlainError  # that none can be used is said there
        first = np.full(ticket.max() + 1, len(ticket))
        np.minimum.at(first, ticket[rows], rows)
        rows = rows[np.argsort(first[ticket[rows]], kind="stable")]
        older = when[rows] < _running(when[rows], ticket[rows])
        for row in rows[older].tolist():
            self._reject(row, UnusableError("at", "older than the ticket's row before it"))
        rows = rows[~older]
        begins = np.append(True, np.diff(ticket[rows]) != 0)
        # Cells that differ by blanks alone have one step.
        number = {id(one): place for place, one in reversed(list(enumerate(steps)))}
        same = np.array([number[id(one)] for one in steps])
        return _Course(rows, begins, when, same[step.numbers[rows]])

    def _sequences(self, course: _Course, steps: list[Any]) -> tuple[list[tuple[Item, ...]], Ints]:
        """The events of each pair of steps, and which pair each row is the latter of."""
        before = np.append(-1, course.step[:-1])
        before[course.begins] = -1
        pairs, which = np.unique((before + 1) * len(steps) + course.step, return_inverse=True)
        found = []
        for pair in pairs.tolist():
            earlier, step = pair // len(steps) - 1, steps[pair % len(steps)]
            if earlier < 0:
                items = step.first
            elif steps[earlier] is step:
                items = step.stay
            else:
                items = step.after.get(steps[earlier].name, step.enter)
            if any(
                one.column is not None and not one.is_words for item in items for one in item.given
            ):
                raise _NotPlainError
            found.append(items)
        return found, which

    def _events(
        self, course: _Course, sequences: list[tuple[Item, ...]], which: Ints
    ) -> pl.DataFrame:
        items = [item for sequence in sequences for item in sequence]
        counts = np.array([len(sequence) for sequence in sequences])
        events = counts[which]
        place = np.repeat(np.arange(len(which)), events)
        nth = np.arange(len(place)) - np.repeat(np.cumsum(events) - events, events)
        item = (np.cumsum(counts) - counts)[which][place] + nth
        row = course.row[place]
        roles = np.array([_ROLES.index(one.by or one.usual_role) for one in items], np.int64)
        number = pl.Series(row + 2).cast(pl.String)
        further = number + "/" + pl.Series(nth + 1).cast(pl.String)
        made = {
            "ticket": pl.Series(self._ids).gather(self._ticket.numbers[row]),
            "at": pl.Series(self._at(course, row, course.begins[place] & (nth == 0))).cast(INSTANT),
            "event": pl.Series([one.event.name for one in items]).gather(item),
            "by_role": pl.Series([role.value for role in _ROLES]).gather(roles[item]),
            "by_id": self._who(roles[item], row),
            "id": further.zip_with(pl.Series(nth > 0), number),
        }
        return pl.DataFrame(made).with_columns(_constants(items, item))

    def _at(self, course: _Course, row: Ints, submits: Flags) -> Ints:
        """The instants of events; a submission is as old as the log says it is."""
        at = course.when[row]
        opened = self._column("opened_at")
        if opened is not None:
            missing, instants = self._missing, self._instants
            known = opened.read(lambda one: None if one.strip() in missing else instants[one])
            numbers = opened.numbers[row[submits]]
            if any(isinstance(known[one], ValueError) for one in np.unique(numbers)):
                raise _NotPlainError
            since = _micros(known, int(np.iinfo(np.int64).max))
            at[submits] = np.minimum(at[submits], since[numbers])
        return at

    def _who(self, role: Ints, row: Ints) -> pl.Series:
        """The ids of whoever did it."""
        found, texts = np.zeros(len(row), np.int64), [""]
        for who in (Role.AGENT, Role.CUSTOMER):
            column = self._column(who.value)
            if column is not None:
                mine = role == _ROLES.index(who)
                found[mine] = column.numbers[row[mine]] + len(texts)
                bare = [cell.strip() for cell in column.cells]
                texts += ["" if one in self._missing else one for one in bare]
        return pl.Series(texts).gather(found)


def _micros(instants: list[Any], otherwise: int) -> Ints:
    """Instants as microseconds; another number for what is none."""
    return np.array(
        [micros(one) if isinstance(one, datetime) else otherwise for one in instants], np.int64
    )


def _constants(items: list[Item], item: Ints) -> list[pl.Series]:
    """The columns that a mapping gives a constant value."""
    made = []
    for name in ("to", "kind", "automatic", "rating", "follows", "group"):
        values = [
            next((one.constant for one in each.given if one.name == name), None) for each in items
        ]
        if any(value is not None for value in values):
            plain = [getattr(value, "value", value) for value in values]
            made.append(pl.Series(name, plain).gather(item))
    return made


def _running(when: Ints, ticket: Ints) -> Ints:
    """The latest instant of each row's ticket so far; rows of a ticket stand together."""
    # Ranks are small, so that tickets and ranks fit into one number that only grows by ticket.
    ranks, rank = np.unique(when, return_inverse=True)
    place = np.cumsum(np.append(False, ticket[1:] != ticket[:-1]))
    running = np.maximum.accumulate(place * len(ranks) + rank)
    latest: Ints = ranks[running - place * len(ranks)]
    return latest
