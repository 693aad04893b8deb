"""``ticketrules judge``: a log in, its verdicts out."""

import csv
import gc
import io
import json
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import click
from attrs import frozen
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from ticketrules.assessment import Assessment
from ticketrules.cli.files import UNUSABLE, based, read_policy, text_of
from ticketrules.cli.streams import is_terminal, is_unicode, say, silence
from ticketrules.cli.tables import print_report
from ticketrules.desk import Desk
from ticketrules.errors import MappingError, TicketRulesError
from ticketrules.logs import Log, LogMapping, load_log, load_mapping, read_events
from ticketrules.logs.judging import Judgement, last_instant
from ticketrules.logs.plain import READING_COLUMNS, plain_assessment, plain_reading, plain_report
from ticketrules.logs.report import Report, Tally
from ticketrules.logs.times import OUTSIDE, is_reckonable
from ticketrules.replies import ReplyFinding
from ticketrules.sample import sample_lines
from ticketrules.tickets import instant

JUDGED, PARTLY = 0, 1

Sink = Callable[[Assessment, tuple[ReplyFinding, ...] | None], None]
"""Takes a ticket's assessment, and what is wrong with its replies where somebody looked."""


@click.command()
@click.argument("log", required=False, metavar="[LOG]")
@click.option("--sample", is_flag=True, help="Judge the packaged sample instead of a log.")
@click.option(
    "--mapping",
    metavar="FILE",
    help="How the log's columns become events (TOML). Without it LOG is JSON Lines of events.",
)
@click.option("--policy", metavar="FILE", help="What differs from the marketplace's rules (TOML).")
@based
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
@click.option(
    "--replies",
    is_flag=True,
    help="Look at what agents wrote, too: faults by clause, with ticket, event and span "
    "(4.3-4.7, 5, 6, 8.2).",
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 if a row was rejected or a ticket not judged."
)
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

    Exit status: 0 judged, 1 under --strict if rows were rejected or tickets not judged,
    2 unusable input, or output that cannot be written.
    """
    job = _Job(**options)
    if sample == (job.log is not None):
        msg = "give a LOG or --sample, and not both"
        raise click.UsageError(msg)
    if job.replies and job.form == "csv":
        msg = "--replies goes with table, json or jsonl; csv has a row a reading"
        raise click.UsageError(msg)
    if sample and job.mapping is not None:
        msg = "--mapping goes with a LOG; the sample needs none"
        raise click.UsageError(msg)
    try:
        with _no_collector():
            is_whole = _run(job)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)
    sys.exit(JUDGED if is_whole or not strict else PARTLY)


@frozen(kw_only=True)
class _Job:
    """What was asked for on the command line."""

    log: str | None
    mapping: str | None
    policy: str | None
    bases: tuple[str, ...]
    as_of: str | None
    form: str
    replies: bool
    worst: int
    limit: int
    lang: str


def _run(job: _Job) -> bool:
    """Judge and write; whether every row was used and every ticket judged."""
    desk = Desk(read_policy(job.policy, job.bases, "--policy"))
    mapping = _mapping(job.mapping)
    as_of = None if job.as_of is None else as_instant(job.as_of, desk)
    with progress_bar("reading") as advance:
        log = _read(job.log, mapping, advance)
    end = last_instant(log.tickets, desk.calendar) if as_of is None else as_of
    judgement = Judgement(desk, log.tickets, end, whole=as_of is None)
    try:
        with progress_bar("judging") as judgement.progress:
            report = _judged(job, desk, log, judgement)
        _write(job, report)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough. How the log stands is still to be found out.
        silence(sys.stdout)
        judgement.progress = None
        deque(judgement, maxlen=0)
    return not log.intake.rejected and not judgement.unjudged


def _judged(job: _Job, desk: Desk, log: Log, judgement: Judgement) -> Report:
    """Judge every ticket, writing the lines of those forms that have one as it goes."""
    tally = Tally(desk, job.worst, replies=job.replies)
    sinks: list[Sink] = [tally.add, *_line_sinks(job.form, desk)]
    for assessment in judgement:
        replies = desk.reviews(assessment.ticket, assessment.now) if job.replies else None
        for sink in sinks:
            sink(assessment, replies)
    return tally.report(log.name, log.intake, judgement)


def _write(job: _Job, report: Report) -> None:
    if job.form == "table":
        _print_table(report, job)
        return
    if job.form == "json":
        ascii_only = not is_unicode(sys.stdout)
        json.dump(plain_report(report), sys.stdout, ensure_ascii=ascii_only, indent=2)
        sys.stdout.write("\n")
    _account(report, job.limit)


def _mapping(path: str | None) -> LogMapping | None:
    return None if path is None else load_mapping(text_of(path, MappingError, "--mapping"), path)


def _read(log: str | None, mapping: LogMapping | None, progress: Callable[[float], None]) -> Log:
    if log is None:
        return read_events(sample_lines(), "the packaged sample")
    return load_log(log, mapping, progress=progress)


def as_instant(text: str, desk: Desk) -> datetime:
    """The instant that ``--as-of`` names, in the desk's zone if it names none."""
    if text == "now":  # the one place in the library that reads a clock
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is no ISO 8601 time such as 2026-02-13T18:00"
        raise click.BadParameter(msg, param_hint="--as-of") from error
    try:
        at = instant(at if at.tzinfo is not None else at.replace(tzinfo=desk.calendar.zone))
    except (ValueError, OverflowError):
        at = datetime.min.replace(tzinfo=UTC)
    if not is_reckonable(at):
        raise click.BadParameter(f"{text!r} {OUTSIDE}", param_hint="--as-of")
    return at


