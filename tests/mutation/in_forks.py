"""A pytest plugin: a package's tests, once for each of its mutants, in forks of one process.

The tests are collected once. Each then runs on the untouched code, in a fork of its own that tells
which functions it calls and how long it takes; then every mutant has a fork, in which the tests
that call its function run, the quickest first, until one fails. A function that runs while
modules are imported was called before a fork can choose a mutant; its mutants are left to
``run.py``, which gives each a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

# Hypothesis draws the same cases each time, since a mutant that lives by luck tells nothing, and
# makes no failure smaller: the mutant is dead by then.
settings.register_profile(
    "mutation",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")

PLAN = os.environ.get("MUTATION_PLAN")
_WENT_WRONG = 70
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)
SLACK = 5.0  # seconds of processor time that a mutant has beyond twice what its tests take


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Try the mutants of the plan, in place of running the tests once; None without a plan."""
    if PLAN is None:
        return None
    plan = json.loads(Path(PLAN).read_text())
    at_import = set(state()._stats)
    survey = _survey(session.items)
    calls: Mapping[str, list[str]] = survey["calls"]
    took: Mapping[str, float] = survey["took"]
    with Path(plan["outcomes"]).open("a", encoding="utf-8") as outcomes:
        for mutant in plan["mutants"]:
            function = mutant[: mutant.index("__mutmut_")]
            calling = set(calls.get(function, ()))
            items = [
                item
                for item in session.items
                if item.nodeid in calling and took[item.nodeid] <= plan["under"]
            ]
            items.sort(key=lambda item: took[item.nodeid])
            if function in at_import:
                outcome = "at import"
            elif not items:
                outcome = "no test"
            else:
                limit = SLACK + 2 * sum(took[item.nodeid] for item in items)
                outcome = _in_fork(lambda: _tried(mutant, items), limit)[0]  # noqa: B023
            outcomes.write(json.dumps({"mutant": mutant, "outcome": outcome}) + "\n")
            outcomes.flush()
    return True


def _in_fork(work: Callable[[], tuple[int, str]], limit: float | None) -> tuple[str, str]:
    """What becomes of a piece of work in a process of its own, and what it tells.

    Raises:
        RuntimeError: The work itself went wrong, which is no verdict; it has said why.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        code, told = _WENT_WRONG, ""
        try:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
                signal.alarm(int(20 * limit))  # for one that only waits
            code, told = work()
        except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
            traceback.print_exc(file=sys.__stderr__)
        finally:
            with os.fdopen(writer, "w", encoding="utf-8") as pipe:
                pipe.write(told)
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        told = pipe.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return ("out of time" if os.WTERMSIG(status) in _OUT_OF_TIME else "killed"), told
    if os.WEXITSTATUS(status) == _WENT_WRONG:
        msg = "a fork went wrong"
        raise RuntimeError(msg)
    return ("alive" if os.WEXITSTATUS(status) == 0 else "killed"), told


def _survey(items: list[pytest.Item]) -> dict[str, Any]:
    """Which tests call a function, by its name as mutmut has it, and how long each test takes.

    Each test has a fork of its own: what one test lays out, the next would not call for again.
    """
    calls: dict[str, list[str]] = defaultdict(list)
    took: dict[str, float] = {}
    for item in items:
        called, seconds = json.loads(_in_fork(lambda: _surveyed(item), None)[1])  # noqa: B023
        took[item.nodeid] = seconds
        for function in called:
            calls[function].append(item.nodeid)
    return {"calls": calls, "took": took}


def _surveyed(item: pytest.Item) -> tuple[int, str]:
    set_mutant_under_test("stats")
    state()._stats.clear()
    began = time.process_time()
    _must_pass(item)
    return 0, json.dumps([sorted(state()._stats), time.process_time() - began])


def _must_pass(item: pytest.Item) -> None:
    failed = [one for one in _reports(item, None) if one.failed]
    if failed:
        msg = f"{item.nodeid} fails on the untouched code:\n{failed[0].longreprtext}"
        raise RuntimeError(msg)


def _tried(mutant: str, items: list[pytest.Item]) -> tuple[int, str]:
    set_mutant_under_test(mutant)
    for item, after in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in _reports(item, after)):
            return 1, ""
    return 0, ""


def _reports(item: pytest.Item, after: pytest.Item | None) -> list[Any]:
    return runtestprotocol(item, nextitem=after, log=False)
