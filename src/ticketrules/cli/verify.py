"""``ticketrules verify``: whether a policy's rules do what they must mean."""

import json
import sys
from typing import Final

import click

from ticketrules.cli.policies import UNUSABLE, read_policy
from ticketrules.cli.streams import say
from ticketrules.errors import TicketRulesError
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
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", help="The language of the stories."
)
def verify(file: str | None, channels: tuple[str, ...], *, as_json: bool, lang: str) -> None:
    """Explore all that can happen under the policy in FILE; the marketplace's for none.

    Each flaw comes with its clause and a shortest history that shows it, told as a story.

    Exit status: 0 clean, 1 flaws found, 2 unusable input.
    """
    policy = read_policy(file)
    try:
        found = verified(policy, channels=[Channel(one) for one in channels or map(str, Channel)])
    except TicketRulesError as error:
        say(f"{file}: {error}")
        sys.exit(UNUSABLE)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(getattr(found.text, lang))
    sys.exit(CLEAN if found.is_clean else FLAWED)
