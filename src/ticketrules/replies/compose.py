"""Composing: a template and what stands in its slots, checked before anybody reads it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from ticketrules.errors import TemplateError
from ticketrules.replies.templates import (
    Audience,
    Language,
    SlotKind,
    SlotValue,
    Template,
    packaged_templates,
)
from ticketrules.text import Redaction, SecretKind, find_secrets, redact
from ticketrules.tickets import instant
from ticketrules.toml_reader import did_you_mean

LONGEST_VALUE: Final = 2_000
"""Characters beyond which what stands in one slot is a slip."""

_MARKUP: Final = re.compile(
    r"<\s{0,3}[/!?]?\s{0,3}[a-zA-Z][^<>]{0,200}>|<!--|\]\s{0,3}\(|&(?:#\w{1,8}|[a-zA-Z]{2,10});"
    r"|\b(?:javascript|vbscript|data:text)\s{0,3}:",
    re.IGNORECASE,
)
"""HTML, Markdown's links, and what browsers run: words in one channel, deeds in another."""

_FORMATS: Final = frozenset("\u200c\u200d")
"""The joiners, which scripts and emoji need."""

_SHOWN: Final = frozenset({SecretKind.PHONE_NUMBER, SecretKind.EMAIL_ADDRESS})
"""What a desk may tell: how it can be reached."""

_MINUTE: Final = timedelta(minutes=1)


def compose(
    template: str | Template,
    language: Language,
    slots: Mapping[str, SlotValue],
    *,
    templates: Mapping[str, Template] | None = None,
    zone: tzinfo | None = None,
    redaction: Redaction | None = None,
) -> str:
    """Put words into a template's slots.

    What goes to a customer holds no secret: a value with a password, key, code, ID or card number
    is refused; in a note for colleagues it is masked. Values are taken as words and never as
    templates of their own. The result is plain text; a host that sends HTML escapes it as a whole.

    Args:
        template: A template, or its id.
        language: ``"zh"`` or ``"en"``.
        slots: What stands in each slot, by name.
        templates: Where an id is looked up; the packaged ones if left out.
        zone: The desk's zone, in which instants are told.
        redaction: Which personal data is refused or masked besides credentials; the marketplace's
            if left out. How the desk can be reached may be told to customers in any case.

    Raises:
        TemplateError: No such template; a missing or unknown slot; a value of another kind than
            its slot's, empty, too long, with control characters, markup, or a secret; the message
            names template and slot and never shows the value.
        ValueError: There is no such language.
    """
    if isinstance(template, str):
        known = packaged_templates() if templates is None else templates
        found = known.get(template)
        if found is None:
            msg = f"no template is called {redact(template)!r}{did_you_mean(template, known)}"
            raise TemplateError(msg)
        template = found
    words = template.words(language)
    for name in template.slots:
        if name not in slots:
            msg = f"template {template.id}: slot {name} is missing"
            raise TemplateError(msg)
    for name in slots:
        if name not in template.slots:
            hint = did_you_mean(name, template.slots)
            msg = f"template {template.id}: no slot {redact(name)!r}{hint}"
            raise TemplateError(msg)
    shown = redaction or Redaction()
    values = {
        name: _Value(template, name, language, zone, shown).told(kind, slots[name])
        for name, kind in template.slots.items()
    }
    whole = _SLOT.sub(lambda match: values[match[1]], words)
    if template.audience is Audience.CUSTOMER and _tells_secret(whole, shown):
        msg = f"template {template.id}: the whole would show a secret [6.5]"
        raise TemplateError(msg)
    return whole if template.audience is Audience.CUSTOMER else redact(whole, shown)


_SLOT: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def _tells_secret(words: str, redaction: Redaction) -> bool:
    return any(one.kind not in _SHOWN for one in find_secrets(words, redaction))


class _Value:
    """One slot's value on its way into the text."""

    def __init__(
        self,
        template: Template,
        name: str,
        language: Language,
        zone: tzinfo | None,
        redaction: Redaction,
    ) -> None:
        self.template = template
        self.name = name
        self.language = language
        self.zone = zone
        self.redaction = redaction

    def fail(self, problem: str) -> TemplateError:
        return TemplateError(f"template {self.template.id}: slot {self.name}: {problem}")

    def told(self, kind: SlotKind, value: object) -> str:
        telling = {
            SlotKind.TEXT: self.line,
            SlotKind.ITEMS: self.items,
            SlotKind.INSTANT: self.moment,
            SlotKind.DURATION: self.amount,
            SlotKind.COUNT: self.number,
        }
        return telling[kind](value)

    def line(self, value: object) -> str:
        if not isinstance(value, str):
            raise self.fail(f"expected a text, not {type(value).__name__}")
        value = value.strip()
        if not any(_is_visible(one) for one in value):
            raise self.fail("expected words, not an empty value")
        if len(value) > LONGEST_VALUE:
            raise self.fail(f"expected at most {LONGEST_VALUE} characters, not {len(value)}")
        if not all(map(_is_plain, value)):
            raise self.fail("expected one line without control characters")
        if _MARKUP.search(value):
            raise self.fail("expected plain words, not markup")
        if self.template.audience is Audience.CUSTOMER and _tells_secret(value, self.redaction):
            raise self.fail("it holds a secret, which no customer is sent in the open [6.5]")
        # The text goes on after the slot; a full stop of the value's own would stand before its.
        return value.rstrip("。.；;，,！!") or value

    def items(self, value: object) -> str:
        if not isinstance(value, tuple | list) or not value:
            raise self.fail("expected a tuple of texts, at least one")
        mark = "、" if self.language == "zh" else ". "
        return "\n".join(f"{place}{mark}{self.line(one)}" for place, one in enumerate(value, 1))

    def moment(self, value: object) -> str:
        if not isinstance(value, datetime):
            raise self.fail(f"expected an aware datetime, not {type(value).__name__}")
        if self.zone is None:
            raise self.fail("an instant needs the desk's zone: compose(…, zone=…)")
        local = instant(value).astimezone(self.zone)
        if self.language == "zh":
            return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
        return f"{local:%H:%M} on {local.day} {_MONTHS[local.month - 1]} {local.year}"

    def amount(self, value: object) -> str:
        if not isinstance(value, timedelta) or value < _MINUTE:
            raise self.fail("expected a timedelta of a minute at least")
        hours, minutes = divmod(value // _MINUTE, 60)
        if self.language == "zh":
            parts = [f"{hours} 小时"] * bool(hours) + [f"{minutes} 分钟"] * bool(minutes)
            return " ".join(parts)
        named = ((hours, "hour"), (minutes, "minute"))
        return " and ".join(f"{n} {unit}{'s' * (n != 1)}" for n, unit in named if n)

    def number(self, value: object) -> str:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fail("expected a whole number above zero")
        return str(value)


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _is_plain(one: str) -> bool:
    """Whether a character shows as itself and moves nothing."""
    return one in _FORMATS or unicodedata.category(one) not in _ODD


_ODD: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _is_visible(one: str) -> bool:
    return unicodedata.category(one)[0] not in "CZM"
