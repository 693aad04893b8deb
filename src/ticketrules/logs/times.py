"""How a log writes its times, and reading them: a format and a zone, checked beforehand.

A log repeats its times, so every distinct text is parsed once. Formats of numbers alone are
parsed here, some five times as fast as ``strptime``; the others are left to it.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Literal
from zoneinfo import ZoneInfo

from attrs import frozen

from ticketrules.calendar.timeline import FIRST_YEAR, LAST_YEAR
from ticketrules.logs.intake import shown

Parse = Callable[[str], datetime]

_NUMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Y": "[0-9]{4}",
        "y": "[0-9]{2}",
        "m": "1[0-2]|0[1-9]|[1-9]",
        "d": "3[0-1]|[1-2][0-9]|0[1-9]|[1-9]| [1-9]",
        "H": "2[0-3]|[0-1][0-9]|[0-9]",
        "M": "[0-5][0-9]|[0-9]",
        "S": "[0-5][0-9]|[0-9]",
        "f": "[0-9]{1,6}",
    }
)
"""The directives that stand for numbers, as ``strptime`` reads them."""

_OTHERS: Final = frozenset("IpbBaAjz")
_HOURS: Final = frozenset("HIMSfp")
_DIRECTIVE: Final = re.compile(r"%(.?)", re.DOTALL)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNIX: Final = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,9}))?", re.ASCII)

OUTSIDE: Final = f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
"""What is wrong with an instant that cannot be reckoned with."""


@frozen
class TimeFormat:
    """How times are written.

    Attributes:
        format: Directives of ``strptime``, or ``"iso"``, ``"unix"`` (seconds), ``"unix_ms"``.
        zone: The zone of times that carry no offset.
        ambiguous: What an hour that a clock change repeats means: nothing, its first or second run.
        nonexistent: What an hour that a clock change skips means: nothing, or as much later.
    """

    format: str
    zone: ZoneInfo | None = None
    ambiguous: Literal["reject", "earlier", "later"] = "reject"
    nonexistent: Literal["reject", "shift"] = "reject"


class Instants(dict[str, datetime]):
    """Texts of times, and the instants in UTC that they stand for; filled as they are asked for.

    Looking one up raises ``ValueError`` with a reason where the text stands for no instant.
    """

    def __init__(self, times: TimeFormat) -> None:
        super().__init__()
        self._parse = parser(times)

    def __missing__(self, text: str) -> datetime:
        bare = text.strip()
        instant = self._parse(bare)
        if not is_reckonable(instant):
            raise ValueError(_outside(bare))
        self[text] = instant
        return instant


def is_reckonable(instant: datetime) -> bool:
    """Whether an instant in UTC has years on both sides, as every zone and calendar needs."""
    return FIRST_YEAR <= instant.year <= LAST_YEAR


def directives_of(form: str) -> list[str]:
    """The directives of a format, each once; a doubled per cent sign is none.

    Raises:
        ValueError: A directive that is not known or stands twice, or not a whole date; the
            message says which.
    """
    found = [name for name in _DIRECTIVE.findall(form) if name != "%"]
    for name in found:
        if name not in _NUMBERS and name not in _OTHERS:
            known = " ".join(f"%{one}" for one in (*_NUMBERS, *sorted(_OTHERS)))
            msg = f"%{name} is none of {known}"
            raise ValueError(msg)
        if found.count(name) > 1:
            msg = f"%{name} stands twice"
            raise ValueError(msg)
    year, month = {"Y", "y"}.intersection(found), {"m", "b", "B"}.intersection(found)
    if len(year) != 1 or not ("j" in found or (len(month) == 1 and "d" in found)):
        msg = "needs a year, a month and a day, each once"
        raise ValueError(msg)
    if {"H", "I"}.issubset(found) or ("I" in found) != ("p" in found):
        msg = "needs %H, or %I with %p, or neither"
        raise ValueError(msg)
    return found


def parser(times: TimeFormat) -> Parse:
    """A function from a text to its instant, in UTC.

    It raises ``ValueError`` with a reason where the text stands for no instant.
    """
    form = times.format
    if form in {"unix", "unix_ms"}:
        return _unix_parser(6 if form == "unix" else 3)
    if form == "iso":
        return _iso_parser(_Clocks(times))
    names = directives_of(form)
    if "z" in names:
        return _stamped_parser(form)
    if all(name in _NUMBERS for name in names):
        return _wall_parser(form, _numbers_reader(form, names), _Clocks(times))
    return _wall_parser(form, _words_reader(form), _Clocks(times))


class _Clocks:
    """The wall clocks of a zone: from the time that they show to the instant.

    A wall time comes labelled as UTC: subtracting the zone's offset then makes the instant in one
    step.
    """

    def __init__(self, times: TimeFormat) -> None:
        self._zone = times.zone
        self._ambiguous = times.ambiguous
        self._nonexistent = times.nonexistent
        self._steady: dict[int, timedelta] = {}

    def instant(self, wall: datetime, text: str) -> datetime:
        """The instant, in UTC; ``text`` is what an error shows."""
        offset = self._steady.get(wall.toordinal())
        if offset is not None:
            return wall - offset
        return wall - self._offset(wall, text)

    def is_steady(self, wall: datetime) -> bool:
        """Whether the day of a time that was looked at is known for one offset throughout."""
        return wall.toordinal() in self._steady

    def _offset(self, wall: datetime, text: str) -> timedelta:
        zone = self._zone
        if zone is None:
            msg = f"{shown(text)} has no offset, and the mapping declares no time.zone"
            raise ValueError(msg)
        time = wall.replace(tzinfo=None)
        offset, other = _offsets(zone, time)
        if offset == other:
            self._remember(zone, time, offset)
        elif offset < other:
            # The clocks went forward and skipped this time; by the offset from before, which is
            # the first of the two, it lies as much after the gap as it pretends to lie within it.
            if self._nonexistent == "reject":
                msg = f"{shown(text)} does not exist in {zone.key}: the clocks skipped it"
                raise ValueError(msg)
        elif self._ambiguous == "reject":
            msg = f"{shown(text)} comes twice in {zone.key}: the clocks were put back"
            raise ValueError(msg)
        elif self._ambiguous == "later":
            return other
        return offset

    def _remember(self, zone: ZoneInfo, time: datetime, offset: timedelta) -> None:
        """Spare a day's other times the look at the zone, if its clocks never change in it."""
        midnight = time.replace(hour=0, minute=0, second=0, microsecond=0)
        with suppress(OverflowError):  # the last day that a datetime knows has no next midnight
            hours = (midnight + timedelta(hours=hour) for hour in range(25))
            if all(_offsets(zone, hour) == (offset, offset) for hour in hours):
                self._steady[time.toordinal()] = offset


