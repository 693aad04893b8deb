"""3.3: the roster keeps enough agents on duty through every minute of the service hours."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours
from ticketrules.errors import NaiveTimeError, RoutingError
from ticketrules.routing import (
    Agent,
    Duty,
    Held,
    Leave,
    Roster,
    Rota,
    Shift,
    Swap,
    coverage_gaps,
    duty_findings,
    recurrence,
)

from .oracle import DAY, MINUTE, PlainRoster, daily, monthly, weekly

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = ServiceHours().calendar()
NAMES = ("an", "bo", "chen")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

PLACES = (
    ("Asia/Shanghai", date(2026, 2, 12)),
    ("Europe/Berlin", date(2026, 3, 27)),
    ("Europe/Berlin", date(2026, 10, 23)),
    ("America/New_York", date(2026, 10, 30)),
    ("Australia/Lord_Howe", date(2026, 4, 3)),
    ("Australia/Lord_Howe", date(2026, 10, 2)),
)
"""Zones with the first date of a few days, in most of which clocks change."""


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def every_day(agent, hours, **parts):
    return Shift(agent=agent, hours=hours, on=recurrence("FREQ=DAILY", date(2026, 1, 1)), **parts)


def clock(minute):
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


MINUTES = st.sampled_from((0, 60, 90, 120, 150, 180, 540, 720, 1080, 1380)) | st.integers(0, 1439)


@st.composite
def shifts(draw, first):
    """A shift twice: the library's, and what the oracle has of it."""
    agent = draw(st.sampled_from(NAMES))
    opens = draw(MINUTES)
    closes = draw(MINUTES.filter(lambda minute: minute != opens))
    since = first - draw(st.integers(0, 400)) * DAY
    every = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(("weekly", "daily", "monthly", "dates")))
    if kind == "weekly":
        days = draw(st.sets(st.integers(0, 6), min_size=1))
        names = ",".join(WEEKDAYS[day] for day in sorted(days))
        on = recurrence(f"FREQ=WEEKLY;INTERVAL={every};BYDAY={names}", since)
        comes = weekly(days, every, since)
    elif kind == "daily":
        on, comes = recurrence(f"FREQ=DAILY;INTERVAL={every}", since), daily(every, since)
    elif kind == "monthly":
        number = draw(st.sampled_from((first.day, first.day + 1, 1)))
        on = recurrence(f"FREQ=MONTHLY;BYMONTHDAY={number}", since)
        comes = monthly(number, since)
    else:
        days = draw(st.sets(st.integers(-1, 4), min_size=1))
        dates = {first + number * DAY for number in days}
        on, comes = recurrence(dates), dates.__contains__
    hours = f"{clock(opens)}-{clock(closes)}"
    return (
        Shift(agent=agent, hours=hours, on=on),
        (agent, opens, closes if closes > opens else closes + 1440, comes),
    )


@st.composite
def rosters(draw):
    """A roster twice, with the first of the days that are looked at."""
    zone, first = draw(st.sampled_from(PLACES))
    plain = PlainRoster(zone)
    plain.skills = {name: draw(st.frozensets(st.sampled_from(("db", "net")))) for name in NAMES}
    drawn = draw(st.lists(shifts(first), max_size=5, unique_by=lambda pair: pair[0]))
    plain.shifts = [theirs for _ours, theirs in drawn]
    leave = {name: [] for name in NAMES}
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=2)):
        start = datetime.combine(first, time(), UTC) + draw(st.integers(-600, 5000)) * MINUTE
        end = start + draw(st.integers(1, 2000)) * MINUTE
        plain.leave.append((name, start, end))
        leave[name].append(Leave(start, end))
    rotas = []
    if draw(st.booleans()):
        days = {first + number * DAY for number in draw(st.sets(st.integers(0, 3), min_size=1))}
        own = draw(st.lists(shifts(first), max_size=3, unique_by=lambda pair: pair[0]))
        plain.rotas = {day: [theirs for _ours, theirs in own] for day in days}
        rotas = [Rota(dates=days, shifts=[ours for ours, _theirs in own])]
    swaps = []
    for day in (first, first + DAY):
        for giver in sorted({agent for agent, _opens, _closes in plain.begun(day)}):
            if draw(st.booleans()):
                taker = draw(st.sampled_from([name for name in NAMES if name != giver]))
                swaps.append(Swap(on=day, giver=giver, taker=taker))
    plain.swaps = [(swap.on, swap.giver, swap.taker) for swap in swaps]
    roster = Roster(
        agents=[Agent(id=name, skills=plain.skills[name], leave=leave[name]) for name in NAMES],
        shifts=[ours for ours, _theirs in drawn],
        rotas=rotas,
        swaps=swaps,
        zone=zone,
    )
    return roster, plain, datetime.combine(first, time(), ZoneInfo(zone))


