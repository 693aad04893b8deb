"""A whole queue at once is one ticket after the other (3.4, 6.3)."""

from collections import Counter
from datetime import timedelta

import hypothesis
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    Assignment,
    Duty,
    Held,
    KnownCustomer,
    LeastLoaded,
    NoEligibleAgent,
    Queued,
    RoundRobin,
    Routing,
    SkillFirst,
    Standing,
    ToPlatform,
    Urgency,
    order,
    route,
    route_many,
)

from .desks import NOW, QUEUES, SETTINGS, strategies, teams


def one_after_the_other(queue, agents, strategy, settings):
    """The slow way: route each, most urgent first, and let the agent hold it before the next."""
    team = {agent.id: agent for agent in agents}
    by_id = {one.ticket: one for one in queue}
    found = []
    for standing in order([one.standing for one in queue], settings):
        ticket = by_id[standing.ticket]
        outcome = route(ticket, team.values(), NOW, strategy=strategy, settings=settings)
        if isinstance(outcome, Assignment):
            agent = team[outcome.agent]
            held = Held(ticket.ticket, standing.urgency)
            team[agent.id] = evolve(agent, holds=(*agent.holds, held))
            strategy = outcome.strategy
            outcome = evolve(outcome, rejected=())
        found.append(outcome)
    return found, [team[name] for name in sorted(team)], strategy


class TestLaws:
    """What holds of any queue, team and strategy."""

    @given(queue=QUEUES, team=teams(), strategy=strategies(), settings=SETTINGS)
    def test_it_is_route_again_and_again(self, queue, team, strategy, settings):
        outcomes, agents, after = one_after_the_other(queue, team, strategy, settings)
        routed = route_many(queue, team, NOW, strategy=strategy, settings=settings)
        assert list(routed.outcomes) == outcomes
        assert list(routed.agents) == agents
        assert routed.strategy == after

    @hypothesis.settings(max_examples=40)
    @given(queue=QUEUES, team=teams(), strategy=strategies(), settings=SETTINGS)
    def test_every_ticket_comes_out_once(self, queue, team, strategy, settings):
        routed = route_many(queue, team, NOW, strategy=strategy, settings=settings)
        assert Counter(one.ticket for one in routed.outcomes) == Counter(
            one.ticket for one in queue
        )
        for outcome in routed.outcomes:
            if isinstance(outcome, NoEligibleAgent):
                assert [one.agent for one in outcome.rejected] == sorted(one.id for one in team)
                assert all(one.reasons and not one.might for one in outcome.rejected)

    @hypothesis.settings(max_examples=40)
    @given(queue=QUEUES, team=teams(), strategy=strategies(), settings=SETTINGS)
    def test_nobody_gets_more_than_they_may_hold(self, queue, team, strategy, settings):
        before = {agent.id: agent for agent in team}
        for agent in route_many(queue, team, NOW, strategy=strategy, settings=settings).agents:
            had = before[agent.id]
            if len(agent.holds) > len(had.holds):
                capacity = settings.capacity if agent.capacity is None else agent.capacity
                assert len(agent.holds) <= capacity
                assert agent.duty is Duty.ON_DUTY
                assert agent.leave_at(NOW) is None

    @hypothesis.settings(max_examples=40)
    @given(queue=QUEUES, team=teams(), strategy=strategies(), settings=SETTINGS, data=st.data())
    def test_the_order_of_what_goes_in_is_no_matter(self, queue, team, strategy, settings, data):
        shuffled = data.draw(st.permutations(queue)), data.draw(st.permutations(team))
        assert route_many(*shuffled, NOW, strategy=strategy, settings=settings) == route_many(
            queue, team, NOW, strategy=strategy, settings=settings
        )


