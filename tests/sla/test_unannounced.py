"""A calendar that does not guess: the clock whose deadline nobody can tell says so, and no other.

The notice for 2027 is not out: what is known ends with 31 December 2026, a Thursday.
"""

from datetime import date, timedelta

import pytest
from attrs import evolve

from ticketrules.calendar import ServiceHours
from ticketrules.clauses import Refusal, Text
from ticketrules.desk import Desk
from ticketrules.errors import UnannouncedError
from ticketrules.rulebook import Policy
from ticketrules.sla import ClockSet, SameServiceDay, Threshold, Verdict, check_proof
from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import SYSTEM, commands, replay

from .stories import at, event, fact, ticket_of

STRICT = Desk(Policy(service_hours=ServiceHours(unannounced="raise")))
GUESSING = Desk(Policy())
WAITING = (
    "2026-12-28 09:00 customer submitted",
    "2026-12-28 09:05 an replied",
    "2026-12-28 09:05 an feedback_requested",
)


def ticket(*lines):
    return ticket_of([fact(line) for line in lines])


def read(one, when, desk=STRICT):
    return {(each.clock, each.cycle): each for each in desk.clocks.read(one, at(when))}


class TestAFarDeadline:
    """9.2 lies beyond what is announced; all the other clocks read as ever."""

    def test_only_its_own_clock_says_so(self):
        found = read(ticket(*WAITING), "2026-12-29 10:00")
        assert [clock for (clock, _), one in found.items() if one.unannounced] == ["feedback_lapse"]
        lapse = found["feedback_lapse", 1]
        assert (lapse.verdict, lapse.deadline, lapse.due_at) == (Verdict.RUNNING, None, None)
        assert lapse.elapsed == timedelta(hours=9, minutes=55)
        assert (lapse.remaining, lapse.changes_at, lapse.agent) == (timedelta(0), None, None)

    def test_the_others_are_those_of_a_calendar_that_guesses(self):
        strict = read(ticket(*WAITING), "2026-12-29 10:00")
        guessed = read(ticket(*WAITING), "2026-12-29 10:00", GUESSING)
        for key, one in strict.items():
            assert one.unannounced or one == guessed[key]

    def test_it_is_assessed_and_woken_by_what_is_known(self):
        assessment = STRICT.assess(ticket(*WAITING), at("2026-12-29 10:00"))
        assert assessment.next_wakeup_at == at("2026-12-30 09:00")
        assert assessment.needs == ()
        woken = STRICT.wake(ticket(*WAITING), at("2026-12-30 09:00"))
        assert [due.clause for due in woken.due if due.command] == ["9.1"]
        assert STRICT.next_wakeup(woken.ticket, at("2026-12-30 09:00")) is None

    def test_nothing_lapses_before_it_is_known_when(self):
        lapse = commands.LapseFeedback(id="l", by=SYSTEM)
        outcome = STRICT.handle(ticket(*WAITING), lapse, at("2026-12-31 17:00"))
        assert isinstance(outcome, Refusal)
        assert "not due yet" in str(outcome)

    def test_once_over_it_is_over(self):
        lines = (*WAITING, "2026-12-30 10:00 customer customer_wrote")
        lapse = read(ticket(*lines), "2026-12-30 11:00")["feedback_lapse", 1]
        assert (lapse.verdict, lapse.unannounced) == (Verdict.CANCELLED, True)

    def test_its_proof_says_why_it_has_no_deadline(self):
        for one in STRICT.clocks.read(ticket(*WAITING), at("2026-12-29 10:00")):
            proof = STRICT.explain(one)
            check_proof(proof, STRICT.calendar)
            assert proof.plain()["unannounced"] is one.unannounced
            assert ("deadline       on days that" in proof.text()) is one.unannounced
            assert ("落在尚未公布" in proof.text("zh")) is one.unannounced


