"""What a ticket shows, who takes it over, and how it is handled (clauses 2, 3 and 4)."""

from itertools import pairwise

import pytest

from ticketrules.tickets import Check, Decision, Role, Status, Superior
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e


class TestClause2_1:  # noqa: N801
    """2.1: the console shows at a glance where each ticket stands and what needs a hand."""

    def test_a_new_ticket_shows_that_nobody_has_answered_and_nobody_holds_it(self, desk):
        desk.given(c.Submit)
        assert desk.ticket.status is Status.NEW
        assert desk.ticket.agent is None
        assert desk.ticket.opened_at == desk.ticket.unanswered_since == desk.now

    @pytest.mark.parametrize("status", Status)
    def test_each_status_has_its_chinese_name(self, desk, status):
        desk.at(status)
        names = {"未处理", "处理中", "待反馈", "待确认", "已解决", "已关闭"}
        assert {one.label for one in Status} == names
        assert desk.ticket.status.label in names

    def test_the_status_tells_since_when(self, desk):
        desk.at(Status.IN_PROGRESS)
        since = desk.now
        desk.later(hours=2).given(c.Note)
        assert desk.ticket.status_since == since
        desk.given(c.RequestFeedback)
        assert desk.ticket.status_since == desk.now

    def test_a_complaint_and_a_stopped_business_show(self, desk):
        desk.given(c.Submit, c.Complain, c.MarkBusinessStopping)
        complained, marked = (event.at for event in desk.ticket.history[1:])
        assert (desk.ticket.complained_at, desk.ticket.business_stopping_at) == (complained, marked)


class TestClause3_5:  # noqa: N801
    """3.5: who leaves hands every unfinished ticket to a colleague by name."""

    @pytest.mark.parametrize("status", [Status.NEW, Status.IN_PROGRESS])
    def test_a_ticket_not_yet_finished_goes_to_the_colleague(self, desk, status):
        desk.at(status).given(c.HandOver, to="chen")
        assert desk.ticket.agent == "chen"
        assert desk.ticket.status is status

    @pytest.mark.parametrize("nobody", ["", "  "])
    def test_a_handover_to_nobody_is_refused(self, desk, cited, nobody):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.HandOver, to=nobody)) == ["3.5"]

    @pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED])
    def test_a_finished_ticket_is_not_handed_over(self, desk, cited, status):
        desk.at(status)
        assert cited(desk.when(c.HandOver)) == ["6.6"]


class TestClause4_1:  # noqa: N801
    """4.1: account, order, earlier tickets and records are verified first."""

    def test_what_was_verified_adds_up(self, desk):
        desk.at(Status.IN_PROGRESS)
        desk.given(c.Verify, checks={Check.ACCOUNT, Check.ORDER})
        desk.given(c.Verify, checks={Check.ORDER, Check.RECORDS})
        assert desk.ticket.checks == {Check.ACCOUNT, Check.ORDER, Check.RECORDS}

    def test_a_new_ticket_can_be_verified_without_taking_it_into_work(self, desk):
        desk.given(c.Submit, c.Verify)
        assert desk.ticket.status is Status.NEW

    @pytest.mark.parametrize("role", [Role.CUSTOMER, Role.PLATFORM, Role.SYSTEM])
    def test_only_an_agent_verifies(self, desk, cited, role):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.Verify, by=role)) == ["4.1"]

    def test_a_resolved_ticket_is_past_verifying(self, desk, cited):
        desk.at(Status.RESOLVED)
        assert cited(desk.when(c.Verify)) == ["4.1"]


class TestClause4_6:  # noqa: N801
    """4.6: an escalating mood: phone, write down the outcome, report what cannot be contained."""

    def test_a_call_is_recorded_with_its_outcome(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.RecordCall, outcome="客户同意等到明天")
        assert desk.ticket.history[-1].outcome == "客户同意等到明天"
        assert desk.ticket.phoned_at == desk.now

    @pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u3000"])
    def test_a_call_without_its_outcome_is_refused(self, desk, cited, nothing):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(c.RecordCall, outcome=nothing)) == ["4.6"]
        assert desk.ticket.phoned_at is None

    def test_the_latest_call_shows(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.RecordCall).later(hours=1).given(c.RecordCall)
        assert desk.ticket.phoned_at == desk.now

    @pytest.mark.parametrize("superior", Superior)
    def test_a_matter_is_reported_to_the_supervisor_or_to_operations(self, desk, kinds, superior):
        desk.at(Status.AWAITING_FEEDBACK)
        outcome = desk.when(c.Report, to=superior)
        assert kinds(outcome) == [e.Reported]
        assert outcome.events[0].to is superior
        assert outcome.ticket.status is Status.AWAITING_FEEDBACK

    @pytest.mark.parametrize("command", [c.RecordCall, c.Report])
    def test_only_an_agent_phones_and_reports(self, desk, cited, command):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(command, by=Role.CUSTOMER)) == ["4.6"]

    @pytest.mark.parametrize("command", [c.RecordCall, c.Report])
    @pytest.mark.parametrize("status", [one for one in Status if one is not Status.CLOSED])
    def test_phoning_and_reporting_change_no_status(self, desk, command, status):
        desk.at(status)
        outcome = desk.when(command)
        assert isinstance(outcome, Decision)
        assert outcome.ticket.status is status


class TestOrder:
    """A ticket's history stands in the order in which it happened, each event known by its id."""

    def test_events_are_numbered_under_their_command(self, desk):
        desk.given(c.Submit).given(c.RequestFeedback, id="ask")
        assert [event.id for event in desk.ticket.history] == ["c1/1", "ask/1", "ask/2", "ask/3"]

    def test_instants_never_go_back(self, desk):
        desk.at(Status.RESOLVED).given(c.Write, c.Reply)
        assert all(one.at <= other.at for one, other in pairwise(desk.ticket.history))
        assert desk.ticket.last_event_at == desk.ticket.history[-1].at
