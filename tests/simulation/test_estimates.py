"""Means over runs, with Student's interval."""

from math import inf, sqrt
from statistics import fmean, stdev

import pytest

from ticketrules.simulation.estimates import estimate, ratio, student

from .desks import chance


class TestStudent:
    # The usual table of two-sided quantiles.
    @pytest.mark.parametrize(
        ("freedom", "confidence", "quantile"),
        [
            (1, 0.95, 12.706),
            (2, 0.95, 4.303),
            (3, 0.95, 3.182),
            (4, 0.95, 2.776),
            (5, 0.95, 2.571),
            (9, 0.95, 2.262),
            (10, 0.95, 2.228),
            (19, 0.95, 2.093),
            (29, 0.95, 2.045),
            (30, 0.95, 2.042),
            (100, 0.95, 1.984),
            (4, 0.99, 4.604),
            (9, 0.90, 1.833),
            (1, 0.99, 63.657),
        ],
    )
    def test_the_table(self, freedom, confidence, quantile):
        assert student(freedom, confidence) == pytest.approx(quantile, abs=6e-4)


class TestEstimate:
    def test_by_hand(self):
        found = estimate([4.0, 6.0, 8.0])
        reach = 4.3027 * 2 / sqrt(3)
        assert found.mean == 6
        assert (found.lower, found.upper) == pytest.approx((6 - reach, 6 + reach), abs=1e-3)

    def test_one_run_tells_nothing_of_the_spread(self):
        assert (estimate([4.0]).lower, estimate([4.0]).upper) == (0.0, inf)
        assert estimate([]).runs == 0

    def test_95_intervals_of_100_hold_the_truth(self):
        rng = chance(11)
        held = 0
        for _ in range(1000):
            found = estimate([rng.gauss(50, 9) for _ in range(8)])
            held += found.lower <= 50 <= found.upper
        assert held == pytest.approx(950, abs=4 * sqrt(1000 * 0.95 * 0.05))


class TestRatio:
    def test_runs_count_by_their_cases(self):
        found = ratio([1, 0], [1, 99])
        assert found.mean == 0.01
        assert 0 <= found.lower <= found.mean <= found.upper <= 1

    def test_equal_cases_give_the_mean_of_shares(self):
        shares = [0.1, 0.2, 0.4]
        found = ratio([10 * one for one in shares], [10] * 3)
        reach = student(2) * stdev(shares) / sqrt(3)
        assert found.mean == pytest.approx(fmean(shares))
        assert found.upper == pytest.approx(min(1, fmean(shares) + reach))

    def test_without_cases_nothing_is_known(self):
        found = ratio([0, 0], [0, 0])
        assert (found.lower, found.upper, found.runs) == (0.0, 1.0, 0)

    def test_intervals_hold_the_truth(self):
        rng = chance(12)
        held = 0
        for _ in range(1000):
            cases = [rng.randrange(5, 60) for _ in range(12)]
            hits = [sum(rng.random() < 0.3 for _ in range(n)) for n in cases]
            found = ratio(hits, cases)
            held += found.lower <= 0.3 <= found.upper
        assert 910 <= held <= 980
