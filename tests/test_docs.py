"""The examples of the README and of the docs, run as written."""

from pathlib import Path

import pytest
from sybil import Document
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_run_as_written(page: Path) -> None:
    document = Document.parse(str(page), PythonCodeBlockParser(), SkipParser())
    examples = list(document.examples())
    for example in examples:
        example.evaluate()
    assert len(examples) >= page.read_text(encoding="utf-8").count("\n```python\n")


def test_readme_shows_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("\n```sh\n") == 2
