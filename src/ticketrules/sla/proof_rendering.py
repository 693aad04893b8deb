"""Proofs as text, as HTML and as plain values, in the desk's zone.

Ids come from outside and are shown with every character that does not print written out; HTML is
escaped. No customer's words are in a reading, and so none can be in here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ticketrules.clauses import Text
from ticketrules.pages import Language, padded, printable, width

if TYPE_CHECKING:
    from ticketrules.sla.proof import Proof, ProofSegment

WIDTH: Final = 80
"""The columns of a terminal that the text fits."""

NARROWEST: Final = 20
"""Reasons with less room than this stand on a line of their own."""

_DAYS: Final = tuple(
    Text(en, f"周{zh}")
    for en, zh in zip(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "一二三四五六日", strict=True
    )
)
_ZERO: Final = timedelta(0)
_ONE_DAY: Final = timedelta(days=1)
_TICK: Final = timedelta(microseconds=1)

_TINTS: Final = {
    "counted": "background:rgba(46,160,67,.15)",
    "paused": "background:rgba(214,158,0,.2)",
    "paused outside hours": "background:rgba(214,158,0,.08)",
    "outside hours": "",
}


def as_text(proof: "Proof", lang: Language) -> str:
    """A table of at most ``WIDTH`` columns, one line for each segment."""
    page = _Page(proof, lang)
    lines: list[str] = []
    facts = list(page.facts())
    margin = max(width(name) for name, _value in facts) + 2
    for name, value in facts:
        lines += _hung(padded(name, margin), _wrapped(value, WIDTH - margin))
    tables = [("", proof.segments)]
    if page.is_ahead:
        tables.append((page.say(_AHEAD), proof.ahead))
    rows = {title: [page.row(one) for one in segments] for title, segments in tables}
    heads = tuple(page.say(head) for head in _HEADS)
    shown = [heads, *(row.cells for several in rows.values() for row in several)]
    widths = [max(width(cells[place]) for cells in shown) for place in range(3)]
    for title, several in rows.items():
        if not several:
            continue
        lines += ["", *([title] if title else []), *_set(heads[:3], (heads[3],), widths)]
        for by, its in groupby(several, key=lambda row: row.by):
            lines += _wrapped(page.since(by), WIDTH)
            for row in its:
                note = f"{row.why} [{row.clause}]"
                lines += _set(row.cells, (note, *row.notes), widths)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_html(proof: "Proof", lang: Language) -> str:
    """A fragment of HTML: the facts, then a table; styles stand with each element."""
    page = _Page(proof, lang)
    parts = [f'<div lang="{lang}" style="font-family:sans-serif;font-size:90%">']
    parts.append('<table style="border-collapse:collapse;margin-bottom:.8em">')
    parts += (
        f'<tr><th scope="row" style="{_CELL};font-weight:normal;opacity:.7">{escape(name)}</th>'
        f'<td style="{_CELL}">{escape(value)}</td></tr>'
        for name, value in page.facts()
    )
    parts.append("</table>")
    if proof.segments or page.is_ahead:
        parts.append('<table style="border-collapse:collapse">')
        heads = "".join(
            f'<th scope="col" style="{_CELL};border-bottom:1px solid">{escape(page.say(head))}</th>'
            for head in (*_HEADS, _CLAUSE, _EVENT)
        )
        parts.append(f"<thead><tr>{heads}</tr></thead><tbody>")
        parts += (page.html_row(one) for one in proof.segments)
        if page.is_ahead:
            parts.append(
                f'<tr><td colspan="6" style="{_CELL};border-top:1px solid;font-style:italic">'
                f"{escape(page.say(_AHEAD))}</td></tr>"
            )
            parts += (page.html_row(one) for one in proof.ahead)
        parts.append("</tbody></table>")
    parts.append("</div>")
    return "\n".join(parts)


def as_plain(proof: "Proof") -> dict[str, Any]:
    """Values that JSON knows; see ``Proof.plain``."""
    reading, zone = proof.reading, proof.zone
    return {
        "ticket": reading.ticket,
        "policy": reading.policy,
        "clock": reading.clock,
        "clause": reading.clause,
        "promise": _both(proof.label),
        "cycle": reading.cycle,
        "verdict": str(reading.verdict),
        "started_at": _iso(reading.started_at, zone),
        "started_by": reading.started_by,
        "read_at": _iso(reading.read_at, zone),
        "stopped_at": _iso(reading.stopped_at, zone),
        "stopped_by": reading.stopped_by,
        "deadline": _iso(reading.deadline, zone),
        "due_at": _iso(reading.due_at, zone),
        "breached_at": _iso(reading.breached_at, zone),
        "budget_us": None if reading.budget is None else reading.budget // _TICK,
        "elapsed_us": reading.elapsed // _TICK,
        "remaining_us": reading.remaining // _TICK,
        "overrun_us": reading.overrun // _TICK,
        "paused_us": reading.paused // _TICK,
        "paused_outside_hours_us": proof.paused_outside_hours // _TICK,
        "outside_hours_us": reading.outside_hours // _TICK,
        "around_the_clock": reading.around_the_clock,
        "provisional": reading.provisional,
        "unannounced": reading.unannounced,
        "segments": [_plain_segment(one, zone) for one in proof.segments],
        "ahead": [_plain_segment(one, zone) for one in proof.ahead],
    }


def _plain_segment(one: "ProofSegment", zone: tzinfo) -> dict[str, Any]:
    return {
        "start": _iso(one.start, zone),
        "end": _iso(one.end, zone),
        "length_us": one.length // _TICK,
        "counted": one.counted,
        "in_hours": one.in_hours,
        "pause": None if one.pause is None else _both(one.pause),
        "why": _both(one.why),
        "clause": one.clause,
        "by": one.by,
        "provisional": one.provisional,
    }


_CELL: Final = "padding:.15em .8em .15em 0;text-align:left;vertical-align:top"
_HEADS: Final = (
    Text("from", "开始"),
    Text("to", "结束"),
    Text("+ counts", "+ 计时"),
    Text("why", "原因"),
)
_CLAUSE: Final = Text("clause", "条款")
_EVENT: Final = Text("since", "起于事件")
_AHEAD: Final = Text("until the deadline, if nothing else happens", "至截止时间（若无其他事件）")
_UNSURE: Final = Text("provisional", "暂定")


@frozen
class _Row:
    """A segment as it is shown: from, to and how long; why; the notes; since which event."""

    cells: tuple[str, str, str]
    why: str
    notes: tuple[str, ...]
    clause: str
    by: str


class _Page:
    """One showing of one proof in one language."""

    def __init__(self, proof: "Proof", lang: Language) -> None:
        if lang not in {"en", "zh"}:
            msg = f"a proof is told in 'en' or 'zh', not in {lang!r}"
            raise ValueError(msg)
        self.proof = proof
        self.lang = lang
        self.is_ahead = bool(proof.ahead) and proof.reading.is_open

    def say(self, text: Text) -> str:
        return printable(text.zh if self.lang == "zh" else text.en)

    def since(self, event: str) -> str:
        event = printable(event)
        return f"自 {event} 起" if self.lang == "zh" else f"since {event}"

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the reading says, as names and values."""
        reading, say = self.proof.reading, self.say
        verdict = reading.verdict
        cycle = Text(f"cycle {reading.cycle}", f"第 {reading.cycle} 轮")
        zone = Text(f"times in {self.proof.zone}", f"时区 {self.proof.zone}")
        yield say(Text("ticket", "工单")), f"{printable(reading.ticket)} ({say(zone)})"
        label, clock = say(self.proof.label), printable(reading.clock)
        yield (
            say(Text("promise", "承诺")),
            f"{label} [{reading.clause}], {clock}, {say(cycle)}",
        )
        broken = reading.breached_at
        yield (
            say(Text("verdict", "结果")),
            say(Text(str(verdict), verdict.label))
            + ("" if broken is None else f" {self.time(broken)}")
            + (f" ({say(_EARLY)})" if reading.is_early else ""),
        )
        yield say(Text("started", "开始")), self.moment(reading.started_at, reading.started_by)
        if reading.stopped_at is None or reading.stopped_by is None:
            yield say(Text("read", "读数")), self.time(reading.read_at)
        else:
            stop = self.moment(reading.stopped_at, reading.stopped_by)
            yield say(Text("stopped", "结束")), stop
        if reading.due_at is not None:
            yield say(Text("due from", "到期")), self.time(reading.due_at)
        if reading.deadline is not None:
            yield say(Text("deadline", "截止")), self.time(reading.deadline)
        elif reading.unannounced:
            yield say(Text("deadline", "截止")), say(_BEYOND)
        if reading.budget is not None:
            yield say(Text("allowed", "时限")), _amount(reading.budget)
        yield say(Text("counted", "计时")), _amount(reading.elapsed)
        if reading.overrun:
            yield say(Text("over by", "超出")), _amount(reading.overrun)
        if reading.remaining:
            yield say(Text("left", "剩余")), _amount(reading.remaining)
        if reading.pauses:
            outside = self.proof.paused_outside_hours
            both = Text(
                f"{_amount(reading.paused)} in hours, {_amount(outside)} outside",
                f"服务时间内 {_amount(reading.paused)}，之外 {_amount(outside)}",
            )
            yield say(Text("paused", "暂停")), say(both)
        if reading.outside_hours:
            every = _amount(reading.outside_hours)
            yield (
                say(Text("outside hours", "非服务时间")),
                say(Text(f"{every} in all", f"共 {every}")),
            )
        if reading.provisional:
            yield say(_UNSURE), say(_NOT_ANNOUNCED)

    def row(self, one: "ProofSegment") -> _Row:
        mark = "+ " if one.counted else "  "
        return _Row(
            (self.time(one.start), self.end(one), mark + _amount(one.length)),
            self.say(one.why),
            (self.say(_UNSURE),) if one.provisional else (),
            str(one.clause),
            one.by,
        )

    def html_row(self, one: "ProofSegment") -> str:
        row = self.row(one)
        place = "" if one.in_hours else "outside hours"
        kind = "counted" if one.counted else f"{'paused ' if one.pause else ''}{place}".strip()
        why = "; ".join((row.why, *row.notes))
        zone = self.proof.zone
        cells = (
            f'<time datetime="{_iso(one.start, zone)}">{escape(row.cells[0])}</time>',
            f'<time datetime="{_iso(one.end, zone)}">{escape(row.cells[1])}</time>',
            escape(row.cells[2].strip()),
            escape(why),
            escape(row.clause),
            escape(printable(row.by)),
        )
        inside = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells)
        return f'<tr style="{_TINTS[kind]}">{inside}</tr>'

    def time(self, at: datetime) -> str:
        local = at.astimezone(self.proof.zone)
        return f"{local:%Y-%m-%d} {self.say(_DAYS[local.weekday()])} {_clock(local)}"

    def moment(self, at: datetime, event: str) -> str:
        by = Text(f"by {event}", f"事件 {event}")
        return f"{self.time(at)}, {self.say(by)}"

    def end(self, one: "ProofSegment") -> str:
        """Where a segment ends, as briefly as its beginning allows."""
        start, end = one.start.astimezone(self.proof.zone), one.end.astimezone(self.proof.zone)
        if end.date() == start.date():
            return _clock(end)
        if end.date() == start.date() + _ONE_DAY and _clock(end) == "00:00":
            return "24:00"
        date = f"{end:%m-%d}" if end.year == start.year else f"{end:%Y-%m-%d}"
        return f"{date} {_clock(end)}"


