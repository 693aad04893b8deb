"""How fast promises are met: the share that was answered within each amount of service time."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Final

from matplotlib.figure import Figure

from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.columns import Verdicts, is_instant, rows
from ticketrules.pictures.style import FAINT, INK, SERIES, drawing, figure, printable, say
from ticketrules.sla import Verdict

_MINUTE: Final = timedelta(minutes=1)
_TITLE: Final = Text("answers within the promise", "承诺时限内的完成比例")
_SHARE: Final = Text("share done within", "累计完成比例")
_TIME: Final = Text("counted time, minutes (logarithmic)", "计时分钟数（对数刻度）")
_PROMISE: Final = Text("promise", "承诺")
_OPEN: Final = Text("open", "未完成")
_LEAST: Final = 1 / 60
"""What takes less than a second is drawn at a second: a logarithm knows no zero."""


def response_curves(
    verdicts: Verdicts, *, clocks: Iterable[str] | None = None, lang: Language = "en"
) -> Figure:
    """Draw for each clock which share of its cycles was done within each amount of counted time.

    A cycle that is still open is not done yet and is not left out either, which would flatter the
    desk: the curve is Kaplan and Meier's estimate, with open cycles censored at the time that they
    have run. With none open it is the plain empirical distribution. Cancelled cycles are left out.
    Where all its cycles were promised the same amount, the dashed line of the same colour is that
    promise, and the label tells the share that was done by then.

    Args:
        verdicts: Readings, or a table with the columns ``clock``, ``verdict``, ``elapsed``,
            ``stopped_at`` and ``budget``.
        clocks: Which clocks, in this order; by default all that promise one amount of time.
        lang: The language of the labels.

    Raises:
        PictureError: Nothing to draw; a column is missing; another language or no font.
    """
    cycles: dict[str, list[tuple[timedelta, bool]]] = {}
    budgets: dict[str, set[object]] = {}
    told = rows(verdicts, "clock", "verdict", "elapsed", "stopped_at", "budget")
    for clock, verdict, elapsed, stopped_at, budget in told:
        if verdict is Verdict.CANCELLED:
            continue
        cycles.setdefault(clock, []).append((elapsed, is_instant(stopped_at)))
        budgets.setdefault(clock, set()).add(budget)
    promised = {
        clock: budget
        for clock, (budget, *more) in budgets.items()
        if isinstance(budget, timedelta) and not more
    }
    names = list(promised if clocks is None else clocks)
    empty = [name for name in names if name not in cycles]
    if empty or not names:
        msg = f"nothing to draw: no cycle of {', '.join(map(repr, empty)) or 'any clock'}"
        raise PictureError(msg)
    with drawing(lang):
        drawn, axes = figure(9, 4.6)
        for place, name in enumerate(names):
            color = SERIES[place % len(SERIES)]
            steps = survival(cycles[name])
            still_open = sum(not done for _elapsed, done in cycles[name])
            label = f"{printable(name)}  n = {len(cycles[name])}"
            if still_open:
                label += f", {say(_OPEN, lang)} {still_open}"
            if name in promised:
                kept = next((share for at, share in reversed(steps) if at <= promised[name]), 0.0)
                minutes = f"{promised[name] / _MINUTE:g} min"
                label += f"\n{say(_PROMISE, lang)} {minutes}: {kept:.0%}"
                axes.axvline(promised[name] / _MINUTE, color=color, linestyle="--", linewidth=1)
            times = [max(at / _MINUTE, _LEAST) for at, _share in steps]
            shares = [share for _at, share in steps]
            axes.step(times, shares, where="post", color=color, linewidth=1.8, label=label)
        axes.set_xscale("log")
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(lambda share, _place: f"{share:.0%}")
        axes.xaxis.set_major_formatter(lambda minutes, _place: f"{minutes:g}")
        axes.grid(axis="y", color=FAINT, linewidth=0.4)
        axes.set_xlabel(say(_TIME, lang))
        axes.set_ylabel(say(_SHARE, lang))
        axes.set_title(say(_TITLE, lang), color=INK)
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return drawn


def survival(cycles: Iterable[tuple[timedelta, bool]]) -> list[tuple[timedelta, float]]:
    """The share done by each amount of time, as steps: from each amount on, this share.

    Args:
        cycles: Each cycle's counted time, and whether it is done; an open one has run that long
            and may take any time more.

    Returns:
        The steps, the first at no time at all. They end below one where the longest are open.
    """
    ordered = sorted(cycles)
    at_once = timedelta(0)
    steps, left, waiting = {at_once: 0.0}, len(ordered), 1.0
    for elapsed, several in groupby(ordered, key=lambda cycle: cycle[0]):
        ends = [done for _elapsed, done in several]
        if any(ends):
            waiting *= 1 - sum(ends) / left
            steps[elapsed] = 1 - waiting
        left -= len(ends)
    last = ordered[-1][0] if ordered else at_once
    return [*steps.items(), (last, 1 - waiting)]
