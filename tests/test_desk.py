"""The desk: commands in, decisions out; tickets in, assessments out (2.1, 7, 9)."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import ticketrules
from ticketrules import (
    SYSTEM,
    Actor,
    Assessment,
    Decision,
    Desk,
    MessageKind,
    Policy,
    Refusal,
    Role,
    Status,
    Urgency,
    Verdict,
    commands,
    evaluate,
    events,
    marketplace,
    order,
    replay,
)
from ticketrules.assessment import call_owed
from ticketrules.calendar import ServiceHours
from ticketrules.errors import CalendarError, HistoryError, NaiveTimeError
from ticketrules.routing import Agent, Roster, Routing, Shift
from ticketrules.sla import Promises, check_proof

SHANGHAI = timezone(timedelta(hours=8))
CUSTOMER = Actor(Role.CUSTOMER, "zhang")
AN = Actor(Role.AGENT, "an")
PLATFORM = Actor(Role.PLATFORM)
DESK = marketplace()


def at(text):
    """An instant on the desk's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


class Counter:
    """One ticket at the desk's counter; commands are numbered as they come."""

    def __init__(self, desk=DESK):
        self.desk = desk
        self.ticket = None
        self.asked = 0

    def asks(self, when, kind, by=AN, /, **parts):
        """What the desk makes of a command; nothing is done yet."""
        self.asked += 1
        command = kind(id=f"c{self.asked}", by=by, **parts)
        return self.desk.handle(self.ticket, command, at(when))

    def does(self, when, kind, by=AN, /, **parts):
        """Do it; it must be allowed."""
        outcome = self.asks(when, kind, by, **parts)
        assert isinstance(outcome, Decision), str(outcome)
        self.ticket = outcome.ticket
        return self

    def submitted(self, when, ticket="T1"):
        return self.does(when, commands.Submit, CUSTOMER, ticket=ticket, body="网站打不开")

    def sees(self, when) -> Assessment:
        return self.desk.assess(self.ticket, at(when))

    def needs(self, when):
        """Clause, due instant and lateness of every need."""
        return [(need.clause, need.due_at, need.is_late) for need in self.sees(when).needs]


@pytest.fixture
def counter():
    return Counter()


class TestMarketplace:
    """The desk of the rulebook, with every setting at its default."""

    def test_it_is_the_default_policy_put_to_work(self):
        assert marketplace() == Desk(Policy())
        assert marketplace().policy == Policy()
        assert ticketrules.marketplace is marketplace

    def test_its_calendar_is_the_service_calendar(self):
        opening = DESK.calendar.next_opening(at("2026-02-14 18:00"))
        assert opening == at("2026-02-24 09:00")

    def test_its_clocks_are_those_of_the_rulebook(self):
        assert [(target.clause, target.id) for target in DESK.clocks.targets] == [
            ("7.1", "same_day_resolution"),
            ("8.1", "first_response"),
            ("8.2", "resolution_commitment"),
            ("8.2", "promised_time"),
            ("8.3", "next_reply"),
            ("9.1", "feedback_reminder"),
            ("9.2", "feedback_lapse"),
            ("9.3", "confirmation_lapse"),
        ]

    def test_a_desk_is_a_value_of_its_policy(self):
        other = Policy(promises=Promises(next_reply=timedelta(hours=2)))
        assert Desk(other) != DESK
        assert hash(Desk(other)) == hash(Desk(other))
        assert repr(DESK) == f"Desk(policy={DESK.policy!r})"

    def test_it_travels_between_processes(self):
        other = Desk(Policy(promises=Promises(next_reply=timedelta(hours=2))))
        assert pickle.loads(pickle.dumps(other)) == other  # noqa: S301 - our own bytes

    def test_a_policy_whose_days_do_not_exist_makes_no_desk(self):
        hours = ticketrules.ServiceHours(days="XX")
        with pytest.raises(CalendarError, match="XX"):
            Desk(Policy(service_hours=hours))


