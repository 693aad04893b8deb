"""Policies, each setting at the marketplace's value or at any other that it may have."""

from datetime import timedelta
from functools import cache
from typing import Final

from hypothesis import strategies as st

from ticketrules.calendar import ServiceHours
from ticketrules.complaints import SignalKind, TendencyRules
from ticketrules.complaints.settings import LONGEST_BURST
from ticketrules.complaints.settings import MOST as MOST_MESSAGES
from ticketrules.replies import ReplyStandards
from ticketrules.replies.settings import LONGEST
from ticketrules.routing import Routing
from ticketrules.routing.settings import MOST, TIES, URGENCIES
from ticketrules.rulebook import Policy
from ticketrules.sla import Promises, Waiting
from ticketrules.text import Redaction
from ticketrules.verification.strategies.calendars import notices, service_hours
from ticketrules.verification.strategies.targets import (
    NAMES,
    promised_amounts,
    targets,
    working_days,
)

MARKETPLACE: Final = Policy()
YEARS: Final = st.lists(st.sampled_from((2027, 2028, 2026)), max_size=2, unique=True)


@cache
def _promises() -> st.SearchStrategy[Promises]:
    usual = MARKETPLACE.promises
    return st.builds(
        Promises,
        first_response=promised_amounts(usual.first_response),
        resolution_commitment=promised_amounts(usual.resolution_commitment),
        next_reply=promised_amounts(usual.next_reply),
        same_day_resolution=st.sampled_from((True, False)),
        platform_time_counts=st.booleans(),
    )


@st.composite
def _waits(draw: st.DrawFn) -> Waiting:
    """A ladder whose reminder comes before the lapse, or on its day."""
    usual = MARKETPLACE.waiting

    def days(setting: int) -> int:
        return draw(st.just(setting) | working_days())

    reminder, lapse = days(usual.reminder_after_days), days(usual.feedback_lapses_after_days)
    return Waiting(
        reminder_after_days=min(reminder, lapse),
        feedback_lapses_after_days=max(reminder, lapse),
        confirmation_lapses_after_days=days(usual.confirmation_lapses_after_days),
    )


@cache
def _routing() -> st.SearchStrategy[Routing]:
    number = st.integers(0, MOST)
    before = st.sampled_from(("least_loaded", "skill_first", "known_customer"))
    return st.builds(
        Routing,
        minimum_on_duty=st.integers(1, MOST),
        outside_hours=st.booleans(),
        capacity=number,
        strategy=st.lists(before, unique=True).map(lambda names: (*names, "round_robin")),
        load_complaint=number,
        load_tendency=number,
        load_business_stopping=number,
        load_clock=number,
        first=st.lists(st.sampled_from(URGENCIES), unique=True).map(tuple),
        then=st.sampled_from(TIES),
    )


@cache
def _tendency() -> st.SearchStrategy[TendencyRules]:
    return st.builds(
        TendencyRules,
        signals=st.lists(st.sampled_from(SignalKind), unique=True).map(tuple),
        repeats=st.integers(2, MOST_MESSAGES),
        burst_messages=st.integers(2, MOST_MESSAGES),
        burst_within=st.integers(1, LONGEST_BURST // timedelta(seconds=1)).map(
            lambda seconds: timedelta(seconds=seconds)
        ),
    )


@cache
def _replies() -> st.SearchStrategy[ReplyStandards]:
    return st.builds(
        ReplyStandards,
        longest_reply=st.integers(1, LONGEST),
        enumerate_from=st.integers(2, LONGEST),
        check_spelling=st.booleans(),
    )


@cache
def _redaction() -> st.SearchStrategy[Redaction]:
    return st.builds(
        Redaction,
        id_numbers=st.booleans(),
        phone_numbers=st.booleans(),
        bank_cards=st.booleans(),
        email_addresses=st.booleans(),
    )


@st.composite
def policies(draw: st.DrawFn, hours: st.SearchStrategy[ServiceHours] | None = None) -> Policy:
    """Policies of every kind that can be written down, shrinking to the marketplace's.

    Args:
        draw: Filled by Hypothesis.
        hours: When the desk serves; any service hours by default.
    """
    served, usual = draw(service_hours() if hours is None else hours), MARKETPLACE
    told = tuple(draw(notices(year)) for year in draw(YEARS)) if served.days == "CN" else ()
    return Policy(
        name=draw(st.just(usual.name) | NAMES),
        effective_from=draw(st.none() | st.dates()),
        retroactive=draw(st.booleans()),
        service_hours=served,
        promises=draw(_promises()),
        waiting=draw(_waits()),
        routing=draw(st.just(usual.routing) | _routing()),
        tendency=draw(st.just(usual.tendency) | _tendency()),
        replies=draw(st.just(usual.replies) | _replies()),
        redaction=draw(st.just(usual.redaction) | _redaction()),
        targets=draw(st.just(()) | targets()),
        notices=told,
    )
