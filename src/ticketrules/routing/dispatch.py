"""Dispatch (派单): which agent gets a ticket and why, or why nobody does (3.4, 6.3, 6.4)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from ticketrules.calendar import Calendar
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Agent, by_id
from ticketrules.routing.given import each
from ticketrules.routing.queued import Queued
from ticketrules.routing.settings import DEFAULTS, Routing
from ticketrules.routing.strategies import (
    KnownCustomer,
    LeastLoaded,
    Preference,
    SkillFirst,
    Strategy,
    praise,
    preferences,
    regret,
    strategy_of,
    turned,
)
from ticketrules.tickets import commands, instant


@frozen
class Rejection:
    """Why an agent does not get a ticket.

    Attributes:
        agent: The agent's id.
        reasons: Every reason, each with its clause. That they hold as much as they may is told
            only of those against whom nothing else stands.
        might: Whether they might have had it, and another was preferred.
    """

    agent: str
    reasons: tuple[Reason, ...]
    might: bool = False

    def __str__(self) -> str:
        return f"{self.agent}: " + "; ".join(map(str, self.reasons))


@frozen(kw_only=True)
class Assignment:
    """A ticket has an agent.

    Attributes:
        ticket: The ticket's id.
        agent: The agent's id.
        why: Why this one.
        rejected: Every other agent with the reasons, by id; empty in the result of ``route_many``.
        strategy: The strategy to route the next ticket with: a cursor has moved on.
    """

    ticket: str
    agent: str
    why: Reason
    rejected: tuple[Rejection, ...] = ()
    strategy: tuple[Preference, ...]


@frozen(kw_only=True)
class NoEligibleAgent:
    """Nobody may have the ticket now. Falsy, as a refusal is.

    Attributes:
        ticket: The ticket's id.
        rejected: Every agent with the reasons, by id; empty where there are no agents at all.
    """

    ticket: str
    rejected: tuple[Rejection, ...]

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        told = "; ".join(map(str, self.rejected)) or "there are no agents"
        return f"nobody can take {self.ticket}: {told}"


@frozen(kw_only=True)
class ToPlatform:
    """The ticket belongs to the platform's desk (6.4).

    Attributes:
        ticket: The ticket's id.
        since: Since when the platform has it already, in UTC; ``None`` where it is to be given.
        why: Why it is not routed to an agent.
        note: What the note to the platform must contain; nothing where the platform has it.
        reply: What the reply to the customer must say; likewise.
        command: The command that gives it to the platform; ``None`` likewise.
    """

    ticket: str
    since: datetime | None
    why: Reason
    note: tuple[Reason, ...]
    reply: tuple[Reason, ...]
    command: type[commands.Escalate] | None


Outcome = Assignment | NoEligibleAgent | ToPlatform
"""What comes of routing a ticket."""

_PLATFORM: Final = ClauseId("6.4")

_PLATFORM_NOTE: Final = (
    Reason(_PLATFORM, Text("what the platform must solve", "需平台解决的问题")),
    Reason(ClauseId("6.1"), Text("one's own judgement of the problem", "对问题的判断")),
)
_PLATFORM_REPLY: Final = (
    Reason(ClauseId("6.2"), Text("that colleagues have the matter", "已转交同事处理")),
    Reason(_PLATFORM, Text("the wish not to close the ticket yet", "请客户暂不关闭工单")),
)


def route(
    ticket: Queued,
    agents: Iterable[Agent],
    now: datetime,
    *,
    strategy: Strategy | None = None,
    settings: Routing = DEFAULTS,
    hours: Calendar | None = None,
) -> Outcome:
    """Find the agent for a ticket.

    An agent may have it who is on duty (3.4), not on leave, has the skills, has not transferred it
    before (6.1) and holds fewer tickets than they may. Of these, the strategy prefers one.

    Args:
        ticket: The ticket.
        agents: All agents, in any order.
        now: The instant, aware; reasons tell times in its zone.
        strategy: Whom to prefer; the settings' own if it is not given.
        settings: The capacity where agents do not say theirs, and whether hours matter.
        hours: When tickets are routed: the service and extended hours (3.2); ``None`` for always.

    Returns:
        The assignment, with the reason for every other agent; or that nobody may have it, with
        the reasons for every agent; or that it is the platform's (6.4).

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        RoutingError: An agent twice, a ticket that somebody holds, a ticket held by an agent who
            is not there, or a strategy that cannot be.
    """
    instant(now)
    (ticket,) = each((ticket,), Queued, "ticket")
    known = by_id(agents)
    check_held(ticket, known, holders(known))
    given = platform_outcome(ticket)
    if given is not None:
        return given
    several = strategy_of(settings) if strategy is None else preferences(strategy)
    closed = closed_reasons(hours, settings, now)
    return choose(ticket, known, now, several, settings, closed=closed)


def choose(
    ticket: Queued,
    agents: Mapping[str, Agent],
    now: datetime,
    several: tuple[Preference, ...],
    settings: Routing,
    *,
    closed: tuple[Reason, ...] = (),
) -> Assignment | NoEligibleAgent:
    """The agent for a ticket that is to have one, of agents by id in the order of their ids.

    Args:
        ticket: The ticket; whoever holds it is no matter here.
        agents: Whom to choose from.
        now: The instant, aware; reasons tell times in its zone.
        several: Whom to prefer.
        settings: The capacity where agents do not say theirs.
        closed: Why nobody gets a ticket now, if so.
    """
    rejected: dict[str, Rejection] = {}
    candidates: list[Candidate] = []
    for agent in agents.values():
        reasons = objections(agent, ticket, now, closed) or full_reasons(agent, settings)
        if reasons:
            rejected[agent.id] = Rejection(agent.id, reasons)
        else:
            candidates.append(Candidate.of(agent, ticket.skills, several))
    if not candidates:
        return NoEligibleAgent(ticket=ticket.ticket, rejected=tuple(rejected.values()))
    is_known = False
    for one in (*several, None):
        key = _key(one, ticket, candidates)
        best = min(key(candidate) for candidate in candidates)
        kept: list[Candidate] = []
        for candidate in candidates:
            if key(candidate) == best:
                kept.append(candidate)
            else:
                reason = regret(one, load=candidate.load, spare=candidate.spare)
                rejected[candidate.id] = Rejection(candidate.id, (reason,), might=True)
        candidates = kept
        if isinstance(one, KnownCustomer) and candidates[0].id in ticket.known_by:
            is_known = True
            break
    chosen = candidates[0]
    return Assignment(
        ticket=ticket.ticket,
        agent=chosen.id,
        why=praise(several, load=chosen.load, spare=chosen.spare, is_known=is_known),
        rejected=tuple(rejected[one] for one in agents if one != chosen.id),
        strategy=several if is_known else turned(several, chosen.id),
    )


@frozen
class Candidate:
    """An agent who may have a ticket, as preferences look at them."""

    id: str
    load: int
    spare: int

    @classmethod
    def of(cls, agent: Agent, skills: frozenset[str], several: Iterable[Preference]) -> "Candidate":
        """The candidate that an agent is."""
        return cls(agent.id, load_of(agent, several), len(agent.skills - skills))


def load_of(agent: Agent, several: Iterable[Preference]) -> int:
    """An agent's load, as the strategy weighs it."""
    for one in several:
        if isinstance(one, LeastLoaded):
            weight_of = one.weight_of
            return sum(weight_of[held.urgency] for held in agent.holds)
    return 0


