"""Which days mainland China works: the notices, the law where there is none, and names."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from workalendar.astronomy import solar_term

from ticketrules.calendar import DayKind, MainlandChina, ServiceHours
from ticketrules.calendar.projection import lunar, qingming, statutory_days
from ticketrules.errors import UnannouncedError

TRUTH = Path(__file__).parents[3] / "shared/data/holidays/truth_workday_2007_2026.csv"
SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = MainlandChina()


@pytest.fixture(scope="module")
def truth():
    if not TRUTH.is_file():
        pytest.skip("the truth file is not beside this checkout")
    with TRUTH.open(encoding="utf-8", newline="") as lines:
        return {
            date.fromisoformat(row["date"]): row["is_workday"] == "1"
            for row in csv.DictReader(lines)
        }


class TestTruthFile:
    """Every day of twenty years, as the State Council's notices have it."""

    def test_all_days_agree(self, truth):
        assert len(truth) == 7305
        assert [day for day, worked in truth.items() if CHINA.is_working_day(day) != worked] == []

    def test_kinds_agree_with_weekdays(self, truth):
        for day, worked in truth.items():
            kind = CHINA.kind(day)
            if worked:
                expected = DayKind.WORKDAY if day.weekday() < 5 else DayKind.MAKEUP_WORKDAY
                assert kind is expected
            else:
                assert kind in {DayKind.WEEKEND, DayKind.HOLIDAY}
                assert day.weekday() >= 5 or kind is DayKind.HOLIDAY

    def test_service_time_of_each_day(self, truth):
        calendar = ServiceHours().calendar()
        for day, worked in truth.items():
            start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
            hours = calendar.elapsed(start, start + timedelta(days=1))
            assert hours == timedelta(hours=9 if worked else 0)

    def test_working_days_counted(self, truth):
        calendar = ServiceHours().calendar()
        first, last = date(2007, 1, 1), date(2027, 1, 1)
        assert calendar.working_days_between(first, last) == sum(truth.values())


class TestKindsAndNames:
    """Every day has a kind, and a holiday or make-up day the holiday's name in two languages."""

    @pytest.mark.parametrize(
        ("day", "kind", "zh", "en"),
        [
            ("2026-10-01", DayKind.HOLIDAY, "国庆节", "National Day"),
            ("2026-10-10", DayKind.MAKEUP_WORKDAY, "国庆节", "National Day"),
            ("2026-02-14", DayKind.MAKEUP_WORKDAY, "春节", "Spring Festival"),
            ("2026-04-06", DayKind.HOLIDAY, "清明节", "Qingming Festival"),
            ("2025-10-06", DayKind.HOLIDAY, "中秋节", "Mid-Autumn Festival"),
            ("2020-01-31", DayKind.HOLIDAY, "春节", "Spring Festival"),
            (
                "2015-09-03",
                DayKind.HOLIDAY,
                "抗战胜利70周年纪念日",
                "70th anniversary of the victory",
            ),
            ("2005-12-31", DayKind.MAKEUP_WORKDAY, "元旦", "New Year's Day"),
        ],
    )
    def test_named_days(self, day, kind, zh, en):
        found = CHINA.day(date.fromisoformat(day))
        assert (found.kind, found.name.zh, found.name.en) == (kind, zh, en)
        assert found.is_working is (kind is DayKind.MAKEUP_WORKDAY)

    @pytest.mark.parametrize(
        ("day", "kind"), [("2026-03-04", DayKind.WORKDAY), ("2026-03-07", DayKind.WEEKEND)]
    )
    def test_ordinary_days_have_no_name(self, day, kind):
        found = CHINA.day(date.fromisoformat(day))
        assert (found.kind, found.name) == (kind, None)

    def test_a_holiday_of_one_year_only(self):
        found = CHINA.day(date(2015, 9, 3))
        assert (found.kind, found.name.en) == (DayKind.HOLIDAY, "70th anniversary of the victory")

    def test_labels(self):
        assert [kind.label for kind in DayKind] == ["工作日", "周末", "节假日", "调休上班"]

    def test_epidemic_extension_of_2020(self):
        """31 January and 1 February 2020 were added late, after other sources were made."""
        days = [date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2), date(2020, 2, 3)]
        assert [CHINA.is_working_day(day) for day in days] == [False, False, False, True]


