"""Where in a TOML document a key stands: the standard reader gives the values and no lines.

The text has been read by ``tomllib`` before, so that everything here may rely on its being TOML.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

Path = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE: Final = re.compile(r"[^,\]}#\r\n]*")
_STRINGS: Final = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'"""(?:[^\\]|\\.)*?"""(?:"{0,2}(?!"))',
        r"'''.*?'''(?:'{0,2}(?!'))",
        r'"(?:[^"\\]|\\.)*"',
        r"'[^']*'",
    )
)


def line_of(text: str, keys: Sequence[str | int]) -> int | None:
    """The line, from 1, on which a key stands, or else the nearest table that should have it.

    Args:
        text: A document that ``tomllib`` reads.
        keys: The keys that lead to it; places in a list count from 0.

    Returns:
        The line; ``None`` for the document as a whole.
    """
    lines = key_lines(text)
    path = tuple(keys)
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def key_lines(text: str) -> dict[Path, int]:
    """Every key, table and list item of a document with its line; where it is first named."""
    try:
        return _Walk(text).lines()
    except RecursionError:
        return {}


class _Walk:
    """One pass over a document's text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.items: dict[Path, int] = {}
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def lines(self) -> dict[Path, int]:
        base: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                base = self._header()
            else:
                self._pair(base)
            self._skip(_BLANK)
        return self.found

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None  # noqa: S101 - each of them matches nothing, too
        self.at = match.end()
        return match.group()

    def _mark(self, path: Path, at: int) -> None:
        self.found.setdefault(path, bisect_right(self.ends, at - 1) + 1)

    def _header(self) -> Path:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        keys = self._keys()
        self.at += 2 if many else 1
        path: Path = ()
        for place, (key, at) in enumerate(keys, 1):
            path += (key,)
            self._mark(path, at)
            if many and place == len(keys):
                self.items[path] = self.items.get(path, -1) + 1
            if path in self.items:
                path += (self.items[path],)
                self._mark(path, start)
        return path

    def _pair(self, base: Path) -> None:
        path = base
        for key, at in self._keys():
            path += (key,)
            self._mark(path, at)
        self.at += 1  # the sign of equality
        self._value(path)

    def _keys(self) -> list[tuple[str, int]]:
        """A dotted key, each part with where it begins; what follows it is next."""
        keys: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            start = self.at
            if self.text[start] in "\"'":
                written = self._string()
                key = next(iter(tomllib.loads(f"{written} = 0")))
            else:
                key = self._skip(_BARE_KEY)
            keys.append((key, start))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _string(self) -> str:
        return next(
            self._skip(pattern) for pattern in _STRINGS if pattern.match(self.text, self.at)
        )

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        self._mark(path, self.at)
        match self.text[self.at]:
            case '"' | "'":
                self._string()
            case "[":
                self._inside("]", path, is_list=True)
            case "{":
                self._inside("}", path, is_list=False)
            case _:
                self._skip(_BARE_VALUE)

    def _inside(self, end: str, path: Path, *, is_list: bool) -> None:
        """The items of a list, or the pairs of an inline table."""
        self.at += 1
        number = 0
        while True:
            self._skip(_BLANK)
            if self.text[self.at] == end:
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
            elif is_list:
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
