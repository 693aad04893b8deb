"""Lexicons: what certain words say, in which contexts they do not, as data.

A lexicon is read from TOML by ``load_lexicon`` and reads normalised text. Three kinds of tables:

- ``[words]``: named lists of patterns that other patterns may name, ``<call>``;
- ``[contexts.NAME]``: what may stand near a hit and change what it says: a refusal, a narration, a
  quotation, a product; a rule that can be read;
- ``[senses.NAME]``: what is said, by patterns, and in which contexts it is not.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from operator import add
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.errors import LexiconError
from ticketrules.text.normalisation import HAN, MASK, normalise
from ticketrules.text.patterns import (
    ENDS_CLAUSE,
    ENDS_SENTENCE,
    LONGEST,
    Pattern,
    PatternError,
    PatternReader,
)
from ticketrules.toml_reader import Place, kind_of, read_toml

FARTHEST: Final = 40
"""How far from a hit a context may stand before or after it, in characters, at most."""


NEAREST: Final = 4
"""How many of the contexts that begin before a hit are looked at."""


class Where(Enum):
    """Where a context stands to a hit."""

    AROUND = "around"
    """It shares a character with the hit."""
    BEFORE = "before"
    """It begins before the hit and ends within its reach of it, or in it, in the same clause."""
    AFTER = "after"
    """It begins after the hit, within its reach and in the same clause."""
    CLAUSE = "clause"
    """It begins in a clause in which the hit begins or ends."""
    SENTENCE = "sentence"
    """It begins in a sentence in which the hit begins or ends."""
    MESSAGE = "message"
    """It is anywhere in the text."""


@frozen(kw_only=True)
class Context:
    """What may stand near a hit and change what it says.

    Attributes:
        name: What senses call it.
        where: Where it stands to the hit.
        reach: For ``BEFORE`` and ``AFTER``: how many characters may lie between.
        patterns: By which it is known.
    """

    name: str
    where: Where
    reach: int = 0
    patterns: tuple[Pattern, ...] = field(repr=False)


@frozen(kw_only=True)
class Sense:
    """Something that words can say.

    Attributes:
        name: The entry's name.
        signal: What it is a sign of.
        clause: The clause that makes it one.
        reading: What it says, in both languages.
        patterns: By which it is known.
        innocent: Patterns that, where they share a character with a hit, make it none.
        unless: Contexts each of which makes a hit none.
        needs: Contexts without any of which a hit is none; no such condition if empty.
        examples: Texts that say it.
        counterexamples: Texts that do not give its signal at all.
    """

    name: str
    signal: str
    clause: ClauseId
    reading: Text
    patterns: tuple[Pattern, ...] = field(repr=False)
    innocent: tuple[Pattern, ...] = field(default=(), repr=False)
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    examples: tuple[str, ...] = field(default=(), repr=False)
    counterexamples: tuple[str, ...] = field(default=(), repr=False)


@frozen
class Hit:
    """A sense found in a normalised text, at ``[start, end)`` of it."""

    sense: Sense
    start: int
    end: int


_Spans = list[tuple[int, int]]
_Owner = tuple[str, str]
"""A kind of patterns and the name of the entry that they belong to."""

_Tried = tuple[tuple[Pattern, _Owner], ...]


@frozen
class Lexicon:
    """Senses and contexts, ready to read.

    Attributes:
        senses: By name.
        contexts: By name.
        words: Named lists of patterns, as written.
    """

    senses: Mapping[str, Sense] = field(repr=False)
    contexts: Mapping[str, Context] = field(repr=False)
    words: Mapping[str, tuple[str, ...]] = field(repr=False)

    def hits(self, text: str) -> list[Hit]:
        """The senses of a normalised text, in the order in which they begin.

        Each pattern is tried only where it can begin, and in a bounded number of ways; the time
        that this takes is in proportion to the length of the text.

        Args:
            text: Normalised text, ``normalise(...).text``.
        """
        found = self._found(text)
        if not found:
            return []
        scene = _Scene(text, found, self.contexts)
        hits = [
            Hit(sense, start, end)
            for name, sense in self.senses.items()
            for start, end in found.get(("sense", name), ())
            if scene.holds(sense, start, end)
        ]
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def contexts_of(self, text: str) -> frozenset[str]:
        """The contexts that stand anywhere in a normalised text."""
        return frozenset(name for kind, name in self._found(text) if kind == "context")

    def _found(self, text: str) -> dict[_Owner, _Spans]:
        """Where every pattern matches, by whom it belongs to and in order."""
        ones, twos = self._index
        found: dict[_Owner, _Spans] = {}
        places = [(place, two) for place, two in enumerate(map(add, text, text[1:])) if two in twos]
        if MASK in text or " " in text:
            places += _across_masks(text, twos)
        tried = [(place, twos[two]) for place, two in places]
        tried += [(place, ones[one]) for place, one in enumerate(text) if one in ones]
        near = _Neighbourhood(text)
        for place, patterns in tried:
            here = near.characters(place)
            for pattern, owner in patterns:
                for must in pattern.musts:
                    if here.isdisjoint(must):
                        break
                else:
                    end = pattern.end(text, place)
                    if end >= 0:
                        found.setdefault(owner, []).append((place, end))
        for spans in found.values():
            spans.sort()
        return found

    @cached_property
    def _index(self) -> tuple[dict[str, _Tried], dict[str, _Tried]]:
        """The patterns to try at a character, and at two characters in a row."""
        index: dict[str, list[tuple[Pattern, _Owner]]] = {}
        for pattern, owner in self._patterns():
            for head in pattern.heads:
                if len(head) == 1 or head[0] not in pattern.heads:
                    index.setdefault(head, []).append((pattern, owner))
        ones = {head: tuple(tried) for head, tried in index.items() if len(head) == 1}
        twos = {head: tuple(tried) for head, tried in index.items() if len(head) == 2}
        return ones, twos

    def _patterns(self) -> Iterator[tuple[Pattern, _Owner]]:
        for context in self.contexts.values():
            for pattern in context.patterns:
                yield pattern, ("context", context.name)
        for sense in self.senses.values():
            for pattern in sense.patterns:
                yield pattern, ("sense", sense.name)
            for pattern in sense.innocent:
                yield pattern, ("innocent", sense.name)

    def extended(self, other: "Lexicon") -> "Lexicon":
        """This lexicon with another's entries, which take the place of those of the same name."""
        return Lexicon(
            MappingProxyType({**self.senses, **other.senses}),
            MappingProxyType({**self.contexts, **other.contexts}),
            MappingProxyType({**self.words, **other.words}),
        )

    def signals(self, text: str) -> frozenset[str]:
        """The signals that a text, as it was written, gives."""
        return frozenset(hit.sense.signal for hit in self.hits(normalise(text).text))

    def failures(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, str, int]]:
        """The examples that do not turn out as they should: entry, key, place in the list.

        Args:
            names: The senses to try; all of them if none are named.
        """
        for name in self.senses if names is None else names:
            sense = self.senses[name]
            for number, text in enumerate(sense.examples):
                if not any(hit.sense is sense for hit in self.hits(normalise(text).text)):
                    yield name, "examples", number
            for number, text in enumerate(sense.counterexamples):
                if sense.signal in self.signals(text):
                    yield name, "counterexamples", number


