"""Lexicons: what certain words say, in which contexts they do not, as data.

A lexicon is read from TOML by ``load_lexicon`` and reads normalised text. Three kinds of tables:

- ``[words]``: named lists of patterns that other patterns may name, ``<call>``;
- ``[contexts.NAME]``: what may stand near a hit and change what it says: a refusal, a narration, a
  quotation, a product; a rule that can be read;
- ``[senses.NAME]``: what is said, by patterns, and in which contexts it is not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import field, frozen

from ticketrules.text.normalisation import normalise
from ticketrules.text.patterns import Pattern
from ticketrules.text.scene import ContextsIn, Index, Owner, Scene
from ticketrules.text.senses import Context, Hit, Sense

Doubt: TypeAlias = Callable[[str, Hit], bool]
"""Whether a hit in a normalised text is to be passed over after all."""


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

        A pattern is tried only in stretches of the text that hold what it needs, only where it can
        begin, and in a bounded number of ways; contexts only near a hit. The time that this takes
        is in proportion to the length of the text.

        Args:
            text: Normalised text, ``normalise(...).text``.
        """
        return list(self._hits(text, self._signals))

    def first_hits(self, text: str, doubt: Doubt | None = None) -> list[Hit]:
        """The first hit of each signal; what comes after all of them is not read.

        Args:
            text: Normalised text, ``normalise(...).text``.
            doubt: Says of a hit whether it is to be passed over.
        """
        found, missing = list[Hit](), set(self._signals)
        for hit in self._hits(text, missing):
            if doubt is not None and doubt(text, hit):
                continue
            found.append(hit)
            missing.discard(hit.sense.signal)
            if not missing:
                break
        return found

    def _hits(self, text: str, signals: AbstractSet[str]) -> Iterator[Hit]:
        """The hits of some signals, which may become fewer on the way."""
        scene = self._scene(text)
        for block in scene.blocks:
            for start, end, sense in scene.said(block, signals):
                if scene.holds(sense, start, end):
                    yield Hit(sense, start, end)

    def _scene(self, text: str) -> Scene:
        return Scene(text, *self._indexes, self.contexts)

    def contexts_of(self, text: str) -> AbstractSet[str]:
        """The contexts that stand anywhere in a normalised text; looked for when asked about."""
        return ContextsIn(self._scene(text))

    @cached_property
    def _signals(self) -> frozenset[str]:
        return frozenset(sense.signal for sense in self.senses.values())

    @cached_property
    def _indexes(self) -> tuple[Index[tuple[int, Sense]], Index[Owner]]:
        """The patterns of senses, in their order, and of what may stand around their hits."""
        sensing = Index(
            (pattern, (number, sense))
            for number, sense in enumerate(self.senses.values())
            for pattern in sense.patterns
        )
        return sensing, Index(self._around())

    def _around(self) -> Iterator[tuple[Pattern, Owner]]:
        for context in self.contexts.values():
            for pattern in context.patterns:
                yield pattern, ("context", context.name)
        for sense in self.senses.values():
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


EMPTY: Final = Lexicon(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))
"""A lexicon without entries, from which a host may start its own."""
