"""Does a reply keep the house rules? What it lacks and what it must not say, by clause."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, Protocol

from attrs import evolve, frozen

from ticketrules.replies import cues
from ticketrules.replies.context import ReviewContext
from ticketrules.replies.faults import Fault, ReplyFinding, found
from ticketrules.replies.passwords import open_request, urges_new_password
from ticketrules.replies.quarrel import quarrel_lexicon
from ticketrules.replies.questions import count_questions, is_enumerated
from ticketrules.replies.settings import ReplyStandards
from ticketrules.replies.spelling import FrequentConfusions, SpellingChecker
from ticketrules.text import NormalisedText, find_secrets, normalise
from ticketrules.tickets import commands
from ticketrules.tickets.commands import Command
from ticketrules.tickets.values import Status


class Span(Protocol):
    """A half-open stretch of a normalised text."""

    @property
    def start(self) -> int:
        """The place of its first character."""
        ...

    @property
    def end(self) -> int:
        """The place after its last."""
        ...


class ForbiddenWords(Protocol):
    """Finds what may not be said; a ``text`` lexicon of profanity is one."""

    def hits(self, text: str) -> Iterable[Span]:
        """The forbidden stretches of a normalised text."""
        ...


@frozen
class _Reply:
    """A reply as its checks read it."""

    words: str
    form: NormalisedText
    context: ReviewContext

    @property
    def said(self) -> str:
        return self.form.text

    def has(self, cue: str) -> bool:
        """Whether it says what a cue stands for."""
        return _compiled(cue).search(self.said) is not None

    @property
    def is_done(self) -> bool:
        """Whether it says that something was done, and does not say that it was not."""
        rest = _compiled(cues.NOT_DONE).sub("", self.said)
        return _compiled(cues.DONE).search(rest) is not None

    @property
    def is_under_way(self) -> bool:
        """Whether it says that the matter was received or is being worked on."""
        return self.has(cues.WORKING) or self.has(cues.RECEIVED)


def review(
    reply: str | None,
    context: ReviewContext,
    standards: ReplyStandards | None = None,
    *,
    forbidden: ForbiddenWords | None = None,
    spelling: SpellingChecker | None = None,
) -> tuple[ReplyFinding, ...]:
    """Look at a reply, in Chinese or English, before or after it is sent.

    Deterministic; the time it takes grows with the reply and with what was asked.

    Args:
        reply: The words to the customer; ``None`` where none go with the command, such as a
            call's record, which is then looked at alone.
        context: The situation that it is written in.
        standards: The host's settings; the marketplace's if left out.
        forbidden: What may not be said to a customer besides quarrelling (4.7).
        spelling: Finds typing errors (4.5); ``FrequentConfusions`` if left out.

    Returns:
        The findings by clause, then by place. Errors are for what the rules forbid (4.7, 6.5),
        everything else is advice.
    """
    standards = standards or ReplyStandards()
    findings = list(_call(context))
    if reply is not None:
        whole = _Reply(reply, normalise(reply), context)
        findings += _manners(whole, standards)
        findings += _spelling(whole, standards, spelling or FrequentConfusions())
        findings += _forbidden(whole, forbidden)
        findings += _situation(whole)
        findings += _passwords(whole)
    findings.sort(key=lambda one: (tuple(map(int, one.clause.split("."))), one.span or (-1, -1)))
    return tuple(evolve(one, event_id=context.command_id) for one in findings)


@cache
def _compiled(cue: str) -> re.Pattern[str]:
    return re.compile(cue)


def _call(context: ReviewContext) -> Iterator[ReplyFinding]:
    """4.6: a call's note says what came of it."""
    outcome = context.call_outcome
    if outcome is not None and _compiled(cues.CALL_EMPTY).fullmatch(normalise(outcome[:200]).text):
        yield found(Fault.CALL_WITHOUT_OUTCOME)


def _manners(reply: _Reply, standards: ReplyStandards) -> Iterator[ReplyFinding]:
    """4.3, 4.4, 4.5: brief, enumerated where several things were asked, courteous."""
    if len(reply.words.strip()) > standards.longest_reply:
        yield found(Fault.TOO_LONG, (standards.longest_reply, len(reply.words)))
    if not reply.has(cues.COURTESY):
        yield found(Fault.NO_COURTESY)
    answers = reply.context.command in _ANSWERS and not (reply.is_under_way and not reply.is_done)
    if (
        answers
        and count_questions(reply.context.asked) >= standards.enumerate_from
        and not is_enumerated(reply.words)
    ):
        yield found(Fault.NOT_ENUMERATED)


_ANSWERS: Final = frozenset({commands.Reply, commands.ProposeSolution})
"""The commands whose reply answers what was asked; the others say where the matter stands."""


def _spelling(
    reply: _Reply, standards: ReplyStandards, checker: SpellingChecker
) -> Iterator[ReplyFinding]:
    if standards.check_spelling:
        for one in checker.check(reply.words):
            yield found(
                Fault.TYPING_ERROR, (one.start, one.end), suggestions=tuple(one.suggestions)
            )


