"""Clause 8.4: timeliness and satisfaction are recorded, by provider and by agent."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Actor, Role, TicketRulesError, events, marketplace, replay
from ticketrules.errors import NaiveTimeError
from ticketrules.reports import Reporting, scorecards, tendencies_by

from .lives import MINUTES, START, at, desks_of_tickets, told

DESK = marketplace()
MONDAY = "2026-03-02"
DAY = at(f"{MONDAY} 00:00"), at("2026-03-03 00:00")
TAKEN = ("09:00 customer submitted", "09:05 an accepted", "09:05 an replied")
FIELDS = ("met", "breached", "cancelled", "open")


def clause(card, clock):
    """The counts of one clock on a card: met, breached, cancelled, open."""
    (one,) = [score for score in card.clauses if score.clock == clock]
    return one.met, one.breached, one.cancelled, one.open


def cards(*tickets, start=DAY[0], end=DAY[1], **more):
    return scorecards(tickets, start, end, DESK, **more)


class TestWhoIsCredited:
    """Whoever had the ball."""

    def test_a_breach_is_of_the_holder_at_its_instant_not_of_who_answered(self):
        found = cards(
            told(
                "T",
                MONDAY,
                "09:00 customer submitted",
                "09:01 system dispatched to=an",
                "09:20 an transferred to=bo",
                "09:30 bo replied",
            )
        )
        assert clause(found.agent("an"), "first_response") == (0, 1, 0, 0)
        assert clause(found.agent("bo"), "first_response") == (0, 0, 0, 0)
        assert clause(found.agent("bo"), "next_reply") == (1, 0, 0, 0)

    def test_whoever_gets_it_at_the_deadline_has_the_breach(self):
        found = cards(
            told(
                "T",
                MONDAY,
                "09:00 customer submitted",
                "09:01 system dispatched to=an",
                "09:15 system dispatched to=bo",
            )
        )
        assert clause(found.agent("bo"), "first_response") == (0, 1, 0, 0)

    def test_a_breach_before_anybody_has_it_is_nobodys_but_the_providers(self):
        found = cards(told("T", MONDAY, "09:00 customer submitted", group="east"))
        assert clause(found.agent(None), "first_response") == (0, 1, 0, 0)
        assert clause(found.provider("east"), "first_response") == (0, 1, 0, 0)

    def test_an_answer_is_its_authors(self):
        found = cards(
            told(
                "T",
                MONDAY,
                "09:00 customer submitted",
                "09:01 system dispatched to=an",
                "09:10 bo replied",
            )
        )
        assert clause(found.agent("bo"), "first_response") == (1, 0, 0, 0)
        assert found.agent("bo").response[50] == timedelta(minutes=10)
        assert found.agent("an").response.count == 0

    def test_an_answer_without_a_name_is_the_holders(self):
        ticket = told("T", MONDAY, "09:00 customer submitted", "09:01 system dispatched to=an")
        nameless = events.Replied(
            id="e3", ticket="T", at=at(f"{MONDAY} 09:10"), by=Actor(Role.AGENT)
        )
        found = cards(replay([*ticket.history, nameless]))
        assert found.agent("an").response[50] == timedelta(minutes=10)

    def test_what_changes_nothing_on_a_ticket_changes_no_card(self):
        lines = ("09:00 customer submitted", "09:01 system dispatched to=an", "09:10 an replied")
        noted = told("T", MONDAY, *lines, "09:20 an noted", "09:30 an noted")
        assert cards(noted).agent("an") == cards(told("T", MONDAY, *lines)).agent("an")

    def test_the_platforms_answer_is_nobodys(self):
        found = cards(
            told("T", MONDAY, "09:00 customer submitted", "09:10 platform replied", group="east")
        )
        assert clause(found.agent(None), "first_response") == (1, 0, 0, 0)
        assert clause(found.provider(None), "first_response") == (1, 0, 0, 0)
        assert clause(found.provider("east"), "first_response") == (0, 0, 0, 0)

    def test_a_promise_that_breaks_while_the_platform_has_it_is_nobodys(self):
        found = cards(
            told(
                "T",
                MONDAY,
                *TAKEN,
                f"09:06 an resolution_promised promised_for={MONDAY}T11:00",
                "09:10 an escalated_to_platform",
                group="east",
            )
        )
        assert clause(found.agent("an"), "promised_time") == (0, 0, 0, 0)
        assert clause(found.agent(None), "promised_time") == (0, 1, 0, 0)
        assert clause(found.provider("east"), "promised_time") == (0, 0, 0, 0)

    def test_what_the_system_keeps_is_nobodys(self):
        found = cards(
            told(
                "T",
                MONDAY,
                *TAKEN,
                "09:06 an feedback_requested",
            )
        )
        assert clause(found.agent("an"), "feedback_lapse") == (0, 0, 0, 0)
        assert clause(found.agent(None), "feedback_lapse") == (0, 0, 0, 1)
        assert found.total.kept.of == 2  # 8.1 and 8.3; what the system keeps is on no share

    def test_ratings_complaints_and_reopenings_are_of_whoever_had_it_then(self):
        found = cards(
            told(
                "T",
                MONDAY,
                *TAKEN,
                "09:10 customer complained",
                "09:11 customer complained",
                "09:20 an transferred to=bo",
                "09:40 bo replied",
                "09:41 bo solution_proposed",
                "10:00 customer rejected",
                "10:10 bo replied",
                "10:11 bo solution_proposed",
                "10:20 customer confirmed",
                "10:30 customer closed rating=5",
            )
        )
        an, bo = found.agent("an"), found.agent("bo")
        assert (an.complaints, bo.complaints) == (1, 0)
        assert (an.complaints_per_hundred, bo.complaints_per_hundred) == (100.0, 0.0)
        assert (an.reopenings, bo.reopenings) == (0, 1)
        assert (an.transfers_out, an.transfers_in) == (1, 0)
        assert (bo.transfers_out, bo.transfers_in) == (0, 1)
        assert dict(bo.ratings) == {1: 0, 2: 0, 3: 0, 4: 0, 5: 1}
        assert (bo.satisfaction.hits, bo.satisfaction.of, bo.mean_rating) == (1, 1, 5.0)
        assert (an.tickets, bo.tickets, found.total.tickets) == (1, 1, 1)

    def test_tendencies_are_counted_where_somebody_looks(self):
        ticket = told("T", MONDAY, "09:00 customer submitted", "09:01 system dispatched to=an")
        assert cards(ticket).agent("an").tendencies is None
        seen = [at(f"{MONDAY} 09:30"), at("2026-03-03 09:30")]
        found = cards(ticket, tendencies_of=lambda _ticket: seen)
        assert found.agent("an").tendencies == 1
        assert found.agent("an").tendencies_per_hundred == 100.0

    def test_a_tendency_is_read_in_the_words(self):
        angry = told(
            "T",
            MONDAY,
            "09:00 customer submitted body=网站打不开了",
            "09:01 system dispatched to=an",
            "09:05 an replied body=您好",
            "09:20 an transferred to=bo",
            "09:30 customer customer_wrote body=再不处理我就去12315投诉你们",
            "09:40 customer customer_wrote body=我要去12315投诉",
        )
        calm = told("C", MONDAY, "09:00 customer submitted body=请问怎么续费")
        assert list(tendencies_by(DESK)(angry)) == [at(f"{MONDAY} 09:30")]
        found = cards(angry, calm, tendencies_of=tendencies_by(DESK))
        assert [(one.subject, one.tendencies) for one in found.agents] == [
            ("an", 0),
            ("bo", 1),
            (None, 0),
        ]
        assert found.total.tendencies_per_hundred == 50.0


class TestWhatTakesHowLong:
    """Service time, of the desk's own doing."""

    LIFE = (
        "2026-02-27 17:00 customer submitted",
        "09:30 an accepted",
        "09:30 an replied",
        "09:30 an feedback_requested",
        "13:00 customer customer_wrote",
        "13:20 an replied",
        "13:30 an escalated_to_platform",
        "15:00 platform platform_returned",
        "15:10 an replied",
        "15:10 an solution_proposed",
        "15:30 customer customer_wrote",
        "15:40 an replied",
        "15:45 an solution_proposed",
    )

    def test_response_counts_from_submission_in_service_time(self):
        # Friday 17:00 to 18:00; Saturday is a make-up day (28 February 2026): nine hours; Monday.
        an = cards(told("T", MONDAY, *self.LIFE)).agent("an")
        assert an.response[95] == timedelta(hours=1 + 9, minutes=30)

    def test_solution_leaves_the_customers_and_the_platforms_time_out(self):
        an = cards(told("T", MONDAY, *self.LIFE)).agent("an")
        first = timedelta(hours=10, minutes=30) + timedelta(minutes=30) + timedelta(minutes=10)
        again = timedelta(minutes=15)
        assert an.solution.count == 2
        assert (an.solution[50], an.solution[95]) == (again, first)


