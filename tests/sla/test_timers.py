"""What falls due by time alone: each thing once, however often or seldom one looks."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import marketplace
from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.errors import HistoryError
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    On,
    ServiceTime,
    SlaPolicy,
    Target,
    Threshold,
    Verdict,
    Waiting,
    notify_customer,
    phone_customer,
    report_to,
    tell_agent,
)
from ticketrules.tickets import (
    Channel,
    PhoneCustomer,
    ReportUp,
    Status,
    Superior,
    Tell,
    events,
    replay,
)
from ticketrules.verification.laws import clock_laws

from .histories import histories
from .stories import at, event, fact, instant_of, ticket_of

patient = settings(deadline=None)
DESK = marketplace()
HALF = Threshold(share=0.5, about=Text("half of it is gone", "时间已过半"), alarms=(tell_agent,))
NEARLY = Threshold(
    lead=timedelta(minutes=30),
    about=Text("half an hour is left", "还剩半小时"),
    alarms=(tell_agent, report_to(Superior.SUPERVISOR)),
)
REPLY = Target(
    id="reply",
    clause=ClauseId("8.3"),
    label=Text("answer", "回复"),
    budget=ServiceTime(timedelta(hours=4)),
    starts=(On(events.CustomerWrote),),
    stops=(On(events.Replied),),
    paused=lambda ticket: Text("held", "暂停") if ticket.with_platform_since else None,
    thresholds=(HALF, NEARLY),
    on_breach=(phone_customer, notify_customer(Channel.EMAIL)),
)
HOUR_REPLY = evolve(REPLY, budget=ServiceTime(timedelta(hours=1)))
ALARMED = Desk(Policy(), (SlaPolicy(name="alarmed", targets=(REPLY,)),))


def ticket(*lines: str):
    return ticket_of([fact(line) for line in lines])


def told(wake):
    return [(due.at, due.key) for due in wake.due]


class TestTheLadder:
    """9.1 to 9.3: after an outage of any length, every step once, at its own instant."""

    WAITING = (
        "2026-02-11 10:00 customer submitted",
        "2026-02-11 15:00 an replied",
        "2026-02-11 15:00 an feedback_requested",
    )

    def test_a_month_of_silence_ends_where_it_would_have_without_an_outage(self):
        wake = DESK.wake(ticket(*self.WAITING), at("2026-03-20 09:00"))
        commands = [(due.clause, due.at, due.key) for due in wake.due if due.command]
        assert commands == [
            ("9.1", at("2026-02-13 09:00"), "T1:feedback_reminder:1"),
            ("9.2", at("2026-02-27 15:00"), "T1:feedback_lapse:1"),
            ("9.3", at("2026-03-03 15:00"), "T1:confirmation_lapse:1"),
        ]
        assert wake.ticket.status is Status.RESOLVED
        assert wake.ticket.departures == ()
        verdicts = {
            one.clock: one.verdict for one in DESK.clocks.read(wake.ticket, at("2026-04-01"))
        }
        assert verdicts["feedback_lapse"] is verdicts["confirmation_lapse"] is Verdict.MET

    def test_two_steps_of_one_instant_come_in_the_order_of_their_clauses(self):
        waiting = Waiting(reminder_after_days=2, feedback_lapses_after_days=2)
        early = [line.replace(" 1", " 0") for line in self.WAITING]  # before the desk opens
        due = Desk(Policy(waiting=waiting)).due(ticket(*early), at("2026-02-13 09:00"))
        assert [(one.clause, one.at) for one in due if one.command] == [
            ("9.1", at("2026-02-13 09:00")),
            ("9.2", at("2026-02-13 09:00")),
        ]

    def test_a_day_that_asks_nothing_of_the_system_keeps_it_from_nothing(self):
        (reminder,) = (one for one in Policy().sla_targets() if one.id == "feedback_reminder")
        told = evolve(reminder, id="told", command=None)
        desk = Desk(Policy(), (SlaPolicy(name="own", targets=(told, reminder)),))
        due = desk.due(ticket(*self.WAITING), at("2026-02-13 09:00"))
        assert [one.clause for one in due if one.command] == ["9.1"]

    def test_its_effects_come_with_their_steps(self):
        wake = DESK.wake(ticket(*self.WAITING), at("2026-02-13 09:00"))
        assert [due.effect.channel for due in wake.due if due.effect] == [
            Channel.EMAIL,
            Channel.TEXT_MESSAGE,
        ]

    def test_nothing_is_due_before_its_time(self):
        early = at("2026-02-13 09:00") - timedelta(microseconds=1)
        assert DESK.wake(ticket(*self.WAITING), early).due == ()

    def test_no_step_is_taken_over_an_unanswered_customer(self):
        lines = (*self.WAITING[:1], self.WAITING[2])
        assert DESK.wake(ticket(*lines), at("2026-03-20 09:00")).ticket.status is (
            Status.AWAITING_FEEDBACK
        )

    def test_a_note_in_between_does_not_hold_it_up(self):
        lines = (*self.WAITING, "2026-03-02 10:00 an noted")
        wake = DESK.wake(ticket(*lines), at("2026-03-02 11:00"))
        assert wake.ticket.status is Status.AWAITING_CONFIRMATION
        assert wake.ticket.status_since == at("2026-03-02 10:00")

    def test_doing_it_again_finds_nothing_new(self):
        once = DESK.wake(ticket(*self.WAITING), at("2026-03-20 09:00"))
        assert DESK.wake(once.ticket, at("2026-03-20 09:00")).due == ()


class TestAlarms:
    """Thresholds and breaches have effects, each due at its own instant, once a cycle."""

    LINES = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:00 system dispatched to=an",
        "2026-03-02 09:00 customer customer_wrote",
    )

    def test_each_at_its_instant_and_in_order(self):
        wake = ALARMED.wake(ticket(*self.LINES), at("2026-03-03 09:00"))
        assert [(due.at, type(due.effect)) for due in wake.due][:4] == [
            (at("2026-03-02 11:00"), Tell),
            (at("2026-03-02 12:30"), Tell),
            (at("2026-03-02 12:30"), ReportUp),
            (at("2026-03-02 13:00"), PhoneCustomer),
        ]
        assert len({due.key for due in wake.due}) == len(wake.due) == 5

    def test_a_pause_moves_what_has_not_been_passed(self):
        lines = (
            *self.LINES,
            "2026-03-02 11:30 an escalated_to_platform",
            "2026-03-02 15:30 platform platform_returned",
        )
        (reading,) = ALARMED.clocks.read(ticket(*lines), at("2026-03-02 17:30"))
        assert [crossing.at for crossing in reading.crossings] == [
            at("2026-03-02 11:00"),
            at("2026-03-02 16:30"),
        ]
        assert reading.breached_at == at("2026-03-02 17:00")
        assert (reading.paused, reading.outside_hours) == (timedelta(hours=4), timedelta(0))

    def test_an_answer_in_time_keeps_what_was_passed_and_no_more(self):
        lines = (*self.LINES, "2026-03-02 12:00 an replied")
        wake = ALARMED.wake(ticket(*lines), at("2026-03-05 12:00"))
        assert [due.at for due in wake.due] == [at("2026-03-02 11:00")]

    def test_since_leaves_out_what_was_seen(self):
        seen = at("2026-03-02 12:30")
        wake = ALARMED.wake(ticket(*self.LINES), at("2026-03-03 09:00"), since=seen)
        assert {due.at for due in wake.due} == {at("2026-03-02 13:00")}

    def test_the_marketplace_phones_where_the_day_was_missed(self):
        lines = (
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:00 customer marked_business_stopping",
        )
        (due,) = DESK.wake(ticket(*lines), at("2026-03-03 09:00")).due
        assert isinstance(due.effect, PhoneCustomer)
        assert (due.at, due.clause) == (at("2026-03-02 18:00"), "7.1")

    @pytest.mark.parametrize(
        "parts",
        [{}, {"share": 0.5, "lead": timedelta(1)}, {"share": 1.1}, {"lead": timedelta(-1)}],
    )
    def test_a_threshold_that_cannot_be_is_refused(self, parts):
        with pytest.raises(ValueError, match=r"^a threshold"):
            Threshold(about=Text("", ""), **parts)

    def test_what_has_no_alarm_hides_no_alarm(self):
        quiet = evolve(REPLY, id="quiet", thresholds=(evolve(HALF, alarms=()),))
        policies = (SlaPolicy(name="own", targets=(quiet,)),)
        due = Desk(Policy(), policies).due(ticket(*self.LINES), at("2026-03-03 09:00"))
        assert [one.key for one in due] == ["T1:own:quiet:1:breach:1", "T1:own:quiet:1:breach:2"]

    def test_a_clock_that_is_in_time_hides_no_alarm_of_another(self):
        met = evolve(REPLY, id="met", stops=(On(events.Noted),), thresholds=())
        policies = (SlaPolicy(name="own", targets=(met, REPLY)),)
        lines = (*self.LINES, "2026-03-02 09:30 an noted")
        due = Desk(Policy(), policies).due(ticket(*lines), at("2026-03-02 11:00"))
        assert [one.at for one in due] == [at("2026-03-02 11:00")]


class TestThresholdsArmedAnew:
    """At a share of the budget, each once; where the deadline moves on, those ahead do too."""

    LONG = SlaPolicy(
        name="long",
        targets=(evolve(REPLY, budget=ServiceTime(timedelta(hours=8))),),
        matches=lambda one: one.agent == "bo",
    )
    DESK = Desk(Policy(), (LONG, SlaPolicy(name="usual", targets=(REPLY,))))

    def test_a_pause_after_it_does_not_tell_it_again(self):
        lines = (
            *TestAlarms.LINES,
            "2026-03-02 11:30 an escalated_to_platform",
            "2026-03-02 15:30 platform platform_returned",
        )
        halves = [
            due.at
            for due in ALARMED.due(ticket(*lines), at("2026-03-03 18:00"))
            if "threshold1" in due.key
        ]
        assert halves == [at("2026-03-02 11:00")]

    def test_a_pause_before_it_moves_it_on(self):
        lines = (
            *TestAlarms.LINES,
            "2026-03-02 10:30 an escalated_to_platform",
            "2026-03-02 12:30 platform platform_returned",
        )
        assert ALARMED.next_wakeup(ticket(*lines), at("2026-03-02 12:30")) == at("2026-03-02 13:00")

    def test_a_longer_promise_has_its_own_before_it(self):
        lines = (*TestAlarms.LINES, "2026-03-02 11:30 an transferred to=bo")
        found = self.DESK.due(ticket(*lines), at("2026-03-02 14:00"))
        assert [(due.key, due.at) for due in found] == [
            ("T1:usual:reply:1:threshold1:1", at("2026-03-02 11:00")),
            ("T1:long:reply:1:threshold1:1", at("2026-03-02 13:00")),
        ]

    def test_a_shorter_promise_that_is_overrun_already_tells_of_it_at_once(self):
        desk = Desk(Policy(), (evolve(self.LONG, targets=(HOUR_REPLY,)), *self.DESK.promises[1:]))
        lines = (*TestAlarms.LINES, "2026-03-02 11:30 an transferred to=bo")
        seen = at("2026-03-02 11:15")
        found = desk.due(ticket(*lines), at("2026-03-02 11:30"), since=seen)
        assert [due.at for due in found if "breach" in due.key] == [at("2026-03-02 10:00")] * 2


class TestWakeUp:
    """Nothing needs polling: the next instant at which time alone changes something is known."""

    def test_it_is_the_next_deadline_just_passed_or_step(self):
        waits = ticket("2026-02-13 17:50 customer submitted")
        assert DESK.next_wakeup(waits, at("2026-02-13 17:50")) == at(
            "2026-02-14 09:05"
        ) + timedelta(microseconds=1)

    WAITS = (
        "2026-03-02 10:00 customer submitted",
        "2026-03-02 10:00 an replied",
        "2026-03-02 10:00 an feedback_requested",
    )

    def changes(self, when, *lines):
        """When time alone next changes the clock of the reminder (9.1), due at nine in two days."""
        (one,) = (
            each
            for each in DESK.clocks.read(ticket(*self.WAITS, *lines), at(when))
            if each.clock == "feedback_reminder"
        )
        return one.changes_at

    LATE = at("2026-03-05 00:00") + timedelta(microseconds=1)

    def test_a_step_then_the_deadline_that_it_misses(self):
        assert self.changes("2026-03-04 08:59") == at("2026-03-04 09:00")
        assert self.changes("2026-03-04 09:00") == self.LATE
        assert self.changes("2026-03-04 17:00") == self.LATE

    def test_a_deadline_is_missed_right_after_it(self):
        assert self.changes("2026-03-05 00:00") == self.LATE
        assert self.changes("2026-03-05 00:00:00.000001") is None

    def test_no_step_over_the_head_of_a_customer_who_waits(self):
        promised = "2026-03-02 10:00 customer customer_wrote"
        requested = "2026-03-02 10:00 an feedback_requested"
        (*_, one) = (
            each
            for each in DESK.clocks.read(
                ticket(*self.WAITS, promised, requested), at("2026-03-03 10:00")
            )
            if each.clock == "feedback_reminder"
        )
        assert (one.is_open, one.changes_at) == (True, self.LATE)

    def test_a_closed_ticket_waits_for_nothing(self):
        done = ticket("2026-03-02 10:00 customer submitted", "2026-03-02 10:01 customer closed")
        assert DESK.next_wakeup(done, at("2026-03-02 10:01")) is None

    def test_until_then_nothing_but_the_count_changes(self):
        clock_laws.until_the_next_wake_up_nothing_but_the_count_changes.check(ALARMED)


class TestInOneReading:
    """An assessment has what is due and the next wake-up from the one reading that it makes."""

    @patient
    @given(history=histories(), desk=st.sampled_from([DESK, ALARMED]), hours=st.integers(0, 900))
    def test_they_are_those_asked_for_one_by_one(self, history, desk, hours):
        facts, now = history
        one, now = ticket_of(facts), instant_of(now) + timedelta(hours=hours)
        assessment, wake = desk.assess(one, now), desk.wake(one, now)
        assert assessment.due == wake.due == desk.due(one, now)
        assert assessment.next_wakeup_at == wake.next_wakeup_at
        assert wake.next_wakeup_at == desk.next_wakeup(wake.ticket, now)
        assert assessment.readings == desk.clocks.read(one, now)

    def test_since_leaves_out_what_was_seen(self):
        seen, now = at("2026-03-02 12:30"), at("2026-03-03 09:00")
        waits = ticket(*TestAlarms.LINES)
        assert ALARMED.assess(waits, now, since=seen).due == ALARMED.due(waits, now, since=seen)

    def test_of_the_past_it_is_what_was_due_then(self):
        lines = (*TestAlarms.LINES, "2026-03-02 14:00 an replied")
        (due,) = ALARMED.assess(ticket(*lines), at("2026-03-02 11:30")).due
        assert due.at == at("2026-03-02 11:00")


class TestSteppingEqualsJumping:
    """PEERS, mistake 10: an outage neither loses nor repeats anything."""

    def test_through_any_instants(self):
        clock_laws.an_outage_neither_loses_nor_repeats_anything.check(ALARMED)

    def test_no_step_departs_from_the_rules(self):
        clock_laws.no_step_of_the_system_departs_from_the_rules.check(ALARMED)


class TestWhoeverLooks:
    """A key says one thing, whoever looks and whenever, and no two tickets share one."""

    WAITS = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:00 an replied",
        "2026-03-02 09:00 an feedback_requested",
    )

    def test_no_two_tickets_share_a_key(self):
        facts = [fact(line) for line in self.WAITS]
        keys = [
            due.key
            for name in ("A", "B")
            for due in DESK.due(
                replay([event(one, f"e{n}", name) for n, one in enumerate(facts)]),
                at("2026-03-20 09:00"),
            )
        ]
        assert len(set(keys)) == len(keys) == 14

    def test_an_alarm_goes_to_whoever_had_the_ticket_then(self):
        lines = (*TestAlarms.LINES, "2026-03-02 11:30 an transferred to=bo")
        early = ALARMED.due(ticket(*lines[:3]), at("2026-03-02 11:15"))
        late = ALARMED.due(ticket(*lines), at("2026-03-02 11:45"))
        assert early == late
        assert late[0].effect.to.id == "an"

    def test_who_comes_after_it_is_not_told(self):
        lines = (
            TestAlarms.LINES[0],
            TestAlarms.LINES[2],
            "2026-03-02 11:30 system dispatched to=bo",
        )
        assert ALARMED.due(ticket(*lines), at("2026-03-02 11:45")) == ()

    def test_a_late_mark_makes_the_call_due_to_who_looked_before(self):
        lines = (
            "2026-03-02 10:00 customer submitted",
            "2026-03-02 10:00 an accepted",
            "2026-03-03 10:00 an marked_business_stopping",
        )
        seen = at("2026-03-02 20:00")
        assert DESK.due(ticket(*lines[:2]), seen) == ()
        (due,) = DESK.due(ticket(*lines), at("2026-03-03 10:00"), since=seen)
        assert (due.at, type(due.effect)) == (at("2026-03-02 18:00"), PhoneCustomer)

    def test_another_policy_has_alarms_of_its_own(self):
        strict = SlaPolicy(
            name="strict",
            targets=(evolve(REPLY, budget=ServiceTime(timedelta(hours=2))),),
            matches=lambda one: one.complained_at is not None,
        )
        desk = Desk(Policy(), (strict, SlaPolicy(name="usual", targets=(REPLY,))))
        lines = (*TestAlarms.LINES, "2026-03-02 11:30 customer complained")
        before = {due.key for due in desk.due(ticket(*lines[:3]), at("2026-03-02 11:15"))}
        after = {due.key for due in desk.due(ticket(*lines), at("2026-03-02 11:45"))}
        assert before == {"T1:usual:reply:1:threshold1:1"}
        assert before < after  # what the first policy told stays told
        assert {key.split(":")[1] for key in after - before} == {"strict"}

    def test_before_the_last_event_is_the_hosts_mistake(self):
        lines = (*self.WAITS, "2026-03-10 09:00 an noted")
        with pytest.raises(HistoryError, match="before its last event"):
            DESK.wake(ticket(*lines), at("2026-03-05 09:00"))
