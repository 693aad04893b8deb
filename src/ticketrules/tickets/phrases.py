"""The phrases by which a customer's message is known to want nothing, as data.

Each is a regular expression, matched after Unicode compatibility folding and in lower case, against
a place in the message where a phrase may begin. A message is told by its phrases only if they
cover the whole of it, so that a phrase too few costs a look, and never a question that nobody sees.
"""

from typing import Final

_DAY_EN = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
    r"|today|(?:next|this) (?:week|month)|noon|midnight|[ap]\.?m\.?"
    r"|\d{1,4}(?:st|nd|rd|th)?"
)
_DATE_EN = rf"(?:the )?(?:{_DAY_EN})(?:(?: of | at |, | |[-/:.])(?:{_DAY_EN}))*"
_SPAN_EN = (
    rf"(?: (?:(?:from|between) {_DATE_EN} (?:to|until|till|through|and) {_DATE_EN}"
    rf"|(?:until|till|through|to|on|as of|starting) {_DATE_EN}))?"
)
# Neither today nor tomorrow: "明天出差" is a person's hint that something is urgent.
_DATE_ZH = (
    r"(?:\d|[年月日号点时分/.:-]|[一二三四五六七八九十](?=[一二三四五六七八九十月日号])|[上下]午"
    r"|早上|晚上|[下本]?周[一二三四五六日天]|星期[一二三四五六日天]|下周|下个?月|节后|假期结束)++"
)
_SPAN_ZH = rf"(?:(?:从|自|于|将于|在)?{_DATE_ZH}(?:(?:[至到]{_DATE_ZH})|起|开始)?(?:期间|之前|前)?)"
_ABSENT_ZH = r"休假|休年假|休产假|请假|出差|外出|放假"
_SUBJECT_ZH = r"(?:(?:我们?|我这边|这边|这个|该|此)?的?(?:问题|故障|事情|网站|系统|服务|服务器))?"
_ADVERBS_ZH = r"(?:现在|目前|刚刚|今天|都|也|已经|已(?!经)|全部|完全|顺利|成功)*+"
_CONTACT = r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d -]{5,}\d)"

THANKS: Final[tuple[str, ...]] = (
    # Chinese
    (
        r"(?:非常|十分|万分|真心|真的|真是|太|很|多多?|再次)?(?:感谢|谢谢|谢啦|谢了|多谢)"
        r"(?:了|啦|哦|哈|呀|啊|喽|您们?|你们?|各位|大家|老师|客服|工程师|亲)*"
        r"(?:的?(?:大力|耐心|及时|热心|细心)?的?"
        r"(?:帮助|支持|帮忙|协助|解答|讲解|回复|配合|服务|处理|耐心|理解))?(?:了|啦|哦|哈|呀|啊)?"
    ),
    r"(?:太)?辛苦(?:您们?|你们?|各位|大家|老师)?(?:了|啦)",
    r"麻烦(?:您们?|你们?|各位|大家|老师)(?:了|啦)",
    r"感激不尽",
    # English
    (
        r"(?:(?:many|much|great|big|huge|a million) )?(?:thanks|thank you|thank u|thx|tks)"
        r"(?: (?:a lot|a million|again|so much|very much|all|guys|everyone|team|both|indeed))*"
        r"(?: for (?:your |the |all your |all the )?(?:kind |quick |prompt |fast |great |speedy )?"
        r"(?:help|support|assistance|reply|response|answer|patience|time|service|explanation|update"
        r"|info|information|efforts?|work|feedback|message|e-?mail))?"
    ),
    r"(?:your (?:help|support|assistance) is )?(?:much |very much |greatly )?appreciated",
    r"i (?:really |very much )?appreciate (?:it|that|this|your (?:help|support|time))",
    r"cheers",
)
"""Thanks, and nothing more."""

