"""The clauses, and the refusals and findings that cite them."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from ticketrules.clauses import CLAUSES, ClauseId, Finding, Reason, Refusal, Severity, Text

WORDS = Text("transfer needs a note", "转单须备注")
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class TestClauses:
    """The rulebook's numbering, complete and in order."""

    def test_every_section_has_all_its_clauses(self):
        sections = Counter(clause.split(".")[0] for clause in CLAUSES)
        assert sections == {"2": 1, "3": 5, "4": 7, "5": 6, "6": 6, "7": 3, "8": 4, "9": 3}
        numbered = [f"{section}.{n + 1}" for section in sections for n in range(sections[section])]
        assert list(CLAUSES) == numbered

    def test_titles_are_there_in_both_languages_and_tell_clauses_apart(self):
        for title in CLAUSES.values():
            assert re.search("[a-z]", title.en)
            assert re.search("[\u4e00-\u9fff]", title.zh)
        assert len({title.en for title in CLAUSES.values()}) == len(CLAUSES)
        assert len({title.zh for title in CLAUSES.values()}) == len(CLAUSES)

    def test_nobody_changes_them(self):
        with pytest.raises(TypeError):
            CLAUSES[ClauseId("10.1")] = WORDS

    def test_a_text_reads_in_english(self):
        assert str(WORDS) == "transfer needs a note"


class TestReason:
    """A sentence in both languages, and the clause that it rests on."""

    @pytest.mark.parametrize("clause", CLAUSES)
    def test_reads_as_a_sentence_that_ends_with_the_clause(self, clause):
        assert str(Reason(clause, WORDS)) == f"transfer needs a note [{clause}]"

    @pytest.mark.parametrize("unknown", ["", "6", "6.7", "10.1", "6.1 ", "6.01"])
    def test_rests_on_a_clause_that_exists(self, unknown):
        with pytest.raises(ValueError, match="is no clause of the rulebook"):
            Reason(ClauseId(unknown), WORDS)


class TestRefusal:
    """A command that the rules forbid, with every reason."""

    REASONS = (
        Reason(ClauseId("6.1"), WORDS),
        Reason(ClauseId("6.2"), Text("the customer waits", "客户尚未得到回复")),
    )

    def test_tells_all_its_reasons(self):
        assert str(Refusal("transfer", self.REASONS)) == (
            "transfer refused: transfer needs a note [6.1]; the customer waits [6.2]"
        )

    def test_is_false_so_that_an_outcome_can_be_asked(self):
        assert not Refusal("transfer", self.REASONS)

    def test_is_a_value(self):
        assert Refusal("transfer", self.REASONS) == Refusal("transfer", self.REASONS)
        assert len({Refusal("transfer", self.REASONS), Refusal("transfer", self.REASONS)}) == 1


class TestFinding:
    """What a rule frowns upon in what has happened."""

    def test_reads_as_a_sentence_that_ends_with_the_clause(self):
        assert str(Finding(ClauseId("6.1"), WORDS, "e1", NINE)) == "transfer needs a note [6.1]"

    def test_its_gravity_reads_as_a_word(self):
        assert list(map(str, Severity)) == ["advice", "error"]

    def test_rests_on_a_clause_that_exists(self):
        with pytest.raises(ValueError, match=r"'6\.9' is no clause"):
            Finding(ClauseId("6.9"), WORDS, "e1", NINE)
