"""Laws that every history obeys, whatever happened in it."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticketrules.calendar import ServiceHours
from ticketrules.desk import Desk
from ticketrules.errors import HistoryError
from ticketrules.rulebook import Policy
from ticketrules.sla import Verdict
from ticketrules.tickets import replay

from .histories import histories
from .oracle import DAY
from .stories import MINUTE, Fact, event, events_of, instant_of, minute_of, ticket_of

DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""

MOMENT = timedelta(microseconds=1)
ANSWERS = {"first_response", "resolution_commitment", "next_reply"}
PLAIN = ("plain weeks",)


def read(facts, now):
    return DESK.clocks.read(ticket_of(facts), now)


def by_cycle(readings):
    return {(one.clock, one.cycle): one for one in readings}


class TestPollIndependence:
    """Asking once says the same as asking all the time (PEERS: what none has, 1)."""

    @patient
    @given(history=histories(), data=st.data())
    def test_what_comes_later_changes_nothing_at_an_earlier_instant(self, history, data):
        facts, now = history
        then = instant_of(data.draw(st.integers(facts[0].minute, now)))
        prefix = [fact for fact in facts if instant_of(fact.minute) <= then]
        assert read(facts, then) == read(prefix, then)
        longer, prefix_only = (
            DESK.assess(ticket_of(facts), then),
            DESK.assess(ticket_of(prefix), then),
        )
        assert longer == prefix_only
        assert longer.ticket.history == prefix_only.ticket.history

    @patient
    @given(history=histories(), data=st.data())
    def test_a_reported_breach_stays_with_its_instant(self, history, data):
        facts, now = history
        earlier, later = sorted(
            data.draw(st.tuples(*[st.integers(facts[0].minute, now)] * 2), label="polls")
        )
        last = by_cycle(read(facts, instant_of(later)))
        for key, reading in by_cycle(read(facts, instant_of(earlier))).items():
            if reading.breached_at is not None:
                assert last[key].verdict is Verdict.BREACHED
                assert last[key].breached_at == reading.breached_at

    @patient
    @given(history=histories(), data=st.data())
    def test_a_finished_cycle_is_history(self, history, data):
        facts, now = history
        earlier = instant_of(data.draw(st.integers(facts[0].minute, now)))
        last = by_cycle(read(facts, instant_of(now)))
        for key, reading in by_cycle(read(facts, earlier)).items():
            if not reading.is_open:
                assert last[key] == reading

    @patient
    @given(history=histories(), data=st.data())
    def test_stepping_finds_the_breaches_that_jumping_finds(self, history, data):
        facts, now = history
        polls = data.draw(st.lists(st.integers(facts[0].minute, now), max_size=6))
        seen = {}
        for poll in (*sorted(polls), now):
            for key, reading in by_cycle(read(facts, instant_of(poll))).items():
                if reading.breached_at is not None:
                    assert seen.setdefault(key, reading.breached_at) == reading.breached_at
        jumped = by_cycle(read(facts, instant_of(now)))
        assert seen == {
            key: one.breached_at for key, one in jumped.items() if one.breached_at is not None
        }

    @patient
    @given(history=histories(periods=PLAIN))
    def test_a_deadline_is_the_last_instant_that_is_not_too_late(self, history):
        facts, now = history
        for key, reading in by_cycle(read(facts, instant_of(now))).items():
            if reading.verdict is Verdict.RUNNING:
                at_it = by_cycle(read(facts, reading.deadline))[key]
                assert at_it.verdict is Verdict.RUNNING
                after_it = by_cycle(read(facts, reading.deadline + MOMENT))[key]
                assert after_it.verdict is Verdict.BREACHED
                assert after_it.breached_at == reading.deadline

    @patient
    @given(history=histories(), before=st.integers(1, 10_000))
    def test_before_its_first_event_a_ticket_does_not_exist(self, history, before):
        ticket = ticket_of(history[0])
        then = ticket.opened_at - before * MINUTE
        assert DESK.clocks.read(ticket, then) == ()
        with pytest.raises(HistoryError, match="does not exist yet"):
            DESK.assess(ticket, then)


class TestReadings:
    """What the numbers of one reading have to do with each other."""

    @patient
    @given(history=histories())
    def test_the_parts_fit_together(self, history):
        facts, now = history
        now = instant_of(now)
        for one in read(facts, now):
            assert (one.verdict is Verdict.BREACHED) == (one.breached_at is not None)
            assert one.is_open == (one.stopped_at is None) == (one.stopped_by is None)
            if one.verdict in {Verdict.MET, Verdict.CANCELLED}:
                assert not one.is_open
            if one.verdict in {Verdict.RUNNING, Verdict.PAUSED}:
                assert one.is_open
            if one.verdict is Verdict.PAUSED:
                assert one.deadline is None
            if one.verdict is Verdict.RUNNING:
                assert one.deadline >= now
            if one.breached_at is not None:
                assert one.started_at <= one.breached_at <= (one.stopped_at or now)
            assert one.started_at <= (one.stopped_at or now) <= now
            assert timedelta(0) <= one.elapsed <= DESK.calendar.elapsed(one.started_at, now)
            assert not (one.remaining and one.overrun)
            if one.budget is not None:
                assert one.overrun == max(one.elapsed - one.budget, timedelta(0))
                assert one.remaining in {timedelta(0), one.budget - one.elapsed}

    @patient
    @given(history=histories())
    def test_cycles_are_numbered_and_follow_each_other(self, history):
        facts, now = history
        ends = {}
        for one in read(facts, instant_of(now)):
            number, end = ends.get(one.clock, (0, None))
            assert one.cycle == number + 1
            assert number == 0 or (end is not None and end <= one.started_at)
            ends[one.clock] = one.cycle, one.stopped_at

    @patient
    @given(history=histories())
    def test_every_event_named_is_in_the_history(self, history):
        facts, now = history
        ids = {one.id: one.at for one in events_of(facts)}
        for one in read(facts, instant_of(now)):
            assert ids[one.started_by] == one.started_at
            assert one.stopped_by is None or ids[one.stopped_by] == one.stopped_at

    @patient
    @given(minute=st.integers(*map(minute_of, ("2026-01-05 00:00", "2026-11-01 00:00"))))
    def test_without_a_pause_the_deadline_is_the_budget_away(self, minute):
        for one in read([Fact(minute, "customer", "submitted")], instant_of(minute)):
            assert DESK.calendar.elapsed(one.started_at, one.deadline) == one.budget
            assert (
                DESK.calendar.elapsed(one.started_at, one.deadline - MOMENT) == one.budget - MOMENT
            )


class TestAnswers:
    """What an answer can and cannot change."""

    @patient
    @given(
        history=histories(), wait=st.integers(0, 3 * DAY), who=st.sampled_from(("an", "platform"))
    )
    def test_a_later_answer_never_unbreaks(self, history, wait, who):
        facts, now = history
        answered = [*facts, Fact(now + wait, who, "replied")]
        after = by_cycle(read(answered, instant_of(now + wait)))
        for key, reading in by_cycle(read(facts, instant_of(now))).items():
            if reading.breached_at is not None:
                assert after[key].verdict is Verdict.BREACHED
                assert after[key].breached_at == reading.breached_at

    @patient
    @given(history=histories(), data=st.data())
    def test_what_the_customer_does_not_read_changes_no_clock_of_8(self, history, data):
        facts, now = history
        place = data.draw(st.integers(1, len(facts)))
        latest = facts[place].minute if place < len(facts) else now
        minute = data.draw(st.integers(facts[place - 1].minute, latest))
        more = data.draw(
            st.sampled_from(
                (
                    Fact(minute, "an", "noted"),
                    Fact(minute, "system", "noted"),
                    Fact(minute, "system", "replied", {"automatic": True}),
                    Fact(minute, "an", "replied", {"automatic": True}),
                    Fact(minute, "system", "replied"),
                    Fact(minute, "customer", "customer_wrote", {"kind": "automatic"}),
                    Fact(minute, "customer", "customer_wrote", {"kind": "thanks"}),
                )
            )
        )
        events = events_of(facts)
        events.insert(place, event(more, "extra"))
        before = [one for one in read(facts, instant_of(now)) if one.clock in ANSWERS]
        with_it = DESK.clocks.read(replay(events), instant_of(now))
        assert [one for one in with_it if one.clock in ANSWERS] == before


class TestPauses:
    """Pauses belong to the history and are counted in service time (6.4)."""

    HOLDS = st.lists(st.integers(0, 6 * DAY), min_size=3, max_size=3).map(sorted)
    START = st.integers(*map(minute_of, ("2026-02-09 00:00", "2026-03-05 00:00")))

    @patient
    @given(start=START, holds=HOLDS)
    def test_a_pause_never_brings_a_deadline_forward(self, start, holds):
        first, last, _ = (start + hold for hold in holds)
        plain = [Fact(start, "customer", "submitted")]
        held = [
            *plain,
            Fact(first, "an", "escalated_to_platform"),
            Fact(last, "platform", "platform_returned"),
        ]
        after = by_cycle(read(held, instant_of(last)))
        for key, reading in by_cycle(read(plain, instant_of(last))).items():
            assert after[key].deadline >= reading.deadline
            assert after[key].elapsed <= reading.elapsed

    @patient
    @given(start=START, holds=HOLDS, wait=st.integers(0, 3 * DAY))
    def test_a_pause_split_in_two_is_the_same_pause(self, start, holds, wait):
        first, middle, last = (start + hold for hold in holds)
        whole = [
            Fact(start, "customer", "submitted"),
            Fact(first, "an", "escalated_to_platform"),
            Fact(last, "platform", "platform_returned"),
        ]
        split = [
            *whole[:2],
            Fact(middle, "platform", "platform_returned"),
            Fact(middle, "an", "escalated_to_platform"),
            whole[2],
        ]
        now = instant_of(last + wait)
        # Only which pauses there were, and which event is which, can be told apart.
        assert [evolve(one, pauses=()) for one in read(split, now)] == [
            evolve(one, pauses=()) for one in read(whole, now)
        ]

    @patient
    @given(start=START, holds=HOLDS)
    def test_a_pause_outside_service_hours_changes_no_deadline(self, start, holds):
        facts = [Fact(start, "customer", "submitted")]
        deadline = read(facts, instant_of(start))[1].deadline
        day = (start + holds[0]) // DAY * DAY
        night = [
            Fact(max(start, day + 1080), "an", "escalated_to_platform"),
            Fact(max(start, day + DAY + 540), "platform", "platform_returned"),
        ]
        assume(
            DESK.calendar.elapsed(instant_of(night[0].minute), instant_of(night[1].minute))
            == timedelta(0)
        )
        assume(instant_of(night[0].minute) < deadline)
        after = read([*facts, *night], instant_of(night[1].minute))
        assert after[1].deadline == deadline


class TestShifts:
    """Where and when a history lies makes no difference that it should not make."""

    @patient
    @given(
        history=histories(),
        zone=st.one_of(
            st.sampled_from(("America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC")).map(
                ZoneInfo
            ),
            st.integers(-14 * 60, 14 * 60).map(
                lambda minutes: timezone(timedelta(minutes=minutes))
            ),
        ),
    )
    def test_the_zone_of_the_datetimes_makes_none(self, history, zone):
        facts, now = history
        events = events_of(facts)
        moved = [evolve(one, at=one.at.astimezone(zone)) for one in events]
        there = instant_of(now).astimezone(zone)
        assert DESK.assess(replay(moved), there) == DESK.assess(replay(events), instant_of(now))

    @patient
    @given(history=histories(most=8, periods=PLAIN), weeks=st.integers(1, 5))
    def test_weeks_without_holidays_move_every_reading_with_them(self, history, weeks):
        facts, now = history
        # From 6 July to 10 September 2026 no holiday and no make-up day falls.
        base = minute_of("2026-07-06 00:00") - minute_of("2026-03-09 00:00")
        readings = []
        for shift in (base, base + weeks * 7 * DAY):
            moved = [
                fact._replace(
                    minute=fact.minute + shift,
                    parts={
                        key: value + shift if key == "promised_for" else value
                        for key, value in fact.parts.items()
                    },
                )
                for fact in facts
            ]
            readings.append((shift * MINUTE, read(moved, instant_of(now + shift))))
        (first, here), (second, there) = readings
        by = second - first
        assert [
            evolve(
                one,
                read_at=one.read_at + by,
                started_at=one.started_at + by,
                pauses=tuple(
                    evolve(pause, start=pause.start + by, end=pause.end + by)
                    for pause in one.pauses
                ),
                **{
                    name: value + by
                    for name in ("stopped_at", "deadline", "due_at", "breached_at", "changes_at")
                    if (value := getattr(one, name)) is not None
                },
            )
            for one in here
        ] == list(there)

    @patient
    @given(
        minute=st.integers(*map(minute_of, ("2026-01-05 00:00", "2026-11-01 00:00"))),
        earlier=st.integers(0, 9),
        later=st.integers(0, 6),
    )
    def test_more_service_hours_never_put_a_deadline_off(self, minute, earlier, later):
        longer = Policy(service_hours=ServiceHours(hours=(f"{9 - earlier:02}:00-{18 + later}:00",)))
        facts = [Fact(minute, "customer", "submitted")]
        wide = Desk(longer).clocks.read(ticket_of(facts), instant_of(minute))
        for ours, theirs in zip(read(facts, instant_of(minute)), wide, strict=True):
            assert theirs.deadline <= ours.deadline
