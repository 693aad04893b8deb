"""Zone tables: the ledger laid out for one zone of arguments, by date, so that looking up is all.

Arithmetic on service time needs two questions answered fast. How much service time remains from
an instant to a fixed origin? And which instant has so much of it remaining? Counting what remains
instead of what has been served makes the stretch between two counts half-open on the side that a
deadline needs: the amount that ends with a window lands on that window's close.

Both answers are differences with one ``datetime``, the *base* of an open piece: within the piece,
``base - instant`` is what remains and ``base - remaining`` is the instant. Everything in a table
is in the zone of the arguments, so that Python subtracts wall clocks and never asks for an offset.
That is exact only while the offset stands still; dates on which it does not, and all else that a
table cannot tell, have an ``Exact`` for a base, which answers the same two subtractions through
the ledger.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any, Final

from ticketrules.calendar.ledger import Ledger
from ticketrules.calendar.timeline import (
    EPOCH,
    EPOCH_ORDINAL,
    MICROSECOND,
    ONE_DAY,
    Offset,
    micros,
    offsets,
    year_span,
)
from ticketrules.calendar.windows import DAY_US, Span

Cell = tuple[datetime, datetime, Any, timedelta, Any]
"""A piece of a date: opens, closes, base, what remains before it, and the next piece's cell."""

Landing = Any
"""A piece in order of what remains: what remains after it, its base, and the next landing."""

CROWDED: Final = 24
"""From so many pieces on, a date is looked up in the ledger instead of walked through."""

SHARED: Final = 12
"""From so many landings on, those of a day of service time are picked by the hour."""

_LEAST: Final = timedelta.min
_MOST: Final = timedelta.max


