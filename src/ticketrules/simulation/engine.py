"""One run: arrivals, agents and customers as simpy processes under the desk's own rules.

Time in a run is a whole number of microseconds since its start, so that no rounding creeps in.
"""

from collections.abc import Generator, Iterable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field

from ticketrules.routing import Agent, Assignment, Duty, Held, Queued, Routing
from ticketrules.simulation.scene import Scene
from ticketrules.simulation.work import Work

if TYPE_CHECKING:
    import simpy

_TICK: Final = timedelta(microseconds=1)

Process = Generator["simpy.Event", Any, None]


def load_simpy() -> Any:
    """The simpy package.

    Raises:
        ModuleNotFoundError: It is not there; the message names the extra that brings it.
    """
    try:
        import simpy  # noqa: PLC0415 - of an extra, loaded when first used
    except ModuleNotFoundError as missing:
        msg = "a simulation needs simpy: install ticketrules[simulation]"
        raise ModuleNotFoundError(msg, name=missing.name) from missing
    return simpy


@define(eq=False)
class Server:
    """An agent at work.

    Attributes:
        agent: The agent.
        spans: When they are on duty, in ticks.
        pile: The tickets that are theirs and want a hand.
        until: Until when they are on duty; ``None`` while they are not.
        next_on: When they next come on duty, in ticks; ``None`` if never again.
        busy: The stretches in which they worked, in ticks.
        idle: What to trigger when there is work for them.
        since: Since when they work on a piece.
    """

    agent: Agent
    spans: list[tuple[int, int]]
    pile: dict[str, Work] = field(factory=dict)
    until: int | None = None
    next_on: int | None = None
    busy: list[tuple[int, int]] = field(factory=list)
    idle: "simpy.Event | None" = None
    since: int | None = None

    def is_on(self, tick: int) -> bool:
        """Whether they are on duty at an instant and after it."""
        return self.until is not None and tick < self.until

    def wake(self) -> None:
        """Tell them that there is something to do."""
        if self.idle is not None and not self.idle.triggered:
            self.idle.succeed()


