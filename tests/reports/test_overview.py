"""Clause 2.1: how many tickets in each status, and which need a hand now."""

from collections import Counter
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from ticketrules import Desk, Policy, Status, TicketRulesError, Urgency, marketplace
from ticketrules.errors import NaiveTimeError
from ticketrules.reports import Reporting, overview, overview_by_provider
from ticketrules.routing import Routing
from ticketrules.tickets import WAITING

from .lives import INSTANTS, at, desks_of_tickets, told

DESK = marketplace()
MONDAY = "2026-03-02"
LIVES = [
    told("fresh", MONDAY, "10:25 customer submitted", group="east"),
    told("late", MONDAY, "09:00 customer submitted", "09:01 system dispatched to=an", group="east"),
    told(
        "asked",
        MONDAY,
        "09:00 customer submitted",
        "09:05 an replied",
        "09:05 an accepted",
        "09:06 an feedback_requested",
        group="west",
    ),
    told(
        "solved",
        MONDAY,
        "2026-02-27 09:00 customer submitted",
        "2026-02-27 09:05 an accepted",
        "2026-02-27 09:05 an replied",
        "2026-02-27 09:06 an solution_proposed",
        group="west",
    ),
    told(
        "platform",
        MONDAY,
        "09:00 customer submitted",
        "09:05 an accepted",
        "09:05 an replied",
        "09:06 an escalated_to_platform",
        group="west",
    ),
    told(
        "angry",
        MONDAY,
        "09:00 customer submitted",
        "09:02 an accepted",
        "09:05 an replied",
        "09:07 customer complained",
        "09:08 customer customer_wrote",
        group="west",
    ),
    told("closed", MONDAY, "09:00 customer submitted", "09:10 customer closed", group="west"),
    told("tomorrow", MONDAY, "2026-03-03 09:00 customer submitted", group="west"),
]
NOW = at(f"{MONDAY} 10:30")


def ids(lines):
    return [line.ticket for line in lines]


class TestAtAGlance:
    """Given a small desk at half past ten on a Monday."""

    SEEN = overview(LIVES, NOW, DESK)

    def test_how_many_in_each_status(self):
        assert {one: n for one, n in self.SEEN.by_status.items() if n} == {
            Status.NEW: 2,
            Status.IN_PROGRESS: 2,
            Status.AWAITING_FEEDBACK: 1,
            Status.AWAITING_CONFIRMATION: 1,
            Status.CLOSED: 1,
        }
        assert list(self.SEEN.by_status) == list(Status)
        assert (self.SEEN.tickets, self.SEEN.not_yet) == (7, 1)

    def test_which_need_a_hand_in_the_order_of_work(self):
        assert ids(self.SEEN.need_hand) == ["angry", "late", "fresh"]
        assert self.SEEN.by_urgency[Urgency.COMPLAINT] == 1
        assert self.SEEN.by_urgency[Urgency.CLOCK] == 2

    def test_what_is_due_within_the_hour_and_what_is_late(self):
        assert ids(self.SEEN.due_soon) == ["fresh"]
        assert ids(self.SEEN.breached) == ["late"]

    def test_the_hour_is_a_setting(self):
        wide = overview(LIVES, NOW, DESK, settings=Reporting(due_within=timedelta(hours=4)))
        assert ids(wide.due_soon) == ["angry", "late", "fresh"]

    def test_the_hour_is_of_service_time(self):
        friday = told("F", "2026-03-06", "17:50 customer submitted")
        (line,) = overview([friday], at("2026-03-07 12:00"), DESK).due_soon
        assert line.needs[0].due_at == at("2026-03-09 09:05")

    def test_waiting_for_the_customer_and_when_each_lapses(self):
        assert [
            (one.ticket, one.reminder_at, one.lapses_at, one.is_due) for one in self.SEEN.waiting
        ] == [
            ("solved", None, at("2026-03-03 09:06"), False),
            ("asked", at("2026-03-04 09:00"), at("2026-03-11 09:06"), False),
        ]

    def test_a_lapse_that_the_system_owes_is_due(self):
        seen = overview(LIVES[3:4], at("2026-03-03 09:06"), DESK)
        assert [one.is_due for one in seen.waiting] == [True]

    def test_a_customer_without_an_answer_does_not_lapse(self):
        waiting = told(
            "W",
            MONDAY,
            "09:00 customer submitted",
            "09:05 an accepted",
            "09:06 an feedback_requested",
        )
        (line,) = overview([waiting], NOW, DESK).waiting
        assert (line.reminder_at, line.lapses_at, line.is_due) == (None, None, False)

    def test_who_has_them(self):
        assert self.SEEN.unassigned == ("fresh",)
        assert self.SEEN.with_platform == ("platform",)

    def test_where_histories_depart(self):
        early = told("E", MONDAY, "09:00 customer submitted", "09:01 an solution_proposed")
        seen = overview([early, *LIVES], NOW, DESK)
        assert seen.departed == ("E",)
        assert dict(seen.departures) == {"5.4": 1}


