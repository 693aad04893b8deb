"""The files that options and arguments name: policies, and text of any kind."""

from collections.abc import Sequence
from pathlib import Path

import click

from ticketrules.errors import PolicyError, TicketRulesError
from ticketrules.rulebook import Policy, load_policy

UNUSABLE = 2

based = click.option(
    "--base",
    "bases",
    multiple=True,
    metavar="FILE",
    help="A policy that the policy's FILE, or a later base, may extend; give each.",
)
"""The option of commands that read a policy."""


def read_policy(path: str | None, bases: Sequence[str] = (), option: str = "") -> Policy:
    """The policy in a file; the marketplace's for none.

    Args:
        path: The file.
        bases: The files of policies that it may extend, each of which may extend those before.
        option: The option that names the file, for messages.

    Raises:
        PolicyError: A file cannot be read, or is no policy; bases, and no file to extend them.
    """
    if path is None:
        if bases:
            msg = "--base: no policy is named that could extend it"
            raise PolicyError(msg)
        return Policy()
    known: list[Policy] = []
    for base in bases:
        known.append(load_policy(text_of(base, PolicyError, "--base"), base, bases=known))
    return load_policy(text_of(path, PolicyError, option), path, bases=known)


def text_of(path: str, error: type[TicketRulesError], option: str = "") -> str:
    """What stands in a file.

    Raises:
        TicketRulesError: It cannot be read, or is not UTF-8; of the kind that is asked for.
    """
    if not path:
        msg = f"{option}: no file is named".removeprefix(": ")
        raise error(msg)
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as problem:
        msg = f"{path}: cannot be read: {problem.strerror or problem}"
    except UnicodeDecodeError as problem:
        msg = f"{path}: not UTF-8: {problem.reason} at byte {problem.start}"
    except ValueError:
        msg = f"{path!r}: no file has such a name"
    raise error(msg)
