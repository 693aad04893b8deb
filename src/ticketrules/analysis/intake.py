"""Intake: rows come in batches, whole tickets go out, and every row is accounted for.

A ticket may go on in the next batch, so the last one of each is kept back until another begins.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl
from attrs import define, field, frozen

from ticketrules.analysis.block import NEVER, Block, Flags, Ints
from ticketrules.analysis.columns import (
    INSTANT,
    check_columns,
    content_of,
    prepared,
    suspicion,
)
from ticketrules.analysis.sorts import BASES, KINDS
from ticketrules.logs.gathering import NO_TICKET, Gathering, UnusableError
from ticketrules.logs.intake import Intake, Rejection
from ticketrules.logs.reading import event_of
from ticketrules.tickets.events import CustomerWrote, Event, Replied, ResolutionPromised
from ticketrules.tickets.values import Actor, Role

MOST_REJECTIONS: Final = 10_000
"""So many rejections are told one by one; the others are counted."""

_REPLIED: Final = KINDS.index(Replied)
_WROTE: Final = KINDS.index(CustomerWrote)
_ODD: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
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
        """The tickets' ids."""
        return self.frame["ticket"].gather(self.block.first[:-1])

    def some(self, first: int, last: int) -> "Tickets":
        """The tickets from one number to another, that one left out."""
        block = self.block
        low, high = int(block.first[first]), int(block.first[last])
        part = slice(low, high)
        return Tickets(
            self.frame[part],
            Block(
                block.at[part],
                block.sort[part],
                block.first[first : last + 1] - low,
                block.has_to[part],
                block.has_by[part],
                None if block.promised is None else block.promised[part],
            ),
        )


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

    def feed(self, frame: pl.DataFrame) -> Tickets | None:
        """The tickets that are whole with one more batch; ``None`` if there are none.

        Args:
            frame: Rows of the log, with a column ``row`` where they are not in its order.

        Raises:
            LogError: A column is missing, or of a type that cannot be read.
            NaiveTimeError: A column of instants has no time zone.
        """
        check_columns(frame, self.name)
        table = self._taken(frame)
        if not len(table):
            return None
        ticket = table["ticket"]
        final = ticket[-1]
        ends = (ticket != final).arg_true()
        start = 0 if not len(ends) else int(ends[-1]) + 1
        if start == 0 and self._kept and self._kept[-1]["ticket"][-1] == final:
            self._kept.append(table)
            return None
        whole = pl.concat([*self._kept, table[:start]]) if self._kept else table[:start]
        self._kept = [table[start:]]
        return self._whole(whole)

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
        doubtful = table.select(suspicion(table.columns)).to_series().arg_true().to_list()
        if "kind?" in table.columns:
            table = table.drop("kind?")
        if not doubtful:
            return table
        lost, mended = [], {}
        for place in doubtful:
            content = content_of(raw.row(place, named=True), numbers[place])
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
        first = _firsts(table["ticket"])
        at = _numbers(table["at"])
        lost = list(self._misplaced(table, at, first))
        if lost:
            keep = np.ones(len(table), bool)
            keep[lost] = False
            table = table.filter(pl.Series(keep))
            first, at = _firsts(table["ticket"]), _numbers(table["at"])
        self.events += len(table)
        self.tickets += len(first) - 1
        return Tickets(table, _block(table, at, first))

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
            line, ticket, at = row[:3]
            event = Replied(id=row[3] if has_id else str(line), ticket=ticket, at=at, by=_ANYBODY)
            try:
                gathering.add(event, line)
            except UnusableError as error:
                self._reject(line, error, ticket)
                yield place


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


def _firsts(ticket: pl.Series) -> Ints:
    """Where each run of one ticket begins, and the number of rows after the last."""
    changes = (ticket != ticket.shift(1)).fill_null(value=True)
    starts = changes.arg_true().to_numpy().astype(np.int64)
    return np.append(starts, len(ticket))


def _numbers(instants: pl.Series) -> Ints:
    found: Ints = instants.to_physical().fill_null(NEVER).to_numpy()
    return found


def _codes(column: pl.Series) -> Ints:
    return column.to_physical().fill_null(0).to_numpy()


def _told(table: pl.DataFrame, column: str) -> Flags:
    if column not in table.columns:
        return np.zeros(len(table), bool)
    return (table[column].str.len_bytes().fill_null(0) > 0).to_numpy()


def _block(table: pl.DataFrame, at: Ints, first: Ints) -> Block:
    event = _codes(table["event"])
    sort = BASES[event] + _codes(table["by_role"]).astype(np.uint8)
    # Four roles to each of a kind's own values, as SORTS has them.
    if "automatic" in table.columns:
        automatic = table["automatic"].fill_null(value=False).to_numpy() & (event == _REPLIED)
        sort += automatic.astype(np.uint8) * np.uint8(4)
    if "kind" in table.columns:
        kind = _codes(table["kind"]).astype(np.uint8)
        kind[event != _WROTE] = 0
        sort += kind * np.uint8(4)
    promised = None
    if "promised_for" in table.columns and table["promised_for"].null_count() < len(table):
        promised = _numbers(table["promised_for"])
    return Block(at, sort, first, _told(table, "to"), _told(table, "by_id"), promised)
