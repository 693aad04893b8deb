"""What a lexicon is made of: senses, the contexts that change them, and where they were found."""

from enum import Enum

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.text.patterns import Pattern


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
