"""Explanations add up and name their reasons; coverage finds what nobody covers (3.3)."""

import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import (
    DatedHours,
    DayKind,
    Schedule,
    ServiceCalendar,
    ServiceHours,
    Why,
    closed,
    opened,
)
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, UnannouncedError

from .oracle import us

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = ServiceHours().calendar()
HOUR = timedelta(hours=1)


def at(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


class TestSegments:
    """Each segment lies on one date and says what it counts, why, and the holiday's name."""

    def test_across_national_day(self):
        found = [
            (item.counted, item.why, item.name and item.name.zh)
            for item in CALENDAR.explain(at(9, 30, 17), at(10, 10, 10))
        ]
        assert found == [
            (True, Why.SERVICE_HOURS, None),
            (False, Why.OUTSIDE_HOURS, None),
            *[(False, Why.HOLIDAY, "国庆节")] * 7,
            (False, Why.OUTSIDE_HOURS, None),
            (True, Why.SERVICE_HOURS, None),
            (False, Why.OUTSIDE_HOURS, None),
            (False, Why.OUTSIDE_HOURS, None),
            (True, Why.SERVICE_HOURS, None),
            (False, Why.OUTSIDE_HOURS, None),
            (False, Why.OUTSIDE_HOURS, "国庆节"),
            (True, Why.MAKEUP_WORKDAY, "国庆节"),
        ]

    def test_weekends(self):
        (segment,) = CALENDAR.explain(at(3, 7, 9), at(3, 7, 18))
        assert (segment.why, segment.day.kind, segment.name) == (
            Why.WEEKEND,
            DayKind.WEEKEND,
            None,
        )

    def test_they_meet_and_add_up(self):
        start, end = at(9, 20, 3, 7), at(10, 12, 16, 5)
        explained = CALENDAR.explain(start, end)
        assert explained.segments[0].start == start
        assert explained.segments[-1].end == end
        for earlier, later in zip(explained.segments, explained.segments[1:], strict=False):
            assert earlier.end == later.start
        assert explained.elapsed == CALENDAR.elapsed(start, end)
        assert len(explained) == len(list(explained))

    def test_in_the_zone_of_the_question(self):
        for item in CALENDAR.explain(at(9, 30, 17).astimezone(UTC), at(10, 10, 10)):
            assert item.start.tzinfo is UTC
            assert item.end.tzinfo is UTC

    def test_of_themselves_they_are_in_the_zone_of_the_calendar(self):
        for item in CALENDAR.segments(us(at(9, 30)), us(at(10, 9))):
            assert item.start.tzinfo is item.end.tzinfo is CALENDAR.zone

    def test_nothing_and_backwards(self):
        assert len(CALENDAR.explain(at(3, 4), at(3, 4))) == 0
        with pytest.raises(CalendarError, match="is before"):
            CALENDAR.explain(at(3, 5), at(3, 4))

    def test_years_are_explained_as_their_days_are(self):
        schedule = Schedule(
            exceptions=(closed(date(2018, 5, 2), ("12:00-24:00",)), opened(date(2024, 2, 10)))
        )
        calendar = ServiceCalendar(schedule=schedule)
        days = [datetime(2017, 1, 1, tzinfo=SHANGHAI) + timedelta(days=n) for n in range(3650)]
        by_day = [item for a, b in pairwise(days) for item in calendar.explain(a, b)]
        assert list(calendar.explain(days[0], days[-1])) == by_day

    def test_on_a_day_of_23_hours(self):
        zone = ZoneInfo("Europe/London")
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), zone)
        start = datetime(2026, 3, 29, tzinfo=zone)
        (segment,) = calendar.explain(start, datetime(2026, 3, 30, tzinfo=zone))
        assert segment.length == 23 * HOUR


