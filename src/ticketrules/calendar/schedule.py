"""Schedule: which hours of which days are open, on the wall clock of the calendar's zone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Final

from attrs import field, frozen

from ticketrules.calendar.days import WEEKDAY_NAMES, DayKind
from ticketrules.calendar.windows import DAY_US, Span, Window, parse_windows
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, NaiveTimeError

_NO_NAME: Final = Text("", "")


def _text(value: Text | str) -> Text:
    return Text(value, value) if isinstance(value, str) else value


@frozen
class Exceptional:
    """A dated exception: closed where the week is open, or open where it is closed.

    Either ``on`` is set, and ``windows`` are stretches of that date on the wall clock, or ``start``
    and ``end`` are, two instants. Build one with ``closed`` and ``opened``, which are shorter.

    Attributes:
        is_open: Whether it opens or closes.
        name: Why, for explanations.
        on: The date, in the calendar's zone.
        windows: Stretches of that date; none at all means the whole of it.
        start: The first instant, aware.
        end: The instant that ends it, aware, not part of it.

    Raises:
        CalendarError: Both a date and instants, neither, or instants out of order.
        NaiveTimeError: An instant without a zone.
    """

    is_open: bool
    name: Text = field(default=_NO_NAME, converter=_text)
    on: date | None = None
    windows: tuple[Window, ...] = field(default=(), converter=parse_windows)
    start: datetime | None = None
    end: datetime | None = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.on, datetime):
            msg = f"exception {self.on}: a date is meant, not an instant"
            raise CalendarError(msg)
        if self.on is not None:
            if self.start is not None or self.end is not None:
                msg = f"exception {self.on}: give a date or two instants, not both"
                raise CalendarError(msg)
            return
        if self.start is None or self.end is None or self.windows:
            msg = "exception: give a date, or a start and an end"
            raise CalendarError(msg)
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            msg = f"exception from {self.start}: the instants need a time zone"
            raise NaiveTimeError(msg)
        if self.end - self.start <= type(self.end - self.start)():
            msg = f"exception from {self.start}: it ends before it lasts"
            raise CalendarError(msg)

    @property
    def stretches(self) -> tuple[Span, ...]:
        """What it covers of its date, in microseconds after midnight."""
        if not self.windows:
            return ((0, DAY_US),)
        return tuple((window.opens_us, window.closes_us) for window in self.windows)


def closed(
    when: date | tuple[datetime, datetime],
    windows: Iterable[str | Window] = (),
    name: Text | str = _NO_NAME,
) -> Exceptional:
    """A closure, of a date (or some windows of it) or between two aware instants.

    It wins over everything that is open at the same time, extra openings included.
    """
    return _exception(when, windows, name, is_open=False)


def opened(
    when: date | tuple[datetime, datetime],
    windows: Iterable[str | Window] = (),
    name: Text | str = _NO_NAME,
) -> Exceptional:
    """An extra opening, on a date (the whole of it, or some windows) or between two instants."""
    return _exception(when, windows, name, is_open=True)


def _exception(
    when: date | tuple[datetime, datetime],
    windows: Iterable[str | Window],
    name: Text | str,
    *,
    is_open: bool,
) -> Exceptional:
    if isinstance(when, tuple):
        return Exceptional(is_open, name, None, windows, *when)
    return Exceptional(is_open, name, when, windows)


Week = tuple[tuple[Window, ...], ...]


def _week(value: object) -> Week:
    """Seven tuples of windows, Monday first, from whatever a host may reasonably write."""
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in WEEKDAY_NAMES]
        if unknown:
            msg = f"schedule: {unknown[0]!r} is no weekday; they are {', '.join(WEEKDAY_NAMES)}"
            raise CalendarError(msg)
        return tuple(parse_windows(value.get(name, ())) for name in WEEKDAY_NAMES)
    if isinstance(value, str) or not isinstance(value, Iterable):
        msg = f"schedule: {value!r} is no list of windows"
        raise CalendarError(msg)
    items = list(value)
    if len(items) == 7 and all(isinstance(item, tuple | list) for item in items):
        return tuple(parse_windows(item) for item in items)
    return (parse_windows(items),) * 7


def _default_week() -> Week:
    return (parse_windows(("09:00-18:00",)),) * 7


def _windows_or_none(value: Iterable[str | Window] | None) -> tuple[Window, ...] | None:
    return None if value is None else parse_windows(value)


def _exceptions(value: Iterable[Exceptional]) -> tuple[Exceptional, ...]:
    return tuple(value)


@frozen
class Schedule:
    """The hours of service, by weekday and kind of day, with dated exceptions.

    A window is open whenever a clock on the wall shows a time within it, on a day that it applies
    to; hours that a clock change skips do not count and hours that it repeats count twice. A
    window across midnight belongs to the day on which it opens.

    Attributes:
        week: The windows of working days: one list for every day, a mapping from ``mon`` to
            ``sun``, or seven lists from Monday.
        makeup: The windows of make-up workdays; None takes those of the weekday or, where it has
            none, the week's first day that has any.
        days_off: The windows of weekends and holidays, closed by default.
        exceptions: Closures and extra openings.

    Raises:
        CalendarError: A window that cannot be, windows that overlap, or a schedule that never
            opens.
    """

    week: Week = field(factory=_default_week, converter=_week)
    makeup: tuple[Window, ...] | None = field(default=None, converter=_windows_or_none)
    days_off: tuple[Window, ...] = field(default=(), converter=parse_windows)
    exceptions: tuple[Exceptional, ...] = field(default=(), converter=_exceptions)

    def __attrs_post_init__(self) -> None:
        usual = any(self.week) or bool(self.makeup) or bool(self.days_off)
        if not usual and not any(exception.is_open for exception in self.exceptions):
            msg = "schedule: it never opens"
            raise CalendarError(msg)

    def windows_of(self, kind: DayKind, weekday: int) -> tuple[Window, ...]:
        """The windows that open on a day of such a kind, exceptions aside."""
        if kind is DayKind.WORKDAY:
            return self.week[weekday]
        if kind is DayKind.MAKEUP_WORKDAY:
            if self.makeup is not None:
                return self.makeup
            return self.week[weekday] or next(filter(None, self.week), ())
        return self.days_off

    def stretches_of(self, kind: DayKind, weekday: int) -> tuple[Span, ...]:
        """The same in microseconds after midnight, looked up and not built."""
        return self._stretches[kind, weekday]

    @cached_property
    def _stretches(self) -> dict[tuple[DayKind, int], tuple[Span, ...]]:
        return {
            (kind, weekday): tuple(
                (window.opens_us, window.closes_us) for window in self.windows_of(kind, weekday)
            )
            for kind in DayKind
            for weekday in range(7)
        }
