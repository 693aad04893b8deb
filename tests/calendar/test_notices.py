"""A new notice without a new release: data in, working days out, bad entries refused by name."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from ticketrules.calendar import (
    DayKind,
    Holiday,
    MainlandChina,
    Notice,
    ServiceCalendar,
    ServiceHours,
)
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, UnannouncedError

SHANGHAI = ZoneInfo("Asia/Shanghai")

TOML = """
year = 2027
source = "invented for the tests"

[[holidays]]
name = "元旦"
name_en = "New Year's Day"
dates = ["2026-12-31/2027-01-02"]

[[holidays]]
name = "春节"
name_en = "Spring Festival"
dates = ["2027-02-05/2027-02-11"]

[[makeup_days]]
name = "元旦"
name_en = "New Year's Day"
dates = [2027-01-03]

[[makeup_days]]
name = "春节"
dates = ["2027-01-30", "2027-02-20"]
"""

NOTICE = Notice.from_toml(TOML)


class TestReading:
    """A notice is read with its names, its dates and its runs of dates."""

    def test_all_of_it(self):
        notice = Notice.from_toml(TOML)
        assert (notice.year, notice.source) == (2027, "invented for the tests")
        first, spring = notice.holidays
        assert first == Holiday(
            Text("New Year's Day", "元旦"),
            (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)),
        )
        assert (spring.name, len(spring.dates)) == (Text("Spring Festival", "春节"), 7)
        assert notice.makeup_days == (
            Holiday(Text("New Year's Day", "元旦"), (date(2027, 1, 3),)),
            Holiday(Text("春节", "春节"), (date(2027, 1, 30), date(2027, 2, 20))),
        )

    def test_a_run_of_one_day(self):
        notice = Notice.from_mapping(
            data(holidays=[{"name": "元旦", "dates": ["2027-01-01 / 2027-01-01"]}])
        )
        assert notice.holidays[0].dates == (date(2027, 1, 1),)

    @pytest.mark.parametrize(
        ("day", "is_near"),
        [
            (date(2026, 12, 17), False),
            (date(2026, 12, 18), True),
            (date(2028, 1, 14), True),
            (date(2028, 1, 15), False),
        ],
    )
    def test_two_weeks_around_its_year(self, day, is_near):
        told = data(holidays=[{"name": "元旦", "dates": [day]}])
        if is_near:
            assert Notice.from_mapping(told).days_in(day.year)[day][0] is DayKind.HOLIDAY
        else:
            with pytest.raises(CalendarError, match=f"{day} is outside 2027 and the two weeks"):
                Notice.from_mapping(told)

    @pytest.mark.parametrize(
        ("year", "is_read"), [(1899, False), (1900, True), (2999, True), (3000, False)]
    )
    def test_the_years_that_a_notice_may_have(self, year, is_read):
        told = data(
            year=year, makeup_days=[], holidays=[{"name": "假", "dates": [f"{year}-02-07"]}]
        )
        if is_read:
            assert Notice.from_mapping(told).year == year
        else:
            with pytest.raises(CalendarError, match=f"from 1900 to 2999, not {year}"):
                Notice.from_mapping(told)


class TestAdded:
    """With a notice of the host's, the year is announced like any other."""

    china = MainlandChina([NOTICE])

    def test_its_days(self):
        assert self.china.kind(date(2027, 2, 11)) is DayKind.HOLIDAY
        assert self.china.kind(date(2027, 1, 30)) is DayKind.MAKEUP_WORKDAY
        assert self.china.kind(date(2027, 5, 3)) is DayKind.WORKDAY
        assert self.china.day(date(2027, 1, 3)).name.en == "New Year's Day"
        assert self.china.day(date(2027, 2, 20)).name.en == "春节"

    def test_it_reaches_into_the_december_before(self):
        assert self.china.kind(date(2026, 12, 31)) is DayKind.HOLIDAY
        assert MainlandChina().kind(date(2026, 12, 31)) is DayKind.WORKDAY

    def test_nothing_of_it_is_provisional_but_its_own_end(self):
        assert not self.china.day(date(2026, 12, 31)).provisional
        assert not self.china.day(date(2027, 12, 28)).provisional
        assert self.china.day(date(2027, 12, 29)).provisional
        assert self.china.announced == (date(2004, 1, 1), date(2027, 12, 31))

    def test_it_has_a_say_in_the_january_after(self):
        """Even on New Year's Day, which a projection would have as a holiday."""
        told = data(makeup_days=[{"name": "元旦", "dates": ["2028-01-01"]}])
        new_year = date(2028, 1, 1)
        assert MainlandChina([Notice.from_mapping(told)]).kind(new_year) is DayKind.MAKEUP_WORKDAY
        assert MainlandChina([NOTICE]).kind(new_year) is DayKind.HOLIDAY
        assert MainlandChina([NOTICE]).kind(date(2029, 1, 1)) is DayKind.HOLIDAY

    def test_in_a_calendar(self):
        """The same question before and after the notice."""
        before, after = ServiceHours().calendar(), ServiceHours().calendar([NOTICE])
        start = datetime(2026, 12, 30, 17, tzinfo=SHANGHAI)
        due = datetime(2026, 12, 31, 10, tzinfo=SHANGHAI)
        assert before.advance(start, timedelta(hours=2)) == due
        assert after.advance(start, timedelta(hours=2)) == due + timedelta(days=3)
        assert before.is_provisional(start, due)
        assert not after.is_provisional(start, due)

    def test_a_calendar_that_does_not_project_goes_as_far_as_it(self):
        calendar = ServiceHours(unannounced="raise").calendar([NOTICE])
        assert calendar.is_working_day(date(2027, 12, 31))
        with pytest.raises(UnannouncedError):
            calendar.is_working_day(date(2028, 1, 1))

    def test_it_replaces_what_the_package_says_of_a_year(self):
        correction = Notice.from_mapping(
            {
                "year": 2026,
                "source": "invented",
                "holidays": [{"name": "假", "dates": [date(2026, 6, 1)]}],
            }
        )
        china = MainlandChina([correction])
        assert china.kind(date(2026, 6, 1)) is DayKind.HOLIDAY
        assert china.kind(date(2026, 10, 1)) is DayKind.WORKDAY

    def test_new_year_s_day_is_worked_where_it_says_nothing_of_it(self):
        """The notice of a year has the say, and not what a projection would have."""
        assert MainlandChina([evolve_to(2027)]).kind(date(2027, 1, 1)) is DayKind.WORKDAY

    def test_a_year_left_out_stays_provisional(self):
        later = evolve_to(2028)
        china = MainlandChina([later])
        assert china.day(date(2027, 6, 1)).provisional
        assert not china.day(date(2028, 2, 7)).provisional
        assert china.announced[1] == date(2026, 12, 31)
        assert china.settled_around(date(2028, 2, 7)) == (date(2028, 1, 1), date(2028, 12, 28))

    def test_values(self):
        assert MainlandChina([NOTICE]) == self.china
        assert hash(MainlandChina([NOTICE])) == hash(self.china)
        assert MainlandChina() != self.china
        assert hash(MainlandChina()) != hash(self.china)
        assert self.china.notices == (NOTICE,)
        assert repr(self.china) == "MainlandChina(notices for 2027)"
        two = MainlandChina([evolve_to(2028), NOTICE])
        assert repr(two) == "MainlandChina(notices for 2027, 2028)"
        assert two.notices == (NOTICE, evolve_to(2028))
        assert repr(MainlandChina()) == "MainlandChina()"
        assert MainlandChina() != "CN"


