"""The six statuses, who sets them and what a change of status owes the customer (clause 5)."""

import pytest

from ticketrules.tickets import ALIVE, OPEN, WAITING, MessageKind, Role, Status, is_terminal
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e

BLANKS = ["", "   ", "\n", "\u3000"]


class TestClause5_1:  # noqa: N801
    """5.1: six statuses; confirmation is how 已解决 was reached; the customer closes."""

    def test_a_submission_begins_a_ticket(self, desk, kinds):
        assert kinds(desk.when(c.Submit)) == [e.Submitted]

    def test_it_is_new_from_then_on(self, desk):
        desk.given(c.Submit)
        assert desk.ticket.status is Status.NEW
        assert desk.ticket.status_since == desk.ticket.opened_at == desk.now

    def test_one_that_is_recorded_late_begins_nothing_again(self, desk):
        desk.recorded(e.Accepted)
        since = desk.ticket.status_since
        desk.recorded(e.Submitted)
        assert (desk.ticket.status, desk.ticket.status_since) == (Status.IN_PROGRESS, since)

    def test_an_agent_may_submit_for_the_customer(self, desk, kinds):
        assert kinds(desk.when(c.Submit, by=Role.AGENT)) == [e.Submitted]

    @pytest.mark.parametrize("role", [Role.SYSTEM, Role.PLATFORM])
    def test_nobody_else_submits(self, desk, cited, role):
        assert cited(desk.when(c.Submit, by=role)) == ["5.1"]

    def test_a_ticket_is_submitted_once(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Submit)) == ["5.1"]

    def test_the_customers_confirmation_resolves_and_is_remembered(self, desk):
        desk.at(Status.AWAITING_CONFIRMATION).given(c.Confirm)
        assert (desk.ticket.status, desk.ticket.confirmed_by) == (Status.RESOLVED, Role.CUSTOMER)

    def test_the_systems_confirmation_resolves_and_is_remembered(self, desk):
        desk.at(Status.AWAITING_CONFIRMATION).given(c.LapseConfirmation)
        assert (desk.ticket.status, desk.ticket.confirmed_by) == (Status.RESOLVED, Role.SYSTEM)

    @pytest.mark.parametrize("lead", [c.Confirm, c.LapseConfirmation])
    def test_a_reopened_ticket_is_confirmed_by_nobody(self, desk, lead):
        desk.at(Status.AWAITING_CONFIRMATION).given(lead, c.Write)
        assert (desk.ticket.status, desk.ticket.confirmed_by) == (Status.IN_PROGRESS, None)

    @pytest.mark.parametrize("status", sorted(ALIVE - {Status.AWAITING_CONFIRMATION}, key=str))
    @pytest.mark.parametrize("command", [c.Confirm, c.Reject])
    def test_only_a_proposed_solution_is_confirmed_or_rejected(self, desk, cited, status, command):
        desk.at(status)
        assert cited(desk.when(command)) == ["5.1"]

    @pytest.mark.parametrize("command", [c.Confirm, c.Reject, c.Close, c.Write])
    def test_an_agent_does_not_speak_for_the_customer(self, desk, cited, command):
        desk.at(Status.AWAITING_CONFIRMATION)
        assert cited(desk.when(command, by=Role.AGENT)) == ["5.1"]

    def test_a_rejected_solution_goes_back_into_work_and_waits_for_an_answer(self, desk):
        desk.at(Status.AWAITING_CONFIRMATION).given(c.Reject)
        assert desk.ticket.status is Status.IN_PROGRESS
        assert desk.ticket.unanswered_since == desk.now

    @pytest.mark.parametrize("status", sorted(ALIVE, key=str))
    def test_the_customer_closes_from_every_other_status(self, desk, status):
        desk.at(status).given(c.Close)
        assert desk.ticket.status is Status.CLOSED
        assert is_terminal(desk.ticket)
        assert desk.ticket.unanswered_since is None

    @pytest.mark.parametrize("rating", [None, 1, 2, 3, 4, 5])
    def test_the_customer_may_rate_on_closing(self, desk, rating):
        desk.at(Status.RESOLVED).given(c.Close, rating=rating)
        assert desk.ticket.rating == rating

    @pytest.mark.parametrize("rating", [0, 6, -1])
    def test_a_rating_is_from_1_to_5(self, desk, rating):
        with pytest.raises(ValueError, match="rating"):
            desk.command(c.Close, rating=rating)

    def test_closing_keeps_who_confirmed(self, desk):
        desk.at(Status.RESOLVED).given(c.Close)
        assert desk.ticket.confirmed_by is Role.CUSTOMER

    @pytest.mark.parametrize("status", sorted(WAITING | {Status.RESOLVED}, key=str))
    def test_a_customers_message_reopens_what_waits_or_is_resolved(self, desk, status):
        desk.at(status).given(c.Write)
        assert desk.ticket.status is Status.IN_PROGRESS
        assert desk.ticket.status_since == desk.ticket.unanswered_since == desk.now

    @pytest.mark.parametrize("status", [Status.NEW, Status.IN_PROGRESS])
    def test_a_message_leaves_a_ticket_in_hand_where_it_is(self, desk, status):
        desk.at(status)
        since = desk.ticket.status_since
        desk.given(c.Write)
        assert (desk.ticket.status, desk.ticket.status_since) == (status, since)

    def test_a_follow_up_of_a_closed_ticket_is_a_new_linked_one(self, desk, cited):
        desk.at(Status.CLOSED)
        assert cited(desk.when(c.Write)) == ["5.1"]
        desk.ticket = None
        desk.given(c.Submit, ticket="T2", follows="T1")
        assert (desk.ticket.id, desk.ticket.follows) == ("T2", "T1")
        assert desk.ticket.status is Status.NEW


