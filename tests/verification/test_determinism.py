"""The same input gives the same bytes: readings, proofs, dumps, refusals, on any machine."""

import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import ticketrules

from ..tickets.test_determinism import PYTHONS, python_of
from ..vectors.make import FILE

SOURCE = Path(ticketrules.__file__).parents[1]
SCRIPT = """
import json, pathlib, sys
from datetime import datetime
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy, dump_policy, load_policy
from ticketrules.tickets import replay
from ticketrules.tickets.wire import dumps, load_event
from ticketrules.verification import conformance

vectors = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
desk, out = Desk(Policy()), [dump_policy(Policy())]
assert load_policy(out[0]) == Policy()
for case in vectors["cases"][:12]:
    events = [load_event(event) for event in case["events"]]
    ticket, at = replay(events), datetime.fromisoformat(case["looks"][-1]["at"])
    out += map(dumps, events)
    assessment = desk.assess(ticket, at)
    out += [repr(assessment.readings), repr(assessment.needs), repr(assessment.findings)]
    out += [repr(desk.explain(reading)) for reading in assessment.readings]
    out += [repr(desk.wake(ticket, at)), repr(desk.remedies(ticket, now=at))]
    out += [repr(desk.permitted(ticket, at)), repr(conformance(events, desk, at))]
sys.stdout.buffer.write("\\n".join(out).encode())
"""


def written(python, **environment):
    packages = Path(attrs.__file__).parents[1]  # pure ones, which another Python can share
    found = subprocess.run(
        [python, "-W", "error", "-c", SCRIPT, str(FILE)],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join([str(SOURCE), str(packages)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
    )
    assert found.returncode == 0, found.stderr.decode()
    return found.stdout


@pytest.fixture(scope="module")
def here():
    return written(sys.executable)


def test_a_good_deal_is_written(here):
    assert len(here) > 50_000
    assert b"breached" in here


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "4711"},
        {"PYTHONHASHSEED": "random"},
        {"TZ": "America/New_York"},
        {"TZ": "Asia/Kathmandu"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "zh_CN"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        {"PYTHONOPTIMIZE": "1"},
    ],
    ids=lambda environment: " ".join(map("=".join, environment.items())),
)
def test_the_machine_changes_nothing(here, environment):
    assert written(sys.executable, **environment) == here


@pytest.mark.parametrize("version", PYTHONS)
def test_neither_does_the_version_of_python(here, version):
    python = python_of(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    assert written(python) == here
