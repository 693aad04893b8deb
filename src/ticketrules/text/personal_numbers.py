"""Numbers of people: ID, phone and card numbers, and e-mail addresses."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from ticketrules.text.secret_kinds import SecretKind
from ticketrules.text.secret_parts import AFTER, MASK, NEAR, Form

_ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])[1-9]\d{{5}}[ -]?(?:18|19|20)\d\d[ -]?(?:0[1-9]|1[0-2])"
    rf"(?:0[1-9]|[12]\d|3[01])[ -]?\d{{3}}[\dXx]{AFTER}"
)
"""A resident's number of 18 places; the last is a check."""

_OLD_ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{{4}}"
    rf"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{AFTER}"
)
"""A resident's number of 15 places, as given until 1999: region, birthday, sequence."""

_PASSPORT: Final = (
    r"(?:护照|護照|通行证|回乡证|台胞证|(?<![a-z])passport)[^\n，。,;；\dA-Za-z]{0,8}"
    r"(?:(?:number|num|no|id)\.?[ \t]{0,2}(?:is)?[^\n，。,;；\dA-Za-z]{0,3})?"
    rf"(?P<value>[A-Za-z]{{1,2}}\d{{7,8}}){AFTER}"
)
"""The number of a passport or a travel permit, after its name."""

_PHONES: Final = (
    # mobile, in one piece or parted as people part it
    (
        rf"(?<![A-Za-z0-9.{MASK}])(?<![A-Za-z]-)(?:(?:\+|00)?\(?86\)?[ -]?)?1[3-9]\d"
        rf"(?:[ .-]?\d{{4}}[ .-]?\d{{4}}|\d[ -]\d{{3}}[ -]\d{{4}}|\d{{2}}[ -]\d{{3}}[ -]\d{{3}}"
        rf"|[ -]\d{{5}}[ -]\d{{3}})"
        rf"(?![A-Za-z0-9{MASK}]|\.[A-Za-z0-9]|-[A-Za-z]|[ ]?(?:条|次|元|字节|bytes?(?![a-z])))"
    ),
    rf"(?<![\d{MASK}][ -])(?<![A-Za-z0-9.{MASK}])1[ -][3-9](?:[ -]\d){{9}}(?![ -]?[\d{MASK}])",
    # landline, area code first, with or without an extension
    (
        rf"(?<![\d{MASK}][ -])(?<![A-Za-z0-9.+{MASK}-])"
        r"(?:\(0\d{2,3}\)[ -]?|（0\d{2,3}）[ -]?|0\d{2,3}[ -])[2-9]\d{2,3}[ -]?\d{4}"
        rf"(?:[ ]?(?:-|转[ ]?|ext\.?[ ]?)\d{{1,6}})?(?![A-Za-z0-9{MASK}]|[.-]\d)"
    ),
    rf"(?<![A-Za-z0-9.{MASK}-])0(?:10|2[0-9]|[3-9]\d\d)[2-9]\d{{6,7}}{AFTER}",
    # abroad, with the country's code
    (
        rf"(?<![A-Za-z0-9.+{MASK}])\+(?:1|[2-9]\d{{1,2}})[ -]?(?:\(\d{{1,4}}\)[ -]?)?\d{{1,4}}"
        rf"(?:[ -]?\d{{2,4}}){{2,4}}{AFTER}"
    ),
    # spelled out
    (
        rf"(?<![一二三四五六七八九〇零幺两\d{MASK}])[一幺][三四五六七八九][一二三四五六七八九〇零幺两]{{9}}"
        rf"(?![一二三四五六七八九〇零幺两十百千万亿\d{MASK}])"
    ),
)

_CARD: Final = rf"(?<![A-Za-z0-9.{MASK}-])\d{{4}}(?:[ -]?\d{{4}}){{2,3}}(?:[ -]?\d{{1,4}})?{AFTER}"
_ISSUERS: Final = re.compile(
    r"62\d{14,17}|4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|6[05]\d{14}|(?:9558|4367|4563|6013)\d{15}"
)
"""How the numbers of the great card issuers begin, and how long they are."""

_EMAIL: Final = (
    rf"(?<![A-Za-z0-9._%+{MASK}-])[A-Za-z0-9._%+-]{{1,64}}+@[A-Za-z0-9-]{{1,63}}+"
    r"(?:\.[A-Za-z0-9-]{1,63}+){1,8}"
)

