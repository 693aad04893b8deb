"""Dispatch: who gets a ticket, and the reason for everybody else (3.2, 3.4, 6.1, 6.3, 6.4)."""

from datetime import date, timedelta

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules import Actor, Policy, Role, commands, marketplace
from ticketrules.calendar import ServiceHours
from ticketrules.desk import Desk
from ticketrules.errors import NaiveTimeError, RoutingError
from ticketrules.routing import (
    Agent,
    Assignment,
    Duty,
    Held,
    Leave,
    NoEligibleAgent,
    Routing,
    ToPlatform,
    Urgency,
    route,
)
from ticketrules.tickets import decide

from .desks import NOW, QUEUES, SETTINGS, TEN, reasons, strategies, teams, ticket

ON = Duty.ON_DUTY


class TestLaws:
    """What holds of any ticket, team and strategy."""

    @hypothesis.settings(max_examples=50)
    @given(queue=QUEUES, team=teams(), strategy=strategies(), settings=SETTINGS)
    def test_every_agent_is_accounted_for(self, queue, team, strategy, settings):
        for one in queue:
            outcome = route(one, team, NOW, strategy=strategy, settings=settings)
            if isinstance(outcome, ToPlatform):
                assert one.for_platform or one.with_platform_since
                continue
            told = [rejection.agent for rejection in outcome.rejected]
            chosen = [outcome.agent] if isinstance(outcome, Assignment) else []
            assert sorted(told + chosen) == sorted(agent.id for agent in team)
            assert all(rejection.reasons for rejection in outcome.rejected)

    @hypothesis.settings(max_examples=50)
    @given(queue=QUEUES, team=teams(least=1), strategy=strategies(), data=st.data())
    def test_equal_input_in_any_order_gives_equal_output(self, queue, team, strategy, data):
        shuffled = data.draw(st.permutations(team))
        for one in queue:
            assert route(one, shuffled, NOW, strategy=strategy) == route(
                one, team, NOW, strategy=strategy
            )

    @hypothesis.settings(max_examples=50)
    @given(queue=QUEUES, team=teams(), strategy=strategies())
    def test_whoever_might_have_had_it_gets_it_without_the_chosen_one(self, queue, team, strategy):
        for one in queue:
            outcome = route(one, team, NOW, strategy=strategy)
            if isinstance(outcome, Assignment):
                rest = [agent for agent in team if agent.id != outcome.agent]
                again = route(one, rest, NOW, strategy=strategy)
                might = {rejection.agent for rejection in outcome.rejected if rejection.might}
                assert bool(might) == isinstance(again, Assignment)
                assert not might or again.agent in might


