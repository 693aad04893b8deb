"""``ticketrules judge``: a log in, its verdicts out."""

import csv
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
from attrs import frozen
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from ticketrules.cli.tables import print_report
from ticketrules.desk import Assessment, Desk
from ticketrules.errors import LogError, PolicyError, TicketRulesError
from ticketrules.logs import Log, LogMapping, load_log, load_mapping, read_events
from ticketrules.logs.judging import Judgement, last_instant
from ticketrules.logs.plain import READING_COLUMNS, plain_assessment, plain_reading, plain_report
from ticketrules.logs.report import Report, Tally
from ticketrules.rulebook import Policy, load_policy
from ticketrules.sample import sample_lines

JUDGED, REJECTED, UNUSABLE = 0, 1, 2

Sink = Callable[[Assessment], None]


@click.command()
@click.argument("log", required=False, metavar="[LOG]")
@click.option("--sample", is_flag=True, help="Judge the packaged sample instead of a log.")
@click.option(
    "--mapping",
    metavar="FILE",
    help="How the log's columns become events (TOML). Without it LOG is JSON Lines of events.",
)
@click.option("--policy", metavar="FILE", help="What differs from the marketplace's rules (TOML).")
@click.option(
    "--as-of",
    metavar="TIME",
    help="Judge as of this time: ISO 8601, in the desk's zone if it names none, or 'now'. "
    "Default: the log's last event.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    help="table and json: the report; jsonl: a line a ticket; csv: a row a reading.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if a row of the log was rejected.")
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="How many of the worst breaches to show for each clause.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many rows each list of a table shows; it says how many it leaves out.",
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", help="The language of the table."
)
def judge(*, sample: bool, strict: bool, **options: Any) -> None:
    """Judge a ticket log: JSON Lines of events, or CSV with a mapping; .gz too, - for stdin.

    Exit status: 0 judged, 1 rows were rejected under --strict, 2 unusable input.
    """
    job = _Job(**options)
    if sample == (job.log is not None):
        msg = "give a LOG or --sample, and not both"
        raise click.UsageError(msg)
    if sample and job.mapping is not None:
        msg = "--mapping goes with a LOG; the sample needs none"
        raise click.UsageError(msg)
    try:
        with _no_collector():
            report = _run(job)
    except TicketRulesError as error:
        _say(str(error))
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # The reader has had enough; keep the interpreter from failing on the last flush as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(JUDGED)
    sys.exit(REJECTED if strict and report.intake.rejected else JUDGED)


@frozen(kw_only=True)
class _Job:
    """What was asked for on the command line."""

    log: str | None
    mapping: str | None
    policy: str | None
    as_of: str | None
    form: str
    worst: int
    limit: int
    lang: str


def _run(job: _Job) -> Report:
    desk = Desk(Policy() if job.policy is None else load_policy(_text(job.policy), job.policy))
    mapping = None if job.mapping is None else load_mapping(_text(job.mapping), job.mapping)
    as_of = None if job.as_of is None else _instant(job.as_of, desk)
    with _progress() as step:
        log = _read(job.log, mapping, step("reading"))
        if as_of is None:
            as_of = last_instant(log.tickets)
        judgement = Judgement(desk, log.tickets, as_of, step("judging"))
        tally = Tally(desk, job.worst)
        sinks: list[Sink] = [tally.add, *_line_sinks(job.form, desk)]
        for assessment in judgement:
            for sink in sinks:
                sink(assessment)
        report = tally.report(log.name, log.intake, judgement)
    if job.form == "table":
        _print_table(report, job)
    else:
        if job.form == "json":
            json.dump(plain_report(report), sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
        _account(report, job.limit)
    sys.stdout.flush()
    return report


def _read(log: str | None, mapping: LogMapping | None, progress: Callable[[float], None]) -> Log:
    if log is None:
        return read_events(sample_lines(), "the packaged sample")
    return load_log(log, mapping, progress=progress)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise LogError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 at byte {error.start}"
        raise PolicyError(msg) from error


def _instant(text: str, desk: Desk) -> datetime:
    if text == "now":  # the one place in the library that reads a clock
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"--as-of: {text!r} is no ISO 8601 time such as 2026-02-13T18:00"
        raise LogError(msg) from error
    return at if at.tzinfo is not None else at.replace(tzinfo=desk.calendar.zone)


def _line_sinks(form: str, desk: Desk) -> Iterator[Sink]:
    zone = desk.calendar.zone
    if form == "jsonl":

        def write_line(assessment: Assessment) -> None:
            line = json.dumps(plain_assessment(assessment, zone), ensure_ascii=False)
            sys.stdout.write(line + "\n")

        yield write_line
    elif form == "csv":
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(READING_COLUMNS)

        def write_rows(assessment: Assessment) -> None:
            for reading in assessment.readings:
                rows.writerow(map(_cell, plain_reading(reading, zone).values()))

        yield write_rows


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _account(report: Report, limit: int) -> None:
    """Tell on standard error what became of the rows, so that what is piped stays clean."""
    intake = report.intake
    _say(
        f"{report.log}: {intake.rows} rows: {intake.mapped} mapped, {intake.rejected} rejected; "
        f"{report.judged} tickets judged"
    )
    for rejection in intake.rejections[:limit]:
        _say(f"{report.log}: {rejection}")
    if intake.rejected > limit:
        _say(f"{report.log}: and {intake.rejected - limit} more rejected rows")


def _say(message: str) -> None:
    sys.stderr.write(f"ticketrules: {message}\n")


PIPE_WIDTH: Final = 160
"""Columns of a table that no terminal bounds; nothing in it is cut."""


def _print_table(report: Report, job: _Job) -> None:
    if sys.stdout.isatty():
        print_report(report, Console(), lang=job.lang, limit=job.limit)
        return
    page = Console(file=io.StringIO(), width=PIPE_WIDTH, color_system=None)
    with page.capture() as captured:
        print_report(report, page, lang=job.lang, limit=job.limit)
    for line in captured.get().splitlines():  # tables are padded to the right; files need not be
        sys.stdout.write(line.rstrip() + "\n")


@contextmanager
def _no_collector() -> Iterator[None]:
    """Leave the garbage collector off.

    Nothing that is made here refers back to itself, and looking for such circles among millions of
    live events takes a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _progress() -> Iterator[Callable[[str], Callable[[float], None]]]:
    """Bars on standard error where that is a terminal; silence where it is not."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )

    def step(name: str) -> Callable[[float], None]:
        task = bars.add_task(name, total=1.0)

        def advance(share: float) -> None:
            bars.update(task, completed=share)

        return advance

    with bars:
        yield step
