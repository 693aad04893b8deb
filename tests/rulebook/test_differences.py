"""What two policies say differently, by clause."""

import tomllib
from datetime import date
from functools import cache

from hypothesis import given, settings

from ticketrules.calendar import DatedHours, ServiceHours, WeekdayHours
from ticketrules.rulebook import Policy, diff_policies, load_policy
from ticketrules.verification.strategies import policies


@cache
def difference():
    """From the marketplace's policy to a host's."""
    host = load_policy("""
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
    return diff_policies(Policy(), host)


def test_it_is_told_by_clause():
    assert [(one.clause, one.key, one.before, one.after) for one in difference().changes[2:]] == [
        ("8.1", "promises.first_response", '"15m"', '"5m"'),
        ("8.3", "promises.next_reply", '"4h"', '"2h"'),
        ("9.1", "waiting.reminder_after_days", '"2 working days"', '"1 working day"'),
    ]
    assert [one.key for one in difference().changes[:2]] == ["name", "notices.2027"]
    assert list(difference().by_clause()) == [None, "8.1", "8.3", "9.1"]


def test_it_reads_in_both_languages():
    assert '8.1 first response: promises.first_response: "15m" -> "5m"' in str(difference())
    assert '8.1 首次响应：promises.first_response："15m" → "5m"' in difference().text.zh
    assert "notices.2027: not set -> { year = 2027" in str(difference())


def test_a_notebook_gets_a_table_that_is_safe():
    html = difference()._repr_html_()
    assert html.count("<tr>") == len(difference().changes) + 1
    assert "<b>" not in html
    assert "8.1 首次响应" in html
    for words in ("clause 条款", "setting 设置", "marketplace →", "notices.2027", "—"):
        assert words in html


def test_by_clause_nothing_is_lost():
    found = difference().by_clause()
    assert sum(found.values(), ()) == difference().changes
    assert all(one.clause == clause for clause, changes in found.items() for one in changes)


def test_the_same_has_no_difference():
    same = diff_policies(Policy(), Policy())
    assert not same
    assert str(same) == "marketplace -> marketplace\nthey say the same"


def changes(before, after):
    """What differs in the service hours alone."""
    policies = (Policy(service_hours=hours) for hours in (before, after))
    return [(one.key, one.before, one.after) for one in diff_policies(*policies).changes]


class TestLists:
    """A list is a value, an empty one too; a list of tables differs table by table."""

    CLOSED = DatedHours(on=date(2026, 3, 4), is_open=False)
    CLOSED_LATE = DatedHours(on=date(2026, 3, 4), is_open=False, hours=("17:00-18:00",))
    OTHER = DatedHours(on=date(2026, 3, 5), is_open=False)
    TOLD = '{ on = 2026-03-04, is_open = false, hours = [], name = "" }'

    def test_no_hours_are_not_the_same_as_none_set(self):
        assert changes(ServiceHours(), ServiceHours(makeup_hours=())) == [
            ("service_hours.makeup_hours", None, "[]")
        ]
        week = WeekdayHours(mon=("09:00-10:00",))
        assert changes(ServiceHours(weekdays=week), ServiceHours(hours=(), weekdays=week)) == [
            ("service_hours.hours", '["09:00-18:00"]', "[]")
        ]

    def test_one_more_and_one_less(self):
        one = ServiceHours(exceptions=(self.CLOSED,))
        key = "service_hours.exceptions.2026-03-04"
        assert changes(ServiceHours(), one) == [(key, None, self.TOLD)]
        assert changes(one, ServiceHours()) == [(key, self.TOLD, None)]

    def test_a_second_one_of_the_same_name_is_not_lost(self):
        one = ServiceHours(exceptions=(self.CLOSED,))
        two = ServiceHours(exceptions=(self.CLOSED, self.OTHER, self.CLOSED))
        assert [key for key, _before, _after in changes(one, two)] == [
            "service_hours.exceptions.2026-03-05",
            "service_hours.exceptions.2026-03-04[1]",
        ]
        assert len(changes(one, ServiceHours(exceptions=(self.CLOSED_LATE, self.CLOSED)))) == 2

    def test_a_third_one_has_its_place(self):
        three = ServiceHours(exceptions=(self.CLOSED, self.CLOSED_LATE, self.CLOSED))
        assert [key for key, _before, _after in changes(ServiceHours(), three)] == [
            "service_hours.exceptions.2026-03-04",
            "service_hours.exceptions.2026-03-04[1]",
            "service_hours.exceptions.2026-03-04[2]",
        ]

    def test_what_is_new_does_not_change_the_order_of_what_is_old(self):
        there = ServiceHours(exceptions=(self.CLOSED,))
        back = ServiceHours(exceptions=(self.OTHER, self.CLOSED))
        assert [key for key, *_ in changes(there, back)] == ["service_hours.exceptions.2026-03-05"]
        assert [key for key, *_ in changes(back, there)] == ["service_hours.exceptions.2026-03-05"]

    def test_another_order_is_a_change(self):
        there = ServiceHours(exceptions=(self.CLOSED, self.OTHER))
        back = ServiceHours(exceptions=(self.OTHER, self.CLOSED))
        assert changes(there, back) == [
            (
                "service_hours.exceptions",
                '["2026-03-04", "2026-03-05"]',
                '["2026-03-05", "2026-03-04"]',
            )
        ]


def test_exceptions_are_of_one_clause_however_they_change():
    one, two, turned = (
        Policy(service_hours=ServiceHours(exceptions=exceptions))
        for exceptions in (
            (TestLists.CLOSED,),
            (TestLists.CLOSED, TestLists.OTHER),
            (TestLists.OTHER, TestLists.CLOSED),
        )
    )
    ways = (one, two), (two, one), (two, turned)
    assert [[one.clause for one in diff_policies(*way).changes] for way in ways] == [["3.1"]] * 3


def test_a_target_s_change_is_of_the_target_s_clause():
    host = load_policy("""
        [[targets]]
        id = "next_reply"
        budget = "3h"
        [[targets]]
        id = "own"
        clause = "8.1"
        budget = "1h"
        starts = ["submitted"]
        stops = ["public_answer"]
    """)
    assert [(one.clause, one.key) for one in diff_policies(Policy(), host).changes] == [
        ("8.1", "targets.own"),
        ("8.3", "targets.next_reply"),
    ]


def test_one_change_reads_as_a_line():
    change = difference().changes[2]
    assert str(change) == '8.1 first response: promises.first_response: "15m" -> "5m"'
    assert str(difference().changes[0]) == 'in general: name: "marketplace" -> "<b>host</b>"'
    assert difference().changes[0].text.zh == '总体：name："marketplace" → "<b>host</b>"'
    assert difference().changes[1].text.zh.startswith("总体：notices.2027：未设置 → { year")


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
