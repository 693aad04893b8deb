"""Typing errors (4.5): a protocol for a host's own checker, and a small list of our own."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pkgutil import get_data
from typing import Any, Final, Protocol

from attrs import field, frozen

_FORMS: Final = str.maketrans("，！？；：", ",!?;:")
_NEAR: Final = 6
"""How far before or after an error the words that decide about it may stand."""


@frozen
class Misspelling:
    """A typing error: where, and what was meant.

    Attributes:
        start: The place of its first character in the text.
        end: The place after its last.
        suggestions: What was probably meant, the likeliest first.
    """

    start: int
    end: int
    suggestions: tuple[str, ...] = ()


class SpellingChecker(Protocol):
    """Finds typing errors in a reply; a host may bring its own."""

    def check(self, text: str) -> Iterable[Misspelling]:
        """The typing errors of a text, as half-open places in it."""
        ...


@frozen
class FrequentConfusions:
    """Finds the confusions of ``spelling.toml``: few, and those surely.

    Words with two accepted forms are left alone.
    """

    def check(self, text: str) -> Iterator[Misspelling]:
        """The confusions in a text, in order; takes time in proportion to its length."""
        text = text.translate(_FORMS)
        place = 0
        for one in sorted((*_plain(text), *_guarded(text)), key=lambda one: (one.start, one.end)):
            if one.start >= place:
                place = one.end
                yield one


def _plain(text: str) -> Iterator[Misspelling]:
    pattern, meant = _confusions()
    for match in pattern.finditer(text):
        right = meant[match[0].lower()]
        yield Misspelling(match.start(), match.end(), (right,))


def _guarded(text: str) -> Iterator[Misspelling]:
    for guard in _guards():
        for match in guard.wrong.finditer(text):
            start, end = match.span()
            if guard.is_wrong(text[max(0, start - _NEAR) : start], text[end : end + _NEAR]):
                yield Misspelling(start, end, (guard.right,))


@frozen
class _Guard:
    """A confusion that only its neighbours tell."""

    wrong: re.Pattern[str]
    right: str
    before: re.Pattern[str] | None = field(default=None)
    after: re.Pattern[str] | None = field(default=None)
    not_before: re.Pattern[str] | None = field(default=None)
    not_after: re.Pattern[str] | None = field(default=None)

    def is_wrong(self, left: str, right: str) -> bool:
        return (
            (self.before is None or self.before.search(left) is not None)
            and (self.after is None or self.after.match(right) is not None)
            and (self.not_before is None or self.not_before.search(left) is None)
            and (self.not_after is None or self.not_after.match(right) is None)
        )


@cache
def _data() -> dict[str, Any]:
    # As much a part of the code as the modules beside it, and read in the same way.
    return tomllib.loads((get_data(__name__, "spelling.toml") or b"").decode("utf-8"))


@cache
def _confusions() -> tuple[re.Pattern[str], dict[str, str]]:
    data = _data()
    chinese, english = map(re.escape, data["confusions"]), map(re.escape, data["english"])
    pattern = rf"{'|'.join(chinese)}|(?<![a-z])(?:{'|'.join(english)})(?![a-z])"
    return re.compile(pattern, re.IGNORECASE), {**data["confusions"], **data["english"]}


@cache
def _guards() -> tuple[_Guard, ...]:
    return tuple(_guard(entry) for entry in _data()["guarded"])


def _guard(entry: dict[str, str]) -> _Guard:
    def compiled(key: str, form: str) -> re.Pattern[str] | None:
        return re.compile(form.format(entry[key])) if key in entry else None

    return _Guard(
        re.compile(entry["wrong"]),
        entry["right"],
        before=compiled("before", r"(?:{})\Z"),
        after=compiled("after", r"{}"),
        not_before=compiled("not_before", r"(?:{})\Z"),
        not_after=compiled("not_after", r"{}"),
    )
