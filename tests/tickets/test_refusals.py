"""A refusal tells every reason, in both languages, each with its clause."""

import re

import pytest
from attrs import fields_dict

from ticketrules.clauses import CLAUSES, Refusal
from ticketrules.tickets import Role, Status
from ticketrules.tickets import commands as c

COMMANDS = [
    kind
    for kind in vars(c).values()
    if isinstance(kind, type) and issubclass(kind, c.Command) and kind is not c.Command
]
WORDS = (
    "reply",
    "note",
    "judgement",
    "next_step",
    "outcome",
    "cause",
    "handler",
    "progress",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def refusals(desk):
    """Every refusal met in each status, by each role, with words and without."""
    met = []
    for status in Status:
        desk.ticket = None
        desk.at(status)
        for kind in COMMANDS:
            blank = {name: "" for name in WORDS if name in fields_dict(kind)}
            for role in Role:
                for parts in ({}, blank):
                    command = desk.command(kind, by=role, **parts)
                    outcome = desk.decided(command)
                    if isinstance(outcome, Refusal):
                        met.append((command, outcome))
    assert {type(command) for command, _ in met} == set(COMMANDS)
    return met


class TestEveryRefusal:
    """What holds of any refusal whatsoever."""

    def test_has_a_reason_and_is_false(self, refusals):
        assert all(refusal.reasons and not refusal for _, refusal in refusals)

    def test_cites_clauses_of_the_rulebook(self, refusals):
        cited = {reason.clause for _, refusal in refusals for reason in refusal.reasons}
        assert cited <= CLAUSES.keys()

    def test_says_it_in_both_languages(self, refusals):
        for _, refusal in refusals:
            for reason in refusal.reasons:
                assert reason.text.en.strip()
                assert not CHINESE.search(reason.text.en), reason.text.en
                assert CHINESE.search(reason.text.zh), reason.text.zh
                assert not re.search(r"[A-Za-z_]", reason.text.zh), reason.text.zh

    def test_tells_no_reason_twice(self, refusals):
        for _, refusal in refusals:
            assert len(set(refusal.reasons)) == len(refusal.reasons)

    def test_reads_as_a_sentence_that_ends_with_the_clause(self, refusals):
        one = r"[a-z0-9 ,:'-]+ \[\d\.\d\]"
        for command, refusal in refusals:
            assert re.fullmatch(rf"{command.name} refused: {one}(; {one})*", str(refusal))


class TestAllReasons:
    """Not only the first reason is told."""

    def test_of_a_transfer(self, desk):
        desk.given(c.Submit, c.Accept, c.Reply, c.Close)
        refusal = desk.when(c.Transfer, by=Role.CUSTOMER, judgement="")
        assert str(refusal) == (
            "transfer refused: transferred: not while closed [6.1]; "
            "transferred: only by agent, not by customer [6.1]; "
            "transfer needs a note: a judgement and what comes next [6.1]"
        )

    def test_of_a_transfer_of_what_is_new(self, desk):
        desk.given(c.Submit)
        refusal = desk.when(c.Transfer, next_step=" ")
        assert str(refusal) == (
            "transfer refused: transfer needs a note: a judgement and what comes next [6.1]; "
            "transfer needs the customer answered first [6.2]"
        )

    def test_of_a_dispatch(self, desk, cited):
        desk.at(Status.RESOLVED)
        refusal = desk.when(c.Dispatch, by=Role.CUSTOMER, online=False)
        assert cited(refusal) == ["6.3", "6.3", "6.3"]

    def test_of_each_event_that_the_command_would_cause(self, desk):
        desk.at(Status.CLOSED)
        refusal = desk.when(c.RequestFeedback, reply="")
        assert str(refusal) == (
            "request feedback refused: "
            "waiting for feedback needs a reply that says what is awaited [5.3]; "
            "replied: not while closed [5.6]; "
            "feedback requested: not while closed [5.3]"
        )

    def test_of_a_lapse(self, desk):
        desk.given(c.Submit)
        refusal = desk.decided(desk.command(c.LapseFeedback, by=Role.AGENT))
        assert str(refusal) == (
            "lapse feedback refused: lapse feedback is not due yet [9.2]; "
            "feedback lapsed: not while new [9.2]; "
            "feedback lapsed: only by system, not by agent [9.2]; "
            "the customer had the last word [9.2]"
        )

    def test_several_roles_are_named(self, desk):
        desk.given(c.Submit)
        refusal = desk.when(c.Note, by=Role.CUSTOMER)
        (reason,) = refusal.reasons
        assert reason.text.en == "noted: only by agent or platform or system, not by customer"
        assert reason.text.zh == "添加备注：仅限客服、平台、系统，客户不可进行"

    def test_a_status_is_named_in_both_languages(self, desk):
        desk.at(Status.AWAITING_FEEDBACK)
        (reason,) = desk.when(c.Confirm).reasons
        assert reason.text.en == "confirmed: not while awaiting feedback"
        assert reason.text.zh == "确认解决：“待反馈”的工单不可进行"


class TestARefusedCommand:
    """It changes nothing, and may be put right and asked again under its own id."""

    def test_leaves_the_ticket_as_it_was(self, desk):
        desk.at(Status.IN_PROGRESS)
        ticket, history = desk.ticket, desk.ticket.history
        shown = repr(ticket)
        assert not desk.when(c.Transfer, judgement="")
        assert desk.ticket is ticket
        assert ticket.history is history
        assert repr(ticket) == shown

    def test_may_be_put_right_under_the_same_id(self, desk):
        desk.at(Status.IN_PROGRESS)
        assert not desk.when(c.Transfer, id="move", judgement="")
        desk.given(c.Transfer, id="move")
        assert desk.ticket.history[-1].id == "move/1"
