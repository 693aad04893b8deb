"""Redaction: passwords, keys, tokens and personal numbers masked wherever text is returned (6.5).

A mask is as long as what it hides, so that every place in the redacted text is the same place in
the original: a span of evidence found in one is a span of the other.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Any, Final

from attrs import Attribute, field, frozen

from ticketrules.clauses import Text
from ticketrules.text import secret_patterns as p
from ticketrules.text.secret_patterns import MASK


class SecretKind(Enum):
    """What a secret is."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    ACCESS_KEY = "access_key"
    TOKEN = "token"  # noqa: S105
    PRIVATE_KEY = "private_key"
    VERIFICATION_CODE = "verification_code"
    ID_NUMBER = "id_number"
    PHONE_NUMBER = "phone_number"
    BANK_CARD = "bank_card"
    EMAIL_ADDRESS = "email_address"

    @property
    def text(self) -> Text:
        """What people call it."""
        return _NAMES[self]

    @property
    def is_credential(self) -> bool:
        """Whether it opens something; it is always masked then."""
        return self in _CREDENTIALS

    def __str__(self) -> str:
        return str(self.value)


_NAMES: Final = {
    SecretKind.PASSWORD: Text("a password", "密码"),
    SecretKind.ACCESS_KEY: Text("an access key", "访问密钥"),
    SecretKind.TOKEN: Text("a token", "令牌"),
    SecretKind.PRIVATE_KEY: Text("a private key", "私钥"),
    SecretKind.VERIFICATION_CODE: Text("a verification code", "验证码"),
    SecretKind.ID_NUMBER: Text("an ID number", "身份证号"),
    SecretKind.PHONE_NUMBER: Text("a phone number", "电话号码"),
    SecretKind.BANK_CARD: Text("a bank card's number", "银行卡号"),
    SecretKind.EMAIL_ADDRESS: Text("an e-mail address", "邮箱地址"),
}
_CREDENTIALS: Final = frozenset(
    {
        SecretKind.PASSWORD,
        SecretKind.ACCESS_KEY,
        SecretKind.TOKEN,
        SecretKind.PRIVATE_KEY,
        SecretKind.VERIFICATION_CODE,
    }
)


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

    id_numbers: bool = _personal("residents' ID numbers are masked", default=True)
    phone_numbers: bool = _personal(
        "phone numbers are masked; hotlines, 400 and 800, are not", default=True
    )
    bank_cards: bool = _personal("bank cards' numbers are masked", default=True)
    email_addresses: bool = _personal("e-mail addresses are masked", default=False)

    @property
    def kinds(self) -> frozenset[SecretKind]:
        """The kinds that are masked."""
        wanted = {
            SecretKind.ID_NUMBER: self.id_numbers,
            SecretKind.PHONE_NUMBER: self.phone_numbers,
            SecretKind.BANK_CARD: self.bank_cards,
            SecretKind.EMAIL_ADDRESS: self.email_addresses,
        }
        return _CREDENTIALS.union(kind for kind, is_wanted in wanted.items() if is_wanted)


DEFAULT: Final = Redaction()
"""All but e-mail addresses."""


@frozen(order=True)
class Secret:
    """Where a text holds something that must not be shown; what it is, and never the thing itself.

    Attributes:
        start: The place of its first character.
        end: The place after its last.
        kind: What it is.
    """

    start: int
    end: int
    kind: SecretKind = field(order=False)


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
        one for one in _merged(_found(rest.translate(p.FOLDS), kinds)) if _shows(rest, one)
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
    told = list(_told(text))
    yield from told
    yield from _repeated(text, told)
    for form in _forms():
        if form.kind in kinds:
            for match in form.pattern.finditer(text):
                if form.is_meant(match):
                    group = "value" if form.pattern.groups else 0
                    yield Secret(match.start(group), match.end(group), form.kind)


# Secrets that follow a cue.


