"""Every defect that is planted is found by name, and nothing else is."""

from functools import cache
from itertools import combinations

import pytest

from ticketrules.tickets import replay
from ticketrules.verification import FlawKind

from .plants import PLANTS, Setup

PAIRS = list(combinations(PLANTS, 2))


def named(verification):
    return sorted((flaw.kind.value, flaw.subject, flaw.clause) for flaw in verification.flaws)


def expected(*plants):
    return sorted((plant.kind.value, plant.subject, plant.clause) for plant in plants)


def test_every_kind_has_its_plant():
    assert {plant.kind for plant in PLANTS} == set(FlawKind)


def test_what_nothing_is_planted_in_is_clean():
    verification = Setup().verified()
    assert verification.is_clean
    assert verification.undecided == ()


@cache
def alone(plant):
    """What verification says of one defect."""
    return plant.into(Setup()).verified()


@pytest.mark.parametrize("plant", PLANTS, ids=str)
class TestOne:
    def test_it_is_found_alone(self, plant):
        verification = alone(plant)
        assert named(verification) == expected(plant)
        assert verification.undecided == ()

    def test_its_history_replays_by_the_rules(self, plant):
        setup = plant.into(Setup())
        (flaw,) = alone(plant).flaws
        ticket = replay(flaw.history, table=setup.table)
        assert ticket.departures == ()
        assert ticket.version == len(flaw.history)

    def test_its_story_tells_every_event_in_both_languages(self, plant):
        (flaw,) = alone(plant).flaws
        for story, last in ((flaw.story.en, flaw.text.en), (flaw.story.zh, flaw.text.zh)):
            lines = story.splitlines()
            assert lines[-1] == f"  => {last}"
            assert len(lines) == len(flaw.history) + 1
        for event, line in zip(flaw.history, flaw.story.zh.splitlines(), strict=False):
            assert event.label in line


@pytest.mark.parametrize("pair", PAIRS[::7], ids=lambda pair: " & ".join(map(str, pair)))
def test_two_are_found_together(pair):
    one, other = pair
    assert named(other.into(one.into(Setup())).verified()) == expected(one, other)


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " & ".join(map(str, pair)))
def test_any_two_are_found_together_in_any_order(pair):
    one, other = pair
    assert named(other.into(one.into(Setup())).verified()) == expected(one, other)
    assert named(one.into(other.into(Setup())).verified()) == expected(one, other)


@pytest.mark.slow
def test_all_are_found_together():
    setup = Setup()
    for plant in PLANTS:
        setup = plant.into(setup)
    assert named(setup.verified()) == expected(*PLANTS)