class TestPeriod:
    """Half-open: what happens at its end belongs to the next one."""

    TICKET = told(
        "T",
        MONDAY,
        "09:00 customer submitted",
        "09:01 system dispatched to=an",
        "09:30 an replied",
        "09:30 an transferred to=bo",
    )

    def test_a_breach_belongs_where_it_happened_not_where_it_was_answered(self):
        early = cards(self.TICKET, end=at(f"{MONDAY} 09:20"))
        late = cards(self.TICKET, start=at(f"{MONDAY} 09:20"))
        assert clause(early.total, "first_response") == (0, 1, 0, 0)
        assert clause(late.total, "first_response") == (0, 0, 0, 0)
        assert late.before == 1

    def test_a_breach_at_the_border_is_in_the_second(self):
        border = at(f"{MONDAY} 09:15")
        assert clause(cards(self.TICKET, end=border).total, "first_response") == (0, 0, 0, 1)
        assert clause(cards(self.TICKET, start=border).total, "first_response") == (0, 1, 0, 0)

    def test_an_event_at_the_border_is_in_the_second(self):
        border = at(f"{MONDAY} 09:30")
        early, late = cards(self.TICKET, end=border), cards(self.TICKET, start=border)
        assert (early.total.transfers_out, late.total.transfers_out) == (0, 1)
        assert clause(early.total, "next_reply") == (0, 0, 0, 1)
        assert clause(late.total, "next_reply") == (1, 0, 0, 0)
        assert (early.total.response.count, late.total.response.count) == (0, 1)

    def test_what_was_over_before_counts_nowhere(self):
        over = told(
            "T",
            MONDAY,
            *TAKEN,
            "09:10 an solution_proposed",
            "09:20 an resolved",
            "09:30 customer rejected",
            "09:40 an replied",
            "09:41 an solution_proposed",
            "09:50 customer confirmed",
            "10:00 customer closed rating=4",
        )
        then = cards(over).total
        assert (then.tickets, then.reopenings, then.solution.count) == (1, 1, 2)
        assert sum(score.cycles for score in then.clauses) > 0
        found = cards(over, start=at(f"{MONDAY} 12:00"))
        assert (found.total.tickets, found.total.reopenings, found.total.solution.count) == (
            0,
            0,
            0,
        )
        assert (found.agents, found.providers) == ((), ())
        assert sum(score.cycles for score in found.total.clauses) == 0
        assert found.before == sum(score.cycles for score in then.clauses)

    def test_a_ticket_of_later_is_not_yet_there(self):
        assert cards(self.TICKET, start=START, end=DAY[0]).not_yet == 1

    def test_who_holds_nothing_in_it_has_no_card(self):
        with pytest.raises(TicketRulesError, match="no agent 'zed' in this period; there is 'an'"):
            cards(self.TICKET).agent("zed")
        with pytest.raises(TicketRulesError, match="no provider 'north' in this period"):
            cards(self.TICKET).provider("north")


