"""Verdicts under the policy of the day and under today's, side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ticketrules import Actor, Chronicle, Policy, PolicyHistory, Role, Verdict, commands
from ticketrules.errors import HistoryError
from ticketrules.sla import Promises

STRICT = Promises(first_response=timedelta(minutes=5))
OLD = Policy(name="old")
NEW = Policy(name="new", effective_from=date(2026, 7, 1), promises=STRICT)
RETROACTIVE = Policy(name="new", effective_from=date(2026, 7, 1), promises=STRICT, retroactive=True)
CUSTOMER, AGENT = Actor(Role.CUSTOMER, "c-7"), Actor(Role.AGENT, "li")
TUESDAY = datetime(2026, 6, 30, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
AFTER = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)


def answered_after(minutes: int, submitted: datetime = TUESDAY):
    """A ticket answered so many service minutes after its submission."""
    desk = Chronicle(PolicyHistory((OLD,))).desk(OLD)
    submit = commands.Submit(id="1", by=CUSTOMER, ticket="T-1", body="打不开")
    ticket = desk.handle(None, submit, submitted).ticket
    reply = commands.Reply(id="2", by=AGENT, reply="您好，收到")
    return desk.handle(ticket, reply, submitted + timedelta(minutes=minutes)).ticket


class TestSideBySide:
    def test_a_ticket_keeps_its_policy_and_today_is_told_beside_it(self):
        seen = Chronicle(PolicyHistory((OLD, NEW))).assess(answered_after(10), AFTER)
        assert (seen.then_policy, seen.today_policy) == (OLD, NEW)
        assert [(f.clock, f.cycle, f.then, f.today) for f in seen.flips] == [
            ("first_response", 1, Verdict.MET, Verdict.BREACHED)
        ]
        assert seen.then.ticket == seen.today.ticket

    def test_before_the_new_one_comes_both_are_the_same(self):
        seen = Chronicle(PolicyHistory((OLD, NEW))).assess(
            answered_after(10), TUESDAY + timedelta(hours=1)
        )
        assert seen.then_policy is seen.today_policy is OLD
        assert (seen.flips, seen.then) == ((), seen.today)

    def test_a_retroactive_policy_rules_what_was_open(self):
        chronicle = Chronicle(PolicyHistory((OLD, RETROACTIVE)))
        ticket = answered_after(10)
        seen = chronicle.assess(ticket, AFTER)
        assert seen.then_policy is RETROACTIVE
        assert seen.flips == ()
        assert chronicle.desk_of(ticket, AFTER).policy is RETROACTIVE
        assert chronicle.desk_of(ticket, TUESDAY + timedelta(hours=1)).policy is OLD

    def test_a_retroactive_policy_leaves_alone_what_was_closed(self):
        chronicle = Chronicle(PolicyHistory((OLD, RETROACTIVE)))
        ticket = answered_after(10)
        close = commands.Close(id="9", by=CUSTOMER)
        closed = chronicle.desk(OLD).handle(ticket, close, TUESDAY + timedelta(hours=1)).ticket
        assert chronicle.assess(closed, AFTER).then_policy is OLD
        assert chronicle.assess(ticket, AFTER).then_policy is RETROACTIVE

    def test_a_ticket_of_today_has_one_verdict(self):
        wednesday = TUESDAY + timedelta(days=1)
        seen = Chronicle(PolicyHistory((OLD, NEW))).assess(answered_after(10, wednesday), AFTER)
        assert seen.then_policy is seen.today_policy is NEW
        assert seen.then.readings[0].verdict is Verdict.BREACHED

    def test_a_clock_that_only_one_of_them_has(self):
        none = Policy(
            name="none",
            effective_from=date(2026, 7, 1),
            promises=Promises(same_day_resolution=False),
        )
        desk = Chronicle(PolicyHistory((OLD,))).desk(OLD)
        mark = commands.MarkBusinessStopping(id="3", by=AGENT)
        at = TUESDAY + timedelta(hours=1)
        ticket = desk.handle(answered_after(10), mark, at).ticket
        flips = Chronicle(PolicyHistory((OLD, none))).assess(ticket, AFTER).flips
        assert [(f.clock, f.then, f.today) for f in flips] == [
            ("same_day_resolution", Verdict.BREACHED, None)
        ]

    def test_a_ticket_of_the_future_does_not_exist_yet(self):
        with pytest.raises(HistoryError, match="does not exist yet"):
            Chronicle(PolicyHistory((OLD,))).assess(
                answered_after(10), TUESDAY - timedelta(hours=1)
            )