class TestClause3x4:
    """Only an agent who has set 在岗 gets tickets automatically."""

    @pytest.mark.parametrize("duty", [one for one in Duty if one is not ON])
    def test_who_is_not_on_duty_gets_none(self, duty):
        agent = Agent(id="an", duty=duty, duty_since=TEN - timedelta(hours=1))
        outcome = route(ticket(), [agent], TEN)
        assert isinstance(outcome, NoEligibleAgent)
        assert not outcome
        assert reasons(outcome) == {"an": [f"{duty.text.en} since 2026-03-02 09:00 [3.4]"]}

    def test_an_agent_is_off_duty_unless_told_otherwise(self):
        assert Agent(id="an").duty is Duty.OFF_DUTY

    def test_every_reason_is_told(self):
        leave = Leave.on(date(2026, 3, 2), date(2026, 3, 3), why="年假")
        agent = Agent(id="an", duty=Duty.AWAY, leave=[leave], skills={"net"})
        outcome = route(ticket(skills={"db", "net", "os"}, handed_away_by={"an"}), [agent], TEN)
        assert reasons(outcome) == {
            "an": [
                "away [3.4]",
                "on leave from 2026-03-02 00:00 to 2026-03-04 00:00 (年假) [3.5]",
                "lacks the skill db [6.3]",
                "lacks the skill os [6.3]",
                "handed it away before [6.1]",
            ]
        }
        (rejection,) = outcome.rejected
        assert [reason.text.zh for reason in rejection.reasons] == [
            "暂离",
            "2026-03-02 00:00 至 2026-03-04 00:00 请假（年假）",
            "不具备技能 db",
            "不具备技能 os",
            "此前已转出该工单",
        ]

    def test_leave_is_half_open(self):
        leave = Leave(TEN - timedelta(hours=1), TEN)
        agent = Agent(id="an", duty=ON, leave=[leave])
        assert route(ticket(), [agent], TEN).agent == "an"
        assert not route(ticket(), [agent], TEN - timedelta(microseconds=1))
        assert not route(ticket(), [agent], TEN - timedelta(hours=1))
        assert route(ticket(), [agent], TEN - timedelta(hours=1, microseconds=1)).agent == "an"

    def test_of_several_leaves_the_one_that_lasts_longest_is_told(self):
        hours = [(-1, 1), (-2, 8), (-8, 2), (9, 99)]
        leave = [Leave(*(TEN + timedelta(hours=hour) for hour in pair)) for pair in hours]
        outcome = route(ticket(), [Agent(id="an", duty=ON, leave=leave)], TEN)
        assert reasons(outcome) == {
            "an": ["on leave from 2026-03-02 08:00 to 2026-03-02 18:00 [3.5]"]
        }
        ((reason,),) = (one.reasons for one in outcome.rejected)
        assert reason.text.zh == "2026-03-02 08:00 至 2026-03-02 18:00 请假"

    def test_capacity_is_the_agent_s_or_the_desk_s(self):
        held = [Held("a"), Held("b")]
        own = Agent(id="an", duty=ON, capacity=2, holds=held)
        desks = Agent(id="bo", duty=ON, holds=[Held("c"), Held("d")])
        outcome = route(ticket(), [own, desks], TEN)
        assert outcome.agent == "bo"
        assert reasons(outcome) == {"an": ["at capacity: holds 2 of 2 [6.3]"]}
        assert not route(ticket(), [own, desks], TEN, settings=Routing(capacity=2))


class TestClause3x2:
    """Extended hours let agents be routed to; nothing else outside the service hours does."""

    EVENING = TEN.replace(hour=20)
    TEAM = (Agent(id="an", duty=ON),)

    def test_in_the_evening_nobody_is_routed_to(self):
        outcome = marketplace().route(ticket(), self.TEAM, self.EVENING)
        assert reasons(outcome) == {
            "an": ["outside service and extended hours until 2026-03-03 09:00 [3.2]"]
        }

    def test_in_extended_hours_they_are_and_no_clock_runs(self):
        hours = ServiceHours(extended_hours=("18:00-22:00",))
        desk = Desk(Policy(service_hours=hours))
        assert desk.route(ticket(), self.TEAM, self.EVENING).agent == "an"
        assert not desk.calendar.is_open(self.EVENING)
        routed = desk.route_many([ticket()], self.TEAM, self.EVENING)
        assert [one.agent for one in routed.assigned] == ["an"]

    def test_a_closed_desk_says_so_of_everybody_beside_what_else_stands_against_them(self):
        team = (*self.TEAM, Agent(id="bo", duty=Duty.AWAY, duty_since=TEN))
        queued = ticket(handed_away_by={"an"})
        told = {
            "an": [
                "outside service and extended hours until 2026-03-03 09:00 [3.2]",
                "handed it away before [6.1]",
            ],
            "bo": [
                "outside service and extended hours until 2026-03-03 09:00 [3.2]",
                "away since 2026-03-02 10:00 [3.4]",
            ],
        }
        desk = marketplace()
        outcome = desk.route(queued, team, self.EVENING)
        assert reasons(outcome) == told
        assert outcome.rejected[1].reasons[0].text.zh == (
            "不在服务时间与延长服务时间内，2026-03-03 09:00 起恢复"
        )
        assert outcome.rejected[1].reasons[1].text.zh == "暂离（自 2026-03-02 10:00）"
        (left,) = desk.route_many([queued], team, self.EVENING).left
        assert left == outcome

    def test_a_desk_may_route_at_any_hour(self):
        desk = Desk(Policy(routing=Routing(outside_hours=True)))
        assert desk.route(ticket(), self.TEAM, self.EVENING).agent == "an"


