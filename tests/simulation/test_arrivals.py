"""When tickets come."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Role, TicketRulesError
from ticketrules.calendar import DayKind
from ticketrules.errors import NaiveTimeError
from ticketrules.simulation import PoissonArrivals, ReplayedArrivals, ResampledDays
from ticketrules.tickets import Actor, events, replay

from .desks import DAY, DESK, HOUR, at, chance

CALENDAR = DESK.calendar


def submitted(*instants):
    return [
        replay([events.Submitted(id="e1", ticket=f"T{n}", at=one, by=Actor(Role.CUSTOMER))])
        for n, one in enumerate(instants)
    ]


HISTORY = submitted(
    at(2026, 3, 2, 9, 10),
    at(2026, 3, 2, 9, 50),
    at(2026, 3, 3, 14, 0),
    at(2026, 3, 7, 11, 0),
    at(2026, 4, 1, 9, 0),  # after the last date
)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)  # five working days and a weekend
SPAN = (at(2026, 3, 9).astimezone(UTC), at(2026, 3, 16).astimezone(UTC))

KINDS = {
    "poisson": PoissonArrivals.from_history(HISTORY, CALENDAR, FIRST, LAST).scaled(20),
    "days": ResampledDays.from_history(HISTORY, CALENDAR, FIRST, LAST),
    "replayed": ReplayedArrivals.from_history(HISTORY).moved(7 * DAY),
}


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    @settings(max_examples=25)
    @given(seed=st.integers(), hours=st.integers(1, 100))
    def test_in_order_and_within_the_stretch(self, kind, seed, hours):
        start, end = SPAN[0], SPAN[0] + hours * HOUR
        found = KINDS[kind].draw(chance(seed), start, end, CALENDAR)
        assert found == sorted(found)
        assert all(start <= one < end and one.tzinfo is UTC for one in found)

    def test_the_same_for_the_same_seed(self, kind):
        one, two = (KINDS[kind].draw(chance(4), *SPAN, CALENDAR) for _ in range(2))
        assert one == two != []


class TestRates:
    """Tickets by hour and kind of day, over the days of that kind."""

    RATES = PoissonArrivals.from_history(HISTORY, CALENDAR, FIRST, LAST).rates

    def test_by_hand(self):
        assert self.RATES[DayKind.WORKDAY][9] == 2 / 5
        assert self.RATES[DayKind.WORKDAY][14] == 1 / 5
        assert self.RATES[DayKind.WEEKEND][11] == 1 / 2
        assert sum(self.RATES[DayKind.WORKDAY]) == pytest.approx(3 / 5)

    def test_a_kind_that_was_not_seen_goes_by_the_one_like_it(self):
        assert self.RATES[DayKind.HOLIDAY] == self.RATES[DayKind.WEEKEND]
        assert self.RATES[DayKind.MAKEUP_WORKDAY] == self.RATES[DayKind.WORKDAY]

    def test_what_comes_is_what_the_rates_say(self):
        rate = PoissonArrivals(
            {DayKind.WORKDAY: [0] * 9 + [30] + [0] * 14, DayKind.WEEKEND: [0] * 24}
        )
        start = at(2026, 3, 9).astimezone(UTC)
        found = rate.draw(chance(8), start, start + 70 * DAY, CALENDAR)
        days = Counter(one.astimezone(CALENDAR.zone).date() for one in found)
        hours = {one.astimezone(CALENDAR.zone).hour for one in found}
        worked = [day for day in days if CALENDAR.is_working_day(day)]
        assert hours == {9}
        assert len(worked) == len(days) > 40
        # The mean of Poisson counts: within four standard errors, and so is their variance.
        mean = len(found) / len(days)
        assert mean == pytest.approx(30, abs=4 * (30 / len(days)) ** 0.5)
        spread = sum((n - mean) ** 2 for n in days.values()) / (len(days) - 1)
        assert spread == pytest.approx(30, abs=4 * 30 * (2 / len(days)) ** 0.5)

    def test_so_many_times_as_many(self):
        assert KINDS["poisson"].rates[DayKind.WORKDAY][9] == pytest.approx(8)


class TestWholeDays:
    def test_each_day_is_like_one_of_its_kind(self):
        start = at(2026, 3, 9).astimezone(UTC)
        found = KINDS["days"].draw(chance(2), start, start + 28 * DAY, CALENDAR)
        by_day = {}
        for one in found:
            local = one.astimezone(CALENDAR.zone)
            by_day.setdefault(local.date(), []).append((local.hour, local.minute))
        for day, times in by_day.items():
            kinds = [[(9, 10), (9, 50)], [(14, 0)]] if day.weekday() < 5 else [[(11, 0)]]
            assert times in kinds


class TestReplayed:
    def test_they_come_when_they_came(self):
        found = KINDS["replayed"].draw(chance(1), *SPAN, CALENDAR)
        assert found == [ticket.opened_at + 7 * DAY for ticket in HISTORY[:4]]

    def test_half_open(self):
        one = at(2026, 3, 9, 9).astimezone(UTC)
        arrivals = ReplayedArrivals([one])
        assert arrivals.draw(chance(1), one, one + HOUR, CALENDAR) == [one]
        assert arrivals.draw(chance(1), one - HOUR, one, CALENDAR) == []


class TestBadInput:
    @pytest.mark.parametrize("kind", [PoissonArrivals, ResampledDays])
    def test_an_empty_history(self, kind):
        with pytest.raises(TicketRulesError, match="the history holds no tickets to go by"):
            kind.from_history([], CALENDAR, FIRST, LAST)
        with pytest.raises(TicketRulesError, match="last date 2026-03-02 comes before its first"):
            kind.from_history(HISTORY, CALENDAR, LAST, FIRST)

    def test_an_empty_history_to_replay(self):
        with pytest.raises(TicketRulesError, match="no tickets"):
            ReplayedArrivals.from_history([])

    @pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
    def test_a_rate_that_cannot_be(self, rate):
        with pytest.raises(TicketRulesError, match="workday, hour 3: a rate must not be below"):
            PoissonArrivals({DayKind.WORKDAY: [0] * 3 + [rate] + [0] * 20})

    def test_not_a_day_of_hours(self):
        with pytest.raises(TicketRulesError, match="24 rates are meant, one for each hour, not 3"):
            PoissonArrivals({DayKind.WORKDAY: [1, 2, 3]})
        with pytest.raises(TicketRulesError, match="no rates"):
            PoissonArrivals({})

    def test_a_day_of_a_kind_that_nobody_knows(self):
        weekdays = PoissonArrivals({DayKind.WORKDAY: [1] * 24})
        with pytest.raises(TicketRulesError, match="arrivals are not known for a weekend"):
            weekdays.draw(chance(1), *SPAN, CALENDAR)

    def test_a_time_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            ReplayedArrivals([datetime(2026, 3, 2)])  # noqa: DTZ001 - that is the point


def test_a_clock_change_neither_loses_nor_doubles_an_hour():
    from ticketrules.calendar import ServiceCalendar  # noqa: PLC0415

    berlin = ServiceCalendar(days="mon-sun", zone="Europe/Berlin")
    steady = PoissonArrivals.steady(60)
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)):
        start = datetime(day.year, day.month, day.day, tzinfo=berlin.zone).astimezone(UTC)
        after = day + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=berlin.zone).astimezone(UTC)
        found = steady.draw(chance(6), start, end, berlin)
        assert len(found) == pytest.approx(60 * hours, abs=4 * (60 * hours) ** 0.5)
        assert max(two - one for one, two in pairwise(found)) < HOUR / 2
