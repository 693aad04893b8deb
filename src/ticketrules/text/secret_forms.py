"""Secrets that are known by their form: keys and tokens, and passwords where only those stand.

The forms of keys are the providers' published ones.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from ticketrules.text.secret_kinds import SecretKind
from ticketrules.text.secret_parts import (
    AFTER,
    BEFORE,
    CJK,
    MASK,
    VALUE,
    WORD_EN,
    WORD_ZH,
    Form,
)
from ticketrules.text.secret_values import FIGURES, is_mixed, is_strong, looks_secret

_BACKWARD: Final = (
    rf"(?<![^\s{CJK}])(?P<value>[!-~]{{4,64}}+)[ \t]{{0,3}}[,，]?[ \t]{{0,2}}"
    r"(?:(?:这个?)?(?:就|才)?是|这个|作为|当)"
    r"(?:我们?的?|您的?|你的?|新的?|旧的?|初始|默认|临时|登录|后台|服务器|数据库|管理员|root|的"
    rf"|[ \t]){{0,8}}+(?:{WORD_ZH})"
)
_BACKWARD_EN: Final = (
    r"(?<!\S)(?P<value>[!-~]{4,64}+)[ \t]{1,2}(?:is|was|as)[ \t]{1,2}"
    r"(?:(?:the|my|our|your|a)[ \t]{1,2})?"
    r"(?:(?:root|admin|new|old|login|temporary|default|current)[ \t]{1,2}){0,2}"
    rf"(?:{WORD_EN})(?![a-z])"
)
"""A password told before the word for it."""

_SAID_LATER: Final = (
    rf"(?:{WORD_ZH})[^\r\n。！？!?:：=]{{0,14}}?"
    r"(?:(?:输入?|填写?|用|写|设置?|试|改|敲)(?:过|了|成)?的?(?:就|也|都)?是|就是|都是|[设改换用新旧]的)"
    rf"[ \t]{{0,2}}(?P<value>{VALUE})"
)
"""A password that the next clause tells: typed so and so, and it was refused."""

_HINTED: Final = (
    r"(?:(?<![a-z0-9])(?:mm|pass|pw|pswd)|(?<![保加解机秘私亲严紧稠绝泄])密)"
    rf"[ \t]{{0,2}}(?:[:：=]|是|为|is(?=[ \t])|[ \t])[ \t]{{0,2}}(?P<value>{VALUE})"
)
"""A password behind what may be short for the word, where nothing else can be meant."""

_IDEOGRAPHS: Final = r"[\u4e00-\u9fff]"

_PIN: Final = (
    r"(?<![a-z])pin(?P<told>[ -]?code|[ \t]?码|[ \t]is)?[ \t](?:is[ \t])?"
    rf"(?P<value>\d{{4,8}}+)(?![\d.])"
    rf"(?(told)|(?![ \t]{{0,2}}(?![谢麻请登进试就可能吧哦帮您你不没用是]){_IDEOGRAPHS}))"
)
"""A PIN. Figures behind a bare "pin" that say what they count are none; thanks count nothing."""

_PHRASE: Final = (
    rf"(?:{WORD_ZH}|(?<![a-z])(?:mima|mm|pwd|password))"
    r"(?:现在|已经|已|改|设|设置|重置|更新|换|修改|还|就|都|我|给您|如下){0,3}+[ \t]{0,2}"
    r"(?:[:：=]|是|为(?!何)|成(?!功)|到(?![底期]))了?[ \t]{0,3}"
    rf"(?P<value>(?:[A-Za-z]{{1,12}}+)?{_IDEOGRAPHS}{{1,10}}+[!-+\--:<-~]{{2,24}}+)"
    r"(?=[\s,;，。；、！？哦啊呢吧的了]|$)"
)
"""Ideographs with figures behind them, which some systems take for a password."""

_CODE_LATER: Final = (
    r"(?:验证码|驗證碼|校验码|动态码|动态口令|短信码)[^\r\n\d。！？!?号单编错口版站]{0,12}?"
    r"(?:是|为|收到|发来)[ \t:：]{0,2}(?P<value>\d{4,8}+)(?![\d.]|[年月日号点分秒位个次元])"
)
"""A code told a few words later: it came, and it is so and so."""

_SEVERAL_WORDS: Final = (
    r"(?<![a-z])pass[ _-]?phrase[ \t]{0,2}(?:[:=：]|is)[ \t]{0,3}"
    r"(?P<value>[a-z]{3,20}+(?:[ -][a-z]{3,20}+){2,7})(?=[.,;]?[ \t]{0,8}(?:[\r\n]|$))"
)
"""Several plain words, to the end of the line."""

_MAIL_CODE: Final = (
    rf"(?:授[权權][码碼]|(?:smtp|SMTP|IMAP|imap|邮箱|应用|专用)[^\n]{{0,4}}密码)[ \t:：是为]{{0,4}}"
    rf"(?P<value>[a-z]{{16}}+){AFTER}"
)
"""What mail providers give a program instead of a password."""

_ACCOUNT_CHARS: Final = r"[A-Za-z0-9_.@-]{2,40}+"
_PAIRS: Final = (
    (
        rf"(?:登录(?:信息|账号|帐号)?|后台|管理员|(?:账|帐)[号户]|用户名?"
        rf"|(?<![a-z])(?:log[ -]?in|user(?:name)?|account))[ \t]{{0,2}}[:：]?[ \t]{{0,2}}"
        rf"{_ACCOUNT_CHARS}[ \t]{{0,2}}[/／|][ \t]{{0,2}}"
        rf"(?P<value>{VALUE})"
    ),
    (
        r"(?:登录|后台|管理员|[账帐][号户]|用户名?|面板)[ \t]{0,2}[:：]?[ \t]{0,2}"
        r"(?:root|admin|administrator|sysadmin)[ \t]{1,3}"
        rf"(?P<value>(?!-|[a-z_]{{1,16}}[=:：]){VALUE})"
    ),
    (
        r"(?<![A-Za-z0-9_/.@-])(?:root|admin|administrator|sysadmin)"
        r"(?:[ \t]{0,2}[/／|:：][ \t]{0,2}|[ \t]{1,3}(?=[^\s/]{0,40}[@#%^&*!+]))"
        rf"(?P<value>(?!-|[a-z_]{{1,16}}[=:：]){VALUE})"
    ),
)
"""An account and its password, parted by a slash or a blank and with no word for either."""

_CODE_BACKWARD: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])(?P<value>\d{{4,8}}+)(?![A-Za-z0-9.])[ \t]{{0,3}}[（(]?"
    r"(?:(?:就)?[是为]|is|as)?[ \t]{0,2}(?:[您我你]的|your|my|the)?[ \t]{0,2}"
    r"(?:登录|注册|短信|手机|动态|阿里云|平台){0,3}"
    r"(?:验证码|驗證碼|校验码|动态码"
    r"|(?:login |sms )?(?:verification|security|one[ -]time|login|sms)[ -](?:pass)?code)"
)

_COMMAND_LINES: Final = (
    (
        r"(?<![a-z])(?:mysql[a-z]{0,10}|sshpass|redis-cli|mariadb)"
        r"(?:[ \t]{1,3}(?!(?-i:-[pa]))[^\s]{1,40}){0,4}?"
        rf"[ \t]{{1,3}}(?-i:-[pa])[ \t]?[\"']?(?P<value>(?![-\"']){VALUE})"
    ),
    (
        r"(?<![a-z])(?:sqlplus|expdp|impdp|rman|sqlldr)[ \t]{1,3}[A-Za-z0-9_$#]{1,30}+/"
        r"(?P<value>[^\s@/]{1,64}+)(?=@|\s|$)"
    ),
    rf"(?<![a-z])(?:curl|wget)[^\n]{{0,80}}?[ \t]-u[ \t]?[!-9;-~]{{1,64}}:(?P<value>{VALUE})",
)
"""Passwords given to commands."""

_URL: Final = (
    rf"(?<=://)[^\s/:@{CJK}{MASK}]{{0,128}}+:"
    rf"(?P<value>(?!\d{{1,5}}(?:[/?\#\s{CJK}]|$))[^\s{CJK}{MASK}]{{1,128}})@"
)
"""A password within an address; a port is none."""

_BEARER: Final = (
    r"(?<![a-z])(?:authorization[\"']?[ \t]{0,2}[:=：][ \t]{0,2}[\"']?(?:bearer|basic|token)?"
    r"|bearer)[ \t]{0,3}(?P<value>[A-Za-z0-9._~+/=-]{8,}+)"
)
_COOKIE: Final = (
    r"(?<![a-z])(?:set-)?cookie[ \t]{0,2}[:：][ \t]{0,2}(?P<value>[^\s=]{1,64}=[^\n]++)"
)

_PRIVATE_KEY: Final = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[A-Za-z0-9+/=:,.\s\\]|-(?!----))*+(?:-----END [A-Z0-9 ]{0,40}-----)?"
)
"""A private key in armour; one cut short goes as far as its letters do."""

_ACCESS_KEYS: Final = (
    r"(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16,}+",
    r"LTAI[A-Za-z0-9]{12,}+",
    r"AKID[A-Za-z0-9]{13,}+",
    r"(?:AKLT|ALTAK)[A-Za-z0-9_-]{16,}+",
    r"JDC_[A-Z0-9]{25,}+",
    r"AIza[A-Za-z0-9_-]{35,}+",
)
"""Keys of clouds, by the letters that they begin with."""

_QUERY_KEY: Final = (
    r"[?&](?:key|secret|sign|sig|signature|auth|auth_?key|api_?key|ticket)="
    r"(?P<value>[A-Za-z0-9%._~+/=-]{16,}+)"
)
"""What an address carries to be let in, such as a robot's."""

