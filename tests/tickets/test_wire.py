"""Events to and from JSON."""

import json
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.errors import TicketRulesError, WireError
from ticketrules.tickets import TABLE, Actor, Check, MessageKind, Role, Superior, wire
from ticketrules.tickets import events as e

WORDS = "my password is hunter2"
REPLIED = {
    "event": "replied",
    "schema": 1,
    "id": "e-1",
    "ticket": "t-1",
    "at": "2026-02-13T09:05:00+08:00",
    "by": {"role": "agent", "id": "li"},
    "body": WORDS,
}

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(),
    str | None: st.none() | st.text(),
    bool: st.booleans(),
    int | None: st.none() | st.integers(1, 5),
    datetime: TIMES,
    Actor: st.builds(Actor, st.sampled_from(Role), st.text()),
    MessageKind: st.sampled_from(MessageKind),
    Superior: st.sampled_from(Superior),
    frozenset[Check]: st.frozensets(st.sampled_from(Check)),
}
EVENTS = st.sampled_from(list(TABLE)).flatmap(
    lambda kind: st.builds(kind, **{one.name: VALUES[one.type] for one in fields(kind)})
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def problem(**changes: Any) -> str:
    with pytest.raises(WireError) as caught:
        wire.load_event({**REPLIED, **changes})
    assert WORDS not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None
    return str(caught.value)


class TestTheForm:
    def test_an_event_is_one_flat_object(self) -> None:
        event = wire.load_event(REPLIED)
        assert wire.dump_event(event) == {**REPLIED, "at": "2026-02-13T01:05:00+00:00"}

    def test_defaults_are_left_out(self) -> None:
        event = e.Closed(
            id="1", ticket="t", at=datetime(2026, 1, 1, tzinfo=UTC), by=Actor(Role.CUSTOMER)
        )
        assert wire.dump_event(event) == {
            "event": "closed",
            "schema": 1,
            "id": "1",
            "ticket": "t",
            "at": "2026-01-01T00:00:00+00:00",
            "by": {"role": "customer"},
        }

    def test_chinese_stays_legible(self) -> None:
        assert "您好" in wire.dumps(wire.load_event({**REPLIED, "body": "您好"}))

    @pytest.mark.parametrize("text", ["2026-02-13T01:05:00Z", "2026-02-13 09:05+08:00"])
    def test_any_offset_will_do(self, text: str) -> None:
        assert wire.load_event({**REPLIED, "at": text}) == wire.load_event(REPLIED)

    @settings(deadline=None)
    @given(EVENTS)
    def test_what_is_written_is_read_again(self, event: e.Event) -> None:
        line = wire.dumps(event)
        assert "\n" not in line
        assert wire.loads(line) == event

    def test_every_event_of_the_table_has_its_name(self) -> None:
        assert {kind.name: kind for kind in TABLE} == wire.EVENTS


class TestWhatIsNoEvent:
    def test_unknown_event(self) -> None:
        assert problem(event="repliedd") == (
            "event: unknown event 'repliedd'; did you mean 'replied'?"
        )
        assert problem(event=WORDS) == "event: expected the name of an event"
        assert problem(event=None).startswith("event: missing")

    @pytest.mark.parametrize("event", [3, ["replied"], "r" * 41])
    def test_what_is_no_name_is_not_quoted(self, event: object) -> None:
        assert problem(event=event) == "event: expected the name of an event"

    def test_a_name_is_quoted_up_to_forty_letters(self) -> None:
        assert problem(event="r" * 40) == f"event: unknown event {'r' * 40!r}"
        assert problem(**{"k" * 40: 1}) == f"{'k' * 40}: unknown key"
        assert problem(**{"k" * 41: 1}) == "event: a key that is no field's name"

    def test_an_event_in_capitals_is_not_quoted_but_known(self) -> None:
        assert problem(event="REPLIED") == (
            "event: expected the name of an event; did you mean 'replied'?"
        )

    @pytest.mark.parametrize("value", [None, [], "replied", 3])
    def test_no_object(self, value: Any) -> None:
        with pytest.raises(WireError, match=r"^event: expected an object with an event in it$"):
            wire.load_event(value)

    def test_no_event(self) -> None:
        with pytest.raises(WireError, match=r"^event: missing; expected the name of an event$"):
            wire.load_event({})

    @pytest.mark.parametrize("schema", [2, True, "1", None])
    def test_another_schema(self, schema: object) -> None:
        assert problem(schema=schema) == "schema: expected 1"

    def test_unknown_key(self) -> None:
        assert problem(bdy="x") == "bdy: unknown key; did you mean 'body'?"
        assert problem(**{WORDS: 1}) == "event: a key that is no field's name"
        assert problem(by={"role": "agent", "nme": "x"}) == "by.nme: unknown key"
        assert problem(by={"role": "agent", WORDS: 1}) == "by: a key that is no field's name"

    def test_missing_field(self) -> None:
        with pytest.raises(WireError, match=r"^id: missing; by: missing$"):
            wire.load_event({k: v for k, v in REPLIED.items() if k not in {"id", "by"}})

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"id": 3}, "id: expected text"),
            ({"body": None}, "body: expected text"),
            ({"ticket": "\ud800"}, "ticket: expected text without half characters"),
            ({"automatic": 1}, "automatic: expected true or false"),
            ({"by": "li"}, "by: expected an object"),
            ({"by": {"role": "agent", "id": 3}}, "by.id: expected text"),
            ({"by": {"role": "boss"}}, "by.role: expected one of customer, agent, platform"),
            ({"by": {"role": ["agent"]}}, "by.role: expected one of"),
            ({"by": {}}, "by.role: missing"),
            ({"at": "2026-02-13T09:05:00"}, "at: a time without an offset"),
            ({"at": 1770944700}, "at: expected a time in ISO 8601"),
            ({"at": "yesterday"}, "at: expected a time in ISO 8601"),
            ({"at": "0001-01-01T00:00:00+08:00"}, "at: expected a time in ISO 8601"),
        ],
    )
    def test_wrong_type(self, changes: dict[str, Any], expected: str) -> None:
        assert problem(**changes).startswith(expected)

    @pytest.mark.parametrize("rating", [0, 6, True, 4.0, "5"])
    def test_a_rating_is_a_whole_number_from_1_to_5(self, rating: object) -> None:
        told = problem(event="closed", rating=rating)
        assert "rating: expected a whole number from 1 to 5" in told
        assert "body: unknown key" in told

    def test_enumerations_and_lists(self) -> None:
        assert "kind: expected one of message" in problem(event="customer_wrote", kind="loud")
        assert "checks: expected a list of" in problem(event="verified", checks="order")
        assert "checks: expected a list of account, order, earlier_tickets, records" in problem(
            event="verified", checks=["hat"]
        )

    @pytest.mark.parametrize(
        "line", [f'{{"body": "{WORDS}"', "", "[" * 100_000, "1" * 5000, f'"{WORDS}"', "[]", "null"]
    )
    def test_a_line_that_is_not_json_or_no_object(self, line: str) -> None:
        with pytest.raises(WireError) as caught:
            wire.loads(line)
        assert WORDS not in str(caught.value)
        assert caught.value.__context__ is None

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ('{"event": ', r"^not JSON \(Expecting value at column 11\)$"),
            ('{"event":\r\n', r"^not JSON \(Expecting value at column 10\)$"),
            ('{"event": "noted"}X\n', r"^not JSON \(Extra data at column 19\)$"),
            ("1" * 5000, "^not JSON that can be read: a number too long or values nested too deep"),
            ("[" * 100_000, "^not JSON that can be read"),
        ],
        ids=["cut", "cut at the line's end", "a letter more", "a long number", "deep"],
    )
    def test_it_is_told_where_a_line_ends_to_be_json(self, line: str, says: str) -> None:
        with pytest.raises(WireError, match=says):
            wire.loads(line)

    @settings(deadline=None)
    @given(st.dictionaries(st.sampled_from([*REPLIED, "rating", "x y"]), JSON))
    def test_nothing_but_the_librarys_error_escapes(self, changes: dict[str, Any]) -> None:
        try:
            event = wire.load_event({**REPLIED, **changes})
        except TicketRulesError:
            return
        assert isinstance(event, e.Event)

    @settings(deadline=None)
    @given(st.text())
    def test_nor_from_any_line(self, line: str) -> None:
        with pytest.raises(WireError):
            wire.loads(line)


class TestTheExtra:
    def test_it_is_named_when_it_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wire._converter.cache_clear()
        monkeypatch.setitem(sys.modules, "cattrs", None)
        with pytest.raises(ModuleNotFoundError, match=r"ticketrules\[cli\]"):
            wire.loads(json.dumps(REPLIED))
        wire._converter.cache_clear()
