"""The lifecycle as a drawing, in Mermaid or DOT, drawn from the one table and nothing else."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ticketrules.pages import Language
from ticketrules.tickets.events import Event
from ticketrules.tickets.table import REOPENED, RULES, TABLE
from ticketrules.tickets.values import Status


@frozen
class Arrow:
    """A way from one status to another.

    Attributes:
        before: The status it leaves; ``None`` where a ticket begins.
        after: The status it leads to.
        events: The kinds of event that go this way, in the order of a ticket's life.
    """

    before: Status | None
    after: Status
    events: tuple[type[Event], ...]


def arrows() -> tuple[Arrow, ...]:
    """Every way from one status to another that the table allows.

    What leaves the status as it is, such as a note, draws no arrow.

    Returns:
        One arrow for each pair of statuses, in the order of the statuses.
    """
    ways: dict[tuple[Status | None, Status], list[type[Event]]] = {}
    for rule in RULES:
        if not rule.before and rule.after is not None:
            ways.setdefault((None, rule.after), []).append(rule.event)
        for before in rule.before:
            after = REOPENED if before in rule.reopens else rule.after
            if after is not None and after is not before:
                ways.setdefault((before, after), []).append(rule.event)
    order = {None: -1} | {status: place for place, status in enumerate(Status)}
    return tuple(
        Arrow(before, after, tuple(ways[before, after]))
        for before, after in sorted(ways, key=lambda way: (order[way[0]], order[way[1]]))
    )


def ends() -> tuple[Status, ...]:
    """The statuses that nothing leaves and in which nothing happens."""
    alive = frozenset[Status]().union(*(rule.before for rule in TABLE.values()))
    return tuple(status for status in Status if status not in alive)


def mermaid(lang: Language = "en") -> str:
    """The lifecycle as a Mermaid state diagram.

    Args:
        lang: The language of the labels.

    Returns:
        The text of the diagram; it ends with a line break.

    Raises:
        ValueError: There is no such language.
    """
    words = _words(lang)
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{words.status(status)}" as {status}' for status in Status]
    for arrow in arrows():
        start = "[*]" if arrow.before is None else str(arrow.before)
        lines.append(f"    {start} --> {arrow.after} : {words.events(arrow, words.comma)}")
    lines += [f"    {status} --> [*]" for status in ends()]
    return "\n".join(lines) + "\n"


def dot(lang: Language = "en") -> str:
    """The lifecycle in DOT, the language of Graphviz.

    Args:
        lang: The language of the labels.

    Returns:
        The text of the graph; it ends with a line break.

    Raises:
        ValueError: There is no such language.
    """
    return "\n".join(["digraph lifecycle {", *_dot_lines(_words(lang)), "}"]) + "\n"


@frozen
class _Words:
    lang: Language
    comma: str

    def status(self, status: Status) -> str:
        return status.label if self.lang == "zh" else str(status).replace("_", " ")

    def events(self, arrow: Arrow, between: str) -> str:
        return between.join(
            kind.label if self.lang == "zh" else kind.name.replace("_", " ")
            for kind in arrow.events
        )


_LANGUAGES: Final[Mapping[str, _Words]] = MappingProxyType(
    {"en": _Words("en", ", "), "zh": _Words("zh", "、")}
)


def _words(lang: str) -> _Words:
    try:
        return _LANGUAGES[lang]
    except KeyError:
        msg = f"no labels in {lang!r}: expected one of {', '.join(_LANGUAGES)}"
        raise ValueError(msg) from None


def _dot_lines(words: _Words) -> Iterator[str]:
    yield "    rankdir=LR;"
    yield "    node [shape=box, style=rounded];"
    yield '    start [shape=point, label=""];'
    last = ends()
    for status in Status:
        border = ", peripheries=2" if status in last else ""
        yield f'    {status} [label="{words.status(status)}"{border}];'
    for arrow in arrows():
        start = "start" if arrow.before is None else str(arrow.before)
        label = words.events(arrow, "\\n")
        yield f'    {start} -> {arrow.after} [label="{label}"];'