class TestBadInput:
    def test_a_period_that_ends_before_it_starts(self):
        with pytest.raises(TicketRulesError, match=r"the period ends at .* not after its start"):
            scorecards([], DAY[1], DAY[0], DESK)
        with pytest.raises(TicketRulesError, match="not after its start"):
            scorecards([], DAY[0], DAY[0], DESK)

    def test_times_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            scorecards([], datetime(2026, 3, 2), DAY[1], DESK)  # noqa: DTZ001 - the point

    def test_times_of_different_zones_are_one_time(self):
        ticket = TestPeriod.TICKET
        local = DAY[0].astimezone(DESK.calendar.zone)
        assert scorecards([ticket], local, DAY[1], DESK) == cards(ticket)

    def test_a_ticket_twice(self):
        with pytest.raises(TicketRulesError, match="'T' comes twice"):
            cards(TestPeriod.TICKET, TestPeriod.TICKET)

    @pytest.mark.parametrize(
        "odd",
        [{"confidence": 1.0}, {"confidence": 95}, {"percentiles": (90, 50)}, {"percentiles": (0,)}],
    )
    def test_settings_that_cannot_be(self, odd):
        with pytest.raises(TicketRulesError, match=next(iter(odd))):
            Reporting(**odd)


def totals(several, field):
    """One count of every clock, over some cards."""
    found = Counter()
    for card in several:
        for score in card.clauses:
            found[score.clock] += getattr(score, field)
    return +found


