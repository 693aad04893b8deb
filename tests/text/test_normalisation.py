"""Normalised text: what it becomes, and that every character of it leads back to the original."""

import unicodedata
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ticketrules.text import normalisation, normalise

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("投诉訴傻逼电話 \t\n.*-~·，。！？…sbSB１２３１５123“”()\u200b\u0301😡📞🇸🇧"),
    ),
    max_size=60,
)


class TestForms:
    """Each disguise and each way of typing comes to one form."""

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("我要投訴", "我要投诉"),
            ("請打電話給我", "请打电话给我"),
            ("１２３１５", "12315"),
            ("1 2 3 1 5", "12315"),
            ("1-2-3-1-5", "12315"),
            ("ＳＢ客服", "sb客服"),
            ("s b 客服", "sb 客服"),
            ("s.b", "sb"),
            ("n m s l", "nmsl"),
            ("Ⓢⓑ", "sb"),
            ("🅢🅑", "sb"),
            ("🇸🇧", "sb"),
            ("投 诉", "投诉"),
            ("我 要 投 诉", "我要投诉"),
            ("我要投 诉", "我要投诉"),
            ("傻 逼客服", "傻逼客服"),
            ("投.诉", "投诉"),
            ("投-诉", "投诉"),
            ("投~~诉", "投诉"),
            ("投😡诉", "投诉"),
            ("投\u200b诉", "投诉"),
            ("投\u0336诉\u0336", "投诉"),
            ("滚滚滚滚", "滚"),
            ("fuuuuck", "fuck"),
            ("CAFÉ", "cafe"),
            ("📞我", "☎我"),
            ("傻×", "傻x"),
            ("他＊的", "他*的"),
            ("你好，在吗？", "你好,在吗?"),
            ("一。\n二", "一。。二"),
        ],
    )
    def test_it_becomes_what_was_meant(self, written, meant):
        assert normalise(written).text == meant

    @pytest.mark.parametrize(
        "plain",
        ["您好,请问发票怎么开?", "ssl 证书 2026 年到期", "10000", "谢谢", "don't", "a@b.com"],
    )
    def test_what_is_plain_stays(self, plain):
        assert normalise(plain).text == plain

    def test_a_space_that_stands_for_a_comma_stays(self):
        assert normalise("电联吧　这样太慢").text == "电联吧 这样太慢"

    def test_digits_are_no_run(self):
        assert normalise("10000000").text == "10000000"

    def test_only_text_is_normalised(self):
        with pytest.raises(TypeError, match="text must be a str, not bytes"):
            normalise(b"x")

    def test_the_words_are_in_no_repr(self):
        assert "secret" not in repr(normalise("secret"))


class TestTheWayBack:
    """Law: a stretch of the normalised text is an exact stretch of the original."""

    @given(TEXTS)
    @example("投\u200b诉诉诉诉 诉")
    def test_spans_lie_inside_in_order_and_apart(self, text):
        normalised = normalise(text)
        end = 0
        for place in range(len(normalised.text)):
            start, stop = normalised.span(place, place + 1)
            assert end <= start < stop <= len(text)
            end = stop

    @given(TEXTS)
    def test_the_first_character_of_a_stretch_is_the_one_it_stands_for(self, text):
        normalised = normalise(text)
        for place, letter in enumerate(normalised.text):
            start, _ = normalised.span(place, place + 1)
            assert normalise(text[start]).text == letter

    @given(TEXTS, st.data())
    def test_a_longer_stretch_is_from_its_first_to_its_last(self, text, data):
        normalised = normalise(text)
        if not normalised.text:
            return
        first = data.draw(st.integers(0, len(normalised.text) - 1))
        last = data.draw(st.integers(first, len(normalised.text) - 1))
        start, stop = normalised.span(first, last + 1)
        assert start == normalised.span(first, first + 1)[0]
        assert stop == normalised.span(last, last + 1)[1]

    def test_a_run_belongs_to_its_letter_whole(self):
        text = "快给我滚滚滚滚！"
        normalised = normalise(text)
        place = normalised.text.index("滚")
        assert text[slice(*normalised.span(place, place + 1))] == "滚滚滚滚"

    def test_what_was_inserted_lies_within(self):
        text = "我要投😡.訴"
        normalised = normalise(text)
        assert text[slice(*normalised.span(2, 4))] == "投😡.訴"

    @pytest.mark.parametrize(("start", "end"), [(0, 0), (1, 1), (-1, 1), (0, 3), (2, 1)])
    def test_a_stretch_that_is_none_is_refused(self, start, end):
        with pytest.raises(IndexError, match="no stretch"):
            normalise("你好").span(start, end)


class TestEveryCharacter:
    """Every code point becomes one character or none."""

    @pytest.mark.parametrize("plane", range(17))
    def test_none_becomes_several(self, plane):
        for code in range(plane * 0x10000, (plane + 1) * 0x10000, 7):
            assert len(normalise(chr(code)).text) <= 1

    def test_nor_whatever_a_dictionary_says(self, monkeypatch):
        monkeypatch.setattr(normalisation, "_fold", cache(normalisation._Fold))
        monkeypatch.setattr(normalisation, "_converter", lambda: {"訴": "上诉", "電": "电"}.get)
        assert normalise("訴電").text == "訴电"

    def test_letters_never_go(self):
        for code in range(0x20, 0x3000):
            if unicodedata.category(chr(code))[0] in "LN":
                assert normalise(chr(code)).text