class TestAgainstAMinuteScan:
    """Complete and sound: what a scan of every minute finds, and nothing else."""

    @settings(deadline=None)
    @given(
        rosters=rosters(),
        hours=st.sampled_from(("09:00-18:00", "00:00-24:00", "22:00-03:30", "01:00-02:30")),
        skill=st.sampled_from((None, None, "db")),
        minimum=st.integers(1, 2),
        length=st.integers(1, 3000),
    )
    def test_the_gaps_are_those_of_the_scan(self, rosters, hours, skill, minimum, length):
        roster, plain, start = rosters
        end = start.astimezone(UTC) + length * MINUTE
        calendar = ServiceCalendar("mon-sun", Schedule(week=(hours,)), roster.zone)
        opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in hours.split("-"))

        def serves(wall):
            minute = wall.hour * 60 + wall.minute
            return opens <= minute < closes or (closes < opens and not closes <= minute < opens)

        found = coverage_gaps(roster, calendar, start, end, skill=skill, minimum=minimum)
        # In UTC: Python calls a time of the hour that a clock change repeats equal to none.
        gaps = [(gap.start.astimezone(UTC), gap.end.astimezone(UTC), gap.fewest) for gap in found]
        assert gaps == plain.gaps(serves, start, end, skill, minimum)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(gaps))

    @settings(deadline=None, max_examples=60)
    @given(rosters=rosters(), minutes=st.lists(st.integers(0, 5000), min_size=1, max_size=8))
    def test_who_is_on_is_whom_the_scan_finds(self, rosters, minutes):
        roster, plain, start = rosters
        for minute in minutes:
            instant = start.astimezone(UTC) + minute * MINUTE
            on = [agent.id for agent in roster.who_is_on(instant)]
            assert on == sorted(plain.there(instant))

    @settings(deadline=None, max_examples=30)
    @given(rosters=rosters(), hours=st.integers(0, 90))
    def test_the_next_shift_begins_where_the_scan_first_finds_them_anew(self, rosters, hours):
        roster, plain, start = rosters
        after = start.astimezone(UTC) + timedelta(hours=hours)
        for name in NAMES:
            found = roster.next_shift(name, after)
            was_there = name in plain.there(after - MINUTE)
            for number in range(1500):
                is_there = name in plain.there(after + number * MINUTE)
                if is_there and not was_there:
                    assert found is not None
                    assert found[0] == after + number * MINUTE
                    break
                was_there = is_there
            else:
                assert found is None or found[0] >= after + 1500 * MINUTE


class TestClause3x3:
    """An agent through every minute of the service hours; the gaps, or none."""

    ROSTER = Roster(
        agents=[Agent(id="an", skills={"db"}), Agent(id="bo")],
        shifts=[every_day("an", "09:00-13:00"), every_day("bo", "12:00-18:00")],
    )

    def gaps(self, roster, start="2026-03-02 00:00", end="2026-03-04 00:00", **parts):
        return [
            f"{gap.start:%d %H:%M}-{gap.end:%H:%M} {gap.fewest}/{gap.needed}"
            for gap in coverage_gaps(roster, DESK, at(start), at(end), **parts)
        ]

    def test_a_roster_that_keeps_it_has_none(self):
        assert self.gaps(self.ROSTER) == []

    def test_two_at_a_time_are_there_only_at_noon(self):
        assert self.gaps(self.ROSTER, minimum=2, end="2026-03-03 00:00") == [
            "02 09:00-12:00 1/2",
            "02 13:00-18:00 1/2",
        ]

    def test_by_skill(self):
        assert self.gaps(self.ROSTER, skill="db", end="2026-03-03 00:00") == ["02 13:00-18:00 0/1"]

    def test_a_gap_is_one_however_few_there_are_in_it(self):
        assert self.gaps(self.ROSTER, skill="db", minimum=2, end="2026-03-03 00:00") == [
            "02 09:00-18:00 0/2"
        ]

    def test_leave_opens_a_gap(self):
        roster = self.ROSTER.with_leave("bo", Leave.on(date(2026, 3, 3), date(2026, 3, 3)))
        assert self.gaps(roster) == ["03 13:00-18:00 0/1"]

    def test_a_weekly_rule_leaves_the_make_up_saturday_open(self):
        rule = recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", date(2026, 1, 1))
        shift = Shift(agent="an", hours="09:00-18:00", on=rule)
        roster = Roster(agents=[Agent(id="an")], shifts=[shift])
        assert self.gaps(roster, "2026-02-09 00:00", "2026-03-02 00:00") == [
            "14 09:00-18:00 0/1",
            "28 09:00-18:00 0/1",
        ]

    def test_nobody_is_needed_on_a_holiday(self):
        assert self.gaps(Roster(agents=[]), "2026-02-16 00:00", "2026-02-23 00:00") == []

    def test_what_is_asked_about_is_half_open(self):
        roster = Roster(agents=[Agent(id="an")])
        assert self.gaps(roster, "2026-03-02 10:00", "2026-03-02 10:30") == ["02 10:00-10:30 0/1"]
        assert self.gaps(roster, "2026-03-02 10:00", "2026-03-02 10:00") == []

    def test_it_reads_in_both_languages(self):
        (gap,) = coverage_gaps(
            self.ROSTER, DESK, at("2026-03-02 00:00"), at("2026-03-03 00:00"), skill="db"
        )
        assert str(gap) == "2026-03-02 13:00–2026-03-02 18:00: 0 of 1 agents with db [3.3]"
        assert gap.text.zh == (
            "2026-03-02 13:00–2026-03-02 18:00：具备db的客服 0 人，需 1 人 [3.3]"
        )

    @pytest.mark.parametrize("minimum", [0, -1, True])
    def test_a_minimum_is_at_least_one(self, minimum):
        with pytest.raises(RoutingError, match="minimum must be at least 1"):
            self.gaps(self.ROSTER, minimum=minimum)

    def test_an_instant_has_a_zone(self):
        naive = datetime(2026, 3, 2)  # noqa: DTZ001 - that is the mistake
        with pytest.raises(NaiveTimeError):
            coverage_gaps(self.ROSTER, DESK, naive, naive)


