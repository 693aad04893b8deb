"""The one table of what may happen: complete, consistent, and as the rulebook has it."""

import re
from itertools import product

import pytest

from ticketrules.clauses import CLAUSES
from ticketrules.tickets import ALIVE, OPEN, TABLE, WAITING, Role, Status
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import objections
from ticketrules.tickets.table import RULES

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def kinds_of(base, module):
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base
    ]


COMMANDS, EVENTS = kinds_of(c.Command, c), kinds_of(e.Event, e)

STATUSES = {
    "N": Status.NEW,
    "I": Status.IN_PROGRESS,
    "F": Status.AWAITING_FEEDBACK,
    "C": Status.AWAITING_CONFIRMATION,
    "R": Status.RESOLVED,
    "X": Status.CLOSED,
}
ROLES = {"c": Role.CUSTOMER, "a": Role.AGENT, "p": Role.PLATFORM, "s": Role.SYSTEM}

RULEBOOK = {
    # event: who, in which statuses, and to which it leads ("-" leaves the status)
    e.Submitted: ("ca", "", "N"),
    e.Dispatched: ("aps", "NIFC", "-"),
    e.Accepted: ("a", "NIFC", "I"),
    e.Replied: ("aps", "NIFCR", "-"),
    e.CustomerWrote: ("c", "NIFCR", "-"),
    e.Noted: ("aps", "NIFCR", "-"),
    e.Verified: ("a", "NIFC", "-"),
    e.Clarified: ("a", "NI", "-"),
    e.ResolutionPromised: ("a", "NI", "-"),
    e.FeedbackRequested: ("a", "NI", "F"),
    e.SolutionProposed: ("a", "NIF", "C"),
    e.Confirmed: ("c", "C", "R"),
    e.Rejected: ("c", "C", "I"),
    e.Resolved: ("a", "NIFC", "R"),
    e.Closed: ("c", "NIFCR", "X"),
    e.Transferred: ("a", "NI", "-"),
    e.EscalatedToPlatform: ("a", "NIF", "I"),
    e.PlatformReturned: ("p", "NIFCR", "-"),
    e.Complained: ("c", "NIFCR", "-"),
    e.ComplaintWithdrawn: ("c", "NIFCR", "-"),
    e.Called: ("a", "NIFCR", "-"),
    e.Reported: ("a", "NIFCR", "-"),
    e.MarkedBusinessStopping: ("acs", "NIFC", "-"),
    e.Reminded: ("s", "F", "-"),
    e.FeedbackLapsed: ("s", "F", "C"),
    e.ConfirmationLapsed: ("s", "C", "R"),
    e.HandedOver: ("a", "NIFC", "-"),
}
"""The rows once more, written down by hand, so that none changes unnoticed."""


def edges():
    """Each step from one status to another that a row allows."""
    for rule in RULES:
        for before in rule.before:
            if rule.after is not None:
                yield before, rule.after
            if before in rule.reopens:
                yield before, Status.IN_PROGRESS


def reached_from(start):
    reached, more = set(), {start}
    while more:
        reached |= more
        more = {after for before, after in edges() if before in more} - reached
    return reached


class TestRows:
    """Every kind of event has its row, and every row its clause and its words."""

    def test_every_event_has_exactly_one_row(self):
        assert sorted(rule.event.__name__ for rule in RULES) == sorted(
            kind.__name__ for kind in EVENTS
        )
        assert set(TABLE) == set(EVENTS)
        assert all(TABLE[rule.event] is rule for rule in RULES)

    def test_nobody_changes_the_table(self):
        with pytest.raises(TypeError):
            TABLE[e.Closed] = TABLE[e.Noted]

    def test_every_row_and_guard_cites_a_clause_of_the_rulebook(self):
        cited = {rule.clause for rule in RULES}
        cited |= {guard.reason.clause for rule in RULES for guard in rule.guards}
        assert cited <= CLAUSES.keys()

    def test_every_guard_speaks_both_languages(self):
        for rule in RULES:
            for guard in rule.guards:
                assert guard.reason.text.en.isascii()
                assert CHINESE.search(guard.reason.text.zh)

    def test_somebody_may_do_everything(self):
        assert all(rule.by for rule in RULES)

    def test_only_the_submission_begins_a_ticket(self):
        assert [rule.event for rule in RULES if not rule.before] == [e.Submitted]

    def test_only_a_message_reopens_and_only_what_it_may_come_upon(self):
        reopening = [rule for rule in RULES if rule.reopens]
        assert [rule.event for rule in reopening] == [e.CustomerWrote]
        assert reopening[0].reopens == {*WAITING, Status.RESOLVED}
        assert reopening[0].reopens <= reopening[0].before

    @pytest.mark.parametrize("kind", RULEBOOK, ids=lambda kind: kind.__name__)
    def test_a_row_says_what_the_rulebook_says(self, kind):
        by, before, after = RULEBOOK[kind]
        rule = TABLE[kind]
        assert rule.by == {ROLES[one] for one in by}
        assert rule.before == {STATUSES[one] for one in before}
        assert rule.after is STATUSES.get(after)

    def test_the_hand_written_rows_are_all(self):
        assert set(RULEBOOK) == set(EVENTS)


