"""Dispatch: who gets a ticket, and the reason for everybody else (3.2, 3.4, 6.1, 6.3, 6.4)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from ticketrules import Actor, Policy, Role, commands, marketplace
from ticketrules.calendar import ServiceHours
from ticketrules.clauses import CLAUSES
from ticketrules.desk import Desk
from ticketrules.errors import NaiveTimeError, RoutingError
from ticketrules.routing import (
    Agent,
    Assignment,
    Duty,
    Held,
    KnownCustomer,
    LeastLoaded,
    Leave,
    NoEligibleAgent,
    Queued,
    RoundRobin,
    Routing,
    SkillFirst,
    Standing,
    ToPlatform,
    Urgency,
    acquaintances,
    route,
    strategy_of,
)
from ticketrules.tickets import decide, events, replay

from .desks import NAMES, NOW, QUEUES, SETTINGS, strategies, teams

ON = Duty.ON_DUTY
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def ticket(name="T1", **parts):
    standing = Standing(
        ticket=name, is_complaint=False, is_business_stopping=False, deadline=None, opened_at=NOW
    )
    return Queued(standing=standing, **parts)


def reasons(outcome):
    """By agent, the English reasons with their clauses."""
    return {one.agent: [str(reason) for reason in one.reasons] for one in outcome.rejected}


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


class TestStrategies:
    """Whom to prefer, as values."""

    def test_least_loaded_weighs_by_urgency(self):
        busy = Agent(id="an", duty=ON, holds=[Held("a", Urgency.COMPLAINT)])
        many = Agent(id="bo", duty=ON, holds=[Held("b"), Held("c")])
        outcome = route(ticket(), [busy, many], TEN)
        assert outcome.agent == "bo"
        assert str(outcome.why) == "on duty, has the least work (load 2) [3.4]"
        assert reasons(outcome) == {"an": ["has more work (load 3) [3.4]"]}
        light = LeastLoaded({Urgency.COMPLAINT: 1})
        assert route(ticket(), [busy, many], TEN, strategy=light).agent == "an"

    def test_ids_decide_in_the_end(self):
        team = [Agent(id=name, duty=ON) for name in reversed(NAMES)]
        outcome = route(ticket(), team, TEN)
        assert outcome.agent == "an"
        assert reasons(outcome)["bo"] == ["as good, and later by id [3.4]"]

    @pytest.mark.parametrize(
        ("after", "chosen"),
        [(None, "an"), ("an", "bo"), ("b", "bo"), ("er", "an"), ("zz", "an")],
    )
    def test_round_robin_takes_the_next_whether_the_last_is_there_or_not(self, after, chosen):
        team = [Agent(id=name, duty=ON) for name in NAMES]
        outcome = route(ticket(), team, TEN, strategy=RoundRobin(after))
        assert outcome.agent == chosen
        assert outcome.strategy == (RoundRobin(chosen),)

    def test_round_robin_passes_who_may_not(self):
        team = [Agent(id="an", duty=ON), Agent(id="bo"), Agent(id="chen", duty=ON)]
        assert route(ticket(), team, TEN, strategy=RoundRobin("an")).agent == "chen"

    def test_skill_first_spares_the_versatile(self):
        team = [
            Agent(id="an", duty=ON, skills={"db", "net", "site"}),
            Agent(id="bo", duty=ON, skills={"db"}, holds=[Held("x")]),
        ]
        outcome = route(ticket(skills={"db"}), team, TEN, strategy=(SkillFirst(), LeastLoaded()))
        assert outcome.agent == "bo"
        assert reasons(outcome) == {"an": ["has more other skills (2) [3.4]"]}

    def test_who_knows_the_customer_and_else_the_least_loaded(self):
        team = [
            Agent(id="an", duty=ON),
            Agent(id="bo", duty=ON, holds=[Held("x")]),
            Agent(id="chen", duty=Duty.AWAY),
        ]
        strategy = (KnownCustomer(), LeastLoaded())
        known = route(ticket(known_by=["chen", "bo"]), team, TEN, strategy=strategy)
        assert (known.agent, str(known.why)) == ("bo", "on duty, knows the customer [3.4]")
        assert reasons(known)["an"] == ["knows the customer less [3.4]"]
        assert route(ticket(known_by=["chen"]), team, TEN, strategy=strategy).agent == "an"

    def test_a_turn_out_of_turn_does_not_move_the_cursor(self):
        team = [Agent(id=name, duty=ON) for name in NAMES]
        strategy = (KnownCustomer(), RoundRobin("an"))
        outcome = route(ticket(known_by=["er"]), team, TEN, strategy=strategy)
        assert (outcome.agent, outcome.strategy) == ("er", strategy)

    def test_settings_describe_one(self):
        names = ("known_customer", "skill_first", "least_loaded", "round_robin")
        assert strategy_of(Routing(strategy=names, load_clock=5)) == (
            KnownCustomer(),
            SkillFirst(),
            LeastLoaded((3, 3, 2, 5)),
            RoundRobin(),
        )

    @pytest.mark.parametrize(
        ("strategy", "why", "others"),
        [
            (
                LeastLoaded(),
                ("on duty, has the least work (load 0)", "在岗，负荷最小（0）"),
                ("has more work (load 2)", "负荷较大（2）"),
            ),
            (
                SkillFirst(),
                ("on duty, has the fewest other skills (0)", "在岗，其他技能最少（0）"),
                ("has more other skills (1)", "其他技能较多（1）"),
            ),
            (
                RoundRobin("bo"),
                ("on duty, is next in turn after bo", "在岗，轮到该客服（上一位 bo）"),
                ("comes later in turn", "轮次在后"),
            ),
            (
                RoundRobin(),
                ("on duty, is next in turn", "在岗，轮到该客服"),
                ("comes later in turn", "轮次在后"),
            ),
            (
                (KnownCustomer(), SkillFirst()),
                ("on duty, knows the customer", "在岗，熟悉该客户"),
                ("knows the customer less", "对该客户不如他人熟悉"),
            ),
        ],
    )
    def test_praise_and_regret_read_in_both_languages(self, strategy, why, others):
        an = Agent(id="an", duty=ON)
        bo = Agent(id="bo", duty=ON, skills={"db"}, holds=[Held("x"), Held("y")])
        outcome = route(ticket(known_by=["an"]), [an, bo], TEN, strategy=strategy)
        assert outcome.agent == "an"
        assert (outcome.why.text.en, outcome.why.text.zh) == why
        (rejection,) = outcome.rejected
        (reason,) = rejection.reasons
        assert (reason.text.en, reason.text.zh) == others
        assert (reason.clause, rejection.might) == ("3.4", True)

    def test_equals_are_told_by_id_in_both_languages(self):
        outcome = route(ticket(), [Agent(id="an", duty=ON), Agent(id="bo", duty=ON)], TEN)
        assert outcome.rejected[0].reasons[0].text.zh == "条件相同，编号在后"

    def test_of_several_reasons_each_stands_apart(self):
        agent = Agent(id="an", duty=Duty.AWAY, skills={"net"})
        full = Agent(id="bo", duty=ON, capacity=0)
        outcome = route(ticket(skills={"db"}), [agent, full], TEN)
        assert str(outcome) == (
            "nobody can take T1: an: away [3.4]; lacks the skill db [6.3]; "
            "bo: lacks the skill db [6.3]"
        )

    def test_being_full_reads_in_both_languages(self):
        outcome = route(ticket(), [Agent(id="an", duty=ON, capacity=0)], TEN)
        assert outcome.rejected[0].reasons[0].text.zh == "已达上限：0/0"

    @pytest.mark.parametrize(
        ("strategy", "says"),
        [
            ((), "at least one preference"),
            ((RoundRobin(), LeastLoaded()), "comes last"),
            ((SkillFirst(), SkillFirst()), "stands twice"),
            ("least_loaded", "str is no preference"),
        ],
    )
    def test_what_is_none_is_refused(self, strategy, says):
        with pytest.raises(RoutingError, match=says):
            route(ticket(), [], TEN, strategy=strategy)

    @pytest.mark.parametrize("weight", [-1, 1.5, True, None])
    def test_weights_are_whole_numbers(self, weight):
        with pytest.raises(RoutingError, match="weight of complaint"):
            LeastLoaded({Urgency.COMPLAINT: weight})


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


class TestQueued:
    """What routing sees of a ticket."""

    def life(self, *wishes):
        desk, made = marketplace(), None
        for number, wish in enumerate(wishes):
            outcome = desk.handle(made, wish, TEN + timedelta(minutes=number))
            made = outcome.ticket
        return made

    AN, BO = Actor(Role.AGENT, "an"), Actor(Role.AGENT, "bo")
    SUBMIT = commands.Submit(id="1", by=Actor(Role.CUSTOMER), ticket="T1", body="打不开")

    def test_who_transferred_it_does_not_get_it_again(self):
        made = self.life(
            self.SUBMIT,
            commands.Reply(id="2", by=self.AN, reply="您好"),
            commands.Transfer(id="3", by=self.AN, to="bo", judgement="…", next_step="…"),
            commands.HandOver(
                id="4", by=self.BO, to="an", cause="…", handler="…", progress="…", next_step="…"
            ),
        )
        seen = Queued.of(made)
        assert seen.handed_away_by == {"an"}
        assert (seen.ticket, seen.held_by) == ("T1", "an")
        assert not seen.for_platform

    def test_the_latest_acquaintance_comes_first(self):
        first = self.life(self.SUBMIT, commands.Reply(id="2", by=self.AN, reply="您好"))
        second = self.life(
            self.SUBMIT,
            commands.Complain(id="c", by=Actor(Role.CUSTOMER)),
            commands.Reply(id="2", by=self.BO, reply="您好"),
        )
        assert acquaintances([first, second]) == ("bo", "an")
        assert acquaintances([]) == ()

    def test_acquainted_is_an_agent_who_answered_and_nobody_else(self):
        platform, system = Actor(Role.PLATFORM, "pl"), Actor(Role.SYSTEM, "robot")
        replies = [
            (platform, {}),
            (system, {"automatic": True}),
            (self.BO, {"automatic": True}),
            (Actor(Role.AGENT), {}),
            (self.AN, {}),
        ]
        history = [
            events.Submitted(id="0", at=TEN, by=Actor(Role.CUSTOMER), ticket="T1", body="打不开"),
            *(
                events.Replied(id=f"r{n}", ticket="T1", at=TEN, by=by, body="您好", **parts)
                for n, (by, parts) in enumerate(replies)
            ),
        ]
        assert acquaintances([replay(history)]) == ("an",)

    def test_an_agent_s_last_answer_counts_in_whatever_order_tickets_come(self):
        # an at 10:01, bo at 10:02, an again at 10:03.
        one = self.life(self.SUBMIT, commands.Reply(id="2", by=self.AN, reply="您好"))
        two = self.life(
            self.SUBMIT,
            commands.Complain(id="c", by=Actor(Role.CUSTOMER)),
            commands.Reply(id="2", by=self.BO, reply="您好"),
            commands.Reply(id="3", by=self.AN, reply="您好"),
        )
        assert acquaintances([one, two]) == acquaintances([two, one]) == ("an", "bo")

    def test_of_two_who_answered_at_once_the_id_decides(self):
        both = [
            self.life(self.SUBMIT, commands.Reply(id="2", by=by, reply="您好"))
            for by in (self.BO, self.AN)
        ]
        assert acquaintances(both) == ("an", "bo")


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
        with pytest.raises(RoutingError, match="id must not be blank"):
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


class TestSettings:
    """Each wrong value is refused with the setting's name."""

    @pytest.mark.parametrize(
        ("parts", "error", "says"),
        [
            ({"capacity": -1}, ValueError, "capacity must lie between 0"),
            ({"minimum_on_duty": 0}, ValueError, "minimum_on_duty must lie between 1"),
            ({"capacity": True}, TypeError, "capacity must be a whole number"),
            ({"outside_hours": 1}, TypeError, "outside_hours must be True or False"),
            ({"strategy": ()}, ValueError, "strategy: at least one"),
            ({"strategy": ("round_robin", "least_loaded")}, ValueError, "comes last"),
            ({"strategy": ("best",)}, ValueError, "strategy: 'best' is none of"),
            ({"first": ("complaint", "complaint")}, ValueError, "first: a name stands twice"),
            ({"first": ["complaint"]}, TypeError, "first must be a tuple"),
            ({"then": "newest"}, ValueError, "then must be one of deadline, oldest, not 'newest'"),
            ({"capacity": 1_000_001}, ValueError, "capacity must lie between 0 and 1000000, got"),
            ({"load_clock": 1.5}, TypeError, "load_clock must be a whole number, not 1.5"),
            ({"load_complaint": -1}, ValueError, "load_complaint must lie between 0 and 1000000"),
            ({"outside_hours": None}, TypeError, "outside_hours must be True or False, not None"),
            ({"strategy": ("skill_first",) * 2}, ValueError, "strategy: a name stands twice"),
            (
                {"strategy": "skill_first"},
                TypeError,
                "strategy must be a tuple of names, not 'skill_first'",
            ),
            (
                {"first": ("clock",)},
                ValueError,
                "first: 'clock' is none of complaint, tendency, business_stopping",
            ),
        ],
    )
    def test_it_is_named(self, parts, error, says):
        with pytest.raises(error, match=says):
            Routing(**parts)

    def test_the_ends_of_a_range_belong_to_it(self):
        least = Routing(minimum_on_duty=1, capacity=0, load_complaint=0, load_clock=0)
        most = Routing(minimum_on_duty=1_000_000, capacity=1_000_000, load_tendency=1_000_000)
        assert (least.capacity, most.capacity) == (0, 1_000_000)

    def test_nothing_need_go_before_a_clock(self):
        assert Routing(first=()).first == ()

    def test_each_has_its_clause_and_says_what_it_is(self):
        for one in fields(Routing):
            assert one.metadata["clause"] in CLAUSES
            assert one.metadata["doc"]