class TestHandle:
    """Commands: events with the ticket after them, or a refusal; never a bare no."""

    def test_a_life_from_submission_to_closing(self, counter):
        counter.submitted("2026-03-02 10:00")
        counter.does("2026-03-02 10:05", commands.Reply, reply="您好，正在查看")
        counter.does("2026-03-02 10:20", commands.Clarify)
        counter.does(
            "2026-03-02 10:30",
            commands.PromiseResolution,
            promised_for=at("2026-03-02 17:00"),
            reply="今天 17 点前解决",
        )
        counter.does("2026-03-02 16:00", commands.ProposeSolution, reply="已处理，请确认")
        counter.does("2026-03-02 16:30", commands.Confirm, CUSTOMER)
        counter.does("2026-03-02 16:31", commands.Close, CUSTOMER, rating=5)
        seen = counter.sees("2026-03-02 17:00")
        assert seen.ticket == counter.ticket
        assert seen.ticket.status is Status.CLOSED
        assert {one.clock: one.verdict for one in seen.readings} == {
            "first_response": Verdict.MET,
            "resolution_commitment": Verdict.MET,
            "promised_time": Verdict.MET,
            "next_reply": Verdict.MET,
            "confirmation_lapse": Verdict.CANCELLED,
        }
        assert (seen.findings, seen.needs) == ((), ())

    def test_what_the_rules_forbid_is_refused_with_its_clause(self, counter):
        counter.submitted("2026-03-02 10:00")
        outcome = counter.asks(
            "2026-03-02 10:05", commands.Transfer, to="bo", judgement="", next_step=""
        )
        assert isinstance(outcome, Refusal)
        assert [reason.clause for reason in outcome.reasons] == ["6.1", "6.2"]

    def test_a_command_before_the_last_event_is_the_hosts_mistake(self, counter):
        counter.submitted("2026-03-02 10:00")
        for kind, by in ((commands.Accept, AN), (commands.Remind, SYSTEM)):
            with pytest.raises(HistoryError, match="before the ticket's last event"):
                counter.asks("2026-03-02 09:59", kind, by)

    @pytest.mark.parametrize("kind", [commands.Accept, commands.Remind, commands.LapseFeedback])
    def test_a_time_without_a_zone_is_the_hosts_mistake(self, counter, kind):
        counter.submitted("2026-03-02 10:00")
        naive = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - the point of the test
        with pytest.raises(NaiveTimeError):
            DESK.handle(counter.ticket, kind(id="c9", by=AN), naive)
        with pytest.raises(NaiveTimeError):
            DESK.assess(counter.ticket, naive)

    def test_only_a_submission_begins_a_ticket(self):
        for kind in (commands.Accept, commands.Remind):
            with pytest.raises(HistoryError, match="needs a ticket"):
                DESK.handle(None, kind(id="c1", by=AN), at("2026-03-02 10:00"))


class TestLadder:
    """9.1-9.3: the desk knows when the system may act, and lets it act once."""

    @pytest.fixture
    def waiting(self, counter):
        counter.submitted("2026-02-11 10:00")
        return counter.does("2026-02-11 15:00", commands.RequestFeedback, reply="请提供域名")

    def test_the_whole_ladder_over_spring_festival(self, waiting):
        steps = (
            # the working days after Wednesday the 11th: 12, 13, 14 (made up), 24, 25, 26, 27
            ("2026-02-13 09:00", commands.Remind, "9.1", Status.AWAITING_FEEDBACK),
            ("2026-02-27 15:00", commands.LapseFeedback, "9.2", Status.AWAITING_CONFIRMATION),
            ("2026-03-03 15:00", commands.LapseConfirmation, "9.3", Status.RESOLVED),
        )
        for due, kind, clause, status in steps:
            moment_before = (at(due) - timedelta(microseconds=1)).astimezone(SHANGHAI)
            early = waiting.asks(moment_before.replace(tzinfo=None).isoformat(), kind, SYSTEM)
            assert [reason.clause for reason in early.reasons] == [clause]
            assert waiting.needs(moment_before.replace(tzinfo=None).isoformat()) == []
            assert waiting.needs(due) == [(clause, at(due), False)]
            waiting.does(due, kind, SYSTEM)
            assert waiting.ticket.status is status
            assert waiting.needs(due) == []
        assert waiting.ticket.confirmed_by is Role.SYSTEM
        assert waiting.sees("2026-03-10 10:00").findings == ()

    def test_once_is_enough(self, waiting):
        waiting.does("2026-02-13 09:00", commands.Remind, SYSTEM)
        again = waiting.asks("2026-02-13 09:01", commands.Remind, SYSTEM)
        assert [reason.clause for reason in again.reasons] == ["9.1"]

    def test_late_is_allowed_and_told(self, waiting):
        assert waiting.needs("2026-03-02 10:00") == [
            ("9.1", at("2026-02-13 09:00"), True),
            ("9.2", at("2026-02-27 15:00"), True),
        ]
        waiting.does("2026-03-02 10:00", commands.LapseFeedback, SYSTEM)
        (lapse,) = (
            one
            for one in waiting.sees("2026-03-02 10:00").readings
            if one.clock == "feedback_lapse"
        )
        assert (lapse.verdict, lapse.breached_at) == (Verdict.BREACHED, at("2026-02-28 00:00"))

    def test_an_answer_ends_the_wait(self, waiting):
        waiting.does("2026-02-12 10:00", commands.Write, CUSTOMER, body="域名是……")
        outcome = waiting.asks("2026-03-12 10:00", commands.LapseFeedback, SYSTEM)
        assert isinstance(outcome, Refusal)
        assert [need[0] for need in waiting.needs("2026-02-12 10:00")] == ["8.3"]


