"""Detectors of words: who reads, what is passed over, and that passing over changes nothing."""

import importlib.util
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ticketrules.complaints import (
    LexiconDetector,
    LinearDetector,
    LinearModel,
    Message,
    SignalKind,
    default_detector,
    packaged_lexicon,
    read_lexicon,
)
from ticketrules.complaints.detectors import WORDED, WordDetector
from ticketrules.complaints.linear import AROUND, SHORT, LinearDoubt
from ticketrules.errors import LexiconError
from ticketrules.text import EMPTY, normalise
from ticketrules.tickets import Role

TRAINING = Path(__file__).parents[2] / "training/tendency/messages.txt"
LINES = [
    line.split(" ", 1)[1]
    for line in TRAINING.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
_SPEC = importlib.util.spec_from_file_location("everyday", Path(__file__).with_name("everyday.py"))
_EVERYDAY = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_EVERYDAY)

EXAMPLES = [text for sense in packaged_lexicon().senses.values() for text in sense.examples]
PIECES = sorted({text[at : at + 4] for text in EXAMPLES for at in range(0, len(text), 5)})
NASTY = ["投", "别打电话" * 9, "傻*逼", "s b ", "我要" * 30, "", " ", "再不处理" * 16, "1234" * 20]

ATTENTIVE = WordDetector((LexiconDetector(packaged_lexicon(), LinearDoubt()), LinearDetector()))
"""As the default one, but every message is read."""


def found(detect, text):
    return [(str(one.kind), one.span, one.source) for one in detect([Message(text=text)])]


def agree(text):
    assert found(default_detector(), text) == found(ATTENTIVE, text)


class TestSilence:
    """Law: what is known to show nothing would show nothing if it were read."""

    def test_a_message_that_shows_nothing_does_not_end_the_reading(self):
        quiet = "请问备案多久能好"
        assert LinearDoubt().silences(quiet)
        conversation = [Message(text=quiet), Message(text="给我打电话")]
        assert [one.message for one in default_detector()(conversation)] == [1]

    @settings(deadline=None)  # patterns are compiled when they are first tried
    @given(st.lists(st.sampled_from([*PIECES, *"，。！ *我你打"]), max_size=14).map("".join))
    @example("给我打电话" + "啊" * (SHORT - 5))
    def test_texts_made_of_pieces(self, text):
        agree(text)

    def test_lines_examples_questions_and_worse(self):
        for text in [*LINES[::7], *EXAMPLES[::3], *_EVERYDAY.everyday()[::100], *NASTY]:
            agree(text)

    @pytest.mark.slow
    def test_every_line_and_example(self):
        for text in [*LINES, *EXAMPLES]:
            agree(text)

    def test_most_everyday_questions_are_known_at_once(self):
        texts = [normalise(text).text for text in _EVERYDAY.everyday()[::40]]
        assert sum(map(LinearDoubt().silences, texts)) >= len(texts) // 2

    def test_a_longer_text_is_always_read(self):
        asked = "请问备案多久能好"
        assert LinearDoubt().silences(asked)
        assert LinearDoubt().silences(asked.ljust(SHORT, "好"))
        assert not LinearDoubt().silences(asked.ljust(SHORT + 1, "好"))

    @pytest.mark.parametrize(
        ("kinds", "bias", "doubts", "expected"),
        [
            (WORDED, -9, [-9, -9, -9], True),
            (WORDED, -8, [-9, -9, -9], False),
            (WORDED, 0, [3, 3, 3], False),  # as its own threshold is reached
            (WORDED, -1, [3, 3, 3], True),
            (WORDED, -9, [], False),
            (WORDED[:2], -9, [-9, -9], False),  # it knows nothing of the third
        ],
    )
    def test_every_kind_has_to_be_denied(self, kinds, bias, doubts, expected):
        several = len(kinds)
        model = LinearModel({}, [bias] * several, [0] * several, kinds, [[]] * several, doubts)
        assert LinearDoubt(model).silences("") is expected


OWN = """
[senses.banner]
signal = "escalation_cue"
clause = "7.3"
en = "would unfurl a banner"
zh = "要拉横幅"
patterns = ["拉横幅"]
examples = ["拉横幅"]
"""