def evolve_to(year):
    return Notice.from_mapping(
        {
            "year": year,
            "source": "invented",
            "holidays": [{"name": "假", "dates": [f"{year}-02-07"]}],
        }
    )


def data(**changes):
    plain = {
        "year": 2027,
        "source": "somewhere",
        "holidays": [{"name": "元旦", "dates": ["2027-01-01"]}],
        "makeup_days": [{"name": "元旦", "dates": ["2027-01-03"]}],
    }
    return {**plain, **changes}


class TestRefusals:
    """Each refusal names the entry."""

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"year": "2027"}, "year must be a whole number"),
            ({"year": True}, "year must be a whole number"),
            ({"source": " "}, "source must say"),
            ({"holidays": []}, "holidays are empty"),
            ({"holidays": {"元旦": []}}, "must be a list of tables"),
            ({"holidays": ["2027-01-01"]}, r"holidays\[0\] must be a table"),
            ({"holidays": [{"dates": ["2027-01-01"]}]}, r"holidays\[0\]: name must be a text"),
            ({"holidays": [{"name": "", "dates": ["2027-01-01"]}]}, "name must be a text"),
            ({"holidays": [{"name": 5, "dates": ["2027-01-01"]}]}, "name must be a text"),
            (
                {"holidays": [{"name": "元旦", "name_en": 5, "dates": ["2027-01-01"]}]},
                "name must be a text",
            ),
            (
                {"holidays": [{"name": "元旦", "dates": ["2027-01-01/2027-01-02/2027-01-03"]}]},
                "is no run of dates",
            ),
            ({"holidays": [{"name": "元旦", "dates": []}]}, "元旦: dates must be a list"),
            ({"holidays": [{"name": "元旦", "date": []}]}, "unknown key 'date'"),
            ({"holidays": [{"name": "元旦", "dates": ["2027-02-29"]}]}, "'2027-02-29' is no date"),
            ({"holidays": [{"name": "元旦", "dates": [20270101]}]}, "20270101 is no date"),
            (
                {"holidays": [{"name": "元旦", "dates": [datetime(2027, 1, 1, tzinfo=UTC)]}]},
                "is no date",
            ),
            (
                {"holidays": [{"name": "元旦", "dates": ["2027-01-03/2027-01-01"]}]},
                "is no run of dates",
            ),
            (
                {"makeup_days": [{"name": "元旦", "dates": ["2027-01-04"]}]},
                r"makeup_days\[0\] 元旦: 2027-01-04 is no weekend day",
            ),
            (
                {"makeup_days": [{"name": "元旦", "dates": ["2027-01-03", "2027-01-03"]}]},
                r"makeup_days\[0\] 元旦: 2027-01-03 is named twice",
            ),
            (
                {"holidays": [{"name": "元旦", "dates": ["2027-01-01", "2027-01-03"]}]},
                "2027-01-03 is named twice",
            ),
            (
                {"holidays": [{"name": "国庆", "dates": ["2026-10-01"]}]},
                r"holidays\[0\] 国庆: 2026-10-01 is outside 2027",
            ),
            ({"holiday": []}, "unknown key 'holiday'"),
        ],
    )
    def test_bad_entries(self, changes, message):
        with pytest.raises(CalendarError, match=message):
            Notice.from_mapping(data(**changes))

    def test_not_toml(self):
        with pytest.raises(CalendarError, match="not TOML"):
            Notice.from_toml("year = ")

    def test_a_date_that_toml_cannot_hold(self):
        with pytest.raises(CalendarError, match="not TOML"):
            Notice.from_toml(
                'year = 2027\nsource = "x"\nholidays = [{name="a", dates=[2027-02-30]}]'
            )

    def test_two_notices_for_one_year(self):
        with pytest.raises(CalendarError, match="two notices for 2027"):
            MainlandChina([NOTICE, evolve(NOTICE, source="another")])

    def test_only_mainland_china_takes_notices(self):
        with pytest.raises(CalendarError, match="take no notices"):
            ServiceHours(days="mon-fri").calendar([NOTICE])

    def test_the_least_that_is_a_notice(self):
        notice = Notice.from_mapping(data())
        assert ServiceCalendar(MainlandChina([notice])).is_working_day(date(2027, 1, 3))
