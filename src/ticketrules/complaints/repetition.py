"""The same question again and again (7.3 c): the conversation, and a similarity that is lexical.

Customers who ask for the third time rarely repeat their words. What gives them away is the
conversation: the questions come in a row, each asks for the same aspect of the same thing (when,
why, how much), or says of itself that it was asked before ("还是", "到底", "第三次问").

The similarity of two questions is a protocol; an embedding model may take the place of the default,
which knows nothing but words.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import Final, Protocol

from attrs import field, frozen

from ticketrules.complaints.settings import TendencyRules
from ticketrules.complaints.signals import Message, Signal, SignalKind
from ticketrules.text import normalise
from ticketrules.text.normalisation import HAN


class Similarity(Protocol):
    """How far two questions ask the same."""

    def __call__(self, earlier: str, later: str, /) -> float:
        """From 0, nothing in common, to 1, the same.

        Args:
            earlier: A customer's message, as it was written.
            later: A later one of the same conversation.
        """
        ...


LONGEST: Final = 2000
"""So many characters of a message are compared; nobody repeats a question at that length."""

SAME: Final = 0.5
"""From this similarity on, two messages ask the same."""

BACK: Final = 5
"""How many questions back a repeat may refer."""

FARTHEST: Final = 12
"""How many rows of questions back a repeat is looked for."""

PUT_OFF: Final = 0.25
"""From this similarity on they do, if all that was answered between them puts the customer off."""

APART: Final = 1
"""How many other questions may stand between two that ask the same."""


@frozen
class Question:
    """What is left of a message when it is read as a question.

    Attributes:
        aspects: What it asks for: ``when``, ``why``, ``price`` and so on; ``fails`` where it says
            that something does not work.
        units: The pairs of characters and the words of its content.
        focus: Those of them that are not of a report of what was done.
        insists: Whether it says of itself that it was asked before.
        tried: Whether it reports, beside what it asks, what was done in vain.
        moves_on: Whether it says that the matter before it is settled.
    """

    aspects: frozenset[str]
    units: frozenset[str] = field(repr=False)
    focus: frozenset[str] = field(repr=False)
    insists: bool
    tried: bool
    moves_on: bool

    @property
    def is_asked(self) -> bool:
        """Whether it asks, insists or tells of trying at all."""
        return bool(self.aspects) or self.insists or self.tried


@frozen
class LexicalSimilarity:
    """The default: content words in common, the aspect asked for, and signs of insistence."""

    def __call__(self, earlier: str, later: str, /) -> float:
        """See ``Similarity``."""
        return likeness(read_question(earlier), read_question(later))


def likeness(earlier: Question, later: Question) -> float:
    """How far two questions ask the same, from 0 to 1; see ``SAME``."""
    if not later.is_asked:
        return 0.0
    common = earlier.units & later.focus
    fewer = min(len(earlier.focus), len(later.focus))
    said = min(1.0, len(common) / fewer) if fewer else 0.0
    core = _things(common)
    special = earlier.aspects - _VAGUE, later.aspects - _VAGUE
    specific = special[0] & special[1]
    named = _named(earlier.units), _named(later.focus)
    apart = bool(named[0] and named[1]) and named[0].isdisjoint(named[1])
    if later.moves_on and not specific:
        return 0.0
    if later.insists and (earlier.units & later.units or specific or not later.focus):
        return 0.5 + 0.5 * said
    if later.insists and earlier.aspects & later.aspects and named[0] >= named[1]:
        return 0.5
    if special[1] and not specific and (special[0] or special[1] & _NEW):
        return 0.4 * said
    if later.tried and core:
        return 0.4 + 0.6 * said
    if special[1] and not specific and earlier.aspects and "fails" not in earlier.aspects:
        return 0.4 * said
    if not earlier.is_asked or apart:
        return 0.4 * said
    if specific:
        # Each names a thing that the other does not, or they may well speak of one thing.
        both_name = not (named[0] <= named[1] or named[1] <= named[0])
        if both_name and "why" not in specific:
            return 0.2 + _CONTRAST * said
        return 0.55 + 0.45 * said
    if earlier.aspects & later.aspects & _OF_ONE and named[0] >= named[1] > set():
        return min(1.0, 0.3 + said)
    differ = _things(earlier.focus - common) and _things(later.focus - common)
    if differ or named[1] - named[0]:
        return _CONTRAST * said
    return min(1.0, said + 0.1) if earlier.aspects & later.aspects else 0.8 * said


_VAGUE: Final = frozenset({"whether", "what", "way", "fails"})
"""Aspects that most questions have."""

_NEW: Final = frozenset({"price", "size", "whom"})
"""Aspects that make another question of the same thing."""

_OF_ONE: Final = frozenset({"way", "fails"})
"""Aspects that, of one thing alone, are mostly the same question."""

_CONTRAST: Final = 0.4
"""What words in common are worth between questions that name different things."""


def _things(units: Iterable[str]) -> list[str]:
    return [unit for unit in units if len(unit) > 1]


def _named(units: Iterable[str]) -> frozenset[str]:
    """The things of the trade among some units, and what fails."""
    return frozenset(unit for unit in units if unit[0] == _NAME)


def read_question(text: str) -> Question:
    """What a message asks for and about.

    Where a message tells what was done and asks besides ("文档看了，怎么改"), only the part that
    asks is about something; what was done in vain says that it is asked again.

    Args:
        text: The message; what goes beyond ``LONGEST`` characters is left aside.
    """
    words = _words()
    plain = _MASKS.sub(" ", normalise(text[:LONGEST]).text)
    insists = words.insistence.search(plain) is not None
    moves_on = not insists and words.settled.search(plain) is not None
    clauses = [_Clause.read(one, words) for one in _CLAUSES.split(plain) if one.strip()]
    asking = [one for one in clauses if not one.is_report]
    units = frozenset[str]().union(*(one.units for one in clauses))
    if not units and words.nobody.search(plain):
        units = frozenset({_NOBODY})
    return Question(
        aspects=frozenset[str]().union(*(one.aspects for one in asking or clauses)),
        units=units,
        focus=frozenset[str]().union(*(one.units for one in asking)) or units,
        insists=insists,
        tried=0 < len(asking) < len(clauses),
        moves_on=moves_on,
    )


def puts_off(answer: str) -> bool:
    """Whether an agent's message holds out an answer instead of giving one."""
    return _words().stalling.search(normalise(answer[:LONGEST]).text) is not None


