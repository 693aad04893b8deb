"""The same commands give the same bytes: under every hash seed, and on every Python."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import ticketrules

SOURCE = Path(ticketrules.__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
SCRIPT = """
import json, sys
from datetime import UTC, datetime, timedelta
import ticketrules as t
from ticketrules.tickets import COMMANDS, Check, dot, mermaid, permitted, read_kind
from ticketrules.tickets import commands as c

zhang, li = t.Actor(t.Role.CUSTOMER, "zhang"), t.Actor(t.Role.AGENT, "li")
system, platform = t.SYSTEM, t.Actor(t.Role.PLATFORM)
now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
desk, ticket, out = t.marketplace(), None, []
story = (
    c.Submit(id="c1", by=zhang, ticket="T1", body="网站打不开", group="north"),
    c.Verify(id="c2", by=li, checks=frozenset(Check)),
    c.Transfer(id="c3", by=li, to="", online=False, judgement="", next_step=""),
    c.PromiseResolution(id="c4", by=li, promised_for=now + timedelta(hours=5), reply="今天"),
    c.Complain(id="c5", by=zhang),
    c.Escalate(id="c6", by=li, note="请检查", reply="请暂不关闭工单"),
    c.RequestFeedback(id="c7", by=li, reply="请提供域名"),
    c.ReturnFromPlatform(id="c8", by=platform),
    c.RequestFeedback(id="c9", by=zhang, reply=""),
    c.RequestFeedback(id="c10", by=li, reply="请提供域名"),
    c.Write(id="c11", by=zhang, body="谢谢！"),
    c.LapseFeedback(id="c12", by=system),
    c.Write(id="c13", by=zhang, body="问题已经解决了，谢谢"),
    c.MarkResolved(id="c14", by=li, reply="请关闭并评价"),
    c.Close(id="c15", by=zhang, rating=5),
    c.Close(id="c16", by=li),
)
for command in story:
    now += timedelta(minutes=7, microseconds=1)
    outcome = desk.handle(ticket, command, now)
    if outcome:
        ticket = outcome.ticket
        out += [repr(event) for event in outcome.events]
        out += [repr(effect) for effect in outcome.effects]
    else:
        out += [str(outcome), outcome.text.zh]
    for one in permitted(ticket, now):
        out.append(one.command.name + ": " + "; ".join(map(str, one.reasons)))
out.append(repr(ticket))
out += [mermaid("zh"), dot("en"), str(read_kind("自动回复：我正在休假"))]
if "wire" in sys.argv:
    from ticketrules.tickets.wire import dumps
    out += [dumps(event) for event in ticket.history]
sys.stdout.buffer.write(json.dumps(out, ensure_ascii=False, indent=1).encode())
"""
GOLDEN = "72ad7297cb927a2c042d159f62e5ca506ee1ed049a40c3005bc5b2bf9d40b7d6"
"""The digest of what is written; renewed on purpose, when a behaviour changes on purpose."""


def python_of(version):
    """An interpreter of a version, or none: this one, one on the path, or one of pyenv's."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        return sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = [
        shutil.which(f"python{version}"),
        *sorted(pyenv.glob(f"versions/{version}.*/bin/python")),
    ]
    for one in filter(None, found):
        told = subprocess.run([one, "-c", "print(7)"], capture_output=True, check=False)
        if told.stdout.strip() == b"7":  # a shim of pyenv's may stand for nothing
            return str(one)
    return None


def written(python, *arguments, seed="0"):
    packages = Path(attrs.__file__).parents[1]  # pure ones, which another Python can share
    found = subprocess.run(
        [python, "-c", SCRIPT, *arguments],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(SOURCE), str(packages)]),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert found.returncode == 0, found.stderr.decode()
    return found.stdout


def digest(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def here():
    return written(sys.executable, "wire")


def test_a_story_with_every_kind_of_line_is_told(here):
    lines = json.loads(here)
    assert sum(isinstance(line, str) and "refused" in line for line in lines) > 3
    assert any(isinstance(line, str) and line.startswith("stateDiagram") for line in lines)
    assert any(isinstance(line, str) and line.startswith('{"event": "closed"') for line in lines)


@pytest.mark.parametrize("seed", ["1", "4711", "random"])
def test_the_hash_seed_changes_nothing(here, seed):
    assert written(sys.executable, "wire", seed=seed) == here


@pytest.mark.parametrize("version", PYTHONS)
def test_neither_does_the_version_of_python(here, version):
    python = python_of(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    assert written(python, "wire") == here


def test_nor_the_day_on_which_it_is_run(here):
    assert digest(here) == GOLDEN
