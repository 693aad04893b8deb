"""The report as tables for a person, in English or Chinese."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ticketrules.assessment import Need
from ticketrules.clauses import ClauseId, Severity, Text
from ticketrules.cli.streams import visible
from ticketrules.logs.intake import Rejection
from ticketrules.logs.judging import Unjudged
from ticketrules.logs.report import AgentLine, FindingLine, Report
from ticketrules.sla import Reading, Verdict
from ticketrules.tickets import Status

_ZH: Final = {
    "as of": "截至",
    "policy": "规则",
    "rows": "行",
    "mapped": "已映射",
    "rejected": "已拒绝",
    "tickets judged": "已评判工单",
    "not yet submitted": "尚未提交",
    "events after that time, left aside": "该时间之后的事件，未计入",
    "Promises by clause": "各条款履行情况",
    "Worst breaches": "最严重的超时",
    "By agent": "按客服",
    "Needs a hand now": "当前需处理",
    "Departures from the rules": "与规则不符之处",
    "Replies": "回复质量",
    "Rejected rows": "被拒绝的行",
    "clause": "条款",
    "promise": "承诺",
    "met": "达标",
    "breached": "超时",
    "still open": "仍未完成",
    "running": "计时中",
    "paused": "已暂停",
    "cancelled": "已取消",
    "kept": "达标率",
    "provisional": "暂定",
    "prov.": "暂定",
    "ticket": "工单",
    "agent": "客服",
    "started": "开始",
    "deadline": "截止",
    "stopped": "结束",
    "over by": "超出",
    "all": "合计",
    "urgency": "优先原因",
    "status": "状态",
    "what": "事项",
    "by": "期限",
    "events": "事件",
    "tickets": "工单数",
    "departure": "不符之处",
    "fault": "问题",
    "found": "次数",
    "first in": "首见于",
    "nobody": "无人",
    "system": "系统",
    "too early": "过早",
    "open": "未结束",
    "late": "已超时",
    "and {} more": "另有 {} 项",
    "tickets not judged": "无法评判的工单",
    "Tickets not judged": "无法评判的工单",
    "nothing": "无",
}


NARROW: Final = 110
"""Columns of a terminal below which tables are set tighter."""

_LONGEST: Final = {
    "promise": 13,
    "what": 13,
    "status": 12,
    "urgency": 17,
    "by": 10,
    "started": 10,
    "deadline": 10,
    "stopped": 10,
    "departure": 12,
    "fault": 12,
}
"""The longest words of columns that may wrap."""


class _Page:
    """One printing of one report."""

    def __init__(self, report: Report, console: Console, lang: str, limit: int) -> None:
        self.report = report
        self.console = console
        self.lang = lang
        self.limit = limit
        self.is_narrow = console.width < NARROW
        self.zone = ZoneInfo(report.zone)

    def t(self, words: str) -> str:
        return _ZH[words] if self.lang == "zh" else words

    def text(self, text: Text) -> str:
        return text.zh if self.lang == "zh" else text.en

    def status(self, status: Status) -> str:
        return status.label if self.lang == "zh" else str(status).replace("_", " ")

    def time(self, at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def percent(self, share: float | None) -> str:
        if share is None:
            return ""
        return f"{share:.0%}" if self.is_narrow else f"{share:.1%}"

    def table(self, title: str, *columns: tuple[str, str]) -> Table:
        table = Table(
            title=self.t(title),
            box=box.SIMPLE_HEAD,
            title_justify="left",
            title_style="bold",
            padding=(0, 0 if self.is_narrow else 1, 0, 0),
            pad_edge=False,
        )
        for name, side in columns:
            header = self.t(name) if name in _ZH else name
            table.add_column(
                header,
                justify="right" if side == "right" else "left",
                overflow="fold",
                # No word is broken as long as there is a space to wrap at.
                min_width=max(_LONGEST.get(name, 0), *map(cell_len, header.split())),
            )
        return table

    def show(self, table: Table, left_out: int = 0) -> None:
        if table.row_count:
            self.console.print(table)
        elif left_out:
            self.console.print(Styled(str(table.title), style="bold"))
        else:
            self.console.print(Styled(f"{table.title}: {self.t('nothing')}", style="bold"))
        self.leave_out(left_out)
        if left_out or not table.row_count:
            self.console.print()

    def leave_out(self, count: int) -> None:
        if count > 0:
            self.console.print(
                Styled(f"  {self.t('and {} more').format(f'{count:,}')}", style="dim")
            )

    def head(self) -> None:
        report, intake = self.report, self.report.intake
        self.console.print(_plain(report.log, "bold"), highlight=False)
        self.console.print(
            f"{self.t('as of')} {self.time(report.as_of)} {report.zone}, "
            f"{self.t('policy')} {visible(report.policy)}",
            highlight=False,
            markup=False,
        )
        parts = [
            f"{intake.rows:,} {self.t('rows')}",
            f"{intake.mapped:,} {self.t('mapped')}",
            f"{intake.rejected:,} {self.t('rejected')}",
            f"{report.judged:,} {self.t('tickets judged')}",
        ]
        if report.unjudged:
            parts.append(f"{len(report.unjudged):,} {self.t('tickets not judged')}")
        if report.not_yet:
            parts.append(f"{report.not_yet:,} {self.t('not yet submitted')}")
        if report.later_events:
            parts.append(f"{report.later_events:,} {self.t('events after that time, left aside')}")
        self.console.print(", ".join(parts), highlight=False, markup=False)
        self.console.print()

    def clauses(self) -> None:
        table = self.table(
            "Promises by clause",
            ("clause", "left"),
            ("promise", "left"),
            ("met", "right"),
            ("breached", "right"),
            ("open" if self.is_narrow else "still open", "right"),
            ("running", "right"),
            ("paused", "right"),
            ("cancelled", "right"),
            ("kept", "right"),
            ("prov." if self.is_narrow else "provisional", "right"),
        )
        for line in self.report.clauses:
            table.add_row(
                line.clause,
                self.text(line.label),
                f"{line.counts[Verdict.MET]:,}",
                _red(line.counts[Verdict.BREACHED]),
                f"{line.open_breaches:,}",
                f"{line.counts[Verdict.RUNNING]:,}",
                f"{line.counts[Verdict.PAUSED]:,}",
                f"{line.counts[Verdict.CANCELLED]:,}",
                self.percent(line.share_met),
                f"{line.provisional:,}",
            )
        self.show(table)

    def worst(self) -> None:
        table = self.table(
            "Worst breaches",
            ("clause", "left"),
            ("ticket", "left"),
            ("agent", "left"),
            ("started", "left"),
            ("deadline", "left"),
            ("stopped", "left"),
            ("over by", "right"),
        )
        for line in self.report.clauses:
            for reading in line.worst:
                table.add_row(*self._worst_row(reading))
        breached = sum(line.counts[Verdict.BREACHED] for line in self.report.clauses)
        self.show(table, breached - table.row_count)

    def _worst_row(self, reading: Reading) -> Sequence[str | Styled]:
        return (
            reading.clause,
            _plain(reading.ticket),
            self.t("system") if reading.due_at else _plain(reading.agent or self.t("nobody")),
            self.time(reading.started_at),
            self.time(reading.deadline),
            self.time(reading.stopped_at) or self.t("open"),
            self.t("too early") if reading.is_early else _amount(reading.overrun),
        )

    def agents(self) -> None:
        clauses = sorted({c for line in self.report.agents for c in (*line.met, *line.breached)})
        table = self.table(
            "By agent",
            ("agent", "left"),
            *((clause, "right") for clause in clauses),
            ("all", "right"),
            ("kept", "right"),
        )
        shown = self.report.agents[: self.limit]
        for line in shown:
            met, breached = sum(line.met.values()), sum(line.breached.values())
            table.add_row(
                _plain(line.agent or self.t("nobody")),
                *(_kept(line, clause) for clause in clauses),
                f"{met:,}/{met + breached:,}",
                self.percent(line.share_met),
            )
        self.show(table, len(self.report.agents) - len(shown))

    def needs(self) -> None:
        table = self.table(
            "Needs a hand now",
            ("ticket", "left"),
            ("urgency", "left"),
            ("status", "left"),
            ("agent", "left"),
            ("what", "left"),
            ("by", "left"),
        )
        shown = self.report.needs[: self.limit]
        for line in shown:
            # A row for each need, lest what wraps in one column slip away from the other's.
            ticket: Sequence[str | Styled] = (
                _plain(line.ticket),
                self.text(line.urgency.text),
                self.status(line.status),
                _plain(line.agent or self.t("nobody")),
            )
            for need in line.needs:
                table.add_row(*ticket, *self._need_cells(need))
                ticket = ("",) * len(ticket)
        self.show(table, len(self.report.needs) - len(shown))

    def _need_cells(self, need: Need) -> Sequence[Styled]:
        by = self.time(need.due_at)
        return (
            Styled(f"{self.text(need.text)} [{need.clause}]"),
            Styled(f"{by} {self.t('late')}", style="red") if need.is_late else Styled(by),
        )

    def findings(self, title: str, what: str, count: str, lines: Sequence[FindingLine]) -> None:
        table = self.table(
            title,
            ("clause", "left"),
            (what, "left"),
            (count, "right"),
            ("tickets", "right"),
            ("first in", "left"),
        )
        shown = lines[: self.limit]
        for line in shown:
            table.add_row(
                line.clause,
                Styled(
                    self.text(line.text), style="red" if line.severity is Severity.ERROR else ""
                ),
                f"{line.count:,}",
                f"{line.tickets:,}",
                _plain(", ".join(dict.fromkeys(one.ticket for one in line.examples))),
            )
        self.show(table, len(lines) - len(shown))

    def problems(self, title: str, problems: Sequence[Rejection | Unjudged]) -> None:
        if not problems:
            return
        self.console.print(Styled(self.t(title), style="bold"))
        for problem in problems[: self.limit]:
            self.console.print(_plain(f"  {self.report.log}: {problem}"), highlight=False)
        self.leave_out(len(problems) - self.limit)
        self.console.print()


def print_report(report: Report, console: Console, *, lang: str, limit: int) -> None:
    """Print the report; each list shows at most ``limit`` rows and says how many it leaves out."""
    page = _Page(report, console, lang, limit)
    page.head()
    page.clauses()
    page.worst()
    page.agents()
    page.needs()
    page.findings("Departures from the rules", "departure", "events", report.findings)
    if report.replies is not None:
        page.findings("Replies", "fault", "found", report.replies)
    page.problems("Tickets not judged", report.unjudged)
    page.problems("Rejected rows", report.intake.rejections)


def _plain(words: str, style: str = "") -> Styled:
    """Words from a log, which may look like markup or move the cursor, and must do neither."""
    return Styled(visible(words), style=style)


def _red(count: int) -> Styled:
    return Styled(f"{count:,}", style="red" if count else "")


def _kept(line: AgentLine, clause: ClauseId) -> str:
    met, breached = line.met.get(clause, 0), line.breached.get(clause, 0)
    return f"{met:,}/{met + breached:,}" if met or breached else ""


def _amount(amount: timedelta) -> str:
    """Service time as hours and minutes; days would be ambiguous."""
    minutes = int(amount.total_seconds()) // 60
    return f"{minutes // 60}h{minutes % 60:02}m"
