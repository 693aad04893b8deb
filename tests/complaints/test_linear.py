"""The linear model: its fast sums are the plain ones, and what it shows has its evidence."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ticketrules.complaints import (
    LexiconDetector,
    LinearDetector,
    LinearDoubt,
    LinearModel,
    Message,
    SignalKind,
    default_detector,
    packaged_model,
    read_lexicon,
    read_model,
)
from ticketrules.complaints.linear import features
from ticketrules.text import EMPTY, load_lexicon, normalise
from ticketrules.tickets import Role

TRAINING = Path(__file__).parents[2] / "training/tendency/messages.txt"
LINES = [
    line.split(" ", 1)[1]
    for line in TRAINING.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
KINDS = (SignalKind.PHONE_REQUEST, SignalKind.ESCALATION_CUE)


def plain_scores(model, text):
    """By the definition alone: every character and every pair of them, each once."""
    text = re.sub("[0-9]", "0", f"^{text}$")
    stretches = {text[at : at + size] for size in (1, 2) for at in range(len(text) - size + 1)}
    return [
        bias + sum(model.weights[one][kind] for one in stretches if one in model.weights)
        for kind, bias in enumerate(model.biases)
    ]


def agree(model, text):
    assert model.scores(text) == plain_scores(model, text)


FEATURES = st.text(alphabet="甲乙0^$", min_size=1, max_size=2)
WEIGHTS = st.integers(-300, 300) | st.integers(-(10**12), 10**12)
PAIRS_OF = st.lists(WEIGHTS, min_size=2, max_size=2)
MODELS = st.builds(
    LinearModel,
    st.dictionaries(FEATURES, PAIRS_OF, max_size=30),
    PAIRS_OF,
    PAIRS_OF,
    st.just(KINDS),
    st.just(((), ())),
)


class TestSums:
    """Law: the fast sums are the plain ones, whatever the weights."""

    @given(MODELS, st.text(alphabet="甲甲乙17", max_size=12))
    @example(LinearModel({"甲": [5], "甲甲": [5]}, [0], [15], KINDS[:1]), "甲甲甲乙")
    @example(LinearModel({"甲": [-5], "甲甲": [5]}, [0], [0], KINDS[:1]), "甲甲甲乙")
    @example(LinearModel({}, [0], [0], KINDS[:1]), "")
    def test_of_any_model(self, model, text):
        agree(model, text)

    @settings(deadline=None)  # the first one reads the weights
    @given(st.lists(st.sampled_from(LINES), max_size=3).map("".join))
    def test_of_the_packaged_model(self, text):
        agree(packaged_model(), normalise(text).text)

    def test_of_every_line_written_for_training(self):
        for text in LINES:
            agree(packaged_model(), normalise(text).text)


SMALL = """{
    "kinds": ["phone_request", "escalation_cue"], "biases": [-10, -10], "thresholds": [10, 10],
    "unless": [[], []],
    "weights": {"聊聊": [20, 0], "面谈": [12, 20], "谈$": [9, 0], "^": [0, 0], "^要": [1, 1]}
}"""


def spoken(text, model=SMALL, lexicon=EMPTY, **options):
    detect = LinearDetector(read_model(model), lexicon)
    return [(str(one.kind), one.span) for one in detect.read(normalise(text), 0, **options)]


class TestFeatures:
    """The characters of a text between its marks, and their pairs."""

    def test_each_once_where_it_first_begins_and_digits_are_alike(self):
        assert list(features("17甲1")) == [
            ("^", -1), ("0", 0), ("甲", 2), ("$", 4), ("^0", -1), ("00", 0), ("0甲", 1), ("甲0", 2),
            ("0$", 3),
        ]  # fmt: skip


class TestModels:
    """A model is read as it was written."""

    def test_up_to_which_score_it_denies(self):
        assert read_model(SMALL).doubts == ()
        doubting = read_model(SMALL.replace('"unless"', '"doubts": [-9, 3], "unless"'))
        assert doubting.doubts == (-9, 3)

    @pytest.mark.parametrize("row", [[1], [1, 1, 1]])
    def test_a_feature_weighs_for_each_kind(self, row):
        with pytest.raises(ValueError, match="zip"):
            LinearModel({"甲": row}, [0, 0], [0, 0], KINDS).scores("甲")


class TestEvidence:
    """7.3: the evidence is what the heaviest features cover, in the message as it was written."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("可以聊聊", [("phone_request", (2, 4))]),
            ("可以聊..聊吗", [("phone_request", (2, 6))]),
            ("要面谈", [("phone_request", (0, 3)), ("escalation_cue", (0, 3))]),
            ("您好" * 200 + "聊聊", [("phone_request", (400, 402))]),
            ("您好，" * 200, []),
        ],
    )
    def test_it_is_in_the_original(self, text, expected):
        assert spoken(text) == expected

    def test_it_is_three_pairs_at_most_and_no_mark(self):
        rows = {pair: [20] for pair in ("甲乙", "丙丁", "戊己", "庚辛", "^甲")}
        model = LinearModel(rows, [-1], [0], KINDS[:1], ((),))
        (signal,) = LinearDetector(model, EMPTY).read(normalise("甲乙丙丁戊己庚辛"), 0)
        assert signal.span == (0, 4)  # ^甲 甲乙 丙丁; the other two are as heavy, and later
        at_the_edge = LinearModel({"^甲": [20]}, [-1], [0], KINDS[:1], ((),))
        (signal,) = LinearDetector(at_the_edge, EMPTY).read(normalise("甲乙丙丁"), 0)
        assert signal.span == (0, 1)
        assert signal.source == "linear"

    def test_each_kind_once_however_long_the_message(self):
        assert spoken("可以聊聊，" * 300) == [("phone_request", (2, 4))]

    def test_what_is_shown_anyway_is_not_looked_for(self):
        shown = frozenset({SignalKind.PHONE_REQUEST})
        assert spoken("要面谈", shown=shown) == [("escalation_cue", (0, 3))]

    def test_a_context_of_the_lexicon_speaks_against_it(self):
        contexts = load_lexicon('[contexts.no]\nwhere = "message"\npatterns = ["不用"]')
        model = SMALL.replace('"unless": [[], []]', '"unless": [["no"], []]')
        assert spoken("要面谈") == spoken("要面谈", model, contexts)
        assert spoken("不用面谈", model, contexts) == [("escalation_cue", (2, 4))]

    def test_only_a_customers_words_are_read(self):
        said = Message(text="要面谈")
        detect = LinearDetector(read_model(SMALL), EMPTY)
        answers = [
            Message(text="要面谈", author=Role.AGENT),
            Message(text="要面谈", automatic=True),
        ]
        assert [one.message for one in detect([*answers, said])] == [2, 2]


