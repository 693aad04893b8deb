"""What secrets look like, as data: the cues before them, and the forms that need no cue.

Every pattern is tried on a text whose full-width letters and figures are folded, one for one, so
that places stay. Repeats are possessive or bounded, and a form begins only where no longer run of
its characters does: the work grows with the text and with nothing else. The forms of keys are the
providers' published ones.
"""

from typing import Final

MASK: Final = "●"
"""What every character of a secret becomes; no password holds it, and GB 2312 has it."""

FOLDS: Final = {place: place - 0xFEE0 for place in range(0xFF10, 0xFF5B)} | {
    0x3000: 0x20,  # the ideographic space
    0xFF0B: 0x2B,  # the plus before a country's code
    0xFF0D: 0x2D,  # the hyphen between figures
    0xFF0F: 0x2F,
    0xFF20: 0x40,
    0xFF3F: 0x5F,
}
for _sign in (0xFF1A, 0xFF1B, 0xFF1F):  # ：；？ end what stands before them, as ASCII's do not
    del FOLDS[_sign]

CJK: Final = (
    r"\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Ideographs with their punctuation; a password ends where they begin."""

BEFORE: Final = rf"(?<![A-Za-z0-9_{MASK}])"
AFTER: Final = rf"(?![A-Za-z0-9{MASK}])"

# Cues.

_ZH_FILLER: Final = (
    r"(?:我?再?(?:发|给|告诉|写|贴|放)(?:给?[您你])?(?:在|到)?(?:这里|这儿|下面|这边)?(?:了|吧)?"
    r"|如下|还是(?=原来|之前)|就|都|也|先|还|分别|依次|统一|默认|初始|临时|现在|目前|已经|已|被|给|帮我|帮忙|请|把它"
    r"|新的?|旧的?|原来(?:的|那个)?|之前(?:的|那个)?|内容|应该|可能|一直|仍|仍然)"
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
    r"密[ \t]{0,3}码|密[ \t]{0,3}碼|口令|提取码|提取碼|授权码|授權碼|解压码|pin码|账密|帐密"
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
    r"|otp(?:[ -]code)?)(?![a-z])"
)
"""What announces a code that is sent to prove who one is."""

CUE_STARTS: Final = "验驗校動动短安恢备密口提授解账帐秘私vscolarb2mpwjtie"
"""The letters that cues begin with: most of a text is passed over by them alone."""

LINK: Final = (
    rf"(?P<filler>{_ZH_FILLER}{{0,6}}+{_EN_FILLER}?)"
    rf"(?:{_BRACKET}|[】\]])?(?:{_QUOTE}(?=[ \t]{{0,3}}[:：=＝,]))?[ \t\u3000]{{0,8}}+"
    r"(?:,(?=[ \t]{0,3}[\"']))?"
    r"(?P<strong>[:：=＝]{1,3}>?|->|=>|→"
    r"|(?:是|为|為|(?:改|设|換|换|重置|设置|设定|修改|更新|变)(?:成了?|为了?|為|到))[:：]?"
    r"|(?P<is>(?:is|was|to)(?![a-z])[ \t]{0,2}:?))?"
    r"(?P<blank>[ \t\u3000]{0,8}+(?:\n[ \t]{0,8}+)?)"
)
"""What may stand between a cue and its secret."""

QUOTED: Final = (
    rf"[\"“](?P<double>[^\"“”\n{MASK}]{{1,256}}+)[\"”]|'(?P<single>[^'\n{MASK}]{{1,256}}+)'"
    rf"|[‘「`](?P<other>[^’」`\n{MASK}]{{1,256}}+)[’」`]"
)

# A comma or a semicolon ends a value unless it goes on as only a password does.
VALUE: Final = (
    rf"(?:[^\s,;{CJK}{MASK}]|[,;](?![\s{CJK}]|$|[A-Za-z_][A-Za-z_ ]{{0,24}}[:=：])"
    rf"|[！？](?=[!-~]))++"
)
"""A secret without quotes: all up to a blank, an ideograph, or the next field."""

SECOND: Final = rf"[ \t]{{0,3}}(?:[/／|、,，和及]|and)?[ \t]{{0,3}}(?P<value>{VALUE})"
"""The password behind an account that was announced with it."""

ACCOUNT_BEFORE: Final = (
    r"(?:账号|帐号|賬號|账户|帐户|用户名?|登录名|user(?:name)?|account|login)s?[ \t]{0,2}"
    r"(?:和|与|及|以及|、|[/／&+-]|and)?[ \t]{0,2}(?:登录|the|my)?[ \t]{0,2}\Z"
)
"""What stands before the cue where account and password come together."""

BACKWARD: Final = (
    rf"(?<![^\s{CJK}])(?P<value>[!-~]{{4,64}}+)[ \t]{{0,3}}[,，]?[ \t]{{0,2}}"
    r"(?:(?:这个?)?(?:就|才)?是|这个|作为|当)"
    r"(?:我们?的?|您的?|你的?|新的?|旧的?|初始|默认|临时|登录|后台|服务器|数据库|管理员|root|的"
    r"|[ \t]){0,8}+"
    r"(?:密码|密碼|口令)"
)
BACKWARD_EN: Final = (
    r"(?<!\S)(?P<value>[!-~]{4,64}+)[ \t]{1,2}(?:is|was|as)[ \t]{1,2}"
    r"(?:(?:the|my|our|your|a)[ \t]{1,2})?"
    r"(?:(?:root|admin|new|old|login|temporary|default|current)[ \t]{1,2}){0,2}"
    r"(?:pass[ _-]?word|passwd|pwd|passcode)(?![a-z])"
)
"""A password told before the word for it."""

SAID_LATER: Final = (
    r"(?:密码|密碼|口令)[^\r\n。！？!?:：=]{1,14}?"
    r"(?:(?:输入?|填写?|用|写|设置?|试|改|敲)(?:过|了|成)?的?(?:就|也|都)?是|就是)[ \t]{0,2}"
    rf"(?P<value>{VALUE})"
)
"""A password that the next clause tells: typed so and so, and it was refused."""

SEVERAL_WORDS: Final = (
    r"(?<![a-z])pass[ _-]?phrase[ \t]{0,2}(?:[:=：]|is)[ \t]{0,3}"
    r"(?P<value>[a-z]{3,20}+(?:[ -][a-z]{3,20}+){2,7})(?=[.,;]?[ \t]{0,8}(?:[\r\n]|$))"
)
"""Several plain words, to the end of the line."""

MAIL_CODE: Final = rf"授[权權][码碼][ \t:：是为]{{0,4}}(?P<value>[a-z]{{16}}+){AFTER}"
"""What mail providers give a program instead of a password."""

_ACCOUNT_CHARS: Final = r"[A-Za-z0-9_.@-]{2,40}+"
PAIRS: Final = (
    (
        rf"(?:登录(?:信息|账号|帐号)?|后台|管理员|(?:账|帐)[号户]|用户名?"
        rf"|(?<![a-z])(?:log[ -]?in|user(?:name)?|account))[ \t]{{0,2}}[:：]?[ \t]{{0,2}}"
        rf"{_ACCOUNT_CHARS}[ \t]{{0,2}}[/／|][ \t]{{0,2}}"
        rf"(?P<value>{VALUE})"
    ),
    (
        r"(?<![A-Za-z0-9_/.@-])(?:root|admin|administrator|sysadmin)"
        r"(?:[ \t]{0,2}[/／|:：][ \t]{0,2}|[ \t]{1,3}(?=[^\s/]{0,40}[@#%^&*!+]))"
        rf"(?P<value>(?!-){VALUE})"
    ),
)
"""An account and its password, parted by a slash or a blank and with no word for either."""

CODE_BACKWARD: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])(?P<value>\d{{4,8}}+)(?![A-Za-z0-9.])[ \t]{{0,3}}[（(]?"
    r"(?:(?:就)?[是为]|is|as)?[ \t]{0,2}(?:[您我你]的|your|my|the)?[ \t]{0,2}"
    r"(?:登录|注册|短信|手机|动态|阿里云|平台){0,3}"
    r"(?:验证码|驗證碼|校验码|动态码"
    r"|(?:login |sms )?(?:verification|security|one[ -]time|login|sms)[ -](?:pass)?code)"
)

