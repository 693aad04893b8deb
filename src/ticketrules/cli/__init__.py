"""The command line: a thin ring around the library; needs the extra ``cli``."""

import click

from ticketrules.cli.diagram import diagram
from ticketrules.cli.judge import judge

__all__ = ["command"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ticketrules")
def command() -> None:
    """A service desk's rules: judge ticket logs by the marketplace's rulebook."""


command.add_command(judge)
command.add_command(diagram)
