"""On which dates a shift opens: recurrence rules (RFC 5545) and explicit dates.

Rules are python-dateutil's, in the text of RFC 5545 or as its objects. A roster asks for dates and
keeps the hours apart, so a rule here is as coarse as a day: its occurrences are dates on the wall
of the roster's zone, and clock changes do not touch it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NoReturn

from attrs import evolve, field, frozen
from dateutil.rrule import rrule, rruleset, rrulestr

from ticketrules.errors import RoutingError
from ticketrules.routing.given import is_date

_DAYS_OF: Final = {"DAILY": 1, "WEEKLY": 7}
_COARSE: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_FINE_PARTS: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_WHOLE: Final = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
_STAMP: Final = re.compile(r"(\d{8})(?:T(\d{6}))?(Z?)")
_NEITHER: Final = "a rule or dates are meant, and there are neither"
_LOCAL: Final = "a local date is meant, without a time zone"
_NO_FIRST: Final = "it needs a first date: `since`, or a DTSTART"
_ONE_DAY: Final = timedelta(days=1)
LONGEST_YEARS: Final = 30
"""A rule that does not come in so many years never comes."""


def days_of(value: Any) -> tuple[date, ...]:
    """Dates in order, each once.

    Raises:
        RoutingError: Something else than dates.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        msg = f"dates: several dates are meant, not {value!r}"
        raise RoutingError(msg)
    days: set[date] = set(value)
    for day in days:
        is_date(day, "dates")
    return tuple(sorted(days))


@frozen
class Recurrence:
    """A set of dates: those that rules give, more of them, and fewer.

    Build one with ``recurrence``, which reads what people and programs write.

    Attributes:
        rules: Rules as RFC 5545 writes them, without ``RRULE:``; each ends with a date, if at all.
        since: The date from which the rules count; with one rule, its first date.
        dates: More dates, in order.
        except_dates: Dates on which it does not apply, in order.

    Raises:
        RoutingError: Rules without a date from which they count, or dates that are none.
    """

    rules: tuple[str, ...] = ()
    since: date | None = None
    dates: tuple[date, ...] = field(default=(), converter=days_of)
    except_dates: tuple[date, ...] = field(default=(), converter=days_of)

    def __attrs_post_init__(self) -> None:
        if self.rules and self.since is None:
            _bad(self.rules[0], _NO_FIRST)

    def between(self, first: date, last: date) -> set[date]:
        """Its dates from ``first`` to ``last``, both among them; only these are worked out."""
        found = {day for day in self.dates if first <= day <= last}
        if self.since is not None:
            window = _midnight(first), _midnight(last)
            for rule in self.rules:
                since = _midnight(_jump(rule, self.since, first))
                found.update(
                    at.date() for at in rrulestr(rule, dtstart=since).between(*window, inc=True)
                )
        return found.difference(self.except_dates)

    def without(self, days: Iterable[date]) -> "Recurrence":
        """The same dates but for some, which need not be among them."""
        gone = {day for day in days if self.between(day, day)}
        return evolve(
            self,
            dates=[day for day in self.dates if day not in gone],
            except_dates=[*self.except_dates, *gone] if self.rules else self.except_dates,
        )


def recurrence(
    value: "Recurrence | str | rrule | rruleset | date | Iterable[date]",
    since: date | None = None,
) -> Recurrence:
    """Read the dates of a shift.

    Args:
        value: A rule such as ``"FREQ=WEEKLY;BYDAY=MO,TU"``, or lines of ``DTSTART``, ``RRULE``,
            ``RDATE`` and ``EXDATE``; an ``rrule`` or ``rruleset`` of python-dateutil; a date; or
            several dates.
        since: The date from which a rule counts, where it does not say so itself.

    Raises:
        RoutingError: No such rule, a rule finer than a day, one without a first date, one that
            never comes or has both ``COUNT`` and ``UNTIL``, an ``EXRULE``, or a time with a zone
            where a local one is meant.
    """
    if since is not None:
        is_date(since, "since")
    if isinstance(value, Recurrence):
        return value
    if isinstance(value, str):
        return _of_lines(value.splitlines(), since)
    if isinstance(value, rrule):
        return _of_lines(_lines_of(value))
    if isinstance(value, rruleset):
        return _of_lines(_lines_of_set(value))
    try:
        days = [value] if isinstance(value, date) else list(value)
    except TypeError as error:
        msg = f"dates of a shift: a rule or dates are meant, not {value!r}"
        raise RoutingError(msg) from error
    if not days:
        raise RoutingError(_NEITHER)
    return Recurrence(dates=days)


def _lines_of(rule: rrule) -> list[str]:
    # A rule's own text leaves out the zone of its first date, which nothing public tells.
    _line_of("DTSTART", vars(rule)["_dtstart"])
    return str(rule).splitlines()


def _lines_of_set(several: rruleset) -> list[str]:
    # A set has no text of its own, and nothing public that tells its parts.
    parts: dict[str, Any] = vars(several)
    if parts["_exrule"]:
        _no_exrule()
    lines = dict.fromkeys(line for rule in parts["_rrule"] for line in _lines_of(rule))
    if sum(line.startswith("DTSTART") for line in lines) > 1:
        msg = "rules of one set begin on different dates; make a shift of each"
        raise RoutingError(msg)
    return [
        *lines,
        *(_line_of("RDATE", at) for at in parts["_rdate"]),
        *(_line_of("EXDATE", at) for at in parts["_exdate"]),
    ]


def _line_of(name: str, at: datetime) -> str:
    line = f"{name}:{at.isoformat()}"
    if at.tzinfo is not None:
        _bad(line, _LOCAL)
    return f"{name}:{_digits(at.date())}"