_KEY_BESIDE: Final = r"[\s,，/:：;|]{1,3}(?P<value>[A-Za-z0-9+/=]{24,}+)"
"""The secret that follows such a key."""

_TOKENS: Final = (
    r"eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]{8,}+(?:\.[A-Za-z0-9_-]*+)?",
    r"gh[pousr]_[A-Za-z0-9]{20,}+",
    r"github_pat_[A-Za-z0-9_]{20,}+",
    r"glpat-[A-Za-z0-9_.-]{16,}+",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,}+",
    r"(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}+",
    r"sk-[A-Za-z0-9_-]{20,}+",
    r"npm_[A-Za-z0-9]{30,}+",
    r"pypi-[A-Za-z0-9_-]{16,}+",
    r"hf_[A-Za-z0-9]{30,}+",
    r"do[opr]_v1_[a-f0-9]{40,}+",
    r"SG\.[A-Za-z0-9_-]{16,}+\.[A-Za-z0-9_-]{16,}+",
    r"ya29\.[A-Za-z0-9_.-]{20,}+",
    r"SEC[0-9a-f]{64}+",
    r"STS\.[A-Za-z0-9]{16,}+",
    r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/]{20,}+",
)
"""Tokens that say themselves what they are."""


@cache
def forms() -> tuple[Form, ...]:
    """The forms, made when a text is first looked at."""

    def form(
        kind: SecretKind,
        pattern: str,
        is_value: Callable[[str], bool] | None = None,
        flags: re.RegexFlag = re.ASCII,
    ) -> Form:
        compiled = re.compile(pattern, flags)
        if is_value is None:
            return Form(kind, compiled)
        return Form(kind, compiled, lambda match: is_value(match["value"]))

    def joined(patterns: Iterable[str]) -> str:
        return rf"{BEFORE}(?:{'|'.join(patterns)})"

    loose = re.IGNORECASE | re.ASCII
    return (
        form(SecretKind.PRIVATE_KEY, _PRIVATE_KEY),
        form(SecretKind.ACCESS_KEY, joined(_ACCESS_KEYS)),
        form(SecretKind.ACCESS_KEY, joined(_ACCESS_KEYS) + _KEY_BESIDE, is_mixed),
        form(SecretKind.TOKEN, joined(_TOKENS)),
        form(SecretKind.TOKEN, _BEARER, _is_bearer, loose),
        form(SecretKind.TOKEN, _COOKIE, None, loose),
        form(SecretKind.TOKEN, _QUERY_KEY, is_mixed, loose),
        form(SecretKind.PASSWORD, _URL),
        *(form(SecretKind.PASSWORD, one, None, loose) for one in _COMMAND_LINES),
        form(SecretKind.PASSWORD, _BACKWARD, looks_secret, re.NOFLAG),
        form(SecretKind.PASSWORD, _BACKWARD_EN, looks_secret, re.IGNORECASE),
        form(SecretKind.PASSWORD, _SAID_LATER, is_strong, re.NOFLAG),
        form(SecretKind.PASSWORD, _SEVERAL_WORDS, None, loose),
        form(SecretKind.PASSWORD, _PIN, None, loose),
        form(SecretKind.PASSWORD, _HINTED, _is_hinted, re.IGNORECASE),
        form(SecretKind.PASSWORD, _PHRASE, _is_phrase, re.IGNORECASE),
        form(SecretKind.PASSWORD, _MAIL_CODE, None, re.NOFLAG),
        *(form(SecretKind.PASSWORD, one, is_strong, loose) for one in _PAIRS),
        form(SecretKind.VERIFICATION_CODE, _CODE_BACKWARD, None, re.IGNORECASE),
        form(SecretKind.VERIFICATION_CODE, _CODE_LATER),
    )


def _is_bearer(value: str) -> bool:
    return len(value) >= _LONGISH or any(map(str.isdigit, value))


def _is_hinted(value: str) -> bool:
    return is_strong(value) or (value.isdigit() and len(value) >= FIGURES)


def _is_phrase(value: str) -> bool:
    return _TELLS.search(value) is None and any(map(str.isdigit, value))


_TELLS: Final = re.compile(
    r"[是不的了没请见打看发在有至最长于超第约等为错位个次或和与跟同联问找改查到从按要需含包]"
    r"|[什么啥谁否吗呢咋怎]|[如任]何|何[时处故]|哪(?!吒)|多少|几[天个时次]"
    r"|老[报显跳提弹出掉失卡]|[报跳]\d|报错|失[败效]|成功[后却但仍还]|支持|显示|提示|返回|登[录陆]|输入"
    r"|加密|默认|区分|只能|电话|手机"
)
"""What stands in a question or a sentence and hardly in a password."""
_LONGISH: Final = 16
