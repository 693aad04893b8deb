"""Everyday questions to a marketplace's desk, full of words that elsewhere would be signs.

None of them shows a tendency to complain. They are laid out from openings, things, questions and
endings that do not depend on each other, and none of them was used to make the detectors.
"""

from itertools import product

OPENINGS = (
    "",
    "您好，",
    "你好 ",
    "请问",
    "老师您好，",
    "在吗？",
    "麻烦问下，",
    "亲，",
    "Hi，",
    "咨询一下，",
    "打扰了，",
    "早上好，",
    "客服你好：",
)

THINGS = (
    "网站",
    "云服务器",
    "SSL证书",
    "备案",
    "企业邮箱",
    "ERP",
    "小程序",
    "域名",
    "电子发票",
    "续费订单",
    "退款申请",
    "数据库",
    "对象存储",
    "CDN加速",
    "模板",
    "后台",
    "负载均衡",
    "建站套餐",
    "短信套餐",
    "子账号",
    "垃圾邮件过滤",
    "电话字段",
    "投诉建议表单",
    "举报入口",
    "400电话展示",
    "呼叫中心接口",
    "差评统计报表",
    "客服悬浮窗",
    "死锁日志",
    "杀毒组件",
    "操作日志",
    "滚动公告",
    "律所官网模板",
    "法院公告栏目",
    "12315图标",
    "公安备案图标",
    "工商亮照链接",
    "媒体库",
    "直播回放",
    "经理审批流程",
    "主管账号",
    "领导驾驶舱看板",
    "负责人信息",
    "电话验证码",
    "语音播报",
    "退货退款模块",
    "损失登记单",
    "赔付统计表",
    "合同模板",
    "仲裁案例页面",
    "一键拨号按钮",
    "通话记录导出",
    "微博登录",
    "小红书组件",
    "抖音跳转",
    "曝光量统计",
    "记者投稿页",
    "报警规则",
    "警务系统专线",
    "垃圾回收参数",
    "傻瓜式向导",
    "狗粮商城",
    "养猪场ERP",
    "母婴商城",
)

QUESTIONS = (
    "怎么开通",
    "怎么续费",
    "多少钱一年",
    "在哪里设置",
    "能改名字吗",
    "支持导出吗",
    "为什么打不开",
    "一直转圈是什么原因",
    "什么时候生效",
    "需要什么材料",
    "可以试用吗",
    "怎么关闭",
    "到期了会怎样",
    "能迁移到别的地域吗",
    "可以绑定多个域名吗",
    "怎么升级",
    "报错500怎么处理",
    "有没有教程",
    "权限怎么分配",
    "显示不全怎么调",
    "怎么删除",
    "能不能换个颜色",
)

ENDINGS = ("", "？", "，谢谢", "？谢谢！", "，麻烦了", "，不急", "，有点急", "🙏")

SAYINGS = (
    "昨天{who}打电话来说{thing}打不开，麻烦看下",
    "{who}反馈{thing}有点卡，帮忙排查",
    "{thing}的联系电话写错了，怎么改",
    "{who}要求{thing}本周上线，来得及吗",
    "我把{thing}误删了，能恢复吗",
    "{thing}弄好了，谢谢",
    "{thing}还没好吗，等了两天了",
    "已经按客服电话里说的改了{thing}，还是不行",
    "{who}想在{thing}里加一个电话栏",
    "不用打电话，{thing}的处理结果留言就行",
    "{thing}能不能不显示手机号",
    "{who}投诉我们{thing}加载慢，有优化办法吗",
    "{thing}被垃圾评论刷屏了，怎么屏蔽",
    "我操作{thing}的时候提示没有权限",
    "{who}说{thing}的按钮点了没反应",
    "{thing}的退款流程是怎样的",
    "{thing}要给{who}看，能加个只读账号吗",
    "{thing}里的进程杀不掉怎么办",
    "我太粗心了，{thing}的参数填错了",
    "刚才跟你们工程师通过电话，{thing}让我提个工单",
    "{who}的发票抬头要换，{thing}这边怎么弄",
    "{thing}报警短信太多，怎么设免打扰",
    "{thing}什么时候能好，{who}在等",
    "{thing}首次配置，有没有傻瓜教程",
    "感谢，{thing}恢复了",
    "{who}换人了，{thing}的负责人怎么改",
    "{thing}可以按月付吗，{who}在做预算",
    "把{thing}转给{who}管理，要走什么流程",
    "{thing}的日志在附件，{who}已经截图",
    "如果{thing}不续费，数据保留多久，{who}想知道",
)

WHO = (
    "我们老板",
    "客户",
    "我们经理",
    "财务",
    "法务同事",
    "运维同事",
    "管局",
    "用户",
    "甲方",
    "市场部",
    "我同事",
    "供应商",
    "我们领导",
    "门店店长",
    "学校老师",
    "合作律所",
    "物业",
    "代理商",
)


def everyday():
    """Every message, each once, in a fixed order."""
    asked = (
        f"{opening}{thing}{question}{ending}"
        for number, (opening, thing, question, ending) in enumerate(
            product(OPENINGS, THINGS, QUESTIONS, ENDINGS)
        )
        if number % 17 == 0
    )
    said = (
        saying.format(thing=thing, who=who)
        for number, (saying, thing, who) in enumerate(product(SAYINGS, THINGS, WHO))
        if number % 7 == 0
    )
    return list(dict.fromkeys([*asked, *said]))
