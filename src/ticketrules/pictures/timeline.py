"""One ticket's life: who wrote when, its statuses, and each clock against its deadline."""

from datetime import datetime, timedelta
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ticketrules.clauses import Text
from ticketrules.desk import Desk
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.style import (
    FAINT,
    INK,
    LATE,
    OPEN_HOURS,
    STATUSES,
    VERDICTS,
    check_language,
    dates,
    drawing,
    figure,
    number,
    printable,
    say,
)
from ticketrules.sla import Proof, Reading, Verdict
from ticketrules.tickets import Role, Status, Ticket, instant
from ticketrules.tickets.lifecycle import evolve, rewind

_WIDTH: Final = 11.0
_ROW: Final = 0.42
_HALF: Final = 0.27
_MARKS: Final = {Role.CUSTOMER: "o", Role.AGENT: "s", Role.PLATFORM: "D", Role.SYSTEM: "v"}
_LEVELS: Final = {Role.CUSTOMER: 0.24, Role.AGENT: 0.0, Role.PLATFORM: -0.24, Role.SYSTEM: -0.24}
_HUES: Final = {
    Role.CUSTOMER: "#0072B2",
    Role.AGENT: "#009E73",
    Role.PLATFORM: "#CC79A7",
    Role.SYSTEM: "#888888",
}
_LONGEST: Final = timedelta(days=400)
"""Service hours are drawn one by one only up to so long a life; beyond it they would be a smear."""

_EVENTS: Final = Text("events", "事件")
_STATUS: Final = Text("status", "状态")
_NOW: Final = Text("now", "此刻")
_SERVICE_HOURS: Final = Text("service hours", "服务时间")
_PAUSED: Final = Text("paused", "暂停")
_DEADLINE: Final = Text("deadline", "截止")
_BREACH: Final = Text("breach", "超时时刻")
_AHEAD: Final = Text("time left", "剩余时间")