def _told(text: str) -> Iterator[Secret]:
    """What is announced as a password, a key or a code."""
    covered = 0
    for cue in _CUES.finditer(text):
        kind = _KIND_OF_CUE[cue.lastgroup or ""]
        link = _LINK.match(text, cue.end())
        if link is None or link.end() < covered or _is_within_a_name(text, cue, link):
            continue
        quoted = _QUOTED.match(text, link.end())
        if quoted is not None:
            group = quoted.lastgroup or 0
            if _is_told(quoted[group], kind, link, is_quoted=True):
                covered = quoted.end(group)
                yield Secret(quoted.start(group), covered, kind)
            continue
        value = _VALUE.match(text, link.end())
        if value is None:
            continue
        if _is_told(value[0], kind, link, is_quoted=False):
            covered = value.end()
            yield Secret(value.start(), covered, kind)
        is_account = _BOTH.fullmatch(cue[0]) or _ACCOUNT_BEFORE.search(
            text, max(0, cue.start() - _NEAR), cue.start()
        )
        second = _SECOND.match(text, value.end()) if is_account else None
        if second is not None and _looks_secret(second["value"]):
            covered = second.end("value")
            yield Secret(second.start("value"), covered, kind)


def _is_within_a_name(text: str, cue: re.Match[str], link: re.Match[str]) -> bool:
    """Whether a cue is part of a longer name, such as ``password_hash`` or an address's path."""
    if link.end() > cue.end():
        return False
    after = text[cue.end() : cue.end() + 1]
    if after in _QUOTES and text[max(0, cue.start() - 1) : cue.start()] == after:
        return bool(after)
    return cue[0].isascii() and bool(after) and after in "_?&/.-"


def _is_told(value: str, kind: SecretKind, link: re.Match[str], *, is_quoted: bool) -> bool:
    """Whether a value that follows a cue is what the cue announces."""
    if len(value) > _LONG:
        return True
    if kind is SecretKind.VERIFICATION_CODE:
        return _A_CODE.fullmatch(value) is not None
    if _NOTHING.fullmatch(value):
        return False
    is_firm = link["strong"] is not None and "\n" not in link["blank"]
    plain = value.rstrip(".,!?)]}'\"").lower()
    if kind is SecretKind.PASSWORD:
        if not is_firm:
            return _looks_secret(value)
        if plain in p.STOP_WORDS or len(value) < _SHORTEST:
            return False
        # "the password is sunshine" ends there; "the password is stored in" goes on.
        may_go_on = link["is"] is not None and not is_quoted and plain.isalpha() and value == plain
        return not may_go_on or _ENDS.match(link.string, link.end() + len(value)) is not None
    if is_firm:
        return len(value) >= _SHORTEST_KEY and plain not in p.STOP_WORDS and _is_mixed(value)
    return len(value) >= _LONGISH and _is_mixed(value) and _looks_secret(value)


def _looks_secret(value: str) -> bool:
    """Whether a value says by its letters alone that it is a password."""
    value = value.rstrip(".,!?)]}")
    if _NOTHING.fullmatch(value):
        return False
    has_figure = any(map(str.isdigit, value))
    has_letter = any(map(str.isalpha, value))
    has_sign = _STRONG_SIGN.search(value) is not None
    if value.isdigit():
        return len(value) >= _FIGURES
    return len(value) >= _SHORT and has_letter + has_figure + has_sign > 1


def _is_mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) or len({one.islower() for one in value}) > 1


def _repeated(text: str, told: Iterable[Secret]) -> Iterator[Secret]:
    """Every other place at which the text says what it announced as a secret."""
    known: dict[str, SecretKind] = {}
    for one in told:
        whole = text[one.start : one.end]
        for part in (whole, *_PARTS.split(whole)):
            value = part.strip(_TRIMMED)
            if len(value) >= _FIGURES and _looks_secret(value):
                known.setdefault(value, one.kind)
    if not known:
        return
    for run in _RUN.finditer(text):
        for piece in (run, *_PIECE.finditer(text, run.start(), run.end())):
            value = piece[0]
            head = len(value) - len(value.lstrip(_TRIMMED))
            kind = known.get(value.strip(_TRIMMED))
            if kind is not None:
                start = piece.start() + head
                yield Secret(start, start + len(value.strip(_TRIMMED)), kind)