def _offsets(zone: ZoneInfo, time: datetime) -> tuple[timedelta, timedelta]:
    """The offsets of a wall time's first and second run; they differ where the clocks change."""
    first, second = zone.utcoffset(time), zone.utcoffset(time.replace(fold=1))
    assert first is not None and second is not None  # noqa: S101, PT018 - a zone knows them all
    return first, second


def _wall_parser(form: str, read: Callable[[str], datetime | None], clocks: _Clocks) -> Parse:
    # A log repeats a day, and a time of day, much more often than both. Where one space divides
    # them, each is kept by itself, of texts with just that space: so any two kept fit together.
    day_form, _, hour_form = form.partition(" ")
    has_halves = (
        not _HOURS.intersection(_DIRECTIVE.findall(day_form))
        and _HOURS.issuperset(_DIRECTIVE.findall(hour_form))
        and len(hour_form.split()) == 1
    )
    midnights: dict[str, datetime] = {}
    amounts: dict[str, timedelta] = {}

    def parse(text: str) -> datetime:
        day, _, hour = text.partition(" ")
        midnight, amount = midnights.get(day), amounts.get(hour)
        if midnight is not None and amount is not None:
            return midnight + amount
        wall = read(text)
        if wall is None:
            msg = f"{shown(text)} is not a time like {form}"
            raise ValueError(msg)
        try:
            instant = clocks.instant(wall, text)
            if has_halves and clocks.is_steady(wall) and text.split() == [day, hour]:
                amount = wall - wall.replace(hour=0, minute=0, second=0, microsecond=0)
                midnights[day], amounts[hour] = instant - amount, amount
        except OverflowError:
            pass
        else:
            return instant
        raise ValueError(_outside(text))

    return parse


