"""Clause 7.1: what stops the customer's business is solved on the same service day."""

from datetime import timedelta

import pytest

from ticketrules.calendar import ServiceHours
from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, Verdict
from ticketrules.tickets import Status

from .stories import at

MARK = "system marked_business_stopping"


class TestClause7_1:  # noqa: N801
    """7.1: solved by the close of the service day on which it arrived, or of the next one."""

    @pytest.mark.parametrize(
        ("arrived", "close"),
        [
            ("2026-03-02 10:00", "2026-03-02 18:00"),
            ("2026-03-02 03:00", "2026-03-02 18:00"),  # before the opening of that day
            ("2026-03-02 17:59", "2026-03-02 18:00"),
            ("2026-03-02 18:00", "2026-03-03 18:00"),  # at the close the day is over
            ("2026-03-02 23:30", "2026-03-03 18:00"),
            ("2026-03-06 20:00", "2026-03-09 18:00"),  # a Friday evening
            ("2026-03-07 11:00", "2026-03-09 18:00"),  # a Saturday
            ("2026-02-13 19:00", "2026-02-14 18:00"),  # the eve of a make-up Saturday
            ("2026-02-14 11:00", "2026-02-14 18:00"),  # on it
            ("2026-02-14 18:00", "2026-02-24 18:00"),  # after it comes Spring Festival
            ("2026-02-17 11:00", "2026-02-24 18:00"),  # within it
            ("2026-02-23 23:59", "2026-02-24 18:00"),
            ("2026-03-01 11:00", "2026-03-02 18:00"),  # a plain Sunday
        ],
    )
    def test_the_day_and_its_close(self, tell, arrived, close):
        story = tell(f"{arrived} customer submitted", f"{arrived} {MARK}")
        reading = story.read("same_day_resolution", arrived)
        assert (reading.clause, reading.deadline) == ("7.1", at(close))
        assert (reading.verdict, reading.started_at) == (Verdict.RUNNING, at(arrived))

    @pytest.mark.parametrize(
        ("solved", "verdict"),
        [
            ("2026-03-02 17:59", Verdict.MET),
            ("2026-03-02 18:00", Verdict.MET),
            ("2026-03-02 18:01", Verdict.BREACHED),
            ("2026-03-03 09:00", Verdict.BREACHED),
        ],
    )
    def test_solved_by_the_close(self, tell, solved, verdict):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 10:05 an replied",
            f"{solved} an solution_proposed",
        )
        reading = story.read("same_day_resolution", "2026-03-04 10:00")
        assert reading.verdict is verdict
        assert reading.breached_at == (
            at("2026-03-02 18:00") if verdict is Verdict.BREACHED else None
        )

    @pytest.mark.parametrize(
        "solved", ["an solution_proposed", "an resolved", "customer confirmed"]
    )
    def test_what_counts_as_solved(self, tell, solved):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            f"2026-03-02 12:00 {solved}",
        )
        assert story.read("same_day_resolution", "2026-03-04 10:00").verdict is Verdict.MET

    @pytest.mark.parametrize(
        "line",
        [
            "2026-03-02 12:00 an replied",
            "2026-03-02 12:00 an called",
            "2026-03-02 12:00 an feedback_requested",
            "2026-03-02 12:00 an resolution_promised promised_for=2026-03-02T17:00",
        ],
    )
    def test_what_does_not(self, tell, line):
        story = tell("2026-03-02 10:00 customer submitted", f"2026-03-02 10:00 {MARK}", line)
        assert story.read("same_day_resolution", "2026-03-02 19:00").verdict is Verdict.BREACHED

    def test_a_plain_problem_owes_no_such_thing(self, tell):
        story = tell("2026-03-02 10:00 customer submitted")
        assert story.cycles("same_day_resolution", "2026-03-04 10:00") == []

    def test_marked_later_it_is_still_the_day_of_arrival(self, tell):
        story = tell("2026-03-02 10:00 customer submitted", f"2026-03-03 10:00 {MARK}")
        assert story.cycles("same_day_resolution", "2026-03-03 09:59") == []
        reading = story.read("same_day_resolution", "2026-03-03 10:00")
        assert (reading.verdict, reading.breached_at) == (Verdict.BREACHED, at("2026-03-02 18:00"))

    def test_a_rejected_solution_has_the_day_of_its_rejection(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 11:00 an solution_proposed",
            "2026-03-03 11:00 customer rejected",
        )
        cycles = story.cycles("same_day_resolution", "2026-03-03 12:00")
        assert [cycle.verdict for cycle in cycles] == [Verdict.MET, Verdict.RUNNING]
        assert cycles[1].deadline == at("2026-03-03 18:00")

    def test_a_reopened_ticket_has_the_day_of_its_reopening(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 11:00 an solution_proposed",
            "2026-03-02 12:00 customer confirmed",
            "2026-03-04 20:00 customer customer_wrote",
        )
        cycles = story.cycles("same_day_resolution", "2026-03-05 18:00:00.000001")
        assert [cycle.verdict for cycle in cycles] == [Verdict.MET, Verdict.BREACHED]
        assert cycles[1].breached_at == at("2026-03-05 18:00")

    def test_a_thank_you_on_a_resolved_ticket_reopens_no_day(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 11:00 an solution_proposed",
            "2026-03-02 12:00 customer confirmed",
            "2026-03-04 20:00 customer customer_wrote kind=thanks",
        )
        assert len(story.cycles("same_day_resolution", "2026-03-06 18:00")) == 1

    def test_an_automatic_message_starts_no_day_either(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 11:00 an solution_proposed",
            "2026-03-02 12:00 an escalated_to_platform",
            "2026-03-02 13:00 customer customer_wrote kind=automatic",
        )
        assert story.ticket.status is Status.IN_PROGRESS
        assert len(story.cycles("same_day_resolution", "2026-03-06 18:00")) == 1

    def test_closing_unsolved_cancels_it(self, tell):
        story = tell(
            "2026-03-02 10:00 customer submitted",
            f"2026-03-02 10:00 {MARK}",
            "2026-03-02 11:00 customer closed",
        )
        assert story.read("same_day_resolution", "2026-03-04 10:00").verdict is Verdict.CANCELLED

    def test_a_policy_may_promise_nothing_of_the_kind(self, tell):
        policy = Policy(promises=Promises(same_day_resolution=False))
        story = tell(
            "2026-03-02 10:00 customer submitted", f"2026-03-02 10:00 {MARK}", policy=policy
        )
        assert story.cycles("same_day_resolution", "2026-03-04 10:00") == []

    def test_and_all_else_that_is_promised_stays(self):
        usual = [one.id for one in Policy().sla_targets()]
        without = Policy(promises=Promises(same_day_resolution=False)).sla_targets()
        assert [one.id for one in without] == [one for one in usual if one != "same_day_resolution"]
        assert len(without) == 7

    def test_the_platforms_time_is_made_up_on_the_next_service_day(self, tell):
        story = tell(
            "2026-03-06 10:00 customer submitted",
            f"2026-03-06 10:00 {MARK}",
            "2026-03-06 12:00 an escalated_to_platform",
            "2026-03-06 17:00 platform platform_returned",
        )
        reading = story.read("same_day_resolution", "2026-03-06 17:00")
        # Five hours went by with the platform; one is left of the Friday, five are owed on Monday.
        assert reading.deadline == at("2026-03-09 14:00")
        assert reading.elapsed == timedelta(hours=2)


