"""Load against roster: how many customers wait, and how many agents are to be there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ticketrules.calendar import Calendar
from ticketrules.clauses import Text
from ticketrules.errors import PictureError
from ticketrules.pages import Language
from ticketrules.pictures.style import (
    FAINT,
    LATE,
    OPEN_HOURS,
    SERIES,
    Picture,
    dates,
    drawing,
    number,
    say,
)
from ticketrules.routing import Roster, coverage_gaps
from ticketrules.tickets import Status, Ticket, instant
from ticketrules.tickets.lifecycle import evolve

_TITLE: Final = Text("load against roster", "工单负荷与排班")
_WAITING: Final = Text("waiting for an answer", "等待回复的工单")
_ARRIVED: Final = Text("submitted", "新提交")
_THERE: Final = Text("agents to be there", "排班客服人数")
_GAP: Final = Text("service time with nobody there [3.3]", "服务时间内无人在岗 [3.3]")

Steps = list[tuple[datetime, int]]
"""A count over time: from each instant on, this many."""


def waiting(tickets: Iterable[Ticket], start: datetime, end: datetime) -> Steps:
    """How many tickets wait for an answer (8.3) through ``[start, end)``.

    A ticket waits while a message of its customer's is unanswered and it is not closed.

    Returns:
        The first step is at ``start``; the counts of steps that follow each other differ.
    """
    changes: dict[datetime, int] = {}
    for ticket in tickets:
        grown: Ticket | None = None
        waited = False
        for event in ticket.history:
            grown = evolve(grown, event)
            waits = grown.unanswered_since is not None and grown.status is not Status.CLOSED
            if waits is not waited:
                changes[event.at] = changes.get(event.at, 0) + (1 if waits else -1)
                waited = waits
    steps = [(start, sum(change for at, change in changes.items() if at <= start))]
    for at in sorted(at for at in changes if start < at < end):
        if changes[at]:
            steps.append((at, steps[-1][1] + changes[at]))
    return steps


def agents_there(roster: Roster, start: datetime, end: datetime) -> Steps:
    """How many agents are to be there through ``[start, end)``; steps as of ``waiting``."""
    changes: dict[datetime, int] = {start: 0}
    for stretches in roster.presence(start, end).values():
        for begins, ends in stretches:
            changes[begins] = changes.get(begins, 0) + 1
            changes[ends] = changes.get(ends, 0) - 1
    steps: Steps = []
    for at in sorted(at for at in changes if at < end):
        count = (steps[-1][1] if steps else 0) + changes[at]
        if not steps or steps[-1][1] != count:
            steps.append((at, count))
    return steps


def load(
    tickets: Iterable[Ticket],
    roster: Roster,
    calendar: Calendar,
    start: datetime,
    end: datetime,
    *,
    lang: Language = "en",
) -> Figure:
    """Draw how many customers wait for an answer above how many agents are to be there.

    Each submission is a stroke at the foot of the upper half. Service hours are shaded; service
    time in which the roster has nobody (3.3) is marked in the lower half.

    Args:
        tickets: The tickets, each with its history.
        roster: Who is to be there.
        calendar: When the desk serves.
        start: Where to begin, aware.
        end: Where to stop; not part of it.
        lang: The language of the labels.

    Raises:
        PictureError: It ends before it begins; another language or no font.
        NaiveTimeError: An instant has no time zone.
        UnannouncedError: It touches a day that is not announced, and the calendar does not
            project.
    """
    first, last = instant(start), instant(end)
    if last <= first:
        msg = f"nothing to draw: {end.isoformat()} is not after {start.isoformat()}"
        raise PictureError(msg)
    known = list(tickets)
    with drawing(lang):
        drawn = Picture(figsize=(11, 4.6), layout="constrained", facecolor="white")
        upper, lower = drawn.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        for axes in (upper, lower):
            for opens, closes in calendar.windows(first, last):
                axes.axvspan(number(opens), number(closes), color=OPEN_HOURS, linewidth=0)
            axes.grid(axis="y", color=FAINT, linewidth=0.4)
            axes.yaxis.get_major_locator().set_params(integer=True)
        _area(upper, waiting(known, first, last), last, SERIES[0], say(_WAITING, lang))
        arrived = [number(one.opened_at) for one in known if first <= one.opened_at < last]
        if arrived:
            foot = upper.get_xaxis_transform()
            upper.vlines(
                arrived, 0, 0.05, transform=foot, color=SERIES[3], lw=0.9, label=say(_ARRIVED, lang)
            )
        _area(lower, agents_there(roster, first, last), last, SERIES[2], say(_THERE, lang))
        label: str | None = say(_GAP, lang)
        for gap in coverage_gaps(roster, calendar, first, last):
            lower.axvspan(
                number(gap.start),
                number(gap.end),
                fc="none",
                ec=LATE,
                hatch="xxx",
                linewidth=0.8,
                label=label,
            )
            label = None
        for axes in (upper, lower):
            axes.set_ylim(bottom=0)
            axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
        lower.set_xlim(number(first), number(last))
        dates(lower, calendar.zone)
        upper.set_title(say(_TITLE, lang))
    return drawn


def _area(axes: Axes, steps: Steps, end: datetime, color: str, label: str) -> None:
    times = [number(at) for at, _count in steps] + [number(end)]
    counts = [count for _at, count in steps] + [steps[-1][1]]
    axes.fill_between(times, counts, step="post", color=color, alpha=0.25, linewidth=0)
    axes.step(times, counts, where="post", color=color, linewidth=1.3, label=label)
