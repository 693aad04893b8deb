"""7: the order of work and whom to phone, as the desk sees its tickets."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given

from ticketrules import Actor, Policy, Role, commands, marketplace
from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.desk import Desk
from ticketrules.routing import (
    CallCase,
    CallGround,
    Routing,
    Standing,
    Urgency,
    order,
    phone_now,
)

from .desks import NOW, QUEUES, SETTINGS

DESK = marketplace()
CUSTOMER, AN = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "an")


def made(name, *wishes, after=0):
    """A ticket of so many minutes after NOW, with what happened a minute apart."""
    submit = commands.Submit(id="0", by=CUSTOMER, ticket=name, body="打不开")
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
    made("T-tends", after=2),
    made("T-complains", COMPLAIN, after=3),
)
ALL = (PLAIN, OLDER, STOPS, TENDS, COMPLAINS)


class TestOrder:
    """Complaint, tendency, business-stopping, then the clock that runs out first."""

    def test_each_with_its_reason(self):
        found = DESK.order(ALL, LATER, tending=["T-tends"])
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

    def test_settings_weigh_it_otherwise(self):
        settings = Routing(first=("business_stopping", "complaint"), then="oldest")
        desk = Desk(Policy(routing=settings))
        found = desk.order(ALL, LATER, tending=["T-tends"])
        assert [one.ticket for one in found] == [
            "T-stops",
            "T-complains",
            "T-older",
            "T-plain",
            "T-tends",
        ]
        assert [one.urgency_under(settings) for one in found][-1] is Urgency.CLOCK
        assert found[-1].reason_under(settings).clause == "8.1"

    @given(queue=QUEUES, settings=SETTINGS)
    def test_under_any_settings_it_is_total_and_loses_nobody(self, queue, settings):
        standings = [one.standing for one in queue]
        found = order(standings, settings)
        assert sorted(one.ticket for one in found) == sorted(one.ticket for one in standings)
        assert order(reversed(standings), settings) == found
        ranks = [one.rank_under(settings) for one in found]
        assert ranks == sorted(set(ranks))
        assert all(one.reason_under(settings).text.zh for one in found)

    @given(queue=QUEUES)
    def test_what_comes_first_is_the_marketplace_s_setting(self, queue):
        standings = [one.standing for one in queue]
        assert order(standings) == order(standings, Routing())


class TestPhoneNow:
    """7.1, 7.2, 7.3: whom to phone, with the clause; nobody who was phoned since."""

    def test_with_every_ground(self):
        both = made("T-both", COMPLAIN, STOPPING)
        evening = NOW + timedelta(hours=9)
        found = DESK.phone_now([*ALL, both], evening, tending=["T-tends", "T-both"])
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
        assert [one.ticket for one in DESK.phone_now(ALL, LATER)] == ["T-complains"]

    def test_who_was_phoned_since_is_left_in_peace_until_there_is_more(self):
        call = (commands.RecordCall, {"by": AN, "outcome": "已说明"})
        phoned = made("T1", COMPLAIN, call)
        assert DESK.phone_now([phoned], LATER, tending=["T1"]) == ()
        again = DESK.handle(
            phoned, commands.Write(id="w", by=CUSTOMER, body="还是不行！"), LATER
        ).ticket
        (owed,) = DESK.phone_now([again], LATER, tending=["T1"])
        assert [one.reason.clause for one in owed.grounds] == ["7.3"]

    def test_a_closed_ticket_asks_for_no_call(self):
        closed = made("T1", COMPLAIN, (commands.Close, {}))
        assert DESK.phone_now([closed], LATER, tending=["T1"]) == ()

    def test_a_call_to_come_settles_nothing_yet(self):
        standing = Standing(
            ticket="T1", is_complaint=True, is_business_stopping=False, deadline=None, opened_at=NOW
        )
        ground = CallGround(Reason(ClauseId("7.2"), Text("complained", "投诉")), NOW)
        case = CallCase(standing=standing, grounds=[ground], phoned_at=LATER)
        assert [one.ticket for one in phone_now([case], NOW)] == ["T1"]
        assert phone_now([case], LATER) == ()
        assert phone_now([evolve(case, phoned_at=None)], NOW - timedelta(hours=1)) == ()


class TestTendencyInTheQueue:
    """A tendency known to the host weighs in the order of a queue too."""

    @pytest.mark.parametrize("tends", [True, False])
    def test_it_goes_first(self, tends):
        one, other = DESK.queued(PLAIN, LATER), DESK.queued(TENDS, LATER)
        other = evolve(other, standing=evolve(other.standing, has_tendency=tends))
        first = min((one, other), key=lambda queued: queued.standing.rank)
        assert first.ticket == ("T-tends" if tends else "T-plain")
