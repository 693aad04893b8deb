"""How a log writes its times, and reading them: a format and a zone, checked beforehand.

A log repeats its times, so every distinct text is parsed once. Formats of numbers alone are
parsed here, some five times as fast as ``strptime``; the others are left to it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Literal
from zoneinfo import ZoneInfo

from attrs import frozen

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
_DIRECTIVE: Final = re.compile(r"%(.?)", re.DOTALL)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNIX: Final = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,9}))?", re.ASCII)


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
        instant = self[text] = self._parse(text.strip())
        return instant


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
    if times.format in {"unix", "unix_ms"}:
        return _unix_parser(6 if times.format == "unix" else 3)
    local = _iso if times.format == "iso" else _local_parser(times.format)
    return _zoned_parser(local, times)


def _unix_parser(places: int) -> Parse:
    """``places`` of decimals make a microsecond."""

    def parse(text: str) -> datetime:
        match = _UNIX.fullmatch(text)
        if match is None:
            msg = f"{shown(text)} is not a number of {'' if places == 6 else 'milli'}seconds"
            raise ValueError(msg)
        sign, whole, fraction = match.groups(default="")
        amount = timedelta(microseconds=int(whole + fraction[:places].ljust(places, "0")))
        try:
            return _EPOCH - amount if sign else _EPOCH + amount
        except OverflowError:
            msg = f"{shown(text)} lies outside the years 1 to 9999"
        raise ValueError(msg)

    return parse


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        msg = f"{shown(text)} is not a time in ISO 8601"
    raise ValueError(msg)


def _local_parser(form: str) -> Parse:
    names = directives_of(form)
    if all(name in _NUMBERS for name in names):
        read = _numbers_reader(form, names)
    else:

        def read(text: str) -> datetime | None:
            try:
                # Whether it has an offset is the format's matter, and settled beforehand.
                return datetime.strptime(text, form)  # noqa: DTZ007
            except ValueError:
                return None

    def parse(text: str) -> datetime:
        time = read(text)
        if time is None:
            msg = f"{shown(text)} is not a time like {form}"
            raise ValueError(msg)
        return time

    return parse


def _numbers_reader(form: str, names: list[str]) -> Callable[[str], datetime | None]:
    pattern, end = "", 0
    for match in _DIRECTIVE.finditer(form):
        pattern += _literal(form[end : match.start()])
        name = match.group(1)
        pattern += "%" if name == "%" else f"({_NUMBERS[name]})"
        end = match.end()
    fullmatch = re.compile(pattern + _literal(form[end:]), re.ASCII).fullmatch
    if "f" in names or "y" in names:
        return _slow_reader(fullmatch, names)
    pick = itemgetter(*(names.index(name) for name in "YmdHMS" if name in names))
    # A format with minutes but no hour leaves a gap in the arguments of datetime.
    if "".join(name for name in "HMS" if name in names) not in {"", "H", "HM", "HMS"}:
        return _slow_reader(fullmatch, names)

    def read(text: str) -> datetime | None:
        match = fullmatch(text)
        if match is None:
            return None
        try:
            return datetime(*map(int, pick(match.groups())))  # type: ignore[arg-type]  # noqa: DTZ001
        except ValueError:
            return None

    return read


def _slow_reader(
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
            return datetime(  # noqa: DTZ001 - the zone comes after
                year,
                int(parts["m"]),
                int(parts["d"]),
                int(parts.get("H", 0)),
                int(parts.get("M", 0)),
                int(parts.get("S", 0)),
                int(parts.get("f", "0").ljust(6, "0")),
            )
        except ValueError:
            return None

    return read


def _literal(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _zoned_parser(local: Parse, times: TimeFormat) -> Parse:
    zone, ambiguous, nonexistent = times.zone, times.ambiguous, times.nonexistent

    def parse(text: str) -> datetime:
        time = local(text)
        try:
            if time.tzinfo is not None:
                return time.astimezone(UTC)
            if zone is None:
                msg = f"{shown(text)} has no offset, and the mapping declares no time.zone"
                raise ValueError(msg)
            offset, other = _offset(zone, time), _offset(zone, time.replace(fold=1))
            if offset != other:
                # The clocks went forward: the wall time is skipped. Or back: it comes twice.
                if offset < other:
                    if nonexistent == "reject":
                        msg = f"{shown(text)} does not exist in {zone.key}: the clocks skipped it"
                        raise ValueError(msg)
                elif ambiguous == "reject":
                    msg = f"{shown(text)} comes twice in {zone.key}: the clocks were put back"
                    raise ValueError(msg)
                elif ambiguous == "later":
                    offset = other
            return (time - offset).replace(tzinfo=UTC)
        except OverflowError:
            msg = f"{shown(text)} lies outside the years 1 to 9999"
        raise ValueError(msg)

    return parse


def _offset(zone: ZoneInfo, time: datetime) -> timedelta:
    offset = zone.utcoffset(time)
    assert offset is not None  # noqa: S101 - a ZoneInfo knows the offset of every datetime
    return offset
