"""Characters and pairs as numbers: all of a text's, and none that it does not hold."""

from hypothesis import example, given
from hypothesis import strategies as st

from ticketrules.text.grams import gram, grams, grams_across

TEXTS = st.text(st.characters() | st.sampled_from("甲乙 *\0😡\ud800"), max_size=12)
NOTHING = "\0"


def plain(text):
    """The characters and pairs, found the plain way."""
    return {*text, *(text[at : at + 2] for at in range(len(text) - 1))}


def across(text):
    """The pairs with a mask or a space between."""
    inner = range(1, len(text) - 1)
    return {text[at - 1] + text[at + 1] for at in inner if text[at] in " *"}


class TestNumbers:
    """Law: a number stands for one character or pair, and a text has those of what it holds."""

    @given(TEXTS)
    @example("")
    @example("甲")
    @example("甲* 乙")
    def test_a_text_has_its_own(self, text):
        more = {gram(NOTHING), gram(text[-1:] + NOTHING)} if text else set()
        expected = set(map(gram, plain(text)))
        assert expected <= grams(text) <= expected | more
        expected |= set(map(gram, across(text)))
        assert expected <= grams_across(text) <= expected | more

    @given(st.lists(st.text(st.characters(exclude_characters=NOTHING), min_size=1, max_size=2)))
    def test_different_ones_have_different_numbers(self, several):
        assert len({gram(one) for one in several}) == len(set(several))
