"""A real local Spark session says what one machine says, whatever the partitioning."""

import sys
from datetime import timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ticketrules.analysis import frame_of_events, judge_log
from ticketrules.analysis.table import VERDICT
from ticketrules.desk import Desk
from ticketrules.errors import LogError, NaiveTimeError
from ticketrules.rulebook import Policy
from ticketrules.sample import sample_events

from .bad_logs import BAD, NOW, frame_of, numbered

pytestmark = [
    pytest.mark.spark,
    # Of pandas, which Spark asks for on its way, nothing is used here.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
pyspark = pytest.importorskip("pyspark")

DESK = Desk(Policy())
ORDER = ["ticket", "clock", "cycle"]


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession  # noqa: PLC0415 - of an extra

    patch = pytest.MonkeyPatch()
    # The workers' Python is this one, and not the first on the path.
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.session.timeZone", "America/New_York")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()
    patch.undo()


@pytest.fixture
def spread(session, tmp_path):
    """Makes a table Spark's, its rows numbered and in no order."""

    def made(frame):
        rows = frame.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
        mixed = rows.sample(fraction=1.0, shuffle=True, seed=7)
        for part, start in enumerate(range(0, len(mixed), 400)):
            mixed[start : start + 400].write_parquet(tmp_path / f"{part}.parquet")
        return session.read.parquet(str(tmp_path))

    return made


def collected(found):
    frame = pl.DataFrame(found.toArrow())
    return frame.with_columns(pl.col("verdict").cast(VERDICT)).sort(ORDER)


@pytest.mark.parametrize("partitions", [1, 2, 7, None])
def test_the_sample_whatever_the_partitioning(spread, partitions):
    from ticketrules.analysis import spark  # noqa: PLC0415 - of an extra

    log = frame_of_events(sample_events())
    end = log["at"].max() + timedelta(days=3)
    found = collected(spark.judge(spread(log), DESK, end, partitions=partitions))
    whole = judge_log(log, DESK, end).frame
    assert_frame_equal(found, whole.sort(ORDER))


def test_what_is_wrong_with_a_log(spread):
    """Every bad log at once: the same rows are rejected with the same words."""
    from ticketrules.analysis import spark  # noqa: PLC0415 - of an extra

    rows = [
        one | {"ticket": one["ticket"] and f"{what} {one['ticket']}"}
        for what, several in BAD.items()
        for one in several
    ]
    frame = frame_of(numbered([*rows, *BAD["a ticket of blanks"]]))
    whole = judge_log(frame, DESK, NOW)
    log = spread(frame)
    assert_frame_equal(collected(spark.judge(log, DESK, NOW)), whole.frame.sort(ORDER))
    told = {tuple(one) for one in spark.rejections(log, DESK, NOW).collect()}
    assert told == {
        (one.line, one.field, one.reason, one.ticket) for one in whole.intake.rejections
    }
    left = {tuple(one) for one in spark.unjudged(log, DESK, NOW).collect()}
    assert left == {(one.ticket, one.reason) for one in whole.unjudged}
    assert len(left) > 1


class TestTables:
    """A table that cannot be read is refused before anything runs."""

    def test_a_column_that_is_missing(self, spread):
        from ticketrules.analysis import spark  # noqa: PLC0415 - of an extra

        log = spread(frame_of(numbered(BAD["a good one"])))
        with pytest.raises(LogError, match="there is no column 'at'"):
            spark.judge(log.drop("at"), DESK, NOW)
        with pytest.raises(LogError, match="there is no column 'row' of whole numbers"):
            spark.judge(log.drop("row"), DESK, NOW)

    def test_instants_without_a_zone(self, spread):
        from pyspark.sql import functions  # noqa: PLC0415 - of an extra

        from ticketrules.analysis import spark  # noqa: PLC0415 - of an extra

        log = spread(frame_of(numbered(BAD["a good one"])))
        naive = log.withColumn("at", functions.col("at").cast("timestamp_ntz"))
        with pytest.raises(NaiveTimeError, match="column 'at' has no time zone"):
            spark.judge(naive, DESK, NOW)

    def test_an_empty_one_has_no_verdicts(self, spread):
        from ticketrules.analysis import spark  # noqa: PLC0415 - of an extra

        log = spread(frame_of(numbered(BAD["a good one"]))).limit(0)
        assert spark.judge(log, DESK, NOW).count() == 0
