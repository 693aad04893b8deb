"""What mypy says of the mutants alone, a JSON line for each error, as mutmut reads it.

mutmut keeps every mutant of a function beside the untouched one, and calls them through a function
of its own. An error outside the mutants is mutmut's, and one that the untouched function has as
well is not the mutant's doing: both are left out.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

VARIANT = re.compile(r"(?P<function>.*)__mutmut_(?P<number>orig|\d+)$")


def variants(source: str) -> list[tuple[int, int, str, str]]:
    """First line, last line, function and number of every variant in a file."""
    return [
        (node.lineno, node.end_lineno or 0, match["function"], match["number"])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and (match := VARIANT.match(node.name))
    ]


def main() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--output", "json", "--no-warn-unused-ignores"],
        capture_output=True,
        text=True,
        check=False,  # it exits with 1 when it has something to say
    )
    if said.returncode not in (0, 1):
        sys.exit(said.stdout + said.stderr)
    errors = defaultdict(list)
    for line in filter(str.strip, said.stdout.splitlines()):
        error = json.loads(line)
        if error["severity"] == "error":
            errors[error["file"]].append(error)
    for file, of_file in errors.items():
        spans = variants(Path(file).read_text(encoding="utf-8"))
        placed = [
            (
                max((span for span in spans if span[0] <= error["line"] <= span[1]), default=None),
                error,
            )
            for error in of_file
        ]
        untouched = {
            (span[2], error["message"]) for span, error in placed if span and span[3] == "orig"
        }
        for span, error in placed:
            if span and span[3] != "orig" and (span[2], error["message"]) not in untouched:
                sys.stdout.write(json.dumps(error) + "\n")


if __name__ == "__main__":
    main()