class TestOtherHours:
    """7.1 under hours that are not the marketplace's: the day ends at its own close."""

    @pytest.mark.parametrize(
        ("hours", "close"),
        [
            (("09:00-12:00", "13:00-18:00"), "2026-03-02 18:00"),
            (("08:00-20:30",), "2026-03-02 20:30"),
            (("00:00-24:00",), "2026-03-03 00:00"),
            (("00:00-12:00", "12:00-24:00"), "2026-03-03 00:00"),
            (("09:00-24:00",), "2026-03-03 00:00"),
            (("20:00-04:00",), "2026-03-03 04:00"),
        ],
    )
    def test_the_close(self, tell, hours, close):
        policy = Policy(service_hours=ServiceHours(hours=hours))
        story = tell(
            "2026-03-02 10:00 customer submitted", f"2026-03-02 10:00 {MARK}", policy=policy
        )
        reading = story.read("same_day_resolution", "2026-03-02 10:00")
        assert reading.deadline == at(close)

    def test_at_midnight_round_the_clock_the_next_day_begins(self, tell):
        policy = Policy(service_hours=ServiceHours(hours=("00:00-24:00",)))
        story = tell(
            "2026-03-03 00:00 customer submitted", f"2026-03-03 00:00 {MARK}", policy=policy
        )
        reading = story.read("same_day_resolution", "2026-03-03 00:00")
        assert (reading.deadline, reading.budget) == (at("2026-03-04 00:00"), timedelta(days=1))