class TestEarlyLapses:
    """9.2, 9.3: a recorded lapse that came before its time is broken, and a finding says so."""

    def recorded(self, *several):
        kinds = {
            "submitted": (events.Submitted, CUSTOMER),
            "replied": (events.Replied, AN),
            "accepted": (events.Accepted, AN),
            "requested": (events.FeedbackRequested, AN),
            "lapsed": (events.FeedbackLapsed, SYSTEM),
            "confirmed": (events.ConfirmationLapsed, SYSTEM),
        }
        made = []
        for number, (when, what) in enumerate(several, 1):
            kind, by = kinds[what]
            made.append(kind(id=f"e{number}", ticket="T1", at=at(when), by=by))
        return replay(made)

    def test_both_lapses_too_early(self):
        ticket = self.recorded(
            ("2026-03-02 10:00", "submitted"),
            ("2026-03-02 10:05", "accepted"),
            ("2026-03-02 10:05", "replied"),
            ("2026-03-02 10:05", "requested"),
            ("2026-03-04 10:00", "lapsed"),
            ("2026-03-05 10:00", "confirmed"),
        )
        assert ticket.departures == ()
        seen = DESK.assess(ticket, at("2026-03-06 10:00"))
        assert [(one.clause, one.event_id, one.at) for one in seen.findings] == [
            ("9.2", "e5", at("2026-03-04 10:00")),
            ("9.3", "e6", at("2026-03-05 10:00")),
        ]
        broken = {one.clock: one.breached_at for one in seen.readings if one.breached_at}
        assert broken["feedback_lapse"] == at("2026-03-04 10:00")
        assert broken["confirmation_lapse"] == at("2026-03-05 10:00")

    def test_before_it_happened_nothing_is_found(self):
        ticket = self.recorded(
            ("2026-03-02 10:00", "submitted"),
            ("2026-03-02 10:05", "accepted"),
            ("2026-03-02 10:05", "replied"),
            ("2026-03-02 10:05", "requested"),
            ("2026-03-04 10:00", "lapsed"),
        )
        assert DESK.assess(ticket, at("2026-03-04 09:59")).findings == ()

    def test_a_late_lapse_is_broken_and_no_finding(self):
        ticket = self.recorded(
            ("2026-03-02 10:00", "submitted"),
            ("2026-03-02 10:05", "accepted"),
            ("2026-03-02 10:05", "replied"),
            ("2026-03-02 10:05", "requested"),
            ("2026-03-16 10:00", "lapsed"),
        )
        seen = DESK.assess(ticket, at("2026-03-16 10:00"))
        (lapse,) = (one for one in seen.readings if one.clock == "feedback_lapse")
        assert (lapse.verdict, seen.findings) == (Verdict.BREACHED, ())

    def test_departures_from_the_lifecycle_are_findings_too(self):
        ticket = self.recorded(("2026-03-02 10:00", "submitted"), ("2026-03-02 10:05", "lapsed"))
        seen = DESK.assess(ticket, at("2026-03-02 11:00"))
        assert seen.findings == ticket.departures
        assert {one.clause for one in seen.findings} == {"9.2"}


