"""Readings as rows of a table, for notebooks; ``explain`` tells where their times come from."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from ticketrules.clauses import Text
from ticketrules.pages import Language, Table

if TYPE_CHECKING:
    from ticketrules.sla.readings import Reading

_TITLE: Final = Text("clocks", "时钟")
_HEADS: Final = (
    Text("clause", "条款"),
    Text("clock", "时钟"),
    Text("verdict", "结论"),
    Text("started", "开始"),
    Text("stopped", "停止"),
    Text("deadline", "截止"),
    Text("counted", "已计时"),
    Text("left", "剩余"),
    Text("over", "超出"),
    Text("agent", "客服"),
)
_PROVISIONAL: Final = Text("provisional", "暂定")


def readings_table(readings: Iterable["Reading"], zone: tzinfo, lang: Language) -> Table:
    """A row for each reading, its instants on a zone's wall clock."""

    def say(text: Text) -> str:
        return text.zh if lang == "zh" else text.en

    rows: list[tuple[str, ...]] = []
    for one in readings:
        verdict = one.verdict.label if lang == "zh" else str(one.verdict)
        deadline = moment(one.deadline, zone)
        if one.provisional:
            deadline = f"{deadline} ({say(_PROVISIONAL)})".strip()
        rows.append(
            (
                one.clause,
                one.clock if one.cycle == 1 else f"{one.clock} #{one.cycle}",
                verdict,
                moment(one.started_at, zone),
                moment(one.stopped_at, zone),
                deadline,
                amount(one.elapsed),
                amount(one.remaining) if one.is_open else "",
                amount(one.overrun) if one.overrun else "",
                one.agent or "",
            )
        )
    title = f"{say(_TITLE)} ({zone})"
    return Table(title, tuple(map(say, _HEADS)), tuple(rows))


def moment(at: datetime | None, zone: tzinfo) -> str:
    """An instant on a zone's wall clock, to the minute; nothing for none."""
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def amount(time: timedelta) -> str:
    """An amount in hours and minutes, whole minutes only: a table to look at, not to add up."""
    minutes = time // timedelta(minutes=1)
    return f"{minutes // 60}h{minutes % 60:02}m"
