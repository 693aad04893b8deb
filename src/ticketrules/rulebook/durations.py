"""Amounts of time as people write them: ``15m``, ``4h``, ``1h30m``."""

import re
from datetime import timedelta
from typing import Final

_UNITS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_FORM: Final = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def parse_duration(text: str) -> timedelta:
    """Read an amount such as ``"1h30m"``; each unit once, from days (of 24 hours) to seconds.

    Raises:
        ValueError: It is no such amount; a bare number has no unit and is refused.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        msg = "an amount of time with its unit is meant, such as '15m', '4h' or '1h30m'"
        raise ValueError(msg)
    try:
        seconds = (
            int(number or 0) * unit
            for number, unit in zip(match.groups(), _UNITS.values(), strict=True)
        )
        return timedelta(seconds=sum(seconds))
    except (OverflowError, ValueError) as error:  # of a number with thousands of digits
        msg = "that is more time than can be counted"
        raise ValueError(msg) from error


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
