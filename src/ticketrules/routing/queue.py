"""A whole queue at once, most urgent first: what ``route`` gives again and again, in n log n.

The agents who may have a ticket of some skills make a pool. In a pool they lie in tiers of those
whom the strategy likes alike, and a heap tells the best tier. Loads only grow, so an agent who lies
in too good a tier is moved when next seen, and one who is full is taken out: nobody is looked at
more often than something happened to them.
"""

import heapq
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import evolve, frozen

from ticketrules.calendar import Calendar
from ticketrules.clauses import Reason
from ticketrules.routing.agents import Agent, Held, by_id
from ticketrules.routing.dispatch import (
    Assignment,
    NoEligibleAgent,
    Outcome,
    Rejection,
    capacity_of,
    check_held,
    closed_reasons,
    full_reasons,
    holders,
    load_of,
    objections,
    platform_outcome,
)
from ticketrules.routing.given import each, once
from ticketrules.routing.priority import Urgency
from ticketrules.routing.queued import Queued
from ticketrules.routing.settings import DEFAULTS, Routing
from ticketrules.routing.strategies import (
    KnownCustomer,
    LeastLoaded,
    Preference,
    RoundRobin,
    SkillFirst,
    Strategy,
    praise,
    preferences,
    strategy_of,
    turned,
)
from ticketrules.tickets import instant


@frozen(kw_only=True)
class RoutedQueue:
    """What came of routing a queue.

    Attributes:
        outcomes: One for each ticket, in the order of work.
        agents: The agents with what they now hold, by id.
        strategy: The strategy to go on with: a cursor has moved on.
    """

    outcomes: tuple[Outcome, ...]
    agents: tuple[Agent, ...]
    strategy: tuple[Preference, ...]

    @property
    def assigned(self) -> tuple[Assignment, ...]:
        """The tickets that have an agent, in the order of work."""
        return tuple(one for one in self.outcomes if isinstance(one, Assignment))

    @property
    def left(self) -> tuple[NoEligibleAgent, ...]:
        """The tickets that nobody may have, in the order of work."""
        return tuple(one for one in self.outcomes if isinstance(one, NoEligibleAgent))


def route_many(
    queue: Iterable[Queued],
    agents: Iterable[Agent],
    now: datetime,
    *,
    strategy: Strategy | None = None,
    settings: Routing = DEFAULTS,
    hours: Calendar | None = None,
) -> RoutedQueue:
    """Route a queue, most urgent first (7), nobody above their capacity.

    The outcome is that of ``route`` for one ticket after the other, each assigned one held before
    the next is looked at; only the reasons against the others are left out of assignments.

    Args:
        queue: The tickets, in any order.
        agents: All agents, in any order.
        now: The instant, aware.
        strategy: As for ``route``.
        settings: As for ``route``, and the order of work.
        hours: As for ``route``.

    Returns:
        An outcome for every ticket.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        RoutingError: As ``route``, or a ticket that stands twice in the queue.
    """
    instant(now)
    known = by_id(agents)
    several = strategy_of(settings) if strategy is None else preferences(strategy)
    ranked = sorted(each(queue, Queued, "queue"), key=lambda one: one.standing.rank_under(settings))
    once(one.ticket for one in ranked)
    holder_of = holders(known)
    for one in ranked:
        check_held(one, known, holder_of)
    desk = _Desk(list(known.values()), several, settings, now, closed_reasons(hours, settings, now))
    outcomes = tuple(desk.outcome(ticket) for ticket in ranked)
    return RoutedQueue(outcomes=outcomes, agents=tuple(desk.after()), strategy=desk.strategy)


_Tier = tuple[int, ...]
"""How the strategy likes an agent, the smaller the better."""


class _Desk:
    """The agents while a queue is routed; an agent is a place in the order of ids."""

    def __init__(
        self,
        agents: list[Agent],
        strategy: tuple[Preference, ...],
        settings: Routing,
        now: datetime,
        closed: tuple[Reason, ...],
    ) -> None:
        self.agents = agents
        self.place_of = {agent.id: place for place, agent in enumerate(agents)}
        self.strategy = strategy
        self.settings = settings
        self.read_at = now
        self.closed = closed
        self.loads = [load_of(agent, strategy) for agent in agents]
        self.given: list[list[Held]] = [[] for _agent in agents]
        self.rooms = [capacity_of(agent, settings) - len(agent.holds) for agent in agents]
        self.weight_of: dict[Urgency, int] = next(
            (one.weight_of for one in strategy if isinstance(one, LeastLoaded)),
            dict.fromkeys(Urgency, 0),
        )
        kinds = [type(one) for one in strategy]
        self.is_turned = RoundRobin in kinds
        self.known_depth = (
            sum(kind is not KnownCustomer for kind in kinds[: kinds.index(KnownCustomer)])
            if KnownCustomer in kinds
            else None
        )
        self.pools: dict[frozenset[str], _Pool] = {}
        self.whys: dict[tuple[int, int, bool, str | None], Reason] = {}

    @property
    def cursor(self) -> str | None:
        """The id of the agent who had the last turn, where turns matter."""
        last = self.strategy[-1]
        return last.after if isinstance(last, RoundRobin) else None

    def outcome(self, ticket: Queued) -> Outcome:
        """Route one ticket, and remember who has it."""
        given = platform_outcome(ticket)
        if given is not None:
            return given
        pool = self.pools.get(ticket.skills)
        if pool is None:
            pool = self.pools[ticket.skills] = _Pool(self, ticket)
        barred = {self.place_of[agent] for agent in ticket.handed_away_by if agent in self.place_of}
        place = pool.best(barred)
        if place is None:
            return NoEligibleAgent(ticket=ticket.ticket, rejected=pool.rejections(ticket, barred))
        is_known = False
        if self.known_depth is not None and ticket.known_by:
            acquainted = pool.acquainted(ticket, barred, place, self.known_depth)
            if acquainted is not None:
                place, is_known = acquainted, True
        return self._give(ticket, place, pool, is_known=is_known)

    def _give(self, ticket: Queued, place: int, pool: "_Pool", *, is_known: bool) -> Assignment:
        agent = self.agents[place]
        load, spare = self.loads[place], pool.spare[place]
        told = load, spare, is_known, self.cursor
        why = self.whys.get(told)
        if why is None:
            why = praise(self.strategy, load=load, spare=spare, is_known=is_known)
            self.whys[told] = why
        if self.is_turned and not is_known:
            self.strategy = turned(self.strategy, agent.id)
        urgency = ticket.standing.urgency
        self.given[place].append(Held(ticket.ticket, urgency))
        self.loads[place] += self.weight_of[urgency]
        self.rooms[place] -= 1
        return Assignment(ticket=ticket.ticket, agent=agent.id, why=why, strategy=self.strategy)

    def after(self) -> Iterator[Agent]:
        """The agents with what they hold now."""
        for agent, given in zip(self.agents, self.given, strict=True):
            yield evolve(agent, holds=(*agent.holds, *given)) if given else agent


