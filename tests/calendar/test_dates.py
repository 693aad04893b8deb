"""Dates: the Nth working day (9.1 to 9.3), counting them, and each date's hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours
from ticketrules.errors import CalendarError, UnannouncedError

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = ServiceHours().calendar()
dates = st.dates(date(2006, 1, 1), date(2030, 1, 1))


def by_hand(day, n):
    """One day after another."""
    step = timedelta(days=1 if n > 0 else -1)
    while n:
        day += step
        if CALENDAR.is_working_day(day):
            n += -1 if n > 0 else 1
    return day


class TestNthWorkingDay:
    """Day zero is the date itself, working or not; day N the Nth working day after it."""

    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            ("2026-09-30", 0, "2026-09-30"),
            ("2026-10-03", 0, "2026-10-03"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-09-30", 2, "2026-10-09"),
            ("2026-10-03", 2, "2026-10-09"),
            ("2026-09-30", 3, "2026-10-10"),
            ("2026-09-30", 4, "2026-10-12"),
            ("2026-10-10", -1, "2026-10-09"),
            ("2026-10-09", -2, "2026-09-30"),
            ("2026-02-13", 6, "2026-02-28"),
        ],
    )
    def test_across_holidays(self, day, n, expected):
        found = CALENDAR.nth_working_day(date.fromisoformat(day), n)
        assert found == date.fromisoformat(expected)

    @given(day=dates, n=st.integers(-60, 60))
    @settings(max_examples=150, deadline=None)
    def test_one_after_another(self, day, n):
        assert CALENDAR.nth_working_day(day, n) == by_hand(day, n)

    @given(day=dates, n=st.integers(-2000, 2000))
    @settings(max_examples=80, deadline=None)
    def test_as_many_lie_between(self, day, n):
        other = CALENDAR.nth_working_day(day, n)
        one = timedelta(days=1)
        if n >= 0:
            assert CALENDAR.working_days_between(day + one, other + one) == n
        else:
            assert CALENDAR.working_days_between(other, day) == -n

    def test_in_years_that_are_known_in_part(self):
        """Counted on day by day, as far as the source goes and not a day further."""

        class Half:
            def is_working_day(self, day):
                if not date(2026, 3, 9) <= day <= date(2026, 6, 19):
                    raise LookupError("not this one")
                return day.weekday() < 5

        nth = ServiceCalendar(Half()).nth_working_day
        assert nth(date(2026, 3, 9), 1) == date(2026, 3, 10)
        assert nth(date(2026, 3, 9), 7) == date(2026, 3, 18)
        assert nth(date(2026, 3, 22), -1) == date(2026, 3, 20)
        assert nth(date(2026, 3, 22), -10) == date(2026, 3, 9)
        assert nth(date(2026, 6, 12), 5) == date(2026, 6, 19)
        assert nth(date(2026, 6, 30), 0) == date(2026, 6, 30)
        for day, n in ((date(2026, 6, 12), 6), (date(2026, 3, 22), -11)):
            with pytest.raises(UnannouncedError):
                nth(day, n)

    def test_from_a_year_that_is_known_into_one_that_is_not_all_known(self):
        class Known:
            def is_working_day(self, day):
                if not date(2024, 7, 1) <= day <= date(2026, 6, 30):
                    raise LookupError("not this one")
                return True

        nth = ServiceCalendar(Known()).nth_working_day
        assert nth(date(2025, 12, 30), 5) == date(2026, 1, 4)
        assert nth(date(2025, 1, 20), -21) == date(2024, 12, 30)
        assert nth(date(2025, 1, 20), -20) == date(2024, 12, 31)
        assert nth(date(2025, 1, 20), -19) == date(2025, 1, 1)

    def test_the_first_and_the_last_working_day_of_a_year(self):
        assert CALENDAR.nth_working_day(date(2026, 1, 5), -1) == date(2026, 1, 4)
        assert CALENDAR.nth_working_day(date(2026, 1, 5), -2) == date(2025, 12, 31)
        assert CALENDAR.nth_working_day(date(2025, 12, 30), 1) == date(2025, 12, 31)
        assert CALENDAR.nth_working_day(date(2025, 12, 30), 2) == date(2026, 1, 4)

    def test_across_many_worked_years(self):
        weekdays = ServiceCalendar("mon-fri")
        assert weekdays.nth_working_day(date(2026, 3, 2), 5000) == date(2045, 5, 1)
        assert weekdays.nth_working_day(date(2045, 5, 1), -5000) == date(2026, 3, 2)

    def test_idle_years_are_counted_anew_after_a_worked_one(self):
        class Rests:
            def is_working_day(self, day):
                return not 2027 <= day.year <= 2036

        found = ServiceCalendar(Rests()).nth_working_day(date(2026, 12, 30), 2)
        assert found == date(2037, 1, 1)

    def test_ten_idle_years_are_waited_for_and_no_more(self):
        class After:
            def __init__(self, year):
                self.year = year

            def is_working_day(self, day):
                return day.year >= self.year

        start = date(2026, 5, 1)
        assert ServiceCalendar(After(2036)).nth_working_day(start, 1) == date(2036, 1, 1)
        with pytest.raises(CalendarError, match="no working day in the ten years around 2026-05"):
            ServiceCalendar(After(2037)).nth_working_day(start, 1)
        nth = ServiceCalendar(After(2036)).nth_working_day
        assert nth(date(2036, 1, 2), -1) == date(2036, 1, 1)
        with pytest.raises(CalendarError, match="no working day in the ten years"):
            nth(date(2036, 1, 2), -2)

    @pytest.mark.parametrize("day", [date(1, 12, 31), date(9999, 1, 1), date(9999, 12, 31)])
    def test_dates_outside_the_years_that_can_be_reckoned_with(self, day):
        weekdays = ServiceCalendar("mon-fri", zone="UTC")
        known = date(2026, 3, 4)
        for ask in (
            weekdays.day,
            weekdays.is_working_day,
            weekdays.opening,
            weekdays.closing,
            weekdays.hours_of,
            lambda day: weekdays.nth_working_day(day, 1),
            lambda day: weekdays.working_days_between(day, known),
            lambda day: weekdays.working_days_between(known, day),
        ):
            with pytest.raises(CalendarError, match=f"{day} is outside the years 2 to 9998"):
                ask(day)

    def test_the_first_and_the_last_date_that_can_be_reckoned_with(self):
        first, last = date(2, 1, 1), date(9998, 12, 31)
        weekdays = ServiceCalendar("mon-fri", zone="UTC")
        assert weekdays.working_days_between(first, first + timedelta(days=7)) == 5
        assert weekdays.working_days_between(last - timedelta(days=7), last) == 5
        assert weekdays.nth_working_day(last, 0) == last
        for day, n in ((first, -1), (last, 1)):
            weekdays = ServiceCalendar("mon-fri", zone="UTC")
            assert weekdays.closing(day) == datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
            with pytest.raises(CalendarError, match="is outside the years 2 to 9998"):
                weekdays.nth_working_day(day, n)

    def test_instants_are_no_dates(self):
        at = datetime(2026, 3, 4, tzinfo=UTC)
        for ask in (
            lambda: CALENDAR.nth_working_day(at, 1),
            lambda: CALENDAR.is_working_day(at),
            lambda: CALENDAR.day(at),
            lambda: CALENDAR.working_days_between(at, at),
            lambda: CALENDAR.opening(at),
            lambda: CALENDAR.closing(at),
        ):
            with pytest.raises(CalendarError, match="a date is meant"):
                ask()


class TestBetween:
    """Working days in ``[start, end)``, negative the other way round."""

    @given(a=dates, b=dates, c=dates)
    @settings(max_examples=60, deadline=None)
    def test_additive_and_antisymmetric(self, a, b, c):
        between = CALENDAR.working_days_between
        assert between(a, b) + between(b, c) == between(a, c)
        assert between(a, b) == -between(b, a)

    def test_across_years_that_are_known_in_part(self):
        class Known:
            def is_working_day(self, day):
                if not date(2025, 12, 1) <= day <= date(2026, 1, 31):
                    raise LookupError("not this one")
                return True

        between = ServiceCalendar(Known()).working_days_between
        assert between(date(2025, 12, 1), date(2026, 2, 1)) == 62
        assert between(date(2025, 12, 30), date(2026, 1, 3)) == 4
        assert between(date(2026, 1, 3), date(2025, 12, 30)) == -4
        with pytest.raises(UnannouncedError):
            between(date(2026, 1, 30), date(2026, 2, 2))

    def test_half_open(self):
        assert CALENDAR.working_days_between(date(2026, 3, 4), date(2026, 3, 4)) == 0
        assert CALENDAR.working_days_between(date(2026, 3, 4), date(2026, 3, 5)) == 1
        assert CALENDAR.working_days_between(date(2026, 9, 28), date(2026, 10, 12)) == 6


class TestHoursOfADate:
    """First opening and last closing of a date, or None."""

    def at(self, day, hour, zone=SHANGHAI):
        return datetime(2026, 10, day, hour, tzinfo=zone)

    def test_working_and_not(self):
        assert CALENDAR.opening(date(2026, 10, 10)) == self.at(10, 9)
        assert CALENDAR.closing(date(2026, 10, 10)) == self.at(10, 18)
        assert CALENDAR.opening(date(2026, 10, 7)) is None
        assert CALENDAR.closing(date(2026, 10, 7)) is None
        assert CALENDAR.opening(date(2026, 10, 10)).tzinfo is CALENDAR.zone

    def test_around_a_break(self):
        calendar = ServiceCalendar(schedule=Schedule(week=("09:00-12:00", "13:00-17:00")))
        assert calendar.opening(date(2026, 10, 9)) == self.at(9, 9)
        assert calendar.closing(date(2026, 10, 9)) == self.at(9, 17)

    def test_service_round_the_clock_closes_at_midnight(self):
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)))
        assert calendar.opening(date(2026, 10, 9)) == self.at(9, 0)
        assert calendar.closing(date(2026, 10, 9)) == self.at(10, 0)

    def test_round_the_clock_on_some_days_closes_at_their_midnights(self):
        calendar = ServiceCalendar("mon-fri", Schedule(week=("00:00-24:00",)))
        friday = date(2026, 10, 9)
        assert calendar.closing(friday) == self.at(10, 0)
        assert calendar.closing(friday).tzinfo is calendar.zone
        assert calendar.closing(date(2026, 10, 10)) is None

    def test_hours_from_midnight_on_are_the_next_date_s_own(self):
        """An evening that ends at midnight closes there, unless service runs on through it."""
        calendar = ServiceCalendar("mon-sun", Schedule(week=("08:00-09:00", "20:00-24:00")))
        assert calendar.closing(date(2026, 10, 9)) == self.at(10, 0)
        night = ServiceCalendar("mon-sun", Schedule(week=("00:00-02:00", "20:00-24:00")))
        assert night.closing(date(2026, 10, 9)) == self.at(10, 2)

    def test_up_to_the_last_known_midnight(self):
        class Known:
            announced = date(2026, 10, 5), date(2026, 10, 9)

            def is_working_day(self, day):
                return True

        calendar = ServiceCalendar(Known(), Schedule(week=("00:00-24:00",)), unannounced="raise")
        assert calendar.closing(date(2026, 10, 8)) == self.at(9, 0)
        assert calendar.closing(date(2026, 10, 9)) == self.at(10, 0)
        with pytest.raises(UnannouncedError):
            calendar.closing(date(2026, 10, 10))

    def test_a_night_shift_of_the_first_known_date_is_not_the_second_date_s(self):
        class Known:
            announced = date(2026, 10, 5), date(2026, 10, 9)

            def is_working_day(self, day):
                return True

        night = ServiceCalendar(Known(), Schedule(week=("22:00-06:00",)), unannounced="raise")
        for calendar in (night, night | night, night & night):
            assert calendar.hours_of(date(2026, 10, 5)) == ((self.at(5, 22), self.at(6, 6)),)
            assert calendar.hours_of(date(2026, 10, 6)) == ((self.at(6, 22), self.at(7, 6)),)

    def test_a_midnight_that_never_was(self):
        """Clocks in Sao Paulo went from 23:59 to 01:00 on 4 November 2018."""
        zone = ZoneInfo("America/Sao_Paulo")
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-03:00",)), zone)
        opening, closing = calendar.opening(date(2018, 11, 4)), calendar.closing(date(2018, 11, 4))
        assert opening == datetime(2018, 11, 4, 1, tzinfo=zone)
        assert calendar.elapsed(opening, closing) == timedelta(hours=2)