class TestCombined:
    """The provider's hours and the platform's: open when either is, or when both are."""

    provider = ServiceHours().calendar()
    platform = ServiceCalendar(
        "mon-sun",
        Schedule(week=("08:00-12:00",), exceptions=(closed(date(2026, 3, 5), (), "停机"),)),
    )

    def test_union(self):
        union = self.provider | self.platform
        assert union.elapsed(at(3, 4), at(3, 5)) == 10 * HOUR
        assert union.elapsed(at(3, 7), at(3, 8)) == 4 * HOUR
        assert union.is_working_day(date(2026, 3, 7))
        assert union.day(date(2026, 3, 7)).kind is DayKind.WORKDAY
        found = [(s.counted, s.why) for s in union.explain(at(3, 5), at(3, 6))]
        assert found == [
            (False, Why.OUTSIDE_HOURS),
            (False, Why.OUTSIDE_HOURS),
            (True, Why.SERVICE_HOURS),
            (True, Why.SERVICE_HOURS),
            (False, Why.OUTSIDE_HOURS),
        ]

    def test_intersection(self):
        both = self.provider & self.platform
        assert both.elapsed(at(3, 4), at(3, 5)) == 3 * HOUR
        assert both.elapsed(at(3, 5), at(3, 6)) == timedelta(0)
        assert not both.is_working_day(date(2026, 10, 1))
        assert both.day(date(2026, 10, 1)).name.zh == "国庆节"
        reasons = {s.why for s in both.explain(at(3, 5, 9), at(3, 5, 12))}
        assert reasons == {Why.CLOSURE}

    def test_explanations_add_up(self):
        for calendar in (self.provider | self.platform, self.provider & self.platform):
            start, end = at(9, 18, 3), at(10, 12, 4)
            assert calendar.explain(start, end).elapsed == calendar.elapsed(start, end)

    def test_provisional_where_either_is(self):
        union = self.platform | self.provider
        late = datetime(2027, 3, 1, tzinfo=SHANGHAI)
        assert union.is_provisional(late, late + HOUR)
        assert not self.platform.is_provisional(late, late + HOUR)
        assert union.day(date(2027, 3, 1)).provisional
        assert not union.is_provisional(at(3, 1), at(3, 2))

    def test_provisional_segments_rest_on_what_decides(self):
        union = self.platform | self.provider
        start = datetime(2027, 3, 1, 8, tzinfo=SHANGHAI)
        flags = [(s.counted, s.provisional) for s in union.explain(start, start + 11 * HOUR)]
        assert flags == [(True, False), (True, False), (True, True), (False, True)]
        assert not union.is_provisional(start, start + HOUR)
        assert union.is_provisional(start, start + 11 * HOUR)

    def test_it_is_for_certain_whichever_is_named_first(self):
        """Both open, and one of them for certain: it does not matter what the other waits for."""
        start = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)
        for union in (self.platform | self.provider, self.provider | self.platform):
            assert [s.provisional for s in union.explain(start, start + HOUR)] == [False]
        for both in (self.platform & self.provider, self.provider & self.platform):
            assert [s.provisional for s in both.explain(start, start + HOUR)] == [True]
        night = start - 3 * HOUR
        for union in (self.platform | self.provider, self.provider | self.platform):
            assert [s.provisional for s in union.explain(night, night + HOUR)] == [True]
        for both in (self.platform & self.provider, self.provider & self.platform):
            assert [s.provisional for s in both.explain(night, night + HOUR)] == [False]

    def test_in_the_zone_of_the_question(self):
        abroad = ServiceCalendar("mon-fri", zone="America/New_York")
        for zone in (UTC, SHANGHAI, abroad.zone):
            for calendar in (self.provider | abroad, abroad & self.provider):
                found = calendar.explain(at(9, 30, 17).astimezone(zone), at(10, 10, 10))
                assert {end.tzinfo for s in found for end in (s.start, s.end)} == {zone}

    def test_known_where_both_are(self):
        strict = ServiceHours(unannounced="raise").calendar() & self.platform
        late = datetime(2027, 3, 1, tzinfo=UTC)
        with pytest.raises(UnannouncedError):
            strict.elapsed(late, late + HOUR)

    def test_an_instant_is_as_provisional_as_either(self):
        late = datetime(2027, 3, 1, 12, tzinfo=SHANGHAI)
        assert (self.platform | self.provider).is_provisional(late, late)

    def test_an_hour_that_comes_twice_is_told_twice(self):
        """Windows that open and close within it: instants decide, not what the wall shows."""
        zone = ZoneInfo("America/New_York")
        one, two = (
            ServiceCalendar("mon-sun", Schedule(week=(text,)), zone)
            for text in ("00:00-01:30", "01:15-03:00")
        )
        start = datetime(2025, 11, 2, tzinfo=zone)
        end = start.replace(hour=4)
        for calendar, served in ((one | two, 4 * HOUR), (one & two, HOUR / 2)):
            found = list(calendar.explain(start, end))
            ends = [start.astimezone(UTC), *(item.end.astimezone(UTC) for item in found)]
            assert ends[:-1] == [item.start.astimezone(UTC) for item in found]
            assert ends == sorted(set(ends))
            assert ends[-1] == end.astimezone(UTC)
            assert sum((s.length for s in found if s.counted), timedelta(0)) == served
            assert calendar.elapsed(start, end) == served

    def test_where_both_work_or_both_rest_the_left_one_names_the_day(self):
        weekdays = ServiceCalendar("mon-fri")
        holiday, saturday = date(2026, 10, 1), date(2026, 10, 3)
        assert (self.provider | weekdays).day(saturday).kind is DayKind.HOLIDAY
        assert (weekdays | self.provider).day(saturday).kind is DayKind.WEEKEND
        assert (self.provider & weekdays).day(saturday).name.zh == "国庆节"
        assert (self.provider | weekdays).day(holiday).kind is DayKind.WORKDAY
        assert (weekdays & self.provider).day(holiday).kind is DayKind.HOLIDAY
        makeup = date(2026, 10, 10)
        assert (self.provider & self.platform).day(makeup).kind is DayKind.MAKEUP_WORKDAY
        assert (self.platform & self.provider).day(makeup).kind is DayKind.WORKDAY

    def test_they_are_values(self):
        union, both = self.provider | self.platform, self.provider & self.platform
        assert union == self.provider | self.platform
        assert hash(union) == hash(self.provider | self.platform)
        assert len({hash(union), hash(both), hash(self.platform | self.provider)}) == 3
        assert union != both
        assert union != self.platform | self.provider
        assert union != self.provider
        for calendar in (union, both):
            copy = pickle.loads(pickle.dumps(calendar))  # noqa: S301 - our own bytes
            assert copy == calendar
            assert copy.elapsed(at(3, 4), at(3, 9)) == calendar.elapsed(at(3, 4), at(3, 9))

    def test_their_name(self):
        desk = ServiceCalendar("mon-fri", zone="UTC")
        assert repr(desk | desk) == f"({desk!r} | {desk!r})"
        assert repr(desk & desk) == f"({desk!r} & {desk!r})"
        assert repr(ServiceCalendar()) == "ServiceCalendar(MainlandChina(), zone='Asia/Shanghai')"

    def test_three_of_them(self):
        three = (self.provider | self.platform) & ServiceCalendar("mon-fri")
        assert three.elapsed(at(3, 4), at(3, 5)) == 9 * HOUR
        assert three.nth_working_day(date(2026, 9, 30), 1) == date(2026, 10, 1)
        assert repr(three).count("ServiceCalendar") == 3


