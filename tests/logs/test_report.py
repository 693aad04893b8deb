"""The report on a log, against a plain recount of the assessments."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from ticketrules import Actor, Desk, Role, Verdict, load_policy, marketplace, order, replay
from ticketrules.assessment import Assessment
from ticketrules.errors import LogError
from ticketrules.logs import (
    Judgement,
    Log,
    Place,
    Report,
    Tally,
    last_instant,
    plain_assessment,
    plain_report,
    read_events,
)
from ticketrules.sample import sample_lines
from ticketrules.tickets import events as e

FAR = datetime(2102, 2, 13, tzinfo=UTC)
AGENTS_CLAUSES = {"7.1", "8.1", "8.2", "8.3"}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return marketplace()


@pytest.fixture(scope="module")
def log() -> Log:
    return read_events(sample_lines(), "sample")


@pytest.fixture(scope="module")
def assessments(desk: Desk, log: Log) -> list[Assessment]:
    return list(Judgement(desk, log.tickets, last_instant(log.tickets)))


@pytest.fixture(scope="module")
def report(desk: Desk, log: Log, assessments: list[Assessment]) -> Report:
    judgement, tally = Judgement(desk, log.tickets, last_instant(log.tickets)), Tally(desk, worst=4)
    for assessment in judgement:
        tally.add(assessment)
    return tally.report(log.name, log.intake, judgement)


@pytest.fixture(scope="module")
def told(desk: Desk, log: Log) -> Report:
    """The report with what is wrong with replies."""
    judgement = Judgement(desk, log.tickets, last_instant(log.tickets))
    tally = Tally(desk, replies=True)
    for assessment in judgement:
        tally.add(assessment, desk.reviews(assessment.ticket, assessment.now))
    return tally.report(log.name, log.intake, judgement)


class TestClauses:
    def test_every_reading_is_counted_once(
        self, report: Report, assessments: list[Assessment]
    ) -> None:
        recount = Counter((r.clock, r.verdict) for a in assessments for r in a.readings)
        for line in report.clauses:
            assert line.counts == {verdict: recount[line.clock, verdict] for verdict in Verdict}
        assert sum(sum(line.counts.values()) for line in report.clauses) == recount.total()

    def test_open_and_provisional(self, report: Report, assessments: list[Assessment]) -> None:
        readings = [reading for one in assessments for reading in one.readings]
        for line in report.clauses:
            own = [reading for reading in readings if reading.clock == line.clock]
            late = [reading for reading in own if reading.verdict is Verdict.BREACHED]
            assert line.open_breaches == sum(reading.is_open for reading in late)
            assert line.provisional == sum(reading.provisional for reading in own)
            worst = sorted((reading.overrun for reading in late), reverse=True)[:4]
            assert [reading.overrun for reading in line.worst] == worst

    def test_share_met(self, report: Report) -> None:
        for line in report.clauses:
            met, breached = line.counts[Verdict.MET], line.counts[Verdict.BREACHED]
            assert line.share_met == pytest.approx(met / (met + breached))

    def test_share_of_nothing_is_none(self, desk: Desk, log: Log) -> None:
        judgement = Judgement(desk, {}, last_instant(log.tickets))
        empty = Tally(desk).report("empty", log.intake, judgement)
        assert [line.share_met for line in empty.clauses] == [None] * 8


class TestAgents:
    def test_agents_add_up_to_the_clauses_that_agents_keep(self, report: Report) -> None:
        for clause in AGENTS_CLAUSES:
            lines = [one for one in report.clauses if one.clause == clause]
            for verdict, part in ((Verdict.MET, "met"), (Verdict.BREACHED, "breached")):
                credited = sum(getattr(one, part).get(lines[0].clause, 0) for one in report.agents)
                assert credited == sum(line.counts[verdict] for line in lines)
        assert {clause for one in report.agents for clause in one.met} <= AGENTS_CLAUSES

    def test_lowest_share_first(self, report: Report) -> None:
        shares = [one.share_met for one in report.agents]
        assert shares == sorted(shares)


class TestNeeds:
    def test_each_ticket_with_a_need_once_in_the_order_of_work(
        self, report: Report, assessments: list[Assessment]
    ) -> None:
        needy = [one for one in assessments if one.needs]
        expected = [standing.ticket for standing in order(one.standing for one in needy)]
        assert [line.ticket for line in report.needs] == expected
        assert len(expected) == len(set(expected)) > 0

    def test_a_late_need_says_when_it_became_late(
        self, desk: Desk, report: Report, assessments: list[Assessment]
    ) -> None:
        ends = {
            (reading.ticket, reading.clause, reading.breached_at)
            for one in assessments
            for reading in one.readings
        }
        late = [(line.ticket, need) for line in report.needs for need in line.needs if need.is_late]
        assert {need.clause for _ticket, need in late} >= {"9.1", "9.2", "9.3"}
        for ticket, need in late:
            assert (ticket, need.clause, need.due_at) in ends
        zone = desk.calendar.zone
        for line in report.needs:
            (one,) = (one for one in assessments if one.ticket.id == line.ticket)
            told = plain_assessment(one, zone)["needs"]
            assert [need["due_at"] for need in told] == [
                None if need.due_at is None else need.due_at.astimezone(zone).isoformat()
                for need in line.needs
            ]

    def test_closed_tickets_need_nothing(self, assessments: list[Assessment]) -> None:
        assert not [one for one in assessments if one.needs and str(one.ticket.status) == "closed"]


class TestFindings:
    def test_every_finding_is_counted(self, report: Report, assessments: list[Assessment]) -> None:
        recount = Counter((f.clause, f.text) for one in assessments for f in one.findings)
        assert {(line.clause, line.text): line.count for line in report.findings} == recount
        for line in report.findings:
            assert 1 <= line.tickets <= line.count
            assert 1 <= len(line.examples) <= 3


class TestLists:
    """What is listed is cut; what is counted is not."""

    def test_no_breach_is_listed_where_none_is_wanted(
        self, desk: Desk, log: Log, assessments: list[Assessment], report: Report
    ) -> None:
        judgement, tally = Judgement(desk, {}, last_instant(log.tickets)), Tally(desk, worst=0)
        for assessment in assessments:
            tally.add(assessment)
        lines = tally.report(log.name, log.intake, judgement).clauses
        assert [line.worst for line in lines] == [()] * len(lines)
        assert [line.counts for line in lines] == [line.counts for line in report.clauses]

    def test_of_a_finding_the_first_three_are_shown(self, desk: Desk, log: Log) -> None:
        at = last_instant(log.tickets)
        judgement, tally = Judgement(desk, {}, at), Tally(desk)
        for number in range(5):
            parts = {"ticket": f"T-{number}", "at": at}
            submitted = e.Submitted(id="1", by=Actor(Role.CUSTOMER), **parts)
            again = e.Submitted(id="2", by=Actor(Role.CUSTOMER), **parts)
            tally.add(desk.assess(replay([submitted, again]), at))
        (line,) = tally.report(log.name, log.intake, judgement).findings
        assert (line.count, line.tickets) == (5, 5)
        assert line.examples == tuple(Place(f"T-{number}", "2") for number in range(3))


class TestReplies:
    """What is wrong with replies is told where somebody asks, kind by kind; the words never are."""

    def test_nobody_asked(self, report: Report, assessments: list[Assessment]) -> None:
        assert report.replies is None
        assert "replies" not in plain_report(report)
        assert "replies" not in plain_assessment(assessments[0], ZoneInfo("UTC"))

    def test_every_fault_is_counted(
        self, desk: Desk, told: Report, assessments: list[Assessment]
    ) -> None:
        found = {one.ticket.id: desk.reviews(one.ticket, one.now) for one in assessments}
        recount = Counter((f.clause, f.text) for faults in found.values() for f in faults)
        assert told.replies
        assert {(line.clause, line.text): line.count for line in told.replies} == recount
        for line in told.replies:
            assert line.tickets == sum(
                any(one.text == line.text for one in faults) for faults in found.values()
            )
            for place in line.examples:
                faults = [one for one in found[place.ticket] if one.event_id == place.event]
                assert (line.text, place.span) in {(one.text, one.span) for one in faults}

    def test_a_ticket_s_as_plain_values(self, desk: Desk, assessments: list[Assessment]) -> None:
        zone = desk.calendar.zone
        rude = next(one for one in assessments if desk.reviews(one.ticket, one.now))
        faults = desk.reviews(rude.ticket, rude.now)
        plain = plain_assessment(rude, zone, faults)["replies"]
        for one, fault in zip(plain, faults, strict=True):
            assert (one["clause"], one["fault"]) == (fault.clause, str(fault.fault))
            assert (one["event"], one["span"]) == (fault.event_id, fault.span)
            assert datetime.fromisoformat(one["at"]) == fault.at
        assert plain_assessment(rude, zone, ())["replies"] == []

    def test_as_plain_values(self, told: Report) -> None:
        assert told.replies
        for line, plain in zip(told.replies, plain_report(told)["replies"], strict=True):
            assert plain["clause"] == line.clause
            assert plain["severity"] == str(line.severity)
            assert [one["event"] for one in plain["examples"]] == [
                one.event for one in line.examples
            ]


class TestAsOf:
    def test_nothing_is_dropped_whenever_one_looks(self, desk: Desk, log: Log) -> None:
        end = last_instant(log.tickets)
        total = sum(map(len, log.tickets.values()))
        for days in range(0, 420, 60):
            as_of = end - timedelta(days=days)
            judgement = Judgement(desk, log.tickets, as_of)
            seen = sum(len(one.ticket.history) for one in judgement)
            assert judgement.judged + judgement.not_yet == len(log.tickets)
            assert seen + judgement.later_events == total

    def test_a_longer_log_says_the_same_of_the_past(self, desk: Desk, log: Log) -> None:
        as_of = last_instant(log.tickets) - timedelta(days=150)
        past = {
            ticket: kept
            for ticket, events in log.tickets.items()
            if (kept := [event for event in events if event.at <= as_of])
        }
        assert list(Judgement(desk, log.tickets, as_of)) == list(Judgement(desk, past, as_of))

    def test_an_odd_date_leaves_the_other_tickets_judged(self, desk: Desk, log: Log) -> None:
        stray = e.Submitted(
            id="1", ticket="odd", at=datetime(2102, 2, 13, tzinfo=UTC), by=Actor(Role.CUSTOMER)
        )
        tickets = {"odd": [stray], **log.tickets}
        end = last_instant(tickets, desk.calendar)
        assert (end, last_instant(tickets)) == (last_instant(log.tickets), stray.at)
        judgement = Judgement(desk, tickets, end, whole=True)
        assert len(list(judgement)) == judgement.judged == len(log.tickets)
        (unjudged,) = judgement.unjudged
        assert str(unjudged).startswith("ticket odd: not judged: 2102-02-13T00:00:00")
        assert "is outside what is known" in unjudged.reason

    def test_at_a_given_instant_it_is_judged_as_it_stood(self, desk: Desk, log: Log) -> None:
        early = log.tickets[next(iter(log.tickets))][0]
        stray = evolve(early, id="stray", at=datetime(2102, 2, 13, tzinfo=UTC))
        judgement = Judgement(desk, {early.ticket: [early, stray]}, early.at)
        assert len(list(judgement)) == 1
        assert (judgement.unjudged, judgement.later_events) == ([], 1)

    @pytest.mark.parametrize(
        "days", [-1, 0, 400, 28_000, pytest.param(2_900_000, marks=pytest.mark.slow)]
    )
    def test_what_no_notice_announced_is_counted_and_told(self, log: Log, days: int) -> None:
        careful = Desk(load_policy('service_hours.unannounced = "raise"'))
        as_of = last_instant(log.tickets) + timedelta(days=days)
        judgement = Judgement(careful, log.tickets, as_of)
        judged = [one.ticket.id for one in judgement]
        left = [one.ticket for one in judgement.unjudged]
        assert judgement.judged == len(judged) > 0
        assert judgement.judged + judgement.not_yet + len(left) == len(log.tickets)
        assert left
        assert not set(judged) & set(left)
        assert all(one.reason for one in judgement.unjudged)

    def test_where_nothing_is_known_the_last_event_is_the_last(self, log: Log) -> None:
        tickets = {"1": [evolve(log.tickets[next(iter(log.tickets))][0], at=FAR)]}
        assert last_instant(tickets, marketplace().calendar) == FAR

    def test_progress_ends_at_one(self, desk: Desk, log: Log) -> None:
        shares: list[float] = []
        as_of = last_instant(log.tickets)
        assert len(list(Judgement(desk, log.tickets, as_of, shares.append))) == len(log.tickets)
        assert shares == sorted(shares)
        assert (shares[0], shares[-1]) == (0.0, 1.0)

    def test_a_log_without_events_has_no_last_instant(self) -> None:
        with pytest.raises(LogError, match="no events"):
            last_instant({})