class TestClause6x4:
    """What the platform must solve goes to the platform, with a note and a reply."""

    def test_the_note_and_the_reply_are_told(self):
        outcome = route(ticket(for_platform=True), [Agent(id="an", duty=ON)], TEN)
        assert isinstance(outcome, ToPlatform)
        assert str(outcome.why) == "the platform has to solve it [6.4]"
        assert [str(one) for one in outcome.note] == [
            "what the platform must solve [6.4]",
            "one's own judgement of the problem [6.1]",
        ]
        assert [one.clause for one in outcome.reply] == ["6.2", "6.4"]
        assert outcome.why.text.zh == "须由平台解决"

    def test_its_command_is_one_that_the_lifecycle_accepts(self):
        desk = marketplace()
        submit = commands.Submit(id="1", by=Actor(Role.CUSTOMER), ticket="T1", body="打不开")
        new = desk.handle(None, submit, TEN).ticket
        outcome = desk.route(desk.queued(new, TEN, for_platform=True), [], TEN)
        escalate = outcome.command(id="2", by=Actor(Role.AGENT, "an"), note="…", reply="…")
        held = decide(new, escalate, TEN).ticket
        again = desk.route(desk.queued(held, TEN), [Agent(id="an")], TEN)
        assert isinstance(again, ToPlatform)
        assert (again.since, again.command, again.note) == (held.with_platform_since, None, ())
        assert str(again.why) == "the platform has it [6.4]"
        assert again.why.text.zh == "工单正由平台处理"


class TestBadInput:
    """What cannot be is refused by name."""

    def test_a_capacity_below_zero(self):
        with pytest.raises(RoutingError, match="agent 'an': capacity must not be below zero"):
            Agent(id="an", capacity=-1)

    @pytest.mark.parametrize("capacity", [True, 1.5, "3"])
    def test_a_capacity_that_is_no_number(self, capacity):
        with pytest.raises(TypeError, match="agent 'an': capacity"):
            Agent(id="an", capacity=capacity)

    def test_an_agent_twice(self):
        with pytest.raises(RoutingError, match="agent 'an' stands twice"):
            route(ticket(), [Agent(id="an"), Agent(id="an", duty=ON)], TEN)

    def test_an_agent_without_an_id(self):
        with pytest.raises(RoutingError, match=r"^an agent's id must not be blank"):
            Agent(id=" ")

    def test_a_ticket_of_an_unknown_agent(self):
        with pytest.raises(RoutingError, match="'T1' is held by 'gone', and there is no such"):
            route(ticket(held_by="gone"), [Agent(id="an")], TEN)

    def test_a_ticket_that_somebody_has(self):
        team = [Agent(id="an", holds=[Held("T1")]), Agent(id="bo", duty=ON)]
        with pytest.raises(RoutingError, match="'T1' is held by 'an'; transfer it or hand it over"):
            route(ticket(), team, TEN)

    def test_a_ticket_that_two_have(self):
        team = [Agent(id=name, holds=[Held("T9")]) for name in ("an", "bo")]
        with pytest.raises(RoutingError, match="'T9' is held by both 'an' and 'bo'"):
            route(ticket(), team, TEN)

    def test_a_ticket_that_one_has_twice(self):
        with pytest.raises(RoutingError, match="agent 'an': ticket 'T9' is held twice"):
            Agent(id="an", holds=[Held("T9"), Held("T9", Urgency.COMPLAINT)])

    def test_a_text_for_a_set_of_skills(self):
        with pytest.raises(RoutingError, match="not the text 'db'"):
            Agent(id="an", skills="db")

    def test_a_leave_that_ends_before_it_starts(self):
        with pytest.raises(RoutingError, match="ends before it lasts"):
            Leave(TEN, TEN)

    def test_an_instant_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            route(ticket(), [], TEN.replace(tzinfo=None))