class TestAnAmountOfTime:
    """An amount that is not used up before the last known close."""

    LATE = ("2026-12-31 16:00 customer submitted",)

    def test_what_has_run_is_known_and_the_deadline_is_not(self):
        found = read(ticket(*self.LATE), "2026-12-31 17:00")
        reply = found["next_reply", 1]
        assert (reply.unannounced, reply.deadline) == (True, None)
        assert (reply.elapsed, reply.remaining) == (timedelta(hours=1), timedelta(hours=3))
        assert reply.agent is None
        first = found["first_response", 1]
        assert (first.verdict, first.breached_at) == (Verdict.BREACHED, at("2026-12-31 16:15"))
        for one in found.values():
            check_proof(STRICT.explain(one), STRICT.calendar)

    def test_an_answer_in_time_is_in_time(self):
        lines = (*self.LATE, "2026-12-31 17:30 an replied")
        assert read(ticket(*lines), "2026-12-31 18:00")["next_reply", 1].verdict is Verdict.MET

    def test_while_it_stands_still_it_owes_no_deadline_at_all(self):
        lines = (*self.LATE, "2026-12-31 16:30 an escalated_to_platform")
        reply = read(ticket(*lines), "2026-12-31 17:00")["next_reply", 1]
        assert (reply.verdict, reply.unannounced) == (Verdict.PAUSED, False)

    def test_after_a_rest_nobody_knows_it_either(self):
        lines = (
            *self.LATE,
            "2026-12-31 16:30 an escalated_to_platform",
            "2026-12-31 17:00 platform platform_returned",
        )
        reply = read(ticket(*lines), "2026-12-31 17:30")["next_reply", 1]
        assert (reply.verdict, reply.unannounced, reply.deadline) == (Verdict.RUNNING, True, None)
        assert (reply.elapsed, reply.paused) == (timedelta(hours=1), timedelta(minutes=30))

    def test_a_rest_and_what_is_left_may_still_lie_in_what_is_known(self):
        lines = (
            "2026-12-31 10:00 customer submitted",
            "2026-12-31 10:30 an escalated_to_platform",
            "2026-12-31 11:00 platform platform_returned",
        )
        reply = read(ticket(*lines), "2026-12-31 12:00")["next_reply", 1]
        assert (reply.unannounced, reply.deadline) == (False, at("2026-12-31 14:30"))

    def test_thresholds_are_told_as_far_as_they_are_known(self):
        quarter, end = (
            Threshold(share=share, about=Text("on its way", "时间过半")) for share in (0.25, 0.9)
        )
        (usual,) = (one for one in Policy().sla_targets() if one.id == "next_reply")
        targets = (evolve(usual, thresholds=(end, quarter)),)
        clocks = ClockSet("p", targets, STRICT.calendar)
        (reply,) = clocks.read(ticket(*self.LATE), at("2026-12-31 16:30"))
        assert (reply.unannounced, reply.changes_at) == (True, at("2026-12-31 17:00"))
        (reply,) = clocks.read(ticket(*self.LATE), at("2026-12-31 17:30"))
        assert [one.at for one in reply.crossings] == [at("2026-12-31 17:00")]
        assert reply.changes_at is None

    def test_somebody_has_to_act_by_a_time_that_nobody_knows(self):
        needs = STRICT.assess(ticket(*self.LATE), at("2026-12-31 17:00")).needs
        assert [(need.clause, need.due_at) for need in needs if not need.is_late] == [("8.3", None)]

    def test_the_day_of_an_arrival_after_the_last_known_close(self):
        lines = (
            "2026-12-31 19:00 customer submitted",
            "2026-12-31 19:00 system marked_business_stopping",
            "2026-12-31 20:00 an escalated_to_platform",
        )
        day = read(ticket(*lines), "2026-12-31 23:00")["same_day_resolution", 1]
        assert (day.unannounced, day.budget, day.deadline) == (True, None, None)
        assert (day.verdict, len(day.pauses)) == (Verdict.PAUSED, 1)
        check_proof(STRICT.explain(day), STRICT.calendar)
        assert STRICT.clocks.target(day).budget == SameServiceDay()


