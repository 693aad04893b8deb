"""Notices: a year's holidays and make-up days, as data that a host can add without a release."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from attrs import field, frozen

from ticketrules.calendar.days import DayKind
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError

NEIGHBOURING: Final = timedelta(days=14)
"""How far a notice may reach beyond its own year."""

_KEYS: Final = frozenset({"year", "source", "holidays", "makeup_days"})


@frozen
class Holiday:
    """One entry of a notice: the dates that one holiday takes or makes up for.

    Attributes:
        name: The holiday, in both languages.
        dates: Its dates, in the notice's order.
    """

    name: Text
    dates: tuple[date, ...]


@frozen
class Notice:
    """The announcement of one year's holidays.

    Attributes:
        year: The year it is for.
        source: Where it can be read, for the record.
        holidays: The days off, weekends within a holiday included or not, as the notice has it.
        makeup_days: The days worked in exchange; each is a Saturday or Sunday.

    Raises:
        CalendarError: A make-up day on a weekday, a day named twice, a day further than two weeks
            from the year, no days at all; the message names the entry.
    """

    year: int
    source: str
    holidays: tuple[Holiday, ...]
    makeup_days: tuple[Holiday, ...] = ()
    _special: dict[date, tuple[DayKind, Text]] = field(
        init=False, repr=False, eq=False, factory=dict
    )

    def __attrs_post_init__(self) -> None:
        if not any(entry.dates for entry in self.holidays):
            msg = f"notice {self.year}: holidays are empty"
            raise CalendarError(msg)
        first = date(self.year, 1, 1) - NEIGHBOURING
        last = date(self.year, 12, 31) + NEIGHBOURING
        for where, kind, name, day in self._entries():
            if not first <= day <= last:
                msg = f"{where}: {day} is outside {self.year} and the two weeks around it"
                raise CalendarError(msg)
            if kind is DayKind.MAKEUP_WORKDAY and day.weekday() < 5:
                msg = f"{where}: {day} is no weekend day, so it cannot be a make-up workday"
                raise CalendarError(msg)
            if day in self._special:
                msg = f"{where}: {day} is named twice"
                raise CalendarError(msg)
            self._special[day] = (kind, name)

    def _entries(self) -> Iterator[tuple[str, DayKind, Text, date]]:
        for key, kind, entries in (
            ("holidays", DayKind.HOLIDAY, self.holidays),
            ("makeup_days", DayKind.MAKEUP_WORKDAY, self.makeup_days),
        ):
            for index, entry in enumerate(entries):
                for day in entry.dates:
                    where = f"notice {self.year}: {key}[{index}] {entry.name.zh}"
                    yield where, kind, entry.name, day

    def days_in(self, year: int) -> dict[date, tuple[DayKind, Text]]:
        """The days of this notice that fall into ``year``, with their kinds and names."""
        return {day: special for day, special in self._special.items() if day.year == year}

    @classmethod
    def from_toml(cls, text: str) -> "Notice":
        """Read a notice from TOML text; see ``from_mapping``.

        Raises:
            CalendarError: The text is no TOML or the notice is refused.
        """
        import tomllib  # noqa: PLC0415 - only hosts with notices of their own pay for it

        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            msg = f"notice: not TOML: {error}"
            raise CalendarError(msg) from error
        return cls.from_mapping(data)

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> "Notice":
        """Read a notice from plain values.

        Args:
            data: ``year`` (int), ``source`` (str), ``holidays`` and ``makeup_days``, each a list
                of tables with ``name`` (Chinese), optionally ``name_en``, and ``dates``: a list of
                dates, ISO strings, or ``"2027-02-05/2027-02-11"`` for a run with both ends.

        Raises:
            CalendarError: An unknown or missing key, a value of a wrong type, a date that does not
                exist, or anything that the constructor refuses; the message names the entry.
        """
        unknown = sorted(map(str, data.keys() - _KEYS))
        if unknown:
            msg = f"notice: unknown key {unknown[0]!r}"
            raise CalendarError(msg)
        year = data.get("year")
        if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2999:
            msg = f"notice: year must be a whole number from 1900 to 2999, not {year!r}"
            raise CalendarError(msg)
        source = data.get("source")
        if not isinstance(source, str) or not source.strip():
            msg = f"notice {year}: source must say where the notice can be read"
            raise CalendarError(msg)
        return cls(
            year,
            source,
            _entries(f"notice {year}: holidays", data.get("holidays")),
            _entries(f"notice {year}: makeup_days", data.get("makeup_days", ())),
        )


def _entries(where: str, value: object) -> tuple[Holiday, ...]:
    if not isinstance(value, list | tuple):
        msg = f"{where} must be a list of tables"
        raise CalendarError(msg)
    return tuple(_entry(f"{where}[{index}]", item) for index, item in enumerate(value))


def _entry(where: str, item: object) -> Holiday:
    if not isinstance(item, Mapping):
        msg = f"{where} must be a table with name and dates"
        raise CalendarError(msg)
    unknown = sorted(map(str, item.keys() - {"name", "name_en", "dates"}))
    if unknown:
        msg = f"{where}: unknown key {unknown[0]!r}"
        raise CalendarError(msg)
    name = item.get("name")
    english = item.get("name_en", name)
    if not isinstance(name, str) or not name or not isinstance(english, str):
        msg = f"{where}: name must be a text"
        raise CalendarError(msg)
    dates = item.get("dates")
    if not isinstance(dates, list | tuple) or not dates:
        msg = f"{where} {name}: dates must be a list that is not empty"
        raise CalendarError(msg)
    return Holiday(
        Text(english, name),
        tuple(day for value in dates for day in _dates(f"{where} {name}", value)),
    )


def _dates(where: str, value: object) -> Iterator[date]:
    if isinstance(value, date) and not isinstance(value, datetime):
        yield value
        return
    if not isinstance(value, str):
        msg = f"{where}: {value!r} is no date"
        raise CalendarError(msg)
    ends: list[date] = []
    for part in value.split("/"):
        try:
            ends.append(date.fromisoformat(part.strip()))
        except ValueError as error:
            msg = f"{where}: {part.strip()!r} is no date that exists"
            raise CalendarError(msg) from error
    if len(ends) > 2 or ends[0] > ends[-1]:
        msg = f"{where}: {value!r} is no run of dates"
        raise CalendarError(msg)
    for ordinal in range(ends[0].toordinal(), ends[-1].toordinal() + 1):
        yield date.fromordinal(ordinal)
