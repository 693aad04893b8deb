"""What a customer's message is by its words: conservative, in Chinese and in English."""

import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import Actor, Role, commands, marketplace
from ticketrules.tickets import Decision, MessageKind, Status, read_kind
from ticketrules.tickets import commands as c
from ticketrules.tickets.message_reading import LONGEST

THANKS = [
    "谢谢",
    "谢谢！",
    "非常感谢！",
    "好的，谢谢",
    "好的谢谢",
    "嗯嗯，好的，谢谢啦",
    "收到，谢谢您的帮助！",
    "感谢您的耐心解答",
    "多谢多谢",
    "辛苦了",
    "麻烦您了，谢谢",
    "谢谢🙏",
    "您好，谢谢！",
    "谢谢老师，祝工作顺利！",
    "谢谢你们的服务",
    "谢谢\n> 您好，请问是否解决？\n> 谢谢",
    "Thanks!",
    "THANKS",
    "ｔｈａｎｋｓ",
    "thx",
    "Thank you so much for your help.",
    "OK, thanks",
    "Great, thank you!",
    "Cheers",
    "Much appreciated!",
    "Thanks for the quick reply! Have a nice weekend",
    "Many thanks\n\nBest regards,\nLi Wei",
    "Thanks!\nOn Mon, Mar 2, 2026 at 9:00 AM Desk wrote:\n> does it work?",
]
SOLVED = [
    "已解决",
    "解决了！",
    "问题已经解决了，谢谢",
    "我的问题已经解决了",
    "已经好了，谢谢！",
    "可以了",
    "现在可以访问了，感谢",
    "网站已经可以打开了",
    "网站恢复正常了",
    "系统已恢复",
    "搞定了",
    "没问题了，谢谢",
    "好的，问题已解决，辛苦了",
    "The problem is solved, thanks",
    "The issue has been resolved.",
    "It works now",
    "It's fixed",
    "It’s fixed",
    "Resolved. Thank you!",
    "that fixed it",
    "all good now, thanks",
    "Everything is back to normal",
]
AUTOMATIC = [
    "自动回复",
    "自动回复：您好，我正在休假，3月9日返回。如有急事请联系同事 li@example.com，谢谢！",
    "[自动回复] 您的邮件已收到，我会尽快回复您。",
    "这是一封自动回复邮件，请勿直接回复。",
    "此邮件由系统自动发出，请勿回复",
    "我目前正在休假，期间无法及时回复邮件，敬请谅解。",
    "您好！本人3月2日至3月6日休假，回来后将尽快回复您。",
    "您好，我正在出差，回来后会尽快回复您的邮件",
    "Out of Office",
    (
        "Automatic reply: I am out of the office until Monday, 9 March. For urgent matters please "
        "contact support@example.com. Best regards,\nLi Wei"
    ),
    "I'm currently out of the office with limited access to email. I will respond when I return.",
    "Out of office: I am on annual leave from 2 March to 6 March and will reply on my return.",
    "I am on vacation until 15 March.",
    "This is an automated response. Please do not reply to this email.",
    "Thank you for your email. I am away until Monday.",
]
MESSAGES = [
    "",
    "  ",
    "👍",
    "?",
    "好的",
    "收到",
    "ok",
    "你好",
    "好了",
    "谢谢，但是还是打不开",
    "谢谢 还是不行",
    "谢谢，请问怎么开发票？",
    "谢谢！另外证书什么时候到期",
    "谢谢。500",
    "谢谢！有急事请联系我的同事",
    "Problem solved, thanks. If it is urgent please call 010 5555 1234",
    "谢谢😡",
    "谢谢你们的无能",
    "先谢谢了",
    "太麻烦了",
    "不用了，谢谢",
    "还没解决",
    "没有解决",
    "不能用了",
    "网站不能访问了",
    "解决了吗",
    "解决了?",
    "解决了一半",
    "已解决？",
    "问题解决了，但又出现新的",
    "怎么还没恢复正常",
    "是不是可以了",
    "系统恢复了默认设置",
    "可以关闭工单了",
    "自动回复功能打不开",
    "为什么自动回复",
    "自动回复：网站打不开",
    "自动回复？",
    "我正在休假，但是网站打不开",
    "我正在休假\n> 您好\n网站打不开",
    "我明天出差，请今天处理",
    "我明天出差，今天处理",
    "如有急事请联系我",
    "会尽快回复您",
    "自动回复：问题已解决",
    "Thanks, but it still does not work",
    "Thanks in advance",
    "thanks for nothing",
    "thanks a lot, error 500 again",
    "Thank you. How do I renew?",
    "thanksgiving promo is broken",
    "It works now, but slowly",
    "It works only on mobile",
    "It is not fixed",
    "is it fixed?",
    "Fixed?",
    "I'm out of office, please call me on 13800000000",
    "Out of office replies are not being sent",
    "Best regards,\nStill down again here now",
    "Best regards, Broken Again",
]
EXAMPLES = {
    MessageKind.THANKS: THANKS,
    MessageKind.SOLVED: SOLVED,
    MessageKind.AUTOMATIC: AUTOMATIC,
    MessageKind.MESSAGE: MESSAGES,
}
QUIET = {MessageKind.THANKS, MessageKind.AUTOMATIC}
WANTS = [
    "还是打不开",
    "请问怎么续费",
    "but it is still down",
    "can you call me",
    "报错 502",
    "why?",
]
ZHANG = Actor(Role.CUSTOMER, "zhang")


@pytest.mark.parametrize(
    ("words", "kind"),
    [(words, kind) for kind, several in EXAMPLES.items() for words in several],
    ids=repr,
)
def test_an_example(words, kind):
    assert read_kind(words) is kind


