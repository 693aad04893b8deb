"""The smallest remedy: what must be done by when so that nothing more breaches."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve, fields_dict
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.errors import NaiveTimeError
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    On,
    PolicyBook,
    ServiceTime,
    SlaPolicy,
    Target,
    Verdict,
    merge_remedies,
    remedies,
)
from ticketrules.tickets import SYSTEM, Actor, Decision, Role, Status, decide, events
from ticketrules.tickets import commands as c

from .allowed import allowed
from .histories import histories
from .stories import at, instant_of, ticket_of

DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""

MOMENT = timedelta(microseconds=1)

SUBMITTED = "2026-03-02 09:00 customer submitted"
ANSWERED = (SUBMITTED, "2026-03-02 09:10 an replied")
STOPPING = (SUBMITTED, "2026-03-02 09:00 system marked_business_stopping")


HELD = Text("the platform holds it", "平台处理中")


def plan(ticket, now, book=DESK.clocks):
    return remedies(book, ticket, book.read(ticket, now), now)


def told(story, when):
    """Each remedy as command, clauses and time."""
    return [(one.command, one.clauses, one.by) for one in plan(story.ticket, at(when))]


class TestOneForSeveral:
    """What one command does at once counts once."""

    def test_one_answer_serves_the_first_response_and_the_next_reply(self, tell):
        (one,) = plan(tell(SUBMITTED).ticket, at("2026-03-02 09:00"))
        assert (one.command, one.by) == (c.Reply, at("2026-03-02 09:15"))
        assert one.clauses == ("8.1", "8.3")
        assert [served.by for served in one.serves] == [
            at("2026-03-02 09:15"),
            at("2026-03-02 13:00"),
        ]
        assert (one.role, one.agent, one.first, one.is_late) == (Role.AGENT, None, None, False)
        assert str(one) == "answer the customer [8.1, 8.3]"
        assert one.text.zh == "回复客户"

    def test_announcing_a_time_carries_the_answer(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 10:05 an clarified",
        )
        assert told(story, "2026-03-02 10:05") == [
            (c.PromiseResolution, ("8.2", "8.3"), at("2026-03-02 10:35"))
        ]

    def test_proposing_the_solution_serves_the_day_the_promise_and_the_question(self, tell):
        story = tell(
            *STOPPING,
            "2026-03-02 09:10 an replied",
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-02T16:00",
            "2026-03-02 15:00 customer customer_wrote",
        )
        assert told(story, "2026-03-02 15:00") == [
            (c.ProposeSolution, ("7.1", "8.2", "8.3"), at("2026-03-02 16:00"))
        ]

    def test_nobody_is_asked_for_more_or_sooner_than_a_clock_asks(self, tell):
        story = tell(*STOPPING, "2026-03-02 09:05 an clarified")
        assert told(story, "2026-03-02 09:06") == [
            (c.Reply, ("8.1", "8.3"), at("2026-03-02 09:15")),
            (c.PromiseResolution, ("8.2",), at("2026-03-02 09:35")),
            (c.ProposeSolution, ("7.1",), at("2026-03-02 18:00")),
        ]

    def test_a_customer_who_says_that_it_is_solved_is_answered_by_resolving_it(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 an clarified",
            "2026-03-02 10:10 customer customer_wrote kind=solved",
        )
        (one,) = plan(story.ticket, at("2026-03-02 10:10"))
        assert (one.command, one.clauses) == (c.MarkResolved, ("8.2", "8.3"))
        assert (one.by, one.agent) == (at("2026-03-02 10:30"), "an")

    def test_a_ticket_that_waits_for_nothing_needs_nothing(self, tell):
        assert told(tell(*ANSWERED), "2026-03-02 10:00") == []

    def test_a_closed_ticket_needs_nothing(self, tell):
        story = tell(SUBMITTED, "2026-03-02 09:01 customer closed")
        assert told(story, "2026-03-02 10:00") == []

    def test_before_its_submission_there_is_nothing_to_do(self, tell):
        assert told(tell(SUBMITTED), "2026-03-02 08:59") == []


class TestTooLate:
    """What was missed is due at once, and told apart from what can still be kept."""

    def test_a_missed_first_response_makes_the_answer_due_at_once(self, tell):
        (one,) = plan(tell(SUBMITTED).ticket, at("2026-03-02 09:20"))
        assert (one.command, one.by) == (c.Reply, at("2026-03-02 13:00"))
        assert one.is_late
        assert one.late_since == at("2026-03-02 09:15")
        assert [(served.clause, served.is_late) for served in one.serves] == [
            ("8.1", True),
            ("8.3", False),
        ]

    def test_a_missed_day_asks_for_the_phone_call_and_still_for_the_solution(self, tell):
        story = tell(*STOPPING, "2026-03-02 09:10 an replied")
        assert told(story, "2026-03-03 09:00") == [
            (c.RecordCall, ("7.1",), None),
            (c.ProposeSolution, ("7.1",), None),
        ]
        call, solution = plan(story.ticket, at("2026-03-03 09:00"))
        assert call.late_since == solution.late_since == at("2026-03-02 18:00")
        assert call.text.zh == "电话联系客户并记录沟通结果"

    def test_a_promise_for_a_time_that_had_passed_was_missed_when_it_was_made(self, tell):
        promise = "2026-03-02 10:00 an resolution_promised promised_for=2026-03-02T09:30"
        (one,) = plan(tell(*ANSWERED, promise).ticket, at("2026-03-02 11:00"))
        assert (one.command, one.late_since) == (c.ProposeSolution, at("2026-03-02 10:00"))
        assert [served.by for served in one.serves] == [at("2026-03-02 10:00")]

    @pytest.mark.parametrize("called", ["18:00", "18:30"])
    def test_once_phoned_only_the_solution_is_due(self, tell, called):
        story = tell(
            *STOPPING,
            "2026-03-02 09:10 an replied",
            f"2026-03-02 {called} an called",
        )
        assert [one[0] for one in told(story, "2026-03-03 09:00")] == [c.ProposeSolution]

    def test_a_missed_solution_lets_nobody_off_the_answer_that_is_still_due(self, tell):
        story = tell(
            *STOPPING,
            "2026-03-02 09:10 an replied",
            "2026-03-03 09:00 customer customer_wrote",
        )
        assert told(story, "2026-03-03 09:00") == [
            (c.RecordCall, ("7.1",), None),
            (c.ProposeSolution, ("7.1",), None),
            (c.Reply, ("8.3",), at("2026-03-03 13:00")),
        ]

    def test_a_solution_that_is_due_lets_nobody_off_the_answer_that_was_missed(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-05T16:00",
            "2026-03-02 10:00 customer customer_wrote",
        )
        first, second = plan(story.ticket, at("2026-03-02 15:00"))
        assert (first.command, first.by, first.is_late) == (c.Reply, None, True)
        assert (second.command, second.by) == (c.ProposeSolution, at("2026-03-05 16:00"))
        assert [served.clock for served in second.serves] == ["promised_time"]

    def test_several_missed_at_once_are_served_by_one_command(self, tell):
        story = tell(*STOPPING)
        solution, call = plan(story.ticket, at("2026-03-03 10:00"))
        assert (solution.command, solution.clauses) == (c.ProposeSolution, ("7.1", "8.1", "8.3"))
        assert solution.late_since == at("2026-03-02 09:15")
        assert (call.command, call.late_since) == (c.RecordCall, at("2026-03-02 18:00"))


class TestPaused:
    """What is paused has a command and no time."""

    def test_a_question_at_the_platform(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 11:00 an escalated_to_platform",
        )
        (one,) = plan(story.ticket, at("2026-03-02 17:00"))
        assert (one.command, one.by, one.late_since) == (c.Reply, None, None)
        assert not one.is_late
        assert [served.by for served in one.serves] == [None]

    def test_of_two_that_stand_still_the_one_with_less_left_comes_first(self, tell):
        story = tell(*STOPPING, "2026-03-02 09:10 an escalated_to_platform")
        assert told(story, "2026-03-02 10:00") == [
            (c.Reply, ("8.1", "8.3"), None),
            (c.ProposeSolution, ("7.1",), None),
        ]

    def test_what_a_running_clock_asks_for_anyway_is_asked_once(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-05T16:00",
            "2026-03-02 10:00 customer customer_wrote",
            "2026-03-02 11:00 an escalated_to_platform",
        )
        assert told(story, "2026-03-02 12:00") == [
            (c.ProposeSolution, ("8.2", "8.3"), at("2026-03-05 16:00"))
        ]

    def test_a_time_that_is_owed_while_the_customer_has_the_ball(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 10:00 an clarified",
            "2026-03-02 10:10 an feedback_requested",
        )
        waiting = plan(story.ticket, at("2026-03-02 11:00"))
        assert [(one.command, one.first, one.by) for one in waiting] == [
            (c.Remind, None, at("2026-03-05 00:00")),
            (c.LapseFeedback, None, at("2026-03-12 00:00")),
            (c.PromiseResolution, c.Accept, None),
        ]


class TestTheSystemsSteps:
    """The ladder of 9 is the system's, with a window to do each step in."""

    WAITING = (*ANSWERED, "2026-03-02 10:00 an feedback_requested")

    def test_each_step_with_its_window(self, tell):
        steps = plan(tell(*self.WAITING).ticket, at("2026-03-02 11:00"))
        assert [(one.command, one.not_before, one.by, one.clauses) for one in steps] == [
            (c.Remind, at("2026-03-04 09:00"), at("2026-03-05 00:00"), ("9.1",)),
            (c.LapseFeedback, at("2026-03-11 10:00"), at("2026-03-12 00:00"), ("9.2",)),
        ]
        assert {(one.role, one.agent) for one in steps} == {(Role.SYSTEM, None)}

    def test_the_confirmation(self, tell):
        story = tell(*ANSWERED, "2026-03-02 10:00 an solution_proposed")
        (one,) = plan(story.ticket, at("2026-03-02 11:00"))
        assert (one.command, one.clauses) == (c.LapseConfirmation, ("9.3",))
        assert one.not_before == at("2026-03-05 10:00")

    def test_a_solution_before_it_takes_its_ground_away(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-04T12:00",
            "2026-03-02 10:00 an feedback_requested",
        )
        assert told(story, "2026-03-02 11:00") == [
            (c.ProposeSolution, ("8.2",), at("2026-03-04 12:00"))
        ]

    def test_a_confirmation_before_the_promised_time_takes_its_ground_away(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-24T12:00",
            "2026-03-02 10:00 an feedback_requested",
            "2026-03-11 10:00 system feedback_lapsed",
        )
        assert told(story, "2026-03-11 11:00") == [
            (c.LapseConfirmation, ("9.3",), at("2026-03-17 00:00"))
        ]

    def test_a_promised_time_under_待确认_needs_the_ticket_taken_back_first(self, tell):  # noqa: N802, PLC2401 - a status has no other name
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-12T12:00",
            "2026-03-02 10:00 an feedback_requested",
            "2026-03-11 10:00 system feedback_lapsed",
        )
        (one,) = plan(story.ticket, at("2026-03-11 11:00"))
        assert (one.command, one.first) == (c.ProposeSolution, c.Accept)
        assert one.by == at("2026-03-12 12:00")

    def test_no_step_goes_over_the_head_of_a_customer_without_an_answer(self, tell):
        story = tell(SUBMITTED, "2026-03-02 09:10 an feedback_requested")
        found = plan(story.ticket, at("2026-03-04 10:00"))
        assert [(one.command, one.first) for one in found] == [
            (c.Reply, None),
            (c.Remind, c.Reply),
            (c.LapseFeedback, None),  # by then the customer has the answer
        ]

    def test_a_reminder_that_was_missed_gives_way_to_a_lapse_that_was_missed(self, tell):
        (one,) = plan(tell(*self.WAITING).ticket, at("2026-03-13 10:00"))
        assert (one.command, one.is_late) == (c.LapseFeedback, True)
        assert one.clauses == ("9.2",)

    def test_the_system_does_not_wait_for_an_agent_who_is_late(self, tell):
        story = tell(
            *ANSWERED,
            "2026-03-02 09:20 an resolution_promised promised_for=2026-03-04T12:00",
            "2026-03-02 10:00 an feedback_requested",
        )
        assert [one[0] for one in told(story, "2026-03-13 10:00")] == [
            c.ProposeSolution,
            c.LapseFeedback,
        ]


