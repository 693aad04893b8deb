"""The pause audit: waiting statuses entered over an unanswered message (5.3, 5.4, 6.4)."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.sla import HeldBy, audit_pauses, time_by_holder
from ticketrules.tickets import TABLE, WAITING, Actor, Role, Status, events, evolve

from .allowed import allowed
from .histories import histories
from .stories import at, instant_of, ticket_of

DESK = Desk(Policy())

patient = settings(deadline=None)
"""A busy machine is no failure."""

ASKED = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:10 an replied",
    "2026-03-02 10:00 customer customer_wrote",
)


def audit(story, when):
    return audit_pauses(story.ticket, DESK.calendar, at(when))


def hours(amount):
    return timedelta(hours=amount)


class TestEntries:
    """What counts as a hidden wait, and by which clause."""

    @pytest.mark.parametrize(
        ("what", "status", "clause", "zh"),
        [
            ("feedback_requested", Status.AWAITING_FEEDBACK, "5.3", "改为待反馈"),
            ("solution_proposed", Status.AWAITING_CONFIRMATION, "5.4", "改为待确认"),
            ("escalated_to_platform", None, "6.4", "派单给平台"),
        ],
    )
    def test_a_status_entered_over_a_question(self, tell, what, status, clause, zh):
        (one,) = audit(tell(*ASKED, f"2026-03-02 11:00 bo {what}"), "2026-03-02 15:30")
        assert (one.event_id, one.agent, one.status) == ("e4", "bo", status)
        assert (one.start, one.end) == (at("2026-03-02 11:00"), at("2026-03-02 15:30"))
        assert one.asked_at == at("2026-03-02 10:00")
        assert one.is_open
        assert one.hidden == hours(4.5)
        assert (one.finding.clause, one.finding.event_id) == (clause, "e4")
        assert one.finding.at == one.start
        assert one.finding.text.zh.endswith(zh)

    def test_a_lapse_over_a_question_is_the_systems(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an feedback_requested",
            "2026-03-11 11:00 system feedback_lapsed",
        )
        first, second = audit(story, "2026-03-11 12:00")
        assert (first.end, first.is_open, first.hidden) == (second.start, False, hours(63))
        assert (second.finding.clause, second.hidden) == ("9.2", hours(1))
        assert (second.by, second.agent) == (Actor(Role.SYSTEM), "an")

    @pytest.mark.parametrize("kind", [events.FeedbackRequested, events.EscalatedToPlatform])
    @pytest.mark.parametrize(
        ("by", "agent"),
        [
            (Actor(Role.AGENT, "bo"), "bo"),
            (Actor(Role.AGENT), "an"),
            (Actor(Role.SYSTEM, "nightly"), "an"),
        ],
    )
    def test_it_is_the_agents_who_did_it_or_else_of_whoever_had_the_ticket(
        self, tell, kind, by, agent
    ):
        asked = tell(*ASKED).ticket
        done = kind(id="e4", ticket=asked.id, at=at("2026-03-02 11:00"), by=by)
        (one,) = audit_pauses(evolve(asked, done), DESK.calendar, at("2026-03-02 12:00"))
        assert (one.by, one.agent, one.asked_at) == (by, agent, at("2026-03-02 10:00"))

    def test_a_desk_that_answers_first_hides_nothing(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an replied",
            "2026-03-02 11:00 an feedback_requested",
        )
        assert audit(story, "2026-03-02 15:00") == ()

    def test_an_answer_of_the_same_instant_hides_nothing_either(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an feedback_requested",
            "2026-03-02 11:00 an replied",
        )
        assert audit(story, "2026-03-02 15:00") == ()

    def test_an_automatic_reply_and_a_note_are_no_answer(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 system replied automatic=yes",
            "2026-03-02 11:00 an noted",
            "2026-03-02 11:00 an feedback_requested",
        )
        assert [one.event_id for one in audit(story, "2026-03-02 15:00")] == ["e6"]

    @pytest.mark.parametrize("kind", ["thanks", "automatic"])
    def test_a_message_that_asks_nothing_is_no_last_word(self, tell, kind):
        story = tell(
            *ASKED[:2],
            f"2026-03-02 10:00 customer customer_wrote kind={kind}",
            "2026-03-02 11:00 an feedback_requested",
        )
        assert audit(story, "2026-03-02 15:00") == ()

    def test_a_question_asked_at_the_platform_was_not_there_on_entering(self, tell):
        story = tell(
            *ASKED[:2],
            "2026-03-02 10:00 an escalated_to_platform",
            "2026-03-02 11:00 customer customer_wrote",
        )
        assert audit(story, "2026-03-02 15:00") == ()

    def test_a_second_question_at_the_platform_is_not_hidden_by_the_first(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an escalated_to_platform",
            "2026-03-02 12:00 platform replied",
            "2026-03-02 13:00 customer customer_wrote",
        )
        (one,) = audit(story, "2026-03-02 15:00")
        assert (one.end, one.is_open) == (at("2026-03-02 12:00"), False)


class TestEnds:
    """How a hidden wait ends, and what it hid."""

    @pytest.mark.parametrize(
        "line",
        [
            "an replied",
            "platform replied",
            "an accepted",
            "customer customer_wrote",
            "customer closed",
        ],
    )
    def test_it_ends_with_the_answer_the_status_or_the_ticket(self, tell, line):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an feedback_requested",
            f"2026-03-02 13:00 {line}",
        )
        (one,) = audit(story, "2026-03-02 17:00")
        assert (one.end, one.is_open, one.hidden) == (at("2026-03-02 13:00"), False, hours(2))

    def test_one_hiding_place_after_the_other(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an feedback_requested",
            "2026-03-02 12:00 an escalated_to_platform",
            "2026-03-02 13:00 platform platform_returned",
            "2026-03-02 14:00 bo solution_proposed",
        )
        found = audit(story, "2026-03-02 17:00")
        assert [(one.finding.clause, one.agent, one.hidden) for one in found] == [
            ("5.3", "an", hours(1)),
            ("6.4", "an", hours(1)),
            ("5.4", "bo", hours(3)),
        ]

    def test_a_status_entered_at_the_platform_hides_only_what_the_platform_does_not(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 11:00 an escalated_to_platform",
            "2026-03-02 12:00 an feedback_requested",
            "2026-03-02 13:00 platform platform_returned",
        )
        first, second = audit(story, "2026-03-02 17:00")
        assert (first.finding.clause, first.hidden) == ("6.4", hours(2))
        assert (second.event_id, second.start, second.hidden) == (
            "e5",
            at("2026-03-02 13:00"),
            hours(4),
        )
        assert second.finding.at == at("2026-03-02 12:00")

    def test_a_night_hides_no_service_time(self, tell):
        story = tell(
            *ASKED,
            "2026-03-02 18:00 an feedback_requested",
            "2026-03-03 09:00 an replied",
        )
        (one,) = audit(story, "2026-03-03 10:00")
        assert one.hidden == timedelta(0)
        assert one.end - one.start == hours(15)

    def test_the_clock_of_8_3_is_not_deceived_by_the_status(self, tell):
        story = tell(*ASKED, "2026-03-02 11:00 an feedback_requested")
        (one,) = audit(story, "2026-03-02 13:00")
        reading = story.cycles("next_reply", "2026-03-02 13:00")[1]
        assert reading.elapsed == one.hidden + hours(1)

    def test_no_words_of_the_customer_are_told(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted body=秘密",
            "2026-03-02 11:00 an feedback_requested",
        )
        assert "秘密" not in repr(audit(story, "2026-03-02 13:00"))

    def test_before_its_submission_there_is_nothing_to_find(self, tell):
        assert audit(tell(*ASKED), "2026-03-02 08:59") == ()


class TestTable:
    """Every event that can begin a hidden wait has its finding."""

    def test_each_way_into_a_waiting_status_is_known(self, tell):
        into = {rule.event for rule in TABLE.values() if rule.after in WAITING}
        for kind in into | {events.EscalatedToPlatform}:
            (one,) = audit(
                tell("2026-03-02 09:00 customer submitted", f"2026-03-02 09:30 an {kind.name}"),
                "2026-03-02 10:00",
            )
            assert one.hidden == timedelta(minutes=30)


class TestLaws:
    """What holds of every history."""

    @patient
    @given(history=histories())
    def test_the_lifecycle_itself_never_hides_a_wait(self, history):
        facts, now = history
        assert audit_pauses(allowed(facts), DESK.calendar, instant_of(now)) == ()

    @patient
    @given(history=histories())
    def test_each_is_a_departure_by_the_same_clause(self, history):
        facts, now = history
        ticket = ticket_of(facts)
        departed = {(one.event_id, one.clause) for one in ticket.departures}
        for one in audit_pauses(ticket, DESK.calendar, instant_of(now)):
            assert (one.event_id, one.finding.clause) in departed

    @patient
    @given(history=histories())
    def test_no_minute_is_counted_twice_and_each_was_the_requesters_or_the_platforms(self, history):
        facts, now = history
        ticket, now = ticket_of(facts), instant_of(now)
        found = audit_pauses(ticket, DESK.calendar, now)
        for one, after in pairwise(found):
            assert one.end <= after.start
        assert [one.is_open for one in found[:-1]] == [False] * len(found[:-1])
        stretches = time_by_holder(ticket, DESK.calendar, now).stretches
        for one in found:
            assert one.asked_at <= one.start <= one.end <= now
            assert one.hidden == DESK.calendar.elapsed(one.start, one.end)
            holder = HeldBy.PLATFORM if one.status is None else HeldBy.REQUESTER_WAIT
            assert one.start == one.end or any(
                stretch.holder is holder and stretch.start <= one.start and one.end <= stretch.end
                for stretch in stretches
            )

    @patient
    @given(history=histories(), data=st.data())
    def test_what_comes_later_changes_nothing_at_an_earlier_instant(self, history, data):
        facts, now = history
        then = data.draw(st.integers(facts[0].minute, now))
        prefix = [fact for fact in facts if fact.minute <= then]
        assert audit_pauses(ticket_of(facts), DESK.calendar, instant_of(then)) == audit_pauses(
            ticket_of(prefix), DESK.calendar, instant_of(then)
        )
