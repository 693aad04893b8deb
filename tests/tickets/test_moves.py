"""How a ticket goes from one pair of hands to another (clause 6)."""

import pytest

from ticketrules.tickets import OPEN, Actor, Role, Status
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e


class TestClause6_1:  # noqa: N801
    """6.1: a transfer carries a note: one's own judgement and what the next agent is to do."""

    def test_with_both_parts_the_next_agent_has_it(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Transfer, to="bo")
        note = desk.ticket.history[-1]
        assert (note.judgement, note.next_step) == ("证书已过期", "更换证书")
        assert (desk.ticket.agent, desk.ticket.status) == ("bo", Status.IN_PROGRESS)

    @pytest.mark.parametrize(
        "note",
        [
            {"judgement": ""},
            {"next_step": ""},
            {"judgement": " ", "next_step": "\n"},
        ],
    )
    def test_with_a_part_missing_it_is_refused(self, desk, cited, note):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Transfer, **note)) == ["6.1"]
        assert desk.ticket.agent == "an"

    @pytest.mark.parametrize(
        "status", [Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION, Status.RESOLVED]
    )
    def test_a_ticket_that_needs_no_work_is_not_transferred(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.Transfer)) == ["6.1"]

    @pytest.mark.parametrize("role", [Role.CUSTOMER, Role.PLATFORM, Role.SYSTEM])
    def test_only_an_agent_transfers(self, desk, cited, role):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Transfer, by=role)) == ["6.1"]

    def test_a_recorded_transfer_without_a_note_is_folded_and_departs(self, desk, cited):
        desk.at(Status.IN_PROGRESS).recorded(e.Transferred, judgement="", next_step="")
        assert cited(desk.ticket) == ["6.1"]
        assert desk.ticket.agent == "bo"


class TestClause6_2:  # noqa: N801
    """6.2: the customer is answered before a transfer."""

    def test_with_the_first_message_unanswered_it_is_refused(self, desk, cited):
        desk.given(c.Submit, c.Accept)
        assert cited(desk.when(c.Transfer)) == ["6.2"]

    def test_with_a_later_message_unanswered_it_is_refused(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        assert cited(desk.when(c.Transfer)) == ["6.2"]

    def test_after_the_answer_it_goes_through(self, desk):
        desk.given(c.Submit, c.Accept, c.Reply, c.Transfer)
        assert desk.ticket.agent == "bo"

    @pytest.mark.parametrize("command", [c.Note, c.Clarify, c.Verify])
    def test_internal_work_is_no_answer(self, desk, cited, command):
        desk.given(c.Submit, c.Accept, command)
        assert cited(desk.when(c.Transfer)) == ["6.2"]

    def test_note_and_answer_missing_are_told_together(self, desk, cited):
        desk.given(c.Submit)
        assert cited(desk.when(c.Transfer, judgement="")) == ["6.1", "6.2"]


class TestClause6_3:  # noqa: N801
    """6.3: a dispatch goes to an agent who is online, or to one who was told."""

    def test_to_an_agent_online(self, desk):
        desk.given(c.Submit).given(c.Dispatch, to="bo")
        assert (desk.ticket.agent, desk.ticket.status) == ("bo", Status.NEW)

    def test_to_an_agent_offline_who_was_not_told_it_is_refused(self, desk, cited):
        desk.given(c.Submit)
        assert cited(desk.when(c.Dispatch, online=False)) == ["6.3"]

    def test_to_an_agent_offline_who_was_told(self, desk):
        desk.given(c.Submit).given(c.Dispatch, to="bo", online=False, told=True)
        assert desk.ticket.agent == "bo"

    @pytest.mark.parametrize("role", [Role.AGENT, Role.SYSTEM, Role.PLATFORM])
    @pytest.mark.parametrize("status", sorted(OPEN, key=str))
    def test_agents_platform_and_system_dispatch_any_open_ticket(self, desk, role, status):
        desk.at(status).given(c.Dispatch, by=role)
        assert (desk.ticket.agent, desk.ticket.status) == ("bo", status)

    @pytest.mark.parametrize("command", [c.Dispatch, c.Transfer, c.HandOver])
    @pytest.mark.parametrize(("online", "told"), [(True, False), (True, True), (False, True)])
    def test_however_it_comes_who_is_offline_was_told(self, desk, command, online, told):
        desk.at(Status.IN_PROGRESS)
        outcome = desk.when(command, to="bo", online=online, told=told)
        event = outcome.events[-1]
        assert (event.online, event.told, outcome.ticket.agent) == (online, told, "bo")

    @pytest.mark.parametrize("command", [c.Dispatch, c.Transfer, c.HandOver])
    def test_however_it_comes_who_is_offline_and_was_not_is_refused(self, desk, cited, command):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(command, online=False)) == ["6.3"]

    @pytest.mark.parametrize(
        ("command", "clause"), [(c.Dispatch, "6.3"), (c.Transfer, "6.3"), (c.HandOver, "3.5")]
    )
    def test_a_receiver_without_a_name_is_refused(self, desk, cited, command, clause):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(command, to=" ")) == [clause]

    @pytest.mark.parametrize("kind", [e.Transferred, e.HandedOver])
    def test_a_recorded_move_to_an_untold_agent_departs(self, desk, cited, kind):
        desk.at(Status.IN_PROGRESS).recorded(kind, online=False)
        assert cited(desk.ticket) == ["6.3"]
        assert desk.ticket.agent == "bo"

    def test_a_transfer_tells_all_that_is_wrong_with_it(self, desk, cited):
        desk.given(c.Submit, c.Accept)
        refusal = desk.when(c.Transfer, to="", online=False, judgement="")
        assert cited(refusal) == ["6.1", "6.2", "6.3", "6.3"]

    def test_a_customer_does_not_dispatch(self, desk, cited):
        desk.given(c.Submit)
        assert cited(desk.when(c.Dispatch, by=Role.CUSTOMER)) == ["6.3"]

    def test_a_resolved_ticket_is_not_dispatched(self, desk, cited):
        desk.at(Status.RESOLVED)
        assert cited(desk.when(c.Dispatch)) == ["6.3"]

    def test_a_recorded_dispatch_to_an_untold_agent_is_folded_and_departs(self, desk, cited):
        desk.recorded(e.Submitted).recorded(e.Dispatched, online=False)
        assert cited(desk.ticket) == ["6.3"]
        assert desk.ticket.agent == "bo"


