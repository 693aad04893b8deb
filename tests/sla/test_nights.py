"""Night shifts: a window across midnight belongs to the day on which it opens (7.1, 9).

The desk serves from 22:00 to 06:00; 2 March 2026 is a Monday, 7 March a Saturday.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours, closed, opened
from ticketrules.errors import CalendarError
from ticketrules.rulebook import Policy
from ticketrules.sla import ClockSet, Verdict, Waiting, marketplace_targets
from ticketrules.sla.days import ServiceDays

from .stories import at, fact, ticket_of

NIGHT = Policy(service_hours=ServiceHours(hours=("22:00-06:00",)))
MARK = "system marked_business_stopping"


class TestTheSameDay:
    """7.1: the night shift is one service day, and ends when it closes."""

    @pytest.mark.parametrize(
        ("arrived", "close"),
        [
            ("2026-03-02 23:00", "2026-03-03 06:00"),
            ("2026-03-03 02:00", "2026-03-03 06:00"),  # Monday's shift still
            ("2026-03-03 05:59", "2026-03-03 06:00"),
            ("2026-03-03 06:00", "2026-03-04 06:00"),  # closed: the next shift is Tuesday's
            ("2026-03-03 12:00", "2026-03-04 06:00"),
            ("2026-03-07 03:00", "2026-03-07 06:00"),  # Friday's shift, on a Saturday
            ("2026-03-07 07:00", "2026-03-10 06:00"),
            ("2026-03-09 00:30", "2026-03-10 06:00"),  # nobody served on Sunday night
            ("2026-02-15 01:00", "2026-02-15 06:00"),  # the make-up Saturday's, into the festival
            ("2026-02-15 08:00", "2026-02-25 06:00"),
        ],
    )
    def test_it_ends_with_the_shift(self, tell, arrived, close):
        story = tell(f"{arrived} customer submitted", f"{arrived} {MARK}", policy=NIGHT)
        assert story.read("same_day_resolution", arrived).deadline == at(close)


class TestWaits:
    """9: the day of the shift in which a wait starts is day zero; day N is over with its shift."""

    def read(self, tell, clock, start):
        event = "solution_proposed" if clock == "confirmation_lapse" else "feedback_requested"
        story = tell(
            f"{start} customer submitted",
            f"{start} an replied",
            f"{start} an {event}",
            policy=NIGHT,
        )
        return story.read(clock, start)

    @pytest.mark.parametrize(
        ("start", "due", "end"),
        [
            ("2026-03-02 23:00", "2026-03-05 23:00", "2026-03-06 06:00"),
            ("2026-03-03 02:00", "2026-03-06 02:00", "2026-03-06 06:00"),  # day zero is Monday
            ("2026-03-03 12:00", "2026-03-06 22:00", "2026-03-07 06:00"),  # day zero is Tuesday
            ("2026-03-04 02:00", "2026-03-07 02:00", "2026-03-07 06:00"),  # Friday's shift
            ("2026-03-07 02:00", "2026-03-12 02:00", "2026-03-12 06:00"),  # day zero is Friday
            ("2026-03-08 02:00", "2026-03-11 22:00", "2026-03-12 06:00"),  # a Sunday's, by its date
        ],
    )
    def test_three_working_days(self, tell, start, due, end):
        reading = self.read(tell, "confirmation_lapse", start)
        assert (reading.due_at, reading.deadline) == (at(due), at(end))

    def test_the_reminder_is_due_when_day_two_opens(self, tell):
        reading = self.read(tell, "feedback_reminder", "2026-03-03 02:00")
        assert (reading.due_at, reading.deadline) == (
            at("2026-03-04 22:00"),
            at("2026-03-05 06:00"),
        )

    def test_a_lapse_in_the_small_hours_of_its_night_is_in_time(self, tell):
        story = tell(
            "2026-03-02 23:00 customer submitted",
            "2026-03-02 23:00 an replied",
            "2026-03-02 23:00 an solution_proposed",
            "2026-03-06 04:00 system confirmation_lapsed",
            policy=NIGHT,
        )
        assert story.read("confirmation_lapse", "2026-03-20 12:00").verdict is Verdict.MET


class TestDays:
    """What belongs to a day, in calendars that are not of one kind."""

    def days(self, week, *exceptions, days="mon-fri"):
        return ServiceDays(ServiceCalendar(days, Schedule(week=week, exceptions=exceptions)))

    @pytest.mark.parametrize(
        ("when", "on"),
        [
            ("2026-03-03 05:59:59.999999", date(2026, 3, 2)),
            ("2026-03-03 06:00", date(2026, 3, 3)),  # the night is over when it closes
            ("2026-03-04 00:00", date(2026, 3, 3)),  # and goes on at midnight
            ("2026-03-08 00:00", date(2026, 3, 8)),  # a Sunday, after no night
            ("2026-03-07 23:59:59.999999", date(2026, 3, 7)),
        ],
    )
    def test_a_boundary_belongs_to_what_it_begins(self, when, on):
        days = self.days(["22:00-06:00"])
        assert days.of(at(when)).date == on
        assert days.of(at(when)).date == on  # from the days that are known by now

    @pytest.mark.parametrize(
        "place", ["Etc/GMT+12", "America/New_York", "UTC", "Asia/Kathmandu", "Etc/GMT-14"]
    )
    @pytest.mark.parametrize(("week", "until"), [("22:00-06:00", 6), ("22:00-14:00", 14)])
    def test_asked_again_it_says_the_same_wherever_the_desk_is(self, place, week, until):
        zone = ZoneInfo(place)
        days = ServiceDays(ServiceCalendar("mon-sun", Schedule(week=[week]), zone))
        for hour in range(72):
            local = datetime(2026, 3, 3, tzinfo=zone) + timedelta(hours=hour)
            on = local.date() - timedelta(days=local.hour < until)
            assert [days.of(local.astimezone(UTC)).date for _ in range(2)] == [on, on]

    @pytest.mark.parametrize("on", [date(1, 12, 31), date(9999, 1, 1)])
    def test_a_day_that_cannot_be_reckoned_with_is_refused_by_name(self, on):
        with pytest.raises(CalendarError, match=f"^{on} is outside the years 2 to 9998$"):
            self.days(["09:00-18:00"], days="mon-sun").day(on)

    @pytest.mark.parametrize("on", [date(2, 1, 1), date(9998, 12, 31)])
    def test_the_first_and_the_last_that_can_are_days_like_any_other(self, on):
        day = self.days(["09:00-18:00"], days="mon-sun").day(on)
        assert day.opening - day.start == timedelta(hours=9)
        assert day.end - day.start == timedelta(days=1)

    def test_each_is_looked_up_once(self):
        days = self.days(["09:00-18:00"])
        on = date(2026, 3, 2)
        assert days.day(on) is days.day(on)
        found = days.nth(on, 2)
        del days.calendar  # nothing more is asked of it
        assert days.nth(on, 2) is found

    def test_no_night_runs_into_a_date_that_it_ends_with(self):
        days = self.days(["18:00-24:00"])
        day = days.day(date(2026, 3, 3))
        assert (day.night_until, day.start) == (None, at("2026-03-03 00:00"))

    def test_its_instants_are_in_utc(self):
        day = self.days(["22:00-06:00"]).day(date(2026, 3, 3))
        for one in (day.start, day.opening, day.closing, day.end, day.night_until):
            assert one.tzinfo is UTC

    def test_three_shifts_make_a_day_from_six_to_six(self):
        days = self.days(["06:00-14:00", "14:00-22:00", "22:00-06:00"])
        day = days.of(at("2026-03-03 03:00"))
        assert (day.date, day.opening, day.closing, day.end) == (
            date(2026, 3, 2),
            at("2026-03-02 06:00"),
            at("2026-03-03 06:00"),
            at("2026-03-03 06:00"),
        )

    def test_a_closed_date_ends_the_shift_that_began_before_it(self):
        days = self.days(["22:00-06:00"], closed(date(2026, 3, 3)))
        assert days.day(date(2026, 3, 2)).closing == at("2026-03-03 00:00")
        assert days.of(at("2026-03-03 02:00")).date == date(2026, 3, 3)
        # Of the closed date's own shift the hours after midnight are left.
        assert days.day(date(2026, 3, 3)).opening == at("2026-03-04 00:00")

    def test_an_extra_opening_belongs_to_the_day_on_which_it_begins(self):
        night = (at("2026-03-07 23:00"), at("2026-03-08 03:00"))
        days = self.days(["09:00-18:00"], opened(night))
        assert days.arrival(at("2026-03-07 12:00")).closing == at("2026-03-08 03:00")
        assert days.of(at("2026-03-08 01:00")).date == date(2026, 3, 7)

    def test_one_that_lasts_for_days_is_cut_at_their_midnights(self):
        long = (at("2026-03-07 12:00"), at("2026-03-09 03:00"))
        days = self.days(["09:00-18:00"], opened(long))
        assert days.day(date(2026, 3, 8)).closing == at("2026-03-09 00:00")
        assert days.day(date(2026, 3, 9)).opening == at("2026-03-09 00:00")

    def test_of_two_calendars_in_one_the_night_goes_on_too(self):
        either = ServiceCalendar("mon-fri") | ServiceCalendar(
            "mon-fri", Schedule(week=["22:00-06:00"])
        )
        days = ServiceDays(either)
        day = days.of(at("2026-03-03 03:00"))
        assert (day.opening, day.closing) == (at("2026-03-02 09:00"), at("2026-03-03 06:00"))
        assert days.day(date(2026, 3, 3)).opening == at("2026-03-03 09:00")
        assert days.day(date(2026, 3, 7)).opening is None


class TestTheEndsOfTheCalendar:
    """Beyond them there is no day, and the error says so by name."""

    @pytest.mark.parametrize("on", [date.min, date.max])
    def test_no_day_lies_beyond_them(self, on):
        days = ServiceDays(ServiceCalendar("mon-fri"))
        with pytest.raises(CalendarError, match=f"^{on} is outside the years 2 to 9998$"):
            days.day(on)


class TestDaysOfAnotherLength:
    """A wait falls due at its own time on the wall, whatever the clocks did in between."""

    def due(self, start, days):
        zone = ZoneInfo("America/New_York")
        found = ServiceDays(ServiceCalendar("mon-sun", Schedule(week=["08:00-20:00"]), zone))
        started = datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC)
        _day, due = found.due(started, days, at_opening=False)
        return f"{due.astimezone(zone):%Y-%m-%d %H:%M}"

    @pytest.mark.parametrize(
        ("start", "days", "due"),
        [
            ("2026-03-08 10:00", 3, "2026-03-11 10:00"),  # from the day of 23 hours
            ("2026-03-05 10:00", 3, "2026-03-08 10:00"),  # to it
            ("2026-03-06 10:00", 5, "2026-03-11 10:00"),  # over it
            ("2026-03-08 10:00", 238, "2026-11-01 10:00"),  # from it to the day of 25
        ],
    )
    def test_it_keeps_its_time_of_day(self, start, days, due):
        assert self.due(start, days) == due


class TestNightsOfAnotherLength:
    """A wait of the small hours falls due in those of its night, which are on the next date."""

    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-03-05 04:00", "2026-03-08 04:00"),  # into the night of 7 hours
            ("2026-03-08 04:00", "2026-03-11 04:00"),  # from it
            ("2026-10-29 04:00", "2026-11-01 04:00"),  # into the night of 9 hours
            ("2026-03-04 23:00", "2026-03-07 23:00"),
        ],
    )
    def test_it_keeps_its_time_of_day(self, start, due):
        zone = ZoneInfo("America/New_York")
        days = ServiceDays(ServiceCalendar("mon-sun", Schedule(week=["22:00-06:00"]), zone))
        started = datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC)
        _day, found = days.due(started, 3, at_opening=False)
        assert f"{found.astimezone(zone):%Y-%m-%d %H:%M}" == due


class TestDaysOnWhichTheDeskIsClosed:
    """9 counts working days of the calendar; whether closed ones are among them is a setting."""

    HOURS = Schedule(exceptions=(closed(date(2026, 3, 4), name="盘点"),))

    @pytest.mark.parametrize(
        ("counts", "due"), [(True, "2026-03-05 10:00"), (False, "2026-03-06 10:00")]
    )
    def test_a_day_closed_by_an_exception(self, counts, due):
        targets = marketplace_targets(Policy().promises, Waiting(closed_days_count=counts))
        clocks = ClockSet("own", targets, ServiceCalendar("CN", self.HOURS))
        lines = ("customer submitted", "an replied", "an solution_proposed")
        ticket = ticket_of([fact(f"2026-03-02 10:00 {line}") for line in lines])
        (reading,) = [one for one in clocks.read(ticket, ticket.last_event_at) if one.is_open]
        assert reading.due_at == at(due)

    @pytest.mark.parametrize(
        ("counts", "due"), [(True, "2026-03-04 00:00"), (False, "2026-03-05 09:00")]
    )
    def test_a_step_that_falls_on_it(self, counts, due):
        days = ServiceDays(ServiceCalendar("CN", self.HOURS))
        found = days.due(at("2026-03-02 10:00"), 2, at_opening=True, closed_count=counts)
        assert found[1] == at(due)

    def test_by_default_it_is_a_working_day(self):
        assert Waiting().closed_days_count
        days = ServiceDays(ServiceCalendar("CN", self.HOURS))
        assert days.due(at("2026-03-02 10:00"), 2, at_opening=True)[1] == at("2026-03-04 00:00")
        assert days.nth(date(2026, 3, 2), 2).date == date(2026, 3, 4)

    def test_a_desk_that_never_opens_again_is_not_searched_for_ever(self):
        calendar = ServiceCalendar(
            "mon-fri", Schedule(week=(), exceptions=(opened(date(2026, 3, 2)),))
        )
        with pytest.raises(ValueError, match=r"^no working day with service hours among the 3,660"):
            ServiceDays(calendar).nth(date(2026, 3, 2), 1, closed_count=False)

    def test_a_night_is_as_long_as_it_is(self):
        calendar = ServiceCalendar("CN", Schedule(week=["22:00-06:00"]))
        ((start, end),) = calendar.hours_of(date(2026, 3, 2))
        assert end - start == timedelta(hours=8)
