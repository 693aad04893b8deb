"""The words by which a reply is known to do what its situation asks, as data.

Regular expressions over normalised text (``text.normalise``): small letters, simplified
characters, one form of each punctuation mark. Every repeat is bounded. They are asked one thing
each, "does the reply say so?", and lean to yes: a finding that is wrong costs an agent's trust.
"""

from typing import Final

_GAP: Final = r"[^。!?]{0,24}?"
"""Words between two parts of one sentence."""

COURTESY: Final = (
    r"[您你]们?好|大家好|[早晚]上好|[上中下]午好|谢|感激|抱歉|对不起|不好意思|劳驾|辛苦|烦请"
    r"|(?<![申邀聘])请(?![求假客柬帖])|(?<![很太不真好更较点挺添怕嫌])麻烦(?=\w)(?![的吗了多大死些很啊就])"
    r"|(?:恳|敬)请|劳烦|放心|久等|见谅|谅解|体谅|理解|打扰|祝(?:[您你好生愉顺商工]|一切|节日)|不客气|应该的|很高兴|欢迎|愿意为您"
    r"|为您服务"
    r"|\b(?:hello|hi|hey|dear|thank|thanks|please|sorry|apolog\w*|appreciate\w*|regards|kindly"
    r"|welcome|good (?:morning|afternoon|evening|day)|glad|happy to|pleasure"
    r"|have an? (?:nice|great|good|lovely)|let (?:me|us) know if|best wishes|cheers)\b"
)

REQUEST: Final = (
    r"请|麻烦|劳烦|劳驾|烦|等[您你]|需要|还需|需(?=[先由在补付])|还差|还缺|差一项|缺少|能否|可否|是否可以|方便|帮忙|辛苦"
    r"|\b(?:please|could you|can you|would you|kindly|we(?:'d| would)? need|need you|need(?:ed)?"
    r"|require"
    r"|waiting for|tell us|let us know|send us|may we have)\b"
)
SUPPLY: Final = (
    r"提供|补充|补[一上下齐交传个]|付清|发送|发来|发一|发下|发给|上传|告知|告诉|说明|确认|选择|选定|填写|授权|描述|截图"
    r"|截一|反馈|回复"
    r"|核对|核实|检查|查看|看一|看下|重启|登录|测试|试一|试试|解析|缴|支付|付款|续费|备份|修改"
    r"|更换|更新|开通|添加|绑定|提交"
    r"|联系|升级|实名|签|盖|回传|留|写|给出|附|需要|还需|还差|还缺|差一项|缺少|导出|操作|删除"
    r"|关闭|开启|放行"
    r"|\b(?:provide|send|share|tell|know|upload|confirm|attach|reply|supply|describe|give|check"
    r"|choose|try|need|fill|submit|pay|renew|update|log|restart|have|specify|export|contact|add"
    r"|verify|sign|complete|approve|grant|open|enable|test|run)\b"
)
NO_OBJECT: Final = (
    r"您好|你好|谢谢|感谢|请|麻烦|[您你]们?|尽快|尽早|及时|先|再|一下|下|一些|给?我们?|我方"
    r"|这边|相关|有关|信息|资料"
    r"|内容|情况|反馈|回复|回应|答复|提供|补充|需要|还|了|的|吧|哦|啊|呢|配合|理解|支持|等待|等"
    r"|耐心|帮忙|后续|继续|处理|解决"
    r"|更多|其他|必要|确认|详细|具体|问题|收到|后|会|将|马上|立即|以便|便于|方便|为了|更好|进一步|工单|在|到|此"
    r"|\b(?:hello|hi|dear|customer|please|thank|thanks|you|your|us|me|we|i|the|a|an|some|any|it"
    r"|so"
    r"|that|this|need|needed|provide|send|give|reply|respond|response|feedback|information|info"
    r"|details?|more|further|back|soon|as|possible|for|to|from|with|and|kindly|could|can|would"
    r"|let"
    r"|contact(?:ing|ed)|reach(?:ing|ed)|writing|out|know|tell|wait|waiting|on|in|of|is|are|will|continue|here|then|updates?)\b"
    r"|[^\w]|_"
)
"""What says nothing of what is awaited."""

QUESTION: Final = (
    r"\?|请问|是否|吗[。!,]?|哪[个些里种位一]|什么|多少|几[个点台条]|还是"
    r"|\b(?:which|what|when|where|who|whether|how (?:many|much|often|long))\b"
)

