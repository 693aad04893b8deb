"""Quarrelling (4.7): an agent's own ways of being rude, as a lexicon; abuse is the host's."""

from functools import cache
from pkgutil import get_data

from ticketrules.text import Lexicon, load_lexicon


@cache
def quarrel_lexicon() -> Lexicon:
    """The ways of quarrelling that come with the library, read once."""
    # As much a part of the code as the modules beside it, and read in the same way.
    text = (get_data(__name__, "quarrel.toml") or b"").decode("utf-8")
    return load_lexicon(text, "quarrel.toml", signals=("quarrel",), tried=False)
