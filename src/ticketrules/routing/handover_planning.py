"""Planning a handover: whom each ticket of an agent who leaves goes to, and why (3.5, 6.6)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from attrs import define, evolve

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Agent, Duty, Held, by_id
from ticketrules.routing.dispatch import Assignment, Rejection, choose, holders, told_at
from ticketrules.routing.given import each, once
from ticketrules.routing.handover import (
    CannotHandOver,
    Deadline,
    Handover,
    HandoverPlan,
    Known,
    Stays,
)
from ticketrules.routing.priority import Standing
from ticketrules.routing.queued import Queued
from ticketrules.routing.roster import Roster
from ticketrules.routing.settings import DEFAULTS, Routing
from ticketrules.routing.strategies import Preference, Strategy, preferences, strategy_of
from ticketrules.tickets import OPEN, Status, Ticket, instant

_MOMENT: Final = timedelta(microseconds=1)
_NOTHING_KNOWN: Final = Known()

_NOTHING_DUE: Final = Reason(
    ClauseId("3.5"), Text("nothing falls due before they are back", "返岗前无到期事项")
)

_ALWAYS: Final = frozenset({Status.NEW, Status.IN_PROGRESS})
"""The statuses whose tickets are handed over whatever their deadlines (3.5)."""


def plan_handover(
    giver: str,
    tickets: Iterable[Ticket],
    roster: Roster,
    agents: Iterable[Agent],
    now: datetime,
    *,
    leaves_at: datetime | None = None,
    receiver: str | None = None,
    known: Mapping[str, Known] = MappingProxyType({}),
    strategy: Strategy | None = None,
    settings: Routing = DEFAULTS,
) -> HandoverPlan:
    """Plan what becomes of the tickets of an agent who goes off duty, on leave or off shift.

    Every ticket in 未处理 or 处理中 changes hands (3.5, 6.6), and every other open one on which
    something falls due before the agent is back. A receiver is somebody on duty whose shift goes
    on, or who is there without one; where nobody such may have it, whoever comes on next.

    Args:
        giver: The id of the agent who leaves.
        tickets: The tickets, in any order, each as it stands at ``now``.
        roster: Who is to be there when.
        agents: The agents as they are now, the giver among them.
        now: The instant, aware; reasons tell times in its zone.
        leaves_at: When the giver leaves; ``now`` if it is not given.
        receiver: The colleague who is to have all of them; whom the strategy prefers otherwise.
        known: By ticket, what parts above routing know of it.
        strategy: Whom to prefer; the settings' own if it is not given.
        settings: Capacities, and the order of work, in which the tickets find their receivers.

    Returns:
        The plan, with an item for every ticket.

    Raises:
        NaiveTimeError: An instant has no time zone.
        RoutingError: An unknown giver or receiver, a receiver who is the giver, an agent twice, a
            ticket twice, a ticket of an unknown agent, or a giver who leaves before ``now``.
    """
    planned_at = instant(now)
    leaving = planned_at if leaves_at is None else instant(leaves_at)
    if leaving < planned_at:
        msg = f"agent {giver!r} leaves at {leaving.isoformat()}, which is before now"
        raise RoutingError(msg)
    team = by_id(agents)
    holders(team)
    _check_people(giver, receiver, team)
    mine = {ticket.id: ticket for ticket in _checked(tickets, team)}
    standings = {
        name: known.get(name, _NOTHING_KNOWN).standing or Standing.of(ticket)
        for name, ticket in mine.items()
    }
    back_at = _next_on(roster, giver, leaving)
    planner = _Planner(
        giver=giver,
        leaves_at=leaving.astimezone(now.tzinfo),
        settings=settings,
        strategy=strategy_of(settings) if strategy is None else preferences(strategy),
        team={
            name: agent
            for name, agent in team.items()
            if name != giver and (receiver is None or name == receiver)
        },
        others=tuple(team),
        on_at=_on_at(team, roster, planned_at, leaving),
        planned_at=planned_at,
    )
    items: list[Handover | Stays | CannotHandOver] = []
    for name in sorted(mine, key=lambda one: standings[one].rank_under(settings)):
        ticket, facts = mine[name], known.get(name, _NOTHING_KNOWN)
        stays = _stays(ticket, giver)
        because = None if stays is not None else _because(ticket, facts.deadlines, back_at)
        if because is None:
            items.append(Stays(ticket=name, why=stays or _NOTHING_DUE))
        else:
            items.append(planner.hand_over(ticket, standings[name], facts, because))
    return HandoverPlan(
        giver=giver,
        planned_at=planned_at,
        leaves_at=leaving,
        back_at=back_at,
        items=tuple(items),
    )


def _check_people(giver: str, receiver: str | None, team: Mapping[str, Agent]) -> None:
    if giver not in team:
        msg = f"handover: there is no agent {giver!r}"
        raise RoutingError(msg)
    if receiver is None:
        return
    if receiver not in team:
        msg = f"handover: there is no agent {receiver!r}"
        raise RoutingError(msg)
    if receiver == giver:
        msg = f"handover: the receiver {receiver!r} is the giver [3.5]"
        raise RoutingError(msg)


def _checked(tickets: Iterable[Ticket], team: Mapping[str, Agent]) -> Iterator[Ticket]:
    several = list(each(tickets, Ticket, "tickets"))
    once(ticket.id for ticket in several)
    for ticket in several:
        if ticket.agent is not None and ticket.agent not in team:
            msg = f"ticket {ticket.id!r} is held by {ticket.agent!r}, and there is no such agent"
            raise RoutingError(msg)
        yield ticket


def _because(
    ticket: Ticket, deadlines: Iterable[Deadline], back_at: datetime | None
) -> Reason | None:
    """Why a ticket cannot wait for its agent; ``None`` if it can."""
    if ticket.status in _ALWAYS:
        label = ticket.status.label
        text = Text(f"{label} is handed over on leaving", f"{label}工单下岗前须移交")
        return Reason(ClauseId("3.5"), text)
    due = min(
        (one for one in deadlines if back_at is None or one.at < back_at),
        key=lambda one: one.at,
        default=None,
    )
    if due is None:
        return None
    return Reason(
        due.clause,
        Text(f"{due.text.en}: due before they are back", f"{due.text.zh}：返岗前到期"),
    )


def _stays(ticket: Ticket, giver: str) -> Reason | None:
    """Why a ticket is not the giver's to hand over, if it is not."""
    if ticket.agent is None:
        return Reason(ClauseId("6.3"), Text("nobody has it: route it", "尚无处理人，请派单"))
    if ticket.agent != giver:
        text = Text(f"{ticket.agent} has it", f"由 {ticket.agent} 处理")
        return Reason(ClauseId("6.6"), text)
    if ticket.status not in OPEN:
        label = ticket.status.label
        return Reason(ClauseId("6.6"), Text(f"{label} is not handed over", f"{label}，无需移交"))
    return None


