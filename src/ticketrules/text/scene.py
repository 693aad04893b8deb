"""A text as a lexicon reads it: which patterns to try where, and what stands near a hit.

A text is read in blocks. In most blocks most patterns need not be tried at all, because none of the
characters and pairs that they need stands there; and contexts are looked for where a hit asks for
them, once for each block.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from heapq import heapify, heappop, heapreplace
from itertools import accumulate, islice
from typing import Any, Final, Generic, TypeAlias, TypeVar

from ticketrules.text.grams import gram, grams_across
from ticketrules.text.normalisation import HAN
from ticketrules.text.patterns import ENDS_CLAUSE, ENDS_SENTENCE, Pattern
from ticketrules.text.senses import Context, Sense, Where

BLOCK: Final = 1000
"""So many characters are read together; more than a match and a context before it reach."""

NEAREST: Final = 4
"""How many of the contexts that begin before a hit are looked at."""

Owner: TypeAlias = tuple[str, str]
"""A kind of patterns, and the name of the entry that they belong to."""

T = TypeVar("T")

Span: TypeAlias = tuple[int, int]


class Index(Generic[T]):
    """Patterns, by the characters and pairs that a text must hold for them to match."""

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        """Take the patterns, each with whom it belongs to."""
        self._entries = tuple(patterns)
        self.reach = max((pattern.reach for pattern, _ in self._entries), default=0)
        # A bit for each of a pattern's needs, in rows as long as there are patterns.
        masks: dict[int, int] = {}
        self._without = 0
        for number, (pattern, _) in enumerate(self._entries):
            for row in range(_ROWS):
                bit = 1 << number + row * len(self._entries)
                for need in pattern.needs[row : row + 1]:
                    for one in map(gram, need):
                        masks[one] = masks.get(one, 0) | bit
                if row >= len(pattern.needs):
                    self._without |= bit
        self._masks = masks
        self._grams = frozenset(masks)

    def tried(self, held: set[int]) -> list[tuple[Pattern, T]]:
        """The patterns that may match in a text, and whom they belong to.

        Args:
            held: The text's ``grams_across``.
        """
        masks, met, several = self._masks, self._without, len(self._entries)
        for one in self._grams & held:
            met |= masks[one]
        left = (1 << several) - 1
        for row in range(_ROWS):
            left &= met >> row * several
        found: list[tuple[Pattern, T]] = []
        while left:
            number = left.bit_length() - 1
            left ^= 1 << number
            found.append(self._entries[number])
        return found


_ROWS: Final = 4
"""How many of a pattern's needs are looked at, the rarest first."""


_BORDERS: Final = {
    # A space stands for a comma between Chinese characters only.
    ENDS_CLAUSE: re.compile(rf"[{ENDS_CLAUSE}](?:(?<! )|(?<=[{HAN}] )(?=[{HAN}]))"),
    ENDS_SENTENCE: re.compile(f"[{ENDS_SENTENCE}]"),
}


