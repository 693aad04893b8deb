"""Rosters: rules and dates, rotas, swaps and leave, and what cannot be one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar.working_time import micros_of
from ticketrules.errors import NaiveTimeError, RoutingError
from ticketrules.routing import (
    Agent,
    Leave,
    Recurrence,
    Roster,
    Rota,
    Shift,
    Swap,
    recurrence,
)

FIRST = date(2026, 3, 2)
"""A Monday."""

EVERY_DAY = recurrence("FREQ=DAILY", FIRST)
PEOPLE = tuple(Agent(id=name) for name in ("an", "bo", "chen"))


def at(text, zone="Asia/Shanghai"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def on(roster, text):
    """The ids of those who are to be there at a time of the roster's wall clock."""
    return [agent.id for agent in roster.who_is_on(at(text, roster.zone))]


def shift(agent="an", hours="09:00-18:00", dates=EVERY_DAY, **parts):
    return Shift(agent=agent, hours=hours, on=dates, **parts)


class TestShifts:
    """Hours of the wall clock, across midnight too."""

    def test_a_night_belongs_to_the_date_on_which_it_begins(self):
        roster = Roster(agents=PEOPLE, shifts=[shift(hours="22:00-06:00", dates=FIRST)])
        times = {
            "2026-03-02 05:59": [],
            "2026-03-02 21:59": [],
            "2026-03-02 22:00": ["an"],
            "2026-03-03 05:59": ["an"],
            "2026-03-03 06:00": [],
            "2026-03-03 22:00": [],
        }
        assert {text: on(roster, text) for text in times} == times

    def test_one_from_midnight_is_on_at_midnight(self):
        roster = Roster(agents=PEOPLE, shifts=[shift(hours="00:00-08:00", dates=FIRST)])
        assert on(roster, "2026-03-01 23:59:59.999999") == []
        assert on(roster, "2026-03-02 00:00") == ["an"]

    def test_one_shift_between_two_times(self):
        start = datetime(2026, 3, 2, 22, 15)  # noqa: DTZ001 - the desk's wall clock
        one = Shift.between("an", start, start + timedelta(hours=8))
        assert one == shift(hours="22:15-06:15", dates=FIRST)
        named = Shift.between("an", start, start + timedelta(hours=8), "夜班")
        assert named == shift(hours="22:15-06:15", dates=FIRST, name="夜班")

    @pytest.mark.parametrize("hours", [-1, 0])
    def test_one_that_ends_before_it_starts(self, hours):
        start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
        with pytest.raises(RoutingError, match=r"shift of 'an' .* ends before it starts"):
            Shift.between("an", start, start + timedelta(hours=hours))

    def test_one_that_lasts_more_than_a_day(self):
        start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
        with pytest.raises(RoutingError, match=r"shift of 'an' .* lasts more than a day"):
            Shift.between("an", start, start + timedelta(hours=25))

    def test_one_with_a_zone(self):
        nine, ten = at("2026-03-02 09:00"), at("2026-03-02 10:00")
        for times in (
            (nine, ten),
            (nine, ten.replace(tzinfo=None)),
            (nine.replace(tzinfo=None), ten),
        ):
            with pytest.raises(RoutingError, match="local times without a zone"):
                Shift.between("an", *times)

    @pytest.mark.parametrize("hours", ["09:00", "09:00-09:00", "25:00-26:00", "9-18"])
    def test_hours_that_are_none(self, hours):
        with pytest.raises(RoutingError, match="hours: window"):
            shift(hours=hours)

    def test_overlapping_shifts_of_one_agent_are_one_presence(self):
        roster = Roster(
            agents=PEOPLE, shifts=[shift(hours="09:00-13:00"), shift(hours="12:00-18:00")]
        )
        start = at("2026-03-02 00:00")
        presence = roster.presence(start, start + timedelta(days=1))
        assert presence["an"] == ((at("2026-03-02 09:00"), at("2026-03-02 18:00")),)
        assert presence["bo"] == ()
        assert roster.presence(start, start) == {"an": (), "bo": (), "chen": ()}


class TestClockChanges:
    """Skipped hours do not count, and repeated ones count twice."""

    def test_a_night_in_spring_is_an_hour_short(self):
        roster = Roster(agents=PEOPLE, shifts=[shift(hours="22:00-06:00")], zone="Europe/Berlin")
        for start, hours in (("2026-03-28 12:00", 7), ("2026-10-24 12:00", 9)):
            first = at(start, "Europe/Berlin")
            ((a, b),) = roster.presence(first, first + timedelta(days=1))["an"]
            assert b.timestamp() - a.timestamp() == hours * 3600


