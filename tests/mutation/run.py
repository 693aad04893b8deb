"""Mutation testing of one package by its own tests: ``python tests/mutation/run.py calendar``.

mutmut changes the package in every small way and sees whether anything notices: mypy first, as
strict as in the checks of every change, then the tests under ``tests/PACKAGE``, the quickest first.
The work is done in a copy, ``mutants/PACKAGE``, and is kept there: run again, it goes on where it
was stopped, or tries the mutants named after the package once more.

    pip install mutmut mypy '.[test]'
    python tests/mutation/run.py calendar                              hours, for a whole package
    python tests/mutation/run.py calendar 'ticketrules.calendar.days*' a module: minutes
    python tests/mutation/run.py calendar --tally                      what it has come to so far
    cd mutants/calendar; mutmut show NAME                              one mutant
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("calendar", "tickets", "sla", "complaints", "routing", "rulebook")
# What looks at imports, or starts a Python of its own, sees mutmut rather than the mutant.
NOT_UNDER_MUTMUT = ("test_purity.py",)
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/ticketrules/{package}/*"]
also_copy = ["docs", "README.md", "CHANGELOG.md"]
process_isolation = "forkserver"  # Hypothesis tells when a test is run twice in one process
type_check_command = ["python", "tests/mutation/what_mypy_says.py", "mypy"]
timeout_multiplier = 2.0
timeout_constant = 5.0
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "quick_first"{ignored}]
pytest_add_cli_args_test_selection = ["tests/{package}"]
"""
# mutmut's exit codes: pytest's, a signal's, and its own.
OUTCOMES: Mapping[int | None, str] = {
    None: "not tried",
    0: "alive",
    1: "killed",
    3: "killed",
    33: "no test",
    37: "caught by types",
    24: "out of time",
    -24: "out of time",
    36: "out of time",
    152: "out of time",
    255: "out of time",
}
NOTICED = ("killed", "caught by types", "out of time")


def copy_tree(package: str, copy: Path) -> None:
    """Bring the copy up to the checkout; what has not changed is not touched."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    ignored = "".join(f', "--ignore=tests/{package}/{name}"' for name in NOT_UNDER_MUTMUT)
    for name in listed:
        source, target = ROOT / name, copy / name
        if not source.is_file():
            continue
        content = source.read_bytes()
        if name == "pyproject.toml":
            content += SETTINGS.format(package=package, ignored=ignored).encode()
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for part in ("src", "tests"):
        for old in (copy / part).rglob("*.py"):
            if str(old.relative_to(copy)) not in listed:
                old.unlink()


def run(package: str, copy: Path, names: Sequence[str], workers: int) -> None:
    """Run mutmut in the copy. Raises: CalledProcessError when mutmut itself fails."""
    plugins = str(Path(__file__).parent)
    path = os.pathsep.join(filter(None, [plugins, os.environ.get("PYTHONPATH", "")]))
    subprocess.run(
        ["mutmut", "run", "--max-children", str(workers), *names],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path},
        check=True,
    )


def tally(package: str, copy: Path) -> str:
    """Counts by outcome, then the names of the mutants that nothing noticed."""
    outcomes = {
        name: OUTCOMES.get(code, f"exit code {code}")
        for meta in sorted((copy / "mutants/src/ticketrules" / package).glob("*.meta"))
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items()
    }
    counts = Counter(outcomes.values())
    tried = len(outcomes) - counts["not tried"]
    noticed = sum(counts[outcome] for outcome in NOTICED)
    lines = [f"{outcome}: {count}" for outcome, count in counts.most_common()]
    if tried:
        lines.append(f"noticed: {noticed} of {tried} tried, {100 * noticed / tried:.1f} %")
    lines += [
        f"{outcome}  {name}"
        for name, outcome in outcomes.items()
        if outcome not in (*NOTICED, "not tried")
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Mutation testing of one package.")
    parser.add_argument("package", choices=PACKAGES)
    parser.add_argument("names", nargs="*", help="mutants, or patterns of them; all if none")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--tally", action="store_true", help="run nothing, tell the outcome so far")
    given = parser.parse_args()
    copy = ROOT / "mutants" / given.package
    if not given.tally:
        copy.mkdir(parents=True, exist_ok=True)
        copy_tree(given.package, copy)
        run(given.package, copy, given.names, given.workers)
    sys.stdout.write(tally(given.package, copy) + "\n")


if __name__ == "__main__":
    main()