class TestAPromisedTime:
    """8.2: the instant was promised, so it is known; how much service time it leaves is not."""

    LINES = (
        "2026-12-30 09:00 customer submitted",
        "2026-12-30 09:05 an resolution_promised promised_for=2027-01-05T12:00",
    )

    def test_it_keeps_its_deadline(self):
        promise = read(ticket(*self.LINES), "2026-12-30 10:00")["promised_time", 1]
        assert (promise.deadline, promise.unannounced) == (at("2027-01-05 12:00"), True)
        assert (promise.elapsed, promise.remaining) == (timedelta(minutes=55), timedelta(0))
        assert promise.changes_at == at("2027-01-05 12:00") + timedelta(microseconds=1)
        check_proof(STRICT.explain(promise), STRICT.calendar)

    def test_so_does_the_end_of_the_last_known_night(self):
        hours = ServiceHours(hours=("22:00-06:00",), unannounced="raise")
        lines = ("2026-12-28 23:00 customer submitted", "2026-12-28 23:00 an solution_proposed")
        lapse = read(ticket(*lines), "2026-12-29 00:00", Desk(Policy(service_hours=hours)))
        assert lapse["confirmation_lapse", 1].deadline == at("2027-01-01 06:00")
        assert lapse["confirmation_lapse", 1].unannounced


class TestTheFirstKnownDay:
    """What went before the first day of which anything is known is left out of it."""

    def test_no_night_runs_into_it(self):
        hours = ServiceHours(hours=("22:00-06:00",), unannounced="raise")
        days = ServiceDays(Policy(service_hours=hours).calendar())
        first = days.day(date(2004, 1, 2))
        assert (first.night_until, first.opening) == (None, at("2004-01-02 22:00"))
        assert days.day(date(2004, 1, 3)).night_until == at("2004-01-03 06:00")
        edge = days.day(date(2004, 1, 1))
        assert (edge.night_until, edge.opening) == (None, None)
        with pytest.raises(UnannouncedError):
            days.day(date(2003, 12, 31))


class TestANightIntoWhatIsNotKnown:
    """7.1: of the night that leads into the New Year nobody knows when it closes."""

    DESK = Desk(Policy(service_hours=ServiceHours(hours=("22:00-06:00",), unannounced="raise")))

    @pytest.mark.parametrize(("when", "paused"), [("22:40", 0), ("23:00", 20)])
    def test_what_had_run_before_a_rest_is_known_all_the_same(self, when, paused):
        lines = (
            "2026-12-31 22:10 customer submitted",
            "2026-12-31 22:10 system marked_business_stopping",
            "2026-12-31 22:40 an escalated_to_platform",
        )
        day = read(ticket(*lines), f"2026-12-31 {when}", self.DESK)["same_day_resolution", 1]
        assert (day.budget, day.deadline, day.unannounced) == (None, None, True)
        assert (day.elapsed, day.paused) == (timedelta(minutes=30), timedelta(minutes=paused))


class TestWhatHasPassed:
    """What lies behind is counted, or else not told at all."""

    def test_an_instant_of_which_nothing_is_known_cannot_be_read_at(self):
        with pytest.raises(UnannouncedError, match="outside what is known"):
            STRICT.clocks.read(ticket(*WAITING), at("2027-01-05 10:00"))

    def test_a_ticket_that_was_over_by_then_can(self):
        lines = (*WAITING[:2], "2026-12-28 10:00 customer closed")
        found = read(ticket(*lines), "2027-03-01 10:00")
        assert found["next_reply", 1].verdict is Verdict.MET

    def test_a_notice_tells_it(self, notice_2027):
        known = Desk(
            Policy(service_hours=ServiceHours(unannounced="raise"), notices=notice_2027.notices)
        )
        story = replay([event(fact(line), f"e{n}") for n, line in enumerate(WAITING)])
        lapse = read(story, "2026-12-29 10:00", known)["feedback_lapse", 1]
        assert (lapse.unannounced, lapse.due_at) == (False, at("2027-01-06 09:05"))