class TestExtendedHours:
    """3.2: extended hours are a second schedule; the service hours stay what they are."""

    hours = ServiceHours(extended_hours=("18:00-21:00",), extended_days_off=("10:00-12:00",))

    def test_second_schedule(self):
        served, extended = self.hours.calendar(), self.hours.extended_calendar()
        assert served.elapsed(at(3, 4), at(3, 5)) == 9 * HOUR
        assert extended.elapsed(at(3, 4), at(3, 5)) == 12 * HOUR
        assert extended.elapsed(at(3, 7), at(3, 8)) == 2 * HOUR
        assert list(extended.windows(at(3, 4), at(3, 5))) == [(at(3, 4, 9), at(3, 4, 21))]

    def test_on_days_off_only(self):
        extended = ServiceHours(extended_days_off=("10:00-12:00",)).extended_calendar()
        assert extended.elapsed(at(3, 7), at(3, 8)) == 2 * HOUR
        assert extended.elapsed(at(3, 4), at(3, 5)) == 9 * HOUR

    def test_a_closure_closes_them_too_and_an_opening_is_of_the_service_hours(self):
        hours = ServiceHours(
            extended_hours=("18:00-21:00",),
            exceptions=(
                DatedHours(on=date(2026, 3, 4), is_open=False),
                DatedHours(on=date(2026, 3, 7), is_open=True, hours=("10:00-12:00",)),
            ),
        )
        served, extended = hours.calendar(), hours.extended_calendar()
        assert extended.elapsed(at(3, 4), at(3, 5)) == timedelta(0)
        assert extended.elapsed(at(3, 5), at(3, 6)) == 12 * HOUR
        assert served.elapsed(at(3, 7), at(3, 8)) == 2 * HOUR
        assert [s.why for s in extended.explain(at(3, 4, 18), at(3, 4, 21))] == [Why.OUTSIDE_HOURS]

    def test_without_any(self):
        assert ServiceHours().extended_calendar().elapsed(at(3, 4), at(3, 5)) == 9 * HOUR


