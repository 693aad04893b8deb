"""Secrets that a cue announces, such as "the password is", and the other places that repeat one."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ticketrules.text.secret_kinds import Secret, SecretKind
from ticketrules.text.secret_parts import CJK, MASK, NEAR, TRIMMED, VALUE, without_quote
from ticketrules.text.secret_values import FIGURES, STOP_WORDS, is_mixed, is_nothing, looks_secret

_ZH_FILLER: Final = (
    r"(?:我?再?(?:发|给|告诉|写|贴|放)(?:给?[您你])?(?:在|到)?(?:这里|这儿|下面|这边)?(?:了|吧)?"
    r"|如下|还是(?=原来|之前)|就|都|也|先|还|分别|依次|统一|默认|初始|临时|现在|目前|已经|已|被|给|帮我|帮忙|请|把它"
    r"|新的?|旧的?|我们?|原来(?:的|那个)?|之前(?:的|那个)?|内容|应该|可能|一直|仍|仍然)"
)
_EN_FILLER: Final = (
    r"(?:[ \t]{1,3}(?:for|of|to|on|i|we)(?:[ \t]{1,3}[\w.'-]{1,24}){1,4}?"
    r"(?=[ \t]{0,3}(?:is[ \t:]|was[ \t:]|[:=]))"
    r"|(?:[ \t]{1,3}(?:has|have|been|was|is|now|just|set|changed|reset|updated)){1,5}"
    r"(?=[ \t]{1,3}to[ \t]))"
)
_BRACKET: Final = r"[(（【\[][^()（）\[\]【】\n]{0,20}[)）】\]]"
_QUOTE: Final = "[\"'“”‘’「」`*]"

WORD_CUE: Final = (
    r"密[ \t]{0,3}码|密[ \t]{0,3}碼|秘码|口令|提取码|提取碼|授权码|授權碼|解压码|pin码|账密|帐密"
    r"|(?<![a-z])(?:(?:pg)?pass[ _-]?word|passwd|pass[ _-]?phrase|passcode|pwd|pswd|psw|pw|mima"
    r"|requirepass|credential|cred)s?(?![a-z])"
    r"|(?<![a-z])(?:pass(?=[ \t]{0,2}[:=：＝])|pin(?=[ \t]{0,2}[:=：＝]|[ \t]{1,2}is[ \t]{1,2}\d))"
)
"""What announces a password."""

KEY_CUE: Final = (
    r"密钥|密鑰|秘钥|秘鑰|私钥|私鑰"
    r"|(?<![a-z])(?:access[ _-]?key(?:[ _-]?(?:id|secret))?|secret[ _-]?access[ _-]?key"
    r"|secret[ _-]?(?:key|id)|(?:api|app|account|shared[ _-]?access|encryption|signing|private)"
    r"[ _-]?key|(?:app|client|api|webhook|shared)[ _-]?secret"
    r"|(?:access|auth|refresh|id|api|bot|csrf|session|security)[ _-]?token"
    r"|(?:j|php)?sess(?:ion)?[ _-]?id|token|ak|sk"
    r"|(?:secret|cookie|signature)(?=[ \t]{0,2}[:=：＝]))"
    r"(?![a-z])"
)
"""What announces a key or a token."""

CODE_CUE: Final = (
    r"验证码|驗證碼|校验码|動態碼|动态码|短信码|安全码|恢复码|备用码"
    r"|(?<![a-z])(?:(?:verif(?:y|ication)|security|confirmation|one[ -]time|login|sms|auth|[2m]fa"
    r"|recovery|backup)[ -]code"
    r"|otp(?:[ -]code)?)(?![a-z])|(?<=[的个到发])码(?=[:：是为]|[ \t]\d)"
)
"""What announces a code that is sent to prove who one is."""

CUE_STARTS: Final = "码验驗校動动短安恢备密口提授解账帐秘私vscolarb2mpwjtie"
"""The letters that cues begin with: most of a text is passed over by them alone."""

_LINK: Final = re.compile(
    rf"(?P<filler>{_ZH_FILLER}{{0,6}}+{_EN_FILLER}?)"
    rf"(?:{_BRACKET}|[】\]])?(?:{_QUOTE}(?=[ \t]{{0,3}}[:：=＝,]))?[ \t\u3000]{{0,8}}+"
    r"(?:,(?=[ \t]{0,3}[\"']))?"
    r"(?P<strong>[:：=＝]{1,3}>?|->|=>|→"
    r"|(?:是|为|為|(?:改|设|換|换|重置|设置|设定|修改|更新|变)(?:成了?|为了?|為|到|回))[:：]?"
    r"|(?P<is>(?:is|was|to)(?![a-z])[ \t]{0,2}:?))?"
    r"(?P<blank>[ \t\u3000]{0,8}+(?:\n[ \t]{0,8}+)?)",
    re.IGNORECASE,
)
"""What may stand between a cue and its secret."""

_QUOTED: Final = re.compile(
    rf"[\"“](?P<double>[^\"“”\n{MASK}]{{1,256}}+)[\"”]|'(?P<single>[^'\n{MASK}]{{1,256}}+)'"
    rf"|[‘「`](?P<other>[^’」`\n{MASK}]{{1,256}}+)[’」`]"
)

_SECOND: Final = re.compile(
    rf"[ \t]{{0,3}}(?:[/／|、,，和及]|and)?[ \t]{{0,3}}(?P<value>{VALUE}|{MASK}++)", re.IGNORECASE
)
"""The password behind an account that was announced with it."""

_ACCOUNT_BEFORE: Final = re.compile(
    r"(?:账号|帐号|賬號|账户|帐户|用户名?|登录名|user(?:name)?|account|login)s?[ \t]{0,2}"
    r"(?:和|与|及|以及|、|[/／&+-]|and)?[ \t]{0,2}(?:登录|the|my)?[ \t]{0,2}\Z",
    re.IGNORECASE,
)
"""What stands before the cue where account and password come together."""

_VALUE: Final = re.compile(VALUE)
_BOTH: Final = re.compile(r"[账帐]密|cred(?:ential)?s?", re.IGNORECASE)
"""Cues that announce the account as well."""
_CUES: Final = re.compile(
    f"(?=[{CUE_STARTS}])(?:(?P<code>{CODE_CUE})|(?P<password>{WORD_CUE})|(?P<key>{KEY_CUE}))",
    re.IGNORECASE,
)
_KIND_OF_CUE: Final = {
    "code": SecretKind.VERIFICATION_CODE,
    "password": SecretKind.PASSWORD,
    "key": SecretKind.ACCESS_KEY,
}
_QUOTES: Final = "\"'"
_A_CODE: Final = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9-]{4,10}[.,!?)]*", re.ASCII)
_COUNTS: Final = re.compile(r"[年月日号点分秒位个次条天种元块小]")
"""What makes figures an amount or a date, right after them."""
_ENDS: Final = re.compile(r"[ \t]*(?:[.,;!\r\n。，；！]|$)")
_RUN: Final = re.compile(rf"[^\s{CJK}{MASK}]++")
_PIECE: Final = re.compile(r"[^/,;:=()\[\]{}\"']++")
_PARTS: Final = re.compile(r"[/,;:=()\[\]{}\"']")

_SHORTEST: Final = 3
"""Nothing shorter is taken for a password, whatever announces it."""
_SHORTEST_KEY: Final = 6
_LONGISH: Final = 16
_LONG: Final = 256
"""A value of this length is no word and no file's name."""


