"""Lexicons: the language of patterns, contexts, and bad entries refused by name."""

import re

import pytest

from ticketrules.complaints import packaged_lexicon
from ticketrules.errors import LexiconError
from ticketrules.text import PatternError, PatternReader, load_lexicon, normalise
from ticketrules.text.patterns import MOST_WAYS

WORDS = {"me": ["我", "我们"], "loop": ["<loop>"]}


def matched(pattern, text):
    """What a pattern matches at the beginning of a text; nothing if it does not."""
    end = PatternReader(WORDS).read(pattern).end(normalise(text).text, 0)
    return None if end < 0 else normalise(text).text[:end]


def patterns_of(lexicon):
    """Every pattern of a lexicon."""
    for sense in lexicon.senses.values():
        yield from (*sense.patterns, *sense.innocent)
    for context in lexicon.contexts.values():
        yield from context.patterns


class TestPatterns:
    """What each part of a pattern matches."""

    @pytest.mark.parametrize(
        ("pattern", "text", "expected"),
        [
            ("电话", "电话吧", "电话"),
            ("電話", "电话", "电话"),
            ("傻逼", "傻*逼", "傻*逼"),
            ("傻逼", "傻逼", "傻逼"),
            ("[打拨]电话", "拨电话", "拨电话"),
            ("(打|拨个)电话", "拨个电话", "拨个电话"),
            ("打个?电话", "打电话", "打电话"),
            ("打(一个)?电话", "打一个电话", "打一个电话"),
            ("打{2}电话", "打一下电话", "打一下电话"),
            ("打{2}电话", "打一二三电话", None),
            ("不{6}投诉", "不管，投诉", None),
            ("不{,6}投诉", "不管，投诉", "不管,投诉"),
            ("不{,6}投诉", "不管。投诉", None),
            ("给<me>打", "给我们打", "给我们打"),
            ("滚$", "滚！", "滚"),
            ("滚$", "滚动", None),
            ("^滚", "滚", "滚"),
            ("sb", "SB客服", "sb"),
            ("sb", "sbs", None),
            ("在\\?", "在？", "在?"),
        ],
    )
    def test_it_matches(self, pattern, text, expected):
        assert matched(pattern, text) == expected

    @pytest.mark.parametrize(
        ("pattern", "reason"),
        [
            ("", "could match nothing"),
            ("a?", "could match nothing"),
            ("{3}x", "could begin anywhere"),
            ("(", "is not closed"),
            ("x)", "closes nothing"),
            ("[", "is not closed"),
            ("[]", "a class of no characters"),
            ("a\\b", "stands before a character that is no letter"),
            ("ab\\", "stands before a character that is no letter"),
            ("a{", "is not closed"),
            ("a{x}b", "a gap is written"),
            ("a{99}b", "a gap is 1 to 20"),
            ("<nope>", "no words are called 'nope'"),
            ("<mee>", "did you mean 'me'"),
            ("<loop>", "in a circle"),
            ("?", "stands for nothing"),
            ("x{20}y{20}z{20}w", "ways"),
            ("a" * 300, "could match 300 characters"),
            ("😡", "is never in normalised text"),
        ],
    )
    def test_a_bad_one_is_refused(self, pattern, reason):
        with pytest.raises(PatternError, match=re.escape(reason)):
            PatternReader(WORDS).read(pattern)


class TestNothingRunsAway:
    """No pattern repeats without bound, and each has a bound on how often it can be tried."""

    def test_the_packaged_ones_have_no_unbounded_quantifier(self):
        for pattern in patterns_of(packaged_lexicon()):
            regex = pattern._compiled.pattern
            assert not re.search(r"(?<!\\)[*+](?!\\)|\{\d+,\}", re.sub(r"\[[^]]*\]", "", regex))
            assert 1 <= pattern.ways <= MOST_WAYS


ENTRY = """
[contexts.refused]
where = "before"
reach = 2
patterns = ["不要", "别"]

[senses.wave]
signal = "phone_request"
clause = "7.3"
en = "asks for a wave"
zh = "要求挥手"
patterns = ["挥手{2}给我"]
unless = ["refused"]
examples = ["请挥手给我"]
counterexamples = ["不要挥手给我"]
"""