class TestClause3x4:
    """Who is to be there and has not set 在岗 is found."""

    ROSTER = Roster(
        agents=[Agent(id="an", name="安"), Agent(id="bo")],
        shifts=[every_day("an", "09:00-18:00"), every_day("bo", "09:00-18:00")],
    )
    TEN = at("2026-03-02 10:00")

    def found(self, *agents, now=TEN, **parts):
        return [str(one) for one in duty_findings(self.ROSTER, agents, DESK, now, **parts)]

    def test_all_are_on_duty(self):
        on = [Agent(id=name, duty=Duty.ON_DUTY) for name in ("an", "bo")]
        assert self.found(*on) == []

    def test_who_is_not_is_found_with_what_they_have_set(self):
        away = Agent(id="an", name="安", duty=Duty.AWAY, duty_since=at("2026-03-02 09:30"))
        assert self.found(away, Agent(id="bo", duty=Duty.ON_DUTY)) == [
            "安 is on the roster and not on duty: away since 2026-03-02 01:30 UTC [3.4]"
        ]

    def test_who_is_not_known_to_be_there_counts_as_offline(self):
        assert self.found(Agent(id="an", duty=Duty.ON_DUTY)) == [
            "bo is on the roster and not on duty: offline [3.4]"
        ]

    def test_too_few_on_duty_while_the_desk_serves(self):
        assert self.found()[-1] == "0 of 1 agents on duty in service hours [3.3]"
        on = Agent(id="an", duty=Duty.ON_DUTY)
        assert "1 of 2 agents on duty in service hours [3.3]" in self.found(on, minimum=2)

    def test_after_hours_nothing_is_missing(self):
        assert self.found(now=at("2026-03-02 20:00")) == []

    def test_serving_longer_is_no_departure(self):
        on = Agent(id="an", duty=Duty.ON_DUTY, holds=[Held("T1")])
        assert self.found(on, now=at("2026-03-02 20:00")) == []

    def test_who_is_off_and_holds_nothing_is_no_departure(self):
        gone = [Agent(id=name, duty=Duty.OFFLINE) for name in ("an", "bo", "chen")]
        assert self.found(*gone, now=at("2026-03-02 20:00")) == []

    def test_tickets_stuck_with_somebody_who_has_left(self):
        gone = Agent(id="an", duty=Duty.OFFLINE, holds=[Held("T1"), Held("T2")])
        assert self.found(gone, now=at("2026-03-02 20:00")) == [
            "an is offline, and holds 2 tickets to be handed over [3.5]"
        ]
        evening = at("2026-03-02 20:00")
        (finding,) = duty_findings(self.ROSTER, [gone], DESK, evening)
        assert (finding.event_id, finding.clause, finding.at) == ("duty:an", "3.5", evening)
        assert finding.text.zh == "an 离线，尚有 2 个工单待移交"

    def test_each_finding_says_whom_and_when_and_reads_in_chinese(self):
        away = Agent(id="an", name="安", duty=Duty.AWAY, duty_since=at("2026-03-02 09:30"))
        found = duty_findings(self.ROSTER, [away], DESK, self.TEN)
        assert [(one.event_id, one.at, one.text.zh) for one in found] == [
            ("duty:an", self.TEN, "安 当班但未在岗：暂离（自 2026-03-02 01:30 UTC）"),
            ("duty:bo", self.TEN, "bo 当班但未在岗：离线"),
            ("duty:", self.TEN, "服务时间内在岗 0 人，需 1 人"),
        ]