@define(kw_only=True)
class _Planner:
    """Finds receivers; each ticket that one gets counts as held by them from then on.

    Attributes:
        giver: Who leaves.
        planned_at: When the plan is made, in UTC.
        leaves_at: When the giver leaves, in the zone that reasons are told in.
        settings: Capacities.
        strategy: Whom to prefer; its cursor moves on.
        team: Who may be asked, by id.
        others: The ids of everybody.
        on_at: From when on each is there, in UTC.
    """

    giver: str
    planned_at: datetime
    leaves_at: datetime
    settings: Routing
    strategy: tuple[Preference, ...]
    team: dict[str, Agent]
    others: tuple[str, ...]
    on_at: dict[str, datetime | None]

    def hand_over(
        self, ticket: Ticket, standing: Standing, known: Known, because: Reason
    ) -> Handover | CannotHandOver:
        """Find the receiver of a ticket among those there soonest, and so on."""
        queued = Queued.of(ticket, skills=known.skills)
        rejected = {one.agent: one for one in self._out_of_question()}
        turns = {name: turn for name in self.team if (turn := self._turn(name)) is not None}
        for turn in sorted(set(turns.values())):
            at, _is_expected = turn
            there = {
                name: evolve(self.team[name], duty=Duty.ON_DUTY)
                for name, own in turns.items()
                if own == turn
            }
            look_at = max(at.astimezone(self.leaves_at.tzinfo), self.leaves_at)
            outcome = choose(queued, there, look_at, self.strategy, self.settings)
            rejected |= {one.agent: one for one in outcome.rejected}
            if isinstance(outcome, Assignment):
                self._hold(outcome, standing)
                rejected |= {one.agent: one for one in self._later(turn)}
                return self._handed(
                    outcome,
                    ticket=ticket,
                    known=known,
                    because=because,
                    on_at=at,
                    rejected=rejected,
                )
        return CannotHandOver(
            ticket=ticket.id,
            because=because,
            why=Reason(ClauseId("3.5"), Text("no colleague can take it", "无人可接手")),
            rejected=tuple(rejected[name] for name in sorted(rejected)),
        )

    def _out_of_question(self) -> Iterator[Rejection]:
        for name in self.others:
            if name == self.giver:
                text = Text("is the one who leaves", "本人即移交人")
            elif name not in self.team:
                text = Text("another colleague was named", "已指定其他同事")
            elif self.on_at[name] is None:
                text = Text("not on duty, and no shift to come", "未在岗且无后续班次")
            else:
                continue
            yield Rejection(name, (Reason(ClauseId("3.5"), text),))

    def _turn(self, name: str) -> tuple[datetime, bool] | None:
        """When an agent is asked: by when they are there, and who is there for certain first."""
        on_at = self.on_at[name]
        return None if on_at is None else (on_at, not self.team[name].is_on_duty)

    def _later(self, turn: tuple[datetime, bool]) -> Iterator[Rejection]:
        for name in self.team:
            own = self._turn(name)
            if own is not None and own > turn:
                when = told_at(own[0], self.leaves_at)
                text = Text(f"is to be there at {when}", f"{when} 应到岗")
                yield Rejection(name, (Reason(ClauseId("6.6"), text),), might=True)

    def _hold(self, outcome: Assignment, standing: Standing) -> None:
        agent = self.team[outcome.agent]
        held = Held(standing.ticket, standing.urgency)
        self.team[agent.id] = evolve(agent, holds=(*agent.holds, held))
        self.strategy = outcome.strategy

    def _handed(
        self,
        outcome: Assignment,
        *,
        ticket: Ticket,
        known: Known,
        because: Reason,
        on_at: datetime,
        rejected: Mapping[str, Rejection],
    ) -> Handover:
        is_online = self.team[outcome.agent].is_on_duty
        why = outcome.why
        if not is_online:
            when = told_at(on_at, self.leaves_at)
            why = Reason(
                ClauseId("6.6"), Text(f"is to be there next, at {when}", f"{when} 最早到岗")
            )
        missed = [one for one in known.deadlines if self.planned_at <= one.at < on_at]
        return Handover(
            ticket=ticket.id,
            because=because,
            receiver=outcome.agent,
            why=why,
            rejected=tuple(rejected[name] for name in sorted(rejected) if name != outcome.agent),
            is_online=is_online,
            receiver_on_at=on_at,
            note=known.note,
            check=tuple(_checks(ticket)),
            missed=tuple(sorted(missed, key=lambda one: (one.at, one.clause))),
        )