class TestCoverage:
    """3.3: every service minute has somebody on duty, or the gaps are told."""

    def test_complete(self):
        found = CALENDAR.coverage([(at(3, 4, 8), at(3, 4, 13)), (at(3, 4, 13), at(3, 4, 18))],
                                  at(3, 4), at(3, 5))  # fmt: skip
        assert found.is_complete
        assert found.covered == found.open == 9 * HOUR

    def test_gaps(self):
        shifts = [
            (at(3, 4, 10), at(3, 4, 12)),
            (at(3, 4, 11), at(3, 4, 14)),
            (at(3, 4, 15), at(3, 4, 20)),
        ]
        found = CALENDAR.coverage(shifts, at(3, 4), at(3, 5))
        assert found.gaps == ((at(3, 4, 9), at(3, 4, 10)), (at(3, 4, 14), at(3, 4, 15)))
        assert (found.open, found.covered) == (9 * HOUR, 7 * HOUR)
        assert not found.is_complete

    def test_shifts_outside_service_hours_do_not_matter(self):
        found = CALENDAR.coverage([(at(3, 7), at(3, 9))], at(3, 7), at(3, 9))
        assert found.is_complete
        assert found.open == timedelta(0)

    def test_a_shift_that_does_not_last_covers_nothing(self):
        shifts = [(at(3, 4, 10), at(3, 4, 10)), (at(3, 4, 13), at(3, 4, 12))]
        found = CALENDAR.coverage(shifts, at(3, 4), at(3, 5))
        assert found.covered == timedelta(0)
        assert found.gaps == ((at(3, 4, 9), at(3, 4, 18)),)

    @pytest.mark.parametrize("zone", [UTC, SHANGHAI, ZoneInfo("America/New_York")], ids=str)
    def test_gaps_are_told_in_the_zone_of_the_question(self, zone):
        found = CALENDAR.coverage([], at(3, 4).astimezone(zone), at(3, 5))
        assert [end.tzinfo for gap in found.gaps for end in gap] == [zone, zone]

    def test_nobody(self):
        found = CALENDAR.coverage([], at(10, 1), at(10, 11))
        assert len(found.gaps) == 3
        assert found.covered == timedelta(0)