def _across_masks(text: str, twos: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where two characters with a mask or a space between them are a pattern's first two."""
    for place in range(1, len(text) - 1):
        if text[place] in " *" and (two := text[place - 1] + text[place + 1]) in twos:
            yield place - 1, two


class _Neighbourhood:
    """Which characters stand near a place, so that most patterns need not be tried there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sets: dict[int, frozenset[str]] = {}

    def characters(self, place: int) -> frozenset[str]:
        """The characters from a place to as far as a match can reach, and some more."""
        block = place // LONGEST
        if block not in self.sets:
            first = block * LONGEST
            self.sets[block] = frozenset(self.text[first : first + 2 * LONGEST + 1])
        return self.sets[block]


_BORDERS: Final = {
    # A space stands for a comma between Chinese characters only.
    ENDS_CLAUSE: re.compile(rf"[{ENDS_CLAUSE.strip()}]|(?<=[{HAN}]) (?=[{HAN}])"),
    ENDS_SENTENCE: re.compile(f"[{ENDS_SENTENCE}]"),
}


class _Scene:
    """A text with all that was found in it: decides which hits hold."""

    def __init__(
        self, text: str, found: Mapping[_Owner, _Spans], contexts: Mapping[str, Context]
    ) -> None:
        self.text = text
        self.found = found
        self.contexts = contexts
        self.cells: dict[tuple[str, str], set[int]] = {}
        self.borders: dict[str, list[int]] = {}

    def holds(self, sense: Sense, start: int, end: int) -> bool:
        innocent = self.found.get(("innocent", sense.name))
        if innocent is not None and _overlap(innocent, start, end):
            return False
        if any(self.stands(name, start, end) for name in sense.unless):
            return False
        return not sense.needs or any(self.stands(name, start, end) for name in sense.needs)

    def stands(self, name: str, start: int, end: int) -> bool:
        """Whether a context stands to a hit where it has to."""
        spans = self.found.get(("context", name))
        if spans is None:
            return False
        context = self.contexts[name]
        match context.where:
            case Where.MESSAGE:
                return True
            case Where.AROUND:
                return _overlap(spans, start, end)
            case Where.BEFORE:
                number = bisect_left(spans, (start, 0))
                nearest = spans[max(0, number - NEAREST) : number]
                return any(self.near(stop, start, context.reach) for _, stop in nearest)
            case Where.AFTER:
                number = bisect_left(spans, (end, 0))
                nearest = spans[number : number + 1]
                return any(self.near(end, begin, context.reach) for begin, _ in nearest)
            case Where.CLAUSE:
                return self.shares(name, spans, ENDS_CLAUSE, start, end)
            case Where.SENTENCE:
                return self.shares(name, spans, ENDS_SENTENCE, start, end)

    def near(self, start: int, end: int, reach: int) -> bool:
        between = self.text[start:end] if end - start <= reach else ENDS_CLAUSE
        return not any(one in between for one in ENDS_CLAUSE.strip())

    def shares(self, name: str, spans: _Spans, bar: str, start: int, end: int) -> bool:
        key = name, bar
        if key not in self.cells:
            self.cells[key] = {self.cell(bar, place) for place, _ in spans}
        cells = self.cells[key]
        return self.cell(bar, start) in cells or self.cell(bar, end - 1) in cells

    def cell(self, bar: str, place: int) -> int:
        """The number of the clause or sentence in which a character stands."""
        if bar not in self.borders:
            self.borders[bar] = [match.start() for match in _BORDERS[bar].finditer(self.text)]
        return bisect_left(self.borders[bar], place)


def _overlap(spans: _Spans, start: int, end: int) -> bool:
    """Whether one of some spans, in order, shares a character with a stretch."""
    first = bisect_left(spans, (start - LONGEST, 0))
    last = bisect_left(spans, (end, 0))
    return any(stop > start for _, stop in spans[first:last])


EMPTY: Final = Lexicon(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))
"""A lexicon without entries, from which a host may start its own."""


def load_lexicon(
    text: str,
    name: str = "<lexicon>",
    *,
    base: Lexicon = EMPTY,
    signals: Collection[str] | None = None,
    tried: bool = True,
) -> Lexicon:
    """Read a lexicon from TOML text.

    Args:
        text: TOML with the tables ``words``, ``contexts`` and ``senses``.
        name: What errors call the text, such as its file name.
        base: A lexicon to add to: its words and contexts may be named, and an entry takes the
            place of its entry of the same name.
        signals: The signals that a sense may be a sign of; any if ``None``.
        tried: Whether the examples are tried.

    Raises:
        LexiconError: No TOML, an unknown key, a clause or signal that does not exist, a pattern
            that is none or could run away, an unknown context, an example that turns out wrong;
            the message names ``name``, the entry and the key.
    """
    place = read_toml(text, name, LexiconError)
    place.known(("words", "contexts", "senses"))
    words = {**base.words}
    for key, one in _entries(place, "words"):
        words[key] = _texts(one)
    reader = PatternReader(words)
    for _, one in _entries(place, "words"):
        if not one.value:
            one.fail("expected at least one word")
        _patterns(one, reader)
    contexts = {key: _context(key, one, reader) for key, one in _entries(place, "contexts")}
    known = {**base.contexts, **contexts}
    senses = {
        key: _sense(key, one, reader, known, signals) for key, one in _entries(place, "senses")
    }
    lexicon = base.extended(Lexicon(senses, contexts, words))
    if tried:
        for entry, key, number in lexicon.failures(senses):
            expected = "does not say this" if key == "examples" else "is taken to say this"
            place.fail(expected, "senses", entry, key, number)
    return lexicon


def _entries(place: Place, key: str) -> Iterable[tuple[str, Place]]:
    table = place.get(key)
    return () if table is None else table.entries()


def _context(name: str, place: Place, reader: PatternReader) -> Context:
    place.known(("where", "reach", "patterns"))
    where = Where(place.need("where", "where it stands").choice([one.value for one in Where]))
    reach = place.get("reach")
    if reach is not None and where not in (Where.BEFORE, Where.AFTER):
        reach.fail("only what stands before or after has a reach")
    return Context(
        name=name,
        where=where,
        reach=0 if reach is None else _reach(reach),
        patterns=_patterns(place.need("patterns", "a list of patterns"), reader),
    )


def _reach(place: Place) -> int:
    value = place.value
    if isinstance(value, bool) or not isinstance(value, int):
        place.fail(f"a whole number is meant, not {kind_of(value)}")
    if not 0 <= value <= FARTHEST:
        place.fail(f"expected 0 to {FARTHEST} characters")
    return value


_SENSE_KEYS: Final = (
    "signal",
    "clause",
    "en",
    "zh",
    "patterns",
    "innocent",
    "unless",
    "needs",
    "examples",
    "counterexamples",
)


def _sense(
    name: str,
    place: Place,
    reader: PatternReader,
    contexts: Collection[str],
    signals: Collection[str] | None,
) -> Sense:
    place.known(_SENSE_KEYS)
    signal = place.need("signal", "what it is a sign of")
    clause = place.need("clause", "the clause that makes it one")
    if clause.text() not in CLAUSES:
        clause.fail("no clause of the rulebook")
    return Sense(
        name=name,
        signal=signal.text() if signals is None else signal.choice(signals),
        clause=ClauseId(clause.text()),
        reading=Text(
            place.need("en", "what it says, in English").text(),
            place.need("zh", "what it says, in Chinese").text(),
        ),
        patterns=_patterns(place.need("patterns", "a list of patterns"), reader),
        innocent=_optional(place, "innocent", lambda one: _patterns(one, reader)),
        unless=_optional(place, "unless", lambda one: _names(one, contexts)),
        needs=_optional(place, "needs", lambda one: _names(one, contexts)),
        examples=_optional(place, "examples", _texts),
        counterexamples=_optional(place, "counterexamples", _texts),
    )


def _optional(place: Place, key: str, read: Callable[[Place], tuple[Any, ...]]) -> tuple[Any, ...]:
    found = place.get(key)
    return () if found is None else read(found)


def _texts(place: Place) -> tuple[str, ...]:
    return tuple(one.text() for one in place.items())


def _names(place: Place, contexts: Collection[str]) -> tuple[str, ...]:
    return tuple(one.choice(sorted(contexts)) for one in place.items())


def _patterns(place: Place, reader: PatternReader) -> tuple[Pattern, ...]:
    return tuple(_pattern(one, reader) for one in place.items())


def _pattern(place: Place, reader: PatternReader) -> Pattern:
    try:
        return reader.read(place.text())
    except PatternError as error:
        place.fail(str(error))