def _key(one: Preference | None, ticket: Queued, candidates: Sequence[Candidate]) -> Any:
    """What a preference sorts candidates by; the smallest is the best."""
    if isinstance(one, LeastLoaded):
        return lambda candidate: candidate.load
    if isinstance(one, SkillFirst):
        return lambda candidate: candidate.spare
    if isinstance(one, KnownCustomer):
        places = {agent: place for place, agent in reversed(list(enumerate(ticket.known_by)))}
        return lambda candidate: places.get(candidate.id, len(ticket.known_by))
    ids = sorted(candidate.id for candidate in candidates)
    turn = bisect_right(ids, one.after) if one is not None and one.after is not None else 0
    places = {agent: (place - turn) % len(ids) for place, agent in enumerate(ids)}
    return lambda candidate: places[candidate.id]


def platform_outcome(ticket: Queued) -> ToPlatform | None:
    """That a ticket is the platform's (6.4), if it is."""
    if ticket.with_platform_since is not None:
        text = Text("the platform has it", "工单正由平台处理")
        return ToPlatform(
            ticket=ticket.ticket,
            since=ticket.with_platform_since,
            why=Reason(_PLATFORM, text),
            note=(),
            reply=(),
            command=None,
        )
    if ticket.for_platform:
        text = Text("the platform has to solve it", "须由平台解决")
        return ToPlatform(
            ticket=ticket.ticket,
            since=None,
            why=Reason(_PLATFORM, text),
            note=_PLATFORM_NOTE,
            reply=_PLATFORM_REPLY,
            command=commands.Escalate,
        )
    return None


