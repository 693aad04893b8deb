"""What is not announced: raised or projected, and never passed over in silence."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import (
    Day,
    DayKind,
    Days,
    Schedule,
    ServiceCalendar,
    ServiceHours,
    opened,
)
from ticketrules.errors import CalendarError, UnannouncedError

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
END = datetime(2027, 1, 1, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def strict():
    return ServiceHours(unannounced="raise").calendar()


@pytest.fixture(params=[SHANGHAI, UTC, ZoneInfo("America/New_York")], ids=str)
def zone(request):
    return request.param


class TestRaising:
    """``unannounced="raise"``: everything up to the last announced midnight, nothing past it."""

    def test_the_very_end_can_be_an_end(self, strict, zone):
        end = END.astimezone(zone)
        assert strict.elapsed(end - 30 * HOUR, end) == 9 * HOUR
        assert strict.elapsed(end, end) == timedelta(0)
        assert strict.elapsed(end, end - 30 * HOUR) == -9 * HOUR

    @pytest.mark.parametrize("past", [timedelta(microseconds=1), HOUR, timedelta(days=400)])
    def test_not_an_instant_more(self, strict, zone, past):
        end = END.astimezone(zone)
        for ask in (
            lambda: strict.elapsed(end - HOUR, end + past),
            lambda: strict.elapsed(end + past, end - HOUR),
            lambda: strict.elapsed(end + past, end + past),
            lambda: strict.advance(end + past, HOUR),
            lambda: strict.retreat(end + past, HOUR),
            lambda: list(strict.windows(end - HOUR, end + past)),
            lambda: strict.explain(end - HOUR, end + past),
            lambda: strict.is_open(end + past),
            lambda: strict.next_opening(end + past),
            lambda: strict.previous_closing(end + past),
        ):
            with pytest.raises(UnannouncedError, match="outside what is known"):
                ask()

    def test_the_message_names_the_instant_and_what_is_known(self, strict, zone):
        with pytest.raises(UnannouncedError) as raised:
            strict.elapsed(END.astimezone(zone), END.astimezone(zone) + HOUR)
        assert str(raised.value) == (
            "2026-12-31T17:00:00+00:00 is outside what is known, "
            "2003-12-31T16:00:00+00:00 to 2026-12-31T16:00:00+00:00"
        )

    def test_the_last_microsecond(self, zone):
        round_the_clock = Schedule(week=("00:00-24:00",), days_off=("00:00-24:00",))
        last = END.astimezone(zone) - timedelta.resolution
        calendar = ServiceCalendar(schedule=round_the_clock, unannounced="raise")
        assert calendar.is_open(last)
        assert list(calendar.windows(last, last + timedelta.resolution)) == [
            (last, last + timedelta.resolution)
        ]

    def test_deadlines(self, strict, zone):
        start = datetime(2026, 12, 31, 9, tzinfo=SHANGHAI).astimezone(zone)
        assert strict.advance(start, 9 * HOUR) == start + 9 * HOUR
        with pytest.raises(UnannouncedError):
            strict.advance(start, 9 * HOUR + timedelta.resolution)
        with pytest.raises(UnannouncedError):
            strict.next_opening(start + 9 * HOUR)
        for before in (HOUR, timedelta.resolution):
            assert not strict.is_open(END.astimezone(zone) - before)
        with pytest.raises(UnannouncedError):
            strict.is_open(END.astimezone(zone))

    def test_the_beginning(self, strict, zone):
        first = datetime(2004, 1, 1, tzinfo=SHANGHAI).astimezone(zone)
        assert strict.elapsed(first, first + 58 * HOUR) == 9 * HOUR
        with pytest.raises(UnannouncedError):
            strict.elapsed(first - timedelta.resolution, first)
        with pytest.raises(UnannouncedError):
            strict.retreat(first + 57 * HOUR, 10 * HOUR)
        with pytest.raises(UnannouncedError):
            strict.previous_closing(first + HOUR)

    def test_weekdays_need_no_notice(self):
        calendar = ServiceCalendar("mon-fri", zone="UTC", unannounced="raise")
        for year in (1950, 2026, 2500):
            assert calendar.elapsed(
                *(datetime(year, 1, day, tzinfo=UTC) for day in (1, 8))
            ) == timedelta(hours=45)
            assert not calendar.day(date(year, 1, 1)).provisional

    def test_dates(self, strict):
        assert strict.is_working_day(date(2026, 12, 31))
        for ask in (
            lambda: strict.day(date(2027, 1, 1)),
            lambda: strict.is_working_day(date(2003, 12, 31)),
            lambda: strict.nth_working_day(date(2026, 12, 30), 2),
            lambda: strict.nth_working_day(date(2004, 1, 5), -3),
            lambda: strict.working_days_between(date(2026, 12, 1), date(2027, 1, 2)),
            lambda: strict.opening(date(2027, 1, 4)),
        ):
            with pytest.raises(UnannouncedError):
                ask()
        assert strict.nth_working_day(date(2026, 12, 30), 1) == date(2026, 12, 31)
        assert strict.working_days_between(date(2026, 12, 30), date(2027, 1, 1)) == 2
        assert strict.closing(date(2026, 12, 31)) == END - 6 * HOUR

    def test_the_answer_does_not_depend_on_what_was_asked_before(self, zone):
        for first in (2005, 2026, 2015):
            calendar = ServiceHours(unannounced="raise").calendar()
            calendar.elapsed(*(datetime(first, 6, day, tzinfo=zone) for day in (1, 2)))
            span = datetime(2004, 6, 1, 20, tzinfo=zone), datetime(2026, 6, 1, 20, tzinfo=zone)
            days = calendar.working_days_between(date(2004, 6, 2), date(2026, 6, 2))
            assert calendar.elapsed(*span) == days * 9 * HOUR


class TestProjecting:
    """``unannounced="project"``, the default: an answer, and the word that it is provisional."""

    calendar = ServiceHours().calendar()

    def test_a_deadline_across_the_coming_new_year(self):
        start = datetime(2026, 12, 31, 16, tzinfo=SHANGHAI)
        due = self.calendar.advance(start, 4 * HOUR)
        assert due == datetime(2027, 1, 4, 11, tzinfo=SHANGHAI)
        assert self.calendar.is_provisional(start, due)
        assert self.calendar.explain(start, due).provisional

    def test_every_kind_of_result_says_so(self):
        start, end = datetime(2027, 2, 3, tzinfo=SHANGHAI), datetime(2027, 2, 10, tzinfo=SHANGHAI)
        assert self.calendar.day(date(2027, 2, 4)).provisional
        assert all(item.provisional for item in self.calendar.explain(start, end))
        assert self.calendar.coverage([], start, end).provisional
        settled = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
        assert not self.calendar.explain(*settled).provisional
        assert not self.calendar.coverage([], *settled).provisional

    @pytest.mark.parametrize("zone", [UTC, SHANGHAI, ZoneInfo("America/New_York")], ids=str)
    def test_as_far_as_the_lunar_tables_go(self, zone):
        calendar = ServiceHours().calendar()
        end = datetime(2100, 1, 1, tzinfo=SHANGHAI).astimezone(zone)
        assert calendar.elapsed(end - 24 * HOUR, end) == 9 * HOUR
        with pytest.raises(UnannouncedError):
            calendar.elapsed(end - 24 * HOUR, end + HOUR)
        with pytest.raises(UnannouncedError):
            calendar.advance(end - 24 * HOUR, 10 * HOUR)
        first = datetime(1901, 1, 1, tzinfo=SHANGHAI).astimezone(zone)
        with pytest.raises(UnannouncedError):
            calendar.elapsed(first - HOUR, first + HOUR)
        assert calendar.elapsed(first, first + 36 * HOUR) == 3 * HOUR

    def test_what_is_settled_is_asked_once(self):
        """As far as the answer reaches, from its first instant to its last."""
        asked = []

        class March(Days):
            announced = date(2026, 3, 1), date(2026, 3, 31)

            def day(self, date):
                return Day(date, DayKind.WORKDAY)

            def settled_around(self, date):
                asked.append(date)
                return self.announced if self.is_announced(date) else None

        calendar = ServiceCalendar(March(), zone="UTC")
        first, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
        for start in (first + 300 * HOUR, first, end - HOUR):
            assert not calendar.is_provisional(start, start + HOUR)
        assert asked == [date(2026, 3, 13)]
        assert calendar.is_provisional(end - HOUR, end + timedelta.resolution)
        assert calendar.is_provisional(end, end)
        assert len(asked) == 3

    def test_weekdays_are_never_provisional(self):
        calendar = ServiceCalendar("mon-fri")
        span = datetime(1950, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
        assert not calendar.is_provisional(*span)
        assert calendar.elapsed(*span) > timedelta(0)


class TestNoEndlessSearch:
    """A calendar that opens no more is refused, and never searched for ever."""

    def test_days_that_are_never_worked(self):
        class Never:
            def is_working_day(self, day):
                return False

        calendar = ServiceCalendar(Never())
        at = datetime(2026, 1, 1, tzinfo=UTC)
        for ask in (
            lambda: calendar.advance(at, HOUR),
            lambda: calendar.retreat(at, HOUR),
            lambda: calendar.next_opening(at),
            lambda: calendar.previous_closing(at),
            lambda: calendar.nth_working_day(date(2026, 1, 1), 1),
            lambda: calendar.nth_working_day(date(2026, 1, 1), -1),
        ):
            with pytest.raises(CalendarError):
                ask()
        assert calendar.elapsed(at, at + 1000 * HOUR) == timedelta(0)

    def test_fifty_years_are_searched_and_no_more(self):
        once = Schedule(week=(), exceptions=(opened(date(2000, 6, 1), ("09:00-10:00",)),))
        opening = datetime(2000, 6, 1, 9, tzinfo=UTC)
        asks = (
            (1949, lambda c, at: c.advance(at, HOUR), opening + HOUR),
            (2051, lambda c, at: c.retreat(at, HOUR), opening),
            (1949, lambda c, at: c.next_opening(at), opening),
        )
        for year, ask, found in asks:
            at = datetime(year, 6, 1, tzinfo=UTC)
            assert ask(ServiceCalendar("mon-sun", once, "UTC"), at) == found
            further = at.replace(year=year - 1 if at < opening else year + 1)
            with pytest.raises(CalendarError, match="nothing is open in the 50 years next to"):
                ask(ServiceCalendar("mon-sun", once, "UTC"), further)

    def test_up_to_a_last_midnight_that_is_new_year_in_utc_too(self):
        class Known:
            announced = date(2026, 1, 1), date(2026, 12, 31)

            def is_working_day(self, day):
                return True

        calendar = ServiceCalendar(Known(), zone="UTC", unannounced="raise")
        end = datetime(2027, 1, 1, tzinfo=UTC)
        assert list(calendar.windows(end - 24 * HOUR, end)) == [(end - 15 * HOUR, end - 6 * HOUR)]
        assert calendar.explain(end - 24 * HOUR, end).elapsed == 9 * HOUR
        assert calendar.advance(end - 24 * HOUR, 9 * HOUR) == end - 6 * HOUR
        assert calendar.retreat(end, 9 * HOUR) == end - 15 * HOUR
        assert calendar.previous_closing(end) == end - 6 * HOUR

    def test_fifty_years_are_counted_anew_after_an_opening(self):
        """Forwards and backwards, on the way to the rest of an amount."""
        openings = [datetime(year, 6, 1, 9, tzinfo=UTC) for year in (1999, 2000, 2051, 2052)]
        days = tuple(opened(at.date(), ("09:00-10:00",)) for at in openings)
        calendar = ServiceCalendar("mon-sun", Schedule(week=(), exceptions=days), "UTC")
        assert calendar.advance(openings[0], 3 * HOUR) == openings[2] + HOUR
        assert calendar.retreat(openings[3] + HOUR, 3 * HOUR) == openings[1]

    def test_the_first_and_the_last_hours_of_all(self):
        def calendar():
            return ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC")

        first, end = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
        assert calendar().is_open(first)
        assert calendar().elapsed(first, first + HOUR) == HOUR
        for start, stop in ((first, first + HOUR), (end - HOUR, end)):
            assert list(calendar().windows(start, stop)) == [(start, stop)]
            assert calendar().explain(start, stop).elapsed == HOUR

    @pytest.mark.parametrize(
        "ask",
        [
            lambda c: c.is_open(datetime(9999, 1, 1, tzinfo=UTC)),
            lambda c: c.is_open(datetime(1, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
            lambda c: c.elapsed(*[datetime(1, 6, 1, tzinfo=UTC)] * 2),
            lambda c: c.elapsed(*[datetime(9999, 6, 1, tzinfo=UTC)] * 2),
            lambda c: c.advance(datetime(9998, 12, 31, tzinfo=UTC), 100 * HOUR),
            lambda c: c.retreat(datetime(2, 1, 2, tzinfo=UTC), 100 * HOUR),
        ],
    )
    def test_the_ends_of_time(self, ask):
        with pytest.raises(CalendarError, match="outside the years 2 to 9998"):
            ask(ServiceCalendar("mon-fri", Schedule(week=("00:00-24:00",)), "UTC"))
