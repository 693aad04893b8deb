"""A small linear model beside the lexicon, for oblique wording that no pattern foresees.

A message's score for a signal is the sum of the weights of its features, which are the stretches of
two or three characters of its normalised text; from the threshold on it shows the signal. The
evidence is the stretch of text that the heaviest features cover, and the features themselves. The
weights are data beside this module; ``training/tendency/train.py`` makes them from text in the
repository.

Most messages are far from every threshold, and their pairs of characters alone show it: the most
that the features of three can add to them is known for each pair with which one begins.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from itertools import repeat
from operator import add
from pkgutil import get_data
from typing import Final, TypeVar

from attrs import field, frozen

from ticketrules.clauses import Text
from ticketrules.complaints.detectors import packaged_lexicon
from ticketrules.complaints.signals import Message, Signal, SignalKind
from ticketrules.text import Lexicon, NormalisedText, normalise
from ticketrules.text.grams import gram, pairs

PAIR: Final = 2
SIZES: Final = (PAIR, 3)
"""The lengths of the stretches that are features."""

LONGEST: Final = 400
"""So many characters are scored together; a longer message is scored piece by piece."""

_DIGIT: Final = re.compile("[0-9]")

READINGS: Final = {
    SignalKind.PHONE_REQUEST: Text("seems to ask for a call", "可能要求电话沟通"),
    SignalKind.ABUSIVE_LANGUAGE: Text("seems abusive", "可能言辞激烈"),
    SignalKind.ESCALATION_CUE: Text("seems to escalate", "可能升级投诉"),
}


T = TypeVar("T")


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
    """

    weights: Mapping[str, Sequence[int]] = field(repr=False)
    biases: Sequence[int]
    thresholds: Sequence[int]
    kinds: tuple[SignalKind, ...]
    unless: Sequence[Sequence[str]] = ()

    def scores(self, text: str) -> list[int]:
        """The score of a normalised text for each of ``kinds``."""
        known = [self.weights[feature] for feature, _ in features(text) if feature in self.weights]
        return [sum(column) for column in zip(self.biases, *known, strict=True)]

    def reached(self, text: str, among: Iterable[int] | None = None) -> list[int]:
        """Which of ``kinds`` a normalised text shows: their places in it.

        Args:
            text: Normalised text.
            among: The places of those that are asked about; all of them unless told.
        """
        return self._sums.reached(text, range(len(self.kinds)) if among is None else among)

    @cached_property
    def _sums(self) -> "_Sums":
        return _Sums.of(self)


@frozen
class _Sums:
    """The weights for all kinds in one number each, so that one sum adds them all up.

    A number has a field of bits for each kind. Half a field is more than all weights together, and
    the sums begin where the field's highest bit is set exactly if the threshold is reached.

    Attributes:
        weights: For each feature its weights.
        most: For each pair its weights, and the most that a feature that begins with it can add.
        begin: What the sums begin with.
        tops: The highest bit of each field.
    """

    weights: dict[str, int]
    most: dict[int, int]
    begin: int
    tops: tuple[int, ...]

    @classmethod
    def of(cls, model: LinearModel) -> "_Sums":
        """The sums of a model."""
        several = range(len(model.kinds))
        all_of_them = [*model.weights.values(), model.biases, model.thresholds]
        size = 2 + max(sum(abs(row[kind]) for row in all_of_them) for kind in several).bit_length()

        def packed(row: Sequence[int]) -> int:
            return sum(one << size * kind for kind, one in enumerate(row))

        known = {one: row for one, row in model.weights.items() if len(one) in SIZES}
        begun = {feature[:PAIR]: [0 for _ in several] for feature in known}
        for feature, row in known.items():
            if len(feature) > PAIR:
                begun[feature[:PAIR]] = list(map(max, begun[feature[:PAIR]], row))
        weights = {feature: packed(row) for feature, row in known.items()}
        tops = tuple(1 << size * kind + size - 1 for kind in several)
        return cls(
            weights,
            {gram(pair): weights.get(pair, 0) + packed(most) for pair, most in begun.items()},
            packed(model.biases) - packed(model.thresholds) + sum(tops),
            tops,
        )

    def reached(self, text: str, among: Iterable[int]) -> list[int]:
        """The places of the kinds, of some, whose thresholds a normalised text reaches."""
        text = _marked(text)
        tops = sum(self.tops[kind] for kind in among)
        found = pairs(text)
        distinct = set(found)
        # A pair that stands twice may begin two features, but weighs once itself.
        if len(distinct) == len(found) and not tops & added(self.most, distinct, self.begin):
            return []
        twos = list(map(add, text, text[1:]))
        stretches = {*twos, *map(add, twos, text[PAIR:])}
        tops &= added(self.weights, stretches, self.begin)
        return [kind for kind, top in enumerate(self.tops) if tops & top]


def added(weights: Mapping[T, int], features: Iterable[T], begin: int) -> int:
    """The sum of the weights of those features that have one."""
    return sum(map(weights.get, features, repeat(0)), begin)


def read_model(text: str) -> LinearModel:
    """A model from its JSON."""
    data = json.loads(text)
    return LinearModel(
        data["weights"],
        tuple(data["biases"]),
        tuple(data["thresholds"]),
        tuple(SignalKind(kind) for kind in data["kinds"]),
        tuple(map(tuple, data["unless"])),
    )


@cache
def packaged_model() -> LinearModel:
    """The model that comes with the library, read once."""
    return read_model((get_data("ticketrules.complaints", "weights.json") or b"").decode())


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
            missing = [which for which, kind in enumerate(model.kinds) if kind not in seen]
            for which in model.reached(piece, missing):
                kind = model.kinds[which]
                seen.add(kind)
                if self.lexicon.contexts_of(text.text) & set(model.unless[which]):
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
        """The three features that weigh most for a signal, with where they begin."""
        found = [
            (self.model.weights[feature][which], -len(feature), feature, place)
            for feature, place in features(text)
            if feature in self.model.weights and feature.strip("^$")
        ]
        found.sort(key=lambda one: (-one[0], one[1], one[3]))
        return [(feature.strip("^$"), max(0, place)) for _, _, feature, place in found[:3]]
