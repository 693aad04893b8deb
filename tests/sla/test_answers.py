"""Clauses 8.1 and 8.3: the first response, and an answer to every message."""

from datetime import timedelta

import pytest

from ticketrules.sla import Verdict

from .stories import at

MINUTES_15 = timedelta(minutes=15)
HOURS_4 = timedelta(hours=4)
NOTHING = timedelta(0)


class TestClause8_1:  # noqa: N801
    """8.1: the customer has a first answer within 15 minutes of service time from receipt."""

    def test_an_answer_in_time_meets_it(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:09 an replied")
        reading = story.read("first_response", "2026-03-02 12:00")
        assert reading.verdict is Verdict.MET
        assert (reading.clause, reading.cycle, reading.ticket) == ("8.1", 1, "T1")
        assert (reading.started_at, reading.started_by) == (at("2026-03-02 10:00"), "e1")
        assert (reading.stopped_at, reading.stopped_by) == (at("2026-03-02 10:09"), "e2")
        assert reading.budget == MINUTES_15
        assert reading.elapsed == timedelta(minutes=9)
        assert reading.deadline == at("2026-03-02 10:15")
        assert (reading.breached_at, reading.due_at) == (None, None)
        assert (reading.overrun, reading.remaining) == (NOTHING, NOTHING)
        assert not reading.is_open

    def test_an_answer_at_the_deadline_meets_it(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:15 an replied")
        reading = story.read("first_response", "2026-03-02 12:00")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, MINUTES_15)

    def test_an_answer_after_the_deadline_misses_it_from_the_deadline_on(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:16 an replied")
        reading = story.read("first_response", "2026-03-02 12:00")
        assert reading.verdict is Verdict.BREACHED
        assert reading.breached_at == reading.deadline == at("2026-03-02 10:15")
        assert reading.stopped_at == at("2026-03-02 10:16")
        assert reading.overrun == timedelta(minutes=1)

    @pytest.mark.parametrize(
        ("now", "verdict"),
        [
            ("2026-03-02 10:00", Verdict.RUNNING),
            ("2026-03-02 10:15", Verdict.RUNNING),
            ("2026-03-02 10:15:00.000001", Verdict.BREACHED),
            ("2026-03-09 10:00", Verdict.BREACHED),
        ],
    )
    def test_without_an_answer_it_is_broken_after_the_deadline(self, tell, now, verdict):
        reading = tell("2026-03-02 10:00 customer submitted").read("first_response", now)
        assert reading.verdict is verdict
        assert reading.is_open
        broken = verdict is Verdict.BREACHED
        assert reading.breached_at == (at("2026-03-02 10:15") if broken else None)
        assert reading.remaining == max(MINUTES_15 - reading.elapsed, NOTHING)
        assert reading.overrun == max(reading.elapsed - MINUTES_15, NOTHING)

    @pytest.mark.parametrize(
        ("submitted", "deadline"),
        [
            ("2026-03-02 07:00", "2026-03-02 09:15"),  # before the opening
            ("2026-03-02 08:59", "2026-03-02 09:15"),
            ("2026-03-02 09:00", "2026-03-02 09:15"),
            ("2026-03-02 17:50", "2026-03-03 09:05"),  # across a night
            ("2026-03-02 17:45", "2026-03-02 18:00"),  # it ends with the day
            ("2026-03-02 18:00", "2026-03-03 09:15"),  # at the close, which is no service time
            ("2026-03-06 17:55", "2026-03-09 09:10"),  # across a weekend
            ("2026-03-07 12:00", "2026-03-09 09:15"),  # on a Saturday
            ("2026-02-14 10:00", "2026-02-14 10:15"),  # on a make-up Saturday
            ("2026-02-13 17:50", "2026-02-14 09:05"),  # from a Friday into a make-up Saturday
            ("2026-02-14 17:55", "2026-02-24 09:10"),  # across Spring Festival
            ("2026-02-15 09:00", "2026-02-24 09:15"),  # on its first day
            ("2026-02-23 17:59", "2026-02-24 09:15"),  # on its last day
            ("2026-02-28 17:59", "2026-03-02 09:14"),  # from a make-up Saturday over a Sunday
            ("2026-01-04 08:00", "2026-01-04 09:15"),  # on a make-up Sunday
            ("2025-12-31 17:50", "2026-01-04 09:05"),  # across New Year 2026
        ],
    )
    def test_only_service_time_counts(self, tell, submitted, deadline):
        reading = tell(f"{submitted} customer submitted").read("first_response", submitted)
        assert reading.deadline == at(deadline)
        assert reading.started_at == at(submitted)
        assert not reading.provisional

    def test_seconds_and_fractions_count(self, tell):
        story = tell("2026-03-02 10:00 customer submitted")
        now = "2026-03-02 10:07:30.250001"
        reading = story.read("first_response", now)
        assert reading.elapsed == timedelta(minutes=7, seconds=30, microseconds=250_001)
        assert reading.elapsed + reading.remaining == MINUTES_15

    def test_there_is_one_first_response_however_often_the_ticket_reopens(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:05 an replied",
            "2026-03-02 10:06 an solution_proposed",
            "2026-03-02 11:00 customer confirmed",
            "2026-03-03 10:00 customer customer_wrote",
            "2026-03-03 16:00 an replied",
        )
        reading = story.read("first_response", "2026-03-04 12:00")
        assert (reading.verdict, reading.cycle) == (Verdict.MET, 1)

    def test_a_second_submission_in_a_log_is_a_message_and_no_second_receipt(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:05 an replied",
            "2026-03-02 11:00 customer submitted",
        )
        assert len(story.cycles("first_response", "2026-03-02 12:00")) == 1
        assert story.cycles("next_reply", "2026-03-02 12:00")[1].verdict is Verdict.RUNNING
        assert story.ticket.opened_at == at("2026-03-02 10:00")

    def test_a_further_message_does_not_restart_it(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:10 customer customer_wrote",
        )
        reading = story.read("first_response", "2026-03-02 10:12")
        assert reading.deadline == at("2026-03-02 10:15")

    def test_closing_before_an_answer_cancels_it(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:05 customer closed")
        reading = story.read("first_response", "2026-03-03 10:00")
        assert reading.verdict is Verdict.CANCELLED
        assert reading.stopped_at == at("2026-03-02 10:05")
        assert reading.breached_at is None

    def test_closing_after_the_deadline_leaves_it_broken(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:30 customer closed")
        reading = story.read("first_response", "2026-03-03 10:00")
        assert reading.verdict is Verdict.BREACHED
        assert reading.breached_at == at("2026-03-02 10:15")
        assert reading.overrun == MINUTES_15

    def test_closing_at_the_deadline_cancels_it(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:15 customer closed")
        assert story.read("first_response", "2026-03-03 10:00").verdict is Verdict.CANCELLED

    @pytest.mark.parametrize(
        "line",
        [
            "2026-03-02 10:05 an noted",
            "2026-03-02 10:05 an accepted",
            "2026-03-02 10:05 an called",
            "2026-03-02 10:05 an clarified",
            "2026-03-02 10:05 an feedback_requested",
            "2026-03-02 10:05 an replied automatic=yes",
            "2026-03-02 10:05 system replied automatic=yes",
            "2026-03-02 10:05 system replied",
            "2026-03-02 10:05 customer customer_wrote",
            "2026-03-02 10:05 system dispatched to=an",
        ],
    )
    def test_what_is_no_answer_does_not_meet_it(self, tell, line):
        story = tell("2026-03-02 10:00 customer submitted", line)
        for clock in ("first_response", "next_reply"):
            assert story.read(clock, "2026-03-02 10:10").verdict is Verdict.RUNNING

    @pytest.mark.parametrize("who", ["an", "bo", "platform"])
    def test_an_answer_is_a_persons(self, tell, who):
        story = tell("2026-03-02 10:00 customer submitted", f"2026-03-02 10:05 {who} replied")
        for clock in ("first_response", "next_reply"):
            assert story.read(clock, "2026-03-02 10:10").verdict is Verdict.MET


class TestClause8_3:  # noqa: N801
    """8.3: within service hours nothing that the customer wrote waits more than four hours."""

    def test_the_submission_waits_too(self, tell):
        reading = tell("2026-03-02 10:00 customer submitted").read("next_reply", "2026-03-02 10:00")
        assert (reading.clause, reading.deadline) == ("8.3", at("2026-03-02 14:00"))

    @pytest.mark.parametrize(
        ("answered", "verdict"),
        [
            ("2026-03-02 14:00", Verdict.MET),
            ("2026-03-02 14:01", Verdict.BREACHED),
        ],
    )
    def test_four_hours_are_enough_and_not_a_minute_more(self, tell, answered, verdict):
        story = tell("2026-03-02 10:00 customer submitted", f"{answered} an replied")
        assert story.read("next_reply", "2026-03-02 18:00").verdict is verdict

    @pytest.mark.parametrize(
        ("written", "deadline"),
        [
            ("2026-03-02 16:30", "2026-03-03 11:30"),
            ("2026-03-02 14:00", "2026-03-02 18:00"),
            ("2026-03-02 21:00", "2026-03-03 13:00"),
            ("2026-02-13 17:00", "2026-02-14 12:00"),  # into the make-up Saturday
            ("2026-02-14 16:00", "2026-02-24 11:00"),  # across Spring Festival
            ("2026-02-19 03:00", "2026-02-24 13:00"),
            ("2026-02-27 16:00", "2026-02-28 11:00"),
            ("2026-02-28 16:00", "2026-03-02 11:00"),
        ],
    )
    def test_only_service_time_counts(self, tell, written, deadline):
        story = tell(
            "2026-02-02 10:00 customer submitted",
            "2026-02-02 10:05 an replied",
            f"{written} customer customer_wrote",
        )
        assert story.cycles("next_reply", written)[1].deadline == at(deadline)

    def test_the_wait_runs_from_the_oldest_unanswered_message(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 12:00 customer customer_wrote",
            "2026-03-02 13:59 customer customer_wrote",
        )
        cycles = story.cycles("next_reply", "2026-03-02 14:01")
        assert [cycle.verdict for cycle in cycles] == [Verdict.MET, Verdict.BREACHED]
        assert cycles[1].started_by == "e3"
        assert cycles[1].breached_at == at("2026-03-02 14:00")

    def test_one_answer_answers_all_that_was_written(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 11:00 customer customer_wrote",
            "2026-03-02 12:00 an replied",
        )
        reading = story.read("next_reply", "2026-03-02 18:00")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, timedelta(hours=3))

    def test_each_new_message_after_an_answer_opens_a_cycle(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 09:06 an replied",
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 15:00 an replied",
            "2026-03-02 16:00 customer customer_wrote",
        )
        cycles = story.cycles("next_reply", "2026-03-02 17:00")
        assert [(cycle.cycle, cycle.verdict) for cycle in cycles] == [
            (1, Verdict.MET),
            (2, Verdict.BREACHED),
            (3, Verdict.RUNNING),
        ]
        assert cycles[1].overrun == timedelta(hours=1)
        assert cycles[2].remaining == timedelta(hours=3)

    def test_after_an_answer_nothing_waits(self, tell):
        story = tell("2026-03-02 09:00 customer submitted", "2026-03-02 09:05 an replied")
        assert not any(reading.is_open for reading in story.readings("2026-03-20 10:00"))

    def test_a_question_on_a_resolved_ticket_waits_again(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 09:06 an solution_proposed",
            "2026-03-02 10:00 customer confirmed",
            "2026-03-03 09:00 customer customer_wrote",
        )
        cycles = story.cycles("next_reply", "2026-03-03 13:00:00.000001")
        assert [cycle.verdict for cycle in cycles] == [Verdict.MET, Verdict.BREACHED]

    def test_a_rejected_solution_is_a_message(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 09:06 an solution_proposed",
            "2026-03-02 10:00 customer rejected",
        )
        assert story.cycles("next_reply", "2026-03-02 10:00")[1].deadline == at("2026-03-02 14:00")

    @pytest.mark.parametrize("end", ["customer confirmed", "customer closed"])
    def test_the_end_of_the_ticket_cancels_the_wait(self, tell, end):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 09:06 an solution_proposed",
            "2026-03-02 10:00 customer customer_wrote",
            f"2026-03-02 10:30 {end}",
        )
        reading = story.cycles("next_reply", "2026-03-20 10:00")[1]
        assert reading.verdict is Verdict.CANCELLED
        assert reading.stopped_at == at("2026-03-02 10:30")

    def test_waiting_for_the_customer_hides_no_unanswered_message(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an feedback_requested",
        )
        reading = story.read("next_reply", "2026-03-02 13:00:00.000001")
        assert (reading.verdict, reading.breached_at) == (Verdict.BREACHED, at("2026-03-02 13:00"))

    def test_a_bare_thank_you_and_an_automatic_message_want_no_answer(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 customer customer_wrote kind=thanks",
            "2026-03-02 10:01 customer customer_wrote kind=automatic",
        )
        assert len(story.cycles("next_reply", "2026-03-03 18:00")) == 1

    def test_a_message_that_says_solved_wants_an_answer(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 customer customer_wrote kind=solved",
        )
        assert story.cycles("next_reply", "2026-03-02 10:00")[1].verdict is Verdict.RUNNING


class TestWhoIsCredited:
    """8.4: timeliness is recorded, and so it is said whose it was."""

    def test_a_met_clock_is_credited_to_who_answered(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            "2026-03-02 10:05 bo replied",
        )
        assert story.read("first_response", "2026-03-02 12:00").agent == "bo"

    def test_a_broken_clock_is_credited_to_who_held_the_ticket_then(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            "2026-03-02 10:20 an transferred to=bo",
            "2026-03-02 10:21 bo replied",
        )
        assert story.read("first_response", "2026-03-02 12:00").agent == "an"

    @pytest.mark.parametrize(
        ("moved", "agent"), [("10:14", "bo"), ("10:15", "bo"), ("10:16", "an")]
    )
    def test_who_holds_it_at_the_deadline_itself_has_it(self, tell, moved, agent):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            f"2026-03-02 {moved} an transferred to=bo",
        )
        assert story.read("first_response", "2026-03-02 12:00").agent == agent

    def test_a_ticket_that_nobody_held_is_credited_to_nobody(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", "2026-03-02 10:20 bo replied")
        assert story.read("first_response", "2026-03-02 12:00").agent is None

    def test_an_open_clock_is_credited_to_who_holds_the_ticket(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted", "2026-03-02 10:01 system dispatched to=an"
        )
        assert story.read("first_response", "2026-03-02 10:05").agent == "an"

    def test_a_finished_clock_keeps_its_agent_when_the_ticket_moves_on(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            "2026-03-02 10:05 an replied",
            "2026-03-02 11:00 an transferred to=bo",
        )
        for now in ("2026-03-02 10:30", "2026-03-02 12:00"):
            assert story.read("first_response", now).agent == "an"

    def test_what_the_platform_answered_is_no_agents_merit(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            "2026-03-02 10:05 platform replied",
        )
        reading = story.read("first_response", "2026-03-02 12:00")
        assert (reading.verdict, reading.agent) == (Verdict.MET, None)

    def test_a_cancelled_clock_stays_with_who_held_the_ticket(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:01 system dispatched to=an",
            "2026-03-02 10:05 customer closed",
        )
        assert story.read("first_response", "2026-03-02 12:00").agent == "an"


class TestProvisional:
    """A reading that rests on days that no notice has announced says so (3.1, PEERS item 3)."""

    def test_an_answer_due_next_year_is_provisional(self, tell):
        reading = tell("2026-12-31 17:50 customer submitted").read(
            "first_response", "2026-12-31 17:55"
        )
        assert reading.provisional
        assert reading.deadline == at("2027-01-04 09:05")  # Friday 1 January, then a weekend

    def test_an_answer_due_before_the_turn_of_the_year_is_not(self, tell):
        reading = tell("2026-12-28 17:00 customer submitted").read(
            "first_response", "2026-12-28 17:01"
        )
        assert reading.deadline == at("2026-12-28 17:15")
        assert not reading.provisional

    def test_the_last_days_of_december_wait_for_the_notice(self, tell):
        story = tell("2026-12-28 17:50 customer submitted")
        assert story.read("first_response", "2026-12-28 17:55").provisional

    def test_a_wait_that_lapses_next_year_is_provisional(self, tell):
        story = tell(
            "2026-12-24 10:00 customer submitted",
            "2026-12-24 10:05 an replied",
            "2026-12-24 10:06 an feedback_requested",
        )
        readings = {one.clock: one for one in story.readings("2026-12-24 11:00")}
        assert not readings["feedback_reminder"].provisional
        assert readings["feedback_lapse"].provisional
        assert readings["feedback_lapse"].due_at == at("2027-01-05 10:06")

    def test_a_notice_settles_it(self, tell, notice_2027):
        story = tell("2026-12-31 17:50 customer submitted", policy=notice_2027)
        reading = story.read("first_response", "2026-12-31 17:55")
        assert not reading.provisional
        assert reading.deadline == at("2027-01-03 09:05")  # the invented make-up Sunday