class TestProjection:
    """Past the announced years: weekends, and the statutory days by the law of the year."""

    def statutory(self, year):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        return [d for d in days if d.year == year and CHINA.kind(d) is DayKind.HOLIDAY]

    def test_thirteen_days_of_2027(self):
        found = {(day.month, day.day): CHINA.day(day).name.zh for day in self.statutory(2027)}
        assert found == {
            (1, 1): "元旦",
            **dict.fromkeys([(2, 5), (2, 6), (2, 7), (2, 8)], "春节"),
            (4, 5): "清明节",
            **dict.fromkeys([(5, 1), (5, 2)], "劳动节"),
            (6, 9): "端午节",
            (9, 15): "中秋节",
            **dict.fromkeys([(10, 1), (10, 2), (10, 3)], "国庆节"),
        }

    def test_never_more_than_thirteen_and_fewer_only_where_festivals_meet(self):
        for year in range(2027, 2100):
            count = len(self.statutory(year))
            mid_autumn_in_october = count < 13
            assert count == 13 or (mid_autumn_in_october and count == 12), year

    @pytest.mark.parametrize(
        ("year", "count"), [(2003, 10), (2000, 10), (1999, 7), (1990, 7), (1950, 7)]
    )
    def test_earlier_laws(self, year, count):
        assert len(self.statutory(year)) == count

    @pytest.mark.parametrize(
        ("year", "spring", "rest"),
        [
            (1999, ["02-16", "02-17", "02-18"], ["05-01", "10-01", "10-02"]),
            (2007, ["02-18", "02-19", "02-20"],
             ["05-01", "05-02", "05-03", "10-01", "10-02", "10-03"]),
            (2008, ["02-06", "02-07", "02-08"],
             ["04-04", "05-01", "06-08", "09-14", "10-01", "10-02", "10-03"]),
            (2013, ["02-09", "02-10", "02-11"],
             ["04-04", "05-01", "06-12", "09-19", "10-01", "10-02", "10-03"]),
            (2014, ["01-31", "02-01", "02-02"],
             ["04-05", "05-01", "06-02", "09-08", "10-01", "10-02", "10-03"]),
            (2024, ["02-10", "02-11", "02-12"],
             ["04-04", "05-01", "06-10", "09-17", "10-01", "10-02", "10-03"]),
            (2025, ["01-28", "01-29", "01-30", "01-31"],
             ["04-04", "05-01", "05-02", "05-31", "10-01", "10-02", "10-03", "10-06"]),
            (2026, ["02-16", "02-17", "02-18", "02-19"],
             ["04-05", "05-01", "05-02", "06-19", "09-25", "10-01", "10-02", "10-03"]),
        ],
    )  # fmt: skip
    def test_the_law_of_the_year(self, year, spring, rest):
        """From the texts of 1949, 1999, 2007, 2013 and 2024, with the almanac's dates."""
        found = [f"{day:%m-%d}" for day in sorted(statutory_days(year))]
        assert found == sorted(["01-01", *spring, *rest])

    def test_the_first_and_the_last_year_of_the_tables(self):
        assert [qingming(year) for year in (1901, 2099)] == [date(1901, 4, 5), date(2099, 4, 4)]
        assert qingming(1903) == date(1903, 4, 6)
        assert date(2099, 1, 21) in statutory_days(2099)
        assert date(1901, 2, 19) in statutory_days(1901)

    @pytest.mark.parametrize(
        ("day", "kind"),
        [
            ("2029-01-01", DayKind.HOLIDAY),
            ("2029-01-02", DayKind.WORKDAY),
            ("2029-02-01", DayKind.WORKDAY),
            ("2029-02-13", DayKind.HOLIDAY),
        ],
    )
    def test_whichever_day_of_a_year_is_asked_for_first(self, day, kind):
        assert MainlandChina().kind(date.fromisoformat(day)) is kind

    def test_lunar_dates_by_their_older_name(self, monkeypatch):
        """Releases of lunardate before 0.3 have one name for the solar date, later ones another."""

        class Older:
            def __init__(self, *told):
                self.told = told

            def toSolarDate(self):  # noqa: N802 - the name it has there
                assert self.told == (2027, 1, 1)
                return date(2027, 2, 6)

        monkeypatch.setattr("lunardate.LunarDate", Older)
        assert lunar(2027, 1, 1) == date(2027, 2, 6)

    def test_every_day_of_it_is_provisional(self):
        for ordinal in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal()):
            assert CHINA.day(date.fromordinal(ordinal)).provisional

    def test_weekends_stay_weekends(self):
        assert CHINA.kind(date(2027, 3, 6)) is DayKind.WEEKEND
        assert CHINA.kind(date(2027, 3, 5)) is DayKind.WORKDAY

    @pytest.mark.parametrize("year", [1900, 2100])
    def test_past_the_lunar_tables_it_raises(self, year):
        with pytest.raises(UnannouncedError, match=str(year)):
            CHINA.day(date(year, 6, 1))

    @pytest.mark.parametrize("year", [1900, 2100])
    def test_a_solar_term_is_not_guessed_past_them_either(self, year):
        with pytest.raises(UnannouncedError, match=f"{year} cannot be projected"):
            qingming(year)

    def test_lunar_festivals_agree_with_announced_ones(self):
        """Each year's notice has the festival's own day off, on the date the projection gives."""
        for year in range(2008, 2027):
            for day, name in statutory_days(year).items():
                if name.zh in {"清明节", "端午节", "中秋节"} and day.weekday() < 5:
                    assert not CHINA.is_working_day(day), (day, name)

    def test_qingming_agrees_with_workalendar(self):
        for year in range(1991, 2052):
            assert qingming(year) == solar_term(year, 15, "Asia/Hong_Kong"), year

    def test_before_the_first_notice_too(self):
        assert CHINA.day(date(2003, 6, 2)).provisional
        assert not CHINA.day(date(2004, 1, 1)).provisional


