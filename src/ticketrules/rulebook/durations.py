"""Amounts as people write them: ``15m``, ``4h``, ``1h30m`` of time, ``2 working days``."""

import re
from datetime import timedelta
from typing import Final

_UNITS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_FORM: Final = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.ASCII)
_LOOSE: Final = re.compile(
    r"(\d+) *(?:(d|天|days?)|(h|小时|hrs?|hours?)|(m|分钟?|mins?|minutes?)|(s|秒|secs?|seconds?)|)",
    re.ASCII | re.IGNORECASE,
)

DURATION_PATTERN: Final = r"^\s*(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?\s*$"
"""The same for a JSON Schema."""


def parse_duration(text: str) -> timedelta:
    """Read an amount such as ``"1h30m"``; each unit once, from days (of 24 hours) to seconds.

    Raises:
        ValueError: It is no such amount; a bare number has no unit and is refused.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        msg = "an amount of time with its unit is meant, such as '15m', '4h' or '1h30m'"
        raise ValueError(msg + _meant(text))
    try:
        seconds = (
            int(number or 0) * unit
            for number, unit in zip(match.groups(), _UNITS.values(), strict=True)
        )
        return timedelta(seconds=sum(seconds))
    except (OverflowError, ValueError) as error:  # of a number with thousands of digits
        msg = "that is more time than can be counted"
        raise ValueError(msg) from error


def _meant(text: str) -> str:
    """What a bare number, or one with its unit in words, may have been meant to be."""
    match = _LOOSE.fullmatch(text.strip())
    if match is None or len(match[1]) > 9:
        return ""
    unit = next(
        (letter for letter, found in zip("dhms", match.groups()[1:], strict=True) if found), "m"
    )
    return f"; did you mean '{match[1]}{unit}'?"


def format_duration(amount: timedelta) -> str:
    """Write an amount so that ``parse_duration`` reads it back; whole seconds, never negative.

    Raises:
        ValueError: It is negative or has a fraction of a second.
    """
    if amount < timedelta(0) or amount.microseconds:
        msg = f"{amount} cannot be written in whole seconds"
        raise ValueError(msg)
    minutes, seconds = divmod(int(amount.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{count}{letter}" for count, letter in parts if count) or "0s"


def counted(text: str, unit: str) -> int:
    """Read a number with what it counts, such as ``"2 working days"``; ``unit`` is the plural.

    Raises:
        ValueError: It has another unit or none, or is no whole number.
    """
    match = re.fullmatch(rf"(\d{{1,9}}) +{re.escape(unit)}?", text.strip(), re.ASCII)
    if match is None:
        number = re.match(r"\d{1,9}", text.strip(), re.ASCII)
        meant = f"; did you mean {format_counted(int(number[0]), unit)!r}?" if number else ""
        msg = f"a number of {unit} is meant, such as {format_counted(2, unit)!r}{meant}"
        raise ValueError(msg)
    return int(match[1])


def format_counted(number: int, unit: str) -> str:
    """Write a number with what it counts so that ``counted`` reads it back."""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"