_ORDER_BEFORE: Final = re.compile(
    r"(?:订单|單號|单号|編號|编号|流水|工单|交易|发票|备案|序列|实例|快递|运单|合同|款|金额|券|批次|条|注册|执照|税|许可|机器|设备|请求|id"
    r"|no|order|ticket|invoice|instance|number|serial|transaction|tracking|case)[号號碼码]?"
    r"(?:[ \t]{0,2}(?:number|id|no|num)\.?)?"
    r"[ \t]{0,2}(?:是|为|is)?[ \t]{0,2}[:：#＃=]?[ \t]{0,2}#?\Z",
    re.IGNORECASE,
)
"""What stands before a number that names a thing and no person."""

_PERSON_BEFORE: Final = re.compile(
    r"(?:身份证|身份證|证件|證件|id[ -]?card|identity(?: card)?|居民证)[^\n，。,;；]{0,10}\Z",
    re.IGNORECASE,
)
_CARD_BEFORE: Final = re.compile(
    r"(?:银行|卡号|信用卡|储蓄卡|[工建农中招交]行|邮储|收款|退款[到至]|退[到至]|打[到款]|转[到账]"
    r"|bank card|card(?: number)?|账户号)[^\n，。,;；]{0,10}\Z",
    re.IGNORECASE,
)


@cache
def forms() -> tuple[Form, ...]:
    """The forms, made when a text is first looked at."""

    def form(kind: SecretKind, pattern: str, is_meant: Callable[[re.Match[str]], bool]) -> Form:
        return Form(kind, re.compile(pattern, re.ASCII), is_meant)

    return (
        form(SecretKind.ID_NUMBER, _ID_NUMBER, _is_id_number),
        form(SecretKind.ID_NUMBER, _OLD_ID_NUMBER, _names_no_thing),
        Form(SecretKind.ID_NUMBER, re.compile(_PASSPORT, re.IGNORECASE)),
        *(form(SecretKind.PHONE_NUMBER, one, _names_no_thing) for one in _PHONES),
        form(SecretKind.BANK_CARD, _CARD, _is_card),
        Form(SecretKind.EMAIL_ADDRESS, re.compile(_EMAIL, re.ASCII)),
    )


def _before(match: re.Match[str]) -> tuple[str, int, int]:
    start = match.start()
    return match.string, max(0, start - NEAR), start


def _names_no_thing(match: re.Match[str]) -> bool:
    return not _ORDER_BEFORE.search(*_before(match))


def _is_id_number(match: re.Match[str]) -> bool:
    """Whether the last place checks (ISO 7064, MOD 11-2), or the words before it say so."""
    figures = match[0].replace(" ", "").replace("-", "").upper()
    rest = sum(int(one) * pow(2, 17 - place, 11) for place, one in enumerate(figures[:17])) % 11
    if figures[17] == "10X98765432"[rest]:
        return True
    return _PERSON_BEFORE.search(*_before(match)) is not None


_CARD_AFTER: Final = re.compile(
    r"[ \t,，(（]{0,3}[^\d\s]{0,6}(?:银行|[工建农中招交]行|邮储|信用社|户名|开户)"
)
_ALONE: Final = re.compile(r"62\d{14,17}")
"""What the cards of one issuer alone begin with; the numbers of orders do not."""


def _is_card(match: re.Match[str]) -> bool:
    """Whether it is told as a card, begins like one, or passes Luhn's check: two of these.

    Four figures at a time is how cards are told. What nothing but cards begin like needs no more
    than not to be told as the number of a thing.
    """
    figures = match[0].replace(" ", "").replace("-", "")
    is_told = bool(
        _CARD_BEFORE.search(*_before(match)) or _CARD_AFTER.match(match.string, match.end())
    )
    begins_like_one = _ISSUERS.fullmatch(figures) is not None
    if is_told and begins_like_one:
        return True
    is_thing = not _names_no_thing(match)
    if begins_like_one and not is_thing and (figures != match[0] or _ALONE.fullmatch(figures)):
        return True
    return _is_checked(figures) and (is_told or (begins_like_one and not is_thing))


def _is_checked(figures: str) -> bool:
    """Luhn's check."""
    doubled = (sum(divmod(2 * int(one), 10)) for one in figures[-2::-2])
    return (sum(map(int, figures[-1::-2])) + sum(doubled)) % 10 == 0 and len(set(figures)) > 1
