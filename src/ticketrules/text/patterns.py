r"""Patterns of a lexicon: a small language in which nothing can run away.

A pattern is matched against normalised text, at a place where it may begin:

- ``电话``: these characters; in Chinese a mask ``*`` or a space may stand between two of them
- ``[打拨]``: one of these characters
- ``(a|b)``: one of these patterns
- ``x?``: the character, class or group before it, or nothing
- ``{4}``: up to four characters of the same clause
- ``{,9}``: up to nine characters of the same sentence, across commas, colons and spaces
- ``<call>``: one of the words of that name
- ``^`` and ``$``: where a clause begins, where one ends
- ``\?``: a character that would mean something else

There is no unbounded repetition, and the number of ways in which a pattern can be tried at one
place is reckoned when it is read; one with more than ``MOST_WAYS`` is refused. So is one that could
begin anywhere, or match nothing at all. Reading a text therefore takes time in proportion to its
length. A word in Latin letters or digits is matched whole, never within a longer one.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final, NoReturn, TypeAlias

from attrs import define, field, frozen

from ticketrules.text.normalisation import HAN, MASK, normalise
from ticketrules.toml_reader import did_you_mean

MOST_WAYS: Final = 3000
"""In how many ways a pattern may be tried at one place, at most."""

WIDEST_GAP: Final = 20
"""The widest gap, in characters."""

LONGEST: Final = 200
"""The longest text that a pattern may match, in characters."""

ENDS_CLAUSE: Final = ",:。!? "
"""What ends a clause of normalised text; a space does so between Chinese characters only."""

ENDS_SENTENCE: Final = "。!?"
"""What ends a sentence of normalised text."""

DEEPEST: Final = 20
"""How deep groups and named words may lie in each other."""

Words: TypeAlias = Mapping[str, Sequence[str]]
"""Named lists of patterns."""


class PatternError(ValueError):
    """A pattern that is none, or that could run away; the message says where and why."""


_ANYTHING: Final = "\0"
"""Stands in a head for any character at all."""

_MOST_SPELT: Final = 400
"""How many texts a part may stand for and still be spelt out."""


@frozen
class _Spelt:
    """A part that stands for a few texts, all of them known."""

    texts: frozenset[str]

    @property
    def heads(self) -> frozenset[str]:
        return frozenset(one[:2] for one in self.texts)

    @property
    def ways(self) -> int:
        # Only texts that begin alike can match at the same place.
        texts = self.texts
        return max(sum(one[:size] in texts for size in range(len(one) + 1)) for one in texts)

    @property
    def longest(self) -> int:
        return max(map(len, self.texts))

    @property
    def musts(self) -> tuple[frozenset[str], ...]:
        """Sets of characters; every match holds one of each."""
        if "" in self.texts:
            return ()
        return (frozenset(one[-1] for one in self.texts),)

    def regex(self) -> str:
        return _tree(self.texts, "")


@frozen
class _Built:
    """A part that is made of others.

    Attributes:
        heads: With which one or two characters a match begins; one alone is followed by anything
            or by nothing, and the empty head stands for a match of nothing.
        ways: In how many ways it can match at one place, at most.
        longest: How many characters it matches, at most.
        parts: What it is made of.
        between: What stands between them as a regular expression: nothing, or ``|``.
    """

    heads: frozenset[str]
    ways: int
    longest: int
    parts: "tuple[_Part | str, ...]"
    between: str = ""

    @property
    def musts(self) -> tuple[frozenset[str], ...]:
        """Sets of characters; every match holds one of each."""
        inner = [() if isinstance(one, str) else one.musts for one in self.parts]
        if not self.between:
            return tuple(must for musts in inner for must in musts)
        # Of alternatives any may match: one set of each, together.
        return (frozenset[str]().union(*(one[-1] for one in inner)),) if all(inner) else ()

    def regex(self) -> str:
        inner = (part if isinstance(part, str) else part.regex() for part in self.parts)
        joined = self.between.join(inner)
        return f"(?:{joined})" if self.between else joined


_Part: TypeAlias = "_Spelt | _Built"


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


@frozen
class Pattern:
    """A pattern, read and bounded.

    Attributes:
        source: As it was written.
        heads: The one or two characters with which a match begins.
        ways: In how many ways it is tried at one place, at most.
        longest: How many characters it matches, at most.
        musts: Sets of characters; every match holds one of each.

    Raises:
        PatternError: It is no pattern; see ``parse``.
    """

    source: str
    heads: frozenset[str] = field(repr=False)
    ways: int = field(repr=False)
    longest: int = field(repr=False)
    musts: tuple[frozenset[str], ...] = field(repr=False)
    _part: _Part = field(repr=False, eq=False)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(f"{_EDGE}(?:{self._part.regex()}){_EDGE}")

    def end(self, text: str, place: int) -> int:
        """Where the match that begins at a place of normalised text ends; -1 if none does."""
        match = self._compiled.match(text, place)
        return -1 if match is None else match.end()


_HAN: Final = re.compile(f"[{HAN}]")
_GAP: Final = re.compile(r"\{(,?)(\d{1,3})\}")
_BORDERS: Final = {"^": rf"(?<![^{ENDS_CLAUSE}])", "$": rf"(?![^{ENDS_CLAUSE}])"}
_WORD: Final = "a-z0-9"
_EDGE: Final = rf"(?:(?<![{_WORD}])|(?![{_WORD}]))"
"""Not within a word of Latin letters and digits."""


class PatternReader:
    """Reads patterns that name the same words."""

    def __init__(self, words: Words | None = None) -> None:
        """Take the words that patterns may name."""
        self._words = words or {}
        self._known: dict[str, _Part] = {}

    def read(self, source: str) -> Pattern:
        """Read a pattern; it is normalised like the text that it is for.

        Raises:
            PatternError: Something is left open, unknown or empty, a gap is too wide, or the
                pattern could begin anywhere, match nothing, or be tried in more than ``MOST_WAYS``
                ways.
        """
        part = _Reader(source, self._words, self._known).whole()
        heads, ways, longest = part.heads, part.ways, part.longest
        if "" in heads:
            msg = "could match nothing"
            raise PatternError(msg)
        if any(head.startswith(_ANYTHING) for head in heads):
            msg = "could begin anywhere; a gap needs something definite before it"
            raise PatternError(msg)
        if ways > MOST_WAYS:
            msg = f"could be tried in {ways} ways at one place; at most {MOST_WAYS} are allowed"
            raise PatternError(msg)
        if longest > LONGEST:
            msg = f"could match {longest} characters; at most {LONGEST} are allowed"
            raise PatternError(msg)
        heads = frozenset(head.rstrip(_ANYTHING) for head in heads)
        return Pattern(source, heads, ways, longest, part.musts[::-1], part)


@define
class _Reader:
    """Reads a pattern from left to right; it looks at each character once."""

    source: str
    words: Words
    known: dict[str, _Part]
    depth: int = 0
    place: int = 0

    def fail(self, reason: str) -> NoReturn:
        msg = f"{reason}, at character {self.place + 1} of {self.source!r}"
        raise PatternError(msg)

    def next(self) -> str:
        return self.source[self.place : self.place + 1]

    def whole(self) -> _Part:
        """The whole of the source."""
        part = self.choice()
        if self.place < len(self.source):
            self.fail(f"{self.next()!r} closes nothing")
        return part

    def choice(self) -> _Part:
        """Alternatives up to a closing bracket or the end."""
        several = [self.sequence()]
        while self.next() == "|":
            self.place += 1
            several.append(self.sequence())
        return _either(several)

    def sequence(self) -> _Part:
        """Parts in a row."""
        row: _Part = _NOTHING
        while (one := self.next()) and one not in "|)":
            part = self.part(one)
            if self.next() == "?":
                self.place += 1
                part = _either([part, _NOTHING])
            row = _then(row, part)
        return row

    def part(self, one: str) -> _Part:
        match one:
            case "(":
                return self.inside()
            case "[":
                return self.one_of()
            case "{":
                return self.gap()
            case "<":
                return self.named()
            case "^" | "$":
                self.place += 1
                return _Built(frozenset({""}), 1, 0, (_BORDERS[one],))
            case _:
                return self.character()

    def upto(self, closing: str) -> str:
        """What stands between a bracket and the one that closes it."""
        end = self.source.find(closing, self.place)
        if end < 0:
            self.fail(f"a bracket {self.next()!r} is not closed")
        inner = self.source[self.place + 1 : end]
        self.place = end + 1
        return inner

    def deeper(self) -> int:
        if self.depth == DEEPEST:
            self.fail("nested too deep, or words that name each other in a circle")
        return self.depth + 1

    def inside(self) -> _Part:
        inner = _Reader(self.source, self.words, self.known, self.deeper(), self.place + 1)
        part = inner.choice()
        if inner.next() != ")":
            self.fail("a bracket '(' is not closed")
        self.place = inner.place + 1
        return part

    def one_of(self) -> _Part:
        members = frozenset(map(self.plain, self.upto("]")))
        return _Spelt(members) if members else self.fail("a class of no characters")

    def gap(self) -> _Part:
        match = _GAP.fullmatch("{" + self.upto("}") + "}")
        if match is None:
            self.fail("a gap is written {4}, or {,9} across commas")
        width = int(match[2])
        if not 1 <= width <= WIDEST_GAP:
            self.fail(f"a gap is 1 to {WIDEST_GAP} characters wide")
        bar = ENDS_SENTENCE if match[1] else ENDS_CLAUSE.strip()
        gap = f"[^{bar}]{{0,{width}}}?"
        return _Built(frozenset({"", _ANYTHING}), width + 1, width, (gap,))

    def named(self) -> _Part:
        name = self.upto(">")
        if name not in self.words:
            self.fail(f"no words are called {name!r}" + did_you_mean(name, self.words))
        depth = self.deeper()
        if name not in self.known:
            several = [_Reader(one, self.words, self.known, depth) for one in self.words[name]]
            self.known[name] = _either([one.whole() for one in several])
        return self.known[name]

    def character(self) -> _Part:
        one = self.next()
        if one in "]}>?":
            self.fail(f"{one!r} stands for nothing here")
        if one == "\\":
            self.place += 1
            one = self.next()
            if not one or one.isalnum():
                self.fail("'\\\\' stands before a character that is no letter")
        self.place += 1
        return _Spelt(frozenset({self.plain(one)}))

    def plain(self, one: str) -> str:
        """A character as normalised text has it."""
        return normalise(one).text or self.fail(f"{one!r} is never in normalised text")


_NOTHING: Final = _Spelt(frozenset({""}))


def _either(several: Sequence[_Part]) -> _Part:
    if len(several) == 1:
        return several[0]
    texts = frozenset(text for one in several if isinstance(one, _Spelt) for text in one.texts)
    parts: list[_Part] = [one for one in several if isinstance(one, _Built)]
    if not parts and len(texts) <= _MOST_SPELT:
        return _Spelt(texts)
    if texts:
        parts.append(_Spelt(texts))
    return _Built(
        frozenset[str]().union(*(part.heads for part in parts)),
        sum(part.ways for part in parts),
        max(part.longest for part in parts),
        tuple(parts),
        "|",
    )


def _then(first: _Part, second: _Part) -> _Part:
    if first is _NOTHING:
        return second
    if (
        isinstance(first, _Spelt)
        and isinstance(second, _Spelt)
        and len(first.texts) * len(second.texts) <= _MOST_SPELT
    ):
        return _Spelt(frozenset(one + two for one in first.texts for two in second.texts))
    after = second.heads
    heads = {
        head if len(head) == 2 or head == _ANYTHING else (head + more)[:2]
        for head in first.heads
        for more in after
    }
    return _Built(
        frozenset(heads), first.ways * second.ways, first.longest + second.longest, (first, second)
    )