class TestConservative:
    """Whatever also asks or reports something is a message."""

    @pytest.mark.parametrize("wants", WANTS)
    def test_a_want_before_or_behind_makes_it_a_message(self, wants):
        for words in (*THANKS, *SOLVED, *AUTOMATIC):
            assert read_kind(f"{words}\n{wants}") is MessageKind.MESSAGE, words
            assert read_kind(f"{wants}\n{words}") is MessageKind.MESSAGE, words

    def test_so_does_a_question_mark(self):
        for words in (*THANKS, *SOLVED, *AUTOMATIC):
            assert read_kind(f"?{words}") is MessageKind.MESSAGE, words

    @pytest.mark.parametrize("kind", [MessageKind.THANKS, MessageKind.SOLVED])
    def test_saying_it_twice_changes_nothing(self, kind):
        for one, other in product(EXAMPLES[kind], repeat=2):
            if ">" not in one and "Li Wei" not in one:
                assert read_kind(f"{one}\n{other}") is kind

    def test_solved_weighs_more_than_thanks(self):
        assert read_kind("谢谢。解决了") is read_kind("解决了。谢谢") is MessageKind.SOLVED

    @given(st.text())
    @settings(deadline=None)
    def test_any_text_has_one_kind_and_the_same_one_again(self, words):
        assert read_kind(words) is read_kind(words)

    @given(st.text(alphabet="打不开请问怎么错续费价格abcdfg0123456789 ", min_size=1))
    @settings(deadline=None)
    def test_words_that_it_does_not_know_are_a_message(self, words):
        assert read_kind(f"谢谢{words.strip() or '吗'}") is MessageKind.MESSAGE

    def test_what_is_quoted_is_not_what_the_customer_says(self):
        assert read_kind("> 谢谢") is MessageKind.MESSAGE
        assert read_kind("还是不行\n> 谢谢") is MessageKind.MESSAGE

    def test_a_capital_whose_small_letter_is_two_makes_it_a_message(self):
        assert read_kind("THANKS") is MessageKind.THANKS
        assert len("İ".lower()) == 2
        assert read_kind("THANKS İ") is read_kind("İ") is MessageKind.MESSAGE


class TestCost:
    """No text takes long, whatever is in it."""

    @pytest.mark.parametrize(
        "piece",
        ["1", "谢", "谢谢", "a ", ">", "\n", " ", "好", "我在", "休假", "thanks ", "wrote "],
    )
    def test_a_long_one_is_read_at_once(self, piece):
        words = (piece * LONGEST)[:LONGEST]
        read_kind("谢谢")
        begun = time.perf_counter()
        read_kind(words)
        assert time.perf_counter() - begun < 2  # a hundred times what it takes

    def test_one_too_long_is_a_message(self):
        assert read_kind("谢谢".ljust(LONGEST)) is MessageKind.THANKS
        assert read_kind("谢谢".ljust(LONGEST + 1)) is MessageKind.MESSAGE
        assert read_kind("谢谢" * LONGEST) is MessageKind.MESSAGE


class TestMistake8NoReopening:
    """Out-of-office mails and bare thanks do not reopen; a question behind a thank-you does."""

    REOPENED = (Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION, Status.RESOLVED)

    @pytest.mark.parametrize("status", REOPENED)
    def test_thanks_and_machines_leave_it_where_it_is(self, desk, status):
        desk.at(status)
        for words in (*THANKS, *AUTOMATIC):
            desk.given(c.Write, body=words)
            assert desk.ticket.status is status, words
            assert desk.ticket.unanswered_since is None

    @pytest.mark.parametrize("status", REOPENED)
    def test_everything_else_brings_it_back_into_work(self, desk, status):
        for words in (*MESSAGES, *SOLVED):
            desk.ticket = None
            desk.at(status).given(c.Write, body=words)
            assert desk.ticket.status is Status.IN_PROGRESS, words
            assert desk.ticket.unanswered_since == desk.now

    def test_that_it_is_solved_is_kept(self, desk):
        for words in SOLVED:
            desk.ticket = None
            desk.at(Status.IN_PROGRESS).given(c.Write, body=words)
            assert desk.ticket.says_solved, words
            assert isinstance(desk.when(c.MarkResolved), Decision)

    def test_by_the_desk_as_by_decide_alone(self, desk):
        desk.at(Status.RESOLVED)
        for number, words in enumerate(["谢谢！", "谢谢，但是还是打不开"]):
            command = commands.Write(id=f"w{number}", by=ZHANG, body=words)
            assert marketplace().handle(desk.ticket, command, desk.now) == desk.decided(command)


class TestWhoIsBelieved:
    """A host that gives a kind is believed; only where it gives none is the message read."""

    @pytest.mark.parametrize("kind", MessageKind)
    @pytest.mark.parametrize("words", ["谢谢", "还是打不开", "自动回复", "已解决", ""])
    def test_the_host(self, desk, kind, words):
        desk.at(Status.AWAITING_FEEDBACK).given(c.Write, body=words, kind=kind)
        assert desk.ticket.history[-1].kind is kind

    @pytest.mark.parametrize("kind", MessageKind)
    def test_the_words_where_the_host_does_not_know(self, desk, kind):
        words = EXAMPLES[kind][0]
        desk.at(Status.AWAITING_FEEDBACK).given(c.Write, body=words)
        assert desk.ticket.history[-1].kind is kind
        assert (desk.ticket.status is Status.AWAITING_FEEDBACK) == (kind in QUIET)

    def test_the_event_keeps_what_was_read(self, desk):
        desk.at(Status.RESOLVED).given(c.Write, body="谢谢")
        again = desk.when(c.Write, id=desk.ticket.history[-1].id.partition("/")[0], body="谢谢")
        assert again.is_repeat
        assert again.events[0].kind is MessageKind.THANKS
