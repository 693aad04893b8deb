"""Time by holder: requester wait, agent work, on hold, platform; they add up to the life."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.desk import Desk
from ticketrules.errors import NaiveTimeError
from ticketrules.rulebook import Policy
from ticketrules.sla import HeldBy, HeldTime, time_by_holder
from ticketrules.tickets import WAITING, Status, replay

from .allowed import allowed
from .histories import histories
from .stories import at, events_of, instant_of, ticket_of

DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""

NONE = HeldTime(timedelta(0), timedelta(0))

ANSWERED = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:10 an replied",
)


def held(story, when):
    return time_by_holder(story.ticket, DESK.calendar, at(when))


def minutes(amount):
    return timedelta(minutes=amount)


def hours(amount):
    return timedelta(hours=amount)


class TestHolders:
    """Who has the ball, told by the ticket alone."""

    def test_a_life_with_every_holder(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:40 an escalated_to_platform",
            "2026-03-02 11:40 platform platform_returned",
            "2026-03-02 12:00 an feedback_requested",
            "2026-03-02 15:00 customer customer_wrote",
            "2026-03-02 15:30 an replied",
            "2026-03-02 17:00 an solution_proposed",
            "2026-03-03 09:30 customer confirmed",
            "2026-03-03 10:00 customer closed",
        )
        times = held(story, "2026-03-09 09:00")
        assert [(one.holder, one.by) for one in times.stretches] == [
            (HeldBy.REQUESTER_WAIT, "e1"),
            (HeldBy.AGENT_WORK, "e2"),
            (HeldBy.PLATFORM, "e3"),
            (HeldBy.AGENT_WORK, "e4"),
            (HeldBy.ON_HOLD, "e5"),
            (HeldBy.REQUESTER_WAIT, "e6"),
            (HeldBy.AGENT_WORK, "e7"),
            (HeldBy.ON_HOLD, "e8"),
            (HeldBy.RESOLVED, "e9"),
        ]
        assert times.requester_wait == HeldTime(minutes(40), minutes(40))
        assert times.agent_work == HeldTime(minutes(140), minutes(140))
        assert times.platform == HeldTime(hours(2), hours(2))
        assert times.on_hold == HeldTime(hours(4.5), hours(19.5))
        assert times.resolved == HeldTime(minutes(30), minutes(30))
        assert times.life == HeldTime(hours(10), hours(25))
        assert (times.started_at, times.ended_at) == (
            at("2026-03-02 09:00"),
            at("2026-03-03 10:00"),
        )
        assert not times.is_open

    def test_a_question_under_a_waiting_status_is_still_the_requesters_wait(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 11:00 an feedback_requested",
        )
        times = held(story, "2026-03-02 14:00")
        assert story.ticket.status is Status.AWAITING_FEEDBACK
        assert times.on_hold == NONE
        assert times.stretches[-1].holder is HeldBy.REQUESTER_WAIT
        assert times.stretches[-1].by == "e3"
        assert times.stretches[-1].time == HeldTime(hours(4), hours(4))

    def test_a_question_at_the_platform_is_the_platforms_time(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 an escalated_to_platform",
            "2026-03-02 11:00 customer customer_wrote",
        )
        times = held(story, "2026-03-02 12:00")
        assert times.platform == HeldTime(hours(2), hours(2))
        assert times.stretches[-1].by == "e3"

    @pytest.mark.parametrize("kind", ["thanks", "automatic"])
    def test_a_message_that_asks_nothing_leaves_the_ball_where_it_is(self, tell, kind):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 an feedback_requested",
            f"2026-03-02 11:00 customer customer_wrote kind={kind}",
        )
        assert held(story, "2026-03-02 12:00").on_hold == HeldTime(hours(2), hours(2))

    def test_what_leaves_the_ball_where_it_is_ends_no_stretch(self, tell):
        story = tell(
            ANSWERED[0],
            "2026-03-02 09:05 an noted",
            "2026-03-02 09:08 customer customer_wrote",
            ANSWERED[1],
            "2026-03-02 09:20 an called",
            "2026-03-02 09:30 an feedback_requested",
        )
        times = held(story, "2026-03-02 10:00")
        assert [(one.holder, one.start, one.by) for one in times.stretches] == [
            (HeldBy.REQUESTER_WAIT, at("2026-03-02 09:00"), "e1"),
            (HeldBy.AGENT_WORK, at("2026-03-02 09:10"), "e4"),
            (HeldBy.ON_HOLD, at("2026-03-02 09:30"), "e6"),
        ]
        assert (times.is_open, times.ended_at) == (True, at("2026-03-02 10:00"))

    def test_a_log_that_begins_with_a_note_begins_a_life(self, tell):
        times = held(tell("2026-03-02 09:00 an noted", ANSWERED[1]), "2026-03-02 10:00")
        assert times.started_at == times.stretches[0].start == at("2026-03-02 09:00")

    def test_an_automatic_reply_ends_no_wait(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:00 system replied automatic=yes",
        )
        assert held(story, "2026-03-02 10:00").requester_wait == HeldTime(hours(1), hours(1))

    def test_a_weekend_is_calendar_time_and_no_service_time(self, tell):
        story = tell("2026-03-06 18:00 customer submitted")
        assert held(story, "2026-03-09 09:00").requester_wait == HeldTime(hours(0), hours(63))

    def test_who_holds_it_for_no_time_is_not_told(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 10:00 an replied",
        )
        times = held(story, "2026-03-02 11:00")
        assert [one.by for one in times.stretches] == ["e1", "e2"]

    def test_at_its_submission_nobody_has_held_it_yet(self, tell):
        times = held(tell(*ANSWERED), "2026-03-02 09:00")
        assert times.stretches == ()
        assert times.life == NONE

    def test_before_its_submission_there_is_no_life(self, tell):
        assert held(tell(*ANSWERED), "2026-03-02 08:59") is None

    def test_the_time_in_which_it_was_closed_is_left_out_of_a_history_that_goes_on(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 customer closed",
            "2026-03-02 12:00 an accepted",
        )
        times = held(story, "2026-03-02 13:00")
        assert times.is_open
        assert times.life == HeldTime(hours(2), hours(2))

    def test_an_instant_without_a_zone_is_refused(self, tell):
        naive = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).replace(tzinfo=None)
        with pytest.raises(NaiveTimeError):
            time_by_holder(tell(*ANSWERED).ticket, DESK.calendar, naive)


def plainly(ticket):
    """Who has the ball of a ticket, asked one after the other."""
    if ticket.status is Status.CLOSED:
        return None
    if ticket.status is Status.RESOLVED:
        return HeldBy.RESOLVED
    if ticket.holder.kind.value == "platform":
        return HeldBy.PLATFORM
    if ticket.unanswered_since is not None:
        return HeldBy.REQUESTER_WAIT
    return HeldBy.ON_HOLD if ticket.status in WAITING else HeldBy.AGENT_WORK


class TestLaws:
    """Whatever happened, every instant is somebody's, and only one's."""

    @patient
    @given(history=histories())
    def test_the_parts_add_up_to_the_life(self, history):
        facts, now = history
        now = instant_of(now)
        ticket = ticket_of(facts)
        times = time_by_holder(ticket, DESK.calendar, now)
        closed = NONE
        for one, event in enumerate(ticket.history):
            if replay(ticket.history[: one + 1]).status is Status.CLOSED:
                end = ticket.history[one + 1].at if one + 1 < len(ticket.history) else now
                closed += HeldTime(DESK.calendar.elapsed(event.at, end), end - event.at)
        start = times.started_at
        assert times.life + closed == HeldTime(DESK.calendar.elapsed(start, now), now - start)
        total = NONE
        for stretch in times.stretches:
            total += stretch.time
        assert total == times.life

    @patient
    @given(history=histories())
    def test_each_holder_has_what_a_plain_sum_gives(self, history):
        facts, now = history
        events = events_of(facts)
        ends = [*(one.at for one in events[1:]), instant_of(now)]
        sums = dict.fromkeys([None, *HeldBy], NONE)
        for count, (event, end) in enumerate(zip(events, ends, strict=True), 1):
            time = HeldTime(DESK.calendar.elapsed(event.at, end), end - event.at)
            sums[plainly(replay(events[:count]))] += time
        times = time_by_holder(replay(events), DESK.calendar, instant_of(now))
        assert {holder: getattr(times, holder.value) for holder in HeldBy} == {
            holder: sums[holder] for holder in HeldBy
        }

    @patient
    @given(history=histories())
    def test_stretches_follow_each_other_and_change_hands(self, history):
        facts, now = history
        times = time_by_holder(ticket_of(facts), DESK.calendar, instant_of(now))
        began = {one.id: one.at for one in events_of(facts)}
        for one in times.stretches:
            assert one.start < one.end
            assert began[one.by] == one.start
        for one, after in pairwise(times.stretches):
            assert one.end <= after.start
            assert one.holder is not after.holder or one.end < after.start

    @patient
    @given(history=histories(), data=st.data())
    def test_what_comes_later_changes_nothing_at_an_earlier_instant(self, history, data):
        facts, now = history
        then = data.draw(st.integers(facts[0].minute, now))
        prefix = [fact for fact in facts if fact.minute <= then]
        assert time_by_holder(ticket_of(facts), DESK.calendar, instant_of(then)) == time_by_holder(
            ticket_of(prefix), DESK.calendar, instant_of(then)
        )

    @patient
    @given(history=histories())
    def test_the_requesters_wait_is_what_the_clock_of_8_3_counts(self, history):
        facts, now = history
        ticket, now = allowed(facts), instant_of(now)
        counted = sum(
            (one.elapsed for one in DESK.clocks.read(ticket, now) if one.clock == "next_reply"),
            timedelta(0),
        )
        times = time_by_holder(ticket, DESK.calendar, now)
        assert times.requester_wait.service == counted
