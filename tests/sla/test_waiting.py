"""Clauses 9.1 to 9.3: the ladder of a ticket that waits for the customer."""

from datetime import UTC, datetime, timedelta

import pytest

from ticketrules import Actor, Role, events, marketplace, replay
from ticketrules.calendar import ServiceHours
from ticketrules.errors import CalendarError
from ticketrules.rulebook import Policy
from ticketrules.sla import Verdict, Waiting

from .stories import at


def asked(when):
    """A ticket that waits for feedback from an instant on."""
    return (
        "2026-01-20 10:00 customer submitted",
        "2026-01-20 10:05 an replied",
        f"{when} an feedback_requested",
    )


def proposed(when):
    """A ticket that waits for confirmation from an instant on."""
    return (
        "2026-01-20 10:00 customer submitted",
        "2026-01-20 10:05 an replied",
        f"{when} an solution_proposed",
    )


class TestClause9_1:  # noqa: N801
    """9.1: without feedback the customer is reminded at the opening of the second working day."""

    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-03-02 10:00", "2026-03-04 09:00"),
            ("2026-03-02 00:00", "2026-03-04 09:00"),
            ("2026-03-02 23:59", "2026-03-04 09:00"),  # the date of the start is day zero
            ("2026-03-06 17:00", "2026-03-10 09:00"),  # a Friday: Monday is day one
            ("2026-03-07 12:00", "2026-03-10 09:00"),  # a Saturday is day zero all the same
            ("2026-03-08 12:00", "2026-03-10 09:00"),
            ("2026-02-12 10:00", "2026-02-14 09:00"),  # a make-up Saturday is a working day
            ("2026-02-13 10:00", "2026-02-24 09:00"),  # day one is that Saturday, then the festival
            ("2026-02-14 10:00", "2026-02-25 09:00"),
            ("2026-02-18 10:00", "2026-02-25 09:00"),  # within the festival
            ("2026-02-26 10:00", "2026-02-28 09:00"),
            ("2026-02-27 10:00", "2026-03-02 09:00"),  # day one is the make-up Saturday
        ],
    )
    def test_when_it_falls_due(self, tell, start, due):
        reading = tell(*asked(start)).read("feedback_reminder", start)
        assert (reading.clause, reading.due_at) == ("9.1", at(due))
        assert reading.started_at == at(start)
        assert reading.budget is None

    @pytest.mark.parametrize(
        ("reminded", "verdict"),
        [
            ("2026-03-04 09:00", Verdict.MET),
            ("2026-03-04 23:59", Verdict.MET),
            ("2026-03-05 00:00", Verdict.MET),  # the midnight that ends the day is its last instant
            ("2026-03-05 00:01", Verdict.BREACHED),
        ],
    )
    def test_it_may_be_sent_until_that_day_is_over(self, tell, reminded, verdict):
        story = tell(*asked("2026-03-02 10:00"), f"{reminded} system reminded")
        reading = story.read("feedback_reminder", "2026-03-06 10:00")
        assert reading.verdict is verdict
        assert reading.deadline == at("2026-03-05 00:00")
        late = verdict is Verdict.BREACHED
        assert reading.breached_at == (at("2026-03-05 00:00") if late else None)

    def test_without_it_the_clock_breaks_when_that_day_is_over(self, tell):
        story = tell(*asked("2026-03-02 10:00"))
        assert story.read("feedback_reminder", "2026-03-05 00:00").verdict is Verdict.RUNNING
        reading = story.read("feedback_reminder", "2026-03-05 10:00")
        assert reading.verdict is Verdict.BREACHED
        assert reading.overrun == timedelta(hours=1)

    @pytest.mark.parametrize(
        "line",
        [
            "2026-03-03 10:00 customer customer_wrote",
            "2026-03-03 10:00 customer closed",
            "2026-03-03 10:00 an solution_proposed",
            "2026-03-03 10:00 an accepted",
            "2026-03-03 10:00 an escalated_to_platform",
        ],
    )
    def test_the_end_of_the_wait_cancels_it(self, tell, line):
        story = tell(*asked("2026-03-02 10:00"), line)
        for clock in ("feedback_reminder", "feedback_lapse"):
            reading = story.read(clock, "2026-04-01 10:00")
            assert (reading.verdict, reading.stopped_at) == (
                Verdict.CANCELLED,
                at("2026-03-03 10:00"),
            )

    @pytest.mark.parametrize(
        "line",
        [
            "2026-03-03 10:00 customer customer_wrote kind=automatic",
            "2026-03-03 10:00 customer customer_wrote kind=thanks",
            "2026-03-03 10:00 an noted",
            "2026-03-03 10:00 an replied",
            "2026-03-03 10:00 an called",
        ],
    )
    def test_what_does_not_end_the_wait(self, tell, line):
        story = tell(*asked("2026-03-02 10:00"), line)
        for clock in ("feedback_reminder", "feedback_lapse"):
            assert story.read(clock, "2026-03-03 11:00").verdict is Verdict.RUNNING

    def test_each_wait_has_its_own_reminder(self, tell):
        story = tell(
            *asked("2026-03-02 10:00"),
            "2026-03-04 09:00 system reminded",
            "2026-03-04 10:00 customer customer_wrote",
            "2026-03-04 11:00 an replied",
            "2026-03-04 11:00 an feedback_requested",
        )
        cycles = story.cycles("feedback_reminder", "2026-03-04 12:00")
        assert [(one.cycle, one.verdict) for one in cycles] == [
            (1, Verdict.MET),
            (2, Verdict.RUNNING),
        ]
        assert cycles[1].due_at == at("2026-03-06 09:00")


