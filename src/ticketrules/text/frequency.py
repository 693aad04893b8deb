"""How often characters and pairs of them stand in messages to a service desk; for speed alone.

Counted in the lines that were written for training and in everyday questions.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

_CHARACTERS: Final = (  # the most frequent first
    ",不我了么的吗你话电们 一怎eias个在t能on?打好rh要是cp请l到急md多可u有下以里没给用人上。哪这来"
    "y服问号gw级少客说升会发置看天分设接b价单还差权开配限就理什工f件过试程通信系机回点务备台报后"
    "加户码经师想换退板烦图小网子已页公vk麻导案吧等时数诉名管商司模1站收投事线去您账老同手面都行"
    "音联改据直02款邮出法跟5死复核费统评版别钱查录付解新审太再让语文器找3动证字对负域示那知'续店"
    "得大存口也主圾按两清方处门真垃做重律责作提票着三几次平序记栏谁需把本转被合失书帮目套排狗部询"
    "自库箱心日验领支入候告为"
)

_PAIRS: Final = (  # the most frequent first
    "怎么电话你们了,,不e 可以不急 t升级多少ers tht 吗, i在哪好, c什么ou权限in设置一下he ar ,我on"
    " s哪里少,ll差价用吗客服n 限怎级差价多o 试用以试配?么分分配里设置?reor给我caanisl  myo麻烦al"
    "lehoto p wd nghine b我们 o dit备案 y服务 ry 投诉请问下,没有还是联系a se数据你好模板es您好 f"
    "pli te, comeilatgeom打电g 们的手机,能u have退款域名一个owurrt客户网站账号话,公司ro语音 neaas"
    "do已经个电,怎垃圾stup负责处理w 平台程序,你号码直接ssenacch系统不能不到来电whwicela领导页面"
    "邮件小程 gpoh 用户套餐时候需要phmaedaric咨询经理吗?问下工单不会 h e到底 lti好了多久订单的,my"
    "务器m 发票在吗这个12beetotee老师sindntag短信邮箱打扰tabaloda u不是后台我要律师主管显示续费"
    "服你亲,扰了,电00打不fik supeckfo们这是不shde视频好 师您烦问i,询一上好早上好:吧,能不跟你不了"
    "soai23支付按钮栏目有没程师工程现在ay通知还没截图,一utpa责人谢谢操作审核不开么时店长过来技术"
    ",麻今天要求gonousrappli不要mp了吗evep合同么改rp日志曝光登录给你给个等着我就通话umdiulct不行"
    "出来解析f id,请同事恢复15na哪个规则有点缓存图标商城dn差评门店打我我一adi'ecemoo的电这么amvi"
    "nsel,谢31回复配置备份自动证书"
)

_RANKS: Final = {
    **{one: rank for rank, one in enumerate(_CHARACTERS)},
    **{_PAIRS[place : place + 2]: place // 2 for place in range(0, len(_PAIRS), 2)},
}


def frequency(grams: Iterable[str]) -> float:
    """In how many of a thousand messages one of some characters and pairs stands, roughly."""
    return sum(map(frequency_of, grams))


@cache
def frequency_of(gram: str) -> float:
    """In how many of a thousand messages a character or a pair stands, roughly."""
    rank = _RANKS.get(gram)
    if len(gram) == 1:
        return 2 if rank is None else 400 / math.pow(2 + rank, 0.6)
    if rank is None:
        return 0.5 + 0.5 * sum(one in _RANKS for one in gram)
    return 200 / math.pow(2 + rank, 0.65)