def _iso_parser(clocks: _Clocks) -> Parse:
    def parse(text: str) -> datetime:
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            time = None
        if time is None:
            msg = f"{shown(text)} is not a time in ISO 8601"
            raise ValueError(msg)
        try:
            if time.tzinfo is not None:
                return time.astimezone(UTC)
            return clocks.instant(time.replace(tzinfo=UTC), text)
        except OverflowError:
            pass
        raise ValueError(_outside(text))

    return parse


def _stamped_parser(form: str) -> Parse:
    def parse(text: str) -> datetime:
        try:
            return datetime.strptime(text, form).astimezone(UTC)
        except OverflowError:
            msg = _outside(text)
        except ValueError:
            msg = f"{shown(text)} is not a time like {form}"
        raise ValueError(msg)

    return parse


def _unix_parser(places: int) -> Parse:
    """``places`` of decimals make a microsecond."""

    def parse(text: str) -> datetime:
        match = _UNIX.fullmatch(text)
        if match is None:
            msg = f"{shown(text)} is not a number of {'' if places == 6 else 'milli'}seconds"
            raise ValueError(msg)
        sign, whole, fraction = match.groups(default="")
        try:
            amount = timedelta(microseconds=int(whole + fraction[:places].ljust(places, "0")))
            return _EPOCH - amount if sign else _EPOCH + amount
        except OverflowError:
            pass
        raise ValueError(_outside(text))

    return parse


def _outside(text: str) -> str:
    return f"{shown(text)} {OUTSIDE}"


def _words_reader(form: str) -> Callable[[str], datetime | None]:
    def read(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            return None

    return read


def _numbers_reader(form: str, names: list[str]) -> Callable[[str], datetime | None]:
    pattern, end = "", 0
    for match in _DIRECTIVE.finditer(form):
        pattern += _literal(form[end : match.start()])
        name = match.group(1)
        pattern += "%" if name == "%" else f"({_NUMBERS[name]})"
        end = match.end()
    fullmatch = re.compile(pattern + _literal(form[end:]), re.ASCII).fullmatch
    ordered = [name for name in "YmdHMS" if name in names]
    if len(ordered) < len(names) or not "YmdHMS".startswith("".join(ordered)):
        return _parts_reader(fullmatch, names)
    # The common case: the numbers, put in order, are the arguments of datetime.
    pick = itemgetter(*map(names.index, ordered))

    def read(text: str) -> datetime | None:
        match = fullmatch(text)
        if match is None:
            return None
        try:
            numbers = map(int, pick(match.groups()))
            return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]
        except ValueError:
            return None

    return read


def _parts_reader(
    fullmatch: Callable[[str], re.Match[str] | None], names: list[str]
) -> Callable[[str], datetime | None]:
    def read(text: str) -> datetime | None:
        match = fullmatch(text)
        if match is None:
            return None
        parts = dict(zip(names, match.groups(), strict=True))
        year = int(parts.get("Y") or parts["y"])
        if "y" in parts:
            year += 2000 if year < 69 else 1900  # as POSIX has it, and strptime
        try:
            return datetime(
                year,
                int(parts["m"]),
                int(parts["d"]),
                int(parts.get("H", 0)),
                int(parts.get("M", 0)),
                int(parts.get("S", 0)),
                int(parts.get("f", "0").ljust(6, "0")),
                tzinfo=UTC,
            )
        except ValueError:
            return None

    return read


def _literal(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))
