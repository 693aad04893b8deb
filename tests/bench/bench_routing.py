"""Routing a queue and checking a roster: growth, ratios, medians, in one process.

As a script it prints the table of aims; ``--full`` adds a queue of a million tickets. Under
``pytest tests/bench/bench_routing.py`` the library's own calls go through pytest-benchmark.

The oracle is ``route`` again and again, which looks at every agent for every ticket.
"""

import gc
import math
import random
import statistics
import sys
import time as clock
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from ticketrules.calendar import ServiceHours
from ticketrules.routing import (
    Agent,
    Assignment,
    Duty,
    Held,
    KnownCustomer,
    LeastLoaded,
    Queued,
    Roster,
    RoundRobin,
    Shift,
    SkillFirst,
    Standing,
    coverage_gaps,
    recurrence,
    route,
    route_many,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SKILLS = ("db", "net", "site", "bill")
STRATEGIES = {
    "least loaded": LeastLoaded(),
    "round robin": RoundRobin(),
    "all four": (KnownCustomer(), SkillFirst(), LeastLoaded(), RoundRobin()),
}


def desk(tickets, agents, seed=1):
    """A queue and a team with room for it; a fifth of the team is away."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets

    def name():
        return f"a{chance.randrange(agents):04}"

    team = [
        Agent(
            id=f"a{number:04}",
            duty=Duty.ON_DUTY if number % 5 else Duty.AWAY,
            capacity=2 * tickets // agents + 1,
            skills=chance.sample(SKILLS, chance.randint(0, 3)),
        )
        for number in range(agents)
    ]
    queue = [
        Queued(
            standing=Standing(
                ticket=f"t{number}",
                is_complaint=chance.random() < 0.05,
                has_tendency=chance.random() < 0.05,
                is_business_stopping=chance.random() < 0.05,
                deadline=NOW + timedelta(seconds=chance.randrange(100_000)),
                opened_at=NOW - timedelta(seconds=chance.randrange(100_000)),
            ),
            skills=chance.sample(SKILLS, chance.choice((0, 0, 1, 1, 2))),
            handed_away_by=[name()] if chance.random() < 0.1 else [],
            known_by=[name()],
        )
        for number in range(tickets)
    ]
    return queue, team


def again_and_again(queue, team, strategy):
    """What ``route_many`` does, the slow way."""
    agents = {agent.id: agent for agent in team}
    for ticket in sorted(queue, key=lambda one: one.standing.rank):
        outcome = route(ticket, agents.values(), NOW, strategy=strategy)
        if isinstance(outcome, Assignment):
            agent = agents[outcome.agent]
            held = Held(ticket.ticket, ticket.standing.urgency)
            agents[agent.id] = evolve(agent, holds=(*agent.holds, held))
            strategy = outcome.strategy
    return agents


def spent(call, rounds=3):
    """The median seconds on the processor of some rounds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begun = clock.thread_time()
        call()
        times.append(clock.thread_time() - begun)
    return statistics.median(times)


def roster(agents=50):
    """A roster whose agents each have a rule of their own, some of them old."""
    return Roster(
        agents=[Agent(id=f"a{number}") for number in range(agents)],
        shifts=[
            Shift(
                agent=f"a{number}",
                hours=("09:00-13:00", "12:30-18:00", "22:00-06:00")[number % 3],
                on=recurrence(
                    f"FREQ=WEEKLY;INTERVAL={1 + number % 2};BYDAY=MO,TU,WE,TH,FR",
                    date(2016 + number % 10, 1, 1) + timedelta(days=number),
                ),
            )
            for number in range(agents)
        ],
    )


YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
CALENDAR = ServiceHours().calendar()


def row(what, value, aim=None, *, unit="×"):
    verdict = "" if aim is None else f"≤ {aim:g}   {'met' if value <= aim else 'MISSED'}"
    print(f"  {what:<62} {value:>9.4g} {unit:<2} {verdict}")  # noqa: T201 - a script prints


def main(sizes):
    """Measure everything and print the table."""
    print(f"Python {sys.version.split()[0]}; medians of 3")  # noqa: T201
    for name, strategy in STRATEGIES.items():
        before = None
        for size in sizes:
            queue, team = desk(size, 1000)
            rounds = 3 if size <= 100_000 else 1
            now = spent(lambda: route_many(queue, team, NOW, strategy=strategy), rounds)  # noqa: B023
            row(f"{name}: {size:,} tickets to 1,000 agents", now, unit="s")
            row("  for each", now / size * 1e6, unit="µs")
            if before is not None:
                grown = now / before[0] / (size * math.log(size)) * before[1]
                row("  growth over that of n log n", grown, 1.2)
            before = now, size * math.log(size)
    queue, team = desk(2_000, 200)
    slow = spent(lambda: again_and_again(queue, team, LeastLoaded()), 1)
    fast = spent(lambda: route_many(queue, team, NOW, strategy=LeastLoaded()))
    row("route again and again, 2,000 to 200, × route_many", slow / fast)
    many = roster()
    row(
        "a year of gaps, 50 agents",
        spent(lambda: coverage_gaps(many, CALENDAR, *YEAR)),
        1,
        unit="s",
    )
    row("who is on, 50 agents", spent(lambda: many.who_is_on(NOW)) * 1e3, unit="ms")


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_queue(benchmark, name):
    queue, team = desk(2_000, 200)
    assert benchmark(lambda: route_many(queue, team, NOW, strategy=STRATEGIES[name])).assigned


def test_a_year_of_gaps(benchmark):
    many = roster()
    assert benchmark(lambda: coverage_gaps(many, CALENDAR, *YEAR)) is not None


if __name__ == "__main__":
    main((10_000, 100_000, 1_000_000) if "--full" in sys.argv else (10_000, 100_000))
