"""A lexicon's reading: the same as the plain one, and bounded whatever a text holds."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ticketrules.complaints import packaged_lexicon
from ticketrules.text import Where, load_lexicon, normalise, scene

HERE = Path(__file__).parent


def module(path):
    """A module of the tests that is no test."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


PLAIN = module(HERE / "plain_lexicon.py")
EVERYDAY = module(HERE.parent / "complaints/everyday.py").everyday()

LEXICON = packaged_lexicon()
EXAMPLES = [
    text for sense in LEXICON.senses.values() for text in (*sense.examples, *sense.counterexamples)
]
PIECES = sorted({text[first : first + 5] for text in EXAMPLES for first in range(0, len(text), 3)})
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PIECES), st.sampled_from([*"，。！ *我你打不别滚s", "电话", "投*诉"])
    ),
    max_size=8,
).map("".join)


def found(text, lexicon=LEXICON):
    return [(hit.sense.name, hit.start, hit.end) for hit in lexicon.hits(text)]


def firsts(hits):
    """The first hit of each signal."""
    seen = {}
    for name, start, end in hits:
        seen.setdefault(LEXICON.senses[name].signal, (name, start, end))
    return list(seen.values())


def agree(text):
    plain = normalise(text).text
    expected = PLAIN.hits(LEXICON, plain)
    assert found(plain) == expected
    first = [(hit.sense.name, hit.start, hit.end) for hit in LEXICON.first_hits(plain)]
    assert first == firsts(expected)


def contexts_of(text):
    """The contexts that stand in a text, found the plain way."""
    contexts = LEXICON.contexts.values()
    return {context.name for context in contexts if PLAIN.spans(context.patterns, text)}


class TestAsThePlainReading:
    """Law: what is passed over changes nothing."""

    @settings(deadline=None, max_examples=40)  # the plain reading is slow
    @given(TEXTS)
    @example("妈*的傻*逼")
    @example("打 电 话给我 s b")
    def test_texts_made_of_pieces(self, text):
        agree(text)

    @pytest.mark.parametrize("text", EXAMPLES[::9])
    def test_some_examples(self, text):
        agree(text)

    @pytest.mark.parametrize("text", EVERYDAY[::400])
    def test_some_everyday_questions(self, text):
        agree(text)

    @pytest.mark.slow
    def test_all_examples_and_more_questions(self):
        for text in [*EXAMPLES, *EVERYDAY[::10]]:
            agree(text)

    @settings(deadline=None, max_examples=40)  # the plain reading is slow
    @given(TEXTS)
    def test_contexts_anywhere(self, text):
        plain = normalise(text).text
        expected = contexts_of(plain)
        contexts = LEXICON.contexts_of(plain)
        assert set(contexts) == expected
        assert len(contexts) == len(expected)
        assert contexts & {"negated", "no such"} == expected & {"negated"}

    def test_contexts_are_counted_as_they_stand(self):
        contexts = LEXICON.contexts_of(normalise("别打电话给我").text)
        assert "negated" in contexts
        assert contexts & {"negated", "no such"} == {"negated"}
        assert len(contexts) == len(set(contexts)) > 0
        assert len(LEXICON.contexts_of("")) == 0

    def test_blocks_do_not_show(self, monkeypatch):
        texts = [normalise("，".join(sense.examples * 3)).text for sense in LEXICON.senses.values()]
        expected = [(found(text), set(LEXICON.contexts_of(text))) for text in texts]
        assert sum(len(hits) for hits, _ in expected) > 200
        for size in (150, 333, 4000):
            monkeypatch.setattr(scene, "BLOCK", size)
            assert [(found(text), set(LEXICON.contexts_of(text))) for text in texts] == expected


def every_way(where, needed):
    """A small lexicon in which a context of one kind has a say."""
    reach = "reach = 3" if where in ("before", "after") else ""
    return load_lexicon(f"""
[contexts.near]
where = "{where}"
{reach}
patterns = ["乙", "乙{{2}}丙", "甲丁丁", ",丁"]

[senses.said]
signal = "phone_request"
clause = "7.3"
en = "says so"
zh = "说了"
patterns = ["甲", "甲乙", "甲{{1}}丙", "s"]
innocent = ["丙甲甲"]
{"needs" if needed else "unless"} = ["near"]
""")


