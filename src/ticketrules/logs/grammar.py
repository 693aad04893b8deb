"""Reading TOML tables strictly: every error names the key path and what was expected."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from attrs import frozen

from ticketrules.errors import MappingError

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` where a known word is close, else nothing."""
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def key_path(*keys: str | int) -> str:
    """Keys as TOML writes them, ``states."On Hold".enter[1]``; places in a list count from 1."""
    path = ""
    for key in keys:
        if isinstance(key, int):
            path += f"[{key}]"
        else:
            bare = key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
            path += f".{bare}" if path else bare
    return path


@frozen
class Place:
    """A value in a TOML document, and where it stands.

    Attributes:
        document: What errors call the document.
        keys: The keys that lead to the value.
        value: The value.
    """

    document: str
    keys: tuple[str | int, ...]
    value: Any

    def fail(self, expected: str, *more: str | int) -> NoReturn:
        """Say that the value here, or under more keys, is not as expected.

        Raises:
            MappingError: Always.
        """
        path = key_path(*self.keys, *more)
        raise MappingError(f"{self.document}: " + (f"{path}: " if path else "") + expected)

    def at(self, key: str | int, value: Any) -> "Place":
        """A value within this one."""
        return Place(self.document, (*self.keys, key), value)

    def table(self) -> Mapping[str, Any]:
        """The value, which is a table."""
        if not isinstance(self.value, dict):
            self.fail("expected a table")
        return self.value

    def entries(self) -> Iterable[tuple[str, "Place"]]:
        """The keys of a table with what stands there."""
        for key, value in self.table().items():
            yield key, self.at(key, value)

    def known(self, keys: Collection[str]) -> None:
        """Check that a table has no other keys than these."""
        for key in self.table():
            if key not in keys:
                self.fail("unknown key" + did_you_mean(key, keys), key)

    def get(self, key: str) -> "Place | None":
        """What stands under a key of a table, if anything does."""
        table = self.table()
        return self.at(key, table[key]) if key in table else None

    def need(self, key: str, expected: str) -> "Place":
        """What stands under a key that a table must have."""
        found = self.get(key)
        return self.fail("missing; expected " + expected, key) if found is None else found

    def text(self) -> str:
        """The value, which is text and not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("expected text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """The value, which is a list of texts."""
        return tuple(
            one if isinstance(one, str) else self.fail("expected text", number)
            for number, one in enumerate(self.list(), 1)
        )

    def list(self) -> list[Any]:
        """The value, which is a list."""
        if not isinstance(self.value, list):
            self.fail("expected a list")
        return self.value

    def choice(self, options: Collection[str]) -> str:
        """The value, which is one of some words."""
        if not isinstance(self.value, str) or self.value not in options:
            wrong = self.value if isinstance(self.value, str) else ""
            self.fail("expected one of " + ", ".join(options) + did_you_mean(wrong, options))
        return self.value