class TestTendency:
    """The desk reads the words (7.3), as it does for the order of work."""

    ANGRY = told("angrier", MONDAY, "10:29 customer submitted body=再不处理我就去12315投诉你们")

    def test_who_tends_to_complain_goes_before_the_clocks(self):
        seen = overview([*LIVES, self.ANGRY], NOW, DESK)
        assert ids(seen.need_hand)[:2] == ["angry", "angrier"]
        assert seen.by_urgency[Urgency.TENDENCY] == 1
        by_provider = overview_by_provider([self.ANGRY], NOW, DESK)
        assert by_provider[None].by_urgency[Urgency.TENDENCY] == 1

    def test_the_host_may_have_read_them_already(self):
        none = overview([self.ANGRY], NOW, DESK, tendencies={})
        assert none.by_urgency[Urgency.TENDENCY] == 0
        found = {"fresh": DESK.tendency(self.ANGRY, NOW)}
        seen = overview(LIVES, NOW, DESK, tendencies=found)
        assert ids(seen.need_hand)[:2] == ["angry", "fresh"]

    def test_it_has_the_order_of_the_desk(self):
        tickets = [one for one in [*LIVES, self.ANGRY] if one.opened_at <= NOW]
        needing = ids(overview(tickets, NOW, DESK).need_hand)
        ordered = [one.ticket for one in DESK.order(tickets, NOW)]
        assert needing == [ticket for ticket in ordered if ticket in needing]

    def test_the_policys_order_counts(self):
        policy = Policy(routing=Routing(first=("business_stopping",)))
        seen = overview(LIVES, NOW, Desk(policy))
        assert ids(seen.need_hand) == ["late", "fresh", "angry"]
        assert seen.by_urgency[Urgency.COMPLAINT] == 0


class TestProviders:
    """Several providers, each with an overview and perhaps a desk of its own."""

    def test_each_ticket_is_in_one(self):
        found = overview_by_provider(LIVES, NOW, DESK)
        assert list(found) == ["east", "west"]
        assert found["east"] == overview(LIVES[:2], NOW, DESK)

    def test_each_may_have_its_own_desk(self):
        round_the_clock = Desk(Policy(name="other"))
        found = overview_by_provider(
            LIVES, NOW, {"east": DESK, "west": round_the_clock}, provider_of=lambda one: one.group
        )
        assert sum(one.tickets for one in found.values()) == 7

    def test_nobodys_come_last(self):
        stray = told("stray", MONDAY, "09:00 customer submitted")
        assert list(overview_by_provider([stray, *LIVES], NOW, DESK)) == ["east", "west", None]

    def test_a_provider_without_a_desk_is_named(self):
        with pytest.raises(TicketRulesError, match="'asked' is of provider 'west', who has no"):
            overview_by_provider(LIVES, NOW, {"east": DESK})


class TestBadInput:
    def test_a_time_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            overview(LIVES, datetime(2026, 3, 2), DESK)  # noqa: DTZ001 - that is the point

    def test_a_ticket_twice(self):
        with pytest.raises(TicketRulesError, match="'fresh' comes twice"):
            overview([*LIVES, LIVES[0]], NOW, DESK)

    @pytest.mark.parametrize("within", [timedelta(0), 60])
    def test_an_hour_that_is_none(self, within):
        with pytest.raises(TicketRulesError, match="due_within must be an amount"):
            Reporting(due_within=within)

    def test_a_language_that_it_does_not_speak(self):
        with pytest.raises(TicketRulesError, match="lang must be 'en' or 'zh'"):
            overview(LIVES, NOW, DESK).text("fr")