# Secrets that are known by their form.


@frozen
class _Form:
    """A pattern, what it finds, and whether a match is meant."""

    kind: SecretKind
    pattern: re.Pattern[str]
    is_meant: Callable[[re.Match[str]], bool] = lambda _match: True


@cache
def _forms() -> tuple[_Form, ...]:
    """The forms, made when a text is first looked at."""

    def form(
        kind: SecretKind,
        pattern: str,
        is_meant: Callable[[re.Match[str]], bool] = lambda _match: True,
    ) -> _Form:
        return _Form(kind, re.compile(pattern, re.ASCII), is_meant)

    def joined(patterns: Iterable[str]) -> str:
        return rf"{p.BEFORE}(?:{'|'.join(patterns)})"

    loose = re.IGNORECASE | re.ASCII
    return (
        form(SecretKind.PRIVATE_KEY, p.PRIVATE_KEY),
        form(SecretKind.ACCESS_KEY, joined(p.ACCESS_KEYS)),
        form(SecretKind.ACCESS_KEY, joined(p.ACCESS_KEYS) + p.KEY_BESIDE, _is_key_beside),
        form(SecretKind.TOKEN, joined(p.TOKENS)),
        _Form(SecretKind.TOKEN, re.compile(p.BEARER, loose), _is_bearer),
        _Form(SecretKind.TOKEN, re.compile(p.COOKIE, loose)),
        form(SecretKind.PASSWORD, p.URL),
        *(_Form(SecretKind.PASSWORD, re.compile(one, loose)) for one in p.COMMAND_LINES),
        _Form(SecretKind.PASSWORD, re.compile(p.BACKWARD), _is_told_after),
        _Form(SecretKind.VERIFICATION_CODE, re.compile(p.CODE_BACKWARD, re.IGNORECASE)),
        _Form(SecretKind.PASSWORD, re.compile(p.BACKWARD_EN, re.IGNORECASE), _is_told_after),
        _Form(SecretKind.PASSWORD, re.compile(p.SAID_LATER), _is_strong),
        _Form(SecretKind.PASSWORD, re.compile(p.SEVERAL_WORDS, loose)),
        _Form(SecretKind.PASSWORD, re.compile(p.MAIL_CODE)),
        *(_Form(SecretKind.PASSWORD, re.compile(one, loose), _is_strong) for one in p.PAIRS),
        _Form(SecretKind.TOKEN, re.compile(p.QUERY_KEY, loose), _is_key_beside),
        form(SecretKind.ID_NUMBER, p.ID_NUMBER, _is_id_number),
        form(SecretKind.ID_NUMBER, p.OLD_ID_NUMBER, _names_no_thing),
        *(form(SecretKind.PHONE_NUMBER, one, _names_no_thing) for one in p.PHONES),
        form(SecretKind.BANK_CARD, p.CARD, _is_card),
        form(SecretKind.EMAIL_ADDRESS, p.EMAIL),
    )


def _before(match: re.Match[str]) -> tuple[str, int, int]:
    start = match.start()
    return match.string, max(0, start - _NEAR), start


def _names_no_thing(match: re.Match[str]) -> bool:
    return not _ORDER_BEFORE.search(*_before(match))


def _is_key_beside(match: re.Match[str]) -> bool:
    return _is_mixed(match["value"])


def _is_bearer(match: re.Match[str]) -> bool:
    return len(match["value"]) >= _LONGISH or any(map(str.isdigit, match["value"]))


def _is_told_after(match: re.Match[str]) -> bool:
    return _looks_secret(match["value"])


def _is_strong(match: re.Match[str]) -> bool:
    """Whether a value without a word for it can hardly be anything else."""
    value = match["value"].rstrip(_TRIMMED)
    kinds = (str.islower, str.isupper, str.isdigit)
    mixed = sum(any(map(is_one, value)) for is_one in kinds)
    mixed += _STRONG_SIGN.search(value) is not None
    is_short = len(value) < _FIGURES
    is_a_path = "/" in value or "\\" in value
    return (
        _looks_secret(value) and mixed > 1 and not (is_short or is_a_path) and not value.isalpha()
    )


