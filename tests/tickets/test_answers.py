"""What counts as an answer, and for how long the customer has waited (clause 8)."""

from datetime import timedelta

import pytest

from ticketrules.tickets import Decision, MessageKind, Role, Status
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e


class TestClause8_1:  # noqa: N801
    """8.1: the first response is the first message of a person of the desk."""

    def test_an_agents_reply_is_it(self, desk):
        desk.given(c.Submit, c.Reply)
        assert desk.ticket.first_answered_at == desk.now

    def test_the_first_one_stands(self, desk):
        desk.given(c.Submit, c.Reply)
        first = desk.now
        desk.given(c.Write, c.Reply)
        assert desk.ticket.first_answered_at == first

    def test_a_system_reply_is_none(self, desk):
        desk.given(c.Submit).given(c.Reply, by=Role.SYSTEM)
        assert desk.ticket.first_answered_at is None

    def test_accepting_is_none(self, desk):
        desk.given(c.Submit, c.Accept)
        assert desk.ticket.first_answered_at is None


class TestClause8_2:  # noqa: N801
    """8.2: once the problem is clear, the customer is told when it will be solved."""

    def test_the_instant_at_which_it_became_clear_shows(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Clarify)
        assert desk.ticket.clarified_at == desk.now

    def test_a_promise_is_a_reply_and_a_time_in_this_order(self, desk, kinds):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        promised = desk.now + timedelta(hours=5)
        outcome = desk.when(c.PromiseResolution, promised_for=promised)
        assert kinds(outcome) == [e.Replied, e.ResolutionPromised]
        assert outcome.ticket.promised_for == promised
        assert outcome.ticket.unanswered_since is None

    def test_a_promise_without_words_is_refused(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.PromiseResolution, reply="")) == ["8.2"]

    @pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(days=3)])
    def test_a_promise_that_is_over_already_is_refused(self, desk, cited, late):
        desk.at(Status.IN_PROGRESS)
        promised = desk.now + timedelta(minutes=1) - late
        assert cited(desk.when(c.PromiseResolution, promised_for=promised)) == ["8.2"]

    def test_the_latest_promise_shows(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.PromiseResolution)
        renewed = desk.now + timedelta(days=2)
        desk.given(c.PromiseResolution, promised_for=renewed)
        assert desk.ticket.promised_for == renewed

    def test_neither_is_the_customers_to_say(self, desk, cited):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Clarify, by=Role.CUSTOMER)) == ["8.2"]
        assert "8.2" in cited(desk.when(c.PromiseResolution, by=Role.CUSTOMER))


class TestClause8_3:  # noqa: N801
    """8.3: the wait runs from the first unanswered message to a person's public answer."""

    def test_it_runs_from_the_submission(self, desk):
        desk.given(c.Submit)
        submitted = desk.now
        desk.given(c.Write, c.Write)
        assert desk.ticket.unanswered_since == submitted

    def test_later_messages_do_not_restart_it(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        first = desk.now
        desk.later(hours=3).given(c.Write)
        assert desk.ticket.unanswered_since == first

    @pytest.mark.parametrize("role", [Role.AGENT, Role.PLATFORM])
    def test_an_agents_or_the_platforms_message_ends_it(self, desk, role):
        desk.at(Status.IN_PROGRESS).given(c.Write).given(c.Reply, by=role)
        assert desk.ticket.unanswered_since is None

    def test_an_automatic_message_does_not(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        since = desk.now
        desk.recorded(e.Replied, automatic=True)
        assert desk.ticket.unanswered_since == since
        assert desk.ticket.departures == ()

    def test_a_system_message_does_not(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        since = desk.now
        desk.given(c.Reply, by=Role.SYSTEM)
        assert desk.ticket.unanswered_since == since

    @pytest.mark.parametrize("role", [Role.AGENT, Role.PLATFORM, Role.SYSTEM])
    def test_an_internal_note_does_not(self, desk, role):
        desk.at(Status.IN_PROGRESS).given(c.Write)
        since = desk.now
        desk.given(c.Note, by=role)
        assert desk.ticket.unanswered_since == since

    @pytest.mark.parametrize(
        "command",
        [c.Accept, c.Dispatch, c.Verify, c.Clarify, c.RecordCall, c.Report, c.HandOver],
    )
    def test_no_other_work_on_the_ticket_does(self, desk, command):
        desk.given(c.Submit)
        since = desk.now
        desk.given(command)
        assert desk.ticket.unanswered_since == since

    @pytest.mark.parametrize(
        "change", [e.FeedbackRequested, e.SolutionProposed, e.Resolved, e.EscalatedToPlatform]
    )
    def test_a_recorded_status_change_without_a_reply_does_not(self, desk, change):
        desk.recorded(e.Submitted, e.Accepted)
        since = desk.ticket.opened_at
        desk.recorded(change)
        assert desk.ticket.unanswered_since == since

    @pytest.mark.parametrize(
        "command",
        [c.Reply, c.PromiseResolution, c.RequestFeedback, c.ProposeSolution, c.Escalate],
    )
    def test_every_command_that_replies_does(self, desk, command):
        desk.given(c.Submit)
        outcome = desk.when(command)
        assert isinstance(outcome, Decision)
        assert outcome.ticket.unanswered_since is None
        assert outcome.ticket.first_answered_at == desk.now

    def test_that_it_is_solved_wants_an_answer_too(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=MessageKind.SOLVED)
        assert desk.ticket.unanswered_since == desk.now

    @pytest.mark.parametrize("kind", [MessageKind.THANKS, MessageKind.AUTOMATIC])
    def test_a_thank_you_or_an_automatic_message_wants_none(self, desk, kind):
        desk.at(Status.IN_PROGRESS).given(c.Write, kind=kind)
        assert desk.ticket.unanswered_since is None
