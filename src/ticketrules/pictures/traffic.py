"""The lifecycle with the traffic of a log: which ways tickets went, and how often."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.style import FAINT, INK, LATE, STATUSES, drawing, figure, say
from ticketrules.tickets import Status, Ticket
from ticketrules.tickets.diagram import arrows
from ticketrules.tickets.lifecycle import evolve

Way = tuple[Status | None, Status]
"""From one status to another; from ``None`` where a ticket begins."""

_PLACES: Final = {
    None: (-1.1, 0.0),
    Status.NEW: (0.0, 0.0),
    Status.IN_PROGRESS: (1.7, 0.0),
    Status.AWAITING_FEEDBACK: (2.9, 1.15),
    Status.AWAITING_CONFIRMATION: (4.1, 0.0),
    Status.RESOLVED: (5.8, 0.0),
    Status.CLOSED: (4.1, -1.75),
}
_THICKEST: Final = 6.0
_ABOVE: Final = 0.22
"""How far above a straight way its number stands."""

_TITLE: Final = Text("which ways tickets went", "工单流转次数")
_UNUSED: Final = Text(
    "thin grey: allowed, never taken; dashed: taken against the rules",
    "细灰线：允许但未出现；虚线：违反规则的流转",
)


def ways(tickets: Iterable[Ticket]) -> Counter[Way]:
    """How often tickets went from each status to another, submissions included."""
    counts: Counter[Way] = Counter()
    for ticket in tickets:
        grown: Ticket | None = None
        for event in ticket.history:
            before = None if grown is None else grown.status
            grown = evolve(grown, event)
            if grown.status is not before:
                counts[before, grown.status] += 1
    return counts


def traffic(tickets: Iterable[Ticket], *, lang: Language = "en") -> Figure:
    """Draw the lifecycle, each way as thick as tickets took it and with their number.

    The ways that the table allows and nobody took are thin and grey; a way that was taken and that
    the table does not allow, as in a recorded history, is dashed.

    Args:
        tickets: The tickets, each with its history.
        lang: The language of the labels.

    Raises:
        PictureError: There is no ticket; another language or no font.
    """
    counts = ways(tickets)
    if not counts:
        msg = "nothing to draw: no ticket"
        raise PictureError(msg)
    allowed: set[Way] = {(arrow.before, arrow.after) for arrow in arrows()}
    most = max(counts.values())
    with drawing(lang):
        drawn, axes = figure(10, 5.2)
        for way in sorted(allowed | counts.keys(), key=lambda way: (counts[way], str(way))):
            _draw_way(axes, way, counts[way], most, is_allowed=way in allowed)
        for status, (x, y) in _PLACES.items():
            if status is None:
                axes.plot([x], [y], "o", color=INK, markersize=9)
                continue
            name = status.label if lang == "zh" else str(status).replace("_", "\n")
            axes.text(
                x,
                y,
                name,
                ha="center",
                va="center",
                fontsize=10,
                bbox={"boxstyle": "round,pad=0.55", "fc": STATUSES[status], "ec": "white"},
                zorder=5,
            )
        axes.set_xlim(-1.4, 6.6)
        axes.set_ylim(-2.4, 1.7)
        axes.set_axis_off()
        axes.set_title(say(_TITLE, lang))
        drawn.supxlabel(say(_UNUSED, lang), fontsize=8)
    return drawn


def _draw_way(axes: Axes, way: Way, count: int, most: int, *, is_allowed: bool) -> None:
    (x1, y1), (x2, y2) = _PLACES[way[0]], _PLACES[way[1]]
    bend = 0.0 if way[0] is None else -0.28 if abs(x2 - x1) + abs(y2 - y1) > 2 else -0.2
    color = FAINT if not count else INK if is_allowed else LATE
    width = 0.7 if not count else 0.8 + (_THICKEST - 0.8) * count / most
    axes.add_patch(
        FancyArrowPatch(
            (x1, y1),
            (x2, y2),
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=9 + 2 * width,
            shrinkA=8 if way[0] is None else 24,
            shrinkB=30,
            color=color,
            linewidth=width,
            linestyle="-" if is_allowed else (0, (3, 2)),
            alpha=0.85,
            zorder=2 if count else 1,
        )
    )
    if count:
        # The crown of the arc: half way, off the chord by half of the bend.
        x, y = (x1 + x2) / 2 + bend * (y2 - y1) / 2, (y1 + y2) / 2 - bend * (x2 - x1) / 2
        if not bend:
            y += _ABOVE
        axes.text(
            x,
            y,
            str(count),
            ha="center",
            va="center",
            fontsize=8,
            color=color,
            bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.85},
            zorder=4,
        )
