"""Reports as pages, in English or Chinese and in the desk's zone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ticketrules.clauses import CLAUSES, Text
from ticketrules.errors import ReportError
from ticketrules.logs.report import NeedLine
from ticketrules.pages import Language, Page, Table

if TYPE_CHECKING:
    from ticketrules.reports.estimates import Share, Timing
    from ticketrules.reports.overview import Overview
    from ticketrules.reports.ranking import Ranking
    from ticketrules.reports.scorecard import Scorecard, Scorecards

_NOBODY: Final = Text("nobody", "无人")
_MORE: Final = Text("and {} more", "另有 {} 个")


class _Words:
    """Says texts in one language and instants in one zone."""

    def __init__(self, lang: Language, rows: int = 10) -> None:
        if lang not in {"en", "zh"}:
            msg = f"lang must be 'en' or 'zh', not {lang!r}"
            raise ReportError(msg)
        if rows < 0:
            msg = f"rows must not be below nothing, as {rows} is"
            raise ReportError(msg)
        self.lang, self.rows = lang, rows

    def say(self, text: Text) -> str:
        return text.zh if self.lang == "zh" else text.en

    def says(self, en: str, zh: str) -> str:
        return zh if self.lang == "zh" else en

    def table(self, title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
        """A table of the first rows; the others are told as a number."""
        every = tuple(rows)
        left = len(every) - self.rows
        more = self.say(_MORE).format(left) if left > 0 else ""
        return Table(f"{title} ({len(every)})", heads, every[: self.rows], more)


def overview_page(seen: "Overview", lang: Language, rows: int) -> Page:
    """The page of an overview."""
    words = _Words(lang, rows)
    says = words.says

    def when(at: datetime | None) -> str:
        return "" if at is None else at.astimezone(seen.zone).strftime("%Y-%m-%d %H:%M")

    def counts(title: str, several: Iterable[tuple[str, int]]) -> Table:
        return Table(title, ("", ""), tuple((name, str(count)) for name, count in several))

    def hands(title: str, lines: Iterable[NeedLine]) -> Table:
        heads = (
            says("ticket", "工单"),
            says("status", "状态"),
            says("agent", "客服"),
            says("why first", "优先原因"),
            says("by when", "时限"),
            says("what", "事项"),
        )
        rows = (
            (
                line.ticket,
                says(_spoken(line.status.value), line.status.label),
                line.agent or words.say(_NOBODY),
                words.say(line.urgency.text),
                when(next((one.due_at for one in line.needs if one.due_at is not None), None)),
                "; ".join(f"{words.say(one.text)} [{one.clause}]" for one in line.needs),
            )
            for line in lines
        )
        return words.table(title, heads, rows)

    wait_heads = (
        says("ticket", "工单"),
        says("status", "状态"),
        says("since", "开始"),
        says("reminder", "提醒"),
        says("lapses", "到期"),
    )
    waits = (
        (
            line.ticket,
            says(_spoken(line.status.value), line.status.label),
            when(line.since),
            when(line.reminder_at),
            when(line.lapses_at) + (says(" (due)", "（已到期）") if line.is_due else ""),
        )
        for line in seen.waiting
    )
    singles = ("",)
    tables = (
        counts(
            says("By status", "按状态"),
            ((says(_spoken(one.value), one.label), count) for one, count in seen.by_status.items()),
        ),
        counts(
            says("In need of a hand", "待处理"),
            ((words.say(one.text), count) for one, count in seen.by_urgency.items()),
        ),
        hands(says("Breached", "已超时"), seen.breached),
        hands(says("Due soon", "即将到期"), seen.due_soon),
        words.table(says("Waiting for the customer", "等待客户"), wait_heads, waits),
        words.table(says("Unassigned", "未分配"), singles, ((one,) for one in seen.unassigned)),
        words.table(
            says("With the platform", "平台处理中"), singles, ((one,) for one in seen.with_platform)
        ),
        counts(
            says("Departures", "违规记录") + f" ({len(seen.departed)})",
            (
                (f"{clause} {words.say(CLAUSES[clause])}", count)
                for clause, count in seen.departures.items()
            ),
        ),
    )
    headline = says(
        f"{when(seen.seen_at)}: {seen.tickets} tickets",
        f"{when(seen.seen_at)} 工单 {seen.tickets} 个",
    )
    return Page(lang, headline, tuple(table for table in tables if table.rows))


def scorecards_page(cards: "Scorecards", lang: Language) -> Page:
    """The page of scorecards: the providers', then the agents'."""
    words = _Words(lang)
    says = words.says
    percents = [percent for percent, _ in cards.total.response.percentiles] or [50]

    def table(title: str, several: "Iterable[Scorecard]") -> Table:
        heads = (
            title,
            says("tickets", "工单"),
            says("met", "达标"),
            says("breached", "超时"),
            says("share met", "达标率"),
            *(says(f"response p{one}", f"响应 p{one}") for one in percents[:2]),
            *(says(f"solution p{one}", f"解决 p{one}") for one in percents[:2]),
            says("satisfied", "满意"),
            says("complaints/100", "投诉/百单"),
            says("tendencies/100", "投诉倾向/百单"),
            says("reopened", "重开"),
            says("in", "转入"),
            says("out", "转出"),
        )
        rows = tuple(
            (
                card.subject if card.subject is not None else words.say(_NOBODY),
                str(card.tickets),
                str(card.kept.hits),
                str(card.kept.of - card.kept.hits),
                _share(card.kept),
                *(_amount(card.response, one) for one in percents[:2]),
                *(_amount(card.solution, one) for one in percents[:2]),
                _share(card.satisfaction),
                _rate(card.complaints_per_hundred),
                _rate(card.tendencies_per_hundred),
                str(card.reopenings),
                str(card.transfers_in),
                str(card.transfers_out),
            )
            for card in several
        )
        return Table(title, heads, rows)

    start, end = (
        one.astimezone(cards.zone).strftime("%Y-%m-%d %H:%M") for one in (cards.start, cards.end)
    )
    return Page(
        lang,
        f"[{start}, {end})",
        (
            table(says("providers", "服务商"), cards.providers),
            table(says("agents", "客服"), cards.agents),
        ),
    )


def ranking_page(ranked: "Ranking", lang: Language) -> Page:
    """The page of a ranking."""
    says = _Words(lang).says
    heads = (
        says("place", "名次"),
        says("who", "对象"),
        says("share", "比率"),
        says("cases", "样本"),
        says("at least", "下限"),
    )
    rows = tuple(
        (
            str(one.place),
            one.subject,
            "" if one.share.value is None else f"{one.share.value:.1%}",
            str(one.share.of),
            f"{one.share.lower:.1%}",
        )
        for one in ranked.places
    )
    title = says(f"Ranking by {ranked.measure}", f"{ranked.measure.label}排名")
    return Page(lang, title, (Table("", heads, rows),))


def _spoken(value: str) -> str:
    return value.replace("_", " ")


def _share(share: "Share") -> str:
    if share.value is None:
        return "–"
    return f"{share.value:.0%} ({share.lower:.0%}–{share.upper:.0%})"


def _amount(timing: "Timing", percent: int) -> str:
    if not timing.count:
        return "–"
    minutes = timing[percent] // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1f}"
