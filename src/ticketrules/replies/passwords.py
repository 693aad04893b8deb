"""Passwords between a desk and its customers (6.5): asked for, given, and to be changed after.

Regular expressions over normalised text (``text.normalise``), as those of ``cues``.
"""

import re
from collections.abc import Iterable
from typing import Final

from ticketrules.text import SecretKind, find_secrets, normalise
from ticketrules.tickets import Role
from ticketrules.tickets.records import Message

_ZH: Final = r"(?:密码|口令|登录(?:凭[据证]|信息))"
_EN: Final = r"\b(?:pass ?words?|passwd|pwd|passphrases?|log[- ]?in details|credentials)\b"
_PASSWORD: Final = re.compile(rf"{_ZH}|{_EN}")

_ASKING_FOR_IT: Final = re.compile(
    r"(?:提供|发送?|发来|发给|发一?下|告诉|告知|留下?|贴|附上|回复|写|报|给(?!您|你)|说一?下)"
    r"(?!过?的)(?:我们?"
    rf"|我方|这边|一下|下|来)?[^。!?,]{{0,16}}(?:,[^。!?,]{{1,8}}){{0,2}}?{_ZH}(?!\w{{0,4}}[不无勿别])"
    rf"|{_ZH}[^。!?,]{{0,8}}(?:发|提供|告诉|告知|给(?!您|你)|贴|写|报一?下|说一?下|留)(?!过?的)"
    rf"|需要(?:[您你]的?)?[^。!?,]{{0,12}}{_ZH}|{_ZH}(?:是多少|是什么|多少)"
    r"|\b(?:send|provide|give|share|tell|reply with|post|need|what(?:'s| is))\b[^。!?]{0,48}"
    rf"{_EN}"
)
_ENCRYPTED: Final = re.compile(
    r"加密|解密|安全(?:方式|通道|渠道|控件|输入|链接)|授权码|保密(?:栏|框|字段|信息)|不要直接"
    r"|切?勿直接|不要(?:明文|在工单)|(?:勿|别|不要)\w{0,4}明文"
    r"|敏感信息|机密信息|临时账号|\b(?:encrypt\w*|secure(?:ly)?|one-time (?:link|secret)"
    r"|not in plain|gpg|pgp"
    r"|password-protected|protected (?:file|archive))\b"
)
_ASKS: Final = re.compile(
    r"请|麻烦|烦|劳|需要?|一下|[您你]的|能否|可否|方便|可以|把|给我|发我|是多少|是什么|多少"
    r"|\b(?:please|could|can|would|kindly|need|what)\b"
)
_NOT_ASKED: Final = re.compile(
    r"(?:不要|请?勿|切勿|无需|不用|不需要?|别|不必|避免|不会|从不|不得)[^。!?,]{0,14}?$"
    r"|(?:已|系统|会|将|我们|自动|为[您你]|给[您你])[^。!?,]{0,6}?$"
    r"|\b(?:not|don't|never|no need to|without|won't|we will|we'll|have|has)\b[^。!?]{0,20}?$"
)
"""What stands before such words where nobody is asked for a password."""

_RENEWED: Final = "重新设置|设置新|修改|更改|更换|改|重置|变更|重设|换"
_NEW_PASSWORD: Final = re.compile(
    rf"(?:{_RENEWED})[^。!?]{{0,14}}?(?:{_ZH}|{_EN})|(?:{_ZH}|{_EN})[^。!?]{{0,14}}?(?:{_RENEWED})"
    rf"|\b(?:chang|reset|resett|updat|rotat|renew|set|sett)(?:e|ing)?\b[^。!?]{{0,30}}?{_EN}"
    rf"|{_EN}[^。!?]{{0,24}}?\b(?:changed|reset|rotated|renewed)\b"
)
_URGES: Final = re.compile(
    r"请|麻烦|记得|务必|建议|及时|提醒|尽快|最好|烦|现在|为了|别忘|\b(?:please|remember"
    r"|recommend\w*|advise|should"
    r"|make sure|remind\w*|kindly|do not forget|don't forget|now|must)\b"
)

_SENTENCES: Final = re.compile(r"[^。!?]++[?]?+")
_NEAR: Final = 24


def is_password_used(messages: Iterable[Message]) -> bool:
    """Whether the customer gave a password, and no reminder to change it came after.

    Args:
        messages: What customer and agents have told each other, oldest first.
    """
    is_asked = is_given = False
    for one in messages:
        if one.author.role is Role.CUSTOMER:
            told = any(found.kind is SecretKind.PASSWORD for found in find_secrets(one.body))
            is_given = is_given or told or (is_asked and bool(one.body.strip()))
            is_asked = False
            continue
        said = normalise(one.body).text
        if urges_new_password(said):
            is_given = False
        is_asked = _PASSWORD.search(said) is not None and (
            _ASKING_FOR_IT.search(said) is not None or _ENCRYPTED.search(said) is not None
        )
    return is_given


def urges_new_password(said: str) -> bool:
    """Whether a normalised text asks the customer to change a password."""
    return any(
        _NEW_PASSWORD.search(sentence) and _URGES.search(sentence)
        for sentence in _SENTENCES.findall(said)
    )


def open_request(said: str) -> tuple[int, int] | None:
    """Where a normalised text asks for a password, unless it asks for encryption as well."""
    if not _PASSWORD.search(said) or _ENCRYPTED.search(said):
        return None
    for sentence in _SENTENCES.finditer(said):
        if not _ASKS.search(sentence[0]):
            continue
        for match in _ASKING_FOR_IT.finditer(sentence[0]):
            before = sentence[0][max(0, match.start() - _NEAR) : match.start()]
            if not (_NEW_PASSWORD.search(match[0]) or _NOT_ASKED.search(before)):
                return sentence.start() + match.start(), sentence.start() + match.end()
    return None