def _line_sinks(form: str, desk: Desk) -> Iterator[Sink]:
    zone = desk.calendar.zone
    if form == "jsonl":
        ascii_only = not is_unicode(sys.stdout)

        def write_line(assessment: Assessment, replies: tuple[ReplyFinding, ...] | None) -> None:
            line = json.dumps(plain_assessment(assessment, zone, replies), ensure_ascii=ascii_only)
            sys.stdout.write(line + "\n")

        yield write_line
    elif form == "csv":
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(READING_COLUMNS)

        def write_rows(assessment: Assessment, _replies: object) -> None:
            for reading in assessment.readings:
                rows.writerow(map(_cell, plain_reading(reading, zone).values()))

        yield write_rows


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _account(report: Report, limit: int) -> None:
    """Tell on standard error what became of the rows, so that what is piped stays clean."""
    intake, unjudged = report.intake, report.unjudged
    say(
        f"{report.log}: {intake.rows} rows: {intake.mapped} mapped, {intake.rejected} rejected; "
        f"{report.judged} tickets judged" + (f", {len(unjudged)} not judged" if unjudged else "")
    )
    for what, problems in (("rejected rows", intake.rejections), ("tickets not judged", unjudged)):
        for problem in problems[:limit]:
            say(f"{report.log}: {problem}")
        if len(problems) > limit:
            say(f"{report.log}: and {len(problems) - limit} more {what}")


PIPE_WIDTH: Final = 160
"""Columns of a table that no terminal bounds; nothing in it is cut."""


def _print_table(report: Report, job: _Job) -> None:
    if is_terminal(sys.stdout):
        print_report(report, Console(), lang=job.lang, limit=job.limit)
        return
    # Nothing is written to this file; only its encoding says which lines can be drawn.
    like = io.TextIOWrapper(io.BytesIO(), encoding=sys.stdout.encoding)
    page = Console(file=like, width=PIPE_WIDTH, color_system=None)
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
def progress_bar(name: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error where that is a terminal; silence where it is not."""
    if not is_terminal(sys.stderr):
        yield lambda _share: None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(name, total=1.0)
    with bar:
        yield lambda share: bar.update(task, completed=share)
