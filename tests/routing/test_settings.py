"""What a host may decide about routing, and what it may not."""

import pytest
from attrs import fields

from ticketrules.clauses import CLAUSES
from ticketrules.routing import (
    Routing,
)


class TestSettings:
    """Each wrong value is refused with the setting's name."""

    @pytest.mark.parametrize(
        ("parts", "error", "says"),
        [
            ({"capacity": -1}, ValueError, "capacity must lie between 0"),
            ({"minimum_on_duty": 0}, ValueError, "minimum_on_duty must lie between 1"),
            ({"capacity": True}, TypeError, "capacity must be a whole number"),
            ({"outside_hours": 1}, TypeError, "outside_hours must be True or False"),
            ({"strategy": ()}, ValueError, "^strategy: at least one"),
            ({"strategy": ("round_robin", "least_loaded")}, ValueError, "^strategy: round_robin"),
            (
                {"strategy": ("least_loaded", "round_robin", "skill_first")},
                ValueError,
                "^strategy: round_robin .* so it comes last$",
            ),
            ({"strategy": ("best",)}, ValueError, "strategy: 'best' is none of"),
            ({"first": ("complaint", "complaint")}, ValueError, "first: a name stands twice"),
            ({"first": ["complaint"]}, TypeError, "first must be a tuple"),
            ({"then": "newest"}, ValueError, "then must be one of deadline, oldest, not 'newest'"),
            ({"capacity": 1_000_001}, ValueError, "capacity must lie between 0 and 1000000, got"),
            ({"load_clock": 1.5}, TypeError, "load_clock must be a whole number, not 1.5"),
            ({"load_complaint": -1}, ValueError, "load_complaint must lie between 0 and 1000000"),
            ({"outside_hours": None}, TypeError, "outside_hours must be True or False, not None"),
            ({"strategy": ("skill_first",) * 2}, ValueError, "strategy: a name stands twice"),
            (
                {"strategy": "skill_first"},
                TypeError,
                "strategy must be a tuple of names, not 'skill_first'",
            ),
            (
                {"first": ("clock",)},
                ValueError,
                "first: 'clock' is none of complaint, tendency, business_stopping",
            ),
        ],
    )
    def test_it_is_named(self, parts, error, says):
        with pytest.raises(error, match=says):
            Routing(**parts)

    def test_the_ends_of_a_range_belong_to_it(self):
        least = Routing(minimum_on_duty=1, capacity=0, load_complaint=0, load_clock=0)
        most = Routing(minimum_on_duty=1_000_000, capacity=1_000_000, load_tendency=1_000_000)
        assert (least.capacity, most.capacity) == (0, 1_000_000)

    def test_nothing_need_go_before_a_clock(self):
        assert Routing(first=()).first == ()

    def test_each_has_its_clause_and_says_what_it_is(self):
        for one in fields(Routing):
            assert one.metadata["clause"] in CLAUSES
            assert one.metadata["doc"]
