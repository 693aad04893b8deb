"""Budgets as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given

from ticketrules.rulebook import format_budget, parse_budget
from ticketrules.sla import CalendarTime, PromisedTime, SameServiceDay, ServiceTime, WorkingDays
from ticketrules.verification.strategies.targets import budgets


@given(budget=budgets())
def test_what_is_written_is_read_back(budget):
    assert parse_budget(format_budget(budget)) == budget


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("15m", ServiceTime(timedelta(minutes=15))),
        ("4h", ServiceTime(timedelta(hours=4))),
        ("24h around the clock", CalendarTime(timedelta(hours=24))),
        ("2 working days", WorkingDays(2)),
        ("1 working day", WorkingDays(1)),
        ("opening after 2 working days", WorkingDays(2, at_opening=True)),
        (
            "2 working days on which the desk opens",
            WorkingDays(2, closed_days_count=False),
        ),
        ("end of service day", SameServiceDay()),
        ("promised time", PromisedTime()),
    ],
)
def test_what_is_read(text, budget):
    assert parse_budget(text) == budget


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("15", "did you mean '15m'?"),
        ("15 minutes", "did you mean '15m'?"),
        ("end of day", "did you mean 'end of service day'?"),
        ("", "a budget is meant"),
        ("2 working weeks", "did you mean '2 working days'?"),
        ("opening after", "a budget is meant"),
        ("opening after 2 days", "did you mean '2 working days'?"),
        ("around the clock", "a budget is meant"),
        ("9" * 30 + "h", "more time than can be counted"),
    ],
)
def test_what_is_refused(text, says):
    with pytest.raises(ValueError, match=r"budget|working days|more time") as caught:
        parse_budget(text)
    assert says in str(caught.value)


def test_a_hosts_own_kind_cannot_be_written():
    with pytest.raises(ValueError, match="a host's own"):
        format_budget(object())
