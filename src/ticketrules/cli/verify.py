"""``ticketrules verify``: whether a policy's rules do what they must mean."""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from ticketrules.cli.files import UNUSABLE, based, read_policy, text_of
from ticketrules.cli.streams import say
from ticketrules.errors import RoutingError, TicketRulesError
from ticketrules.routing import load_roster
from ticketrules.rulebook import Policy
from ticketrules.tickets import Channel
from ticketrules.verification import verify as verified

CLEAN: Final = 0
FLAWED: Final = 1


@click.command()
@click.argument("file", required=False)
@click.option(
    "--channel",
    "channels",
    multiple=True,
    type=click.Choice([one.value for one in Channel]),
    help="A channel by which customers are reached; give each. Default: all there are.",
)
@click.option(
    "--roster",
    metavar="FILE",
    help="Who is on duty when (TOML), held against the service hours from --from to --to.",
)
@click.option("--from", "first", metavar="DATE", help="The first date on which a roster is held.")
@click.option("--to", "last", metavar="DATE", help="The last such date.")
@based
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", help="The language of the stories."
)
def verify(
    file: str | None,
    channels: tuple[str, ...],
    bases: tuple[str, ...],
    *,
    as_json: bool,
    lang: str,
    **roster: str | None,
) -> None:
    """Explore all that can happen under the policy in FILE; the marketplace's for none.

    Each flaw comes with its clause and a shortest history that shows it, told as a story.

    Exit status: 0 clean, 1 flaws found, 2 unusable input.
    """
    try:
        policy = read_policy(file, bases)
        held = _held(policy, **roster)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)
    try:
        reached = [Channel(one) for one in channels or map(str, Channel)]
        found = verified(policy, channels=reached, **held)
    except TicketRulesError as error:
        say(f"{file or policy.name}: {error}")
        sys.exit(UNUSABLE)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(getattr(found.text, lang))
    sys.exit(CLEAN if found.is_clean else FLAWED)


def _held(
    policy: Policy, roster: str | None, first: str | None, last: str | None
) -> dict[str, Any]:
    """The roster and the stretch over which it is held against the service hours."""
    if roster is None:
        if first is not None or last is not None:
            msg = "--from and --to go with --roster"
            raise click.UsageError(msg)
        return {}
    if first is None or last is None:
        msg = "--roster needs --from and --to, such as --from 2026-03-02 --to 2026-03-31"
        raise click.UsageError(msg)
    start, end = _date("--from", first), _date("--to", last)
    if end < start or end == date.max:
        msg = "--to must be a date not before --from"
        raise click.UsageError(msg)
    zone = ZoneInfo(policy.service_hours.zone)
    days = start, end + timedelta(days=1)
    return {
        "roster": load_roster(text_of(roster, RoutingError), roster),
        "during": tuple(datetime.combine(day, time.min, zone) for day in days),
    }


def _date(option: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        msg = f"{option}: expected a date such as 2026-03-02"
        raise click.UsageError(msg) from None