class Run:
    """One run.

    Args:
        scene: What is the same in every run.
        arrivals: When tickets are submitted, in UTC and in order.
        seed: What every ticket's own chance starts from, with the ticket's number.

    Attributes:
        works: Every ticket, by id.
        servers: Every agent, by id.
    """

    def __init__(self, scene: Scene, arrivals: Iterable[datetime], seed: str) -> None:
        self._scene, self._seed = scene, seed
        self._settings: Routing = scene.desk.policy.routing
        self.works: dict[str, Work] = {}
        self.servers = {
            name: Server(
                agent, [(self._tick(a), self._tick(b)) for a, b in scene.presence.get(name, ())]
            )
            for name, agent in scene.agents.items()
        }
        self._pool: dict[str, Work] = {}
        self._strategy: Any = None
        self._env = load_simpy().Environment()
        self._env.process(self._arrive(list(arrivals)))
        self._env.process(self._open())
        for server in self.servers.values():
            self._env.process(self._serve(server))

    def finish(self) -> None:
        """Run to the end, and let the system do what was due by then."""
        scene = self._scene
        last = self._tick(scene.end)
        self._env.run(until=last)
        for server in self.servers.values():
            if server.since is not None and server.since < last:
                server.busy.append((server.since, last))
        for work in self.works.values():
            if not work.is_solved:  # a lapse of what is solved (9.3) changes no figure
                work.settle(scene.end)

    # time

    def _tick(self, at: datetime) -> int:
        return (at - self._scene.start) // _TICK

    @property
    def _at(self) -> datetime:
        at: datetime = self._scene.start + self._env.now * _TICK
        return at

    def _until(self, tick: int) -> "simpy.Event":
        event: simpy.Event = self._env.timeout(max(0, tick - self._env.now))
        return event

    # processes

    def _arrive(self, arrivals: list[datetime]) -> Process:
        width = max(4, len(str(len(arrivals))))
        for number, at in enumerate(arrivals, 1):
            yield self._until(self._tick(at))
            name = f"S{number:0{width}}"
            rng = Random(f"{self._seed}/{number}")  # noqa: S311 - chance to be repeated
            work = Work(self._scene, name, rng, self._at)
            self.works[name] = self._pool[name] = work
            self._dispatch()

    def _open(self) -> Process:
        """Give out what waits whenever the routing hours begin (3.2)."""
        scene = self._scene
        for opens, _closes in scene.desk.routing_hours.windows(scene.start, scene.end):
            yield self._until(self._tick(opens))
            yield self._env.timeout(0)  # whoever comes at this instant is there already
            self._dispatch()

    def _serve(self, server: Server) -> Process:
        for place, (begin, end) in enumerate(server.spans):
            server.next_on = begin
            yield self._until(begin)
            server.until = end
            later = server.spans[place + 1 :]
            server.next_on = later[0][0] if later else None
            self._env.process(self._call(server, end))
            yield self._env.timeout(0)  # whoever else comes at this instant is there too
            self._gather()
            self._dispatch()
            while self._env.now < end:
                work = self._first(server.pile)
                if work is None:
                    idle = server.idle = self._env.event()
                    yield idle
                    server.idle = None
                else:
                    yield from self._work(server, work, end)
            server.until = None
            self._hand_over(server)

    def _call(self, server: Server, end: int) -> Process:
        """Call an idle agent at the end of the shift."""
        yield self._until(end)
        server.wake()

    def _work(self, server: Server, work: Work, end: int) -> Process:
        """A piece of work, or as much of it as the shift allows."""
        begun = self._env.now
        work.take(self._at)
        server.since = begun
        amount = min(work.piece() // _TICK, end - begun)
        yield self._env.timeout(amount)
        server.since = None
        if amount:
            server.busy.append((begun, begun + amount))
        reacts = work.worked(amount * _TICK, server.agent.id, self._at)
        work.lay_down(self._at)
        if reacts is not None:
            self._env.process(self._customer(work, reacts // _TICK))
        if not work.is_ready:
            del server.pile[work.id]
            self._dispatch()

    def _customer(self, work: Work, ticks: int) -> Process:
        yield self._env.timeout(ticks)
        work.react(self._at)
        if work.is_ready:
            server = self.servers.get(work.ticket.agent or "")
            if server is not None and server.is_on(self._env.now):
                server.pile[work.id] = work
                server.wake()
            else:
                self._pool[work.id] = work
                self._dispatch()

    # who does what

    def _first(self, works: Mapping[str, Work]) -> Work | None:
        """The first of some tickets in the order of work (7)."""
        return min(works.values(), key=self._rank, default=None)

    def _rank(self, work: Work) -> Any:
        return work.standing(self._at).rank_under(self._settings)

    def _dispatch(self) -> None:
        """Give out what waits for an agent, most urgent first, while somebody may have it."""
        while self._pool and any(
            server.is_on(self._env.now) and len(server.pile) < self._capacity(server)
            for server in self.servers.values()
        ):
            work = self._first(self._pool)
            assert work is not None  # noqa: S101 - the pool is not empty
            server = self._route(work)
            if server is None:
                return
            del self._pool[work.id]
            work.give(server.agent.id, self._at)
            server.pile[work.id] = work
            server.wake()

    def _capacity(self, server: Server) -> int:
        own = server.agent.capacity
        return self._settings.capacity if own is None else own

    def _route(self, work: Work) -> Server | None:
        """Who gets a ticket, by the desk's own dispatch (3.4)."""
        now, settings = self._at, self._settings
        agents = [
            evolve(
                server.agent,
                duty=Duty.ON_DUTY,
                holds=tuple(
                    Held(one.id, one.standing(now).urgency_under(settings))
                    for one in server.pile.values()
                ),
            )
            for server in self.servers.values()
            if server.is_on(self._env.now)
        ]
        queued = Queued(standing=work.standing(now))
        outcome = self._scene.desk.route(queued, agents, now, strategy=self._strategy)
        if not isinstance(outcome, Assignment):
            return None
        self._strategy = outcome.strategy
        return self.servers[outcome.agent]

    def _hand_over(self, server: Server) -> None:
        """Hand what is unfinished to colleagues on duty (3.5); without any it stays."""
        for work in sorted(server.pile.values(), key=self._rank):
            colleague = self._route(work)
            if colleague is None:
                return
            del server.pile[work.id]
            work.hand_over(server.agent.id, colleague.agent.id, self._at)
            colleague.pile[work.id] = work
            colleague.wake()

    def _gather(self) -> None:
        """Take back what lies with agents who are away, now that somebody is there."""
        for server in self.servers.values():
            if server.until is not None or not server.pile or server.next_on == self._env.now:
                continue
            for work in list(server.pile.values()):
                del server.pile[work.id]
                self._pool[work.id] = work
