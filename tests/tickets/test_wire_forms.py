"""The form on the wire: its published schema, and every version ever written."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import frozen
from hypothesis import given, settings

from ticketrules.errors import WireError
from ticketrules.tickets import TABLE, Actor, Role, event_schema, wire, wire_versions
from ticketrules.tickets import events as e

from .published import schema_text
from .test_wire import EVENTS, REPLIED

GOLDEN = sorted(Path(__file__).with_name("golden").glob("events-*.jsonl"))
DIGESTS = {"events-1.jsonl": "7c0a3ac36a4d704de1d5a813eefa66ff0a6e5b6c5f7bc212d9e5c3968e9cc639"}
"""What was written once stays as it is; new lines go into new files."""

VALIDATOR = jsonschema.Draft202012Validator(event_schema())
CLOSED = {**REPLIED, "event": "closed", "rating": 5}
del CLOSED["body"]


def version_of(path: Path) -> int:
    return int(path.stem.removeprefix("events-"))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


class TestThePublishedSchema:
    """``event.schema.json`` says what an event looks like, to readers in any language."""

    def test_the_packaged_file_is_what_the_code_gives(self) -> None:
        packaged = files("ticketrules.tickets").joinpath("event.schema.json")
        assert packaged.read_bytes().decode() == schema_text()

    def test_it_is_a_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(event_schema())

    def test_nobody_changes_it_for_others(self) -> None:
        event_schema()["$defs"].clear()
        assert event_schema()["$defs"]

    def test_every_event_is_in_it(self) -> None:
        names = [kind.name for kind in TABLE]
        assert event_schema()["properties"]["event"]["enum"] == names
        assert [one["$ref"] for one in event_schema()["oneOf"]] == [f"#/$defs/{n}" for n in names]
        assert {*names, "actor", "instant"} == set(event_schema()["$defs"])

    @settings(deadline=None)
    @given(EVENTS)
    def test_what_is_written_is_valid(self, event: e.Event) -> None:
        VALIDATOR.validate(json.loads(wire.dumps(event)))

    @pytest.mark.parametrize("path", GOLDEN[-1:], ids=lambda path: path.name)
    def test_so_is_every_golden_line_of_this_version(self, path: Path) -> None:
        assert version_of(path) == wire.SCHEMA
        for line in lines(path):
            VALIDATOR.validate(json.loads(line))

    @pytest.mark.parametrize(
        "changes",
        [
            {"event": "repliedd"},
            {"event": None},
            {"schema": 0},
            {"schema": 2},
            {"schema": "1"},
            {"id": 3},
            {"ticket": None},
            {"body": None},
            {"automatic": 1},
            {"by": "li"},
            {"by": {}},
            {"by": {"role": "boss"}},
            {"by": {"role": "agent", "name": "li"}},
            {"at": "2026-02-13T09:05:00"},
            {"at": "yesterday"},
            {"at": 1770944700},
            {"bdy": "x"},
            {"rating": 3},
            {"event": "closed", "rating": 3},  # a closing has no body
            {"event": "dispatched"},
        ],
        ids=str,
    )
    def test_what_is_no_event_is_not_valid_and_not_read(self, changes: dict[str, Any]) -> None:
        VALIDATOR.validate(REPLIED)
        bad = {**REPLIED, **changes}
        assert not VALIDATOR.is_valid(bad)
        with pytest.raises(WireError):
            wire.load_event(bad)

    @pytest.mark.parametrize("name", ["event", "schema", "id", "ticket", "at", "by"])
    def test_nor_is_one_without_a_part(self, name: str) -> None:
        bad = {key: value for key, value in REPLIED.items() if key != name}
        assert not VALIDATOR.is_valid(bad)
        with pytest.raises(WireError):
            wire.load_event(bad)

    @pytest.mark.parametrize("rating", [None, 1, 5])
    def test_a_rating_within_bounds(self, rating: object) -> None:
        VALIDATOR.validate({**CLOSED, "rating": rating})
        assert isinstance(wire.load_event({**CLOSED, "rating": rating}), e.Closed)

    @pytest.mark.parametrize("rating", [0, 6, True, "5", 4.5])
    def test_a_rating_out_of_bounds(self, rating: object) -> None:
        assert not VALIDATOR.is_valid({**CLOSED, "rating": rating})

    @pytest.mark.parametrize("name", ["event", "by"])
    def test_every_field_of_every_event_is_told(self, name: str) -> None:
        for kind in TABLE:
            told = event_schema()["$defs"][kind.name]
            assert name in told["required"]
            assert told["description"]
            assert told["title"] == kind.label


class TestWhatWasWrittenIsReadForEver:
    """A golden file of each version: never changed, always read, to equal values."""

    def test_every_version_has_its_file(self) -> None:
        assert [version_of(path) for path in GOLDEN] == list(range(1, wire.SCHEMA + 1))

    @pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
    def test_nobody_rewrites_it(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert hashlib.sha256(text.encode()).hexdigest() == DIGESTS[path.name]

    @pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
    def test_every_line_is_read_and_written_to_an_equal_value(self, path: Path) -> None:
        for line in lines(path):
            event = wire.loads(line)
            assert wire.loads(wire.dumps(event)) == event
            if version_of(path) == wire.SCHEMA:
                assert wire.dumps(event) == line

    def test_this_version_has_every_event_bare_and_with_every_field(self) -> None:
        read = [wire.loads(line) for line in lines(GOLDEN[-1])]
        bare, full = read[: len(TABLE)], read[len(TABLE) :]
        assert [type(event) for event in bare] == [type(event) for event in full] == list(TABLE)
        for event in full:
            assert set(event_schema()["$defs"][event.name]["properties"]) == set(
                wire.dump_event(event)
            )

    def test_the_values_are_the_ones_that_were_meant(self) -> None:
        *_, handed_over = (wire.loads(line) for line in lines(GOLDEN[0]))
        assert handed_over == e.HandedOver(
            id="c54/1",
            ticket="T1",
            at=datetime(2026, 3, 2, 1, 54, 0, 123456, tzinfo=UTC),
            by=Actor(Role.AGENT, "an"),
            to="bo",
            online=False,
            told=True,
            cause="证书过期",
            handler="小安",
            progress="已申请新证书",
            next_step="更换证书",
        )

    def test_a_line_from_before_an_optional_field_has_its_default(self) -> None:
        submitted, dispatched = (wire.loads(line) for line in lines(GOLDEN[0])[:2])
        assert isinstance(submitted, e.Submitted)
        assert submitted.group is None
        assert isinstance(dispatched, e.Dispatched)
        assert (dispatched.online, dispatched.told) == (True, False)


OLD = {
    "event": "answered",
    "schema": 1,
    "id": "e-1",
    "ticket": "t-1",
    "at": 1770944700,
    "by": {"role": "agent"},
    "words": "您好",
}
MIDDLE = {**REPLIED, "schema": 2, "at": 1770944700, "body": "您好", "by": {"role": "agent"}}
NEW = {**REPLIED, "schema": 3, "body": "您好", "by": {"role": "agent"}}
"""One event as three versions write it, of which two are invented."""


def to_two(value: dict[str, Any]) -> dict[str, Any]:
    """A version that might have been: an answer was called so, and its words stood elsewhere."""
    if value.get("event") == "answered":
        value["event"] = "replied"
        if "words" in value:
            value["body"] = value.pop("words")
    return value


def to_three(value: dict[str, Any]) -> dict[str, Any]:
    """One more: instants were told in whole seconds of the Unix epoch."""
    seconds = value.get("at")
    if isinstance(seconds, int):
        value["at"] = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat()
    return value


class TestAVersionToCome:
    """Each version is read by the steps from it to the newest; two invented ones show how."""

    @pytest.fixture(autouse=True)
    def three_versions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wire, "UPGRADES", (to_two, to_three))

    def test_all_of_them_are_read_alike(self) -> None:
        read = {wire.load_event(one) for one in (OLD, MIDDLE, NEW)}
        assert len(read) == 1
        assert read.pop().at == datetime(2026, 2, 13, 1, 5, tzinfo=UTC)

    def test_what_was_handed_in_stays_as_it_is(self) -> None:
        before = dict(OLD)
        wire.load_event(OLD)
        assert before == OLD

    def test_a_newer_form_is_no_older_one(self) -> None:
        with pytest.raises(WireError, match=r"^event: unknown event 'answered'"):
            wire.load_event({**OLD, "schema": 2})

    @pytest.mark.parametrize("schema", [0, 4, -1, True, None, "1", 1.0])
    def test_an_unknown_version_is_named(self, schema: object) -> None:
        with pytest.raises(WireError, match=r"^schema: expected a whole number from 1 to 3$"):
            wire.load_event({**OLD, "schema": schema})

    def test_what_a_step_leaves_alone_the_check_names(self) -> None:
        with pytest.raises(WireError, match=r"^at: expected a time in ISO 8601"):
            wire.load_event({**OLD, "at": "yesterday"})

    def test_the_version_that_is_written_counts_the_steps(self) -> None:
        assert len(wire_versions.UPGRADES) + 1 == wire_versions.SCHEMA


class TestAnEventToCome:
    """An event whose parts must go together: what its class refuses is told, and by no value."""

    @pytest.fixture
    def moved(self, monkeypatch: pytest.MonkeyPatch) -> type[e.Event]:
        @frozen(kw_only=True)
        class Moved(e.Event):
            here: str
            there: str
            steps: int = 1

            def __attrs_post_init__(self) -> None:
                if self.here == self.there:
                    msg = f"nothing moves from {self.here} to itself"
                    raise ValueError(msg)

        monkeypatch.setattr(wire, "EVENTS", {"moved": Moved})
        return Moved

    def test_parts_that_do_not_go_together(self, moved: type[e.Event]) -> None:
        line = {**REPLIED, "event": "moved", "here": "north", "there": "south"}
        del line["body"]
        assert type(wire.load_event(line)) is moved
        with pytest.raises(WireError, match=r"^event: not as a Moved is made$"):
            wire.load_event({**line, "there": "north"})
        with pytest.raises(WireError, match=r"^steps: not as expected$"):
            wire.load_event({**line, "steps": "my password is hunter2"})