DAY_OF_WORK = [
    Queued(
        standing=Standing(
            ticket=f"t{number:02}",
            is_complaint=number % 5 == 0,
            has_tendency=number % 7 == 1,
            is_business_stopping=number % 3 == 2,
            deadline=None if number % 4 == 0 else NOW + timedelta(minutes=number * 37 % 60),
            opened_at=NOW - timedelta(minutes=number),
        ),
        skills=((), ("db",), ("net",), ("db", "net"))[number % 4],
        known_by=(("er", "bo"), (), ("chen", "an"), ("gone",), ("ding",))[number % 5],
        handed_away_by=(("an", "ding"), (), (), ("bo",), (), ())[number % 6],
    )
    for number in range(60)
]
"""Tickets of every kind, so many that agents fill up, tiers empty and turns go round."""

TEAM_OF_THE_DAY = [
    Agent(
        id=name,
        duty=Duty.ON_DUTY,
        skills=skills,
        capacity=capacity,
        holds=[Held(f"{name}{number}", one) for number, one in enumerate(held)],
    )
    for name, skills, capacity, held in (
        ("an", ("db", "net"), 9, ()),
        ("bo", ("db", "net"), 12, (Urgency.CLOCK, Urgency.COMPLAINT)),
        ("chen", ("db", "net", "site"), None, (Urgency.TENDENCY,)),
        ("ding", ("db",), 3, ()),
        ("er", ("net",), 14, (Urgency.BUSINESS_STOPPING,)),
    )
]


class TestADayOfWork:
    """The law on one long queue that meets every turn of the way."""

    @pytest.mark.parametrize("capacity", [2, 50])
    @pytest.mark.parametrize(
        "strategy",
        [
            LeastLoaded(),
            LeastLoaded((1, 0, 2, 1)),
            RoundRobin("bo"),
            SkillFirst(),
            (KnownCustomer(), RoundRobin()),
            (LeastLoaded((1, 1, 1, 1)), KnownCustomer()),
            (SkillFirst(), KnownCustomer(), LeastLoaded()),
            (LeastLoaded((1, 1, 1, 0)), SkillFirst(), KnownCustomer(), RoundRobin("zz")),
        ],
    )
    def test_it_is_route_again_and_again(self, strategy, capacity):
        several = strategy if isinstance(strategy, tuple) else (strategy,)
        settings = Routing(capacity=capacity, first=("tendency", "complaint"), then="oldest")
        outcomes, agents, after = one_after_the_other(
            DAY_OF_WORK, TEAM_OF_THE_DAY, several, settings
        )
        routed = route_many(DAY_OF_WORK, TEAM_OF_THE_DAY, NOW, strategy=strategy, settings=settings)
        assert list(routed.outcomes) == outcomes
        assert list(routed.agents) == agents
        assert routed.strategy == after
        assert routed.assigned
        assert bool(routed.left) == (capacity == 2)


def ticket(name, **parts):
    standing = Standing(
        ticket=name,
        is_complaint=parts.pop("complaint", False),
        is_business_stopping=False,
        deadline=NOW + timedelta(minutes=parts.pop("due", 60)),
        opened_at=NOW,
    )
    return Queued(standing=standing, **parts)


class TestMistake12:
    """Seen elsewhere: tickets stuck on offline agents, and capacity bypassed."""

    @pytest.mark.parametrize("duty", [Duty.OFF_DUTY, Duty.AWAY, Duty.OFFLINE])
    def test_no_ticket_goes_to_an_agent_who_is_not_on_duty(self, duty):
        team = [Agent(id="an", duty=duty), Agent(id="bo", duty=Duty.ON_DUTY, capacity=1)]
        routed = route_many([ticket("a", due=1), ticket("b", due=2)], team, NOW)
        assert [one.agent for one in routed.assigned] == ["bo"]
        (left,) = routed.left
        assert left.ticket == "b"
        assert [str(one) for one in left.rejected] == [
            f"an: {duty.text.en} [3.4]",
            "bo: at capacity: holds 1 of 1 [6.3]",
        ]

    def test_a_flood_never_bypasses_capacity(self):
        team = [Agent(id="an", duty=Duty.ON_DUTY, capacity=3, holds=[Held("old")])]
        routed = route_many([ticket(f"t{number}") for number in range(9)], team, NOW)
        assert (len(routed.assigned), len(routed.left)) == (2, 7)

    def test_who_holds_too_much_already_gets_nothing(self):
        holds = [Held(f"h{number}") for number in range(5)]
        team = [Agent(id="an", duty=Duty.ON_DUTY, capacity=3, holds=holds)]
        (outcome,) = route_many([ticket("a", complaint=True)], team, NOW).outcomes
        assert str(outcome) == "nobody can take a: an: at capacity: holds 5 of 3 [6.3]"

    def test_without_agents_there_is_a_typed_answer(self):
        (outcome,) = route_many([ticket("a")], [], NOW).outcomes
        assert outcome == NoEligibleAgent(ticket="a", rejected=())
        assert not outcome
        assert str(outcome) == "nobody can take a: there are no agents"


