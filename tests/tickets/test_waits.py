"""What the system does when the customer stays silent (clause 9)."""

from datetime import timedelta

import pytest

from ticketrules.tickets import Decision, MessageKind, Role, Status
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e

CASES = [
    pytest.param(c.Remind, Status.AWAITING_FEEDBACK, "9.1", id="9.1"),
    pytest.param(c.LapseFeedback, Status.AWAITING_FEEDBACK, "9.2", id="9.2"),
    pytest.param(c.LapseConfirmation, Status.AWAITING_CONFIRMATION, "9.3", id="9.3"),
]


@pytest.mark.parametrize(("command", "status", "clause"), CASES)
class TestClauses9_1to9_3:  # noqa: N801
    """9.1-9.3: the reminder and both lapses are the system's, due at a time, in their status."""

    def test_at_its_time_it_happens(self, desk, command, status, clause):
        desk.at(status)
        outcome = desk.when(command, due_at=desk.now + timedelta(minutes=1))
        assert isinstance(outcome, Decision)

    def test_before_its_time_it_is_refused(self, desk, cited, command, status, clause):
        desk.at(status)
        due_at = desk.now + timedelta(minutes=1, microseconds=1)
        assert cited(desk.when(command, due_at=due_at)) == [clause]

    def test_without_a_time_it_is_never_due(self, desk, cited, command, status, clause):
        desk.at(status)
        one = desk.command(command)
        assert cited(desk.decided(one, due_at=None)) == [clause]

    def test_only_the_system_does_it(self, desk, cited, command, status, clause):
        desk.at(status)
        for role in (Role.AGENT, Role.CUSTOMER, Role.PLATFORM):
            assert cited(desk.when(command, by=role)) == [clause]

    def test_in_another_status_it_is_refused(self, desk, cited, command, status, clause):
        for other in Status:
            if other is not status:
                desk.ticket = None
                desk.at(other)
                assert set(cited(desk.when(command))) == {clause}

    def test_not_while_the_customer_had_the_last_word(self, desk, cited, command, status, clause):
        silent = {
            Status.AWAITING_FEEDBACK: e.FeedbackRequested,
            Status.AWAITING_CONFIRMATION: e.SolutionProposed,
        }[status]
        desk.recorded(e.Submitted, e.Accepted, silent)
        assert desk.ticket.status is status
        refusal = desk.when(command)
        assert cited(refusal) == [clause]
        assert "last word" in str(refusal)

    def test_an_answer_sent_after_all_lets_it_happen(self, desk, command, status, clause):
        silent = {
            Status.AWAITING_FEEDBACK: e.FeedbackRequested,
            Status.AWAITING_CONFIRMATION: e.SolutionProposed,
        }[status]
        desk.recorded(e.Submitted, e.Accepted, silent).given(c.Reply, command)
        assert desk.ticket.history[-1].by.role is Role.SYSTEM

    def test_early_and_wrong_are_told_together(self, desk, cited, command, status, clause):
        desk.recorded(e.Submitted)
        due_at = desk.now + timedelta(days=9)
        refusal = desk.when(command, due_at=due_at, by=Role.AGENT)
        assert cited(refusal)[:3] == [clause] * 3
        assert len(set(refusal.reasons)) == len(refusal.reasons)

    def test_the_customers_message_in_time_makes_it_impossible(
        self, desk, cited, command, status, clause
    ):
        desk.at(status).given(c.Write)
        refusal = desk.when(command)
        assert set(cited(refusal)) == {clause}
        assert "not while in progress" in str(refusal)

    def test_a_recorded_one_against_the_rule_is_folded_and_departs(
        self, desk, cited, command, status, clause
    ):
        desk.at(Status.IN_PROGRESS).recorded(*command.causes)
        assert cited(desk.ticket) == [clause]
        assert desk.ticket.version == len(desk.ticket.history)


class TestClause9_1:  # noqa: N801
    """9.1: the silent customer is reminded."""

    def test_the_reminder_shows_and_the_wait_goes_on(self, desk):
        desk.at(Status.AWAITING_FEEDBACK)
        since = desk.ticket.status_since
        desk.later(days=2).given(c.Remind)
        assert desk.ticket.reminded_at == desk.now
        assert (desk.ticket.status, desk.ticket.status_since) == (Status.AWAITING_FEEDBACK, since)

    def test_a_new_wait_has_no_reminder_yet(self, desk):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Remind, c.Write, c.RequestFeedback)
        assert desk.ticket.reminded_at is None

    @pytest.mark.parametrize("kind", [MessageKind.THANKS, MessageKind.AUTOMATIC])
    def test_an_out_of_office_mail_is_no_feedback(self, desk, kind):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Write, kind=kind).given(c.Remind)
        assert desk.ticket.reminded_at == desk.now


class TestClause9_2:  # noqa: N801
    """9.2: without feedback the ticket moves to 待确认."""

    def test_it_awaits_confirmation_from_then_on(self, desk, kinds):
        desk.at(Status.AWAITING_FEEDBACK).later(days=9)
        outcome = desk.when(c.LapseFeedback)
        assert kinds(outcome) == [e.FeedbackLapsed]
        assert outcome.ticket.status is Status.AWAITING_CONFIRMATION
        assert outcome.ticket.status_since == desk.now

    def test_the_customer_may_still_object(self, desk):
        desk.at(Status.AWAITING_FEEDBACK).given(c.LapseFeedback, c.Write)
        assert desk.ticket.status is Status.IN_PROGRESS


class TestClause9_3:  # noqa: N801
    """9.3: without objection the solution is confirmed automatically."""

    def test_it_is_resolved_by_the_system(self, desk, kinds):
        desk.at(Status.AWAITING_CONFIRMATION).later(days=5)
        outcome = desk.when(c.LapseConfirmation)
        assert kinds(outcome) == [e.ConfirmationLapsed]
        assert outcome.ticket.status is Status.RESOLVED
        assert outcome.ticket.confirmed_by is Role.SYSTEM

    def test_both_lapses_follow_each_other(self, desk):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Remind, c.LapseFeedback, c.LapseConfirmation)
        assert desk.ticket.status is Status.RESOLVED
        assert desk.ticket.departures == ()