def told(text: str) -> Iterator[Secret]:
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
        is_account = _BOTH.fullmatch(cue[0]) or _ACCOUNT_BEFORE.search(
            text, max(0, cue.start() - NEAR), cue.start()
        )
        second = _SECOND.match(text, value.end()) if is_account else None
        is_second = second is not None and (
            second["value"].startswith(MASK) or looks_secret(second["value"])
        )
        # What stands before a password that was announced with its account is the account.
        if _is_told(value[0], kind, link, is_quoted=False) and not (
            is_second and value[0].isalpha()
        ):
            covered = without_quote(text, value.start(), value.end())
            yield Secret(value.start(), covered, kind)
        if second is not None and is_second:
            covered = second.end("value")
            yield Secret(second.start("value"), covered, kind)


def _is_within_a_name(text: str, cue: re.Match[str], link: re.Match[str]) -> bool:
    """Whether a cue is part of a longer name, such as ``password_hash`` or an address's path."""
    if link.end() > cue.end():
        return False
    after = text[cue.end() : cue.end() + 1]
    if after in _QUOTES and text[max(0, cue.start() - 1) : cue.start()] == after:
        return bool(after)
    return cue[0].isascii() and bool(after) and after in "_?&/.-@"


def _is_told(value: str, kind: SecretKind, link: re.Match[str], *, is_quoted: bool) -> bool:
    """Whether a value that follows a cue is what the cue announces."""
    if len(value) > _LONG:
        return True
    if kind is SecretKind.VERIFICATION_CODE:
        return _A_CODE.fullmatch(value) is not None
    if is_nothing(value):
        return False
    is_firm = link["strong"] is not None and "\n" not in link["blank"]
    plain = value.rstrip(".,!?)]}'\"").lower()
    if kind is SecretKind.PASSWORD:
        if not is_firm:
            return looks_secret(value)
        after = link.end() + len(value)
        if plain in STOP_WORDS or len(value) < _SHORTEST:
            return False
        if value.isdigit() and _COUNTS.match(link.string, after):
            return False
        # "the password is sunshine" ends there; "the password is stored in" goes on.
        may_go_on = link["is"] is not None and not is_quoted and plain.isalpha() and value == plain
        return not may_go_on or _ENDS.match(link.string, after) is not None
    if is_firm:
        return len(value) >= _SHORTEST_KEY and plain not in STOP_WORDS and is_mixed(value)
    return len(value) >= _LONGISH and is_mixed(value) and looks_secret(value)


def repeated(text: str, announced: Iterable[Secret]) -> Iterator[Secret]:
    """Every other place at which the text says what it announced as a secret."""
    known: dict[str, SecretKind] = {}
    for one in announced:
        whole = text[one.start : one.end]
        for part in (whole, *_PARTS.split(whole)):
            value = part.strip(TRIMMED)
            if len(value) >= FIGURES and looks_secret(value):
                known.setdefault(value, one.kind)
    if not known:
        return
    for run in _RUN.finditer(text):
        for piece in (run, *_PIECE.finditer(text, run.start(), run.end())):
            value = piece[0]
            head = len(value) - len(value.lstrip(TRIMMED))
            kind = known.get(value.strip(TRIMMED))
            if kind is not None:
                start = piece.start() + head
                yield Secret(start, start + len(value.strip(TRIMMED)), kind)
