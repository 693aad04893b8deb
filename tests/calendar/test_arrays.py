"""Arrays and frames: the scalars' answers, to the microsecond, for many at once."""

import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours, closed
from ticketrules.errors import CalendarError, NaiveTimeError, UnannouncedError

np = pytest.importorskip("numpy")

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDARS = {
    "plain": ServiceCalendar(),
    "breaks": ServiceCalendar(schedule=Schedule(week=("09:00-12:00", "13:30-18:00"))),
    "nights": ServiceCalendar("mon-sun", Schedule(week=("22:00-06:00",)), "America/New_York"),
    "always": ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC"),
    "odd": ServiceCalendar(
        "mon-fri", Schedule(week=("08:00:00.000001-16:59:59",)), "Europe/London"
    ),
    "minutes": ServiceCalendar(schedule=Schedule(week=("08:37-12:11", "13:01-17:29"))),
    "tiny": ServiceCalendar(
        schedule=Schedule(week=("08:00:00-08:00:10", "08:00:20.000001-08:00:40", "09:00-18:00"))
    ),
    "seconds": ServiceCalendar(
        schedule=Schedule(
            week=(
                "08:00:00-08:00:10.000001",
                "08:00:20-08:00:30",
                "08:00:40-08:00:50.5",
                "09:00-18:00",
            )
        )
    ),
    "interrupted": ServiceCalendar(
        "mon-sun",
        Schedule(
            week=("00:00-24:00",),
            exceptions=(
                closed((datetime(2020, 3, 1, tzinfo=UTC), datetime(2020, 3, 5, 1, 2, 3, 4, UTC))),
            ),
        ),
        "UTC",
    ),
    "union": ServiceCalendar() | ServiceCalendar("mon-sun", Schedule(week=("07:30-08:00",))),
}
calendars = pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)

FIRST = datetime(2005, 1, 1)  # noqa: DTZ001 - datetime64 has no zone
instants = st.one_of(
    st.none(),
    st.datetimes(FIRST, datetime(2026, 12, 1)),  # noqa: DTZ001
    st.integers(0, 20 * 365 * 48).map(lambda n: FIRST + timedelta(minutes=30 * n)),
)
amounts = st.one_of(
    st.none(),
    st.timedeltas(timedelta(0), timedelta(days=30)),
    st.integers(0, 200).map(lambda n: timedelta(minutes=30 * n)),
)
few = settings(max_examples=40, deadline=None)


def aware(naive):
    return naive.replace(tzinfo=UTC)


