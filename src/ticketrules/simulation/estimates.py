"""Means over independent runs, with Student's interval."""

from collections.abc import Sequence
from functools import cache
from math import atan, cos, inf, pi, sin, sqrt
from statistics import fmean, stdev

from attrs import frozen

CONFIDENCE = 0.95
"""Of every interval."""


@frozen
class Estimate:
    """What is expected, from runs of which each knows nothing of the others.

    Attributes:
        mean: The mean over the runs.
        lower: The lower end of Student's 95 % interval for what is expected, never below 0.
        upper: The upper end; infinite after one run, which tells nothing of the spread.
        runs: How many runs had something to tell.
    """

    mean: float
    lower: float
    upper: float
    runs: int


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of runs that are alike and independent; zeros of nothing without runs."""
    n = len(values)
    if not n:
        return Estimate(0.0, 0.0, inf, 0)
    mean = fmean(values)
    if n == 1:
        return Estimate(mean, 0.0, inf, 1)
    reach = student(n - 1) * stdev(values) / sqrt(n)
    return Estimate(mean, max(0.0, mean - reach), mean + reach, n)


def ratio(hits: Sequence[float], cases: Sequence[float], most: float = 1.0) -> Estimate:
    """All hits over all cases, with the interval of a ratio of two means, at most ``most``.

    Runs with more cases count for more, as they should: a mean of each run's own share would give
    a run of one case as much to say as a run of a hundred.
    """
    n, total = len(cases), sum(cases)
    if not total:
        return Estimate(0.0, 0.0, most, 0)
    mean = sum(hits) / total
    if n == 1:
        return Estimate(mean, 0.0, most, 1)
    rests = [hit - mean * case for hit, case in zip(hits, cases, strict=True)]
    reach = student(n - 1) * stdev(rests) / sqrt(n) / (total / n)
    return Estimate(mean, max(0.0, mean - reach), min(most, mean + reach), n)


@cache
def student(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The two-sided quantile of Student's t, for a whole number of degrees of freedom."""
    low, high = 0.0, 1e6
    while high - low > 1e-12 * (1.0 + high):
        middle = (low + high) / 2
        if _within(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return high


def _within(t: float, freedom: int) -> float:
    """The chance that Student's t lies within plus and minus ``t``: a finite sum of cosines."""
    # Abramowitz and Stegun, 26.7.3 for odd and 26.7.4 for even degrees of freedom.
    angle = atan(t / sqrt(freedom))
    square = cos(angle) ** 2
    if freedom % 2:
        term = total = cos(angle) if freedom > 1 else 0.0
        for k in range(3, freedom - 1, 2):
            term *= square * (k - 1) / k
            total += term
        return (angle + sin(angle) * total) * 2 / pi
    term = total = 1.0
    for k in range(2, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    return sin(angle) * total
