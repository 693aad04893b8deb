"""Signals of a complaint or of a tendency to complain, each with its evidence."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Final, Self

from attrs import Attribute, field, frozen, validators

from ticketrules.clauses import ClauseId, Text
from ticketrules.tickets import Role, instant


class SignalKind(Enum):
    """What a signal is a sign of, in the rulebook's order."""

    clause: ClauseId
    item: str
    reading: Text

    def __new__(
        cls, value: str, clause: str = "", item: str = "", en: str = "", zh: str = ""
    ) -> Self:
        """Split a member into its value, its clause and its reading."""
        member = object.__new__(cls)
        member._value_ = value
        member.clause = ClauseId(clause)
        member.item = item
        member.reading = Text(en, zh)
        return member

    COMPLAINT_FILED = "complaint_filed", "7.2", "", "a complaint was filed", "客户点击了投诉"
    PHONE_REQUEST = "phone_request", "7.3", "a", "asks for a phone call", "明确要求电话沟通"
    ABUSIVE_LANGUAGE = "abusive_language", "7.3", "b", "heated or abusive words", "言辞激烈或辱骂"
    REPEATED_QUESTION = (
        "repeated_question",
        "7.3",
        "c",
        "the same question again and again",
        "连续多次提出同一问题",
    )
    MESSAGE_BURST = (
        "message_burst",
        "7.3",
        "d",
        "messages in quick succession",
        "短时间连续发送多条消息",
    )
    ESCALATION_CUE = (
        "escalation_cue",
        "7.3",
        "e",
        "a sign of escalation",
        "情绪或事态升级的其他迹象",
    )

    @property
    def label(self) -> str:
        """The Chinese label."""
        return self.reading.zh

    def __str__(self) -> str:
        return str(self.value)


def _instant(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value)


def _text(_instance: object, attribute: "Attribute[str]", value: object) -> None:
    if not isinstance(value, str):
        msg = f"{attribute.name} must be a str, not {type(value).__name__}"
        raise TypeError(msg)


@frozen(kw_only=True)
class Message:
    """Something that was said in a conversation.

    Attributes:
        text: The words; never in a ``repr``.
        author: On whose behalf; only a customer's words are read.
        at: When, kept in UTC; ``None`` where it is not known.
        automatic: Whether a machine wrote it; neither a customer's words nor an answer then.

    Raises:
        NaiveTimeError: ``at`` has no time zone.
        TypeError: A value of another type than its field's.
    """

    text: str = field(repr=False, validator=_text)
    author: Role = field(default=Role.CUSTOMER, validator=validators.instance_of(Role))
    at: datetime | None = field(default=None, converter=_instant)
    automatic: bool = field(default=False, validator=validators.instance_of(bool))

    @property
    def is_asked(self) -> bool:
        """Whether the customer wrote it."""
        return self.author is Role.CUSTOMER and not self.automatic

    @property
    def is_answer(self) -> bool:
        """Whether the desk answered with it; what a machine sends is no answer (8)."""
        return self.author in (Role.AGENT, Role.PLATFORM) and not self.automatic


@frozen(kw_only=True)
class Signal:
    """A sign of a complaint, with its evidence.

    Attributes:
        kind: What it is a sign of.
        reading: What was read, in both languages; never the customer's words.
        message: The message that shows or completes it, counted from 0; ``None`` for the click.
        span: Where in that message's text, ``[start, end)``; ``None`` where messages together
            show it.
        messages: The messages that show it together.
        source: What found it: the lexicon's entry, the features of a model, a detector's name.
    """

    kind: SignalKind = field(validator=validators.instance_of(SignalKind))
    reading: Text
    message: int | None = None
    span: tuple[int, int] | None = None
    messages: tuple[int, ...] = ()
    source: str = ""

    @property
    def clause(self) -> ClauseId:
        """The clause that it rests on."""
        return self.kind.clause

    def evidence(self, conversation: Sequence[Message]) -> str:
        """The customer's words that show it; empty where there is no one stretch of them.

        Args:
            conversation: The messages that were assessed.
        """
        if self.message is None or self.span is None:
            return ""
        return conversation[self.message].text[slice(*self.span)]

    def __str__(self) -> str:
        return f"{self.kind} [{self.clause}]: {self.reading.en}"


ORDER: Final = {kind: number for number, kind in enumerate(SignalKind)}
"""The rulebook's order of the signals."""
