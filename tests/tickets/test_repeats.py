"""A command is decided once, however often it comes; two writers cannot both win."""

from datetime import UTC, datetime, timedelta

import pytest

from ticketrules.errors import HistoryError, NaiveTimeError, VersionConflictError
from ticketrules.tickets import Actor, Decision, Role, Status, replay
from ticketrules.tickets import commands as c


class TestTheSameCommandAgain:
    """A host that is not sure whether a command went through sends it again."""

    @pytest.mark.parametrize("kind", [c.Reply, c.RequestFeedback, c.Note, c.Complain])
    def test_gives_the_same_events_and_effects_and_changes_nothing(self, desk, kind):
        desk.given(c.Submit)
        first = desk.when(kind, id="once")
        desk.ticket = first.ticket
        again = desk.when(kind, id="once")
        assert (again.events, again.effects) == (first.events, first.effects)
        assert again.ticket is first.ticket
        assert (first.is_repeat, again.is_repeat) == (False, True)

    def test_even_after_more_has_happened_and_it_would_now_be_refused(self, desk):
        desk.at(Status.IN_PROGRESS)
        first = desk.when(c.RequestFeedback, id="ask")
        desk.ticket = first.ticket
        desk.given(c.Close)
        again = desk.when(c.RequestFeedback, id="ask")
        assert again.is_repeat
        assert again.events == first.events
        assert again.ticket.status is Status.CLOSED

    def test_even_with_an_old_version(self, desk):
        desk.given(c.Submit)
        command = desk.command(c.Reply, id="once")
        first = desk.decided(command, expected_version=1)
        desk.ticket = first.ticket
        assert desk.decided(command, expected_version=1).is_repeat

    @pytest.mark.parametrize("other", [{"reply": "别的话"}, {"by": Actor(Role.AGENT, "wang")}])
    def test_but_another_content_under_its_id_is_the_hosts_mistake(self, desk, other):
        desk.given(c.Submit).given(c.Reply, id="once")
        with pytest.raises(HistoryError, match="'once' belongs to another command"):
            desk.when(c.Reply, id="once", **other)

    @pytest.mark.parametrize("kind", [c.Note, c.Verify, c.Report, c.Escalate, c.PromiseResolution])
    def test_but_another_kind_under_its_id_is_the_hosts_mistake(self, desk, kind):
        desk.given(c.Submit, c.Reply).given(c.Transfer, id="once")
        with pytest.raises(HistoryError, match="'once' belongs to another command"):
            desk.when(kind, id="once")

    def test_a_refused_one_may_be_tried_again(self, desk):
        desk.given(c.Submit)
        assert not desk.when(c.Transfer, id="move")
        desk.given(c.Reply)
        assert isinstance(desk.when(c.Transfer, id="move"), Decision)

    def test_of_a_submission(self, desk):
        first = desk.when(c.Submit, id="in")
        desk.ticket = first.ticket
        assert desk.when(c.Submit, id="in").is_repeat


class TestStoredInPart:
    """The events of a decision are stored together; where they were not, the error says so."""

    def stored(self, desk, count):
        desk.at(Status.IN_PROGRESS)
        before = desk.ticket.history
        command = desk.command(c.RequestFeedback, id="ask")
        decision = desk.decided(command)
        return command, replay((*before, *decision.events[:count]))

    def test_what_is_there_and_what_to_do_is_said(self, desk):
        command, desk.ticket = self.stored(desk, 1)
        with pytest.raises(HistoryError, match=r"stored only in part, up to 'ask/1'.* try again"):
            desk.decided(command)

    def test_without_what_was_stored_it_is_decided_anew(self, desk):
        command, half = self.stored(desk, 1)
        desk.ticket = replay(half.history[:-1])
        assert not desk.decided(command).is_repeat

    def test_with_the_rest_it_is_a_repeat(self, desk):
        command, desk.ticket = self.stored(desk, 2)
        assert desk.decided(command).is_repeat

    def test_another_command_under_its_id_is_another_mistake(self, desk):
        _command, desk.ticket = self.stored(desk, 1)
        with pytest.raises(HistoryError, match="belongs to another command"):
            desk.decided(desk.command(c.RequestFeedback, id="ask", reply="另一句"))


class TestExpectedVersion:
    """Whoever has not seen the latest version reads it again first."""

    def test_the_right_one_passes(self, desk):
        desk.given(c.Submit)
        decision = desk.decided(desk.command(c.Reply), expected_version=desk.ticket.version)
        assert decision.ticket.version == 3

    def test_of_a_ticket_that_is_not_there_is_nought(self, desk):
        assert desk.decided(desk.command(c.Submit), expected_version=0)

    @pytest.mark.parametrize("version", [0, 1, 4])
    def test_another_one_is_a_conflict(self, desk, version):
        desk.at(Status.IN_PROGRESS)
        told = f"^ticket 'T1' has version 3, not {version}"
        with pytest.raises(VersionConflictError, match=told):
            desk.decided(desk.command(c.Reply), expected_version=version)


class TestWhenItWasWished:
    """A command may carry its own instant, such as one kept while a line was down."""

    def test_its_events_happen_then(self, desk):
        desk.given(c.Submit)
        at = desk.now
        desk.later(hours=2)
        decision = desk.decided(desk.command(c.Reply, at=at))
        assert {event.at for event in decision.events} == {at.astimezone(UTC)}
        assert decision.ticket == replay(decision.ticket.history)

    def test_not_after_now(self, desk):
        desk.given(c.Submit)
        late = desk.command(c.Reply, at=desk.now + timedelta(seconds=1))
        with pytest.raises(HistoryError, match="from the future of now"):
            desk.decided(late)

    def test_not_before_the_last_event(self, desk):
        desk.at(Status.IN_PROGRESS)
        early = desk.command(c.Reply, at=desk.ticket.last_event_at - timedelta(microseconds=1))
        with pytest.raises(HistoryError, match="before the ticket's last event"):
            desk.decided(early)

    def test_not_without_a_zone(self, desk):
        with pytest.raises(NaiveTimeError):
            desk.command(c.Reply, at=datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001

    def test_a_lapse_looks_at_it(self, desk):
        desk.at(Status.AWAITING_FEEDBACK)
        due_at = desk.now + timedelta(days=9)
        early = desk.command(c.LapseFeedback, at=due_at - timedelta(seconds=1))
        desk.now = due_at
        assert not desk.decided(early, due_at=due_at)
        assert desk.decided(desk.command(c.LapseFeedback), due_at=due_at)
