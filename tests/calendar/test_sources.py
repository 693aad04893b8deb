"""Day sources: by code, from other packages, a host's own, and how far each is believed."""

import warnings
from datetime import UTC, date, datetime, timedelta

import pytest

from ticketrules.calendar import (
    Day,
    DayKind,
    Days,
    DaySource,
    ForeignDays,
    MainlandChina,
    ServiceCalendar,
    Weekdays,
    busdays,
    day_source,
    workalendar_days,
)
from ticketrules.errors import CalendarError, UnannouncedError

SPRING = [date(2026, 2, 1) + timedelta(days=n) for n in range(40)]


class TestByName:
    """``"CN"`` is the built-in source, weekdays are weekdays, other codes are workalendar's."""

    def test_mainland_china(self):
        assert day_source("CN") == MainlandChina()

    @pytest.mark.parametrize(
        ("text", "worked"),
        [
            ("mon-fri", {0, 1, 2, 3, 4}),
            ("sun-thu", {6, 0, 1, 2, 3}),
            ("mon-sun", set(range(7))),
            ("wed-wed", {2}),
        ],
    )
    def test_weekdays(self, text, worked):
        assert day_source(text) == Weekdays.of(worked)

    def test_united_states(self):
        source = day_source("US")
        day = source.day(date(2026, 7, 3))
        assert day.kind is DayKind.HOLIDAY
        assert "Independence" in day.name.en
        assert source.day(date(2026, 7, 4)).kind is DayKind.WEEKEND
        assert source.day(date(2026, 7, 6)).kind is DayKind.WORKDAY

    def test_weekends_elsewhere(self):
        source = day_source("IL")
        assert source.kind(date(2026, 3, 6)) is DayKind.WEEKEND
        assert source.kind(date(2026, 3, 8)) is DayKind.WORKDAY

    @pytest.mark.parametrize("code", ["XX", "mon-", "mon-xyz", "xyz-mon", "mon", ""])
    def test_unknown(self, code):
        with pytest.raises(CalendarError, match="no calendar has the registry code"):
            day_source(code)

    @pytest.mark.parametrize(
        ("code", "meant"),
        [("CNN", "CN"), ("mon-fry", "mon-fri"), ("mon-satt", "mon-sat"), ("mon-sunn", "mon-sun")],
    )
    def test_a_near_miss_is_suggested(self, code, meant):
        message = (
            f"^no calendar has the registry code '{code}'; 'CN', weekdays such as 'mon-fri' or a"
            rf" code of workalendar's such as 'US' is meant; did you mean '{meant}'\?$"
        )
        with pytest.raises(CalendarError, match=message):
            day_source(code)

    @pytest.mark.parametrize("source", [5, None, object()])
    def test_no_source(self, source):
        with pytest.raises(CalendarError, match="no source of days"):
            day_source(source)


class TestWorkalendarsChina:
    """Known to end with 2023, where it goes on it guesses: past its bounds nothing is believed."""

    source = workalendar_days("CN")

    def test_bounds(self):
        assert workalendar_days("CN").announced == self.source.announced
        assert self.source.announced == (date(2018, 1, 1), date(2023, 12, 31))
        assert not self.source.is_announced(date(2024, 2, 4))
        assert self.source.day(date(2023, 1, 28)).kind is DayKind.MAKEUP_WORKDAY

    def test_a_weekday_past_them(self):
        with pytest.raises(UnannouncedError, match="2024-03-04"):
            self.source.kind(date(2024, 3, 4))

    def test_a_calendar_that_does_not_project(self):
        calendar = ServiceCalendar(self.source, unannounced="raise")
        start = datetime(2023, 12, 29, 1, tzinfo=UTC)
        assert calendar.elapsed(start, start + timedelta(days=1)) == timedelta(hours=9)
        with pytest.raises(UnannouncedError):
            calendar.elapsed(start, start + timedelta(days=4))

    def test_it_misses_what_the_built_in_source_knows(self):
        days = [date(2020, 1, 31), date(2020, 2, 1)]
        assert [self.source.is_working_day(day) for day in days] == [True, True]
        assert [MainlandChina().is_working_day(day) for day in days] == [False, False]


class TestHolidaysPackage:
    """Every object of the package ``holidays`` is a source, make-up days included."""

    def test_china(self):
        holidays = pytest.importorskip("holidays")
        source = day_source(holidays.CN(years=2026))
        ours = MainlandChina()
        assert [source.is_working_day(d) for d in SPRING] == [
            ours.is_working_day(d) for d in SPRING
        ]
        assert source.day(date(2026, 2, 17)).name is not None
        assert source.kind(date(2026, 2, 28)) is DayKind.MAKEUP_WORKDAY