def timeline(ticket: Ticket, desk: Desk, now: datetime, *, lang: Language = "en") -> Figure:
    """Draw a ticket's life up to an instant, on the desk's wall clock.

    From the top: the events by who caused them, the statuses, and a row for each clock that has
    run. A bar is counted time, in the colour of its verdict, and from the breach on in the colour
    of a breach; it is hatched where the clock was paused and thin outside service hours. A
    vertical stroke is the deadline, faint where it was kept; a cross is the breach, and a dotted
    line the time that is left. The ground is shaded in service hours.

    Args:
        ticket: The ticket; what happened to it after ``now`` is left aside.
        desk: The desk whose clocks and calendar are meant.
        now: The instant, aware.
        lang: The language of the labels, ``"en"`` or ``"zh"``.

    Raises:
        PictureError: The ticket does not exist yet at ``now``; another language; no font for it.
        NaiveTimeError: ``now`` has no time zone.
    """
    check_language(lang)
    now = instant(now)
    then = rewind(ticket, now)
    if then is None:
        msg = f"ticket {ticket.id!r} does not exist yet at {now.isoformat()}"
        raise PictureError(msg)
    readings = desk.clocks.read(then, now)
    clocks = list(dict.fromkeys(reading.clock for reading in readings))
    labels = {reading.clock: desk.clocks.target(reading).label for reading in readings}
    with drawing(lang):
        drawn, axes = figure(_WIDTH, 1.5 + _ROW * (len(clocks) + 2))
        rows = {clock: -2 - place for place, clock in enumerate(clocks)}
        _draw_events(axes, then)
        _draw_statuses(axes, then, now, lang)
        for reading in readings:
            _draw_clock(axes, rows[reading.clock], desk.explain(reading))
        first, last = _reach(then, readings, now)
        _shade(axes, desk, first, last)
        axes.axvline(number(now), color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
        axes.annotate(
            say(_NOW, lang),
            (number(now), 0.64),
            ha="center",
            va="bottom",
            fontsize=8,
            annotation_clip=False,
        )
        names = [say(_EVENTS, lang), say(_STATUS, lang)]
        names += [f"{say(labels[clock], lang)}  {_clause(readings, clock)}" for clock in clocks]
        axes.set_yticks([0, -1, *rows.values()], names)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(-1.6 - len(clocks), 0.64)
        axes.set_xlim(number(first), number(last))
        axes.spines["left"].set_visible(False)
        axes.set_title(printable(then.id), pad=16)
        dates(axes, desk.calendar.zone)
        _legend(drawn, then, readings, lang)
    return drawn


def _clause(readings: tuple[Reading, ...], clock: str) -> str:
    return next(f"[{reading.clause}]" for reading in readings if reading.clock == clock)


def _reach(
    ticket: Ticket, readings: tuple[Reading, ...], now: datetime
) -> tuple[datetime, datetime]:
    """From where to where the picture goes, with a little air on both sides."""
    ends = [reading.deadline for reading in readings if reading.is_open and reading.deadline]
    first, last = ticket.opened_at, max([now, *ends])
    air = max((last - first) * 0.03, timedelta(minutes=2))
    return first - air, last + air


def _shade(axes: Axes, desk: Desk, first: datetime, last: datetime) -> None:
    if last - first > _LONGEST:
        return
    for start, end in desk.calendar.windows(first, last):
        axes.axvspan(number(start), number(end), color=OPEN_HOURS, linewidth=0, zorder=0)


def _draw_events(axes: Axes, ticket: Ticket) -> None:
    for role, mark in _MARKS.items():
        at = [number(event.at) for event in ticket.history if event.by.role is role]
        level = [_LEVELS[role]] * len(at)
        axes.scatter(at, level, marker=mark, s=24, color=_HUES[role], ec="white", lw=0.4, zorder=3)


def _draw_statuses(axes: Axes, ticket: Ticket, now: datetime, lang: Language) -> None:
    """The statuses as a band, each named where there is room for its name."""
    cuts: list[tuple[datetime, Status]] = []
    grown: Ticket | None = None
    for event in ticket.history:
        grown = evolve(grown, event)
        if not cuts or cuts[-1][1] is not grown.status:
            cuts.append((event.at, grown.status))
    whole = now - ticket.opened_at
    for (start, status), end in zip(cuts, [at for at, _status in cuts[1:]] + [now], strict=True):
        left, width = number(start), number(end) - number(start)
        axes.barh(-1, width, left=left, height=2 * _HALF, color=STATUSES[status], edgecolor="white")
        name = status.label if lang == "zh" else str(status).replace("_", " ")
        if whole and (end - start) / whole > 0.011 * len(name) * (2 if lang == "zh" else 1):
            axes.text(left + width / 2, -1, name, ha="center", va="center", fontsize=8)


def _draw_clock(axes: Axes, row: int, proof: Proof) -> None:
    reading = proof.reading
    usual = VERDICTS[
        Verdict.RUNNING
        if reading.verdict is Verdict.BREACHED and reading.is_open
        else Verdict.MET
        if reading.verdict is Verdict.BREACHED
        else reading.verdict
    ]
    breach = reading.breached_at
    for one in proof.segments:
        if one.pause is not None and one.in_hours:
            _bar(axes, row, one.start, one.end, VERDICTS[Verdict.PAUSED], hatch=True)
        elif not one.counted:
            axes.plot([number(one.start), number(one.end)], [row, row], color=FAINT, linewidth=1)
        elif breach is None or one.end <= breach:
            _bar(axes, row, one.start, one.end, usual)
        elif one.start >= breach:
            _bar(axes, row, one.start, one.end, LATE)
        else:
            _bar(axes, row, one.start, breach, usual)
            _bar(axes, row, breach, one.end, LATE)
    deadline = reading.deadline
    if deadline is not None:
        matters = reading.is_open or breach is not None
        color, width = (INK, 1.4) if matters else (FAINT, 1.0)
        at = number(deadline)
        axes.vlines(at, row - 0.4, row + 0.4, color=color, linewidth=width, zorder=4)
        if deadline > reading.read_at and reading.is_open:
            axes.plot(
                [number(reading.read_at), number(deadline)],
                [row, row],
                color=INK,
                linewidth=1,
                linestyle=":",
            )
    if breach is not None:
        axes.scatter([number(breach)], [row], marker="X", s=48, color=LATE, ec="white", zorder=5)


def _bar(
    axes: Axes, row: int, start: datetime, end: datetime, color: str, *, hatch: bool = False
) -> None:
    left = number(start)
    axes.barh(
        row,
        number(end) - left,
        left=left,
        height=2 * _HALF,
        color="white" if hatch else color,
        edgecolor=color,
        linewidth=0.8,
        hatch="////" if hatch else None,
        zorder=2,
    )


def _legend(drawn: Figure, ticket: Ticket, readings: tuple[Reading, ...], lang: Language) -> None:
    """What is in the picture, and only that."""
    there = {event.by.role for event in ticket.history}
    keys: list[Line2D | Patch] = [
        Line2D([], [], linestyle="", marker=mark, color=_HUES[role], label=_named(role, lang))
        for role, mark in _MARKS.items()
        if role in there
    ]
    keys += [
        Patch(color=VERDICTS[verdict], label=_named(verdict, lang))
        for verdict in Verdict
        if verdict is not Verdict.PAUSED and any(one.verdict is verdict for one in readings)
    ]
    if any(reading.paused for reading in readings):
        amber = VERDICTS[Verdict.PAUSED]
        keys.append(Patch(fc="white", ec=amber, hatch="////", label=say(_PAUSED, lang)))
    if any(reading.deadline for reading in readings):
        keys.append(
            Line2D([], [], linestyle="", marker="|", ms=11, color=INK, label=say(_DEADLINE, lang))
        )
    if any(reading.is_open and reading.deadline for reading in readings):
        keys.append(Line2D([], [], linestyle=":", color=INK, label=say(_AHEAD, lang)))
    if any(reading.breached_at for reading in readings):
        keys.append(Line2D([], [], linestyle="", marker="X", color=LATE, label=say(_BREACH, lang)))
    keys.append(Patch(color=OPEN_HOURS, label=say(_SERVICE_HOURS, lang)))
    drawn.legend(handles=keys, loc="outside lower center", ncols=min(len(keys), 10), fontsize=8)


def _named(value: Role | Verdict, lang: Language) -> str:
    return value.label if lang == "zh" else str(value)
