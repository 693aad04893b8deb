"""Service hours: the settings that a rulebook keeps about when the desk serves (3.1, 3.2)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import field, frozen

from ticketrules.calendar.base_calendar import Calendar
from ticketrules.calendar.china import MainlandChina
from ticketrules.calendar.notices import Notice
from ticketrules.calendar.schedule import Schedule
from ticketrules.calendar.service_calendar import ServiceCalendar
from ticketrules.calendar.windows import parse_windows
from ticketrules.errors import CalendarError

if TYPE_CHECKING:
    from attrs import Attribute


def _zone_exists(_instance: object, _attribute: object, value: str) -> None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError, TypeError) as error:
        msg = f"zone: {value!r} is no IANA time zone [3.1]"
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
        metadata={"clause": "3.1", "doc": "windows of every working day, half-open"},
    )
    makeup_hours: tuple[str, ...] | None = field(
        default=None,
        converter=_tuple,
        validator=_hours_read,
        metadata={"clause": "3.1", "doc": "windows of make-up workdays; absent means the same"},
    )
    extended_hours: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_hours_read,
        metadata={
            "clause": "3.2",
            "doc": "further windows of working days, in which agents may serve but no clock runs",
        },
    )
    extended_days_off: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_hours_read,
        metadata={"clause": "3.2", "doc": "the same on weekends and holidays"},
    )
    unannounced: str = field(
        default="project",
        validator=_policy_exists,
        metadata={
            "clause": "3.1",
            "doc": "days that no notice has announced: project them, or raise",
        },
    )

    def __attrs_post_init__(self) -> None:
        if not self.hours and not self.makeup_hours:
            msg = "hours: the desk never opens [3.1]"
            raise CalendarError(msg)

    def schedule(self) -> Schedule:
        """The weekly schedule of these hours (3.1)."""
        return Schedule(week=self.hours, makeup=self.makeup_hours)

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
        extended = Schedule(week=self.extended_hours, days_off=self.extended_days_off)
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
