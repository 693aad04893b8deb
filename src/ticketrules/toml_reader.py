"""Reading TOML strictly: every error names the document, the key path and what was expected.

Mappings and policies are both read by it; each says which of the library's errors it raises.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from attrs import field, frozen

from ticketrules.errors import TicketRulesError
from ticketrules.toml_lines import line_of

_LINE: Final = re.compile(r"\(at line (\d+)")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` where a known word is close, else nothing."""
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def key_path(*keys: str | int) -> str:
    """Keys as TOML writes them, ``states."On Hold".enter[0]``; places in a list count from 0."""
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
        error: The kind of error that is raised.
        keys: The keys that lead to the value.
        value: The value.
        source: The document's text, for the line of an error; nothing where it came as values.
    """

    document: str
    error: type[TicketRulesError]
    keys: tuple[str | int, ...]
    value: Any
    source: str = field(default="", repr=False)

    def fail(self, expected: str, *more: str | int) -> NoReturn:
        """Say that the value here, or under more keys, is not as expected.

        The message begins ``document:line:``, as compilers write it, and goes on with the key path.

        Raises:
            TicketRulesError: Always, of the kind that this document has.
        """
        keys = (*self.keys, *more)
        line = line_of(self.source, keys)
        where = f"{self.document}:{line}: " if line else f"{self.document}: "
        raise self.error(where + (f"{key_path(*keys)}: " if keys else "") + expected)

    def at(self, key: str | int, value: Any) -> "Place":
        """A value within this one."""
        return Place(self.document, self.error, (*self.keys, key), value, self.source)

    def table(self) -> Mapping[str, Any]:
        """The value, which is a table."""
        if not isinstance(self.value, dict):
            self.fail(f"expected a table, not {kind_of(self.value)}")
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
            one.value if isinstance(one.value, str) else one.fail("expected text")
            for one in self.items()
        )

    def items(self) -> Iterable["Place"]:
        """What stands in a list."""
        if not isinstance(self.value, list):
            self.fail("expected a list")
        for number, one in enumerate(self.value):
            yield self.at(number, one)

    def choice(self, options: Collection[str]) -> str:
        """The value, which is one of some words."""
        if not isinstance(self.value, str) or self.value not in options:
            wrong = self.value if isinstance(self.value, str) else ""
            self.fail("expected one of " + ", ".join(options) + did_you_mean(wrong, options))
        return self.value


def _check_text(text: object, document: str) -> None:
    if not isinstance(text, str):
        msg = f"{document}: text is meant, not {type(text).__name__}"
        raise TypeError(msg)


def read_toml(text: str, document: str, error: type[TicketRulesError]) -> Place:
    """The whole of a TOML document; a byte order mark is no part of it.

    Args:
        text: The document.
        document: What errors call it: its path.
        error: The kind of error that this, and every place in it, raises.

    Raises:
        TypeError: It is no text.
        TicketRulesError: It is not TOML, or cannot be read; of the kind given.
    """
    _check_text(text, document)
    text = text.removeprefix("\ufeff")
    try:
        return Place(document, error, (), tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as problem:
        line = _LINE.search(str(problem))
        where = line[1] if line else len(text.splitlines())  # or at the end of it
        reason = f"{where}: not TOML: {problem}"
    except (ValueError, RecursionError):
        reason = " not TOML that can be read: a number too long, or values nested too deep"
    if text.strip().endswith(".toml") and "\n" not in text.strip():
        reason = " the text itself is meant, not the path of a file; read the file first"
    raise error(f"{document}:{reason}")


def kind_of(value: object) -> str:
    """What sort of TOML value something is, in words."""
    return "a boolean" if isinstance(value, bool) else type(value).__name__
