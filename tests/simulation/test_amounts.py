"""Amounts of time drawn from a seeded source of chance."""

from datetime import timedelta
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules import TicketRulesError
from ticketrules.simulation import Empirical, Exponential, Fixed, LogNormal

from .desks import MINUTE, chance

KINDS = (
    Fixed(5 * MINUTE),
    Exponential(5 * MINUTE),
    LogNormal(5 * MINUTE, 0.8),
    Empirical([3 * MINUTE, 9 * MINUTE]),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
class TestEveryKind:
    def test_never_below_nothing_and_the_same_for_the_same_seed(self, kind):
        first, again = chance(1), chance(1)
        drawn = [kind.draw(first) for _ in range(200)]
        assert min(drawn) >= timedelta(0)
        assert drawn == [kind.draw(again) for _ in range(200)]


class TestShapes:
    """Within four standard errors of 20,000 draws of one seed."""

    DRAWS = 20_000

    def drawn(self, kind):
        rng = chance(3)
        return [kind.draw(rng) / MINUTE for _ in range(self.DRAWS)]

    def test_the_mean_of_an_exponential(self):
        found = self.drawn(Exponential(5 * MINUTE))
        assert fmean(found) == pytest.approx(5, abs=4 * 5 / self.DRAWS**0.5)

    def test_the_median_and_the_mean_of_a_log_normal(self):
        found = self.drawn(LogNormal(5 * MINUTE, 0.8))
        assert median(found) == pytest.approx(5, rel=4 * 1.2533 * 0.8 / self.DRAWS**0.5)
        assert fmean(found) == pytest.approx(5 * 2.718281828**0.32, rel=0.04)

    @given(st.lists(st.integers(0, 99).map(lambda n: n * MINUTE), min_size=1))
    def test_an_empirical_one_occurred(self, amounts):
        rng = chance(5)
        assert {Empirical(amounts).draw(rng) for _ in range(30)} <= set(amounts)

    def test_so_many_times_as_long(self):
        assert Empirical([4 * MINUTE]).times(0.25).draw(chance(1)) == MINUTE


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Fixed(-MINUTE), "Fixed: amount must be an amount of time, not below"),
        (lambda: Fixed(5), "Fixed: amount must be an amount of time"),
        (lambda: Exponential(-MINUTE), "Exponential: mean must be"),
        (lambda: LogNormal(MINUTE, -1), "LogNormal: sigma must lie"),
        (lambda: Empirical([]), "no amounts to draw from"),
        (lambda: Empirical([-MINUTE]), "must not be below nothing"),
        (lambda: Empirical([MINUTE]).times(-1), "a factor must not be below nothing"),
    ],
)
def test_what_cannot_be_is_refused(make, words):
    with pytest.raises(TicketRulesError, match=words):
        make()