class TestDoubt:
    """7.3 e: a word of complaint in talk of the trade is none, if all around it says so."""

    TRADE = "追究责任的流程引擎节点怎么配"

    def test_a_hit_in_talk_of_the_trade_is_passed_over(self):
        said = [Message(text=self.TRADE)]
        assert [one.source for one in LexiconDetector()(said)] == ["law"]
        assert list(LexiconDetector(doubt=LinearDoubt())(said)) == []
        assert list(default_detector()(said)) == []

    def test_a_hit_in_a_threat_is_not(self):
        detect = LexiconDetector(doubt=LinearDoubt())
        assert [one.source for one in detect([Message(text="我会追究责任到底")])] == ["law"]

    def test_a_hosts_own_entries_are_never_doubted(self):
        lexicon = read_lexicon(
            """
            [senses.mine]
            signal = "escalation_cue"
            clause = "7.3"
            en = "ours"
            zh = "自有"
            patterns = ["流程引擎"]
            """
        )
        detect = default_detector(lexicon=lexicon)
        assert [one.source for one in detect([Message(text=self.TRADE)])] == ["mine"]

    @given(st.sampled_from(LINES), st.sampled_from(packaged_model().kinds))
    def test_a_kind_is_denied_exactly_up_to_its_score(self, text, kind):
        model, text = packaged_model(), normalise(text).text
        which = model.kinds.index(kind)
        expected = plain_scores(model, text)[which] <= model.doubts[which]
        assert model.denies(kind, text) == expected

    def test_a_model_without_doubts_denies_nothing(self):
        assert not read_model(SMALL).denies(SignalKind.PHONE_REQUEST, "您好")