@calendars
class TestEqualToScalars:
    """Every element is what the scalar says, and NaT where a side is."""

    @given(pairs=st.lists(st.tuples(instants, instants), min_size=1, max_size=30))
    @few
    def test_elapsed(self, calendar, pairs):
        start, end = (np.array(side, "M8[us]") for side in zip(*pairs, strict=True))
        found = calendar.elapsed_array(start, end)
        assert found.dtype == np.dtype("m8[us]")
        for (a, b), one in zip(pairs, found, strict=True):
            if a is None or b is None:
                assert np.isnat(one)
            else:
                assert one.item() == calendar.elapsed(aware(a), aware(b))

    @given(pairs=st.lists(st.tuples(instants, amounts), min_size=1, max_size=30))
    @few
    def test_advance(self, calendar, pairs):
        start = np.array([a for a, _ in pairs], "M8[us]")
        found = calendar.advance_array(start, np.array([d for _, d in pairs], "m8[us]"))
        assert found.dtype == np.dtype("M8[us]")
        for (a, d), one in zip(pairs, found, strict=True):
            if a is None or d is None:
                assert np.isnat(one)
            else:
                assert aware(one.item()) == calendar.advance(aware(a), d)

    def test_an_amount_that_ends_with_a_window_ends_at_its_close(self, calendar):
        start, end = datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)
        windows = [(a, b) for a, b in calendar.windows(start, end) if a > start and b < end]
        begin = np.array([a.replace(tzinfo=None) for a, _ in windows], "M8[us]")
        close = np.array([b.replace(tzinfo=None) for _, b in windows], "M8[us]")
        lasts = close - begin
        assert (calendar.advance_array(begin, lasts) == close).all()
        assert (calendar.elapsed_array(begin, close) == lasts).all()
        whole = calendar.elapsed_array(begin[:1], close)
        assert (calendar.advance_array(begin[:1], whole) == close).all()
        moment = np.timedelta64(1, "us")
        assert (calendar.advance_array(begin[:1], whole[:-1] + moment) == begin[1:] + moment).all()

    def test_in_one_year_of_a_calendar_that_nobody_asked_before(self, calendar):
        fresh = pickle.loads(pickle.dumps(calendar))  # noqa: S301 - our own bytes
        start = np.arange("2021-03-01", "2021-12-01", dtype="M8[h]").astype("M8[us]")
        found = fresh.advance_array(start, timedelta(minutes=7))
        assert (fresh.elapsed_array(start, found) == np.timedelta64(7, "m")).all()
        assert (
            found[::500].tolist()
            == calendar.advance_array(start, timedelta(minutes=7))[::500].tolist()
        )

    @given(pairs=st.lists(st.tuples(instants, instants), min_size=1, max_size=30))
    @few
    def test_what_is_served_between_two_instants_is_what_elapsed(self, calendar, pairs):
        pairs = [(a, b) for a, b in pairs if a is not None and b is not None]
        start, end = (np.array([pair[n] for pair in pairs], "M8[us]") for n in (0, 1))
        found = calendar.served_array(end) - calendar.served_array(start)
        assert found.dtype == np.dtype("m8[us]")
        assert (found == calendar.elapsed_array(start, end)).all()

    def test_many_at_random(self, calendar):
        """More than a block, over more years than were laid out."""
        random = np.random.default_rng(7)
        start = random.integers(1_200_000_000, 1_790_000_000, 40_000).astype("M8[s]")
        end = start + random.integers(-(10**7), 10**7, 40_000)
        found = calendar.elapsed_array(start, end)
        landed = calendar.advance_array(start, np.abs(end - start))
        assert len(found) == 40_000
        micros = start.astype("M8[us]"), end.astype("M8[us]")
        served = [calendar.served_array(side) for side in micros]
        assert (served[1] - served[0] == found).all()
        for n in range(0, 40_000, 97):
            a, b = aware(start[n].item()), aware(end[n].item())
            assert found[n].item() == calendar.elapsed(a, b)
            assert aware(landed[n].item()) == calendar.advance(a, abs(b - a))


class TestShapes:
    """Any unit, any shape, broadcast against each other."""

    calendar = CALENDARS["plain"]

    @pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns"])
    def test_units(self, unit):
        start = np.array(["2026-09-30", "NaT", "2026-10-08"], f"M8[{unit}]")
        end = np.array(["2026-10-12"] * 3, "M8[D]")
        found = self.calendar.elapsed_array(start, end)
        assert found.dtype == np.dtype("m8[us]")
        assert (found[0], found[2]) == (np.timedelta64(36, "h"), np.timedelta64(27, "h"))
        assert np.isnat(found[1])

    @pytest.mark.parametrize("unit", ["W", "D", "h", "m", "s", "ms", "us", "ns"])
    def test_units_of_amounts(self, unit):
        week = np.timedelta64(1, "W").astype(f"m8[{unit}]")
        start = np.datetime64("2026-03-04T01:00", "m")
        landed = self.calendar.advance_array(start, week).item()
        assert aware(landed) == self.calendar.advance(aware(start.item()), timedelta(weeks=1))

    def test_what_is_finer_than_a_microsecond_is_cut_off(self):
        start = np.array(["2026-03-04T02:00:00.000000999"], "M8[ns]")
        assert self.calendar.elapsed_array(start, np.datetime64("2026-03-04T03:00")).item() == (
            timedelta(hours=1)
        )

    def test_broadcasting(self):
        start = np.array([["2026-03-04T02:00"], ["2026-03-05T02:00"]], "M8[m]")
        end = np.array(["2026-03-05T02:00", "2026-03-06T02:00", "2026-03-09T02:00"], "M8[m]")
        found = self.calendar.elapsed_array(start, end) / np.timedelta64(1, "h")
        assert found.tolist() == [[9, 18, 27], [0, 9, 18]]
        assert self.calendar.elapsed_array(start[0, 0], end[0]).item() == timedelta(hours=9)

    def test_broadcasting_of_amounts(self):
        start = np.array([["2026-03-04T02:00"], ["2026-03-05T02:00"]], "M8[m]")
        found = self.calendar.advance_array(start, np.array([1, 9, 10], "m8[h]"))
        assert found.shape == (2, 3)
        assert (self.calendar.elapsed_array(start, found) == np.array([1, 9, 10], "m8[h]")).all()

    def test_one_amount_for_all(self):
        start = np.array(["2026-03-04T02:00", "2026-03-06T09:00"], "M8[m]")
        landed = self.calendar.advance_array(start, timedelta(hours=2))
        assert landed.tolist() == [datetime(2026, 3, 4, 4), datetime(2026, 3, 9, 2)]  # noqa: DTZ001

    def test_empty(self):
        empty = np.array([], "M8[us]")
        assert len(self.calendar.elapsed_array(empty, empty)) == 0
        assert len(self.calendar.advance_array(empty, timedelta(hours=1))) == 0

    def test_views_are_left_alone(self):
        start = np.arange("2026-03-01", "2026-03-21", 2, dtype="M8[D]").astype("M8[us]")
        before = start.copy()
        reversed_view = start[::-1]
        found = self.calendar.elapsed_array(reversed_view, np.datetime64("2026-04-01"))
        forth = self.calendar.elapsed_array(start, np.datetime64("2026-04-01"))
        assert (found[::-1] == forth).all()
        assert (start == before).all()

    def test_other_byte_order(self):
        start = np.array(["2026-03-04T02:00"], ">M8[us]")
        assert self.calendar.elapsed_array(start, np.datetime64("2026-03-05T02:00")).item() == (
            timedelta(hours=9)
        )


