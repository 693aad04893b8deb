"""Targets of a host's own, and what it changes of the marketplace's (8)."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from ticketrules.sla import (
    Budget,
    CalendarTime,
    PromisedTime,
    Promises,
    SameServiceDay,
    ServiceTime,
    TargetSettings,
    ThresholdSettings,
    Waiting,
    WorkingDays,
    marketplace_targets,
)
from ticketrules.sla.settings import LONGEST_PROMISE, LONGEST_WAIT_DAYS
from ticketrules.sla.vocabulary import ALARMS, CONDITIONS, HAPPENINGS

CHANGED: Final = ("promised_time", "feedback_reminder")
"""Of the marketplace's targets, those that any budget suits, but for what only a promise tells."""

PROMISED: Final = tuple(
    one.id
    for one in marketplace_targets(Promises(same_day_resolution=False), Waiting())
    if one.id not in CHANGED
)
"""Of the marketplace's targets, those that are promised whatever the other settings say."""

NAMES: Final = st.text(min_size=1).filter(str.strip)


@cache
def promised_amounts(usual: timedelta = timedelta(minutes=30)) -> st.SearchStrategy[timedelta]:
    """Amounts that may be promised, to the second; shrinking to a usual one."""
    seconds = st.integers(1, LONGEST_PROMISE // timedelta(seconds=1))
    few = (usual, *(timedelta(minutes=count) for count in (30, 15, 1, 60, 240, 540, 1081)))
    return st.sampled_from(few) | seconds.map(lambda count: timedelta(seconds=count))


@cache
def working_days() -> st.SearchStrategy[int]:
    """Counts of working days that a wait may take."""
    return st.integers(1, 10) | st.integers(1, LONGEST_WAIT_DAYS)


@cache
def _amount_budgets() -> st.SearchStrategy[ServiceTime | CalendarTime]:
    return st.builds(ServiceTime, promised_amounts()) | st.builds(CalendarTime, promised_amounts())


@cache
def budgets() -> st.SearchStrategy[Budget]:
    """Budgets of every kind."""
    return (
        _amount_budgets()
        | st.builds(
            WorkingDays, working_days(), at_opening=st.booleans(), closed_days_count=st.booleans()
        )
        | st.just(SameServiceDay())
        | st.just(PromisedTime())
    )


def _some_of(words: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=3, unique=True).map(tuple)


def _thresholds() -> st.SearchStrategy[tuple[ThresholdSettings, ...]]:
    one = st.builds(
        ThresholdSettings,
        at=st.sampled_from(("50%", "30m before", "1h before"))
        | st.integers(0, 100).map("{}%".format),
        alarms=st.just(()) | _some_of(ALARMS),
        about=st.text(),
        about_en=st.text(),
    )
    return st.lists(one, max_size=2, unique_by=lambda one: one.at).map(tuple)


def _wanted(
    *,
    budget: ServiceTime | CalendarTime,
    only_for: tuple[str, ...] | None,
    not_for: tuple[str, ...] | None,
    thresholds: tuple[ThresholdSettings, ...] | None,
    **parts: Any,
) -> TargetSettings:
    """A target without what contradicts itself."""
    no_room = budget.amount < timedelta(hours=1)
    return TargetSettings(
        budget=budget,
        only_for=only_for,
        not_for=None if set(not_for or ()) & set(only_for or ()) else not_for,
        thresholds=thresholds
        and tuple(one for one in thresholds if not (no_room and one.at.endswith("before"))),
        **parts,
    )


def _own_target() -> st.SearchStrategy[TargetSettings]:
    happenings = _some_of(HAPPENINGS)
    conditions = st.none() | _some_of((*CONDITIONS, "group vip", "group 云"))
    return st.builds(
        _wanted,
        id=st.sampled_from(("first_line", "vip")) | NAMES.map("own {}".format),
        clause=st.just("8.3"),
        label=st.none() | st.text(),
        label_en=st.none() | st.text(),
        budget=_amount_budgets(),
        starts=happenings,
        stops=happenings,
        cancels=st.none() | happenings,
        pauses_while=conditions,
        only_for=conditions,
        not_for=conditions,
        once=st.none() | st.booleans(),
        on_breach=st.none() | _some_of(ALARMS),
        thresholds=st.none() | _thresholds(),
    )


def _changed_target() -> st.SearchStrategy[TargetSettings]:
    changed = st.builds(
        TargetSettings,
        id=st.sampled_from(CHANGED),
        budget=st.none() | budgets(),
        only_for=st.none() | _some_of(CONDITIONS),
    )
    return changed.filter(
        lambda one: one.id == "promised_time" or not isinstance(one.budget, PromisedTime)
    )


def _target_off() -> st.SearchStrategy[TargetSettings]:
    return st.sampled_from(PROMISED).map(lambda one: TargetSettings(id=one, off=True))


@cache
def targets() -> st.SearchStrategy[tuple[TargetSettings, ...]]:
    """A few targets of a host's own, and what changes of the marketplace's."""
    own = st.lists(_own_target(), max_size=2, unique_by=lambda one: one.id)
    changed = st.lists(_changed_target() | _target_off(), max_size=1)
    return st.builds(lambda own, changed: (*own, *changed), own, changed)
