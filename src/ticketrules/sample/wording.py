"""The desk's phrases: what its people write whatever the topic, in words of the sample's own."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

AGENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "qinghe": "青禾",
        "baizhou": "白舟",
        "songyue": "松月",
        "mobei": "墨北",
        "nanxing": "南星",
    }
)
"""The agents and the desk names that they write under."""

RECEIVED: Final = (
    "您好，我是{agent}，{topic}的问题收到了，我先核对一下订单和记录。",
    "您好，{topic}这边由{agent}跟进，现在开始排查，有结果马上告诉您。",
    "您好，感谢来单。{topic}的情况我已看到，先检查一遍再答复您。",
)
RECEIVED_LATE: Final = (
    "您好，我是{agent}，很抱歉让您久等了，{topic}的问题现在开始处理。",
    "您好，回复晚了，非常抱歉。{topic}的情况我马上检查。",
)
RECEIPT: Final = (
    "系统消息：工单已登记，客服将按顺序与您联系。",
    "系统消息：您的工单已进入队列。",
)
AWAY: Final = "自动回复：客服正在开会，会后第一时间查看您的工单。"
CUSTOMER_AWAY: Final = "自动回复：本人休假中，邮件和消息将在假期后查看。"

PROMISED: Final = (
    "您好，原因已查明：{cause}。处理预计在{when}前完成，完成后在这里告诉您，谢谢！",
    "您好，经检查是{cause}，我们安排了同事处理，{when}前给您结果，感谢理解。",
)
WANTED: Final = (
    "您好，排查还差一项信息，麻烦补充{wanted}，收到后马上继续，谢谢！",
    "您好，为了找到原因，需要您发一下{wanted}，辛苦您了。",
)
WANTED_ENCRYPTED: Final = (
    "您好，这一步要用到后台登录权限。请把密码放进加密文件再上传，不要直接写在工单里，谢谢！"
)
SENT_ENCRYPTED: Final = "加密文件已上传，解压口令另外电话告知。"
AFTER_ENCRYPTED: Final = "您好，操作已结束，为了账号安全请您现在修改一次密码，谢谢！"
SOLVED: Final = (
    "您好，我们{remedy}，目前一切正常。请您看一看，没问题的话确认并打个分，谢谢！",
    "您好，问题处理好了：{remedy}。麻烦您验证一下结果，欢迎给我们评分。",
)
SOLVED_AGAIN: Final = (
    "您好，上次遗漏的部分已经补上，并从头检查了一遍，请您再验证一下，谢谢！",
    "您好，这次连同相关页面都处理过了，抱歉让您多等，请再看看结果，谢谢！",
)
EXPLAINED: Final = (
    "您好，查到的原因是{cause}。这边{remedy}，请您再试一下，谢谢！",
    "您好，情况如下：{cause}。同事{remedy}，您可以放心使用，谢谢！",
)
RESOLVED: Final = (
    "您好，很高兴问题解决了。方便时请您关单并留下评分，谢谢！",
    "好的，感谢告知！这边就记为解决了，请您有空时关单评分。",
)
NUMBERED: Final = "您好，分两点答复您：一、{first}二、{second}如还有疑问请随时留言，谢谢！"
ANSWERED: Final = ("您好，{answer}", "您好，答复如下：{answer}谢谢！")
PROGRESS: Final = (
    "您好，{topic}正在处理，目前进展顺利，稍后再向您同步，谢谢！",
    "您好，向您同步一下{topic}的进度：同事还在处理，感谢您的耐心。",
)

SUPPLIED_THANKS: Final = ("谢谢！", "好的，谢谢，辛苦了。", "收到，感谢！")
SAYS_SOLVED: Final = ("可以了，已经恢复正常。", "试过了，问题解决了，谢谢！", "好了，没有问题了。")
NOT_SOLVED: Final = (
    "还是不行，和之前一样的情况。",
    "刚试了一下，问题依旧，请再看看。",
    "只好了一半，另外一个页面还是不对。",
)
HURRY: Final = (
    "请问现在进展怎么样了？",
    "有人在吗？等了很久了。",
    "麻烦给个准信，什么时候能好？",
)
ANGRY: Final = (
    "同样的问题问了几遍都没人说清楚，请马上打电话给我！",
    "再不解决我就申请退款，并且给差评！",
    "影响了我们一整天的生意，我要找消协反映！",
)
ANOTHER: Final = "同样的问题又来了：{question}"

JUDGED: Final = ("初步判断是{cause}，需要后台权限。", "看起来属于{topic}，原因可能是{cause}。")
NEXT_STEP: Final = ("请接着核对配置并答复客户。", "请处理后与客户确认，客户比较着急。")
PASSED_ON: Final = "您好，{topic}需要专门的同事来看，已请他接手，会在本工单里继续答复您，谢谢！"
FOR_PLATFORM: Final = (
    "{topic}：{cause}，需平台侧核查并修复。",
    "需平台协助查看{topic}的后台日志。",
)
TOLD_PLATFORM: Final = (
    "您好，这个问题要由云平台的同事处理，已经转过去了，结果出来前请先保留工单，谢谢！"
)
FROM_PLATFORM: Final = ("平台侧已处理：{remedy}。", "平台已核查，配置问题，由服务商继续处理。")
PLATFORM_SAYS: Final = "您好，平台工程师正在核查{topic}，有进展会在此更新。"
PLATFORM_NOTE: Final = "平台侧排查完毕，结论见退回说明。"
CALL_BEFORE_NIGHT: Final = "电话告知客户今天未能修复的原因和后续安排，客户表示理解。"
CALLED: Final = (
    "已与客户通话，说明了{cause}和处理进度，客户情绪平复。",
    "电话沟通完毕，客户接受目前的方案。",
)
NOT_REACHED: Final = "两次拨打均无人接听，已改为留言说明。"
NOTES: Final = (
    "已查看账号与订单，排查方向：{cause}。",
    "与同事讨论过，{topic}按既有方案处理。",
    "客户环境已复现，继续处理。",
)
PROGRESS_NOTE: Final = "已完成排查，方案确定，待实施。"

_ZH_DAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def spoken(at: datetime) -> str:
    """An instant as a reply says it, on the wall clock of ``at``."""
    return f"{at.month}月{at.day}日（{_ZH_DAYS[at.weekday()]}）{at.hour}:{at.minute:02d}"
