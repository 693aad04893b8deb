"""What people wrote is kept, and never shown in a repr, a sentence or an error (6.5)."""

import pytest
from attrs import fields_dict

from ticketrules.clauses import Refusal
from ticketrules.errors import HistoryError
from ticketrules.tickets import Decision, MessageKind, Role, Status, evolve, replay
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e

SECRET = "密码 hunter2"  # noqa: S105
NOT_WORDS = {"id", "ticket", "to", "follows", "at", "by"}
"""The fields that may show; every other one that holds a string is somebody's words."""


def kinds_of(base, module):
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base
    ]


def words_of(kind):
    return [
        name
        for name, attribute in fields_dict(kind).items()
        if name not in NOT_WORDS and attribute.type in {str, "str"}
    ]


def secrets(kind):
    return dict.fromkeys(words_of(kind), SECRET)


COMMANDS, EVENTS = kinds_of(c.Command, c), kinds_of(e.Event, e)
WORDY = [kind for kind in COMMANDS + EVENTS if words_of(kind)]


class TestClause6_5:  # noqa: N801
    """6.5: nothing that a customer or an agent wrote, a password least of all, is ever shown."""

    def test_the_words_of_both_sides_are_looked_at(self):
        looked_at = {name for kind in WORDY for name in words_of(kind)}
        assert {"body", "reply", "note", "judgement", "outcome", "progress"} <= looked_at

    @pytest.mark.parametrize("kind", WORDY, ids=lambda kind: kind.__name__)
    def test_no_command_or_event_shows_its_words(self, desk, kind):
        make = desk.command if issubclass(kind, c.Command) else desk.event
        one = make(kind, **secrets(kind))
        for name in words_of(kind):
            assert getattr(one, name) == SECRET
        assert "hunter2" not in repr(one) + str(one) + f"{one}"
        assert kind.__name__ in repr(one)

    @pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
    def test_no_ticket_shows_the_words_of_its_history(self, desk, kind):
        desk.recorded(e.Submitted, body=SECRET).recorded(kind, **secrets(kind))
        ticket = desk.ticket
        shown = repr(ticket) + str(ticket) + "".join(map(str, ticket.departures))
        assert "hunter2" not in shown + repr(ticket.departures)
        assert ticket.history[0].body == SECRET

    @pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
    def test_no_outcome_shows_the_words_of_its_command(self, desk, kind):
        outcomes = []
        for status in Status:
            desk.ticket = None
            desk.at(status)
            outcomes += [desk.when(kind, by=role, **secrets(kind)) for role in Role]
        desk.ticket = None
        if kind is not c.Submit:
            # Here the platform holds the ticket, a complaint is open, and it is said to be solved.
            desk.given(c.Submit, c.Complain, c.Escalate).given(c.Write, kind=MessageKind.SOLVED)
        outcomes.append(desk.when(kind, **secrets(kind)))
        assert {type(outcome) for outcome in outcomes} == {Refusal, Decision}
        for outcome in outcomes:
            assert "hunter2" not in repr(outcome) + str(outcome)

    @pytest.mark.parametrize("kind", WORDY, ids=lambda kind: kind.__name__)
    def test_words_of_a_wrong_type_are_named_and_not_shown(self, desk, kind):
        make = desk.command if issubclass(kind, c.Command) else desk.event
        for name in words_of(kind):
            with pytest.raises(TypeError, match=rf"^{name} must be a str, not bytes$") as caught:
                make(kind, **{name: b"hunter2"})
            assert "hunter2" not in repr(caught.value)

    def test_no_history_error_shows_words(self, desk):
        desk.recorded(e.Submitted, body=SECRET)
        first = desk.ticket.history[0]
        other = desk.event(e.CustomerWrote, ticket="T2", body=SECRET)
        for wrong in ([first, first], [first, other]):
            with pytest.raises(HistoryError) as caught:
                replay(wrong)
            assert "hunter2" not in repr(caught.value)
        with pytest.raises(HistoryError) as caught:
            evolve(desk.ticket, first)
        assert "hunter2" not in repr(caught.value)