def own(name, stop, hours=1, start=events.Submitted, clause="8.3", **more):
    """A target of a host's own, of so many hours."""
    return Target(
        id=name,
        clause=ClauseId(clause),
        label=Text(name, name),
        budget=ServiceTime(timedelta(hours=hours)),
        starts=(On(start),),
        stops=(stop,),
        **more,
    )


def at_rest(ticket):
    return HELD if ticket.with_platform_since else None


class TestOtherPolicies:
    """What serves a clock is read off its target and the lifecycle."""

    def book(self, *targets):
        return PolicyBook((SlaPolicy(name="own", targets=targets),), DESK.calendar)

    def test_a_clock_that_a_promise_stops(self, tell):
        book = self.book(own("plan", On(events.ResolutionPromised), clause="8.2"))
        (one,) = plan(tell(SUBMITTED).ticket, at("2026-03-02 09:00"), book)
        assert (one.command, one.by) == (c.PromiseResolution, at("2026-03-02 10:00"))

    def test_a_clock_that_leaving_a_status_stops(self, tell):
        book = self.book(
            own(
                "taken up",
                On(events.Replied, lambda _event, ticket: ticket.status is not Status.NEW),
                clause="5.2",
            )
        )
        (one,) = plan(tell(SUBMITTED).ticket, at("2026-03-02 09:00"), book)
        assert (one.command, one.clauses) == (c.Reply, ("5.2",))

    def test_what_nobody_can_stop_hides_nothing_that_somebody_can(self, tell):
        closing, reply = (
            own(kind.name, On(kind), amount, paused=at_rest)
            for kind, amount in ((events.Closed, 1), (events.Replied, 2))
        )
        book = self.book(closing, reply)
        for lines, when, by in (
            ((), "2026-03-02 09:00", at("2026-03-02 11:00")),
            ((), "2026-03-02 12:00", None),  # both are missed
            (("2026-03-02 09:30 an escalated_to_platform",), "2026-03-02 12:00", None),
        ):
            (one,) = plan(tell(SUBMITTED, *lines).ticket, at(when), book)
            assert (one.command, one.by) == (c.Reply, by)

    def test_a_clock_that_only_the_customer_stops_has_no_remedy(self, tell):
        book = self.book(own("closing", On(events.Closed), clause="5.1"))
        for when in ("2026-03-02 09:00", "2026-03-02 12:00"):
            assert plan(tell(SUBMITTED).ticket, at(when), book) == ()

    def test_clocks_of_one_deadline_take_the_command_that_does_for_most(self, tell):
        book = self.book(
            own("answer", On(events.Replied)), own("promise", On(events.ResolutionPromised))
        )
        (one,) = plan(tell(SUBMITTED).ticket, at("2026-03-02 09:00"), book)
        assert one.command is c.PromiseResolution
        assert [served.clock for served in one.serves] == ["answer", "promise"]

    def test_of_two_at_rest_with_as_much_left_the_command_that_does_for_both(self, tell):
        answer, promise = (
            own(name, On(event), paused=at_rest)
            for name, event in (("a", events.Replied), ("p", events.ResolutionPromised))
        )
        held = tell(SUBMITTED, "2026-03-02 09:30 an escalated_to_platform")
        (one,) = plan(held.ticket, at("2026-03-02 12:00"), self.book(answer, promise))
        assert (one.command, one.by) == (c.PromiseResolution, None)
        assert [served.clock for served in one.serves] == ["a", "p"]

    def test_a_condition_sees_the_ticket_as_it_was_before_the_plan_and_who_acts(self, tell):
        seen = []

        def by_its_agent(event, ticket):
            seen.append((ticket.opened_at, ticket.agent, event.by))
            return ticket.agent == event.by.id

        book = self.book(
            own("own answer", On(events.Replied, by_its_agent), 4, events.CustomerWrote)
        )
        lines = ("2026-03-02 09:20 an accepted", "2026-03-02 10:00 customer customer_wrote")
        (one,) = plan(tell(*ANSWERED, *lines).ticket, at("2026-03-02 10:30"), book)
        assert (one.command, one.agent) == (c.Reply, "an")
        assert set(seen) == {(at("2026-03-02 09:00"), "an", Actor(Role.AGENT, "an"))}

    def test_the_system_acts_in_its_own_name(self, tell):
        (usual,) = (one for one in Policy().sla_targets() if one.id == "feedback_reminder")
        by_system = On(events.Reminded, lambda event, _ticket: event.by == SYSTEM)
        book = self.book(evolve(usual, stops=(by_system,)))
        lines = ("2026-03-02 09:20 an accepted", "2026-03-02 10:00 an feedback_requested")
        (one,) = plan(tell(*ANSWERED, *lines).ticket, at("2026-03-02 11:00"), book)
        assert (one.command, one.role) == (c.Remind, Role.SYSTEM)

    def test_a_reading_of_another_book_is_no_reading(self, tell):
        ticket, now = tell(SUBMITTED).ticket, at("2026-03-02 09:00")
        with pytest.raises(KeyError):
            remedies(self.book(), ticket, DESK.clocks.read(ticket, now), now)

    def test_an_instant_without_a_zone_is_refused(self, tell):
        naive = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).replace(tzinfo=None)
        with pytest.raises(NaiveTimeError):
            remedies(DESK.clocks, tell(SUBMITTED).ticket, (), naive)


