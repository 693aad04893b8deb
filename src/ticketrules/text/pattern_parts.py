"""What patterns are made of: how a match begins, what every match holds, and the expression."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import frozen

from ticketrules.text.frequency import frequency, frequency_of
from ticketrules.text.normalisation import HAN, MASK

ANYTHING: Final = "\0"
"""Among the characters with which a match begins: any character at all."""

_MOST_SPELT: Final = 400
"""How many texts a part may stand for and still be spelt out."""

Grams: TypeAlias = frozenset[str]
"""Single characters and pairs of them, one of which stands in a text."""


@frozen
class Spelt:
    """A part that stands for a few texts, all of them known."""

    texts: frozenset[str]

    @property
    def firsts(self) -> frozenset[str]:
        """With which character a match begins; the empty one stands for a match of nothing."""
        return frozenset(one[:1] for one in self.texts)

    @property
    def ways(self) -> int:
        """In how many ways it can match at one place, at most."""
        # Only texts that begin with each other can match at the same place.
        most, row = 1, list[str]()
        for one in sorted(self.texts):
            while row and not one.startswith(row[-1]):
                row.pop()
            row.append(one)
            most = max(most, len(row))
        return most

    @property
    def longest(self) -> int:
        """How many characters it matches, at most; what stands between is not counted."""
        return max(map(len, self.texts))

    @property
    def needs(self) -> tuple[Grams, ...]:
        """Sets of characters and pairs; every match holds one of each."""
        return () if "" in self.texts else (_held(self.texts),)

    def regex(self) -> str:
        """It as a regular expression."""
        return _tree(self.texts, "")


@frozen
class Built:
    """A part that is made of others.

    Attributes:
        firsts: With which character a match begins; the empty one stands for a match of nothing.
        ways: In how many ways it can match at one place, at most.
        longest: How many characters it matches, at most; masks and spaces between are not counted.
        parts: What it is made of.
        between: What stands between them as a regular expression: nothing, or ``|``.
    """

    firsts: frozenset[str]
    ways: int
    longest: int
    parts: "tuple[Part | str, ...]"
    between: str = ""

    @cached_property
    def needs(self) -> tuple[Grams, ...]:
        """Sets of characters and pairs; every match holds one of each."""
        inner = [() if isinstance(one, str) else one.needs for one in self.parts]
        if not self.between:
            return tuple(need for needs in inner for need in needs)
        # Of alternatives any may match: one need of each, together.
        return (
            (frozenset[str]().union(*(min(needs, key=frequency) for needs in inner)),)
            if all(inner)
            else ()
        )

    def regex(self) -> str:
        """It as a regular expression."""
        inner = (part if isinstance(part, str) else part.regex() for part in self.parts)
        joined = self.between.join(inner)
        return f"(?:{joined})" if self.between else joined


Part: TypeAlias = "Spelt | Built"

NOTHING: Final = Spelt(frozenset({""}))


def either(several: Sequence[Part]) -> Part:
    """Alternatives."""
    if len(several) == 1:
        return several[0]
    texts = frozenset(text for one in several if isinstance(one, Spelt) for text in one.texts)
    parts: list[Part] = [one for one in several if isinstance(one, Built)]
    if not parts and len(texts) <= _MOST_SPELT:
        return Spelt(texts)
    if texts:
        parts.append(Spelt(texts))
    return Built(
        frozenset[str]().union(*(part.firsts for part in parts)),
        sum(part.ways for part in parts),
        max(part.longest for part in parts),
        tuple(parts),
        "|",
    )


def then(first: Part, second: Part) -> Part:
    """One part and then another."""
    if first is NOTHING:
        return second
    if (
        isinstance(first, Spelt)
        and isinstance(second, Spelt)
        and len(first.texts) * len(second.texts) <= _MOST_SPELT
    ):
        return Spelt(frozenset([one + two for one in first.texts for two in second.texts]))
    firsts = first.firsts
    if "" in firsts:
        firsts = firsts - {""} | second.firsts
    return Built(firsts, first.ways * second.ways, first.longest + second.longest, (first, second))


def _held(texts: Collection[str]) -> Grams:
    """A few rare pairs, one of which stands in each text; a single character is its own."""
    found = set[str]()
    # What a shorter text holds stands in many of the longer ones, too.
    for text in sorted(texts, key=lambda text: (len(text), text)):
        pairs = list(map("".join, pairwise(text))) or [text]
        if found.isdisjoint(pairs):
            found.add(min(pairs, key=frequency_of))
    return frozenset(found)


_HAN: Final = re.compile(f"[{HAN}]")


def _tree(texts: Collection[str], before: str) -> str:
    """Texts as one regular expression that never looks at a character twice."""
    rests: dict[str, set[str]] = {}
    for one in texts:
        if one:
            rests.setdefault(one[0], set()).add(one[1:])
    joint = rf"[ {re.escape(MASK)}]?"
    branches = [
        (joint if _HAN.match(before) and _HAN.match(first) else "")
        + re.escape(first)
        + _tree(rest, first)
        for first, rest in sorted(rests.items())
    ]
    if not branches:
        return ""
    is_whole = "" in texts
    if len(branches) == 1 and not is_whole:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if is_whole else "")
