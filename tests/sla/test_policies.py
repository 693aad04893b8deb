"""The target language by hand: which policy is a ticket's, and what each budget allows.

Service hours are 09:00 to 18:00; 2 March 2026 is a Monday.
"""

import re
from datetime import timedelta

import pytest
from attrs import evolve

from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    ClockSet,
    On,
    PolicyBook,
    PromisedTime,
    SameServiceDay,
    ServiceTime,
    SlaPolicy,
    Target,
    Threshold,
    Verdict,
    WorkingDays,
    tell_agent,
)
from ticketrules.sla.days import ServiceDays
from ticketrules.sla.timers import lapses_due
from ticketrules.tickets import Actor, Role, commands, events
from ticketrules.tickets import evolve as extended

from .stories import at, event, fact, ticket_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CALENDAR = Policy().calendar()
HELD = Text("the platform holds it", "平台处理中")
COMPLAINED = Text("a complaint is open", "有未处理的投诉")
STOPPING = Text("it stops the business", "影响业务")


def target(budget, **parts):
    """From the submission to an answer, standing still while the platform holds the ticket."""
    usual = {
        "id": "answer",
        "clause": ClauseId("8.3"),
        "label": Text("answer", "答复"),
        "starts": (On(events.Submitted),),
        "stops": (On(events.Replied),),
    }
    if budget.is_amount:
        usual["paused"] = lambda ticket: HELD if ticket.with_platform_since else None
    return Target(budget=budget, **{**usual, **parts})


def complained(ticket):
    return ticket.complained_at is not None


def stopping(ticket):
    return ticket.business_stopping_at is not None


COMPLAINT = SlaPolicy(
    name="complaint",
    targets=(target(ServiceTime(2 * HOUR)),),
    matches=complained,
    because=COMPLAINED,
)
URGENT = SlaPolicy(
    name="urgent",
    targets=(target(CalendarTime(3 * HOUR)),),
    matches=stopping,
    because=STOPPING,
)
USUAL = SlaPolicy(name="usual", targets=(target(ServiceTime(4 * HOUR)),))
BOOK = PolicyBook((COMPLAINT, URGENT, USUAL), CALENDAR)


def ticket(*lines):
    return ticket_of(map(fact, lines))


def read(book, one, when):
    """The only reading."""
    (reading,) = book.read(one, at(when))
    return reading


def only(budget, lines, when, **parts):
    """The only cycle of a target with a budget."""
    book = PolicyBook((SlaPolicy(name="p", targets=(target(budget, **parts),)),), CALENDAR)
    return read(book, ticket(*lines), when)


def test_every_promise_of_the_marketplace_reads_as_words_in_both_languages():
    for one in Policy().sla_targets():
        assert re.fullmatch(r"[a-z]+(?::? (?:[a-z]+|待确认))*", one.label.en)
        assert re.fullmatch(r"[\u4e00-\u9fff]+", one.label.zh)


