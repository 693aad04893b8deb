# ruff: noqa: E501
"""What customers write with a secret in it, and what only looks so; written for these tests."""

# A line, then its secrets, each after a bar; ``⏎`` is a line break.
TOLD = """\
登陆密码是 春风十里66! | 春风十里66!
密码是 我爱中国2023 | 我爱中国2023
mm：zhang8899 | zhang8899
mm是Lx0926 | Lx0926
pw：Wd1357!! | Wd1357!!
服务器ip 47.101.2.3 用户administrator 密码Yx9#mmQ2 | Yx9#mmQ2
宝塔面板 账号 bt_admin 密码 8f3b2c1d | 8f3b2c1d
root密码重置成 Hello@2024 了麻烦试试 | Hello@2024
密码我改回123456了 | 123456
临时密码为：7Yt-9kLp-2 | 7Yt-9kLp-2
ftp 用户 web01 / 密 zXc12#89 | zXc12#89
账号：sale@abc.com，密：Sal3Abc! | Sal3Abc!
后台 admin 888888aa | 888888aa
数据库连接 Server=10.2.3.4;Database=shop;Uid=sa;Pwd=Sq1@Shop9; | Sq1@Shop9
jdbc:mysql://10.0.0.5:3306/shop?user=root&password=Rt66xx! | Rt66xx!
postgresql://app_user:pG77zz@db.internal:5432/app | pG77zz
mongodb+srv://admin:M0ngo_pw@cluster0.abcd.mongodb.net/test | M0ngo_pw
ftp://web:Ftp#2024@121.40.1.2 | Ftp#2024
sshpass -p 'Deploy#77' ssh root@1.2.3.4 | Deploy#77
mysql -u root -pMyS3cret -e "show tables" | MyS3cret
redis-cli -h 10.0.0.3 -a redisPw88 | redisPw88
export DB_PASS=Kk8_kk8 | Kk8_kk8
  password: "p4ss-w0rd" | p4ss-w0rd
"db_pwd":"Qq112233" | Qq112233
spring.datasource.password=Boot#456 | Boot#456
The admin password has changed to Winter-2025. | Winter-2025.
Login with user bob and password b0bL0ves | b0bL0ves
credentials: admin / Sup3rAdm1n | Sup3rAdm1n
my pass is tigerWoods1 | tigerWoods1
you can get in with the pin 90871 tonight | 90871
门禁 pin 4321，谢谢 | 4321
pin 码 4321 麻烦登录 | 4321
pin code 4321 登录 | 4321
pin is 4321 麻烦登录 | 4321
pin: 4321 麻烦登录 | 4321
pin 4321 谢谢 | 4321
pin 4321登录 | 4321
密码是成功之路88 | 成功之路88
密码是哪吒2025 | 哪吒2025
密码改成 蓝天白云2024 | 蓝天白云2024
密码是 小明上学99! | 小明上学99!
密码是何小明88 | 何小明88
密码是老王2024 | 老王2024
LTAI4GKmNoPqRsTuVwXyZ123 | LTAI4GKmNoPqRsTuVwXyZ123
accessKeySecret：h7Gd9sKq2LmN4pQr6TuVw8XyZ0aBcD | h7Gd9sKq2LmN4pQr6TuVw8XyZ0aBcD
SecretId: AKIDxT8yQm2nLp5RkWv9Zb3cHd7fJg1e | AKIDxT8yQm2nLp5RkWv9Zb3cHd7fJg1e
SecretKey 是 pX9vB3nM7kQ2wE5rT8yU1iO4 | pX9vB3nM7kQ2wE5rT8yU1iO4
华为云 AK HPUAKZ1XY2WV3UT4SR5Q SK aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d | HPUAKZ1XY2WV3UT4SR5Q | aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d
aws_secret_access_key = kQ8w2Er5Ty7Ui9Op1As3Df6Gh8Jk0Lz4Xc6Vb2Nm | kQ8w2Er5Ty7Ui9Op1As3Df6Gh8Jk0Lz4Xc6Vb2Nm
AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY | AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY
DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==;EndpointSuffix=core.windows.net | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==
OPENAI_API_KEY=sk-proj-Ab12Cd34Ef56Gh78Ij90Kl12 | sk-proj-Ab12Cd34Ef56Gh78Ij90Kl12
curl -H "X-Api-Key: 3f9a7c2e1b5d8064" https://api.shop.cn | 3f9a7c2e1b5d8064
curl -H 'Authorization: Bearer tok_9f8e7d6c5b4a3210' https://x.cn | tok_9f8e7d6c5b4a3210
token 是 8d3e5f7a9b1c2d4e6f8091a2b3c4d5e6 | 8d3e5f7a9b1c2d4e6f8091a2b3c4d5e6
Authorization: Basic YWRtaW46aHVudGVyMg== | YWRtaW46aHVudGVyMg==
-----BEGIN OPENSSH PRIVATE KEY-----⏎b3BlbnNzaC1rZXktdjEAAAAABG5vbmU⏎-----END OPENSSH PRIVATE KEY----- | -----BEGIN OPENSSH PRIVATE KEY-----⏎b3BlbnNzaC1rZXktdjEAAAAABG5vbmU⏎-----END OPENSSH PRIVATE KEY-----
验证码发过来了，是 660218 | 660218
手机收到的码：118742 | 118742
刚收到短信 【阿里云】验证码：304958，5分钟内有效 | 304958
短信验证码我看到的是 7731 对吗 | 7731
身份证 33010219920815123X 麻烦实名 | 33010219920815123X
我身份证号码是 440305 19881212 0031 | 440305 19881212 0031
护照号 E12345678 | E12345678
passport no. G61234567 | G61234567
电话+86-139-0571-8888 | +86-139-0571-8888
手机：159 5717 6655 找王先生 | 159 5717 6655
联系人 18657112233 下午在 | 18657112233
座机 0571 8765 4321 转 802 | 0571 8765 4321 转 802
tel (86) 137 7788 9900 | (86) 137 7788 9900
退款打到 6228 4803 2856 1234 567 农行 | 6228 4803 2856 1234 567
卡号6217001210012345678 建行 | 6217001210012345678
6225 7683 1234 5678 招商银行，户名李四 | 6225 7683 1234 5678
""".splitlines()

