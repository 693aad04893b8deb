"""Shares with Wilson's interval, and percentiles that are one of the values."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from math import sqrt
from statistics import NormalDist

from attrs import field, frozen

from ticketrules.errors import ReportError


@cache
def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


@frozen
class Share:
    """So many hits of so many cases, with Wilson's score interval.

    Attributes:
        hits: The cases that count.
        of: All cases.
        confidence: Of the interval.

    Raises:
        ReportError: More hits than cases, fewer than none, or no such confidence.
    """

    hits: int
    of: int
    confidence: float = field(default=0.95)

    def __attrs_post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            msg = f"confidence must lie between 0 and 1, as 0.95 does, not {self.confidence!r}"
            raise ReportError(msg)
        if not 0 <= self.hits <= self.of:
            msg = f"{self.hits} of {self.of} cases is no share"
            raise ReportError(msg)

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; ``None`` without cases."""
        return self.hits / self.of if self.of else None

    @property
    def lower(self) -> float:
        """The interval's lower end; 0 without cases."""
        return self._interval()[0]

    @property
    def upper(self) -> float:
        """The interval's upper end; 1 without cases."""
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        n = self.of
        if not n:
            return 0.0, 1.0
        p, z2 = self.hits / n, _z(self.confidence) ** 2
        middle = p + z2 / (2 * n)
        reach = sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n)))
        scale = 1 + z2 / n
        # At the ends rounding may leave a trifle where the formula gives 0 or 1 exactly.
        lower = 0.0 if not self.hits else (middle - reach) / scale
        upper = 1.0 if self.hits == n else (middle + reach) / scale
        return lower, upper


@frozen
class Timing:
    """Percentiles of amounts of service time.

    Attributes:
        count: How many amounts.
        percentiles: Each percent with its amount; empty without amounts.
    """

    count: int
    percentiles: tuple[tuple[int, timedelta], ...]

    def __getitem__(self, percent: int) -> timedelta:
        """The amount at a percent that was asked for.

        Raises:
            KeyError: It was not, or there are no amounts.
        """
        return dict(self.percentiles)[percent]


def timing(amounts: Sequence[timedelta], percents: Sequence[int]) -> Timing:
    """The percentiles of some amounts, by nearest rank.

    The p-th percentile is the smallest of the amounts that at least p in a hundred do not exceed:
    an amount that did occur, and never one in between.
    """
    ranked = sorted(amounts)
    n = len(ranked)
    if not n:
        return Timing(0, ())
    return Timing(n, tuple((one, ranked[-(-n * one // 100) - 1]) for one in percents))
