"""``ticketrules policy``: policies written out, compared, and described for editors."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ticketrules.cli.streams import say
from ticketrules.errors import PolicyError, TicketRulesError
from ticketrules.rulebook import Policy, diff_policies, dump_policy, load_policy, policy_schema

UNUSABLE = 2


def read_policy(path: str | None, bases: Sequence[str] = ()) -> Policy:
    """The policy in a file; the marketplace's for none.

    Ends the process with a message where it cannot be used.

    Args:
        path: The file.
        bases: The files of policies that it may extend, each of which may extend those before.
    """
    if path is None:
        return Policy()
    known: list[Policy] = []
    try:
        for base in bases:
            known.append(load_policy(text_of(base), base, bases=known))
        return load_policy(text_of(path), path, bases=known)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)


def text_of(path: str, error: type[TicketRulesError] = PolicyError) -> str:
    """What stands in a file.

    Raises:
        TicketRulesError: It cannot be read, or is not UTF-8; of the kind that is asked for.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as problem:
        msg = f"{path}: cannot be read: {problem.strerror or problem}"
    except UnicodeDecodeError as problem:
        msg = f"{path}: not UTF-8: {problem.reason} at byte {problem.start}"
    except ValueError:
        msg = f"{path!r}: no file has such a name"
    raise error(msg)


based = click.option(
    "--base",
    "bases",
    multiple=True,
    metavar="FILE",
    help="A policy that FILE may extend, or a later base; give each.",
)
"""The option of commands that read a policy."""


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
    found = read_policy(file, bases)
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
    paths = (None, before) if after is None else (before, after)
    found = diff_policies(*(read_policy(path, bases) for path in paths))
    click.echo(getattr(found.text, lang))
    sys.exit(1 if found else 0)


@policy.command()
def schema() -> None:
    """Write the JSON Schema of a policy file, for editors that complete and check TOML."""
    click.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))