class TestNumpy:
    """A ``numpy.busdaycalendar`` is a source, weekmask and holidays and all."""

    def test_same_days(self):
        np = pytest.importorskip("numpy")
        calendar = np.busdaycalendar(weekmask="Sun Mon Tue Wed Thu", holidays=["2026-02-17"])
        source = day_source(calendar)
        assert [source.is_working_day(d) for d in SPRING] == np.is_busday(
            SPRING, busdaycal=calendar
        ).tolist()
        assert source.kind(date(2026, 2, 17)) is DayKind.HOLIDAY
        assert source.kind(date(2026, 2, 20)) is DayKind.WEEKEND
        assert (
            busdays(calendar, (date(2026, 1, 1), date(2026, 12, 31)))
            .day(date(2027, 1, 1))
            .provisional
        )


class OddDays:
    """A host's own: only odd days are worked; nothing is promised past June."""

    announced = (date(2026, 1, 1), date(2026, 6, 30))

    def is_working_day(self, day):
        return day.day % 2 == 1


class TestOwn:
    """Anything with ``is_working_day(date)`` will do; ``announced`` bounds what it says."""

    def test_it_is_a_source(self):
        assert isinstance(OddDays(), DaySource)
        assert day_source(OddDays()).kind(date(2026, 3, 2)) is DayKind.HOLIDAY
        assert day_source(OddDays()).kind(date(2026, 3, 7)) is DayKind.MAKEUP_WORKDAY

    def test_its_bounds(self):
        calendar = ServiceCalendar(OddDays())
        assert calendar.day(date(2026, 7, 1)).provisional
        assert not calendar.day(date(2026, 6, 30)).provisional
        first, last = (datetime(2026, 6, 29, tzinfo=UTC), datetime(2026, 6, 30, 16, tzinfo=UTC))
        assert not calendar.is_provisional(first, last)
        assert calendar.is_provisional(first, last + timedelta.resolution)

    def test_given_bounds_win(self):
        source = ForeignDays(OddDays(), (date(2026, 1, 1), date(2026, 1, 31)))
        assert source.day(date(2026, 2, 1)).provisional

    def test_bounds_out_of_order(self):
        message = "^announced bounds 2026-02-01 to 2026-01-31 are out of order$"
        with pytest.raises(CalendarError, match=message):
            ForeignDays(OddDays(), (date(2026, 2, 1), date(2026, 1, 31)))

    def test_bounds_of_one_day(self):
        source = ForeignDays(OddDays(), (date(2026, 2, 1), date(2026, 2, 1)))
        days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2)]
        assert [source.is_announced(day) for day in days] == [False, True, False]

    def test_what_it_raises_is_told(self):
        class Broken:
            def is_working_day(self, day):
                raise KeyError(day)

        with pytest.raises(UnannouncedError, match="Broken does not know 2026-03-04"):
            day_source(Broken()).kind(date(2026, 3, 4))

    def test_a_source_that_ends_in_the_midst_of_a_year(self):
        class Ends:
            def is_working_day(self, day):
                if day >= date(2026, 6, 15):
                    raise LookupError("no more")
                return True

        calendar = ServiceCalendar(Ends())
        start = datetime(2026, 6, 13, 16, tzinfo=UTC)
        assert calendar.elapsed(start, start + timedelta(days=1)) == timedelta(hours=9)
        with pytest.raises(UnannouncedError):
            calendar.elapsed(start, start + timedelta(days=1, seconds=1))
        with pytest.raises(UnannouncedError):
            calendar.advance(start, timedelta(hours=10))

    def test_a_source_that_begins_in_the_midst_of_a_year(self):
        """What was asked of the years before it, in vain, hides nothing of what it knows."""

        class Begins:
            def is_working_day(self, day):
                if day < date(2026, 6, 15):
                    raise LookupError("not yet")
                return True

        calendar = ServiceCalendar(Begins())
        start = datetime(2026, 6, 14, 16, tzinfo=UTC)
        early = datetime(2024, 3, 4, tzinfo=UTC)
        with pytest.raises(UnannouncedError):
            calendar.elapsed(early, early + timedelta(days=1))
        assert calendar.elapsed(start, start + timedelta(days=1)) == timedelta(hours=9)
        with pytest.raises(UnannouncedError):
            calendar.elapsed(start - timedelta(seconds=1), start + timedelta(days=1))
        with pytest.raises(UnannouncedError):
            calendar.retreat(start + timedelta(days=1), timedelta(hours=10))

    def test_a_source_with_a_gap_in_the_midst_of_a_year_knows_nothing_of_the_year(self):
        class Gap:
            def is_working_day(self, day):
                if day == date(2026, 6, 15):
                    raise LookupError("lost")
                return True

        calendar = ServiceCalendar(Gap())
        start = datetime(2026, 3, 4, tzinfo=UTC)
        later = datetime(2027, 3, 4, tzinfo=UTC)
        for _again in range(2):
            with pytest.raises(UnannouncedError, match="Gap does not know 2026-06-15: lost"):
                calendar.elapsed(start, start + timedelta(days=1))
            assert calendar.elapsed(later, later + timedelta(days=1)) == timedelta(hours=9)

    def test_calendars_are_values(self):
        """Equal by what they are made of, and told apart by it in a set."""
        makings = [
            {"days": days, "zone": zone, "unannounced": unannounced}
            for days in ("CN", "mon-fri")
            for zone in ("UTC", "Asia/Shanghai")
            for unannounced in ("raise", "project")
        ]
        calendars = [ServiceCalendar(**making) for making in makings]
        assert calendars == [ServiceCalendar(**making) for making in makings]
        assert len(set(calendars)) == len(set(map(hash, calendars))) == len(makings)
        assert calendars[0] != makings[0]

    def test_unknown_settings(self):
        with pytest.raises(CalendarError, match="no time zone"):
            ServiceCalendar(zone="Asia/Peking2")
        with pytest.raises(CalendarError, match="unannounced"):
            ServiceCalendar(unannounced="guess")

    def test_both_bounds_are_announced(self):
        source = day_source(OddDays())
        assert [
            source.is_announced(day)
            for day in (date(2025, 12, 31), *OddDays.announced, date(2026, 7, 1))
        ] == [False, True, True, False]

    @pytest.mark.parametrize(
        "bounds", [5, (date(2026, 1, 1),), ("2026-01-01", "2026-06-30"), (date(2026, 1, 1), None)]
    )
    def test_bounds_that_are_none_bind_nobody(self, bounds):
        class Odd(OddDays):
            announced = bounds

        assert not day_source(Odd()).day(date(2030, 1, 1)).provisional

    def test_its_name(self):
        assert repr(day_source(OddDays())) == "ForeignDays(OddDays)"

    @pytest.mark.parametrize(
        ("label", "name"),
        [(lambda day: f"第{day.day}天", "第4天"), (lambda day: "", None), (lambda day: 7, None)],
    )
    def test_names_that_it_may_know(self, label, name):
        class Named(OddDays):
            def get_holiday_label(self, day):
                return label(day)

        found = day_source(Named()).day(date(2026, 3, 4)).name
        assert (found and found.zh, found and found.en) == (name, name)
        assert day_source(Named()).day(date(2026, 3, 3)).name is None

    def test_no_name_is_worth_failing_for(self):
        class Broken(OddDays):
            def get_holiday_label(self, day):
                warnings.warn("slow", stacklevel=1)
                raise LookupError(day)

        class Attribute(OddDays):
            get = "not to be called"

        for source in (Broken(), Attribute(), OddDays()):
            day = day_source(source).day(date(2026, 3, 4))
            assert (day.kind, day.name) == (DayKind.HOLIDAY, None)

    def test_what_it_warns_of_is_its_own_affair(self):
        class Warns(OddDays):
            def is_working_day(self, day):
                warnings.warn("guessed", stacklevel=1)
                return True

        assert day_source(Warns()).kind(date(2026, 3, 4)) is DayKind.WORKDAY

    def test_a_full_source_need_only_know_days(self):
        """Kind, working day and provisional follow from ``day`` and the bounds."""

        class Every(Days):
            announced = (date(2026, 1, 1), date(2026, 12, 31))

            def day(self, date):
                return Day(date, DayKind.HOLIDAY if date.day == 1 else DayKind.MAKEUP_WORKDAY)

            def settled_around(self, date):
                return self.announced if self.is_announced(date) else None

        source = day_source(Every())
        assert source.kind(date(2026, 3, 1)) is DayKind.HOLIDAY
        assert [source.is_working_day(date(2026, 3, day)) for day in (1, 2)] == [False, True]
        assert [source.is_provisional(date(year, 3, 1)) for year in (2026, 2027)] == [False, True]