def _on_at(
    team: Mapping[str, Agent], roster: Roster, now: datetime, leaving: datetime
) -> dict[str, datetime | None]:
    """From when on each agent is there for the giver's tickets; ``None`` without a time to tell.

    Who is on duty is there, unless their shift ends as the giver leaves, or before.
    """
    # Just before, too: whose shift ends this minute is on it no longer, and leaves all the same.
    just_now, now_on, then_on = (
        {agent.id for agent in roster.who_is_on(at)} for at in (now - _MOMENT, now, leaving)
    )
    leave_too = (just_now | now_on) - then_on
    found: dict[str, datetime | None] = {}
    for name, agent in team.items():
        if agent.is_on_duty and name not in leave_too:
            found[name] = now
        elif name in then_on:
            found[name] = leaving
        else:
            found[name] = _next_on(roster, name, leaving)
    return found


def _next_on(roster: Roster, agent: str, after: datetime) -> datetime | None:
    """When an agent's next shift begins; ``None`` where the roster tells none."""
    if all(one.id != agent for one in roster.agents):
        return None
    following = roster.next_shift(agent, after)
    return None if following is None else following[0]


def _checks(ticket: Ticket) -> Iterator[Reason]:
    """What to look at before a ticket changes hands (5.2, 6.2)."""
    label = ticket.status.label
    if ticket.status is Status.NEW:
        text = Text(
            f"{label}: 处理中 if work on it has begun", f"{label}：如已开始处理，应为处理中"
        )
    elif ticket.status is Status.IN_PROGRESS:
        text = Text(f"{label}: right only while it is worked on", f"{label}：仅限问题仍在处理期间")
    else:
        text = Text(f"{label}: right only while the customer is awaited", f"{label}：仅限等待客户")
    yield Reason(ClauseId("5.2"), text)
    if ticket.unanswered_since is not None:
        text = Text("answer the customer before it changes hands", "移交前请先回复客户")
        yield Reason(ClauseId("6.2"), text)
