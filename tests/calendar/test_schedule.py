"""Hours: windows, breaks, midnights, make-up days, dated exceptions (3.1, 3.2)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import (
    Exceptional,
    Schedule,
    ServiceCalendar,
    Why,
    Window,
    closed,
    opened,
)
from ticketrules.errors import CalendarError, NaiveTimeError

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_AN_HOUR = timedelta(minutes=30)


def at(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def served(calendar, month, day):
    return calendar.elapsed(at(month, day), at(month, day) + timedelta(days=1))


class TestWindows:
    """A window is half-open, lies on the wall clock, and may run across midnight."""

    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("09:00-18:00", timedelta(hours=9)),
            ("9:30-12:00", timedelta(hours=2.5)),
            ("22:00-06:00", timedelta(hours=8)),
            ("00:00-24:00", timedelta(hours=24)),
            ("18:00-00:00", timedelta(hours=6)),
            ("08:00:30-08:00:30.5", timedelta(seconds=0.5)),
        ],
    )
    def test_read(self, text, length):
        window = Window.parse(text)
        assert window.length == length
        assert Window.parse(str(window)) == window

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "9-18",
            "09:00",
            "09:00-09:00",
            "24:00-06:00",
            "25:00-26:00",
            "09:60-10:00",
            "9:00–18:00",
        ],
    )
    def test_refused(self, text):
        with pytest.raises(CalendarError, match="window"):
            Window.parse(text)

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [(-1, 5), (86_400_000_000, 86_400_000_001), (5, 5), (0, 86_400_000_001)],
    )
    def test_refused_values(self, opens, closes):
        with pytest.raises(CalendarError, match="window"):
            Window(opens, closes)

    def test_as_short_as_time_is_told(self):
        assert Window(5, 6).length == timedelta.resolution

    def test_overlap_is_refused(self):
        with pytest.raises(CalendarError, match="09:00-12:00 and 11:00-18:00 overlap"):
            Schedule(week=("11:00-18:00", "09:00-12:00"))

    def test_neighbours_are_not_an_overlap(self):
        calendar = ServiceCalendar(schedule=Schedule(week=("09:00-12:00", "12:00-18:00")))
        windows = list(calendar.windows(at(3, 4), at(3, 5)))
        assert windows == [(at(3, 4, 9), at(3, 4, 18))]

    def test_nor_is_a_midnight_a_break_or_a_new_year(self):
        calendar = ServiceCalendar("mon-fri", Schedule(week=("00:00-24:00",)), SHANGHAI)
        assert list(calendar.windows(at(3, 5), at(3, 10))) == [
            (at(3, 5), at(3, 7)),
            (at(3, 9), at(3, 10)),
        ]
        end = at(12, 31) + timedelta(days=5)
        saturday, monday = end - timedelta(days=3), end - timedelta(days=1)
        assert list(calendar.windows(at(12, 30), end)) == [(at(12, 30), saturday), (monday, end)]


class TestWeeks:
    """One list of windows for every working day, or one for each weekday."""

    def test_by_name(self):
        week = {"mon": ["09:00-18:00"], "fri": ["09:00-15:00"]}
        calendar = ServiceCalendar(schedule=Schedule(week=week))
        assert [served(calendar, 3, day) // timedelta(hours=1) for day in range(2, 9)] == [
            9, 0, 0, 0, 6, 0, 0,
        ]  # fmt: skip

    def test_by_seven_lists(self):
        week = [["09:00-10:00"], [], [], [], ["09:00-11:00"], [], ["00:00-24:00"]]
        calendar = ServiceCalendar("mon-sun", Schedule(week=week))
        assert [served(calendar, 3, day) // timedelta(hours=1) for day in range(2, 9)] == [
            1, 0, 0, 0, 2, 0, 24,
        ]  # fmt: skip

    def test_one_list_is_the_same_list_seven_times(self):
        windows = ["09:00-12:00", "13:00-18:00"]
        assert Schedule(week=windows) == Schedule(week=[windows] * 7)

    def test_an_unknown_weekday_is_told_with_those_there_are(self):
        message = "^schedule: 'mo' is no weekday; they are mon, tue, wed, thu, fri, sat, sun$"
        with pytest.raises(CalendarError, match=message):
            Schedule(week={"mo": ["09:00-18:00"]})

    @pytest.mark.parametrize("week", ["09:00-18:00", 9, {"monday": ["09:00-18:00"]}])
    def test_refused(self, week):
        with pytest.raises(CalendarError, match="schedule"):
            Schedule(week=week)

    @pytest.mark.parametrize("week", [(), {}, [[], [], [], [], [], [], []]])
    def test_a_schedule_that_never_opens_is_refused(self, week):
        with pytest.raises(CalendarError, match=r"^schedule: it never opens$"):
            Schedule(week=week)


class TestMakeupDays:
    """Other hours on make-up days; by default the same."""

    def test_same_hours(self):
        assert served(ServiceCalendar(), 10, 10) == timedelta(hours=9)

    def test_other_hours(self):
        calendar = ServiceCalendar(schedule=Schedule(makeup=("10:00-16:00",)))
        assert served(calendar, 10, 10) == timedelta(hours=6)
        assert served(calendar, 10, 9) == timedelta(hours=9)

    def test_no_hours(self):
        calendar = ServiceCalendar(schedule=Schedule(makeup=()))
        assert served(calendar, 10, 10) == timedelta(0)
        assert calendar.is_working_day(date(2026, 10, 10))

    def test_hours_by_weekday_lend_themselves(self):
        """A make-up Saturday takes Saturday's hours, or the first that the week has."""
        week = {"tue": ["09:00-17:00"]}
        assert served(ServiceCalendar(schedule=Schedule(week=week)), 10, 10) == timedelta(hours=8)
        week = {"tue": ["09:00-17:00"], "sat": ["09:00-12:00"]}
        assert served(ServiceCalendar(schedule=Schedule(week=week)), 10, 10) == timedelta(hours=3)