SOLVED: Final[tuple[str, ...]] = (
    # Chinese
    (
        rf"{_SUBJECT_ZH}{_ADVERBS_ZH}"
        r"(?:解决(?:好|掉)?(?:了|啦)|恢复正常了?|恢复了|处理好了|修复了|修好了|搞定了|正常了"
        r"|(?:可以|能)(?:正常)?(?:使用|访问|打开|登录|登陆|用)了|可以了|没(?:有)?问题了)"
    ),
    (
        rf"{_SUBJECT_ZH}(?:现在|目前|都|也)*+(?:已经|已)(?:全部|完全|顺利|成功|圆满)*+"
        r"(?:得到)?(?:解决|恢复|修复|好了)"
    ),
    # English
    (
        r"(?:the |this |my |our )?(?:problem|issue|matter|ticket|error) "
        r"(?:is |has been |was |got |is now |has now been )?(?:now |all |fully |completely )?"
        r"(?:solved|resolved|fixed|sorted|gone)(?: now| already)?"
    ),
    (
        r"(?:it|that|this|everything|all)(?: is|'s| has been|'s been| was)?(?: now| all| finally)? "
        r"(?:solved|resolved|fixed|sorted(?: out)?)(?: now)?"
    ),
    (
        r"(?:it|that|this|everything|all|the (?:site|website|server|system|service))"
        r"(?: is|'s)?(?: now| all| finally)? "
        r"(?:works|working|works fine|working fine|back to normal|back online|up and running)"
        r"(?: now| again| fine| perfectly| well)*"
    ),
    (
        r"(?:that|it|this) (?:worked|did the trick|fixed it|solved it|solved the (?:problem|issue)"
        r"|fixed the (?:problem|issue))"
    ),
    r"(?:problem|issue) (?:solved|resolved|fixed)",
    r"solved|resolved|all (?:good|fixed|sorted|set)(?: now)?",
)
"""It is solved, said outright."""

COURTESY: Final[tuple[str, ...]] = (
    # Chinese
    r"(?:您们?|你们?|大家|各位)?好(?=$|\W|谢)",
    r"(?:早上|上午|中午|下午|晚上)好",
    r"好(?:的|滴|嘞|哒|呀|啊)+(?:呢|哦|啊|呀)?",
    r"嗯+(?:嗯|好的)?",
    r"(?:已)?(?:收到|知道|了解|明白|知悉)(?:了|啦)?",
    r"不客气",
    (
        r"(?:祝|祝您|祝你|祝你们|祝各位|祝大家)(?:工作|生活|周末|生意|身体|一切)?"
        r"(?:顺利|愉快|兴隆|健康|好)"
    ),
    r"此致|敬礼|顺祝商祺|祝好|再见|拜拜",
    r"(?:您|你)?(?:的)?服务(?:态度)?(?:很|非常|真)(?:好|棒|周到)",
    # English
    r"(?:hi|hello|hey|dear)(?: (?:there|all|team|support|support team|sir|madam|everyone))?",
    r"good (?:morning|afternoon|evening|day)",
    r"ok(?:ay)?|great|perfect|excellent|awesome|wonderful|got it|understood|noted|will do|super",
    r"(?:sounds |looks )good|no problem|no worries|you'?re welcome|nice",
    r"have a (?:nice|good|great|lovely) (?:day|weekend|evening|one|week)",
    r"(?:you )?(?:have been|were|'ve been) (?:very |so |really )?helpful",
)
"""What one says around it; alone it decides nothing."""

SIGN_OFF: Final[tuple[str, ...]] = (
    r"(?:(?:best|kind|kindest|warm|with kind|with best) )?(?:regards|wishes)",
    r"best|sincerely|yours (?:sincerely|truly|faithfully)|sincerely yours",
)
"""The end of a letter; a name of up to three words may follow it, and nothing else."""

AUTOMATIC: Final[tuple[str, ...]] = (
    # Chinese
    r"自动(?:回复|答复|应答)(?=$|[:\]】)>-]|\s)",
    (
        r"(?:这|此|本)是?一?(?:封|条)?(?:邮件|信息|消息)?(?:是|为|系|由)?(?:一封|一条)?"
        r"(?:系统|邮箱)?自动(?:发送|发出|生成|回复)的?(?:邮件|信息|消息)?"
    ),
    (
        rf"(?:我|本人)?(?:{_SPAN_ZH}|目前|现在|正在|正|在|暂时)+?"
        rf"(?:{_ABSENT_ZH})(?:中|了)?"
    ),
    rf"(?:我|本人)(?:{_ABSENT_ZH})(?:中|至{_DATE_ZH}|到{_DATE_ZH})",
    r"(?:我|本人)?(?:目前|现在|暂时)?不在(?:办公室|公司)",
    # English
    (
        r"(?:this is an? )?auto(?:mat(?:ic|ed))?(?:ally generated)?"
        r"[- ]?(?:reply|response|message|email)"
        r"(?: message| email)?(?=$|[:.\])>!,-]|\s)"
    ),
    rf"out of (?:the )?office(?: reply| message)?{_SPAN_EN}(?=$|[:.\])>!,-])",
    (
        rf"i(?: am|'m| will be)(?: currently| now| presently)?"
        r" (?:(?:away |absent )?from (?:the |my )?(?:office|desk)|out of (?:the )?office"
        r"|on (?:an? )?(?:annual |sick |maternity |parental |paternity |business )?"
        r"(?:leave|vacation|holidays?|trip)"
        rf"|travell?ing|away)(?: on (?:vacation|holiday|business))?{_SPAN_EN}"
    ),
)
"""What says that a machine wrote it, or that nobody is there."""