@frozen
class _Clause:
    """A clause of a message; a report tells what was done and asks for nothing."""

    aspects: frozenset[str]
    units: frozenset[str]
    is_report: bool

    @classmethod
    def read(cls, clause: str, words: "_Words") -> "_Clause":
        aspects = {words.aspects[match[0]] for match in words.asked.finditer(clause)}
        aspects.discard("nothing")
        content = words.filler.sub("", clause)
        fails = words.failing.search(content) is not None
        content = words.failing.sub(
            lambda match: f" {words.verbs[match['before'] or match['after']]} ", content
        )
        content = words.asking.sub(lambda match: f" {words.names.get(match[0], '')} ", content)
        asks = fails or aspects - {"fails"} or words.insistence.search(clause)
        is_report = not asks and words.tried.search(clause) is not None
        aspects |= {"fails"} if fails else set()
        return cls(frozenset(aspects), frozenset(_units(content)), is_report)


_NAME: Final = "\uf000"
"""Begins the name of words that stand for one thing."""

_NOBODY: Final = f"{_NAME}nobody"
"""What a message is about that asks only why nobody answers."""

_MASKS: Final = re.compile(r"[0-9*#x-]{4,}|https?:\S+|\S+@\S+")
"""Numbers, masks and addresses, which differ or agree by chance."""

_CLAUSES: Final = re.compile(rf"[,:。!?]|(?<=[{HAN}]) (?=[{HAN}])")
_CHUNK: Final = re.compile(
    rf"[{HAN}]+|[a-z][a-z0-9]{{1,}}|(?<![0-9])[0-9]{{3}}(?![0-9])|\uf000[a-z0-9]+"
)
_STOPS: Final = frozenset(
    "的了吗么呢吧啊呀我你他它是有在就都也还又再不没给个这那和跟与把被要到会能说看上下里中对得着过去来很太"
)


def _units(content: str) -> Iterator[str]:
    for chunk in _CHUNK.findall(content):
        if not _IS_HAN.match(chunk):
            yield chunk.rstrip("s")
            continue
        for part in _SPLIT.split(chunk):
            yield from part
            yield from map("".join, pairwise(part))


_IS_HAN: Final = re.compile(f"[{HAN}]")
_SPLIT: Final = re.compile(f"[{''.join(sorted(_STOPS))}]")


