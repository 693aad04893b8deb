"""Peers' policies in the target language: worked cases, reckoned on paper.

Service hours are 09:00 to 18:00; 2 March 2026 is a Monday.
"""

import importlib.util
import sys
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sla import PolicyBook, Verdict

from .histories import histories
from .stories import at, fact, instant_of, ticket_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "policies"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BREACHED, CANCELLED, MET = Verdict.BREACHED, Verdict.CANCELLED, Verdict.MET
PAUSED, RUNNING = Verdict.PAUSED, Verdict.RUNNING

patient = settings(deadline=None)


def example(name):
    """A module of the examples, loaded by its path as a host would copy it."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


zendesk, request_tracker = example("zendesk"), example("request_tracker")
ZENDESK = Desk(Policy(), zendesk.POLICIES).clocks
TRACKER = Desk(Policy(), request_tracker.POLICIES).clocks


def cycles(book: PolicyBook, lines, when):
    """The readings by clock, each with its cycles in order."""
    found = defaultdict(list)
    for reading in book.read(ticket_of(map(fact, lines)), at(when)):
        found[reading.clock].append(reading)
    return found


def told(readings):
    return [(one.verdict, one.elapsed) for one in readings]


class TestZendesk:
    """One ticket under all seven metrics, in business hours."""

    ANSWERED = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:40 an replied",
        "2026-03-02 10:00 customer customer_wrote",
        "2026-03-02 11:00 customer customer_wrote",
        "2026-03-02 12:30 an replied",
        "2026-03-02 12:30 an feedback_requested",  # pending
        "2026-03-03 10:00 customer customer_wrote",
        "2026-03-03 10:30 an replied",
        "2026-03-03 11:00 an escalated_to_platform",  # on hold
        "2026-03-03 14:00 platform platform_returned",
    )
    SOLVED = (*ANSWERED, "2026-03-03 15:00 an solution_proposed")
    REOPENED = (*SOLVED, "2026-03-04 09:00 customer rejected")
    AGAIN = (
        *REOPENED,
        "2026-03-04 09:20 an replied",
        "2026-03-04 09:20 an solution_proposed",
    )

    def test_first_reply(self):
        (reading,) = cycles(ZENDESK, self.AGAIN, "2026-03-05 09:00")["first_reply_time"]
        assert (reading.verdict, reading.elapsed) == (MET, 40 * MINUTE)

    def test_next_reply_runs_from_the_oldest_unanswered_comment_after_the_first_reply(self):
        readings = cycles(ZENDESK, self.AGAIN, "2026-03-05 09:00")["next_reply_time"]
        assert told(readings) == [
            (BREACHED, 2.5 * HOUR),
            (MET, 30 * MINUTE),
            (MET, 20 * MINUTE),
        ]
        assert readings[0].breached_at == at("2026-03-02 12:00")
        assert readings[0].overrun == 30 * MINUTE

    def test_periodic_update_restarts_at_each_comment_whatever_the_status(self):
        readings = cycles(ZENDESK, self.SOLVED, "2026-03-05 09:00")["periodic_update_time"]
        assert told(readings) == [
            (MET, 170 * MINUTE),  # 09:40 to 12:30
            (BREACHED, 7 * HOUR),  # 12:30 to 18:00, 09:00 to 10:30
            (BREACHED, 4.5 * HOUR),  # 10:30 to 15:00, when it was solved
        ]
        assert [one.breached_at for one in readings[1:]] == [
            at("2026-03-02 16:30"),
            at("2026-03-03 14:30"),
        ]

    def test_periodic_update_does_not_run_before_the_first_comment(self):
        """zammad 5177: an update clock that is shorter than the first reply's overrules it."""
        lines = (self.ANSWERED[0], "2026-03-02 09:10 an noted")
        before = cycles(ZENDESK, lines, "2026-03-02 17:00")
        assert "periodic_update_time" not in before
        assert "pausable_update_time" not in before
        assert before["first_reply_time"][0].deadline == at("2026-03-02 10:00")

    def test_an_automatic_reply_begins_no_update_and_meets_no_reply(self):
        lines = (self.ANSWERED[0], "2026-03-02 09:01 system replied automatic=yes")
        after = cycles(ZENDESK, lines, "2026-03-02 09:30")
        assert "periodic_update_time" not in after
        assert told(after["first_reply_time"]) == [(RUNNING, 30 * MINUTE)]

    def test_pausable_update_stands_still_while_pending_and_not_on_hold(self):
        readings = cycles(ZENDESK, self.SOLVED, "2026-03-05 09:00")["pausable_update_time"]
        assert told(readings) == [
            (MET, 170 * MINUTE),
            (MET, 30 * MINUTE),  # 10:00 to 10:30
            (BREACHED, 4.5 * HOUR),
        ]
        assert readings[1].paused == 6.5 * HOUR
        assert [pause.why for pause in readings[1].pauses] == [zendesk.PENDING]

    def test_a_reply_that_makes_it_pending_meets_the_reply_first(self):
        pending = cycles(ZENDESK, self.ANSWERED[:6], "2026-03-02 17:00")
        assert pending["next_reply_time"][0].stopped_at == at("2026-03-02 12:30")
        assert pending["pausable_update_time"][1].verdict is PAUSED
        assert pending["pausable_update_time"][1].deadline is None
        assert pending["pausable_update_time"][1].remaining == 4 * HOUR
        assert pending["periodic_update_time"][1].verdict is BREACHED

    def test_requester_wait_counts_the_hold_and_not_the_pending_time(self):
        (reading,) = cycles(ZENDESK, self.SOLVED, "2026-03-03 16:00")["requester_wait_time"]
        assert (reading.verdict, reading.elapsed) == (BREACHED, 8.5 * HOUR)
        assert reading.breached_at == at("2026-03-03 14:30")
        assert reading.paused == 6.5 * HOUR

    def test_agent_work_counts_neither(self):
        (reading,) = cycles(ZENDESK, self.SOLVED, "2026-03-03 16:00")["agent_work_time"]
        assert (reading.verdict, reading.elapsed) == (MET, 5.5 * HOUR)
        assert [pause.why for pause in reading.pauses] == [zendesk.PENDING, zendesk.ON_HOLD]
        assert reading.paused == (6.5 + 3) * HOUR

    def test_total_resolution_counts_both(self):
        (reading,) = cycles(ZENDESK, self.SOLVED, "2026-03-03 16:00")["total_resolution_time"]
        assert (reading.verdict, reading.elapsed) == (MET, 15 * HOUR)

    def test_a_reopened_ticket_goes_on_with_what_is_left(self):
        readings = cycles(ZENDESK, self.REOPENED, "2026-03-04 09:10")
        work, total = readings["agent_work_time"][1], readings["total_resolution_time"][1]
        assert (work.budget, work.deadline) == (30 * MINUTE, at("2026-03-04 09:30"))
        assert (total.budget, total.deadline) == (3 * HOUR, at("2026-03-04 12:00"))
        assert readings["requester_wait_time"][1].breached_at == at("2026-03-04 09:00")

    def test_and_the_cycles_before_it_stay(self):
        readings = cycles(ZENDESK, self.AGAIN, "2026-03-05 09:00")
        assert told(readings["agent_work_time"]) == [(MET, 5.5 * HOUR), (MET, 20 * MINUTE)]
        assert told(readings["total_resolution_time"]) == [(MET, 15 * HOUR), (MET, 20 * MINUTE)]

    def test_what_is_solved_before_any_reply_cancels_the_reply(self):
        lines = (self.ANSWERED[0], "2026-03-02 09:30 an solution_proposed")
        readings = cycles(ZENDESK, lines, "2026-03-02 12:00")
        assert told(readings["first_reply_time"]) == [(CANCELLED, 30 * MINUTE)]

    def test_where_an_agent_submitted_it_the_customers_first_comment_counts(self):
        lines = ("2026-03-02 09:00 an submitted", "2026-03-02 11:00 customer customer_wrote")
        (reading,) = cycles(ZENDESK, lines, "2026-03-02 11:30")["first_reply_time"]
        assert reading.deadline == at("2026-03-02 12:00")

    def test_calendar_hours(self):
        lines = (
            "2026-03-06 17:50 customer submitted",  # a Friday
            "2026-03-06 17:50 customer marked_business_stopping",
            "2026-03-06 18:10 an replied",
        )
        readings = cycles(ZENDESK, lines, "2026-03-07 01:00")
        first, update = readings["first_reply_time"][0], readings["periodic_update_time"][0]
        assert (first.verdict, first.breached_at) == (BREACHED, at("2026-03-06 18:05"))
        assert (update.breached_at, update.overrun) == (at("2026-03-06 19:10"), 350 * MINUTE)
        assert first.around_the_clock
        assert (first.policy, first.because.en) == ("zendesk-urgent", "it is urgent")

    def test_calendar_hours_are_never_provisional(self):
        lines = (
            "2026-12-31 23:50 customer submitted",
            "2026-12-31 23:50 customer marked_business_stopping",
        )
        readings = ZENDESK.read(ticket_of(map(fact, lines)), at("2027-01-01 00:00"))
        assert len(readings) == 4
        assert not any(one.provisional for one in readings)

    @patient
    @given(history=histories())
    def test_agents_work_is_part_of_the_wait_and_that_of_the_whole(self, history):
        facts, now = history
        sums = defaultdict(timedelta)
        for one in ZENDESK.read(ticket_of(facts), instant_of(now)):
            sums[one.clock] += one.elapsed
        work, wait = sums["agent_work_time"], sums["requester_wait_time"]
        assert timedelta(0) <= work <= wait <= sums["total_resolution_time"]

    @patient
    @given(history=histories())
    @pytest.mark.parametrize("clock", ["agent_work_time", "total_resolution_time"])
    def test_cycles_that_add_up_to_more_than_the_budget_are_a_breach(self, clock, history):
        facts, now = history
        ticket = ticket_of(facts)
        readings = [r for r in ZENDESK.read(ticket, instant_of(now)) if r.clock == clock]
        allowed = readings[0].budget
        assert all(before.budget >= after.budget for before, after in pairwise(readings))
        if sum((one.elapsed for one in readings), timedelta(0)) > allowed:
            assert any(one.verdict is BREACHED for one in readings)


