"""3.5, 6.6: who gets what an agent leaves behind, and what is said of everybody else."""

from datetime import timedelta

from ticketrules.clauses import Text
from ticketrules.routing import (
    CannotHandOver,
    Deadline,
    Handover,
    Known,
    Leave,
    Roster,
    RoundRobin,
    Routing,
    Shift,
    Stays,
    plan_handover,
)

from .leaving import DAILY, DESK, NINE, NOON, NOTE, PEOPLE, ROSTER, SHIFTS, agents, made, plan


class TestReceivers:
    """Who is there goes before who comes, and nobody is asked who leaves too."""

    def test_who_comes_on_next_must_be_told(self):
        (one,) = plan(made("T1", "reply"), team=agents("an")).handovers
        assert (one.receiver, one.is_online) == ("bo", False)
        assert one.receiver_on_at == NOON
        assert str(one.why) == "is to be there next, at 2026-03-02 12:00 [6.6]"

    def test_what_is_missed_before_the_receiver_is_there(self):
        asked = made("T1", "reply", "write", at=NINE.replace(hour=16))
        late = NINE.replace(hour=18)
        (one,) = plan(asked, team=agents("an"), now=late).handovers
        assert one.receiver_on_at == (NINE + timedelta(days=1)).replace(hour=11)
        assert [str(deadline) for deadline in one.missed] == []
        held = Roster(agents=PEOPLE, shifts=[Shift(agent="chen", hours="16:00-18:00", on=DAILY)])
        (one,) = DESK.plan_handover("an", [asked], held, agents("an"), late).handovers
        assert [(deadline.clause, deadline.at) for deadline in one.missed] == [
            ("8.3", (NINE + timedelta(days=1)).replace(hour=11, minute=2))
        ]

    def test_whoever_leaves_at_the_same_time_is_not_asked(self):
        evening = NINE.replace(hour=18)
        team = agents("an", "bo", "ding")
        (one,) = plan(made("T1", "reply"), team=team, now=evening).handovers
        assert one.receiver == "ding"

    def test_the_one_who_is_named_has_them_all_or_they_stay_open(self):
        ticket = made("T1", "reply")
        (one,) = plan(ticket, team=agents("an", "bo", "chen"), receiver="chen").handovers
        assert one.receiver == "chen"
        assert [str(rejection) for rejection in one.rejected] == [
            "an: is the one who leaves [3.5]",
            "bo: another colleague was named [3.5]",
            "ding: another colleague was named [3.5]",
        ]
        (item,) = plan(ticket, team=agents("an", "bo"), receiver="ding").items
        assert isinstance(item, CannotHandOver)

    def test_nobody_to_take_it_is_refused_with_every_reason(self):
        team = agents("an", "bo", bo={"capacity": 0}, chen={"capacity": 0})
        (item,) = plan(made("T1", "reply"), team=team).items
        assert isinstance(item, CannotHandOver)
        assert [one.agent for one in item.rejected] == ["an", "bo", "chen", "ding"]
        refusal = plan(made("T1", "reply"), team=team).commands("h")
        assert str(refusal) == "hand over refused: T1: no colleague can take it [3.5]"

    def test_who_is_on_no_roster_has_it_while_on_duty_and_cannot_be_awaited(self):
        roster = Roster(agents=PEOPLE[:1], shifts=SHIFTS[:1])
        ticket = made("T1", "reply")
        team = agents("an", "ding")
        (one,) = DESK.plan_handover("an", [ticket], roster, team, NOON).handovers
        assert (one.receiver, one.is_online, one.receiver_on_at) == ("ding", True, NOON)
        (item,) = DESK.plan_handover("an", [ticket], roster, agents("an"), NOON).items
        assert [str(rejection) for rejection in item.rejected] == [
            "an: is the one who leaves [3.5]",
            "bo: not on duty, and no shift to come [3.5]",
            "chen: not on duty, and no shift to come [3.5]",
            "ding: not on duty, and no shift to come [3.5]",
        ]

    def test_who_leaves_for_good_has_no_return_to_wait_for(self):
        roster = Roster(agents=PEOPLE[1:], shifts=SHIFTS[1:])
        due = Deadline(clause="8.3", text=Text("answer", "回复"), at=NOON + timedelta(days=999))
        found = plan_handover(
            "an",
            [made("T1", "wait"), made("T2", "wait")],
            roster,
            agents("an", "bo"),
            NOON,
            known={"T1": Known(deadlines=[due])},
        )
        assert found.back_at is None
        assert [type(one) for one in found.items] == [Handover, Stays]

    def test_whose_shift_ends_just_then_or_before_the_giver_s_is_not_asked(self):
        # Bo is to be there until 18:00, and on duty still.
        ticket, team = made("T1", "reply"), agents("an", "bo", "ding")
        six = NINE.replace(hour=18)
        for now, leaves_at, receiver in (
            (six - timedelta(hours=1), six, "ding"),
            (six - timedelta(hours=1), six - timedelta(microseconds=1), "bo"),
            (six, six, "ding"),
            (six + timedelta(microseconds=1), six + timedelta(hours=1), "bo"),
        ):
            (one,) = plan(ticket, team=team, now=now, leaves_at=leaves_at).handovers
            assert (one.receiver, one.is_online) == (receiver, True)

    def test_everybody_else_has_a_reason_and_may_have_had_it_or_not(self):
        (one,) = plan(made("T1", "reply"), team=agents("an", "bo", "ding")).handovers
        assert [(str(rejection), rejection.might) for rejection in one.rejected] == [
            ("an: is the one who leaves [3.5]", False),
            ("chen: is to be there at 2026-03-02 12:00 [6.6]", True),
            ("ding: as good, and later by id [3.4]", True),
        ]

    def test_who_comes_next_and_may_not_is_told_in_the_zone_of_asking(self):
        ten = NINE.replace(hour=10)
        away = Leave(ten, NOON, "培训")
        team = agents("an", bo={"leave": [away]})
        (one,) = plan(made("T1", "reply"), team=team, now=ten).handovers
        assert (one.receiver, one.receiver_on_at) == ("chen", NOON)
        assert [str(rejection) for rejection in one.rejected] == [
            "an: is the one who leaves [3.5]",
            "bo: on leave from 2026-03-02 10:00 to 2026-03-02 12:00 (培训) [3.5]",
            "ding: not on duty, and no shift to come [3.5]",
        ]

    def test_the_receiver_has_the_skills(self):
        team = agents("an", "bo", "ding", ding={"skills": {"db"}})
        (one,) = plan(made("T1", "reply"), team=team, skills={"T1": ["db"]}).handovers
        assert one.receiver == "ding"
        assert "bo: lacks the skill db [6.3]" in map(str, one.rejected)

    def test_the_desk_s_capacity_holds_here_too(self):
        tickets = [made(f"T{number}", "reply") for number in range(3)]
        found = plan_handover(
            "an", tickets, ROSTER, agents("an", "bo"), NOON, settings=Routing(capacity=1)
        )
        assert [one.receiver for one in found.handovers] == ["bo", "chen"]
        assert isinstance(found.items[2], CannotHandOver)

    def test_what_was_handed_over_weighs_as_what_it_is(self):
        tickets = [made("T0", "reply", "complain"), *(made(f"T{n}", "reply") for n in range(1, 5))]
        found = plan(*tickets, team=agents("an", "bo", "ding"))
        assert [one.receiver for one in found.handovers] == ["bo", "ding", "ding", "ding", "bo"]

    def test_missed_is_what_falls_due_from_now_until_the_receiver_is_there(self):
        ten, eleven = NINE.replace(hour=10), NINE.replace(hour=11)
        due = [
            Deadline(clause=clause, text=Text("answer", "回复"), at=at)
            for clause, at in (
                ("8.3", eleven),
                ("8.2", eleven - timedelta(minutes=1)),
                ("8.1", eleven - timedelta(minutes=1)),
                ("7.1", ten),
                ("8.3", ten - timedelta(microseconds=1)),
            )
        ]
        known = {"T1": Known(deadlines=due)}
        ticket = made("T1", "reply")
        (one,) = plan_handover("an", [ticket], ROSTER, agents("an"), ten, known=known).handovers
        assert (one.receiver, one.receiver_on_at) == ("bo", eleven)
        assert [deadline.clause for deadline in one.missed] == ["7.1", "8.1", "8.2"]

    def test_turns_go_round(self):
        team = agents("an", "bo", "chen", "ding")
        tickets = [made(f"T{number}", "reply") for number in range(4)]
        found = plan(*tickets, team=team, strategy=RoundRobin("bo"))
        assert [one.receiver for one in found.handovers] == ["chen", "ding", "bo", "chen"]


