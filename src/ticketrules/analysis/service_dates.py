"""Service dates: what a date of the desk means, laid out for arrays of instants.

Day N of a wait, the close of a service day and what is provisional are the same for all instants
of a date but for their time of day; each date is asked of the scalar code once.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

import numpy as np

from ticketrules.analysis.block import Flags, Ints
from ticketrules.calendar import ServiceCalendar
from ticketrules.calendar.timeline import EPOCH, EPOCH_ORDINAL, MICROSECOND, micros
from ticketrules.calendar.windows import DAY_US
from ticketrules.sla.days import ServiceDay, ServiceDays

_NONE: Final = int(np.iinfo(np.int64).min)
_LATEST: Final = int(np.iinfo(np.int64).max)


class _Wait(NamedTuple):
    """Day N after a date, in microseconds; ``opening`` is ``_NONE`` where the desk is closed."""

    start: int
    opening: int
    closing: int
    end: int
    is_regular: int


class ServiceDates:
    """The dates of a calendar, each laid out when an instant on it is first asked about.

    Args:
        calendar: The service calendar.
    """

    def __init__(self, calendar: ServiceCalendar) -> None:
        self.calendar = calendar
        self._days = ServiceDays(calendar)
        self._spans: dict[int, tuple[int, int, int]] = {}
        self._closings: dict[int, tuple[int, int]] = {}
        self._settled: dict[int, int] = {}
        self._waits: dict[tuple[int, int, bool], _Wait] = {}

    def arrival(self, at: Ints) -> Ints:
        """The close of the service day on which each instant falls, or of the next (7.1)."""
        dates, place = self._dates(at)
        own, following = self._columns(dates, self._closings, self._closing, 2)
        return np.where(at < own[place], own[place], following[place])

    def due(
        self, at: Ints, n: int, *, at_opening: bool, closed_count: bool = True
    ) -> tuple[Ints, Ints]:
        """The end of day N of each wait, and when its step falls due on it (9)."""
        dates, place = self._dates(at)
        waits = [self._wait(one, n, closed_count=closed_count) for one in dates.tolist()]
        start, opening, closing, end, is_regular = (
            np.array(column, np.int64)[place] for column in zip(*waits, strict=True)
        )
        if at_opening:
            due = np.where(opening == _NONE, start, opening)
        else:
            _since, midnight, regular_here = (
                column[place] for column in self._columns(dates, self._spans, self._span, 3)
            )
            own = start + (at - midnight)
            due = np.where(own >= closing, closing, np.maximum(own, opening))
            closed = np.flatnonzero((opening != _NONE) & (own < closing))
            due[closed] = self._opening_from(due[closed])
            due = np.where(opening == _NONE, start, due)
            # Where a clock changes, a time of day is more than an amount since midnight.
            for odd in np.flatnonzero((is_regular == 0) | (regular_here == 0)):
                day, instant = self._days.due(
                    _instant(int(at[odd])), n, at_opening=False, closed_count=closed_count
                )
                due[odd], end[odd] = micros(instant), micros(day.end)
        return end, due

    def is_provisional(self, start: Ints, until: Ints) -> Flags:
        """Whether each stretch touches a day that a notice may still change."""
        last = np.maximum(start, until - 1)
        if not len(start):
            return np.zeros(0, bool)
        earliest, _place = self._dates(start.min(keepdims=True))
        if last.max() < self._settled_end(int(earliest[0])):
            return np.zeros(len(start), bool)
        dates, place = self._dates(start)
        settled = np.array([self._settled_end(one) for one in dates.tolist()], np.int64)
        return last >= settled[place]

    def _dates(self, at: Ints) -> tuple[Ints, Ints]:
        """The ordinals of the service days to which instants belong, and the place of each."""
        if not len(at):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        days, _place = _distinct(at // DAY_US)
        # A zone is less than a day away from UTC, and a night shift ends on the next date.
        around = np.unique(np.add.outer(days + EPOCH_ORDINAL, (-2, -1, 0, 1)))
        starts = np.array([self._spans_of(one)[0] for one in around.tolist()], np.int64)
        used, place = _distinct(np.searchsorted(starts, at, "right") - 1)
        return around[used], place

    def _columns(
        self, dates: Ints, known: dict[int, Any], lay_out: Callable[[int], Any], width: int
    ) -> tuple[Ints, ...]:
        rows = []
        for one in dates.tolist():
            if one not in known:
                known[one] = lay_out(one)
            rows.append(known[one])
        if not rows:
            return tuple(np.zeros(0, np.int64) for _ in range(width))
        return tuple(np.array(column, np.int64) for column in zip(*rows, strict=True))

    def _spans_of(self, ordinal: int) -> tuple[int, int, int]:
        found = self._spans.get(ordinal)
        if found is None:
            found = self._spans[ordinal] = self._span(ordinal)
        return found

    def _span(self, ordinal: int) -> tuple[int, int, int]:
        """Since when an instant belongs to a day, where its date begins, and if it is regular."""
        day = self._days.day(date.fromordinal(ordinal))
        return micros(day.night_until or day.start), micros(day.start), int(day.is_regular)

    def _midnight(self, ordinal: int) -> int:
        return self.calendar.first_instant(date.fromordinal(ordinal))

    def _closing(self, ordinal: int) -> tuple[int, int]:
        day = self._days.day(date.fromordinal(ordinal))
        own = _NONE if day.closing is None else micros(day.closing)
        following = self._days.arrival(day.closing or day.night_until or day.start).closing
        assert following is not None  # noqa: S101 - the desk opens on the day of an arrival
        return own, micros(following)

    def _wait(self, ordinal: int, n: int, *, closed_count: bool) -> _Wait:
        key = ordinal, n, closed_count
        found = self._waits.get(key)
        if found is None:
            day = self._days.nth(date.fromordinal(ordinal), n, closed_count)
            found = self._waits[key] = self._wait_until(day)
        return found

    def _wait_until(self, day: ServiceDay) -> _Wait:
        start, is_regular = micros(day.start), int(day.is_regular)
        if day.opening is None or day.closing is None:
            return _Wait(start, _NONE, _NONE, micros(day.end), 1)
        return _Wait(start, micros(day.opening), micros(day.closing), micros(day.end), is_regular)

    def _settled_end(self, ordinal: int) -> int:
        """The instant from which what follows a date is provisional; the least if it is itself."""
        found = self._settled.get(ordinal)
        if found is None:
            run = self.calendar.days.settled_around(date.fromordinal(ordinal))
            found = _NONE if run is None else self._after(run[1])
            self._settled[ordinal] = found
        return found

    def _after(self, day: date) -> int:
        if day.year >= 9998:
            return _LATEST
        return self._midnight(day.toordinal() + 1)

    def _opening_from(self, at: Ints) -> Ints:
        """The earliest instant, not before each, that is open."""
        if not len(at):
            return at
        first, last = int(at.min()), int(at.max()) + 2 * DAY_US
        spans = np.array(list(self.calendar.spans(first - DAY_US, last)), np.int64).reshape(-1, 2)
        following = np.searchsorted(spans[:, 1], at, "right")
        if following.max(initial=-1) >= len(spans):
            return np.array([micros(self.calendar.next_opening(_instant(int(x)))) for x in at])
        opening: Ints = np.maximum(at, spans[following, 0])
        return opening


def _distinct(numbers: Ints) -> tuple[Ints, Ints]:
    """The distinct ones of numbers that lie close together, ascending, and the place of each."""
    least = numbers.min()
    since = numbers - least
    is_there = np.zeros(int(since.max()) + 1, bool)
    is_there[since] = True
    place = np.cumsum(is_there) - 1
    return np.flatnonzero(is_there) + least, place[since]


def _instant(at: int) -> datetime:
    return (EPOCH + at * MICROSECOND).astimezone(UTC)