class TestClause5_2:  # noqa: N801
    """5.2: what is being worked on is 处理中 and nothing else."""

    TAKES_UP = (
        c.Reply,
        c.Clarify,
        c.PromiseResolution,
        c.RequestFeedback,
        c.ProposeSolution,
        c.Escalate,
    )

    @pytest.mark.parametrize("command", TAKES_UP)
    def test_an_agents_first_work_takes_a_new_ticket_into_work(self, desk, kinds, command):
        desk.given(c.Submit)
        outcome = desk.when(command)
        assert kinds(outcome) == [e.Accepted, *command.causes]
        assert outcome.ticket.agent == "an"

    @pytest.mark.parametrize("command", TAKES_UP)
    def test_a_ticket_in_work_is_not_accepted_again(self, desk, kinds, command):
        desk.at(Status.IN_PROGRESS)
        assert kinds(desk.when(command)) == list(command.causes)

    @pytest.mark.parametrize("status", sorted(OPEN, key=str))
    def test_accepting_an_open_ticket_makes_it_in_progress_and_the_agents(self, desk, status):
        desk.at(status).given(c.Accept)
        assert (desk.ticket.status, desk.ticket.agent) == (Status.IN_PROGRESS, "an")

    @pytest.mark.parametrize("role", [Role.CUSTOMER, Role.PLATFORM, Role.SYSTEM])
    def test_only_an_agent_accepts(self, desk, cited, role):
        desk.given(c.Submit)
        assert cited(desk.when(c.Accept, by=role)) == ["5.2"]

    @pytest.mark.parametrize("role", [Role.PLATFORM, Role.SYSTEM])
    def test_nobody_elses_message_takes_a_new_ticket_into_work(self, desk, kinds, role):
        desk.given(c.Submit)
        outcome = desk.when(c.Reply, by=role)
        assert kinds(outcome) == [e.Replied]
        assert outcome.ticket.status is Status.NEW
        assert outcome.ticket.agent is None

    @pytest.mark.parametrize("command", [c.Clarify, c.PromiseResolution])
    @pytest.mark.parametrize("status", sorted(WAITING | {Status.RESOLVED}, key=str))
    def test_work_goes_on_in_no_waiting_status(self, desk, cited, command, status):
        desk.at(status)
        assert cited(desk.when(command)) == ["8.2"]

    def test_a_waiting_ticket_is_taken_back_into_work_first(self, desk):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Accept, c.PromiseResolution)
        assert desk.ticket.status is Status.IN_PROGRESS


class TestClause5_3:  # noqa: N801
    """5.3: 待反馈 goes with a reply that says what the customer must supply."""

    def test_the_reply_comes_first_and_then_the_status(self, desk, kinds):
        desk.at(Status.IN_PROGRESS)
        outcome = desk.when(c.RequestFeedback, reply="您好，请您提供订单号，谢谢！")
        assert kinds(outcome) == [e.Replied, e.FeedbackRequested]
        assert outcome.events[0].body == "您好，请您提供订单号，谢谢！"
        assert outcome.ticket.status is Status.AWAITING_FEEDBACK

    @pytest.mark.parametrize("blank", BLANKS)
    def test_without_words_it_is_refused_once(self, desk, cited, blank):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.RequestFeedback, reply=blank)) == ["5.3"]

    @pytest.mark.parametrize("status", [Status.AWAITING_CONFIRMATION, Status.RESOLVED])
    def test_what_is_solved_does_not_wait_for_feedback(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.RequestFeedback)) == ["5.3"]

    def test_a_recorded_wait_on_an_unanswered_customer_departs(self, desk, cited):
        desk.recorded(e.Submitted, e.Accepted, e.FeedbackRequested)
        assert cited(desk.ticket) == ["5.3"]
        assert desk.ticket.status is Status.AWAITING_FEEDBACK


