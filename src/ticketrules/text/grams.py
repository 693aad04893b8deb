"""Characters of a text and their pairs, as numbers: they are made and found faster than strings."""

import re
from typing import Final

from ticketrules.text.normalisation import MASK

_ACROSS: Final = re.compile(rf"(?s)[ {re.escape(MASK)}](?<=(.).)(?=(.))")
"""What stands before and after a mask or a space."""


def gram(one: str) -> int:
    """The number of a character or of a pair."""
    return _units(one).cast("I" if len(one) == 1 else "Q")[0]


def grams(text: str) -> set[int]:
    """The characters and their pairs; the last one may be paired with nothing."""
    units = _units(text)
    return {*units.cast("I"), *units.cast("Q"), *units[4:-4].cast("Q")}


def grams_across(text: str) -> set[int]:
    """The characters and their pairs, with or without a mask or a space between."""
    found = grams(text)
    if MASK in text or " " in text:
        found.update(_units("".join(map("".join, _ACROSS.findall(text)))).cast("Q"))
    return found


def _units(text: str) -> memoryview:
    """Four bytes for each character of a text of even length, so that eight are a pair."""
    even = text + "\0" if len(text) % 2 else text
    return memoryview(even.encode("utf-32", "surrogatepass"))[4:]  # after the mark of their order