def _is_id_number(match: re.Match[str]) -> bool:
    """Whether the last place checks (ISO 7064, MOD 11-2), or the words before it say so."""
    figures = match[0].replace(" ", "").replace("-", "").upper()
    rest = sum(int(one) * pow(2, 17 - place, 11) for place, one in enumerate(figures[:17])) % 11
    if figures[17] == "10X98765432"[rest]:
        return True
    return _PERSON_BEFORE.search(*_before(match)) is not None


def _is_card(match: re.Match[str]) -> bool:
    """Whether two of these hold: it passes Luhn's check, is told as a card, begins like one."""
    figures = match[0].replace(" ", "").replace("-", "")
    is_told = _CARD_BEFORE.search(*_before(match)) is not None
    if is_told and _ISSUERS.fullmatch(figures):
        return True
    doubled = (sum(divmod(2 * int(one), 10)) for one in figures[-2::-2])
    if (sum(map(int, figures[-1::-2])) + sum(doubled)) % 10 or len(set(figures)) == 1:
        return False
    return is_told or (_ISSUERS.fullmatch(figures) is not None and _names_no_thing(match))


_SHORTEST: Final = 3
"""Nothing shorter is taken for a password, whatever announces it."""
_SHORTEST_KEY: Final = 6
_SHORT: Final = 4
_FIGURES: Final = 6
"""Figures alone are no password below this without a colon or "is" before them."""
_LONGISH: Final = 16
_LONG: Final = 256
"""A value of this length is no word and no file's name."""
_NEAR: Final = 24
"""How far back the words that say what a number is may stand."""
_TRIMMED: Final = ".,;:!?()[]{}<>\"'"

_QUOTES: Final = "\"'"
_BOTH: Final = re.compile(r"[账帐]密|cred(?:ential)?s?", re.IGNORECASE)
"""Cues that announce the account as well."""

_WORDS_OF_A_LINE: Final = re.compile(r"[^\r\n]")
_BARE: Final = re.compile(rf"[^\r\n{MASK}]")
_ANYTHING: Final = re.compile(r"[0-9A-Za-z一幺]")
_CUES: Final = re.compile(
    f"(?=[{p.CUE_STARTS}])"
    f"(?:(?P<code>{p.CODE_CUE})|(?P<password>{p.WORD_CUE})|(?P<key>{p.KEY_CUE}))",
    re.IGNORECASE,
)
_KIND_OF_CUE: Final = {
    "code": SecretKind.VERIFICATION_CODE,
    "password": SecretKind.PASSWORD,
    "key": SecretKind.ACCESS_KEY,
}
_LINK: Final = re.compile(p.LINK, re.IGNORECASE)
_QUOTED: Final = re.compile(p.QUOTED)
_VALUE: Final = re.compile(p.VALUE)
_SECOND: Final = re.compile(p.SECOND, re.IGNORECASE)
_ACCOUNT_BEFORE: Final = re.compile(p.ACCOUNT_BEFORE, re.IGNORECASE)
_A_CODE: Final = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9-]{4,10}[.,!?)]*", re.ASCII)
_NOTHING: Final = re.compile(p.NOTHING, re.IGNORECASE)
_STRONG_SIGN: Final = re.compile(r"[@#$%^&*!~+=?]")
_ENDS: Final = re.compile(r"[ \t]*(?:[.,;!\r\n。，；！]|$)")
_RUN: Final = re.compile(rf"[^\s{p.CJK}{MASK}]++")
_PIECE: Final = re.compile(r"[^/,;:=()\[\]{}\"']++")
_PARTS: Final = re.compile(r"[/,;:=()\[\]{}\"']")
_ORDER_BEFORE: Final = re.compile(p.ORDER_BEFORE, re.IGNORECASE)
_PERSON_BEFORE: Final = re.compile(p.PERSON_BEFORE, re.IGNORECASE)
_CARD_BEFORE: Final = re.compile(p.CARD_BEFORE, re.IGNORECASE)
_ISSUERS: Final = re.compile(p.CARD_ISSUERS)