class TestYears:
    """Whatever years were asked for before, the answer is the scalar's."""

    start = np.arange("2021-12-01", "2021-12-31", dtype="M8[D]").astype("M8[us]")

    @pytest.mark.parametrize("name", ["plain", "tiny", "seconds"])
    @pytest.mark.parametrize("asked", [(), (2010,), (2024,), (2010, 2024)], ids=str)
    def test_an_amount_that_ends_in_a_later_year(self, name, asked):
        fresh = pickle.loads(pickle.dumps(CALENDARS[name]))  # noqa: S301 - our own bytes
        for year in asked:
            fresh.elapsed(*[datetime(year, 3, day, tzinfo=UTC) for day in (1, 9)])
        landed = fresh.advance_array(self.start, timedelta(hours=500))
        found = fresh.elapsed_array(self.start, landed)
        assert (found == np.timedelta64(500, "h")).all()
        for at, end in zip(self.start.tolist(), landed.tolist(), strict=True):
            assert aware(end) == CALENDARS[name].advance(aware(at), timedelta(hours=500))

    @pytest.mark.parametrize("name", CALENDARS)
    def test_the_first_and_the_last_hours_of_a_year(self, name):
        fresh = pickle.loads(pickle.dumps(CALENDARS[name]))  # noqa: S301 - our own bytes
        for first, last in (("2021-01-01", "2021-01-04"), ("2021-12-29", "2022-01-01")):
            at = np.arange(first, last, 37, dtype="M8[m]").astype("M8[us]")
            found = fresh.elapsed_array(at, at[::-1])
            for a, b, one in zip(at.tolist(), at[::-1].tolist(), found.tolist(), strict=True):
                assert one == CALENDARS[name].elapsed(aware(a), aware(b))

    @pytest.mark.parametrize("name", ["plain", "minutes", "seconds"])
    def test_years_after_those_that_were_asked_for(self, name):
        fresh = pickle.loads(pickle.dumps(CALENDARS[name]))  # noqa: S301 - our own bytes
        for days in (0, 800, 5, 1600):
            at = self.start + np.timedelta64(days, "D")
            found = fresh.elapsed_array(at[0], at)
            for end, one in zip(at.tolist(), found.tolist(), strict=True):
                assert one == CALENDARS[name].elapsed(aware(at[0].item()), aware(end))

    def test_to_the_microsecond_around_new_year(self):
        moment = np.timedelta64(1, "us")
        year = np.datetime64("2026-01-01", "us")
        for end in (year - moment, year, year + moment, year + 2 * moment):
            fresh = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC")
            assert fresh.elapsed_array(end - 3 * moment, end) == 3 * moment
            assert fresh.advance_array(end, 3 * moment) == end + 3 * moment

    @pytest.mark.parametrize("unit", ["ps", "fs", "as"])
    def test_units_that_hold_no_more_than_days_or_seconds(self, unit):
        fresh = ServiceCalendar("mon-sun", Schedule(week=("00:00-24:00",)), "UTC")
        epoch = np.array([0], f"M8[{unit}]")
        assert fresh.elapsed_array(epoch, np.datetime64("1970-01-02")).item() == timedelta(days=1)
        amount = np.array([10**12], f"m8[{unit}]")
        landed = fresh.advance_array(np.datetime64("1970-01-01"), amount)
        assert landed == np.datetime64("1970-01-01") + amount.astype("m8[us]")

    @pytest.mark.parametrize("name", ["plain", "minutes", "seconds"])
    def test_the_origin_of_what_is_served_stays_where_it_is(self, name):
        fresh = pickle.loads(pickle.dumps(CALENDARS[name]))  # noqa: S301 - our own bytes
        before = fresh.served_array(self.start)
        fresh.elapsed_array(self.start - np.timedelta64(3000, "D"), self.start)
        assert (fresh.served_array(self.start) == before).all()

    @pytest.mark.parametrize("name", ["plain", "minutes", "seconds"])
    @pytest.mark.parametrize("days", [-3000, 3000])
    def test_what_others_ask_in_between_changes_nothing(self, name, days, monkeypatch):
        """As threads do: other years are laid out while a block is being answered."""
        calendar, hours = CALENDARS[name], np.timedelta64(500, "h")
        end = calendar.advance_array(self.start, hours)
        for ask, right in (
            (lambda c: c.elapsed_array(self.start, end), np.full(len(end), hours)),
            (lambda c: c.advance_array(self.start, hours), end),
            (lambda c: c.served_array(end) - c.served_array(self.start), np.full(len(end), hours)),
        ):
            fresh = pickle.loads(pickle.dumps(calendar))  # noqa: S301 - our own bytes
            fresh.served_array(np.append(self.start, end))
            kind = type(fresh._arrays._table)
            served, asked = kind.served, []

            def interrupted(table, *given, served=served, asked=asked, fresh=fresh):
                told = served(table, *given)
                if not asked:
                    asked.append(True)
                    fresh.served_array(self.start + np.timedelta64(days, "D"))
                return told

            with monkeypatch.context() as patch:
                patch.setattr(kind, "served", interrupted)
                assert (ask(fresh) == right).all()
            assert asked

    def test_the_first_and_the_last_day_that_can_be_reckoned_with(self):
        for day in ("0002-01-01", "9998-12-31"):
            calendar = ServiceCalendar("mon-sun", zone="UTC")
            start = np.array([day], "M8[D]")
            landed = calendar.advance_array(start, timedelta(hours=3))
            assert landed == start + np.timedelta64(12, "h")
            assert calendar.elapsed_array(start, landed) == np.timedelta64(3, "h")

    def test_years_before_those_that_were_asked_for(self):
        fresh = ServiceCalendar()
        late, early = self.start, self.start - np.timedelta64(3000, "D")
        whole = fresh.elapsed_array(late[0], late)
        assert (fresh.elapsed_array(early, early) == np.timedelta64(0, "us")).all()
        assert (fresh.elapsed_array(late[0], late) == whole).all()
        assert (fresh.advance_array(early, timedelta(hours=9)) > early).all()

    def test_a_calendar_that_never_opens(self):
        class Never:
            def is_working_day(self, day):
                return False

        calendar = ServiceCalendar(Never())
        for at in (self.start - np.timedelta64(57 * 365, "D"), self.start):  # 1964 and 2021
            assert (calendar.elapsed_array(at[0], at) == np.timedelta64(0, "us")).all()
        assert (calendar.advance_array(self.start, timedelta(0)) == self.start).all()
        amounts = np.full(len(self.start), "NaT", "m8[s]")
        assert np.isnat(calendar.advance_array(self.start, amounts)).all()
        amounts[3] = np.timedelta64(0, "s")
        landed = calendar.advance_array(self.start, amounts)
        assert landed[3] == self.start[3]
        assert np.isnat(landed).sum() == len(landed) - 1
        amounts[5] = 1
        with pytest.raises(CalendarError, match="nothing is open"):
            calendar.advance_array(self.start, amounts)


