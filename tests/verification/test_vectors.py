"""Vectors for engines in other languages: what the library says, kept as data."""

import json

import pytest

from ticketrules.rulebook import load_policy
from ticketrules.tickets import wire

from ..vectors.make import FILE, FORMAT, POLICIES, made

TEXT = FILE.read_text(encoding="utf-8")
VECTORS = json.loads(TEXT)


def test_they_are_what_the_library_gives():
    assert made() == TEXT, "run python tests/vectors/make.py, and tell which verdicts change"


def test_they_fit_into_a_few_hundred_kilobytes():
    assert VECTORS["format"] == FORMAT
    assert len(TEXT.encode()) < 400_000


def test_every_verdict_and_every_clock_is_in_them():
    readings = [
        one for case in VECTORS["cases"] for look in case["looks"] for one in look["readings"]
    ]
    assert {one["verdict"] for one in readings} == {
        "running", "paused", "met", "breached", "cancelled",
    }  # fmt: skip
    assert {one["clock"] for one in readings} == {
        "same_day_resolution", "first_response", "resolution_commitment", "promised_time",
        "next_reply", "feedback_reminder", "feedback_lapse", "confirmation_lapse",
    }  # fmt: skip
    looks = [look for case in VECTORS["cases"] for look in case["looks"]]
    assert any(look["departures"] for look in looks)
    assert any(look["due"] for look in looks)
    assert any(one.get("provisional") for one in readings)


@pytest.mark.parametrize("case", VECTORS["cases"][:5], ids=lambda case: case["name"])
def test_the_events_are_as_on_the_wire(case):
    for event in case["events"]:
        assert wire.dump_event(wire.load_event(event)) == event


def test_the_policies_are_as_in_their_file():
    assert set(VECTORS["policies"]) == set(POLICIES)
    assert load_policy('name = "breaks"').name == VECTORS["policies"]["breaks"]["name"]
