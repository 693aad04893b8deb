"""Clause 6.5: what opens something, and numbers of people, are masked; all else stays."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from ticketrules.text import Redaction, Secret, SecretKind, find_secrets, redact, told_secrets
from ticketrules.text.secret_parts import FOLDS, MASK

from .told_lines import INNOCENT as LOOK_ALIKES
from .told_lines import TOLD


def hidden(text, **settings):
    """What is masked of a text, piece by piece."""
    found = find_secrets(text, Redaction(**settings))
    return [text[one.start : one.end] for one in found]


PASSWORDS = [
    ("密码：abc123", "abc123"),
    ("密码:123", "123"),
    ("密码是abc123", "abc123"),
    ("密码是 hunter2，谢谢", "hunter2"),
    ("密码 Abc@123", "Abc@123"),
    ("密码Abc@123", "Abc@123"),
    ("密碼：Abc@123", "Abc@123"),
    ("密码为Abc@123。", "Abc@123"),
    ("口令 Xy@12345", "Xy@12345"),
    ("登录密码已经重置为 Xy@12345 了", "Xy@12345"),
    ("服务器密码改成了Qwer!234，请查收", "Qwer!234"),
    ("新密码我发您：Qw3rty", "Qw3rty"),
    ("密码如下：Zx9!kk", "Zx9!kk"),
    ("密码（root用户）：Zx9!kk", "Zx9!kk"),
    ("密码是“hello world 1”", "hello world 1"),
    ("密码：\nAbc@9999", "Abc@9999"),
    ("密码：ａｂｃ１２３", "ａｂｃ１２３"),
    ("账号密码 admin/123456", "admin/123456"),
    ("账号：admin 密码：s3cret!", "s3cret!"),
    ("用户名root口令A1b2c3d4", "A1b2c3d4"),
    ("root 密码 Abc@123", "Abc@123"),
    ("账密：admin/Admin@2024", "admin/Admin@2024"),
    ("网盘提取码：x7k2", "x7k2"),
    ("邮箱授权码 abcdWXYZ12345678", "abcdWXYZ12345678"),
    ("abc123 就是 root 密码", "abc123"),
    ("Abc@123这个是新的密码", "Abc@123"),
    ("pwd=Abc123;Server=10.0.0.1", "Abc123"),
    ("Server=db;User Id=sa;Password=P@ss;w0rd", "P@ss;w0rd"),
    ("pass: hunter2", "hunter2"),
    ("PASSWORD = hunter2", "hunter2"),
    ("my password: letmein", "letmein"),
    ("the password is sunshine.", "sunshine."),
    ("The password for root is Tr0ub4dor", "Tr0ub4dor"),
    ("password I set is Tr0ub4dor", "Tr0ub4dor"),
    ("passwd:hunter2", "hunter2"),
    ("passphrase => correct-horse-7", "correct-horse-7"),
    ('{"password": "abc 123", "ip": "1.2.3.4"}', "abc 123"),
    ("DB_PASSWORD=hunter2", "hunter2"),
    ("https://root:P@ss/w0rd@db.example.com:3306/x", "P@ss/w0rd"),
    ("mysql://app:hunter2@10.1.2.3:3306/shop", "hunter2"),
    ("redis://:hunter2@10.1.2.3:6379/0", "hunter2"),
    ("mysql -uroot -pAbc123 -h 1.2.3.4", "Abc123"),
    ("curl -u admin:hunter2 http://1.2.3.4", "hunter2"),
    ("密 码：tomcat88", "tomcat88"),
    ("【密码】Qaz2wsx3", "Qaz2wsx3"),
    ("密码还是原来那个：qwe789asd", "qwe789asd"),
    ("用Test@6688这个密码登录", "Test@6688"),
    ("密码不对，我输的是Abc@1231", "Abc@1231"),
    ("密码没错啊就是hh887766", "hh887766"),
    ("mima是woaini520", "woaini520"),
    ("邮箱授权码kfpwzxqbmdjugbgc", "kfpwzxqbmdjugbgc"),
    ("后台：admin/Admin@2024", "Admin@2024"),
    ("root / Zt7#kk21", "Zt7#kk21"),
    ("root  Hn88@kk1 47.98.1.2", "Hn88@kk1"),
    ("login: bob / b0bspass", "b0bspass"),
    ("账密 admin Qwer1234", "Qwer1234"),
    ("requirepass foobared1", "foobared1"),
    ("PGPASSWORD=pgpass77 psql", "pgpass77"),
    ("define('DB_PASSWORD', 'wpSecret7');", "wpSecret7"),
    ("use kangaroo9! as the password", "kangaroo9!"),
    ("the password has been set to Nimbus42!", "Nimbus42!"),
    ("the pin is 4321", "4321"),
    ("pw Gr33nTea", "Gr33nTea"),
    ("pass phrase: horse battery staple", "horse battery staple"),
    ("密码是 春天2024!", "春天2024!"),
    ("密码：大海2023@，登不上", "大海2023@"),
    ("密码改成了芝麻开门123。", "芝麻开门123"),
    ("mm：xx8899yy", "xx8899yy"),
    ("mm 886644", "886644"),
    ("账号 root 密：Root@123", "Root@123"),
    ("秘码：Abc12345", "Abc12345"),
    ("pass Hunter2x", "Hunter2x"),
    ("登录密码改过了 新的 Hello123", "Hello123"),
    ("密码设的 Abc#2020", "Abc#2020"),
    ("账号 test 密码一样，都是 test2024", "test2024"),
    ("host=1.2.3.4 user=root passwd=Zx12@", "Zx12@"),
    ("sqlplus scott/tiger1@orcl", "tiger1"),
    ("smtp密码 abcdefghijklmnop", "abcdefghijklmnop"),
    ("密码是 我爱中国2023", "我爱中国2023"),
    ("密码我改回123456了", "123456"),
    ("后台 admin 888888aa", "888888aa"),
    ("mongodb+srv://admin:M0ngo_pw@c0.example.net/test", "M0ngo_pw"),
    ("sshpass -p 'Deploy#77' ssh root@1.2.3.4", "Deploy#77"),
    ("credentials: admin / Sup3rAdm1n", "Sup3rAdm1n"),
    ("my pass is tigerWoods1", "tigerWoods1"),
    ("you can get in with the pin 90871 tonight", "90871"),
]

KEYS = [
    ("AKIAIOSFODNN7EXAMPLE", SecretKind.ACCESS_KEY),
    ("LTAI5tKx9d8ZQw2mY7aBcDeF", SecretKind.ACCESS_KEY),
    ("AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA", SecretKind.ACCESS_KEY),
    ("ghp_0123456789abcdefghijABCDEFGHIJ012345", SecretKind.TOKEN),
    ("github_pat_11ABCDEFG0123456789abcdef", SecretKind.TOKEN),
    ("glpat-abcdefghij0123456789", SecretKind.TOKEN),
    ("xoxb-123456789012-abcdefghij", SecretKind.TOKEN),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N", SecretKind.TOKEN),
]

TOLD_KEYS = [
    ("AccessKey Secret：9dKx82mNqP0aTuVw3xYz7AbCdEf123", "9dKx82mNqP0aTuVw3xYz7AbCdEf123"),
    ("AccessKeyId: 7AbCdEf123", "7AbCdEf123"),
    ("secret_key = 'wJalrXUtnFEMI/K7MDENG'", "wJalrXUtnFEMI/K7MDENG"),
    ("密钥：9dKx82mNqP0a", "9dKx82mNqP0a"),
    ("appsecret=9dKx82mNqP0a", "9dKx82mNqP0a"),
    ("api_key: 9dKx82mNqP0a", "9dKx82mNqP0a"),
    ("https://oapi.example.com/send?access_token=9dKx82mNqP0a", "9dKx82mNqP0a"),
    ("SK：9dKx82mNqP0aTuVw", "9dKx82mNqP0aTuVw"),
    ("Authorization: Bearer abcdefgh12345678", "abcdefgh12345678"),
    ("bearer 9dKx82mNqP0aTuVw3xYz", "9dKx82mNqP0aTuVw3xYz"),
    ("Cookie: sid=abc; uid=9", "sid=abc; uid=9"),
    ('curl -H "X-Api-Key: 3f9a7c2e1b5d8064" https://example.com', "3f9a7c2e1b5d8064"),
    ("PHPSESSID=9dKx82mNqP0a", "9dKx82mNqP0a"),
    ("https://example.com/send?key=693a91f6-7abc-4bc4-97a0", "693a91f6-7abc-4bc4-97a0"),
    ("私钥内容 MIIEvQIBADANBgkqhkiG9w0BAQEF", "MIIEvQIBADANBgkqhkiG9w0BAQEF"),
]

CODES = [
    "验证码 482913",
    "您的验证码是482913",
    "482913（登录验证码）",
    "校验码：482913",
    "482913是您的验证码",
    "verification code: 482913",
    "482913 is your verification code",
    "OTP is 482913",
    "security code 482913",
    "安全码482913",
    "use 482913 as your login code",
    "2FA code 482913",
    "验证码发过来了，是 482913",
    "手机收到的码：482913",
]

PHONES = [
    "13812345678",
    "+86 138-1234-5678",
    "+8613812345678",
    "138 1234 5678",
    "138.1234.5678",
    "１３８１２３４５６７８",
    "1381 234 5678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "138-12345-678",
    "一三八一二三四五六七八",
    "幺三八零零一三八零零零",
    "010-62345678",
    "0571-88886666",
    "(0571)88886666",
    "0755 2668 8888",
    "02161234567",
    "010-62345678-8001",
    "0571 8765 4321 转 802",
    "+1 415-555-2671",
    "+44 20 7946 0958",
]

INNOCENT = """\
密码“忘记了”
密码是'error'
input type="password" name="pwd"
example.com/reset-password?step=2
password_hash($pwd, PASSWORD_DEFAULT)
passwd: command not found
型号 ABC-13800138000-X
第13800138000条记录
13800138000 bytes
文件名 13800138000.jpg
https://example.com/item?id=13912345678
root CentOS7.9 系统
root 用户 2核4G
admin/login.php 打不开
密码登录的服务器是CentOS7
密码错误，系统是win2012
credentials expired on 2024-01-01
mysqldump -u root --single-transaction=TRUE2
?key=value&sort=asc
密码错误怎么办
忘记密码了
密码是多少
密码重置页面报错 502
密码输入后提示 Error 1045
数据库密码 MySQL 8.0 怎么改
how to reset my password
password is incorrect
the password is not accepted
password reset does not work
Password must be changed
the password is stored in the vault
forgot password page returns 404
密码在 https://example.com/help 里改
密码：见 secret.zip
密码：******
password: <your password>
我要pass
bypass: yes
compass: north
token 过期了
the token is expired
token: invalid
密钥怎么申请
bearer of this letter
basic configuration
验证码收不到
验证码接口返回 404
verification code not received
订单号 2088123456789012
订单 202602141234567890
订单号：13812345678
order no. 13812345678
工单号13812345678
流水号 6222021234567890
实例 i-bp1abcdefghij 停止了
IP 192.168.1.100 端口 3306
http://10.0.0.1:8080/a@b
::1
MySQL 8.0.36 升级到 8.4
v1.2.3
金额 15000.00 元
1,381,234.56
￥13812345.67
2026-02-14 13:45:12
1700000000
1700000000123
2026年2月14日
400-800-1234
4008001234
8008101234
UTC+8 2026-02-14 10:00
一三五休息
一共一千三百八十一
邮箱 someone@example.com
123456
550e8400-e29b-41d4-a716-446655440000
d41d8cd98f00b204e9800998ecf8427e
AKIA
sk-8
ssh -p 22 root@1.2.3.4
mysql -h 1.2.3.4 -P 3306
端口：3306 账号：admin
mm 不对
尺寸 10mm: 200
密码：见附件
密码：请打400-820-8820
密码: 至少8位，包含数字
密码是8位数字
密码是2024年改的
密码是三个月前设置的
密码是错误5
pass 掉了这个方案
通过率 pass 95.50%
型号 E12345678
护照号在哪里看
二维码是 200x200 的
邀请码 330291 怎么用
验证码收不到，订单号是 12345678
批次 6222021234567890123
密：见私信
营业执照注册号 330106000123456
the pin 90 is bent
""".splitlines()


class TestClause6_5:  # noqa: N801
    """6.5: a password never appears in anything that the library returns."""

    @pytest.mark.parametrize(("text", "secret"), PASSWORDS)
    def test_a_password_is_masked_however_it_is_told(self, text, secret):
        assert hidden(text) == [secret]
        assert {one.kind for one in find_secrets(text)} == {SecretKind.PASSWORD}
        assert redact(text) == text.replace(secret, MASK * len(secret))

    @pytest.mark.parametrize(("key", "kind"), KEYS)
    def test_a_key_is_known_by_its_form(self, key, kind):
        for text in (key, f"我的是{key}，", f"use {key} please"):
            assert hidden(text) == [key]
            assert find_secrets(text)[0].kind is kind

    @pytest.mark.parametrize(("text", "secret"), TOLD_KEYS)
    def test_a_key_or_token_is_known_by_its_cue(self, text, secret):
        assert hidden(text) == [secret]

    def test_the_secret_beside_a_cloud_key_goes_with_it(self):
        text = "LTAI5tKx9d8ZQw2mY7aBcDeF 30BytesSecretAbCdEf123456789xy"
        assert redact(text).strip(f"{MASK} ") == ""

    @pytest.mark.parametrize("end", ["-----END RSA PRIVATE KEY-----", ""])
    def test_a_private_key_is_masked_line_by_line_even_cut_short(self, end):
        key = f"-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nAbC123\n{end}"
        text = f"私钥如下\n{key}。谢谢"
        assert set(redact(text)) == set("私钥如下\n。谢谢" + MASK)
        assert redact(text).count("\n") == text.count("\n")

    @pytest.mark.parametrize("text", CODES)
    def test_a_code_is_masked(self, text):
        assert hidden(text) == ["482913"]

    @pytest.mark.parametrize("line", TOLD)
    def test_nothing_is_left_of_what_customers_tell(self, line):
        text, *secrets = line.replace("⏎", "\n").split(" | ")
        expected = text
        for secret in secrets:
            assert secret in text
            expected = expected.replace(secret, re.sub(r"[^\n]", MASK, secret))
        assert redact(text) == expected

    @pytest.mark.parametrize("text", [*INNOCENT, *LOOK_ALIKES])
    def test_what_opens_nothing_stays(self, text):
        assert redact(text) == text

    def test_what_is_too_long_for_a_word_or_a_name_is_hidden(self):
        long = "x" * 300
        assert hidden(f"密码 {long}") == [long]
        assert hidden(f"密码 {long[:200]}") == []

    def test_what_was_told_once_is_masked_wherever_it_stands_again(self):
        text = "密码：Abc@123。用 Abc@123 登录不了（Abc@123），不是 Abc@1234"
        assert redact(text).replace(MASK, "") == "密码：。用  登录不了（），不是 Abc@1234"

    def test_each_secret_of_a_message_is_masked(self):
        text = "地址 10.0.0.1，账号 root，密码 Abc@123，后台密码：Xyz#789，手机13812345678"
        assert hidden(text) == ["Abc@123", "Xyz#789", "13812345678"]


def id_number(area, birthday, number):
    body = f"{area}{birthday:%Y%m%d}{number:03}"
    return body + ric.calc_check_digit(body + "0")


class TestNumbersOfPeople:
    """ID numbers, phone numbers and bank cards, by a peer's check digits."""

    @given(
        st.sampled_from(["110101", "330106", "440305", "650103"]),
        st.dates(
            min_value=date(1930, 1, 1),
            max_value=date(2020, 1, 1),
        ),
        st.integers(0, 999),
    )
    def test_an_id_number_is_masked_and_one_that_does_not_check_is_a_number(
        self, area, born, place
    ):
        number = id_number(area, born, place)
        assert hidden(f"我是{number}，") == [number]
        wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
        assert hidden(f"编号 {wrong}") == []
        assert hidden(f"身份证号 {wrong}") == [wrong]

    @pytest.mark.parametrize(
        "text",
        ["护照：E01234567", "护照号码 EA1234567", "passport no. is E01234567", "通行证号C12345678"],
    )
    def test_the_number_of_a_passport_is_known_by_its_name(self, text):
        (found,) = find_secrets(text)
        assert found.kind is SecretKind.ID_NUMBER
        assert text[found.start : found.end] == text[-(found.end - found.start) :]
        assert hidden(text, id_numbers=False) == []

    def test_an_id_number_in_parts(self):
        assert hidden("身份证号 110101 1990 0307 4514") == ["110101 1990 0307 4514"]

    def test_the_old_form_is_masked_unless_it_is_an_order(self):
        assert hidden("身份证 110105710923582") == ["110105710923582"]
        assert hidden("订单号 110105710923582") == []

    @pytest.mark.parametrize("text", PHONES)
    def test_a_phone_number_is_masked_however_it_is_written(self, text):
        assert hidden(text) == [text]
        assert hidden(f"请打{text}，谢谢") == [text]
        assert hidden(text, phone_numbers=False) == []

    @given(st.from_regex(r"62[0-9]{16}|4[0-9]{14}|5[1-5][0-9]{13}", fullmatch=True))
    def test_a_card_is_masked_if_it_checks(self, body):
        card = body + luhn.calc_check_digit(body)
        assert hidden(f"卡 {card}", id_numbers=False, phone_numbers=False) == [card]
        assert hidden(f"卡 {card}", id_numbers=False, phone_numbers=False, bank_cards=False) == []
        wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
        alone = [wrong] if wrong.startswith("62") else []  # nothing but cards begins like that
        assert hidden(f"卡 {wrong}", id_numbers=False, phone_numbers=False) == alone
        assert hidden(f"订单 {wrong}", id_numbers=False, phone_numbers=False) == []

    @pytest.mark.parametrize(
        "told",
        ["卡号{}", "退款到{}", "{} 招商银行，户名李四", "{}（建行）"],
    )
    @pytest.mark.parametrize("card", ["4000123412341235", "4000 1234 1234 1235"])
    def test_a_card_that_is_told_need_not_check(self, told, card):
        assert not luhn.is_valid(card)
        assert hidden(told.format(card)) == [card]

    def test_figures_in_fours_are_a_cards_unless_they_are_a_things(self):
        assert hidden("是 4000 1234 1234 1235") == ["4000 1234 1234 1235"]
        assert hidden("订单号 4000 1234 1234 1235") == []
        assert hidden("是 1234 1234 1234 1234") == []

    def test_e_mail_addresses_are_a_setting(self):
        text = "写到 some.one+x@mail.example.com 吧"
        assert redact(text) == text
        assert hidden(text, email_addresses=True) == ["some.one+x@mail.example.com"]

    @pytest.mark.parametrize(
        "name", ["id_numbers", "phone_numbers", "bank_cards", "email_addresses"]
    )
    def test_a_setting_is_true_or_false(self, name):
        with pytest.raises(TypeError, match=rf"^{name} must be True or False, not 'yes'$"):
            Redaction(**{name: "yes"})


