"""Amounts of time as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.rulebook import format_duration, parse_duration


@given(seconds=st.integers(0, 10**12))
def test_what_is_written_is_read_back(seconds):
    amount = timedelta(seconds=seconds)
    assert parse_duration(format_duration(amount)) == amount


@given(
    days=st.integers(0, 400),
    hours=st.integers(0, 99),
    minutes=st.integers(0, 99),
    seconds=st.integers(0, 99),
)
def test_the_units_add_up(days, hours, minutes, seconds):
    amount = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    assert parse_duration(f"{days}d{hours}h{minutes}m{seconds}s") == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15m", timedelta(minutes=15)),
        ("4h", timedelta(hours=4)),
        ("1h30m", timedelta(minutes=90)),
        ("90m", timedelta(minutes=90)),
        ("2d", timedelta(hours=48)),
        ("1d1s", timedelta(seconds=86_401)),
        (" 30s ", timedelta(seconds=30)),
        ("0s", timedelta(0)),
    ],
)
def test_what_is_read(text, amount):
    assert parse_duration(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "15",
        "m",
        "15 m",
        "15M",
        "-5m",
        "+5m",
        "1.5h",
        "30m1h",
        "1h1h",
        "1w",
        "4h!",
        "4h\n5",
        "∞",
    ],
)
def test_what_is_refused(text):
    with pytest.raises(ValueError, match="with its unit"):
        parse_duration(text)


def test_more_than_can_be_counted_is_refused():
    with pytest.raises(ValueError, match="more time than can be counted"):
        parse_duration("9" * 30 + "d")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (timedelta(minutes=15), "15m"),
        (timedelta(hours=4), "4h"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(days=2, seconds=1), "48h1s"),
        (timedelta(0), "0s"),
    ],
)
def test_what_is_written(amount, text):
    assert format_duration(amount) == text


@pytest.mark.parametrize("amount", [timedelta(seconds=-1), timedelta(microseconds=1)])
def test_what_cannot_be_written(amount):
    with pytest.raises(ValueError, match="whole seconds"):
        format_duration(amount)
