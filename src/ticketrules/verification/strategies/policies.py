"""Policies, each setting at the marketplace's value or at any other that it may have."""

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st

from ticketrules.calendar import ServiceHours
from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, Waiting
from ticketrules.sla.settings import LONGEST_PROMISE, LONGEST_WAIT_DAYS
from ticketrules.verification.strategies.calendars import notices, service_hours

MARKETPLACE: Final = Policy()


def _amounts(usual: timedelta) -> st.SearchStrategy[timedelta]:
    seconds = st.integers(1, LONGEST_PROMISE // timedelta(seconds=1))
    few = st.sampled_from((usual, *map(_minutes, (30, 15, 1, 60, 240, 540, 1081))))
    return few | seconds.map(lambda count: timedelta(seconds=count))


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _promises() -> st.SearchStrategy[Promises]:
    usual = MARKETPLACE.promises
    return st.builds(
        Promises,
        first_response=_amounts(usual.first_response),
        resolution_commitment=_amounts(usual.resolution_commitment),
        next_reply=_amounts(usual.next_reply),
        same_day_resolution=st.sampled_from((True, False)),
        platform_time_counts=st.booleans(),
    )


@st.composite
def _waits(draw: st.DrawFn) -> Waiting:
    """A ladder whose reminder comes before the lapse, or on its day."""
    usual = MARKETPLACE.waiting

    def days(setting: int) -> int:
        return draw(st.just(setting) | st.integers(1, 10) | st.integers(1, LONGEST_WAIT_DAYS))

    reminder, lapse = days(usual.reminder_after_days), days(usual.feedback_lapses_after_days)
    return Waiting(
        reminder_after_days=min(reminder, lapse),
        feedback_lapses_after_days=max(reminder, lapse),
        confirmation_lapses_after_days=days(usual.confirmation_lapses_after_days),
    )


@st.composite
def policies(draw: st.DrawFn, hours: st.SearchStrategy[ServiceHours] | None = None) -> Policy:
    """Policies of every kind that can be written down, shrinking to the marketplace's.

    Args:
        draw: Filled by Hypothesis.
        hours: When the desk serves; any service hours by default.
    """
    served = draw(service_hours() if hours is None else hours)
    years = draw(st.lists(st.sampled_from((2027, 2028, 2026)), max_size=2, unique=True))
    told = tuple(draw(notices(year)) for year in years)
    return Policy(
        name=draw(st.just(MARKETPLACE.name) | st.text(min_size=1).filter(str.strip)),
        effective_from=draw(st.none() | st.dates()),
        retroactive=draw(st.booleans()),
        service_hours=served,
        promises=draw(_promises()),
        waiting=draw(_waits()),
        notices=told if served.days == "CN" else (),
    )