class TestADesk:
    """The remedies of many tickets in one list."""

    def test_in_the_order_in_which_they_are_due(self, tell):
        now = at("2026-03-02 10:00")
        late, soon = tell(SUBMITTED), tell("2026-03-02 09:50 customer submitted")
        paused = tell(*ANSWERED, "2026-03-02 09:20 customer customer_wrote")
        held = tell(
            *ANSWERED,
            "2026-03-02 09:20 customer customer_wrote",
            "2026-03-02 09:30 an escalated_to_platform",
        )
        merged = merge_remedies(plan(one.ticket, now) for one in (held, paused, soon, late))
        assert [(one.by, one.is_late) for one in merged] == [
            (at("2026-03-02 13:00"), True),
            (at("2026-03-02 10:05"), False),
            (at("2026-03-02 13:20"), False),
            (None, False),
        ]

    def test_a_desk_without_tickets(self):
        assert merge_remedies([]) == ()


def done(ticket, remedy, now):
    """The ticket after a remedy, with what has to come first; None where that is refused."""
    parts = {"reply": "您好", "outcome": "已电话说明", "promised_for": now + timedelta(hours=2)}
    for kind in (remedy.first, remedy.command):
        if kind is None:
            continue
        own = {name: parts[name] for name in fields_dict(kind) if name in parts}
        command = kind(
            id=f"{kind.__name__} {ticket.version}",
            by=Actor(Role.SYSTEM)
            if remedy.role is Role.SYSTEM and kind is remedy.command
            else Actor(Role.AGENT, "an"),
            **own,
        )
        outcome = decide(ticket, command, now, due_at=remedy.not_before)
        if not isinstance(outcome, Decision):
            return None
        ticket = outcome.ticket
    return ticket


