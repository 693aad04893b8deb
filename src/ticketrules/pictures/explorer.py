"""Breaches to look into: hours, responses and agents that answer to one another in a browser.

What goes to the page is counts, bounded whatever the log: no ticket's id, no text, no instant.
"""

from collections import Counter
from datetime import timedelta
from typing import Final

import altair as alt

from ticketrules.calendar import Calendar
from ticketrules.clauses import Text
from ticketrules.pages import Language
from ticketrules.pictures.breaches import usual_hours
from ticketrules.pictures.columns import Verdicts, is_instant, rows
from ticketrules.pictures.style import (
    FONTS,
    INK,
    LATE,
    OPEN_HOURS,
    SERIES,
    WEEKDAYS,
    check_language,
    say,
)
from ticketrules.sla import Verdict

MOST_AGENTS: Final = 20
"""So many agents, those with most breaches, have a bar of their own; the others share one."""

_STEPS: Final = 20
"""The promise is cut into so many steps, and longer responses into steps of that size."""

_LONGEST: Final = 2.0
"""From this share of the promise on, responses are counted together."""

_TITLE: Final = Text("broken promises, by when their clocks began", "未兑现承诺（按计时开始时间）")
_HELP: Final = Text(
    "drag over hours, click an agent, choose a clock; double-click to see all again",
    "拖选时段、点击客服、选择时钟；双击恢复全部",
)
_HOUR: Final = Text("hour of the day", "小时")
_BROKEN: Final = Text("broken", "超时")
_OF: Final = Text("of", "总数")
_AGENT: Final = Text("agent", "客服")
_NOBODY: Final = Text("(nobody)", "（无人）")
_OTHERS: Final = Text("(others)", "（其他）")
_CLOCK: Final = Text("clock", "时钟")
_ALL: Final = Text("all", "全部")
_USED: Final = Text("share of the promise used", "已用承诺时间占比")
_DONE: Final = Text("share done by then", "累计完成占比")
_MOST_LETTERS: Final = 48
_LATIN: Final = ("Segoe UI", "Helvetica", "Arial", "DejaVu Sans")


def breach_explorer(
    verdicts: Verdicts, calendar: Calendar, *, lang: Language = "en"
) -> alt.VConcatChart:
    """Make a chart in which hours, responses and agents select one another.

    Three views of all cycles that were met or broken, by the weekday and hour in which they began
    on the desk's wall clock: a map of how many were broken, the usual service hours marked; for
    each clock the share done within each share of its promise; the broken ones by agent. Hours
    that are dragged over narrow down the other two, an agent that is clicked the map, and a clock
    that is chosen all three.

    Cycles that still run or stand are left out, unless they are broken; the curves show what was
    done, and leave out promises that name an instant, which have no share. Responses are told to a
    twentieth of the promise. The ``MOST_AGENTS`` with most breaches are shown.

    Args:
        verdicts: Readings, or a table with the columns ``clock``, ``verdict``, ``started_at``,
            ``stopped_at``, ``agent``, ``elapsed`` and ``budget``.
        calendar: The desk's calendar, for its zone and its usual hours.
        lang: The language of the labels.

    Returns:
        A chart that a notebook shows and ``save("breaches.html")`` keeps; its data stands in it.

    Raises:
        PictureError: A column is missing or has instants without a zone; another language.
    """
    check_language(lang)
    cycles, responses = _counted(verdicts, calendar, lang)
    clocks = sorted({clock for clock, *_rest in cycles})
    timed = sorted({clock for clock, *_rest in responses})
    labels = [say(day, lang) for day in WEEKDAYS]
    wanted = alt.param(
        name="wanted",
        value=None,
        bind=alt.binding_select(
            options=[None, *clocks], labels=[say(_ALL, lang), *clocks], name=f"{say(_CLOCK, lang)} "
        ),
    )
    chosen = "wanted == null || datum.clock == wanted"
    hours = alt.selection_interval(name="hours", encodings=["x", "y"])
    someone = alt.selection_point(name="agent", fields=["agent"])
    datasets = {
        "cycles": [
            {"clock": clock, "agent": agent, "weekday": labels[day], "hour": hour}
            | {"broken": broken, "of": total}
            for (clock, agent, day, hour), (broken, total) in cycles.items()
        ],
        "responses": [
            {"clock": clock, "weekday": labels[day], "hour": hour, "used": used, "done": count}
            for (clock, day, hour, used), count in responses.items()
        ],
        "open_hours": [
            {"weekday": labels[day], "hour": hour} for day, hour in usual_hours(calendar)
        ],
        "promise": [{"used": 1.0}],
    }
    counts = alt.NamedData(name="cycles")
    x = alt.X("hour:O", title=f"{say(_HOUR, lang)} ({calendar.zone.key})").axis(
        labelAngle=0, ticks=False, domain=False
    )
    x = x.scale(domain=list(range(24)))
    y = alt.Y("weekday:O", title=None).scale(domain=labels).axis(ticks=False, domain=False)
    open_hours = alt.NamedData(name="open_hours")
    ground = alt.Chart(open_hours).mark_rect(color=OPEN_HOURS).encode(x, y)
    heat = (
        alt.Chart(counts)
        .transform_filter(chosen)
        .transform_filter(someone)
        .transform_aggregate(broken="sum(broken)", of="sum(of)", groupby=["weekday", "hour"])
        .transform_filter("datum.broken > 0")
        .mark_rect()
        .encode(
            x,
            y,
            alt.Color("broken:Q", title=say(_BROKEN, lang)).scale(
                range=["#FDF3EA", "#F6C9A8", LATE], domainMin=0
            ),
            opacity=alt.condition(hours, alt.value(1.0), alt.value(0.35)),
            tooltip=[
                alt.Tooltip("weekday:O", title=" "),
                alt.Tooltip("hour:O", title=say(_HOUR, lang)),
                alt.Tooltip("broken:Q", title=say(_BROKEN, lang)),
                alt.Tooltip("of:Q", title=say(_OF, lang)),
            ],
        )
        .add_params(hours)
    )
    curves = (
        alt.Chart(alt.NamedData(name="responses"))
        .transform_filter(chosen)
        .transform_filter(hours)
        .transform_aggregate(done="sum(done)", groupby=["clock", "used"])
        .transform_joinaggregate(all="sum(done)", groupby=["clock"])
        .transform_window(
            so_far="sum(done)", groupby=["clock"], sort=[alt.SortField("used")], frame=[None, 0]
        )
        .transform_calculate(share="datum.so_far / datum.all")
        .mark_line(interpolate="step-after")
        .encode(
            alt.X("used:Q", title=say(_USED, lang))
            .axis(format="%")
            .scale(domain=[0, _LONGEST], nice=False),
            alt.Y("share:Q", title=say(_DONE, lang)).axis(format="%").scale(domain=[0, 1]),
            alt.Color("clock:N", title=say(_CLOCK, lang)).scale(domain=timed, range=list(SERIES)),
            alt.StrokeDash("clock:N", title=say(_CLOCK, lang)).scale(domain=timed),
            tooltip=[
                "clock:N",
                alt.Tooltip("used:Q", format="%"),
                alt.Tooltip("share:Q", format="%"),
            ],
        )
    )
    promise = (
        alt.Chart(alt.NamedData(name="promise"))
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(alt.X("used:Q"))
    )
    bars = (
        alt.Chart(counts)
        .transform_filter(chosen)
        .transform_filter(hours)
        .transform_aggregate(broken="sum(broken)", of="sum(of)", groupby=["agent"])
        .mark_bar(color=LATE)
        .encode(
            alt.X("broken:Q", title=say(_BROKEN, lang)).axis(tickMinStep=1),
            alt.Y("agent:N", title=say(_AGENT, lang)).sort("-x"),
            opacity=alt.condition(someone, alt.value(1.0), alt.value(0.35)),
            tooltip=[
                alt.Tooltip("agent:N", title=say(_AGENT, lang)),
                alt.Tooltip("broken:Q", title=say(_BROKEN, lang)),
                alt.Tooltip("of:Q", title=say(_OF, lang)),
            ],
        )
        .add_params(someone)
    )
    below = alt.hconcat(
        alt.layer(promise, curves).properties(width=330, height=220),
        bars.properties(width=230, height=220),
    ).resolve_scale(color="independent", strokeDash="independent")
    title = alt.Title(say(_TITLE, lang), subtitle=say(_HELP, lang))
    made: alt.VConcatChart = (
        alt.vconcat(alt.layer(ground, heat).properties(width=640, height=170), below)
        .resolve_scale(color="independent", strokeDash="independent")
        .add_params(wanted)
        .properties(title=title, datasets=datasets)
        .configure(font=", ".join([*_LATIN, *FONTS, "sans-serif"]))
        .configure_title(anchor="start", color=INK, subtitleColor=INK)
        .configure_view(stroke=None)
    )
    return made


