"""Budgets as people write them: ``4h``, ``2 working days``, ``end of service day``."""

import re
from typing import Any, Final

from ticketrules.rulebook.durations import (
    DURATION_PATTERN,
    counted,
    format_counted,
    format_duration,
    parse_duration,
)
from ticketrules.sla import (
    Budget,
    CalendarTime,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    WorkingDays,
)
from ticketrules.toml_reader import did_you_mean

WORKING_DAYS: Final = "working days"
AROUND_THE_CLOCK: Final = " around the clock"
AT_OPENING: Final = "opening after "
SERVED: Final = " on which the desk opens"
END_OF_DAY: Final = "end of service day"
PROMISED: Final = "promised time"

_PATTERN: Final = (
    rf"^((?=.*[1-9]){DURATION_PATTERN.strip('^$')}({AROUND_THE_CLOCK})?"
    rf"|({AT_OPENING})?0*[1-9]\d* +working days?({SERVED})?|{END_OF_DAY}|{PROMISED})$"
)
_MEANT: Final = (
    "a budget is meant, such as '4h' of service time, '24h around the clock', '2 working days',"
    f" '{AT_OPENING}2 working days', '{END_OF_DAY}' or '{PROMISED}'"
)


def parse_budget(text: str) -> Budget:
    """Read a budget: an amount of service time unless it says otherwise.

    Raises:
        ValueError: It is no such budget, or has no unit; the message says what is meant.
    """
    words = text.strip()
    if words == END_OF_DAY:
        return SameServiceDay()
    if words == PROMISED:
        return PromisedTime()
    opening, served = words.startswith(AT_OPENING), words.endswith(SERVED)
    if opening or served or re.search(r"\bworking\b", words):
        days = counted(words.removeprefix(AT_OPENING).removesuffix(SERVED), WORKING_DAYS)
        return WorkingDays(days, at_opening=opening, closed_days_count=not served)
    amount = words.removesuffix(AROUND_THE_CLOCK)
    try:
        time = parse_duration(amount)
    except ValueError as error:
        _reason, _, meant = str(error).partition(";")
        if "more time" in str(error):
            raise
        close = did_you_mean(words, (END_OF_DAY, PROMISED))
        raise ValueError(_MEANT + (f";{meant}" if meant else close)) from error
    return ServiceTime(time) if amount == words else CalendarTime(time)


def format_budget(budget: Budget) -> str:
    """Write a budget so that ``parse_budget`` reads it back.

    Raises:
        ValueError: It has a fraction of a second, or is a host's own kind of budget.
    """
    match budget:
        case ServiceTime():
            return format_duration(budget.amount)
        case CalendarTime():
            return format_duration(budget.amount) + AROUND_THE_CLOCK
        case WorkingDays():
            opening = AT_OPENING if budget.at_opening else ""
            served = "" if budget.closed_days_count else SERVED
            return opening + format_counted(budget.days, WORKING_DAYS) + served
        case SameServiceDay():
            return END_OF_DAY
        case PromisedTime():
            return PROMISED
        case _:
            msg = f"{type(budget).__name__} is a budget of a host's own and cannot be written"
            raise ValueError(msg)


def budget_schema() -> dict[str, Any]:
    """The JSON Schema of a budget."""
    return {"type": "string", "pattern": _PATTERN}
