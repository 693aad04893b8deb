"""Staffing what-ifs: simulate a roster, or find the smallest that keeps the promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from random import Random
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from ticketrules.calendar import Interval
from ticketrules.desk import Desk
from ticketrules.errors import SimulationError
from ticketrules.routing import Agent, Roster
from ticketrules.simulation.arrivals import Arrivals
from ticketrules.simulation.engine import Run
from ticketrules.simulation.handling import Customers, Handling
from ticketrules.simulation.outcome import Simulation, figures, peoples_targets, summary
from ticketrules.simulation.scene import Scene
from ticketrules.tickets import instant

Presence = Mapping[str, Sequence[Interval]]
"""By agent, the half-open stretches in which they are on duty."""

Staff = Roster | Presence
"""Who is on duty when."""

PLAIN_CUSTOMERS: Final = Customers()
"""They wait, and have nothing to add."""

MOST_AGENTS: Final = 100
"""Beyond so many agents a search is given up."""


def through_service_hours(
    count: int, desk: Desk, start: datetime, end: datetime
) -> dict[str, tuple[Interval, ...]]:
    """So many agents, every one on duty through all service hours of ``[start, end)``.

    Raises:
        SimulationError: Fewer than one agent.
    """
    if count < 1:
        msg = f"at least one agent is meant, not {count}"
        raise SimulationError(msg)
    windows = tuple(desk.calendar.windows(instant(start), instant(end)))
    return {f"agent-{number:02d}": windows for number in range(1, count + 1)}


def simulate(
    desk: Desk,
    staff: Staff,
    arrivals: Arrivals,
    handling: Handling,
    *,
    start: datetime,
    end: datetime,
    measured_from: datetime | None = None,
    customers: Customers = PLAIN_CUSTOMERS,
    capacity: int | None = None,
    seed: int = 0,
    runs: int = 20,
) -> Simulation:
    """What a desk can expect of a staff, under its own rules.

    Arrivals, each ticket's handling and each customer have sources of chance of their own, made of
    the seed and the number of the run: the same arguments give the same answer everywhere, and two
    staffs under one seed meet the same tickets.

    Args:
        desk: The rules: lifecycle, calendar, promises, dispatch and the order of work.
        staff: A roster, or the stretches in which each agent is on duty; all of them take tickets.
        arrivals: When tickets come.
        handling: How long agents take.
        start: When each run begins, aware; nothing is open then.
        end: When it ends, aware.
        measured_from: From when on to count; from ``start`` if it is not given. What comes before
            fills the queues: a holiday, or the days in which a desk finds its pace.
        customers: What customers do.
        capacity: How many tickets an agent may have in hand at once, in place of the policy's.
        seed: Where chance starts from.
        runs: How many independent runs.

    Raises:
        ModuleNotFoundError: simpy is not there; the message names the extra that brings it.
        NaiveTimeError: An instant has no time zone.
        SimulationError: No time, no agents, an agent's stretches that overlap or end before they
            start, fewer than one run, or days for which arrivals are not known.
    """
    start, end = instant(start), instant(end)
    since = start if measured_from is None else instant(measured_from)
    if not start <= since < end:
        msg = (
            f"a run goes from {start.isoformat()} to {end.isoformat()} and counts from"
            f" {since.isoformat()}: these must come in order"
        )
        raise SimulationError(msg)
    if runs < 1:
        msg = f"runs must be at least 1, not {runs}"
        raise SimulationError(msg)
    agents, presence = _staffed(staff, start, end)
    scene = Scene(
        desk=desk,
        agents=agents,
        presence=presence,
        handling=handling,
        customers=customers,
        start=start,
        end=end,
    )
    if capacity is not None:
        scene = _with_capacity(scene, capacity)
    several = []
    for number in range(runs):
        rng = Random(f"{seed}/{number}/arrivals")  # noqa: S311 - chance to be repeated
        run = Run(
            scene,
            arrivals.draw(rng, scene.start, scene.end, desk.calendar),
            f"{seed}/{number}",
        )
        run.finish()
        several.append(figures(run, scene, since))
    return summary(several, scene, since, seed)


@frozen(kw_only=True)
class Headcount:
    """How many agents it takes.

    Attributes:
        agents: The smallest number that reaches the target.
        target: The share of breaches that was allowed.
        clocks: The clocks that had to stay within it.
        tried: Every number that was simulated, with what came of it.
    """

    agents: int
    target: float
    clocks: tuple[str, ...]
    tried: Mapping[int, Simulation]

    @property
    def simulation(self) -> Simulation:
        """The simulation with that many."""
        return self.tried[self.agents]


def agents_needed(
    desk: Desk,
    arrivals: Arrivals,
    handling: Handling,
    *,
    start: datetime,
    end: datetime,
    measured_from: datetime | None = None,
    customers: Customers = PLAIN_CUSTOMERS,
    capacity: int | None = None,
    target: float = 0.05,
    clocks: Iterable[str] | None = None,
    staff_of: Callable[[int], Staff] | None = None,
    seed: int = 0,
    runs: int = 20,
    most: int = MOST_AGENTS,
) -> Headcount:
    """The smallest number of agents under which no promise is expected to break too often.

    Every number meets the same tickets. The search doubles, then halves the gap: it takes for
    granted that more agents do no harm on average, which is so for any sensible staff.

    Args:
        desk: See ``simulate``; so for the arguments that are not told here.
        arrivals: When tickets come.
        handling: How long agents take.
        start: When each run begins.
        end: When it ends.
        measured_from: From when on to count.
        customers: What customers do.
        capacity: How many tickets an agent may have in hand at once.
        target: The share of breached cycles that is allowed, for each clock.
        clocks: The clocks that matter; every one that people keep if not given.
        staff_of: Makes the staff of a number; by default everybody is on duty through all service
            hours.
        seed: Where chance starts from.
        runs: How many runs for each number.
        most: Give up beyond so many.

    Raises:
        SimulationError: The target is no share, a clock does not exist, not even ``most`` agents
            are enough, or what ``simulate`` raises.
    """
    if not 0 <= target < 1:
        msg = f"target must be a share from 0 up to 1, not {target!r}"
        raise SimulationError(msg)
    known = tuple(one.id for one in peoples_targets(desk))
    wanted = known if clocks is None else tuple(clocks)
    for clock in wanted:
        if clock not in known:
            msg = f"no clock {clock!r} that people keep; there is {', '.join(known)}"
            raise SimulationError(msg)
    make = staff_of or (lambda count: through_service_hours(count, desk, start, end))
    tried: dict[int, Simulation] = {}

    def is_kept(found: Simulation, clock: str) -> bool:
        return found.clock(clock).share.mean <= target

    def is_enough(count: int) -> bool:
        found = tried[count] = simulate(
            desk,
            make(count),
            arrivals,
            handling,
            start=start,
            end=end,
            measured_from=measured_from,
            customers=customers,
            capacity=capacity,
            seed=seed,
            runs=runs,
        )
        return all(is_kept(found, clock) for clock in wanted)

    too_few, enough = 0, 1
    while not is_enough(enough):
        if enough >= most:
            broken = ", ".join(one for one in wanted if not is_kept(tried[enough], one))
            msg = f"not even {most} agents keep {broken} within {target:.1%}"
            raise SimulationError(msg)
        too_few, enough = enough, min(2 * enough, most)
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if is_enough(middle):
            enough = middle
        else:
            too_few = middle
    return Headcount(
        agents=enough,
        target=target,
        clocks=wanted,
        tried=MappingProxyType(dict(sorted(tried.items()))),
    )


def _staffed(staff: Staff, start: datetime, end: datetime) -> tuple[dict[str, Agent], Presence]:
    """The agents by id, and when they are on duty within ``[start, end)``."""
    if isinstance(staff, Roster):
        agents = {agent.id: agent for agent in staff.agents}
        presence: Presence = staff.presence(start, end)
    else:
        agents = {name: Agent(id=name) for name in staff}
        presence = {name: _clipped(name, staff[name], start, end) for name in staff}
    if not agents:
        msg = "a simulation needs at least one agent"
        raise SimulationError(msg)
    return dict(sorted(agents.items())), presence


def _with_capacity(scene: Scene, capacity: int) -> Scene:
    """The scene with one capacity for everybody."""
    if capacity < 1:
        msg = f"capacity must be at least 1, not {capacity}"
        raise SimulationError(msg)
    policy = scene.desk.policy
    routing = evolve(policy.routing, capacity=capacity)
    return evolve(
        scene,
        desk=evolve(scene.desk, policy=evolve(policy, routing=routing)),
        agents={name: evolve(agent, capacity=None) for name, agent in scene.agents.items()},
    )


def _clipped(
    name: str, stretches: Iterable[Interval], start: datetime, end: datetime
) -> list[Interval]:
    """An agent's stretches within ``[start, end)``, in UTC and in order."""
    found: list[Interval] = []
    last: datetime | None = None
    for opens, closes in sorted((instant(a), instant(b)) for a, b in stretches):
        if closes <= opens:
            msg = f"agent {name!r}: a stretch ends at {closes.isoformat()}, before it lasts"
            raise SimulationError(msg)
        if last is not None and opens < last:
            msg = f"agent {name!r}: two stretches overlap at {opens.isoformat()}"
            raise SimulationError(msg)
        last = closes
        if opens < end and closes > start:
            found.append((max(opens, start), min(closes, end)))
    return found
