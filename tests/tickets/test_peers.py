"""Mistakes that other help desks made with tickets, kept out by name."""

import pytest

from ticketrules.tickets import MessageKind, Role, Status, replay
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e


class TestMistake6ReplyAndPendingInOneAction:
    """A reply that also sets a waiting status must not lose the first response."""

    CASES = (
        (c.RequestFeedback, Status.AWAITING_FEEDBACK),
        (c.ProposeSolution, Status.AWAITING_CONFIRMATION),
    )

    @pytest.mark.parametrize(("command", "status"), CASES)
    def test_it_counts_as_the_first_response_and_then_waits(self, desk, command, status):
        desk.given(c.Submit, command)
        assert desk.ticket.first_answered_at == desk.ticket.status_since == desk.now
        assert desk.ticket.unanswered_since is None
        assert desk.ticket.status is status

    @pytest.mark.parametrize(("command", "status"), CASES)
    def test_its_events_are_kept_in_their_order(self, desk, kinds, command, status):
        desk.given(c.Submit)
        outcome = desk.when(command, id="one")
        assert kinds(outcome) == [e.Accepted, *command.causes]
        assert [event.id for event in outcome.events] == ["one/1", "one/2", "one/3"]
        assert {event.at for event in outcome.events} == {desk.now}

    @pytest.mark.parametrize(("command", "status"), CASES)
    def test_at_the_reply_the_ticket_does_not_wait_yet(self, desk, command, status):
        desk.given(c.Submit, command)
        *before, last = desk.ticket.history
        replied = replay(before)
        assert isinstance(before[-1], e.Replied)
        assert isinstance(last, command.causes[-1])
        assert replied.status is Status.IN_PROGRESS
        assert replied.first_answered_at == desk.now


class TestMistake7WhatCountsAsAnAnswer:
    """Internal notes, the customer's own words and automatic replies are no answers."""

    def waits(self, desk):
        since = desk.ticket.unanswered_since
        return since == desk.ticket.opened_at and desk.ticket.first_answered_at is None

    @pytest.mark.parametrize("role", [Role.AGENT, Role.PLATFORM, Role.SYSTEM])
    def test_an_internal_note_is_none(self, desk, role):
        desk.given(c.Submit).given(c.Note, by=role)
        assert self.waits(desk)

    def test_the_customers_own_message_is_none(self, desk):
        desk.given(c.Submit, c.Write)
        assert self.waits(desk)

    def test_a_reply_recorded_in_the_customers_name_is_none(self, desk, cited):
        desk.recorded(e.Submitted).recorded(e.Replied, by=Role.CUSTOMER)
        assert self.waits(desk)
        assert cited(desk.ticket) == ["5.6"]

    def test_an_automatic_reply_in_an_agents_name_is_none(self, desk):
        desk.recorded(e.Submitted).recorded(e.Replied, automatic=True)
        assert self.waits(desk)
        assert desk.ticket.agent is None

    def test_an_acknowledgement_by_the_system_is_none(self, desk):
        desk.given(c.Submit).given(c.Reply, by=Role.SYSTEM, reply="您好，已收到您的问题！")
        assert self.waits(desk)
        assert desk.ticket.status is Status.NEW

    def test_a_persons_public_message_is_one(self, desk):
        desk.given(c.Submit).given(c.Reply, by=Role.SYSTEM).given(c.Note, c.Reply)
        assert not self.waits(desk)
        assert desk.ticket.first_answered_at == desk.now


@pytest.mark.parametrize("kind", [MessageKind.AUTOMATIC, MessageKind.THANKS])
@pytest.mark.parametrize(
    "status", [Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION, Status.RESOLVED]
)
class TestMistake8NoReopeningByAutomaticOrThankYou:
    """An out-of-office mail or a bare thank-you leaves a ticket where it is."""

    def test_the_status_and_its_wait_stay(self, desk, status, kind):
        desk.at(status)
        since = desk.ticket.status_since
        desk.later(days=1).given(c.Write, kind=kind)
        assert (desk.ticket.status, desk.ticket.status_since) == (status, since)

    def test_nobody_owes_an_answer(self, desk, status, kind):
        desk.at(status).given(c.Write, kind=kind)
        assert desk.ticket.unanswered_since is None

    def test_who_confirmed_stays(self, desk, status, kind):
        desk.at(status)
        confirmed_by = desk.ticket.confirmed_by
        desk.given(c.Write, kind=kind)
        assert desk.ticket.confirmed_by is confirmed_by

    def test_it_is_kept_in_the_history(self, desk, status, kind):
        desk.at(status).given(c.Write, kind=kind)
        assert desk.ticket.history[-1].kind is kind

    def test_a_real_message_after_it_reopens(self, desk, status, kind):
        desk.at(status).given(c.Write, kind=kind).given(c.Write)
        assert desk.ticket.status is Status.IN_PROGRESS
        assert desk.ticket.unanswered_since == desk.now


class TestMistake12:
    """Tickets stuck on offline agents (chatwoot 7204); capacity is the routing's part of it."""

    @pytest.mark.parametrize("kind", [c.Dispatch, c.Transfer, c.HandOver])
    def test_nobody_gets_a_ticket_offline_without_being_told(self, desk, cited, kind):
        desk.at(Status.IN_PROGRESS)
        assert cited(desk.when(kind, to="chen", online=False)) == ["6.3"]
        assert desk.when(kind, to="chen", online=False, told=True)
