"""3.1 as settings: plain values with their clause, refused by name when they cannot be."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from ticketrules.calendar import DatedHours, ServiceHours, WeekdayHours
from ticketrules.clauses import CLAUSES, Text
from ticketrules.errors import CalendarError

SHANGHAI = ZoneInfo("Asia/Shanghai")


class TestDefaults:
    """Monday to Friday, 09:00 to 18:00 in Shanghai, on Chinese working days."""

    calendar = ServiceHours().calendar()

    def test_reading_of_the_rulebook(self):
        monday = datetime(2026, 3, 2, tzinfo=SHANGHAI)
        hours = [
            self.calendar.elapsed(monday + timedelta(days=n), monday + timedelta(days=n + 1))
            for n in range(7)
        ]
        assert hours == [timedelta(hours=9)] * 5 + [timedelta(0)] * 2

    def test_zone(self):
        assert self.calendar.zone.key == "Asia/Shanghai"

    @pytest.mark.parametrize("settings", [ServiceHours, WeekdayHours, DatedHours])
    def test_every_setting_has_a_clause_and_a_sentence(self, settings):
        for setting in attrs.fields(settings):
            assert setting.metadata["clause"] in CLAUSES
            assert setting.metadata["doc"]

    @pytest.mark.parametrize("settings", [ServiceHours, WeekdayHours, DatedHours])
    def test_windows_say_what_they_read_like(self, settings):
        for setting in attrs.fields(settings):
            is_windows = "hours" in setting.name or settings is WeekdayHours
            pattern = setting.metadata.get("pattern")
            assert (pattern is not None) is (is_windows or setting.name == "extended_days_off")
            if pattern is not None:
                assert re.match(pattern, "09:00-18:00")
                assert not re.match(pattern, "9 to 6")

    def test_they_are_values(self):
        assert ServiceHours() == ServiceHours(hours=["09:00-18:00"])
        assert hash(ServiceHours()) == hash(ServiceHours())
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            ServiceHours().zone = "UTC"


class TestChanged:
    """A lunch break, other make-up hours, other days, another zone."""

    def test_lunch(self):
        calendar = ServiceHours(hours=("09:00-12:00", "13:00-18:00")).calendar()
        noon = datetime(2026, 3, 4, 12, 30, tzinfo=SHANGHAI)
        assert not calendar.is_open(noon)
        assert calendar.next_opening(noon) == noon + timedelta(minutes=30)

    def test_makeup_hours(self):
        calendar = ServiceHours(makeup_hours=["10:00-16:00"]).calendar()
        assert calendar.opening(date(2026, 10, 10)).hour == 10

    def test_elsewhere(self):
        calendar = ServiceHours(zone="Europe/Berlin", days="DE-BY").calendar()
        assert not calendar.is_working_day(date(2026, 1, 6))
        assert calendar.zone.key == "Europe/Berlin"


class TestRefusals:
    """The message names the setting and ends with the clause."""

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"zone": "Asia/Atlantis"}, r"zone: 'Asia/Atlantis' is no IANA time zone \[3.1\]"),
            ({"zone": 8}, "zone"),
            ({"zone": ""}, "zone"),
            ({"days": ""}, r"days: '' is no name of a day source \[3.1\]"),
            ({"days": 5}, "days"),
            ({"hours": "09:00-18:00"}, r"hours: a list of windows .* is meant \[3.1\]"),
            ({"hours": (9, 18)}, "hours: a list of windows"),
            ({"hours": ("9 to 6",)}, r"hours: window '9 to 6' must read like .* \[3.1\]"),
            ({"hours": ("09:00-12:00", "11:00-18:00")}, "hours: windows .* overlap"),
            ({"hours": ()}, r"^hours: the desk never opens \[3.1\]$"),
            ({"makeup_hours": ("x",)}, "makeup_hours: window 'x'"),
            ({"extended_hours": ("x",)}, r"extended_hours: window 'x' .* \[3.2\]"),
            ({"extended_days_off": 5}, r"extended_days_off: .* \[3.2\]"),
            ({"unannounced": "guess"}, "unannounced: 'raise' or 'project' is meant"),
        ],
    )
    def test_by_name(self, change, message):
        with pytest.raises(CalendarError, match=message):
            ServiceHours(**change)

    def test_a_code_that_nobody_has(self):
        with pytest.raises(CalendarError, match="'XX'"):
            ServiceHours(days="XX").calendar()

    def test_hours_of_a_weekday_that_is_not_worked(self):
        weekdays = WeekdayHours(fri=("09:00-12:00",), sat=("09:00-12:00",))
        message = r"^weekdays: sat has hours and is none of the days 'mon-fri' \[3.1\]$"
        with pytest.raises(CalendarError, match=message):
            ServiceHours(days="mon-fri", weekdays=weekdays)
        assert ServiceHours(days="mon-sat", weekdays=weekdays).weekdays is weekdays

    def test_what_is_opened_and_closed_at_once(self):
        """Half-open: an opening may end where a closure begins, and begin where it ends."""

        def dated(*hours):
            day = date(2026, 3, 4)
            closure = DatedHours(on=day, is_open=False, hours=["10:00-12:00"])
            return closure, DatedHours(on=day, is_open=True, hours=hours)

        message = (
            r"^exceptions: 2026-03-04 is opened and closed for the same hours, and stays closed;"
            r" close only the others \[3.1\]$"
        )
        for hours in ("09:59-10:01", "11:59-12:01", "10:30-11:30", "09:00-13:00"):
            with pytest.raises(CalendarError, match=message):
                ServiceHours(exceptions=dated(hours))
        beside = dated("08:00-10:00", "12:00-13:00")
        assert ServiceHours(exceptions=beside).exceptions == beside

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"exceptions": (date(2026, 3, 4),)}, "exceptions: a list of dates with their hours"),
            ({"exceptions": 5}, r"exceptions: a list of dates .* is meant \[3.1\]"),
        ],
    )
    def test_what_is_no_dated_hours(self, change, message):
        with pytest.raises(CalendarError, match=message):
            ServiceHours(**change)

    @pytest.mark.parametrize("on", ["2026-03-04", datetime(2026, 3, 4, tzinfo=SHANGHAI), None])
    def test_dated_hours_need_a_date(self, on):
        with pytest.raises(CalendarError, match=r"on: a date is meant, not .* \[3.1\]"):
            DatedHours(on=on, is_open=True)

    def test_dated_hours_have_windows(self):
        with pytest.raises(CalendarError, match=r"hours: window 'x' .* \[3.1\]"):
            DatedHours(on=date(2026, 3, 4), is_open=True, hours=["x"])

    def test_a_weekday_is_named(self):
        with pytest.raises(CalendarError, match=r"sat: window 'x' .* \[3.1\]"):
            WeekdayHours(sat=("x",))

    def test_a_near_miss_is_suggested(self):
        with pytest.raises(CalendarError, match="Asia/Shanghai"):
            ServiceHours(zone="Asia/Shanghia")


class TestSingleDays:
    """Windows of single weekdays, and dates that open or close out of turn."""

    def served(self, hours, day):
        start = datetime(2026, 3, day, tzinfo=SHANGHAI)
        return hours.calendar().elapsed(start, start + timedelta(days=1)) / timedelta(hours=1)

    def test_a_weekday_has_its_own_windows(self):
        hours = ServiceHours(weekdays=WeekdayHours(wed=["10:00-12:00"], fri=()))
        assert [self.served(hours, day) for day in range(2, 9)] == [9, 9, 2, 9, 0, 0, 0]

    def test_in_the_order_of_the_week(self):
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        windows = {name: (f"0{n}:00-09:00",) for n, name in enumerate(names)}
        assert list(WeekdayHours(**windows)) == list(windows.values())
        assert list(WeekdayHours()) == [None] * 7

    def test_they_are_enough_for_a_desk(self):
        hours = ServiceHours(hours=(), weekdays=WeekdayHours(thu=("10:00-12:00",)))
        assert [self.served(hours, day) for day in (4, 5)] == [0, 2]
        assert self.served(ServiceHours(hours=(), makeup_hours=("10:00-16:00",)), 4) == 0

    def test_dates_out_of_turn(self):
        hours = ServiceHours(
            exceptions=[
                DatedHours(on=date(2026, 3, 4), is_open=False, name="盘点"),
                DatedHours(on=date(2026, 3, 5), is_open=False, hours=["12:00-18:00"]),
                DatedHours(on=date(2026, 3, 7), is_open=True, hours=("10:00-14:00",)),
                DatedHours(on=date(2026, 3, 8), is_open=True),
            ]
        )
        assert [self.served(hours, day) for day in range(4, 10)] == [0, 3, 9, 4, 24, 9]
        noon = datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)
        (segment,) = hours.calendar().explain(noon, noon + timedelta(hours=1))
        assert segment.name == Text("盘点", "盘点")
