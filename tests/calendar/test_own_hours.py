"""Which hours belong to a date: those that open on it, whole, and none twice."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import (
    ForeignDays,
    Schedule,
    ServiceCalendar,
    ServiceHours,
    closed,
    opened,
)
from ticketrules.errors import CalendarError, UnannouncedError

from .desks import NAMES, desk
from .oracle import at_us, us

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(days=1)


def at(day, hour=0, minute=0, zone=SHANGHAI):
    """An instant of March 2026; hours beyond 24 are the next date's."""
    return datetime(2026, 3, day, tzinfo=zone) + timedelta(hours=hour, minutes=minute)


def hours(calendar, day):
    return calendar.hours_of(date(2026, 3, day))


def night(*exceptions, days="mon-fri"):
    return ServiceCalendar(days, Schedule(week=("22:00-06:00",), exceptions=exceptions))


class TestOneCalendar:
    """A window belongs to the date on which it opens, wherever it ends."""

    def test_an_ordinary_day(self):
        assert hours(ServiceCalendar(), 4) == ((at(4, 9), at(4, 18)),)
        assert hours(ServiceCalendar(), 7) == ()

    def test_on_both_sides_of_a_break(self):
        calendar = ServiceHours(hours=("09:00-12:00", "13:00-18:00")).calendar()
        assert hours(calendar, 4) == ((at(4, 9), at(4, 12)), (at(4, 13), at(4, 18)))

    def test_a_night_is_one_service_day(self):
        assert hours(night(), 6) == ((at(6, 22), at(7, 6)),)
        assert hours(night(), 7) == ()
        assert hours(night(), 9) == ((at(9, 22), at(10, 6)),)

    def test_in_the_zone_of_the_calendar(self):
        ((start, end),) = hours(night(), 6)
        assert start.tzinfo is end.tzinfo is night().zone

    def test_round_the_clock_is_cut_at_midnight(self):
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)))
        assert hours(calendar, 4) == ((at(4), at(5)),)

    def test_a_night_on_which_clocks_go_forward(self):
        calendar = ServiceCalendar("mon-sun", Schedule(week=("22:00-06:00",)), NEW_YORK)
        ((start, end),) = hours(calendar, 7)
        assert (start, end) == (at(7, 22, zone=NEW_YORK), at(8, 6, zone=NEW_YORK))
        assert calendar.elapsed(start, end) == timedelta(hours=7)

    def test_instants_are_no_dates(self):
        with pytest.raises(CalendarError, match="a date is meant"):
            night().hours_of(at(4))

    def test_what_is_not_announced_is_refused(self):
        strict = ServiceHours(unannounced="raise").calendar()
        with pytest.raises(UnannouncedError, match="no notice has announced 2027-01-04"):
            strict.hours_of(date(2027, 1, 4))


class TestExceptions:
    """What is closed is taken from the date it would have belonged to; openings have their own."""

    def test_a_closed_date_is_closed_until_midnight(self):
        """It is a date on the wall, so what its night has left after it still belongs to it."""
        assert hours(night(closed(date(2026, 3, 6))), 6) == ((at(7), at(7, 6)),)

    def test_a_closed_date_cuts_the_night_before_at_midnight(self):
        assert hours(night(closed(date(2026, 3, 7))), 6) == ((at(6, 22), at(7)),)

    def test_a_closure_across_midnight_takes_from_the_next_date_too(self):
        calendar = ServiceCalendar(
            schedule=Schedule(exceptions=(closed(date(2026, 3, 3), ("17:00-10:00",)),))
        )
        assert hours(calendar, 3) == ((at(3, 9), at(3, 17)),)
        assert hours(calendar, 4) == ((at(4, 10), at(4, 18)),)
        assert hours(calendar, 5) == ((at(5, 9), at(5, 18)),)

    def test_a_closure_between_instants(self):
        calendar = night(closed((at(6, 23), at(7, 1))))
        assert hours(calendar, 6) == ((at(6, 22), at(6, 23)), (at(7, 1), at(7, 6)))

    def test_closures_of_one_date_and_of_those_beside_it(self):
        calendar = night(
            closed(date(2026, 3, 5), ("22:00-23:00",)),
            closed(date(2026, 3, 6), ("01:00-02:00",)),
            closed(date(2026, 3, 6), ("03:00-04:00",)),
        )
        assert hours(calendar, 5) == (
            (at(5, 23), at(6, 1)),
            (at(6, 2), at(6, 3)),
            (at(6, 4), at(6, 6)),
        )

    def test_a_date_opened(self):
        calendar = night(opened(date(2026, 3, 7), ("10:00-12:00", "23:00-01:00")))
        assert hours(calendar, 6) == ((at(6, 22), at(7, 6)),)
        assert hours(calendar, 7) == ((at(7, 10), at(7, 12)), (at(7, 23), at(8, 1)))
        assert hours(calendar, 8) == ()

    def test_an_opening_next_to_the_usual_hours_joins_them(self):
        calendar = ServiceCalendar(
            schedule=Schedule(exceptions=(opened(date(2026, 3, 4), ("18:00-20:00",)),))
        )
        assert hours(calendar, 4) == ((at(4, 9), at(4, 20)),)

    def test_a_short_opening_belongs_to_the_date_on_which_it_begins(self):
        calendar = night(opened((at(7, 23), at(8, 2))))
        assert hours(calendar, 7) == ((at(7, 23), at(8, 2)),)
        assert hours(calendar, 8) == ()

    @pytest.mark.parametrize(("begins", "belongs_to"), [(at(7), 7), (at(8), 8)])
    def test_at_midnight_it_begins_the_new_date(self, begins, belongs_to):
        calendar = night(opened((begins, begins + DAY)))
        assert hours(calendar, belongs_to) == ((begins, begins + DAY),)
        assert hours(calendar, 15 - belongs_to) == ()

    def test_a_longer_one_than_a_window_can_be_belongs_to_each_date_in_part(self):
        calendar = night(opened((at(7, 12), at(8, 12, 1))))
        assert hours(calendar, 7) == ((at(7, 12), at(8)),)
        assert hours(calendar, 8) == ((at(8), at(8, 12, 1)),)

    def test_one_of_just_a_day_is_as_a_window_can_be(self):
        calendar = night(opened((at(7, 12), at(8, 12))))
        assert hours(calendar, 7) == ((at(7, 12), at(8, 12)),)
        assert hours(calendar, 8) == ()

    def test_a_longer_one_leaves_the_date_its_windows(self):
        calendar = night(opened((at(5, 3), at(6, 12))), days="mon-sun")
        assert hours(calendar, 6) == ((at(6), at(6, 12)), (at(6, 22), at(7, 6)))


