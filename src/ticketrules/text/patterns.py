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
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Final, NoReturn, TypeAlias

from attrs import define, field, frozen

from ticketrules.text.frequency import frequency
from ticketrules.text.normalisation import normalise
from ticketrules.text.pattern_parts import (
    ANYTHING,
    NOTHING,
    Built,
    Grams,
    Part,
    Spelt,
    either,
    then,
)
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


@frozen
class Pattern:
    """A pattern, read and bounded.

    Attributes:
        source: As it was written.
        firsts: The characters with which a match begins.
        ways: In how many ways it is tried at one place, at most.
        longest: How many characters it matches, at most; masks and spaces that may stand between
            two of them are not counted.
    """

    source: str
    firsts: frozenset[str] = field(repr=False)
    ways: int = field(repr=False)
    longest: int = field(repr=False)
    _part: Part = field(repr=False, eq=False)

    @cached_property
    def reach(self) -> int:
        """How far a match extends at most, with what may stand between its characters."""
        return 2 * self.longest

    @cached_property
    def needs(self) -> tuple[Grams, ...]:
        """Sets of characters and pairs, the rarest first; every match holds one of each."""
        return tuple(sorted(dict.fromkeys((*self._part.needs, self.firsts)), key=frequency))

    @cached_property
    def _regex(self) -> str:
        front = _EDGE if any(map(_IN_WORD.match, self.firsts)) else ""
        return f"{front}(?:{self._part.regex()}){_EDGE}"

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._regex)

    @cached_property
    def search(self) -> "Callable[[str, int, int], re.Match[str] | None]":
        """Finds the next match that begins in a stretch of normalised text and ends in it.

        What it finds begins where the match does, and its first group is the match: from one
        character after it the next one is found, even if they overlap.
        """
        # It takes one character, which may begin a match, and looks at the match from there: so
        # others are passed over at once.
        first = f"[{''.join(map(re.escape, sorted(self.firsts)))}]"
        return re.compile(f"{first}(?<=(?=({self._regex})){first})").search

    def end(self, text: str, place: int) -> int:
        """Where the match that begins at a place of normalised text ends; -1 if none does."""
        match = self._compiled.match(text, place)
        return -1 if match is None else match.end()

    def spans(self, text: str, start: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
        """The matches that begin at ``[start, stop)`` of a normalised text, in order."""
        stop = len(text) if stop is None else stop
        end = stop + self.reach + 1  # one more, so that what must not follow is seen
        search, spans = self.search, list[tuple[int, int]]()
        match = search(text, start, end)
        while match is not None and match.start() < stop:
            spans.append(match.span(1))
            match = search(text, match.end(), end)
        return spans


_GAP: Final = re.compile(r"\{(,?)(\d{1,3})\}")
_PLAIN: Final = re.compile(r"[^\\()\[\]{}<>|?^$]+(?!\?)")
"""Characters that stand for themselves, without one that may be left out."""

_BORDERS: Final = {"^": rf"(?<![^{ENDS_CLAUSE}])", "$": rf"(?![^{ENDS_CLAUSE}])"}
_WORD: Final = "a-z0-9"
_IN_WORD: Final = re.compile(f"[{_WORD}]")
_EDGE: Final = rf"(?:(?<![{_WORD}])|(?![{_WORD}]))"
"""Not within a word of Latin letters and digits."""


class PatternReader:
    """Reads patterns that name the same words."""

    def __init__(self, words: Words | None = None) -> None:
        """Take the words that patterns may name."""
        self._words = words or {}
        self._known: dict[str, Part] = {}

    def read(self, source: str) -> Pattern:
        """Read a pattern; it is normalised like the text that it is for.

        Raises:
            PatternError: Something is left open, unknown or empty, a gap is too wide, or the
                pattern could begin anywhere, match nothing, or be tried in more than ``MOST_WAYS``
                ways.
        """
        part = _Reader(source, self._words, self._known).whole()
        firsts, ways, longest = part.firsts, part.ways, part.longest
        if "" in firsts:
            msg = "could match nothing"
            raise PatternError(msg)
        if ANYTHING in firsts:
            msg = "could begin anywhere; a gap needs something definite before it"
            raise PatternError(msg)
        if ways > MOST_WAYS:
            msg = f"could be tried in {ways} ways at one place; at most {MOST_WAYS} are allowed"
            raise PatternError(msg)
        if longest > LONGEST:
            msg = f"could match {longest} characters; at most {LONGEST} are allowed"
            raise PatternError(msg)
        return Pattern(source, firsts, ways, longest, part)


@define
class _Reader:
    """Reads a pattern from left to right; it looks at each character once."""

    source: str
    words: Words
    known: dict[str, Part]
    depth: int = 0
    place: int = 0

    def fail(self, reason: str) -> NoReturn:
        msg = f"{reason}, at character {self.place + 1} of {self.source!r}"
        raise PatternError(msg)

    def next(self) -> str:
        return self.source[self.place : self.place + 1]

    def whole(self) -> Part:
        """The whole of the source."""
        part = self.choice()
        if self.place < len(self.source):
            self.fail(f"{self.next()!r} closes nothing")
        return part

    def choice(self) -> Part:
        """Alternatives up to a closing bracket or the end."""
        several = [self.sequence()]
        while self.next() == "|":
            self.place += 1
            several.append(self.sequence())
        return either(several)

    def sequence(self) -> Part:
        """Parts in a row."""
        row: Part = NOTHING
        while (one := self.next()) and one not in "|)":
            plain = _PLAIN.match(self.source, self.place)
            if plain is not None:
                row = then(row, Spelt(frozenset({"".join(map(self.plain, plain[0]))})))
                self.place = plain.end()
                continue
            part = self.part(one)
            if self.next() == "?":
                self.place += 1
                part = either([part, NOTHING])
            row = then(row, part)
        return row

    def part(self, one: str) -> Part:
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
                return Built(frozenset({""}), 1, 0, (_BORDERS[one],))
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

    def inside(self) -> Part:
        inner = _Reader(self.source, self.words, self.known, self.deeper(), self.place + 1)
        part = inner.choice()
        if inner.next() != ")":
            self.fail("a bracket '(' is not closed")
        self.place = inner.place + 1
        return part

    def one_of(self) -> Part:
        members = frozenset(map(self.plain, self.upto("]")))
        return Spelt(members) if members else self.fail("a class of no characters")

    def gap(self) -> Part:
        match = _GAP.fullmatch("{" + self.upto("}") + "}")
        if match is None:
            self.fail("a gap is written {4}, or {,9} across commas")
        width = int(match[2])
        if not 1 <= width <= WIDEST_GAP:
            self.fail(f"a gap is 1 to {WIDEST_GAP} characters wide")
        bar = ENDS_SENTENCE if match[1] else ENDS_CLAUSE.strip()
        gap = f"[^{bar}]{{0,{width}}}?"
        return Built(frozenset({"", ANYTHING}), width + 1, width, (gap,))

    def named(self) -> Part:
        name = self.upto(">")
        if name not in self.words:
            self.fail(f"no words are called {name!r}" + did_you_mean(name, self.words))
        depth = self.deeper()
        if name not in self.known:
            several = [_Reader(one, self.words, self.known, depth) for one in self.words[name]]
            self.known[name] = either([one.whole() for one in several])
        return self.known[name]

    def character(self) -> Part:
        one = self.next()
        if one in "]}>?":
            self.fail(f"{one!r} stands for nothing here")
        if one == "\\":
            self.place += 1
            one = self.next()
            if not one or one.isalnum():
                self.fail("'\\\\' stands before a character that is no letter")
        self.place += 1
        return Spelt(frozenset({self.plain(one)}))

    def plain(self, one: str) -> str:
        """A character as normalised text has it."""
        return _plain(one) or self.fail(f"{one!r} is never in normalised text")


@cache
def _plain(one: str) -> str:
    return normalise(one).text
