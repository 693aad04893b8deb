"""How a setting stands in a file follows from its type and metadata alone."""

import re
from datetime import timedelta
from typing import Literal

import pytest
from attrs import NOTHING, field, fields, frozen, validators

from ticketrules.errors import PolicyError
from ticketrules.rulebook.dumping import literal
from ticketrules.rulebook.forms import (
    default_of,
    form_of,
    plain_settings,
    read_settings,
    settings_of,
)
from ticketrules.toml_reader import Place


@frozen(kw_only=True)
class Coffee:
    """Settings that no policy has."""

    cups: int = field(validator=validators.ge(1), metadata={"doc": "how many cups"})
    degrees: int = field(default=60, validator=[validators.ge(-20), validators.le(95)])
    sugar: int = field(default=0, validator=[validators.ge(0), validators.lt(250)])
    spoons: int = 2
    pause: timedelta | None = field(default=timedelta(minutes=5))
    words: tuple[str, ...] = field(factory=tuple, metadata={"clause": "4.5", "doc": "thanks"})
    made: int = field(init=False, default=0)

    def __attrs_post_init__(self):
        if self.cups > self.spoons * 10:
            msg = "too few spoons for so many cups"
            raise ValueError(msg)


def read(table, base=None):
    return read_settings(Coffee, Place("c.toml", PolicyError, (), table), base)


def schema():
    return form_of(Coffee).schema()


class TestTypes:
    @pytest.mark.parametrize("hint", [bytes, complex, int | str, int | str | None, dict[str, int]])
    def test_without_a_form_are_refused_by_name(self, hint):
        told = f"no form in a file is known for a setting of type {hint!r}"
        with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
            form_of(hint)

    def test_only_what_a_file_may_say_is_a_setting(self):
        assert list(settings_of(Coffee)) == [
            "cups", "degrees", "sugar", "spoons", "pause", "words",
        ]  # fmt: skip

    @pytest.mark.parametrize(("several", "told"), [(8, "'a1' or 'a2' or "), (9, "one of 9 words")])
    def test_of_many_words_only_the_close_one_is_told(self, several, told):
        words = Literal[tuple(f"a{number + 1}" for number in range(several))]
        place = Place("c.toml", PolicyError, (), "a11")
        with pytest.raises(PolicyError, match=rf"^c.toml: {told}.*is meant; did you mean 'a1'"):
            form_of(words).read(place, None)


class TestReading:
    def test_what_must_be_said(self):
        with pytest.raises(PolicyError, match=r"^c.toml: cups: missing; expected how many cups$"):
            read({"sugar": 1})
        assert read({"cups": 1}) == Coffee(cups=1)

    def test_a_base_says_the_rest(self):
        base = Coffee(cups=3, sugar=2, words=("thanks",))
        assert read({"sugar": 1}, base) == Coffee(cups=3, sugar=1, words=("thanks",))
        assert read({"cups": 1}, base="no settings") == Coffee(cups=1)

    @pytest.mark.parametrize(
        ("table", "where"),
        [
            ({"cups": 0}, "cups: 'cups' must be >= 1"),
            ({"cups": 1, "degrees": 96}, "degrees: 'degrees' must be <= 95"),
            ({"cups": 21}, "cups: too few spoons"),
            ({"cups": 21, "spoons": 2}, "cups: too few spoons"),
            ({"cups": 11, "spoons": 1}, "spoons: too few spoons"),
        ],
    )
    def test_the_key_that_cannot_be_is_blamed(self, table, where):
        with pytest.raises(PolicyError, match=f"^c.toml: {where}"):
            read(table)

    def test_nothing_is_blamed_where_only_both_together_cannot_be(self):
        base = Coffee(cups=1, spoons=3)
        with pytest.raises(PolicyError, match=r"^c.toml: too few spoons"):
            read({"cups": 15, "spoons": 1}, base)

    def test_not_set_is_said_where_leaving_out_would_mean_something_else(self):
        assert read({"cups": 1, "pause": "none"}).pause is None
        table = plain_settings(Coffee, Coffee(cups=1, pause=None))
        assert table["pause"] == "none"
        assert read(table) == Coffee(cups=1, pause=None)


class TestDefaults:
    def test_are_made_where_they_are_made(self):
        defaults = [default_of(one) for one in fields(Coffee)]
        assert defaults == [NOTHING, 60, 0, 2, timedelta(minutes=5), (), 0]


class TestSchema:
    def test_what_must_be_said_is_required(self):
        assert schema()["required"] == ["cups"]
        assert schema()["additionalProperties"] is False
        assert list(schema()["properties"]) == list(settings_of(Coffee))

    @pytest.mark.parametrize(
        ("name", "bounds"),
        [
            ("cups", {"minimum": 1}),
            ("degrees", {}),
            ("sugar", {"minimum": 0, "maximum": 249}),
            ("spoons", {}),
        ],
    )
    def test_a_number_has_the_bounds_that_its_validator_has(self, name, bounds):
        told = schema()["properties"][name]
        assert {key: told[key] for key in ("minimum", "maximum") if key in told} == bounds
        assert told["type"] == "integer"

    def test_a_description_has_the_clause_where_there_is_one(self):
        told = schema()["properties"]
        assert told["cups"]["description"] == "how many cups"
        assert told["words"]["description"] == "4.5: thanks"
        assert "description" not in told["sugar"]

    def test_defaults_are_told_as_they_are_written(self):
        told = schema()["properties"]
        assert [told[name].get("default") for name in told] == [None, 60, 0, 2, "5m", []]


class TestLiterals:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (True, "true"),
            (False, "false"),
            (15, "15"),
            ('a"b\x7f云', r'"a\"b\u007f云"'),
            ([1, ["a"]], '[1, ["a"]]'),
            ({"a": 1, "b c": []}, '{ a = 1, "b c" = [] }'),
        ],
    )
    def test_as_toml(self, value, text):
        assert literal(value) == text

    def test_what_toml_has_no_word_for(self):
        with pytest.raises(TypeError, match="no TOML for timedelta"):
            literal(timedelta(1))