class TestInChinese:
    """Whatever a plan says it says in Chinese too."""

    def test_who_gets_it_and_why_nobody_else(self):
        (one,) = plan(made("T1", "dispatch"), team=agents("an"), receiver="chen").handovers
        assert one.because.text.zh == "未处理工单下岗前须移交"
        assert one.why.text.zh == "2026-03-02 12:00 最早到岗"
        assert [rejection.reasons[0].text.zh for rejection in one.rejected] == [
            "本人即移交人",
            "已指定其他同事",
            "已指定其他同事",
        ]
        assert [check.text.zh for check in one.check] == [
            "未处理：如已开始处理，应为处理中",
            "移交前请先回复客户",
        ]
        assert [lack.text.zh for lack in one.lacks] == [
            "备注缺少原因",
            "备注缺少处理人",
            "备注缺少进度",
            "备注缺少下一步",
        ]

    def test_who_comes_later_and_who_never(self):
        (one,) = plan(made("T1", "reply")).handovers
        assert [rejection.reasons[0].text.zh for rejection in one.rejected] == [
            "本人即移交人",
            "2026-03-02 12:00 应到岗",
            "未在岗且无后续班次",
        ]
        (check,) = one.check
        assert check.text.zh == "处理中：仅限问题仍在处理期间"

    def test_what_stays_and_what_cannot_go(self):
        resolved, waits = made("T1", "solve", "confirm"), made("T2", "wait")
        others, nobody_s = made("T3", "reply", agent="bo"), made("T4")
        found = plan(resolved, waits, others, nobody_s)
        assert {one.ticket: one.why.text.zh for one in found.items} == {
            "T1": "已解决，无需移交",
            "T2": "返岗前无到期事项",
            "T3": "由 bo 处理",
            "T4": "尚无处理人，请派单",
        }
        stuck = plan(made("T5", "reply"), receiver="ding")
        assert stuck.items[0].why.text.zh == "无人可接手"
        assert stuck.commands("h").text.zh == "交接被拒绝：T5：无人可接手 [3.5]"

    def test_who_must_be_told(self):
        found = plan(made("T1", "reply"), team=agents("an"), notes={"T1": NOTE})
        refusal = found.commands("h1")
        assert refusal.text.zh == "交接被拒绝：T1：bo 未在岗，须告知本人 [6.3]"