class TestRequestTracker:
    """Who had the last word decides which of the two clocks runs."""

    LINES = (
        "2026-03-02 20:00 customer submitted",  # out of hours: one hour and two more
        "2026-03-03 09:30 customer customer_wrote",
        "2026-03-03 10:00 an replied",
        "2026-03-03 11:00 an feedback_requested",  # stalled
        "2026-03-04 11:00 customer customer_wrote",
        "2026-03-04 12:00 an replied",
        "2026-03-04 15:00 an replied",
        "2026-03-05 10:30 an solution_proposed",
    )

    def test_respond_runs_from_the_oldest_unanswered_message(self):
        first, second = cycles(TRACKER, self.LINES, "2026-03-06 09:00")["respond"]
        assert (first.deadline, first.elapsed) == (at("2026-03-03 12:00"), HOUR)
        assert (second.deadline, second.verdict) == (at("2026-03-04 12:00"), MET)

    def test_keep_in_loop_runs_from_the_latest_reply(self):
        readings = cycles(TRACKER, self.LINES, "2026-03-06 09:00")["keep_in_loop"]
        assert told(readings) == [
            (CANCELLED, HOUR),  # the customer wrote, after a day that was stalled
            (MET, 3 * HOUR),
            (BREACHED, 4.5 * HOUR),
        ]
        assert readings[0].paused == (7 + 2) * HOUR
        assert readings[2].breached_at == at("2026-03-05 10:00")

    def test_there_is_no_due_date_while_it_is_stalled(self):
        readings = cycles(TRACKER, self.LINES[:4], "2026-03-03 17:00")
        (reading,) = readings["keep_in_loop"]
        assert (reading.verdict, reading.deadline) == (PAUSED, None)
        assert reading.remaining == 3 * HOUR

    def test_real_minutes(self):
        lines = (
            "2026-03-06 17:50 customer submitted",
            "2026-03-06 17:50 customer marked_business_stopping",
            "2026-03-06 18:20 an replied",
        )
        readings = cycles(TRACKER, lines, "2026-03-06 21:00")
        assert told(readings["respond"]) == [(MET, 30 * MINUTE)]
        assert readings["keep_in_loop"][0].breached_at == at("2026-03-06 20:20")

    @patient
    @given(history=histories())
    def test_never_do_both_run(self, history):
        facts, now = history
        readings = TRACKER.read(ticket_of(facts), instant_of(now))
        assert sum(one.is_open for one in readings) <= 1