@frozen
class _Words:
    """The packaged words that questions are made of.

    Attributes:
        asked: Words that ask for something, and which ``aspects`` they ask for.
        failing: A verb that fails, and under which name of ``verbs``.
        asking: All that is no content, or goes by another of ``names``.
    """

    asked: re.Pattern[str]
    aspects: dict[str, str]
    insistence: re.Pattern[str]
    settled: re.Pattern[str]
    tried: re.Pattern[str]
    failing: re.Pattern[str]
    verbs: dict[str, str]
    asking: re.Pattern[str]
    filler: re.Pattern[str]
    nobody: re.Pattern[str]
    stalling: re.Pattern[str]
    names: dict[str, str]


@cache
def _words() -> _Words:
    data = get_data("ticketrules.complaints", "lexicon/questions.toml") or b""
    table = tomllib.loads(data.decode())
    names = {
        word: f"\uf000{number}"
        for number, row in enumerate(table["alike"]["words"] + table["things"]["words"])
        for word in ([row] if isinstance(row, str) else row)
    }
    aspects = {word: name for name, words in table["aspects"].items() for word in words}
    verbs = {verb: f"\uf000{name}" for name, row in table["failing"].items() for verb in row}
    verb = _any_of(verbs).pattern
    cannot, fails = (_any_of(table["fails"][key]).pattern for key in ("before", "after"))
    loosely = "失败|超时|报错|出错|错误|异常|没反应"  # what fails may stand between: 上传图片失败
    failing = (
        f"(?<![能可])(?:{cannot})(?P<after>{verb})"
        f"|(?P<before>{verb})(?:{fails}|(?=[^,:。!?]{{1,4}}(?:{loosely})))"
    )
    return _Words(
        asked=_any_of(aspects),
        aspects=aspects,
        insistence=_any_of(table["insistence"]["words"]),
        settled=_any_of(table["settled"]["words"]),
        tried=_any_of(table["tried"]["words"]),
        failing=re.compile(failing),
        verbs=verbs,
        # What is asked for goes, unless it names a thing as well.
        asking=_any_of({*names, *aspects}),
        nobody=_any_of(table["nobody"]["words"]),
        stalling=_any_of(table["stalling"]["words"]),
        filler=_any_of(
            {word for key in ("filler", "insistence", "nobody") for word in table[key]["words"]}
        ),
        names=names,
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One of some words, longer ones first; Latin ones whole."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(
            rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word[0].isascii() else re.escape(word)
            for word in longest_first
        )
    )


@frozen
class RepeatDetector:
    """Finds the same question asked so many times in a row, answered between or not (7.3 c).

    Attributes:
        rules: How many times.
        similarity: How far two questions ask the same; from ``SAME`` on they do.
    """

    rules: TendencyRules = field(factory=TendencyRules)
    similarity: Similarity = field(factory=LexicalSimilarity)

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        """A signal for each question that was asked so many times."""
        several = self.rules.repeats
        if sum(one.is_asked for one in conversation) < several:
            return
        said: list[_Said] = []
        asked = 0
        answers: list[str] = []
        for number, message in enumerate(conversation):
            if message.is_answer:
                answers.append(message.text)
            elif message.is_asked:
                question = read_question(message.text)
                if question.is_asked or question.units:
                    asked += question.is_asked
                    least = PUT_OFF if answers and all(map(puts_off, answers)) else SAME
                    said.append(_Said(number, message.text, asked, least))
                answers = []
        rows: list[list[_Said]] = []
        for later in said:
            joined = [row for row in rows[-FARTHEST:] if self._continues(row, later)]
            for row in joined:
                rows.remove(row)
            rows.append([*sorted(one for row in joined for one in row), later])
        for row in sorted(rows):
            if len(row) >= several:
                numbers = tuple(one.number for one in row)
                yield Signal(
                    kind=SignalKind.REPEATED_QUESTION,
                    reading=SignalKind.REPEATED_QUESTION.reading,
                    message=numbers[-1],
                    messages=numbers,
                    source="repetition",
                )

    def _continues(self, row: "Sequence[_Said]", later: "_Said") -> bool:
        """Whether a question asks what a row of them asked, not too far back."""
        if later.asked - row[-1].asked > APART + 1:
            return False
        near = [one for one in row[-BACK:] if later.asked - one.asked <= BACK]
        return any(
            self.similarity(one.text, later.text) >= (later.least if one is row[-1] else SAME)
            for one in near
        )


@frozen(order=True)
class _Said:
    """A customer's message: its number, its text, how many had asked something by then.

    The least is the similarity from which on it asks what the message before it asked.
    """

    number: int
    text: str = field(repr=False)
    asked: int
    least: float = SAME
