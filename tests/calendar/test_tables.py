"""Tables: what is laid out of a zone's years, and that it changes no answer."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import ForeignDays, Schedule, ServiceCalendar
from ticketrules.calendar.ledger import Ledger
from ticketrules.calendar.timeline import offsets
from ticketrules.calendar.zone_table import ZoneTable

from .oracle import EPOCH, MINUTE, at_us, us

DAY = timedelta(days=1)
MOMENT = timedelta.resolution
HOURLY = [(timedelta(hours=hour), timedelta(seconds=3001)) for hour in range(20)]
"""When windows open and how long they last: twenty a day, of no hour's whole part."""

LONG_AND_SHORT = [
    (timedelta(0), timedelta(hours=3)),
    *((timedelta(hours=hour), timedelta(minutes=11)) for hour in range(4, 22)),
]


def around_the_week(windows):
    texts = [
        f"{EPOCH + opens:%H:%M:%S}-{EPOCH + opens + lasts:%H:%M:%S}" for opens, lasts in windows
    ]
    return ServiceCalendar("mon-sun", Schedule(week=texts), "UTC")


def laid_out(calendar, zone, year):
    table = ZoneTable(Ledger(calendar.timeline), zone)
    table.add(year)
    return table


def left_to_the_ledger(table, year):
    """The dates of a year whose cells ask the ledger; all of them are to have cells."""
    days = [date(year, 1, 1) + n * DAY for n in range(366)]
    days = [day for day in days if day.year == year]
    assert sorted(table.cells) == [day.toordinal() for day in days]
    return [day for day in days if table.cells[day.toordinal()][2] is table.exact]


class TestDates:
    """Each date of a year is laid out, but for those that wall clocks or notices leave in doubt."""

    @pytest.mark.parametrize(
        ("zone", "year", "days"),
        [
            ("UTC", 2026, []),
            ("Asia/Shanghai", 2026, []),
            ("America/New_York", 2026, ["2026-03-08", "2026-11-01"]),
            ("America/Sao_Paulo", 2018, ["2018-02-17", "2018-11-03", "2018-11-04"]),
            ("Pacific/Apia", 2011, ["2011-04-02", "2011-09-24", "2011-12-29", "2011-12-30",
                                    "2011-12-31"]),
            ("Africa/Sao_Tome", 2019, ["2019-01-01"]),
            ("Asia/Dhaka", 2009, ["2009-06-19", "2009-06-20", "2009-12-31"]),
        ],
    )  # fmt: skip
    def test_a_clock_that_is_changed(self, zone, year, days):
        """The date of the change, and those that it skips or repeats or ends at the midnight of."""
        calendar = ServiceCalendar("mon-sun", zone="UTC")
        zoned = UTC if zone == "UTC" else ZoneInfo(zone)
        found = left_to_the_ledger(laid_out(calendar, zoned, year), year)
        assert found == [date.fromisoformat(day) for day in days]

    @pytest.mark.parametrize(
        ("zone", "first", "last"),
        [
            ("UTC", "2026-03-10", "2026-09-20"),
            ("Asia/Shanghai", "2026-03-11", "2026-09-20"),
            ("Atlantic/Azores", "2026-03-10", "2026-09-20"),
            ("America/New_York", "2026-03-10", "2026-09-19"),
        ],
    )
    def test_what_is_known_of_in_part(self, zone, first, last):
        """Of the dates of another zone, the first and last may be known for some of their hours."""
        known = date(2026, 3, 10), date(2026, 9, 20)

        class Known:
            announced = known

            def is_working_day(self, day):
                return True

        calendar = ServiceCalendar(ForeignDays(Known()), zone="UTC", unannounced="raise")
        found = left_to_the_ledger(laid_out(calendar, ZoneInfo(zone), 2026), 2026)
        changed = {date(2026, 3, 28), date(2026, 3, 29)} if zone == "Atlantic/Azores" else set()
        days = [date(2026, 1, 1) + n * DAY for n in range(365)]
        first, last = date.fromisoformat(first), date.fromisoformat(last)
        assert found == [day for day in days if not first <= day <= last or day in changed]

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
    def test_a_source_is_not_asked_again_about_a_year_that_it_knows_in_part(self, zone):
        asked = []

        class Starts:
            def is_working_day(self, day):
                asked.append(day)
                if day < date(2026, 3, 10):
                    raise LookupError("not yet")
                return True

        calendar = ServiceCalendar(Starts())
        start = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo(zone))
        assert calendar.elapsed(start, start + 3 * DAY) == timedelta(hours=27)
        told = len(asked)
        assert calendar.elapsed(start + DAY, start + 3 * DAY) == timedelta(hours=18)
        assert calendar.elapsed(calendar.advance(start, 2 * DAY), start + 9 * DAY) == timedelta(
            hours=33
        )
        assert len(asked) == told

    def test_every_whole_day_of_service_time_can_be_landed_on(self):
        served = 365 * sum((lasts for _opens, lasts in HOURLY), timedelta(0))
        table = laid_out(around_the_week(HOURLY), UTC, 2025)
        assert sorted(table.landings) == list(range((-served).days, 1))


