"""7.3 c: how far two questions ask the same, rule by rule, and what is read in a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketrules.complaints.repetition import SAME, Question, likeness, read_question

THING = "\uf000"
"""Begins what stands for a thing of the trade."""


def asks(aspects="", units="", focus=None, **more):
    """A question; ``*x`` among its units is a thing of the trade."""
    said = [frozenset(one.replace("*", THING).split()) for one in (units, focus or units)]
    flags = {"insists": False, "tried": False, "moves_on": False} | more
    return Question(aspects=frozenset(aspects.split()), units=said[0], focus=said[1], **flags)


RULES = {
    "what does not ask repeats nothing": (asks("when", "甲乙"), asks("", "甲乙"), 0),
    "what is settled is another matter": (
        asks("fails", "甲乙"),
        asks("fails", "甲乙", moves_on=True),
        0,
    ),
    "unless the same is asked for": (asks("when", "甲乙"), asks("when", "甲乙", moves_on=True), 1),
    "who insists and shares a word": (asks("when", "甲 乙"), asks("", "甲 丙", insists=True), 0.75),
    "who insists and shares an aspect": (asks("when", "甲"), asks("when", "丙", insists=True), 0.5),
    "who insists and names nothing": (asks("when", "甲"), asks("", "", insists=True), 0.5),
    "who insists on what fails": (asks("fails", "甲"), asks("fails", "丙", insists=True), 0.5),
    "whoever insists on another aspect": (asks("when", "甲"), asks("why", "丙", insists=True), 0),
    "but of another thing": (asks("fails", "*a"), asks("fails", "*b", insists=True), 0),
    "two aspects are two questions": (asks("when", "甲"), asks("price", "甲"), 0.4),
    "a price is a new question": (asks("", "甲"), asks("price", "甲"), 0.4),
    "a price is new though something failed": (asks("fails", "甲"), asks("price", "甲"), 0.4),
    "what was tried in vain": (asks("way", "甲乙 丙丁"), asks("way", "甲乙 戊己", tried=True), 0.7),
    "a new aspect where none failed": (asks("way", "甲"), asks("when", "甲"), 0.4),
    "a new aspect where it failed": (asks("fails", "甲"), asks("why", "甲"), 0.8),
    "what was told and not asked": (asks("", "甲"), asks("way", "甲"), 0.4),
    "two things": (asks("when", "*a 甲"), asks("when", "*b 甲"), 0.2),
    "one aspect": (asks("when", "甲 乙"), asks("when", "甲 丙"), 0.775),
    "one aspect of nothing shared": (asks("when", "甲"), asks("when", "丙"), 0.55),
    "one aspect and a thing more": (asks("when", "*a *b"), asks("when", "*b *c"), 0.4),
    "one aspect where one names a thing": (asks("when", "甲"), asks("when", "甲 *b"), 1),
    "one aspect where it is named no more": (asks("when", "甲 *b"), asks("when", "甲"), 1),
    "one aspect of one thing": (asks("when", "甲 *b"), asks("when", "丙 *b"), 0.775),
    "but why is mostly one question": (asks("why", "*a *b"), asks("why", "*b *c"), 0.775),
    "what fails of one thing": (asks("fails", "*a 甲 乙"), asks("fails", "*a 丙 丁"), 0.3 + 1 / 3),
    "the way of one thing, in full": (asks("way", "*a 甲"), asks("way", "*a 甲"), 1),
    "what fails of one thing and another": (asks("fails", "*a 甲"), asks("fails", "*a *b"), 0.2),
    "what fails of nothing named": (asks("fails", "甲 乙"), asks("fails", "甲 丙"), 0.6),
    "a report that says it all": (asks("when", "甲 乙", "甲"), asks("when", "甲 乙"), 1),
    "things that differ": (asks("whether", "甲乙 丙丁"), asks("whether", "甲乙 戊己"), 0.2),
    "a thing named anew": (asks("whether", "甲"), asks("whether", "甲 *b"), 0.4),
    "the same of no aspect in particular": (asks("whether", "甲 乙"), asks("whether", "甲"), 1),
    "more was said before": (asks("whether", "甲乙 丙丁"), asks("whether", "甲乙"), 1),
    "half of it": (asks("whether", "甲 乙"), asks("whether", "甲 丙"), 0.6),
    "other vague aspects": (asks("whether", "甲"), asks("what", "甲"), 0.8),
    "nothing at all": (asks("whether", ""), asks("whether", ""), 0.1),
}


WORDS = st.frozensets(st.sampled_from(("甲", "乙", "甲乙", f"{THING}a", f"{THING}b")))
ASPECTS = st.frozensets(st.sampled_from(("when", "why", "price", "way", "fails", "whether")))


@st.composite
def questions(draw):
    """Any question: what it is about is some of what it says."""
    units = draw(WORDS)
    focus = frozenset(draw(st.sampled_from(sorted(units))) for _ in units) if units else units
    return Question(draw(ASPECTS), units, focus, *draw(st.tuples(*[st.booleans()] * 3)))


class TestLikeness:
    """From 0 to 1; from ``SAME`` on two questions ask the same."""

    @pytest.mark.parametrize("rule", RULES)
    def test_rule_by_rule(self, rule):
        earlier, later, expected = RULES[rule]
        assert likeness(earlier, later) == pytest.approx(expected)

    @given(earlier=questions(), later=questions())
    def test_law_it_is_from_nothing_to_the_same(self, earlier, later):
        assert 0 <= likeness(earlier, later) <= 1

    def test_half_is_the_same(self):
        assert SAME == 0.5


class TestReading:
    """What a message asks for, what it is about, what is left aside."""

    def test_a_verb_that_fails_is_one_thing_however_it_is_said(self):
        said = [read_question(text) for text in ("登录不上", "登录失败", "无法登录")]
        assert len({one.units for one in said}) == 1
        assert all(one.aspects == {"fails"} for one in said)

    @pytest.mark.parametrize("text", ["什么都好", "哪里都好", "谁都行"])
    def test_words_that_ask_for_nothing(self, text):
        assert "nothing" not in read_question(text).aspects

    def test_the_longest_word_counts(self):
        assert read_question("什么时候好").aspects == {"when"}

    def test_latin_words_are_whole_and_in_the_singular(self):
        assert read_question("update the certificates").units == {"certificate"}
        assert read_question("whenever").aspects == frozenset()
        assert "when" in read_question("when will it be done").aspects

    def test_chinese_is_read_by_characters_and_pairs(self):
        assert read_question("苹果").units == {"苹", "果", "苹果"}

    def test_a_report_is_set_aside_where_something_is_asked(self):
        told = read_question("重启过服务器了，怎么还打不开")
        assert "重启" in told.units - told.focus
        assert told.tried
        assert told.aspects == {"way", "fails"}

    def test_a_report_alone_is_what_it_is_about(self):
        told = read_question("重启过服务器了")
        assert told.focus == told.units
        assert not told.tried
        assert not told.is_asked

    def test_what_insists_moves_on_to_nothing(self):
        assert read_question("好了谢谢，另外发票怎么开").moves_on
        assert not read_question("好了谢谢，但是还是打不开").moves_on

    def test_a_report_of_what_fails_is_no_aspect_of_a_question_beside_it(self):
        told = read_question("重启了提示错误，什么时候能恢复")
        assert told.aspects == {"when"}
        assert told.tried

    def test_a_report_of_what_fails_alone_tells_of_failing(self):
        assert read_question("重启了提示错误").aspects == {"fails"}

    def test_a_clause_asks_that_asks_insists_or_cannot(self):
        for asking in ("重启了为什么", "重启了又这样", "重启了打不开"):
            told = read_question(f"配置改了，{asking}")
            assert told.tried, asking

    def test_a_number_that_is_masked_parts_what_stands_around_it(self):
        assert read_question("文档看了123456域名怎么改").tried
        assert not read_question("文档看了域名怎么改").tried

    def test_words_that_say_nothing_are_as_if_they_were_not_there(self):
        assert read_question("苹果请问香蕉").units == read_question("苹果香蕉").units

    def test_who_asks_only_why_nobody_answers_asks_about_that(self):
        (about,) = read_question("没人理").units
        assert about.startswith(THING)
        assert about not in read_question("发票没人理").units

    def test_a_latin_word_is_whole_and_a_chinese_one_stands_anywhere(self):
        assert read_question("app怎么升级").aspects == {"way"}
        assert read_question("the whom").aspects == frozenset()
