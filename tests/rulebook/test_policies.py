"""The policy as a value and as TOML."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import files

import pytest
from attrs import fields, has
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings

from ticketrules.calendar import DayKind, WeekdayHours
from ticketrules.clauses import CLAUSES
from ticketrules.errors import PolicyError
from ticketrules.rulebook import (
    Policy,
    diff_policies,
    dump_policy,
    load_policy,
    policy_mapping,
)
from ticketrules.rulebook.dumping import settings_page
from ticketrules.sla import Promises, Waiting
from ticketrules.verification.strategies import policies

patient = settings(deadline=None)
"""A busy machine is no failure."""

MARKETPLACE = files("ticketrules.rulebook").joinpath("marketplace.toml").read_bytes().decode()

SECTIONS = [section for section in fields(Policy) if has(type(getattr(Policy(), section.name)))]
SETTINGS = [
    pytest.param(setting, id=f"{section.name}.{setting.name}")
    for section in SECTIONS
    for setting in fields(type(getattr(Policy(), section.name)))
]


class TestRoundTrip:
    """What is dumped is loaded as an equal value."""

    @patient
    @given(policy=policies())
    def test_any_policy_comes_back(self, policy):
        text = dump_policy(policy)
        again = load_policy(text)
        assert again == policy
        assert dump_policy(again) == text

    def test_the_packaged_file_is_the_default_policy(self):
        assert dump_policy(Policy()) == MARKETPLACE
        assert load_policy(MARKETPLACE) == Policy()

    def test_each_dumped_setting_has_its_clause_above_it(self):
        lines = MARKETPLACE.splitlines()
        for number, line in enumerate(lines):
            if " = " in line and not line.startswith(("#", "name")):
                clause = lines[number - 1].removeprefix("# ").split(":")[0]
                assert clause in CLAUSES

    def test_an_empty_text_is_the_marketplace(self):
        assert load_policy("") == Policy()

    def test_what_is_left_out_stays_the_marketplaces(self):
        policy = load_policy('name = "night desk"\n[promises]\nfirst_response = "1h30m"\n')
        assert policy == Policy(
            name="night desk", promises=Promises(first_response=timedelta(minutes=90))
        )

    def test_a_byte_order_mark_is_no_part_of_it(self):
        assert load_policy("\ufeff" + MARKETPLACE) == Policy()
        assert load_policy('\ufeffname = "x"').name == "x"

    def test_line_ends_of_windows_are_read(self):
        assert load_policy(MARKETPLACE.replace("\n", "\r\n")) == Policy()

    @pytest.mark.parametrize(
        "name",
        ['"quoted"', "back\\slash", "line\nbreak", "\x00\x1f\x7f", "云市场", "# no comment"],
    )
    def test_awkward_names_come_back(self, name):
        assert load_policy(dump_policy(Policy(name=name))).name == name

    def test_a_fraction_of_a_second_cannot_be_written(self):
        policy = Policy(promises=Promises(next_reply=timedelta(milliseconds=1)))
        told = r"^promises\.next_reply: 0:00:00\.001000 cannot be written in whole seconds$"
        for write in (dump_policy, policy_mapping, partial(diff_policies, Policy())):
            with pytest.raises(PolicyError, match=told):
                write(policy)

    def test_notices_come_back_and_count(self):
        text = """
            [[notices]]
            year = 2027
            source = "invented for the tests"
            [[notices.holidays]]
            name = "元旦"
            dates = ["2027-01-01/2027-01-02"]
            [[notices.makeup_days]]
            name = "元旦"
            name_en = "New Year's Day"
            dates = [2027-01-03]
        """
        policy = load_policy(text)
        assert load_policy(dump_policy(policy)) == policy
        calendar = policy.calendar()
        assert calendar.day(date(2027, 1, 2)).kind is DayKind.HOLIDAY
        assert calendar.day(date(2027, 1, 3)).kind is DayKind.MAKEUP_WORKDAY
        assert not calendar.day(date(2027, 1, 3)).provisional


class TestSettings:
    """Every setting says which clause it belongs to and what it does."""

    @pytest.mark.parametrize("setting", SETTINGS)
    def test_a_setting_has_a_clause_and_a_sentence(self, setting):
        assert setting.metadata["clause"] in CLAUSES
        assert len(setting.metadata["doc"].split()) > 2

    def test_every_section_is_found(self):
        assert [section.name for section in SECTIONS] == [
            "service_hours",
            "promises",
            "waiting",
            "routing",
            "tendency",
            "replies",
            "redaction",
        ]
        assert list(tomllib.loads(MARKETPLACE)) == ["name", *(one.name for one in SECTIONS)]

    def test_the_numbers_are_the_rulebooks(self):
        policy = Policy()
        assert policy.promises == Promises(
            first_response=timedelta(minutes=15),
            resolution_commitment=timedelta(minutes=30),
            next_reply=timedelta(hours=4),
            same_day_resolution=True,
            platform_time_counts=False,
        )
        assert policy.waiting == Waiting(
            reminder_after_days=2, feedback_lapses_after_days=7, confirmation_lapses_after_days=3
        )
        assert policy.service_hours.hours == ("09:00-18:00",)
        assert (policy.service_hours.zone, policy.service_hours.days) == ("Asia/Shanghai", "CN")

    def test_a_notebook_shows_each_with_its_clause_and_meaning(self):
        page = Policy(effective_from=date(2026, 7, 1))._repr_html_()
        rows = page.count("<tr>") - 1
        assert rows == len(SETTINGS) + len(fields(WeekdayHours)) - 1 + len(("effective_from",))
        for words in ("promises.first_response", "8.1", "service_hours.weekdays.mon", "2026-07-01"):
            assert words in page
        assert "retroactive" not in page

    def test_the_page_has_a_row_for_each_setting(self):
        page = settings_page(Policy(name="own", retroactive=True))
        (table,) = page.tables
        assert (page.headline, table.title) == ("own", "settings")
        assert table.heads == ("clause", "setting", "value", "meaning")
        rows = {row[1]: row for row in table.rows}
        assert rows["promises.first_response"][:3] == (
            "8.1", "promises.first_response", '"15m"',
        )  # fmt: skip
        assert rows["promises.first_response"][3].startswith("service time")
        assert rows["service_hours.makeup_hours"][:3] == ("3.1", "service_hours.makeup_hours", "—")
        assert rows["retroactive"] == (
            "", "retroactive", "true",
            "whether it also rules the tickets that were open when it came",
        )  # fmt: skip
        assert rows["name"] == ("", "name", '"own"', "")

    def test_a_policy_is_a_value(self):
        assert Policy() == Policy()
        assert hash(Policy()) == hash(Policy())
        with pytest.raises(FrozenInstanceError):
            Policy().name = "another"  # type: ignore[misc]

    @pytest.mark.parametrize("amount", [timedelta(0), timedelta(seconds=-1), timedelta(days=1001)])
    @pytest.mark.parametrize("name", ["first_response", "resolution_commitment", "next_reply"])
    def test_no_promise_is_nothing_or_endless(self, name, amount):
        with pytest.raises(ValueError, match=name):
            Promises(**{name: amount})

    @pytest.mark.parametrize(
        ("kind", "name", "value"),
        [
            (Waiting, "reminder_after_days", 1.5),
            (Waiting, "feedback_lapses_after_days", True),
            (Waiting, "confirmation_lapses_after_days", "3"),
            (Promises, "first_response", 15),
            (Promises, "next_reply", None),
            (Promises, "same_day_resolution", "no"),
            (Promises, "platform_time_counts", 1),
            (Policy, "promises", None),
            (Policy, "waiting", Promises()),
            (Policy, "service_hours", {}),
            (Policy, "name", 5),
            (Policy, "effective_from", "2026-07-01"),
            (Policy, "effective_from", datetime(2026, 7, 1, tzinfo=UTC)),
            (Policy, "retroactive", None),
            (Policy, "notices", [1]),
            (Policy, "notices", (None,)),
            (Policy, "targets", [1]),
            (Policy, "targets", (None,)),
        ],
    )
    def test_a_value_of_another_type_is_named(self, kind, name, value):
        with pytest.raises(TypeError, match=f"^{name} must be "):
            kind(**{name: value})

    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("effective_from", 5, "effective_from must be a value of date or None, not of int"),
            ("retroactive", 1, "retroactive must be a value of bool, not of int"),
            ("waiting", None, "waiting must be a value of Waiting, not of NoneType"),
            ("targets", [], "targets must be a tuple of TargetSettings"),
            ("notices", [], "notices must be a tuple of Notice"),
        ],
    )
    def test_what_is_meant_is_told(self, name, value, told):
        with pytest.raises(TypeError, match=f"^{told}$"):
            Policy(**{name: value})

    @pytest.mark.parametrize("name", ["", " ", "\n"])
    def test_a_policy_has_a_name(self, name):
        with pytest.raises(ValueError, match=r"^name must not be blank$"):
            Policy(name=name)

    def test_the_reminder_comes_before_the_lapse_or_on_its_day(self):
        assert Waiting(reminder_after_days=7).reminder_after_days == 7
        assert Waiting(reminder_after_days=1, feedback_lapses_after_days=1)
        told = r"reminder_after_days \(9\) must not come after feedback_lapses_after_days \(7\)"
        with pytest.raises(ValueError, match=told):
            Waiting(reminder_after_days=9)

    @pytest.mark.parametrize("number", [0, -1, 1001])
    @pytest.mark.parametrize(
        "name", [setting.name for setting in fields(Waiting) if setting.type is int]
    )
    def test_no_wait_is_nothing_or_endless(self, name, number):
        with pytest.raises(ValueError, match=name):
            Waiting(**{name: number})