class TestSlots:
    """Slots begin and end where they may: at each boundary, and next to it, the answers hold."""

    @pytest.mark.parametrize("year", [1965, 2021])
    @pytest.mark.parametrize(
        "windows",
        [
            ("09:00-18:00",),
            ("22:37:01-02:11",),
            ("13:00-00:00:00.000001", "00:00:05-11:00"),
            ("08:00:00-08:00:10.000001", "08:00:20-08:00:30", "09:00-12:00"),
        ],
        ids=str,
    )
    def test_at_boundaries(self, windows, year):
        calendar = ServiceCalendar("mon-sun", Schedule(week=windows), "UTC")
        first = datetime(year, 1, 1, tzinfo=UTC)
        found = calendar.windows(first, first + timedelta(days=9, hours=12))
        ends = [end.replace(tzinfo=None) for window in found for end in window]
        at = np.array([end + n * timedelta.resolution for end in ends[1:] for n in (-1, 0, 1)])
        start = np.datetime64(ends[0])
        served = calendar.elapsed_array(start, at.astype("M8[us]"))
        landed = calendar.advance_array(start, served)
        for end, amount, close in zip(at, served.tolist(), landed.tolist(), strict=True):
            assert amount == calendar.elapsed(aware(ends[0]), aware(end))
            assert aware(close) == calendar.advance(aware(ends[0]), amount)


