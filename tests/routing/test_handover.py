"""3.5, 6.6: whoever leaves hands over; every ticket is accounted for, and the lifecycle agrees."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Actor, Role, Status, commands, marketplace
from ticketrules.clauses import Refusal, Text
from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    CannotHandOver,
    Deadline,
    Duty,
    Handover,
    HandoverNote,
    Held,
    Known,
    Leave,
    Roster,
    RoundRobin,
    Routing,
    Shift,
    Stays,
    plan_handover,
    recurrence,
)

DESK = marketplace()
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CUSTOMER = Actor(Role.CUSTOMER, "zhang")
NOTE = HandoverNote(cause="证书过期", handler="小安", progress="已申请", next_step="更换")

DAILY = recurrence("FREQ=DAILY", date(2026, 1, 1))
SHIFTS = (
    Shift(agent="an", hours="09:00-12:00", on=DAILY),
    Shift(agent="bo", hours="11:00-18:00", on=DAILY),
    Shift(agent="chen", hours="12:00-18:00", on=DAILY),
)
PEOPLE = tuple(Agent(id=name) for name in ("an", "bo", "chen", "ding"))
ROSTER = Roster(agents=PEOPLE, shifts=SHIFTS)
NOON = NINE.replace(hour=12)


def agents(*on_duty, **parts):
    """The team, those named on duty; parts by agent replace the rest."""
    return [
        Agent(
            id=name,
            **{"duty": Duty.ON_DUTY if name in on_duty else Duty.OFFLINE, **parts.get(name, {})},
        )
        for name in ("an", "bo", "chen", "ding")
    ]


def made(name, *steps, agent="an", at=NINE):
    """A ticket that an agent took through some commands, a minute each."""
    by = Actor(Role.AGENT, agent)
    told = {
        "reply": ("reply", commands.Reply, by, {"reply": "您好"}),
        "wait": ("wait", commands.RequestFeedback, by, {"reply": "请提供日志"}),
        "solve": ("solve", commands.ProposeSolution, by, {"reply": "已处理，请确认"}),
        "write": ("write", commands.Write, CUSTOMER, {"body": "还是不行"}),
        "confirm": ("confirm", commands.Confirm, CUSTOMER, {}),
        "close": ("close", commands.Close, CUSTOMER, {}),
        "complain": ("complain", commands.Complain, CUSTOMER, {}),
        "dispatch": ("dispatch", commands.Dispatch, Actor(Role.SYSTEM), {"to": agent}),
        "escalate": ("escalate", commands.Escalate, by, {"note": "…", "reply": "…"}),
    }
    submit = commands.Submit(id=f"{name}-0", by=CUSTOMER, ticket=name, body="打不开")
    ticket = DESK.handle(None, submit, at).ticket
    for number, step in enumerate(steps, 1):
        _name, kind, who, parts = told[step]
        now = at + number * timedelta(minutes=1)
        outcome = DESK.handle(ticket, kind(id=f"{name}-{number}", by=who, **parts), now)
        if outcome:
            ticket = outcome.ticket
    return ticket


def plan(*tickets, team=None, now=NOON, **parts):
    team = agents("an", "bo") if team is None else team
    return DESK.plan_handover("an", tickets, ROSTER, team, now, **parts)


class TestClause3x5:
    """Every 未处理 and 处理中 ticket goes to a named colleague."""

    def test_both_go_and_say_why(self):
        new, begun = made("T1", "dispatch"), made("T2", "reply")
        found = plan(new, begun)
        assert [(one.ticket, one.receiver) for one in found.handovers] == [
            ("T1", "bo"),
            ("T2", "bo"),
        ]
        assert [str(one.because) for one in found.items] == [
            "未处理 is handed over on leaving [3.5]",
            "处理中 is handed over on leaving [3.5]",
        ]
        assert (found.giver, found.leaves_at, found.back_at) == (
            "an",
            NOON,
            NINE + timedelta(days=1),
        )

    def test_the_rejected_are_told_with_the_reason(self):
        (one,) = plan(made("T1", "reply")).handovers
        assert [str(rejection) for rejection in one.rejected] == [
            "an: is the one who leaves [3.5]",
            "chen: is to be there at 2026-03-02 12:00 [6.6]",
            "ding: not on duty, and no shift to come [3.5]",
        ]

    def test_a_waiting_ticket_stays_while_nothing_falls_due(self):
        (item,) = plan(made("T1", "wait")).items
        assert isinstance(item, Stays)
        assert str(item.why) == "nothing falls due before they are back [3.5]"

    def test_one_on_which_something_falls_due_meanwhile_goes(self):
        # A message came in offline while the ticket waited, and no event has reopened it.
        waiting = made("T1", "wait")
        due = Deadline(clause="8.3", text=Text("answer", "回复"), at=NINE + timedelta(hours=8))
        for at, kind in ((due, Handover), (evolve(due, at=NINE + timedelta(days=1)), Stays)):
            known = {"T1": Known(deadlines=[at])}
            found = plan_handover("an", [waiting], ROSTER, agents("an", "bo"), NOON, known=known)
            assert isinstance(found.items[0], kind)
        (item,) = plan_handover(
            "an", [waiting], ROSTER, agents("an", "bo"), NOON, known={"T1": Known(deadlines=[due])}
        ).items
        assert str(item.because) == "answer: due before they are back [8.3]"
        assert str(due) == "answer by 2026-03-02 09:00 UTC [8.3]"

    def test_what_falls_due_first_is_the_reason(self):
        late = Deadline(clause="8.3", text=Text("answer", "回复"), at=NINE + timedelta(hours=8))
        soon = Deadline(clause="8.2", text=Text("promise", "承诺"), at=NINE + timedelta(hours=7))
        known = {"T1": Known(deadlines=[late, soon])}
        ticket = made("T1", "wait")
        (item,) = plan_handover("an", [ticket], ROSTER, agents("an", "bo"), NOON, known=known).items
        assert str(item.because) == "promise: due before they are back [8.2]"
        assert item.because.text.zh == "承诺：返岗前到期"

    def test_leave_puts_the_return_off(self):
        away = Agent(id="an", leave=[Leave.on(date(2026, 3, 3), date(2026, 3, 31))])
        roster = Roster(agents=[away, *PEOPLE[1:]], shifts=SHIFTS)
        found = DESK.plan_handover("an", [], roster, agents("an", "bo"), NOON)
        assert found.back_at == NINE.replace(month=4, day=1)

    def test_closed_and_resolved_tickets_stay(self):
        resolved = made("T1", "solve", "confirm")
        closed = made("T2", "reply", "close")
        assert resolved.status is Status.RESOLVED
        assert {one.ticket: str(one.why) for one in plan(resolved, closed).items} == {
            "T1": "已解决 is not handed over [6.6]",
            "T2": "已关闭 is not handed over [6.6]",
        }

    def test_what_is_not_the_giver_s_stays(self):
        others, nobody_s = made("T1", "reply", agent="bo"), made("T2")
        assert {one.ticket: str(one.why) for one in plan(others, nobody_s).items} == {
            "T1": "bo has it [6.6]",
            "T2": "nobody has it: route it [6.3]",
        }

    def test_a_ticket_with_the_platform_goes_too(self):
        (item,) = plan(made("T1", "escalate")).items
        assert isinstance(item, Handover)

    def test_complaints_find_their_receiver_first(self):
        plain, complaint = made("T1", "reply"), made("T2", "reply", "complain")
        team = agents("an", "bo", bo={"capacity": 1})
        found = plan(plain, complaint, team=team)
        assert [one.ticket for one in found.items] == ["T2", "T1"]
        assert found.items[0].receiver == "bo"
        assert found.items[1].receiver == "chen"


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


class TestClause6x6:
    """The note: cause, who is handling it, progress, what comes next."""

    def test_what_it_lacks_is_told_and_refuses_the_whole(self):
        notes = {"T1": NOTE, "T2": HandoverNote(cause="证书过期", progress=" ")}
        found = plan(made("T1", "reply"), made("T2", "reply"), notes=notes)
        assert [str(one) for one in found.handovers[1].lacks] == [
            "the note lacks who is handling it [6.6]",
            "the note lacks the progress [6.6]",
            "the note lacks what comes next [6.6]",
        ]
        refusal = found.commands("h1")
        assert isinstance(refusal, Refusal)
        assert [str(one) for one in refusal.reasons] == [
            "T2: the note lacks who is handling it [6.6]",
            "T2: the note lacks the progress [6.6]",
            "T2: the note lacks what comes next [6.6]",
        ]

    def test_who_is_not_on_duty_must_be_told(self):
        found = plan(made("T1", "reply"), team=agents("an"), notes={"T1": NOTE})
        assert str(found.commands("h1")) == (
            "hand over refused: T1: bo is not on duty and needs to be told [6.3]"
        )
        assert found.commands("h1", told=["bo"])

    def test_its_commands_say_who_gives_and_whether_the_receiver_knows(self):
        late = NINE.replace(hour=11)
        tickets, notes = [made("T1", "reply"), made("T2", "reply")], {"T1": NOTE, "T2": NOTE}
        team = agents("an", "bo", bo={"capacity": 1})
        found = plan(*tickets, team=team, now=late, notes=notes)
        online, offline = (command for _ticket, command in found.commands("h1", told=["chen"]))
        assert (online.to, online.online, online.told) == ("bo", True, False)
        assert (offline.to, offline.online, offline.told) == ("chen", False, True)
        assert (online.id, online.by) == ("h1", Actor(Role.AGENT, "an"))
        assert (online.cause, online.handler, online.progress, online.next_step) == (
            "证书过期",
            "小安",
            "已申请",
            "更换",
        )

    def test_the_words_show_in_no_repr(self):
        assert "证书" not in repr(plan(made("T1", "reply"), notes={"T1": NOTE}))


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


class TestClause5x2:
    """The status is checked before a handover, and the customer answered (6.2)."""

    def test_new(self):
        (one,) = plan(made("T1", "dispatch")).handovers
        assert [str(check) for check in one.check] == [
            "未处理: 处理中 if work on it has begun [5.2]",
            "answer the customer before it changes hands [6.2]",
        ]

    def test_in_progress(self):
        (one,) = plan(made("T1", "reply")).handovers
        assert [str(check) for check in one.check] == [
            "处理中: right only while it is worked on [5.2]"
        ]

    def test_awaiting_the_customer(self):
        due = Deadline(clause="8.3", text=Text("answer", "回复"), at=NOON)
        ticket = made("T1", "wait")
        (one,) = plan_handover(
            "an", [ticket], ROSTER, agents("an", "bo"), NOON, known={"T1": Known(deadlines=[due])}
        ).handovers
        assert [(str(check), check.text.zh) for check in one.check] == [
            (
                "待反馈: right only while the customer is awaited [5.2]",
                "待反馈：仅限等待客户",
            )
        ]


STEPS = st.lists(
    st.sampled_from(
        ("reply", "wait", "solve", "write", "confirm", "close", "complain", "dispatch", "escalate")
    ),
    max_size=6,
)


class TestLaws:
    """Nothing is dropped, and what is planned may be done."""

    @settings(deadline=None, max_examples=60)
    @given(
        lives=st.lists(st.tuples(STEPS, st.sampled_from(("an", "an", "bo"))), max_size=5),
        on_duty=st.sets(st.sampled_from(("bo", "chen", "ding"))),
        room=st.integers(0, 4),
        hours=st.integers(0, 30),
        later=st.integers(0, 5),
    )
    def test_every_ticket_comes_out_and_the_lifecycle_accepts(
        self, lives, on_duty, room, hours, later
    ):
        tickets = [
            made(f"T{number}", *steps, agent=agent) for number, (steps, agent) in enumerate(lives)
        ]
        now = NINE + timedelta(hours=1 + hours)
        team = agents("an", *on_duty, bo={"capacity": room})
        found = plan(
            *tickets,
            team=team,
            now=now,
            leaves_at=now + timedelta(hours=later),
            notes={ticket.id: NOTE for ticket in tickets},
        )
        assert Counter(one.ticket for one in found.items) == Counter(one.id for one in tickets)
        by_id = {ticket.id: ticket for ticket in tickets}
        for item in found.items:
            ticket = by_id[item.ticket]
            must_go = ticket.agent == "an" and ticket.status in {
                Status.NEW,
                Status.IN_PROGRESS,
            }
            assert not (must_go and isinstance(item, Stays))
        told = [one.receiver for one in found.handovers if not one.is_online]
        given_away = found.commands("handover", told)
        if any(isinstance(one, CannotHandOver) for one in found.items):
            assert isinstance(given_away, Refusal)
            return
        assert [name for name, _command in given_away] == [one.ticket for one in found.handovers]
        for name, command in given_away:
            decision = DESK.handle(by_id[name], command, now)
            assert decision, str(decision)
            assert decision.ticket.agent == command.to != "an"
            assert decision.ticket.departures == by_id[name].departures


class TestBadInput:
    """People and tickets that cannot be are refused by name."""

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ({"receiver": "an"}, "the receiver 'an' is the giver"),
            ({"receiver": "gone"}, "there is no agent 'gone'"),
            ({"leaves_at": NINE}, "agent 'an' leaves at .* which is before now"),
            ({"team": [Agent(id="bo")]}, "there is no agent 'an'"),
            ({"team": [Agent(id="an"), Agent(id="an")]}, "agent 'an' stands twice"),
        ],
    )
    def test_people(self, parts, says):
        with pytest.raises(RoutingError, match=says):
            plan(made("T1", "reply"), **parts)

    def test_a_ticket_twice(self):
        with pytest.raises(RoutingError, match="ticket 'T1' stands twice"):
            plan(made("T1", "reply"), made("T1", "reply"))

    def test_a_ticket_of_an_unknown_agent(self):
        with pytest.raises(RoutingError, match="ticket 'T1' is held by 'gone'"):
            plan(made("T1", "reply", agent="gone"))

    def test_what_is_no_ticket_is_refused_by_name(self):
        for several, says in (("x", "several Ticket are meant"), (["x"], "must be of Ticket")):
            with pytest.raises(TypeError, match=rf"^tickets:? {says}, not"):
                plan_handover("an", several, ROSTER, agents("an"), NOON)

    def test_what_a_receiver_holds_counts(self):
        team = agents("an", "bo", "ding", bo={"holds": [Held("x"), Held("y")]})
        (one,) = plan(made("T1", "reply"), team=team).handovers
        assert one.receiver == "ding"
