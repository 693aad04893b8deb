"""A small linear model beside the lexicon, for oblique wording that no pattern foresees.

A message's score for a signal is the sum of the weights of its features, which are the characters
of its normalised text and their pairs, each once; from the threshold on it shows the signal. The
evidence is the stretch of text that the heaviest pairs cover. The weights are data beside this
module; ``training/tendency/train.py`` makes them from text in the repository.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from itertools import repeat
from operator import le, mul
from pkgutil import get_data
from typing import Final

from attrs import field, frozen

from ticketrules.clauses import Text
from ticketrules.complaints.detectors import WORDED, packaged_lexicon
from ticketrules.complaints.signals import Message, Signal, SignalKind
from ticketrules.text import Hit, Lexicon, NormalisedText, normalise
from ticketrules.text.grams import gram, grams

PAIR: Final = 2
SIZES: Final = (1, PAIR)
"""The lengths of the stretches that are features."""

LONGEST: Final = 400
"""So many characters are read together; a longer message is read piece by piece."""

SHORT: Final = 60
"""A message of up to so many characters is scored as a whole when a hit in it is doubted."""

AROUND: Final = 20
"""In a longer message so many characters on either side of the hit are."""

_DIGIT: Final = re.compile("[0-9]")

READINGS: Final = {
    SignalKind.PHONE_REQUEST: Text("seems to ask for a call", "可能要求电话沟通"),
    SignalKind.ABUSIVE_LANGUAGE: Text("seems abusive", "可能言辞激烈"),
    SignalKind.ESCALATION_CUE: Text("seems to escalate", "可能升级投诉"),
}


def features(text: str) -> Iterator[tuple[str, int]]:
    """The features of a normalised text, each with where it first begins; digits are alike."""
    text = _marked(text)
    seen: set[str] = set()
    for size in SIZES:
        for place in range(len(text) - size + 1):
            feature = text[place : place + size]
            if feature not in seen:
                seen.add(feature)
                yield feature, place - 1


def _marked(text: str) -> str:
    return _DIGIT.sub("0", f"^{text}$")


@frozen
class LinearModel:
    """Weights of features, by signal, in hundredths so that sums are exact in any order.

    Attributes:
        weights: For each feature its weight for each of ``kinds``.
        biases: What is added for each of ``kinds``.
        thresholds: From which score on each is shown.
        kinds: The signals.
        unless: For each of ``kinds`` the contexts of the lexicon that keep it from being shown.
        doubts: Up to which score each is denied, even where the packaged lexicon shows it.
    """

    weights: Mapping[str, Sequence[int]] = field(repr=False)
    biases: Sequence[int]
    thresholds: Sequence[int]
    kinds: tuple[SignalKind, ...]
    unless: Sequence[Sequence[str]] = ()
    doubts: Sequence[int] = ()

    def scores(self, text: str) -> list[int]:
        """The score of a normalised text for each of ``kinds``."""
        return self._sums.of(grams(_marked(text)))

    def denies(self, kind: SignalKind, text: str) -> bool:
        """Whether a normalised text is far from showing a kind."""
        if kind not in self.kinds or not self.doubts:
            return False
        which = self.kinds.index(kind)
        return self.scores(text)[which] <= self.doubts[which]

    def denies_all(self, text: str) -> bool:
        """Whether a normalised text is far from showing any of ``kinds``."""
        return bool(self.doubts) and all(map(le, self.scores(text), self._denied))

    @cached_property
    def _denied(self) -> list[int]:
        """Up to which score each kind is denied and not shown either."""
        return [
            min(doubt, least - 1) for doubt, least in zip(self.doubts, self.thresholds, strict=True)
        ]

    @cached_property
    def _sums(self) -> "_Sums":
        return _Sums.read(self.biases, self.weights)


@frozen
class _Sums:
    """The weights for all kinds in one number each, so that one sum adds them all up.

    Attributes:
        weights: For each feature, by its ``gram``, the number: a field of bits for each kind.
        begin: What a sum begins with: the biases, and half a field for each, so that none is less
            than nothing.
        size: How many bits a field has: enough for all weights together, of either sign.
        kinds: How many fields there are.
    """

    weights: dict[int, int]
    begin: int
    size: int
    kinds: int

    @classmethod
    def read(cls, biases: Sequence[int], weights: Mapping[str, Sequence[int]]) -> "_Sums":
        """The sums of a model."""
        columns = zip(biases, *weights.values(), strict=True)
        size = 1 + max(sum(map(abs, column)) for column in columns).bit_length()
        units = [1 << size * kind for kind, _ in enumerate(biases)]
        return cls(
            {gram(feature): sum(map(mul, row, units)) for feature, row in weights.items()},
            sum((bias + (1 << size - 1)) * unit for bias, unit in zip(biases, units, strict=True)),
            size,
            len(biases),
        )

    def of(self, features: Iterable[int]) -> list[int]:
        """The sum for each kind of some features' weights."""
        total = sum(map(self.weights.get, features, repeat(0)), self.begin)
        size, half = self.size, 1 << self.size - 1
        field = 2 * half - 1
        return [(total >> size * kind & field) - half for kind in range(self.kinds)]


