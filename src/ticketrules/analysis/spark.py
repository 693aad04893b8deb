"""Spark: the verdicts of a log on a cluster, by the code that judges it on one machine.

Rows are brought together by ticket and put in the log's order within each partition; then every
partition is judged as a log that comes in batches. The answer is the same rows whatever the
partitioning. It needs the extra ``ticketrules[spark]``.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from ticketrules.analysis.columns import COLUMNS, check_columns
from ticketrules.analysis.intake import BLOCK_ROWS
from ticketrules.analysis.judging import LogJudge
from ticketrules.analysis.table import CYCLES
from ticketrules.desk import Desk
from ticketrules.errors import LogError
from ticketrules.rulebook import Policy
from ticketrules.tickets import instant

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

ROW: Final = "row"
"""The column that numbers the rows of a log, because Spark keeps no order."""

_TYPES: Final = {
    "string": pl.String(),
    "timestamp": pl.Datetime("us", "UTC"),
    "timestamp_ntz": pl.Datetime("us"),
    "boolean": pl.Boolean(),
    "double": pl.Float64(),
    "void": pl.Null(),
} | dict.fromkeys(("tinyint", "smallint", "int", "bigint"), pl.Int64())
"""What a column of Spark is to Polars; any other type can only be refused."""

_KINDS: Final = (
    (pl.Datetime, "timestamp"),
    (pl.Duration, "interval day to second"),
    (pl.Boolean, "boolean"),
    (pl.Int64, "bigint"),
)
_VERDICTS: Final = ", ".join(
    f"{name} " + next((sql for kind, sql in _KINDS if isinstance(dtype, kind)), "string")
    for name, dtype in CYCLES.items()
)
_REJECTIONS: Final = "line bigint, field string, reason string, ticket string"
_UNJUDGED: Final = "ticket string, reason string"


def judge(
    log: "DataFrame", desk: Desk | Policy, now: datetime, *, partitions: int | None = None
) -> "DataFrame":
    """The verdicts of every clock of the policy, per ticket and cycle.

    Args:
        log: A row an event, with the columns ``COLUMNS`` and a whole number ``row`` that tells
            the rows' order; times are ``timestamp`` or text with an offset.
        desk: The desk, or the policy to put to work; it travels to the workers.
        now: The instant of the verdicts, aware; events after it are left aside.
        partitions: How many partitions to judge in; Spark's own number of shuffles by default.

    Returns:
        A lazy frame with the columns ``CYCLES``: amounts as intervals from day to second, what is
        an enum on one machine as text. No order is promised.

    Raises:
        LogError: A column is missing or of a type that cannot be read.
        NaiveTimeError: A column is ``timestamp_ntz``, or ``now`` has no time zone.
    """
    return _mapped(log, desk, now, partitions, schema=_VERDICTS, told=_verdicts)


def rejections(
    log: "DataFrame", desk: Desk | Policy, now: datetime, *, partitions: int | None = None
) -> "DataFrame":
    """Each row that was not used: ``line`` (its ``row``), ``field``, ``reason`` and ``ticket``.

    Arguments and errors are those of ``judge``; the log is read again.
    """
    return _mapped(log, desk, now, partitions, schema=_REJECTIONS, told=_rejections)


def unjudged(
    log: "DataFrame", desk: Desk | Policy, now: datetime, *, partitions: int | None = None
) -> "DataFrame":
    """Each ticket whose judging needs days that the desk's calendar does not know: ``reason``.

    Arguments and errors are those of ``judge``; the log is read again.
    """
    return _mapped(log, desk, now, partitions, schema=_UNJUDGED, told=_unjudged)


Told = Callable[[LogJudge, Iterator[pl.DataFrame]], Iterable[pl.DataFrame]]
"""What a partition tells, from its judge and its verdicts."""


def _mapped(
    log: "DataFrame",
    desk: Desk | Policy,
    now: datetime,
    partitions: int | None,
    *,
    schema: str,
    told: Told,
) -> "DataFrame":
    known = pl.DataFrame(schema={name: _TYPES.get(kind, pl.Binary()) for name, kind in log.dtypes})
    check_columns(known, "<log>")
    if ROW not in known.columns or not known[ROW].dtype.is_integer():
        msg = "<log>: there is no column 'row' of whole numbers, which tells the rows' order"
        raise LogError(msg)
    judging = desk if isinstance(desk, Desk) else Desk(desk)
    at = instant(now)
    wanted = log.select([column for column in log.columns if column in COLUMNS or column == ROW])
    keys: list[Any] = ["ticket"] if partitions is None else [partitions, "ticket"]
    ordered = wanted.repartition(*keys).sortWithinPartitions("ticket", ROW)

    def run(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        one = LogJudge(judging, at)
        frames = one.frames(_blocks(batches))
        for frame in told(one, frames):
            if len(frame):
                yield from _arrow(frame)

    return ordered.mapInArrow(run, schema)


def _blocks(batches: "Iterable[pa.RecordBatch]") -> Iterator[pl.DataFrame]:
    """Batches of Arrow as blocks of the size at which judging is fastest."""
    kept: list[pl.DataFrame] = []
    rows = 0
    for batch in batches:
        kept.append(pl.DataFrame(batch))
        rows += batch.num_rows
        if rows >= BLOCK_ROWS:
            yield pl.concat(kept)
            kept, rows = [], 0
    if rows:
        yield pl.concat(kept)


def _arrow(frame: pl.DataFrame) -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa  # noqa: PLC0415 - of an extra

    text = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    table = text.to_arrow(compat_level=pl.CompatLevel.oldest())
    fields = [
        pa.field(one.name, pa.string()) if pa.types.is_large_string(one.type) else one
        for one in table.schema
    ]
    yield from table.cast(pa.schema(fields)).to_batches()


def _verdicts(_judge: LogJudge, frames: Iterator[pl.DataFrame]) -> Iterable[pl.DataFrame]:
    return frames


def _rejections(judge: LogJudge, frames: Iterator[pl.DataFrame]) -> Iterable[pl.DataFrame]:
    for _frame in frames:
        pass
    yield pl.DataFrame(
        [(one.line, one.field, one.reason, one.ticket) for one in judge.stream.rejections],
        schema={"line": pl.Int64, "field": pl.String, "reason": pl.String, "ticket": pl.String},
        orient="row",
    )


def _unjudged(judge: LogJudge, frames: Iterator[pl.DataFrame]) -> Iterable[pl.DataFrame]:
    for _frame in frames:
        pass
    yield pl.DataFrame(
        [(one.ticket, one.reason) for one in judge.unjudged],
        schema={"ticket": pl.String, "reason": pl.String},
        orient="row",
    )