class _Pool:
    """The agents who may have tickets of some skills, in tiers."""

    def __init__(self, desk: _Desk, like: Queued) -> None:
        # Who handed a ticket away is barred from that ticket alone, and from no other of its kind.
        like = evolve(like, handed_away_by=frozenset())
        self.desk = desk
        self.spare = [len(agent.skills - like.skills) for agent in desk.agents]
        self.against: dict[int, Rejection] = {}
        self.tiers: dict[_Tier, list[int]] = {}
        for place, agent in enumerate(desk.agents):
            reasons = objections(agent, like, desk.read_at, desk.closed)
            if reasons:
                self.against[place] = Rejection(agent.id, reasons)
            elif desk.rooms[place] > 0:
                self.tiers.setdefault(self.tier_of(place), []).append(place)
        self.heap = sorted(self.tiers)
        self._all_full: tuple[Rejection, ...] | None = None

    def tier_of(self, place: int) -> _Tier:
        """How the strategy likes an agent now, turns and acquaintances aside."""
        desk = self.desk
        return tuple(
            desk.loads[place] if isinstance(one, LeastLoaded) else self.spare[place]
            for one in desk.strategy
            if isinstance(one, LeastLoaded | SkillFirst)
        )

    def best(self, barred: set[int]) -> int | None:
        """The agent whom the strategy likes best, acquaintances aside; ``None`` without any."""
        passed: list[_Tier] = []
        found: int | None = None
        while self.heap and found is None:
            tier = self.heap[0]
            places = self.tiers[tier]
            found = self._pick(tier, places, barred)
            if found is None:
                heapq.heappop(self.heap)
                if places:
                    passed.append(tier)
                else:
                    del self.tiers[tier]
        for tier in passed:
            heapq.heappush(self.heap, tier)
        return found

    def _pick(self, tier: _Tier, places: list[int], barred: set[int]) -> int | None:
        """The next agent of a tier in turn; those who do not belong there any more are moved."""
        desk = self.desk
        skipped = 0
        cursor = desk.cursor
        start = 0 if cursor is None else bisect_right(places, cursor, key=self._id_of)
        while skipped < len(places):
            index = (start + skipped) % len(places)
            place = places[index]
            has_room, now = desk.rooms[place] > 0, self.tier_of(place)
            if has_room and now == tier:
                if place not in barred:
                    return place
                skipped += 1
                continue
            if has_room:
                self._add(now, place)
            del places[index]
            if index < start:
                start -= 1
        return None

    def _id_of(self, place: int) -> str:
        return self.desk.agents[place].id

    def _add(self, tier: _Tier, place: int) -> None:
        places = self.tiers.get(tier)
        if places is None:
            self.tiers[tier] = [place]
            heapq.heappush(self.heap, tier)
        else:
            insort(places, place)

    def acquainted(self, ticket: Queued, barred: set[int], best: int, depth: int) -> int | None:
        """The best acquaintance whom the preferences before it like as well as the best agent."""
        liked = self.tier_of(best)[:depth]
        for agent in ticket.known_by:
            place = self.desk.place_of.get(agent)
            if (
                place is not None
                and place not in self.against
                and self.desk.rooms[place] > 0
                and place not in barred
                and self.tier_of(place)[:depth] == liked
            ):
                return place
        return None

    def rejections(self, ticket: Queued, barred: set[int]) -> tuple[Rejection, ...]:
        """Why each agent may not have a ticket that nobody may have."""
        if not barred:
            if self._all_full is None:
                self._all_full = tuple(self._rejections(ticket, barred))
            return self._all_full
        return tuple(self._rejections(ticket, barred))

    def _rejections(self, ticket: Queued, barred: set[int]) -> Iterator[Rejection]:
        desk = self.desk
        for place, agent in enumerate(desk.agents):
            if place in barred:
                reasons = objections(agent, ticket, desk.read_at, desk.closed)
                yield Rejection(agent.id, reasons)
            elif place in self.against:
                yield self.against[place]
            else:
                holds = (*agent.holds, *desk.given[place])
                yield Rejection(agent.id, full_reasons(evolve(agent, holds=holds), desk.settings))
