"""The numbers of clauses 8, 7.1 and 9, each a setting with its clause."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from attrs import Attribute, field, frozen

LONGEST_WAIT_DAYS: Final = 1_000
"""A wait longer than this many working days is a slip of the pen."""


_UNIT: Final = "working days"

LONGEST_PROMISE: Final = timedelta(days=1_000)
"""And so is more service time than this, in days of 24 hours."""


def _typed(kind: type, words: str) -> Callable[[object, "Attribute[Any]", Any], None]:
    """A validator of a value's type; a boolean is no number."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            msg = f"{attribute.name} must be {words}, not {value!r}"
            raise TypeError(msg)

    return check


_is_amount = _typed(timedelta, "a timedelta")
_is_number = _typed(int, "a whole number")
_is_flag = _typed(bool, "True or False")


def _positive(attribute: "Attribute[Any]", value: Any) -> None:
    if value <= type(value)(0):
        msg = f"{attribute.name} must be more than nothing, got {value}"
        raise ValueError(msg)


def check_amount(instance: object, attribute: "Attribute[Any]", value: timedelta) -> None:
    """A validator: some service time, and at most ``LONGEST_PROMISE``."""
    _is_amount(instance, attribute, value)
    _positive(attribute, value)
    if value > LONGEST_PROMISE:
        msg = f"{attribute.name} must be at most {LONGEST_PROMISE.days} days, got {value}"
        raise ValueError(msg)


def check_days(instance: object, attribute: "Attribute[Any]", value: int) -> None:
    """A validator: at least one working day, and at most ``LONGEST_WAIT_DAYS``."""
    _is_number(instance, attribute, value)
    _positive(attribute, value)
    if value > LONGEST_WAIT_DAYS:
        msg = f"{attribute.name} must be at most {LONGEST_WAIT_DAYS} working days, got {value}"
        raise ValueError(msg)


def _clause(number: str, doc: str, **more: str) -> dict[str, str]:
    return {"clause": number, "doc": doc, **more}


@frozen(kw_only=True)
class Promises:
    """What the customer is promised, in service time (8, 7.1, 6.4).

    Raises:
        TypeError: A value of another type than its setting's; the message names the setting.
        ValueError: An amount of nothing, or of more than ``LONGEST_PROMISE``.
    """

    first_response: timedelta = field(
        default=timedelta(minutes=15),
        validator=check_amount,
        metadata=_clause("8.1", "service time from receipt to the first answer"),
    )
    resolution_commitment: timedelta = field(
        default=timedelta(minutes=30),
        validator=check_amount,
        metadata=_clause("8.2", "service time from a clear problem to a reply that says when"),
    )
    next_reply: timedelta = field(
        default=timedelta(hours=4),
        validator=check_amount,
        metadata=_clause("8.3", "longest service time from an unanswered message to its answer"),
    )
    same_day_resolution: bool = field(
        default=True,
        validator=_is_flag,
        metadata=_clause("7.1", "business-stopping problems are solved on the day of arrival"),
    )
    platform_time_counts: bool = field(
        default=False,
        validator=_is_flag,
        metadata=_clause("6.4", "whether the clocks run on while the platform holds the ticket"),
    )


@frozen(kw_only=True)
class Waiting:
    """The ladder of a waiting ticket, in working days after the day on which it starts (9).

    Raises:
        TypeError: A number that is not whole; the message names the setting.
        ValueError: No days, more than ``LONGEST_WAIT_DAYS``, or a reminder (9.1) that comes only
            after the wait has lapsed (9.2).
    """

    reminder_after_days: int = field(
        default=2,
        validator=check_days,
        metadata=_clause(
            "9.1", "the customer is reminded at the opening of this working day", unit=_UNIT
        ),
    )
    feedback_lapses_after_days: int = field(
        default=7,
        validator=check_days,
        metadata=_clause(
            "9.2", "without feedback the ticket moves to 待确认 on this working day", unit=_UNIT
        ),
    )
    confirmation_lapses_after_days: int = field(
        default=3,
        validator=check_days,
        metadata=_clause(
            "9.3", "without objection it is confirmed on this working day", unit=_UNIT
        ),
    )
    closed_days_count: bool = field(
        default=True,
        validator=_is_flag,
        metadata=_clause(
            "9.2", "whether a working day on which the desk stays closed is one of them"
        ),
    )

    def __attrs_post_init__(self) -> None:
        reminder, lapse = self.reminder_after_days, self.feedback_lapses_after_days
        if reminder > lapse:
            msg = (
                f"reminder_after_days ({reminder}) must not come after feedback_lapses_after_days"
                f" ({lapse}); by then the wait is over"
            )
            raise ValueError(msg)
