"""Intake: rows come in batches, whole tickets go out, and every row is accounted for.

A ticket may go on in the next batch, so the last one of each is kept back until another begins.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl
from attrs import define, field, frozen

from ticketrules.analysis.block import Block, Flags, Ints, bounds
from ticketrules.analysis.columns import (
    INSTANT,
    check_columns,
    content_of,
    is_beyond_doubt,
    prepared,
    suspicion,
    with_whole_ratings,
)
from ticketrules.analysis.sorts import sort_codes
from ticketrules.errors import LogError
from ticketrules.logs.gathering import NO_TICKET, Gathering, UnusableError
from ticketrules.logs.intake import Intake, Rejection
from ticketrules.logs.reading import event_of
from ticketrules.tickets.events import Event, Replied, ResolutionPromised
from ticketrules.tickets.values import Actor, Role

MOST_REJECTIONS: Final = 10_000
"""So many rejections are told one by one; the others are counted."""

_ODD: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_CODES: Final = {
    column: pl.col(column).to_physical().cast(pl.UInt8).fill_null(0)
    for column in ("event", "by_role", "kind")
} | {"automatic": pl.when("automatic").then(pl.lit(1, pl.UInt8)).otherwise(pl.lit(0, pl.UInt8))}
"""What columns of a prepared table tell, as bytes."""

_ANYBODY: Final = Actor(Role.AGENT)


@frozen(eq=False)
class Tickets:
    """Whole tickets: a prepared table of their events, and the same as arrays.

    Attributes:
        frame: One event a row, in order; ``row`` numbers them in their log.
        block: The arrays.
    """

    frame: pl.DataFrame
    block: Block

    def ids(self) -> pl.Series:
        """The tickets' ids, as text."""
        return self.frame["ticket"].gather(self.block.first[:-1]).cast(pl.String)

    def some(self, first: int, last: int) -> "Tickets":
        """The tickets from one number to another, that one left out."""
        low, high = int(self.block.first[first]), int(self.block.first[last])
        return Tickets(self.frame[low:high], self.block.some(np.arange(first, last)))

    def known_at(self, now: int) -> "Tickets | None":
        """The tickets as they were known at an instant; ``None`` if there was none yet."""
        block = self.block
        known = block.at <= now
        if known.all():
            return self
        counts = np.add.reduceat(known.astype(np.int64), block.first[:-1])
        if not counts.any():
            return None
        first = np.append(0, np.cumsum(counts[counts > 0]))
        promised = None if block.promised is None else block.promised[known]
        return Tickets(
            self.frame.filter(pl.Series(known)),
            Block(
                block.at[known],
                block.sort[known],
                first,
                block.has_to[known],
                block.has_by[known],
                promised,
            ),
        )


BLOCK_ROWS: Final = 160_000
"""So many events are judged at a time, or one ticket of more: some 20,000 tickets of eight."""


