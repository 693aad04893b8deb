"""The rulebook's clauses, and the two outcomes that cite them: refusals and findings.

Three outcomes are never mixed: an exception (the host misused the library), a ``Refusal`` (a rule
says no) and a ``Finding`` (advice, or a departure in a recorded history). The last two always
carry the clause they rest on.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final, NewType

from attrs import field, frozen

ClauseId = NewType("ClauseId", str)
"""A clause of the rulebook, ``"<section>.<number>"``, such as ``"8.3"``."""


@frozen
class Text:
    """One message in the two languages that a desk reads."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en


CLAUSES: Final[Mapping[ClauseId, Text]] = MappingProxyType(
    {
        ClauseId(number): Text(en, zh)
        for number, en, zh in (
            ("2.1", "the current tickets at a glance", "工单概览"),
            ("3.1", "service hours", "服务时间"),
            ("3.2", "extended service hours", "延长服务时间"),
            ("3.3", "an agent on duty through every service minute", "服务时间内保障客服在岗"),
            ("3.4", "only agents on duty get tickets automatically", "在岗才自动派单"),
            ("3.5", "unfinished tickets are handed over on leaving", "下岗移交工单"),
            ("4.1", "verify account, order and records first", "首先核实信息"),
            ("4.2", "understand the whole context", "结合上下文理解问题"),
            ("4.3", "answer to the point and briefly", "正面、精炼、准确"),
            ("4.4", "enumerate answers to several questions", "多个问题逐条回复"),
            ("4.5", "courteous wording, no typing errors", "礼貌用语，无错别字"),
            ("4.6", "follow up an escalating mood, record the call", "情绪升级及时跟进并记录"),
            ("4.7", "no profanity, insults or quarrels", "禁止辱骂与争吵"),
            ("5.1", "the statuses and who may set them", "工单状态"),
            ("5.2", "work in progress is 处理中", "处理中"),
            ("5.3", "待反馈 with a reply that says what is needed", "需用户反馈"),
            ("5.4", "待确认 with a reply that asks to confirm", "处理完成"),
            ("5.5", "已解决 once the customer says so", "已解决"),
            ("5.6", "a courteous reply with each status change", "状态变更须回复"),
            ("6.1", "a transfer carries a note", "转单须备注"),
            ("6.2", "the customer is answered before a transfer", "转单前先回复客户"),
            ("6.3", "dispatch to an agent who is online", "派单给在线客服"),
            ("6.4", "dispatch to the platform with note and reply", "派单给平台"),
            ("6.5", "passwords are sent encrypted and changed after", "密码安全"),
            ("6.6", "a shift change hands over with a note", "交接备注"),
            ("7.1", "business-stopping problems are solved the same day", "影响业务当天解决"),
            ("7.2", "a complaint was filed", "用户投诉"),
            ("7.3", "a clear tendency to complain: phone at once", "投诉倾向立即电话"),
            ("8.1", "first response", "首次响应"),
            ("8.2", "resolution time announced", "告知预计解决时间"),
            ("8.3", "never too long without an answer", "不超时未回复"),
            ("8.4", "timeliness and satisfaction are recorded", "时效与满意度"),
            ("9.1", "reminder while waiting for feedback", "待反馈提醒"),
            ("9.2", "no feedback: moved to 待确认", "待反馈转待确认"),
            ("9.3", "no objection: confirmed automatically", "待确认自动确认"),
        )
    }
)
"""Every clause with a short title in our words; the numbering is the rulebook's."""


def _known(_instance: object, _attribute: object, value: ClauseId) -> None:
    if value not in CLAUSES:
        msg = f"{value!r} is no clause of the rulebook"
        raise ValueError(msg)


@frozen
class Reason:
    """Why a rule says no: a sentence in both languages and its clause."""

    clause: ClauseId = field(validator=_known)
    text: Text

    def __str__(self) -> str:
        return f"{self.text.en} [{self.clause}]"


@frozen
class Refusal:
    """A command that the rules forbid, with every reason and not only the first.

    Falsy, so that ``if outcome:`` reads as "was it allowed?".

    Attributes:
        command: The command's name in English words.
        reasons: Every reason against it.
        label: The command's Chinese name.
    """

    command: str
    reasons: tuple[Reason, ...]
    label: str = ""

    @property
    def text(self) -> Text:
        """The refusal as a sentence in both languages, each reason with its clause."""
        return Text(
            str(self),
            f"{self.label}被拒绝："
            + "；".join(f"{one.text.zh} [{one.clause}]" for one in self.reasons),
        )

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.command} refused: " + "; ".join(map(str, self.reasons))


class Severity(Enum):
    """How grave a finding is."""

    ADVICE = "advice"
    ERROR = "error"

    def __str__(self) -> str:
        return str(self.value)


@frozen
class Finding:
    """Something that a rule frowns upon; nothing is blocked by it.

    Attributes:
        clause: The clause it rests on.
        text: The sentence, in both languages; never a customer's words.
        event_id: The event that shows it; empty where nothing has happened yet.
        at: When that event happened; ``None`` where nothing has happened yet.
        severity: Whether the rules forbid it or only advise against it.
    """

    clause: ClauseId = field(validator=_known)
    text: Text
    event_id: str = ""
    at: datetime | None = None
    severity: Severity = field(default=Severity.ADVICE, kw_only=True)

    def __str__(self) -> str:
        return f"{self.text.en} [{self.clause}]"