def _of_lines(lines: list[str], since: date | None = None) -> Recurrence:
    start: datetime | None = None
    rules: list[str] = []
    dates: list[date] = []
    excepted: list[date] = []
    for line in filter(None, map(str.strip, lines)):
        name, content = line.split(":", 1) if ":" in line else ("RRULE", line)
        key, _semicolon, says = name.upper().partition(";")
        if "TZID=" in says:
            _bad(line, _LOCAL)
        if key == "DTSTART":
            if start is not None:
                _bad(line, "DTSTART stands twice")
            start = _stamp(content, line)
        elif key == "RRULE":
            rules.append(content)
        elif key == "RDATE":
            dates += [_stamp(one, line).date() for one in content.split(",")]
        elif key == "EXDATE":
            excepted += [_stamp(one, line).date() for one in content.split(",")]
        elif key == "EXRULE":
            _no_exrule()
        else:
            _bad(line, "a line of DTSTART, RRULE, RDATE or EXDATE is meant")
    if not rules:
        if not dates:
            raise RoutingError(_NEITHER)
        return Recurrence((), None, dates, excepted)
    if start is None:
        if since is None:
            _bad(rules[0], _NO_FIRST)
        start = _midnight(since)
    normal = tuple(_normal(rule, start) for rule in rules)
    firsts = [_first_of(rule, start.date()) for rule in normal]
    # Of several rules none may be moved on alone: their first date is one and the same.
    first = firsts[0] if len(firsts) == 1 else start.date()
    return Recurrence(normal, first, dates, excepted)


def _normal(rule: str, start: datetime) -> str:
    """A rule in capitals and in order, that ends with a date and is as coarse as a day."""
    parts = parts_of(rule)
    if parts.get("FREQ") not in _COARSE:
        _bad(rule, f"FREQ must be one of {', '.join(_COARSE)}; the hours are said apart")
    for part in _FINE_PARTS:
        if part in parts:
            _bad(rule, f"{part} has no meaning here; the hours are said apart")
    if "UNTIL" in parts:
        until = _stamp(parts["UNTIL"], rule)
        last = until.date()
        if "T" in parts["UNTIL"] and until.time() < start.time():
            if last <= start.date():
                _never(rule, start.date())
            last -= _ONE_DAY
        parts["UNTIL"] = _digits(last)
        if "COUNT" in parts:
            _bad(rule, "it ends with UNTIL or with COUNT, not with both (RFC 5545)")
    for part in ("INTERVAL", "COUNT"):
        if not _WHOLE.fullmatch(parts.get(part, "1")):
            _bad(rule, f"{part} is a whole number from 1 to 999999999, not {parts[part]}")
    if int(parts.get("INTERVAL", "1")) == 1:
        parts.pop("INTERVAL", None)
    # The frequency first, as some readers want it.
    return rule_of({key: parts[key] for key in sorted(parts, key=lambda key: (key != "FREQ", key))})


def _first_of(rule: str, since: date) -> date:
    """The first date of a rule, which then is what it counts from: its rhythm stays the same."""
    start = _midnight(since)
    parts = parts_of(rule)
    parts.pop("COUNT", None)  # counting does not change the first
    limit = _digits(date(min(since.year + LONGEST_YEARS, date.max.year), 12, 31))
    parts["UNTIL"] = min(parts.get("UNTIL", limit), limit)  # so that the search has an end
    try:
        first = next(iter(rrulestr(rule_of(parts), dtstart=start)), None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _bad(rule, f"no recurrence rule of RFC 5545 ({error})")
    if first is None:
        _never(rule, since)
    return first.date()


def _jump(rule: str, since: date, first: date) -> date:
    """A later date from which the rule gives the same dates from ``first`` on.

    A rule that counts its occurrences has to be walked from its first; the others keep their
    rhythm when whole rounds are left out. One round before ``first`` is kept, so that a week that
    is only partly there lies before it.
    """
    parts = parts_of(rule)
    days = _DAYS_OF.get(parts["FREQ"])
    if days is None or "COUNT" in parts:
        return since
    step = days * int(parts.get("INTERVAL", "1"))
    rounds = (first - since).days // step - 1
    return since + timedelta(days=max(rounds, 0) * step)


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule by name, in capitals.

    Raises:
        RoutingError: Something that is no part, or a part twice.
    """
    found: dict[str, str] = {}
    for part in rule.strip().upper().rstrip(";").split(";"):
        key, equals, value = part.partition("=")
        if not equals or not value or key in found:
            _bad(rule, f"{part!r} is no part of a rule, or stands twice")
        found[key] = value
    return found


def rule_of(parts: Mapping[str, str]) -> str:
    """The rule that has these parts, in their order."""
    return ";".join(f"{key}={value}" for key, value in parts.items())


def _stamp(text: str, where: str) -> datetime:
    match = _STAMP.fullmatch(text.strip().upper())
    if match is None:
        _bad(where, f"{text.strip()!r} is no date such as 20260302")
    if match[3]:
        _bad(where, _LOCAL)
    try:
        return datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        _bad(where, f"{text.strip()!r} is no date such as 20260302")


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _no_exrule() -> NoReturn:
    msg = "EXRULE has left the standard (RFC 5545); say the dates with EXDATE"
    raise RoutingError(msg)


def _never(rule: str, since: date) -> NoReturn:
    _bad(rule, f"it never comes, counted from {since}")


def _bad(rule: str, expected: str) -> NoReturn:
    msg = f"rule {rule.strip()!r}: {expected}"
    raise RoutingError(msg)
