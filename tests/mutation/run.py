"""Mutation testing of one package by its own tests: ``python tests/mutation/run.py calendar``.

mutmut makes the mutants: the package, changed in every small way. mypy looks at them first, as
strict as in the checks of every change; the rest are tried by the tests under ``tests/PACKAGE``.
The work is done in a copy, ``mutants/PACKAGE``, and kept there: run again, it goes on where it was
stopped, with what has changed since.

    pip install 'mutmut~=3.8' mypy types-python-dateutil '.[test]'
    python tests/mutation/run.py calendar              whatever has not been tried
    python tests/mutation/run.py calendar days. zones  of that, names with one of these in them
    python tests/mutation/run.py calendar --again      what nothing noticed, once more
    python tests/mutation/run.py calendar --under 0.5  only by tests that take half a second at most
    python tests/mutation/run.py calendar --tally      what it has come to so far
    cd mutants/calendar; mutmut show NAME              one mutant
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from survivors import NOTICED, PACKAGES, unlike
from what_mypy_says import caught_by_types

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/ticketrules/{package}/*"]
also_copy = ["docs", "training", "README.md", "CHANGELOG.md"]
"""
PATIENCE = 1800  # seconds for all of a package's tests
# What looks at imports or starts a Python of its own sees mutmut rather than the mutant.
NOT_UNDER_MUTMUT = ("test_purity.py", "test_determinism.py")


def copy_tree(package: str, copy: Path) -> None:
    """Bring the copy up to the checkout; what has not changed is not touched."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    for name in listed:
        source, target = ROOT / name, copy / name
        if not source.is_file():
            continue
        content = source.read_bytes()
        if name == "pyproject.toml":
            content += SETTINGS.format(package=package).encode()
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if name.startswith("src/") and target.suffix != ".py":
            # mutmut never looks at its own copy of a data file again.
            (copy / "mutants" / name).unlink(missing_ok=True)
    for part in ("src", "tests", "mutants/tests"):
        for old in (copy / part).rglob("*.py"):
            if str(old.relative_to(copy)).removeprefix("mutants/") not in listed:
                old.unlink()


def make_mutants(copy: Path, workers: int) -> None:
    """Have mutmut write the mutants, in ``mutants/`` of the copy; unchanged files keep theirs."""
    code = (
        "from mutmut import __main__ as m; m.copy_src_dir(); m.copy_also_copy_files();"
        f" m.setup_source_paths(); m.create_mutants({workers})"
    )
    subprocess.run([sys.executable, "-c", code], cwd=copy, check=True, stdout=subprocess.DEVNULL)


def mutants(package: str, copy: Path) -> Iterator[tuple[str, str]]:
    """Every mutant by name, with the hash of the function it was made from."""
    for meta in sorted((copy / "mutants/src/ticketrules" / package).glob("*.meta")):
        told = json.loads(meta.read_text())
        for name in told["exit_code_by_key"]:
            yield name, told["hash_by_function_name"][name.split(".")[-1].split("__mutmut_")[0]]


class Outcomes:
    """What became of each mutant, kept in a file of a line each; the last line of a name holds."""

    def __init__(self, package: str, copy: Path) -> None:
        self.file = copy / "outcomes.jsonl"
        self.hashes = dict(mutants(package, copy))
        self._hashes_then = copy / "hashes.json"

    def keep_what_holds(self) -> None:
        """Forget the outcomes of mutants whose function has changed."""
        then = json.loads(self._hashes_then.read_text()) if self._hashes_then.exists() else {}
        kept = {
            name: outcome
            for name, outcome in self.read().items()
            if then.get(name) == self.hashes[name]
        }
        self.file.write_text("".join(map(_line, kept.items())))
        self._hashes_then.write_text(json.dumps(self.hashes))

    def read(self) -> dict[str, str]:
        if not self.file.exists():
            return {}
        lines = map(json.loads, self.file.read_text().splitlines())
        told = {line["mutant"]: line["outcome"] for line in lines}
        return {name: outcome for name, outcome in told.items() if name in self.hashes}

    def add(self, name: str, outcome: str) -> None:
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(_line((name, outcome)))

    def tally(self, package: str) -> str:
        """Counts by outcome, as in ``survivors/PACKAGE.toml``, and where that file is unlike it."""
        told = self.read()
        counts = Counter(what if what in NOTICED else "alive" for what in told.values())
        alive = [name for name, what in told.items() if what not in NOTICED]
        noticed = len(told) - len(alive)
        share = f", {100 * noticed / len(told):.1f} %" if told else ""
        return "\n".join(
            [
                f"# {len(told)} of {len(self.hashes)} tried, noticed {noticed}{share}",
                "[tally]",
                *(f"{json.dumps(what)} = {counts[what]}" for what in (*NOTICED, "alive")),
                *unlike(package, alive),
            ]
        )


def _line(told: tuple[str, str]) -> str:
    return json.dumps({"mutant": told[0], "outcome": told[1]}) + "\n"


def try_in_forks(
    package: str, copy: Path, names: Sequence[str], outcomes: Outcomes, under: float
) -> None:
    """Try mutants by the package's tests, in forks of one process (see ``in_forks.py``)."""
    plan = copy / "plan.json"
    told = {"mutants": names, "outcomes": str(outcomes.file), "under": under}
    plan.write_text(json.dumps(told))
    subprocess.run(
        _pytest(package),
        cwd=copy / "mutants",
        env=_environment("stats", MUTATION_PLAN=str(plan)),
        check=True,
    )


