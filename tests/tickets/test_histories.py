"""Histories that cannot be, histories that may not be, and the instants of both."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve as changed
from attrs.exceptions import FrozenInstanceError

from ticketrules.errors import CalendarError, HistoryError, NaiveTimeError, TicketRulesError
from ticketrules.tickets import (
    SYSTEM,
    TABLE,
    Actor,
    Decision,
    Role,
    Status,
    decide,
    evolve,
    instant,
    is_terminal,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import as_of, extend, fold, rewind, thaw

NAIVE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001


class NoOffset(tzinfo):
    """A zone that does not know its own offset, so that its instants are naive after all."""

    def utcoffset(self, _when):
        return None


class TestHistoryError:
    """Events that cannot be one ticket's history are the host's mistake."""

    def test_no_events_at_all(self):
        with pytest.raises(HistoryError, match=r"^no events: a ticket begins with its submission$"):
            replay([])

    def test_no_more_events_leave_the_ticket_as_it_is(self, desk):
        desk.at(Status.IN_PROGRESS)
        assert extend(desk.ticket, []) == desk.ticket

    def test_events_of_two_tickets(self, desk):
        one, other = desk.event(e.Submitted), desk.event(e.Submitted, ticket="T2")
        with pytest.raises(HistoryError, match="'e2' is of ticket 'T2', not of 'T1'"):
            replay([one, other])
        with pytest.raises(HistoryError, match="'e2'"):
            evolve(replay([one]), other)

    def test_events_out_of_order(self, desk):
        first = desk.event(e.Submitted)
        early = desk.event(e.CustomerWrote, at=first.at - timedelta(microseconds=1))
        with pytest.raises(HistoryError, match="'e2' is older"):
            replay([first, early])
        with pytest.raises(HistoryError, match="'e2' is older"):
            evolve(replay([first]), early)

    def test_events_of_one_instant_keep_their_order(self, desk):
        history = [desk.event(e.Submitted), desk.event(e.Replied), desk.event(e.CustomerWrote)]
        assert replay(history).unanswered_since == desk.now
        assert replay([history[0], history[2], history[1]]).unanswered_since is None

    def test_an_event_id_twice(self, desk):
        first = desk.event(e.Submitted)
        again = desk.event(e.CustomerWrote, id=first.id)
        with pytest.raises(HistoryError, match="'e1' stands twice"):
            replay([first, again])
        with pytest.raises(HistoryError, match="'e1' stands twice"):
            evolve(replay([first]), again)

    def test_a_command_id_of_another_command(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Note, id="note")
        with pytest.raises(HistoryError, match="'note' belongs to another command"):
            desk.when(c.Verify, id="note", checks=())

    def test_a_submission_of_another_ticket(self, desk):
        desk.given(c.Submit)
        with pytest.raises(HistoryError, match="'T2' on ticket 'T1'"):
            desk.when(c.Submit, ticket="T2")

    def test_a_command_id_that_only_looks_alike(self, desk):
        desk.at(Status.IN_PROGRESS).given(c.Note, id="a/1")
        desk.given(c.Note, id="a").given(c.Note, id="a/1/1").given(c.Note, id="A")
        assert [event.id for event in desk.ticket.history[-4:]] == [
            "a/1/1",
            "a/1",
            "a/1/1/1",
            "A/1",
        ]

    def test_a_command_before_the_last_event(self, desk):
        desk.at(Status.IN_PROGRESS)
        desk.now = desk.ticket.last_event_at - timedelta(microseconds=1)
        with pytest.raises(HistoryError, match="before the ticket's last event"):
            desk.decided(desk.command(c.Note))

    def test_a_command_at_the_very_instant_of_the_last_event(self, desk):
        desk.at(Status.IN_PROGRESS)
        desk.now = desk.ticket.last_event_at
        assert isinstance(desk.decided(desk.command(c.Note)), Decision)

    @pytest.mark.parametrize("command", [c.Reply, c.Write, c.Close, c.LapseFeedback])
    def test_a_command_without_a_ticket(self, desk, command):
        with pytest.raises(HistoryError, match="only submit begins one"):
            desk.when(command)

    def test_it_is_an_error_that_a_host_can_catch(self):
        assert issubclass(HistoryError, (TicketRulesError, ValueError))

    def test_a_lasting_ticket_is_unharmed(self, desk):
        desk.at(Status.IN_PROGRESS)
        ticket, shown = desk.ticket, repr(desk.ticket)
        with pytest.raises(HistoryError):
            extend(ticket, [desk.event(e.Noted), desk.event(e.Noted, ticket="T2")])
        assert repr(ticket) == shown
        assert len(ticket.history) == ticket.version


class TestNaiveTimeError:
    """An instant without a zone is never guessed at."""

    @pytest.mark.parametrize("naive", [NAIVE, NAIVE.replace(tzinfo=NoOffset())])
    def test_of_an_instant(self, naive):
        with pytest.raises(NaiveTimeError, match="2026-03-02T09:00:00"):
            instant(naive)

    def test_of_an_event(self, desk):
        with pytest.raises(NaiveTimeError):
            desk.event(e.Noted, at=NAIVE)

    def test_of_a_decision(self, desk):
        desk.at(Status.IN_PROGRESS)
        with pytest.raises(NaiveTimeError):
            decide(desk.ticket, desk.command(c.Note), NAIVE)

    @pytest.mark.parametrize("command", [c.Remind, c.LapseFeedback, c.Note])
    def test_of_a_due_time(self, desk, command):
        desk.at(Status.AWAITING_FEEDBACK)
        with pytest.raises(NaiveTimeError):
            desk.decided(desk.command(command), due_at=NAIVE)

    def test_of_a_promised_time(self, desk):
        with pytest.raises(NaiveTimeError):
            desk.command(c.PromiseResolution, promised_for=NAIVE)
        with pytest.raises(NaiveTimeError):
            desk.event(e.ResolutionPromised, promised_for=NAIVE)


class TestInstants:
    """Instants are kept in UTC, so that no clock change and no zone can turn their order round."""

    NEW_YORK = ZoneInfo("America/New_York")

    @pytest.mark.parametrize(("value", "kind"), [("2026-03-02", "str"), (None, "NoneType")])
    def test_nothing_else_is_one(self, value, kind):
        with pytest.raises(TypeError, match=f"^an instant is a datetime, not {kind}$"):
            instant(value)

    def test_one_that_utc_cannot_tell_is_told(self):
        first = datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        with pytest.raises(CalendarError, match=r"^0001-01-01T00:00:00\+08:05:43 is outside"):
            instant(first)

    def test_every_instant_of_a_ticket_is_in_utc(self, desk):
        shanghai = ZoneInfo("Asia/Shanghai")
        desk.now = desk.now.astimezone(shanghai)
        desk.given(c.Submit, c.PromiseResolution, c.Complain)
        assert all(event.at.tzinfo is UTC for event in desk.ticket.history)
        kept = (desk.ticket.opened_at, desk.ticket.promised_for, desk.ticket.complained_at)
        assert all(one.tzinfo is UTC for one in kept)
        assert desk.ticket.opened_at == datetime(2026, 3, 2, 9, 1, tzinfo=shanghai)

    def test_the_same_history_told_in_two_zones_is_the_same(self, desk):
        desk.at(Status.RESOLVED)
        for zone in (self.NEW_YORK, timezone(timedelta(hours=5, minutes=45))):
            told = [changed(event, at=event.at.astimezone(zone)) for event in desk.ticket.history]
            assert tuple(told) == desk.ticket.history
            assert replay(told) == desk.ticket

    def test_the_repeated_hour_of_autumn_keeps_its_order(self, desk):
        # On 1 November 2026 New York's clocks go from 02:00 back to 01:00.
        before = datetime(2026, 11, 1, 1, 50, tzinfo=self.NEW_YORK)
        after = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=self.NEW_YORK)
        desk.now = before - timedelta(minutes=1)
        desk.given(c.Submit)
        assert desk.ticket.opened_at == instant(before)
        allowed = decide(desk.ticket, desk.command(c.Reply), after)
        assert allowed.ticket.first_answered_at - desk.ticket.opened_at == timedelta(minutes=20)
        with pytest.raises(HistoryError, match="before the ticket's last event"):
            decide(allowed.ticket, desk.command(c.Note), before)

    def test_a_due_time_in_the_repeated_hour_is_compared_as_an_instant(self, desk):
        due_at = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=self.NEW_YORK)
        early = datetime(2026, 11, 1, 1, 50, tzinfo=self.NEW_YORK)
        desk.at(Status.AWAITING_FEEDBACK)
        command = desk.command(c.Remind)
        assert not decide(desk.ticket, command, early, due_at=due_at)
        assert decide(desk.ticket, command, due_at, due_at=due_at)

    def test_an_hour_that_spring_skips_is_still_an_instant(self, desk):
        # On 8 March 2026 New York's clocks go from 02:00 to 03:00; 02:30 is read as 03:30 there.
        skipped = datetime(2026, 3, 8, 2, 30, tzinfo=self.NEW_YORK)
        assert instant(skipped) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


class TestAsOf:
    """A ticket as it stood at an instant is the one that its history up to then gives."""

    def test_what_came_later_is_left_aside(self, desk):
        desk.at(Status.CLOSED)
        for event in desk.ticket.history:  # those of one instant stand together
            then = replay(one for one in desk.ticket.history if one.at <= event.at)
            assert as_of(desk.ticket, event.at) == rewind(desk.ticket, event.at) == then

    def test_from_its_last_event_on_it_is_the_ticket_itself(self, desk):
        desk.at(Status.CLOSED)
        last = desk.ticket.last_event_at
        for now in (last, last + timedelta(days=1)):
            assert as_of(desk.ticket, now) is rewind(desk.ticket, now) is desk.ticket

    def test_before_its_first_event_there_is_none(self, desk):
        desk.given(c.Submit)
        early = desk.ticket.opened_at - timedelta(microseconds=1)
        assert rewind(desk.ticket, early) is None
        with pytest.raises(HistoryError, match=r"ticket 'T1' does not exist yet at 2026-03-02T01"):
            as_of(desk.ticket, early)


class TestFold:
    """Folding event by event into one draft gives what a replay gives."""

    def test_from_nothing_on(self, desk):
        desk.at(Status.CLOSED)
        draft = None
        for number, event in enumerate(desk.ticket.history, 1):
            draft = fold(draft, event)
            assert draft == thaw(replay(desk.ticket.history[:number]))

    def test_a_copy_of_a_ticket_leaves_the_ticket_as_it_is(self, desk):
        desk.at(Status.IN_PROGRESS)
        shown = repr(desk.ticket)
        fold(thaw(desk.ticket), desk.event(e.Transferred))
        assert repr(desk.ticket) == shown

    def test_by_a_table_of_ones_own(self, desk):
        resolving = changed(TABLE[e.Accepted], after=Status.RESOLVED)
        accepted = desk.event(e.Accepted)
        assert replay([accepted], table={e.Accepted: resolving}).status is Status.RESOLVED
        desk.given(c.Submit)
        draft = fold(thaw(desk.ticket), desk.event(e.Accepted), {e.Accepted: resolving})
        assert draft.status is Status.RESOLVED


class TestDepartures:
    """A recorded fact is never refused: it is folded, and its departure noted with its clause."""

    def test_a_legal_history_has_none(self, desk):
        desk.at(Status.CLOSED)
        assert desk.ticket.departures == ()
        assert replay(desk.ticket.history).departures == ()

    def test_a_history_that_begins_in_the_middle(self, desk, cited):
        desk.recorded(e.CustomerWrote)
        assert cited(desk.ticket) == ["5.1"]
        assert desk.ticket.departures[0].text.zh == "工单须以用户提交开始"
        assert (desk.ticket.status, desk.ticket.opened_at) == (Status.NEW, desk.now)
        assert desk.ticket.unanswered_since == desk.now

    def test_a_history_that_begins_with_a_change_of_status(self, desk, cited):
        desk.recorded(e.FeedbackRequested, e.CustomerWrote, e.Replied)
        assert cited(desk.ticket) == ["5.1"]
        assert desk.ticket.status is Status.IN_PROGRESS

    @pytest.mark.parametrize("role", [Role.PLATFORM, Role.SYSTEM])
    def test_a_submission_by_a_stranger(self, desk, cited, role):
        desk.recorded(e.Submitted, by=role)
        assert cited(desk.ticket) == ["5.1"]
        assert "only by customer or agent" in str(desk.ticket.departures[0])

    def test_a_first_event_by_a_stranger_departs_twice(self, desk, cited):
        desk.recorded(e.Accepted, by=Role.CUSTOMER)
        assert cited(desk.ticket) == ["5.1", "5.2"]

    def test_a_second_submission(self, desk, cited):
        desk.at(Status.IN_PROGRESS).recorded(e.Submitted)
        assert cited(desk.ticket) == ["5.1"]
        assert desk.ticket.departures[0].text.en == "a ticket is submitted once"

    @pytest.mark.parametrize(
        "status", [Status.IN_PROGRESS, Status.AWAITING_FEEDBACK, Status.CLOSED]
    )
    def test_a_second_submission_moves_it_nowhere(self, desk, status):
        desk.at(status).recorded(e.Submitted)
        assert desk.ticket.status is status

    def test_a_second_submission_restarts_no_clock(self, desk):
        desk.given(c.Submit)
        first = desk.now
        desk.given(c.Accept).recorded(e.Submitted)
        assert desk.ticket.opened_at == desk.ticket.unanswered_since == first

    def test_each_departure_tells_its_event_and_when(self, desk):
        desk.recorded(e.Submitted).recorded(e.Confirmed, by=Role.AGENT)
        event = desk.ticket.history[-1]
        assert [(one.clause, one.event_id, one.at) for one in desk.ticket.departures] == [
            ("5.1", event.id, event.at),
            ("5.1", event.id, event.at),
        ]
        assert [str(one) for one in desk.ticket.departures] == [
            "confirmed: not while new [5.1]",
            "confirmed: only by customer, not by agent [5.1]",
        ]

    def test_what_happens_after_closing_departs_and_is_counted(self, desk, cited):
        desk.at(Status.CLOSED).recorded(e.CustomerWrote, e.Replied)
        assert cited(desk.ticket) == ["5.1", "5.6"]
        assert is_terminal(desk.ticket)
        assert desk.ticket.version == len(desk.ticket.history)

    def test_a_log_that_reopens_what_was_closed_is_followed(self, desk, cited):
        desk.at(Status.CLOSED).recorded(e.Accepted, e.Replied)
        assert cited(desk.ticket) == ["5.2"]
        assert desk.ticket.status is Status.IN_PROGRESS

    def test_a_departure_stays_when_the_ticket_goes_on_legally(self, desk, cited):
        desk.recorded(e.Submitted, e.Accepted, e.FeedbackRequested)
        desk.given(c.Write, c.ProposeSolution, c.Confirm, c.Close)
        assert cited(desk.ticket) == ["5.3"]
        assert is_terminal(desk.ticket)

    def test_both_languages_are_there(self, desk):
        desk.recorded(e.Submitted, e.Resolved, e.Closed, e.Transferred, e.Reminded, e.Submitted)
        assert len(desk.ticket.departures) == 5
        for one in desk.ticket.departures:
            assert one.text.en.isascii()
            assert not one.text.zh.isascii()


class TestValues:
    """Tickets and events are values."""

    def test_a_ticket_cannot_be_changed(self, desk):
        desk.at(Status.IN_PROGRESS)
        with pytest.raises(FrozenInstanceError):
            desk.ticket.status = Status.CLOSED

    def test_an_event_cannot_be_changed(self, desk):
        event = desk.event(e.Noted)
        with pytest.raises(FrozenInstanceError):
            event.body = "anders"

    def test_an_actor_is_told_by_role_and_id(self):
        assert str(Actor(Role.AGENT, "an")) == "agent:an"
        assert str(SYSTEM) == "system"
