"""Clause 8.2: once the problem is clear, the customer hears when it will be solved."""

from datetime import timedelta

import pytest

from ticketrules.sla import Verdict

from .stories import at

CLEAR = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:05 an replied",
    "2026-03-02 10:00 an clarified",
)
PROMISE = "an resolution_promised promised_for=2026-03-03T18:00"


class TestClause8_2:  # noqa: N801
    """8.2: within 30 minutes after the problem is clear, a reply says when it will be solved."""

    def test_nothing_is_owed_before_the_problem_is_clear(self, tell):
        story = tell(*CLEAR[:2])
        assert story.cycles("resolution_commitment", "2026-03-20 10:00") == []

    @pytest.mark.parametrize(
        ("told", "verdict"),
        [
            ("2026-03-02 10:00", Verdict.MET),
            ("2026-03-02 10:30", Verdict.MET),
            ("2026-03-02 10:31", Verdict.BREACHED),
        ],
    )
    def test_half_an_hour_is_enough_and_not_a_minute_more(self, tell, told, verdict):
        story = tell(*CLEAR, f"{told} an replied", f"{told} {PROMISE}")
        reading = story.read("resolution_commitment", "2026-03-02 18:00")
        assert (reading.clause, reading.verdict) == ("8.2", verdict)
        assert reading.deadline == at("2026-03-02 10:30")
        assert reading.started_by == "e3"

    def test_a_reply_without_a_time_is_not_enough(self, tell):
        story = tell(*CLEAR, "2026-03-02 10:10 an replied")
        assert story.read("resolution_commitment", "2026-03-02 10:20").verdict is Verdict.RUNNING

    @pytest.mark.parametrize(
        ("clear", "deadline"),
        [
            ("2026-02-13 17:45", "2026-02-14 09:15"),  # into a make-up Saturday
            ("2026-02-14 17:45", "2026-02-24 09:15"),  # across Spring Festival
            ("2026-02-20 12:00", "2026-02-24 09:30"),
            ("2026-02-27 18:30", "2026-02-28 09:30"),
            ("2026-02-28 17:30", "2026-02-28 18:00"),
        ],
    )
    def test_only_service_time_counts(self, tell, clear, deadline):
        story = tell(
            "2026-02-09 09:00 customer submitted",
            "2026-02-09 09:05 an replied",
            f"{clear} an clarified",
        )
        assert story.read("resolution_commitment", clear).deadline == at(deadline)

    @pytest.mark.parametrize("solved", ["solution_proposed", "resolved"])
    def test_solving_it_says_more_than_a_time(self, tell, solved):
        story = tell(*CLEAR, f"2026-03-02 10:20 an {solved}")
        assert story.read("resolution_commitment", "2026-03-02 18:00").verdict is Verdict.MET

    def test_a_promise_before_the_problem_is_clear_owes_no_second_one(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            f"2026-03-02 09:05 {PROMISE}",
            "2026-03-02 10:00 an clarified",
        )
        assert story.cycles("resolution_commitment", "2026-03-02 18:00") == []

    def test_a_promise_whose_time_has_passed_is_no_promise(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an resolution_promised promised_for=2026-03-02T10:00",
            "2026-03-02 10:00 an clarified",
        )
        reading = story.read("resolution_commitment", "2026-03-02 10:00")
        assert (reading.verdict, reading.deadline) == (Verdict.RUNNING, at("2026-03-02 10:30"))

    def test_saying_again_that_it_is_clear_does_not_restart_it(self, tell):
        story = tell(*CLEAR, "2026-03-02 10:20 an clarified")
        reading = story.read("resolution_commitment", "2026-03-02 10:25")
        assert reading.deadline == at("2026-03-02 10:30")

    def test_a_new_problem_after_a_broken_promise_opens_a_cycle(self, tell):
        story = tell(
            *CLEAR,
            "2026-03-02 10:10 an resolution_promised promised_for=2026-03-02T12:00",
            "2026-03-02 14:00 an clarified",
        )
        cycles = story.cycles("resolution_commitment", "2026-03-02 14:40")
        assert [cycle.verdict for cycle in cycles] == [Verdict.MET, Verdict.BREACHED]
        assert cycles[1].breached_at == at("2026-03-02 14:30")

    def test_it_pauses_while_the_customer_is_asked(self, tell):
        story = tell(
            *CLEAR,
            "2026-03-02 10:20 an replied",
            "2026-03-02 10:20 an feedback_requested",
            "2026-03-02 15:00 customer customer_wrote",
        )
        paused = story.read("resolution_commitment", "2026-03-02 12:00")
        assert (paused.verdict, paused.deadline) == (Verdict.PAUSED, None)
        assert paused.remaining == timedelta(minutes=10)
        resumed = story.read("resolution_commitment", "2026-03-02 15:00")
        assert (resumed.verdict, resumed.deadline) == (Verdict.RUNNING, at("2026-03-02 15:10"))

    def test_a_breach_before_the_customer_is_asked_stays(self, tell):
        story = tell(*CLEAR, "2026-03-02 10:40 an feedback_requested")
        reading = story.read("resolution_commitment", "2026-03-03 12:00")
        assert reading.verdict is Verdict.BREACHED
        assert reading.breached_at == reading.deadline == at("2026-03-02 10:30")
        assert reading.overrun == timedelta(minutes=10)  # and grows no more while it waits

    def test_asking_exactly_at_the_deadline_is_no_breach_and_leaves_no_time(self, tell):
        story = tell(
            *CLEAR,
            "2026-03-02 10:30 an feedback_requested",
            "2026-03-02 14:00 customer customer_wrote",
        )
        paused = story.read("resolution_commitment", "2026-03-02 12:00")
        assert (paused.verdict, paused.remaining) == (Verdict.PAUSED, timedelta(0))
        late = story.read("resolution_commitment", "2026-03-02 14:01")
        assert (late.verdict, late.breached_at) == (Verdict.BREACHED, at("2026-03-02 14:00"))

    def test_closing_cancels_it(self, tell):
        story = tell(*CLEAR, "2026-03-02 10:20 customer closed")
        assert story.read("resolution_commitment", "2026-03-05 10:00").verdict is Verdict.CANCELLED
