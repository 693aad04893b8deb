"""What verification decides, what it cannot, and that it says the same every time."""

import importlib.util
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from ticketrules import Policy, load_policy, marketplace
from ticketrules.clauses import CLAUSES, ClauseId, Reason
from ticketrules.errors import NaiveTimeError
from ticketrules.rulebook import dump_policy
from ticketrules.sla import On, Promises, SlaPolicy
from ticketrules.tickets import TABLE, Status, commands, events
from ticketrules.tickets.table import Guard
from ticketrules.verification import FlawKind, verify

from .plants import LUNCHLESS, MINE, PLANTS, Setup

POLICIES = Path(__file__).parents[2] / "docs" / "examples" / "policies"


def example(name):
    """The policies of an example in the docs."""
    spec = importlib.util.spec_from_file_location(name, POLICIES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.POLICIES


class TestClean:
    """Nothing is found where nothing is wrong."""

    def test_the_marketplace(self):
        verification = verify(Policy())
        assert verification.flaws == verification.undecided == ()
        assert verification.is_clean

    @pytest.mark.parametrize("name", sorted(path.stem for path in POLICIES.glob("*.py")))
    def test_every_example(self, name):
        verification = verify(Policy(), example(name))
        assert verification.flaws == verification.undecided == ()

    @pytest.mark.parametrize(
        "policy",
        [
            Policy(promises=Promises(same_day_resolution=False)),
            Policy(promises=Promises(platform_time_counts=True)),
            load_policy('service_hours.days = "mon-sun"\nservice_hours.hours = ["00:00-24:00"]'),
            load_policy('waiting.feedback_lapses_after_days = "3 working days"'),
            load_policy('service_hours.days = "CN"\nservice_hours.unannounced = "raise"'),
            load_policy('promises.next_reply = "900d"\nservice_hours.unannounced = "raise"'),
        ],
        ids=["no same day", "platform counts", "always open", "short wait", "raises", "long"],
    )
    def test_other_settings(self, policy):
        verification = verify(policy)
        assert verification.flaws == verification.undecided == ()


class TestCounts:
    """The exploration is bounded by states; it says how many."""

    def test_they_are_in_the_result(self):
        verification = verify(Policy())
        assert 300 < verification.states < 5_000
        assert verification.transitions > verification.states

    def test_a_condition_that_reads_more_has_more_states(self):
        plain = Setup().verified()
        applies = lambda ticket: ticket.phoned_at is not None  # noqa: E731
        more = Setup().with_target("phoned", applies=applies).verified()
        assert more.is_clean
        assert more.states > plain.states


OPAQUE = {
    "its id": lambda event, _ticket: event.id.endswith("1"),
    "its history": lambda _event, ticket: len(ticket.history) > 1,
    "how long ago": lambda event, ticket: event.at - ticket.opened_at < timedelta(hours=1),
    "who": lambda event, _ticket: event.by.id == "li",
    "the words": lambda event, _ticket: "urgent" in event.body,
    "which agent": lambda _event, ticket: ticket.agent == "li",
    "two times": lambda _event, ticket: ticket.first_answered_at == ticket.phoned_at,
    "no such thing": lambda _event, ticket: ticket.colour == "red",
}


class TestUndecided:
    """What reads more than finitely many states can tell is not guessed at."""

    @pytest.mark.parametrize("when", OPAQUE.values(), ids=OPAQUE)
    def test_a_clock_is_named(self, when):
        setup = Setup().with_target("opaque", starts=(On(events.CustomerWrote, when),))
        verification = setup.verified()
        assert verification.flaws == ()
        (one,) = verification.undecided
        assert one.subject == "opaque"
        assert one.clause == "8.3"
        assert one.reads in str(one)

    def test_it_tells_what_small_histories_show(self):
        starts = (On(events.Submitted, lambda event, _ticket: event.body != "never"),)
        (one,) = Setup().with_target("opaque", starts=starts).verified().undecided
        assert "the event's body" in one.text.en
        assert "in small histories it starts, runs, stops" in one.text.en

    def test_the_other_clocks_are_decided_all_the_same(self):
        (unstarted,) = (plant for plant in PLANTS if plant.kind is FlawKind.NEVER_STARTS)
        setup = Setup().with_target("opaque", applies=lambda ticket: ticket.version > 3)
        verification = unstarted.into(setup).verified()
        assert [flaw.subject for flaw in verification.flaws] == ["unstarted"]
        assert [one.subject for one in verification.undecided] == ["opaque"]

    def test_a_policy(self):
        odd = SlaPolicy(name="odd", targets=(), matches=lambda ticket: len(ticket.id) > 100)
        verification = verify(Policy(), (odd,))
        assert verification.flaws == ()
        assert [one.subject for one in verification.undecided] == ["odd"]

    def test_a_guard(self):
        guard = Guard(Reason(ClauseId("4.6"), MINE), lambda ticket, _event: ticket.version < 9)
        verification = Setup().with_rule(events.Reported, guards=(guard,)).verified()
        assert verification.flaws == ()
        assert [one.subject for one in verification.undecided] == ["reported"]


class TestDecided:
    """What it can tell tickets apart by."""

    @pytest.mark.parametrize(
        "condition",
        [
            lambda event, _ticket: isinstance(event, events.Submitted),
            lambda event, ticket: ticket.promised_for is None or ticket.promised_for > event.at,
            lambda _event, ticket: not ticket.agent,
            lambda _event, ticket: ticket.confirmed_by is None,
            lambda event, _ticket: event.name == "submitted",
        ],
    )
    def test_it_is_decided(self, condition):
        setup = Setup().with_target("mine", starts=(On(events.Submitted, condition),))
        verification = setup.verified()
        assert verification.flaws == verification.undecided == ()

    def test_a_group_is_told_by_its_name(self):
        groups = [
            SlaPolicy(name=f"{name}-{n}", targets=Setup().with_target("t").targets, matches=is_it)
            for n, (name, is_it) in enumerate(
                (
                    ("vip", lambda ticket: ticket.group == "vip"),
                    ("gold", lambda ticket: ticket.group in ("gold", "vip")),
                    ("vip", lambda ticket: ticket.group == "vip"),
                    ("rest", lambda _ticket: True),
                )
            )
        ]
        verification = verify(Policy(), groups)
        assert [(flaw.kind, flaw.subject) for flaw in verification.flaws] == [
            (FlawKind.SHADOWED_POLICY, "vip-2")
        ]
        (flaw,) = verification.flaws
        assert flaw.history[0].group == "vip"


class TestCauses:
    """Of flaws that one causes, the one is told."""

    @pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.name)
    def test_a_transition_that_nobody_may_cause(self, kind):
        verification = Setup().with_rule(kind, by=frozenset()).verified()
        assert [(flaw.kind, flaw.subject) for flaw in verification.flaws] == [
            (FlawKind.UNREACHABLE_TRANSITION, kind.name)
        ]

    @pytest.mark.parametrize(
        ("status", "changes"),
        [
            (Status.AWAITING_FEEDBACK, {events.FeedbackRequested: Status.IN_PROGRESS}),
            (
                Status.AWAITING_CONFIRMATION,
                {events.SolutionProposed: Status.RESOLVED, events.FeedbackLapsed: Status.RESOLVED},
            ),
            (Status.CLOSED, {events.Closed: Status.RESOLVED}),
            (
                Status.RESOLVED,
                dict.fromkeys(
                    (events.Confirmed, events.Resolved, events.ConfirmationLapsed),
                    Status.IN_PROGRESS,
                ),
            ),
        ],
        ids=str,
    )
    def test_a_status_that_nothing_leads_to(self, status, changes):
        setup = Setup()
        for kind, after in changes.items():
            setup = setup.with_rule(kind, after=after)
        assert [(flaw.kind, flaw.subject) for flaw in setup.verified().flaws] == [
            (FlawKind.UNREACHABLE_STATUS, status.value)
        ]

    def test_a_table_without_a_row_lacks_nothing_else(self):
        table = {kind: rule for kind, rule in TABLE.items() if kind is not events.Reported}
        assert evolve(Setup(), table=table).verified().is_clean


