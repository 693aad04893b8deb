"""The generator: who submits what and when, each ticket told, all their events in time order."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from operator import attrgetter
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from ticketrules.calendar import Holiday, Notice
from ticketrules.clauses import Text
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sample.closing_days import CLOSING_DAYS
from ticketrules.sample.course import Course
from ticketrules.sample.departures import DEPARTURES
from ticketrules.sample.landmarks import LANDMARKS
from ticketrules.sample.scenarios import SCENARIOS, Tell
from ticketrules.sample.topics import STOPPING, USUAL, Topic
from ticketrules.sample.wording import AGENTS
from ticketrules.tickets import Actor, Role, is_terminal
from ticketrules.tickets.events import Event

SEED: Final = 20260213
"""The seed of the packaged sample."""

TICKETS: Final = 200
"""How many tickets the packaged sample has; every so many have each landmark once."""

ZONE: Final = ZoneInfo("Asia/Shanghai")
FIRST_DAY: Final = date(2025, 12, 1)
LAST_INSTANT: Final = datetime(2027, 1, 5, 17, 0, tzinfo=ZONE)
"""Where every ticket is cut off: what happens after it is not in the sample."""

# The people of the sample live by a New Year 2027 that is fixed here, so that the sample does not
# change when the real notice comes. Whoever judges the sample goes by their own calendar.
_ASSUMED: Final = Notice(
    year=2027,
    source="assumed for the sample; no announcement",
    holidays=(Holiday(Text("New Year", "元旦"), (date(2027, 1, 1),)),),
)
_FIXED: Final = (*LANDMARKS, *CLOSING_DAYS, *DEPARTURES)
_WEIGHTS: Final = tuple(accumulate(scenario.weight for scenario in SCENARIOS))
_HOURS: Final = (9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 14, 15, 15, 16, 16, 17, 19, 21, 7)
_LOOK_BACK: Final = 60


@frozen(kw_only=True)
class Plan:
    """One ticket before it is told."""

    opened_at: datetime
    tell: Tell
    stops: bool
    is_follow_up: bool = False


def generate(seed: int = SEED, tickets: int = TICKETS) -> list[Event]:
    """Make the events of a desk's tickets: the same for the same arguments, everywhere.

    Args:
        seed: What the only source of chance starts from.
        tickets: How many tickets, at least one; every 200 of them have each landmark once.

    Returns:
        All events of all tickets in the order of time. Tickets are numbered in the order of their
        submission, and events of one instant stand in the order of the tickets.

    Raises:
        ValueError: Fewer than one ticket.
    """
    if tickets < 1:
        msg = f"tickets must be at least 1, got {tickets}"
        raise ValueError(msg)
    rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point
    desk = Desk(Policy(notices=(_ASSUMED,)))
    plans = sorted(_plans(desk, rng, tickets), key=attrgetter("opened_at"))
    closed: list[Course] = []
    made: list[Event] = []
    for number, plan in enumerate(plans, 1):
        course = _course(desk, rng, f"T{number:05d}", plan, closed, customers=tickets * 2 // 3 + 1)
        plan.tell(course)
        made += (event for event in course.life.history if event.at <= LAST_INSTANT)
        if is_terminal(course.life):
            closed.append(course)
            del closed[:-_LOOK_BACK]
    return sorted(made, key=attrgetter("at"))


def _plans(desk: Desk, rng: Random, tickets: int) -> Iterator[Plan]:
    for number in range(tickets):
        place = number % TICKETS
        if place < len(_FIXED):
            fixed = _FIXED[place]
            yield Plan(
                opened_at=datetime(
                    fixed.year, *fixed.opened, second=rng.randrange(60), tzinfo=ZONE
                ),
                tell=fixed.tell,
                stops=fixed.stops,
                is_follow_up=fixed.is_follow_up,
            )
        else:
            scenario = SCENARIOS[bisect_right(_WEIGHTS, rng.randrange(_WEIGHTS[-1]))]
            yield Plan(opened_at=_opening(desk, rng), tell=scenario.tell, stops=scenario.stops)


def _opening(desk: Desk, rng: Random) -> datetime:
    """A submission at random: on a working day mostly, by day mostly."""
    span = (LAST_INSTANT.date() - FIRST_DAY).days
    day = FIRST_DAY + timedelta(days=rng.randrange(span))
    while rng.randrange(100) < 75 and not desk.calendar.is_working_day(day):
        day = FIRST_DAY + timedelta(days=rng.randrange(span))
    hour, minute, second = rng.choice(_HOURS), rng.randrange(60), rng.randrange(60)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


def _course(
    desk: Desk, rng: Random, name: str, plan: Plan, closed: list[Course], *, customers: int
) -> Course:
    topics: tuple[Topic, ...] = STOPPING if plan.stops else USUAL
    topic = rng.choice(topics)
    case = rng.randrange(len(topic.questions))
    customer = Actor(Role.CUSTOMER, f"customer-{rng.randrange(customers) + 1:04d}")
    agent = Actor(Role.AGENT, rng.choice(tuple(AGENTS)))
    follows = None
    if plan.is_follow_up:
        earlier = next(
            (one for one in reversed(closed) if one.life.last_event_at < plan.opened_at), None
        )
        if earlier is not None:
            topic, case, customer = earlier.topic, earlier.case, earlier.customer
            follows = earlier.id
    return Course(
        desk=desk,
        rng=rng,
        id=name,
        now=plan.opened_at,
        topic=topic,
        case=case,
        customer=customer,
        agent=agent,
        follows=follows,
    )
