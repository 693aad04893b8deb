"""What mutation testing found stands in one place, and is of functions that there are."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from .mutation.survivors import KINDS, PACKAGES, PAGE, explained, page, read, short

SOURCE = Path(__file__).parents[1] / "src" / "ticketrules"


def functions(package):
    """Every function of a package as mutmut tells them apart, ``module.Class.name``."""
    for path in (SOURCE / package).rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{path.stem}.{node.name}"
            elif isinstance(node, ast.ClassDef):
                names = [inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)]
                yield from (f"{path.stem}.{node.name}.{name}" for name in names)


def test_the_page_is_what_the_lists_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/mutation/survivors.py"


@pytest.mark.parametrize("package", PACKAGES)
def test_each_survivor_has_one_reason_and_is_of_a_function_there_is(package):
    listed = list(explained(package))
    known = set(functions(package))
    assert {name.split()[0] for name, _, _ in listed} <= known
    assert {kind for _, kind, _ in listed} <= set(KINDS)
    assert all(why for _, _, why in listed)
    assert [
        name for name, times in Counter(name for name, _, _ in listed).items() if times > 1
    ] == []
    assert len(listed) == read(package)["tally"]["alive"]


@pytest.mark.parametrize(
    ("mutant", "name"),
    [
        ("ticketrules.sla.days.xǁServiceDaysǁday__mutmut_4", "days.ServiceDays.day 4"),
        ("ticketrules.sla.clocks.xǁ_Walkǁ_end__mutmut_12", "clocks._Walk._end 12"),
        ("ticketrules.sla.settings.x__amount__mutmut_1", "settings._amount 1"),
        ("ticketrules.routing.coverage.x_gaps__mutmut_2", "coverage.gaps 2"),
    ],
)
def test_a_mutant_is_named_as_the_code_is(mutant, name):
    assert short(mutant) == name
