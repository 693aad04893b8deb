"""Whatever a desk may read has a Chinese and an English name, and no two are alike."""

import re

import pytest

from ticketrules.clauses import CLAUSES, Refusal, Text
from ticketrules.tickets import (
    COMMANDS,
    TABLE,
    Channel,
    Check,
    Effect,
    HolderKind,
    MessageKind,
    Role,
    Status,
    Superior,
    Visibility,
)
from ticketrules.tickets.commands import Submit
from ticketrules.tickets.values import Labelled, in_order

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[a-z ]+ refused: .+ \[\d\.\d\](; .+ \[\d\.\d\])*")
SENTENCE_ZH = re.compile(r"[\u4e00-\u9fff]+被拒绝：.+ \[\d\.\d\](；.+ \[\d\.\d\])*")
ENUMS = (Status, Role, MessageKind, Check, Superior, Channel, HolderKind, Visibility)
KINDS = {"command": COMMANDS, "event": tuple(TABLE), "effect": tuple(Effect.__subclasses__())}


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
class TestKinds:
    """Commands, events and effects."""

    def test_each_has_an_english_name(self, kinds):
        assert all(re.fullmatch("[a-z]+([ _][a-z]+)*", kind.name) for kind in kinds)

    def test_each_has_a_chinese_label(self, kinds):
        assert all(CHINESE.search(kind.label) for kind in kinds)

    def test_no_two_are_called_alike(self, kinds):
        assert len({kind.name for kind in kinds}) == len({kind.label for kind in kinds})
        assert len({kind.name for kind in kinds}) == len(kinds)

    def test_each_label_is_its_own(self, kinds):
        assert all("label" in vars(kind) for kind in kinds)


class TestCommands:
    """Each command is read as words, and documents the clause it rests on."""

    def test_its_name_is_its_class_in_words(self):
        names = {kind.name for kind in COMMANDS}
        assert names >= {"submit", "mark resolved", "return from platform", "hand over"}
        assert [name.title().replace(" ", "") for name in names] == [
            kind.__name__ for name in names for kind in COMMANDS if kind.name == name
        ]

    @pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
    def test_its_clause_is_one_of_the_rulebook(self, kind):
        (cited,) = re.findall(r"\(([\d., -]+)\)", kind.__doc__)[-1:]
        for number in re.findall(r"\d\.\d", cited):
            assert number in CLAUSES
        assert re.search(r"\d", cited)


class TestValues:
    """Statuses, roles and the other small values."""

    def test_all_of_them_are_looked_at(self):
        assert {kind.__name__ for kind in Labelled.__subclasses__()} >= {
            kind.__name__ for kind in ENUMS
        }

    @pytest.mark.parametrize("kind", ENUMS)
    def test_each_has_both_names(self, kind):
        for one in kind:
            assert re.fullmatch("[a-z]+(_[a-z]+)*", str(one))
            assert CHINESE.search(one.label)
        assert len({one.label for one in kind}) == len(kind)


class TestSets:
    """A set of them is shown in their own order, which no run of the program can change."""

    @pytest.mark.parametrize("kind", ENUMS)
    def test_in_order(self, kind):
        assert in_order(frozenset(reversed(kind))) == f"frozenset({{{str([*kind])[1:-1]}}})"
        first, second, *_ = kind
        assert in_order(frozenset({second, first})) == f"frozenset({{{first!r}, {second!r}}})"
        assert in_order(frozenset({second})) == f"frozenset({{{second!r}}})"

    def test_of_none(self):
        assert in_order(frozenset()) == "frozenset({})"


class TestRefusals:
    """Every refusal that can be had reads as a sentence with its clause, in both languages."""

    def test_each_by_each_role_in_each_status(self, desk):
        met = set()
        for status in Status:
            desk.ticket = None
            desk.at(status)
            for kind in COMMANDS:
                for role in Role:
                    refusal = desk.decided(desk.command(kind, by=role))
                    if isinstance(refusal, Refusal):
                        met.add(kind)
                        assert SENTENCE.fullmatch(str(refusal)), str(refusal)
                        assert SENTENCE_ZH.fullmatch(refusal.text.zh), refusal.text.zh
                        assert refusal.text == Text(str(refusal), refusal.text.zh)
                        assert (refusal.command, refusal.label) == (kind.name, kind.label)
        assert met == set(COMMANDS)

    def test_one_is_read_out(self, desk):
        desk.given(Submit)
        refusal = desk.when(Submit)
        assert str(refusal) == "submit refused: a ticket is submitted once [5.1]"
        assert refusal.text.zh == "提交工单被拒绝：工单只能提交一次 [5.1]"