class TestRotas:
    """On a rota's dates its shifts stand and the usual ones fall away."""

    ROSTER = Roster(
        agents=PEOPLE,
        shifts=[shift("an")],
        rotas=[Rota(name="国庆", dates=[date(2026, 10, 1)], shifts=[shift("bo", "10:00-16:00")])],
    )

    def test_the_holiday_and_the_day_after(self):
        assert on(self.ROSTER, "2026-10-01 09:30") == []
        assert on(self.ROSTER, "2026-10-01 10:00") == ["bo"]
        assert on(self.ROSTER, "2026-10-02 10:00") == ["an"]

    def test_a_night_of_a_rota_goes_on_after_its_date(self):
        night = Rota(dates=[FIRST], shifts=[shift("bo", "22:00-06:00")])
        roster = Roster(agents=PEOPLE, shifts=[shift("an", "22:00-06:00")], rotas=[night])
        assert on(roster, "2026-03-03 05:59") == ["bo"]
        assert on(roster, "2026-03-03 22:00") == ["an"]

    def test_a_shift_of_a_rota_that_never_falls_on_its_dates(self):
        other = shift("bo", dates=Recurrence(dates=[FIRST + timedelta(days=1)]))
        roster = Roster(
            agents=PEOPLE, shifts=[shift("an")], rotas=[Rota(dates=[FIRST], shifts=[other])]
        )
        assert on(roster, "2026-03-02 10:00") == []
        assert on(roster, "2026-03-03 10:00") == ["an"]

    def test_a_rota_may_be_empty(self):
        closed = Roster(agents=PEOPLE, shifts=[shift("an")], rotas=[Rota(dates=[FIRST])])
        assert on(closed, "2026-03-02 10:00") == []


class TestSwaps:
    """One date's shifts go to another; an exchange is two, made at once."""

    def test_one_takes_over(self):
        roster = Roster(
            agents=PEOPLE,
            shifts=[shift("an", "09:00-12:00"), shift("bo", "12:00-18:00")],
            swaps=[Swap(on=FIRST, giver="an", taker="chen")],
        )
        assert on(roster, "2026-03-02 10:00") == ["chen"]
        assert on(roster, "2026-03-03 10:00") == ["an"]

    def test_two_exchange(self):
        roster = Roster(
            agents=PEOPLE,
            shifts=[shift("an", "09:00-12:00"), shift("bo", "12:00-18:00")],
            swaps=[
                Swap(on=FIRST, giver="an", taker="bo"),
                Swap(on=FIRST, giver="bo", taker="an"),
            ],
        )
        assert on(roster, "2026-03-02 10:00") == ["bo"]
        assert on(roster, "2026-03-02 15:00") == ["an"]

    def test_whoever_takes_over_may_be_asked_about_alone(self):
        roster = Roster(
            agents=PEOPLE,
            shifts=[shift(hours="22:00-06:00", dates=FIRST)],
            swaps=[Swap(on=FIRST, giver="an", taker="bo")],
        )
        for text in ("2026-03-02 22:00", "2026-03-03 05:59"):
            start = micros_of(at(text))
            assert roster.spans(start, start + 1, ["bo"]) == {"bo": [(start, start + 1)]}

    def test_whoever_takes_over_a_night_has_all_of_it(self):
        roster = Roster(
            agents=PEOPLE,
            shifts=[shift("an", "22:00-06:00")],
            swaps=[Swap(on=FIRST, giver="an", taker="bo")],
        )
        assert on(roster, "2026-03-03 05:00") == ["bo"]
        assert on(roster, "2026-03-03 23:00") == ["an"]

    def test_it_is_the_taker_s_next_shift_and_the_giver_s_others_are_not(self):
        roster = Roster(
            agents=PEOPLE,
            shifts=[shift("an")],
            swaps=[Swap(on=date(2026, 3, 4), giver="an", taker="bo")],
        )
        found = {name: roster.next_shift(name, at("2026-03-03 12:00")) for name in ("an", "bo")}
        assert found == {
            "an": (at("2026-03-05 09:00"), at("2026-03-05 18:00")),
            "bo": (at("2026-03-04 09:00"), at("2026-03-04 18:00")),
        }


class TestLeave:
    """Whatever the shifts say, who is on leave is not there."""

    def test_from_midnight_to_midnight_of_the_desk(self):
        roster = Roster(agents=PEOPLE, shifts=[shift("an")]).with_leave(
            "an", Leave.on(date(2026, 3, 3), date(2026, 3, 4), why="年假")
        )
        days = {day: on(roster, f"2026-03-0{day} 10:00") for day in range(2, 6)}
        assert days == {2: ["an"], 3: [], 4: [], 5: ["an"]}
        assert roster.next_shift("an", at("2026-03-02 10:00"))[0] == at("2026-03-05 09:00")

    def test_the_next_shift_is_one_that_begins_at_the_instant_or_later(self):
        roster = Roster(agents=PEOPLE, shifts=[shift("an"), shift("bo", "18:00-20:00")])
        nine, six = at("2026-03-02 09:00"), at("2026-03-02 18:00")
        moment = timedelta(microseconds=1)
        assert roster.next_shift("an", nine) == (nine, six)
        assert roster.next_shift("an", nine + moment) == (
            at("2026-03-03 09:00"),
            six.replace(day=3),
        )
        assert on(roster, "2026-03-02 17:59:59.999999") == ["an"]
        assert on(roster, "2026-03-02 18:00") == ["bo"]

    def test_it_is_told_whole_and_in_the_zone_of_asking(self):
        nine = at("2026-03-07 09:00")
        roster = Roster(agents=PEOPLE, shifts=[shift("an", dates=nine.date())])
        for hours in (1, 119, 143, 167, 24 * 31 - 1):
            after = (nine - timedelta(hours=hours)).astimezone(ZoneInfo("Europe/Berlin"))
            start, end = roster.next_shift("an", after)
            assert (start, end) == (nine, nine + timedelta(hours=9))
            assert start.tzinfo is end.tzinfo is after.tzinfo

    def test_the_next_shift_is_looked_for_within_five_years_and_no_further(self):
        roster = Roster(agents=PEOPLE, shifts=[shift(dates=FIRST)])
        begins = at("2026-03-02 09:00")
        ago = begins - timedelta(days=5 * 366)
        assert roster.next_shift("an", ago) is None
        assert roster.next_shift("an", ago + timedelta(microseconds=1))[0] == begins

    def test_the_next_shift_may_be_far_or_nowhere(self):
        far = Roster(agents=PEOPLE, shifts=[shift("an", dates=date(2028, 1, 1))])
        assert far.next_shift("an", at("2026-03-02 10:00"))[0] == at("2028-01-01 09:00")
        assert far.next_shift("bo", at("2026-03-02 10:00")) is None


