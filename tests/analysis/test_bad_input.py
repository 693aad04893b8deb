"""Whatever is wrong with a log, columns and single events say the same of it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ticketrules.analysis import judge_log
from ticketrules.analysis.scalar import frame_of_readings
from ticketrules.desk import Desk
from ticketrules.errors import LogError, NaiveTimeError
from ticketrules.logs import Judgement, read_events
from ticketrules.rulebook import Policy

from .bad_logs import BAD, NINE, NOW, frame_of, life, lines_of, numbered, row
from .logs import usual_log

DESK = Desk(Policy())


def told(intake):
    return [(one.line, one.field, one.reason, one.ticket) for one in intake.rejections]


def scalar(frame, name="<log>"):
    """Intake, unjudged tickets and readings of the scalar path."""
    log = read_events(lines_of(frame), name)
    judgement = Judgement(DESK, log.tickets, NOW)
    readings = [one for assessment in judgement for one in assessment.readings]
    return log.intake, judgement, frame_of_readings(readings)


@pytest.mark.parametrize("what", BAD)
def test_both_engines_say_the_same(what):
    frame = frame_of(numbered(BAD[what]))
    intake, judgement, readings = scalar(frame)
    found = judge_log(frame, DESK, NOW)
    assert told(found.intake) == told(intake)
    assert found.intake == intake
    assert (found.judged, found.not_yet) == (judgement.judged, judgement.not_yet)
    assert list(found.unjudged) == judgement.unjudged
    assert_frame_equal(found.frame, readings)


def test_all_of_them_at_once():
    rows = [
        one | {"ticket": one["ticket"] and f"{what} {one['ticket']}".strip()}
        for what, several in BAD.items()
        for one in several
        if what != "a ticket of blanks"
    ]
    frame = frame_of(numbered(rows))
    intake, judgement, readings = scalar(frame)
    found = judge_log(frame, DESK, NOW)
    assert told(found.intake) == told(intake)
    assert len(found.unjudged) == len(judgement.unjudged) > 0
    assert_frame_equal(found.frame, readings)
    assert found.intake.rows == found.intake.mapped + found.intake.rejected == len(rows)


class TestTables:
    """A table that cannot be read is refused as a whole, and the column is named."""

    GOOD = frame_of(life("A")).drop("id")

    @pytest.mark.parametrize("column", ["ticket", "at", "event", "by_role"])
    def test_a_column_that_is_missing(self, column):
        with pytest.raises(LogError, match=f"x.parquet: there is no column '{column}'"):
            judge_log(self.GOOD.drop(column), DESK, NOW, name="x.parquet")

    def test_a_column_that_was_renamed(self):
        renamed = self.GOOD.rename({"ticket": "tickets"})
        with pytest.raises(LogError, match=r"no column 'ticket'; did you mean 'tickets'"):
            judge_log(renamed, DESK, NOW)

    def test_instants_without_a_zone(self):
        naive = self.GOOD.with_columns(pl.col("at").dt.replace_time_zone(None))
        with pytest.raises(NaiveTimeError, match="column 'at' has no time zone"):
            judge_log(naive, DESK, NOW)

    @pytest.mark.parametrize("column", ["ticket", "at", "event", "by_id"])
    def test_a_column_of_another_type(self, column):
        odd = self.GOOD.with_columns(pl.lit(1.5).alias(column))
        with pytest.raises(LogError, match=f"column '{column}': .* expected, not Float64"):
            judge_log(odd, DESK, NOW)

    def test_ids_of_mixed_type(self):
        pandas = pytest.importorskip("pandas")
        mixed = pandas.DataFrame(
            {
                "ticket": pandas.Series([1, "A"], dtype=object),
                "at": [NINE, NINE],
                "event": ["submitted", "submitted"],
                "by_role": ["customer", "customer"],
            }
        )
        with pytest.raises(LogError, match="column 'ticket' has values of several types"):
            judge_log(mixed, DESK, NOW)

    def test_ratings_with_gaps_as_pandas_keeps_them(self):
        pytest.importorskip("pandas")
        closed = row("A", 30, "closed", "customer", rating=4)
        frame = frame_of([*life("A"), closed]).drop("id")
        told = frame.to_pandas()
        assert told["rating"].dtype == float
        assert_frame_equal(judge_log(told, DESK, NOW).frame, judge_log(frame, DESK, NOW).frame)
        half = frame.with_columns(pl.col("rating") + 0.5)
        with pytest.raises(LogError, match=r"column 'rating': whole numbers expected, not 4\.5"):
            judge_log(half, DESK, NOW)

    def test_no_table_at_all(self):
        with pytest.raises(LogError, match="a frame or an Arrow stream is meant, not list"):
            judge_log([1], DESK, NOW)

    def test_an_empty_one(self):
        with pytest.raises(LogError, match="there are no rows in it") as columns:
            judge_log(self.GOOD.clear(), DESK, NOW)
        with pytest.raises(LogError) as single:
            read_events([], "<log>")
        assert str(columns.value) == str(single.value)

    def test_one_without_a_row_that_can_be_used(self):
        frame = frame_of(numbered([row("A", None, "submitted")]))
        with pytest.raises(LogError, match="none of its rows can be used, 1 of 1") as columns:
            judge_log(frame, DESK, NOW)
        with pytest.raises(LogError) as single:
            read_events(lines_of(frame), "<log>")
        assert str(single.value).startswith(str(columns.value))

    def test_naive_now(self):
        with pytest.raises(NaiveTimeError):
            judge_log(self.GOOD, DESK, datetime(2026, 3, 6))  # noqa: DTZ001


class TestTimesAsText:
    """Texts in ISO 8601 with an offset are instants; what is none is rejected as it is there."""

    def test_they_are_read(self):
        frame = frame_of(numbered(life("A")))
        text = frame.with_columns(
            pl.Series("at", ["2026-03-02T09:00:00+08:00", "2026-03-02T01:10:00Z", "tomorrow"])
        )
        found = judge_log(text, DESK, NOW)
        intake, _, readings = scalar(text)
        assert told(found.intake) == told(intake)
        assert [one.line for one in found.intake.rejections] == [3]
        assert_frame_equal(found.frame, readings)

    def test_a_time_without_an_offset_is_rejected(self):
        frame = frame_of(numbered(life("A")))
        text = frame.with_columns(
            pl.Series("at", ["2026-03-02T09:00:00+08:00", "2026-03-02T09:10:00", "tomorrow"])
        )
        found = judge_log(text, DESK, NOW)
        assert told(found.intake) == told(scalar(text)[0])
        assert "without an offset" in found.intake.rejections[0].reason


class TestOddTickets:
    """Tickets that are large, or lie in years that nobody knows."""

    def test_a_ticket_of_a_million_events_is_judged_whole(self):
        size = 1_000_000
        at = np.datetime64("2026-03-02T01:00", "us") + np.arange(size) * np.timedelta64(
            300_000, "us"
        )
        log = pl.DataFrame(
            {
                "ticket": np.ones(size, np.int64),
                "at": pl.Series(at).dt.replace_time_zone("UTC"),
                "event": pl.Series(["customer_wrote", "replied"] * (size // 2)),
                "by_role": pl.Series(["customer", "agent"] * (size // 2)),
            }
        )
        log[0, "event"] = "submitted"
        found = judge_log(log, DESK, NOW)
        waits = found.frame.filter(pl.col("clock") == "next_reply")
        assert (found.judged, len(waits), waits["cycle"][-1]) == (1, size // 2, size // 2)
        assert set(waits["elapsed"].unique()) <= {timedelta(0), timedelta(milliseconds=300)}

    def test_a_now_that_nobody_knows_leaves_open_tickets_unjudged(self):
        found = judge_log(usual_log(3), DESK, datetime(2150, 1, 1, tzinfo=UTC))
        assert found.judged + len(found.unjudged) == 3
        assert all("projected" in one.reason or "outside" in one.reason for one in found.unjudged)
