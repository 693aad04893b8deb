"""Agents, queues and strategies of every kind, small enough that they meet."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ticketrules.routing import (
    Agent,
    Duty,
    Held,
    KnownCustomer,
    LeastLoaded,
    Leave,
    Queued,
    RoundRobin,
    Routing,
    SkillFirst,
    Standing,
    Urgency,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 10:00 in Shanghai."""

TEN = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
"""The same, on the desk's wall."""

NAMES = ("an", "bo", "chen", "ding", "er")
SKILLS = ("db", "net", "site")
SKILL_SETS = st.frozensets(st.sampled_from(SKILLS), max_size=2)
INSTANTS = st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))
LEAVE = st.builds(
    lambda start, hours: Leave(start, start + timedelta(hours=hours), "年假"),
    INSTANTS,
    st.integers(1, 4),
)


@st.composite
def teams(draw, *, least=0):
    """Some agents, each of whom may hold something."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=least))
    team = []
    for name in names:
        held = draw(st.lists(st.sampled_from(list(Urgency)), max_size=3))
        team.append(
            Agent(
                id=name,
                skills=draw(st.frozensets(st.sampled_from(SKILLS))),
                capacity=draw(st.none() | st.integers(0, 4)),
                duty=draw(st.sampled_from((Duty.ON_DUTY, Duty.ON_DUTY, *Duty))),
                duty_since=draw(st.none() | INSTANTS),
                holds=[Held(f"{name}{number}", one) for number, one in enumerate(held)],
                leave=draw(st.lists(LEAVE, max_size=1)),
            )
        )
    return team


QUEUES = st.lists(
    st.builds(
        Queued,
        standing=st.builds(
            Standing,
            ticket=st.text("xyz", min_size=1, max_size=2),
            is_complaint=st.booleans(),
            has_tendency=st.booleans(),
            is_business_stopping=st.booleans(),
            deadline=st.none() | INSTANTS,
            opened_at=INSTANTS,
        ),
        skills=SKILL_SETS,
        known_by=st.lists(st.sampled_from((*NAMES, "gone")), max_size=3),
        handed_away_by=st.frozensets(st.sampled_from((*NAMES, "gone")), max_size=2),
        for_platform=st.sampled_from((False, False, False, True)),
        with_platform_since=st.sampled_from((None, None, None, NOW)),
    ),
    unique_by=lambda one: one.ticket,
    max_size=12,
)


@st.composite
def strategies(draw):
    """A strategy of one preference or several."""
    weights = st.tuples(*[st.integers(0, 3)] * len(Urgency))
    firsts = draw(
        st.lists(
            st.just(SkillFirst()) | st.just(KnownCustomer()) | st.builds(LeastLoaded, weights),
            unique_by=type,
            max_size=3,
        )
    )
    cursors = st.builds(RoundRobin, st.none() | st.sampled_from((*NAMES, "b", "zz")))
    last = draw(cursors if not firsts else st.none() | cursors)
    return (*firsts, last) if last is not None else tuple(firsts)


SETTINGS = st.builds(
    Routing,
    capacity=st.integers(0, 4),
    first=st.lists(
        st.sampled_from(("complaint", "tendency", "business_stopping")), unique=True
    ).map(tuple),
    then=st.sampled_from(("deadline", "oldest")),
)


def ticket(name="T1", **parts):
    standing = Standing(
        ticket=name, is_complaint=False, is_business_stopping=False, deadline=None, opened_at=NOW
    )
    return Queued(standing=standing, **parts)


def reasons(outcome):
    """By agent, the English reasons with their clauses."""
    return {one.agent: [str(reason) for reason in one.reasons] for one in outcome.rejected}
