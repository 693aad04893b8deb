"""The command line: a thin ring around the library; needs the extra ``cli``."""

from typing import Any

import click

from ticketrules.cli import streams
from ticketrules.cli.columns import judge_columns
from ticketrules.cli.diagram import diagram
from ticketrules.cli.judge import judge
from ticketrules.cli.policies import policy
from ticketrules.cli.tendency import tendency
from ticketrules.cli.verify import verify

__all__ = ["command"]


class _Guarded(click.Group):
    """A group whose commands may write to anything, or to nothing."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        streams.prepare()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            # What is read says itself what is wrong with it; this is about what is written.
            streams.abandon(error.strerror or str(error))


@click.group(cls=_Guarded, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ticketrules")
def command() -> None:
    """A service desk's rules: judge ticket logs by the marketplace's rulebook."""


command.add_command(judge)
command.add_command(judge_columns)
command.add_command(diagram)
command.add_command(policy)
command.add_command(tendency)
command.add_command(verify)