PIECES = [
    "密码",
    "口令",
    "：",
    ":",
    "=",
    " ",
    "\n",
    "，",
    "。",
    ",",
    ";",
    "是",
    "root",
    "admin/",
    "pwd",
    "pass",
    "password is ",
    "token",
    "AccessKey",
    "验证码",
    "身份证",
    "订单号",
    "13812345678",
    "138 1234 5678",
    "0571-88886666",
    "110101199003074514",
    "Abc@123",
    "hunter2",
    "LTAI5tKx9d8ZQw2mY7aBcDeF",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0",
    "https://",
    "u:p1@",
    "://",
    "@",
    "“",
    "”",
    '"',
    "'",
    "(",
    ")",
    "Bearer ",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "MIIE",
    "一三八一二三四五六七八",
    "１２３",
    "4",
    "6222021234567890123",
    MASK,
    "a.b@c.cn",
    "mysql -p",
    "和",
    "/",
    "为",
    "\t",
    "#",
    "!",
    "就是",
    "的密码",
    "。\n",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join)


class TestLaws:
    """What holds of every text."""

    @given(TEXTS, st.booleans())
    def test_a_mask_keeps_every_place(self, text, emails):
        settings = Redaction(email_addresses=emails)
        masked = redact(text, settings)
        assert len(masked) == len(text)
        covered = {
            place for one in find_secrets(text, settings) for place in range(one.start, one.end)
        }
        for place, (before, after) in enumerate(zip(text, masked, strict=True)):
            assert after == (MASK if place in covered and before not in "\r\n" else before)

    @given(TEXTS)
    def test_redacting_again_changes_nothing(self, text):
        once = redact(text)
        assert redact(once) == once

    @given(TEXTS)
    def test_secrets_are_in_order_and_apart(self, text):
        place = 0
        for one in find_secrets(text):
            assert place <= one.start < one.end <= len(text)
            place = one.end

    @given(
        st.from_regex(r"[A-Za-z][A-Za-z0-9@#$%]{4,12}[0-9][A-Za-z]", fullmatch=True),
        st.sampled_from(
            [
                "密码：{}",
                "密码是 {} 谢谢",
                "pwd={}",
                "password: {}\n",
                "root密码 {}。",
                "账号密码 admin {}",
            ]
        ),
        st.sampled_from(["", "用 {} 登不上", "（{}）", "try {} again", "{}，{}"]),
        TEXTS,
    )
    def test_a_told_password_is_nowhere_in_what_comes_back(self, secret, told, again, around):
        text = f"{around}\n{told.format(secret)}\n{again.format(secret, secret)}"
        assert secret not in redact(text)
        assert secret not in repr(find_secrets(text))

    @given(TEXTS | st.text(alphabet="密码验证私钥passwordtokn skKſ:1_", max_size=40))
    def test_cues_are_those_that_are_found_letter_by_letter(self, text):
        plain = re.compile(
            f"{told_secrets.CODE_CUE}|{told_secrets.WORD_CUE}|{told_secrets.KEY_CUE}", re.IGNORECASE
        )
        text = text.translate(FOLDS)
        assert [one.span() for one in told_secrets._CUES.finditer(text)] == [
            one.span() for one in plain.finditer(text)
        ]

    def test_every_cue_begins_with_a_letter_that_is_looked_for(self):
        plain = re.compile(
            f"{told_secrets.CODE_CUE}|{told_secrets.WORD_CUE}|{told_secrets.KEY_CUE}", re.IGNORECASE
        )
        told = [text for text, _ in (*PASSWORDS, *TOLD_KEYS)] + CODES
        words = "pin: 验证码 驗證碼 校验码 動態碼 短信码 备用码 id token jsessionid otp"
        firsts = {one[0][0].lower() for text in (*told, words) for one in plain.finditer(text)}
        assert len(firsts) > 20
        assert firsts <= set(told_secrets.CUE_STARTS)

    def test_a_secret_says_where_and_what_and_nothing_else(self):
        assert find_secrets("密码：abc123") == (Secret(3, 9, SecretKind.PASSWORD),)

    @pytest.mark.parametrize("kind", SecretKind)
    def test_a_kind_has_a_name_in_both_languages(self, kind):
        assert re.search("[一-鿿]", kind.text.zh)
        assert kind.text.en.startswith(("a ", "an "))