class TestTwoCalendars:
    """Of two calendars, what is still going on from the evening before is the evening's."""

    def test_days_and_nights(self):
        both = ServiceCalendar("mon-fri", Schedule(week=("10:00-18:00",))) | night()
        assert hours(both, 6) == ((at(6, 10), at(6, 18)), (at(6, 22), at(7, 6)))
        assert hours(both, 7) == ()
        assert hours(both, 9) == ((at(9, 10), at(9, 18)), (at(9, 22), at(10, 6)))

    def test_without_a_break_they_are_cut_at_midnight(self):
        halves = [
            ServiceCalendar("mon-sun", Schedule(week=(text,)))
            for text in ("00:00-12:00", "12:00-24:00")
        ]
        assert hours(halves[0] | halves[1], 4) == ((at(4), at(5)),)

    def test_in_common(self):
        both = ServiceCalendar("mon-fri", Schedule(week=("20:00-23:00",))) & night()
        assert hours(both, 6) == ((at(6, 22), at(6, 23)),)
        assert hours(both, 7) == ()
        assert hours(both, 6)[0][0].tzinfo is both.zone

    def test_where_an_evening_runs_into_a_morning(self):
        """One stretch from the evening to the end of the morning is the evening's."""
        both = ServiceCalendar("mon-fri", Schedule(week=("06:00-09:00",))) | night()
        assert hours(both, 5) == ((at(5, 22), at(6, 9)),)

    def test_from_the_first_known_date_to_the_last(self):
        first, last = date(2026, 3, 2), date(2026, 3, 6)

        class Every:
            announced = first, last

            def is_working_day(self, day):
                return True

        def strict(*week):
            return ServiceCalendar(ForeignDays(Every()), Schedule(week=week), unannounced="raise")

        both = strict("09:00-18:00") | strict("20:00-24:00")
        for day in range(2, 7):
            assert hours(both, day) == ((at(day, 9), at(day, 18)), (at(day, 20), at(day, 24)))
        for day in (1, 7):
            with pytest.raises(UnannouncedError):
                hours(both, day)


class TestNothingIsLost:
    """The hours of all dates together are the service time, and no date's overlap another's."""

    @pytest.mark.parametrize("name", NAMES)
    def test_every_desk(self, name):
        calendar, oracle = desk(name).calendar, desk(name).oracle
        first, last = (
            at_us(instant, calendar.zone).date() for instant in (oracle.start, oracle.end)
        )
        count = (last - first).days
        days = [first + n * DAY for n in range(1, count)]
        own = [(us(a), us(b)) for day in days for a, b in calendar.hours_of(day)]
        assert own == sorted(own)
        overlapping = "00:15-03:30" in map(str, calendar.schedule.week[0])
        assert all(a[1] <= b[0] for a, b in pairwise(own)) or overlapping
        begin, end = own[0][0], min(own[-1][1], oracle.end)
        told = {at for a, b in own for at in range(a, min(b, end), 60_000_000)}
        assert len(told) * 60_000_000 == oracle.elapsed(begin, end)
        for day in days:
            for start, _end in calendar.hours_of(day):
                assert start.date() == day
