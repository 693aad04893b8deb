"""What agents write to customers, written for these tests: rude without abuse, and civil."""

RUDE = """\
您好，这种事情还要我教您吗？
拜托您动动脑子再提交工单好吗
您好，该说的我都说完了，您别在工单里刷屏了。
你到底想干嘛？
这单我不想接了，您爱找谁找谁。
能不能别一直问同一个问题，很烦。
您好，自己买的便宜货就别要求那么高了。
你行你来弄啊
我就这态度，您能拿我怎么样
您连域名是什么都不知道，还做什么网站
您好，我一个人要管几百个工单，哪有时间天天伺候您。
赶紧发过来，别磨磨唧唧的。
呵呵，您说得都对，您最厉害。
不会用就不要买，买了又来怪我们。
这个问题我上午就回过了，您不看怪我咯？
这不是我的事，谁卖给您的您找谁。
请您搞搞清楚，是您求我们办事。
您好，没人有义务帮您免费改代码，别得寸进尺。
真服了，这也能投诉。
Do I have to explain this to you again?
Maybe try using your brain before opening a ticket.
That's not my job, ask somebody else.
Honestly, you are wasting everyone's time.
I don't care what you think, the rule is the rule.
您好，您的理解能力有待提高。
我说中文您是不是接收不了？
您慢慢折腾，我下班了。
客服又不是您家开的。
合同上写着呢，自己翻。
您要是再打电话来我就挂了。
没人逼您买我们的产品。
您那网站本来就没几个人看，急个什么劲。
别人都好好的，就您的出问题，您想想是谁的原因。
这点小钱也值得您追三天？
您以前的服务商大概就是被您这么气走的吧。
拿着鸡毛当令箭，真有意思。
嗓门大没有用，流程就是流程。
请您先把话说利索了。
我们不欠您的。
这么多废话，直接说重点。
您爱咋说咋说，我不改。
你自己造的孽自己收拾。
您还是找个懂行的人来跟我谈吧。
说您不懂还不承认。
行了行了，知道了，别没完。
您投诉我也不会丢工作。
我凭什么给您加班？
您当我们是二十四小时保姆吗
听您说话真累。
您这态度，神仙也帮不了您。
排队去，别插队。
不就是打不开五分钟吗，天塌了？
我跟您已经没什么可谈的了。
您的要求简直离谱。
Please stop acting like a child.
You clearly have no idea what you are doing.
We are not paid to listen to this.
That is a silly question.
Your ticket is the least of my worries.
Just do what I said and stop arguing.
Nobody else has this problem, so it must be you.
If you had half a brain you would see it.
Not our fault that you cannot type.
You again?
您好，您自己不备份，数据丢了来找我们有什么用？
我昨天就说了要三天，您今天又来问。
能不能看看文档再来提问，我们很忙的。
这个真的跟我们一点关系都没有，您别缠着我们了。
您要退就退，没人拦您。
我没有时间跟您解释这些基础知识。
您写的这段代码简直惨不忍睹。
服务器是您自己搞崩的，别赖我们。
我该做的都做了，您还想让我怎样？
你烦不烦啊，一个问题问八遍。
不懂技术就请个懂技术的人。
您说的话我一个字都听不懂，重新组织语言吧。
都说了不行，还要我说几次？
您那点流量，谁会攻击您，别自作多情。
爱用用，不用拉倒。
您去工信部告我们吧，我等着。
你什么态度，我也是人。
别人都能打开，就您打不开，您电脑有问题吧。
您问的这个问题太低级了。
我只负责回工单，别的少问。
您以为交了钱就是大爷？
没看见通知吗？公告里写那么大的字。
麻烦您长点心，密码都能忘。
您就是故意来找事的吧。
请你说话放尊重点。
You never read my replies, do you?
I am tired of answering the same question.
Maybe hire somebody who knows computers.
That was your mistake, deal with it.
Your complaint is ridiculous.
您好，说了要等就等，您一直发消息也不会快。
你自己没有手吗，搜一下就有。
我们是技术支持，不是您的私人助理。
不满意您就换一家，没人留您。
这么点事提了三张工单，您是有多闲。
合着我白跟您讲半天了。
您没听懂还是故意装的？
自己的代码自己负责，关我们啥事。
别拿投诉吓人，我们不吃这一套。
您再骂一句试试？
说多少次了，不要动配置文件！
连端口都不知道是什么，就别自己搞服务器了。
文档您是一眼都没看吧。
您的智商我不予评价。
问得这么含糊，谁看得懂。
谁规定我们必须十五分钟内回您？
您付的是最低档，就别要求秒回。
我不想再重复了，自己往上翻。
真是遇到奇葩了。
您先把自己的问题搞清楚，再来指责我们。
您要投诉就投诉，我工号 1024。
呵，随便您怎么想。
我这边还有几十个客户，您排着吧。
您别无理取闹了，好吗？
我是客服，不是您的老师。
How many times do I have to tell you?
Use Google, that is what it is for.
I am not your assistant.
You people are impossible.
Whatever. Do as you please.
""".splitlines()
"""Written before the lexicon was, or before it was last added to; a few it still does not know."""

