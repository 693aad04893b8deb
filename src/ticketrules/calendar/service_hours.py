"""Service hours: the settings that a rulebook keeps about when the desk serves (3.1, 3.2)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from attrs import field, fields, frozen, validators

from ticketrules.calendar.base_calendar import Calendar
from ticketrules.calendar.china import MainlandChina
from ticketrules.calendar.days import WEEKDAY_NAMES
from ticketrules.calendar.notices import Notice
from ticketrules.calendar.schedule import Exceptional, Schedule
from ticketrules.calendar.service_calendar import ServiceCalendar
from ticketrules.calendar.sources import weekdays_named
from ticketrules.calendar.windows import WINDOW_PATTERN, parse_windows
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError

if TYPE_CHECKING:
    from attrs import Attribute


def _zone_exists(_instance: object, _attribute: object, value: str) -> None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError, TypeError) as error:
        from ticketrules.toml_reader import did_you_mean  # noqa: PLC0415 - a mistake pays for it

        meant = did_you_mean(str(value), available_timezones())
        msg = f"zone: {value!r} is no IANA time zone [3.1]{meant}"
        raise CalendarError(msg) from error


def _days_are_named(_instance: object, _attribute: object, value: Any) -> None:
    if not isinstance(value, str) or not value:
        msg = f"days: {value!r} is no name of a day source [3.1]"
        raise CalendarError(msg)


def _hours_read(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    clause = attribute.metadata["clause"]
    if value is None:
        return
    if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
        msg = f"{attribute.name}: a list of windows like '09:00-18:00' is meant [{clause}]"
        raise CalendarError(msg)
    try:
        parse_windows(value)
    except CalendarError as error:
        msg = f"{attribute.name}: {error} [{clause}]"
        raise CalendarError(msg) from error


def _policy_exists(_instance: object, _attribute: object, value: str) -> None:
    if value not in {"raise", "project"}:
        msg = f"unannounced: 'raise' or 'project' is meant, not {value!r} [3.1]"
        raise CalendarError(msg)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _windows(clause: str, doc: str) -> dict[str, str]:
    return {"clause": clause, "doc": doc, "pattern": WINDOW_PATTERN}


def _weekday(doc: str) -> Any:
    return field(
        default=None,
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows("3.1", f"windows of a working {doc}, where they are not those of hours"),
    )


@frozen(kw_only=True)
class WeekdayHours:
    """Windows of single weekdays, in place of those of every working day (3.1).

    Raises:
        CalendarError: A window that cannot be; the message names the weekday.
    """

    mon: tuple[str, ...] | None = _weekday("Monday")
    tue: tuple[str, ...] | None = _weekday("Tuesday")
    wed: tuple[str, ...] | None = _weekday("Wednesday")
    thu: tuple[str, ...] | None = _weekday("Thursday")
    fri: tuple[str, ...] | None = _weekday("Friday")
    sat: tuple[str, ...] | None = _weekday("Saturday")
    sun: tuple[str, ...] | None = _weekday("Sunday")

    def __iter__(self) -> Iterator[tuple[str, ...] | None]:
        """The windows from Monday to Sunday; ``None`` where a day has those of every day."""
        return (getattr(self, day.name) for day in fields(WeekdayHours))


def _is_date(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        msg = f"{attribute.name}: a date is meant, not {value!r} [3.1]"
        raise CalendarError(msg)


@frozen(kw_only=True)
class DatedHours:
    """A date that is not as its weekday and kind of day would have it (3.1).

    Raises:
        CalendarError: No date, or a window that cannot be.
    """

    on: date = field(validator=_is_date, metadata={"clause": "3.1", "doc": "the date"})
    is_open: bool = field(
        validator=validators.instance_of(bool),
        metadata={"clause": "3.1", "doc": "whether the desk serves then, or closes"},
    )
    hours: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows("3.1", "the windows in which it does; none means the whole day"),
    )
    name: str = field(
        default="",
        validator=validators.instance_of(str),
        metadata={"clause": "3.1", "doc": "why, for explanations"},
    )

    def exception(self) -> Exceptional:
        """The same for a schedule."""
        return Exceptional(self.is_open, Text(self.name, self.name), self.on, self.hours)


def _are_dated(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, DatedHours) for one in value):
        msg = f"{attribute.name}: a list of dates with their hours is meant [3.1]"
        raise CalendarError(msg)


def _meet(one: DatedHours, other: DatedHours) -> bool:
    """Whether two stretches of a date overlap."""
    return any(
        start < closes and opens < end
        for start, end in one.exception().stretches
        for opens, closes in other.exception().stretches
    )


_EVERY_DAY: Final = WeekdayHours()


@frozen
class ServiceHours:
    """When the desk serves, as plain values (3.1).

    Raises:
        CalendarError: A value that cannot be; the message names the setting.
    """

    zone: str = field(
        default="Asia/Shanghai",
        validator=_zone_exists,
        metadata={"clause": "3.1", "doc": "IANA zone whose wall clock the hours are written for"},
    )
    days: str = field(
        default="CN",
        validator=_days_are_named,
        metadata={
            "clause": "3.1",
            "doc": "working days: CN, weekdays such as mon-fri, or a workalendar registry code",
        },
    )
    hours: tuple[str, ...] = field(
        default=("09:00-18:00",),
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows("3.1", "windows of every working day, half-open"),
    )
    makeup_hours: tuple[str, ...] | None = field(
        default=None,
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows("3.1", "windows of make-up workdays; absent means the same"),
    )
    extended_hours: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows(
            "3.2", "further windows of working days, in which agents may serve but no clock runs"
        ),
    )
    extended_days_off: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_hours_read,
        metadata=_windows("3.2", "the same on weekends and holidays"),
    )
    unannounced: str = field(
        default="project",
        validator=_policy_exists,
        metadata={
            "clause": "3.1",
            "doc": "days that no notice has announced: project them, or raise",
            "choices": ("project", "raise"),
        },
    )
    exceptions: tuple[DatedHours, ...] = field(
        default=(),
        converter=_tuple,
        validator=_are_dated,
        metadata={"clause": "3.1", "doc": "dates that open or close out of turn"},
    )
    weekdays: WeekdayHours = field(
        default=_EVERY_DAY,
        validator=validators.instance_of(WeekdayHours),
        metadata={"clause": "3.1", "doc": "windows of single weekdays"},
    )

    def __attrs_post_init__(self) -> None:
        usual = [self.hours if own is None else own for own in self.weekdays]
        days = weekdays_named(self.days)
        if days is not None:
            for number, (name, own) in enumerate(zip(WEEKDAY_NAMES, self.weekdays, strict=True)):
                if own and number not in days.worked:
                    msg = f"weekdays: {name} has hours and is none of the days {self.days!r} [3.1]"
                    raise CalendarError(msg)
            usual = [usual[number] for number in days.worked]
        if not any(usual) and (days is not None or not self.makeup_hours):
            msg = "hours: the desk never opens [3.1]"
            raise CalendarError(msg)
        self._check_exceptions()

    def _check_exceptions(self) -> None:
        """That no exception opens what another closes, which would always stay closed."""
        for one in self.exceptions:
            for other in self.exceptions:
                if one.is_open and not other.is_open and one.on == other.on and _meet(one, other):
                    msg = (
                        f"exceptions: {one.on} is opened and closed for the same hours, and stays"
                        " closed; close only the others [3.1]"
                    )
                    raise CalendarError(msg)

    def _exceptions(self) -> list[Exceptional]:
        return [one.exception() for one in self.exceptions]

    def schedule(self) -> Schedule:
        """The weekly schedule of these hours (3.1)."""
        return Schedule(
            week=tuple(self.hours if own is None else own for own in self.weekdays),
            makeup=self.makeup_hours,
            exceptions=self._exceptions(),
        )

    def calendar(self, notices: Iterable[Notice] = ()) -> ServiceCalendar:
        """The calendar of these hours (3.1).

        Args:
            notices: Holiday notices that the host adds; only mainland China takes them.

        Raises:
            CalendarError: An unknown code of days, or notices for days that take none.
        """
        return self._calendar(self.schedule(), tuple(notices))

    def extended_calendar(self, notices: Iterable[Notice] = ()) -> Calendar:
        """The service hours and the extended ones together (3.2); without any, those of 3.1.

        Args:
            notices: As for ``calendar``.

        Raises:
            CalendarError: As ``calendar`` does.
        """
        added = tuple(notices)
        usual = self._calendar(self.schedule(), added)
        if not self.extended_hours and not self.extended_days_off:
            return usual
        closures = tuple(one for one in self._exceptions() if not one.is_open)
        extended = Schedule(
            week=self.extended_hours, days_off=self.extended_days_off, exceptions=closures
        )
        return usual | self._calendar(extended, added)

    def _calendar(self, schedule: Schedule, notices: tuple[Notice, ...]) -> ServiceCalendar:
        if notices and self.days != "CN":
            msg = f"days {self.days!r} take no notices; only 'CN' does"
            raise CalendarError(msg)
        return ServiceCalendar(
            days=MainlandChina(notices) if self.days == "CN" else self.days,
            schedule=schedule,
            zone=self.zone,
            unannounced="raise" if self.unannounced == "raise" else "project",
        )
