"""Clause 7: what comes first."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.routing import Routing, Standing, Urgency, order

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

INSTANTS = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
STANDINGS = st.lists(
    st.builds(
        Standing,
        ticket=st.text("abc1", min_size=1, max_size=3),
        is_complaint=st.booleans(),
        is_business_stopping=st.booleans(),
        deadline=st.none() | INSTANTS,
        opened_at=INSTANTS,
    ),
    unique_by=lambda standing: standing.ticket,
    max_size=12,
)


def standing(ticket, *, complaint=False, stopping=False, deadline=None, opened=0):
    return Standing(
        ticket=ticket,
        is_complaint=complaint,
        is_business_stopping=stopping,
        deadline=None if deadline is None else NOON + timedelta(minutes=deadline),
        opened_at=NOON + timedelta(minutes=opened),
    )


class TestClause7:
    """7: complaint, then business-stopping, then whichever clock runs out first."""

    def test_the_three_reasons(self):
        clock = standing("a", deadline=-60)
        stopping = standing("b", stopping=True, deadline=60)
        complaint = standing("c", complaint=True)
        assert order([clock, stopping, complaint]) == [complaint, stopping, clock]
        assert [one.urgency for one in (complaint, stopping, clock)] == [
            Urgency.COMPLAINT,
            Urgency.BUSINESS_STOPPING,
            Urgency.CLOCK,
        ]

    def test_a_complaint_about_a_standstill_is_a_complaint(self):
        assert standing("a", complaint=True, stopping=True).urgency is Urgency.COMPLAINT

    def test_a_newer_ticket_with_the_nearer_deadline_comes_before_an_older_one(self):
        older = standing("a", deadline=60, opened=-90)
        newer = standing("b", deadline=30, opened=-10)
        assert order([older, newer]) == [newer, older]
        by_age = Routing(then="oldest")
        assert sorted([older, newer], key=lambda one: one.rank_under(by_age)) == [older, newer]

    def test_within_a_reason_the_nearest_deadline_comes_first(self):
        for reasons in ({}, {"complaint": True}, {"stopping": True}):
            late, soon, far, never = (
                standing(name, deadline=minutes, **reasons)
                for name, minutes in (("d", -5), ("c", 5), ("b", 500), ("a", None))
            )
            assert order([never, far, soon, late]) == [late, soon, far, never]

    def test_then_the_older_ticket_and_then_its_id(self):
        old, new, twin = standing("c", opened=-9), standing("a"), standing("b")
        assert order([twin, new, old]) == [old, new, twin]

    def test_a_deadline_of_another_zone_is_the_instant_that_it_is(self):
        east = timezone(timedelta(hours=14))
        early = Standing(
            ticket="b",
            is_complaint=False,
            is_business_stopping=False,
            deadline=(NOON - timedelta(minutes=1)).astimezone(east),
            opened_at=NOON,
        )
        assert order([standing("a", deadline=0), early])[0] is early

    @given(standings=STANDINGS, data=st.data())
    def test_the_order_does_not_depend_on_the_order_of_asking(self, standings, data):
        shuffled = data.draw(st.permutations(standings))
        assert order(shuffled) == order(standings)

    @given(standings=STANDINGS)
    def test_it_is_total_and_loses_nobody(self, standings):
        found = order(standings)
        assert sorted(one.ticket for one in found) == sorted(one.ticket for one in standings)
        for earlier, later in pairwise(found):
            assert earlier.rank < later.rank
            assert earlier.urgency <= later.urgency

    @given(standings=STANDINGS)
    def test_ordering_again_changes_nothing(self, standings):
        assert order(order(standings)) == order(standings)

    @given(standings=STANDINGS, data=st.data())
    def test_whoever_is_added_leaves_the_others_in_their_order(self, standings, data):
        fewer = data.draw(st.lists(st.sampled_from(standings), unique_by=id)) if standings else []
        assert order(fewer) == [one for one in order(standings) if one in fewer]

    def test_a_deadline_without_a_clause_is_that_of_an_answer(self):
        assert str(standing("a", deadline=0).reason) == "due 2026-03-02 04:00 UTC [8.3]"

    def test_nobody_is_nobody(self):
        assert order(iter(())) == []

    @pytest.mark.parametrize("urgency", list(Urgency))
    def test_each_reason_reads_in_both_languages(self, urgency):
        assert urgency.text.en
        assert urgency.text.zh
        assert len({one.text for one in Urgency}) == len(Urgency)