class TestWhichPolicy:
    """The first that matches wins, and the reading says which and why."""

    SUBMITTED = "2026-03-02 09:00 customer submitted"
    STOPPING = "2026-03-02 09:10 customer marked_business_stopping"
    COMPLAINED = "2026-03-02 12:00 customer complained"

    @pytest.mark.parametrize(
        ("lines", "policy", "because", "passed_over"),
        [
            ((), "usual", "it is for every ticket", ("complaint", "urgent")),
            ((STOPPING,), "urgent", "it stops the business", ("complaint",)),
            ((COMPLAINED,), "complaint", "a complaint is open", ()),
            ((STOPPING, COMPLAINED), "complaint", "a complaint is open", ()),
        ],
    )
    def test_the_first_that_matches(self, lines, policy, because, passed_over):
        one = ticket(self.SUBMITTED, *lines)
        choice = BOOK.choose(one)
        assert (choice.policy.name, choice.because.en) == (policy, because)
        assert choice.passed_over == passed_over
        reading = read(BOOK, one, "2026-03-02 12:30")
        assert (reading.policy, reading.because) == (policy, choice.because)
        assert BOOK.target(reading) is choice.policy.targets[0]

    def test_none_that_matches(self):
        book = PolicyBook((COMPLAINT, URGENT), CALENDAR)
        one = ticket(self.SUBMITTED)
        choice = book.choose(one)
        assert choice.policy is None
        assert (choice.because.en, choice.because.zh) == (
            "no policy is for it",
            "没有适用的策略",
        )
        assert choice.passed_over == ("complaint", "urgent")
        assert book.read(one, at("2026-03-02 12:00")) == ()

    def test_before_the_ticket_there_is_nothing_to_read(self):
        assert BOOK.read(ticket(self.SUBMITTED), at("2026-03-02 08:59")) == ()

    def test_it_is_chosen_by_the_ticket_as_it_stood_then(self):
        one = ticket(self.SUBMITTED, self.STOPPING, self.COMPLAINED)
        policies = [
            read(BOOK, one, f"2026-03-02 {time}").policy for time in ("09:05", "11:00", "12:00")
        ]
        assert policies == ["usual", "urgent", "complaint"]

    def test_a_withdrawn_complaint_gives_the_ticket_back(self):
        lines = (self.SUBMITTED, self.COMPLAINED, "2026-03-02 12:30 customer complaint_withdrawn")
        assert read(BOOK, ticket(*lines), "2026-03-02 12:29").policy == "complaint"
        assert read(BOOK, ticket(*lines), "2026-03-02 12:30").policy == "usual"

    def test_a_policy_that_comes_late_credits_the_pauses_before_it(self):
        lines = (
            self.SUBMITTED,
            "2026-03-02 10:00 an escalated_to_platform",
            "2026-03-02 15:00 platform platform_returned",
            "2026-03-02 15:30 customer complained",
        )
        before = read(BOOK, ticket(*lines), "2026-03-02 15:29")
        assert (before.policy, before.deadline) == ("usual", at("2026-03-02 18:00"))
        after = read(BOOK, ticket(*lines), "2026-03-02 15:45")
        assert (after.policy, after.paused) == ("complaint", 5 * HOUR)
        assert (after.elapsed, after.deadline) == (105 * MINUTE, at("2026-03-02 16:00"))
        assert after.verdict is Verdict.RUNNING

    def test_a_shorter_goal_that_is_already_overrun_is_a_breach(self):
        """At the instant at which the shorter budget was used up, before the policy changed."""
        lines = (self.SUBMITTED, self.COMPLAINED)
        reading = read(BOOK, ticket(*lines), "2026-03-02 12:00")
        assert (reading.verdict, reading.breached_at) == (Verdict.BREACHED, at("2026-03-02 11:00"))

    def test_a_wake_up_tells_of_the_policy_that_is_the_tickets(self):
        desk = Desk(Policy(), (COMPLAINT, USUAL))
        one = ticket(self.SUBMITTED)
        moment = timedelta(microseconds=1)
        now = at("2026-03-02 09:30")
        assert desk.next_wakeup(one, now) == at("2026-03-02 13:00") + moment
        complaint = ticket(self.SUBMITTED, "2026-03-02 09:30 customer complained")
        assert desk.next_wakeup(complaint, now) == at("2026-03-02 11:00") + moment


class TestTheBook:
    def test_two_policies_of_one_name_are_refused(self):
        with pytest.raises(ValueError, match="two policies of one name"):
            PolicyBook((USUAL, USUAL), CALENDAR)

    def test_two_targets_of_one_id_are_refused(self):
        twice = SlaPolicy(name="twice", targets=USUAL.targets * 2)
        with pytest.raises(ValueError, match="'twice' has two targets of one id"):
            PolicyBook((twice,), CALENDAR)

    def test_two_policies_may_have_targets_of_one_id(self):
        assert BOOK.targets == COMPLAINT.targets

    def test_its_targets_are_the_first_of_each_id(self):
        other = SlaPolicy(name="other", targets=(target(ServiceTime(HOUR), id="other"),))
        book = PolicyBook((COMPLAINT, other, USUAL), CALENDAR)
        assert book.targets == (*COMPLAINT.targets, *other.targets)

    def test_each_stretch_under_another_policy_ends_right_before_the_next(self):
        one = ticket(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 10:00 an noted",
            "2026-03-02 12:00 customer complained",
            "2026-03-02 13:00 an noted",
            "2026-03-02 14:00 customer complaint_withdrawn",
            "2026-03-02 15:00 an noted",
        )
        moment = timedelta(microseconds=1)
        stretches = list(BOOK.earlier(one))
        assert [until for _then, until in stretches] == [
            at("2026-03-02 12:00") - moment,
            at("2026-03-02 14:00") - moment,
        ]
        assert [then.version for then, _until in stretches] == [2, 4]

    def test_a_reading_of_another_book_has_no_target(self):
        reading = read(BOOK, ticket("2026-03-02 09:00 customer submitted"), "2026-03-02 10:00")
        with pytest.raises(KeyError, match="no target 'answer' of a policy 'usual'"):
            PolicyBook((URGENT,), CALENDAR).target(reading)

    def test_a_desk_puts_the_hosts_promises_in_place_of_the_marketplaces(self):
        one = ticket("2026-03-02 09:00 customer submitted")
        now = at("2026-03-02 10:00")
        assert {r.policy for r in Desk(Policy()).assess(one, now).readings} == {"marketplace"}
        own = Desk(Policy(), promises=(COMPLAINT, USUAL)).assess(one, now)
        assert [(r.policy, r.clock) for r in own.readings] == [("usual", "answer")]
        assert [need.due_at for need in own.needs] == [at("2026-03-02 13:00")]