COMMAND_LINES: Final = (
    (
        r"(?<![a-z])(?:mysql[a-z]{0,10}|sshpass|redis-cli|mariadb)"
        r"(?:[ \t]{1,3}(?!(?-i:-[pa]))[^\s]{1,40}){0,4}?"
        rf"[ \t]{{1,3}}(?-i:-[pa])[ \t]?(?P<value>(?!-){VALUE})"
    ),
    rf"(?<![a-z])(?:curl|wget)[^\n]{{0,80}}?[ \t]-u[ \t]?[!-9;-~]{{1,64}}:(?P<value>{VALUE})",
)
"""Passwords given to commands."""

URL: Final = (
    rf"(?<=://)[^\s/:@{CJK}{MASK}]{{0,128}}+:"
    rf"(?P<value>(?!\d{{1,5}}(?:[/?\#\s{CJK}]|$))[^\s{CJK}{MASK}]{{1,128}})@"
)
"""A password within an address; a port is none."""

BEARER: Final = (
    r"(?<![a-z])(?:authorization[\"']?[ \t]{0,2}[:=：][ \t]{0,2}[\"']?(?:bearer|basic|token)?"
    r"|bearer)[ \t]{0,3}(?P<value>[A-Za-z0-9._~+/=-]{8,}+)"
)
COOKIE: Final = r"(?<![a-z])(?:set-)?cookie[ \t]{0,2}[:：][ \t]{0,2}(?P<value>[^\s=]{1,64}=[^\n]++)"

