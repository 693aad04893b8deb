"""How a log writes its times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ticketrules.logs.times import Instants, TimeFormat, parser

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
FORMATS = [
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%m/%d/%y %H:%M",
    "%Y%m%d%H%M%S",
    "%Y年%m月%d日 %H:%M",
    "%d%m%Y",
    "%H:%M %d.%m.%Y",
    "%Y-%m-%d %H:%M:%S.%f",
    "%d %b %Y %I:%M %p",
    "%Y %j",
    "%Y-%m-%d %M",
]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


class TestFormats:
    @pytest.mark.parametrize("form", FORMATS)
    @settings(deadline=None)
    @given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)))  # noqa: DTZ001
    def test_a_time_is_read_as_strptime_reads_it(self, form: str, time: datetime) -> None:
        text = time.strftime(form)
        expected = datetime.strptime(text, form).replace(tzinfo=UTC)
        read = parser(TimeFormat(form, ZoneInfo("UTC")))
        assert read(text) == expected
        assert read(text) == expected

    @pytest.mark.parametrize("form", FORMATS)
    @settings(deadline=None)
    @given(st.text("0123456789/-: .年APMJanFeb", max_size=20))
    @example("9/8/2016 1:2")
    @example("2016-02-30 10:00")
    @example("2016-02- 9 10:00")
    @example("1112016")
    @example("02/30/16 10:00")
    def test_and_refused_where_strptime_refuses_it(self, form: str, text: str) -> None:
        read = parser(TimeFormat(form, ZoneInfo("UTC")))
        try:
            expected = datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            with pytest.raises(ValueError, match="is not a time like"):
                read(text)
        else:
            assert read(text) == expected

    @pytest.mark.parametrize(
        ("form", "text", "expected"),
        [
            ("%d/%m/%Y %H:%M", "13/02/2026 09:05", utc(2026, 2, 13, 9, 5)),
            ("%m/%d/%y %H:%M", "02/13/26 09:05", utc(2026, 2, 13, 9, 5)),
            ("%m/%d/%y", "12/31/68", utc(2068, 12, 31)),
            ("%m/%d/%y", "01/01/69", utc(1969, 1, 1)),
            ("%Y-%m-%d %M", "2026-02-13 05", utc(2026, 2, 13, 0, 5)),
            ("%Y-%m-%d %H:%M:%S.%f", "2026-02-13 09:05:06.5", utc(2026, 2, 13, 9, 5, 6, 500_000)),
            ("%d %b %Y %I:%M %p", "13 Feb 2026 09:05 PM", utc(2026, 2, 13, 21, 5)),
            ("%Y %j", "2026 044", utc(2026, 2, 13)),
        ],
    )
    def test_a_time_of_each_kind(self, form: str, text: str, expected: datetime) -> None:
        assert parser(TimeFormat(form, ZoneInfo("UTC")))(text) == expected

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("%d/%m/%Y %H:%M", "30/02/2026 09:05"),
            ("%d/%m/%Y %H:%M", "13-02-2026 09:05"),
            ("%m/%d/%y", "02/30/26"),
            ("%m/%d/%y", "2/13"),
            ("%d %b %Y", "13 Fub 2026"),
        ],
    )
    def test_a_time_that_is_none_of_its_kind(self, form: str, text: str) -> None:
        with pytest.raises(ValueError, match=f" is not a time like {form}$"):
            parser(TimeFormat(form, ZoneInfo("UTC")))(text)

    @settings(deadline=None)
    @given(
        st.lists(st.sampled_from(["2016-02-", "9", "8", "2016-02-09", "10:00", "09 10:00", " "]))
    )
    def test_what_was_read_before_makes_no_difference(self, words: list[str]) -> None:
        times = TimeFormat("%Y-%m-%d %H:%M", SHANGHAI)
        seasoned = parser(times)
        for first in words:
            for text in (f"{first} {second}" for second in words):
                assert outcome(seasoned, text) == outcome(parser(times), text)

    @pytest.mark.parametrize(
        ("form", "text", "expected"),
        [
            ("iso", "2026-02-13T09:05:00+08:00", utc(2026, 2, 13, 1, 5)),
            ("iso", "2026-02-13T01:05:00Z", utc(2026, 2, 13, 1, 5)),
            ("unix", "1770944700", utc(2026, 2, 13, 1, 5)),
            ("unix", "1770944700.25", utc(2026, 2, 13, 1, 5, 0, 250_000)),
            ("unix", "-1.5", utc(1969, 12, 31, 23, 59, 58, 500_000)),
            ("unix_ms", "1770944700250", utc(2026, 2, 13, 1, 5, 0, 250_000)),
            ("%d %b %Y %H:%M %z", "13 Feb 2026 09:05 +0800", utc(2026, 2, 13, 1, 5)),
        ],
    )
    def test_a_time_with_its_offset_needs_no_zone(
        self, form: str, text: str, expected: datetime
    ) -> None:
        assert parser(TimeFormat(form))(text) == expected

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("iso", "13.2.2026"),
            ("iso", "2026-02-13T09:05:00"),
            ("iso", "0001-01-01T00:00:00+08:00"),
            ("unix", "1e9"),
            ("unix", "999999999999999"),
            ("unix", ""),
            ("unix_ms", "-"),
            ("%d %b %Y %z", "13 Feb 2026"),
            ("%d %b %Y %z", "01 Jan 0001 +0800"),
        ],
    )
    def test_anything_else_is_refused(self, form: str, text: str) -> None:
        with pytest.raises(ValueError, match=r"not a|no offset|outside"):
            parser(TimeFormat(form))(text)

    def test_a_long_value_is_not_shown(self) -> None:
        with pytest.raises(ValueError, match=r"^a value of 41 characters is not"):
            parser(TimeFormat("iso"))("x" * 41)


def outcome(read: object, text: str) -> object:
    try:
        return read(text)  # type: ignore[operator]
    except ValueError as error:
        return str(error)


class TestZones:
    @settings(deadline=None)
    @given(
        st.datetimes(datetime(1900, 1, 2), datetime(2037, 12, 30)),  # noqa: DTZ001
        st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
    )
    @example(datetime(1991, 9, 15, 0, 30), "Asia/Shanghai")  # noqa: DTZ001
    def test_the_instant_shows_that_wall_time_there(self, time: datetime, zone: str) -> None:
        there = ZoneInfo(zone)
        read = parser(TimeFormat("%Y-%m-%d %H:%M:%S.%f", there, "earlier", "shift"))
        text = time.isoformat(" ", "microseconds")
        instant = read(text)
        assert instant == read(text) == time.replace(tzinfo=there).astimezone(UTC)

    def test_the_hour_that_comes_twice(self) -> None:
        text, form = "2025-10-26 02:30", "%Y-%m-%d %H:%M"
        with pytest.raises(ValueError, match="comes twice in Europe/Berlin"):
            parser(TimeFormat(form, BERLIN))(text)
        assert parser(TimeFormat(form, BERLIN, "earlier"))(text) == utc(2025, 10, 26, 0, 30)
        assert parser(TimeFormat(form, BERLIN, "later"))(text) == utc(2025, 10, 26, 1, 30)

    def test_the_hour_that_never_comes(self) -> None:
        text, form = "2025-03-30 02:30", "%Y-%m-%d %H:%M"
        with pytest.raises(ValueError, match="does not exist in Europe/Berlin"):
            parser(TimeFormat(form, BERLIN, "earlier"))(text)
        shifted = parser(TimeFormat(form, BERLIN, nonexistent="shift"))(text)
        assert shifted.astimezone(BERLIN).strftime("%H:%M") == "03:30"

    def test_the_other_hours_of_such_a_day_are_plain(self) -> None:
        read = parser(TimeFormat("%Y-%m-%d %H:%M", BERLIN))
        assert read("2025-10-26 01:00") == utc(2025, 10, 25, 23)
        assert read("2025-10-26 04:00") == utc(2025, 10, 26, 3)
        with pytest.raises(ValueError, match="comes twice"):
            read("2025-10-26 02:00")

    @pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59"])
    @pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
    def test_the_ends_of_time(self, text: str, zone: str) -> None:
        read = parser(TimeFormat("%Y-%m-%d %H:%M", ZoneInfo(zone)))
        try:
            assert abs(read(text).replace(tzinfo=None) - datetime.fromisoformat(text)) < timedelta(
                days=1
            )
        except ValueError as error:
            assert "outside the years 2 to 9998" in str(error)  # noqa: PT017


class TestInstants:
    def test_blanks_around_a_time_are_ignored(self) -> None:
        instants = Instants(TimeFormat("%Y-%m-%d", SHANGHAI))
        assert instants["\t2026-02-13 "] == instants["2026-02-13"] == utc(2026, 2, 12, 16)
        assert len(instants) == 2