class TestClause6_4:  # noqa: N801
    """6.4: a dispatch to the platform carries a note and a reply; the platform holds it then."""

    def test_the_reply_comes_first_and_then_the_platform_holds_it(self, desk, kinds):
        desk.at(Status.IN_PROGRESS)
        outcome = desk.when(c.Escalate)
        assert kinds(outcome) == [e.Replied, e.EscalatedToPlatform]
        assert outcome.ticket.with_platform_since == desk.now
        assert outcome.ticket.status is Status.IN_PROGRESS

    def test_it_answers_the_customer(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Write, c.Escalate)
        assert desk.ticket.unanswered_since is None

    def test_what_awaited_feedback_goes_back_into_work(self, desk):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Escalate)
        assert desk.ticket.status is Status.IN_PROGRESS
        assert desk.ticket.with_platform_since == desk.now

    def test_without_a_note_it_is_refused(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Escalate, note=" ")) == ["6.4"]

    def test_without_a_reply_it_is_refused(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Escalate, reply=" ")) == ["6.4"]

    def test_note_and_reply_missing_are_told_together(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        refusal = desk.when(c.Escalate, note="", reply="")
        assert cited(refusal) == ["6.4", "6.4"]
        assert len(set(refusal.reasons)) == 2

    def test_what_the_platform_holds_is_not_escalated_again(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        since = desk.ticket.with_platform_since
        assert cited(desk.when(c.Escalate)) == ["6.4"]
        desk.recorded(e.EscalatedToPlatform)
        assert desk.ticket.with_platform_since == since

    @pytest.mark.parametrize("status", [Status.AWAITING_CONFIRMATION, Status.RESOLVED])
    def test_what_is_solved_is_not_escalated(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.Escalate)) == ["6.4"]

    @pytest.mark.parametrize("command", [c.Transfer, c.RequestFeedback, c.Escalate])
    def test_what_the_platform_holds_stays_there(self, desk, cited, command):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        assert cited(desk.when(command)) == ["6.4"]
        desk.given(c.ReturnFromPlatform)
        assert desk.when(command)

    @pytest.mark.parametrize(
        "command", [c.Reply, c.Note, c.PromiseResolution, c.ProposeSolution, c.HandOver, c.Close]
    )
    def test_but_it_may_be_answered_solved_handed_over_and_closed(self, desk, command):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        assert desk.when(command)

    def test_a_recorded_wait_while_the_platform_holds_it_departs(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Escalate).recorded(e.Replied, e.FeedbackRequested)
        assert cited(desk.ticket) == ["6.4"]

    def test_the_platform_gives_it_back(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Escalate, c.ReturnFromPlatform)
        assert desk.ticket.with_platform_since is None
        assert desk.ticket.status is Status.IN_PROGRESS

    def test_nothing_comes_back_that_the_platform_does_not_hold(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.ReturnFromPlatform)) == ["6.4"]

    def test_only_the_platform_gives_it_back(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        assert cited(desk.when(c.ReturnFromPlatform, by=Role.AGENT)) == ["6.4"]

    def test_closing_ends_the_platforms_hold(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Escalate, c.Close)
        assert desk.ticket.with_platform_since is None


class TestClause6_6:  # noqa: N801
    """6.6: a shift's unfinished ticket goes over with cause, handler, progress and next step."""

    @pytest.mark.parametrize("status", sorted(OPEN, key=str))
    def test_with_all_four_parts_the_colleague_has_it(self, desk, status):
        desk.at(status).given(c.HandOver, to="chen")
        assert (desk.ticket.agent, desk.ticket.status) == ("chen", status)

    @pytest.mark.parametrize("part", ["cause", "handler", "progress", "next_step"])
    def test_with_any_part_missing_it_is_refused(self, desk, cited, part):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.HandOver, **{part: "\u3000"})) == ["6.6"]

    def test_a_note_and_a_colleague_missing_are_told_together(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.HandOver, to="", progress="")) == ["3.5", "6.6"]

    def test_only_an_agent_hands_over(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.HandOver, by=Role.SYSTEM)) == ["6.6"]

    def test_a_recorded_handover_without_its_note_is_folded_and_departs(self, desk, cited):
        desk.at(Status.IN_PROGRESS).recorded(e.HandedOver, cause="")
        assert cited(desk.ticket) == ["6.6"]
        assert desk.ticket.agent == "bo"


