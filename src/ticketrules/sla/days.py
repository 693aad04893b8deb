"""Which day a promise names: the service day of an arrival, and day N of a wait."""

from datetime import UTC, date, datetime, time, timedelta

from attrs import frozen

from ticketrules.calendar import ServiceCalendar


@frozen
class ServiceDay:
    """One day of the desk; instants are in UTC.

    Attributes:
        date: The date in the desk's zone.
        opening: When its service hours begin; ``None`` where the desk is closed all day.
        closing: When they end; at ``end`` where service runs on through the whole next date.
        end: The midnight that ends it in the desk's zone.
    """

    date: date
    opening: datetime | None
    closing: datetime | None
    end: datetime


class ServiceDays:
    """The days of a calendar, looked up once each; the same desk asks for the same days all day.

    Args:
        calendar: The service calendar.
    """

    def __init__(self, calendar: ServiceCalendar) -> None:
        self.calendar = calendar
        self._zone = calendar.zone
        self._days: dict[date, ServiceDay] = {}
        self._nth: dict[tuple[date, int], ServiceDay] = {}

    def day(self, on: date) -> ServiceDay:
        """The day of a date."""
        day = self._days.get(on)
        if day is None:
            opening, closing = self.calendar.opening(on), self.calendar.closing(on)
            end, next_end = (self._local(on + timedelta(days=n), time.min) for n in (1, 2))
            if closing is not None and closing >= next_end:
                closing = end
            day = self._days[on] = ServiceDay(
                on,
                None if opening is None else opening.astimezone(UTC),
                None if closing is None else closing.astimezone(UTC),
                end,
            )
        return day

    def nth(self, on: date, n: int) -> ServiceDay:
        """The Nth working day after a date, which is day zero, working day or not (9)."""
        day = self._nth.get((on, n))
        if day is None:
            day = self._nth[on, n] = self.day(self.calendar.nth_working_day(on, n))
        return day

    def arrival(self, at: datetime) -> ServiceDay:
        """The service day on which ``at`` falls, or the next where its hours are over (7.1)."""
        day = self.day(at.astimezone(self._zone).date())
        while day.closing is None or at >= day.closing:
            day = self.nth(day.date, 1)
        return day

    def due(self, start: datetime, n: int, *, at_opening: bool) -> tuple[ServiceDay, datetime]:
        """Day N of a wait, and the instant on it at which the wait's step falls due (9).

        Args:
            start: When the wait starts; its date in the desk's zone is day zero.
            n: How many working days after day zero.
            at_opening: Due when day N opens (9.1); otherwise at the wait's own time of day, moved
                into that day's service hours where it lies outside them (9.2, 9.3).

        Returns:
            The day, and the instant in UTC.
        """
        local = start.astimezone(self._zone)
        day = self.nth(local.date(), n)
        if day.opening is None or day.closing is None:  # a working day with the desk closed
            return day, self._local(day.date, time.min)
        if at_opening:
            return day, day.opening
        own = self._local(day.date, local.time())
        if own >= day.closing:
            return day, day.closing
        return day, self.calendar.next_opening(max(own, day.opening))

    def _local(self, on: date, at: time) -> datetime:
        return datetime.combine(on, at, self._zone).astimezone(UTC)
