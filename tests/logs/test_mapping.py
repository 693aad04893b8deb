"""The mapping language: what it accepts, and how it says what it does not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.errors import MappingError
from ticketrules.logs import LogMapping, load_mapping
from ticketrules.tickets import Role

from .mappings import ACTIVITIES, MESSAGES, STATES


def problem(text: str) -> str:
    with pytest.raises(MappingError) as caught:
        load_mapping(text, "m.toml")
    assert re.match(r"m\.toml(:\d+)?: ", str(caught.value))
    return re.sub(r"^m\.toml(:\d+)?: ", "", str(caught.value))


def changed(mapping: str, old: str, new: str) -> str:
    assert old in mapping
    return problem(mapping.replace(old, new))


class TestAMapping:
    def test_defaults(self) -> None:
        mapping = load_mapping(STATES)
        assert (mapping.format, mapping.encoding, mapping.delimiter) == ("csv", "utf-8", ",")
        assert mapping.missing == {"", "?"}
        assert [item.event.name for item in mapping.causes["New"].stay] == ["noted"]

    def test_actors(self) -> None:
        assert load_mapping(ACTIVITIES).actors["*"] is Role.AGENT

    @pytest.mark.parametrize("name", ["gbk", "GB18030", "latin-1", "utf-8-sig", "UTF8"])
    def test_encodings(self, name: str) -> None:
        load_mapping(STATES.replace('shape = "states"', f'shape = "states"\nencoding = "{name}"'))


class TestWhatItCannotSay:
    def test_not_toml(self) -> None:
        assert problem("[log\n").startswith("not TOML: ")
        assert "line 1" in problem("[log\n")
        assert problem("a = " + "[" * 50_000).startswith("not TOML that can be read: ")
        assert problem("a = " + "9" * 5_000).startswith("not TOML that can be read: a number too")
        assert problem("mappings/desk.toml").startswith("the text itself is meant, not the path")

    def test_a_byte_order_mark_is_skipped(self) -> None:
        assert load_mapping("\ufeff" + STATES).shape == "states"

    def test_unknown_keys(self) -> None:
        assert changed(STATES, "[log]", "[logg]") == ("logg: unknown key; did you mean 'log'?")
        assert changed(STATES, "missing =", "mising =").startswith("log.mising: unknown key; did")
        assert changed(STATES, 'state = "state"', 'status = "state"').startswith(
            "columns.status: unknown key; did you mean 'state'?"
        )
        assert changed(STATES, "leave =", "leaves =") == (
            "states.\"On Hold\".leaves: unknown key; did you mean 'leave'?"
        )

    def test_missing_parts(self) -> None:
        assert problem("").startswith("log: missing")
        assert changed(STATES, 'shape = "states"', "").startswith("log.shape: missing")
        assert changed(STATES, 'at = "time"', "").startswith("columns.at: missing")
        assert changed(STATES, 'state = "state"', "").startswith("columns.state: missing")
        assert changed(ACTIVITIES, "[actors]", "[messages]").startswith("messages: a log of shape")
        assert problem(STATES[: STATES.index("[states.New]")]).startswith("states: missing")
        assert problem(MESSAGES[: MESSAGES.index("[actors]")]).startswith("actors: missing")

    def test_wrong_types(self) -> None:
        assert problem("log = 1") == "log: expected a table, not int"
        assert changed(STATES, 'missing = ["?"]', 'missing = "?"') == "log.missing: expected a list"
        assert changed(STATES, '["?"]', '["?", 1]') == "log.missing[1]: expected text"
        assert changed(STATES, 'at = "time"', 'at = ""') == "columns.at: expected text"
        assert changed(STATES, '"states"', '"stats"') == (
            "log.shape: expected one of states, activities, messages; did you mean 'states'?"
        )

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ('encoding = "klingon"', "log.encoding: no encoding is called 'klingon'"),
            ('encoding = "utf-16"', "log.encoding: utf-16 cannot be read line by line"),
            ('encoding = "cp037"', "log.encoding: cp037 cannot be read line by line"),
            ('encoding = "base64"', "log.encoding: no encoding is called 'base64'"),
            ('delimiter = ";;"', "log.delimiter: expected one character"),
            ('delimiter = "\\n"', "log.delimiter: expected one character"),
            ('format = "xml"', "log.format: expected one of csv, jsonl"),
            ('format = "jsonl"\ndelimiter = ";"', "log.delimiter: only a log of format csv"),
        ],
    )
    def test_the_file(self, line: str, expected: str) -> None:
        told = changed(STATES, 'shape = "states"', f'shape = "states"\n{line}')
        assert told.startswith(expected)

    def test_the_column_of_text_is_nothing_else(self) -> None:
        told = changed(ACTIVITIES, 'activity = "what"', 'activity = "words"')
        assert told.startswith("columns.activity: is the column of text")

    def test_a_column_of_another_shape(self) -> None:
        told = changed(STATES, 'agent = "agent"', 'activity = "x"')
        assert told == "columns.activity: a log of shape states has no such column"


class TestTimes:
    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("%d/%m/%Q", "time.format: %Q is none of %Y %y"),
            ("%d/%m", "time.format: needs a year, a month and a day"),
            ("%Y-%m-%d %d", "time.format: %d stands twice"),
            ("%Y-%m-%d %I", "time.format: needs %H, or %I with %p"),
            ("%Y-%m-%d %", "time.format: % is none of"),
            ("isoo", "time.format: expected directives or iso, unix, unix_ms; did you mean 'iso'?"),
            ("unix", "time.zone: the format carries the offset"),
            ("%Y-%m-%d %z", "time.zone: the format carries the offset"),
        ],
    )
    def test_formats(self, form: str, expected: str) -> None:
        assert changed(STATES, "%Y-%m-%d %H:%M", form).startswith(expected)

    def test_a_naive_format_needs_a_zone(self) -> None:
        told = changed(STATES, 'zone = "Asia/Shanghai"', "")
        assert told.startswith("time.zone: missing; the format carries no offset")

    @pytest.mark.parametrize("zone", ["Asia/Shanghaj", "Asia", "../x", "+08:00", "\\u0000"])
    def test_unknown_zones(self, zone: str) -> None:
        assert changed(STATES, "Asia/Shanghai", zone).startswith("time.zone: unknown zone")

    def test_a_zone_that_is_nearly_right(self) -> None:
        assert "did you mean 'Asia/Shanghai'?" in changed(STATES, "Asia/Shanghai", "Asia/Shangai")

    def test_choices_without_a_zone(self) -> None:
        text = STATES.replace("%Y-%m-%d %H:%M", "iso")
        told = changed(text, 'zone = "Asia/Shanghai"', 'ambiguous = "later"')
        assert told == "time.ambiguous: without a zone no time is ambiguous or skipped"
        told = changed(text, 'zone = "Asia/Shanghai"', 'zone = "UTC"\nnonexistent = "later"')
        assert told.startswith("time.nonexistent: expected one of reject, shift")


class TestEvents:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            ('"acepted"', "[0]: unknown event 'acepted'; did you mean 'accepted'?"),
            ("1", "[0]: expected the name of an event, or a table"),
            ("{ by = 'agent' }", "[0].event: missing"),
            ("{ event = 1 }", "[0].event: expected an event's name"),
            ("'noted', { event = 'accepted', note = 'x' }", "[1].note: accepted has no such field"),
            ("{ event = 'noted', bdy = 'x' }", "[0].bdy: noted has no such field, only event, by,"),
            ("{ event = 'noted', by = 'agnt' }", "[0].by: expected one of customer, agent,"),
            ("'dispatched'", "[0].to: missing; dispatched needs it"),
            ("{ event = 'verified' }", "[0].checks: missing"),
            ("{ event = 'verified', checks = 'order' }", "[0].checks: expected a list of account"),
            ("{ event = 'verified', checks = ['hat'] }", "[0].checks: expected a list of account"),
            ("{ event = 'reported', to = 'boss' }", "[0].to: expected supervisor, operations or"),
            ("{ event = 'closed', rating = 6 }", "[0].rating: expected 1 to 5 or"),
            ("{ event = 'closed', rating = true }", "[0].rating: expected 1 to 5 or"),
            ("{ event = 'closed', rating = {} }", "[0].rating.column: missing"),
            ("{ event = 'closed', rating = { col = 'x' } }", "[0].rating.col: unknown key"),
            ("{ event = 'replied', automatic = 1 }", "[0].automatic: expected true or false or"),
            ("{ event = 'replied', body = 1 }", "[0].body: expected text or"),
            (
                "{ event = 'resolution_promised', promised_for = 'x' }",
                "[0].promised_for: expected no constant or { column = … }",
            ),
            ("'submitted'", "[0]: a ticket's first row submits it; no state can"),
        ],
    )
    def test_items(self, item: str, expected: str) -> None:
        told = changed(STATES, 'enter = ["accepted"]', f"enter = [{item}]")
        assert told.startswith("states.Active.enter" + expected)

    def test_constants_of_every_kind(self) -> None:
        load_mapping(
            STATES.replace(
                'enter = ["accepted"]',
                """enter = [
                { event = "verified", checks = ["order", "account"] },
                { event = "reported", to = "supervisor" },
                { event = "customer_wrote", kind = "thanks", body = "x" },
                { event = "closed", rating = 5, by = "system" },
                { event = "replied", automatic = true },
                ]""",
            )
        )

    def test_an_activity_submits_first_or_not_at_all(self) -> None:
        told = changed(ACTIVITIES, 'answered = ["replied"]', 'answered = ["noted", "submitted"]')
        assert told == "activities.answered[1]: submitted can only come first"

    def test_a_message_does_not_submit(self) -> None:
        told = problem(MESSAGES + '[messages]\nagent = ["submitted"]')
        assert told.startswith("messages.agent[0]: a ticket's first row")
        told = problem(MESSAGES + '[messages]\nagnt = ["replied"]')
        assert told == "messages.agnt: unknown key; did you mean 'agent'?"


class TestWhatCouldNeverHappen:
    def test_entering_from_a_state_that_is_not_there(self) -> None:
        told = changed(STATES, "Done = [", "Dune = [")
        assert (
            told == "states.Active.enter_from.Dune: no state of this mapping; did you mean 'Done'?"
        )

    def test_entering_from_itself(self) -> None:
        assert changed(STATES, "Done = [", "Active = [").endswith("of the same state is its stay")

    def test_two_keys_that_are_one_cell(self) -> None:
        told = changed(STATES, "[states.Done]", '[states.Done]\n[states." Done "]')
        assert told == "states.\" Done \": is the same as 'Done'; blanks around a cell are ignored"
        told = changed(ACTIVITIES, "viewed = []", 'viewed = []\n"viewed " = []')
        assert told.startswith("activities.\"viewed \": is the same as 'viewed'")
        told = changed(MESSAGES, '"系统" = "system"', '"系统" = "system"\n"系统 " = "agent"')
        assert told.startswith("actors.\"系统 \": is the same as '系统'")
        told = changed(STATES, "Done = [", '"Done " = []\nDone = [')
        assert told.startswith("states.Active.enter_from.Done: is the same as 'Done '")

    def test_blanks_around_a_state_are_ignored_wherever_it_is_named(self) -> None:
        mapping = load_mapping(STATES.replace("[states.Done]", '[states." Done"]'))
        assert "Done" in mapping.causes["Active"].enter_from
        assert changed(STATES, "Done = [", '" Active" = [').endswith("same state is its stay")

    def test_another_shapes_table(self) -> None:
        assert problem(STATES + "[activities]\nx = []") == (
            "activities: a log of shape states has no such table"
        )

    def test_actors_without_an_author(self) -> None:
        told = problem(STATES + '[actors]\nx = "agent"')
        assert told == "actors: no columns.author says whose values these are"

    def test_no_states_or_actors_at_all(self) -> None:
        assert problem(STATES[: STATES.index("[states.New]")] + "[states]") == (
            "states: expected the log's states"
        )
        assert problem(MESSAGES[: MESSAGES.index('"客户" =')]).startswith("actors: expected the")
        assert changed(STATES, "[states.New]", '[states.""]').startswith('states."": expected')
        assert changed(MESSAGES, '"customer"\n"客服"', '"boss"\n"客服"').startswith(
            'actors."客户": expected one of customer, agent'
        )


class TestAnyText:
    @settings(deadline=None)
    @given(st.text())
    def test_only_the_librarys_error_escapes(self, text: str) -> None:
        with pytest.raises(MappingError):
            load_mapping(text)

    @settings(deadline=None)
    @given(
        st.sampled_from([STATES, ACTIVITIES, MESSAGES]), st.data(), st.sampled_from("[]{}\"'=.x1 ")
    )
    def test_nor_from_a_mapping_with_an_accident(
        self, text: str, data: st.DataObject, typo: str
    ) -> None:
        place = data.draw(st.integers(0, len(text) - 1))
        try:
            mapping = load_mapping(text[:place] + typo + text[place + 1 :])
        except MappingError:
            return
        assert isinstance(mapping, LogMapping)
