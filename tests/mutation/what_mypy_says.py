"""Which mutants mypy notices, as strict as in the checks of every change."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

VARIANT = re.compile(r"(?P<function>.*)__mutmut_(?P<number>orig|\d+)$")


def caught_by_types(home: Path) -> set[str]:
    """The mutants in a tree, by name, that mypy tells from the untouched function.

    mutmut keeps every mutant of a function beside the untouched one, and calls them through a
    function of its own. An error outside the mutants is mutmut's, and one that the untouched
    function has as well is not the mutant's doing: neither counts.

    Raises:
        RuntimeError: mypy could not run.
    """
    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--output", "json", "--no-warn-unused-ignores"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,  # it exits with 1 when it has something to say
    )
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout + said.stderr)
    errors = defaultdict(list)
    for line in filter(str.strip, said.stdout.splitlines()):
        error = json.loads(line)
        if error["severity"] == "error":
            errors[error["file"]].append((error["line"], error["message"]))
    return {
        f"{_module(file)}.{variant}"
        for file, of_file in errors.items()
        for variant in _told_apart((home / file).read_text(encoding="utf-8"), of_file)
    }


def _module(file: str) -> str:
    return file.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _told_apart(source: str, errors: list[tuple[int, str]]) -> set[str]:
    spans = [
        (node.lineno, node.end_lineno or 0, match["function"], match["number"])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and (match := VARIANT.match(node.name))
    ]
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)  # function → (number, message)
    for line, message in errors:
        around = [span for span in spans if span[0] <= line <= span[1]]
        if around:
            *_, function, number = max(around)
            found[function].add((number, message))
    return {
        f"{function}__mutmut_{number}"
        for function, of_function in found.items()
        for number, message in of_function
        if number != "orig" and ("orig", message) not in of_function
    }
