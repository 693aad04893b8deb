"""Laws of service time, for any instants and calendars, and laws that do not hold."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, closed
from ticketrules.errors import CalendarError, NaiveTimeError

ZERO = timedelta(0)
MOMENT = timedelta(microseconds=1)
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
instants = st.builds(
    lambda us, zone: (FIRST + timedelta(microseconds=us)).astimezone(zone),
    st.one_of(
        st.integers(0, 16 * 366 * 86_400_000_000),
        st.integers(0, 16 * 366 * 48).map(lambda half_hours: half_hours * 1_800_000_000),
    ),
    st.sampled_from(ZONES),
)
amounts = st.one_of(
    st.timedeltas(ZERO, timedelta(days=40)),
    st.integers(0, 400).map(lambda half_hours: timedelta(minutes=30 * half_hours)),
)
few = settings(max_examples=35, deadline=None)


@calendars
class TestElapsed:
    """``elapsed`` is additive and antisymmetric, and never more than the time itself."""

    @given(a=instants, b=instants, c=instants)
    @few
    def test_additive(self, calendar, a, b, c):
        total = calendar.elapsed(a, b) + calendar.elapsed(b, c)
        assert total == calendar.elapsed(a, c)

    @given(a=instants, b=instants)
    @few
    def test_antisymmetric_and_bounded(self, calendar, a, b):
        forth = calendar.elapsed(a, b)
        assert forth == -calendar.elapsed(b, a)
        real = b.astimezone(UTC) - a.astimezone(UTC)
        assert ZERO <= forth <= real if real >= ZERO else real <= forth <= ZERO

    @given(a=instants, b=instants, zone=st.sampled_from(ZONES))
    @few
    def test_zones_change_nothing(self, calendar, a, b, zone):
        assert calendar.elapsed(a.astimezone(zone), b) == calendar.elapsed(a, b)


@calendars
class TestAdvance:
    """``advance(a, d)`` is the earliest instant not before ``a`` with ``d`` elapsed."""

    @given(a=instants, d=amounts)
    @few
    def test_elapses_exactly_and_earliest(self, calendar, a, d):
        landed = calendar.advance(a, d)
        assert landed.tzinfo is a.tzinfo
        assert landed.astimezone(UTC) >= a.astimezone(UTC)
        assert calendar.elapsed(a, landed) == d
        if d:
            earlier = (landed.astimezone(UTC) - MOMENT).astimezone(a.tzinfo)
            assert calendar.elapsed(a, earlier) == d - MOMENT

    @given(a=instants)
    @few
    def test_nothing_is_nowhere(self, calendar, a):
        assert calendar.advance(a, ZERO) is a
        assert calendar.retreat(a, ZERO) is a

    @given(a=instants, d=amounts, e=amounts)
    @few
    def test_in_two_steps(self, calendar, a, d, e):
        assert calendar.advance(calendar.advance(a, d), e) == calendar.advance(a, d + e) or not e

    @given(a=instants, b=instants, d=amounts)
    @few
    def test_keeps_order(self, calendar, a, b, d):
        a, b = sorted((a.astimezone(UTC), b.astimezone(UTC)))
        assert calendar.advance(a, d) <= calendar.advance(b, d)

    @given(a=instants, d=amounts, zone=st.sampled_from(ZONES))
    @few
    def test_zones_change_nothing(self, calendar, a, d, zone):
        landed = calendar.advance(a, d)
        assert calendar.advance(a.astimezone(zone), d) - landed == ZERO or not d
        assert calendar.advance(a.astimezone(zone), d).astimezone(UTC) == landed.astimezone(UTC)


@calendars
class TestRetreat:
    """``retreat`` is the mirror: the latest instant not after ``b`` with ``d`` elapsed."""

    @given(b=instants, d=amounts)
    @few
    def test_elapses_exactly_and_latest(self, calendar, b, d):
        landed = calendar.retreat(b, d)
        assert landed.tzinfo is b.tzinfo
        assert landed.astimezone(UTC) <= b.astimezone(UTC)
        assert calendar.elapsed(landed, b) == d
        if d:
            later = (landed.astimezone(UTC) + MOMENT).astimezone(b.tzinfo)
            assert calendar.elapsed(later, b) == d - MOMENT

    @given(b=instants, d=amounts)
    @few
    def test_there_and_back(self, calendar, b, d):
        """Back and forth lands at or before the instant, with nothing served in between."""
        back = calendar.advance(calendar.retreat(b, d), d)
        assert back.astimezone(UTC) <= b.astimezone(UTC)
        assert calendar.elapsed(back, b) == ZERO


@calendars
class TestOpenings:
    """``next_opening`` is the earliest open instant; what lies before it is closed."""

    @given(a=instants)
    @few
    def test_next_opening(self, calendar, a):
        opening = calendar.next_opening(a)
        assert calendar.is_open(opening)
        assert opening.tzinfo is a.tzinfo
        assert calendar.elapsed(a, opening) == ZERO
        assert (opening is a) is calendar.is_open(a)

    @given(a=instants)
    @few
    def test_open_is_what_elapses(self, calendar, a):
        after = (a.astimezone(UTC) + MOMENT).astimezone(a.tzinfo)
        assert calendar.elapsed(a, after) == (MOMENT if calendar.is_open(a) else ZERO)

    @given(a=instants, days=st.integers(0, 30))
    @few
    def test_windows_add_up(self, calendar, a, days):
        b = a + timedelta(days=days)
        windows = list(calendar.windows(a, b))
        total = sum((q.astimezone(UTC) - p.astimezone(UTC) for p, q in windows), ZERO)
        assert total == calendar.elapsed(a, b)
        for (_, earlier), (later, _) in pairwise(windows):
            assert earlier.astimezone(UTC) < later.astimezone(UTC)


class TestClosing:
    """Closing is going from open to closed."""

    @given(a=instants)
    @few
    def test_previous_closing(self, a):
        calendar = CALENDARS["breaks"]
        shut = calendar.previous_closing(a)
        before = (shut.astimezone(UTC) - MOMENT).astimezone(a.tzinfo)
        assert shut.astimezone(UTC) <= a.astimezone(UTC)
        assert calendar.is_open(before)
        assert not calendar.is_open(shut)
        assert not any(opens > shut and closes < a for opens, closes in calendar.windows(shut, a))

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
        asked=st.lists(st.tuples(instants, amounts), min_size=1, max_size=4),
        a=instants,
        d=amounts,
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
            lambda c, naive, aware: c.coverage([], naive, aware),
            lambda c, naive, aware: c.coverage([(naive, aware)], aware, aware),
        ],
    )
    def test_refused(self, ask):
        with pytest.raises(NaiveTimeError):
            ask(CALENDARS["plain"], self.naive, self.aware)
