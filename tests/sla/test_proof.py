"""Proofs: the segments of a reading and their reasons, by hand and for whatever may happen."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from ticketrules.calendar import Holiday, Notice, Schedule, ServiceCalendar, closed, opened
from ticketrules.clauses import Text
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    ClockSet,
    ServiceTime,
    Verdict,
    check_proof,
    explain,
)

from .histories import RULES, histories
from .proofs import (
    DESK,
    HELD_OVER_SPRING_FESTIVAL,
    HOUR,
    MICROSECOND,
    OWN,
    PARTS_OF_A_MINUTE,
    TWO_REASONS,
    answer,
    held,
    patient,
    proofs_of,
    proved,
    told,
)
from .stories import SHANGHAI, at, fact, instant_of, ticket_of
from .test_oracle import clocks_of


class TestByHand:
    """Every reason once, reckoned on paper."""

    def test_a_makeup_saturday_a_hold_and_spring_festival(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-25 10:00", 2)
        held = "paused: the platform holds the ticket"
        assert told(proof.segments) == [
            "02-14 16:00 02-14 17:00 + make-up working day (Spring Festival) [3.1] e3",
            f"02-14 17:00 02-14 18:00 - {held} [6.4] e4",
            f"02-14 18:00 02-15 00:00 - outside hours; {held} [3.1] e4",
            f"02-15 00:00 02-20 12:00 - Spring Festival; {held} [3.1] e4",
            "02-20 12:00 02-24 00:00 - Spring Festival [3.1] e5",
            "02-24 00:00 02-24 09:00 - outside hours [3.1] e5",
            "02-24 09:00 02-24 18:00 + service hours [3.1] e5",
            "02-24 18:00 02-25 09:00 - outside hours [3.1] e5",
            "02-25 09:00 02-25 10:00 + service hours [3.1] e5",
        ]
        assert (proof.reading.verdict, proof.elapsed) == (Verdict.BREACHED, 11 * HOUR)
        assert proof.ahead == ()

    def test_paused_time_is_kept_apart_by_hours(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-25 10:00", 2)
        assert proof.paused == proof.reading.paused == HOUR
        assert proof.paused_outside_hours == (6 + 5 * 24 + 12) * HOUR
        assert proof.outside_hours == proof.reading.outside_hours == (138 + 84 + 9 + 15) * HOUR

    def test_the_time_ahead_uses_up_the_budget(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-20 12:00", 2)
        assert told(proof.ahead) == [
            "02-20 12:00 02-24 00:00 - Spring Festival [3.1] e5",
            "02-24 00:00 02-24 09:00 - outside hours [3.1] e5",
            "02-24 09:00 02-24 12:00 + service hours [3.1] e5",
        ]
        assert proof.reading.deadline == at("2026-02-24 12:00")

    def test_a_clock_that_stands_still_has_nothing_ahead(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-16 12:00", 2)
        assert (proof.reading.verdict, proof.ahead) == (Verdict.PAUSED, ())
        assert proof.segments[-1].pause == Text("the platform holds the ticket", "工单在平台处")

    def test_a_wait_for_the_customer_pauses_the_announcement(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:10 an clarified",
            "2026-03-02 09:20 an feedback_requested",
            "2026-03-02 10:00 customer customer_wrote",
        )
        proof = proved(story, "resolution_commitment", "2026-03-02 10:30")
        assert told(proof.segments) == [
            "03-02 09:10 03-02 09:20 + service hours [3.1] e2",
            "03-02 09:20 03-02 10:00 - paused: the customer has the ball [8.2] e3",
            "03-02 10:00 03-02 10:30 + service hours [3.1] e4",
        ]
        assert proof.reading.breached_at == at("2026-03-02 10:20")

    def test_two_reasons_to_stand_still_are_two_segments(self, tell):
        proof = proved(tell(*TWO_REASONS), "resolution_commitment", "2026-03-02 10:10")
        assert [
            (one.by, one.clause, one.length // timedelta(minutes=1)) for one in proof.segments
        ] == [
            ("e2", "3.1", 10),
            ("e3", "6.4", 10),
            ("e4", "8.2", 20),
            ("e5", "6.4", 10),
            ("e6", "3.1", 10),
        ]

    def test_the_coming_new_year_is_provisional(self, tell):
        story = tell("2026-12-31 17:00 customer submitted")
        proof = proved(story, "next_reply", "2026-12-31 17:30")
        assert told(proof.segments) == ["12-31 17:00 12-31 17:30 + service hours [3.1] e1 ?"]
        assert told(proof.ahead) == [
            "12-31 17:30 12-31 18:00 + service hours [3.1] e1 ?",
            "12-31 18:00 01-01 00:00 - outside hours [3.1] e1 ?",
            "01-01 00:00 01-02 00:00 - New Year's Day [3.1] e1 ?",
            "01-02 00:00 01-04 00:00 - weekend [3.1] e1 ?",
            "01-04 00:00 01-04 09:00 - outside hours [3.1] e1 ?",
            "01-04 09:00 01-04 12:00 + service hours [3.1] e1 ?",
        ]
        assert proof.provisional

    def test_under_a_notice_it_is_not(self, tell, notice_2027):
        story = tell("2026-12-31 17:00 customer submitted", policy=notice_2027)
        proof = proved(story, "next_reply", "2026-12-31 17:30")
        assert told(proof.ahead)[-2:] == [
            "01-03 00:00 01-03 09:00 - outside hours [3.1] e1",
            "01-03 09:00 01-03 12:00 + make-up working day (New Year's Day) [3.1] e1",
        ]
        assert not proof.provisional

    def test_only_the_segments_of_the_unsettled_days_are(self, tell):
        story = tell("2026-12-28 17:00 customer submitted")
        proof = proved(story, "next_reply", "2026-12-28 17:30")
        assert [one.provisional for one in proof.ahead] == [False, False, True, True]

    @pytest.mark.parametrize(
        ("clock", "line", "verdict", "hours"),
        [
            ("feedback_reminder", "2026-03-05 09:59 an noted", Verdict.BREACHED, 8 + 9 + 9 + 1),
            ("feedback_reminder", "2026-03-04 09:30 system reminded", Verdict.MET, 8 + 9 + 0.5),
            ("feedback_reminder", "2026-03-03 10:00 an accepted", Verdict.CANCELLED, 8 + 1),
            ("feedback_lapse", "2026-03-05 09:59 an noted", Verdict.RUNNING, 8 + 9 + 9 + 1),
            ("feedback_lapse", "2026-03-04 10:00 system feedback_lapsed", Verdict.BREACHED, 18),
            ("feedback_lapse", "2026-03-05 10:00 an accepted", Verdict.CANCELLED, 27),
        ],
    )
    def test_waits_are_proved_in_service_time(self, tell, clock, line, verdict, hours):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 an feedback_requested",
            line,
        )
        proof = proved(story, clock, "2026-03-05 10:00")
        assert (proof.reading.verdict, proof.elapsed) == (verdict, hours * HOUR)

    def test_a_lapse_in_time_and_the_confirmation_after_it(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 an feedback_requested",
            "2026-03-11 10:00 system feedback_lapsed",
        )
        lapse = proved(story, "feedback_lapse", "2026-03-13 10:00")
        assert (lapse.reading.verdict, lapse.elapsed) == (Verdict.MET, (8 + 6 * 9 + 1) * HOUR)
        confirmation = proved(story, "confirmation_lapse", "2026-03-13 10:00")
        assert (confirmation.reading.verdict, confirmation.elapsed) == (Verdict.RUNNING, 18 * HOUR)

    def test_a_time_promised_too_late_is_proved_broken_from_the_start(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 10:00 an resolution_promised promised_for=2026-03-02T09:30",
        )
        proof = proved(story, "promised_time", "2026-03-02 11:00")
        assert proof.reading.breached_at == at("2026-03-02 10:00")
        assert proof.reading.overrun == proof.elapsed == HOUR

    def test_it_is_broken_from_the_very_instant_of_the_promise(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 10:00 an resolution_promised promised_for=2026-03-02T09:30",
        )
        proof = proved(story, "promised_time", "2026-03-02 10:00")
        assert (proof.segments, proof.reading.verdict) == ((), Verdict.BREACHED)

    def test_a_clock_whose_budget_is_used_up_when_it_stands_is_late_once_it_runs(self, tell):
        held_at_the_deadline = (
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 13:00 an escalated_to_platform",
        )
        standing = proved(tell(*held_at_the_deadline), "next_reply", "2026-03-02 15:00")
        assert (standing.reading.verdict, standing.reading.deadline) == (Verdict.PAUSED, None)
        story = tell(*held_at_the_deadline, "2026-03-02 14:00 platform platform_returned")
        running = proved(story, "next_reply", "2026-03-02 15:00")
        assert running.reading.breached_at == at("2026-03-02 14:00")
        assert running.reading.overrun == HOUR

    def test_nothing_has_passed(self, tell):
        proof = proved(
            tell("2026-03-02 09:00 customer submitted"), "next_reply", "2026-03-02 09:00"
        )
        assert (proof.segments, proof.elapsed) == ((), timedelta(0))
        assert told(proof.ahead) == ["03-02 09:00 03-02 13:00 + service hours [3.1] e1"]

    def test_exceptions_are_named(self):
        schedule = Schedule(
            exceptions=(
                closed(
                    at("2026-03-02 00:00").astimezone(SHANGHAI).date(),
                    ["14:00-16:00"],
                    "stocktaking",
                ),
                opened(at("2026-03-07 00:00").astimezone(SHANGHAI).date(), ["10:00-12:00"]),
            )
        )
        calendar = ServiceCalendar(schedule=schedule)
        (proof,) = proofs_of(
            ClockSet("own", (answer(ServiceTime(40 * HOUR)),), calendar),
            [fact("2026-03-02 13:00 customer submitted")],
            at("2026-03-07 11:00"),
        )
        lines = told(proof.segments)
        assert lines[1] == "03-02 14:00 03-02 16:00 - closed (stocktaking) [3.1] e1"
        assert lines[-1] == "03-07 10:00 03-07 11:00 + extra opening [3.1] e1"

    @pytest.mark.parametrize("name", [Text("stocktaking", ""), Text("", "盘点")])
    def test_a_name_in_one_language_stands_in_both(self, name):
        closure = closed(date(2026, 3, 2), ["14:00-16:00"], name)
        calendar = ServiceCalendar(schedule=Schedule(exceptions=(closure,)))
        (proof,) = proofs_of(
            ClockSet("own", (answer(ServiceTime(HOUR)),), calendar),
            [fact("2026-03-02 14:00 customer submitted")],
            at("2026-03-02 16:00"),
        )
        one = name.en or name.zh
        assert proof.segments[0].why == Text(f"closed ({one})", f"停止服务（{one}）")

    @pytest.mark.parametrize("name", [Text("Founders' Day", ""), Text("", "校庆")])
    def test_so_does_a_holidays(self, name):
        notice = Notice(2030, "invented for the tests", (Holiday(name, (date(2030, 3, 4),)),), ())
        calendar = Policy(notices=(notice,)).calendar()
        (proof,) = proofs_of(
            ClockSet("own", (answer(ServiceTime(HOUR)),), calendar),
            [fact("2030-03-04 14:00 customer submitted")],
            at("2030-03-04 16:00"),
        )
        one = name.en or name.zh
        assert proof.segments[0].why == Text(one, one)


class TestAtTheVeryInstant:
    """What happens at the instant of the reading, or takes no time, is proved like all else."""

    SUBMITTED = "2026-03-02 09:00 customer submitted"

    def test_a_budget_used_up_to_the_instant_is_not_broken(self, tell):
        proof = proved(tell(self.SUBMITTED), "next_reply", "2026-03-02 13:00")
        assert (proof.reading.verdict, proof.reading.deadline) == (
            Verdict.RUNNING,
            at("2026-03-02 13:00"),
        )

    def test_nor_is_a_promised_time_that_has_come(self, tell):
        promise = "2026-03-02 09:10 an resolution_promised promised_for=2026-03-02T12:00"
        proof = proved(tell(self.SUBMITTED, promise), "promised_time", "2026-03-02 12:00")
        assert proof.reading.verdict is Verdict.RUNNING

    def test_a_budget_used_up_by_closing_time_is_used_up_then(self, tell):
        story = tell("2026-03-02 14:00 customer submitted")
        proof = proved(story, "next_reply", "2026-03-03 09:30")
        assert proof.reading.breached_at == at("2026-03-02 18:00")

    def test_a_pause_may_take_no_time(self, tell):
        at_once = ("an escalated_to_platform", "platform platform_returned")
        story = tell(self.SUBMITTED, *(f"2026-03-02 10:00 {line}" for line in at_once))
        proof = proved(story, "next_reply", "2026-03-02 11:00")
        ((pause,), (first, second)) = proof.reading.pauses, proof.segments
        assert (pause.start, pause.end) == (at("2026-03-02 10:00"), at("2026-03-02 10:00"))
        assert (first.by, second.by) == ("e1", "e3")

    def test_a_clock_stopped_while_it_stood_still_has_no_deadline(self, tell):
        held = "2026-03-02 09:30 an escalated_to_platform"
        story = tell(self.SUBMITTED, held, "2026-03-02 10:00 platform replied")
        proof = proved(story, "next_reply", "2026-03-02 11:00")
        assert (proof.reading.verdict, proof.reading.deadline) == (Verdict.MET, None)
        assert proof.reading.pauses[0].ended_by == proof.reading.stopped_by == "e3"

    @pytest.mark.parametrize(
        ("budget", "late_at"),
        [(timedelta(0), "20:00"), (MICROSECOND, "09:00:00.000001")],
        ids=["nothing", "a tick"],
    )
    @pytest.mark.parametrize("submitted", ["2026-03-02 20:00", "2026-03-03 09:00"])
    def test_a_budget_of_next_to_nothing(self, budget, late_at, submitted):
        clocks = ClockSet("own", (answer(ServiceTime(budget)),), DESK)
        (proof,) = proofs_of(
            clocks, [fact(f"{submitted} customer submitted")], at("2026-03-03 10:00")
        )
        check_proof(proof, DESK)
        if budget:
            assert proof.reading.deadline == at(f"2026-03-03 {late_at}")
        else:
            assert proof.reading.deadline == at(submitted)

    def test_a_threshold_passed_at_the_instant_of_the_reading(self):
        clocks = ClockSet("own", OWN, DESK)
        proof, *_others = proofs_of(clocks, [fact(self.SUBMITTED)], at("2026-03-02 09:30"))
        check_proof(proof, DESK)
        assert at("2026-03-02 09:30") in [one.at for one in proof.reading.crossings]


class TestPlainTime:
    """A promise in calendar time counts nights and holidays, and its proof says so."""

    CLOCKS = ClockSet("own", (answer(CalendarTime(30 * HOUR), paused=held),), DESK)
    FACTS = (
        fact("2026-12-31 17:00 customer submitted"),
        fact("2026-12-31 18:00 an escalated_to_platform"),
        fact("2027-01-01 02:00 platform platform_returned"),
    )

    def test_every_hour_counts_but_those_of_a_pause(self):
        (proof,) = proofs_of(self.CLOCKS, self.FACTS, at("2027-01-02 16:00"))
        check_proof(proof, DESK)
        assert told(proof.segments) == [
            "12-31 17:00 12-31 18:00 + every hour counts [8.3] e1",
            "12-31 18:00 01-01 02:00 - paused: held [8.3] e2",
            "01-01 02:00 01-02 16:00 + every hour counts [8.3] e3",
        ]
        assert proof.reading.breached_at == at("2027-01-02 07:00")
        assert proof.reading.around_the_clock
        assert proof.outside_hours == timedelta(0)

    def test_at_its_start_nothing_has_passed(self):
        (proof,) = proofs_of(self.CLOCKS, self.FACTS[:1], at("2026-12-31 17:00"))
        assert proof.segments == ()
        check_proof(proof)

    def test_no_notice_can_change_it(self):
        (proof,) = proofs_of(self.CLOCKS, self.FACTS, at("2027-01-01 16:00"))
        check_proof(proof, DESK)
        assert not proof.reading.provisional
        assert not proof.provisional

    def test_service_time_over_the_same_days_is_provisional(self):
        clocks = ClockSet("own", (answer(ServiceTime(30 * HOUR)),), DESK)
        (proof,) = proofs_of(clocks, self.FACTS, at("2027-01-01 16:00"))
        assert proof.reading.provisional


def every_reading_is_proved(history, rules, micros):
    facts, now = history
    given_clocks = clocks_of(rules)
    for clocks in (given_clocks, ClockSet("own", OWN, given_clocks.calendar)):
        readings = clocks.read(ticket_of(facts), instant_of(now) + timedelta(microseconds=micros))
        for reading in readings:
            proof = explain(reading, clocks.calendar)
            check_proof(proof, clocks.calendar)
            assert proof.elapsed == reading.elapsed
            assert proof.paused == reading.paused
            assert proof.outside_hours == reading.outside_hours
            assert proof.provisional is reading.provisional or not (proof.segments or proof.ahead)


class TestLaws:
    """Whatever happened, every reading has a proof, and no other reading has it."""

    @settings(patient, max_examples=200)
    @given(history=histories(), rules=RULES, micros=PARTS_OF_A_MINUTE)
    def test_every_reading_is_proved(self, history, rules, micros):
        every_reading_is_proved(history, rules, micros)

    @pytest.mark.slow
    @settings(patient, max_examples=5_000)
    @given(history=histories(most=20), rules=RULES, micros=PARTS_OF_A_MINUTE)
    def test_every_reading_of_thousands_is_proved(self, history, rules, micros):
        every_reading_is_proved(history, rules, micros)


class TestExplain:
    """What may be asked, and what the answer is called."""

    def test_a_target_lends_its_name(self, tell):
        story = tell("2026-03-02 09:00 customer submitted")
        reading = story.read("next_reply", "2026-03-02 10:00")
        target = next(one for one in story.clocks.targets if one.id == "next_reply")
        assert explain(reading, DESK, target).label == target.label
        assert explain(reading, DESK).label == Text(
            "never too long without an answer", "不超时未回复"
        )

    def test_another_target_is_refused(self, tell):
        story = tell("2026-03-02 09:00 customer submitted")
        reading = story.read("next_reply", "2026-03-02 10:00")
        target = next(one for one in story.clocks.targets if one.id == "first_response")
        with pytest.raises(ValueError, match="is not explained by the target 'first_response'"):
            explain(reading, DESK, target)

    def test_each_pause_names_what_ended_it(self, tell):
        story = tell(*HELD_OVER_SPRING_FESTIVAL[:4])
        (pause,) = story.cycles("next_reply", "2026-02-14 17:30")[1].pauses
        assert (pause.by, pause.ended_by) == ("e4", None)
        story = tell(*HELD_OVER_SPRING_FESTIVAL)
        (pause,) = story.cycles("next_reply", "2026-02-20 12:00")[1].pauses
        assert (pause.by, pause.ended_by) == ("e4", "e5")
        story = tell(*HELD_OVER_SPRING_FESTIVAL[:4], "2026-02-15 12:00 platform replied")
        (pause,) = story.cycles("next_reply", "2026-02-20 12:00")[1].pauses
        assert (pause.by, pause.ended_by) == ("e4", "e5")
