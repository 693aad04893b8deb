"""Clause 6.4: while the platform holds the ticket, the provider's clocks stand still."""

from datetime import timedelta

import pytest

from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, Verdict

from .stories import at

HELD = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:05 an replied",
    "2026-03-02 10:00 customer customer_wrote",
    "2026-03-02 11:00 an escalated_to_platform",
)
RETURNED = (*HELD, "2026-03-03 10:00 platform platform_returned")


class TestClause6_4:  # noqa: N801
    """6.4: the platform's time is not the provider's."""

    def test_a_clock_that_stands_still_has_a_remainder_and_no_deadline(self, tell):
        reading = tell(*HELD).cycles("next_reply", "2026-03-02 17:00")[1]
        assert (reading.verdict, reading.deadline) == (Verdict.PAUSED, None)
        assert reading.elapsed == timedelta(hours=1)
        assert reading.remaining == timedelta(hours=3)
        assert reading.is_open

    def test_it_stands_still_however_long(self, tell):
        early = tell(*HELD).cycles("next_reply", "2026-03-02 11:00")[1]
        late = tell(*HELD).cycles("next_reply", "2026-06-02 11:00")[1]
        assert (early.verdict, early.elapsed) == (late.verdict, late.elapsed)

    def test_it_goes_on_with_what_was_left(self, tell):
        reading = tell(*RETURNED).cycles("next_reply", "2026-03-03 10:00")[1]
        assert (reading.verdict, reading.deadline) == (Verdict.RUNNING, at("2026-03-03 13:00"))
        assert reading.started_at == at("2026-03-02 10:00")

    def test_it_breaks_when_that_is_used_up(self, tell):
        reading = tell(*RETURNED).cycles("next_reply", "2026-03-03 15:00")[1]
        assert reading.breached_at == at("2026-03-03 13:00")
        assert (reading.elapsed, reading.overrun) == (timedelta(hours=6), timedelta(hours=2))

    def test_a_return_outside_service_hours_counts_from_the_next_opening(self, tell):
        story = tell(*HELD, "2026-03-02 22:00 platform platform_returned")
        reading = story.cycles("next_reply", "2026-03-02 22:30")[1]
        assert (reading.verdict, reading.deadline) == (Verdict.RUNNING, at("2026-03-03 12:00"))

    def test_a_hold_over_spring_festival(self, tell):
        story = tell(
            "2026-02-13 09:00 customer submitted",
            "2026-02-13 09:05 an replied",
            "2026-02-14 16:00 customer customer_wrote",
            "2026-02-14 17:00 an escalated_to_platform",
            "2026-02-20 12:00 platform platform_returned",
        )
        reading = story.cycles("next_reply", "2026-02-20 12:00")[1]
        assert reading.deadline == at("2026-02-24 12:00")

    def test_several_holds_are_all_credited(self, tell):
        story = tell(
            *HELD,
            "2026-03-02 12:00 platform platform_returned",
            "2026-03-02 13:00 an escalated_to_platform",
            "2026-03-02 14:30 platform platform_returned",
        )
        reading = story.cycles("next_reply", "2026-03-02 14:30")[1]
        assert (reading.elapsed, reading.deadline) == (timedelta(hours=2), at("2026-03-02 16:30"))

    @pytest.mark.parametrize("who", ["platform", "an"])
    def test_an_answer_while_the_platform_holds_it_meets_the_clock(self, tell, who):
        story = tell(*HELD, f"2026-03-05 10:00 {who} replied")
        reading = story.cycles("next_reply", "2026-03-06 10:00")[1]
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, timedelta(hours=1))
        assert reading.deadline is None

    def test_a_breach_before_the_hold_stays_and_its_overrun_stands_still(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted", "2026-03-02 14:00 an escalated_to_platform"
        )
        for now in ("2026-03-02 14:00", "2026-03-10 10:00"):
            reading = story.read("next_reply", now)
            assert reading.verdict is Verdict.BREACHED
            assert reading.breached_at == at("2026-03-02 13:00")
            assert reading.overrun == timedelta(hours=1)

    def test_a_message_during_the_hold_waits_from_the_return_on(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 09:06 an escalated_to_platform",
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 12:00 platform platform_returned",
        )
        paused = story.cycles("next_reply", "2026-03-02 11:00")[1]
        assert (paused.verdict, paused.elapsed) == (Verdict.PAUSED, timedelta(0))
        assert (paused.started_at, paused.remaining) == (at("2026-03-02 10:00"), timedelta(hours=4))
        running = story.cycles("next_reply", "2026-03-02 12:00")[1]
        assert running.deadline == at("2026-03-02 16:00")

    def test_closing_ends_the_hold_and_the_clock(self, tell):
        story = tell(*HELD, "2026-03-02 12:00 customer closed")
        reading = story.cycles("next_reply", "2026-03-09 12:00")[1]
        assert (reading.verdict, reading.elapsed) == (Verdict.CANCELLED, timedelta(hours=1))

    def test_what_was_solved_while_held_comes_back_to_the_provider(self, tell):
        story = tell(
            *HELD,
            "2026-03-02 12:00 platform replied",
            "2026-03-02 12:00 an solution_proposed",
            "2026-03-02 13:00 customer confirmed",
            "2026-03-03 09:00 customer customer_wrote",
        )
        reading = story.cycles("next_reply", "2026-03-03 09:00")[2]
        assert (reading.verdict, reading.deadline) == (Verdict.RUNNING, at("2026-03-03 13:00"))

    def test_every_provider_clock_stands_still(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:00 system marked_business_stopping",
            "2026-03-02 09:01 an clarified",
            "2026-03-02 09:02 an escalated_to_platform",
        )
        readings = story.readings("2026-03-09 09:00")
        assert {one.clock: one.verdict for one in readings} == dict.fromkeys(
            ("same_day_resolution", "first_response", "resolution_commitment", "next_reply"),
            Verdict.PAUSED,
        )

    def test_a_policy_may_count_the_platforms_time(self, tell):
        policy = Policy(promises=Promises(platform_time_counts=True))
        reading = tell(*HELD, policy=policy).cycles("next_reply", "2026-03-02 17:00")[1]
        assert reading.breached_at == at("2026-03-02 14:00")

    def test_what_the_platform_has_is_no_agents(self, tell):
        story = tell(*HELD)
        assert story.cycles("next_reply", "2026-03-02 10:59")[1].agent == "an"
        assert story.cycles("next_reply", "2026-03-02 11:00")[1].agent is None
        assert tell(*RETURNED).cycles("next_reply", "2026-03-03 10:00")[1].agent == "an"

    def test_nor_is_what_is_broken_meanwhile(self, tell):
        policy = Policy(promises=Promises(platform_time_counts=True))
        reading = tell(*RETURNED, policy=policy).cycles("next_reply", "2026-03-03 15:00")[1]
        assert (reading.breached_at, reading.agent) == (at("2026-03-02 14:00"), None)

    def test_the_wait_for_the_customer_does_not_stand_still(self, tell):
        story = tell(*HELD, "2026-03-02 12:00 an replied", "2026-03-02 12:01 an feedback_requested")
        reading = story.read("feedback_lapse", "2026-03-02 13:00")
        assert (reading.verdict, reading.due_at) == (Verdict.RUNNING, at("2026-03-11 12:01"))
