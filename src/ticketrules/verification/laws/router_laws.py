"""The laws of routers: nobody is lost, and the order in which agents are told does not matter."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from hypothesis import strategies as st

from ticketrules.routing import Agent, Assignment, NoEligibleAgent, Queued
from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.strategies.rosters import NOON, queued, several_agents

Route = Callable[[Queued, Iterable[Agent], datetime], Any]


def _routed(_route: Route) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(
        ticket=queued(),
        agents=several_agents(),
        at=st.just(NOON),
        order=st.randoms(note_method_calls=False),
    )


@law(_routed, "3.4")
def every_agent_is_accounted_for(
    route: Route, ticket: Queued, agents: tuple[Agent, ...], at: datetime
) -> None:
    """Each agent has the ticket or is told why not, and none of them twice."""
    outcome = route(ticket, agents, at)
    if not isinstance(outcome, Assignment | NoEligibleAgent):
        return
    told = [one.agent for one in outcome.rejected]
    if isinstance(outcome, Assignment):
        told.append(outcome.agent)
    equal(sorted(told), sorted(one.id for one in agents), "agents told of")
    for one in outcome.rejected:
        require(one.reasons, f"{one.agent} is passed over for no reason")


@law(_routed, "3.4")
def who_gets_it_may_have_it(
    route: Route, ticket: Queued, agents: tuple[Agent, ...], at: datetime
) -> None:
    """Only an agent gets a ticket who is on duty, has the skills and has not handed it away."""
    outcome = route(ticket, agents, at)
    if not isinstance(outcome, Assignment):
        return
    (agent,) = (one for one in agents if one.id == outcome.agent)
    require(agent.duty.value == "on_duty", f"{agent.id} is not on duty")
    require(ticket.skills <= agent.skills, f"{agent.id} lacks {set(ticket.skills - agent.skills)}")
    require(agent.id not in ticket.handed_away_by, f"{agent.id} has handed it away")


@law(_routed, "3.4")
def the_order_of_agents_does_not_matter(
    route: Route, ticket: Queued, agents: tuple[Agent, ...], at: datetime, order: Any
) -> None:
    """In whatever order the agents are told, the same one gets the ticket."""
    shuffled = list(agents)
    order.shuffle(shuffled)
    here, there = route(ticket, agents, at), route(ticket, shuffled, at)
    who = [getattr(one, "agent", None) for one in (here, there)]
    equal(who[1], who[0], "who gets it")


ROUTER: Final[tuple[Law, ...]] = tuple(
    one for one in list(globals().values()) if isinstance(one, Law)
)
"""Every law of a router."""
