"""7.3 c: which questions make a row: how near, how alike, and what is not counted."""

import pytest

from ticketrules.complaints import (
    LexicalSimilarity,
    Message,
    RepeatDetector,
    SignalKind,
    TendencyRules,
)
from ticketrules.complaints.repetition import BACK, LONGEST, PUT_OFF, SAME, read_question
from ticketrules.tickets import Role

ASKED = {
    "A": "怎么开发票",
    "B": "为什么打不开网站",
    "C": "服务器多少钱",
    "D": "什么时候备案",
    ".": "好的",  # says nothing
    "-": "苹果香蕉",  # asks nothing
}


def same(earlier, later):
    return float(earlier == later)


def rows(letters, similarity=same, **rules):
    said = [
        Message(text="您好，请稍等", author=Role.AGENT)
        if letter == ">"
        else Message(text=ASKED[letter])
        for letter in letters
    ]
    detect = RepeatDetector(TendencyRules(**rules), similarity)
    return [one.messages for one in detect(said)]


class TestRows:
    """Three that ask the same in a row, with at most one other question between two of them."""

    @pytest.mark.parametrize(
        ("letters", "expected"),
        [
            ("AAA", [(0, 1, 2)]),
            ("AA", []),
            ("ABABA", [(0, 2, 4)]),
            ("ABABAB", [(0, 2, 4), (1, 3, 5)]),
            ("ABCABCA", []),
            ("ABCAA", []),
            ("A>A>>A", [(0, 2, 5)]),
            (">>AA", []),
            ("A.A.A", [(0, 2, 4)]),
            ("A-BA-A", [(0, 3, 5)]),  # what asks nothing does not part them
            ("AAABBB", [(0, 1, 2), (3, 4, 5)]),
            ("AAAA", [(0, 1, 2, 3)]),
        ],
    )
    def test_letters_for_questions(self, letters, expected):
        assert rows(letters) == expected

    def test_how_many_is_a_setting(self):
        assert rows("AABB", repeats=2) == [(0, 1), (2, 3)]
        assert rows("AAA", repeats=4) == []

    def test_from_which_likeness_on(self):
        assert rows("AAA", lambda _earlier, _later: SAME) == [(0, 1, 2)]
        assert rows("AAA", lambda _earlier, _later: SAME - 0.001) == []

    def test_rows_that_one_question_joins_are_one(self):
        def joined(earlier, later):
            return float(earlier == later or later == ASKED["C"])

        assert rows("ABC", joined) == [(0, 1, 2)]

    def test_a_repeat_refers_to_the_latest_few_of_its_row(self):
        def to_the_first(earlier, later):
            return float(earlier == ASKED["A"] and later == ASKED["B"])

        assert rows("A" + "B" * BACK, to_the_first) == [tuple(range(BACK + 1))]
        assert rows("A" + "B" * (BACK + 1), to_the_first) == [tuple(range(BACK + 1))]

    def test_who_was_put_off_asks_the_last_question_again_and_no_earlier_one(self):
        def somewhat_like(letter):
            def likeness(earlier, later):
                if later == ASKED["C"]:
                    return PUT_OFF * (earlier == ASKED[letter])
                return 1.0

            return likeness

        assert rows("AB>C", somewhat_like("B")) == [(0, 1, 3)]
        assert rows("AB>C", somewhat_like("A")) == []

    def test_a_signal_tells_the_messages_and_no_stretch_of_one(self):
        said = [Message(text=ASKED["A"])] * 3
        (signal,) = RepeatDetector(similarity=same)(said)
        assert (signal.kind, signal.source) == (SignalKind.REPEATED_QUESTION, "repetition")
        assert (signal.message, signal.messages, signal.span) == (2, (0, 1, 2), None)
        assert signal.reading == SignalKind.REPEATED_QUESTION.reading

    def test_only_a_customers_questions_count(self):
        asked = Message(text=ASKED["A"])
        others = [
            Message(text=ASKED["A"], author=Role.AGENT),
            Message(text=ASKED["A"], automatic=True),
        ]
        assert list(RepeatDetector(similarity=same)([asked, *others, asked])) == []
        (signal,) = RepeatDetector(similarity=same)([asked, *others, asked, asked])
        assert signal.messages == (0, 3, 4)


class TestReading:
    """What a message asks for, about what, and whether it says that it was asked before."""

    @pytest.mark.parametrize(
        ("text", "aspect"),
        [
            ("证书什么时候下来", "when"),
            ("为什么打不开", "why"),
            ("服务器多少钱", "price"),
            ("网站登录不上", "fails"),
        ],
    )
    def test_what_it_asks_for(self, text, aspect):
        assert aspect in read_question(text).aspects

    @pytest.mark.parametrize("text", ["到底什么时候好", "我第三次问了", "还是没好"])
    def test_that_it_was_asked_before(self, text):
        assert read_question(text).insists
        assert read_question(text).is_asked

    def test_courtesy_and_numbers_are_no_content(self):
        assert read_question("您好，谢谢").units == frozenset()
        assert not read_question("您好，谢谢").is_asked
        plain = read_question("备案什么时候通过")
        assert read_question("备案 2026030112345 什么时候通过").units == plain.units

    def test_what_was_done_is_set_aside(self):
        told = read_question("重启过服务器了，怎么还打不开网站")
        assert told.focus < told.units
        assert told.tried

    def test_no_more_than_so_many_characters_are_read(self):
        far = "备案" + "，" * LONGEST + "什么时候通过"
        assert read_question(far) == read_question("备案")


class TestLikeness:
    """From 0 to 1, by words alone; the later one has to ask."""

    @pytest.mark.parametrize(
        ("earlier", "later", "expected"),
        [
            ("证书什么时候签发", "证书什么时候签发", True),
            ("证书什么时候签发", "证书几号能签发", True),
            ("证书什么时候签发", "到底几号能好", True),
            ("证书什么时候签发", "谢谢", False),
            ("证书什么时候签发", "证书多少钱", False),
            ("证书什么时候签发", "邮箱什么时候开通", False),
        ],
    )
    def test_the_same_or_another(self, earlier, later, expected):
        found = LexicalSimilarity()(earlier, later)
        assert 0 <= found <= 1
        assert (found >= SAME) is expected
