"""``st.from_type(Ticket)`` works as soon as both are installed, and nobody else pays for it."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import ticketrules

SOURCE = Path(ticketrules.__file__).parents[1]
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Paths on which the distribution is installed as far as its entry points are concerned."""
    if any(one.value.startswith("ticketrules.") for one in entry_points(group="hypothesis")):
        return [SOURCE]
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    site = tmp_path_factory.mktemp("site")
    info = site / f"ticketrules-{project['version']}.dist-info"
    info.mkdir()
    points = (f"{name} = {value}" for name, value in project["entry-points"]["hypothesis"].items())
    (info / "entry_points.txt").write_text("[hypothesis]\n" + "\n".join(points) + "\n")
    (info / "METADATA").write_text(f"Name: ticketrules\nVersion: {project['version']}\n")
    return [SOURCE, site]


def told(code, paths, **environment):
    """What a fresh interpreter prints."""
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


DRAW = """
from hypothesis import HealthCheck, given, settings, strategies as st
seen = []
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), st.from_type(kind))))
def draw(pair):
    assert isinstance(pair[1], pair[0])
    seen.append(pair[1])
draw()
tickets = [one for one in seen if isinstance(one, Ticket)]
assert tickets and not any(one.departures for one in tickets)
print(len(seen) >= 15)
"""
KINDS = """
from ticketrules import Actor, Policy, ServiceCalendar, ServiceHours, Ticket, commands, events
from ticketrules.calendar import Notice, Schedule
from ticketrules.tickets import Message
KINDS = [Ticket, Ticket, Actor, Policy, ServiceCalendar, ServiceHours, Notice, Schedule, Message,
         commands.Command, commands.Transfer, events.Event, events.Closed]
"""


@pytest.mark.parametrize(
    "order",
    [f"import hypothesis\n{KINDS}", f"{KINDS}\nimport hypothesis"],
    ids=["hypothesis first", "ticketrules first"],
)
def test_types_are_drawn_whichever_is_imported_first(order, installed):
    assert told(order + DRAW, installed).strip() == "True"


def test_importing_hypothesis_imports_nothing_of_the_library_but_the_hook(installed):
    code = (
        "import hypothesis, sys\n"
        "print(*sorted(name for name in sys.modules if name.startswith('ticketrules')))"
    )
    assert told(code, installed).split() == [
        "ticketrules",
        "ticketrules.verification",
        "ticketrules.verification.registration",
    ]


def test_a_part_that_arrives_late_looks_as_if_nobody_had_watched(installed):
    code = (
        "import hypothesis, ticketrules.tickets as t\n"
        "from importlib.resources import files\n"
        "print(type(t.__loader__).__name__, t.__spec__.loader is t.__loader__,\n"
        "      files(t).joinpath('event.schema.json').is_file())"
    )
    assert told(code, installed).split() == ["SourceFileLoader", "True", "True"]


def test_a_library_without_its_dependencies_does_not_break_hypothesis(installed):
    code = (
        "import sys\nsys.modules['attrs'] = None\nimport hypothesis\n"
        "print(hypothesis.find(hypothesis.strategies.integers(), bool) in (1, -1))\n"
        "try:\n    import ticketrules.tickets\n"
        "except ModuleNotFoundError as error:\n    print(error.name)"
    )
    assert told(code, installed).split() == ["True", "attrs"]


def test_registering_twice_changes_nothing(installed):
    code = (
        "import hypothesis, sys\n"
        "from ticketrules.verification.registration import register\n"
        "before = list(sys.meta_path)\nregister()\nprint(sys.meta_path == before)"
    )
    assert told(code, installed).strip() == "True"


def test_without_hypothesis_the_error_names_the_extra():
    code = (
        "import sys\nsys.modules['hypothesis'] = None\nimport ticketrules.verification as v\n"
        "for name in ('laws', 'strategies'):\n"
        "    try:\n        getattr(v, name)\n"
        "    except ModuleNotFoundError as error:\n        print(error.name, error)"
    )
    expected = "strategies, laws and state machines need Hypothesis"
    for line in told(code, [SOURCE]).splitlines():
        assert line == f"hypothesis {expected}: install ticketrules[verification]"
