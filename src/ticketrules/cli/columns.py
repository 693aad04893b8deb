"""``ticketrules judge-columns``: a log of events as a table in, its verdicts out as Parquet."""

import sys

import click

from ticketrules.cli.files import UNUSABLE, based, read_policy
from ticketrules.cli.judge import PARTLY, as_instant, progress_bar
from ticketrules.cli.streams import say
from ticketrules.desk import Desk
from ticketrules.errors import TicketRulesError

_SHOWN = 10


@click.command("judge-columns")
@click.argument("log", metavar="LOG")
@click.option("--into", required=True, metavar="DIR", help="A new or empty folder for Parquet.")
@click.option(
    "--as-of",
    required=True,
    metavar="TIME",
    help="Judge as of this time: ISO 8601, in the desk's zone if it names none, or 'now'.",
)
@click.option("--policy", metavar="FILE", help="What differs from the marketplace's rules (TOML).")
@based
@click.option(
    "--scratch", metavar="DIR", help="Where to group a log whose tickets do not ascend, on disk."
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 if a row was rejected or a ticket not judged."
)
def judge_columns(
    *,
    log: str,
    into: str,
    as_of: str,
    policy: str | None,
    bases: tuple[str, ...],
    scratch: str | None,
    strict: bool,
) -> None:
    """Judge a log of any size: Parquet, Arrow IPC or CSV with a row an event.

    Exit status: 0 judged, 1 under --strict if rows were rejected or tickets not judged,
    2 unusable input.
    """
    try:
        from ticketrules.analysis import judge_file  # noqa: PLC0415 - needs an extra
    except ModuleNotFoundError as missing:
        say(f"{missing}: install ticketrules[analysis]")
        sys.exit(UNUSABLE)
    try:
        desk = Desk(read_policy(policy, bases, "--policy"))
        now = as_instant(as_of, desk)
        with progress_bar("judging") as progress:
            found = judge_file(log, desk, now, into, scratch=scratch, progress=progress)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)
    intake = found.intake
    say(
        f"{log}: {intake.rows} rows: {intake.mapped} mapped, {intake.rejected} rejected;"
        f" {found.judged} tickets judged, {len(found.unjudged)} not judged"
    )
    for problem in (*intake.rejections[:_SHOWN], *found.unjudged[:_SHOWN]):
        say(f"{log}: {problem}")
    for one in found.fallbacks:
        clock = one.clock or "all clocks"
        say(f"{log}: {clock}: one by one for {one.tickets} tickets: {one.reason}")
    sys.exit(PARTLY if strict and (intake.rejected or found.unjudged) else 0)
