"""Half-open spans as sets of the moments in them: union, difference, intersection."""

from hypothesis import given
from hypothesis import strategies as st

from ticketrules.calendar.windows import common, merged, without

any_spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)
ordered = st.lists(st.integers(0, 40), unique=True, max_size=12).map(
    lambda ends: list(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)


def moments(spans):
    return {at for start, end in spans for at in range(start, end)}


def is_ordered(spans):
    """In order, none empty, none overlapping another."""
    ends = [end for span in spans for end in span]
    return all(start < end for start, end in spans) and ends == sorted(ends)


@given(spans=any_spans)
def test_merged_is_the_union_and_what_touches_is_one(spans):
    found = merged(spans)
    assert moments(found) == moments(spans)
    assert is_ordered(found)
    assert len({end for span in found for end in span}) == 2 * len(found)


@given(spans=ordered, holes=ordered)
def test_without_is_the_difference(spans, holes):
    found = without(spans, holes)
    assert moments(found) == moments(spans) - moments(holes)
    assert is_ordered(found)


@given(left=ordered, right=ordered)
def test_common_is_the_intersection(left, right):
    found = common(left, right)
    assert moments(found) == moments(left) & moments(right)
    assert is_ordered(found)


def test_many_holes_in_one_span_and_one_hole_in_many():
    assert without([(0, 9)], [(1, 2), (3, 4), (8, 12)]) == [(0, 1), (2, 3), (4, 8)]
    assert without([(5, 6), (7, 9)], [(0, 1), (2, 3), (4, 8)]) == [(8, 9)]
    assert without([(0, 2), (3, 5), (6, 8)], [(1, 7)]) == [(0, 1), (7, 8)]
