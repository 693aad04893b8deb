# ruff: noqa: E501
"""Replies written for these tests, each with the faults that a careful colleague would find."""

# Each line: situation | reply | faults. Situations are told in ``test_labelled``; ``⏎`` is a line break.
LINES = """\
answer | 您好，域名解析一般十分钟内生效，请您稍后刷新看看，谢谢！ |
answer | 您好，证书到期前三十天可以续期，控制台的证书页面有续期按钮，感谢您的咨询。 |
answer | 解析一般十分钟生效。 | no_courtesy
answer | 重启就行了 | no_courtesy
answer | 在控制台里改。 | no_courtesy
answer | Hello, DNS changes take about ten minutes. Please refresh the page then. |
answer | Thank you for asking. The certificate renews by itself thirty days before it ends. |
answer | DNS takes ten minutes. | no_courtesy
answer | Just restart it. | no_courtesy
answer | 很抱歉给您带来不便，备案期间网站需要先关闭访问，通过后再打开即可。 |
answer | 您好，邮箱容量是 5G，可以在管理页面升级。 |
answer | 不好意思让您久等了，这个功能需要企业版才有。 |
several | 您好，答复如下：一、解析十分钟生效；二、证书需要单独购买。谢谢！ |
several | 您好，1. 解析十分钟生效。2. 证书需要单独购买。谢谢！ |
several | 您好：⏎1、解析十分钟生效⏎2、证书需要单独购买⏎感谢您的支持 |
several | 您好，①解析十分钟生效 ②证书需要单独购买，谢谢 |
several | 您好，首先解析十分钟生效，其次证书需要单独购买，感谢理解。 |
several | 您好，第一个问题，解析十分钟生效；第二个问题，证书要单独购买，谢谢。 |
several | 您好，关于解析，十分钟生效；关于证书，需要单独购买，谢谢。 |
several | 您好，（1）十分钟生效（2）证书单独购买，谢谢。 |
several | 您好，解析十分钟生效，证书需要单独购买，谢谢。 | not_enumerated
several | 您好，都可以的，谢谢！ | not_enumerated
several | Hello, firstly DNS takes ten minutes, secondly the certificate is sold apart. Thank you. |
several | Hello, 1. ten minutes 2. sold apart. Thank you. |
several | Hello, DNS takes ten minutes and the certificate is sold apart. Thank you. | not_enumerated
several | 您好，您的问题已收到，我们正在核实，稍后逐一答复您，谢谢！ |
answer | 你自己看文档去，写得清清楚楚。 | quarrel,quarrel,no_courtesy
answer | 您好，您是不是看不懂中文？ | quarrel
answer | 我们不负责这个，找别人去。 | quarrel,quarrel,no_courtesy
answer | 您好，您再这样骂人我们就不处理了。 | quarrel
answer | 您好，这个问题不是我们的，您找别家吧，谢谢。 | quarrel,quarrel
answer | Hi, what part of "wait" do you not understand? | quarrel
answer | Hello, this is your mistake, we cannot do anything. | quarrel
answer | 您好，您自己去控制台修改即可，谢谢。 |
answer | 您好，这部分不是我们的专长，已请平台协助，谢谢。 |
answer | 您好，请按照步聚操作，谢谢。 | typing_error
several | 您好，域名十分钟生效，证书要另外买，您可以先看看免费证书，谢谢。 | not_enumerated
several | 您好。⏎解析：十分钟生效。⏎证书：需另购。⏎谢谢 |
several | Hello. DNS: ten minutes. Certificate: sold separately. Thanks. |
several | 您好：⏎答复如下：解析十分钟生效，证书单独买，谢谢 | not_enumerated
take_up | Hello, thank you for contacting us. | state_unsaid
feedback | 您好，请您补充更多信息，谢谢！ | need_unsaid
solution | 您好，还没有修好，请先看看，欢迎评价，谢谢。 | solution_unsaid
several | 解析十分钟生效，证书单独买。 | not_enumerated,no_courtesy
several | 您好，版本 1.2 的解析十分钟生效，证书需要单独购买，谢谢。 | not_enumerated
take_up | 您好，您的问题已收到，我们正在排查，请稍候，谢谢！ |
take_up | 您好，我先看一下服务器的日志，马上回复您。 |
take_up | 您好，工程师已经开始检查，有结果第一时间告诉您，感谢您的耐心。 |
take_up | 您好，原因是磁盘写满了，请您删除旧日志后重启服务，谢谢。 |
take_up | 您好，谢谢！ | state_unsaid
take_up | 您好 | state_unsaid
take_up | 在的，您好 | state_unsaid
take_up | 您好，请问有什么可以帮您？ |
take_up | Hello, we have received your ticket and are looking into it. Thank you for your patience. |
take_up | Hi, thank you! | state_unsaid
take_up | 收到，马上处理。 | no_courtesy
feedback | 您好，请您提供一下域名，谢谢！ |
feedback | 您好，麻烦您把报错页面的截图发过来，以便我们继续排查，谢谢。 |
feedback | 您好，排查还差服务器的公网地址，辛苦补充一下。 |
feedback | 您好，请问您用的是哪个浏览器？谢谢。 |
feedback | 您好，需要您在控制台授权远程协助后我们才能继续，谢谢配合。 |
feedback | 您好，请您确认是否同意重启服务器，确认后我们立即操作，谢谢！ |
feedback | 您好，请尽快反馈，谢谢！ | need_unsaid
feedback | 您好，请提供相关信息，谢谢。 | need_unsaid
feedback | 您好，问题正在处理中，请耐心等待，谢谢！ | need_unsaid
feedback | 您好，等待您的回复，谢谢。 | need_unsaid
feedback | 您好，谢谢！ | need_unsaid
feedback | 提供域名 | no_courtesy,need_unsaid
feedback | 把域名和账号发一下。 | no_courtesy,need_unsaid
feedback | Hello, could you send us the domain name? Thank you. |
feedback | Please provide a screenshot of the error page. |
feedback | Hello, which browser do you use? Thanks. |
feedback | Hello, please provide more information. Thank you. | need_unsaid
feedback | Hi, please get back to us. Thank you. | need_unsaid
feedback | Hello, we are waiting for your reply, thank you. | need_unsaid
solution | 您好，由于证书过期，现已更换新证书，请您核实确认，并对本次服务评价，谢谢！ |
solution | 您好，网站已恢复，请您验证一下，没问题的话确认并打个分，感谢配合！ |
solution | 您好，我们清理了日志并重启了服务，目前一切正常，麻烦您看一看，欢迎给我们评分。 |
solution | 您好，备案资料已修改完成，请确认，方便时请给个好评，谢谢。 |
solution | 您好，已经处理好了，请您确认后关闭工单，谢谢！ | rating_unasked
solution | 您好，已经处理好了，欢迎评价，谢谢！ | confirmation_unasked
solution | 您好，已恢复。谢谢！ | confirmation_unasked,rating_unasked
solution | 您好，请您确认并评价，谢谢！ | solution_unsaid
solution | 您好，问题还没有解决，请您确认并评价，谢谢！ | solution_unsaid
solution | 您好，谢谢！ | solution_unsaid,confirmation_unasked,rating_unasked
solution | 弄好了，看看，给个评价 | no_courtesy
solution | 弄好了 | no_courtesy,confirmation_unasked,rating_unasked
solution | Hello, the certificate has been replaced. Please check and rate our service. Thank you! |
solution | Hello, the site is fixed. Please confirm, and leave us a rating if you like. |
solution | Hello, it is fixed. Thank you! | confirmation_unasked,rating_unasked
solution | Hello, please confirm and rate us. Thank you. | solution_unsaid
solution | Hello, it is not yet fixed. Please confirm and rate us. | solution_unsaid
resolved | 您好，很高兴问题解决了，请您关闭工单并对服务评价，谢谢！ |
resolved | 好的，感谢告知！有空时请您关单评分。 |
resolved | 您好，感谢反馈，祝您生活愉快！ | closing_unasked,rating_unasked
resolved | 您好，请您关闭工单，谢谢！ | rating_unasked
resolved | 您好，欢迎您给本次服务打分，谢谢！ | closing_unasked
resolved | 好的 | no_courtesy,closing_unasked,rating_unasked
resolved | Glad to hear it! Please close the ticket and rate our service. Thank you. |
resolved | Glad to hear it, thank you! | closing_unasked,rating_unasked
promise | 您好，原因已查明，预计今天 17:00 前修复，完成后告诉您，谢谢！ |
promise | 您好，工程师已在处理，大约两小时完成，感谢您的理解。 |
promise | 您好，已安排处理，明天下班前给您结果，谢谢。 |
promise | 您好，已安排处理，尽快给您结果，谢谢。 | time_unsaid
promise | 您好，好了会通知您的，谢谢。 | time_unsaid
promise | Hello, the fix will be in place by 5 pm today. Thank you for waiting. |
promise | Hello, we expect it to be done tomorrow. Thank you. |
promise | Hello, it will be fixed soon. Thank you. | time_unsaid
transfer | 您好，您的问题已转给负责数据库的同事继续处理，请您稍候，谢谢！ |
transfer | 您好，这个问题需要专门的工程师查看，他会在本工单里答复您，感谢耐心等待。 |
transfer | 您好，已反馈给相关人员跟进，谢谢！ |
transfer | 您好，问题收到了，谢谢！ | transfer_untold
transfer | 您好，请稍候。 | transfer_untold
transfer | Hello, I have passed your ticket to a colleague who knows this system. Thank you. |
transfer | Hello, thank you for waiting. | transfer_untold
platform | 您好，您的问题需要云平台处理，已经转过去了，请您先不要关闭工单，谢谢！ |
platform | 您好，已提交平台工程师核查，结果出来前请保留工单，感谢理解。 |
platform | 您好，已转交平台处理，谢谢！ | keeping_open_unasked
platform | 您好，请先不要关闭工单，谢谢！ | platform_untold
platform | 您好，正在处理，谢谢！ | platform_untold,keeping_open_unasked
platform | Hello, the platform's engineers now have your case. Please do not close the ticket yet. |
platform | Hello, the platform has it now, please keep this ticket open. Thank you. |
platform | Hello, we passed it to the platform. Thank you. | keeping_open_unasked
platform | Hello, please do not close the ticket yet. | platform_untold
answer | 您好，请把 root 密码发给我们，谢谢！ | password_asked_openly
answer | 您好，麻烦提供一下后台的账号和密码。 | password_asked_openly
answer | 您好，服务器密码是多少？谢谢。 | password_asked_openly
answer | 您好，需要您的数据库密码才能继续，谢谢。 | password_asked_openly
answer | 您好，请把密码放进加密压缩包再上传，不要直接写在工单里，谢谢！ |
answer | 您好，如需我们登录，请用授权码的方式提供密码，谢谢。 |
answer | 您好，请不要把密码发在工单里，谢谢！ |
answer | 您好，我们不会向您索要密码，请注意安全。 |
answer | 您好，请您在控制台点击忘记密码，系统会把重置链接发到您的邮箱，谢谢。 |
answer | 您好，请您重置密码后再登录，谢谢。 |
answer | 您好，请及时修改密码，谢谢！ |
answer | Hello, please send us the root password. | password_asked_openly
answer | Hello, what is the password of the database? Thanks. | password_asked_openly
answer | Hello, please send the password in an encrypted archive, and not in this ticket. |
answer | Hello, please never send your password in a ticket. |
answer | Hello, please reset your password on the login page. |
answer | 您好，您的新密码是 Abc@1234，请登录试试，谢谢！ | secret_shown
answer | 您好，临时口令：x9K2mm，登录后请修改，谢谢。 | secret_shown
answer | Hello, the password is Tr0ub4dor. Please try it. | secret_shown
answer | 您好，AccessKey ID 是 LTAI5tKx9d8ZQw2mY7aBcDeF，请核对，谢谢 | secret_shown
password | 您好，操作已完成，网站恢复正常，请您尽快修改密码，谢谢！ |
password | 您好，已经配置好了，为了安全请您现在更改一次后台密码，谢谢。 |
password | 您好，已经配置好了，谢谢！ | password_reminder_missing
password | 您好，网站恢复正常了，感谢您的配合。 | password_reminder_missing
password | 您好，密码收到了，我们正在处理，请稍候，谢谢！ |
password | Hello, the work is done. Please remember to change your password. Thank you. |
password | Hello, the work is done. Thank you. | password_reminder_missing
password_solution | 您好，已恢复，请您修改密码，确认无误后给我们评价，谢谢！ |
password_solution | 您好，已恢复，请您确认无误后给我们评价，谢谢！ | password_reminder_missing
answer | 您自己不会看文档吗？ | quarrel,no_courtesy
answer | 您好，跟您说了多少遍了，缓存要清。 | quarrel
answer | 您好，这不关我们的事。 | quarrel
answer | 您好，爱投诉就投诉。 | quarrel
answer | 您好，您去投诉吧，谢谢。 | quarrel
answer | 您好，明明是你自己操作错了。 | quarrel
answer | 催什么催，排队呢 | quarrel,no_courtesy
answer | 您好，听不懂人话吗？ | quarrel
answer | 您好，看清楚再说，谢谢。 | quarrel
answer | 您好，这么简单的问题也问，请看文档。 | quarrel
answer | 您好，不想用就算了。 | quarrel
answer | 您好，您这人怎么无理取闹，请冷静。 | quarrel,quarrel
answer | 您好，我没空陪您闹。 | quarrel
answer | Hello, this is not our problem. | quarrel
answer | Please calm down. | quarrel
answer | I already told you to clear the cache, please. | quarrel
answer | Hello, can't you read? | quarrel
answer | Hello, go ahead and complain. | quarrel
answer | Hello, it is your own fault, sorry. | quarrel
answer | 您好，请您别着急，我们马上看。 |
answer | 您好，这不怪您，是我们的说明不清楚，抱歉。 |
answer | 您好，请随时与我们联系，谢谢。 |
answer | 您好，与您的操作无关，是我们的问题，非常抱歉。 |
answer | Hello, do not worry, your data is safe. |
answer | 您好，请您重新登陆后台试试，谢谢。 | typing_error
answer | 您好，已经按排同事处理，谢谢。 | typing_error
answer | 您好，我们会即使回复您，谢谢。 | typing_error
answer | 您好，请稍侯，正在检查。 | typing_error
answer | 您好，请您在试一次，谢谢。 | typing_error
answer | 您好，非常抱谦，给您反溃晚了。 | typing_error,typing_error
answer | 您好，问题以经解决，谢谢。 | typing_error
answer | 您好，请修改配制文件后重启，谢谢。 | typing_error
answer | 您好，麻烦您看以下，谢谢。 | typing_error
answer | 您好，必需先备案才能访问，谢谢。 | typing_error
answer | Hello, we have recieved your ticket, thank you. | typing_error
answer | Sorry for the inconvience. The server is back. | typing_error
answer | 您好，帐号和账号是一样的，请您放心使用。 |
answer | 您好，请按排名先后选择，谢谢。 |
answer | 您好，问题解决后请您自己解决域名指向，谢谢。 |
answer | 您好，即使重启也不会丢数据，请放心，感谢理解。 |
answer | 您好，我们正在试一下新的方案，谢谢。 |
answer | 您好，台风登陆期间机房正常运行，感谢关心。 |
answer | 您好，备案须知在首页，请您查看。 |
answer | 您好，可以经过网关访问，谢谢。 |
answer | 您好，请看以下说明，谢谢。 |
answer | 亲，您好呀，SSL 证书下载后选 Nginx 格式上传就行哦，感谢支持~ |
answer | 选 Nginx 格式的那个 | no_courtesy
answer | 非常抱歉，昨晚机房割接造成短暂中断，现在已经恢复，给您添麻烦了。 |
answer | 你有完没完，都说了备案要等管局 | quarrel,quarrel,no_courtesy
answer | 您好，备案是管局审，我们也没办法，您爱等不等。 | quarrel
answer | Hi there, the invoice is issued on the first of each month. Let me know if you need it earlier. |
answer | You should have read the docs before buying. | quarrel,no_courtesy
answer | Hello, with all due respect, you don't understand how caching works. | quarrel
answer | 您好，麻烦把网站后台的登录密码告知一下，我们登录看看。 | password_asked_openly
answer | 您好，方便的话把 FTP 帐号密码私信给我，谢谢 | password_asked_openly
answer | 您好，建议您先改一下密码，再排查有没有异常登录，谢谢。 |
answer | 您好，密码错误次数过多会锁定 15 分钟，请稍后再试，感谢理解。 |
answer | 您好，后台地址 /admin，用户名 admin，密码 Wp#20241，登录后请修改。 | secret_shown
answer | Hi, could you share the SSH password so that we can log in? Thanks | password_asked_openly
answer | Hi, for your safety we never ask for passwords. Thanks for understanding. |
several | 您好，证书要另外买，解析一般 10 分钟，感谢！ | not_enumerated
several | 您好！针对您的疑问：1）解析 10 分钟左右生效；2）证书需另购，感谢理解。 |
several | 您好，问题1：10 分钟；问题2：需要另购。祝您生活愉快！ |
several | 您好，同事正在核对这两个问题，稍后一起回复您。 |
take_up | 您好，这边收到啦，我先拉一下日志~ |
take_up | 你好 | state_unsaid
take_up | 您好，客服小王为您服务 | state_unsaid
take_up | 您好，站点用的是 PHP 5.6，插件要求 7.4 以上，升级 PHP 版本就能用了，谢谢。 |
take_up | Hello, thanks for reaching out, we're on it and will update you shortly. |
feedback | 您好，能否发一下最近一次报错的时间点和订单号？谢谢 |
feedback | 您好，请登录控制台查看安全组是否放行 443 端口，并把结果告诉我们，谢谢。 |
feedback | 您好，麻烦您回复下，谢谢 | need_unsaid
feedback | 您好，我们这边等您消息哈 | need_unsaid
feedback | 您好，还缺营业执照的扫描件，上传后我们就提交审核，感谢配合。 |
feedback | Hello, we still need a copy of your business licence to file the record. Thanks! |
feedback | Hi, awaiting your response. Thanks. | need_unsaid
feedback | Hello, may I ask whether the error also shows on mobile? |
solution | 您好，是 CDN 缓存没有刷新，刚给您刷新过了，您再打开看看，满意的话给个五星评价吧，谢谢~ |
solution | 您好，数据库连接数已调到 500，麻烦观察一下，没问题就点确认并评价，感谢。 |
solution | 您好，问题已解决，祝您生活愉快！ | confirmation_unasked,rating_unasked
solution | 您好，应该好了，您看下，谢谢 | rating_unasked
solution | 您好，退款已原路退回，请查收确认，并请对我们的服务打分，谢谢！ |
solution | 您好，请确认收货并打分哦，谢谢 | solution_unsaid
solution | Hi, we increased the memory limit and restarted PHP. Could you check and leave us a rating? Thanks! |
solution | Hi, the DNS record was corrected. Please have a look. Thanks. | rating_unasked
resolved | 不客气，麻烦您点一下关闭工单并给个评价哈，谢谢 |
resolved | 好嘞，有需要再联系，祝您生意兴隆！ | closing_unasked,rating_unasked
resolved | You're welcome! Kindly close the case and leave a rating. |
promise | 您好，定位到是磁盘 IO 瓶颈，扩容大概要半小时，完成后通知您，感谢等待。 |
promise | 您好，正在抓紧修复，完成后第一时间通知您，谢谢。 | time_unsaid
promise | Hi, the migration should finish in two hours. Thanks for your patience. |
promise | Hi, our engineers are on it and will finish as soon as possible. Thanks. | time_unsaid
transfer | 您好，您的工单已升级到二线技术，由他们继续为您排查，请耐心等待，谢谢。 |
transfer | 您好，这块我不太熟，换个人跟您聊哈 | transfer_untold
transfer | Hello, our database team will take it from here. Thank you for your patience. |
platform | 您好，该问题涉及底层资源，已转阿里云工程师跟进，工单请先别关，谢谢！ |
platform | 您好，已转阿里云跟进，后续由他们联系您，谢谢！ | keeping_open_unasked
platform | Hi, this is with the cloud provider now. Please keep the case open until they reply. Thanks. |
password | 您好，插件升级完成，您登录看看，记得改下 WP 后台密码哦，谢谢。 |
password | 您好，插件升级完成，您登录看看，谢谢。 | password_reminder_missing
answer | 您好，请重新登陆邮箱后在试试，谢谢。 | typing_error,typing_error
answer | 您好，我门会尽块处理，感谢您的理界。 | typing_error,typing_error,typing_error
answer | 您好，服务器配置已经调整，请知悉，谢谢。 |
answer | 您好，在次日凌晨会自动续期，感谢关注。 |
answer | 您好，操作前请自己备份好数据，谢谢。 |
call | 电话中客户要求周五前上线，已同意并排期。 |
call | 电话已打 | call_without_outcome
call | 未接通，16:00 再打。 |
call | Phoned. | call_without_outcome
call | 已与客户通话，说明原因，客户接受明天上午处理。 |
call | 两次拨打无人接听，已留言。 |
call | Explained the cause; the customer agrees to wait until Friday. |
call | 已电话 | call_without_outcome
call | 已与客户电话沟通。 | call_without_outcome
call | 打过电话了 | call_without_outcome
call | called the customer | call_without_outcome
call | . | call_without_outcome
long | 您好，{long}谢谢！ | too_long
"""