def in_time(found):
    """The remedies that have a deadline, in the order of the deadlines."""
    return sorted((one for one in found if one.by is not None), key=lambda one: one.by)


def by_cycle(readings):
    return {(one.clock, one.cycle): one for one in readings}


class TestLaws:
    """Enough, and no more than that."""

    @patient
    @given(history=histories())
    def test_each_done_at_its_deadline_keeps_what_it_is_there_for(self, history):
        facts, now = history
        ticket, now = ticket_of(facts), instant_of(now)
        for remedy in in_time(plan(ticket, now)):
            ticket = done(ticket, remedy, remedy.by)
            assert ticket is not None
            after = by_cycle(DESK.clocks.read(ticket, remedy.by))
            for served in remedy.serves:
                reading = after[served.clock, served.cycle]
                assert not reading.is_open
                assert served.is_late or reading.verdict is Verdict.MET

    @patient
    @given(history=histories())
    def test_all_done_at_their_deadlines_leave_nothing_more_to_break(self, history):
        facts, now = history
        ticket, now = allowed(facts), instant_of(now)
        running = [
            key
            for key, one in by_cycle(DESK.clocks.read(ticket, now)).items()
            if one.verdict is Verdict.RUNNING
        ]
        due = in_time(plan(ticket, now))
        assert bool(due) == bool(running)
        for remedy in due:
            ticket = done(ticket, remedy, remedy.by)
        last = due[-1].by + MOMENT if due else now
        after = by_cycle(DESK.clocks.read(ticket, last))
        assert {after[key].verdict for key in running} <= {Verdict.MET, Verdict.CANCELLED}

    @patient
    @given(history=histories(), data=st.data())
    def test_any_one_left_out_breaks_what_it_was_there_for(self, history, data):
        facts, now = history
        ticket, now = ticket_of(facts), instant_of(now)
        due = in_time(plan(ticket, now))
        assume(due)
        left_out = data.draw(st.sampled_from(due))
        for remedy in due:
            if remedy is not left_out and remedy.by <= left_out.by:
                ticket = done(ticket, remedy, remedy.by) or ticket
        after = by_cycle(DESK.clocks.read(ticket, left_out.by + MOMENT))
        owed = [one for one in left_out.serves if one.by == left_out.by and not one.is_late]
        assert owed
        for served in owed:
            reading = after[served.clock, served.cycle]
            assert reading.verdict is Verdict.BREACHED
            assert reading.breached_at == left_out.by

    @patient
    @given(history=histories())
    def test_what_was_missed_is_over_once_its_remedy_is_done(self, history):
        facts, now = history
        ticket, now = ticket_of(facts), instant_of(now)
        for remedy in plan(ticket, now):
            if remedy.is_late and remedy.command is not c.RecordCall:
                after = by_cycle(DESK.clocks.read(done(ticket, remedy, now), now))
                for served in remedy.serves:
                    assert not served.is_late or not after[served.clock, served.cycle].is_open

    @patient
    @given(history=histories())
    def test_no_clock_is_served_twice_and_no_command_given_twice(self, history):
        facts, now = history
        found = plan(ticket_of(facts), instant_of(now))
        commands = [one.command for one in found]
        assert len(set(commands)) == len(commands)
        served = [
            (one.clock, one.cycle)
            for remedy in found
            if remedy.command is not c.RecordCall
            for one in remedy.serves
        ]
        assert len(set(served)) == len(served)

    @patient
    @given(history=histories())
    def test_they_stand_in_order(self, history):
        facts, now = history
        found = plan(ticket_of(facts), instant_of(now))
        times = [one.late_since or one.by for one in found]
        known = [one for one in times if one is not None]
        assert times == sorted(known) + [None] * (len(times) - len(known))
        assert merge_remedies([found]) == found
