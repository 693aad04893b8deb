"""What may be wrong with a reply: each fault once, with its clause and its words."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Finding, Severity, Text


class Fault(Enum):
    """A way in which a reply departs from the house rules."""

    TOO_LONG = "too_long"
    NOT_ENUMERATED = "not_enumerated"
    NO_COURTESY = "no_courtesy"
    TYPING_ERROR = "typing_error"
    CALL_WITHOUT_OUTCOME = "call_without_outcome"
    FORBIDDEN_WORDS = "forbidden_words"
    QUARREL = "quarrel"
    NEED_UNSAID = "need_unsaid"
    SOLUTION_UNSAID = "solution_unsaid"
    CONFIRMATION_UNASKED = "confirmation_unasked"
    RATING_UNASKED = "rating_unasked"
    CLOSING_UNASKED = "closing_unasked"
    STATE_UNSAID = "state_unsaid"
    TIME_UNSAID = "time_unsaid"
    TRANSFER_UNTOLD = "transfer_untold"
    PLATFORM_UNTOLD = "platform_untold"
    KEEPING_OPEN_UNASKED = "keeping_open_unasked"
    PASSWORD_ASKED_OPENLY = "password_asked_openly"  # noqa: S105 - the name of a fault
    PASSWORD_REMINDER_MISSING = "password_reminder_missing"  # noqa: S105
    SECRET_SHOWN = "secret_shown"  # noqa: S105

    def __str__(self) -> str:
        return str(self.value)


@frozen
class _Entry:
    clause: ClauseId
    text: Text
    severity: Severity


def _entry(clause: str, en: str, zh: str, severity: Severity = Severity.ADVICE) -> _Entry:
    return _Entry(ClauseId(clause), Text(en, zh), severity)


_ERROR: Final = Severity.ERROR
_BOOK: Final[Mapping[Fault, _Entry]] = MappingProxyType(
    {
        Fault.TOO_LONG: _entry("4.3", "the reply is far too long", "回复过长"),
        Fault.NOT_ENUMERATED: _entry(
            "4.4", "several questions, and no enumerated answer", "客户有多个问题，回复未逐条列出"
        ),
        Fault.NO_COURTESY: _entry("4.5", "no courteous words", "缺少礼貌用语"),
        Fault.TYPING_ERROR: _entry("4.5", "a typing error", "有错别字"),
        Fault.CALL_WITHOUT_OUTCOME: _entry(
            "4.6", "the call is recorded without its outcome", "电话记录未写明沟通结果"
        ),
        Fault.FORBIDDEN_WORDS: _entry("4.7", "abusive words", "含辱骂或不文明用语", _ERROR),
        Fault.QUARREL: _entry(
            "4.7", "words that quarrel with the customer", "与客户争执的言语", _ERROR
        ),
        Fault.NEED_UNSAID: _entry(
            "5.3", "does not say what the customer is to supply", "未说明需要客户提供什么"
        ),
        Fault.SOLUTION_UNSAID: _entry("5.4", "does not say what was solved", "未说明处理结果"),
        Fault.CONFIRMATION_UNASKED: _entry("5.4", "does not ask to confirm", "未请客户确认"),
        Fault.RATING_UNASKED: _entry("5.4", "does not ask for a rating", "未邀请客户评价"),
        Fault.CLOSING_UNASKED: _entry("5.5", "does not ask to close", "未请客户关闭工单"),
        Fault.STATE_UNSAID: _entry(
            "5.6", "does not say where the problem stands", "未说明问题的处理情况"
        ),
        Fault.TIME_UNSAID: _entry("8.2", "does not say when", "未告知预计解决时间"),
        Fault.TRANSFER_UNTOLD: _entry(
            "6.2",
            "does not tell the customer that colleagues have the matter",
            "未告知客户问题已转给同事",
        ),
        Fault.PLATFORM_UNTOLD: _entry(
            "6.4", "does not tell the customer that the platform has it", "未告知客户已转平台处理"
        ),
        Fault.KEEPING_OPEN_UNASKED: _entry(
            "6.4", "does not ask the customer not to close yet", "未请客户暂不关闭工单"
        ),
        Fault.PASSWORD_ASKED_OPENLY: _entry(
            "6.5",
            "asks for a password without asking for encryption",
            "索要密码而未建议加密发送",
            _ERROR,
        ),
        Fault.PASSWORD_REMINDER_MISSING: _entry(
            "6.5", "does not remind to change the password", "未提醒客户修改密码", _ERROR
        ),
        Fault.SECRET_SHOWN: _entry("6.5", "shows a secret", "泄露密码等敏感信息", _ERROR),
    }
)


@frozen(kw_only=True)
class ReplyFinding(Finding):
    """Something that the rules frown upon in a reply or a call's note; never its words.

    ``event_id`` is the id of the command that would send it, or empty.

    Attributes:
        fault: What is wrong.
        span: Where, as half-open places in the reply; ``None`` where something is missing from it,
            or where the reply is another than the command's own.
        suggestions: For a typing error, what was meant.
    """

    fault: Fault = field()
    span: tuple[int, int] | None = None
    suggestions: tuple[str, ...] = ()


def found(
    fault: Fault,
    span: tuple[int, int] | None = None,
    *,
    clause: str | None = None,
    suggestions: tuple[str, ...] = (),
) -> ReplyFinding:
    """The finding of a fault; ``clause`` where the situation has another than the fault's own."""
    entry = _BOOK[fault]
    return ReplyFinding(
        clause=entry.clause if clause is None else ClauseId(clause),
        text=entry.text,
        severity=entry.severity,
        fault=fault,
        span=span,
        suggestions=suggestions,
    )