def holders(agents: Mapping[str, Agent]) -> dict[str, str]:
    """By ticket, the agent who holds it.

    Raises:
        RoutingError: Two agents hold the same ticket.
    """
    found: dict[str, str] = {}
    for agent in agents.values():
        for held in agent.holds:
            other = found.setdefault(held.ticket, agent.id)
            if other != agent.id:
                msg = f"ticket {held.ticket!r} is held by both {other!r} and {agent.id!r}"
                raise RoutingError(msg)
    return found


def check_held(ticket: Queued, agents: Mapping[str, Agent], holder_of: Mapping[str, str]) -> None:
    """Refuse to route what somebody has: that is a transfer or a handover, with its note.

    Raises:
        RoutingError: An agent has it, or one who does not exist; the message names both.
    """
    holder = holder_of.get(ticket.ticket, ticket.held_by)
    if holder is None:
        return
    if holder not in agents:
        msg = f"ticket {ticket.ticket!r} is held by {holder!r}, and there is no such agent"
        raise RoutingError(msg)
    if ticket.with_platform_since is None and not ticket.for_platform:
        msg = f"ticket {ticket.ticket!r} is held by {holder!r}; transfer it or hand it over"
        raise RoutingError(msg)


def closed_reasons(hours: Calendar | None, settings: Routing, now: datetime) -> tuple[Reason, ...]:
    """Why nobody gets a ticket at an instant, if the desk is closed then (3.2)."""
    if hours is None or settings.outside_hours or hours.is_open(now):
        return ()
    opens = told_at(hours.next_opening(now), now)
    text = Text(
        f"outside service and extended hours until {opens}",
        f"不在服务时间与延长服务时间内，{opens} 起恢复",
    )
    return (Reason(ClauseId("3.2"), text),)


def objections(
    agent: Agent, ticket: Queued, now: datetime, closed: tuple[Reason, ...] = ()
) -> tuple[Reason, ...]:
    """Every reason against an agent's having a ticket, but how many they hold."""
    return closed + tuple(_objections(agent, ticket, now))


def _objections(agent: Agent, ticket: Queued, now: datetime) -> Iterator[Reason]:
    if not agent.is_on_duty:
        duty, en, zh = agent.duty.text, "", ""
        if agent.duty_since is not None:
            since = told_at(agent.duty_since, now)
            en, zh = f" since {since}", f"（自 {since}）"
        yield Reason(ClauseId("3.4"), Text(duty.en + en, duty.zh + zh))
    leave = agent.leave_at(now)
    if leave is not None:
        start, end = told_at(leave.start, now), told_at(leave.end, now)
        why_en = f" ({leave.why.en})" if leave.why.en else ""
        why_zh = f"（{leave.why.zh}）" if leave.why.zh else ""
        text = Text(f"on leave from {start} to {end}{why_en}", f"{start} 至 {end} 请假{why_zh}")
        yield Reason(ClauseId("3.5"), text)
    for skill in sorted(ticket.skills - agent.skills):
        yield Reason(ClauseId("6.3"), Text(f"lacks the skill {skill}", f"不具备技能 {skill}"))
    if agent.id in ticket.handed_away_by:
        yield Reason(ClauseId("6.1"), Text("handed it away before", "此前已转出该工单"))


def told_at(at: datetime, now: datetime) -> str:
    """An instant as reasons tell it: to the minute, in the zone of the instant of asking."""
    return f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


def capacity_of(agent: Agent, settings: Routing) -> int:
    """How many tickets an agent may hold."""
    return settings.capacity if agent.capacity is None else agent.capacity


def full_reasons(agent: Agent, settings: Routing) -> tuple[Reason, ...]:
    """That an agent holds as many tickets as they may, if they do."""
    capacity, held = capacity_of(agent, settings), len(agent.holds)
    if held < capacity:
        return ()
    text = Text(f"at capacity: holds {held} of {capacity}", f"已达上限：{held}/{capacity}")
    return (Reason(ClauseId("6.3"), text),)
