"""Lexicons from TOML text, with bad entries refused by name."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.errors import LexiconError
from ticketrules.text.lexicon import EMPTY, Lexicon
from ticketrules.text.patterns import Pattern, PatternError, PatternReader
from ticketrules.text.senses import Context, Sense, Where
from ticketrules.toml_reader import Place, kind_of, read_toml

FARTHEST: Final = 40
"""How far from a hit a context may stand before or after it, in characters, at most."""


def load_lexicon(
    text: str,
    name: str = "<lexicon>",
    *,
    base: Lexicon = EMPTY,
    signals: Collection[str] | None = None,
    tried: bool = True,
) -> Lexicon:
    """Read a lexicon from TOML text.

    Args:
        text: TOML with the tables ``words``, ``contexts`` and ``senses``.
        name: What errors call the text, such as its file name.
        base: A lexicon to add to: its words and contexts may be named, and an entry takes the
            place of its entry of the same name.
        signals: The signals that a sense may be a sign of; any if ``None``.
        tried: Whether the examples are tried.

    Raises:
        LexiconError: No TOML, an unknown key, a clause or signal that does not exist, a pattern
            that is none or could run away, an unknown context, an example that turns out wrong;
            the message names ``name``, the entry and the key.
    """
    place = read_toml(text, name, LexiconError)
    place.known(("words", "contexts", "senses"))
    words = {**base.words}
    for key, one in _entries(place, "words"):
        words[key] = _texts(one)
    reader = PatternReader(words)
    for _, one in _entries(place, "words"):
        if not one.value:
            one.fail("expected at least one word")
        _patterns(one, reader)
    contexts = {key: _context(key, one, reader) for key, one in _entries(place, "contexts")}
    known = {**base.contexts, **contexts}
    senses = {
        key: _sense(key, one, reader, known, signals) for key, one in _entries(place, "senses")
    }
    lexicon = base.extended(Lexicon(senses, contexts, words))
    if tried:
        for entry, key, number in lexicon.failures(senses):
            expected = "does not say this" if key == "examples" else "is taken to say this"
            place.fail(expected, "senses", entry, key, number)
    return lexicon


def _entries(place: Place, key: str) -> Iterable[tuple[str, Place]]:
    table = place.get(key)
    return () if table is None else table.entries()


def _context(name: str, place: Place, reader: PatternReader) -> Context:
    place.known(("where", "reach", "patterns"))
    where = Where(place.need("where", "where it stands").choice([one.value for one in Where]))
    reach = place.get("reach")
    if reach is not None and where not in (Where.BEFORE, Where.AFTER):
        reach.fail("only what stands before or after has a reach")
    return Context(
        name=name,
        where=where,
        reach=0 if reach is None else _reach(reach),
        patterns=_patterns(place.need("patterns", "a list of patterns"), reader),
    )


def _reach(place: Place) -> int:
    value = place.value
    if isinstance(value, bool) or not isinstance(value, int):
        place.fail(f"a whole number is meant, not {kind_of(value)}")
    if not 0 <= value <= FARTHEST:
        place.fail(f"expected 0 to {FARTHEST} characters")
    return value


_SENSE_KEYS: Final = (
    "signal",
    "clause",
    "en",
    "zh",
    "patterns",
    "innocent",
    "unless",
    "needs",
    "examples",
    "counterexamples",
)


def _sense(
    name: str,
    place: Place,
    reader: PatternReader,
    contexts: Collection[str],
    signals: Collection[str] | None,
) -> Sense:
    place.known(_SENSE_KEYS)
    signal = place.need("signal", "what it is a sign of")
    clause = place.need("clause", "the clause that makes it one")
    if clause.text() not in CLAUSES:
        clause.fail("no clause of the rulebook")
    return Sense(
        name=name,
        signal=signal.text() if signals is None else signal.choice(signals),
        clause=ClauseId(clause.text()),
        reading=Text(
            place.need("en", "what it says, in English").text(),
            place.need("zh", "what it says, in Chinese").text(),
        ),
        patterns=_patterns(place.need("patterns", "a list of patterns"), reader),
        innocent=_optional(place, "innocent", lambda one: _patterns(one, reader)),
        unless=_optional(place, "unless", lambda one: _names(one, contexts)),
        needs=_optional(place, "needs", lambda one: _names(one, contexts)),
        examples=_optional(place, "examples", _texts),
        counterexamples=_optional(place, "counterexamples", _texts),
    )


def _optional(place: Place, key: str, read: Callable[[Place], tuple[Any, ...]]) -> tuple[Any, ...]:
    found = place.get(key)
    return () if found is None else read(found)


def _texts(place: Place) -> tuple[str, ...]:
    return tuple(one.text() for one in place.items())


def _names(place: Place, contexts: Collection[str]) -> tuple[str, ...]:
    return tuple(one.choice(sorted(contexts)) for one in place.items())


def _patterns(place: Place, reader: PatternReader) -> tuple[Pattern, ...]:
    return tuple(_pattern(one, reader) for one in place.items())


def _pattern(place: Place, reader: PatternReader) -> Pattern:
    try:
        return reader.read(place.text())
    except PatternError as error:
        place.fail(str(error))
