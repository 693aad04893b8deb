"""``permitted`` says what ``decide`` would say of a complete command, for every command."""

from datetime import datetime, timedelta

import pytest
from attrs import fields_dict
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.clauses import Refusal
from ticketrules.errors import HistoryError, NaiveTimeError
from ticketrules.tickets import (
    COMMANDS,
    TABLE,
    Actor,
    Check,
    Role,
    Status,
    Superior,
    decide,
    permitted,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets.decider import LAPSES
from ticketrules.verification.strategies import wild_histories

from .test_laws import START

LATER = START + timedelta(days=90)


def complete(kind, role, ticket):
    """A command with all its words and parts, by somebody of a role; made for this test alone."""
    parts = {
        "id": "a command that no history has seen",
        "by": Actor(role, "an"),
        "ticket": ticket.id,
        "body": "您好",
        "reply": "您好",
        "note": "备注",
        "judgement": "判断",
        "next_step": "下一步",
        "outcome": "结果",
        "cause": "原因",
        "handler": "小安",
        "progress": "进度",
        "to": Superior.OPERATIONS if kind is c.Report else "bo",
        "told": True,
        "checks": {Check.ORDER},
        "promised_for": LATER + timedelta(minutes=1),
    }
    return kind(**{name: parts[name] for name in fields_dict(kind) if name in parts})


def allowed(desk, **more):
    return {one.command for one in permitted(desk.ticket, desk.now, **more) if one.is_allowed}


class TestItIsDecidesOwnAnswer:
    """For every command, by every role, on any history whatsoever."""

    @given(wild_histories(last=START), st.booleans())
    @settings(deadline=None, max_examples=60)
    def test_on_any_history(self, history, is_due):
        ticket = replay(history)
        due = dict.fromkeys(LAPSES, LATER) if is_due else {}
        found = permitted(ticket, LATER, due_at=due)
        assert tuple(one.command for one in found) == COMMANDS
        for one in found:
            for role in Role:
                command = complete(one.command, role, ticket)
                outcome = decide(ticket, command, LATER, due_at=due.get(one.command))
                reasons = outcome.reasons if isinstance(outcome, Refusal) else ()
                if role in one.by:
                    assert reasons == one.reasons
                else:
                    assert set(reasons) > set(one.reasons)

    @pytest.mark.parametrize("status", Status)
    def test_in_each_status(self, desk, status):
        desk.at(status)
        for one in permitted(desk.ticket, desk.now):
            for role in one.by:
                outcome = desk.decided(complete(one.command, role, desk.ticket), due_at=None)
                assert (not isinstance(outcome, Refusal)) == one.is_allowed

    def test_it_changes_nothing(self, desk):
        desk.at(Status.IN_PROGRESS)
        shown = repr(desk.ticket)
        assert permitted(desk.ticket, desk.now) == permitted(desk.ticket, desk.now)
        assert repr(desk.ticket) == shown


class TestWhatAHostDraws:
    """The buttons, and the sentence behind each that cannot be pressed."""

    def test_before_the_submission_there_is_only_that(self, desk):
        assert allowed(desk) == {c.Submit}
        told = {one.reasons[0].clause for one in permitted(None, desk.now) if not one.is_allowed}
        assert told == {"5.1"}
        assert tuple(one.command for one in permitted(None, desk.now)) == COMMANDS

    def test_after_the_close_there_is_nothing(self, desk):
        desk.at(Status.CLOSED)
        assert allowed(desk) == set()
        assert all(one.reasons for one in permitted(desk.ticket, desk.now))

    def test_an_open_ticket_can_always_be_closed(self, desk):
        for status in set(Status) - {Status.CLOSED}:
            desk.ticket = None
            desk.at(status)
            assert c.Close in allowed(desk)

    def test_every_reason_is_told_and_not_the_first_alone(self, desk):
        desk.given(c.Submit, c.Escalate, c.Write)
        (transfer,) = (one for one in permitted(desk.ticket, desk.now) if one.command is c.Transfer)
        assert [reason.clause for reason in transfer.reasons] == ["6.2", "6.4"]

    @pytest.mark.parametrize("kind", [c.Remind, c.LapseFeedback])
    def test_a_lapse_from_its_time_on(self, desk, kind):
        desk.at(Status.AWAITING_FEEDBACK)
        soon = desk.now + timedelta(seconds=1)
        assert kind not in allowed(desk)
        assert kind not in allowed(desk, due_at={kind: soon})
        assert kind in allowed(desk, due_at={kind: desk.now})

    def test_who_may_is_told_as_the_table_has_it(self, desk):
        for one in permitted(None, desk.now):
            assert one.by
            assert all(one.by <= TABLE[event].by for event in one.command.causes)

    def test_every_command_is_listed(self):
        assert set(COMMANDS) == set(c.Command.__subclasses__())

    def test_a_command_id_in_use_is_no_obstacle(self, desk):
        desk.given(c.Submit)
        for number in range(1, 60):
            desk.given(c.Note, id="?" * number)
            assert c.Note in allowed(desk)


class TestMisuse:
    """An instant that cannot be is the host's mistake."""

    def test_a_time_without_a_zone(self, desk):
        with pytest.raises(NaiveTimeError):
            permitted(desk.given(c.Submit).ticket, datetime(2026, 3, 2, 9))  # noqa: DTZ001

    def test_a_time_before_the_last_event(self, desk):
        desk.given(c.Submit)
        with pytest.raises(HistoryError):
            permitted(desk.ticket, desk.now - timedelta(microseconds=1))