class TestWhoHoldsIt:
    """The agent of a ticket is the last one to whom it was given or who took it."""

    def test_the_first_agent_to_answer_holds_what_nobody_held(self, desk):
        desk.recorded(e.Submitted, e.Replied)
        assert desk.ticket.agent == "an"

    def test_another_agents_answer_takes_nothing_away(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Reply, by=Actor(Role.AGENT, "wu"))
        assert desk.ticket.agent == "an"

    def test_an_agent_without_an_id_keeps_the_holder(self, desk):
        desk.given(c.Submit, c.Dispatch).given(c.Accept, by=Actor(Role.AGENT))
        assert desk.ticket.agent == "bo"

    @pytest.mark.parametrize("role", [Role.SYSTEM, Role.PLATFORM])
    def test_no_message_of_others_makes_an_agent(self, desk, role):
        desk.given(c.Submit).given(c.Reply, by=role)
        assert desk.ticket.agent is None


class TestTheReceiver:
    """3.5, 6.1: a colleague takes it on, and not the one who gives it away."""

    @pytest.mark.parametrize("kind", [c.Transfer, c.HandOver])
    def test_is_another_agent_than_the_giver(self, desk, cited, kind):
        desk.at(Status.IN_PROGRESS)
        giver = desk.ticket.agent
        refusal = desk.when(kind, to=giver, by=Actor(Role.AGENT, giver))
        assert cited(refusal) == ["6.1"]
        assert desk.when(kind, to="somebody else", by=Actor(Role.AGENT, giver))
