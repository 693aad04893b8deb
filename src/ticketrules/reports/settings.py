"""The numbers of the reports (2.1, 8.4), each a setting with its clause."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from attrs import Attribute, field, frozen

from ticketrules.errors import ReportError
from ticketrules.routing.given import as_tuple


def _ahead(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, timedelta) or value <= timedelta(0):
        msg = f"{attribute.name} must be an amount of service time above nothing, not {value!r}"
        raise ReportError(msg)


def _confidence(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, float) or not 0 < value < 1:
        msg = f"{attribute.name} must lie between 0 and 1, as 0.95 does, not {value!r}"
        raise ReportError(msg)


def _percents(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple):
        msg = f"{attribute.name} must be several whole numbers, not {value!r}"
        raise ReportError(msg)
    rising = all(one < two for one, two in pairwise(value))
    if not rising or not all(type(one) is int and 0 < one <= 100 for one in value):
        msg = f"{attribute.name} must be whole numbers from 1 to 100, rising, not {value!r}"
        raise ReportError(msg)


def _rating(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if type(value) is not int or not 1 <= value <= 5:
        msg = f"{attribute.name} must be a rating, a whole number from 1 to 5, not {value!r}"
        raise ReportError(msg)


@frozen(kw_only=True)
class Reporting:
    """What the overview and the scorecard go by.

    They stand beside the policy and not in it: they decide what is shown, and no verdict.

    Raises:
        ReportError: A value that cannot be; the message names the setting.
    """

    due_within: timedelta = field(
        default=timedelta(hours=1),
        validator=_ahead,
        metadata={"clause": "2.1", "doc": "service time left, up to which a deadline is near"},
    )
    confidence: float = field(
        default=0.95,
        validator=_confidence,
        metadata={"clause": "8.4", "doc": "of the intervals around shares"},
    )
    percentiles: tuple[int, ...] = field(
        default=(50, 90, 95),
        converter=as_tuple,
        validator=_percents,
        metadata={"clause": "8.4", "doc": "the percentiles of response and solution"},
    )
    satisfied_from: int = field(
        default=4,
        validator=_rating,
        metadata={"clause": "8.4", "doc": "the lowest rating, 1 to 5, of a satisfied customer"},
    )


DEFAULTS = Reporting()
"""Every setting at its default."""
