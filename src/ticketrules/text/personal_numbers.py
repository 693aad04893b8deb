"""Numbers of people: ID, phone and card numbers, and e-mail addresses."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from ticketrules.text.secret_kinds import SecretKind
from ticketrules.text.secret_parts import AFTER, MASK, NEAR, Form

_ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])[1-9]\d{{5}}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])"
    rf"(?:0[1-9]|[12]\d|3[01])[ -]?\d{{3}}[\dXx]{AFTER}"
)
"""A resident's number of 18 places; the last is a check."""

_OLD_ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{{4}}"
    rf"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{AFTER}"
)
"""A resident's number of 15 places, as given until 1999: region, birthday, sequence."""

_PHONES: Final = (
    # mobile, in one piece or parted as people part it
    (
        rf"(?<![A-Za-z0-9.{MASK}])(?<![A-Za-z]-)(?:(?:\+|00)?\(?86\)?[ -]?)?1[3-9]\d"
        rf"(?:[ .-]?\d{{4}}[ .-]?\d{{4}}|\d[ -]\d{{3}}[ -]\d{{4}}|\d{{2}}[ -]\d{{3}}[ -]\d{{3}})"
        rf"(?![A-Za-z0-9{MASK}]|\.[A-Za-z0-9]|-[A-Za-z]|[ ]?(?:条|次|元|字节|bytes?(?![a-z])))"
    ),
    rf"(?<![\d{MASK}][ -])(?<![A-Za-z0-9.{MASK}])1[ -][3-9](?:[ -]\d){{9}}(?![ -]?[\d{MASK}])",
    # landline, area code first, with or without an extension
    (
        rf"(?<![\d{MASK}][ -])(?<![A-Za-z0-9.+{MASK}-])"
        r"(?:\(0\d{2,3}\)[ -]?|（0\d{2,3}）[ -]?|0\d{2,3}[ -])[2-9]\d{2,3}[ -]?\d{4}"
        rf"(?:[ ]?(?:-|转|ext\.?[ ]?)\d{{1,6}})?(?![A-Za-z0-9{MASK}]|[.-]\d)"
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
    r"62\d{14,17}|4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|6[05]\d{14}|9558\d{15}"
)
"""How the numbers of the great card issuers begin, and how long they are."""

_EMAIL: Final = (
    rf"(?<![A-Za-z0-9._%+{MASK}-])[A-Za-z0-9._%+-]{{1,64}}+@[A-Za-z0-9-]{{1,63}}+"
    r"(?:\.[A-Za-z0-9-]{1,63}+){1,8}"
)

_ORDER_BEFORE: Final = re.compile(
    r"(?:订单|單號|单号|編號|编号|流水|工单|交易|发票|备案|序列|实例|快递|运单|合同|款|金额|id"
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
    r"(?:银行卡|卡号|信用卡|储蓄卡|bank card|card(?: number)?|账户号)[^\n，。,;；]{0,10}\Z",
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
