# ruff: noqa: E501
"""More labelled replies: each finding tried as a desk would meet it, about as often right as wrong."""

# Each line: situation | reply | faults, as in ``labelled``.
LINES = """\
answer | 亲，可以的呢，直接在后台点升级就好啦~ | no_courtesy
answer | 亲亲您好，可以直接升级的哦 |
answer | 可以升级，差价按剩余天数算。 | no_courtesy
answer | 感谢您的耐心，差价按剩余天数算，后台可以直接看到。 |
answer | 不可以 | no_courtesy
answer | 抱歉，这个型号不支持升级。 |
answer | 嗯嗯，对的 | no_courtesy
answer | 对的，您放心，数据不会丢，祝生活愉快。 |
answer | 把 A 记录改成新 IP，等生效。 | no_courtesy
answer | 请把 A 记录改成新 IP，约十分钟生效。 |
answer | 收到您的反馈，问题出在缓存，清一下即可，辛苦您了。 |
answer | 端口没开，去安全组开 443。 | no_courtesy
answer | 麻烦在安全组放行 443 端口。 |
answer | 早上好，日志显示是内存不足，升级配置即可。 |
answer | 你把配置发错了，重发。 | no_courtesy
answer | Yes, it does. | no_courtesy
answer | Yes, it does. Let me know if there is anything else I can help you with. |
answer | No. Use port 587. | no_courtesy
answer | Port 25 is blocked, so use 587 instead. Have a nice day! |
answer | Many thanks for the report; the limit is 20 MB. |
answer | Clear the cache. It will work then. | no_courtesy
answer | I apologise for the trouble; the limit is now 50 MB. |
answer | 这个要加钱。 | no_courtesy
answer | 已经给您加好了，有问题随时找我哈，祝好！ |
answer | 客官您好，续费链接在此，请查收。 |
answer | 备案大概二十天，等着通知。 | no_courtesy
answer | 节日快乐！假期我们正常值班，有事随时留言，谢谢。 |
answer | 不支持。换个浏览器。 | no_courtesy
answer | 劳烦换个浏览器再看看。 |
answer | 域名的 DNS 错了，改成 ns1 和 ns2。 | no_courtesy
several | 您好，第一，解析十分钟内生效；第二，证书需要另购。谢谢！ |
several | 您好，解析大概十分钟，另外证书是要单独买的，谢谢。 | not_enumerated
several | 您好，(1) 十分钟；(2) 要另买。谢谢。 |
several | 您好，Q1：十分钟生效。Q2：要另买。谢谢。 |
several | 您好，您问的解析：十分钟；您问的证书：另买。谢谢！ |
several | 您好，解析会在十分钟后生效，证书呢是收费的，您可以在商城里选购，谢谢。 | not_enumerated
several | 您好：⏎- 解析十分钟⏎- 证书另购⏎谢谢 |
several | 您好：⏎* 解析十分钟⏎* 证书另购⏎谢谢 |
several | 您好，解析很快就能生效的。⏎证书的话需要买。⏎谢谢。 | not_enumerated
several | 您好，1：十分钟。2：另购。谢谢。 |
several | 您好，1.十分钟2.另购，谢谢。 |
several | 您好，一是解析，十分钟生效；二是证书，需要另购，谢谢。 |
several | 您好，一，十分钟；二，另购。谢谢。 |
several | 您好，其一，十分钟；其二，另购，谢谢。 |
several | 您好，解析十分钟！证书另购！谢谢！ | not_enumerated
several | 您好，解析生效需要 1 到 2 个小时，证书要买，谢谢。 | not_enumerated
several | 您好，两个问题都在帮助中心有说明，请看链接，谢谢。 | not_enumerated
several | 您好，是的，都需要，谢谢。 | not_enumerated
several | Hello. (a) ten minutes. (b) sold apart. Thank you. |
several | Hello. As for DNS, ten minutes; as for the certificate, it is sold apart. Thank you. |
several | Hello, regarding DNS: ten minutes. Regarding the certificate: sold apart. Thanks. |
several | Hello, it takes ten minutes. You have to buy the certificate. Thanks. | not_enumerated
several | Hello, DNS is fast, and yes, certificates cost extra. Thank you. | not_enumerated
several | Hello,⏎1) ten minutes⏎2) sold apart⏎Thanks |
several | Hello, yes to both. Thank you. | not_enumerated
several | 您好，版本 1.2 和 2.3 都支持，证书另购，谢谢。 | not_enumerated
several | 您好，服务器 IP 是 1.2.3.4，备用的是 2.3.4.5，证书另购，谢谢。 | not_enumerated
several | 您好，【解析】十分钟；【证书】另购，谢谢。 |
several | 您好，问：解析多久？答：十分钟。问：证书？答：另购。谢谢。 |
several | 您好，答：1、十分钟；2、另购。谢谢。 |
feedback | 您好，请问方便远程吗？谢谢 |
feedback | 您好，需要您把域名过户到公司名下，完成后告诉我们，谢谢。 |
feedback | 您好，烦请补一下法人身份证正反面照片，谢谢。 |
feedback | 您好，方案已发您邮箱，等您确认后我们开工，谢谢。 |
feedback | 您好，您先试试清除浏览器缓存，看是否还报错，谢谢。 |
feedback | 您好，辛苦导出一份 access.log 给我们，谢谢。 |
feedback | 您好，账号是哪个？谢谢。 |
feedback | 您好，麻烦告知出错的时间和具体操作步骤，谢谢。 |
feedback | 您好，需先付清尾款才能继续，请您安排，谢谢。 |
feedback | 您好，请在控制台点一下“同意授权”，谢谢。 |
feedback | Hello, could you tell us when it started? Thanks. |
feedback | Hello, we need the order number to go on. Thank you. |
feedback | Hello, please run a traceroute and send us the output. Thanks. |
feedback | Hello, please choose between plan A and plan B. Thank you. |
feedback | Hello, may we restart the server tonight? Thank you. |
feedback | 您好，我们已经收到，感谢您的支持与配合！ | need_unsaid
feedback | 您好，麻烦您尽快处理一下，谢谢。 | need_unsaid
feedback | 您好，静候佳音，谢谢。 | need_unsaid
feedback | 您好，需要您的配合，谢谢。 | need_unsaid
feedback | 您好，麻烦提供一下资料，谢谢。 | need_unsaid
feedback | 您好，请您及时回复工单，谢谢。 | need_unsaid
feedback | 您好，请您补充信息后我们继续处理，谢谢。 | need_unsaid
feedback | 您好，有进展会通知您，谢谢。 | need_unsaid
feedback | 您好，还需要您这边再确认一下，谢谢。 | need_unsaid
feedback | 您好，请看上一条，谢谢。 | need_unsaid
feedback | Hello, please reply as soon as possible. Thank you. | need_unsaid
feedback | Hello, we need some more details from you. Thanks. | need_unsaid
feedback | Hello, any update? Thanks. | need_unsaid
feedback | Hello, we look forward to hearing from you. Thanks. | need_unsaid
feedback | Hello, thank you for your cooperation. | need_unsaid
solution | 您好，已为您放行 443 端口，烦请验证，并给个评价，谢谢！ |
solution | 您好，问题原因是证书链不全，补全后访问正常，请您核实并评分，谢谢。 |
solution | 您好，域名已解除锁定，您可以转出了，麻烦确认一下，顺便给个五星，谢谢。 |
solution | 您好，发票已开好并寄出，单号在附件，请查收确认，欢迎点评，谢谢。 |
solution | 您好，数据找回来了，请检查是否齐全，满意的话打个分，感谢。 |
solution | 您好，搞定了，您试试看，欢迎评价~ |
solution | 您好，账号已解冻，请登录确认，期待您的好评，谢谢。 |
solution | 您好，SSL 已续签一年，请访问看看，方便的话评价一下，谢谢。 |
solution | 您好，资料已通过审核，请您确认，并为我们的服务评分，谢谢。 |
solution | Hi, mail is flowing again. Please check and rate us. Thanks. |
solution | Hi, we restored the backup of Monday. Please verify it and leave a review. Thanks. |
solution | Hi, your account is unlocked now. Kindly confirm and rate our service. |
solution | Hi, the plugin has been rolled back. Let us know if all is well, and please rate us. |
solution | Hello, the limit was raised to 50 MB. Please try again and give us a rating. Thank you. |
solution | 您好，漏洞已打补丁，请您复查，最后麻烦点个星，谢谢。 |
solution | 您好，请您验收并评价，谢谢！ | solution_unsaid
solution | 您好，我们会尽快处理，请您确认并评价，谢谢。 | solution_unsaid
solution | 您好，正在处理，请确认并给个好评，谢谢。 | solution_unsaid
solution | 您好，暂时没能恢复，请您看看并评价，谢谢。 | solution_unsaid
solution | 您好，这个问题无法解决，请您确认并评价，谢谢。 | solution_unsaid
solution | 您好，端口已放行，谢谢！ | confirmation_unasked,rating_unasked
solution | 您好，端口已放行，请您核实，谢谢！ | rating_unasked
solution | 您好，端口已放行，欢迎五星好评，谢谢！ | confirmation_unasked
solution | Hi, it should be fine. Please rate us. | solution_unsaid,confirmation_unasked
solution | Hi, we could not fix it. Please confirm and rate us. | solution_unsaid
solution | Hi, all done, thanks! | confirmation_unasked,rating_unasked
solution | Hi, the port is open now. Please check. Thanks. | rating_unasked
solution | 您好，已处理，谢谢 | confirmation_unasked,rating_unasked
solution | 您好，谢谢您的等待，祝您愉快。 | solution_unsaid,confirmation_unasked,rating_unasked
solution | 您好，请确认，谢谢。 | solution_unsaid,rating_unasked
transfer | 您好，这边已为您升级到高级工程师，请留意工单更新，谢谢。 |
transfer | 您好，已为您转接至高级工程师，由其继续处理，谢谢。 |
transfer | 您好，已交由数据库组的同学处理，请稍候，谢谢。 |
transfer | 您好，小王会接着跟进您的问题，谢谢。 |
transfer | 您好，我把您的问题转给了二线，他们会回复您，谢谢。 |
transfer | 您好，晚班的同事会继续跟进，谢谢。 |
transfer | 您好，已请财务的同事为您核实发票，谢谢您的等待。 |
transfer | 您好，研发团队正在看您的问题，结果会在这里告诉您，谢谢。 |
transfer | 您好，工单已流转至备案专员，由他与您联系，谢谢。 |
transfer | Hello, my colleague Anna will take over from here. Thank you. |
transfer | Hello, I have forwarded this to our network team. Thank you. |
transfer | Hello, our billing department will get back to you. Thanks. |
transfer | Hello, a specialist is looking at it now. Thank you. |
transfer | Hello, the night shift will carry on with it. Thank you. |
transfer | Hello, I have escalated this to second-level support. Thank you. |
transfer | 您好，我们会尽快处理，谢谢。 | transfer_untold
transfer | 您好，请耐心等待，谢谢。 | transfer_untold
transfer | 您好，已记录，谢谢。 | transfer_untold
transfer | 您好，我要下班了，谢谢。 | transfer_untold
transfer | 您好，马上为您处理，谢谢。 | transfer_untold
transfer | 您好，问题比较复杂，需要一点时间，谢谢。 | transfer_untold
transfer | 您好，感谢您的反馈，祝您愉快。 | transfer_untold
transfer | 您好，请您再提供一下日志，谢谢。 | transfer_untold
transfer | 您好，这个我处理不了，谢谢。 | transfer_untold
transfer | 您好，技术问题请参考文档，谢谢。 | transfer_untold
transfer | Hello, we are working on it. Thank you. | transfer_untold
transfer | Hello, please wait. Thank you. | transfer_untold
transfer | Hello, noted. Thanks. | transfer_untold
transfer | Hello, I cannot solve this. Sorry. | transfer_untold
transfer | Hello, thanks, have a nice day. | transfer_untold
answer | 您好，请发一下服务器 IP、用户名和密码，谢谢。 | password_asked_openly
answer | 您好，把账号密码给我，我帮您看看，谢谢。 | password_asked_openly
answer | 您好，麻烦报一下宝塔的密码，谢谢。 | password_asked_openly
answer | 您好，请在这里回复您的邮箱口令，谢谢。 | password_asked_openly
answer | 您好，方便说一下后台密码吗？谢谢。 | password_asked_openly
answer | 您好，需要您给一下 root 密码，谢谢。 | password_asked_openly
answer | 您好，您的密码是什么呢？谢谢。 | password_asked_openly
answer | 您好，请把登录凭据发我，谢谢。 | password_asked_openly
answer | 您好，密码请直接写在工单里，谢谢。 | password_asked_openly
answer | 您好，能否提供 FTP 的登录信息（账号、密码）？谢谢。 | password_asked_openly
answer | Hello, kindly send me your login and password. | password_asked_openly
answer | Hello, I need your admin credentials, please. | password_asked_openly
answer | Hi, please reply with the FTP password. | password_asked_openly
answer | Hi, what is your root passwd? Thanks. | password_asked_openly
answer | Hi, can you give me your login details? Thanks. | password_asked_openly
answer | 您好，请用授权码或加密文件的方式发送密码，谢谢。 |
answer | 您好，请把密码填在保密栏里，谢谢。 |
answer | 您好，请勿在工单里写密码，谢谢。 |
answer | 您好，无需提供密码，我们用授权登录，谢谢。 |
answer | 您好，密码我们不会保存，请放心，谢谢。 |
answer | 您好，请检查密码是否输错，谢谢。 |
answer | 您好，请您在登录页输入密码后点确定，谢谢。 |
answer | 您好，密码已重置，系统会以短信发给您，谢谢。 |
answer | 您好，忘记密码请点登录页的“找回密码”，谢谢。 |
answer | 您好，请设置一个复杂的密码，谢谢。 |
answer | 您好，密码请通过控制台的加密通道提交，谢谢。 |
answer | Hi, please do not share your password with anybody. |
answer | Hi, we have sent you the password by text message. Thanks. |
answer | Hi, please enter your password on the login page. |
answer | Hi, please type your old password once and the new one twice. |
password | 您好，已恢复，请您尽快把服务器密码改掉，谢谢。 |
password | 您好，都弄好了，建议您改个新密码，谢谢。 |
password | 您好，部署完成，别忘了更换密码，谢谢。 |
password | 您好，处理完毕，为了安全，请重新设置登录密码，谢谢。 |
password | 您好，迁移完成，您提供的密码请及时更换，谢谢。 |
password | 您好，好了，记得改密码哦，谢谢。 |
password | 您好，已完成，请立即修改 root 口令，谢谢。 |
password | 您好，远程结束了，请您修改一下刚才的密码，谢谢。 |
password | Hello, all done. Please change the password now. Thanks. |
password | Hello, fixed. We recommend resetting your password. Thanks. |
password | Hello, done. Do not forget to update the password. Thanks. |
password | Hello, done. For your safety, please set a new password. Thanks. |
password | Hello, it works again. You should change your credentials. Thanks. |
password | 您好，正在登录服务器查看，请稍候，谢谢。 |
password | 您好，已收到，工程师正在配置，谢谢。 |
password | 您好，已恢复，请您验证，谢谢。 | password_reminder_missing
password | 您好，都弄好了，谢谢。 | password_reminder_missing
password | 您好，部署完成，网站可以访问了，谢谢。 | password_reminder_missing
password | 您好，处理完毕，密码已删除，谢谢。 | password_reminder_missing
password | 您好，迁移完成，祝您生意兴隆。 | password_reminder_missing
password | 您好，已用您给的密码登录并修复，谢谢。 | password_reminder_missing
password | 您好，好了，有问题再联系，谢谢。 | password_reminder_missing
password | 您好，我们已经修改了配置，谢谢。 | password_reminder_missing
password | 您好，我们没有改动您的密码，已恢复，谢谢。 | password_reminder_missing
password | Hello, all done. Thanks. | password_reminder_missing
password | Hello, fixed and tested. Thank you. | password_reminder_missing
password | Hello, the site works again, thank you. | password_reminder_missing
password | Hello, we logged in with your password and repaired it. Thank you. | password_reminder_missing
password | Hello, it is done, please check. Thanks. | password_reminder_missing
password | 您好，服务器已经重启，恢复正常了，感谢配合。 | password_reminder_missing
call | 客户情绪激动，已安抚，同意明天上午再看结果。 |
call | 无人接听，改发短信。 |
call | 占线，半小时后再拨。 |
call | 客户表示已可访问，同意结单。 |
call | 约定今天 17:00 前恢复，客户接受。 |
call | 关机。 |
call | 客户要求退款，已报主管。 |
call | 空号，已在工单留言。 |
call | 解释了收费规则，客户不认可，升级主管处理。 |
call | 协助客户远程重启，网站恢复。 |
call | No answer, left a message. |
call | Customer accepts the delay until Friday. |
call | Line busy, will retry at four. |
call | He wants a refund; reported to the supervisor. |
call | Agreed to close the ticket. |
call | 已致电客户 | call_without_outcome
call | 电话联系过客户了。 | call_without_outcome
call | 已与用户电话沟通过。 | call_without_outcome
call | 已回电 | call_without_outcome
call | 打了电话 | call_without_outcome
call | 通话完成 | call_without_outcome
call | 已拨打客户电话 | call_without_outcome
call | 已电话回访客户。 | call_without_outcome
call | 已电联 | call_without_outcome
call | 跟客户打过电话了 | call_without_outcome
call | 已处理 | call_without_outcome
call | Called. | call_without_outcome
call | Spoke to the customer on the phone. | call_without_outcome
call | I have called him. | call_without_outcome
call | Phone call made. | call_without_outcome
answer | 您好，请您登陆控制台查看，谢谢。 | typing_error
answer | 您好，我以为您处理好了，请查收，谢谢。 |
answer | 您好，已为您处里好，请查收，谢谢。 | typing_error
answer | 您好，请您奈心等待，谢谢。 | typing_error
answer | 您好，请核对一下帐户余额，谢谢。 |
answer | 您好，感谢您的只持，谢谢。 | typing_error
answer | 您好，服务器已从启，谢谢。 | typing_error
answer | 您好，数据正在倒入，谢谢。 | typing_error
answer | 您好，域明解析已生效，谢谢。 | typing_error
answer | 您好，给您代来不便，抱歉。 | typing_error
answer | 您好，带来不便敬请谅解，谢谢。 |
answer | 您好，请您刷新叶面，谢谢。 | typing_error
answer | 您好，网站以恢复访问，谢谢。 | typing_error
answer | 您好，我们会尽快给您答覆，谢谢。 |
answer | 您好，请把文件上传到根目录，谢谢。 |
answer | 您好，请检查一下端口是否以开放，谢谢。 | typing_error
answer | 您好，可以在试试，谢谢。 | typing_error
answer | 您好，服务器再维护中，谢谢。 | typing_error
answer | 您好，我们在维护服务器，谢谢。 |
answer | 您好，请以恢复后的时间为准，谢谢。 |
answer | 您好，请重启服务器以恢复访问，谢谢。 |
answer | 您好，麻烦补充资料以完成备案，谢谢。 |
answer | 您好，请您在次确认，谢谢。 | typing_error
answer | 您好，订单已付款，开通中，谢谢。 |
answer | Hello, please confirm your adress. Thank you. | typing_error
answer | Hello, the problem occured again. Sorry. | typing_error
answer | Hello, thank you for your patients while we check. |
answer | Hello, we will definately fix it. Thank you. | typing_error
answer | Hello, please wait untill five. Thank you. | typing_error
answer | Hello, your acount is active. Thank you. | typing_error
answer | Hello, it was succesful. Thank you. | typing_error
answer | Hello, the sender's address is right. Thank you. |
"""