class Exact:
    """A base that answers through the ledger, for dates on which wall clocks mislead."""

    __slots__ = ("_ledger", "_zone")

    def __init__(self, ledger: Ledger, zone: tzinfo) -> None:
        self._ledger = ledger
        self._zone = zone

    def __sub__(self, other: datetime | timedelta) -> Any:
        if isinstance(other, datetime):
            return timedelta(microseconds=-self._ledger.served_at(micros(other)))
        landed = self._ledger.landing(-(other // MICROSECOND))
        return (EPOCH + timedelta(microseconds=landed)).astimezone(self._zone)


class Crowd:
    """A base for a whole day of service time that many landings share: it picks by the hour.

    Attributes:
        hours: For each hour of what remains beyond whole days, the earliest landing for it.
    """

    __slots__ = ("hours",)

    def __init__(self, landings: Iterable[Landing], days: int) -> None:
        self.hours: list[Landing] = [None] * 24
        until = 24
        for landing in landings:  # the earliest first: later ones have less remaining
            first = landing[0].seconds // 3600 if landing[0].days == days else 0
            for hour in range(first, until):
                self.hours[hour] = landing
            until = first

    def __sub__(self, rest: timedelta) -> datetime:
        after, base, later = self.hours[rest.seconds // 3600]
        while rest < after:
            after, base, later = later
        landed: datetime = base - rest
        return landed


class ZoneTable:
    """The cells and landings of one zone, added one year of its dates at a time.

    Attributes:
        cells: By the ordinal of a date in the zone, its first cell.
        landings: By whole days (of 24 hours) of service time remaining, the earliest landing that
            can have so much remaining.
        exact: The base that asks the ledger.
    """

    __slots__ = ("_heads", "_ledger", "_tails", "cells", "exact", "landings", "zone")

    def __init__(self, ledger: Ledger, zone: tzinfo) -> None:
        self._ledger = ledger
        self.zone = zone
        self.exact = Exact(ledger, zone)
        self.cells: dict[int, Cell] = {}
        self.landings: dict[int, Landing] = {}
        self._heads: dict[int, Landing] = {}
        self._tails: dict[int, list[Any]] = {}

    def add(self, year: int) -> None:
        """Lay out one year of the zone's dates.

        Raises:
            CalendarError: Outside the years that can be reckoned with.
            UnannouncedError: Nothing is known of the year.
        """
        with self._ledger.lock:
            if year not in self._tails:
                self._add(year)

    def _add(self, year: int) -> None:
        first, last = year_span(year)
        runs = self._offsets(first - 2 * DAY_US, last + 2 * DAY_US)
        midnight = datetime(year, 1, 1, tzinfo=self.zone)
        self._ledger.year(year)  # which may show that less is known than was thought
        start, end = (self._clipped(micros(at)) for at in (midnight, midnight.replace(year + 1)))
        pieces = self._pieces(start, end, runs)
        rest = all_rest = self._remaining_at(midnight)
        irregular = _irregular(runs)
        first_known, first_unknown = self._known_dates()
        low, never = midnight.replace(MINYEAR), midnight.replace(MAXYEAR)
        landings: list[tuple[timedelta, timedelta, Any]] = []
        lengths: dict[int, timedelta] = {}
        ordinal = midnight.toordinal()
        while midnight.year == year:
            today = pieces.get(ordinal, ())
            after = rest
            is_known = first_known <= ordinal < first_unknown
            if not is_known or ordinal in irregular or len(today) > CROWDED:
                self.cells[ordinal] = (low, never, self.exact, rest, None)
                after = self._remaining_at(midnight + ONE_DAY)
                if after < rest:
                    landings.append((rest, after, self.exact))
            else:
                chain: list[Cell] = []
                for opens, closes in today:
                    for us in (opens, closes, closes - opens):
                        if us not in lengths:
                            lengths[us] = timedelta(microseconds=us)
                    opening = midnight + lengths[opens]
                    base = opening + after
                    chain.append((opening, midnight + lengths[closes], base, after, None))
                    left = after - lengths[closes - opens]
                    landings.append((after, left, base))
                    after = left
                cell: Cell = (never, never, None, after, None)
                for piece in reversed(chain):
                    cell = (*piece[:4], cell)
                self.cells[ordinal] = cell
            rest = after
            midnight += ONE_DAY
            ordinal += 1
        self._link(year, all_rest, landings)

    def _link(
        self, year: int, rest: timedelta, landings: list[tuple[timedelta, timedelta, Any]]
    ) -> None:
        """Chain a year's landings and join them to those of the years next to it.

        Whole days of what remains do not end with the year. The head of the chain sends what
        remains before the year, ``rest`` or more, to the ledger, and its tail what remains after.
        """
        head: Landing = [_LEAST, self.exact, None]
        self._tails[year] = head
        buckets: dict[int, Landing] = {}
        sharing: dict[int, list[Landing]] = {}
        for before, after, base in reversed(landings):
            head = (after, base, head)
            for days in range(after.days, (before - MICROSECOND).days + 1):
                buckets[days] = head
                sharing.setdefault(days, []).append(head)
        # The first and the last day go on in the years next to this one.
        edges = {rest.days, landings[-1][1].days} if landings else set()
        for days, shared in sharing.items():
            if len(shared) > SHARED and days not in edges:
                buckets[days] = (_LEAST, Crowd(reversed(shared), days), None)
        for days, landing in buckets.items():
            other = self.landings.get(days)
            if other is None or other[0] <= landing[0]:
                self.landings[days] = landing
        head = self._heads[year] = (rest, self.exact, head)
        other = self.landings.get(rest.days)
        if other is None or other[0] < rest:
            self.landings[rest.days] = head
        if year - 1 in self._tails:
            self._tails[year - 1][:] = [_MOST, None, head]
        if year + 1 in self._heads:
            self._tails[year][:] = [_MOST, None, self._heads[year + 1]]

    def _offsets(self, start: int, end: int) -> list[Offset]:
        if self.zone is UTC:
            return [Offset(start, end, 0)]
        return offsets(self.zone, start, end)

    def _remaining_at(self, at: datetime) -> timedelta:
        return timedelta(microseconds=-self._ledger.served_at(self._clipped(micros(at))))

    def _clipped(self, instant: int) -> int:
        """The instant, or where it lies outside what is known, the nearest end of that."""
        first, last = self._ledger.timeline.known
        return min(max(instant, first), last)

    def _known_dates(self) -> tuple[int, int]:
        """The ordinals of the first date of which all is known, and of the first after it not."""
        first, last = self._ledger.timeline.known
        return self._date_at(first - 1) + 1, self._date_at(last)

    def _date_at(self, instant: int) -> int:
        return (EPOCH + timedelta(microseconds=instant)).astimezone(self.zone).toordinal()

    def _pieces(self, start: int, end: int, runs: list[Offset]) -> dict[int, list[Span]]:
        """The open stretches of ``[start, end)`` by date, as microseconds after its midnight.

        On dates whose offset changes they are unreliable; those dates are not laid out.
        """
        found: dict[int, list[Span]] = {}
        following = iter(runs)
        run = next(following)
        for opens, closes, _before in self._ledger.pieces(start, end):
            at, until = max(opens, start), min(closes, end)
            while at < until:
                while at >= run.end:
                    run = next(following)
                wall = at + run.offset
                midnight = wall // DAY_US * DAY_US
                stop = min(until, run.end, midnight + DAY_US - run.offset)
                ordinal = wall // DAY_US + EPOCH_ORDINAL
                found.setdefault(ordinal, []).append(
                    (wall - midnight, stop + run.offset - midnight)
                )
                at = stop
        return found


def _irregular(runs: list[Offset]) -> frozenset[int]:
    """The dates on which a clock changes, or that a change skips or repeats in part."""
    found: set[int] = set()
    for before, after in pairwise(runs):
        walls = (after.start - 1 + before.offset, after.start + after.offset)
        days = [wall // DAY_US + EPOCH_ORDINAL for wall in walls]
        found.update(range(min(days), max(days) + 1))
    return frozenset(found)
