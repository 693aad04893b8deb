"""Verdicts under the policy of the day and under today's, side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ticketrules import (
    Actor,
    Chronicle,
    ClauseId,
    Desk,
    Policy,
    PolicyHistory,
    Role,
    ServiceHours,
    Text,
    Verdict,
    commands,
    evaluate,
    events,
    replay,
)
from ticketrules.errors import HistoryError, PolicyError
from ticketrules.sla import On, Promises, ServiceTime, SlaPolicy, Target, phone_customer

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

    def test_a_policy_of_another_chronicle_is_refused_by_name(self):
        chronicle = Chronicle(PolicyHistory((OLD, NEW)))
        with pytest.raises(PolicyError, match=r"'new': not in this chronicle.*'old', 'new'"):
            chronicle.desk(RETROACTIVE)

    def test_a_policy_read_anew_is_the_same_policy(self):
        assert Chronicle([OLD]).desk(Policy(name="old")) == Chronicle([OLD]).desk(OLD)

    def test_it_needs_a_policy(self):
        with pytest.raises(PolicyError, match="needs at least one"):
            Chronicle([])

    def test_a_ticket_of_the_future_does_not_exist_yet(self):
        with pytest.raises(HistoryError, match="does not exist yet"):
            Chronicle(PolicyHistory((OLD,))).assess(
                answered_after(10), TUESDAY - timedelta(hours=1)
            )


def event_at(change: datetime):
    return events.Noted(id="9", ticket="T-1", at=change + timedelta(minutes=1), by=AGENT)


def own(minutes: int, name: str = "own") -> SlaPolicy:
    """A host's own policy: a first answer within so many minutes."""
    target = Target(
        id="answer",
        clause=ClauseId("8.1"),
        label=Text("first answer", "首次答复"),
        budget=ServiceTime(timedelta(minutes=minutes)),
        starts=(On(events.Submitted),),
        stops=(On(events.Replied),),
        on_breach=(phone_customer,),
    )
    return SlaPolicy(name=name, targets=(target,))


class TestAHostsOwnPolicies:
    """A host's own ``SlaPolicy`` is evaluated like the marketplace's; it comes and goes by date."""

    def test_evaluated_alone_or_several(self):
        history = answered_after(10).history
        (strict,) = evaluate(history, own(5), AFTER)
        assert (strict.clock, strict.verdict) == ("answer", Verdict.BREACHED)
        nobody = SlaPolicy(name="nobody", targets=(), matches=lambda _ticket: False)
        (lax,) = evaluate(history, [nobody, own(15)], AFTER)
        assert (lax.policy, lax.verdict) == ("own", Verdict.MET)

    def test_evaluated_by_a_desk_in_its_own_calendar(self):
        early = Policy(service_hours=ServiceHours(hours=("09:00-09:34",)))
        (reading,) = evaluate(answered_after(10).history, Desk(early, (own(5),)), AFTER)
        assert (reading.elapsed, reading.verdict) == (timedelta(minutes=4), Verdict.MET)

    def test_of_policies_over_time_the_one_that_rules_the_ticket_judges_it(self):
        chronicle = Chronicle([Desk(OLD, (own(15),)), Desk(NEW, (own(5),))])
        old, new = answered_after(10), answered_after(10, TUESDAY + timedelta(days=1))
        assert [one.verdict for one in evaluate(old.history, chronicle, AFTER)] == [Verdict.MET]
        assert [one.verdict for one in evaluate(new.history, chronicle, AFTER)] == [
            Verdict.BREACHED
        ]
        (flip,) = chronicle.assess(old, AFTER).flips
        assert (flip.clock, flip.then, flip.today) == ("answer", Verdict.MET, Verdict.BREACHED)

    def test_a_history_of_policies_will_do(self):
        ticket = answered_after(10)
        policies = PolicyHistory((OLD, RETROACTIVE))
        assert evaluate(ticket.history, policies, AFTER) == Desk(RETROACTIVE).clocks.read(
            ticket, AFTER
        )

    def test_what_fell_due_before_the_change_stays_due(self):
        chronicle = Chronicle([Desk(OLD, (own(15, "o"),)), Desk(RETROACTIVE, (own(5, "n"),))])
        submit = commands.Submit(id="1", by=CUSTOMER, ticket="T-1", body="打不开")
        ticket = chronicle.desk(OLD).handle(None, submit, TUESDAY).ticket
        change = RETROACTIVE.effective_at
        assert chronicle.next_wakeup(ticket, TUESDAY + timedelta(hours=1)) == change
        assert [(due.key, due.at) for due in chronicle.due(ticket, AFTER)] == [
            ("T-1:n:answer:1:breach:1", TUESDAY + timedelta(minutes=5)),
            ("T-1:o:answer:1:breach:1", TUESDAY + timedelta(minutes=15)),
        ]

    def test_what_somebody_has_done_since_the_change_is_judged_by_the_new_one_alone(self):
        chronicle = Chronicle([Desk(OLD, (own(15, "o"),)), Desk(RETROACTIVE, (own(5, "n"),))])
        ticket = answered_after(10)
        noted = replay([*ticket.history, event_at(RETROACTIVE.effective_at)])
        (due,) = chronicle.due(noted, AFTER)
        assert due.key == "T-1:n:answer:1:breach:1"

    @pytest.mark.parametrize("policies", [["own"], [OLD], ("own",)])
    def test_anything_else_is_refused(self, policies):
        with pytest.raises(TypeError, match="promises must be a tuple of SlaPolicy"):
            evaluate(answered_after(10).history, policies, AFTER)
