"""3.5, 6.6: whoever leaves hands over; every ticket is accounted for, and the lifecycle agrees."""

from collections import Counter
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Actor, Role, Status
from ticketrules.clauses import Refusal, Text
from ticketrules.errors import RoutingError
from ticketrules.routing import (
    Agent,
    CannotHandOver,
    Deadline,
    Handover,
    HandoverNote,
    Held,
    Known,
    Leave,
    Roster,
    Stays,
    plan_handover,
)

from .leaving import (
    DESK,
    NINE,
    NOON,
    NOTE,
    PEOPLE,
    ROSTER,
    SHIFTS,
    agents,
    made,
    plan,
)


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

    def test_what_stays_and_what_nobody_can_take(self):
        stays, goes = made("T1", "wait"), made("T2", "reply")
        found = plan(stays, goes, notes={"T2": NOTE})
        assert [type(one) for one in found.items] == [Stays, Handover]
        assert [name for name, _command in found.commands("h1")] == ["T2"]
        alone = Roster(agents=PEOPLE, shifts=SHIFTS[:1])
        nobody = DESK.plan_handover("an", [stays, goes], alone, agents("an"), NOON)
        assert isinstance(nobody.items[1], CannotHandOver)
        assert isinstance(nobody.commands("h1"), Refusal)

    def test_the_words_show_in_no_repr(self):
        assert "证书" not in repr(plan(made("T1", "reply"), notes={"T1": NOTE}))


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