class TestCrowdedDays:
    """With many windows a day, what remains is found by the hour, and is no less exact."""

    @pytest.mark.parametrize("asked", [(), (2024, 2026), (2027, 2025), (2027, 2026, 2025)], ids=str)
    @pytest.mark.parametrize("windows", [HOURLY, LONG_AND_SHORT], ids=["hourly", "long and short"])
    @pytest.mark.parametrize("zone", [UTC, ZoneInfo("Asia/Kolkata")], ids=str)
    def test_an_amount_ends_within_its_window_or_at_its_close(self, zone, windows, asked):
        calendar = around_the_week(windows)
        for year in asked:
            calendar.elapsed(*(datetime(year, 6, day, tzinfo=zone) for day in (1, 2)))
        start, served = datetime(2025, 12, 20, tzinfo=UTC), timedelta(0)
        for n in range(25):
            for opens, lasts in windows:
                for part in (MOMENT, lasts / 2, lasts):
                    landed = calendar.advance(start.astimezone(zone), served + part)
                    assert landed == start + n * DAY + opens + part
                served += lasts


class TestZonesBesideEachOther:
    """What is asked in one zone, or of two at once, changes no answer in another."""

    def test_a_year_that_one_zone_has_had_and_another_has_not(self):
        new_york = ZoneInfo("America/New_York")
        calendar = ServiceCalendar("mon-sun", zone="America/New_York")
        calendar.elapsed(*(datetime(2025, 3, day, tzinfo=UTC) for day in (1, 2)))
        start = datetime(2026, 1, 1, 9, tzinfo=new_york)
        for _again in range(2):  # first by the ledger, then from the table
            assert calendar.advance(start, timedelta(hours=1)) == start + timedelta(hours=1)
        assert calendar.retreat(start, timedelta(hours=1)) == datetime(
            2025, 12, 31, 17, tzinfo=new_york
        )

    def test_an_instant_of_each_of_two(self):
        """Their dates may differ: the wall of neither decides."""
        calendar = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC")
        start = datetime(2026, 3, 4, tzinfo=UTC)
        for hour in range(0, 48, 5):
            end = start + timedelta(hours=hour)
            for zone in (ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")):
                assert calendar.elapsed(start, end.astimezone(zone)) == end - start
                assert calendar.elapsed(end.astimezone(zone), start) == start - end

    def test_windows_are_told_in_the_zone_of_the_start(self):
        zone = ZoneInfo("America/New_York")
        start = datetime(2026, 3, 4, tzinfo=zone)
        for window in ServiceCalendar().windows(start, datetime(2026, 3, 9, tzinfo=UTC)):
            assert [end.tzinfo for end in window] == [zone, zone]


class TestOffsets:
    """The stretches of one offset: each as long as it can be, to the microsecond, none left out."""

    @pytest.mark.parametrize("shift", [-MINUTE - 1, -2, -1, 0, 1, 2, 3])
    @pytest.mark.parametrize(
        ("zone", "changes"),
        [
            ("UTC", []),
            ("America/New_York", ["2026-03-08T07:00Z", "2026-11-01T06:00Z"]),
            ("Australia/Lord_Howe", ["2026-04-04T15:00Z", "2026-10-03T15:30Z"]),
        ],
    )
    def test_they_make_up_the_whole(self, zone, changes, shift):
        zoned = ZoneInfo(zone)
        start = us(datetime(2026, 1, 1, tzinfo=UTC)) + shift
        last = changes[-1] if changes else "2026-11-01T00:00Z"
        end = us(datetime.fromisoformat(last)) + max(shift, 0)  # the last one may end it
        runs = offsets(zoned, start, end)
        inside = [at for at in map(us, map(datetime.fromisoformat, changes)) if at < end]
        assert [run.start for run in runs] == [start, *inside]
        assert [run.end for run in runs] == [*inside, end]
        assert all(one.offset != other.offset for one, other in pairwise(runs))
        for run in runs:
            for instant in (run.start, run.end - 1):
                shown = at_us(instant, zoned).utcoffset()
                assert shown == timedelta(microseconds=run.offset)