class TestTargetsThatCannotBe:
    """A budget that names an instant has nothing that could rest, be used in part or add up."""

    SAYS = "names an instant, which cannot rest, be used in part or add up"

    @pytest.mark.parametrize("budget", [WorkingDays(2), PromisedTime()])
    @pytest.mark.parametrize(
        "more",
        [
            {"paused": lambda _ticket: None},
            {"thresholds": (Threshold(share=0.5, about=Text("", "")),)},
            {"cumulative": True},
        ],
    )
    def test_are_refused_when_they_are_made(self, budget, more):
        with pytest.raises(ValueError, match=f"^target 't': {type(budget).__name__} {self.SAYS}$"):
            Target(
                id="t",
                clause=ClauseId("9.1"),
                label=Text("", ""),
                budget=budget,
                starts=(),
                stops=(),
                **more,
            )


class TestQuietEvents:
    """What changes nothing of a ticket starts and stops clocks like anything else."""

    def test_a_note_starts_one_and_a_report_stops_it(self):
        target = Target(
            id="report",
            clause=ClauseId("4.6"),
            label=Text("reported", "上报"),
            budget=ServiceTime(timedelta(hours=1)),
            starts=(On(events.Noted),),
            stops=(On(events.Reported),),
        )
        lines = ("09:00 customer submitted", "10:00 an noted", "10:30 an reported")
        ticket = ticket_of([fact(f"2026-03-02 {line}") for line in lines])
        (reading,) = ClockSet("own", (target,), CALENDAR).read(ticket, at("2026-03-02 12:00"))
        assert (reading.started_by, reading.stopped_by) == ("e2", "e3")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, timedelta(minutes=30))


