"""Text as it was meant: one width, one script, one case, nothing inserted, and where it stood.

Every character of the original becomes one character or none, so that any stretch of the
normalised text leads back to an exact stretch of the original. The steps, in order:

1. each character by itself: compatibility forms to plain ones, small letters, letters without
   their marks, traditional characters to simplified ones, punctuation to one form, an emoji that
   stands for a word to that word; other emoji, invisible and combining characters go;
2. symbols inserted between Chinese characters go; spaces go where someone writes l i k e this,
   and otherwise stay, one at a time, because customers write them for commas;
3. a character that stands three times or more in a row stands once; digits are left alone.

Each step is one pass over the text.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from itertools import compress
from typing import Final, TypeAlias

from attrs import field, frozen

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""The Chinese characters, as ranges of a character class."""

MASK: Final = "*"
"""What people write for a letter that they do not want to write out."""

GONE: Final = "\0"
"""Stands, between the first step and the second, for a character that becomes none."""

_FORMS: Final = (
    (",", ",，、；;﹐﹑､…‥"),
    ("。", "。\n\r\u2028\u2029｡"),
    (":", ":：︰﹕"),
    ("!", "!！﹗‼¡"),
    ("?", "?？﹖⁇¿؟"),
    (" ", "\t\u00a0\u3000"),
    ("“", "“„‟「『《〈【〔«‹〝｢"),
    ("”", "”」』》〉】〕»›〞｣"),
    ("(", "([{（［｛"),
    (")", ")]}）］｝"),
    ("'", "‘’‛`´′"),
    ("-", "-‐‑‒–—―−"),
    ("~", "~～〜∼"),
    ("x", "×✕✖╳❌"),
    (MASK, "*＊∗✱✲✳⁎○●◯□■▇█"),
    # Emoji that stand for a word.
    ("☎", "☎📞📱📲"),
    ("屎", "💩"),
    ("狗", "🐶🐕"),
    ("猪", "🐷🐖🐽"),
    ("马", "🐴🐎"),
    ("鸡", "🐔"),
    ("龟", "🐢"),
    ("蛋", "🥚"),
    ("🖕", "🖕"),
    ("🤡", "🤡"),
    ("👍", "👍"),
    # Letters of other alphabets that look like Latin ones.
    *zip("aceopxyksib", "асеорхукѕіЬ", strict=True),
)
"""What a character is written as, and the characters that are written so."""

_KEPT: Final = frozenset("@/.-_+%#=&'\"$~|^<>")
_SYMBOL: Final = "·"
"""Every symbol that is not kept under its own form."""

_DROPPED: Final = frozenset(("Mn", "Me", "Mc", "Cf", "Cc", "Co", "Cn", "Cs", "So", "Sk"))