def try_anew(package: str, copy: Path, names: Sequence[str], outcomes: Outcomes) -> None:
    """Try mutants of functions that run at import, each in a process that imports anew."""
    for name in names:
        try:
            tried = subprocess.run(
                [*_pytest(package), "-x"],
                cwd=copy / "mutants",
                env=_environment(name),
                check=False,  # a failing test is what it is for
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            outcomes.add(name, "out of time")
        else:
            outcomes.add(name, "alive" if tried.returncode == 0 else "killed")


def _pytest(package: str) -> list[str]:
    left_out = [f"--ignore=tests/{package}/{name}" for name in NOT_UNDER_MUTMUT]
    plugin = ["-p", "no:cacheprovider", "-p", "in_forks"]
    return [sys.executable, "-m", "pytest", "-q", *plugin, *left_out, f"tests/{package}"]


def _environment(mutant: str, **more: str) -> dict[str, str]:
    path = os.pathsep.join(["src", str(Path(__file__).parent)])
    return {**os.environ, "PYTHONPATH": path, "MUTANT_UNDER_TEST": mutant, **more}


def main() -> None:
    parser = argparse.ArgumentParser(description="Mutation testing of one package.")
    parser.add_argument("package", choices=PACKAGES)
    parser.add_argument("parts", nargs="*", help="only mutants with one of these in their names")
    parser.add_argument("--again", action="store_true", help="what nothing noticed, once more")
    parser.add_argument("--tally", action="store_true", help="try nothing, tell the outcome so far")
    parser.add_argument("--under", type=float, default=PATIENCE, help="seconds a test may take")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="to make the mutants")
    given = parser.parse_args()
    copy = ROOT / "mutants" / given.package
    if not given.tally:
        copy.mkdir(parents=True, exist_ok=True)
        copy_tree(given.package, copy)
        make_mutants(copy, given.workers)
    outcomes = Outcomes(given.package, copy)
    if not given.tally:
        outcomes.keep_what_holds()
        told = outcomes.read()
        wanted = [
            name
            for name in outcomes.hashes
            if (told.get(name) not in NOTICED if given.again else name not in told)
            and (not given.parts or any(part in name for part in given.parts))
        ]
        caught = caught_by_types(copy / "mutants") if wanted else set()
        for name in wanted:
            if name in caught:
                outcomes.add(name, "caught by types")
        rest = [name for name in wanted if name not in caught]
        if rest:
            try_in_forks(given.package, copy, rest, outcomes, given.under)
        at_import = [name for name, what in outcomes.read().items() if what == "at import"]
        try_anew(given.package, copy, at_import, outcomes)
    sys.stdout.write(outcomes.tally(given.package) + "\n")


if __name__ == "__main__":
    main()
