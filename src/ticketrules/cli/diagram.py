"""``ticketrules diagram``: the lifecycle drawn from its table."""

import click

from ticketrules.pages import Language
from ticketrules.tickets.diagram import dot, mermaid


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "dot"]),
    default="mermaid",
    show_default=True,
    help="mermaid: for a Markdown page; dot: for Graphviz.",
)
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of the labels.",
)
def diagram(form: str, lang: Language) -> None:
    """Draw the lifecycle of a ticket from the table that decides it."""
    draw = {"mermaid": mermaid, "dot": dot}[form]
    click.echo(draw(lang), nl=False)
