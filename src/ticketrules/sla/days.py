"""Which day a promise names: the service day of an arrival, and day N of a wait."""

from datetime import UTC, date, datetime, time, timedelta

from ticketrules.calendar import ServiceCalendar


def service_day(at: datetime, calendar: ServiceCalendar) -> date:
    """The service day on which ``at`` falls, or the next one where its hours are over (7.1)."""
    day = at.astimezone(calendar.zone).date()
    close = calendar.closing(day)
    while close is None or at >= close:
        day = calendar.nth_working_day(day, 1)
        close = calendar.closing(day)
    return day


def due_on(
    start: datetime, days: int, calendar: ServiceCalendar, *, at_opening: bool
) -> tuple[date, datetime]:
    """Day N of a wait, and the instant on it at which the wait's step falls due (9).

    Args:
        start: When the wait starts; its date in the desk's zone is day zero.
        days: N, counted in working days after day zero.
        calendar: The service calendar.
        at_opening: Due when day N opens (9.1); otherwise at the wait's own time of day, moved into
            that day's service hours where it lies outside them (9.2, 9.3).

    Returns:
        The day, and the instant in UTC.
    """
    local = start.astimezone(calendar.zone)
    day = calendar.nth_working_day(local.date(), days)
    opening, closing = calendar.opening(day), calendar.closing(day)
    if opening is None or closing is None:  # a working day on which the desk is closed
        return day, _local(day, time.min, calendar)
    opening, closing = opening.astimezone(UTC), closing.astimezone(UTC)
    if at_opening:
        return day, opening
    own = _local(day, local.time(), calendar)
    if own >= closing:
        return day, closing
    return day, calendar.next_opening(max(own, opening))


def end_of_day(day: date, calendar: ServiceCalendar) -> datetime:
    """The midnight that ends the day in the desk's zone, as an instant in UTC."""
    return _local(day + timedelta(days=1), time.min, calendar)


def _local(day: date, at: time, calendar: ServiceCalendar) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)
