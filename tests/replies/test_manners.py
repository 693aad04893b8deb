"""Clause 4.7: rudeness is told from plain speaking, by a lexicon that is tried entry by entry."""

import pytest

from ticketrules.clauses import Severity
from ticketrules.replies import Fault, ReviewContext, review
from ticketrules.replies.quarrel import quarrel_lexicon

from .manners import CIVIL, RUDE

LEXICON = quarrel_lexicon()


def blamed(reply):
    """The findings of 4.7 in a reply."""
    return [one for one in review(reply, ReviewContext()) if one.clause == "4.7"]


@pytest.mark.parametrize("name", LEXICON.senses)
class TestTheLexicon:
    """Every way of quarrelling has examples both ways, and all turn out as they should."""

    def test_its_examples_turn_out_as_they_should(self, name):
        sense = LEXICON.senses[name]
        assert min(len(sense.examples), len(sense.counterexamples)) >= 4
        failures = [getattr(sense, key)[number] for _, key, number in LEXICON.failures([name])]
        assert failures == []

    def test_its_examples_are_errors_and_the_others_are_not(self, name):
        sense = LEXICON.senses[name]
        assert all(map(blamed, sense.examples))
        assert not any(map(blamed, sense.counterexamples))


class TestLines:
    """4.7 is an error and no advice: nothing civil is blamed; rare wording may be missed."""

    @pytest.mark.parametrize("reply", CIVIL)
    def test_a_civil_reply_is_not_blamed(self, reply):
        assert blamed(reply) == []

    def test_nearly_all_rude_ones_are_found(self):
        assert len(RUDE) >= 60
        assert len(CIVIL) >= 120
        assert sum(map(bool, map(blamed, RUDE))) >= 0.95 * len(RUDE)

    def test_the_finding_names_the_words_to_blame(self):
        (found,) = blamed("您好，别再来问了，谢谢。")
        assert (found.fault, found.severity, found.span) == (Fault.QUARREL, Severity.ERROR, (3, 8))

    def test_abuse_within_a_quarrel_is_told_once(self):
        class Abuse:
            def hits(self, text):
                return [hit for hit in LEXICON.hits(text) if hit.sense.name == "brushed_off"]

        found = review("您好，别再来问了。", ReviewContext(), forbidden=Abuse())
        assert [one.fault for one in found] == [Fault.FORBIDDEN_WORDS]

    def test_disguises_are_seen_through(self):
        for reply in ("别－再－来－问－了", "别 再 来 问 了", "別再來問了"):
            assert blamed(reply)