class TestHistories:
    """A counterexample is a history of the desk's own."""

    def test_a_desk_takes_the_commands_that_lead_to_it(self):
        (flaw,) = verify(load_policy("waiting.reminder_after_days = 7")).flaws
        desk = marketplace()
        first, *_accepted_and_replied, asked = flaw.history
        submit = commands.Submit(id="c1", by=first.by, ticket=first.ticket, body="…")
        ticket = desk.handle(None, submit, first.at).ticket
        ask = commands.RequestFeedback(id="c2", by=asked.by, reply="…")
        events_made = desk.handle(ticket, ask, asked.at).ticket.history
        assert [event.name for event in events_made] == [event.name for event in flaw.history]

    def test_a_lapse_comes_when_it_is_due(self):
        (plant,) = (plant for plant in PLANTS if plant.kind is FlawKind.DEADLINE_AFTER_LAPSE)
        (flaw,) = plant.into(Setup()).verified().flaws
        asked, lapsed = flaw.history[-2:]
        day = marketplace().calendar.nth_working_day(asked.at.date(), 7)
        assert lapsed.name == "feedback_lapsed"
        assert lapsed.at.date() == day


class TestRoster:
    START = datetime(2026, 3, 2, tzinfo=UTC)

    def test_it_needs_a_stretch_of_time(self):
        with pytest.raises(ValueError, match="give during="):
            verify(Policy(), roster=LUNCHLESS)

    def test_in_a_zone(self):
        naive = self.START.replace(tzinfo=None)
        with pytest.raises(NaiveTimeError):
            verify(Policy(), roster=LUNCHLESS, during=(naive, naive + timedelta(days=1)))

    def test_hours_with_the_same_break_have_no_gap(self):
        policy = load_policy('service_hours.hours = ["09:00-12:00", "13:00-18:00"]')
        during = (self.START, self.START + timedelta(days=6))
        assert verify(policy, roster=LUNCHLESS, during=during).is_clean

    def test_every_gap_is_counted(self):
        during = (self.START, self.START + timedelta(days=5))
        (flaw,) = verify(Policy(), roster=LUNCHLESS, during=during).flaws
        assert flaw.text.en == (
            "no agent is on duty from 2026-03-02 12:00 to 2026-03-02 13:00, and 4 more times"
        )
        assert flaw.history[0].at == datetime(2026, 3, 2, 4, tzinfo=UTC)


SCRIPT = """
import json
from tests.verification.plants import PLANTS, Setup
setup = Setup()
for plant in PLANTS:
    setup = plant.into(setup)
print(json.dumps(setup.verified().to_json()))
"""


def test_other_hash_seeds_say_the_same():
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            check=True,
            cwd=POLICIES.parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
        for path in [os.pathsep.join([str(POLICIES.parents[2]), *sys.path])]
    }
    (text,) = found
    flaws = json.loads(text)["flaws"]
    assert sorted(flaw["kind"] for flaw in flaws) == sorted(plant.kind.value for plant in PLANTS)


def test_every_flaw_has_a_clause_of_the_rulebook():
    assert {plant.clause for plant in PLANTS} <= set(CLAUSES)


def test_a_policy_from_its_own_dump_says_the_same():
    policy = load_policy("waiting.reminder_after_days = 7")
    assert verify(load_policy(dump_policy(policy))) == verify(policy)