class TestLaws:
    """Nothing is lost, and nothing is counted twice."""

    @settings(max_examples=60, deadline=None)
    @given(desks_of_tickets(), INSTANTS)
    def test_the_parts_make_the_whole(self, tickets, now):
        seen = overview(tickets, now, DESK)
        assert seen.tickets + seen.not_yet == len(tickets)
        assert sum(seen.by_status.values()) == seen.tickets
        assert sum(seen.by_urgency.values()) == len(seen.need_hand)
        assert Counter(line.urgency for line in seen.need_hand) == +Counter(seen.by_urgency)
        assert {*ids(seen.due_soon), *ids(seen.breached)} <= {*ids(seen.need_hand)}
        assert len(seen.waiting) == sum(seen.by_status[status] for status in WAITING)
        assert not set(seen.unassigned) & set(seen.with_platform)

    @settings(max_examples=40, deadline=None)
    @given(desks_of_tickets(), INSTANTS)
    def test_each_list_is_what_the_desk_says_of_each_ticket(self, tickets, now):
        seen = overview(tickets, now, DESK)
        there = [
            DESK.assess(one, now, tendency=DESK.tendency(one, now))
            for one in tickets
            if one.opened_at <= now
        ]
        assert Counter(one.ticket.status for one in there) == +Counter(seen.by_status)
        assert {*ids(seen.need_hand)} == {one.ticket.id for one in there if one.needs}
        assert {*ids(seen.breached)} == {
            one.ticket.id for one in there if any(need.is_late for need in one.needs)
        }
        assert {*seen.departed} == {one.ticket.id for one in there if one.findings}

    @settings(max_examples=30, deadline=None)
    @given(desks_of_tickets(), INSTANTS)
    def test_the_order_of_the_tickets_does_not_matter(self, tickets, now):
        assert overview(tickets, now, DESK) == overview(tickets[::-1], now, DESK)

    @settings(max_examples=30, deadline=None)
    @given(desks_of_tickets(), INSTANTS)
    def test_providers_add_up(self, tickets, now):
        every = overview_by_provider(tickets, now, DESK)
        seen = overview(tickets, now, DESK)
        for status in Status:
            assert sum(one.by_status[status] for one in every.values()) == seen.by_status[status]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


class TestShown:
    def test_text_in_both_languages(self):
        seen = overview(LIVES, NOW, DESK)
        assert "2026-03-02 10:30: 7 tickets" in seen.text()
        assert "Breached (1)" in seen.text()
        assert "待确认  1" in seen.text("zh")
        assert "已超时 (1)" in seen.text("zh")

    def test_long_lists_tell_how_many_are_left(self):
        seen = overview(LIVES, NOW, DESK)
        assert "Waiting for the customer (2)" in seen.text(rows=1)
        assert "and 1 more" in seen.text(rows=1)
        assert "<p>and 1 more</p>" in seen.html(rows=1)
        assert "<p>另有 1 个</p>" in seen.html("zh", rows=1)

    def test_no_list_is_shorter_than_nothing(self):
        with pytest.raises(TicketRulesError, match="rows must not be below nothing, as -1 is"):
            overview(LIVES, NOW, DESK).text(rows=-1)

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_html_is_well_formed_and_escaped(self, lang):
        nasty = told("<b>&", MONDAY, "09:00 customer submitted", "09:01 system dispatched to=<i>")
        shown = overview([nasty], NOW, DESK).html(lang)
        assert "<b>" not in shown
        assert "<i>" not in shown
        page = _Tags()
        page.feed(shown)
        assert page.open == []
        assert {"<b>&", "<i>"} <= set(page.words)
        assert overview([nasty], NOW, DESK)._repr_html_().startswith('<div lang="en"')

    def test_characters_that_do_not_print_are_written_out(self):
        odd = told("T\n\x1b1", MONDAY, "09:00 customer submitted")
        assert r"T\n\x1b1" in overview([odd], NOW, DESK).text()

    def test_no_customers_words_are_shown(self):
        secret = told("T", MONDAY, "09:00 customer submitted body=s3cret")
        seen = overview([secret], NOW, DESK)
        assert "s3cret" not in seen.text() + seen.html() + repr(seen)
