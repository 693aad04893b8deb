"""Shares with Wilson's interval, percentiles by nearest rank."""

from datetime import timedelta
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules import TicketRulesError
from ticketrules.reports import Share
from ticketrules.reports.estimates import timing

COUNTS = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


class TestWilson:
    """The score interval: every share that the cases do not contradict."""

    @pytest.mark.parametrize(
        ("hits", "of", "lower", "upper"),
        [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ],
    )
    def test_published_figures(self, hits, of, lower, upper):
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        share = Share(hits, of)
        assert (round(share.lower, 4), round(share.upper, 4)) == (lower, upper)

    @given(COUNTS.filter(lambda pair: pair[1] > 0), st.sampled_from((0.5, 0.9, 0.95, 0.99)))
    def test_its_ends_are_as_far_as_the_score_test_goes(self, counts, confidence):
        share = Share(*counts, confidence)
        z = NormalDist().inv_cdf(0.5 + confidence / 2)
        seen, n = counts[0] / counts[1], counts[1]
        for end in (share.lower, share.upper):
            assert (seen - end) ** 2 == pytest.approx(z * z * end * (1 - end) / n, abs=1e-9)

    @given(COUNTS)
    def test_it_holds_the_share_and_stays_within_0_and_1(self, counts):
        share = Share(*counts)
        assert 0 <= share.lower <= share.upper <= 1
        if share.value is not None:
            assert share.lower <= share.value <= share.upper

    @given(COUNTS.filter(lambda pair: pair[1] > 0))
    def test_hits_and_misses_mirror_each_other(self, counts):
        hits, of = counts
        assert Share(hits, of).lower == pytest.approx(1 - Share(of - hits, of).upper, abs=1e-12)

    @given(COUNTS.filter(lambda pair: pair[1] > 0), st.integers(2, 9))
    def test_more_cases_of_the_same_share_narrow_it(self, counts, times):
        few, many = Share(*counts), Share(counts[0] * times, counts[1] * times)
        assert many.upper - many.lower < few.upper - few.lower

    def test_without_cases_nothing_is_known(self):
        share = Share(0, 0)
        assert (share.value, share.lower, share.upper) == (None, 0.0, 1.0)

    @pytest.mark.parametrize(("hits", "of"), [(-1, 4), (5, 4)])
    def test_what_is_no_share_is_refused(self, hits, of):
        with pytest.raises(TicketRulesError, match=f"{hits} of {of} cases is no share"):
            Share(hits, of)


class TestPercentiles:
    """The smallest amount that at least so many in a hundred do not exceed."""

    AMOUNTS = st.lists(st.integers(0, 50).map(lambda n: timedelta(minutes=n)), min_size=1)

    @given(AMOUNTS, st.integers(1, 100))
    def test_by_definition(self, amounts, percent):
        found = timing(amounts, (percent,))[percent]

        def covered(amount):
            return Fraction(100 * sum(one <= amount for one in amounts), len(amounts))

        assert found in amounts
        assert covered(found) >= percent
        assert all(covered(one) < percent for one in amounts if one < found)

    def test_a_hundred_values(self):
        amounts = [timedelta(minutes=n) for n in range(1, 101)]
        assert timing(amounts, (50, 90, 95)).percentiles == tuple(
            (one, timedelta(minutes=one)) for one in (50, 90, 95)
        )

    def test_none_of_nothing(self):
        assert timing([], (50,)).percentiles == ()
        with pytest.raises(KeyError):
            timing([], (50,))[50]
