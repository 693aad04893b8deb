"""What the packaged sample must contain, judged by the marketplace's rules at its last instant."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ticketrules import Assessment, Desk, MessageKind, Reading, Role, Status, Verdict, events
from ticketrules.tickets import TABLE, WAITING

WORDS = ("body", "outcome", "judgement", "next_step", "note", "cause", "handler", "progress")
CLAUSES = ("7.1", "8.1", "8.2", "8.3", "9.1", "9.2", "9.3")
ZONE = ZoneInfo("Asia/Shanghai")
Histories = dict[str, list[events.Event]]
Assessments = dict[str, Assessment]


def on(month: int, day: int, hour: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


def day_of(at: datetime) -> date:
    return at.astimezone(ZONE).date()


class TestLog:
    def test_tickets_come_in_the_order_of_their_ids(self, histories: Histories) -> None:
        assert list(histories) == [f"T{number:05d}" for number in range(1, 201)]

    def test_events_come_in_time_and_tickets_interleave(self, log: list[events.Event]) -> None:
        assert all(one.at <= other.at for one, other in pairwise(log))
        changes = sum(one.ticket != other.ticket for one, other in pairwise(log))
        assert changes > len(log) / 4

    def test_it_spans_thirteen_months(self, log: list[events.Event], end: datetime) -> None:
        assert day_of(log[0].at) < date(2025, 12, 8)
        assert day_of(end) == date(2027, 1, 5)

    def test_every_kind_of_event_happens(self, log: list[events.Event]) -> None:
        assert {type(event) for event in log} == set(TABLE)

    def test_four_to_six_agents_work(self, log: list[events.Event]) -> None:
        assert 4 <= len({event.by.id for event in log if event.by.role is Role.AGENT}) <= 6

    def test_most_tickets_are_lawful(self, assessments: Assessments) -> None:
        unlawful = [one for one in assessments.values() if one.findings]
        assert 5 <= len(unlawful) <= len(assessments) * 0.15


class TestVerdicts:
    @pytest.mark.parametrize("clause", CLAUSES)
    @pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.BREACHED])
    def test_every_promise_is_kept_and_broken(
        self, readings: list[Reading], clause: str, verdict: Verdict
    ) -> None:
        assert any(one.clause == clause and one.verdict is verdict for one in readings)

    @pytest.mark.parametrize("clause", CLAUSES)
    def test_every_clock_runs_at_the_end(self, readings: list[Reading], clause: str) -> None:
        assert any(one.clause == clause and one.verdict is Verdict.RUNNING for one in readings)

    @pytest.mark.parametrize("clause", ["7.1", "8.2", "8.3"])
    def test_clocks_stand_still_at_the_end(self, readings: list[Reading], clause: str) -> None:
        assert any(one.clause == clause and one.verdict is Verdict.PAUSED for one in readings)

    @pytest.mark.parametrize("clause", ["8.1", "8.3", "9.1", "9.2", "9.3"])
    def test_clocks_are_cancelled(self, readings: list[Reading], clause: str) -> None:
        assert any(one.clause == clause and one.verdict is Verdict.CANCELLED for one in readings)

    def test_the_desk_keeps_most_of_its_promises(self, readings: list[Reading]) -> None:
        count = Counter(one.verdict for one in readings)
        kept = count[Verdict.MET] / (count[Verdict.MET] + count[Verdict.BREACHED])
        assert 0.80 <= kept <= 0.95

    @pytest.mark.parametrize("clause", ["9.1", "9.2", "9.3"])
    def test_the_system_acts_on_time_late_and_never(
        self, readings: list[Reading], clause: str
    ) -> None:
        of_clause = [one for one in readings if one.clause == clause]
        assert any(one.verdict is Verdict.MET for one in of_clause)
        broken = [one for one in of_clause if one.verdict is Verdict.BREACHED]
        assert any(one.stopped_at is not None and one.overrun for one in broken)
        assert any(one.is_open for one in broken)


class TestOpenTickets:
    def test_every_open_status(self, assessments: Assessments) -> None:
        assert {one.ticket.status for one in assessments.values()} == set(Status)

    def test_an_open_complaint(self, assessments: Assessments) -> None:
        assert any(
            one.standing.is_complaint and one.ticket.status is Status.IN_PROGRESS
            for one in assessments.values()
        )

    def test_a_stopped_business(self, assessments: Assessments) -> None:
        assert any(
            one.standing.is_business_stopping and one.ticket.status is Status.IN_PROGRESS
            for one in assessments.values()
        )

    def test_an_overdue_reply(self, readings: list[Reading]) -> None:
        assert any(
            one.clause == "8.3" and one.is_open and one.verdict is Verdict.BREACHED
            for one in readings
        )

    def test_tickets_that_wait(self, assessments: Assessments) -> None:
        assert {one.ticket.status for one in assessments.values()} >= WAITING

    def test_a_ticket_with_the_platform(self, assessments: Assessments) -> None:
        assert any(one.ticket.with_platform_since is not None for one in assessments.values())


class TestCalendar:
    def test_tickets_live_through_spring_festival(self, histories: Histories) -> None:
        lived = [
            history
            for history in histories.values()
            if on(2, 13) <= history[0].at < on(2, 15)
            and any(isinstance(one, events.Replied) and one.at >= on(2, 24) for one in history)
        ]
        assert {day_of(history[0].at) for history in lived} == {
            date(2026, 2, 13),
            date(2026, 2, 14),
        }

    def test_promises_are_kept_and_broken_across_it(self, readings: list[Reading]) -> None:
        across = [
            one
            for one in readings
            if on(2, 13) <= one.started_at < on(2, 15)
            and one.stopped_at is not None
            and one.stopped_at >= on(2, 24)
        ]
        assert {one.verdict for one in across if one.clause == "8.1"} >= {Verdict.MET}
        assert {one.verdict for one in across if one.clause == "8.3"} >= {Verdict.BREACHED}

    def test_a_wait_counts_the_working_days_around_it(self, readings: list[Reading]) -> None:
        # Day zero is Friday 13; 14, 24, 25, 26, 27 and Saturday 28 February, then Monday 2 March.
        assert any(
            one.clause == "9.2"
            and one.verdict is Verdict.MET
            and day_of(one.started_at) == date(2026, 2, 13)
            and one.due_at is not None
            and day_of(one.due_at) == date(2026, 3, 2)
            for one in readings
        )

    @pytest.mark.parametrize("day", [(2, 14), (2, 28), (5, 9), (9, 20), (10, 10)])
    def test_answers_count_on_make_up_days(
        self, log: list[events.Event], readings: list[Reading], day: tuple[int, int]
    ) -> None:
        made_up = date(2026, *day)
        assert made_up.weekday() >= 5
        assert any(
            isinstance(one, events.Replied) and one.is_answer and day_of(one.at) == made_up
            for one in log
        )
        assert any(
            one.stopped_at is not None
            and day_of(one.stopped_at) == made_up
            and one.elapsed > timedelta(0)
            for one in readings
        )

    def test_a_make_up_saturday_was_overlooked(self, readings: list[Reading]) -> None:
        assert any(
            one.clause == "8.1"
            and one.verdict is Verdict.BREACHED
            and day_of(one.started_at) == date(2026, 2, 28)
            and one.breached_at is not None
            and day_of(one.breached_at) == date(2026, 2, 28)
            for one in readings
        )

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (on(4, 30), on(5, 6)),
            (on(9, 30), on(10, 8)),
            (on(12, 31), on(1, 4, year=2027)),
        ],
        ids=["labour day", "national day", "new year"],
    )
    def test_first_answers_cross_holidays_in_time(
        self, readings: list[Reading], before: datetime, after: datetime
    ) -> None:
        assert any(
            one.clause == "8.1"
            and one.verdict is Verdict.MET
            and before <= one.started_at < before + timedelta(days=1)
            and one.stopped_at is not None
            and after <= one.stopped_at < after + timedelta(days=1)
            for one in readings
        )

    def test_weekends(self, desk: Desk, log: list[events.Event]) -> None:
        def is_weekend(at: datetime) -> bool:
            return day_of(at).weekday() >= 5 and not desk.calendar.is_working_day(day_of(at))

        assert any(isinstance(one, events.Submitted) and is_weekend(one.at) for one in log)
        assert any(
            isinstance(one, events.Replied) and one.is_answer and is_weekend(one.at) for one in log
        )

    def test_readings_across_the_new_year_are_provisional(
        self, desk: Desk, readings: list[Reading]
    ) -> None:
        if desk.calendar.days.is_announced(date(2027, 1, 1)):
            pytest.skip("the notice for 2027 is out, and nothing is provisional any more")
        provisional = [one for one in readings if one.provisional]
        assert {one.clause for one in provisional} == set(CLAUSES)
        assert {one.verdict for one in provisional} >= {
            Verdict.MET,
            Verdict.BREACHED,
            Verdict.RUNNING,
            Verdict.PAUSED,
        }


class TestMoves:
    def test_the_platform_pauses_the_clocks(self, desk: Desk, assessments: Assessments) -> None:
        def is_shortened(reading: Reading) -> bool:
            return (
                reading.clause == "8.3"
                and reading.stopped_at is not None
                and reading.elapsed < desk.calendar.elapsed(reading.started_at, reading.stopped_at)
            )

        returned = [
            one
            for one in assessments.values()
            if any(isinstance(event, events.PlatformReturned) for event in one.ticket.history)
        ]
        assert any(is_shortened(reading) for one in returned for reading in one.readings)

    def test_complaints_are_filed_and_withdrawn(self, assessments: Assessments) -> None:
        filed = [
            one
            for one in assessments.values()
            if any(isinstance(event, events.Complained) for event in one.ticket.history)
        ]
        assert {one.ticket.complained_at is None for one in filed} == {True, False}

    def test_a_rejected_solution_is_solved_again(self, histories: Histories) -> None:
        assert any(
            [type(one) for one in history].count(events.SolutionProposed) > 1
            and any(isinstance(one, events.Rejected) for one in history)
            for history in histories.values()
        )

    def test_every_kind_of_message(self, log: list[events.Event]) -> None:
        assert {one.kind for one in log if isinstance(one, events.CustomerWrote)} == set(
            MessageKind
        )
        assert any(isinstance(one, events.Replied) and one.automatic for one in log)
        assert {one.by.role for one in log if isinstance(one, events.Replied)} == {
            Role.AGENT,
            Role.PLATFORM,
            Role.SYSTEM,
        }

    def test_customers_rate_or_do_not(self, log: list[events.Event]) -> None:
        ratings = {one.rating for one in log if isinstance(one, events.Closed)}
        assert ratings == {None, 1, 2, 3, 4, 5}

    def test_follow_ups_follow_closed_tickets(
        self, histories: Histories, log: list[events.Event]
    ) -> None:
        follow_ups = [
            one for one in log if isinstance(one, events.Submitted) and one.follows is not None
        ]
        assert follow_ups
        for one in follow_ups:
            earlier = histories[str(one.follows)]
            assert any(isinstance(event, events.Closed) and event.at < one.at for event in earlier)
            assert earlier[0].by == one.by


class TestFindings:
    @pytest.mark.parametrize(
        "clause", ["5.1", "5.3", "5.4", "5.5", "6.1", "6.2", "6.3", "6.6", "9.2", "9.3"]
    )
    def test_histories_depart_from_the_lifecycle(
        self, assessments: Assessments, clause: str
    ) -> None:
        assert any(
            finding.clause == clause for one in assessments.values() for finding in one.findings
        )


@pytest.fixture(scope="module")
def words(log: list[events.Event]) -> list[tuple[str, str]]:
    return [
        (event.id, getattr(event, name)) for event in log for name in WORDS if hasattr(event, name)
    ]


class TestWords:
    def test_all_is_said_in_chinese(
        self, words: list[tuple[str, str]], assessments: Assessments
    ) -> None:
        silent = {finding.event_id for one in assessments.values() for finding in one.findings}
        assert all(
            re.search(r"[\u4e00-\u9fff]", text) or (not text and event in silent)
            for event, text in words
        )

    def test_nothing_looks_like_a_number_of_a_person(self, words: list[tuple[str, str]]) -> None:
        assert not [text for _event, text in words if re.search(r"\d(?:[ -]?\d){4,}", text)]

    def test_domains_are_examples(self, words: list[tuple[str, str]]) -> None:
        domain = re.compile(r"[a-z0-9-]+\.(?:[a-z]{2,})", re.IGNORECASE)
        found = {match for _event, text in words for match in domain.findall(text)}
        assert found <= {"example.com", "example.cn", "www.example", "shop.example", "blog.example"}

    def test_no_gap_is_left_unfilled(self, words: list[tuple[str, str]]) -> None:
        assert not [text for _event, text in words if "{" in text or "}" in text]


def test_instants_are_in_utc(log: list[events.Event]) -> None:
    assert all(event.at.tzinfo is UTC for event in log)
