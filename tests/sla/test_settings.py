"""The numbers of 8, 7.1 and 9 as settings: a slip in one is told by its name where it is made."""

from datetime import timedelta

import pytest
from attrs import fields

from ticketrules.clauses import CLAUSES
from ticketrules.sla import Promises, Waiting
from ticketrules.sla.settings import LONGEST_PROMISE, LONGEST_WAIT_DAYS

AMOUNTS = ("first_response", "resolution_commitment", "next_reply")
DAYS = ("reminder_after_days", "feedback_lapses_after_days", "confirmation_lapses_after_days")
SECOND = timedelta(seconds=1)


class TestAmounts:
    """8.1 to 8.3: an amount of service time, more than nothing and at most a thousand days."""

    @pytest.mark.parametrize("name", AMOUNTS)
    @pytest.mark.parametrize("value", [15, "15m", None, True])
    def test_nothing_else_is_one(self, name, value):
        with pytest.raises(TypeError, match=f"^{name} must be a timedelta, not {value!r}$"):
            Promises(**{name: value})

    @pytest.mark.parametrize("name", AMOUNTS)
    @pytest.mark.parametrize("value", [timedelta(0), -SECOND])
    def test_more_than_nothing(self, name, value):
        with pytest.raises(ValueError, match=f"^{name} must be more than nothing, got {value}$"):
            Promises(**{name: value})

    @pytest.mark.parametrize("name", AMOUNTS)
    def test_at_most_a_thousand_days(self, name):
        assert getattr(Promises(**{name: LONGEST_PROMISE}), name) == timedelta(days=1000)
        with pytest.raises(ValueError, match=f"^{name} must be at most 1000 days, got 1000 days"):
            Promises(**{name: LONGEST_PROMISE + SECOND})


class TestDays:
    """9: a whole number of working days, from one to a thousand."""

    @pytest.mark.parametrize("name", DAYS)
    @pytest.mark.parametrize("value", [True, 2.0, "2", None])
    def test_nothing_else_is_one(self, name, value):
        with pytest.raises(TypeError, match=f"^{name} must be a whole number, not {value!r}$"):
            Waiting(**{name: value})

    @pytest.mark.parametrize("name", DAYS)
    @pytest.mark.parametrize("value", [0, -1])
    def test_more_than_nothing(self, name, value):
        with pytest.raises(ValueError, match=f"^{name} must be more than nothing, got {value}$"):
            Waiting(**{name: value})

    @pytest.mark.parametrize("name", DAYS[1:])
    def test_at_most_a_thousand(self, name):
        assert getattr(Waiting(**{name: LONGEST_WAIT_DAYS}), name) == 1000
        with pytest.raises(ValueError, match=f"^{name} must be at most 1000 working days"):
            Waiting(**{name: LONGEST_WAIT_DAYS + 1})

    def test_a_reminder_comes_no_later_than_the_lapse_it_announces(self):
        assert Waiting(reminder_after_days=7).reminder_after_days == 7
        told = r"^reminder_after_days \(8\) must not come after feedback_lapses_after_days \(7\)"
        with pytest.raises(ValueError, match=told):
            Waiting(reminder_after_days=8)


class TestFlags:
    """6.4, 7.1, 9.2: True or False, and nothing that only looks like it."""

    @pytest.mark.parametrize("value", [1, 0, "yes", None])
    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            (Promises, "same_day_resolution"),
            (Promises, "platform_time_counts"),
            (Waiting, "closed_days_count"),
        ],
    )
    def test_nothing_else_is_one(self, kind, name, value):
        with pytest.raises(TypeError, match=f"^{name} must be True or False, not {value!r}$"):
            kind(**{name: value})


@pytest.mark.parametrize("kind", [Promises, Waiting])
def test_each_names_its_clause_and_says_what_it_is(kind):
    for one in fields(kind):
        assert one.metadata["clause"] in CLAUSES
        assert one.metadata["doc"]
        assert (one.metadata.get("unit") == "working days") is one.name.endswith("_days")