_EARLY: Final = Text("before it was due", "未到期")
_NOT_ANNOUNCED: Final = Text(
    "it rests on days that no notice has announced", "含尚未公布安排的日期"
)
_BEYOND: Final = Text("on days that no notice has announced", "落在尚未公布安排的日期")


def _set(cells: tuple[str, ...], notes: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """A row of the text table; a long reason goes on below itself."""
    head = "  ".join(padded(cell, room) for cell, room in zip(cells, widths, strict=True)) + "  "
    room = WIDTH - width(head)
    if room < NARROWEST:
        yield head
        head, room = "    ", WIDTH - 4
    yield from _hung(head, _wrapped("; ".join(notes), room))


def _hung(head: str, lines: list[str]) -> Iterator[str]:
    """Lines beside a head, the further ones below the first."""
    for line in lines:
        yield head + line
        head = " " * width(head)


def _wrapped(words: str, columns: int) -> list[str]:
    """Words in lines of at most so many columns, broken at spaces where there are any."""
    lines, line = [], ""
    for letter in words:
        if width(line + letter) > columns:
            kept, _space, rest = line.rpartition(" ")
            if not kept.strip():
                kept, rest = line, ""
            lines.append(kept)
            line = rest
        line += letter
    return [*lines, line]


def _clock(local: datetime) -> str:
    if local.microsecond:
        return f"{local:%H:%M:%S.%f}"
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _amount(amount: timedelta) -> str:
    """An amount to the microsecond; in hours, because days would be ambiguous."""
    if amount < _ZERO:
        return f"-{_amount(-amount)}"
    minutes, rest = divmod(amount // _TICK, 60_000_000)
    text = f"{minutes // 60}h{minutes % 60:02}m"
    seconds, fraction = divmod(rest, 1_000_000)
    if fraction:
        return f"{text}{seconds:02}.{fraction:06}s"
    return f"{text}{seconds:02}s" if seconds else text


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _iso(at: datetime | None, zone: tzinfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat()
