"""Mistakes of other service desks, each with its reference, and why they cannot happen here."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.calendar import ServiceHours
from ticketrules.clauses import Refusal
from ticketrules.desk import Desk
from ticketrules.errors import CalendarError, NaiveTimeError
from ticketrules.rulebook import Policy
from ticketrules.sla import ClockSet, Promises, Verdict, marketplace_targets
from ticketrules.tickets import SYSTEM, Actor, MessageKind, Role, Status, commands, events

from .stories import at

HOUR = timedelta(hours=1)
AN = Actor(Role.AGENT, "an")
CUSTOMER = Actor(Role.CUSTOMER)
DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""


def after(ticket, now, *several, desk=DESK):
    """The ticket after several commands at one instant, all of them allowed."""
    for command in several:
        outcome = desk.handle(ticket, command, now)
        assert outcome, str(outcome)
        ticket = outcome.ticket
    return ticket


def readings(ticket, now, desk=DESK):
    return {(one.clock, one.cycle): one for one in desk.assess(ticket, now).readings}


class TestMistake1:
    """glpi 10594: a pause counted round the clock against a deadline in working time."""

    def test_a_pause_over_a_night_takes_only_its_service_time(self, tell):
        story = tell(
            "2026-03-02 16:00 customer submitted",
            "2026-03-02 17:00 an escalated_to_platform",
            "2026-03-03 10:00 platform platform_returned",
        )
        # Seventeen hours by the clock on the wall, two of them in service hours.
        reading = story.read("next_reply", "2026-03-03 10:00")
        assert reading.deadline == at("2026-03-03 13:00")
        assert reading.elapsed == HOUR

    @patient
    @given(
        start=st.datetimes(
            datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy wants them naive
            datetime(2026, 11, 1),  # noqa: DTZ001
            timezones=st.just(UTC),
        ),
        amount=st.timedeltas(timedelta(0), timedelta(days=20)),
    )
    def test_what_is_added_is_what_has_elapsed(self, start, amount):
        calendar = DESK.calendar
        assert calendar.elapsed(start, calendar.advance(start, amount)) == amount


class TestMistake2:
    """glpi 6902, 15605: a changed target forgets the pauses that came before the change."""

    LINES = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 10:00 an escalated_to_platform",
        "2026-03-02 16:00 platform platform_returned",
    )

    def test_the_new_target_credits_them(self, tell):
        shorter = Policy(promises=Promises(next_reply=2 * HOUR))
        before = tell(*self.LINES).read("next_reply", "2026-03-02 16:30")
        now = tell(*self.LINES, policy=shorter).read("next_reply", "2026-03-02 16:30")
        assert before.deadline == at("2026-03-03 10:00")
        assert (now.verdict, now.deadline) == (Verdict.RUNNING, at("2026-03-02 17:00"))
        assert before.elapsed == now.elapsed == 1.5 * HOUR

    def test_a_shortened_target_that_is_overrun_already_is_broken_at_its_own_instant(self, tell):
        shorter = Policy(promises=Promises(next_reply=HOUR / 2))
        reading = tell(*self.LINES, policy=shorter).read("next_reply", "2026-03-02 16:30")
        assert reading.verdict is Verdict.BREACHED
        assert reading.breached_at == at("2026-03-02 09:30")
        assert reading.overrun == HOUR

    def test_a_lengthened_target_is_broken_no_longer(self, tell):
        longer = Policy(promises=Promises(first_response=5 * HOUR))
        assert tell(*self.LINES).read("first_response", "2026-03-02 17:00").breached_at is not None
        reading = tell(*self.LINES, policy=longer).read("first_response", "2026-03-02 17:00")
        assert (reading.verdict, reading.remaining) == (Verdict.RUNNING, 3 * HOUR)


class TestMistake3:
    """frappe/helpdesk 3776: paused and resolved in one step, the pause not yet credited."""

    @pytest.mark.parametrize("end", ["an solution_proposed", "customer confirmed", "an resolved"])
    def test_returned_and_solved_in_one_instant(self, tell, end):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:00 customer marked_business_stopping",
            "2026-03-02 10:00 an escalated_to_platform",
            "2026-03-04 16:00 platform platform_returned",
            f"2026-03-04 16:00 {end}",
        )
        reading = story.read("same_day_resolution", "2026-03-05 10:00")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, HOUR)

    def test_held_and_solved_in_one_instant(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:00 customer marked_business_stopping",
            "2026-03-02 18:00 an escalated_to_platform",
            "2026-03-02 18:00 an solution_proposed",
        )
        reading = story.read("same_day_resolution", "2026-03-05 10:00")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, 9 * HOUR)

    def test_solved_while_held(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:00 customer marked_business_stopping",
            "2026-03-02 10:00 an escalated_to_platform",
            "2026-03-04 16:00 an solution_proposed",
        )
        reading = story.read("same_day_resolution", "2026-03-05 10:00")
        assert (reading.verdict, reading.elapsed) == (Verdict.MET, HOUR)

    def test_a_time_without_a_zone_is_refused(self, tell):
        naive = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - the point of the test
        ticket = tell("2026-03-02 09:00 customer submitted").ticket
        with pytest.raises(NaiveTimeError):
            DESK.assess(ticket, naive)
        with pytest.raises(NaiveTimeError):
            DESK.clocks.read(ticket, naive)
        with pytest.raises(NaiveTimeError):
            DESK.handle(ticket, commands.Accept(id="c", by=AN), naive)
        with pytest.raises(NaiveTimeError):
            events.Submitted(id="e", ticket="T1", at=naive, by=CUSTOMER)


class TestMistake4:
    """frappe/helpdesk 2449, erpnext 47029: pause time added to the start or the due date."""

    LINES = (
        "2026-03-06 15:00 customer submitted",
        "2026-03-06 17:00 an escalated_to_platform",
        "2026-03-09 12:00 platform platform_returned",
    )

    def test_the_start_stays_where_it_was(self, tell):
        reading = tell(*self.LINES).read("next_reply", "2026-03-09 12:00")
        assert reading.started_at == at("2026-03-06 15:00")
        assert reading.budget == 4 * HOUR

    def test_the_rest_of_the_budget_counts_from_the_return(self, tell):
        reading = tell(*self.LINES).read("next_reply", "2026-03-09 12:00")
        # 67 hours on the wall added to the first deadline would be the night of the 12th.
        assert reading.deadline == at("2026-03-09 14:00")
        assert reading.remaining == 2 * HOUR

    def test_a_pause_that_took_no_service_time_moves_nothing(self, tell):
        story = tell(
            "2026-03-06 15:00 customer submitted",
            "2026-03-06 18:00 an escalated_to_platform",
            "2026-03-09 09:00 platform platform_returned",
        )
        assert story.read("next_reply", "2026-03-09 09:00").deadline == at("2026-03-09 10:00")


class TestMistake5:
    """zammad 5177: an update clock that runs before the first response."""

    def test_only_the_customers_words_start_a_wait(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:02 system dispatched to=an",
            "2026-03-02 09:03 an accepted",
            "2026-03-02 09:04 an noted",
        )
        (reading,) = story.cycles("next_reply", "2026-03-02 09:10")
        assert (reading.started_by, reading.deadline) == ("e1", at("2026-03-02 13:00"))
        assert story.cycles("resolution_commitment", "2026-03-02 09:10") == []

    def test_the_first_response_ends_the_wait_and_starts_none(self, tell):
        story = tell("2026-03-02 09:00 customer submitted", "2026-03-02 09:05 an replied")
        later = story.readings("2026-03-10 18:00")
        assert {(one.clock, one.verdict) for one in later} == {
            ("first_response", Verdict.MET),
            ("next_reply", Verdict.MET),
        }


class TestMistake6:
    """zammad 3551: a reply that also sets a waiting status cancels the first response."""

    @pytest.mark.parametrize(
        "command",
        [
            commands.RequestFeedback(id="c2", by=AN, reply="请提供域名"),
            commands.ProposeSolution(id="c2", by=AN, reply="已处理，请确认"),
            commands.Escalate(id="c2", by=AN, note="检查网络", reply="请暂不关闭工单"),
        ],
        ids=["feedback", "confirmation", "platform"],
    )
    def test_the_response_is_met_first(self, command):
        now = at("2026-03-02 09:00")
        ticket = after(None, now, commands.Submit(id="c1", by=CUSTOMER, ticket="T1", body="打不开"))
        ticket = after(ticket, now + timedelta(minutes=15), command)
        found = readings(ticket, now + 30 * HOUR)
        assert found["first_response", 1].verdict is Verdict.MET
        assert found["next_reply", 1].verdict is Verdict.MET


class TestMistake7:
    """zammad 1322, 1620, 1880: notes and automatic messages taken for answers."""

    LINES = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:01 system replied automatic=yes",
        "2026-03-02 09:02 an noted",
        "2026-03-02 09:03 customer customer_wrote",
        "2026-03-02 09:04 an accepted",
        "2026-03-02 09:05 an replied automatic=yes",
    )

    def test_none_of_them_is_one(self, tell):
        story = tell(*self.LINES)
        assert story.ticket.first_answered_at is None
        reading = story.read("first_response", "2026-03-02 09:30")
        assert (reading.verdict, reading.breached_at) == (Verdict.BREACHED, at("2026-03-02 09:15"))
        assert story.read("next_reply", "2026-03-02 09:30").started_by == "e1"


class TestMistake8:
    """zammad 5113, freescout 2626, frappe/helpdesk 3465: out-of-office mail reopens tickets."""

    WAITING = (
        "2026-03-02 09:00 customer submitted",
        "2026-03-02 09:05 an replied",
        "2026-03-02 09:05 an solution_proposed",
    )

    @pytest.mark.parametrize("kind", [MessageKind.AUTOMATIC, MessageKind.THANKS])
    def test_the_wait_goes_on_and_nothing_else_starts(self, tell, kind):
        line = f"2026-03-02 11:00 customer customer_wrote kind={kind}"
        plain, written = tell(*self.WAITING), tell(*self.WAITING, line)
        now = "2026-03-05 09:05"
        assert written.ticket.status is Status.AWAITING_CONFIRMATION
        assert written.readings(now) == plain.readings(now)

    @pytest.mark.parametrize("kind", [MessageKind.AUTOMATIC, MessageKind.THANKS])
    def test_a_resolved_ticket_stays_resolved(self, tell, kind):
        story = tell(
            *self.WAITING,
            "2026-03-02 10:00 customer confirmed",
            f"2026-03-02 11:00 customer customer_wrote kind={kind}",
        )
        assert story.ticket.status is Status.RESOLVED
        assert not any(one.is_open for one in story.readings("2026-03-05 09:05"))


class TestMistake9:
    """chatwoot 10178: the wait for an answer goes on after the ticket is resolved."""

    @pytest.mark.parametrize("end", ["an resolved", "customer confirmed", "customer closed"])
    def test_it_ends_with_the_ticket(self, tell, end):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 customer customer_wrote kind=solved",
            f"2026-03-02 10:30 {end}",
        )
        reading = story.cycles("next_reply", "2026-03-20 10:00")[1]
        assert reading.verdict is Verdict.CANCELLED
        assert reading.elapsed == HOUR / 2
        assert not any(one.is_open for one in story.readings("2026-03-20 10:00"))


class TestMistake10:
    """glpi 14492, 15569, 23039, 24194: reminders that ignore the calendar or repeat for ever."""

    def waiting(self):
        now = at("2026-02-13 10:00")
        return after(
            None,
            now,
            commands.Submit(id="c1", by=CUSTOMER, ticket="T1", body="打不开"),
            commands.RequestFeedback(id="c2", by=AN, reply="请提供域名"),
        )

    def test_the_reminder_waits_for_its_working_day(self):
        ticket = self.waiting()
        remind = commands.Remind(id="c3", by=SYSTEM)
        for early in ("2026-02-14 12:00", "2026-02-16 09:00", "2026-02-24 08:59:59.999999"):
            outcome = DESK.handle(ticket, remind, at(early))
            assert isinstance(outcome, Refusal)
            assert [reason.clause for reason in outcome.reasons] == ["9.1"]
        assert DESK.handle(ticket, remind, at("2026-02-24 09:00"))

    def test_it_happens_once_in_a_wait(self):
        ticket = self.waiting()
        ticket = after(ticket, at("2026-02-24 09:00"), commands.Remind(id="c3", by=SYSTEM))
        for again in ("2026-02-24 09:00", "2026-02-25 09:00", "2026-03-20 09:00"):
            assert not DESK.handle(ticket, commands.Remind(id="c4", by=SYSTEM), at(again))


class TestMistake11:
    """zammad 3180, 3706, OCA project 73, osticket 6739, 6847: minutes, days and offsets lost."""

    def test_the_last_minute_of_a_day_counts(self, tell):
        policy = Policy(service_hours=ServiceHours(hours=("00:00-24:00",)))
        story = tell("2026-03-02 23:50 customer submitted", policy=policy)
        assert story.read("first_response", "2026-03-03 00:00").elapsed == timedelta(minutes=10)
        assert story.read("first_response", "2026-03-03 00:00").deadline == at("2026-03-03 00:05")

    @pytest.mark.parametrize(
        "days_off", [("2026-02-15", "2026-02-23"), ("2026-05-01", "2026-05-05")]
    )
    def test_a_holiday_begins_and_ends_on_its_own_days(self, tell, days_off):
        first, last = map(date.fromisoformat, days_off)
        before, later = first - timedelta(days=1), last + timedelta(days=1)
        story = tell(f"{before} 17:50 customer submitted")
        reading = story.read("first_response", f"{later} 09:00")
        assert (reading.elapsed, reading.deadline) == (
            timedelta(minutes=10),
            at(f"{later} 09:05"),
        )

    @pytest.mark.parametrize(
        ("written", "deadline"),
        [
            ("2026-01-30 17:00", "2026-02-02 12:00"),
            ("2026-03-31 16:00", "2026-04-01 11:00"),
            ("2026-02-28 17:00", "2026-03-02 12:00"),
            ("2025-12-31 17:00", "2026-01-04 12:00"),
        ],
    )
    def test_months_and_years_end(self, tell, written, deadline):
        story = tell(f"{written} customer submitted")
        assert story.read("next_reply", written).deadline == at(deadline)

    def test_a_lunch_break_is_no_service_time(self, tell):
        policy = Policy(service_hours=ServiceHours(hours=("09:00-12:00", "13:00-18:00")))
        story = tell("2026-03-02 11:50 customer submitted", policy=policy)
        assert story.read("first_response", "2026-03-02 12:30").deadline == at("2026-03-02 13:05")
        assert story.read("next_reply", "2026-03-02 12:30").deadline == at("2026-03-02 16:50")

    def test_each_day_has_its_own_offset(self):
        policy = Policy(
            service_hours=ServiceHours(zone="America/New_York", days="mon-fri"),
            promises=Promises(next_reply=18 * HOUR),
        )
        targets = marketplace_targets(policy.promises, policy.waiting)
        clocks = ClockSet(policy.name, targets, policy.calendar())
        zone = ZoneInfo("America/New_York")
        # The Friday before the clocks go forward on Sunday, 8 March 2026.
        friday = datetime(2026, 3, 6, 9, 0, tzinfo=zone)
        submitted = events.Submitted(id="e1", ticket="T1", at=friday, by=CUSTOMER)
        ticket = after(None, friday, commands.Submit(id="c", by=CUSTOMER, ticket="T1", body=""))
        assert ticket.opened_at == submitted.at
        monday = datetime(2026, 3, 9, 18, 0, tzinfo=zone)
        for now in (friday, monday):
            deadlines = {one.clock: one.deadline for one in clocks.read(ticket, now)}
            assert deadlines["next_reply"] == monday
        assert monday - friday == timedelta(days=3, hours=9)
        assert monday.astimezone(UTC) - friday.astimezone(UTC) == timedelta(days=3, hours=8)

    def test_a_desk_that_never_opens_is_refused_and_not_searched_for_ever(self, tell):
        with pytest.raises(CalendarError, match="never opens"):
            ServiceHours(hours=())
        with pytest.raises(CalendarError, match="never opens"):
            ServiceHours(days="mon-fri", hours=(), makeup_hours=("09:00-18:00",))
        only_makeup = ServiceHours(days="US", hours=(), makeup_hours=("09:00-18:00",))
        with pytest.raises(CalendarError, match="nothing is open"):
            tell(
                "2026-03-02 09:00 customer submitted", policy=Policy(service_hours=only_makeup)
            ).read("first_response", "2026-03-02 09:00")

    def test_a_sparse_week_reaches_the_next_one(self, tell):
        policy = Policy(service_hours=ServiceHours(days="wed-wed", hours=("10:00-11:00",)))
        story = tell("2026-03-04 10:30 customer submitted", policy=policy)
        reading = story.read("next_reply", "2026-03-04 10:30")
        assert reading.deadline == at("2026-04-01 10:30")


class TestAlsoSeen:
    """Mistakes without a number: see the end of that list."""

    def test_a_breach_between_two_looks_is_found(self, tell):
        story = tell("2026-03-02 09:00 customer submitted", "2026-03-02 09:20 an replied")
        assert story.read("first_response", "2026-03-02 09:10").breached_at is None
        reading = story.read("first_response", "2026-03-02 10:00")
        assert reading.breached_at == at("2026-03-02 09:15")

    def test_days_off_lengthen_the_wall_clock_and_never_the_limit(self, tell):
        story = tell("2026-02-14 17:59 customer submitted")
        reading = story.read("next_reply", "2026-02-24 09:00")
        assert (reading.elapsed, reading.remaining) == (
            timedelta(minutes=1),
            4 * HOUR - timedelta(minutes=1),
        )

    def test_a_closure_across_new_year(self, tell):
        story = tell("2025-12-31 17:59 customer submitted")
        assert story.read("first_response", "2026-01-04 09:00").elapsed == timedelta(minutes=1)