class TestExceptionsInExplanations:
    """A closure is told where hours would be, an extra opening where they would not."""

    def test_cut_where_the_reason_changes(self):
        schedule = Schedule(
            exceptions=(
                closed(date(2026, 3, 4), ("12:00-24:00",), "检修"),
                opened((at(3, 4, 7), at(3, 4, 10)), name="早班"),
            )
        )
        calendar = ServiceCalendar(schedule=schedule)
        found = [
            (s.start.hour, s.counted, s.why, s.name and s.name.zh)
            for s in calendar.explain(at(3, 4), at(3, 5))
        ]
        assert found == [
            (0, False, Why.OUTSIDE_HOURS, None),
            (7, True, Why.EXTRA_OPENING, "早班"),
            (9, True, Why.SERVICE_HOURS, None),
            (12, False, Why.CLOSURE, "检修"),
            (18, False, Why.OUTSIDE_HOURS, None),
        ]

    def names(self, *exceptions, day=4, hours=24):
        calendar = ServiceCalendar(schedule=Schedule(exceptions=exceptions))
        return [
            (s.start.hour, s.name and s.name.zh)
            for s in calendar.explain(at(3, day), at(3, day) + hours * HOUR)
            if s.why in {Why.CLOSURE, Why.EXTRA_OPENING}
        ]

    def test_each_stretch_has_the_name_of_what_closes_it(self):
        """Half-open: where one closure ends and the next begins, the next one's name holds."""
        halves = (
            closed((at(3, 4, 9), at(3, 4, 12)), name="上午"),
            closed((at(3, 4, 12), at(3, 4, 18)), name="下午"),
        )
        noon = at(3, 4, 12)
        calendar = ServiceCalendar(schedule=Schedule(exceptions=halves))
        assert [s.name.zh for s in calendar.explain(noon - HOUR, noon)] == ["上午"]
        assert [s.name.zh for s in calendar.explain(noon, noon + HOUR)] == ["下午"]
        day = date(2026, 3, 4)
        halves = (closed(day, ("09:00-12:00",), "上午"), closed(day, ("12:00-18:00",), "下午"))
        calendar = ServiceCalendar(schedule=Schedule(exceptions=halves))
        assert [s.name.zh for s in calendar.explain(noon - HOUR, noon)] == ["上午"]
        assert [s.name.zh for s in calendar.explain(noon, noon + HOUR)] == ["下午"]

    def test_across_midnight_the_name_goes_on(self):
        long = closed(date(2026, 3, 3), ("17:00-10:00",), "检修")
        assert self.names(long, day=3) == [(17, "检修")]
        assert self.names(long, day=4) == [(9, "检修")]
        assert self.names(long, day=5) == []
        assert self.names(long, closed(date(2026, 3, 4), ("09:00-18:00",), "盘点")) == [(9, "检修")]

    def test_a_name_of_another_date_is_not_borrowed(self):
        other = closed(date(2026, 3, 5), (), "明天")
        today = closed((at(3, 4, 9), at(3, 4, 11)), name="今天")
        assert self.names(other, today) == [(9, "今天")]
        assert self.names(closed(date(2026, 3, 2), (), "前天"), today) == [(9, "今天")]
        assert self.names(opened(date(2026, 3, 4), (), "开放"), today)[1] == (9, "今天")

    def test_without_a_name_and_with_half_of_one(self):
        assert self.names(closed(date(2026, 3, 4))) == [(9, None)]
        assert self.names(closed(date(2026, 3, 4)), closed(date(2026, 3, 4), (), "检修")) == [
            (9, "检修")
        ]
        assert self.names(closed(date(2026, 3, 4), (), Text("", "检修"))) == [(9, "检修")]
        english = closed(date(2026, 3, 4), (), Text("stock-taking", ""))
        calendar = ServiceCalendar(schedule=Schedule(exceptions=(english,)))
        assert calendar.explain(at(3, 4, 9), at(3, 4, 18)).segments[0].name.en == "stock-taking"