class TestEndOfDecember:
    """Past notices moved days at the end of the year before; until the next one, they may again."""

    @pytest.mark.parametrize(
        "day",
        ["2007-12-29", "2007-12-31", "2011-12-31", "2018-12-29", "2018-12-31", "2005-12-31"],
    )
    def test_days_that_notices_moved(self, day):
        moved = date.fromisoformat(day)
        assert CHINA.kind(moved) in {DayKind.HOLIDAY, DayKind.MAKEUP_WORKDAY}
        assert (moved.month, moved.day) >= (12, 29)

    def test_the_run_of_days_that_are_settled(self):
        run = date(2004, 1, 1), date(2026, 12, 28)
        for day in (run[0], date(2011, 12, 31), run[1]):
            assert CHINA.settled_around(day) == run
        for day in (date(2003, 12, 31), date(2026, 12, 29), date(2027, 6, 1)):
            assert CHINA.settled_around(day) is None

    def test_last_days_of_the_last_announced_year(self):
        flags = [CHINA.day(date(2026, 12, day)).provisional for day in (27, 28, 29, 30, 31)]
        assert flags == [False, False, True, True, True]

    def test_not_of_a_year_whose_successor_is_announced(self):
        assert not CHINA.day(date(2025, 12, 31)).provisional

    def test_intervals(self):
        calendar = ServiceHours().calendar()

        def at(month, day, hour=0, micro=0):
            return datetime(2026, month, day, hour, 0, 0, micro, SHANGHAI)

        assert not calendar.is_provisional(at(12, 1), at(12, 29))
        assert calendar.is_provisional(at(12, 1), at(12, 29, 0, 1))
        assert calendar.is_provisional(at(12, 29), at(12, 29))
        assert not calendar.is_provisional(at(12, 28, 23), at(12, 28, 23))
        utc = at(12, 29).astimezone(UTC)
        assert calendar.is_provisional(utc, utc + timedelta(hours=1))
        assert not calendar.is_provisional(utc - timedelta(hours=1), utc)

    def test_the_dates_are_those_of_the_calendar_s_zone(self):
        """The first settled date begins in Shanghai while it is still the year before in UTC."""
        first = datetime(2004, 1, 1, tzinfo=SHANGHAI).astimezone(UTC)
        moment = timedelta.resolution
        assert not ServiceHours().calendar().is_provisional(first, first + moment)
        assert ServiceHours().calendar().is_provisional(first - moment, first)

    def test_an_interval_across_unknown_years(self):
        calendar = ServiceHours().calendar()
        early, late = datetime(2003, 12, 31, tzinfo=UTC), datetime(2005, 1, 1, tzinfo=UTC)
        assert calendar.is_provisional(early, late)
        assert not calendar.is_provisional(early + timedelta(days=1), late)
