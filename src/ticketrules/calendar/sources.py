"""Sources: day sources by name, and those that other packages supply."""

import warnings
from datetime import date
from typing import TYPE_CHECKING, Final

from ticketrules.calendar.china import MainlandChina
from ticketrules.calendar.days import (
    ALWAYS,
    WEEKDAY_NAMES,
    Bounds,
    Day,
    DayKind,
    Days,
    DaySource,
    Weekdays,
)
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, UnannouncedError

if TYPE_CHECKING:
    import numpy as np


class ForeignDays(Days):
    """Any object with ``is_working_day(date)``, made a full source.

    Args:
        source: A ``workalendar`` calendar, a ``holidays`` object, a host's own.
        announced: First and last date, both included, that it is to be believed about; by default
            its own attribute ``announced``, and without one all of time.
        weekend: Weekdays (Monday is 0) whose closed days are weekends and not holidays, and whose
            worked days make up for one.
    """

    def __init__(
        self,
        source: DaySource,
        announced: Bounds | None = None,
        weekend: frozenset[int] = frozenset({5, 6}),
    ) -> None:
        if announced is None:
            announced = _own_bounds(source) or ALWAYS
        if announced[0] > announced[1]:
            msg = f"announced bounds {announced[0]} to {announced[1]} are out of order"
            raise CalendarError(msg)
        self._source = source
        self._announced = announced
        self._weekend = weekend

    def __repr__(self) -> str:
        return f"ForeignDays({type(self._source).__name__})"

    def kind(self, date: date) -> DayKind:
        """The kind that follows from the source's answer and the weekday.

        Raises:
            UnannouncedError: The source knows nothing of that day.
        """
        is_weekend = date.weekday() in self._weekend
        if self._ask(date):
            return DayKind.MAKEUP_WORKDAY if is_weekend else DayKind.WORKDAY
        return DayKind.WEEKEND if is_weekend else DayKind.HOLIDAY

    def day(self, date: date) -> Day:
        """The date with its kind and, where the source has one, the holiday's name."""
        kind = self.kind(date)
        name = None if kind is DayKind.WORKDAY else self._name(date)
        return Day(date, kind, name, provisional=self.is_provisional(date))

    @property
    def announced(self) -> Bounds:
        """The declared bounds, or all of time where none are declared."""
        return self._announced

    def settled_around(self, date: date) -> Bounds | None:
        """The announced bounds: nothing is known of the habits of the source's notices."""
        return self._announced if self.is_announced(date) else None

    def _ask(self, day: date) -> bool:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return bool(self._source.is_working_day(day))
        except Exception as error:
            msg = f"{type(self._source).__name__} does not know {day}: {error}"
            raise UnannouncedError(msg) from error

    def _name(self, day: date) -> Text | None:
        label = getattr(self._source, "get_holiday_label", None) or getattr(
            self._source, "get", None
        )
        if not callable(label):
            return None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = label(day)
        except Exception:  # noqa: BLE001 - no name is worth failing for
            return None
        return Text(found, found) if isinstance(found, str) and found else None


def _own_bounds(source: object) -> Bounds | None:
    own = getattr(source, "announced", None)
    if isinstance(own, tuple) and len(own) == 2 and all(isinstance(end, date) for end in own):
        return own
    return None


class BusdayCalendar:
    """The working days of a ``numpy.busdaycalendar``."""

    def __init__(self, calendar: "np.busdaycalendar") -> None:
        self._worked = frozenset(i for i, worked in enumerate(calendar.weekmask) if worked)
        self._holidays = frozenset(day.item() for day in calendar.holidays)

    def is_working_day(self, day: date, /) -> bool:
        """Whether ``numpy.is_busday`` holds of ``day``."""
        return day.weekday() in self._worked and day not in self._holidays


def busdays(calendar: "np.busdaycalendar", announced: Bounds | None = None) -> ForeignDays:
    """The working days of a ``numpy.busdaycalendar`` as a source."""
    weekend = frozenset(i for i, worked in enumerate(calendar.weekmask) if not worked)
    return ForeignDays(BusdayCalendar(calendar), announced, weekend)


_WORKALENDAR_BOUNDS: Final[dict[str, Bounds]] = {"CN": (date(2018, 1, 1), date(2023, 12, 31))}
"""Where workalendar is known to guess; its mainland China stops with the notice for 2023."""


def workalendar_days(code: str) -> ForeignDays:
    """The ``workalendar`` calendar with a registry code such as ``"US"`` or ``"DE-BY"``.

    Raises:
        CalendarError: The registry has no such code.
    """
    from workalendar.registry import registry  # noqa: PLC0415 - sixty milliseconds

    found = registry.get(code)
    if found is None:
        from ticketrules.toml_reader import did_you_mean  # noqa: PLC0415 - a mistake pays for it

        known = ("mon-fri", "mon-sat", "mon-sun", *registry.region_registry)
        msg = (
            f"no calendar has the registry code {code!r}; 'CN', weekdays such as 'mon-fri' or a"
            " code of workalendar's such as 'US' is meant"
        )
        raise CalendarError(msg + did_you_mean(code, known))
    calendar = found()
    weekend = frozenset(calendar.get_weekend_days())
    return ForeignDays(calendar, _WORKALENDAR_BOUNDS.get(code), weekend)


def day_source(source: "str | Days | DaySource | np.busdaycalendar") -> Days:
    """A full source from whatever a host may name.

    Args:
        source: ``"CN"`` for the built-in mainland China, weekdays such as ``"mon-fri"`` or
            ``"mon-sun"``, a ``workalendar`` registry code, a ``Days``, a ``numpy.busdaycalendar``
            or any object with ``is_working_day(date)``.

    Raises:
        CalendarError: It is none of these.
    """
    if isinstance(source, Days):
        return source
    if isinstance(source, str):
        if source == "CN":
            return MainlandChina()
        return weekdays_named(source) or workalendar_days(source)
    if type(source).__name__ == "busdaycalendar":
        return busdays(source)  # type: ignore[arg-type]
    if isinstance(source, DaySource):
        return ForeignDays(source)
    msg = f"{source!r} is no source of days: it has no is_working_day(date)"
    raise CalendarError(msg)


def weekdays_named(text: str) -> Weekdays | None:
    """The weekdays that a text such as ``"mon-fri"`` names; ``None`` where it names none."""
    first, dash, last = text.partition("-")
    if not dash or first not in WEEKDAY_NAMES or last not in WEEKDAY_NAMES:
        return None
    begin, end = WEEKDAY_NAMES.index(first), WEEKDAY_NAMES.index(last)
    return Weekdays.of({day % 7 for day in range(begin, end + 1 + 7 * (end < begin))})
