"""China: the working days of the mainland, as announced, and projected where they are not."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Final

from ticketrules.calendar import projection
from ticketrules.calendar.days import Bounds, Day, DayKind, Days
from ticketrules.calendar.notices import Notice
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError

UNSETTLED_TAIL: Final = 29
"""From this day of December on, a year waits for the next one's notice: of the days that past
notices moved before the New Year (2005-12-31 to 2018-12-31), 29 December is the earliest."""

_NAMES: Final[Mapping[str, Text]] = {
    "New Year's Day": projection.NEW_YEAR,
    "Spring Festival": projection.SPRING_FESTIVAL,
    "Tomb-sweeping Day": projection.QINGMING,
    "Labour Day": projection.LABOUR_DAY,
    "Dragon Boat Festival": projection.DRAGON_BOAT,
    "National Day": projection.NATIONAL_DAY,
    "Mid-autumn Festival": projection.MID_AUTUMN,
    "Anti-Fascist 70th Day": projection.VICTORY_DAY,
}

_Special = dict[date, tuple[DayKind, Text]]

# The notice for 2006 moved the rest day of Saturday 2005-12-31 to the days after the New Year;
# the package tells the holiday of 2006 but not this make-up day.
_CORRECTIONS: Final[_Special] = {
    date(2005, 12, 31): (DayKind.MAKEUP_WORKDAY, projection.NEW_YEAR),
}


class MainlandChina(Days):
    """The working days of mainland China.

    Announced years come from the package ``chinese_calendar`` (2004 on), which is imported when
    the first day is asked for, and from notices that the host adds. A notice for a year that the
    package knows replaces that year. Other years are projected: weekends and the statutory days.

    Args:
        notices: Further notices, at most one for a year.

    Raises:
        CalendarError: Two notices for one year.
    """

    def __init__(self, notices: Iterable[Notice] = ()) -> None:
        self._notices: dict[int, Notice] = {}
        for notice in notices:
            if notice.year in self._notices:
                msg = f"two notices for {notice.year}"
                raise CalendarError(msg)
            self._notices[notice.year] = notice
        self._announced: frozenset[int] | None = None
        self._special: dict[int, _Special] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MainlandChina):
            return NotImplemented
        return self._notices == other._notices

    def __hash__(self) -> int:
        return hash((MainlandChina, tuple(sorted(self._notices))))

    def __repr__(self) -> str:
        if not self._notices:
            return "MainlandChina()"
        return f"MainlandChina(notices for {', '.join(map(str, sorted(self._notices)))})"

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that the host added, by year."""
        return tuple(self._notices[year] for year in sorted(self._notices))

    @property
    def announced_years(self) -> frozenset[int]:
        """Every year for which a notice is known."""
        if self._announced is None:
            self._announced = frozenset(_packaged()) | frozenset(self._notices)
        return self._announced

    @property
    def announced(self) -> Bounds:
        """The run of announced years that begins with the package's first.

        A notice that leaves a year out before it is used for its days, but does not lengthen
        the run.
        """
        years = self.announced_years
        first = last = min(years)
        while last + 1 in years:
            last += 1
        return date(first, 1, 1), date(last, 12, 31)

    def settled_around(self, date: date) -> Bounds | None:
        """The announced years around ``date``, less the end of December before an unknown year."""
        if not self._is_settled(date):
            return None
        years = self.announced_years
        first = last = date.year
        while first - 1 in years:
            first -= 1
        while last + 1 in years:
            last += 1
        return date.replace(first, 1, 1), date.replace(last, 12, UNSETTLED_TAIL - 1)

    def _is_settled(self, day: date) -> bool:
        years = self.announced_years
        if day.year not in years:
            return False
        return (day.month, day.day) < (12, UNSETTLED_TAIL) or day.year + 1 in years

    def kind(self, date: date) -> DayKind:
        """The kind of one date, announced or projected."""
        special = self._special_of(date)
        if special is not None:
            return special[0]
        return DayKind.WEEKEND if date.weekday() >= 5 else DayKind.WORKDAY

    def day(self, date: date) -> Day:
        """The date with its kind, its holiday's name and whether it is provisional."""
        kind, name = self._special_of(date) or (None, None)
        if kind is None:
            kind = DayKind.WEEKEND if date.weekday() >= 5 else DayKind.WORKDAY
        return Day(date, kind, name, provisional=not self._is_settled(date))

    def _special_of(self, day: date) -> tuple[DayKind, Text] | None:
        """What is said of a day beyond its weekday, if anything is."""
        found = self._special.get(day.year)
        if found is None:
            if self._is_plain_new_year(day):
                return DayKind.HOLIDAY, projection.NEW_YEAR
            found = self._special[day.year] = self._find(day.year)
        return found.get(day)

    def _is_plain_new_year(self, day: date) -> bool:
        """Whether this is New Year's Day of a year that is merely projected.

        Every year that is laid out touches the next one's first day somewhere on earth, and the
        lunar tables of a whole year are too dear for that.
        """
        return (
            (day.month, day.day) == (1, 1)
            and projection.FIRST_LUNAR_YEAR <= day.year <= projection.LAST_LUNAR_YEAR
            and day.year not in self.announced_years
            and day.year - 1 not in self._notices
        )

    def _find(self, year: int) -> _Special:
        notice = self._notices.get(year)
        if notice is not None:
            days = notice.days_in(year)
        elif year in self.announced_years:
            days = dict(_packaged()[year])
        else:
            days = {
                day: (DayKind.HOLIDAY, name)
                for day, name in projection.statutory_days(year).items()
            }
        # A notice reaches into the weeks around its year and has the last word there.
        for neighbour in (year - 1, year + 1):
            if neighbour in self._notices:
                days |= self._notices[neighbour].days_in(year)
        return days


@cache
def _packaged() -> dict[int, _Special]:
    """The package's special days by year, read once."""
    from chinese_calendar import holidays, workdays  # noqa: PLC0415 - only when days are asked

    found: dict[int, _Special] = {}
    for kind, days in ((DayKind.HOLIDAY, holidays), (DayKind.MAKEUP_WORKDAY, workdays)):
        for day, name in days.items():
            text = _NAMES.get(name) or Text(name, name)
            found.setdefault(day.year, {})[day] = (kind, text)
    for day, special in _CORRECTIONS.items():
        found[day.year][day] = special
    return found
