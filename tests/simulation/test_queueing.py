"""What queueing theory says of the same desk."""

import heapq
from datetime import UTC
from itertools import pairwise
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.simulation import (
    Exponential,
    Handling,
    PoissonArrivals,
    ReplayedArrivals,
    simulate,
    through_service_hours,
)
from ticketrules.simulation.engine import Run
from ticketrules.simulation.estimates import student
from ticketrules.simulation.scene import Scene
from ticketrules.simulation.staffing import PLAIN_CUSTOMERS, _staffed, _with_capacity

from .desks import DAY, HOUR, MINUTE, NEVER_CLOSED, TUESDAY, Listed, chance


def erlang_wait(per_hour, served_per_hour, agents):
    """Erlang C: the mean wait of an M/M/c queue, in minutes."""
    load = per_hour / served_per_hour
    last = load**agents / factorial(agents) / (1 - load / agents)
    waits = last / (sum(load**k / factorial(k) for k in range(agents)) + last)
    return waits / (agents * served_per_hour - per_hour) * 60


def first_come_first_served(arrivals, services, agents):
    """When each is taken up, by whoever is free first: no simulation, one line of recursion."""
    free = [arrivals[0]] * agents
    for at, service in zip(arrivals, services, strict=True):
        taken = max(at, heapq.heappop(free))
        heapq.heappush(free, taken + service)
        yield taken


def one_run(arrivals, services, agents, end):
    """The same through the simulation, every ticket solved by its first answer."""
    start = TUESDAY.astimezone(UTC)
    known, presence = _staffed(through_service_hours(agents, NEVER_CLOSED, start, end), start, end)
    scene = Scene(
        desk=NEVER_CLOSED,
        agents=known,
        presence=presence,
        handling=Handling(answering=Listed(services)),
        customers=PLAIN_CUSTOMERS,
        start=start,
        end=end,
    )
    run = Run(_with_capacity(scene, 1), arrivals, "seed")
    run.finish()
    return run


class TestErlangC:
    """A desk that never closes, random arrivals, work without memory: an M/M/c queue."""

    @pytest.mark.parametrize(
        ("agents", "per_hour", "wait"), [(1, 4, 20.0), (2, 8, 8.0), (3, 15, 14.045)]
    )
    def test_the_formula_by_hand(self, agents, per_hour, wait):
        assert erlang_wait(per_hour, 6, agents) == pytest.approx(wait, abs=1e-3)

    def expect(self, agents, per_hour, days, runs):
        end = TUESDAY + days * DAY
        found = simulate(
            NEVER_CLOSED,
            through_service_hours(agents, NEVER_CLOSED, TUESDAY, end),
            PoissonArrivals.steady(per_hour),
            Handling(answering=Exponential(10 * MINUTE)),
            start=TUESDAY,
            end=end,
            measured_from=TUESDAY + DAY / 2,
            capacity=1,
            seed=1,
            runs=runs,
        )
        # The interval of 95 % stretched to one of 99.9 %.
        reach = student(runs - 1, 0.999) / student(runs - 1)
        wait, load = found.waiting_minutes, found.utilisation
        assert abs(wait.mean - erlang_wait(per_hour, 6, agents)) <= (wait.upper - wait.mean) * reach
        assert abs(load.mean - per_hour / 6 / agents) <= (load.upper - load.mean) * reach
        # Little's law: those who wait are those who come in the time that one waits.
        assert found.queue.mean == pytest.approx(per_hour * wait.mean / 60, rel=0.08)
        return wait

    def test_two_agents(self):
        self.expect(agents=2, per_hour=8, days=2, runs=10)

    @pytest.mark.slow
    @pytest.mark.parametrize(("agents", "per_hour"), [(1, 4), (2, 8), (5, 25)])
    def test_wherever_the_queue_is_stable(self, agents, per_hour):
        wait = self.expect(agents, per_hour, days=4, runs=24)
        assert wait.upper - wait.mean < 0.25 * wait.mean  # tight enough to tell something


class TestPathByPath:
    """With the same arrivals and the same work, every single wait is what the recursion says."""

    @settings(max_examples=25, deadline=None)
    @given(st.integers(1, 4), st.integers(0, 10**6), st.integers(2, 12))
    def test_every_wait(self, agents, seed, per_hour):
        rng = chance(seed)
        start = TUESDAY.astimezone(UTC)
        end = start + 10 * HOUR
        arrivals = PoissonArrivals.steady(per_hour).draw(rng, start, end, NEVER_CLOSED.calendar)
        services = [Exponential(10 * MINUTE).draw(rng) for _ in arrivals]
        expected = list(first_come_first_served(arrivals, services, agents)) if arrivals else []
        run = one_run(arrivals, services, agents, end)
        assert [work.taken_at for work in run.works.values()] == [
            taken if taken < end else None for taken in expected
        ]

    @settings(max_examples=8, deadline=None)
    @given(st.integers(0, 10**6))
    def test_more_agents_hurt_nobody_when_first_come_is_first_served(self, seed):
        # A law here: tickets are taken up in the order of arrival, each with its own work. With
        # priorities and work in pieces it is none, as with any list scheduling.
        rng = chance(seed)
        start = TUESDAY.astimezone(UTC)
        end = start + 10 * HOUR
        arrivals = PoissonArrivals.steady(12).draw(rng, start, end, NEVER_CLOSED.calendar)
        services = [Exponential(10 * MINUTE).draw(rng) for _ in arrivals]
        taken = [
            [
                work.taken_at or end
                for work in one_run(arrivals, services, agents, end).works.values()
            ]
            for agents in (1, 2, 3, 4)
        ]
        for few, more in pairwise(taken):
            assert all(two <= one for one, two in zip(few, more, strict=True))


def test_a_queue_by_hand():
    # Three at once, ten minutes each, two agents: the third waits ten minutes.
    end = TUESDAY + HOUR
    found = simulate(
        NEVER_CLOSED,
        through_service_hours(2, NEVER_CLOSED, TUESDAY, end),
        ReplayedArrivals([TUESDAY + MINUTE] * 3),
        Handling(answering=Listed([10 * MINUTE] * 3)),
        start=TUESDAY,
        end=end,
        capacity=1,
        runs=1,
    )
    assert found.waiting_minutes.mean == pytest.approx(10 / 3)
    assert found.queue.mean == pytest.approx(10 / 60)
    assert found.peak.mean == 1  # who is served at once does not wait
    assert found.utilisation.mean == pytest.approx(30 / 120)
    assert found.clock("first_response").cycles.mean == 3
    assert found.clock("first_response").breaches.mean == 1
