"""Strategies: what they draw is what they promise, and it shrinks to what a person would write."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from ticketrules.calendar import DayKind, Schedule, ServiceCalendar
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy, dump_policy, load_policy
from ticketrules.tickets import COMMANDS, TABLE, Actor, Decision, MessageKind, Role, Status, replay
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.verification import strategies
from ticketrules.verification.strategies.instants import PLAIN
from ticketrules.verification.strategies.messages import KINDS

DESK = Desk(Policy())
CALENDAR = DESK.calendar

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
fixed = settings(max_examples=500, derandomize=True, database=None, deadline=None)
"""The same search every time, so that what it shrinks to can be told."""


class TestInstants:
    """Aware, within their bounds, and often where something changes."""

    FIRST, LAST = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)

    @some
    @given(strategies.instants(first=FIRST, last=LAST, whole_minutes=True))
    def test_within_bounds_and_on_whole_minutes(self, at):
        assert self.FIRST <= at <= self.LAST
        assert (at.second, at.microsecond) == (0, 0)
        assert at.utcoffset() is not None

    @pytest.mark.parametrize(
        "what",
        [
            lambda at: CALENDAR.day(at.date()).kind is DayKind.MAKEUP_WORKDAY,
            lambda at: CALENDAR.day(at.date()).kind is DayKind.HOLIDAY,
            lambda at: at == CALENDAR.opening(at.date()),
            lambda at: at == CALENDAR.closing(at.date()),
            lambda at: CALENDAR.is_open(at - timedelta(microseconds=1)) > CALENDAR.is_open(at),
            lambda at: (at.month, at.day) in {(12, 31), (1, 1)},
            lambda at: (at.date(), at.year % 4) == (date(at.year, 2, 28) + timedelta(days=1), 0),
        ],
        ids=["make-up", "holiday", "opening", "closing", "just closed", "year's end", "leap day"],
    )
    def test_each_kind_of_edge_is_met(self, what):
        met = []

        @settings(fixed, max_examples=500)
        @given(strategies.instants(zones=[CALENDAR.zone]))
        def look(at):
            met.append(bool(what(at)))

        look()
        assert any(met)

    def test_clock_changes_are_met(self):
        zone = ZoneInfo("America/New_York")
        changes = datetime(2026, 11, 1, 6, tzinfo=UTC)  # two o'clock becomes one
        at = find(
            strategies.instants(zones=[zone]), lambda at: at.astimezone(UTC) == changes,
            settings=settings(fixed, max_examples=5_000),
        )  # fmt: skip
        assert at.fold == 1

    def test_they_shrink_to_a_plain_monday_at_nine(self):
        at = find(strategies.instants(), lambda _: True, settings=fixed)
        assert at == PLAIN
        assert f"{at:%a %H:%M}" == "Mon 09:00"

    @some
    @given(strategies.amounts(timedelta(hours=5)))
    def test_amounts_are_no_longer_than_asked(self, amount):
        assert timedelta(0) <= amount <= timedelta(hours=5)


class TestCalendars:
    @some
    @given(strategies.calendars())
    def test_each_opens_some_day(self, calendar):
        assert calendar.is_open(calendar.next_opening(PLAIN))

    @some
    @given(strategies.notices(2027))
    def test_a_notice_is_taken(self, notice):
        assert Policy(notices=(notice,)).calendar().day(notice.holidays[0].dates[0]).name

    def test_they_shrink_to_the_marketplaces(self):
        assert find(strategies.calendars(), lambda _: True, settings=fixed) == ServiceCalendar()
        assert find(strategies.schedules(), lambda _: True, settings=fixed) == Schedule()


class TestPolicies:
    @some
    @given(strategies.policies())
    def test_each_can_be_written_down_and_put_to_work(self, policy):
        assert load_policy(dump_policy(policy)) == policy
        assert Desk(policy).clocks.targets

    @pytest.mark.slow
    def test_only_what_breaks_a_property_differs_in_the_end(self):
        found = find(
            strategies.policies(),
            lambda policy: policy.promises.next_reply < timedelta(hours=1),
            settings=fixed,
        )
        usual, wanted = dump_policy(Policy()), dump_policy(found)
        differs = set(wanted.splitlines()) - set(usual.splitlines())
        assert differs == {'next_reply = "30m"'}


class TestCommands:
    """On a given ticket: those that the rules allow, those that they refuse, and both."""

    @some
    @given(data=st.data(), ticket=strategies.tickets())
    def test_legal_ones_are_allowed_and_illegal_ones_refused(self, data, ticket):
        at = data.draw(strategies.moments(ticket.history))
        refused = data.draw(strategies.commands(ticket, at, legal=False))
        assert not isinstance(DESK.handle(ticket, refused, at), Decision)
        if ticket.status is not Status.CLOSED:
            allowed = data.draw(strategies.commands(ticket, at, legal=True))
            assert isinstance(DESK.handle(ticket, allowed, at), Decision)

    def test_before_a_ticket_there_is_only_its_submission(self):
        for legal in (True, None, False):
            kinds = {type(one) for one in drawn(strategies.commands(legal=legal), 40)}
            assert kinds == {c.Submit}

    def test_every_kind_is_drawn(self):
        ticket = replay([event(e.Submitted, 1), event(e.Accepted, 2, Role.AGENT)])
        assert {type(one) for one in drawn(strategies.commands(ticket), 400)} == set(COMMANDS)

    @pytest.mark.parametrize("legal", [True, None, False])
    def test_of_some_kinds_only(self, legal):
        ticket = replay([event(e.Submitted, 1), event(e.Accepted, 2, Role.AGENT)])
        some = strategies.commands(ticket, legal=legal, kinds=(c.Reply, c.Note))
        assert {type(one) for one in drawn(some, 60)} == {c.Reply, c.Note}

    def test_of_a_closed_ticket_none_is_legal(self):
        closed = replay([event(e.Submitted, 1), event(e.Closed, 2)])
        assert drawn(strategies.commands(closed), 50)
        with pytest.raises(Unsatisfiable):
            find(strategies.commands(closed, legal=True), lambda _: True, settings=fixed)


class TestHistories:
    """Recorded ones owe the rules nothing; lives obey them."""

    @some
    @given(strategies.histories(whole_minutes=False))
    def test_a_history_can_be_folded(self, history):
        assert replay(history).version == len(history)

    @some
    @given(strategies.lives())
    def test_a_life_departs_from_nothing(self, ticket):
        assert ticket.departures == ()
        assert replay(ticket.history) == ticket

    @some
    @given(st.data())
    def test_moments_lie_at_the_last_event_or_after_it(self, data):
        history = data.draw(strategies.histories())
        last = history[-1].at + timedelta(days=1)
        at = data.draw(strategies.moments(history, last=last))
        assert history[-1].at <= at <= last

    def test_every_kind_of_event_is_recorded_and_every_status_lived(self):
        seen = {type(event) for history in drawn(strategies.histories(), 400) for event in history}
        assert seen == set(TABLE)
        assert {one.status for one in drawn(strategies.lives(), 150)} == set(Status)

    def test_half_of_them_or_more_depart(self):
        tickets = drawn(strategies.tickets(recorded=True), 200)
        assert sum(bool(one.departures) for one in tickets) > 60
        assert not all(one.departures for one in tickets)

    def test_a_planted_property_shrinks_to_the_shortest_history_that_breaks_it(self):
        """As if nothing proposed were ever rejected."""

        def breaks(history):
            names = [event.name for event in history]
            proposed = names.index("solution_proposed") if "solution_proposed" in names else 99
            return "rejected" in names[proposed:]

        found = find(strategies.histories(), breaks, settings=fixed)
        assert found == (
            e.Submitted(id="e1", ticket="T-1", at=PLAIN, by=found[0].by),
            e.SolutionProposed(id="e2", ticket="T-1", at=PLAIN, by=found[1].by),
            e.Rejected(id="e3", ticket="T-1", at=PLAIN, by=found[2].by),
        )

    @pytest.mark.slow
    def test_so_does_one_that_a_life_breaks(self):
        """How short depends on where the search set out; nothing idle is left at its end."""

        def breaks(history):
            return any(event.name == "rejected" for event in history)

        brief = strategies.lives(most=4)
        lived = find(brief, lambda one: breaks(one.history), settings=fixed)
        names = [event.name for event in lived.history]
        assert names[-1] == "rejected"
        assert names.count("rejected") == 1
        assert not lived.departures


class TestMessages:
    @some
    @given(strategies.messages())
    def test_kind_and_sender_fit(self, message):
        if message.author.role is not Role.CUSTOMER:
            assert message.kind is MessageKind.MESSAGE
        if len(message.body.strip()) > 2:  # a letter or a figure may stand there for something else
            assert message.body not in repr(message)

    def test_words_of_each_kind_are_met(self):
        bodies = {one.body for one in drawn(strategies.messages(), 600)}
        assert all(set(words) & bodies for words in KINDS.values())


def event(kind, number, role=Role.CUSTOMER):
    return kind(id=f"e{number}", ticket="T-1", at=PLAIN, by=Actor(role, "an"))


def drawn(strategy, count):
    """So many examples, the same ones every time."""
    found = []

    @settings(fixed, max_examples=count, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(one):
        found.append(one)

    collect()
    return found
