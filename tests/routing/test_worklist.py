"""7: the order of work and whom to phone, as the desk sees its tickets."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings

from ticketrules import Actor, Policy, Role, commands, marketplace
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.desk import Desk
from ticketrules.reports import overview
from ticketrules.routing import (
    Agent,
    CallCase,
    CallGround,
    Roster,
    Routing,
    Standing,
    Urgency,
    order,
    phone_now,
)

from .desks import NOW, QUEUES, SETTINGS

DESK = marketplace()
CUSTOMER, AN = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "an")


THREAT = "再不处理我就投诉到工信部！"


def made(name, *wishes, after=0, body="打不开"):
    """A ticket of so many minutes after NOW, with what happened a minute apart."""
    submit = commands.Submit(id="0", by=CUSTOMER, ticket=name, body=body)
    ticket, at = None, NOW + timedelta(minutes=after)
    for number, (kind, parts) in enumerate(((None, {}), *wishes)):
        by = parts.pop("by", CUSTOMER)
        command = submit if kind is None else kind(id=str(number), by=by, **parts)
        outcome = DESK.handle(ticket, command, at + number * timedelta(minutes=1))
        assert outcome, str(outcome)
        ticket = outcome.ticket
    return ticket


COMPLAIN = (commands.Complain, {})
STOPPING = (commands.MarkBusinessStopping, {})
LATER = NOW + timedelta(minutes=5)
PLAIN, OLDER = made("T-plain", after=2), made("T-older")
STOPS, TENDS, COMPLAINS = (
    made("T-stops", STOPPING, after=1),
    made("T-tends", after=2, body=THREAT),
    made("T-complains", COMPLAIN, after=3),
)
ALL = (PLAIN, OLDER, STOPS, TENDS, COMPLAINS)


class TestOrder:
    """Complaint, tendency, business-stopping, then the clock that runs out first."""

    def test_each_with_its_reason(self):
        found = DESK.order(ALL, LATER)
        assert [(one.ticket, str(one.reason)) for one in found] == [
            ("T-complains", "complaint [7.2]"),
            ("T-tends", "tendency to complain [7.3]"),
            ("T-stops", "business-stopping [7.1]"),
            ("T-older", "due 2026-03-02 02:15 UTC [8.1]"),
            ("T-plain", "due 2026-03-02 02:17 UTC [8.1]"),
        ]
        assert found[3].reason.text.zh == "时限 2026-03-02 02:15 UTC"

    def test_a_ticket_on_which_nothing_is_due_says_so(self):
        waiting = made("T1", (commands.RequestFeedback, {"by": AN, "reply": "请提供"}))
        (one,) = DESK.order([waiting], LATER)
        assert str(one.reason) == "no clock runs; older first [2.1]"
        assert one.reason.text.zh == "无时限，先到先办"

    def test_tendencies_that_the_host_has_read_are_not_read_again(self):
        read = {one.id: DESK.tendency(one, LATER) for one in ALL}
        roster, agents = Roster(agents=[Agent(id="an")]), [Agent(id="an")]
        for ask in (
            DESK.order,
            DESK.phone_now,
            lambda several, now, **parts: overview(several, now, DESK, **parts),
            lambda several, now, **parts: [DESK.queued(one, now, **parts) for one in several],
            lambda several, now, **parts: DESK.plan_handover(
                "an", several, roster, agents, now, **parts
            ),
        ):
            assert ask(ALL, LATER, tendencies=read) == ask(ALL, LATER)
            assert ask(ALL, LATER, tendencies={}) != ask(ALL, LATER)

    def test_settings_weigh_it_otherwise(self):
        settings = Routing(first=("business_stopping", "complaint"), then="oldest")
        desk = Desk(Policy(routing=settings))
        found = desk.order(ALL, LATER)
        assert [one.ticket for one in found] == [
            "T-stops",
            "T-complains",
            "T-older",
            "T-plain",
            "T-tends",
        ]
        assert [one.urgency_under(settings) for one in found][-1] is Urgency.CLOCK
        assert found[-1].reason_under(settings).clause == "8.1"

    @settings(max_examples=40)
    @given(queue=QUEUES, weighed=SETTINGS)
    def test_under_any_settings_it_is_total_and_loses_nobody(self, queue, weighed):
        standings = [one.standing for one in queue]
        found = order(standings, weighed)
        assert sorted(one.ticket for one in found) == sorted(one.ticket for one in standings)
        assert order(reversed(standings), weighed) == found
        ranks = [one.rank_under(weighed) for one in found]
        assert ranks == sorted(set(ranks))
        assert all(one.reason_under(weighed).text.zh for one in found)

    @settings(max_examples=40)
    @given(queue=QUEUES)
    def test_what_comes_first_is_the_marketplace_s_setting(self, queue):
        standings = [one.standing for one in queue]
        assert order(standings) == order(standings, Routing())


class TestPhoneNow:
    """7.1, 7.2, 7.3: whom to phone, with the clause; nobody who was phoned since."""

    def test_with_every_ground(self):
        both = made("T-both", COMPLAIN, STOPPING, body=THREAT)
        evening = NOW + timedelta(hours=9)
        found = DESK.phone_now([*ALL, both], evening)
        assert [str(one) for one in found] == [
            (
                "T-both: the customer complained [7.2]; "
                "the customer tends to complain: at once [7.3]; not solved on the day [7.1]"
            ),
            "T-complains: the customer complained [7.2]",
            "T-tends: the customer tends to complain: at once [7.3]",
            "T-stops: not solved on the day [7.1]",
        ]
        assert found[0].since == both.complained_at

    def test_before_the_day_is_over_only_who_complains(self):
        assert [one.ticket for one in DESK.phone_now(ALL, LATER)] == ["T-complains", "T-tends"]

    def test_who_was_phoned_since_is_left_in_peace_until_there_is_more(self):
        call = (commands.RecordCall, {"by": AN, "outcome": "已说明"})
        phoned = made("T1", COMPLAIN, call)
        assert DESK.phone_now([phoned], LATER) == ()
        again = DESK.handle(phoned, commands.Write(id="w", by=CUSTOMER, body=THREAT), LATER).ticket
        (owed,) = DESK.phone_now([again], LATER)
        assert [one.reason.clause for one in owed.grounds] == ["7.3"]

    def test_a_closed_ticket_asks_for_no_call(self):
        closed = made("T1", COMPLAIN, (commands.Close, {}))
        assert DESK.phone_now([closed], LATER) == ()

    def test_a_call_settles_what_came_up_until_then_and_nothing_later(self):
        standing = Standing.of(COMPLAINS)
        grounds = [
            CallGround(Reason(ClauseId(clause), Text("…", "…")), NOW + timedelta(minutes=minutes))
            for clause, minutes in (("7.3", 1), ("7.1", 2), ("7.2", 2), ("7.2", 0))
        ]
        for minutes, left in (
            (-1, ["7.2", "7.3", "7.1", "7.2"]),
            (0, ["7.3", "7.1", "7.2"]),
            (2, []),
        ):
            phoned = NOW + timedelta(minutes=minutes)
            case = CallCase(standing=standing, grounds=grounds, phoned_at=phoned)
            owed = phone_now([case], LATER)
            assert [one.reason.clause for case in owed for one in case.grounds] == left

    def test_what_is_no_case_is_refused_by_name(self):
        with pytest.raises(TypeError, match="cases: several CallCase are meant, not str"):
            phone_now("x", NOW)
        with pytest.raises(TypeError, match="cases must be of CallCase, not of str"):
            phone_now(["x"], NOW)

    def test_a_call_to_come_settles_nothing_yet(self):
        standing = Standing(
            ticket="T1", is_complaint=True, is_business_stopping=False, deadline=None, opened_at=NOW
        )
        ground = CallGround(Reason(ClauseId("7.2"), Text("complained", "投诉")), NOW)
        case = CallCase(standing=standing, grounds=[ground], phoned_at=LATER)
        assert [one.ticket for one in phone_now([case], NOW)] == ["T1"]
        assert phone_now([case], LATER) == ()
        assert phone_now([evolve(case, phoned_at=None)], NOW - timedelta(hours=1)) == ()


class TestTendency:
    """7.3: the desk reads the words, or takes what the host found."""

    def test_what_the_host_found_counts_instead(self):
        found = DESK.tendency(TENDS, LATER)
        other = {"T-plain": found}
        assert [one.ticket for one in DESK.order([PLAIN, TENDS], LATER)] == ["T-tends", "T-plain"]
        told = DESK.order([PLAIN, TENDS], LATER, tendencies=other)
        assert [one.ticket for one in told] == ["T-plain", "T-tends"]
        assert DESK.phone_now([PLAIN, TENDS], LATER, tendencies={}) == ()
        (owed,) = DESK.phone_now([PLAIN, TENDS], LATER, tendencies=other)
        assert str(owed) == "T-plain: the customer tends to complain: at once [7.3]"

    def test_without_a_reading_nobody_tends_to_complain(self):
        assert not Standing.of(TENDS).has_tendency
        assert Standing.of(TENDS, has_tendency=True).urgency is Urgency.TENDENCY

    def test_it_goes_first_in_a_queue(self):
        assert DESK.queued(TENDS, LATER).standing.urgency is Urgency.TENDENCY
        assert DESK.queued(PLAIN, LATER).standing.urgency is Urgency.CLOCK
