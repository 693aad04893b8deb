"""What counts as a tendency to complain: each number a setting with its clause."""

from datetime import timedelta
from typing import Any, Final

from attrs import Attribute, field, frozen

from ticketrules.complaints.signals import SignalKind

LONGEST_BURST: Final = timedelta(days=1)
"""Messages farther apart than this are in no quick succession."""

MOST: Final = 100
"""More messages or repeats than this are a slip of the pen."""


def _count(_instance: object, attribute: "Attribute[int]", value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"{attribute.name} must be a whole number, not {value!r}"
        raise TypeError(msg)
    if not 2 <= value <= MOST:
        msg = f"{attribute.name} must be 2 to {MOST}, got {value}"
        raise ValueError(msg)


def _amount(_instance: object, attribute: "Attribute[timedelta]", value: Any) -> None:
    if not isinstance(value, timedelta):
        msg = f"{attribute.name} must be a timedelta, not {value!r}"
        raise TypeError(msg)
    if not timedelta(0) < value <= LONGEST_BURST:
        msg = f"{attribute.name} must be more than nothing and at most a day, got {value}"
        raise ValueError(msg)


def _signals(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, SignalKind) for one in value):
        msg = f"{attribute.name} must be a tuple of SignalKind"
        raise TypeError(msg)


@frozen(kw_only=True)
class TendencyRules:
    """What counts as a tendency to complain (7.2, 7.3).

    Raises:
        TypeError: A value of another type than its setting's; the message names the setting.
        ValueError: A number or an amount out of bounds, or a signal that does not exist.
    """

    signals: tuple[SignalKind, ...] = field(
        default=tuple(SignalKind),
        validator=_signals,
        metadata={"clause": "7.3", "doc": "the signals that count; others are left aside"},
    )
    repeats: int = field(
        default=3,
        validator=_count,
        metadata={"clause": "7.3", "doc": "so many times the same question in a row"},
    )
    burst_messages: int = field(
        default=4,
        validator=_count,
        metadata={"clause": "7.3", "doc": "so many messages in quick succession"},
    )
    burst_within: timedelta = field(
        default=timedelta(minutes=10),
        validator=_amount,
        metadata={"clause": "7.3", "doc": "the time, ends included, that quick succession takes"},
    )
