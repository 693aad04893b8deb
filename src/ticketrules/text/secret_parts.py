"""What the patterns of secrets share: the mask, the letters of a value, its bounds, and a form.

Every pattern is tried on a text whose full-width letters and figures are folded, one for one, so
that places stay. Repeats are possessive or bounded, and a form begins only where no longer run of
its characters does: the work grows with the text and with nothing else.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

from ticketrules.text.secret_kinds import Secret, SecretKind

MASK: Final = "●"
"""What every character of a secret becomes; no password holds it, and GB 2312 has it."""

FOLDS: Final = {place: place - 0xFEE0 for place in range(0xFF10, 0xFF5B)} | {
    0x3000: 0x20,  # the ideographic space
    0xFF0B: 0x2B,  # the plus before a country's code
    0xFF0D: 0x2D,  # the hyphen between figures
    0xFF0F: 0x2F,
    0xFF20: 0x40,
    0xFF3F: 0x5F,
}
for _sign in (0xFF1A, 0xFF1B, 0xFF1F):  # ：；？ end what stands before them, as ASCII's do not
    del FOLDS[_sign]

CJK: Final = (
    r"\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Ideographs with their punctuation; a password ends where they begin."""

BEFORE: Final = rf"(?<![A-Za-z0-9_{MASK}])"
AFTER: Final = rf"(?![A-Za-z0-9{MASK}])"

# A comma or a semicolon ends a value unless it goes on as only a password does.
VALUE: Final = (
    rf"(?:[^\s,;{CJK}{MASK}]|[,;](?![\s{CJK}]|$|[A-Za-z_][A-Za-z_ ]{{0,24}}[:=：])"
    rf"|[！？](?=[!-~]))++"
)
"""A secret without quotes: all up to a blank, an ideograph, or the next field."""

WORD_ZH: Final = "密码|密碼|口令"
WORD_EN: Final = "pass[ _-]?word|passwd|pwd|passcode"
"""What a password is called."""

TRIMMED: Final = ".,;:!?()[]{}<>\"'"
"""What stands around a value and is none of it."""

NEAR: Final = 24
"""How far back the words that say what a number is may stand."""


def without_quote(text: str, start: int, end: int) -> int:
    """Where a value ends if the quote at its end is not its own."""
    return end - (end - start > 1 and text[end - 1] in "\"'")


@frozen
class Form:
    """A pattern, what it finds, and whether a match is meant.

    What is meant is the group ``value`` where the pattern has groups, and else all of the match.
    """

    kind: SecretKind
    pattern: re.Pattern[str]
    is_meant: Callable[[re.Match[str]], bool] = lambda _match: True

    def secrets(self, text: str) -> Iterator[Secret]:
        """What it finds in a text, in order."""
        group = "value" if self.pattern.groups else 0
        for match in self.pattern.finditer(text):
            if self.is_meant(match):
                start, end = match.span(group)
                yield Secret(start, without_quote(text, start, end), self.kind)
