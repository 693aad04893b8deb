"""Ranking: few cases win nothing by luck."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.errors import ReportError
from ticketrules.reports import Measure, Scorecard, Share, Timing, ranking

NOTHING = Timing(0, ())


def card(subject, met, of, satisfied=0, rated=0):
    return Scorecard(
        subject=subject,
        tickets=of,
        clauses=(),
        kept=Share(met, of),
        response=NOTHING,
        solution=NOTHING,
        ratings={},
        satisfaction=Share(satisfied, rated),
        complaints=0,
        tendencies=None,
        reopenings=0,
        transfers_in=0,
        transfers_out=0,
    )


def order(*cards, measure=Measure.TIMELINESS):
    return [one.subject for one in ranking(cards, measure).places]


COUNTS = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


class TestSmallNumbers:
    def test_one_lucky_case_does_not_beat_a_good_year(self):
        assert order(card("lucky", 1, 1), card("good", 950, 1000)) == ["good", "lucky"]

    def test_one_unlucky_case_is_not_worse_than_a_bad_year(self):
        assert order(card("bad", 100, 1000), card("unlucky", 0, 1)) == ["bad", "unlucky"]

    def test_no_case_comes_before_all_failed(self):
        assert order(card("failed", 0, 9), card("new", 0, 0)) == ["new", "failed"]

    @given(COUNTS.filter(lambda one: one[0] > 0), st.integers(2, 9))
    def test_the_same_share_of_more_cases_ranks_higher(self, counts, times):
        few, many = card("few", *counts), card("many", *(n * times for n in counts))
        assert order(few, many) == ["many", "few"]

    @given(COUNTS, st.integers(1, 20))
    def test_more_met_never_ranks_lower(self, counts, more):
        met, of = counts
        assert order(card("a", met, of), card("z", met + more, of + more))[0] == "z"


class TestOnceEach:
    """A subject with two cards would take two places, and neither would tell their period."""

    @pytest.mark.parametrize("other", [card("an", 9, 10), card("an", 0, 3)])
    def test_a_subject_twice_is_refused_by_name(self, other):
        cards = [card("an", 9, 10), card("bo", 1, 2), other]
        with pytest.raises(ReportError, match="'an' has two cards"):
            ranking(cards)

    def test_nobody_s_cards_take_no_place_however_many(self):
        assert order(card(None, 1, 1), card("an", 9, 10), card(None, 0, 3)) == ["an"]


class TestOrder:
    @given(st.lists(COUNTS, max_size=6), st.randoms(use_true_random=False))
    def test_it_is_total_and_does_not_depend_on_the_order_of_the_cards(self, counts, random):
        cards = [card(f"a{n}", *one) for n, one in enumerate(counts)]
        shuffled = random.sample(cards, len(cards))
        assert ranking(cards) == ranking(shuffled)
        assert sorted(order(*cards)) == sorted(one.subject for one in cards)

    @given(st.lists(COUNTS, max_size=6), COUNTS)
    def test_another_one_does_not_change_who_is_before_whom(self, counts, one_more):
        cards = [card(f"a{n}", *one) for n, one in enumerate(counts)]
        with_another = order(*cards, card("b", *one_more))
        assert [name for name in with_another if name != "b"] == order(*cards)

    @given(st.lists(COUNTS, max_size=6))
    def test_places_count_up_and_only_equals_share_one(self, counts):
        places = ranking(card(f"a{n}", *one) for n, one in enumerate(counts)).places
        assert not places or places[0].place == 1
        for number, (one, two) in enumerate(pairwise(places), 2):
            same = (one.share.lower, one.share.upper) == (two.share.lower, two.share.upper)
            assert two.place == (one.place if same else number)
            assert one.share.lower >= two.share.lower

    def test_equals_stand_by_name(self):
        assert order(card("bo", 3, 4), card("an", 3, 4)) == ["an", "bo"]

    def test_nobody_has_no_place(self):
        assert order(card(None, 9, 9), card("an", 1, 9)) == ["an"]


def test_satisfaction_is_ranked_too():
    few, many = card("few", 9, 9, 1, 1), card("many", 0, 9, 40, 41)
    assert order(few, many, measure=Measure.SATISFACTION) == ["many", "few"]


def test_it_is_shown_in_both_languages():
    found = ranking([card("<an>", 3, 4)])
    assert "Ranking by timeliness" in found.text()
    assert "时效排名" in found.text("zh")
    assert "&lt;an&gt;" in found._repr_html_()
