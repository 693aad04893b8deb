"""What two policies say differently, by clause."""

import tomllib

from hypothesis import given, settings

from ticketrules.rulebook import Policy, diff_policies, load_policy
from ticketrules.verification.strategies import policies

HOST = load_policy("""
    name = "<b>host</b>"
    [promises]
    next_reply = "2h"
    first_response = "5m"
    [waiting]
    reminder_after_days = "1 working day"
    [[notices]]
    year = 2027
    source = "invented"
    holidays = [{ name = "元旦", dates = [2027-01-01] }]
""")
DIFFERENCE = diff_policies(Policy(), HOST)


def test_it_is_told_by_clause():
    assert [(one.clause, one.key, one.before, one.after) for one in DIFFERENCE.changes[2:]] == [
        ("8.1", "promises.first_response", '"15m"', '"5m"'),
        ("8.3", "promises.next_reply", '"4h"', '"2h"'),
        ("9.1", "waiting.reminder_after_days", '"2 working days"', '"1 working day"'),
    ]
    assert [one.key for one in DIFFERENCE.changes[:2]] == ["name", "notices.2027"]
    assert list(DIFFERENCE.by_clause()) == [None, "8.1", "8.3", "9.1"]


def test_it_reads_in_both_languages():
    assert '8.1 first response: promises.first_response: "15m" -> "5m"' in str(DIFFERENCE)
    assert '8.1 首次响应：promises.first_response："15m" → "5m"' in DIFFERENCE.text.zh
    assert "notices.2027: not set -> { year = 2027" in str(DIFFERENCE)


def test_a_notebook_gets_a_table_that_is_safe():
    html = DIFFERENCE._repr_html_()
    assert html.count("<tr>") == len(DIFFERENCE.changes) + 1
    assert "<b>" not in html
    assert "8.1 首次响应" in html


def test_the_same_has_no_difference():
    same = diff_policies(Policy(), Policy())
    assert not same
    assert str(same) == "marketplace -> marketplace\nthey say the same"


@settings(deadline=None, max_examples=50)
@given(before=policies(), after=policies())
def test_it_is_empty_only_for_equal_policies_and_turns_around(before, after):
    there, back = diff_policies(before, after), diff_policies(after, before)
    assert bool(there) == (before != after)
    assert {(one.key, one.before, one.after) for one in there.changes} == {
        (one.key, one.after, one.before) for one in back.changes
    }


@settings(deadline=None, max_examples=50)
@given(after=policies())
def test_its_values_are_toml(after):
    for one in diff_policies(Policy(), after).changes:
        for value in (one.before, one.after):
            assert value is None or tomllib.loads(f"x = {value}")
