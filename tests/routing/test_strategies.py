"""Strategies: whom to prefer among those who may have a ticket (3.4)."""

import pytest

from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    Duty,
    Held,
    KnownCustomer,
    LeastLoaded,
    RoundRobin,
    Routing,
    SkillFirst,
    Urgency,
    route,
    strategy_of,
)

from .desks import NAMES, TEN, reasons, ticket

ON = Duty.ON_DUTY


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
        stranger = route(ticket(known_by=["chen"]), team, TEN, strategy=strategy)
        assert (stranger.agent, str(stranger.why)) == (
            "an",
            "on duty, has the least work (load 0) [3.4]",
        )
        second = (LeastLoaded(), KnownCustomer())
        chosen = route(ticket(known_by=["an"]), team, TEN, strategy=second)
        assert str(chosen.why) == "on duty, has the least work (load 0), knows the customer [3.4]"

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
            ((), "^a strategy needs at least one preference"),
            ((RoundRobin(), LeastLoaded()), "^strategy: RoundRobin leaves nothing to decide"),
            ((SkillFirst(), SkillFirst()), "^strategy: a preference stands twice"),
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