class TestClause9_2:  # noqa: N801
    """9.2: without feedback for seven working days the ticket moves to 待确认."""

    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-03-02 10:00", "2026-03-11 10:00"),
            ("2026-03-02 07:30", "2026-03-11 09:00"),  # moved into the service hours of the day
            ("2026-03-02 22:00", "2026-03-11 18:00"),
            ("2026-03-02 18:00", "2026-03-11 18:00"),
            ("2026-03-02 09:00", "2026-03-11 09:00"),
            ("2026-03-07 12:00", "2026-03-17 12:00"),  # a Saturday: Monday the 9th is day one
            ("2026-02-09 15:00", "2026-02-25 15:00"),  # 10-14 are five, 24 and 25 the others
            ("2026-02-14 15:00", "2026-03-03 15:00"),  # 24-28 are five with the make-up Saturday
            ("2026-02-20 03:00", "2026-03-03 09:00"),
        ],
    )
    def test_when_it_falls_due(self, tell, start, due):
        reading = tell(*asked(start)).read("feedback_lapse", start)
        assert (reading.clause, reading.due_at) == ("9.2", at(due))

    @pytest.mark.parametrize(
        ("lapsed", "verdict", "broken"),
        [
            ("2026-03-11 10:00", Verdict.MET, None),
            ("2026-03-11 23:59", Verdict.MET, None),
            ("2026-03-12 00:00", Verdict.MET, None),
            ("2026-03-12 00:01", Verdict.BREACHED, "2026-03-12 00:00"),
            ("2026-03-11 09:59", Verdict.BREACHED, "2026-03-11 09:59"),
            ("2026-03-05 10:00", Verdict.BREACHED, "2026-03-05 10:00"),
        ],
    )
    def test_it_lapses_on_its_day_neither_before_nor_after(self, tell, lapsed, verdict, broken):
        story = tell(*asked("2026-03-02 10:00"), f"{lapsed} system feedback_lapsed")
        reading = story.read("feedback_lapse", "2026-03-20 10:00")
        assert reading.verdict is verdict
        assert reading.breached_at == (None if broken is None else at(broken))
        assert reading.stopped_at == at(lapsed)

    def test_an_early_lapse_is_no_overrun(self, tell):
        story = tell(*asked("2026-03-02 10:00"), "2026-03-05 10:00 system feedback_lapsed")
        assert story.read("feedback_lapse", "2026-03-20 10:00").overrun == timedelta(0)

    def test_asking_again_while_waiting_does_not_restart_the_wait(self, tell):
        story = tell(*asked("2026-03-02 10:00"), "2026-03-06 10:00 an feedback_requested")
        reading = story.read("feedback_lapse", "2026-03-06 12:00")
        assert reading.due_at == at("2026-03-11 10:00")

    def test_an_answer_from_the_customer_starts_it_anew(self, tell):
        story = tell(
            *asked("2026-03-02 10:00"),
            "2026-03-06 10:00 customer customer_wrote",
            "2026-03-06 11:00 an replied",
            "2026-03-06 11:00 an feedback_requested",
        )
        cycles = story.cycles("feedback_lapse", "2026-03-06 12:00")
        assert [cycle.verdict for cycle in cycles] == [Verdict.CANCELLED, Verdict.RUNNING]
        assert cycles[1].due_at == at("2026-03-17 11:00")


