"""One log under two policies, and under many values of a setting."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings

from ticketrules.analysis import compare, frame_of_events, judge_log, sweep, with_setting
from ticketrules.calendar import DatedHours, Holiday, Notice
from ticketrules.clauses import Text
from ticketrules.desk import Desk
from ticketrules.errors import PolicyError
from ticketrules.rulebook import Policy
from ticketrules.sample import sample_events
from ticketrules.sla import Verdict
from ticketrules.tickets import replay

from ..sla.stories import at, event, fact
from .test_equal import logs

POLICY = Policy()
LOG = frame_of_events(sample_events())
NOW = datetime(2026, 12, 31, tzinfo=UTC)


def told(*lines):
    return frame_of_events([event(fact(line), f"e{n}") for n, line in enumerate(lines, 1)])


class TestCompare:
    """Which tickets flip, by what, and from when on the two policies count differently."""

    def test_a_policy_against_itself_flips_nothing(self):
        found = compare(LOG, POLICY, POLICY, NOW)
        assert len(found.flips) == found.explained == 0
        assert found.totals["policy"].unique().len() == 2

    def test_make_up_days(self):
        """Saturday 14 February 2026 makes up for Spring Festival: without it the wait is short."""
        log = told("2026-02-13 17:50 customer submitted", "2026-02-14 09:20 an replied")
        without = with_setting(POLICY, "service_hours.makeup_hours", ())
        found = compare(log, POLICY, without, at("2026-02-14 10:00"))
        (one,) = found.flips.rows(named=True)
        assert (one["clause"], one["clock"]) == ("8.1", "first_response")
        assert (one["before"], one["after"]) == ("breached", "met")
        assert (one["weekday"], one["hour"]) == ("Fri", 17)
        assert one["differs_at"] == at("2026-02-14 09:00")
        assert one["because_before"] != one["because_after"]

    def test_another_promise_counts_the_same_time(self):
        log = told("2026-03-02 09:00 customer submitted", "2026-03-02 09:20 an replied")
        longer = with_setting(POLICY, "promises.first_response", timedelta(minutes=30))
        (one,) = compare(log, POLICY, longer, at("2026-03-02 10:00")).flips.rows(named=True)
        assert (one["before"], one["after"], one["agent"]) == ("breached", "met", "an")
        assert one["differs_at"] is None

    def test_counts_add_up(self):
        shorter = with_setting(POLICY, "promises.next_reply", timedelta(hours=1))
        found = compare(LOG, POLICY, shorter, NOW)
        for columns in (["clause"], ["agent"], ["weekday"], ["hour"], ["clause", "hour"]):
            assert found.by(*columns)["flips"].sum() == len(found.flips) > 0
        before, after = (found.totals.filter(policy=name) for name in ("before", "after"))
        assert before["cycles"].sum() == len(found.before.frame)
        assert after["breached"].sum() - before["breached"].sum() == len(found.flips)
        assert (found.totals["lower"] <= found.totals["upper"]).all()

    def test_only_so_many_are_explained(self):
        without = with_setting(POLICY, "service_hours.hours", ("09:00-12:00",))
        found = compare(LOG, POLICY, without, NOW, explained=3)
        assert found.explained == 3
        assert found.flips["differs_at"][3:].null_count() == len(found.flips) - 3

    @settings(deadline=None, max_examples=25)
    @given(log=logs())
    def test_flips_are_what_the_scalar_engine_says(self, log):
        tickets, now = log
        other = with_setting(POLICY, "promises.next_reply", timedelta(minutes=20))
        found = compare(
            frame_of_events([one for own in tickets for one in own]), POLICY, other, now
        )
        wanted = set()
        for events in tickets:
            pair = [Desk(policy).clocks.read(replay(events), now) for policy in (POLICY, other)]
            for a, b in zip(*pair, strict=True):
                if a.verdict is not b.verdict:
                    wanted.add((a.ticket, a.clock, a.cycle, a.verdict.value, b.verdict.value))
        columns = ["ticket", "clock", "cycle", "before", "after"]
        assert set(found.flips.select(columns).rows()) == wanted

    def test_the_notice_of_2027(self):
        notice = Notice(
            2027,
            "invented for the tests",
            (Holiday(Text("New Year's Day", "元旦"), (date(2027, 1, 1), date(2027, 1, 4))),),
        )
        log = told("2026-12-31 17:00 customer submitted", "2027-01-04 16:00 an replied")
        found = compare(
            log, POLICY, with_setting(POLICY, "notices", (notice,)), at("2027-01-04 17:00")
        )
        (one,) = found.flips.rows(named=True)
        assert (one["clock"], one["before"], one["after"]) == ("next_reply", "breached", "met")
        assert one["differs_at"] == at("2027-01-04 09:00")
        assert one["because_after"] == "New Year's Day"


class TestSweep:
    """Many values of one setting as one table."""

    MINUTES = tuple(timedelta(minutes=count) for count in (5, 15, 30, 60))

    def test_a_longer_promise_is_met_more_often(self):
        found = sweep(LOG, POLICY, "promises.first_response", self.MINUTES, NOW)
        first = found.filter(clock="first_response")
        assert first["value"].to_list() == ["0:05:00", "0:15:00", "0:30:00", "1:00:00"]
        assert first["share_met"].is_sorted()
        assert first["share_met"][0] < first["share_met"][-1]
        assert ((first["lower"] < first["share_met"]) & (first["share_met"] < first["upper"])).all()

    def test_each_row_is_what_judging_says(self):
        found = sweep(LOG, POLICY, "promises.first_response", self.MINUTES[:1], NOW)
        policy = with_setting(POLICY, "promises.first_response", self.MINUTES[0])
        verdicts = judge_log(LOG, policy, NOW).frame
        for row in found.rows(named=True):
            own = verdicts.filter(clock=row["clock"])
            assert row["cycles"] == len(own)
            for verdict in Verdict:
                assert row[verdict.value] == own.filter(pl.col("verdict") == verdict.value).height

    def test_with_and_without_saturdays(self):
        days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
        open_on = tuple(
            DatedHours(on=day, is_open=True, hours=("09:00-18:00",))
            for day in days
            if day.weekday() == 5
        )
        found = sweep(
            LOG, POLICY, "service_hours.exceptions", {"without": (), "with Saturdays": open_on}, NOW
        )
        breached = found.filter(clock="next_reply")["breached"].to_list()
        assert breached[0] <= breached[1]
        assert found["value"].unique(maintain_order=True).to_list() == ["without", "with Saturdays"]

    def test_a_setting_that_does_not_exist(self):
        with pytest.raises(
            PolicyError, match=r"'promises.first_respons'; did you mean 'first_response'"
        ):
            sweep(LOG, POLICY, "promises.first_respons", [1], NOW)
        with pytest.raises(PolicyError, match="there is no setting"):
            with_setting(POLICY, "name.more", 1)