class TestTurns:
    """The cursor goes in and out as a value."""

    TEAM = tuple(Agent(id=name, duty=Duty.ON_DUTY) for name in ("an", "bo", "chen"))

    def test_two_queues_are_one(self):
        first = route_many(
            [ticket("a", due=1), ticket("b", due=2)], self.TEAM, NOW, strategy=RoundRobin("an")
        )
        assert [one.agent for one in first.assigned] == ["bo", "chen"]
        second = route_many([ticket("c")], first.agents, NOW, strategy=first.strategy)
        assert [one.agent for one in second.assigned] == ["an"]
        assert second.strategy == (RoundRobin("an"),)

    def test_the_most_urgent_is_first_in_turn(self):
        queue = [ticket("a", due=1), ticket("b", due=99, complaint=True)]
        routed = route_many(queue, self.TEAM, NOW, strategy=RoundRobin())
        assert {one.ticket: one.agent for one in routed.assigned} == {"b": "an", "a": "bo"}


class TestWhoHandedItAway:
    """6.1: who transferred a ticket does not get it back, and gets others as before."""

    TEAM = tuple(Agent(id=name, duty=Duty.ON_DUTY) for name in ("an", "bo", "chen"))

    def test_several_in_a_row_are_passed(self):
        queue = [
            ticket("a", due=1, handed_away_by={"an", "bo"}),
            ticket("b", due=2, handed_away_by={"gone"}),
        ]
        routed = route_many(queue, self.TEAM, NOW, strategy=RoundRobin())
        assert [one.agent for one in routed.assigned] == ["chen", "an"]

    def test_all_of_them_leave_nobody(self):
        queue = [ticket("a", due=1, handed_away_by={"an", "bo", "chen"}), ticket("b", due=2)]
        routed = route_many(queue, self.TEAM, NOW)
        assert [one.ticket for one in routed.left] == ["a"]
        assert [str(one) for one in routed.left[0].rejected] == [
            f"{name}: handed it away before [6.1]" for name in ("an", "bo", "chen")
        ]
        assert [one.agent for one in routed.assigned] == ["an"]

    def test_each_is_told_of_the_one_who_handed_it_away(self):
        away = [ticket(name, due=1, handed_away_by={name}) for name in "ab"]
        team = [Agent(id=name, duty=Duty.ON_DUTY, capacity=0) for name in "ab"]
        outcomes = route_many(away, team, NOW).outcomes
        assert [
            [one.agent for one in outcome.rejected if one.reasons[0].clause == "6.1"]
            for outcome in outcomes
        ] == [["a"], ["b"]]


class TestThePlatform:
    """6.4: what the platform must solve goes to no agent."""

    def test_it_takes_nobody_s_room(self):
        team = [Agent(id="an", duty=Duty.ON_DUTY, capacity=1)]
        routed = route_many([ticket("a", for_platform=True, due=1), ticket("b")], team, NOW)
        first, second = routed.outcomes
        assert isinstance(first, ToPlatform)
        assert second.agent == "an"


class TestBadInput:
    """What cannot be a queue is refused by name."""

    def test_a_ticket_twice(self):
        with pytest.raises(RoutingError, match="ticket 'a' stands twice"):
            route_many([ticket("a"), ticket("a", due=1)], [], NOW)

    def test_an_agent_twice(self):
        with pytest.raises(RoutingError, match="agent 'an' stands twice"):
            route_many([], [Agent(id="an"), Agent(id="an")], NOW)
