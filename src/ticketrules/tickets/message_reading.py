"""What a customer's message is, where the host does not say: a question, thanks, a machine's.

A message is taken for less than a ``MESSAGE`` only if known phrases cover it from end to end, so
that whatever also asks or reports something stays one (PEERS: out-of-office mails and bare thanks
reopened tickets; a question behind a thank-you must).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final
from unicodedata import normalize

from ticketrules.tickets import phrases
from ticketrules.tickets.values import MessageKind

LONGEST: Final = 5000
"""Characters beyond which a message is not read; nobody says thanks at that length."""

_QUOTED: Final = re.compile(
    r"(?:^[^\n>]*(?:wrote|写道)[ \t]*[:：][ \t]*\n)?(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE
)
"""The lines of an earlier message that a mail repeats, with the line that announces them."""

_SEPARATORS: Final = re.compile(
    rf"(?:[\s,.!;:、。·~\-–—_|()\[\]{{}}<>\"“”【】《》*…{phrases.ORNAMENTS}])+"
)

_NAME: Final = re.compile(r"(?<=\n)[A-Z][a-z]*\.?(?: [A-Z][a-z]*\.?){0,2}\Z")
"""A name on a line of its own, below a letter's end and with nothing after it."""


def read_kind(body: str) -> MessageKind:
    """What a customer's message is, by its words alone.

    Args:
        body: The customer's own words, in Chinese or English; the lines of an earlier message that
            a mail quotes with ``>`` are passed over.

    Returns:
        ``AUTOMATIC`` for a machine's or an absentee's message, ``SOLVED`` where it says that it is
        solved, ``THANKS`` for thanks alone, each of them only if nothing else is said; ``MESSAGE``
        for everything else.
    """
    if len(body) > LONGEST:
        return MessageKind.MESSAGE
    said = normalize("NFKC", _QUOTED.sub("", body)).replace("\u2019", "'").strip()
    found = _spoken(said)
    if "automatic" in found and "solved" not in found:
        return MessageKind.AUTOMATIC
    if not found or "filler" in found or "automatic" in found:
        return MessageKind.MESSAGE
    if "solved" in found:
        return MessageKind.SOLVED
    return MessageKind.THANKS if "thanks" in found else MessageKind.MESSAGE


def _spoken(said: str) -> frozenset[str]:
    """The kinds of phrases that make up the whole text; none if anything is left over."""
    lower = said.lower()
    if len(lower) != len(said):  # a few capitals have no small letter of their own
        return frozenset()
    found: set[str] = set()
    place = 0
    while place < len(lower):
        between = _SEPARATORS.match(lower, place)
        if between is not None:
            place = between.end()
            continue
        end, kind = max((_end(several, lower, place), kind) for kind, several in _phrases().items())
        if end == place:
            break
        found.add(kind)
        place = end
    if place < len(said) and not ("sign-off" in found and _NAME.match(said, place)):
        return frozenset()
    return frozenset(found)


def _end(several: Sequence[re.Pattern[str]], text: str, place: int) -> int:
    """Where the longest of several phrases ends that begins at a place; the place if none does."""
    ends = (match.end() for one in several if (match := one.match(text, place)))
    return max(ends, default=place)


@cache
def _phrases() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The patterns of each kind of phrase, made when a message is first read."""
    return {
        "thanks": _patterns(phrases.THANKS),
        "solved": _patterns(phrases.SOLVED),
        "courtesy": _patterns(phrases.COURTESY),
        "sign-off": _patterns(phrases.SIGN_OFF),
        "automatic": _patterns(phrases.AUTOMATIC),
        "filler": _patterns(phrases.FILLER),
    }


def _patterns(several: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    # A phrase must not end within a word: "ok" is no part of "okapi"; Chinese has no such ends.
    return tuple(re.compile(rf"(?:{one})(?![a-z0-9])") for one in several)
