"""The conformance page is complete, and what the code and the tests say."""

import pytest

from ticketrules.clauses import CLAUSES

from .conformance_page import PAGE, PLANNED, cited, cited_by_tests, code, gathered, page


@pytest.mark.parametrize("clause", [one for one in CLAUSES if one not in PLANNED])
def test_every_clause_has_code_and_a_test(clause):
    assert gathered(code)[clause], f"no code cites {clause}"
    assert gathered(cited_by_tests)[clause], f"no test cites {clause} in a docstring or a mark"


def test_what_is_planned_is_a_clause():
    assert set(CLAUSES) >= PLANNED


def test_the_page_is_what_code_and_tests_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/conformance_page.py"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("a first answer (8.1)", {"8.1"}),
        ("the system's turn (9.1-9.3)", {"9.1", "9.2", "9.3"}),
        ("day N (9.1 to 9.3)", {"9.1", "9.2", "9.3"}),
        ("6.1 to 6.3", {"6.1", "6.2", "6.3"}),
        ("both (7.2, 7.3)", {"7.2", "7.3"}),
        ("8.3.", {"8.3"}),
        ("[3.1]", {"3.1"}),
        ("Python 3.11, 3.12 and 4.2.1", set()),
        ("version 2.16 or 2.15", set()),
        ("clause 8 and 7.9", set()),
        ("12.3 and 9.35", set()),
        ("2026-3.1", set()),
    ],
)
def test_a_citation_is_told_from_other_numbers(text, clauses):
    assert cited(text) == clauses
