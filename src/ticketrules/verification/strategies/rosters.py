"""Agents, their shifts, and the tickets that wait for one of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from ticketrules.routing import Agent, Duty, Held, Leave, Queued, Roster, Shift, Standing
from ticketrules.verification.strategies.instants import PLAIN

NAMES: Final = ("an", "bo", "chen")
SKILLS: Final = ("db", "net")
MONDAY: Final = date(2026, 3, 2)
HOURS: Final = ("09:00-18:00", "09:00-13:30", "13:00-18:00", "22:00-06:00", "00:00-24:00")


def _skills() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(SKILLS))


def _leave() -> st.SearchStrategy[Leave]:
    return st.builds(
        lambda start, length: Leave(start, start + length),
        st.integers(-48, 48).map(lambda hours: PLAIN + timedelta(hours=hours)),
        st.integers(1, 72).map(lambda hours: timedelta(hours=hours)),
    )


def agents(name: str | None = None) -> st.SearchStrategy[Agent]:
    """Agents on duty or off it, with skills, tickets and leave of their own.

    Args:
        name: The agent's id; one of a few by default.
    """
    return (st.just(name) if name else st.sampled_from(NAMES)).flatmap(_agent)


def _agent(name: str) -> st.SearchStrategy[Agent]:
    # Nobody holds what somebody else holds.
    tickets = st.integers(0, 3).map(
        lambda count: [Held(ticket=f"{name}-{n + 1}") for n in range(count)]
    )
    return st.builds(
        Agent,
        id=st.just(name),
        skills=_skills(),
        capacity=st.none() | st.integers(0, 4),
        duty=st.sampled_from((Duty.ON_DUTY, Duty.OFF_DUTY)),
        holds=tickets,
        leave=st.lists(_leave(), max_size=1),
    )


def several_agents() -> st.SearchStrategy[tuple[Agent, ...]]:
    """A desk's agents, each of them once."""
    return st.lists(st.sampled_from(NAMES), unique=True, max_size=3).flatmap(
        lambda names: st.tuples(*map(agents, names))
    )


def queued() -> st.SearchStrategy[Queued]:
    """Tickets that wait for an agent."""
    standing = st.builds(
        Standing,
        ticket=st.just("T-1"),
        is_complaint=st.booleans(),
        is_business_stopping=st.booleans(),
        deadline=st.none() | st.just(PLAIN + timedelta(hours=1)),
        opened_at=st.just(PLAIN),
    )
    names = st.lists(st.sampled_from(NAMES), unique=True, max_size=2)
    return st.builds(
        Queued, standing=standing, skills=_skills(), known_by=names.map(tuple), handed_away_by=names
    )


def _shifts() -> st.SearchStrategy[Shift]:
    days = st.integers(0, 6).map(lambda count: MONDAY + timedelta(days=count))
    return st.builds(
        Shift,
        agent=st.sampled_from(NAMES),
        hours=st.sampled_from(HOURS),
        on=st.sets(days, min_size=1, max_size=7).map(sorted),
    )


def rosters() -> st.SearchStrategy[Roster]:
    """Rosters of three agents over the first week of March 2026, with shifts and leave."""
    return st.builds(
        lambda people, shifts, zone: Roster(agents=people, shifts=shifts, zone=zone),
        st.tuples(*map(agents, NAMES)),
        st.lists(_shifts(), max_size=5, unique_by=repr),
        st.sampled_from(("Asia/Shanghai", "America/New_York")),
    )


NOON: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""When tickets are routed by default: Monday noon in Shanghai."""
