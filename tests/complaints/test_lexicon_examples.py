"""The packaged lexicon's examples: what says a sense, and what only looks like it."""

import pytest

from ticketrules.complaints import SignalKind, packaged_lexicon
from ticketrules.text import normalise

LEXICON = packaged_lexicon()


@pytest.mark.parametrize("name", LEXICON.senses)
class TestExamples:
    """Every sense has examples both ways, and both turn out as they should."""

    def test_it_has_examples_both_ways(self, name):
        sense = LEXICON.senses[name]
        assert len(sense.examples) >= 5
        assert len(sense.counterexamples) >= 4

    def test_they_turn_out_as_they_should(self, name):
        failures = [
            getattr(LEXICON.senses[name], key)[number]
            for _, key, number in LEXICON.failures([name])
        ]
        assert failures == []

    def test_its_reading_is_in_both_languages_and_its_clause_is_7_3(self, name):
        sense = LEXICON.senses[name]
        assert sense.clause == SignalKind(sense.signal).clause == "7.3"
        assert sense.reading.en.isascii()
        assert not sense.reading.zh.isascii()


class TestEvidence:
    """Law: the span is inside the text, and what it holds says the same by itself."""

    @pytest.mark.parametrize("name", LEXICON.senses)
    def test_the_stretch_of_the_original_is_what_was_matched(self, name):
        for text in LEXICON.senses[name].examples:
            normalised = normalise(text)
            for hit in LEXICON.hits(normalised.text):
                start, end = normalised.span(hit.start, hit.end)
                assert 0 <= start < end <= len(text)
                assert normalise(text[start:end]).text == normalised.text[hit.start : hit.end]