class TestLaws:
    """Nothing is counted twice, and everything is accounted for."""

    @settings(max_examples=60, deadline=None)
    @given(desks_of_tickets(), MINUTES, st.integers(1, 20 * 1440))
    def test_cards_add_up_to_the_total(self, tickets, start, minutes):
        found = scorecards(tickets, start, start + timedelta(minutes=minutes), DESK)
        for several in (found.agents, found.providers):
            for field in FIELDS:
                assert totals(several, field) == totals([found.total], field)
            for name in (
                "complaints",
                "reopenings",
                "transfers_in",
                "transfers_out",
            ):
                assert sum(getattr(one, name) for one in several) == getattr(found.total, name)
            for name in ("response", "solution"):
                assert (
                    sum(getattr(one, name).count for one in several)
                    == getattr(found.total, name).count
                )
            assert sum(one.satisfaction.of for one in several) == found.total.satisfaction.of

    @settings(max_examples=60, deadline=None)
    @given(desks_of_tickets(), MINUTES, st.integers(1, 20 * 1440))
    def test_every_cycle_is_on_one_card_or_was_settled_before(self, tickets, start, minutes):
        end = start + timedelta(minutes=minutes)
        found = scorecards(tickets, start, end, DESK)
        last = end - timedelta(microseconds=1)
        cycles = sum(len(DESK.clocks.read(one, last)) for one in tickets)
        assert sum(score.cycles for score in found.total.clauses) + found.before == cycles

    @settings(max_examples=60, deadline=None)
    @given(desks_of_tickets(), st.lists(MINUTES, min_size=3, max_size=3, unique=True).map(sorted))
    def test_two_periods_make_the_one_that_they_are(self, tickets, cuts):
        start, middle, end = cuts
        first = scorecards(tickets, start, middle, DESK)
        second = scorecards(tickets, middle, end, DESK)
        whole = scorecards(tickets, start, end, DESK)
        for field in ("met", "breached", "cancelled"):
            parts = totals([first.total, second.total], field)
            assert parts == totals([whole.total], field)
            halves = {one.subject for one in (*first.agents, *second.agents)}
            for agent in halves:
                mine = [one for one in (*first.agents, *second.agents) if one.subject == agent]
                assert totals(mine, field) == totals([whole.agent(agent)], field)
        for name in ("complaints", "reopenings", "transfers_in", "transfers_out"):
            both = getattr(first.total, name) + getattr(second.total, name)
            assert both == getattr(whole.total, name)

    @settings(max_examples=30, deadline=None)
    @given(desks_of_tickets(), MINUTES)
    def test_the_order_of_the_tickets_does_not_matter(self, tickets, start):
        end = start + timedelta(days=9)
        assert scorecards(tickets, start, end, DESK) == scorecards(tickets[::-1], start, end, DESK)

    @settings(max_examples=40, deadline=None)
    @given(desks_of_tickets(), MINUTES)
    def test_whoever_has_a_credit_has_a_ticket(self, tickets, start):
        found = scorecards(tickets, start, start + timedelta(days=9), DESK)
        for card in (found.total, *found.agents, *found.providers):
            assert card.tickets <= len(tickets)
            if card.complaints or card.kept.of or card.response.count:
                assert card.tickets


class TestShown:
    def test_both_languages(self):
        found = cards(TestPeriod.TICKET)
        assert "[2026-03-02 00:00, 2026-03-03 00:00)" in found.text()
        assert "达标率" in found.text("zh")
        assert "无人" in found.html("zh")
        assert found._repr_html_().startswith("<div")

    def test_names_are_escaped(self):
        ticket = told("T", MONDAY, "09:00 customer submitted", "09:01 system dispatched to=<i>")
        assert "&lt;i&gt;" in cards(ticket).html()
        assert "<i>" not in cards(ticket).html()

    def test_an_empty_period_can_be_shown(self):
        assert "[2026" in cards().text()
        assert "<table" in cards().html()