def _forbidden(reply: _Reply, forbidden: ForbiddenWords | None) -> Iterator[ReplyFinding]:
    """4.7: neither profanity nor quarrelling."""
    hits = () if forbidden is None else forbidden.hits(reply.said)
    forbidden_spans = _united(reply.form.span(hit.start, hit.end) for hit in hits)
    for span in forbidden_spans:
        yield found(Fault.FORBIDDEN_WORDS, span)
    quarrels = quarrel_lexicon().hits(reply.said)
    for start, end in _united(reply.form.span(hit.start, hit.end) for hit in quarrels):
        near = bisect_right(forbidden_spans, (end, -1)) - 1
        if near < 0 or forbidden_spans[near][1] <= start:
            yield found(Fault.QUARREL, (start, end))


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that share a character as one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


# What each situation asks of the reply (5, 6.2, 6.4, 8.2).


def _situation(reply: _Reply) -> Iterator[ReplyFinding]:
    check = _SITUATIONS.get(reply.context.command)
    if check is not None:
        yield from check(reply)
        return
    context = reply.context
    if context.after is not context.before and context.after in _BY_STATUS:
        yield from _BY_STATUS[context.after](reply)


def _feedback(reply: _Reply) -> Iterator[ReplyFinding]:
    if not _says_what_is_needed(reply.said):
        yield found(Fault.NEED_UNSAID)


def _says_what_is_needed(said: str) -> bool:
    """Whether a sentence asks for something that it also names, or asks a question."""
    for sentence in _SENTENCES.findall(said):
        asks = _compiled(cues.QUESTION).search(sentence) or (
            _compiled(cues.REQUEST).search(sentence) and _compiled(cues.SUPPLY).search(sentence)
        )
        if asks and _compiled(cues.NO_OBJECT).sub("", sentence):
            return True
    return False


def _solution(reply: _Reply) -> Iterator[ReplyFinding]:
    if not reply.is_done:
        yield found(Fault.SOLUTION_UNSAID)
    if not reply.has(cues.CONFIRM):
        yield found(Fault.CONFIRMATION_UNASKED)
    if not reply.has(cues.RATING):
        yield found(Fault.RATING_UNASKED)


def _resolved(reply: _Reply) -> Iterator[ReplyFinding]:
    if not reply.has(cues.CLOSE):
        yield found(Fault.CLOSING_UNASKED)
    if not reply.has(cues.RATING):
        yield found(Fault.RATING_UNASKED, clause="5.5")


def _under_way(reply: _Reply) -> Iterator[ReplyFinding]:
    """A reply that takes a ticket up says where it stands: that it is worked on, or an answer."""
    if reply.is_under_way or reply.is_done:
        return
    rest = _compiled(cues.COURTESY).sub("", reply.said)
    if len(_compiled(cues.NO_OBJECT).sub("", rest)) < _AN_ANSWER:
        yield found(Fault.STATE_UNSAID)


_AN_ANSWER: Final = 6
"""Fewer letters than this beside courtesy answer nothing."""


def _promise(reply: _Reply) -> Iterator[ReplyFinding]:
    if not reply.has(cues.TIME):
        yield found(Fault.TIME_UNSAID)


def _transfer(reply: _Reply) -> Iterator[ReplyFinding]:
    if not (reply.has(cues.COLLEAGUES) and reply.has(cues.HAVE_IT)):
        yield found(Fault.TRANSFER_UNTOLD)


def _platform(reply: _Reply) -> Iterator[ReplyFinding]:
    if not reply.has(cues.PLATFORM):
        yield found(Fault.PLATFORM_UNTOLD)
    if not reply.has(cues.KEEP_OPEN):
        yield found(Fault.KEEPING_OPEN_UNASKED)


_Check = Callable[[_Reply], Iterator[ReplyFinding]]
_SITUATIONS: Final[Mapping[type[Command], _Check]] = MappingProxyType(
    {
        commands.RequestFeedback: _feedback,
        commands.ProposeSolution: _solution,
        commands.MarkResolved: _resolved,
        commands.PromiseResolution: _promise,
        commands.Transfer: _transfer,
        commands.Escalate: _platform,
    }
)
_BY_STATUS: Final[Mapping[Status, _Check]] = MappingProxyType(
    {
        Status.IN_PROGRESS: _under_way,
        Status.AWAITING_FEEDBACK: _feedback,
        Status.AWAITING_CONFIRMATION: _solution,
        Status.RESOLVED: _resolved,
    }
)
"""For replies whose command does not say it, such as those of a log."""


# Passwords (6.5).


def _passwords(reply: _Reply) -> Iterator[ReplyFinding]:
    for secret in find_secrets(reply.words):
        if secret.kind.is_credential:
            yield found(Fault.SECRET_SHOWN, (secret.start, secret.end))
    asked = open_request(reply.said)
    if asked is not None:
        yield found(Fault.PASSWORD_ASKED_OPENLY, reply.form.span(*asked))
    if reply.context.password_used and _ends_the_work(reply) and not urges_new_password(reply.said):
        yield found(Fault.PASSWORD_REMINDER_MISSING)


def _ends_the_work(reply: _Reply) -> bool:
    """Whether the work that the password was for is over, by what is done and said."""
    if reply.context.command in {commands.ProposeSolution, commands.MarkResolved}:
        return True
    if reply.context.command is not commands.Reply:
        return False
    return reply.is_done or not reply.is_under_way


_SENTENCES: Final = re.compile(r"[^。!?]++[?]?+")