class TestBudgets:
    FRIDAY = "2026-03-06 17:00 customer submitted"

    @pytest.mark.parametrize("kind", [ServiceTime, CalendarTime])
    def test_an_amount_has_the_same_terms_whenever_it_starts(self, kind):
        days = ServiceDays(CALENDAR)
        for line in ("2026-03-02 09:00 customer submitted", "2026-03-07 03:00 customer complained"):
            terms = kind(2 * HOUR).terms(event(fact(line), "e1"), days)
            assert (terms.budget, terms.deadline, terms.due_at) == (2 * HOUR, None, None)
            friday = at("2026-03-06 17:00")
            allowed = terms.timer.advance(friday, terms.budget)
            assert allowed == at("2026-03-09 10:00" if kind is ServiceTime else "2026-03-06 19:00")

    def test_no_time_at_all_is_a_budget_too(self):
        lines = ("2026-03-02 10:00 customer submitted",)
        for budget in (ServiceTime(0 * HOUR), CalendarTime(0 * HOUR)):
            assert only(budget, lines, "2026-03-02 11:00").breached_at == at("2026-03-02 10:00")
        waits = only(WorkingDays(0), lines, "2026-03-02 11:00")
        assert (waits.due_at, waits.deadline) == (at("2026-03-02 10:00"), at("2026-03-03 00:00"))

    def test_service_time_is_that_of_the_calendar(self):
        reading = only(ServiceTime(2 * HOUR), (self.FRIDAY,), "2026-03-09 09:30")
        assert (reading.deadline, reading.elapsed) == (at("2026-03-09 10:00"), 1.5 * HOUR)
        assert not reading.around_the_clock

    def test_calendar_time_is_all_of_it(self):
        reading = only(CalendarTime(48 * HOUR), (self.FRIDAY,), "2026-03-08 16:00")
        assert (reading.deadline, reading.elapsed) == (at("2026-03-08 17:00"), 47 * HOUR)
        assert (reading.remaining, reading.outside_hours) == (HOUR, timedelta(0))
        assert reading.around_the_clock

    def test_a_pause_of_calendar_time_counts_the_night(self):
        lines = (
            "2026-03-02 17:00 customer submitted",
            "2026-03-02 17:30 an escalated_to_platform",
            "2026-03-03 09:30 platform platform_returned",
        )
        reading = only(CalendarTime(HOUR), lines, "2026-03-03 09:45")
        assert (reading.paused, reading.deadline) == (16 * HOUR, at("2026-03-03 10:00"))

    @pytest.mark.parametrize(
        ("submitted", "deadline", "budget"),
        [
            ("2026-03-02 16:00", "2026-03-02 18:00", 2 * HOUR),
            ("2026-03-02 18:00", "2026-03-03 18:00", 9 * HOUR),  # the day's hours are over
            ("2026-03-07 12:00", "2026-03-09 18:00", 9 * HOUR),  # a Saturday
            ("2026-02-14 12:00", "2026-02-14 18:00", 6 * HOUR),  # a Saturday that makes up
        ],
    )
    def test_the_same_service_day(self, submitted, deadline, budget):
        reading = only(SameServiceDay(), (f"{submitted} customer submitted",), submitted)
        assert (reading.deadline, reading.budget) == (at(deadline), budget)

    def test_working_days_fall_due_within_a_day(self):
        lines = ("2026-02-12 15:00 customer submitted",)
        reading = only(WorkingDays(3), lines, "2026-02-12 15:00")
        # 13 and 14 February are worked, then Spring Festival until the 23rd.
        assert reading.due_at == at("2026-02-24 15:00")
        assert reading.deadline == at("2026-02-25 00:00")
        assert reading.budget is None
        opening = only(WorkingDays(3, at_opening=True), lines, "2026-02-12 15:00")
        assert opening.due_at == at("2026-02-24 09:00")

    def test_what_may_not_come_early(self):
        lines = ("2026-03-02 15:00 customer submitted", "2026-03-04 14:59 an replied")
        early = only(WorkingDays(2), lines, "2026-03-05 09:00", not_before_due=True)
        assert (early.verdict, early.is_early) == (Verdict.BREACHED, True)
        assert early.breached_at == at("2026-03-04 14:59")
        assert only(WorkingDays(2), lines, "2026-03-05 09:00").verdict is Verdict.MET


class TestCycles:
    LINES = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:30 an replied",
        "2026-03-02 10:00 customer customer_wrote",
        "2026-03-02 11:00 an replied",
        "2026-03-02 12:00 customer customer_wrote",
    )
    MESSAGES = (On(events.Submitted), On(events.CustomerWrote))

    def cycles(self, **parts):
        one = target(ServiceTime(2 * HOUR), starts=self.MESSAGES, **parts)
        book = PolicyBook((SlaPolicy(name="p", targets=(one,)),), CALENDAR)
        return book.read(ticket(*self.LINES), at("2026-03-02 12:20"))

    def test_each_start_after_a_stop_opens_one_with_a_budget_of_its_own(self):
        assert [(r.cycle, r.elapsed, r.budget) for r in self.cycles()] == [
            (1, 30 * MINUTE, 2 * HOUR),
            (2, HOUR, 2 * HOUR),
            (3, 20 * MINUTE, 2 * HOUR),
        ]

    def test_once_is_the_first_only(self):
        assert [r.elapsed for r in self.cycles(once=True)] == [30 * MINUTE]

    def test_cumulative_leaves_a_cycle_what_is_left(self):
        readings = self.cycles(cumulative=True)
        assert [r.budget for r in readings] == [2 * HOUR, 1.5 * HOUR, 0.5 * HOUR]
        assert readings[2].deadline == at("2026-03-02 12:30")

    def test_and_nothing_where_nothing_is_left(self):
        one = target(ServiceTime(HOUR), starts=self.MESSAGES, cumulative=True)
        book = PolicyBook((SlaPolicy(name="p", targets=(one,)),), CALENDAR)
        *_, last = book.read(ticket(*self.LINES), at("2026-03-02 12:20"))
        assert (last.budget, last.breached_at) == (timedelta(0), at("2026-03-02 12:00"))

    def test_an_event_that_stops_and_starts_does_both(self):
        parts = {"starts": (On(events.Replied),), "stops": (On(events.Replied),)}
        book = PolicyBook(
            (SlaPolicy(name="p", targets=(target(ServiceTime(HOUR), **parts),)),), CALENDAR
        )
        first, second = book.read(ticket(*self.LINES), at("2026-03-02 11:10"))
        assert (first.verdict, first.stopped_by) == (Verdict.BREACHED, "e4")
        assert (second.started_by, second.elapsed) == ("e4", 10 * MINUTE)

    def test_a_stop_comes_before_a_cancel(self):
        parts = {"cancels": (On(events.Replied),)}
        reading = only(ServiceTime(HOUR), self.LINES[:2], "2026-03-02 12:00", **parts)
        assert reading.verdict is Verdict.MET

    def test_a_cancel_after_the_deadline_does_not_undo_the_breach(self):
        lines = (self.LINES[0], "2026-03-02 11:00 customer closed")
        parts = {"cancels": (On(events.Closed),)}
        reading = only(ServiceTime(HOUR), lines, "2026-03-02 12:00", **parts)
        assert (reading.verdict, reading.overrun) == (Verdict.BREACHED, HOUR)


