"""When promises are broken: a map of breaches by weekday and hour."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ticketrules.calendar import Calendar, DayKind, ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.columns import Verdicts, is_instant, rows
from ticketrules.pictures.style import INK, LATE, WEEKDAYS, drawing, figure, say

_PAPER_TO_LATE: Final = LinearSegmentedColormap.from_list("late", ["#FFFFFF", "#F6C9A8", LATE])
_TITLE: Final = Text("breaches by weekday and hour", "各星期各时段超时次数")
_HOUR: Final = Text("hour of the day", "小时")
_FRAME: Final = Text("framed: the usual service hours", "框内为常规服务时间")
_WEEKEND: Final = (5, 6)
_HOUR_US: Final = 3_600_000_000
_DARK: Final = 0.6
"""From this share of the greatest number on, the number is written in white."""


def breach_map(
    verdicts: Verdicts, calendar: Calendar, *, clock: str | None = None, lang: Language = "en"
) -> Figure:
    """Draw how many promises were broken in each hour of each weekday, on the desk's wall clock.

    A breach counts in the hour of its instant, ``breached_at``. The usual service hours are
    framed; a breach on a weekend inside service time fell on a make-up working day.

    Args:
        verdicts: Readings, or a table with the columns ``clock`` and ``breached_at``.
        calendar: The desk's calendar, for its zone and its usual hours.
        clock: Only this clock's; all by default.
        lang: The language of the labels.

    Raises:
        PictureError: No reading of such a clock; a column is missing; another language or no font.
    """
    told = rows(verdicts, "clock", "breached_at")
    if clock is not None and all(name != clock for name, _at in told):
        msg = f"nothing to draw: no reading of a clock {clock!r}"
        raise PictureError(msg)
    counts: Counter[tuple[int, int]] = Counter()
    for name, at in told:
        if is_instant(at) and clock in {None, name}:
            local = at.astimezone(calendar.zone)
            counts[local.weekday(), local.hour] += 1
    with drawing(lang):
        drawn, axes = figure(10, 3.6)
        most = max(counts.values(), default=0)
        grid = [[counts[weekday, hour] for hour in range(24)] for weekday in range(7)]
        axes.imshow(grid, cmap=_PAPER_TO_LATE, vmin=0, vmax=max(most, 1), aspect="auto")
        for (weekday, hour), count in counts.items():
            color = "white" if count > _DARK * most else INK
            axes.text(hour, weekday, str(count), ha="center", va="center", color=color, fontsize=8)
        for weekday, hour in usual_hours(calendar):
            axes.add_patch(
                Rectangle((hour - 0.5, weekday - 0.5), 1, 1, fill=False, ec="#B8AE95", lw=0.7)
            )
        axes.set_yticks(range(7), [say(day, lang) for day in WEEKDAYS])
        axes.set_xticks(range(24), [f"{hour:02}" for hour in range(24)])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel(f"{say(_HOUR, lang)} ({calendar.zone.key}) — {say(_FRAME, lang)}")
        of = f" · {clock}" if clock is not None else ""
        axes.set_title(f"{say(_TITLE, lang)}{of} (n = {sum(counts.values())})")
    return drawn


def usual_hours(calendar: Calendar) -> Iterator[tuple[int, int]]:
    """The weekday and hour of every hour that has service time in a usual week."""
    if not isinstance(calendar, ServiceCalendar):
        return
    for weekday in range(7):
        kind = DayKind.WEEKEND if weekday in _WEEKEND else DayKind.WORKDAY
        for start, end in calendar.schedule.stretches_of(kind, weekday):
            for hour in range(start // _HOUR_US, -(-end // _HOUR_US)):
                yield (weekday + hour // 24) % 7, hour % 24
