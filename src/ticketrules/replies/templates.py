"""Templates: the words for each situation as data, with named and typed slots."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from pkgutil import get_data
from types import MappingProxyType
from typing import Final, Literal

from attrs import field, frozen

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.errors import TemplateError
from ticketrules.toml_reader import Place, did_you_mean, read_toml

Language = Literal["zh", "en"]
"""The languages that templates are written in."""

SlotValue = str | datetime | timedelta | int | tuple[str, ...]
"""What may stand in a slot, as its kind asks."""


class SlotKind(Enum):
    """What a slot takes."""

    TEXT = "text"
    """One line of words."""
    ITEMS = "items"
    """Several lines, a tuple of texts; they are numbered."""
    INSTANT = "instant"
    """An aware datetime, told in the desk's zone."""
    DURATION = "duration"
    """A timedelta of at least a minute, told in hours and minutes."""
    COUNT = "count"
    """A whole number above zero."""

    def __str__(self) -> str:
        return str(self.value)


class Audience(Enum):
    """Who reads what a template is made into."""

    CUSTOMER = "customer"
    STAFF = "staff"

    def __str__(self) -> str:
        return str(self.value)


@frozen(kw_only=True)
class Template:
    """The words for one situation.

    Attributes:
        id: Its name.
        clause: The clause that asks for it.
        audience: Who reads it.
        slots: The slots by name, each with what it takes.
        text: The words in both languages, with ``{name}`` where a slot stands.
    """

    id: str
    clause: ClauseId
    audience: Audience
    slots: Mapping[str, SlotKind]
    text: Text = field(repr=False)

    def words(self, language: Language) -> str:
        """The words in one language.

        Raises:
            ValueError: There is no such language.
        """
        if language not in _LANGUAGES:
            msg = f"a template is told in 'zh' or 'en', not in {language!r}"
            raise ValueError(msg)
        return self.text.zh if language == "zh" else self.text.en


def _fixed(given: Mapping[str, Template]) -> Mapping[str, Template]:
    return MappingProxyType(dict(given))


@frozen(eq=False)
class Templates(Mapping[str, Template]):
    """Templates by id."""

    by_id: Mapping[str, Template] = field(factory=dict, converter=_fixed, repr=False)

    def __getitem__(self, template: str) -> Template:
        return self.by_id[template]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    def extended(self, other: Mapping[str, Template]) -> "Templates":
        """These templates with others added, which take the place of those of the same id."""
        return Templates({**self.by_id, **other})


@cache
def packaged_templates() -> Templates:
    """The templates of the library, in its own words, for every situation of clauses 4 to 9."""
    # As much a part of the code as the modules beside it, and read in the same way.
    text = (get_data(__name__, "templates.toml") or b"").decode("utf-8")
    return load_templates(text, "templates.toml")


def load_templates(text: str, name: str = "<templates>") -> Templates:
    """Read templates from TOML text: a table each, named by its id.

    Every template has ``clause``, ``zh`` and ``en``; ``audience`` is ``customer`` if left out, and
    ``slots`` a table of slot names with their kinds.

    Args:
        text: The TOML.
        name: What errors call it, such as its file name.

    Raises:
        TemplateError: No TOML, an unknown key or clause, a slot that does not stand in both
            texts, or words in braces that are no slot; the message names template and key.
    """
    place = read_toml(text, name, TemplateError)
    return Templates({key: _template(key, entry) for key, entry in place.entries()})


_LANGUAGES: Final = ("zh", "en")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_BRACES: Final = re.compile(r"\{([^{}]*)\}|[{}]")
_CONTROL: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def _template(key: str, place: Place) -> Template:
    place.known(("clause", "audience", "slots", *_LANGUAGES))
    if not _NAME.fullmatch(key):
        place.fail("a template's id is of small letters, figures and '_', such as 'first_response'")
    clause = place.need("clause", "a clause such as '8.1'").text()
    if clause not in CLAUSES:
        place.fail("no clause of the rulebook" + did_you_mean(clause, CLAUSES), "clause")
    audience = place.get("audience")
    slots = place.get("slots")
    kinds = {} if slots is None else {one: _slot(one, at) for one, at in slots.entries()}
    words = {one: _words(place.need(one, "the words"), kinds) for one in _LANGUAGES}
    return Template(
        id=key,
        clause=ClauseId(clause),
        audience=Audience(
            "customer" if audience is None else audience.choice([str(one) for one in Audience])
        ),
        slots=MappingProxyType(kinds),
        text=Text(en=words["en"], zh=words["zh"]),
    )


def _slot(name: str, place: Place) -> SlotKind:
    if not _NAME.fullmatch(name):
        place.fail("a slot's name is of small letters, figures and '_'")
    return SlotKind(place.choice([str(one) for one in SlotKind]))


def _words(place: Place, slots: Mapping[str, SlotKind]) -> str:
    words = place.text()
    if _CONTROL.search(words):
        place.fail("control characters, which no message may hold")
    named = set()
    for match in _BRACES.finditer(words):
        name = match[1]
        if name is None or name not in slots:
            known = "" if name is None else did_you_mean(name, slots)
            place.fail(f"expected a slot's name in braces, not {match[0]!r}{known}")
        named.add(name)
    for name in slots:
        if name not in named:
            place.fail(f"slot {name!r} does not stand in it")
    return words