PRIVATE_KEY: Final = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[A-Za-z0-9+/=:,.\s\\]|-(?!----))*+(?:-----END [A-Z0-9 ]{0,40}-----)?"
)
"""A private key in armour; one cut short goes as far as its letters do."""

ACCESS_KEYS: Final = (
    r"(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16,}+",
    r"LTAI[A-Za-z0-9]{12,}+",
    r"AKID[A-Za-z0-9]{13,}+",
    r"(?:AKLT|ALTAK)[A-Za-z0-9_-]{16,}+",
    r"JDC_[A-Z0-9]{25,}+",
    r"AIza[A-Za-z0-9_-]{35,}+",
)
"""Keys of clouds, by the letters that they begin with."""

QUERY_KEY: Final = (
    r"[?&](?:key|secret|sign|sig|signature|auth|auth_?key|api_?key|ticket)="
    r"(?P<value>[A-Za-z0-9%._~+/=-]{16,}+)"
)
"""What an address carries to be let in, such as a robot's."""

KEY_BESIDE: Final = r"[\s,，/:：;|]{1,3}(?P<value>[A-Za-z0-9+/=]{24,}+)"
"""The secret that follows such a key."""

TOKENS: Final = (
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

# People.

ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])[1-9]\d{{5}}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])"
    rf"(?:0[1-9]|[12]\d|3[01])[ -]?\d{{3}}[\dXx]{AFTER}"
)
"""A resident's number of 18 places; the last is a check."""

OLD_ID_NUMBER: Final = (
    rf"(?<![A-Za-z0-9.{MASK}-])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{{4}}"
    rf"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{AFTER}"
)
"""A resident's number of 15 places, as given until 1999: region, birthday, sequence."""

PHONES: Final = (
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

CARD: Final = rf"(?<![A-Za-z0-9.{MASK}-])\d{{4}}(?:[ -]?\d{{4}}){{2,3}}(?:[ -]?\d{{1,4}})?{AFTER}"
CARD_ISSUERS: Final = (
    r"62\d{14,17}|4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|6[05]\d{14}|9558\d{15}"
)
"""How the numbers of the great card issuers begin, and how long they are."""

EMAIL: Final = (
    rf"(?<![A-Za-z0-9._%+{MASK}-])[A-Za-z0-9._%+-]{{1,64}}+@[A-Za-z0-9-]{{1,63}}+"
    r"(?:\.[A-Za-z0-9-]{1,63}+){1,8}"
)

ORDER_BEFORE: Final = (
    r"(?:订单|單號|单号|編號|编号|流水|工单|交易|发票|备案|序列|实例|快递|运单|合同|款|金额|id"
    r"|no|order|ticket|invoice|instance|number|serial|transaction|tracking|case)[号號碼码]?"
    r"(?:[ \t]{0,2}(?:number|id|no|num)\.?)?"
    r"[ \t]{0,2}(?:是|为|is)?[ \t]{0,2}[:：#＃=]?[ \t]{0,2}#?\Z"
)
"""What stands before a number that names a thing and no person."""

PERSON_BEFORE: Final = (
    r"(?:身份证|身份證|证件|證件|id[ -]?card|identity(?: card)?|居民证)[^\n，。,;；]{0,10}\Z"
)
CARD_BEFORE: Final = (
    r"(?:银行卡|卡号|信用卡|储蓄卡|bank card|card(?: number)?|账户号)[^\n，。,;；]{0,10}\Z"
)

# What only looks like a secret.

NOTHING: Final = (
    r"(?:v?\d+(?:\.\d+)+[a-z]?"  # a version, an IP address, an amount
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d(?::\d\d)?"  # a date, a time
    r"|https?://.*|www\..*"
    r"|[^@]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+"  # an address
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|top|xyz)(?:\.cn)?"
    r"|.*\.(?:zip|rar|7z|txt|pdf|docx?|xlsx?|png|jpe?g|gpg|html?|php|log|conf|cnf|ini|json|ya?ml)"
    r"|[*xX•.?#_-]+|\.{3}.*|<[^>]*>?|\$\{.*\})[.,!?)\]]*"
)
STOP_WORDS: Final = frozenset(
    """
    a above again all already also always an and any are as at attached back because been before
    being below blank but by can cannot change changed changes changing check command correct
    default different disabled does due empty enabled encrypted error expired expires false field
    file fine
    first following for forgot forgotten free from gone good has have here hidden i if in incorrect
    input instead invalid is it its just known less like link lock locked login long lost manager
    me missing more must my n/a na need needed never new next no none not now null of off ok okay
    old on once one only optional or our out over page please policy protected rejected required
    reset resets resetting right safe same secure sent set shared short should show so still
    strength strong support than that the them then there they this to too true type unchanged
    undefined unknown until up us use used valid very was we weak what when where which will wrong
    yes you your
    """.split()  # noqa: SIM905 - to be read as words
)
"""Words that follow "the password is" and are none."""