def read_model(text: str) -> LinearModel:
    """A model from its JSON."""
    data = json.loads(text)
    return LinearModel(
        data["weights"],
        tuple(data["biases"]),
        tuple(data["thresholds"]),
        tuple(SignalKind(kind) for kind in data["kinds"]),
        tuple(map(tuple, data["unless"])),
        tuple(data.get("doubts", ())),
    )


@cache
def packaged_model() -> LinearModel:
    """The model that comes with the library, read once."""
    return read_model((get_data("ticketrules.complaints", "weights.json") or b"").decode())


@frozen
class LinearDoubt:
    """Passes over hits of the packaged lexicon where all that stands around them speaks against it.

    A host's own entries are never doubted.

    Attributes:
        model: The weights.
    """

    model: LinearModel = field(factory=packaged_model, repr=False)

    def __call__(self, text: str, hit: Hit) -> bool:
        """Whether a hit is passed over.

        Args:
            text: The normalised text.
            hit: What was found in it.
        """
        sense = hit.sense
        if packaged_lexicon().senses.get(sense.name) is not sense:
            return False
        if len(text) > SHORT:
            text = text[max(0, hit.start - AROUND) : hit.end + AROUND]
        return self.model.denies(SignalKind(sense.signal), text)

    def silences(self, text: str) -> bool:
        """Whether a normalised text shows nothing, by the packaged lexicon or by the model.

        Known of a short one that denies every kind as a whole.
        """
        return len(text) <= SHORT and self._knows_all and self.model.denies_all(text)

    @cached_property
    def _knows_all(self) -> bool:
        return set(WORDED) <= set(self.model.kinds)


@frozen
class LinearDetector:
    """Finds oblique wording (7.3 a, b, e); the evidence is what the heaviest features cover.

    Attributes:
        model: The weights.
        lexicon: Whose contexts keep a message from being taken for what it only looks like.
    """

    model: LinearModel = field(factory=packaged_model, repr=False)
    lexicon: Lexicon = field(factory=packaged_lexicon, repr=False)

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        """The signals of a conversation."""
        for number, message in enumerate(conversation):
            if message.is_asked:
                yield from self.read(normalise(message.text), number)

    def read(
        self, text: NormalisedText, number: int, shown: AbstractSet[SignalKind] = frozenset()
    ) -> Iterator[Signal]:
        """The signals of one message, each at most once.

        Args:
            text: Its normalised text.
            number: Its place in the conversation.
            shown: Kinds that it shows anyway.
        """
        model, seen = self.model, set(shown)
        for first in range(0, len(text.text), LONGEST):
            piece = text.text[first : first + LONGEST]
            for which, score in enumerate(model.scores(piece)):
                kind = model.kinds[which]
                if score < model.thresholds[which] or kind in seen:
                    continue
                seen.add(kind)
                if self.lexicon.contexts_of(piece) & set(model.unless[which]):
                    continue
                spoken = self.spoken(piece, which)
                start = min(place for _, place in spoken)
                end = max(place + len(feature) for feature, place in spoken)
                yield Signal(
                    kind=kind,
                    reading=READINGS[kind],
                    message=number,
                    span=text.span(first + max(0, start), first + min(end, len(piece))),
                    source="linear",
                )

    def spoken(self, text: str, which: int) -> list[tuple[str, int]]:
        """The pairs, at most three, that weigh most for a signal, with where they begin."""
        weights, none = self.model.weights, [0 for _ in self.model.kinds]
        found = [
            (sum(weights.get(part, none)[which] for part in (pair, *pair)), pair, place)
            for pair, place in features(text)
            if len(pair) == PAIR
        ]
        found.sort(key=lambda one: (-one[0], one[2]))
        # The heaviest, and what else speaks for it.
        heaviest = [found[0], *(one for one in found[1:3] if one[0] > 0)]
        return [(pair.strip("^$"), max(0, place)) for _, pair, place in heaviest]
