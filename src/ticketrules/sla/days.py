"""Which day a promise names: the service day of an arrival, and day N of a wait."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from attrs import frozen

from ticketrules.calendar import Calendar
from ticketrules.calendar.base_calendar import check_date
from ticketrules.errors import CalendarError, UnannouncedError

_ONE_DAY: Final = timedelta(days=1)

MOST_CLOSED_DAYS: Final = 3_660
"""A search for a working day on which the desk opens gives up after so many without one."""


@frozen
class ServiceDay:
    """One day of the desk; instants are in UTC.

    Hours across midnight belong to the day on which they open, and are over when they close: a
    night shift is one service day.

    Attributes:
        date: The date in the desk's zone.
        start: The midnight that begins it there.
        opening: When its own service hours begin; ``None`` where none open on it.
        closing: When they end, perhaps on the next date.
        end: When it is over: at the midnight that ends its date, or at ``closing`` if that is
            later.
        night_until: When the hours of the day before close, where they run into this date.
        is_unbroken: Whether its hours have no break.
        is_regular: Whether the wall clock keeps step with time on it and on the next date.
    """

    date: date
    start: datetime
    opening: datetime | None
    closing: datetime | None
    end: datetime
    night_until: datetime | None
    is_unbroken: bool
    is_regular: bool


class ServiceDays:
    """The days of a calendar, looked up once each; the same desk asks for the same days all day.

    Args:
        calendar: The service calendar.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._zone = calendar.zone
        self._days: dict[date, ServiceDay] = {}
        self._nth: dict[tuple[date, int, bool], ServiceDay] = {}
        self._cells: dict[int, tuple[tuple[datetime, ServiceDay], ...]] = {}
        self._hours: dict[date, tuple[datetime, datetime, int] | None] = {}

    def day(self, on: date) -> ServiceDay:
        """The day of a date.

        Raises:
            CalendarError: It is outside the years that can be reckoned with.
        """
        day = self._days.get(on)
        if day is None:
            check_date(on)
            start, end, after = (self._local(on + n * _ONE_DAY, time.min) for n in (0, 1, 2))
            own = self._hours_of(on)
            before = self._before(on)
            day = self._days[on] = ServiceDay(
                on,
                start,
                None if own is None else own[0],
                None if own is None else own[1],
                end if own is None else max(end, own[1]),
                before[1] if before is not None and before[1] > start else None,
                own is not None and own[2] == 1,
                end - start == after - end == _ONE_DAY,
            )
        return day

    def _hours_of(self, on: date) -> tuple[datetime, datetime, int] | None:
        """The first opening and the last closing of a date's own hours, and their pieces."""
        if on not in self._hours:
            own = self.calendar.hours_of(on)
            self._hours[on] = (
                (own[0][0].astimezone(UTC), own[-1][1].astimezone(UTC), len(own)) if own else None
            )
        return self._hours[on]

    def _before(self, on: date) -> tuple[datetime, datetime, int] | None:
        """The hours of the date before; none where nothing is known of it."""
        try:
            return self._hours_of(on - _ONE_DAY)
        except (UnannouncedError, CalendarError):
            return None

    def of(self, at: datetime) -> ServiceDay:
        """The day to which an instant in UTC belongs: while a night shift goes on, its own."""
        for until, day in self._cells.get(at.toordinal(), ()):
            if at < until:
                return day
        return self._of(at)

    def _of(self, at: datetime) -> ServiceDay:
        """``of`` by the clock on the wall; lays the date out, so that it is asked only once."""
        on = at.astimezone(self._zone).date()
        day = self.day(on)
        if day.night_until is not None and at < day.night_until:
            day = self.day(on - _ONE_DAY)
        # All local dates that a date of UTC can touch, each until the next one's own time.
        near = [date.fromordinal(at.toordinal() + n) for n in (-2, -1, 0, 1, 2)]
        try:
            days = [self.day(one) for one in near]
        except (CalendarError, UnannouncedError):
            return day  # at the edge of what is known, days are asked for one by one
        self._cells[at.toordinal()] = tuple(
            (after.night_until or after.start, one) for one, after in pairwise(days)
        )
        return day

    def nth(self, on: date, n: int, closed_count: bool = True) -> ServiceDay:
        """The Nth working day after a date, which is day zero, working day or not (9).

        Args:
            on: The date.
            n: How many working days after it.
            closed_count: Whether working days on which the desk does not open are among them.

        Raises:
            CalendarError: No working day in ten years.
        """
        key = on, n, closed_count
        day = self._nth.get(key)
        if day is None:
            if closed_count:
                day = self.day(self.calendar.nth_working_day(on, n))
            else:
                day = self._nth_open(on, n)
            self._nth[key] = day
        return day

    def _nth_open(self, on: date, n: int) -> ServiceDay:
        day = self.day(on)
        for _day in range(MOST_CLOSED_DAYS):
            if n == 0:
                return day
            day = self.day(self.calendar.nth_working_day(day.date, 1))
            n -= day.opening is not None
        msg = f"no working day with service hours among the {MOST_CLOSED_DAYS:,} after {on}"
        raise CalendarError(msg)

    def arrival(self, at: datetime) -> ServiceDay:
        """The service day on which ``at`` falls, or the next where its hours are over (7.1)."""
        day = self.of(at)
        if day.closing is None or at >= day.closing:
            day = self.of(self.calendar.next_opening(at))
        return day

    def due(
        self, start: datetime, n: int, at_opening: bool, closed_count: bool = True
    ) -> tuple[ServiceDay, datetime]:
        """Day N of a wait, and the instant on it at which the wait's step falls due (9).

        Args:
            start: When the wait starts; the day to which it belongs is day zero.
            n: How many working days after day zero.
            at_opening: Due when day N opens (9.1); otherwise at the wait's own time of day, moved
                into that day's service hours where it lies outside them (9.2, 9.3).
            closed_count: Whether working days on which the desk does not open count.

        Returns:
            The day, and the instant in UTC.
        """
        home = self.of(start)
        day = self.nth(home.date, n, closed_count)
        if day.opening is None or day.closing is None:  # a working day with the desk closed
            return day, day.start
        if at_opening:
            return day, day.opening
        if day.is_regular and home.is_regular:
            own = day.start + (start - home.start)
        else:
            local = start.astimezone(self._zone)
            own = self._local(day.date + (local.date() - home.date), local.time())
        if own >= day.closing:
            return day, day.closing
        own = max(own, day.opening)
        return day, own if day.is_unbroken else self.calendar.next_opening(own)

    def _local(self, on: date, at: time) -> datetime:
        return datetime.combine(on, at, self._zone).astimezone(UTC)