class TestWhoIsCredited:
    """Whoever stopped a clock, where that is an agent; else whoever held the ticket (8.4)."""

    @pytest.mark.parametrize(
        ("by", "agent"),
        [
            (Actor(Role.AGENT, "bo"), "bo"),
            (Actor(Role.AGENT), "an"),
            (Actor(Role.CUSTOMER, "zhang"), "an"),
            (Actor(Role.SYSTEM, "nightly"), "an"),
            (Actor(Role.PLATFORM, "desk"), None),
        ],
    )
    def test_by_the_role_of_the_one_who_stopped_it(self, by, agent):
        lines = ("2026-03-02 09:00 customer submitted", "2026-03-02 09:30 an accepted")
        one = ticket(*lines)
        said = events.Noted(id="e3", ticket=one.id, at=at("2026-03-02 10:00"), by=by)
        stopped = target(ServiceTime(4 * HOUR), stops=(On(events.Noted),))
        book = PolicyBook((SlaPolicy(name="p", targets=(stopped,)),), CALENDAR)
        assert read(book, extended(one, said), "2026-03-02 11:00").agent == agent


class TestPromisedTime:
    """8.2: a promise is kept, broken, or renewed; each is a cycle."""

    PROMISED = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:10 an replied",
        "2026-03-02 09:20 an clarified",
        "2026-03-02 09:30 an resolution_promised promised_for=2026-03-02T12:00",
    )

    def cycles(self, tell, *lines):
        return tell(*self.PROMISED, *lines).cycles("promised_time", "2026-03-03 10:00")

    def test_kept(self, tell):
        (promise,) = self.cycles(tell, "2026-03-02 12:00 an solution_proposed")
        assert (promise.verdict, promise.deadline) == (Verdict.MET, at("2026-03-02 12:00"))

    def test_broken(self, tell):
        (promise,) = self.cycles(tell, "2026-03-02 14:00 an solution_proposed")
        assert (promise.verdict, promise.breached_at) == (
            Verdict.BREACHED,
            at("2026-03-02 12:00"),
        )
        assert promise.overrun == 2 * HOUR

    def test_renewed_in_time(self, tell):
        promises = self.cycles(
            tell,
            "2026-03-02 11:00 an resolution_promised promised_for=2026-03-02T17:00",
            "2026-03-02 16:00 an solution_proposed",
        )
        assert [(one.cycle, one.verdict) for one in promises] == [
            (1, Verdict.CANCELLED),
            (2, Verdict.MET),
        ]

    def test_renewed_too_late(self, tell):
        promises = self.cycles(
            tell,
            "2026-03-02 12:01 an resolution_promised promised_for=2026-03-02T15:00",
            "2026-03-02 14:00 an resolution_promised promised_for=2026-03-02T17:00",
            "2026-03-02 17:30 an solution_proposed",
        )
        assert [one.verdict for one in promises] == [
            Verdict.BREACHED,
            Verdict.CANCELLED,
            Verdict.BREACHED,
        ]
        assert promises[-1].cycle - 1 == 2, "how often it was renewed"

    def test_only_a_promise_starts_it(self):
        says = "^target 'answer': submitted starts it and names no time that was promised$"
        with pytest.raises(ValueError, match=says):
            target(PromisedTime())
        (submitted,) = ticket("2026-03-02 09:00 customer submitted").history
        with pytest.raises(TypeError, match="only a promised time starts this clock"):
            PromisedTime().terms(submitted, ServiceDays(CALENDAR))


