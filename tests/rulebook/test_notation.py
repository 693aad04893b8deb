"""Budgets as people write them."""

import re
from datetime import timedelta

import pytest
from hypothesis import given

from ticketrules.rulebook import format_budget, parse_budget
from ticketrules.rulebook.notation import budget_schema
from ticketrules.sla import CalendarTime, PromisedTime, SameServiceDay, ServiceTime, WorkingDays
from ticketrules.verification.strategies.targets import budgets


@given(budget=budgets())
def test_what_is_written_is_read_back(budget):
    assert parse_budget(format_budget(budget)) == budget


WRITTEN = pytest.mark.parametrize(
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


@WRITTEN
def test_what_is_read(text, budget):
    assert parse_budget(text) == budget


@WRITTEN
def test_what_is_written(text, budget):
    assert format_budget(budget) == text


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


@given(budget=budgets())
def test_an_editor_takes_what_is_written(budget):
    assert re.search(budget_schema()["pattern"], format_budget(budget))


@pytest.mark.parametrize(
    "text", ["15", "15 minutes", "end of day", "", "2 days", "m", "4h round the clock", "x 4h"]
)
def test_an_editor_refuses_what_is_refused(text):
    assert not re.search(budget_schema()["pattern"], text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "soon",
            (
                "a budget is meant, such as '4h' of service time, '24h around the clock',"
                " '2 working days', 'opening after 2 working days', 'end of service day'"
                " or 'promised time'"
            ),
        ),
        ("15 minutes", "a budget is meant, such as"),
        ("3 days on which the desk opens", "a number of working days is meant"),
        ("9" * 30 + "h around the clock", "that is more time than can be counted"),
    ],
)
def test_what_is_meant_is_told(text, told):
    with pytest.raises(ValueError, match=r"is meant|more time") as caught:
        parse_budget(text)
    assert str(caught.value).startswith(told)


def test_a_hosts_own_kind_cannot_be_written():
    with pytest.raises(ValueError, match=r"^object is a budget of a host's own"):
        format_budget(object())
