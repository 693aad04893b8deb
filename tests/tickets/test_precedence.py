"""The marks that put a ticket first (clause 7)."""

import pytest

from ticketrules.tickets import ALIVE, OPEN, Role, Status
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e


class TestClause7_1:  # noqa: N801
    """7.1: a problem that stops the customer's business is marked, and stays marked."""

    @pytest.mark.parametrize("role", [Role.AGENT, Role.CUSTOMER, Role.SYSTEM])
    def test_agent_customer_and_system_mark_it(self, desk, role):
        desk.given(c.Submit).given(c.MarkBusinessStopping, by=role)
        assert desk.ticket.business_stopping_at == desk.now

    def test_the_platform_does_not(self, desk, cited):
        desk.given(c.Submit)
        assert cited(desk.when(c.MarkBusinessStopping, by=Role.PLATFORM)) == ["7.1"]

    @pytest.mark.parametrize("status", sorted(OPEN, key=str))
    def test_the_mark_changes_no_status_and_answers_nobody(self, desk, status):
        desk.at(status)
        waiting = desk.ticket.unanswered_since
        desk.given(c.MarkBusinessStopping)
        assert (desk.ticket.status, desk.ticket.unanswered_since) == (status, waiting)

    def test_the_first_mark_stands(self, desk):
        desk.given(c.Submit, c.MarkBusinessStopping)
        first = desk.now
        desk.later(hours=1).given(c.MarkBusinessStopping)
        assert desk.ticket.business_stopping_at == first

    def test_what_is_solved_is_not_marked(self, desk, cited):
        desk.at(Status.RESOLVED)
        assert cited(desk.when(c.MarkBusinessStopping)) == ["7.1"]


class TestClause7_2:  # noqa: N801
    """7.2: the customer clicks 投诉, and the complaint is seen on the ticket."""

    @pytest.mark.parametrize("status", sorted(ALIVE, key=str))
    def test_the_customer_may_complain_while_the_ticket_lives(self, desk, status):
        desk.at(status).given(c.Complain)
        assert desk.ticket.complained_at == desk.now
        assert desk.ticket.status is status

    @pytest.mark.parametrize("role", [Role.AGENT, Role.PLATFORM, Role.SYSTEM])
    @pytest.mark.parametrize("command", [c.Complain, c.WithdrawComplaint])
    def test_nobody_else_files_or_withdraws_it(self, desk, cited, command, role):
        desk.given(c.Submit, c.Complain)
        assert cited(desk.when(command, by=role)) == ["7.2"]

    def test_a_second_click_leaves_the_first_instant(self, desk):
        desk.given(c.Submit, c.Complain)
        first = desk.now
        desk.later(hours=1).given(c.Complain)
        assert desk.ticket.complained_at == first

    def test_the_customer_withdraws_it(self, desk):
        desk.given(c.Submit, c.Complain, c.WithdrawComplaint)
        assert desk.ticket.complained_at is None

    def test_without_a_complaint_there_is_nothing_to_withdraw(self, desk, cited):
        desk.given(c.Submit)
        assert cited(desk.when(c.WithdrawComplaint)) == ["7.2"]

    def test_a_new_complaint_after_a_withdrawal_has_its_own_instant(self, desk):
        desk.given(c.Submit, c.Complain, c.WithdrawComplaint, c.Complain)
        assert desk.ticket.complained_at == desk.now

    def test_a_click_is_no_message_that_waits_for_an_answer(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Complain)
        assert desk.ticket.unanswered_since is None
        assert not [event for event in desk.ticket.history if isinstance(event, e.CustomerWrote)]