class TestThresholds:
    TEXT = Text("so far", "进度")
    LINES = (
        "2026-03-02 16:00 customer submitted",
        "2026-03-02 16:00 system dispatched to=an",
    )

    def crossings(self, *thresholds, when, lines=LINES):
        reading = only(ServiceTime(4 * HOUR), lines, when, thresholds=thresholds)
        return [crossing.at for crossing in reading.crossings]

    def share(self, share):
        return Threshold(share=share, about=self.TEXT)

    def lead(self, lead):
        return Threshold(lead=lead, about=self.TEXT)

    def test_shares_of_the_budget_in_order(self):
        points = [self.share(share) for share in (1, 0.5, 0.75)]
        assert self.crossings(*points, when="2026-03-03 12:00") == [
            at("2026-03-02 18:00"),
            at("2026-03-03 10:00"),
            at("2026-03-03 11:00"),
        ]

    def test_a_lead_is_counted_back_in_service_time(self):
        assert self.crossings(self.lead(2.5 * HOUR), when="2026-03-03 12:00") == [
            at("2026-03-02 17:30")
        ]

    def test_a_lead_as_long_as_the_budget_is_passed_at_the_start(self):
        assert self.crossings(self.lead(4 * HOUR), when="2026-03-02 16:00") == [
            at("2026-03-02 16:00")
        ]
        with pytest.raises(ValueError, match="lies before the start"):
            target(ServiceTime(4 * HOUR), thresholds=(self.lead(4 * HOUR + timedelta.resolution),))

    def test_none_before_its_time(self):
        assert self.crossings(self.share(0.5), when="2026-03-02 17:59") == []

    def test_the_wake_up_is_the_next_of_them(self):
        points = (self.share(0.5), self.lead(HOUR))
        one = target(ServiceTime(4 * HOUR), thresholds=points)
        desk = Desk(Policy(), (SlaPolicy(name="p", targets=(one,)),))
        it = ticket(*self.LINES)
        wakes, now = [], at("2026-03-02 16:00")
        while (now := desk.next_wakeup(it, now)) is not None:
            wakes.append(now)
        assert wakes == [
            at("2026-03-02 18:00"),
            at("2026-03-03 10:00"),
            at("2026-03-03 11:00") + timedelta(microseconds=1),
        ]

    def test_each_cycle_has_keys_of_its_own(self):
        half = Threshold(share=0.5, about=self.TEXT, alarms=(tell_agent,))
        one = target(
            ServiceTime(HOUR),
            starts=(On(events.Submitted), On(events.CustomerWrote)),
            thresholds=(half,),
        )
        desk = Desk(Policy(), (SlaPolicy(name="p", targets=(one,)),))
        lines = (
            *self.LINES,
            "2026-03-02 16:40 an replied",
            "2026-03-02 17:00 customer customer_wrote",
        )
        due = desk.wake(ticket(*lines), at("2026-03-02 17:45")).due
        assert [(one.key, one.at) for one in due] == [
            ("T1:p:answer:1:threshold1:1", at("2026-03-02 16:30")),
            ("T1:p:answer:2:threshold1:1", at("2026-03-02 17:30")),
        ]


def test_what_is_due_without_a_command_is_nobodys_but_peoples():
    """A host's own wait of two working days, which the system does nothing about."""
    wait = target(WorkingDays(1, at_opening=True))
    desk = Desk(Policy(), (SlaPolicy(name="p", targets=(wait,)),))
    one = ticket("2026-03-02 09:00 customer submitted", "2026-03-02 10:00 an accepted")
    reading = read(desk.clocks, one, "2026-03-03 12:00")
    assert (reading.due_at, reading.verdict) == (at("2026-03-03 09:00"), Verdict.RUNNING)
    # A customer who waits for an answer holds the step up, and here there is none to hold up.
    assert desk.wake(one, at("2026-03-03 12:00")).due == ()
    assert lapses_due(desk.clocks, one, at("2026-03-03 12:00")) == {}