class TestExceptions:
    """Dated exceptions: closed, or open extra, at a day or an interval; closed wins."""

    def calendar(self, *exceptions, **schedule):
        return ServiceCalendar(schedule=Schedule(exceptions=exceptions, **schedule))

    def test_a_day_closed(self):
        calendar = self.calendar(closed(date(2026, 3, 4), name="盘点"))
        assert served(calendar, 3, 4) == timedelta(0)
        (segment,) = [s for s in calendar.explain(at(3, 4), at(3, 5)) if s.why is Why.CLOSURE]
        assert (segment.start, segment.end) == (at(3, 4, 9), at(3, 4, 18))
        assert segment.name.zh == "盘点"

    def test_an_afternoon_closed(self):
        calendar = self.calendar(closed(date(2026, 3, 4), ("14:00-24:00",)))
        assert served(calendar, 3, 4) == timedelta(hours=5)

    def test_a_holiday_opened(self):
        calendar = self.calendar(opened(date(2026, 10, 1), ("10:00-14:00",), "值班"))
        assert served(calendar, 10, 1) == timedelta(hours=4)
        assert not calendar.is_working_day(date(2026, 10, 1))
        (segment,) = [s for s in calendar.explain(at(10, 1), at(10, 2)) if s.counted]
        assert (segment.why, segment.name.zh) == (Why.EXTRA_OPENING, "值班")

    def test_a_whole_day_opened(self):
        assert served(self.calendar(opened(date(2026, 10, 1))), 10, 1) == timedelta(hours=24)

    def test_an_interval_closed_across_new_year(self):
        """A closure across New Year takes in both of its ends (a peer's never matched)."""
        calendar = self.calendar(closed((at(12, 30, 12), at(12, 31, 12) + timedelta(days=6))))
        start = at(12, 30, 9)
        assert calendar.advance(start, timedelta(hours=4)) == datetime(
            2027, 1, 6, 13, tzinfo=SHANGHAI
        )

    def test_an_interval_opened(self):
        calendar = self.calendar(opened((at(3, 7, 8), at(3, 7, 8, 30))))
        assert [served(calendar, 3, day) for day in (6, 7)] == [timedelta(hours=9), HALF_AN_HOUR]

    def test_closed_wins(self):
        calendar = self.calendar(
            opened(date(2026, 3, 7), ("08:00-20:00",)), closed((at(3, 7, 9), at(3, 7, 19)))
        )
        assert served(calendar, 3, 7) == timedelta(hours=2)

    def test_a_closed_date_is_a_date_on_the_wall(self):
        """It ends the night before at midnight, and the next night begins after its own."""
        calendar = ServiceCalendar(
            "mon-sun", Schedule(week=("22:00-06:00",), exceptions=(closed(date(2026, 3, 4)),))
        )
        assert served(calendar, 3, 4) == timedelta(0)
        assert served(calendar, 3, 3) == timedelta(hours=8)
        assert served(calendar, 3, 5) == timedelta(hours=8)

    def test_openings_alone_are_a_schedule(self):
        calendar = self.calendar(opened(date(2026, 3, 7), ("08:00-09:00",)), week=())
        assert calendar.advance(at(1, 1), timedelta(hours=1)) == at(3, 7, 9)
        with pytest.raises(CalendarError, match="nothing is open"):
            calendar.advance(at(1, 1), timedelta(hours=1, microseconds=1))
        with pytest.raises(CalendarError, match="nothing is open"):
            calendar.retreat(at(12, 1), timedelta(hours=2))
        with pytest.raises(CalendarError, match="nothing is open"):
            calendar.next_opening(at(4, 1))

    @pytest.mark.parametrize(
        "when", [datetime(2026, 3, 4, tzinfo=UTC), (at(3, 4), at(3, 4)), (at(3, 5), at(3, 4))]
    )
    def test_refused(self, when):
        with pytest.raises(CalendarError, match="exception"):
            closed(when)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (
                {"on": date(2026, 3, 4), "start": at(3, 4), "end": at(3, 5)},
                "exception 2026-03-04: give a date or two instants, not both",
            ),
            (
                {"on": date(2026, 3, 4), "end": at(3, 5)},
                "exception 2026-03-04: give a date or two instants, not both",
            ),
            ({}, "exception: give a date, or a start and an end"),
            ({"start": at(3, 4)}, "exception: give a date, or a start and an end"),
            ({"end": at(3, 4)}, "exception: give a date, or a start and an end"),
            (
                {"start": at(3, 4), "end": at(3, 5), "windows": ("09:00-10:00",)},
                "exception: give a date, or a start and an end",
            ),
        ],
    )
    def test_a_date_or_two_instants(self, given, message):
        with pytest.raises(CalendarError, match=f"^{message}$"):
            Exceptional(is_open=False, **given)

    def test_naive_instants_are_refused(self):
        aware, naive = at(3, 4), at(3, 5).replace(tzinfo=None)
        for when in ((naive, aware), (aware, naive), (naive, naive)):
            with pytest.raises(NaiveTimeError, match="the instants need a time zone"):
                closed(when)


