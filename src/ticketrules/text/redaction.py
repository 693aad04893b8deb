"""Redaction: passwords, keys, tokens and personal numbers masked wherever text is returned (6.5).

A mask is as long as what it hides, so that every place in the redacted text is the same place in
the original: a span of evidence found in one is a span of the other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ticketrules.text import personal_numbers, secret_forms
from ticketrules.text.secret_kinds import Secret, SecretKind
from ticketrules.text.secret_parts import FOLDS, MASK
from ticketrules.text.told_secrets import repeated, told

if TYPE_CHECKING:
    from attrs import Attribute


def _is_flag(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, bool):
        msg = f"{attribute.name} must be True or False, not {value!r}"
        raise TypeError(msg)


def _personal(doc: str, *, default: bool) -> Any:
    return field(default=default, validator=_is_flag, metadata={"clause": "6.5", "doc": doc})


@frozen(kw_only=True)
class Redaction:
    """Which personal data is masked; credentials always are (6.5).

    Raises:
        TypeError: A value that is neither true nor false; the message names the setting.
    """

    id_numbers: bool = _personal("numbers of ID cards and passports are masked", default=True)
    phone_numbers: bool = _personal(
        "phone numbers are masked; hotlines, 400 and 800, are not", default=True
    )
    bank_cards: bool = _personal("bank cards' numbers are masked", default=True)
    email_addresses: bool = _personal("e-mail addresses are masked", default=False)

    @property
    def kinds(self) -> frozenset[SecretKind]:
        """The kinds that are masked."""
        is_wanted = {
            SecretKind.ID_NUMBER: self.id_numbers,
            SecretKind.PHONE_NUMBER: self.phone_numbers,
            SecretKind.BANK_CARD: self.bank_cards,
            SecretKind.EMAIL_ADDRESS: self.email_addresses,
        }
        return frozenset(kind for kind in SecretKind if kind.is_credential or is_wanted[kind])


DEFAULT: Final = Redaction()
"""All but e-mail addresses."""


def redact(text: str, settings: Redaction = DEFAULT) -> str:
    """The text with every secret masked, each character by ``●``; line breaks stay.

    The result is as long as the text and keeps every place; redacting it again changes nothing.

    Args:
        text: Anything that somebody wrote.
        settings: Which personal data is masked.
    """
    return _masked(text, find_secrets(text, settings))


def find_secrets(text: str, settings: Redaction = DEFAULT) -> tuple[Secret, ...]:
    """Every secret in a text, in order and without overlaps, touching ones of a kind as one.

    A password, key or token that was told after a cue is found wherever the text repeats it as a
    word of its own. Not secrets: the numbers of orders and tickets, IP addresses, versions,
    amounts, dates, hotlines.

    Args:
        text: Anything that somebody wrote.
        settings: Which personal data is looked for.

    Returns:
        Half-open spans of the text with their kinds; the time it takes grows with the text.
    """
    kinds = settings.kinds
    found: list[Secret] = []
    rest = text
    # What a mask uncovers, such as a cue that stood within another secret, the next round sees.
    while several := [
        one for one in _merged(_found(rest.translate(FOLDS), kinds)) if _shows(rest, one)
    ]:
        found += several
        rest = _masked(rest, several)
    return tuple(_merged(found))


def _shows(text: str, secret: Secret) -> bool:
    """Whether there is anything left to mask."""
    return _BARE.search(text, secret.start, secret.end) is not None


def _masked(text: str, secrets: Iterable[Secret]) -> str:
    parts: list[str] = []
    place = 0
    for one in secrets:
        hidden = text[one.start : one.end]
        parts += (text[place : one.start], _WORDS_OF_A_LINE.sub(MASK, hidden))
        place = one.end
    return "".join((*parts, text[place:])) if parts else text


def _merged(secrets: Iterable[Secret]) -> list[Secret]:
    """Spans in order and apart; where two overlap, the one that begins first gives the kind."""
    merged: list[Secret] = []
    for one in sorted(secrets, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last is not None and (
            one.start < last.end or (one.start == last.end and one.kind is last.kind)
        ):
            merged[-1] = Secret(last.start, max(last.end, one.end), last.kind)
        else:
            merged.append(one)
    return merged


def _found(text: str, kinds: frozenset[SecretKind]) -> Iterator[Secret]:
    if not _ANYTHING.search(text):
        return
    announced = list(told(text))
    yield from announced
    yield from repeated(text, announced)
    for form in (*secret_forms.forms(), *personal_numbers.forms()):
        if form.kind in kinds:
            yield from form.secrets(text)


_WORDS_OF_A_LINE: Final = re.compile(r"[^\r\n]")
_BARE: Final = re.compile(rf"[^\r\n{MASK}]")
_ANYTHING: Final = re.compile(r"[0-9A-Za-z一幺]")
