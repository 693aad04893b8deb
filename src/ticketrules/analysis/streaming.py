"""Streaming: a log larger than memory, from files to files, some tickets at a time.

Memory is bounded by a block of rows, or by the largest ticket. A log whose tickets ascend is read
once; any other is first grouped on disk, in buckets of tickets that fit into memory.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from ticketrules.analysis.columns import check_columns
from ticketrules.analysis.grouping import grouped
from ticketrules.analysis.intake import BLOCK_ROWS, blocks_of
from ticketrules.analysis.judging import Account, LogJudge
from ticketrules.desk import Desk
from ticketrules.errors import LogError
from ticketrules.rulebook import Policy

BUCKET_ROWS: Final = 2_000_000
"""So many rows, about, are in memory at once while a log is grouped on disk."""


def judge_file(
    source: Path | str | pl.LazyFrame,
    desk: Desk | Policy,
    now: datetime,
    into: Path | str,
    *,
    scratch: Path | str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Account:
    """Judge a log larger than memory, and write its verdicts as Parquet.

    Args:
        source: A file of Parquet, Arrow IPC (``.arrow``, ``.ipc``, ``.feather``) or CSV, or a
            lazy frame; with the columns ``COLUMNS``.
        desk: The desk, or the policy to put to work.
        now: The instant of the verdicts, aware; events after it are left aside.
        into: A folder for the verdicts, new or empty. It gets files ``part-00000.parquet`` and so
            on, to be read as one: ``polars.scan_parquet(into)``. Tickets are in the log's order,
            or in that of their buckets where the log had to be grouped.
        scratch: A folder for the buckets of a log whose tickets do not ascend; they are removed
            again. Without it such a log is refused.
        progress: Called now and then with the share of rows judged, from 0 to 1.

    Returns:
        What became of the log.

    Raises:
        LogError: There is no such file, the folder is not empty, the log has to be grouped and
            there is no ``scratch``, or what ``judge_log`` raises.
        NaiveTimeError: A column of instants, or ``now``, has no time zone.
    """
    name = "<log>" if isinstance(source, pl.LazyFrame) else str(source)
    rows = _scanned(source, name)
    check_columns(rows, name)
    target = Path(into)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        msg = f"{target}: a new or empty folder is meant for the verdicts"
        raise LogError(msg)
    judge = LogJudge(desk if isinstance(desk, Desk) else Desk(desk), now, name)
    count, ascends = _looked_over(rows)
    if ascends:
        frames = judge.frames(_batches(rows))
    elif scratch is None:
        msg = (
            f"{name}: its tickets do not ascend, so that one may come back later;"
            " name a scratch folder to have it grouped, or sort it by ticket"
        )
        raise LogError(msg)
    else:
        frames = _from_buckets(judge, rows, Path(scratch), count)
    target.mkdir(parents=True, exist_ok=True)
    number = 0
    for frame in frames:
        if len(frame):
            frame.write_parquet(target / f"part-{number:05}.parquet")
            number += 1
        if progress is not None:
            progress(min(1.0, judge.stream.rows / max(count, 1)))
    return judge.account()


def _scanned(source: Path | str | pl.LazyFrame, name: str) -> pl.LazyFrame:
    if isinstance(source, pl.LazyFrame):
        return source
    path = Path(source)
    if not path.exists():
        msg = f"{name}: no such file"
        raise LogError(msg)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        # Cells are text but for these two, lest an id of digits lose its zeros.
        typed = {"automatic": pl.Boolean(), "rating": pl.Int64()}
        known = pl.scan_csv(path, infer_schema=False).collect_schema()
        schema = {column: typed.get(column, pl.String()) for column in known}
        return pl.scan_csv(path, schema=schema)
    if suffix in {".arrow", ".ipc", ".feather"}:
        return pl.scan_ipc(path)
    return pl.scan_parquet(path)


def _batches(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    return rows.collect_batches(chunk_size=BLOCK_ROWS, maintain_order=True)


def _looked_over(rows: pl.LazyFrame) -> tuple[int, bool]:
    """How many rows there are, and whether their tickets ascend, so that none can come back."""
    count, last = 0, None
    ascends = True
    for batch in _batches(rows.select("ticket")):
        count += len(batch)
        ticket = batch["ticket"].drop_nulls()
        if ascends and len(ticket):
            ascends = ticket.is_sorted() and (last is None or last <= ticket[0])
            last = ticket[-1]
    return count, ascends


def _from_buckets(
    judge: LogJudge, rows: pl.LazyFrame, scratch: Path, count: int
) -> Iterator[pl.DataFrame]:
    """The verdicts on a log that is grouped on disk first."""
    buckets = count // BUCKET_ROWS + 1
    folder = scratch / "ticketrules-buckets"
    folder.mkdir(parents=True)
    try:
        for batch, frame in enumerate(_batches(rows.with_row_index("row", offset=1))):
            bucket = pl.col("ticket").hash() % buckets
            for (number,), part in frame.with_columns(bucket=bucket).group_by("bucket"):
                kept = part.drop("bucket").sort("row")
                kept.write_parquet(folder / f"{number}-{batch:06}.parquet")
        for number in range(buckets):
            files = sorted(folder.glob(f"{number}-*.parquet"))
            if files:
                yield from _judged(judge, grouped(pl.read_parquet(files), judge.name))
                for one in files:
                    one.unlink()
    finally:
        for one in folder.iterdir():
            one.unlink()
        folder.rmdir()


def _judged(judge: LogJudge, frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for batch in blocks_of(frame):
        tickets = judge.stream.feed(batch, whole=True)
        if tickets is not None:
            yield judge.judge(tickets)
