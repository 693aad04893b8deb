"""What other desks and libraries get wrong, and where this one differs by design."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours, closed

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = ServiceHours().calendar()
HOUR = timedelta(hours=1)


def at(month, day, hour=0, minute=0, second=0):
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


class TestPausesAndDeadlinesShareOneClock:
    """A pause is counted in the same time as the deadline it moves (glpi 10594)."""

    @pytest.mark.parametrize("hours", [1, 8, 9, 10, 45, 400])
    def test_budget_and_deadline_agree(self, hours):
        for start in (at(3, 4, 17, 59), at(3, 7, 3), at(9, 30, 18), at(10, 10, 9)):
            assert CALENDAR.elapsed(start, CALENDAR.advance(start, hours * HOUR)) == hours * HOUR

    def test_a_pause_over_the_weekend_is_worth_nothing(self):
        paused, resumed = at(3, 6, 18), at(3, 9, 9)
        assert CALENDAR.elapsed(paused, resumed) == timedelta(0)
        start = at(3, 6, 16)
        assert CALENDAR.advance(start, 4 * HOUR) == at(3, 9, 11)


class TestPausesBelongToTime:
    """The budget is added to the start, so part budgets add up (frappe 2449, erpnext 47029)."""

    def test_in_parts(self):
        start = at(9, 29, 15)
        whole = CALENDAR.advance(start, 20 * HOUR)
        parts = CALENDAR.advance(CALENDAR.advance(start, 7 * HOUR), 13 * HOUR)
        assert whole == parts


class TestEdges:
    """Half-open windows lose no minute (zammad 3180, 3706, osticket 6739, 6847)."""

    def test_the_last_minute_before_midnight(self):
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "Asia/Shanghai")
        assert calendar.elapsed(at(3, 4), at(3, 5)) == 24 * HOUR
        assert calendar.elapsed(at(3, 4, 23, 59), at(3, 5)) == timedelta(minutes=1)

    def test_a_holiday_is_not_off_by_one(self):
        assert CALENDAR.elapsed(at(9, 30, 9), at(10, 9)) == 18 * HOUR

    def test_month_ends(self):
        assert CALENDAR.advance(at(4, 30, 17), 2 * HOUR) == at(5, 6, 10)

    def test_sparse_weeks(self):
        calendar = ServiceCalendar(schedule=Schedule(week={"wed": ["10:00-11:00"]}))
        assert calendar.advance(at(3, 4, 10, 30), 2 * HOUR) == at(3, 18, 10, 30)

    def test_lunch(self):
        calendar = ServiceHours(hours=("09:00-12:00", "13:00-18:00")).calendar()
        assert calendar.advance(at(3, 4, 11), 2 * HOUR) == at(3, 4, 14)

    def test_the_offset_of_the_day_and_not_of_today(self):
        newyork = ZoneInfo("America/New_York")
        calendar = ServiceCalendar("mon-fri", Schedule(week=("09:00-17:00",)), newyork)
        for month in (1, 7):
            opening = calendar.next_opening(datetime(2026, month, 15, tzinfo=newyork))
            assert opening.timetz() == time(9, tzinfo=newyork)

    def test_a_closure_across_new_year(self):
        start, end = at(12, 28), datetime(2027, 1, 9, tzinfo=SHANGHAI)
        calendar = ServiceCalendar(schedule=Schedule(exceptions=(closed((start, end)),)))
        assert calendar.elapsed(start, end) == timedelta(0)

    def test_excluded_days_do_not_shorten_a_limit(self):
        assert CALENDAR.advance(at(9, 30, 16), 4 * HOUR) == at(10, 8, 11)


class TestDifferencesByDesign:
    """The table of docs/calendar-peers.md, one row after another."""

    def test_add_of_zero(self):
        night = at(3, 7, 3)
        assert CALENDAR.advance(night, timedelta(0)) == night

    def test_deadline_at_close(self):
        assert CALENDAR.advance(at(3, 6, 9), 9 * HOUR) == at(3, 6, 18)

    def test_reversed_arguments(self):
        assert CALENDAR.elapsed(at(3, 5, 9), at(3, 4, 9)) == -9 * HOUR

    def test_microseconds(self):
        end = at(3, 4, 10) + timedelta(microseconds=1)
        assert CALENDAR.elapsed(at(3, 4, 10), end) == timedelta(microseconds=1)

    def test_past_the_data(self):
        late = datetime(2027, 2, 5, 9, tzinfo=SHANGHAI)
        assert CALENDAR.elapsed(late, late + HOUR) == timedelta(0)
        assert CALENDAR.is_provisional(late, late + HOUR)


class TestPeersAgree:
    """Where they can be asked, the Rust peers say the same of announced days."""

    def off(self):
        days = [date(2025, 1, 1) + timedelta(days=n) for n in range(700)]
        return [day for day in days if not CALENDAR.is_working_day(day)]

    def test_workclock(self):
        workclock = pytest.importorskip("workclock")
        peer = workclock.Schedule(
            [workclock.WorkDay(time(9), time(18), days=range(7)), workclock.Holidays(self.off())],
            time_zone=SHANGHAI,
        )
        start = datetime(2025, 1, 3, 5, 6, 7, 8, UTC)
        for n in range(200):
            end = start + timedelta(hours=61 * (n - 3), microseconds=n)
            if n >= 3:
                assert peer.between(start, end) == CALENDAR.elapsed(start, end)
                amount = timedelta(minutes=37 * n + 1)
                assert peer.add(start, amount) == CALENDAR.advance(start, amount)