@frozen
class NormalisedText:
    """A text in its normalised form, with the way back.

    Attributes:
        original: The text as it came.
        text: Its normalised form.
    """

    original: str = field(repr=False)
    text: str = field(repr=False)
    _places: Sequence[int] = field(repr=False, eq=False)
    """Where each character of the normalised text stands in the original."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the normalised text stands for.

        Args:
            start: Where it begins in ``text``.
            end: Where it ends, exclusive; later than ``start``.

        Returns:
            ``[start, end)`` in ``original``, from the first character that it stands for to the
            last, with what was dropped between them; the whole of a run that stands once now.

        Raises:
            IndexError: It is empty, or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            msg = f"no stretch [{start}, {end}) in a text of {len(self.text)} characters"
            raise IndexError(msg)
        stop = self._places[end - 1] + 1
        bound = self._places[end] if end < len(self.text) else len(self.original)
        fold, last = _fold(), self.text[end - 1]
        for place in range(stop, bound):
            found = fold[ord(self.original[place])]
            if found == last:
                stop = place + 1
            elif found != GONE:
                break
        return self._places[start], stop


def normalise(text: str) -> NormalisedText:
    """Bring a text into its normalised form; see the module for the steps.

    Takes time and memory in proportion to the length of the text, whatever it holds.

    Raises:
        TypeError: ``text`` is no string.
    """
    try:
        folded = str.translate(text, _fold())
    except TypeError:
        msg = f"text must be a str, not {type(text).__name__}"
        raise TypeError(msg) from None
    if _ODD.search(folded) is None:
        return NormalisedText(text, folded, range(len(folded)))
    places: Sequence[int] = range(len(folded))
    for cuts in (_gone, _inserted, _between_lone_letters, _repeated):
        if spans := cuts(folded):
            kept = bytearray(b"\1") * len(folded)
            for start, end in spans:
                kept[start:end] = bytes(end - start)
            folded = "".join(compress(folded, kept))
            places = array("Q", compress(places, kept))
    return NormalisedText(text, folded, places)


_ALNUM: Final = "a-z0-9"
_ODD: Final = re.compile(rf"[\0 ._~·/|+#^&='{MASK}-]|(\D)\1\1")
"""What any of the steps after the first may act on."""

_GONE: Final = re.compile(r"\0+")
_BETWEEN_HAN: Final = "._~·/|+#^&='-"
# What each begins with comes first, and what is before it after that: so it is found at once.
_INSERTED: Final = re.compile(
    rf"[ {_BETWEEN_HAN}](?:"
    rf"(?<=[{HAN}][{_BETWEEN_HAN}])[{_BETWEEN_HAN}]{{0,2}}(?=[{HAN}])"  # 投.诉
    rf"|(?:(?<=^[{HAN}] )|(?<=[^{HAN}][{HAN}] )) *(?=[{HAN}])"  # 傻 逼客服, and 投 诉 all through
    rf"|(?<=[{HAN}] ) *(?=[{HAN}](?![{HAN}]))"  # 客服傻 逼
    r"|(?<=  ) *)"
)
_LONE_LETTERS: Final = re.compile(  # s.b, 1 2 3 1 5
    rf"[{_ALNUM}](?<![{_ALNUM}]{{2}})(?:[ ._·{MASK}-]{{1,2}}[{_ALNUM}](?![{_ALNUM}]))+"
)
_BETWEEN: Final = re.compile(rf"[^{_ALNUM}]+")
_REPEATED: Final = re.compile(r"(?!www(?!w))(\D)\1{2,}+")  # possessive: a long run leaves no trail

_Spans: TypeAlias = list[tuple[int, int]]


def _gone(text: str) -> _Spans:
    return [match.span() for match in _GONE.finditer(text)]


def _inserted(text: str) -> _Spans:
    return [match.span() for match in _INSERTED.finditer(text)]


def _between_lone_letters(text: str) -> _Spans:
    return [
        match.span()
        for letters in _LONE_LETTERS.finditer(text)
        for match in _BETWEEN.finditer(text, *letters.span())
    ]


def _repeated(text: str) -> _Spans:
    return [(match.start() + 1, match.end()) for match in _REPEATED.finditer(text)]


class _Fold(dict[int, str]):
    """What each character becomes by itself, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


@cache
def _fold() -> _Fold:
    """The table of the first step; it knows punctuation from the start."""
    return _Fold((ord(one), form) for form, ones in _FORMS for one in ones)


@cache
def _converter() -> Callable[[str], str]:
    """From traditional characters to simplified ones."""
    from opencc import OpenCC  # noqa: PLC0415 - read when a Chinese character is first met

    return OpenCC("t2s").convert


_BLOCKS: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
"""The blocks of Chinese characters in which customers write."""


def _folded(one: str) -> str:
    """What a character becomes that no table names."""
    code = ord(one)
    if any(low <= code < high for low, high in _BLOCKS):
        simplified = _converter()(one)
        if len(simplified) == 1:
            return simplified
    plain = unicodedata.normalize("NFKC", one).lower()
    kinds = unicodedata.category
    letters = [part for part in plain if kinds(part)[0] in "LN"]
    if len(letters) == 1:  # a letter in a circle, in brackets, or with marks
        letter = unicodedata.normalize("NFD", letters[0])[0]
        return letter if letter == one else _fold()[ord(letter)]
    for first, count in _ENCLOSED:
        if first <= code < first + count:
            return chr(ord("a") + code - first)
    if len(plain) != 1:
        return one if kinds(one)[0] in "LN" else GONE
    if plain != one and ord(plain) in _fold():
        return _fold()[ord(plain)]
    if plain == " " or kinds(plain)[0] == "Z":
        return " "
    if plain in _KEPT:
        return plain
    return GONE if kinds(plain) in _DROPPED else _SYMBOL


_ENCLOSED: Final = ((0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
"""Letters on black and of flags, which have no plain form in Unicode."""
