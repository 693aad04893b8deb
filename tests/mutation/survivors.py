"""What no test noticed, and why: ``python tests/mutation/survivors.py`` makes the page of it.

``survivors/PACKAGE.toml`` has the tally of a package's mutants and a line for those alive of each
function: its name, the mutants' numbers and the reason, under one of the `KINDS`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/mutation.md"
PACKAGES = ("calendar", "tickets", "sla", "complaints", "routing", "rulebook")
KINDS = {
    "equivalent": "No test can tell them from the code.",
    "wording": "A word of a message, or a mark of a page, that no test reads to the letter.",
    "left": "A test could be written, and none is.",
}
NOTICED = ("caught by types", "killed", "out of time")
HEAD = """# What mutation testing found

`python tests/mutation/run.py PACKAGE` changes a package in every small way (an operator, a number,
a word, an argument left out) and sees whether mypy or a test of that package notices;
[How sure we are](properties.md#how-sure-we-are) says how.

| package | mutants | caught by types | killed by a test | out of time | alive | noticed |
|---|---|---|---|---|---|---|
"""
FOOT = """
Below stands every mutant that is alive, and why: the function, the mutant's number (`mutmut show`
prints it) and the reason. This page is made from `tests/mutation/survivors/` by
`python tests/mutation/survivors.py`.
"""


def short(mutant: str) -> str:
    """``ticketrules.sla.days.xǁServiceDaysǁday__mutmut_4`` as ``days.ServiceDays.day 4``."""
    function, number = mutant.split("__mutmut_")
    *_, module, name = function.split(".")
    return f"{module}.{re.sub('^x[_ǁ]', '', name).replace('ǁ', '.')} {number}"


def read(package: str) -> dict[str, dict[str, str]]:
    """The tables of a package's file, as they stand."""
    return tomllib.loads((HERE / f"survivors/{package}.toml").read_text(encoding="utf-8"))


def explained(package: str) -> Iterator[tuple[str, str, str]]:
    """Each mutant that has a reason, by its short name, with its kind and the reason."""
    for kind, lines in read(package).items():
        if kind == "tally":
            continue
        for names, why in lines.items():
            function, *numbers = names.split()
            for number in numbers:
                yield f"{function} {number}", kind, why


def unlike(package: str, alive: Iterable[str]) -> Iterator[str]:
    """How the file differs from what is alive now: a line for each mutant on one side alone."""
    told = {name for name, _, _ in explained(package)}
    living = set(map(short, alive))
    yield from (f"without a reason  {name}" for name in sorted(living - told))
    yield from (f"alive no longer   {name}" for name in sorted(told - living))


def page() -> str:
    """`PAGE` as it has to stand."""
    rows, parts = [], []
    for package in PACKAGES:
        tables = read(package)
        tally = tables.pop("tally")
        counts = [int(tally[what]) for what in NOTICED]
        total, alive = sum(counts) + int(tally["alive"]), int(tally["alive"])
        figures = (f"{count:,}" for count in (total, *counts, alive))
        rows.append(
            f"| `{package}` | {' | '.join(figures)} | {100 * sum(counts) / total:.1f} % |\n"
        )
        parts.append(f"\n## `{package}`\n")
        for kind, lines in tables.items():
            parts.append(f"\n**{kind.capitalize()}.** {KINDS[kind]}\n\n")
            parts.extend(_item(names, why) for names, why in sorted(lines.items()))
    return HEAD + "".join(rows) + FOOT + "".join(parts)


def _item(names: str, why: str) -> str:
    function, numbers = names.split(" ", 1)
    return f"- `{function}` {', '.join(numbers.split())}: {why}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