Cycles = dict[tuple[str, str, int, int], tuple[int, int]]
"""How many were broken, of how many, by clock, agent, weekday and hour."""

Responses = Counter[tuple[str, int, int, float]]
"""How many were done, by clock, weekday, hour and the share of the promise that was used."""


def _counted(verdicts: Verdicts, calendar: Calendar, lang: Language) -> tuple[Cycles, Responses]:
    """All that the chart shows, counted."""
    broken: Counter[tuple[str, str | None, int, int]] = Counter()
    total: Counter[tuple[str, str | None, int, int]] = Counter()
    responses: Responses = Counter()
    wanted = ("clock", "verdict", "started_at", "stopped_at", "agent", "elapsed", "budget")
    for clock, verdict, started_at, stopped_at, agent, elapsed, budget in rows(verdicts, *wanted):
        if verdict not in {Verdict.MET, Verdict.BREACHED} or not is_instant(started_at):
            continue
        local = started_at.astimezone(calendar.zone)
        when = local.weekday(), local.hour
        name = _shown(clock)
        key = name, _shown(agent) if isinstance(agent, str) else None, *when
        total[key] += 1
        broken[key] += verdict is Verdict.BREACHED
        is_done = is_instant(stopped_at) and isinstance(elapsed, timedelta)
        if is_done and isinstance(budget, timedelta) and budget > timedelta(0):
            steps = -(-elapsed * _STEPS // budget)
            responses[name, *when, min(round(steps / _STEPS, 2), _LONGEST)] += 1
    by_agent: Counter[str | None] = Counter()
    for (_clock, agent, *_when), count in broken.items():
        by_agent[agent] += count
    own = {agent for agent, _count in by_agent.most_common(MOST_AGENTS)}
    cycles: Cycles = {}
    for (clock, agent, day, hour), count in total.items():
        name = (agent or say(_NOBODY, lang)) if agent in own else say(_OTHERS, lang)
        before = cycles.get((clock, name, day, hour), (0, 0))
        late = broken[clock, agent, day, hour]
        cycles[clock, name, day, hour] = before[0] + late, before[1] + count
    return cycles, responses


def _shown(name: str) -> str:
    """A name from outside: short, and nothing that a page could take for a tag."""
    return name[:_MOST_LETTERS].replace("<", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}")