class TestEveryContext:
    """Law: so is every kind of context, across the blocks in which a text is read."""

    @pytest.mark.parametrize("needed", [True, False])
    @pytest.mark.parametrize(
        ("where", "stands", "does_not"),
        [
            ("before", "乙一甲", "乙一二三四甲"),
            ("after", "甲一乙", "甲一二三四乙"),
            ("around", "甲丁丁", "甲一丁丁"),
            ("clause", "甲一二三四乙", "甲，乙"),
            ("sentence", "甲，乙", "甲。乙"),
            ("message", "甲。乙", "甲。一"),
        ],
    )
    def test_by_hand(self, where, stands, does_not, needed):
        lexicon = every_way(where, needed)
        for text, is_there in ((stands, True), (does_not, False)):
            hits = found(normalise(text).text, lexicon)
            assert hits == (
                [("said", text.index("甲"), text.index("甲") + 1)] * (is_there is needed)
            )

    @pytest.mark.parametrize("needed", [True, False])
    @pytest.mark.parametrize("where", [one.value for one in Where])
    def test_as_the_plain_reading(self, where, needed, monkeypatch):
        lexicon = every_way(where, needed)
        monkeypatch.setattr(scene, "BLOCK", 12)

        @settings(deadline=None, max_examples=150)
        @given(st.text(alphabet="甲甲乙丙丁一，。 *s", max_size=50))
        def same(text):
            plain = normalise(text).text
            assert found(plain, lexicon) == PLAIN.hits(lexicon, plain)

        same()


NASTY = {
    "one": "投",
    "別": "别",
    "wants": "我要",
    "asks": "请能要打",
    "threats": "再不处理",
    "refused": "别打电话",
    "digits": "1234567890",
    "letters": "s b ",
    "masks": "傻*",
    "spaced": "投 诉 ",
    "usual": "".join(EVERYDAY[::300]),
    "every piece": "".join(PIECES),
    "every word": "".join(
        gram for pattern, _ in LEXICON._around() for gram in sorted(pattern.needs[0])
    ),
}


def attempts(text):
    """At how many places patterns are tried in a text, contexts and all."""
    tried = [
        (pattern, number)
        for read in (LEXICON._scene(text),)
        for number in read.blocks
        for pattern, _ in (
            *read.senses.tried(read.grams(number)),
            *read.around.tried(read.grams(number)),
        )
    ]
    blocks = {}
    for pattern, number in tried:
        if number not in blocks:
            part = text[number * scene.BLOCK : (number + 1) * scene.BLOCK]
            blocks[number] = {one: part.count(one) for one in set(part)}
        yield sum(blocks[number].get(one, 0) for one in pattern.firsts)


class TestBounded:
    """7.3: any text is read in time in proportion to its length, whatever it holds."""

    @pytest.mark.parametrize("name", NASTY)
    def test_attempts_grow_as_the_text_does(self, name):
        text = normalise((NASTY[name] * 20_000)[:20_000]).text
        if len(text) < 2 * scene.BLOCK:  # a run stands once
            text = (NASTY[name] * 20_000)[:20_000]
        few, many = text[: scene.BLOCK], text
        each = sum(attempts(many)) / len(many)
        assert each <= 150
        assert each <= max(1.0, 1.5 * sum(attempts(few)) / len(few)) or "every" in name

    def test_everyday_questions_ask_for_few_patterns(self):
        texts = [normalise(text).text for text in EVERYDAY[::40]]
        tried = sum(
            len(list(LEXICON._scene(text).senses.tried(scene.grams_across(text)))) for text in texts
        )
        assert tried <= 6 * len(texts)

    def test_nothing_is_looked_for_twice(self, monkeypatch):
        looked = []
        whole = type(LEXICON.senses["phone_me"].patterns[0]).spans

        def spans(pattern, text, start=0, stop=None):
            looked.append((id(pattern), start))
            return whole(pattern, text, start, stop)

        monkeypatch.setattr(type(LEXICON.senses["phone_me"].patterns[0]), "spans", spans)
        LEXICON.hits(normalise("别打电话给我，我要投诉，" * 300).text)
        assert len(looked) == len(set(looked)) > 0