class TestRefusals:
    """Past the bounds they raise like the scalars, and never clip."""

    strict = ServiceHours(unannounced="raise").calendar()
    end = np.datetime64("2026-12-31T16:00", "us")
    moment = np.timedelta64(1, "us")

    def test_the_last_instant(self):
        start = self.end - np.timedelta64(30, "h")
        assert self.strict.elapsed_array(start, self.end).item() == timedelta(hours=9)
        assert self.strict.elapsed_array(self.end, start).item() == -timedelta(hours=9)
        landed = self.strict.advance_array(start, timedelta(hours=9))
        assert landed == self.end - np.timedelta64(6, "h")

    def test_past_it(self):
        start = np.array([self.end - np.timedelta64(30, "h")] * 3)
        late = start.copy()
        late[1] = self.end + self.moment
        for ask in (
            lambda: self.strict.elapsed_array(start, late),
            lambda: self.strict.elapsed_array(late, start),
            lambda: self.strict.elapsed_array(late, late),
            lambda: self.strict.served_array(late),
            lambda: self.strict.advance_array(late, timedelta(hours=1)),
            lambda: self.strict.advance_array(start, timedelta(hours=9, microseconds=1)),
        ):
            with pytest.raises(UnannouncedError):
                ask()

    def test_before_the_first(self):
        early = np.datetime64("2003-12-31T16:00", "us")
        assert self.strict.elapsed_array(early, early).item() == timedelta(0)
        with pytest.raises(UnannouncedError):
            self.strict.elapsed_array(early - self.moment, early)

    def test_a_pair_that_is_missing_anyway_does_not_matter(self):
        start = np.array(["NaT", "2026-03-04T02:00"], "M8[us]")
        end = np.array(["2030-01-01", "2026-03-04T03:00"], "M8[us]")
        found = self.strict.elapsed_array(start, end)
        assert np.isnat(found[0])
        assert found[1].item() == timedelta(hours=1)

    def test_an_amount_without_a_start_does_not_matter_however_large(self):
        start = np.array(["2026-03-04T02:00", "NaT"], "M8[us]")
        amounts = np.array([3_600_000_000, 400_000_000_000_000_000], "m8[us]")
        found = self.strict.advance_array(start, amounts)
        assert found[0].item() == datetime(2026, 3, 4, 3)  # noqa: DTZ001 - arrays are in UTC
        assert np.isnat(found[1])

    def test_an_amount_without_a_start_does_not_matter_at_the_last_instant(self):
        """Where no service is left to advance through, nothing is asked of it."""
        start = np.array([self.end, self.end - np.timedelta64(30, "h"), "NaT"], "M8[us]")
        found = self.strict.advance_array(start, np.array([0, 1, 1], "m8[h]"))
        assert found[:2].tolist() == [
            self.end.item(),
            (self.end - np.timedelta64(14, "h")).item(),
        ]
        assert np.isnat(found[2])

    def test_blocks_in_which_nothing_is_wanted(self):
        """No amount at all for more than a block, and what follows is answered all the same."""
        start = np.full(40_000, np.datetime64("2026-03-04T02:00", "us"))
        amounts = np.zeros(40_000, "m8[h]")
        amounts[-1] = np.timedelta64(1, "h")
        found = self.strict.advance_array(start, amounts)
        assert (found == start + amounts).all()

    def test_blocks_in_which_nothing_is_known(self):
        """More than a block is missing, and what follows is answered all the same."""
        start = np.full(40_000, "NaT", "M8[us]")
        start[-1] = np.datetime64("2026-03-04T02:00")
        found = self.strict.elapsed_array(start, np.datetime64("2026-03-04T03:00", "us"))
        assert np.isnat(found[:-1]).all()
        assert found[-1].item() == timedelta(hours=1)
        found = self.strict.advance_array(start, timedelta(hours=1))
        assert np.isnat(found[:-1]).all()
        assert found[-1] == np.datetime64("2026-03-04T03:00")

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            (lambda c, at: c.elapsed_array([1, 2], at), "start: datetime64 with a unit is meant"),
            (lambda c, at: c.elapsed_array(at, [1, 2]), "end: datetime64 with a unit is meant"),
            (lambda c, at: c.advance_array([1, 2], at), "start: .*, in UTC, not int64"),
            (lambda c, at: c.advance_array(at, 5), "amount: timedelta64 .*, not int64"),
            (lambda c, at: c.advance_array(at, -np.timedelta64(1, "s")), "^an amount .* negative$"),
            (
                lambda c, at: c.elapsed_array(np.datetime64("9999-06-01"), at),
                "9999-06-01 to 9999-06-01 are outside what can be reckoned with",
            ),
        ],
    )
    def test_the_message_names_the_argument(self, ask, message):
        with pytest.raises(CalendarError, match=message):
            ask(CALENDARS["plain"], np.datetime64("2026-03-04T02:00", "us"))

    @pytest.mark.parametrize(
        "ask",
        [
            lambda c, at: c.elapsed_array([1, 2], at),
            lambda c, at: c.elapsed_array(["2026-01-01"], at),
            lambda c, at: c.elapsed_array(np.array([], "M8"), at),
            lambda c, at: c.advance_array(at, 5),
            lambda c, at: c.advance_array(at, np.timedelta64(1, "M")),
            lambda c, at: c.advance_array(at, np.timedelta64(1, "Y")),
            lambda c, at: c.advance_array(at, np.array([], "m8")),
            lambda c, at: c.advance_array(at, np.timedelta64(-1, "s")),
            lambda c, at: c.advance_array(at, -timedelta(seconds=1)),
            lambda c, at: c.advance_array(np.array([at, at]), np.array([5, -5], "m8[s]")),
            lambda c, at: c.elapsed_array(np.datetime64(10**9, "D"), at),
            lambda c, at: c.elapsed_array(np.datetime64("0001-06-01"), at),
            lambda c, at: c.elapsed_array(np.datetime64("9999-06-01"), at),
            lambda c, at: c.elapsed_array(np.datetime64(-(2**63) + 1, "us"), at),
            lambda c, at: c.elapsed_array(np.datetime64(2**63 - 1, "us"), at),
        ],
    )
    def test_wrong_values(self, ask):
        at = np.datetime64("2026-03-04T02:00", "us")
        for calendar in (CALENDARS["plain"], ServiceCalendar("mon-fri")):
            with pytest.raises((CalendarError, UnannouncedError)):
                ask(calendar, at)