def blocks_of(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows of a grouped table, some whole tickets at a time, without a copy."""
    start, ticket = 0, frame["ticket"].fill_null(strategy="forward")  # null is no other ticket
    while start < len(frame):
        end = min(start + BLOCK_ROWS, len(frame))
        step = 1024
        while end < len(frame):
            changes = (ticket[end : end + step] != ticket[end - 1]).fill_null(value=True).arg_true()
            if len(changes):
                end += changes[0]
                break
            end = min(end + step, len(frame))
            step *= 2
        yield frame[start:end]
        start = end


@define
class TicketStream:
    """Takes batches of a log in which each ticket's rows stand together, and gives whole tickets.

    Attributes:
        name: What errors call the log.
        rows: Rows taken so far.
        rejected: How many of them were not used.
        events: How many were.
        tickets: Tickets given out so far.
        rejections: What was wrong with the first ``MOST_REJECTIONS`` of those that were not.
    """

    name: str = "<log>"
    rows: int = field(init=False, default=0)
    rejected: int = field(init=False, default=0)
    events: int = field(init=False, default=0)
    tickets: int = field(init=False, default=0)
    rejections: list[Rejection] = field(init=False, factory=list)
    _kept: list[pl.DataFrame] = field(init=False, factory=list)
    _schema: dict[str, Any] | None = field(init=False, default=None)

    def feed(self, frame: pl.DataFrame, *, whole: bool = False) -> Tickets | None:
        """The tickets that are whole with one more batch; ``None`` if there are none.

        Args:
            frame: Rows of the log, with a column ``row`` where they are not in its order.
            whole: Whether none of its tickets goes on in another batch.

        Raises:
            LogError: A column is missing, or of a type that cannot be read.
            NaiveTimeError: A column of instants has no time zone.
        """
        check_columns(frame, self.name)
        table = self._taken(with_whole_ratings(frame, self.name))
        if not len(table):
            return None
        if whole:
            return self._whole(table)
        ticket = table["ticket"]
        final = ticket[-1]
        ends = (ticket != final).arg_true()
        start = 0 if not len(ends) else int(ends[-1]) + 1
        if start == 0 and self._kept and self._kept[-1]["ticket"][-1] == final:
            self._kept.append(table)
            return None
        complete = pl.concat([*self._kept, table[:start]]) if self._kept else table[:start]
        self._kept = [table[start:]]
        return self._whole(complete)

    def finish(self) -> Tickets | None:
        """The last ticket, once all batches were fed."""
        kept, self._kept = self._kept, []
        return self._whole(pl.concat(kept)) if kept else None

    def account(self) -> Intake:
        """What became of the rows."""
        return Intake(
            rows=self.rows,
            mapped=self.rows - self.rejected,
            rejected=self.rejected,
            events=self.events,
            tickets=self.tickets,
            rejections=tuple(sorted(self.rejections, key=lambda one: one.line)),
        )

    def check_used(self) -> None:
        """Refuse a log without a row that could be used.

        Raises:
            LogError: It is one.
        """
        if not self.rows:
            msg = f"{self.name}: line 1: there are no rows in it"
            raise LogError(msg)
        if self.rejected == self.rows:
            msg = (
                f"{self.name}: none of its rows can be used, {self.rows} of {self.rows} rejected;"
                f" the first: {min(self.rejections, key=lambda one: one.line)}"
            )
            raise LogError(msg)

    def _reject(self, line: int, error: UnusableError, ticket: str | None) -> None:
        self.rejected += 1
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(Rejection(line, error.field, error.reason, ticket))

    def _taken(self, raw: pl.DataFrame) -> pl.DataFrame:
        """The rows of a batch that are events, prepared and numbered."""
        count = len(raw)
        if "row" in raw.columns:
            numbers = raw["row"].cast(pl.Int64)
            raw = raw.drop("row")
        else:
            numbers = pl.int_range(self.rows + 1, self.rows + count + 1, eager=True)
        self.rows += count
        table = prepared(raw).with_columns(numbers.alias("row"))
        doubtful = _doubtful(table)
        if "kind?" in table.columns:
            table = table.drop("kind?")
        if not doubtful:
            return table
        lost, mended = [], {}
        rows = raw[doubtful].with_columns(_as_text(raw)).iter_rows(named=True)
        for place, row in zip(doubtful, rows, strict=True):
            content = content_of(row, numbers[place])
            ticket = content.get("ticket")
            try:
                event = event_of(content)
                if not event.ticket.strip():
                    raise UnusableError("ticket", NO_TICKET)
                mended[place] = event
            except UnusableError as error:
                self._reject(numbers[place], error, ((ticket or "").strip() and ticket) or None)
                lost.append(place)
        if mended:
            table = _mended(table, mended)
        keep = np.ones(count, bool)
        keep[lost] = False
        return table.filter(pl.Series(keep))

    def _whole(self, table: pl.DataFrame) -> Tickets | None:
        """Tickets with their order checked."""
        if not len(table):
            return None
        first = firsts(table["ticket"])
        at = _numbers(table["at"])
        lost = [*self._nameless(table, first), *self._misplaced(table, at, first)]
        if lost:
            keep = np.ones(len(table), bool)
            keep[lost] = False
            table = table.filter(pl.Series(keep))
            if not len(table):
                return None
            first, at = firsts(table["ticket"]), _numbers(table["at"])
        self.events += len(table)
        self.tickets += len(first) - 1
        return Tickets(table, block_of(table, first))

    def _nameless(self, table: pl.DataFrame, first: Ints) -> Iterator[int]:
        """The rows whose ticket is nothing but blanks."""
        if table["ticket"].dtype.is_integer():
            return
        ids = table["ticket"].gather(first[:-1])
        for number in (ids.str.strip_chars() == "").arg_true().to_list():
            for place in range(int(first[number]), int(first[number + 1])):
                self._reject(table["row"][place], UnusableError("ticket", NO_TICKET), None)
                yield place

    def _misplaced(self, table: pl.DataFrame, at: Ints, first: Ints) -> Iterator[int]:
        """The rows that are older than the one before, or whose ids are taken."""
        odd = at[1:] < at[:-1]
        odd[first[1:-1] - 1] = False
        numbers = np.repeat(np.arange(len(first) - 1), np.diff(first))
        tickets = set(numbers[1:][odd].tolist())
        if "id" in table.columns:
            mixed = table["id"].hash().to_numpy() ^ (numbers.astype(np.uint64) * _ODD)
            twice = pl.Series(mixed).is_duplicated().to_numpy()
            tickets.update(numbers[twice].tolist())
        for number in sorted(tickets):
            yield from self._sifted(table, int(first[number]), int(first[number + 1]))

    def _sifted(self, table: pl.DataFrame, low: int, high: int) -> Iterator[int]:
        """The rows of one ticket that cannot follow those before them, as a gathering says."""
        gathering = Gathering(self.name)
        has_id = "id" in table.columns
        wanted = ["row", "ticket", "at", *(["id"] if has_id else [])]
        for place, row in enumerate(table[low:high].select(wanted).iter_rows(), low):
            line, ticket, at = row[0], str(row[1]), row[2]
            event = Replied(id=row[3] if has_id else str(line), ticket=ticket, at=at, by=_ANYBODY)
            try:
                gathering.add(event, line)
            except UnusableError as error:
                self._reject(line, error, ticket)
                yield place


def _as_text(raw: pl.DataFrame) -> list[pl.Expr]:
    """The instants of a table as texts in UTC; Python knows fewer years than columns do."""
    return [
        pl.col(name).dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00")
        for name in ("at", "promised_for")
        if name in raw.columns and isinstance(raw.schema[name], pl.Datetime)
    ]


def _doubtful(table: pl.DataFrame) -> list[int]:
    """The rows of a prepared table that may be no event."""
    if is_beyond_doubt(table):
        return []
    return table.select(suspicion(table.columns)).to_series().arg_true().to_list()


def _mended(table: pl.DataFrame, events: dict[int, Event]) -> pl.DataFrame:
    """A table with the times that only the reader of single events could read."""
    places = list(events)
    at = pl.Series([one.at for one in events.values()], dtype=INSTANT)
    columns = [table["at"].scatter(places, at)]
    if "promised_for" in table.columns:
        promised = [
            one.promised_for if isinstance(one, ResolutionPromised) else None
            for one in events.values()
        ]
        columns.append(table["promised_for"].scatter(places, pl.Series(promised, dtype=INSTANT)))
    return table.with_columns(columns)


def firsts(ticket: pl.Series) -> Ints:
    """Where each run of one ticket begins, and the number of rows after the last."""
    if ticket.dtype.is_integer():
        numbers = ticket.to_numpy()
        return bounds(numbers[1:] != numbers[:-1])
    return bounds((ticket[1:] != ticket[:-1]).to_numpy())


def _numbers(instants: pl.Series) -> Ints:
    """Instants in microseconds since the epoch, ``NEVER`` where there is none."""
    numbers: Ints = instants.to_numpy().view(np.int64)
    return numbers


def _told(table: pl.DataFrame, column: str) -> Flags:
    if column not in table.columns:
        return np.zeros(len(table), bool)
    return (table[column].str.len_bytes().fill_null(0) > 0).to_numpy()


def block_of(table: pl.DataFrame, first: Ints) -> Block:
    """The arrays of a prepared table, and its tickets' first rows."""
    known = {column: code for column, code in _CODES.items() if column in table.columns}
    codes = {one.name: one.to_numpy() for one in table.select(**known)}
    promised = None
    if "promised_for" in table.columns and table["promised_for"].null_count() < len(table):
        promised = _numbers(table["promised_for"])
    return Block(
        _numbers(table["at"]),
        sort_codes(**codes),
        first,
        _told(table, "to"),
        _told(table, "by_id"),
        promised,
    )
