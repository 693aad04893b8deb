"""The conformance page: for each clause its reading, its settings, its code and its tests.

``python tests/conformance_page.py`` renews ``docs/conformance.md``; a test holds that it is what
code and tests say. Nobody keeps a list by hand: a clause is cited where it is read, and so found.

- Settings carry their clause in their metadata.
- Code cites a clause in a docstring, or names it in a string, such as ``ClauseId("8.1")``.
- A test cites it in the docstring of its module, its class or itself, or with
  ``@pytest.mark.clause("8.1")``.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import attrs

from ticketrules.clauses import CLAUSES
from ticketrules.rulebook import Policy

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "conformance.md"
RULEBOOK = ROOT / "docs" / "rulebook.md"
SOURCE = ROOT / "src" / "ticketrules"

PLANNED: frozenset[str] = frozenset()
"""Clauses whose code and tests are still to come; a test holds that no other is without a test."""

_ONE = r"(?<![\w.:/-])([2-9])\.([1-9])(?![\w]|\.\d)"
_CITED = re.compile(_ONE + r"(?:(?:\s*(?:-|–|to)\s*)(?:\1\.)([1-9])(?![\w]|\.\d))?")


def cited(text: str) -> set[str]:
    """The clauses that a text cites, ranges such as ``9.1-9.3`` counted out."""
    found = set()
    for section, first, last in _CITED.findall(text):
        found |= {f"{section}.{number}" for number in range(int(first), int(last or first) + 1)}
    return found & set(CLAUSES)


def settings() -> Iterator[tuple[str, str]]:
    """Each clause with a setting of the policy that rests on it."""
    for section in attrs.fields(Policy):
        default = getattr(Policy(), section.name)
        if not attrs.has(type(default)):
            continue
        for one in attrs.fields(type(default)):
            clause = one.metadata.get("clause")
            if clause:
                yield clause, f"{section.name}.{one.name}"


def strings(tree: ast.Module) -> Iterator[str]:
    """Every string that stands in a module, docstrings among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def code() -> Iterator[tuple[str, str]]:
    """Each clause with a module that reads it."""
    for path in sorted(SOURCE.rglob("*.py")):
        module = path.relative_to(SOURCE).as_posix()
        if module == "clauses.py":  # it has every clause's title
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for clause in set().union(*map(cited, strings(tree))):
            yield clause, module


def cited_by_tests() -> Iterator[tuple[str, str]]:
    """Each clause with a file of tests that cites it in a docstring or by a mark."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = cited(ast.get_docstring(tree) or "") if holds_tests(tree) else set()
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            if node.name.lower().startswith("test"):
                found |= cited(ast.get_docstring(node) or "") | marked(node)
        for clause in found:
            yield clause, path.relative_to(ROOT / "tests").as_posix()


def holds_tests(tree: ast.Module) -> bool:
    """Whether a module has a test at all."""
    return any(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        for node in ast.walk(tree)
    )


def marked(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """The clauses of a test's marks."""
    return {
        str(argument.value)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.clause"
        for argument in decorator.args
        if isinstance(argument, ast.Constant)
    }


def readings() -> Iterator[tuple[str, str]]:
    """Each clause with a passage of the rulebook's page that reads it."""
    text = RULEBOOK.read_text(encoding="utf-8")
    for block in re.split(r"\n(?=- |\| |\n)", text):
        passage = " ".join(block.split())
        if not passage or passage.startswith(("#", "|---", "| clause", "```")):
            continue
        if passage.startswith("| "):
            cells = [cell.strip() for cell in passage.strip("| ").split("|")]
            for clause in cited(cells[0]):
                yield clause, cells[-1]
            continue
        passage = passage.removeprefix("- ")
        for clause in cited(passage):
            yield clause, passage


@cache
def gathered(kind: Callable[[], Iterator[tuple[str, str]]]) -> dict[str, list[str]]:
    """By clause, each thing of a kind once and in order."""
    found: dict[str, list[str]] = {clause: [] for clause in CLAUSES}
    for clause, thing in kind():
        if thing not in found[clause]:
            found[clause].append(thing)
    return found


def listed(title: str, things: list[str]) -> str:
    return f"- {title}: {', '.join(f'`{one}`' for one in things) or 'none'}\n"


def page() -> str:
    """The page as Markdown."""
    by = {kind.__name__: gathered(kind) for kind in (readings, settings, code, cited_by_tests)}
    head = (
        "# Conformance: each clause, and where it is kept\n\n"
        "Made from the code and the tests by `tests/conformance_page.py`; a test holds that it is\n"
        "complete. The readings are those of [the rulebook](rulebook.md), the settings those of\n"
        "[the policy](policy.md).\n"
    )
    parts = [head]
    for clause, title in CLAUSES.items():
        parts.append(f"\n## {clause} {title.en} ({title.zh})\n\n")
        parts += [f"- Reading: {one}\n" for one in by["readings"][clause]]
        parts.append(listed("Settings", by["settings"][clause]))
        parts.append(listed("Code", by["code"][clause]))
        if clause in PLANNED and not by["cited_by_tests"][clause]:
            parts.append("- Tests: planned\n")
        else:
            parts.append(listed("Tests", by["cited_by_tests"][clause]))
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