class TestNights:
    """A window across midnight belongs to the day on which it opens."""

    calendar = ServiceCalendar("mon-fri", Schedule(week=("22:00-06:00",)), "Asia/Shanghai")

    def test_friday_night_reaches_into_saturday(self):
        assert served(self.calendar, 3, 7) == timedelta(hours=6)

    def test_sunday_night_belongs_to_nobody(self):
        assert served(self.calendar, 3, 8) == timedelta(0)
        assert served(self.calendar, 3, 9) == timedelta(hours=2)

    def test_its_closing_is_on_the_next_date(self):
        assert self.calendar.opening(date(2026, 3, 9)) == at(3, 9, 22)
        assert self.calendar.closing(date(2026, 3, 9)) == at(3, 10, 6)
        assert self.calendar.opening(date(2026, 3, 7)) == at(3, 7)
        assert self.calendar.closing(date(2026, 3, 7)) == at(3, 7, 6)
        assert self.calendar.closing(date(2026, 3, 8)) is None


class TestRestDayHours:
    """Hours on weekends and holidays, where a desk keeps them."""

    def test_they_count(self):
        calendar = ServiceCalendar(schedule=Schedule(days_off=("10:00-12:00",)))
        assert served(calendar, 10, 1) == timedelta(hours=2)
        assert served(calendar, 3, 7) == timedelta(hours=2)
        assert not calendar.is_working_day(date(2026, 3, 7))
