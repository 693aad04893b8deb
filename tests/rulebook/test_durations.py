"""Amounts of time as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.rulebook import format_duration, parse_duration
from ticketrules.rulebook.durations import counted, format_counted


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


class TestWhatMayHaveBeenMeant:
    """A bare number, or one with its unit in words, tells what to write instead."""

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("15", "15m"),
            (" 15 ", "15m"),
            ("15 min", "15m"),
            ("15分钟", "15m"),
            ("15 Minutes", "15m"),
            ("2 days", "2d"),
            ("2天", "2d"),
            ("4 hrs", "4h"),
            ("4小时", "4h"),
            ("30 secs", "30s"),
            ("30秒", "30s"),
            ("123456789", "123456789m"),
        ],
    )
    def test_it_is_told(self, text, meant):
        with pytest.raises(
            ValueError, match=r"^an amount of time with its unit is meant"
        ) as caught:
            parse_duration(text)
        assert str(caught.value).endswith(
            f", such as '15m', '4h' or '1h30m'; did you mean {meant!r}?"
        )

    @pytest.mark.parametrize("text", ["1234567890", "1 week", "soon", "", "1.5h", "4 h 5 m"])
    def test_else_nothing_is(self, text):
        with pytest.raises(ValueError, match=r"such as '15m', '4h' or '1h30m'$"):
            parse_duration(text)


class TestCounted:
    """A number with what it counts."""

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("2 working days", 2),
            ("1 working day", 1),
            ("1 working days", 1),
            (" 10   working days ", 10),
            ("999999999 working days", 999_999_999),
        ],
    )
    def test_what_is_read(self, text, number):
        assert counted(text, "working days") == number

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("2", "; did you mean '2 working days'?"),
            ("1 day", "; did you mean '1 working day'?"),
            (" 3d", "; did you mean '3 working days'?"),
            ("2working days", "; did you mean '2 working days'?"),
            ("2 working dayss", "; did you mean '2 working days'?"),
            ("two working days", ""),
            ("２ working days", ""),  # full-width: nothing but ASCII digits is a number in a file
            ("", ""),
        ],
    )
    def test_what_is_refused(self, text, meant):
        with pytest.raises(ValueError, match="working days") as caught:
            counted(text, "working days")
        assert str(caught.value) == (
            f"a number of working days is meant, such as '2 working days'{meant}"
        )

    @pytest.mark.parametrize(
        ("number", "text"), [(0, "0 working days"), (1, "1 working day"), (2, "2 working days")]
    )
    def test_what_is_written(self, number, text):
        assert format_counted(number, "working days") == text
        assert counted(text, "working days") == number