class TestNeeds:
    """What has to happen next, by when, most urgent first."""

    def test_a_new_ticket_needs_its_first_response_and_an_answer(self, counter):
        counter.submitted("2026-03-02 10:00")
        assert counter.needs("2026-03-02 10:01") == [
            ("8.1", at("2026-03-02 10:15"), False),
            ("8.3", at("2026-03-02 14:00"), False),
        ]

    def test_a_missed_one_is_late_and_still_needed(self, counter):
        counter.submitted("2026-03-02 10:00")
        assert counter.needs("2026-03-02 10:30")[0] == ("8.1", at("2026-03-02 10:15"), True)

    def test_an_answered_ticket_needs_nothing(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:05", commands.Reply, reply="您好")
        assert counter.needs("2026-03-02 10:06") == []
        assert counter.sees("2026-03-02 10:06").standing.deadline is None

    def test_a_clear_problem_needs_its_time(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:05", commands.Reply, reply="您好")
        counter.does("2026-03-02 10:06", commands.Clarify)
        assert counter.needs("2026-03-02 10:07") == [("8.2", at("2026-03-02 10:36"), False)]

    def test_the_platforms_ticket_needs_nobody_here(self, counter):
        counter.submitted("2026-03-02 10:00")
        counter.does("2026-03-02 10:05", commands.Escalate, note="检查网络", reply="请暂不关闭")
        counter.does("2026-03-02 11:00", commands.Write, CUSTOMER, body="好了吗？")
        assert counter.needs("2026-03-09 10:00") == []
        counter.does("2026-03-09 10:00", commands.ReturnFromPlatform, PLATFORM)
        assert counter.needs("2026-03-09 10:00") == [("8.3", at("2026-03-09 14:00"), False)]

    def test_a_complaint_comes_before_every_clock(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:01", commands.Complain, CUSTOMER)
        assert [need[0] for need in counter.needs("2026-03-02 10:02")] == ["7.2", "8.1", "8.3"]
        counter.does("2026-03-02 10:03", commands.WithdrawComplaint, CUSTOMER)
        assert [need[0] for need in counter.needs("2026-03-02 10:04")] == ["8.1", "8.3"]

    def test_an_unsolved_standstill_needs_the_call_after_its_day(self, counter):
        counter.submitted("2026-03-02 10:00")
        counter.does("2026-03-02 10:00", commands.MarkBusinessStopping)
        counter.does("2026-03-02 10:05", commands.Reply, reply="正在处理")
        assert counter.needs("2026-03-02 18:00") == [("7.1", at("2026-03-02 18:00"), False)]
        (late,) = counter.sees("2026-03-02 18:01").needs
        assert (late.clause, late.due_at, late.is_late) == ("7.1", at("2026-03-02 18:00"), True)
        assert "phone the customer" in late.text.en
        counter.does("2026-03-02 18:10", commands.RecordCall, outcome="已说明，明早解决")
        (still,) = counter.sees("2026-03-02 18:11").needs
        assert (still.clause, still.text.en, still.is_late) == (
            "7.1",
            "solved on the same day",
            True,
        )
        assert counter.sees("2026-03-02 18:11").standing.is_business_stopping

    @pytest.mark.parametrize(
        ("phoned", "owes_call"), [("17:59", True), ("18:00", False), ("18:01", False)]
    )
    def test_only_a_call_after_the_day_is_the_call(self, counter, phoned, owes_call):
        counter.submitted("2026-03-02 10:00")
        counter.does("2026-03-02 10:00", commands.MarkBusinessStopping)
        counter.does("2026-03-02 10:05", commands.Reply, reply="正在处理")
        counter.does(f"2026-03-02 {phoned}", commands.RecordCall, outcome="已说明")
        (need,) = counter.sees("2026-03-02 18:02").needs
        assert need.clause == "7.1"
        assert ("phone the customer" in need.text.en) is owes_call

    def test_a_closed_ticket_needs_nothing(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:01", commands.Complain, CUSTOMER)
        counter.does("2026-03-02 10:02", commands.Close, CUSTOMER)
        assert counter.needs("2026-03-20 10:00") == []

    def test_a_thank_you_needs_no_answer(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:05", commands.Reply, reply="您好")
        counter.does(
            "2026-03-02 10:06", commands.Write, CUSTOMER, body="谢谢", kind=MessageKind.THANKS
        )
        assert counter.needs("2026-03-02 10:07") == []

    def test_every_need_reads_in_both_languages(self, counter):
        counter.submitted("2026-03-02 10:00").does("2026-03-02 10:01", commands.Complain, CUSTOMER)
        counter.does("2026-03-02 10:01", commands.MarkBusinessStopping)
        counter.does("2026-03-02 10:01", commands.Clarify)
        needs = counter.sees("2026-03-03 10:00").needs
        assert [need.clause for need in needs] == ["7.2", "8.1", "8.2", "8.3", "7.1"]
        for need in needs:
            assert need.text.en
            assert need.text.zh


class TestAssess:
    """What the rules make of a ticket at an instant."""

    def test_the_instant_is_kept_in_utc(self, counter):
        counter.submitted("2026-03-02 10:00")
        now = at("2026-03-02 10:05").astimezone(SHANGHAI)
        assert DESK.assess(counter.ticket, now).now.tzinfo is UTC

    def test_the_past_is_seen_as_it_was(self, counter):
        counter.submitted("2026-03-02 10:00")
        then = counter.sees("2026-03-02 10:04")
        counter.does("2026-03-02 10:05", commands.Reply, reply="您好")
        assert counter.sees("2026-03-02 10:04") == then
        assert counter.sees("2026-03-02 10:04").ticket.status is Status.NEW

    def test_a_ticket_of_the_future_does_not_exist_yet(self, counter):
        counter.submitted("2026-03-02 10:00")
        with pytest.raises(HistoryError, match="'T1' does not exist yet"):
            counter.sees("2026-03-02 09:59")

    def test_the_order_of_work(self):
        tickets = {}
        for number, ticket in enumerate(("calm", "asked", "stuck", "angry")):
            one = tickets[ticket] = Counter().submitted(f"2026-03-02 10:0{number}", ticket)
            one.does("2026-03-02 10:05", commands.Reply, reply="您好")
        tickets["asked"].does("2026-03-02 10:06", commands.Write, CUSTOMER, body="请问……")
        tickets["stuck"].does("2026-03-02 10:06", commands.MarkBusinessStopping)
        tickets["angry"].does("2026-03-02 10:06", commands.Complain, CUSTOMER)
        found = order(one.sees("2026-03-02 10:10").standing for one in tickets.values())
        assert [(one.ticket, one.urgency) for one in found] == [
            ("angry", Urgency.COMPLAINT),
            ("stuck", Urgency.BUSINESS_STOPPING),
            ("asked", Urgency.CLOCK),
            ("calm", Urgency.CLOCK),
        ]
        assert [one.deadline for one in found] == [
            None,
            at("2026-03-02 18:00"),
            at("2026-03-02 14:06"),
            None,
        ]

    def test_a_solved_standstill_no_longer_goes_first(self, counter):
        counter.submitted("2026-03-02 10:00")
        counter.does("2026-03-02 10:00", commands.MarkBusinessStopping)
        counter.does("2026-03-02 10:05", commands.ProposeSolution, reply="已处理，请确认")
        assert counter.sees("2026-03-02 10:06").standing.urgency is Urgency.CLOCK
        counter.does("2026-03-02 10:10", commands.Reject, CUSTOMER)
        assert counter.sees("2026-03-02 10:11").standing.urgency is Urgency.BUSINESS_STOPPING
        assert [need[0] for need in counter.needs("2026-03-02 10:11")] == ["8.3", "7.1"]

    def test_no_words_of_the_customer_are_shown(self, counter):
        counter.submitted("2026-03-02 10:00")
        assert "网站打不开" not in repr(counter.sees("2026-03-02 10:30"))


class TestEvaluate:
    """One history, one policy, one instant: the readings, and nothing kept."""

    def test_it_is_what_a_desk_of_the_policy_reads(self, counter):
        counter.submitted("2026-03-02 09:00")
        counter.does("2026-03-02 09:20", commands.Reply, reply="您好，已收到")
        strict = Policy(promises=Promises(first_response=timedelta(minutes=25)))
        history, now = counter.ticket.history, at("2026-03-02 10:00")
        assert evaluate(history, Policy(), now) == DESK.assess(counter.ticket, now).readings
        assert [str(one.verdict) for one in evaluate(history, Policy(), now)] == ["breached", "met"]
        assert [str(one.verdict) for one in evaluate(history, strict, now)] == ["met", "met"]


class TestDue:
    def test_what_is_due_is_what_waking_finds(self, counter):
        counter.submitted("2026-03-02 09:00")
        counter.does("2026-03-02 09:05", commands.RequestFeedback, reply="请提供域名")
        now = at("2026-03-20 09:00")
        due = DESK.due(counter.ticket, now)
        assert due == DESK.wake(counter.ticket, now).due
        assert [one.clause for one in due if one.command] == ["9.1", "9.2", "9.3"]
        assert DESK.next_wakeup(counter.ticket, at("2026-03-02 09:05")) == at("2026-03-04 09:00")

    def test_no_hand_is_needed_for_a_lapse_that_would_be_refused(self, counter):
        counter.submitted("2026-03-02 09:00")
        waits = counter.ticket.history[0]
        asked = events.FeedbackRequested(
            id="e2", ticket=waits.ticket, at=at("2026-03-02 10:00"), by=waits.by
        )
        ticket = ticketrules.replay((waits, asked))
        needs = DESK.assess(ticket, at("2026-03-20 09:00")).needs
        assert [need.clause for need in needs] == ["8.1", "8.3"]


class TestProofsAndRemedies:
    def test_every_reading_of_the_desk_has_a_proof(self, counter):
        counter.submitted("2026-02-13 17:50")
        counter.does("2026-02-14 09:06", commands.RequestFeedback, reply="请提供域名")
        for reading in counter.sees("2026-03-02 09:00").readings:
            proof = DESK.explain(reading)
            check_proof(proof, DESK.calendar)
            assert proof.elapsed == reading.elapsed

    def test_remedies_of_several_tickets_come_in_one_order(self, counter):
        counter.submitted("2026-03-02 09:00")
        first = counter.ticket
        other = Counter()
        other.submitted("2026-03-02 08:00")
        now = at("2026-03-02 09:05")
        plan = DESK.remedies(first, other.ticket, now=now)
        assert [remedy.by for remedy in plan] == [at("2026-03-02 09:15")] * 2
        assert DESK.remedies(first, now=now) == (plan[0],)
        assert DESK.remedies(now=now) == ()


class TestHours:
    """When a desk routes (3.2), and how many agents it wants while it serves (3.3)."""

    def test_tickets_find_agents_in_extended_hours_too(self):
        longer = Desk(Policy(service_hours=ServiceHours(extended_hours=("18:00-21:00",))))
        evening = at("2026-03-02 20:00")
        assert longer.routing_hours.is_open(evening)
        assert not longer.calendar.is_open(evening)
        assert DESK.routing_hours is DESK.calendar

    def test_gaps_are_told_by_the_policys_own_headcount(self):
        shifts = [
            Shift(agent=name, hours="09:00-18:00", on=[date(2026, 3, 2)]) for name in ("an", "bo")
        ]
        roster = Roster(agents=[Agent(id="an"), Agent(id="bo")], shifts=shifts)
        day = at("2026-03-02 00:00"), at("2026-03-03 00:00")
        assert DESK.coverage_gaps(roster, *day) == ()
        wants_three = Desk(Policy(routing=Routing(minimum_on_duty=3)))
        (gap,) = wants_three.coverage_gaps(roster, *day)
        assert (gap.start, gap.end) == (at("2026-03-02 09:00"), at("2026-03-02 18:00"))


def test_a_call_made_since_a_tendency_was_shown_is_owed_no_more():
    """7.3: it asks for a call at once, until it was made."""
    angry = DESK.handle(
        None,
        commands.Submit(id="1", by=CUSTOMER, ticket="T-1", body="再不处理我就去12315投诉你们"),
        at("2026-03-02 09:00"),
    ).ticket
    now = at("2026-03-02 09:02")
    tendency = DESK.tendency(angry, now)
    (owed,) = call_owed(angry, tendency)
    assert owed.clause == "7.3"
    call = commands.RecordCall(id="2", by=AN, outcome="已电话说明")
    assert call_owed(DESK.handle(angry, call, now).ticket, tendency) == ()
