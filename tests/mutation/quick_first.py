"""A pytest plugin for mutation testing: the quickest tests first, so that a mutant dies early.

Hypothesis draws the same cases each time, since a mutant that lives by luck tells nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

DURATIONS = Path("mutmut-stats.json")  # written by mutmut, in the directory it runs the tests in

settings.register_profile(
    "mutation",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if DURATIONS.exists():
        took = json.loads(DURATIONS.read_text())["duration_by_test"]
        items.sort(key=lambda item: took.get(item.nodeid, 0.0))