def test_a_targets_command_is_the_systems_once_it_is_due():
    reminder = target(
        WorkingDays(1, at_opening=True),
        starts=(On(events.FeedbackRequested),),
        stops=(On(events.Reminded),),
        command=commands.Remind,
    )
    desk = Desk(Policy(), (SlaPolicy(name="p", targets=(reminder,)),))
    one = ticket(
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:30 an replied",
        "2026-03-02 09:30 an feedback_requested",
    )
    wake = desk.wake(one, at("2026-03-03 12:00"))
    assert wake.due[0].at == at("2026-03-03 09:00")
    assert isinstance(wake.due[0].command, commands.Remind)
    assert wake.ticket.reminded_at == at("2026-03-03 09:00")


class TestWhatCannotBeIsRefusedWhereItIsMade:
    """A slip in a target or a budget is told by name, before any ticket is judged by it."""

    TARGET = Target(
        id="t",
        clause=ClauseId("8.3"),
        label=Text("t", "t"),
        budget=ServiceTime(timedelta(hours=1)),
        starts=(On(events.Submitted),),
        stops=(On(events.Replied),),
    )

    @pytest.mark.parametrize("kind", [ServiceTime, CalendarTime])
    @pytest.mark.parametrize(
        ("amount", "error"), [(timedelta(hours=-1), ValueError), (60, TypeError), ("1h", TypeError)]
    )
    def test_an_amount_of_time(self, kind, amount, error):
        with pytest.raises(error, match="amount"):
            kind(amount)

    @pytest.mark.parametrize(
        ("days", "error"), [(-1, ValueError), (1.5, TypeError), (True, TypeError), ("2", TypeError)]
    )
    def test_a_number_of_working_days(self, days, error):
        with pytest.raises(error, match="days"):
            WorkingDays(days)

    LAPSES = "LapseConfirmation, LapseFeedback, Remind"

    @pytest.mark.parametrize(
        ("parts", "words"),
        [
            ({"command": "LapseFeedback"}, "command must be a class of commands"),
            ({"command": events.Reminded}, "command must be a class of commands"),
            (
                {"command": commands.Reply},
                f"Reply is nothing that the system does by itself; it does {LAPSES}$",
            ),
            ({"starts": On(events.Submitted)}, "starts must be a tuple of On"),
            ({"stops": [On(events.Replied)]}, "stops must be a tuple of On"),
            ({"cancels": (events.Closed,)}, "cancels must be a tuple of On"),
            ({"thresholds": (0.5,)}, "thresholds must be a tuple of Threshold"),
            ({"budget": timedelta(hours=1)}, "budget must be a budget"),
        ],
    )
    def test_a_part_of_a_target(self, parts, words):
        with pytest.raises(TypeError, match=f"target 't': {words}"):
            evolve(self.TARGET, **parts)

    def test_a_threshold_before_the_start(self):
        early = Threshold(lead=timedelta(hours=2), about=Text("soon", "快到了"))
        told = "^target 't': a threshold 2:00:00 before the end of 1:00:00 lies before the start$"
        with pytest.raises(ValueError, match=told):
            evolve(self.TARGET, budget=ServiceTime(timedelta(hours=1)), thresholds=(early,))
        day = evolve(self.TARGET, budget=SameServiceDay(), thresholds=(early,))
        assert day.thresholds == (early,)  # how long that is nobody knows before it starts

    def test_a_threshold_that_stands_twice(self):
        half = Threshold(share=0.5, about=Text("half", "一半"))
        with pytest.raises(ValueError, match="target 't': the same threshold stands twice"):
            evolve(self.TARGET, thresholds=(half, evolve(half)))

    @pytest.mark.parametrize("parts", [{"share": "half"}, {"share": True}, {"lead": 30}])
    def test_a_threshold_of_another_type(self, parts):
        with pytest.raises(TypeError, match="a threshold's"):
            Threshold(about=Text("", ""), **parts)

    def test_a_book_of_other_things_than_policies(self):
        policy = SlaPolicy(name="p", targets=(self.TARGET,))
        for several in (policy, [policy], (self.TARGET,)):
            with pytest.raises(TypeError, match="policies must be a tuple of SlaPolicy"):
                PolicyBook(several, CALENDAR)

    def test_a_policy_without_a_name_or_with_other_things_than_targets(self):
        with pytest.raises(ValueError, match="name must not be blank"):
            SlaPolicy(name=" ", targets=())
        with pytest.raises(TypeError, match="policy 'p': targets must be a tuple of Target"):
            SlaPolicy(name="p", targets=self.TARGET)