class Scene:
    """A normalised text: what senses say in it, and which of that counts where it stands."""

    def __init__(
        self,
        text: str,
        senses: Index[tuple[int, Sense]],
        around: Index[Owner],
        contexts: Mapping[str, Context],
    ) -> None:
        """Take a text, the patterns of senses in order, those around them, and the contexts."""
        self.text = text
        self.senses = senses
        self.around = around
        self.contexts = contexts
        self.blocks = range(-(-len(text) // BLOCK))
        self._grams: dict[int, set[int]] = {}
        self._sensing: dict[int, list[tuple[Pattern, tuple[int, Sense]]]] = {}
        self._tried: dict[int, dict[Owner, list[Pattern]]] = {}
        self._spans: dict[tuple[Owner, int], list[Span]] = {}
        self._ends: dict[tuple[Owner, int], list[int]] = {}
        self._cells: dict[tuple[str, str, int], bool] = {}
        self._borders: dict[str, list[int]] = {}

    def said(self, block: int, signals: Collection[str]) -> Iterator[tuple[int, int, Sense]]:
        """What senses' patterns match of what begins in a block: start, end, the sense.

        By their starts; of those that start together the longer one first; then in their order.

        Args:
            block: The number of the block.
            signals: Which signals the senses give; they may become fewer on the way.
        """
        text, first = self.text, block * BLOCK
        stop = first + BLOCK
        end = stop + self.senses.reach + 1  # one more, so that what must not follow is seen
        queue = [
            (match.start(), -match.end(1), number, place, sense, pattern.search)
            for place, (pattern, (number, sense)) in enumerate(self.sensing(block))
            if sense.signal in signals
            and (match := pattern.search(text, first, end)) is not None
            and match.start() < stop
        ]
        heapify(queue)
        last = (-1, 0, 0)
        while queue:
            start, minus_end, number, place, sense, search = queue[0]
            if sense.signal not in signals:
                heappop(queue)
                continue
            if (start, minus_end, number) != last:  # several patterns of a sense may match the same
                last = start, minus_end, number
                yield start, -minus_end, sense
            match = search(text, start + 1, end)
            if match is None or match.start() >= stop:
                heappop(queue)
            else:
                heapreplace(queue, (match.start(), -match.end(1), number, place, sense, search))

    def grams(self, block: int) -> set[int]:
        """The characters and pairs of a block, and as far behind it as matches reach."""
        if block not in self._grams:
            first = block * BLOCK
            stop = first + BLOCK + max(self.senses.reach, self.around.reach)
            # Only those of the block before are asked for again.
            self._grams = {one: held for one, held in self._grams.items() if one == block - 1}
            self._grams[block] = grams_across(self.text[first:stop])
        return self._grams[block]

    def sensing(self, block: int) -> list[tuple[Pattern, tuple[int, Sense]]]:
        """The patterns of senses that may match in a block."""
        if block not in self._sensing:
            self._sensing[block] = self.senses.tried(self.grams(block))
        return self._sensing[block]

    def tried(self, block: int) -> dict[Owner, list[Pattern]]:
        """The patterns around hits that may match in a block, by whom they belong to."""
        if block not in self._tried:
            if self._sensing:  # a context of the whole text is looked for ahead of what is said
                self.sensing(block)
            found = self._tried[block] = {}
            for pattern, owner in self.around.tried(self.grams(block)):
                found.setdefault(owner, []).append(pattern)
        return self._tried[block]

    def spans(self, owner: Owner, block: int) -> list[Span]:
        """Where an entry's patterns match, of what begins in a block, in order."""
        patterns = self.tried(block).get(owner)
        if patterns is None:
            return []
        key = owner, block
        if key not in self._spans:
            first, text = block * BLOCK, self.text
            self._spans[key] = sorted(
                span for pattern in patterns for span in pattern.spans(text, first, first + BLOCK)
            )
        return self._spans[key]

    def beginning(self, owner: Owner, start: int, stop: int) -> Iterator[Span]:
        """Where an entry's patterns match, of what begins at ``[start, stop)``, in order."""
        for block in range(start // BLOCK, -(-min(stop, len(self.text)) // BLOCK)):
            spans = self.spans(owner, block)
            for number in range(bisect_left(spans, (start,)), bisect_left(spans, (stop,))):
                yield spans[number]

    def before(self, owner: Owner, start: int) -> list[Span]:
        """The nearest matches of an entry's patterns that begin before a place, in order."""
        block = start // BLOCK
        spans = self.spans(owner, block)
        number = bisect_left(spans, (start,))
        nearest = spans[max(0, number - NEAREST) : number]
        if len(nearest) < NEAREST and block:  # none from farther back comes near
            nearest = self.spans(owner, block - 1)[len(nearest) - NEAREST :] + nearest
        return nearest

    def holds(self, sense: Sense, start: int, end: int) -> bool:
        """Whether a hit counts where it stands."""
        if sense.innocent and self.overlaps(("innocent", sense.name), start, end):
            return False
        if any(self.stands(name, start, end) for name in sense.unless):
            return False
        return not sense.needs or any(self.stands(name, start, end) for name in sense.needs)

    def stands(self, name: str, start: int, end: int) -> bool:
        """Whether a context stands to a hit where it has to."""
        context, owner = self.contexts[name], ("context", name)
        if len(self.blocks) == 1 and owner not in self.tried(0):
            return False
        match context.where:
            case Where.MESSAGE:
                return self.is_there(name)
            case Where.AROUND:
                return self.overlaps(owner, start, end)
            case Where.BEFORE:
                nearest = self.before(owner, start)
                return any(self.near(stop, start, context.reach) for _, stop in nearest)
            case Where.AFTER:
                following = self.beginning(owner, end, end + context.reach + 1)
                return any(
                    self.near(end, begin, context.reach) for begin, _ in islice(following, 1)
                )
            case Where.CLAUSE:
                bar = ENDS_CLAUSE
            case _:  # Where.SENTENCE, the last there is
                bar = ENDS_SENTENCE
        return self.shares(name, bar, start) or self.shares(name, bar, end - 1)

    def overlaps(self, owner: Owner, start: int, end: int) -> bool:
        """Whether a match shares a character with a hit."""
        block = (end - 1) // BLOCK
        spans = self.spans(owner, block)
        if spans:
            number = bisect_left(spans, (end,))
            if number and self.ends(owner, block)[number - 1] > start:
                return True
        before = self.ends(owner, block - 1) if block else []
        return bool(before) and before[-1] > start

    def ends(self, owner: Owner, block: int) -> list[int]:
        """How far a block's matches reach, each or one before it."""
        key = owner, block
        if key not in self._ends:
            self._ends[key] = list(accumulate((end for _, end in self.spans(owner, block)), max))
        return self._ends[key]

    def near(self, start: int, end: int, reach: int) -> bool:
        """Whether no clause ends between two places, and they are within reach of each other."""
        between = self.text[start:end] if end - start <= reach else ENDS_CLAUSE
        return not any(one in between for one in ENDS_CLAUSE.strip())

    def is_there(self, name: str) -> bool:
        """Whether a context begins anywhere."""
        return self.shares(name, "", 0)

    def shares(self, name: str, bar: str, place: int) -> bool:
        """Whether a context begins in the clause or sentence of a place; anywhere without a bar."""
        cell, start, stop = self.cell(bar, place) if bar else (0, 0, len(self.text))
        key = name, bar, cell
        if key not in self._cells:
            self._cells[key] = any(self.beginning(("context", name), start, stop))
        return self._cells[key]

    def cell(self, bar: str, place: int) -> tuple[int, int, int]:
        """The clause or sentence in which a character stands: its number, start and end."""
        if bar not in self._borders:
            self._borders[bar] = [match.start() for match in _BORDERS[bar].finditer(self.text)]
        borders = self._borders[bar]
        number = bisect_left(borders, place)
        start = borders[number - 1] + 1 if number else 0
        return number, start, borders[number] + 1 if number < len(borders) else len(self.text)


class ContextsIn(AbstractSet[str]):
    """The contexts that stand anywhere in a text, as a set that looks for them when asked."""

    def __init__(self, scene: Scene) -> None:
        """Take the text with its contexts."""
        self._scene = scene

    def __contains__(self, name: object) -> bool:
        """Whether a context stands somewhere."""
        return name in self._scene.contexts and self._scene.is_there(str(name))

    def __iter__(self) -> Iterator[str]:
        """The contexts that stand somewhere."""
        return (name for name in self._scene.contexts if name in self)

    def __len__(self) -> int:
        """How many contexts stand somewhere."""
        return sum(1 for _ in self)

    def __and__(self, names: Iterable[Any]) -> frozenset[str]:
        """Those of some contexts that stand somewhere; no others are looked for."""
        return frozenset(name for name in names if name in self)