class TestClause5_4:  # noqa: N801
    """5.4: 待确认 goes with a reply that says it is solved and asks to confirm and rate."""

    @pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.AWAITING_FEEDBACK])
    def test_the_reply_comes_first_and_then_the_status(self, desk, kinds, status):
        desk.at(status)
        outcome = desk.when(c.ProposeSolution)
        assert kinds(outcome) == [e.Replied, e.SolutionProposed]
        assert outcome.ticket.status is Status.AWAITING_CONFIRMATION

    @pytest.mark.parametrize("blank", BLANKS)
    def test_without_words_it_is_refused_once(self, desk, cited, blank):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.ProposeSolution, reply=blank)) == ["5.4"]

    @pytest.mark.parametrize("status", [Status.AWAITING_CONFIRMATION, Status.RESOLVED])
    def test_a_solution_is_proposed_once(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.ProposeSolution)) == ["5.4"]

    def test_a_recorded_proposal_to_an_unanswered_customer_departs(self, desk, cited):
        desk.recorded(e.Submitted, e.Accepted, e.SolutionProposed)
        assert cited(desk.ticket) == ["5.4"]
        assert desk.ticket.status is Status.AWAITING_CONFIRMATION


class TestClause5_5:  # noqa: N801
    """5.5: 已解决 by an agent only once the customer said so, and with a reply."""

    def test_after_the_customer_said_so_the_agent_replies_and_resolves(self, desk, kinds):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        outcome = desk.when(c.MarkResolved)
        assert kinds(outcome) == [e.Replied, e.Resolved]
        assert outcome.ticket.status is Status.RESOLVED
        assert outcome.ticket.confirmed_by is Role.CUSTOMER
        assert outcome.ticket.unanswered_since is None

    @pytest.mark.parametrize("status", sorted(OPEN, key=str))
    def test_before_the_customer_said_so_it_is_refused(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.MarkResolved)) == ["5.5"]

    @pytest.mark.parametrize("blank", BLANKS)
    def test_without_words_it_is_refused(self, desk, cited, blank):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        assert cited(desk.when(c.MarkResolved, reply=blank)) == ["5.5"]

    def test_both_faults_are_told_at_once(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.MarkResolved, reply="")) == ["5.5", "5.5"]

    def test_a_further_question_takes_it_back(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED).given(c.Write)
        assert cited(desk.when(c.MarkResolved)) == ["5.5"]

    def test_a_rejection_takes_it_back(self, desk, cited):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        desk.given(c.ProposeSolution, c.Reject)
        assert desk.ticket.says_solved is False
        assert cited(desk.when(c.MarkResolved)) == ["5.5"]

    @pytest.mark.parametrize("kind", [MessageKind.THANKS, MessageKind.AUTOMATIC])
    def test_a_thank_you_or_an_automatic_message_takes_nothing_back(self, desk, kind):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        desk.given(c.Write, kind=kind).given(c.MarkResolved)
        assert desk.ticket.status is Status.RESOLVED

    def test_a_recorded_resolution_against_the_rule_is_folded_and_departs(self, desk, cited):
        desk.recorded(e.Submitted, e.Accepted, e.Resolved)
        assert cited(desk.ticket) == ["5.5", "5.5"]
        assert desk.ticket.status is Status.RESOLVED
        assert desk.ticket.confirmed_by is None


class TestClause5_6:  # noqa: N801
    """5.6: a status change goes with a reply that has words in it."""

    @pytest.mark.parametrize("blank", BLANKS)
    def test_an_empty_reply_is_refused(self, desk, cited, blank):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Reply, reply=blank)) == ["5.6"]

    def test_the_wording_is_free(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Reply, reply="ok")
        assert desk.ticket.history[-1].body == "ok"

    @pytest.mark.parametrize("status", sorted(ALIVE, key=str))
    def test_a_reply_alone_changes_no_status_but_that_of_a_new_ticket(self, desk, status):
        desk.at(status).given(c.Reply)
        assert desk.ticket.status is (Status.IN_PROGRESS if status is Status.NEW else status)

    def test_a_customer_does_not_reply_as_the_desk(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Reply, by=Role.CUSTOMER)) == ["5.6"]
