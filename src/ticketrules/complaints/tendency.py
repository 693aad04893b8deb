"""Whether a conversation shows a tendency to complain, and what follows (7.2, 7.3, 4.6)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.complaints.detectors import (
    BurstDetector,
    Detector,
    LexiconDetector,
    WordDetector,
    combine,
    packaged_lexicon,
)
from ticketrules.complaints.linear import LinearDetector, LinearDoubt
from ticketrules.complaints.repetition import RepeatDetector
from ticketrules.complaints.settings import TendencyRules
from ticketrules.complaints.signals import ORDER, Message, Signal, SignalKind
from ticketrules.errors import HistoryError
from ticketrules.text import Lexicon
from ticketrules.tickets import instant

_PHONE: Final = Reason(ClauseId("7.3"), Text("phone the customer at once", "立即电话联系客户"))
_RECORD: Final = Reason(
    ClauseId("4.6"),
    Text("write the outcome of the call into the ticket", "将通话结果记录到工单"),
)
_FIRST: Final = Reason(
    ClauseId("7.3"),
    Text(
        "goes before business-stopping tickets, after complaints", "优先于影响业务的工单，次于投诉"
    ),
)
_COMPLAINT: Final = Reason(
    ClauseId("7.2"), Text("goes before every other ticket", "优先于其他所有工单")
)


@frozen
class Tendency:
    """What a conversation shows.

    Attributes:
        signals: Every signal, by message and then in the rulebook's order.
        since: When the latest message that shows one was written; ``None`` if that is not known.
    """

    signals: tuple[Signal, ...]
    since: datetime | None = field(default=None, eq=False)

    @property
    def is_complaint(self) -> bool:
        """Whether the customer clicked 投诉 (7.2)."""
        return any(one.kind is SignalKind.COMPLAINT_FILED for one in self.signals)

    @property
    def has_tendency(self) -> bool:
        """Whether there is a tendency to complain, with or without the click (7.3)."""
        return any(one.kind is not SignalKind.COMPLAINT_FILED for one in self.signals)

    @property
    def phone_at_once(self) -> bool:
        """Whether the customer is to be phoned at once (7.3)."""
        return self.has_tendency

    @property
    def kinds(self) -> tuple[SignalKind, ...]:
        """The kinds of its signals, each once, in the rulebook's order."""
        return tuple(sorted({one.kind for one in self.signals}, key=ORDER.__getitem__))

    @property
    def follows(self) -> tuple[Reason, ...]:
        """What the rules ask for now, each with its clause; nothing without a signal."""
        found: list[Reason] = []
        if self.has_tendency:
            found += [_PHONE, _RECORD]
        if self.is_complaint:
            found.append(_COMPLAINT)
        elif self.has_tendency:
            found.append(_FIRST)
        return tuple(found)

    def __bool__(self) -> bool:
        return bool(self.signals)


def default_detector(
    rules: TendencyRules | None = None, lexicon: Lexicon | None = None
) -> Detector:
    """What ``assess_tendency`` uses unless it is told otherwise.

    Args:
        rules: How many repeats and messages count; the marketplace's unless told.
        lexicon: What words say; the packaged one unless told.
    """
    rules = TendencyRules() if rules is None else rules
    lexicon = packaged_lexicon() if lexicon is None else lexicon
    doubt = LinearDoubt()
    words = WordDetector(
        (LexiconDetector(lexicon, doubt), LinearDetector(lexicon=lexicon)),
        doubt.silences if lexicon is packaged_lexicon() else None,
    )
    return combine(words, RepeatDetector(rules), BurstDetector(rules))


def assess_tendency(
    conversation: Iterable[Message],
    *,
    rules: TendencyRules | None = None,
    detector: Detector | None = None,
    complained_at: datetime | None = None,
) -> Tendency:
    """Say whether a conversation shows a tendency to complain, with the evidence (7.2, 7.3).

    Only what the customer wrote is read. The same messages give the same answer, whenever it is
    asked for: nothing depends on the present.

    Args:
        conversation: The messages of one ticket, oldest first.
        rules: What counts; the marketplace's unless told.
        detector: What finds the signals; by default the packaged lexicon, the questions in a row
            and the bursts. ``combine`` adds a host's own.
        complained_at: When the customer clicked 投诉, if the complaint is open.

    Raises:
        HistoryError: A message is earlier than the one before it.
        NaiveTimeError: ``complained_at`` has no time zone.
    """
    rules = TendencyRules() if rules is None else rules
    messages = tuple(conversation)
    _in_order(messages)
    signals: list[Signal] = []
    since: list[datetime] = []
    if complained_at is not None:
        kind = SignalKind.COMPLAINT_FILED
        signals.append(Signal(kind=kind, reading=kind.reading, source="click"))
        since.append(instant(complained_at))
    signals += (default_detector(rules) if detector is None else detector)(messages)
    counted = [one for one in signals if one.kind in rules.signals]
    for one in counted:
        if one.message is not None:
            at = messages[one.message].at
            since += [] if at is None else [at]
    return Tendency(
        tuple(sorted(counted, key=_place)), max(since, default=None) if counted else None
    )


def _place(signal: Signal) -> tuple[int, int, tuple[int, ...]]:
    number = -1 if signal.message is None else signal.message
    return number, ORDER[signal.kind], signal.span or ()


def _in_order(messages: Sequence[Message]) -> None:
    timed = [(number, one.at) for number, one in enumerate(messages) if one.at is not None]
    for (_, before), (number, after) in pairwise(timed):
        if after < before:
            msg = f"message {number} is earlier than the one before it"
            raise HistoryError(msg)
