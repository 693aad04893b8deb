"""The JSON Schema says what the loader says, as far as a schema can."""

import json
import tomllib
from datetime import date, time
from functools import cache
from importlib.resources import files

import pytest
from attrs import field, fields_dict, frozen, validators
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from ticketrules.errors import PolicyError
from ticketrules.rulebook import dump_policy, load_policy, policy_mapping, policy_schema
from ticketrules.rulebook.bounds import bounded
from ticketrules.verification.strategies import policies

from .test_bad_policies import BAD

schema = cache(policy_schema)  # not while it is imported: mutants of it are tried in forks


@cache
def validator():
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


BEYOND_A_SCHEMA = (
    "must not come after",  # two settings together
    "is no IANA time zone",
    "no calendar has the registry code",
    "the desk never opens",
    "overlap",
    "must be at most 1000 days",
    "more time than can be counted",
    "windows 09",
    "window '25:00-26:00'",
    "extended_hours: window",
    "days: ''",
    "is no date",
    "two notices for",
    "take no notices",
    "makeup_hours: window",
    "same_day_resolution",  # which is none where another setting says so
    "stands twice",
    "has hours and is none of the days",
    "is opened and closed",
    "budget must be at most",
    "stands in only_for",
    "lies before the start",
    "before the end of",
    "names an instant",
    "not float",  # 2.0 is a whole number to a schema
)
"""What the loader alone finds."""


def as_json(value):
    """What TOML holds, as JSON has it: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def refused(value):
    return bool(list(validator().iter_errors(as_json(value))))


def test_it_is_a_schema():
    Draft202012Validator.check_schema(schema())


def test_the_published_file_is_it():
    published = files("ticketrules.rulebook").joinpath("policy.schema.json").read_bytes()
    assert json.loads(published) == policy_schema(), "write it anew: ticketrules policy schema"


@settings(deadline=None, max_examples=60)
@given(policy=policies())
def test_every_dumped_policy_is_valid(policy):
    assert list(validator().iter_errors(as_json(tomllib.loads(dump_policy(policy))))) == []
    assert list(validator().iter_errors(as_json(policy_mapping(policy)))) == []


def test_what_extends_is_valid():
    assert not refused({"extends": "marketplace", "promises": {"first_response": "1h30m"}})


@pytest.mark.parametrize(("says", "text"), BAD.items(), ids=[says[:60] for says in BAD])
def test_what_the_loader_refuses_the_schema_refuses(says, text):
    try:
        value = tomllib.loads(text)
    except (ValueError, RecursionError):
        return  # no TOML: there is nothing to look at
    with pytest.raises(PolicyError):
        load_policy(text)
    if any(words in says for words in BEYOND_A_SCHEMA):
        return
    assert refused(value)


@pytest.mark.parametrize(
    ("value", "is_refused"),
    [
        ({"promises": {"first_response": "15"}}, True),
        ({"promises": {"first_response": 15}}, True),
        ({"promises": {"first_response": "15m"}}, False),
        ({"waiting": {"reminder_after_days": "2 working days"}}, False),
        ({"waiting": {"reminder_after_days": "1 working day"}}, False),
        ({"waiting": {"reminder_after_days": 2}}, False),
        ({"waiting": {"reminder_after_days": 0}}, True),
        ({"waiting": {"reminder_after_days": 1001}}, True),
        ({"waiting": {"reminder_after_days": "2 days"}}, True),
        ({"service_hours": {"hours": ["9-18"]}}, True),
        ({"service_hours": {"unannounced": "maybe"}}, True),
        ({"service_hours": {"exceptions": [{"is_open": True}]}}, True),
        ({"service_hours": {"exceptions": [{"on": "2026-05-04", "is_open": True}]}}, False),
        ({"effective_from": "tomorrow"}, True),
        ({"targets": [{"id": "next_reply", "budget": "2h"}]}, False),
        ({"targets": [{"id": "next_reply", "budget": "24h around the clock"}]}, False),
        ({"targets": [{"id": "same_day_resolution", "budget": "end of service day"}]}, False),
        ({"targets": [{"id": "next_reply", "budget": "2"}]}, True),
        ({"targets": [{"id": "next_reply", "budget": 2}]}, True),
        ({"targets": [{"budget": "2h"}]}, True),
        ({"targets": [{"id": "next_reply", "starts": ["answer"]}]}, True),
        ({"targets": [{"id": "next_reply", "on_breach": ["shout"]}]}, True),
        ({"targets": [{"id": "next_reply", "thresholds": [{"at": "soon"}]}]}, True),
        ({"targets": [{"id": "next_reply", "thresholds": [{"at": "1h30m before"}]}]}, False),
        ({"targets": [{"id": "next_reply", "thresholds": [{"at": "101%"}]}]}, True),
        ({"targets": [{"id": "next_reply", "thresholds": [{"at": "100%"}]}]}, False),
        ({"targets": [{"id": "next_reply", "only_for": ["group vip"]}]}, False),
        ({"targets": [{"id": "next_reply", "only_for": ["group "]}]}, True),
        ({"promises": {"first_response": "0h5m"}}, False),
        ({"tendency": {"repeats": 1}}, True),
        ({"tendency": {"repeats": 2}}, False),
        ({"routing": {"first": ["complaint", "complaint"]}}, True),
        ({"routing": {"strategy": ["least_loaded", "least_loaded"]}}, True),
    ],
    ids=str,
)
def test_units_bounds_and_words(value, is_refused):
    assert refused(value) == is_refused
    if is_refused:
        with pytest.raises(PolicyError):
            load_policy(value)
    else:
        load_policy(value)


@frozen
class Bounds:
    """A host's settings with and without ends."""

    any_number: int = field(default=3, validator=validators.instance_of(int))
    from_two: int = field(default=3, validator=validators.ge(2))
    to_seventy: int = field(default=3, validator=[validators.ge(0), validators.le(70)])
    needed: int = field(validator=validators.ge(1), kw_only=True)
    needed_or_none: int = field(validator=validators.ge(0), kw_only=True)
    from_minus_one: int = field(default=3, validator=validators.ge(-1))


@pytest.mark.parametrize(
    ("name", "bounds"),
    [
        ("any_number", {}),
        ("from_two", {"minimum": 2}),
        ("to_seventy", {"minimum": 0, "maximum": 70}),
        ("needed", {"minimum": 1}),
        ("needed_or_none", {"minimum": 0}),
        ("from_minus_one", {}),
    ],
)
def test_a_schema_has_the_ends_that_a_validator_has_and_no_others(name, bounds):
    found = bounded({"type": "integer"}, fields_dict(Bounds)[name])
    assert found == {"type": "integer", **bounds}


def test_every_setting_tells_its_clause_and_default():
    first = policy_schema()["properties"]["promises"]["properties"]["first_response"]
    assert first["description"].startswith("8.1: service time")
    assert first["default"] == "15m"


def test_every_table_and_setting_is_described_but_the_name():
    def undescribed(schema, path):
        for key, one in schema.get("properties", {}).items():
            inner = one.get("items", one)
            if "description" not in one and "description" not in inner:
                yield f"{path}{key}"
            yield from undescribed(inner, f"{path}{key}.")

    assert list(undescribed(schema(), "")) == ["name"]