class TestFrames:
    """Polars expressions do the same, in the zone of the column."""

    pl = pytest.importorskip("polars")
    calendar = CALENDARS["plain"]

    def frame(self, unit="us", zone="Asia/Shanghai"):
        start = [datetime(2026, 9, 30, 9, tzinfo=UTC), None, datetime(2026, 1, 1, tzinfo=UTC)]
        end = [datetime(2026, 10, 10, 9, tzinfo=UTC), start[0], datetime(2025, 1, 1, tzinfo=UTC)]
        amount = [timedelta(hours=2), timedelta(0), None]
        frame = self.pl.DataFrame({"start": start, "end": end, "amount": amount})
        column = self.pl.col("start").dt.convert_time_zone(zone).dt.cast_time_unit(unit)
        return frame.with_columns(column)

    @pytest.mark.parametrize("unit", ["ms", "us", "ns"])
    def test_elapsed(self, unit):
        found = self.frame(unit).select(x=self.calendar.elapsed_expr("start", "end"))["x"]
        assert found.dtype == self.pl.Duration("us")
        assert found.to_list() == [timedelta(hours=27), None, timedelta(hours=-9 * 248)]

    @pytest.mark.parametrize("unit", ["ms", "us", "ns"])
    def test_advance(self, unit):
        frame = self.frame(unit, "America/New_York")
        found = frame.select(
            x=self.calendar.advance_expr("start", "amount"),
            y=self.calendar.advance_expr(self.pl.col("start"), timedelta(hours=1)),
        )
        assert found["x"].dtype == self.pl.Datetime("us", "America/New_York")
        assert found["x"].to_list() == [datetime(2026, 10, 8, 2, tzinfo=UTC), None, None]
        assert found["y"].to_list() == [
            datetime(2026, 9, 30, 10, tzinfo=UTC),
            None,
            datetime(2026, 1, 4, 2, tzinfo=UTC),
        ]

    def test_one_at_a_time(self):
        frame = self.frame(zone="America/New_York")
        found = frame.select(self.calendar.advance_expr("start", "amount"))["start"]
        assert found.dtype == self.pl.Datetime("us", "America/New_York")
        assert found.to_list() == [datetime(2026, 10, 8, 2, tzinfo=UTC), None, None]
        found = frame.select(self.calendar.advance_expr("start", timedelta(hours=1)))["start"]
        assert found.to_list()[0] == datetime(2026, 9, 30, 10, tzinfo=UTC)

    def test_columns_keep_the_name_of_the_first(self):
        frame = self.frame()
        assert frame.select(self.calendar.elapsed_expr("start", "end")).columns == ["start"]
        assert frame.select(self.calendar.elapsed_expr("end", "start")).columns == ["end"]
        assert frame.select(self.calendar.advance_expr("end", "amount")).columns == ["end"]

    def test_nothing_missing_and_everything(self):
        full = self.frame().drop_nulls("start").with_columns(end=self.pl.col("start"))
        found = full.select(self.calendar.elapsed_expr("start", "end"))["start"]
        assert found.to_list() == [timedelta(0)] * 2
        empty = self.frame().filter(self.pl.col("start").is_null())
        found = empty.select(self.calendar.elapsed_expr("start", "end"))["start"]
        assert found.to_list() == [None]

    def test_lazily(self):
        lazy = self.frame().lazy().select(x=self.calendar.elapsed_expr("start", "end"))
        assert lazy.collect_schema()["x"] == self.pl.Duration("us")
        assert lazy.collect()["x"].null_count() == 1

    def test_refusals(self):
        frame = self.frame()
        naive = self.pl.col("start").dt.replace_time_zone(None)
        late = self.pl.lit(datetime(2027, 6, 1, tzinfo=UTC))
        strict = ServiceHours(unannounced="raise").calendar()
        wrapped = self.pl.exceptions.ComputeError
        for error, expression, message in (
            (NaiveTimeError, self.calendar.elapsed_expr(naive, "end"), "'start' has no time zone"),
            (
                CalendarError,
                self.calendar.elapsed_expr("amount", "end"),
                "'amount': instants are meant, not Duration",
            ),
            (
                CalendarError,
                self.calendar.advance_expr("start", "end"),
                "'end': durations are meant, not Datetime",
            ),
            (
                CalendarError,
                self.calendar.advance_expr("start", self.pl.lit(5)),
                "durations are meant, not Int",
            ),
            (UnannouncedError, strict.elapsed_expr("end", late), "outside what is known"),
        ):
            with pytest.raises((error, wrapped), match=message):
                frame.select(expression)