class TestClause9_3:  # noqa: N801
    """9.3: after three working days of 待确认 the ticket is confirmed automatically."""

    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-03-02 10:00", "2026-03-05 10:00"),
            ("2026-03-05 20:00", "2026-03-10 18:00"),
            ("2026-03-06 08:00", "2026-03-11 09:00"),
            ("2026-02-11 10:00", "2026-02-14 10:00"),  # on the make-up Saturday
            ("2026-02-12 10:00", "2026-02-24 10:00"),  # over the festival
            ("2026-02-16 10:00", "2026-02-26 10:00"),
            ("2026-02-25 10:00", "2026-02-28 10:00"),
        ],
    )
    def test_when_it_falls_due(self, tell, start, due):
        reading = tell(*proposed(start)).read("confirmation_lapse", start)
        assert (reading.clause, reading.due_at) == ("9.3", at(due))

    @pytest.mark.parametrize(
        ("lapsed", "verdict", "broken"),
        [
            ("2026-03-05 10:00", Verdict.MET, None),
            ("2026-03-06 00:00", Verdict.MET, None),
            ("2026-03-06 00:01", Verdict.BREACHED, "2026-03-06 00:00"),
            ("2026-03-05 09:59", Verdict.BREACHED, "2026-03-05 09:59"),
        ],
    )
    def test_it_lapses_on_its_day_neither_before_nor_after(self, tell, lapsed, verdict, broken):
        story = tell(*proposed("2026-03-02 10:00"), f"{lapsed} system confirmation_lapsed")
        reading = story.read("confirmation_lapse", "2026-03-20 10:00")
        assert reading.verdict is verdict
        assert reading.breached_at == (None if broken is None else at(broken))

    def test_the_ladder_goes_from_feedback_to_confirmation_to_its_end(self, tell):
        story = tell(
            *asked("2026-02-09 15:00"),
            "2026-02-11 09:00 system reminded",
            "2026-02-25 15:00 system feedback_lapsed",
            "2026-02-28 15:00 system confirmation_lapsed",
        )
        verdicts = {one.clock: one.verdict for one in story.readings("2026-03-20 10:00")}
        for clock in ("feedback_reminder", "feedback_lapse", "confirmation_lapse"):
            assert verdicts[clock] is Verdict.MET
        assert not any(one.is_open for one in story.readings("2026-03-20 10:00"))
        assert story.ticket.departures == ()

    @pytest.mark.parametrize(
        "line",
        [
            "2026-03-03 10:00 customer confirmed",
            "2026-03-03 10:00 customer rejected",
            "2026-03-03 10:00 customer customer_wrote",
            "2026-03-03 10:00 customer closed",
        ],
    )
    def test_the_customers_word_cancels_it(self, tell, line):
        story = tell(*proposed("2026-03-02 10:00"), line)
        reading = story.read("confirmation_lapse", "2026-03-20 10:00")
        assert reading.verdict is Verdict.CANCELLED


class TestOtherLadders:
    """The numbers of 9 are settings, and the day's service hours are the policy's."""

    def test_other_numbers_of_days(self, tell):
        policy = Policy(
            waiting=Waiting(
                reminder_after_days=1,
                feedback_lapses_after_days=2,
                confirmation_lapses_after_days=1,
            )
        )
        story = tell(*asked("2026-02-13 10:00"), policy=policy)
        readings = {one.clock: one.due_at for one in story.readings("2026-02-13 10:00")}
        assert readings["feedback_reminder"] == at("2026-02-14 09:00")
        assert readings["feedback_lapse"] == at("2026-02-24 10:00")
        story = tell(*proposed("2026-02-13 10:00"), policy=policy)
        reading = story.read("confirmation_lapse", "2026-02-13 10:00")
        assert reading.due_at == at("2026-02-14 10:00")

    def test_a_wait_that_started_in_a_lunch_break_is_moved_to_its_end(self, tell):
        policy = Policy(service_hours=ServiceHours(hours=("09:00-12:00", "13:00-18:00")))
        story = tell(*asked("2026-03-02 12:20"), policy=policy)
        reading = story.read("feedback_lapse", "2026-03-02 12:20")
        assert reading.due_at == at("2026-03-11 13:00")

    @pytest.mark.parametrize("close", ["18:00", "23:00"])
    def test_a_wait_that_started_at_the_close_of_a_broken_day_is_due_at_the_close(
        self, tell, close
    ):
        policy = Policy(service_hours=ServiceHours(hours=("09:00-12:00", "13:00-18:00")))
        story = tell(*asked(f"2026-03-02 {close}"), policy=policy)
        reading = story.read("feedback_lapse", f"2026-03-02 {close}")
        assert reading.due_at == at("2026-03-11 18:00")

    def test_other_hours_on_make_up_days(self, tell):
        policy = Policy(service_hours=ServiceHours(makeup_hours=("10:00-12:00",)))
        story = tell(*proposed("2026-02-11 15:00"), policy=policy)
        reading = story.read("confirmation_lapse", "2026-02-11 15:00")
        assert reading.due_at == at("2026-02-14 12:00")

    def test_a_working_day_on_which_the_desk_is_closed_still_counts(self, tell):
        policy = Policy(service_hours=ServiceHours(makeup_hours=()))
        story = tell(*proposed("2026-02-11 15:00"), policy=policy)
        reading = story.read("confirmation_lapse", "2026-02-11 15:00")
        assert reading.due_at == at("2026-02-14 00:00")
        assert reading.deadline == at("2026-02-15 00:00")


@pytest.mark.parametrize("method", ["assess", "wake", "due", "next_wakeup"])
@pytest.mark.parametrize("day", [(1, 1, 1), (1, 1, 5), (9999, 12, 20), (9999, 12, 31)])
def test_a_wait_at_the_ends_of_the_calendar_is_refused_by_name(day, method):
    """There is no working day to name before the year 2 or after 9998."""
    at = datetime(*day, 2, tzinfo=UTC)
    submitted = events.Submitted(id="1", ticket="T-1", at=at, by=Actor(Role.CUSTOMER))
    asked = events.FeedbackRequested(id="2", ticket="T-1", at=at, by=Actor(Role.AGENT, "an"))
    with pytest.raises(CalendarError, match="outside the years 2 to 9998"):
        getattr(marketplace(), method)(replay([submitted, asked]), at)