FILLER: Final[tuple[str, ...]] = (
    # Chinese
    r"(?:您|你)的(?:来信|邮件|来件|消息|信息)(?:我)?(?:已|已经)?(?:收到|收悉)(?:了)?",
    r"(?:我)?(?:已|已经)?收到(?:了)?(?:您|你)的(?:来信|邮件|来件|消息|信息)",
    (
        rf"(?:我|本人)?(?:将|会)?(?:在|于)?(?:{_DATE_ZH}|回来|返回|返岗|上班|假期)?(?:后|之后)?"
        r"(?:将|会|(?<=后))(?:尽快|及时|第一时间|逐一)*(?:回复|答复|联系|处理)(?:您|你)?"
        r"(?:的(?:邮件|来信))?"
    ),
    (
        r"(?:期间)?(?:可能)?(?:将)?(?:无法|不能|不便)(?:及时|查看|收发|回复)*"
        r"(?:邮件|回复|查看邮件|您的邮件)(?:您|你)?"
    ),
    rf"(?:预计|将|会)?(?:于|在)?{_DATE_ZH}(?:返回|回来|返岗|上班|回到办公室)(?:上班)?",
    (
        rf"(?:如|若|如果)?(?:有|遇)?(?:任何)?(?:急事|紧急(?:事务|事项|情况|问题|的?事情?)?)"
        rf"(?:请|可|可以)?(?:联系|致电|拨打|电联|发送邮件至)?(?:我的?)?(?:同事)?:?(?:{_CONTACT})?"
    ),
    rf"(?:请|可|可以)(?:联系|致电|拨打|电联)(?:我的?同事)?:?(?:{_CONTACT})",
    r"(?:请|请您)?(?:勿|不要|无需)(?:直接)?回复(?:此|本|该)?(?:邮件|信息)?",
    r"(?:敬请|请)?(?:谅解|见谅|理解|原谅)|给(?:您|你)带来(?:的)?不便",
    # English
    (
        rf"(?:and |i )?(?:will |'ll )(?:be )?(?:back|return(?:ing)?|available)"
        rf"(?: (?:in|to) (?:the )?office)?(?: again)?{_SPAN_EN}"
    ),
    (
        rf"(?:and |i |we )?(?:will |'ll )(?:reply|respond|answer|get back to you|read your e?mail"
        r"|reply to you|answer your (?:email|message)|respond to your (?:email|message))"
        r"(?: as soon as possible| as soon as i can| shortly| soon| promptly)?"
        r"(?: (?:when|after|once) i(?: am|'m)? (?:return|back|get back)| (?:up)?on my return)?"
        rf"{_SPAN_EN}"
    ),
    (
        r"(?:and |i )?(?:will |currently )?(?:have|with) (?:only )?(?:limited|no) access to "
        r"(?:my )?(?:e-?mails?|phone|messages)(?: during (?:this|that) (?:time|period))?"
    ),
    (
        r"(?:for|in (?:case of|the event of)) (?:any |an )?(?:urgent|emergency|pressing)?"
        r" ?(?:matters?|issues?|requests?|cases?|enquiries|inquiries|emergency)"
    ),
    r"if (?:your (?:matter|request|message|email|inquiry) is|it is|it's|this is) urgent",
    (
        rf"please (?:contact|call|email|write to|reach(?: out to)?) (?!me\b|us\b)"
        rf"(?:[a-z]+ ){{0,3}}(?:at |on |via )?{_CONTACT}"
    ),
    r"please (?:do not|don't) reply(?: to this (?:email|message|mail))?",
    r"(?:thank you|thanks) for contacting (?:us|me)",
    r"your (?:e-?mail|message) has been received|(?:i|we) have received your (?:e-?mail|message)",
    r"we apologi[sz]e for any inconvenience|sorry for (?:the|any) inconvenience",
    rf"{_CONTACT}",
)
"""What goes with an automatic message; without one it is nobody's default."""

ORNAMENTS: Final = "🙏👍😊😀😁🙂😄🤝👌🌹❤♥🎉💐☺\ufe0f"
"""Signs of good will that stand for nothing."""
