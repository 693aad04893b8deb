"""The layer reads no clock and no environment, and imports what is heavy when it is needed."""

import ast
import copy
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import ticketrules.calendar
from ticketrules.calendar import Schedule, ServiceCalendar, closed

SOURCES = sorted(Path(ticketrules.calendar.__file__).parent.glob("*.py"))
HEAVY = ("chinese_calendar", "workalendar", "lunardate", "dateutil", "numpy", "polars", "tomllib")


def run(code):
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.split()


class TestImports:
    """``import ticketrules.calendar`` brings none of the packages that it may use."""

    def test_at_import(self):
        code = "import sys, ticketrules.calendar; print(*sys.modules)"
        assert set(HEAVY).isdisjoint(run(code))

    def test_announced_years_need_one_package(self):
        code = (
            "import sys; from datetime import *; from ticketrules.calendar import *\n"
            "at = datetime(2026, 3, 4, tzinfo=UTC)\n"
            "ServiceHours().calendar().advance(at, timedelta(hours=20)); print(*sys.modules)"
        )
        loaded = set(run(code))
        assert "chinese_calendar" in loaded
        assert loaded.isdisjoint({"workalendar", "lunardate", "numpy", "polars"})

    def test_weekdays_need_none(self):
        code = (
            "import sys; from datetime import *; from ticketrules.calendar import *\n"
            "at = datetime(2026, 3, 4, tzinfo=UTC)\n"
            "ServiceHours(days='mon-fri').calendar().advance(at, timedelta(hours=20))\n"
            "print(*sys.modules)"
        )
        assert set(HEAVY).isdisjoint(run(code))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
class TestSources:
    """No clock, no environment, no file; modules that one can read in one go."""

    def test_reads_nothing(self, source):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert attributes.isdisjoint({"now", "utcnow", "today", "time", "monotonic", "environ"})
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert called.isdisjoint({"open", "input", "print", "exec", "eval"})

    def test_length(self, source):
        assert len(source.read_text(encoding="utf-8").splitlines()) <= 400


class TestValues:
    """Asking changes no answer, and calendars share nothing that can be seen."""

    @pytest.mark.parametrize(
        "calendar",
        [
            ServiceCalendar(),
            ServiceCalendar("mon-fri", Schedule(exceptions=(closed(date(2026, 3, 4)),)), "UTC"),
            ServiceCalendar() | ServiceCalendar("mon-sun"),
            ServiceCalendar(unannounced="raise") & ServiceCalendar("sun-thu"),
        ],
        ids=repr,
    )
    def test_carried_to_another_process(self, calendar):
        at = datetime(2026, 2, 4, 12, tzinfo=UTC)
        due = calendar.advance(at, timedelta(hours=100))
        for again in (pickle.loads(pickle.dumps(calendar)), copy.deepcopy(calendar)):  # noqa: S301
            assert again == calendar
            assert hash(again) == hash(calendar)
            assert again.advance(at, timedelta(hours=100)) == due
        assert calendar != ServiceCalendar("CN", unannounced="raise")
        assert calendar != "CN"

    def test_threads(self):
        """Years laid out by several threads at once are the same years."""
        spans = [
            (datetime(year, 3, 1, tzinfo=zone), datetime(year + 1, 3, 1, tzinfo=zone))
            for year in range(2006, 2026)
            for zone in (UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"))
        ]
        expected = [ServiceCalendar().elapsed(*span) for span in spans]
        for _ in range(5):
            calendar = ServiceCalendar()
            with ThreadPoolExecutor(8) as pool:
                found = list(pool.map(lambda span, own=calendar: own.elapsed(*span), spans))
            assert found == expected

    def test_the_same_answer_twice(self):
        calendar = ServiceCalendar()
        at = datetime(2026, 3, 4, 12, tzinfo=UTC)
        answers = [calendar.advance(at, timedelta(hours=100)) for _ in range(3)]
        assert len(set(answers)) == 1
        assert ServiceCalendar().advance(at, timedelta(hours=100)) == answers[0]
