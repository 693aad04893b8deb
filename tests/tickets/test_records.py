"""What a ticket's page shows: who holds it, what was written, phoned, reported and promised."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from ticketrules.tickets import (
    Actor,
    Holder,
    HolderKind,
    MessageKind,
    Role,
    Status,
    Superior,
    Visibility,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.verification.strategies import wild_histories

INTERNAL = {e.Noted, e.Transferred, e.EscalatedToPlatform, e.PlatformReturned, e.HandedOver}
PUBLIC = {e.Submitted, e.Replied, e.CustomerWrote, e.Rejected}


class TestTheHolder:
    """The provider's group until an agent has it, and the platform while that solves it (6.4)."""

    def test_the_group_at_first(self, desk):
        desk.given(c.Submit, group="north")
        assert desk.ticket.holder == Holder(HolderKind.GROUP, "north")

    def test_a_group_without_a_name(self, desk):
        desk.given(c.Submit)
        assert desk.ticket.holder == Holder(HolderKind.GROUP)

    @pytest.mark.parametrize(
        ("kind", "agent"),
        [(c.Accept, "an"), (c.Reply, "an"), (c.Dispatch, "bo"), (c.HandOver, "bo")],
    )
    def test_the_agent_who_takes_it_or_gets_it(self, desk, kind, agent):
        desk.given(c.Submit, kind)
        assert desk.ticket.holder == Holder(HolderKind.AGENT, agent)

    def test_the_platform_and_then_the_agent_again(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Escalate)
        assert desk.ticket.holder == Holder(HolderKind.PLATFORM)
        desk.given(c.ReturnFromPlatform)
        assert desk.ticket.holder == Holder(HolderKind.AGENT, "an")

    def test_a_handover_while_the_platform_holds_it(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Escalate).given(c.HandOver, to="bo")
        assert desk.ticket.holder == Holder(HolderKind.PLATFORM)
        desk.given(c.ReturnFromPlatform)
        assert desk.ticket.holder == Holder(HolderKind.AGENT, "bo")

    def test_the_group_of_a_log_that_tells_none_is_kept(self, desk):
        desk.recorded(e.Submitted, group="north").recorded(e.Submitted)
        assert desk.ticket.group == "north"

    @pytest.mark.parametrize("kind", HolderKind)
    def test_its_kinds_have_chinese_names(self, kind):
        assert kind.label in {"服务商团队", "客服", "平台"}


class TestMessages:
    """Everything that was written, in order, with its author and who may read it."""

    def test_a_conversation(self, desk):
        desk.given(c.Submit, body="打不开").given(c.Reply, reply="请稍候").given(
            c.Note, body="证书"
        )
        told = [(one.author.role, one.visibility, one.body) for one in desk.ticket.messages]
        assert told == [
            (Role.CUSTOMER, Visibility.PUBLIC, "打不开"),
            (Role.AGENT, Visibility.PUBLIC, "请稍候"),
            (Role.AGENT, Visibility.INTERNAL, "证书"),
        ]

    def test_each_knows_its_event_and_when(self, desk):
        desk.given(c.Submit).given(c.Write, id="w")
        last = desk.ticket.messages[-1]
        assert (last.event_id, last.at) == ("w/1", desk.now)

    @pytest.mark.parametrize("kind", MessageKind)
    def test_a_customers_message_has_its_kind(self, desk, kind):
        desk.given(c.Submit).given(c.Write, kind=kind)
        last = desk.ticket.messages[-1]
        assert last.kind is kind
        assert last.automatic is (kind is MessageKind.AUTOMATIC)

    def test_an_automatic_reply_is_marked(self, desk):
        desk.recorded(e.Submitted).recorded(e.Replied, automatic=True)
        assert desk.ticket.messages[-1].automatic

    def test_so_is_the_systems(self, desk):
        desk.recorded(e.Submitted).recorded(e.Replied, by=Role.SYSTEM)
        assert desk.ticket.messages[-1].automatic

    def test_what_people_write_is_not(self, desk):
        desk.at(Status.AWAITING_CONFIRMATION).given(c.Reject).given(c.Note)
        assert [(one.automatic, one.kind) for one in desk.ticket.messages] == [
            (False, MessageKind.MESSAGE)
        ] * 4

    @pytest.mark.parametrize(
        ("kind", "note"),
        [
            (c.Note, "网站打不开"),
            (c.Transfer, "证书已过期\n更换证书"),
            (c.Escalate, "需平台检查负载均衡"),
            (c.HandOver, "证书过期\n小安\n已申请新证书\n更换证书"),
        ],
    )
    def test_notes_are_what_the_customer_does_not_read(self, desk, kind, note):
        desk.at(Status.IN_PROGRESS).given(kind)
        assert [one.body for one in desk.ticket.notes] == [note]
        assert {one.visibility for one in desk.ticket.notes} == {Visibility.INTERNAL}

    def test_no_repr_shows_a_body(self, desk):
        desk.given(c.Submit, body="密码 hunter2")
        assert desk.ticket.messages[0].body == "密码 hunter2"
        assert "hunter2" not in repr(desk.ticket.messages)

    @given(wild_histories())
    @settings(deadline=None)
    def test_none_is_lost_and_none_invented(self, history):
        ticket = replay(history)
        written = [event for event in history if type(event) in INTERNAL | PUBLIC]
        assert [one.event_id for one in ticket.messages] == [event.id for event in written]
        for one, event in zip(ticket.messages, written, strict=True):
            internal = one.visibility is Visibility.INTERNAL
            assert internal == (type(event) in INTERNAL)
            assert (one.author, one.at) == (event.by, event.at)
        assert ticket.notes == tuple(one for one in ticket.messages if one in ticket.notes)


class TestCallsReportsAndPromises:
    """What 4.6 and 8.2 want written into the ticket."""

    def test_calls_with_their_outcomes(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.RecordCall, outcome="稍后再打")
        desk.given(c.RecordCall, outcome="已同意")
        assert [one.outcome for one in desk.ticket.calls] == ["稍后再打", "已同意"]
        assert desk.ticket.calls[-1].at == desk.ticket.phoned_at
        assert desk.ticket.calls[-1].by == Actor(Role.AGENT, "an")
        assert "已同意" not in repr(desk.ticket.calls)

    @pytest.mark.parametrize("superior", Superior)
    def test_reports_upward(self, desk, superior):
        desk.at(Status.IN_PROGRESS).given(c.Report, to=superior)
        (report,) = desk.ticket.reports
        assert (report.to, report.at, report.event_id) == (superior, desk.now, "c3/1")

    def test_every_promise_and_the_latest(self, desk):
        desk.at(Status.IN_PROGRESS)
        first, second = (desk.now + timedelta(days=n) for n in (1, 2))
        desk.given(c.PromiseResolution, promised_for=first)
        desk.given(c.PromiseResolution, promised_for=second)
        assert desk.ticket.promises == (first, second)
        assert desk.ticket.promised_for == second

    def test_a_new_ticket_has_none_of_them(self, desk):
        desk.given(c.Submit)
        ticket = desk.ticket
        assert ticket.calls == ticket.reports == ticket.promises == ticket.notes == ()
