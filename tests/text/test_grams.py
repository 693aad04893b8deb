"""Characters and pairs as numbers: all of a text's, and none that it does not hold."""

from hypothesis import example, given
from hypothesis import strategies as st

from ticketrules.text.grams import gram, grams, pairs

TEXTS = st.text(st.characters() | st.sampled_from("甲乙 *\0😡\ud800"), max_size=12)
NOTHING = "\0"


def plain(text):
    """The characters and pairs, found the plain way."""
    found = {*text}
    for place in range(len(text) - 1):
        found.add(text[place : place + 2])
        if text[place + 1] in " *" and place + 2 < len(text):
            found.add(text[place] + text[place + 2])
    return found


class TestNumbers:
    """Law: a number stands for one character or pair, and a text has those of what it holds."""

    @given(TEXTS)
    @example("")
    @example("甲")
    @example("甲* 乙")
    def test_a_text_has_its_own(self, text):
        expected = {gram(one) for one in plain(text)}
        more = {gram(NOTHING), gram(text[-1:] + NOTHING)} if text else set()
        assert expected <= grams(text) <= expected | more

    @given(TEXTS)
    def test_pairs_are_told_as_often_as_they_stand(self, text):
        expected = sorted(gram(text[at : at + 2]) for at in range(len(text) - 1))
        found = pairs(text)
        if len(text) % 2:
            found.remove(gram(text[-1] + NOTHING))
        assert sorted(found) == expected

    @given(st.lists(st.text(st.characters(exclude_characters=NOTHING), min_size=1, max_size=2)))
    def test_different_ones_have_different_numbers(self, several):
        assert len({gram(one) for one in several}) == len(set(several))