class TestNames:
    """Events, commands, statuses and roles have names that tell them apart."""

    def test_event_names_are_stable_and_unique(self):
        assert {kind.name for kind in EVENTS} == {
            re.sub("(?<!^)([A-Z])", r"_\1", kind.__name__).lower() for kind in EVENTS
        }
        assert len({kind.name for kind in EVENTS}) == len(EVENTS)

    def test_event_labels_are_chinese_and_unique(self):
        assert all(CHINESE.search(kind.label) for kind in EVENTS)
        assert len({kind.label for kind in EVENTS}) == len(EVENTS)

    def test_command_names_are_unique(self):
        assert len({kind.name for kind in COMMANDS}) == len(COMMANDS)
        assert c.ReturnFromPlatform.name == "return from platform"

    @pytest.mark.parametrize("kind", [Status, Role])
    def test_values_are_snake_case_and_labels_chinese(self, kind):
        for one in kind:
            assert re.fullmatch("[a-z_]+", str(one))
            assert str(one) == one.value
            assert CHINESE.search(one.label)
            assert kind(one.value) is one


class TestCommands:
    """Commands cause what the table knows, and nothing else."""

    @pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
    def test_every_command_causes_events_of_the_table(self, kind):
        assert kind.causes
        assert set(kind.causes) <= set(TABLE)

    def test_every_event_is_caused_by_some_command(self):
        assert {event for kind in COMMANDS for event in kind.causes} == set(EVENTS)

    def test_a_reply_stands_before_what_it_goes_with(self):
        for kind in COMMANDS:
            assert e.Replied not in kind.causes[1:]

    def test_a_command_with_a_reply_says_why_it_needs_one(self):
        for kind in COMMANDS:
            assert (kind.wordless is not None) == (e.Replied in kind.causes)


class TestReachability:
    """Every status can be reached, and every way can end."""

    def test_every_status_is_reached_from_the_submission(self):
        assert reached_from(TABLE[e.Submitted].after) == set(Status)

    @pytest.mark.parametrize("status", Status)
    def test_closed_is_reached_from_every_status(self, status):
        assert Status.CLOSED in reached_from(status)

    def test_nothing_leads_out_of_closed(self):
        assert reached_from(Status.CLOSED) == {Status.CLOSED}

    def test_every_waiting_status_has_a_way_back_into_work(self):
        for status in WAITING:
            assert Status.IN_PROGRESS in {after for before, after in edges() if before is status}

    def test_the_sets_of_statuses_divide_them(self):
        assert WAITING < OPEN < ALIVE
        assert {*OPEN, Status.RESOLVED} == ALIVE
        assert {*ALIVE, Status.CLOSED} == set(Status)

    @pytest.mark.parametrize("status", Status)
    def test_decisions_lead_to_every_status(self, desk, status):
        desk.at(status)
        assert desk.ticket.departures == ()


class TestAfterClosing:
    """Nothing may happen to a closed ticket, whatever it is and whoever does it."""

    @pytest.mark.parametrize(
        ("kind", "role"),
        list(product(EVENTS, Role)),
        ids=lambda one: getattr(one, "__name__", str(one)),
    )
    def test_no_event_is_legal(self, desk, kind, role):
        desk.at(Status.CLOSED)
        event = desk.event(kind, by=role)
        assert list(objections(desk.ticket, event))
        desk.recorded(kind, by=role)
        assert desk.ticket.departures

    @pytest.mark.parametrize(
        ("kind", "role"),
        list(product(COMMANDS, Role)),
        ids=lambda one: getattr(one, "__name__", str(one)),
    )
    def test_no_command_is_allowed(self, desk, kind, role):
        desk.at(Status.CLOSED)
        assert not desk.when(kind, by=role)


class TestTheTableIsObeyed:
    """The check of an event is its row, no more and no less: in each status and by each role."""

    @pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
    def test_objections_are_those_of_the_row(self, desk, kind):
        rule = TABLE[kind]
        for status, role in product(Status, Role):
            desk.ticket = None
            desk.at(status)
            event = desk.event(kind, by=role)
            expected = (
                (status not in rule.before)
                + (role not in rule.by)
                + sum(not guard.holds(desk.ticket, event) for guard in rule.guards)
            )
            found = list(objections(desk.ticket, event))
            assert len(found) == expected
            desk.recorded(kind, id=event.id, by=role)
            departures = desk.ticket.departures
            assert [(one.clause, one.text) for one in departures] == [
                (one.clause, one.text) for one in found
            ]

    @pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
    def test_a_legal_event_leads_where_its_row_says(self, desk, kind):
        rule = TABLE[kind]
        for status in rule.before:
            desk.ticket = None
            desk.at(status).recorded(kind)
            message = status in rule.reopens
            after = Status.IN_PROGRESS if message else (rule.after or status)
            assert desk.ticket.status is after
