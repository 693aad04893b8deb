"""``ticketrules policy``: policies written out, compared, and described for editors."""

import json
import sys
from collections.abc import Sequence

import click

from ticketrules.cli.files import UNUSABLE, based, read_policy
from ticketrules.cli.streams import say
from ticketrules.errors import TicketRulesError
from ticketrules.rulebook import Policy, diff_policies, dump_policy, policy_schema


def _read(path: str | None, bases: Sequence[str]) -> Policy:
    """The policy in a file; ends the process with a message where it cannot be used."""
    try:
        return read_policy(path, bases)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)


@click.group()
def policy() -> None:
    """Write policies out, compare them, describe them for editors."""


@policy.command()
@click.argument("file", required=False)
@click.option("--brief", is_flag=True, help="Only what differs from the marketplace's.")
@based
def dump(file: str | None, bases: tuple[str, ...], *, brief: bool) -> None:
    """Write a policy out as TOML with the clause beside each value; the marketplace's for no FILE.

    Exit status: 0 written, 2 unusable input.
    """
    found = _read(file, bases)
    click.echo(dump_policy(found, extends=Policy() if brief else None), nl=False)


@policy.command()
@click.argument("before")
@click.argument("after", required=False)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", help="The language.")
@based
def diff(before: str, after: str | None, lang: str, bases: tuple[str, ...]) -> None:
    """Tell by clause what AFTER says differently from BEFORE.

    With one FILE alone: what it says differently from the marketplace's.

    Exit status: 0 they say the same, 1 they differ, 2 unusable input.
    """
    first = _read(before, bases)
    found = diff_policies(*((Policy(), first) if after is None else (first, _read(after, bases))))
    click.echo(getattr(found.text, lang))
    sys.exit(1 if found else 0)


@policy.command()
def schema() -> None:
    """Write the JSON Schema of a policy file, for editors that complete and check TOML."""
    click.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))
