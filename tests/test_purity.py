"""The core takes values and gives values: no clock, file, network, environment or chance in it.

Two looks at it: at the source of every module below the outer ring, and at what a fresh
interpreter has loaded after using it.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ticketrules

PACKAGE = Path(ticketrules.__file__).parent
OUTER_RING = {"__main__", "cli", "logs", "pictures", "sample", "simulation"}

IMPURE_MODULES = {
    "asyncio",
    "builtins",
    "concurrent",
    "ctypes",
    "email",
    "fileinput",
    "getpass",
    "glob",
    "gzip",
    "http",
    "io",
    "locale",
    "logging",
    "multiprocessing",
    "numpy.random",
    "os",
    "pathlib",
    "pickle",
    "platform",
    "random",
    "requests",
    "secrets",
    "select",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "timeit",
    "urllib",
    "uuid",
}
"""What a pure module has no use for; of ``sys`` and ``os`` too much would have to be allowed."""

IMPURE_CALLS = {"breakpoint", "compile", "eval", "exec", "input", "open", "print", "__import__"}

IMPURE_ATTRIBUTES = {
    "argv",
    "environ",
    "getenv",
    "localtime",
    "monotonic",
    "now",
    "perf_counter",
    "read_bytes",
    "read_text",
    "stderr",
    "stdin",
    "stdout",
    "sysconf",
    "today",
    "touch",
    "urandom",
    "utcnow",
    "write_bytes",
    "write_text",
}
"""Attributes that read or write the world, whatever they hang on."""


def offences(source):
    """What a source does that a pure module may not, as ``line: what``."""
    for node in ast.walk(ast.parse(source)):
        found = []
        match node:
            case ast.Import(names=names):
                found = [name.name for name in names]
            case ast.ImportFrom(module=module, names=names):
                found = [module or "", *(f"{module}.{name.name}" for name in names)]
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"{node.lineno}: {name}()"
            case ast.Attribute(value=ast.Name(id="self"), attr="now"):
                pass  # a value's own field, not a clock
            case ast.Attribute(attr=attribute) if attribute in IMPURE_ATTRIBUTES:
                yield f"{node.lineno}: .{attribute}"
            case ast.Call(func=ast.Attribute(attr="open")):
                yield f"{node.lineno}: .open"
            case ast.Global() | ast.Nonlocal():
                yield f"{node.lineno}: {type(node).__name__.lower()} {', '.join(node.names)}"
        for name in found:
            if name in IMPURE_MODULES or name.partition(".")[0] in IMPURE_MODULES:
                yield f"{node.lineno}: import {name}"


CORE = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in OUTER_RING
)


ALLOWED = {
    "analysis/reading.py": [
        "9: import gzip",
        "13: import pathlib",
        "13: import pathlib.Path",
        "94: .read_bytes",
    ],
    "analysis/xes.py": ["9: import pathlib", "9: import pathlib.Path", "93: .open", "181: .open"],
    "analysis/streaming.py": ["9: import pathlib", "9: import pathlib.Path"],
    "calendar/ledger.py": ["10: import threading", "10: import threading.RLock"],
    "verification/registration.py": ["8: import sys"],
}
"""A lock guards the years that a calendar has laid out; no value shows it. And what Hypothesis
calls to know the library's types looks at which of them have been imported. Whole logs go from
files to files in modules of their own."""


class TestSource:
    """Nothing in the core's source reads or writes anything but its arguments."""

    @pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(PACKAGE)))
    def test_a_module_of_the_core_is_pure(self, path):
        found = list(offences(path.read_text(encoding="utf-8")))
        assert found == ALLOWED.get(str(path.relative_to(PACKAGE)), [])

    def test_every_part_of_the_core_is_looked_at(self):
        parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in CORE}
        assert parts >= {
            "__init__",
            "calendar",
            "clauses",
            "desk",
            "errors",
            "routing",
            "rulebook",
            "sla",
            "tickets",
        }
        assert not parts & OUTER_RING

    @pytest.mark.parametrize(
        "source",
        [
            "from datetime import datetime\ndatetime.now()",
            "import datetime as d\nd.datetime.now(d.UTC)",
            "datetime.utcnow()",
            "date.today()",
            "clock = datetime.now",
            "import time",
            "from time import monotonic",
            "import random",
            "from random import choice",
            "import os.path",
            "from os import environ",
            "import socket",
            "import urllib.request",
            "from pathlib import Path",
            "open('x')",
            "with open('x') as file: pass",
            "print('x')",
            "Path('x').read_text()",
            "Path('x').open()",
            "def f():\n    import secrets",
            "def f():\n    global x",
            "sys.stdout.write('x')",
            "from numpy import random",
            "import numpy.random",
        ],
    )
    def test_an_offence_is_seen(self, source):
        assert list(offences(source))

    def test_what_only_looks_like_one_is_not(self):
        lines = ("now = instant(now)", "self.now", "self.open = {}", "self.open.items()")
        source = "\n".join((*lines, "from datetime import date", ""))
        assert list(offences(source)) == []


def loaded_after(code):
    """The top-level modules that a fresh interpreter has loaded after some code."""
    script = (
        f"{code}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    )
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


class TestLoading:
    """What is not needed is not loaded."""

    EXTRAS = frozenset(
        {
            "cattrs",
            "click",
            "hypothesis",
            "icalendar",
            "numpy",
            "pandas",
            "polars",
            "rich",
            "simpy",
        }
    )

    def test_the_import_alone_loads_next_to_nothing(self):
        heavy = self.EXTRAS | {"attrs", "chinese_calendar", "dateutil", "lunardate", "workalendar"}
        assert not loaded_after("import ticketrules") & heavy

    def test_a_desk_loads_no_extra(self):
        assert not loaded_after("import ticketrules\nticketrules.marketplace()") & self.EXTRAS

    def test_a_judged_ticket_loads_no_extra(self):
        code = """
from datetime import UTC, datetime
import ticketrules as t
now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
customer = t.Actor(t.Role.CUSTOMER)
submit = t.commands.Submit(id="c1", by=customer, ticket="T1", body="")
desk = t.marketplace()
ticket = desk.handle(None, submit, now).ticket
assert desk.assess(ticket, now).readings
"""
        loaded = loaded_after(code)
        assert not loaded & self.EXTRAS
        assert "workalendar" not in loaded

    def test_the_standard_input_and_output_are_left_alone(self):
        code = "import ticketrules\nfor name in ticketrules.__all__: getattr(ticketrules, name)"
        found = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
        )
        assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
