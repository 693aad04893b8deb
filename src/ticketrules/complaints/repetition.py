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

APART: Final = 1
"""How many other questions may stand between two that ask the same."""


@frozen
class Question:
    """What is left of a message when it is read as a question.

    Attributes:
        aspects: What it asks for: ``when``, ``why``, ``price`` and so on.
        units: The pairs of characters and the words of its content.
        insists: Whether it says of itself that it was asked before.
    """

    aspects: frozenset[str]
    units: frozenset[str] = field(repr=False)
    insists: bool

    @property
    def is_asked(self) -> bool:
        """Whether it asks or insists at all."""
        return bool(self.aspects) or self.insists


@frozen
class LexicalSimilarity:
    """The default: content words in common, the aspect asked for, and signs of insistence."""

    def __call__(self, earlier: str, later: str, /) -> float:
        """See ``Similarity``."""
        return likeness(read_question(earlier), read_question(later))


def likeness(earlier: Question, later: Question) -> float:
    """How far two questions ask the same, from 0 to 1; see ``SAME``."""
    if not earlier.is_asked or not later.is_asked:
        return 0.0
    common = len(earlier.units & later.units)
    fewer = min(len(earlier.units), len(later.units))
    shared = common / fewer if fewer else 0.0
    said = shared if common > 1 else 0.6 * shared
    specific = (earlier.aspects & later.aspects) - _VAGUE
    if specific:
        if not later.units or later.insists:
            return 0.6 + 0.4 * said
        return min(1.0, 0.45 + said)
    if later.insists and (common or not later.units):
        return 0.5 + 0.5 * said
    if earlier.aspects & later.aspects:
        return min(1.0, 0.1 + said)
    return 0.8 * said


_VAGUE: Final = frozenset({"whether", "what"})
"""Aspects that most questions have."""


def read_question(text: str) -> Question:
    """What a message asks for and about.

    Args:
        text: The message; what goes beyond ``LONGEST`` characters is left aside.
    """
    words = _words()
    plain = _MASKS.sub(" ", normalise(text[:LONGEST]).text)
    aspects = frozenset(
        name for name, pattern in words.aspects.items() if pattern.search(plain) is not None
    )
    insists = words.insistence.search(plain) is not None
    named = words.asking.sub(lambda match: f" {words.names.get(match[0], '')} ", plain)
    content = words.filler.sub(" ", named)
    return Question(aspects, frozenset(_units(content)), insists)


_MASKS: Final = re.compile(r"[0-9*#x-]{4,}|https?:\S+|\S+@\S+")
"""Numbers, masks and addresses, which differ or agree by chance."""

_CHUNK: Final = re.compile(rf"[{HAN}]+|[a-z][a-z0-9]{{1,}}|\uf000[a-z0-9]+")
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
    """The packaged words that questions are made of; ``names`` gives like words one name."""

    aspects: dict[str, re.Pattern[str]]
    insistence: re.Pattern[str]
    asking: re.Pattern[str]
    filler: re.Pattern[str]
    names: dict[str, str]


@cache
def _words() -> _Words:
    data = get_data("ticketrules.complaints", "lexicon/questions.toml") or b""
    table = tomllib.loads(data.decode())
    alike = table["alike"]["words"]
    names = {word: f"\uf000{number}" for number, row in enumerate(alike) for word in row}
    return _Words(
        aspects={name: _any_of(words) for name, words in table["aspects"].items()},
        insistence=_any_of(table["insistence"]["words"]),
        # What is asked for goes, unless it names a thing as well.
        asking=_any_of({*names, *(one for row in table["aspects"].values() for one in row)}),
        filler=_any_of(table["filler"]["words"]),
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
        if sum(message.is_asked for message in conversation) < self.rules.repeats:
            return
        asked: list[tuple[int, str]] = [
            (number, message.text)
            for number, message in enumerate(conversation)
            if message.is_asked and read_question(message.text).is_asked
        ]
        rows: list[list[int]] = []
        for later in range(len(asked)):
            row = self._row_of(asked, rows, later)
            if row is None:
                rows.append([later])
            else:
                row.append(later)
        for row in rows:
            if len(row) >= self.rules.repeats:
                numbers = tuple(asked[place][0] for place in row)
                yield Signal(
                    kind=SignalKind.REPEATED_QUESTION,
                    reading=SignalKind.REPEATED_QUESTION.reading,
                    message=numbers[-1],
                    messages=numbers,
                    source="repetition",
                )

    def _row_of(
        self, asked: Sequence[tuple[int, str]], rows: Sequence[list[int]], later: int
    ) -> list[int] | None:
        """The row of questions that one continues, the nearest first."""
        for row in reversed(rows[-BACK:]):
            if later - row[-1] > APART + 1:
                continue
            near = [place for place in row if later - place <= BACK]
            if any(self.similarity(asked[one][1], asked[later][1]) >= SAME for one in near):
                return row
        return None