_DEEDS: Final = (
    r"解决|处理|修复|修好|恢复|完成|配置|更换|更新|重启|开通|修改|调整|优化|补上|补充|添加|加上"
    r"|退款|退回|部署|安装|重装|上线"
    r"|续费|续期|清理|回退|回滚|修正|停掉|卸载|重建|迁移|放行|解除|解封|开启|关闭|设置|设好"
    r"|扩容|升级|清除|删除|导入|导出"
    r"|撤销|生成|签发|替换|绑定|解绑|同步|校正|重置|校对|找回|补发|换|改|转移|提高|增加|减少"
    r"|限制|屏蔽|合并|发放|延长|更正"
    r"|核销|登记|开具|寄出|审核通过|备案成功|搞定|弄好|妥当|拨通|释放|扩大|缩短|启用|停用|移除"
    r"|修订|重新"
)
DONE: Final = (
    rf"(?:已|已经|均已|都已|现已|刚)(?:经|为[您你]|给[您你]|帮[您你]|全部|成功|顺利|都|全|重新"
    rf"|把\w{{1,12}}|将\w{{1,12}}){{0,4}}"
    rf"(?:{_DEEDS})"
    rf"|(?:{_DEEDS})(?:好|完|成功|完毕|完成|妥|来|回来|过来|上去|上)?了|(?:{_DEEDS})(?:完毕|完成|成功|好了)|(?:处理"
    rf"|弄|修|改|做|办|搞|操作)[好完]"
    r"|(?:已|刚才?|刚刚)(?:经|为[您你]|给[您你]|帮[您你])?"
    r"(?!经|为|给|帮|收到|安排|转|反馈|通知|登记|看|了解|知|受理|接|在|派|提交|记录|联系|进入"
    r"|超过|到期|上报|经过)\w"
    r"|[过好妥]了|应该(?:好|可以)了|处理过了|操作已?结束|恢复正常|一切正常|正常了"
    r"|(?:现在|目前|均|都|访问|运行|使用|登录|收发|后)\w{0,2}正常(?!吗|的话|与否|后|再)|(?:可以|能够?)(?:正常)?(?:使用|访问|打开|登录|用"
    r"|收发|发送)了"
    r"|现在(?:已经?)?(?:可以|能)|没有?问题了|排除了|结果如下|处理结果"
    r"|\b(?:done|solved|resolved|fixed|completed?|restored|finished|repaired|corrected|renewed"
    r"|replaced|updated|(?:re)?installed|restarted|enabled|(?:re)?configured|cleared|removed"
    r"|added"
    r"|reset|restarted|migrated|rolled back|set up|upgraded|deployed|refunded|issued"
    r"|raised|increased|lifted|unlocked|unblocked|released|extended|recovered|adjusted"
    r"|(?:open|unlocked|active|live|online|available|running|up|\w+ing|reachable|accessible)"
    r" (?:now|again)|work(?:s|ing) (?:now|again|normally|properly)"
    r"|back (?:to normal|online|up)|in place)\b"
)
NOT_DONE: Final = (
    r"(?:未|没有?|还没有?|尚未|无法|不能|没能|未能|暂未|等待|待)(?:\w{0,3})(?:解决|处理|修复|修好|弄好|搞好"
    r"|恢复|完成|搞定)"
    r"|\b(?:not|isn't|hasn't|cannot|can't|couldn't|yet to be)(?: \w+){0,3} (?:solved|resolved"
    r"|fixed"
    r"|completed?|restored|done|finished|repaired)\b"
)
CONFIRM: Final = (
    rf"(?:请|麻烦|烦|劳|帮忙|帮|可以|可|欢迎|辛苦|[您你]|有空|方便){_GAP}(?:确认|核实|验证|验收"
    rf"|看[一看]?[下看]|看|试|测试|检查"
    r"|查看|核对|过目|查收|复查|复核|检验)"
    r"|(?:确认|验证|核实|查看)(?:一下|下)|看看|试试|是否(?:正常|解决|满意|可以|还有)"
    r"|\b(?:confirm|verify|check|try|test|have a look|take a look|let us know|see (?:if|whether)"
    r"|make sure)\b"
)
RATING: Final = (
    r"评价|评分|打个?分|打星|好评|点评|星级?|满意度|评一?[评下]"
    r"|\b(?:rate|rating|ratings|review us|leave a review|evaluat\w*|score|stars?|feedback on)\b"
)
CLOSE: Final = r"关闭|关单|结单|关掉|关了|结束工单|\bclos(?:e|ed|ing)\b"
WORKING: Final = (
    r"处理中|正在|在(?:处理|排查|看|查|跟进)|排查|核实|核查|跟进|着手|安排|尽快|马上|立即|立刻"
    r"|稍后|检查|核对|开始|进度|进展"
    r"|定位|(?<!可以)(?<![您你])先看|分析|查一下|看一下|请稍[等候]|稍等|等待"
    r"|\b(?:working on|look(?:ing)? into|investigat\w*|in progress|checking|get back"
    r"|follow(?:ing)? up"
    r"|as soon as|shortly|progress|right away|handling|under way|stay tuned|update you|will check"
    r"|analy[sz]ing)\b"
)
RECEIVED: Final = (
    r"收到|已?看到|受理|接到|登记|\b(?:received|got your|have your|seen your|noted|registered)\b"
)
COLLEAGUES: Final = (
    r"同事|相关(?:人员|部门|团队|工程师|负责人)|专员|专家|技术|工程师|专人|专门|负责人|运维"
    r"|团队|其他客服|客户经理|同学|[二三]线|晚班|夜班|值班|研发|财务|主管|小\w(?=会|来|将|接|继续)"
    r"|\b(?:colleagues?|specialists?|team|engineers?|department|experts?|staff|technicians?|shift"
    r"|(?:second|third)[- ](?:level|line)|(?:level|tier) \d"
    r"|supervisor)\b"
)
HAVE_IT: Final = (
    r"转给|转交|转到|转至|移交|反馈给?|交给|交由|转派|转接|接手|处理|跟进|查看|核实|继续|联系"
    r"|答复|回复|负责|排查|看|协助|升级[到至给]|转"
    r"|\b(?:tak(?:e|es|ing) (?:it|this|over|care)|pass(?:ed|ing)?"
    r"|hand(?:ed|ing)?|forward(?:ed|ing)?|transfer(?:red|ring)?|reassign\w*"
    r"|tak(?:e|es|en|ing) (?:it |this |your )?\w{0,10} ?over|took over|follow\w*|continue\w*"
    r"|look\w*"
    r"|handl\w*|has|have|work\w*|with|get back|contact\w*|repl(?:y|ies)|answers?|carr(?:y|ies) on"
    r"|escalated)\b"
)
PLATFORM: Final = (
    r"平台|阿里云|云市场|官方|厂商|云厂|原厂"
    r"|\b(?:platform|marketplace|cloud provider|vendor|alibaba)\b"
)
KEEP_OPEN: Final = (
    r"(?:不要|不用|勿|先别|暂不|先不|别|无需|不必|避免)(?:先|急着|着急"
    r"|马上)?[^。!?]{0,6}?(?:关闭|关单|结单|关掉|关)"
    r"|保留(?:\w{0,4})工单|工单[^。!?]{0,10}?(?:保留|保持|维持|留着|开着)|保持工单"
    r"|留着(?:\w{0,3})工单"
    r"|\b(?:do not|don't|not to|without|refrain from|hold off(?: on)?"
    r"|avoid)(?: \w+){0,3} clos(?:e|ing)\b"
    r"|\b(?:keep|leave|leaving|keeping)\b[^。!?]{0,24}?\bopen\b"
)
TIME: Final = (
    r"\d|今[天日晚]|明[天日晚早]|后天|[上下中]午|傍晚|晚上|[一二两三四五六七八九十半]个?(?:小时"
    r"|分钟|工作日|天|日|点|刻钟)"
    r"|周[一二三四五六日]|星期|[本下]周|月底|下班前|当天|当日"
    r"|\b(?:today|tonight|tomorrow|hours?|minutes?|monday|tuesday|wednesday|thursday|friday"
    r"|saturday"
    r"|sunday|noon|midnight|week|(?:working|business) days?|end of (?:the )?day)\b"
)

# Calls (4.6).

CALL_EMPTY: Final = (
    r"[\W_]*|已?(?:经)?(?:打|拨|去|致)?过?(?:了)?(?:电话|通话|来电|回电|沟通|联系|致电|拨打|回访|客户"
    r"|用户|对方|与|和|给|跟|同|进行|完成|完|好|过|了|已|打|电联|处理|[\W_])*+"
    r"|(?:(?:already|i|we|have|has|called|phoned|rang|spoke|spoken|talked|call(?:ed)?|made|done"
    r"|ok|the|customer|to|with|on|phone|by|"
    r"a|him|her|them|client|user)|[\W_])*+"
)
"""A call's note that says no more than that there was a call."""