class TestOwnLexicon:
    """A host's own entries are read in every message, and never doubted."""

    def test_an_entry_of_its_own_is_found_where_the_model_hears_nothing(self):
        text = "请问备案多久，好了就去拉横幅"
        detect = default_detector(lexicon=read_lexicon(OWN))
        assert found(detect, text) == [("escalation_cue", (11, 14), "banner")]
        assert found(default_detector(), text) == []

    def test_an_entry_for_another_kind_of_signal_is_refused(self):
        with pytest.raises(LexiconError, match=r"mine.toml.*signal: expected one of phone_request"):
            read_lexicon(OWN.replace("escalation_cue", "message_burst"), "mine.toml")

    def test_it_stands_alone_where_nothing_is_its_base(self):
        assert set(read_lexicon(OWN, base=EMPTY).senses) == {"banner"}
        assert set(read_lexicon(OWN).senses) == {"banner", *packaged_lexicon().senses}

    def test_errors_have_a_name_for_a_text_without_one(self):
        with pytest.raises(LexiconError, match=r"^<lexicon>:1: not TOML"):
            read_lexicon("[senses")

    def test_its_examples_are_tried(self):
        bad = OWN.replace('examples = ["拉横幅"]', 'examples = ["横幅"]')
        with pytest.raises(LexiconError, match=re.escape("senses.banner.examples[0]")):
            read_lexicon(bad)
        assert "banner" in read_lexicon(bad, tried=False).senses


class TestLexiconAlone:
    """7.3: the first of each kind in each message, of what the customer wrote."""

    def test_the_customers_messages_only(self):
        conversation = [
            Message(text="我要投诉", author=Role.AGENT),
            Message(text="我要投诉", automatic=True),
            Message(text="我要投诉，投诉到底，给我打电话"),
        ]
        signals = list(LexiconDetector()(conversation))
        assert [(one.kind, one.message) for one in signals] == [
            (SignalKind.ESCALATION_CUE, 2),
            (SignalKind.PHONE_REQUEST, 2),
        ]
        assert [one.evidence(conversation) for one in signals] == ["我要投诉", "给我打电话"]

    def test_what_is_shown_anyway_is_left_out(self):
        text = normalise("我要投诉，给我打电话")
        shown = frozenset({SignalKind.ESCALATION_CUE})
        (signal,) = LexiconDetector().read(text, 4, shown)
        assert (signal.kind, signal.message) == (SignalKind.PHONE_REQUEST, 4)

    def test_doubt_is_only_of_the_packaged_entries(self):
        always = LinearModel({}, [-1], [0], (SignalKind.ESCALATION_CUE,), [[]], [0])
        lexicon = read_lexicon(OWN)
        detect = LexiconDetector(lexicon, LinearDoubt(always))
        assert found(detect, "我要投诉") == []
        assert found(detect, "我要投诉，拉横幅") == [("escalation_cue", (5, 8), "banner")]
        assert [source for _, _, source in found(detect, "给我打电话")] == ["phone_me"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("我要投诉" + "啊呀" * 27 + "啊苹", 0),  # short: as a whole
            ("我要投诉" + "啊呀" * 28 + "苹", 1),
            ("我要投诉" + ("啊呀" * 10)[: AROUND - 1] + "苹" + "啊呀" * 30, 0),
            ("我要投诉" + ("啊呀" * 10)[:AROUND] + "苹" + "啊呀" * 30, 1),
            ("苹我要投诉" + "啊呀" * 30, 0),
            ("啊呀" * 30 + "苹" + ("啊呀" * 10)[: AROUND - 1] + "我要投诉", 0),
            ("啊呀" * 30 + "苹" + ("啊呀" * 10)[:AROUND] + "我要投诉", 1),
        ],
    )
    def test_only_what_stands_around_a_hit_makes_it_doubtful(self, text, expected):
        model = LinearModel({"苹": [-9]}, [0], [5], (SignalKind.ESCALATION_CUE,), [[]], [-9])
        detect = LexiconDetector(packaged_lexicon(), LinearDoubt(model))
        assert len(found(detect, text)) == expected