class TestBadRosters:
    """Each mistake is refused by the name of what is wrong."""

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ({"agents": [Agent(id="an"), Agent(id="an")]}, "agent 'an' stands twice"),
            ({"zone": "Asia/Beijing"}, "zone: 'Asia/Beijing' is no IANA time zone"),
            ({"zone": ""}, "zone: '' is no IANA time zone"),
            ({"shifts": [shift("gone")]}, "shift 09:00-18:00 of 'gone': there is no such agent"),
            ({"shifts": [shift("an"), shift("an")]}, "shift 09:00-18:00 of 'an': it stands twice"),
            (
                {"rotas": [Rota(dates=[FIRST], shifts=[shift("gone")])]},
                "of 'gone': there is no such agent",
            ),
            (
                {"rotas": [Rota(dates=[FIRST]), Rota(name="b", dates=[FIRST])]},
                "rota 'b': 2026-03-02 has another rota already",
            ),
            (
                {"swaps": [Swap(on=FIRST, giver="an", taker="gone")]},
                "swap on 2026-03-02: there is no agent 'gone'",
            ),
            (
                {"swaps": [Swap(on=FIRST, giver="an", taker="bo")]},
                "swap on 2026-03-02: 'an' has no shift that begins then",
            ),
            (
                {
                    "shifts": [shift("an")],
                    "swaps": [
                        Swap(on=FIRST, giver="an", taker="bo"),
                        Swap(on=FIRST, giver="an", taker="chen"),
                    ],
                },
                "'an' has given that date away already",
            ),
        ],
    )
    def test_it_is_named(self, parts, says):
        with pytest.raises(RoutingError, match=says):
            Roster(**{"agents": PEOPLE, **parts})

    def test_a_swap_with_oneself(self):
        with pytest.raises(RoutingError, match="'an' cannot take over from themselves"):
            Swap(on=FIRST, giver="an", taker="an")

    def test_a_rota_for_no_date(self):
        with pytest.raises(RoutingError, match="rota 'x': it is for no date"):
            Rota(name="x", dates=[])

    def test_an_agent_who_is_not_on_it(self):
        with pytest.raises(RoutingError, match="no agent 'gone' on the roster"):
            Roster(agents=PEOPLE).next_shift("gone", at("2026-03-02 10:00"))

    def test_an_instant_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            Roster(agents=PEOPLE).who_is_on(datetime(2026, 3, 2))  # noqa: DTZ001

    @pytest.mark.parametrize(
        ("make", "says"),
        [
            (lambda: Roster(agents=["an"]), "agents must be of Agent, not of str"),
            (lambda: Roster(agents=PEOPLE, shifts=["an"]), "shifts must be of Shift, not of str"),
            (lambda: Agent(id="an", holds=["T1"]), "holds must be of Held, not of str"),
            (lambda: Agent(id="an", skills=None), "a collection of names is meant, not None"),
            (lambda: shift(hours=9), "hours: a window like '09:00-18:00' is meant, not 9"),
            (lambda: recurrence(None), "a rule or dates are meant, not None"),
            (lambda: Leave.on(FIRST, date.max), "leave until 9999-12-31: no day comes after it"),
        ],
    )
    def test_values_of_another_kind(self, make, says):
        with pytest.raises((RoutingError, TypeError), match=says):
            make()

    @pytest.mark.parametrize(
        "at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)]
    )
    def test_the_ends_of_the_calendar(self, at):
        roster = Roster(agents=PEOPLE, shifts=[shift("an")])
        with pytest.raises(RoutingError, match=r"^a roster knows nothing of the first"):
            roster.who_is_on(at)
        late = datetime(9999, 12, 28, 12, tzinfo=UTC)
        assert roster.next_shift("bo", late) is None

    def test_a_roster_is_a_value(self):
        one, other = (Roster(agents=PEOPLE, shifts=[shift("an")]) for _ in range(2))
        assert one == other
        assert hash(one) == hash(other)
        assert Recurrence() != EVERY_DAY