class TestEntries:
    """A host's entries, and what is wrong with bad ones, by entry and key."""

    def test_an_entry_is_read_and_tried(self):
        lexicon = load_lexicon(ENTRY)
        assert lexicon.signals("麻烦挥手一下给我") == {"phone_request"}
        assert lexicon.signals("别再挥手给我") == frozenset()

    def test_entries_are_added_and_replaced(self):
        base = load_lexicon(ENTRY)
        more = load_lexicon(ENTRY.replace("挥手", "招手"), base=base)
        assert more.signals("招手给我") == {"phone_request"}
        assert more.signals("挥手给我") == frozenset()
        assert packaged_lexicon().extended(base).signals("挥手给我") == {"phone_request"}

    def test_the_first_hit_of_each_signal_and_no_more(self):
        lexicon = load_lexicon(ENTRY)
        two = normalise("请挥手给我。再挥手给我").text
        assert [hit.start for hit in lexicon.hits(two)] == [1, 7]
        assert [hit.start for hit in lexicon.first_hits(two)] == [1]
        one = normalise("不要挥手给我。再挥手给我").text
        assert [hit.start for hit in lexicon.first_hits(one)] == [8]

    def test_a_hit_in_doubt_is_passed_over(self):
        lexicon = load_lexicon(ENTRY)
        text = normalise("请挥手给我。再挥手给我").text
        doubtful = lexicon.first_hits(text, lambda _text, hit: hit.start == 1)
        assert [hit.start for hit in doubtful] == [7]

    def test_a_second_signal_is_looked_for_behind_the_first(self):
        other = ENTRY.replace("senses.wave", "senses.nod").replace("phone_request", "nodding")
        other = other.replace("挥手", "点头").replace("[contexts.refused]", "[contexts.declined]")
        lexicon = load_lexicon(
            other.replace('["refused"]', '["declined"]'), base=load_lexicon(ENTRY)
        )
        text = normalise("挥手给我，挥手给我，点头给我，点头给我").text
        assert [hit.start for hit in lexicon.first_hits(text)] == [0, 10]

    @pytest.mark.parametrize(
        ("change", "to", "expected"),
        [
            ('signal = "phone', 'signal = "fone', "senses.wave.signal: expected one of"),
            ('"7.3"', '"99.9"', "senses.wave.clause: no clause of the rulebook"),
            ("挥手{2}给我", "挥手{2", "senses.wave.patterns[0]: a bracket '{' is not closed"),
            ("挥手{2}给我", "{2}给我", "senses.wave.patterns[0]: could begin anywhere"),
            ("挥手{2}给我", "a{20}b{20}c{20}d", "senses.wave.patterns[0]: could be tried in"),
            ('["refused"]', '["refusd"]', "did you mean 'refused'?"),
            ("unless", "unles", "senses.wave.unles: unknown key; did you mean 'unless'?"),
            ('["请挥手给我"]', '["你好"]', "senses.wave.examples[0]: does not say this"),
            ('["不要挥', '["请挥', "senses.wave.counterexamples[0]: is taken to say this"),
            ("reach = 2", "reach = 99", "contexts.refused.reach: expected 0 to 40"),
            ("reach = 2", "reach = true", "contexts.refused.reach: a whole number is meant"),
            ('"before"', '"clause"', "contexts.refused.reach: only what stands before or after"),
            (
                "[contexts",
                "[words]\nhand = []\n[contexts",
                "words.hand: expected at least one word",
            ),
            ('"before"', '"near"', "contexts.refused.where: expected one of"),
            ('en = "asks for a wave"', "", "senses.wave.en: missing"),
        ],
    )
    def test_a_bad_one_is_refused_by_name(self, change, to, expected):
        with pytest.raises(LexiconError, match=re.escape(expected)):
            load_lexicon(ENTRY.replace(change, to), signals=["phone_request"])
