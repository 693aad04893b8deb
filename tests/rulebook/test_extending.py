"""A policy that says only what differs, from text or from plain values."""

import tomllib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from ticketrules.calendar import DatedHours, ServiceHours, WeekdayHours
from ticketrules.errors import PolicyError
from ticketrules.rulebook import Policy, dump_policy, load_policy, policy_mapping
from ticketrules.sla import Promises
from ticketrules.verification.strategies import policies

SILVER = load_policy('name = "silver"\n[promises]\nfirst_response = "30m"\nnext_reply = "8h"')
patient = settings(deadline=None, max_examples=50)


class TestExtends:
    def test_the_marketplace_is_what_everything_extends(self):
        assert load_policy('extends = "marketplace"') == load_policy("") == Policy()

    def test_what_is_left_out_is_the_bases(self):
        gold = load_policy(
            'extends = "silver"\nname = "gold"\npromises.first_response = "5m"', bases=[SILVER]
        )
        assert gold.promises == Promises(
            first_response=timedelta(minutes=5), next_reply=timedelta(hours=8)
        )

    def test_a_base_that_is_not_known(self):
        with pytest.raises(PolicyError) as caught:
            load_policy('name = "gold"\nextends = "silvr"', "gold.toml", bases=[SILVER])
        assert str(caught.value) == (
            "gold.toml:2: extends: no policy 'silvr' is known; known are 'marketplace', 'silver';"
            " did you mean 'silver'?"
        )

    def test_two_bases_of_one_name_are_told_apart_by_nothing(self):
        other = load_policy('name = "silver"\npromises.first_response = "1m"')
        assert load_policy('extends = "silver"', bases=[SILVER, SILVER]) == SILVER
        with pytest.raises(PolicyError, match="two different policies among the bases are called"):
            load_policy('extends = "silver"', bases=[SILVER, other])
        with pytest.raises(TypeError, match="bases must be policies, not str"):
            load_policy('extends = "silver"', bases=["silver"])

    def test_a_contradiction_with_the_base(self):
        late = load_policy('name = "late"\n[waiting]\nreminder_after_days = "6 working days"')
        with pytest.raises(PolicyError, match=r"^p.toml:3: waiting.feedback_lapses_after_days: "):
            load_policy(
                'extends = "late"\n[waiting]\nfeedback_lapses_after_days = "5 working days"',
                "p.toml",
                bases=[late],
            )

    def test_none_takes_back_what_the_base_set(self):
        base = load_policy('name = "b"\n[service_hours]\nmakeup_hours = ["09:00-12:00"]')
        text = dump_policy(Policy(name="b"), extends=base)
        assert 'makeup_hours = "none"' in text
        assert load_policy(text, bases=[base]) == Policy(name="b")

    @patient
    @given(policy=policies(), base=policies())
    def test_what_differs_is_enough(self, policy, base):
        if base.name == "marketplace" or not base.name.strip():
            return
        text = dump_policy(policy, extends=base)
        assert load_policy(text, bases=[base]) == policy

    def test_a_table_with_nothing_but_tables_of_its_own_has_no_line(self):
        own = ServiceHours(
            weekdays=WeekdayHours(mon=("09:00-12:00",)),
            exceptions=(DatedHours(on=date(2026, 5, 4), is_open=False, name="盘点"),),
        )
        policy = Policy(name="own", service_hours=own)
        text = dump_policy(policy, extends=Policy())
        assert text.splitlines() == [
            'extends = "marketplace"',
            'name = "own"',
            "",
            "[[service_hours.exceptions]]",
            "on = 2026-05-04",
            "is_open = false",
            "hours = []",
            'name = "盘点"',
            "",
            "[service_hours.weekdays]",
            "# 3.1: windows of a working Monday, where they are not those of hours",
            'mon = ["09:00-12:00"]',
        ]
        assert load_policy(text) == policy

    def test_what_is_at_the_top_comes_first(self):
        policy = Policy(name="own", effective_from=date(2026, 7, 1), retroactive=True)
        assert dump_policy(policy, extends=Policy()).splitlines() == [
            'extends = "marketplace"',
            'name = "own"',
            "# the first date on which it is in force",
            "effective_from = 2026-07-01",
            "# whether it also rules the tickets that were open when it came",
            "retroactive = true",
        ]
        assert policy_mapping(policy)["effective_from"] == date(2026, 7, 1)
        assert policy_mapping(policy)["retroactive"] is True
        assert not {"effective_from", "retroactive", "targets"} & policy_mapping(Policy()).keys()

    def test_nothing_differs(self):
        assert dump_policy(SILVER, extends=SILVER) == 'extends = "silver"\nname = "silver"\n'


class TestMappings:
    @patient
    @given(policy=policies())
    def test_plain_values_come_back(self, policy):
        assert load_policy(policy_mapping(policy)) == policy

    def test_they_are_what_the_toml_has(self):
        assert policy_mapping(Policy()) == tomllib.loads(dump_policy(Policy()))

    def test_errors_have_no_line(self):
        with pytest.raises(PolicyError, match=r"^p: promises.next_reply: an amount"):
            load_policy({"promises": {"next_reply": 4}}, "p")

    def test_a_date_may_be_a_text(self):
        value = {"service_hours": {"exceptions": ({"on": "2026-05-04", "is_open": False},)}}
        (found,) = load_policy(value).service_hours.exceptions
        assert found == DatedHours(on=found.on, is_open=False)


class TestHours:
    """What 3.1 leaves to a host: single weekdays and single dates."""

    POLICY = load_policy("""
        [service_hours]
        weekdays.fri = ["09:00-12:00"]
        [[service_hours.exceptions]]
        on = 2026-03-04
        is_open = false
        name = "盘点"
        [[service_hours.exceptions]]
        on = 2026-03-07
        is_open = true
        hours = ["10:00-11:00"]
    """)

    @pytest.mark.parametrize(
        ("day", "windows"),
        [
            (2, ["09:00-18:00"]),
            (4, []),
            (6, ["09:00-12:00"]),
            (7, ["10:00-11:00"]),
            (8, []),
        ],
    )
    def test_each_day_has_its_windows(self, day, windows):
        calendar = self.POLICY.calendar()
        start = datetime(2026, 3, day, tzinfo=calendar.zone)
        found = [
            f"{opens:%H:%M}-{closes:%H:%M}"
            for opens, closes in calendar.windows(start, start + timedelta(days=1))
        ]
        assert found == windows

    def test_a_week_of_single_days_only(self):
        policy = load_policy('service_hours = { hours = [], weekdays.mon = ["09:00-10:00"] }')
        assert policy.calendar()

    def test_a_desk_that_never_opens(self):
        with pytest.raises(PolicyError, match="never opens"):
            load_policy("service_hours.hours = []")

    def test_closures_close_the_extended_hours_too(self):
        policy = load_policy("""
            [service_hours]
            extended_hours = ["18:00-20:00"]
            [[service_hours.exceptions]]
            on = 2026-03-04
            is_open = false
        """)
        calendar = policy.service_hours.extended_calendar()
        at = datetime(2026, 3, 4, 19, tzinfo=policy.calendar().zone)
        assert not calendar.is_open(at)
        assert calendar.is_open(at + timedelta(days=1))
