"""Laws of service time, for any instants and calendars, and laws that do not hold."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, closed
from ticketrules.errors import CalendarError, NaiveTimeError
from ticketrules.verification import laws, strategies

ZERO = timedelta(0)
SHANGHAI = ZoneInfo("Asia/Shanghai")

CALENDARS = {
    "plain": ServiceCalendar(),
    "breaks": ServiceCalendar(schedule=Schedule(week=("09:00-12:00", "13:00-18:00"))),
    "nights": ServiceCalendar("mon-sun", Schedule(week=("21:30-05:30",)), "America/New_York"),
    "odd": ServiceCalendar("tue-sat", Schedule(week=("08:07:13.000001-16:59:59.999999",)), "UTC"),
    "many": ServiceCalendar(schedule=Schedule(week=[f"{h:02}:10-{h:02}:25" for h in range(24)])),
    "always": ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "Europe/London"),
    "midnight zone": ServiceCalendar("mon-fri", Schedule(week=("00:00-02:00", "20:00-24:00")),
                                     "America/Sao_Paulo"),
}  # fmt: skip

ZONES = (
    UTC,
    SHANGHAI,
    ZoneInfo("America/New_York"),
    ZoneInfo("America/Sao_Paulo"),
    timezone(-timedelta(hours=3, minutes=30)),
)
FIRST = datetime(2010, 1, 1, tzinfo=UTC)

calendars = pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
instants = strategies.instants(first=FIRST, last=datetime(2026, 1, 1, tzinfo=UTC), zones=ZONES)
few = settings(max_examples=35, deadline=None)


@pytest.mark.parametrize("law", laws.CALENDAR, ids=str)
@calendars
def test_the_public_laws_hold(calendar, law):
    law.check(calendar, few)


@pytest.mark.slow
@pytest.mark.parametrize("law", laws.CALENDAR, ids=str)
def test_they_hold_of_any_calendar(law):
    law.check(strategies.calendars(), settings(max_examples=60, deadline=None))


def test_they_hold_of_a_calendar_that_does_not_project():
    laws.calendar(ServiceCalendar(unannounced="raise"), settings(max_examples=15, deadline=None))


class TestClosing:
    """Closing is going from open to closed."""

    def test_service_without_end_never_closed(self):
        with pytest.raises(CalendarError, match="nothing closes"):
            CALENDARS["always"].previous_closing(datetime(2026, 1, 1, tzinfo=UTC))

    def test_a_midnight_that_service_runs_through_is_no_closing(self):
        schedule = Schedule(
            week=("00:00-24:00",), exceptions=(closed((FIRST, FIRST + timedelta(hours=1))),)
        )
        calendar = ServiceCalendar("mon-sun", schedule, "UTC")
        assert calendar.previous_closing(datetime(2013, 5, 1, tzinfo=UTC)) == FIRST


class TestOrderOfQuestions:
    """What was asked before changes nothing: years are laid out in any order, or not at all."""

    reference = ServiceCalendar()

    @given(
        asked=st.lists(st.tuples(instants, strategies.amounts()), min_size=1, max_size=4),
        a=instants,
        d=strategies.amounts(),
    )
    @settings(max_examples=40, deadline=None)
    def test_fresh_calendars(self, asked, a, d):
        for year in range(2009, 2028):  # lays out every year of the reference
            self.reference.elapsed(*[datetime(year, month, 1, tzinfo=a.tzinfo) for month in (2, 3)])
        fresh = ServiceCalendar()
        for at, amount in asked:
            assert fresh.advance(at, amount) == self.reference.advance(at, amount)
        assert fresh.retreat(a, d) == self.reference.retreat(a, d)
        assert fresh.advance(a, d) == self.reference.advance(a, d)
        assert fresh.next_opening(a) == self.reference.next_opening(a)

    @pytest.mark.parametrize("zone", ZONES, ids=str)
    @pytest.mark.parametrize("year", range(2020, 2027))
    def test_back_across_a_year_that_is_not_laid_out(self, zone, year):
        fresh = ServiceCalendar()
        start = datetime(year, 1, 6, 12, tzinfo=SHANGHAI).astimezone(zone)
        assert fresh.is_open(start) or not fresh.is_working_day(start.astimezone(SHANGHAI).date())
        landed = fresh.retreat(start, timedelta(hours=40))
        assert fresh.elapsed(landed, start) == timedelta(hours=40)
        assert landed.year == year - 1


class TestNewYear:
    """Where one year of UTC ends and the next begins, nothing is to be seen."""

    year = datetime(2026, 1, 1, tzinfo=UTC)
    zones = pytest.mark.parametrize("zone", ZONES, ids=str)

    @zones
    @pytest.mark.parametrize("after", [1, 2, 3])
    def test_a_window_that_ends_just_after_it(self, zone, after):
        fresh = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC")
        start = (self.year - timedelta(hours=1)).astimezone(zone)
        end = (self.year + after * timedelta.resolution).astimezone(zone)
        assert list(fresh.windows(start, end)) == [(start, end)]

    @zones
    def test_from_the_last_closing_of_a_year_to_the_first_opening_of_the_next(self, zone):
        weekdays = ServiceCalendar("mon-fri", zone="UTC")
        closing = self.year.replace(year=2025, month=12, day=31, hour=18).astimezone(zone)
        opening = datetime(2026, 1, 1, 9, tzinfo=UTC)
        assert weekdays.next_opening(closing) == opening
        fresh = ServiceCalendar("mon-fri", zone="UTC")
        assert fresh.previous_closing(opening.astimezone(zone)) == closing


class TestNonLaws:
    """What one might expect and what is not so."""

    calendar = CALENDARS["plain"]

    def test_advancing_by_what_elapsed_need_not_come_back(self):
        """An end outside service hours is not reached: the last served instant comes first."""
        start = datetime(2026, 3, 4, 17, tzinfo=SHANGHAI)
        end = datetime(2026, 3, 4, 22, tzinfo=SHANGHAI)
        landed = self.calendar.advance(start, self.calendar.elapsed(start, end))
        assert landed == datetime(2026, 3, 4, 18, tzinfo=SHANGHAI) != end

    def test_advance_of_zero_does_not_open(self):
        night = datetime(2026, 3, 4, 22, tzinfo=SHANGHAI)
        assert self.calendar.advance(night, ZERO) == night
        assert self.calendar.next_opening(night) != night

    def test_a_negative_amount_is_no_retreat(self):
        noon = datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)
        for move in (self.calendar.advance, self.calendar.retreat):
            with pytest.raises(CalendarError, match="cannot be negative"):
                move(noon, -timedelta(hours=1))

    def test_no_elapsed_time_is_not_the_same_instant(self):
        a, b = (datetime(2026, 3, 4, hour, tzinfo=SHANGHAI) for hour in (19, 23))
        assert self.calendar.elapsed(a, b) == ZERO

    def test_a_day_of_wall_clock_is_not_a_day(self):
        """On the night that clocks go forward, a day has 23 hours, and service runs on it."""
        start = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/London"))
        elapsed = CALENDARS["always"].elapsed(start, start + timedelta(days=1))
        assert elapsed == timedelta(hours=23)


class TestAwareOnly:
    """A naive instant is refused by every verb."""

    naive = datetime(2026, 3, 4, 12)  # noqa: DTZ001 - that is the point
    aware = datetime(2026, 3, 4, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda c, naive, aware: c.elapsed(naive, aware),
            lambda c, naive, aware: c.elapsed(aware, naive),
            lambda c, naive, aware: c.elapsed(naive, naive),
            lambda c, naive, aware: c.advance(naive, timedelta(hours=1)),
            lambda c, naive, aware: c.advance(naive, ZERO),
            lambda c, naive, aware: c.retreat(naive, timedelta(hours=1)),
            lambda c, naive, aware: c.is_open(naive),
            lambda c, naive, aware: c.next_opening(naive),
            lambda c, naive, aware: c.previous_closing(naive),
            lambda c, naive, aware: list(c.windows(naive, aware)),
            lambda c, naive, aware: c.explain(naive, aware),
            lambda c, naive, aware: c.is_provisional(naive, aware),
            lambda c, naive, aware: c.is_provisional(aware, naive),
            lambda c, naive, aware: c.is_provisional(naive, naive),
            lambda c, naive, aware: c.coverage([], naive, aware),
            lambda c, naive, aware: c.coverage([(naive, aware)], aware, aware),
        ],
    )
    def test_refused(self, ask):
        for calendar in (CALENDARS["plain"], ServiceCalendar()):
            with pytest.raises(NaiveTimeError, match=r"^2026-03-04T12:00:00 has no time zone$"):
                ask(calendar, self.naive, self.aware)
