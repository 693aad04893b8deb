"""Working time: the arithmetic of service hours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from ticketrules.calendar.ledger import Ledger
from ticketrules.calendar.timeline import EPOCH, MICROSECOND, Timeline, micros
from ticketrules.errors import CalendarError, NaiveTimeError, UnannouncedError

Interval = tuple[datetime, datetime]
"""A half-open stretch between two aware instants."""

NOTHING: Final = timedelta(0)


class WorkingTime:
    """Arithmetic over the open stretches of a timeline.

    Every instant given must be aware, or ``NaiveTimeError`` is raised; every instant returned is in
    the zone of the argument.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._ledger = Ledger(timeline)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Service time in ``[start, end)``, negative where ``end`` comes first."""
        first, last = micros_of(start), micros_of(end)
        self._ledger.check(min(first, last), max(first, last))
        served = self._ledger.served_at
        return timedelta(microseconds=served(last) - served(first))

    def advance(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant, not before ``start``, with ``amount`` of service time in between.

        An amount that ends with a window ends at that window's close; no amount at all is
        ``start`` itself.
        """
        first = micros_of(start)
        wanted = _amount(amount)
        if not wanted:
            self._ledger.at(first)
            return start
        target = self._ledger.served_at(first) + wanted
        for opens, closes, before in self._ledger.spans_from(first):
            if before + closes - opens >= target:
                return instant_of(opens + target - before, start.tzinfo)
        raise AssertionError  # pragma: no cover - the stretches never end quietly

    def retreat(self, end: datetime, amount: timedelta) -> datetime:
        """The latest instant, not after ``end``, with ``amount`` of service time in between."""
        last = micros_of(end)
        wanted = _amount(amount)
        if not wanted:
            return end
        target = self._ledger.served_at(last) - wanted
        for opens, _closes, before in self._ledger.spans_back_from(last):
            if before <= target:
                return instant_of(opens + target - before, end.tzinfo)
        raise AssertionError  # pragma: no cover - the stretches never end quietly

    def is_open(self, at: datetime) -> bool:
        """Whether service time runs at this instant."""
        instant = micros_of(at)
        ledger = self._ledger.at(instant)
        return ledger.served_at(instant) < self._ledger.at(instant).served_at(instant + 1)

    def next_opening(self, at: datetime) -> datetime:
        """The earliest instant, not before ``at``, that is open: ``at`` itself where it is."""
        instant = micros_of(at)
        for opens, _closes, _before in self._ledger.spans_from(instant):
            return at if opens <= instant else instant_of(opens, at.tzinfo)
        raise AssertionError  # pragma: no cover - the stretches never end quietly

    def previous_closing(self, at: datetime) -> datetime:
        """The latest instant, not after ``at``, at which service closed."""
        instant = micros_of(at)
        later = None
        for opens, closes, _before in self._ledger.spans_back_from(instant):
            if closes <= instant and closes != later:
                try:
                    reopened = self._ledger.at(closes)
                except UnannouncedError:
                    return instant_of(closes, at.tzinfo)
                if reopened.served_at(closes + 1) == reopened.served_at(closes):
                    return instant_of(closes, at.tzinfo)
            later = opens
        raise AssertionError  # pragma: no cover - the stretches never end quietly

    def windows(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """The open stretches within ``[start, end)``, clipped to it, in the zone of ``start``."""
        first, last = micros_of(start), micros_of(end)
        if first >= last:
            return
        self._ledger.check(first, last)
        pending: tuple[int, int] | None = None
        for opens, closes, _before in self._ledger.spans_from(first):
            if opens >= last:
                break
            if pending and pending[1] == opens:
                pending = pending[0], closes
            else:
                if pending:
                    yield _interval(pending, start, end)
                pending = opens, closes
        if pending:
            yield _interval(pending, start, end)


def micros_of(at: datetime) -> int:
    if at.utcoffset() is None:
        msg = f"{at.isoformat()} has no time zone"
        raise NaiveTimeError(msg)
    return micros(at)


def _amount(amount: timedelta) -> int:
    if amount < NOTHING:
        msg = f"an amount of service time cannot be negative, as {amount} is"
        raise CalendarError(msg)
    return amount // MICROSECOND


def instant_of(instant: int, zone: tzinfo | None) -> datetime:
    return (EPOCH + timedelta(microseconds=instant)).astimezone(zone or UTC)


def _interval(span: tuple[int, int], start: datetime, end: datetime) -> Interval:
    first, last = micros_of(start), micros_of(end)
    return (
        start if span[0] <= first else instant_of(span[0], start.tzinfo),
        instant_of(min(span[1], last), start.tzinfo),
    )