INNOCENT = """\
密码忘了怎么办
密码怎么改
密码不知道为什么不对
改完密码还是登不上
密码要几位以上
密码必须包含大小写字母和数字
密码输错5次会锁定30分钟
密码是对的，还是提示错误
密码是之前设置的那个
密码是不是区分大小写
密码已加密发您，请查收
密码我就不发了，请用授权码
初始密码在邮件里
密码长度8-16位
请您重置密码后重试
密码里不能有空格吧？
mm 和 cm 怎么换算
图片宽 120mm：高 80mm
mm格式的文件打不开
订单号 231109887766554433
工单编号 T20240115001234
工单ID：9988776655
流水号2024011522001412345678901234
订单 4200001234202401151234567890 已付款
快递 SF1234567890123
快递单号 75312345678901
版本 8.0.36-1ubuntu2
PHP 7.4.33 升到 8.2.15
nginx/1.24.0
Python 3.11.9
IP 是 121.40.188.7
公网 47.98.123.45:8080
内网网段 192.168.0.0/16
2001:db8:85a3::8a2e:370:7334
MAC 00:16:3e:12:34:56
价格 2999.00 元/年
一共 12,800 元，开票
￥199.9 起
预算 20000-30000 之间
2024-01-15 14:30:00 开始报错
时间戳 1705300200
20240115 的备份
1月15日-1月20日
明天 9:00-18:00 都在
有效期到 2025/12/31
错误码 10060
Error 1045 (28000)
ERR_CONNECTION_REFUSED
错误 0x80070005
HTTP 502 Bad Gateway
状态码 403，requestId 7F8A9B0C-1D2E-3F40-5162-738495A6B7C8
RequestId: 5F3C2A1B0D9E8F7A
浙ICP备12345678号-1
浙公网安备 33010602001234号
京ICP证030173号
备案号：粤ICP备2021098765号
统一社会信用代码 91330106MA27X1234K
营业执照注册号 330106000123456
实例 i-bp1j4f8k2l9m3n5o7p0q
磁盘 d-bp67acfmxazb4p
ECS 规格 ecs.g6.2xlarge
域名 abc123.com 到期了
https://help.example.com/article/1234567890
www.shop88.cn/index.php?id=8812345
邮编 310012
QQ群 812345678
端口 3306 和 6379 都开了
400-820-8820 转 1
客服热线 95187
token 失效了，重新登录
token 过期时间是 7200 秒
验证码一直收不到
验证码 60 秒内只能发一次
图形验证码显示不出来
api key 在哪里申请
AccessKey 泄露了怎么处理
身份证正反面要上传吗
身份证号填错了怎么改
银行卡怎么解绑
mm 不对
1mm：2mm
尺寸 10mm: 20
密码和用户名都对
密码：见附件
密码：已发邮箱
密码：略
密码：同上
密码：无
密码：没有设置
密码是什么
密码是不是错了
密码是错误的
密码是正确的
密码是谁设的
密码是否需要修改
密码是中文的可以吗
密码是加密存储的吗
密码为什么总是错
密码为空
密码为必填项
密码改成什么好
密码设置成功
密码设为永不过期
密码变为无效了怎么办
密码是明文显示的
密码：请私信
密码：忘了
密码：请联系管理员
密码：（已隐藏）
密码是客户自己改的，我们不知道
密码是8位数字
密码是你们发的那个
密码是三个月前设置的
密码是2024年改的
密码是大写字母开头
密码: 至少8位，包含数字
mm：密码的缩写
密：见私信
pass 卡怎么办理
pass 掉了这个方案
通过率 pass 95%
第2次才 pass
护照可以实名吗
护照号在哪里看
型号 E12345678
批次号 G61234567
订单 6222021234567890123
序列号 6228480402564890018
流水 4367420012345678901 查一下
交易单号 4200001234567890123
运单 6217001210012345678
卡券号 6222021234567890128 用不了
X-Request-Id: 9f8e7d6c5b4a39281706
trace_id=7c6b5a4938271605
md5: d41d8cd98f00b204e9800998ecf8427e
sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
commit 9f8e7d6c5b4a3928170612345678901234567890
hash值 9f8e7d6c5b4a39281706
token 长度是多少
secret 参数必填
码是扫不出来的
二维码是 200x200 的
邀请码 330291 怎么用
优惠码：SAVE2024
错误码是 10086
条码 6901234567892
机器码 A1B2-C3D4
邮编是 310012
密码是什么情况404
密码是谁设置123
密码为啥老报500
密码为何还显示302?
密码为何404
后台密码是多少呀12
密码是否支持Unicode16
密码为什么总跳转到403
密码是哪种算法SHA256
密码是怎样校验的MD5
密码是何时失效的?24h
密码是几天前过期的?30
密码是咋回事502
密码改成啥都提示401
密码是谁改的?1号还是2号
密码改成中文能登录吗?123
密码为何输入后卡在99%
密码是老系统同步的CRM2
密码改了还报错1045
密码设置成功后显示200
密码重置为空后返回500
密码是登录失败1045
密码是输入后提示error1045
密码为啥只能用ASCII7
密码是默认值吗?root1
密码改成功却仍弹出1326
密码设置成功后弹出1326
密码到期提前7天
密码到期60
密码是否加密AES256
密码是同事那边管理V2
密码为何每隔几天就失效90
密码是区分大小写吗?A1
pin 2024 年会
pin 8080 端口不通
pin 2024年会
""".splitlines()
