"""Working time: the arithmetic of service hours."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from ticketrules.calendar.ledger import Ledger
from ticketrules.calendar.timeline import EPOCH, MICROSECOND, Timeline, micros
from ticketrules.calendar.zone_table import Cell, ZoneTable
from ticketrules.errors import CalendarError, NaiveTimeError, UnannouncedError

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    from ticketrules.calendar.arrays import ArrayArithmetic
    from ticketrules.calendar.frames import Column

Interval = tuple[datetime, datetime]
"""A half-open stretch between two aware instants."""

NOTHING: Final = timedelta(0)

MOST_ZONES: Final = 16
"""Zones of arguments that get a table of their own; further ones go by way of UTC."""


class WorkingTime:
    """Arithmetic over the open stretches of a timeline.

    Every instant given must be aware, or ``NaiveTimeError`` is raised; every instant returned is
    in the zone of the argument. Instants outside what the calendar knows raise
    ``UnannouncedError``, those outside the years 2 to 9998 ``CalendarError``.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._ledger = Ledger(timeline)
        self._arrays: ArrayArithmetic | None = None
        table = ZoneTable(self._ledger, UTC)
        self._tables: dict[tzinfo | None, ZoneTable] = {UTC: table}
        self._utc_cells = table.cells
        self._cells: dict[tzinfo | None, dict[int, Cell]] = {UTC: table.cells}
        self._landings: dict[tzinfo | None, dict[int, Any]] = {UTC: table.landings}

    # What elapsed and advance do is written out in each, because a call costs as much as the
    # lookup does. A zone, date or count that is not laid out yet is a KeyError, and the slow path
    # lays it out.

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Service time in ``[start, end)``, negative where ``end`` comes first.

        Exact to the microsecond, also on days when clocks change.
        """
        zone = start.tzinfo
        try:
            if zone is UTC is end.tzinfo:
                cells = self._utc_cells
            elif zone is end.tzinfo:
                cells = self._cells[zone]
            else:
                return self._remaining(start) - self._remaining(end)
            opens, closes, base, before, later = cells[start.toordinal()]
            if start > opens:
                if start < closes:
                    before = base - start
                else:
                    while start >= closes:
                        opens, closes, base, before, later = later
                    if start > opens:
                        before = base - start
            opens, closes, base, after, later = cells[end.toordinal()]
            if end > opens:
                if end < closes:
                    after = base - end
                else:
                    while end >= closes:
                        opens, closes, base, after, later = later
                    if end > opens:
                        after = base - end
        except KeyError:
            return self._remaining(start) - self._remaining(end)
        return before - after

    def advance(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant, not before ``start``, with ``amount`` of service time in between.

        An amount that ends with a window ends at that window's close, not at the next opening;
        no amount at all is ``start`` itself, open or not.

        Raises:
            CalendarError: The amount is negative, or the calendar opens no more.
        """
        if amount <= NOTHING:
            return self._stay(start, amount)
        try:
            zone = start.tzinfo
            cells = self._utc_cells if zone is UTC else self._cells[zone]
            opens, closes, base, rest, later = cells[start.toordinal()]
            while start >= closes:
                opens, closes, base, rest, later = later
            rest = (base - start if start > opens else rest) - amount
            after, base, later = self._landings[zone][rest.days]
            while rest < after:
                after, base, later = later
            landed: datetime = base - rest
        except KeyError:
            return self._advance(start, amount)
        return landed

    def retreat(self, end: datetime, amount: timedelta) -> datetime:
        """The latest instant, not after ``end``, with ``amount`` of service time in between.

        The mirror of ``advance``: an amount that ends with a window ends at that window's opening.

        Raises:
            CalendarError: The amount is negative, or the calendar was never open before.
        """
        if amount <= NOTHING:
            return self._stay(end, amount)
        return self._latest(end, self._remaining(end) + amount)

    def _remaining(self, at: datetime) -> timedelta:
        """What remains from an instant to the ledger's origin, laying out its year if need be."""
        table = self._table_for(at)
        if table is None:
            return self._remaining(at.astimezone(UTC))
        cell = table.cells.get(at.toordinal())
        if cell is None:
            _try_add(table, at.year)
            cell = table.cells.get(at.toordinal())
            if cell is None:
                return timedelta(microseconds=-self._ledger.served_at(micros(at)))
        return _walk(at, cell)

    def _advance(self, start: datetime, amount: timedelta) -> datetime:
        rest = self._remaining(start) - amount
        landed = self._ledger.landing(-(rest // MICROSECOND))
        return self._returned(landed, start)

    def _latest(self, end: datetime, rest: timedelta) -> datetime:
        """The latest instant with so much remaining."""
        table = self._table_for(end)
        landing = None if table is None else table.landings.get(rest.days)
        if landing is not None:
            after, base, later = landing
            while rest <= after:
                after, base, later = later
            if isinstance(base, datetime):
                landed: datetime = base - rest
                return landed
        return self._returned(self._ledger.landing_back(-(rest // MICROSECOND)), end)

    def _stay(self, at: datetime, amount: timedelta) -> datetime:
        if amount < NOTHING:
            msg = f"an amount of service time cannot be negative, as {amount} is"
            raise CalendarError(msg)
        self._remaining(at)
        return at

    def _returned(self, instant: int, like: datetime) -> datetime:
        """An instant in the zone of another, its year laid out for the next question."""
        found = instant_of(instant, like.tzinfo)
        table = self._table_for(found)
        if table is not None:
            _try_add(table, found.year)
        return found

    def _table_for(self, at: datetime) -> ZoneTable | None:
        """The table of an instant's zone, or None where it has to go by way of UTC."""
        zone = at.tzinfo
        table = self._tables.get(zone)
        if table is not None and table.zone is zone:
            return table
        check_aware(at)
        if type(zone) is not ZoneInfo or len(self._tables) >= MOST_ZONES:
            return None
        table = self._tables.setdefault(zone, ZoneTable(self._ledger, zone))
        self._cells[zone] = table.cells
        self._landings[zone] = table.landings
        return table

    def elapsed_array(self, start: "ArrayLike", end: "ArrayLike") -> "NDArray[np.timedelta64]":
        """``elapsed`` of many pairs; needs NumPy.

        Args:
            start: ``datetime64`` of any unit, in UTC; NaT where unknown.
            end: Likewise; the two are broadcast against each other.

        Returns:
            ``timedelta64[us]``, NaT where either side is.

        Raises:
            CalendarError: Not ``datetime64``, or outside the years 2 to 9998.
            UnannouncedError: An instant outside what the calendar knows; nothing is clipped.
        """
        return self._array_arithmetic().elapsed(start, end)

    def advance_array(
        self, start: "ArrayLike", amount: "ArrayLike | timedelta"
    ) -> "NDArray[np.datetime64]":
        """``advance`` from many instants; needs NumPy.

        Args:
            start: ``datetime64`` of any unit, in UTC; NaT where unknown.
            amount: ``timedelta64`` of any unit from weeks down, or one ``timedelta`` for all.

        Returns:
            ``datetime64[us]`` in UTC, NaT where either side is.

        Raises:
            CalendarError: Wrong types, a negative amount, or the calendar opens no more.
            UnannouncedError: A start or a result outside what the calendar knows.
        """
        return self._array_arithmetic().advance(start, amount)

    def served_array(self, at: "NDArray[np.datetime64]") -> "NDArray[np.timedelta64]":
        """The service time before many instants, counted from an origin of the calendar's own.

        The differences of what one calendar returns are what elapsed; it needs half the look-ups
        where an instant ends one stretch and begins another. Needs NumPy.

        Args:
            at: ``datetime64[us]``, in UTC, one-dimensional and without NaT.

        Raises:
            CalendarError: Outside the years 2 to 9998.
            UnannouncedError: An instant outside what the calendar knows; nothing is clipped.
        """
        return self._array_arithmetic().served(at.view("i8")).view("m8[us]")

    def elapsed_expr(self, start: "Column", end: "Column") -> "pl.Expr":
        """``elapsed`` of two columns of instants, as a Polars expression.

        Args:
            start: A column of ``Datetime`` with a time zone, by name or as an expression.
            end: Likewise.

        Returns:
            ``Duration("us")``, null where either side is. Evaluating it raises what
            ``elapsed_array`` raises, and ``NaiveTimeError`` for a column without a zone; Polars
            may wrap these in its own ``ComputeError``.
        """
        from ticketrules.calendar.frames import elapsed_expression  # noqa: PLC0415 - needs Polars

        return elapsed_expression(self._array_arithmetic(), start, end)

    def advance_expr(self, start: "Column", amount: "Column | timedelta") -> "pl.Expr":
        """``advance`` from a column of instants, as a Polars expression.

        Args:
            start: A column of ``Datetime`` with a time zone, by name or as an expression.
            amount: A column of ``Duration``, or one ``timedelta`` for all.

        Returns:
            ``Datetime("us")`` in the zone of ``start``, null where either side is. Evaluating it
            raises as ``elapsed_expr`` says.
        """
        from ticketrules.calendar.frames import advance_expression  # noqa: PLC0415 - needs Polars

        return advance_expression(self._array_arithmetic(), start, amount)

    def _array_arithmetic(self) -> "ArrayArithmetic":
        if self._arrays is None:
            from ticketrules.calendar.arrays import ArrayArithmetic  # noqa: PLC0415 - needs NumPy

            self._arrays = ArrayArithmetic(self._ledger)
        return self._arrays

    def is_open(self, at: datetime) -> bool:
        """Whether service time runs at this instant."""
        table = self._table_for(at)
        if table is None:
            return self._ledger.is_open(micros(at))
        cell = table.cells.get(at.toordinal())
        if cell is None:
            _try_add(table, at.year)
            return self._ledger.is_open(micros(at))
        opens, closes, base, _rest, later = cell
        while at >= closes:
            opens, closes, base, _rest, later = later
        if base is table.exact:
            return self._ledger.is_open(micros(at))
        return at >= opens

    def next_opening(self, at: datetime) -> datetime:
        """The earliest instant, not before ``at``, that is open: ``at`` itself where it is.

        Raises:
            CalendarError: The calendar opens no more.
        """
        return at if self.is_open(at) else self._latest(at, self._remaining(at))

    def previous_closing(self, at: datetime) -> datetime:
        """The latest instant, not after ``at``, at which service closed.

        Closing is going from open to closed: a midnight that service runs through is none.

        Raises:
            CalendarError: The calendar never closed before.
        """
        self._remaining(at)
        instant = micros(at)
        closed_at = self._ledger.closing_before(instant)
        return at if closed_at == instant else self._returned(closed_at, at)

    def windows(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """The open stretches within ``[start, end)``, clipped to it, in the zone of ``start``."""
        first, last = micros_of(start), micros_of(end)
        if first >= last:
            return
        for opens, closes in _joined(self.spans(first, last)):
            yield (
                start if opens == first else instant_of(opens, start.tzinfo),
                instant_of(closes, start.tzinfo),
            )

    def spans(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The open stretches within ``[first, last)`` as microseconds since the epoch.

        Raises:
            UnannouncedError: The stretch leaves what is known.
        """
        self._ledger.check(first, last)
        for opens, closes, _before in self._ledger.pieces(first, last):
            yield max(opens, first), min(closes, last)
        self._ledger.check(first, last)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ordered spans, those that touch made one."""
    pending: tuple[int, int] | None = None
    for span in spans:
        if pending is None:
            pending = span
        elif pending[1] == span[0]:
            pending = pending[0], span[1]
        else:
            yield pending
            pending = span
    if pending is not None:
        yield pending


def _walk(at: datetime, cell: Cell) -> timedelta:
    """What remains at an instant that is past the first piece of its date."""
    opens, closes, base, rest, later = cell
    while at >= closes:
        opens, closes, base, rest, later = later
    remaining: timedelta = base - at if at > opens else rest
    return remaining


def _try_add(table: ZoneTable, year: int) -> None:
    """Lay out a year if that is possible; tables only save time, and the ledger has the say."""
    try:
        table.add(year)
    except (CalendarError, UnannouncedError):
        return


def micros_of(at: datetime) -> int:
    """An aware instant as microseconds since the epoch.

    Raises:
        NaiveTimeError: It has no time zone.
    """
    check_aware(at)
    return micros(at)


def check_aware(at: datetime) -> None:
    """Refuse an instant of no zone.

    Raises:
        NaiveTimeError: It has no time zone.
    """
    if at.utcoffset() is None:
        msg = f"{at.isoformat()} has no time zone"
        raise NaiveTimeError(msg)


def instant_of(instant: int, zone: tzinfo | None) -> datetime:
    """Microseconds since the epoch as an instant in a zone."""
    return (EPOCH + timedelta(microseconds=instant)).astimezone(zone or UTC)