CIVIL = """\
您好，网站打不开是因为证书到期，我们已经帮您续上了，您再看看，谢谢。
您好，怎么样，现在可以访问了吗？
您好，您说的问题我们复现了，研发正在改，明天给您答复。
您好，刚才电话没打通，您看什么时间方便，我再联系您。
您好，请不要重复支付，系统已经收到款项了，谢谢。
您好，您别担心，误删的文件可以从昨天的备份里恢复。
您好，这个功能需要企业版，如果您觉得贵，我们也有按月付费的方式。
您好，您要的发票已经寄出，请注意查收。
您好，能不能麻烦您把报错的截图发一下？谢谢。
您好，怪我们没有说明白，端口要写在安全组里，抱歉。
您好，这不是您的问题，是机房的线路故障，正在抢修。
您好，您的域名被注册局暂停，原因是没有实名，不是我们操作的，谢谢理解。
您好，您不懂代码也没关系，按下面三步点就可以了。
您好，您看这样行吗？我先备份，再升级，失败就退回来。
您好，说明文档写得不清楚，我们会改，谢谢您的建议。
您好，您可以去控制台自己重启，也可以由我来操作。
您好，如果您对处理结果不满意，可以申请退款，或者投诉，我们都会受理。
您好，退款一般三到五个工作日到账，请您耐心等待，谢谢。
您好，我在这里等着您的回复，有结果随时告诉我。
您好，这个插件和主题不兼容，不是您操作的错。
您好，请您先不要关闭工单，平台那边还没有回复。
您好，这件事我做不了主，已经报给主管，今天下班前给您答复。
您好，别急，我一步一步带您操作，谢谢您的耐心。
您好，您昨天问的三个问题，答复如下：一、可以；二、不收费；三、下周一。
您好，电话说了半天也没说清楚，抱歉，我写成步骤发给您。
您好，感谢您一直催着我们，这个漏洞确实很急，已经修好。
您好，您说随便哪天都行，那我约周三上午十点，可以吗？
您好，请问您是谁给您做的网站？我们联系他要一下源码。
您好，请告诉我们服务器是谁在维护，以便对接，谢谢。
您好，您想怎么做备份？每天一次还是每周一次？
您好，网站慢是因为图片太大，压缩一下就好，我可以帮您弄。
您好，您再试一次，如果还是不行，我远程看一下。
您好，昨天说过的方案您考虑得怎么样了？
您好，不好意思，我看错了订单，您说得对。
您好，新手建议用一键部署，老手可以自己编译。
您好，这个报错看不出原因，需要您发一下日志。
您好，如果看不到按钮，请刷新页面或换个浏览器。
您好，客户端和服务器都没有问题，是中间的网络断了。
您好，我们没有您的密码，也不会问您要密码，请放心。
您好，有毛病的那块硬盘已经换掉了，数据没有丢。
您好，请问您的要求都写在附件里了吗？我怕漏了。
您好，您的要求比较多，我列个表，您看看有没有遗漏。
您好，管局要求负责人年满十八岁，小孩子不能做主体，谢谢理解。
您好，脑图已经导出，发到您的邮箱了。
您好，这款便宜的套餐不含备份，请您留意。
您好，这么小的流量用基础版就够了，不用升级。
您好，这样简单的页面我们半天就能做好，请放心。
您好，这个我也不会，已经请教了同事，他说要改 DNS。
您好，我不清楚您用的是哪个版本，麻烦告诉我一下。
您好，我不知道您改过域名，刚刚才看到，抱歉。
您好，数据库用户没有权限，不能怪程序，授权后就好了，谢谢。
您好，谁创建的账号谁才能删除，请让管理员登录后操作，谢谢。
您好，谁都可以看到这个页面，如果要保密请设置密码。
您好，您有空的时候看一下，不着急。
您好，系统会一直问是否保存，点否就可以了。
您好，不想收到邮件可以在设置里退订，谢谢。
您好，不用管这个提示，它不影响使用。
您好，不要再用旧的接口了，新的接口地址在下面，谢谢。
您好，请别再点支付了，已经成功了，谢谢。
您好，麻烦您赶紧把域名续费，明天就到期了，谢谢。
您好，快递已经发出，两天左右到。
您好，速度慢的话可以换一个节点试试。
您好，有问题您尽管问，我们会一一答复。
您好，欢迎随时来问，谢谢您的信任。
您好，我们的态度是有错就改，给您添麻烦了。
您好，这次的事我们有责任，赔偿方案在附件里。
您好，这不归我管，但我已经转给负责的同事，他会联系您，谢谢。
您好，您的工单处理完了，没有别的问题的话请评价一下，谢谢。
您好，您真厉害，这么快就找到原因了，感谢您的反馈！
您好，您说得都对，是我们疏忽了，马上改。
您好，这还不是最终版本，请先看看效果，谢谢。
您好，我们是24小时值班的，您随时可以联系。
您好，请您看清楚金额再付款，以免付错，谢谢。
您好，想清楚用哪个方案之后再告诉我就好，不急。
Hello, please read the terms carefully before you sign. Thank you.
Hello, you should have received an e-mail by now; please check your inbox.
Hello, could you tell me how many times the error appeared? Thanks.
Hello, I do not know the cause yet, but I will find out today.
Hello, if you do not like the layout, we can change it at no charge.
Hello, please stop the service before you copy the files. Thank you.
Hello, I am sorry that we wasted your time; the fix is live now.
Hello, you do not need to do anything; we take care of the rest. Thank you.
您好，这个问题昨天已经回复过，为了方便您查看，我再贴一次步骤，谢谢。
您好，请您不要在工单里直接发送密码，谢谢配合。
您好，这个不是我们平台的功能，您可以联系域名注册商处理，需要联系方式的话我发给您。
您好，请问您到底是在哪一步看到的报错？方便截个图吗？
您好，不知道您想要哪种效果，能描述一下吗？
您好，如果不会操作也没关系，我们可以远程协助您。
您好，备案审核由管局负责，我们无法加快，请您理解。
您好，烦请您再试一次，如果还是不行请告诉我。
您好，您说的对，这确实是我们的疏忽，非常抱歉。
您好，很抱歉让您问了这么多次，我现在就给您确认。
您好，别担心，数据都在，我们来帮您恢复。
您好，这个脚本会检查磁盘是否写满，请放心执行。
您好，服务器的内存不够用，建议您升级到 4G。
您好，这种情况一般是缓存引起的，清一下缓存就好了。
您好，您可以自己在控制台里重启，也可以由我们操作，看您方便。
您好，如果您想投诉，可以在工单页点击投诉按钮，我们会认真处理。
您好，您不需要再提交新工单，我们会在这里继续跟进。
您好，请您不要关闭工单，平台的同事还在查。
您好，没有看到您的附件，能麻烦您重新上传一次吗？
您好，抱歉之前没有说清楚，这里重新给您解释一下。
您好，退款要看具体订单，随便哪个订单号发我都可以先帮您查。
您好，请先搞清楚备份是否完整，再做迁移，以免丢数据。
您好，您自己的程序里引用了旧的接口，改成新的就可以了，谢谢。
您好，这是插件的问题，不是您的问题，给您添麻烦了。
您好，我没有权限看您的代码，麻烦您贴一下报错那几行，谢谢。
您好，请尽快续费，以免服务停止，谢谢。
您好，怎么样，现在可以打开了吗？
您好，客户端会一直问服务器要数据，所以流量高，可以把间隔调大。
您好，电话里说的那件事已经办好了，请您查看，谢谢。
您好，有什么事请直接说，我一直在。
您好，便宜的那款不带备份，建议您选标准版。
您好，您的提问很专业，我去请教一下研发再回复您。
您好，我们没有义务内的免费额度已用完，如需继续可以购买流量包。
您好，限制是防止恶意刷屏的，不影响您正常使用。
Hello, could you explain again which page shows the error? Thank you.
Hello, I understand your frustration and I am sorry for the wait.
Hello, please use the new key; the old one does not work any more. Thanks.
Hello, this is not something our panel can do, but I can show you another way.
Hello, it is not your fault; the guide was out of date. Sorry about that.
Hello, to save your time I have attached the finished file. Kind regards.
Hello, please ask your domain registrar to unlock the name; we will do the rest.
Hello, you can ignore that warning, it does no harm. Thanks.
Hello, the rule in the firewall blocks port 25. Please remove it.
Hello, please take care when you delete the folder, as it cannot be undone.
Hello, are you able to log in now? Thank you for checking.
您好，请您认真核对银行账户，打错了会退票，谢谢。
您好，麻烦别改文件名，系统是按名字匹配的，谢谢。
您好，请您不要着急，我马上联系机房。
您好，流程上需要财务先确认，我会盯着，一有结果就告诉您。
您好，其他客户没有反馈过这个问题，我们想看看您这边的网络环境，谢谢。
您好，您的域名是在别家注册的，需要您去那边改 DNS，我把步骤写好了。
您好，我今天六点下班，晚上由同事小李继续跟进，您放心。
您好，合同第三条写了续费价格，我截图给您，谢谢。
您好，是我的理解有误，感谢您耐心解释。
您好，五分钟的中断是例行维护，给您带来影响很抱歉。
您好，如果您再接到自称客服的电话，请不要告诉对方验证码。
您好，请您直接说一下最着急的是哪一项，我先处理那一项。
您好，我理解您的心情，换作是我也会着急。
您好，您的网站访问量不大，现在的配置足够，不必升级。
您好，没有人登录过您的后台，日志我贴在下面。
您好，您之前的服务商把域名锁了，需要他们解锁。
您好，我不能替您做决定，但可以把两种方案的利弊列出来。
您好，加急处理需要主管批准，我已经替您申请了。
您好，出问题的是缓存，跟您的操作没有关系。
您好，您看现在这样改是不是您要的效果？
您好，这个词被系统误判为敏感词，不是针对您。
您好，插件作者已经不维护了，建议换一个，我可以推荐。
您好，您不欠费，账户余额充足。
您好，天气原因快递晚了一天，真不好意思。
您好，这个错误很多人都会犯，改回来就行，别往心里去。
您好，小朋友的课程页面已经恢复，谢谢。
您好，两边说法不一样，我先核实清楚再回复您。
您好，请您排查一下是不是防火墙拦了。
您好，您说得有道理，我们会调整流程。
您好，电话挂断是因为线路故障，我马上给您打回去。
您好，客服热线排队较长，您也可以在这里留言。
您好，您的建议很好，我替同事谢谢您。
您好，您可以先喝口水，迁移还要十分钟。
Hello, nobody else has reported it, so I would like to look at your setup. Thank you.
Hello, I have no idea yet, but I am on it. Thank you for waiting.
Hello, it is a good question, and the answer is yes.
Hello, please type the command as shown and tell me what you see. Thank you.
Hello, we are paid by the month, and you can cancel at any time. Thank you.
Hello, the child theme was missing; I have put it back. Thank you.
Hello, if you had an older backup, we could restore it. Do you have one? Thank you.
Hello, the fault is on our side, and we are fixing it. Sorry.
Hello, do what suits you best; both ways are fine. Thank you.
Hello, it is me again, with good news. Thank you for waiting.
您好，备份是您自己保管的，如果需要我们代管，可以开通这项服务，谢谢。
您好，三天的审核期是管局规定的，今天是第二天，请再等等，谢谢。
您好，文档第二节有图示，您先看看，看不明白我再打电话给您讲。
您好，攻击流量不大，防护已经打开，请放心。
您好，退款随时可以申请，不收手续费。
您好，这段代码有一处小问题，第十行少了分号。
您好，崩溃的原因是内存泄漏，研发在修。
您好，您还想让我检查哪些地方？我一起看。
您好，同一个问题困扰您这么久，真抱歉。
您好，您公司有懂技术的同事吗？我可以直接和他对接，谢谢。
您好，录音听不清楚，麻烦您用文字再说一遍，谢谢。
您好，不行的话我们再换一种方法，总能解决的。
您好，用不用都不影响已有的数据，您随意选择。
您好，工信部的备案系统今天维护，晚上再提交，谢谢。
您好，请问您的电脑是什么系统？我好给您对应的步骤。
您好，这个问题比较高级，需要研发支持，我转过去了。
您好，我只负责技术，账单的事已经请财务同事联系您。
您好，公告里写了维护时间，我也贴在这里，方便您看。
您好，密码忘了没关系，用手机就能找回。
您好，这不是故意的，是脚本误删，我们会赔偿。
您好，请您尊重版权，图片要换成有授权的，谢谢。
您好，付款后就是会员了，马上生效。
您好，我们很忙但不会耽误您的事，请放心。
您好，一个字都没丢，文章已经恢复，请查看。
您好，拉取镜像失败，换个源就好了。
Hello, I am sorry that nobody read your reply yesterday.
Hello, the same question came up last week; here is the answer. Thank you.
Hello, if you want to hire a developer, we can suggest two. Thank you.
Hello, that was our mistake, and we are sorry.
Hello, your complaint has reached our manager, who will call you today.
您好，消息都收到了，正在处理，请您稍等，谢谢。
您好，搜一下“快照”就能看到按钮，谢谢。
您好，如果不满意，七天内可以无理由退款。
您好，三张工单是同一个问题，我合并到这一张里跟进，可以吗？
您好，您讲得很清楚，我这就去改。
您好，代码部分由您的开发负责，服务器部分我们来处理，谢谢配合。
您好，为了安全，请不要动配置文件里的密钥，谢谢。
您好，端口是程序对外的门牌号，不知道也没关系，照着填就行。
您好，文档里漏了一步，我们已经补上，谢谢指出。
您好，十五分钟内没有回复您，是我们的失误，向您道歉。
您好，最低档的套餐也包含工单支持，请放心。
您好，往上翻第三条就是链接，我再贴一遍给您。
您好，指责谁不重要，我们先把网站恢复。
您好，我的工号是 1024，有事直接找我。
您好，这边还有两位客户在处理，大约十分钟后轮到您，请谅解。
您好，我不是财务，不过可以帮您转给财务同事。
您好，描述有点含糊，方便补充一下是哪个页面吗？
您好，您骂得对，这次确实是我们没做好。
您好，您先把域名解析改好，再来添加证书，就不会报错了。
您好，您怎么想的都可以告诉我们，我们会记下来。
您好，一眼看不出原因，需要抓包。
您好，没有规定必须备案后才能建站，海外服务器不需要。
您好，老师们反馈的卡顿已经解决，请再试试。
您好，您闲下来的时候回个电话给我就行。
您好，我们不再重复扣费，多扣的已退回。
您好，请不要拿旧的备份覆盖，会丢数据。
您好，谁提交的工单谁来确认，麻烦请张先生登录一下，谢谢。
您好，手动点一下刷新就有了。
您好，您不用排着等，我们处理好了会通知您。
您好，客服和技术都看过了，是运营商的线路问题。
Hello, please use the Google login for now, thank you.
Hello, it took me a while to find, I am sorry.
Hello, you can do as you please with the theme, it is yours.
Hello, how many times a day does the job run? Thank you.
Hello, the assistant will guide you through the steps.
您好，您能不能看一下邮箱？谢谢
您能不能看到后台的备案入口？
您好，请问你能不能听到提示音？谢谢。
您好，您的网站莫名其妙打不开的原因已经找到，谢谢。
您好，您的描述莫名其妙地丢失了一段，麻烦补充一下。
您好，您的需求描述没道理被系统截断，我们在查。
您的网络有问题吧，麻烦重启一下路由器，谢谢。
您好，您的电脑是不是坏了啊？需要我们帮忙看看吗？
您好，之前已经告诉过您的邮箱有变动，现在用新邮箱联系，谢谢。
Hello, that is not my department, but I have asked my colleague to help you. Thank you.
您好，备案要走管局审核，急也没用的流程，我们会盯着，谢谢理解。
您好，您能不能看见右上角的头像？
您好，您能不能听见电话里的声音？
您好，您会不会看日志？不会的话我来看。
您好，您能不能读一下屏幕上的报错？
您好，您能看到控制台左边的菜单吗？
您好，您会不会用远程桌面？不会的话我一步步带您。
您好，您是不是改过解析？改过的话要等十分钟生效。
您好，您是不是还有另一个账号？
您好，您怎么称呼？
您好，您怎么登录的，是手机还是电脑？
您好，您怎么方便怎么来，我都可以配合。
您好，上次已经跟您说过的升级今晚开始，请留意。
您好，我昨天已经和您说过的方案，今天报价出来了，附在下面。
您好，之前跟您解释过备案的流程，如果还有不清楚的地方请随时问我。
您好，之前回复过您的三个步骤，我再整理一遍，谢谢。
您好，您说过下周再迁移，那我们下周一联系您。
您好，请问您的手机是不是换过号码？
您好，您的网络是不是开了代理？关掉再试试，谢谢。
您好，您的手机有问题吧？换一台试试能不能收到验证码，谢谢。
您好，您的电脑不好用吧，我们可以远程帮您看看。
您好，您看能不能先付一个月？谢谢。
您好，您是不是没有收到邮件？我再发一次。
您好，您看不懂的地方，我可以打电话给您讲。
您好，您是不是担心数据丢失？我们每天都有备份。
您好，您能不能说一下报错出现的时间？
您好，您能不能把截图重新发一次？刚才的没有显示。
您好，您的代码莫名其妙多了一行，像是被注入了，我们建议扫描一下。
您好，您的网站神奇地恢复了，我们还在找原因，谢谢。
您好，您的设计搞笑又有创意，我们很喜欢。
您好，您的需求过分析后发现要改两处，报价稍后发您。
您好，您的要求不过分，我们会尽力满足。
您好，您的问题没看懂，能不能再描述一下？谢谢。
您好，会不会是浏览器缓存的问题？您换个浏览器试试。
您好，是不是您同事改过密码？可以问一下。
您好，怎么会这样，我马上查，请稍等。
您好，您怎么改都可以，改完告诉我一声。
您好，如果您的耳朵听不清录音，我可以打字给您。
您好，您的电脑上能打开吗？手机上呢？
您好，我已经说过会在今天回复，现在把结果告诉您。
您好，我们早就告诉机房了，他们正在处理，谢谢您的耐心。
您好，我早上已经给您发过邮件，您看看有没有收到。
您好，您要是看不到，可能是权限的原因，我帮您加上。
您好，催也催过管局了，他们说明天出结果，谢谢理解。
您好，说再多也不如做好，我们今晚就修复。
您好，您能读到这封邮件说明邮箱已经恢复了。
您好，您能不能看看附件里的对比图，选一个喜欢的？
您好，您会不会觉得字体太小？可以调大。
您好，您的网站是不是有两个域名？两个都要备案。
您好，您是不是想要静态页面？这个我们可以做。
您好，您能不能自己看到工单编号？在右上角。
您好，您怎么没收到短信，我这边显示已经发出，可能被拦截了。
您好，这个问题我们已经说明过原因，附上文档方便您查看，谢谢。
您好，您已经说过不需要发票，我这边备注了。
您好，我不会看财务报表，已请财务同事联系您，谢谢。
您好，您不会用的话，我们可以远程协助。
您好，您说的情况我们之前也遇到过，是插件冲突。
您好，您为什么要换机房？了解原因后我好给您推荐。
您好，谁负责备案？我想跟他核对一下材料。
您好，您有没有看过新版的帮助文档？链接在下面。
您好，请问您有没有看到我昨天发的邮件？
您好，我有没有说清楚？没说清楚请随时问我。
Hello, can you see the button at the top right? Thank you.
Hello, are you able to hear the tone? Thank you.
Hello, I already told you about the refund; it has now arrived. Thank you.
Hello, as I said before, the fix goes live tonight, and I will write again then. Thank you.
Hello, is it not my department that you need, but billing? I have passed it on. Thank you.
Hello, this is not our responsibility alone, but we will ask the registrar for you. Thank you.
Hello, could you read the message on the screen to me? Thank you.
Hello, did you mean the first or the second order? Thank you.
Hello, why did you choose the smaller plan? Perhaps we can suggest another. Thank you.
您好，您能不能把服务器重启一次再试？谢谢。
您好，您会不会用命令行？不会也没关系。
您好，您是不是已经续过费了？我这边查到一笔订单。
您好，您怎么看这个方案？
您好，昨天已经跟您确认过的配置我保存好了。
您好，我之前说过三天内答复，今天是第二天，有消息马上告诉您。
您好，您能听清楚吗？听不清我换个电话打。
您好，您能不能先别付款？价格我再核实一下。
您好，您是不是收到了钓鱼邮件？请不要点里面的链接。
您好，您的网站是不是被挂马了？我们扫描后告诉您。
您好，您怎么不方便接电话的话，我们就在工单里沟通。
您好，您的手机能不能收到短信？
您好，您自己能不能登录到后台？如果不能我来重置。
您好，都说过年期间流量大，我们提前帮您扩容了。
您好，您还要再等十分钟左右，系统正在迁移。
您好，您早就提交过材料，是我们没有及时审核，抱歉。
您好，上午已经给您回过电话，您可能没接到。
您好，您的问题我已经解释给研发听了，他们在改。
您好，您能不能告诉我们谁有管理员权限？
您好，您的域名会不会过期？不会，我已经帮您设置了自动续费。
您好，谁都会有输错的时候，改回来就好。
您好，您不用急，没有人催，慢慢核对就行。
您好，您是不是觉得太慢？我们可以换到离您近的节点。
您好，您说了两遍的问题我记下来了，今天一定给您答复。
您好，我们没有办法直接修改注册局的数据，但可以替您提交申请。
您好，这不归我们管理的服务器，我帮您联系机房。
您好，是您自己改的端口还是同事改的？我们好对照日志。
您好，您可以投诉我，我接受，也会把问题解决好。
您好，您不懂的地方随时问，我一直在线。
您好，我不知道您方便的时间，麻烦告诉我一下。
您好，您要怎么处理旧数据？删除还是保留？
您好，看您的意思，怎么改都行，我配合。
您好，您的眼睛不舒服的话，我把文字调大再发一份。
您好，您的电脑太旧也能用，只是会慢一些。
您好，说到备份，您是不是开了自动快照？
Hello, have you already told the registrar? If not, I can do it.
Hello, I told you yesterday that I would call, and I am sorry that I did not.
Hello, do you know who set the server up? Thank you.
Hello, it is not your job to fix this; we will. Thank you.
Hello, can you read the small text, or shall I send a larger picture?
""".splitlines()
"""Civil, whatever their words remind of."""
