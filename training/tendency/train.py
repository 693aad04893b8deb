"""Make the weights of the linear model in ``ticketrules/complaints/weights.json``.

    python training/tendency/train.py

Logistic regression by stochastic gradient descent, in plain Python and in a fixed order, so that
the same text gives the same weights. The text is ``messages.txt`` beside this file, some of each of
the ``families.txt``, what customers say in ``conversations.txt``, and the examples of the packaged
lexicon, all written for this project.
"""

import json
import math
import re
import sys
import zlib
from pathlib import Path

from ticketrules.complaints import SignalKind, packaged_lexicon
from ticketrules.complaints.detectors import WORDED
from ticketrules.complaints.linear import features
from ticketrules.text import normalise

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src/ticketrules/complaints/weights.json"
LETTERS = dict(zip("pae", WORDED, strict=True))

EPOCHS = 15
RATE = 0.06
DECAY = 0.02
SMALLEST = 0.04
CERTAIN = 0.005
THRESHOLDS = (0.5, 0.3, 0.5)
DOUBTS = (-4.0, -5.0, -2.5)

UNLESS = {
    SignalKind.PHONE_REQUEST: ("call_refused", "voice_product"),
    SignalKind.ABUSIVE_LANGUAGE: ("mentioned", "third_party", "self", "not_you"),
    SignalKind.ESCALATION_CUE: ("complaint_denied", "boss_own", "boss_spared", "manager_word"),
}


def lines(name):
    """The lines of a file that are no remarks, each with its first word apart."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(" ", 1)


def composed():
    """Some messages of each family, drawn in a fixed order: signals and text."""
    names = {}
    for letters, rest in lines("families.txt"):
        first, pattern = rest.split(" ", 1)
        if letters == "=":
            names[first] = pattern
            continue
        draws = _draws(zlib.crc32(pattern.encode()))
        drawn = [_drawn(pattern, names, draws) for _ in range(int(first))]
        for text in dict.fromkeys(drawn):
            yield letters, text


def _drawn(text, names, draws):
    """A message of a family: first of each braces, then of each name one alternative."""
    while "{" in text:
        text = re.sub(r"\{([^{}]*)\}", lambda found: _one_of(found[1], draws), text)
    while "<" in text:
        text = re.sub("<([a-z]+)>", lambda found: _one_of(names[found[1]], draws), text)
    return text


def _draws(state):
    """Numbers without end that are as good as random and the same everywhere."""
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield state >> 8


def _one_of(several, draws):
    several = several.split("|")
    return several[next(draws) % len(several)]


def messages():
    """Every message with the signals that it shows."""
    for letters, text in [*lines("messages.txt"), *composed()]:
        yield text, frozenset(LETTERS[one] for one in letters if one in LETTERS)
    told = (HERE / "conversations.txt").read_text(encoding="utf-8").splitlines()
    for text in dict.fromkeys(line for line in told if line and line[0] not in "#>"):
        yield text, _shown(text)
    senses = packaged_lexicon().senses.values()
    shown = {text: {sense.signal} for sense in senses for text in sense.examples}
    for text in shown:
        shown[text] |= packaged_lexicon().signals(text)
    for text, signals in shown.items():
        yield text, frozenset(kind for kind in WORDED if kind.value in signals)
    for sense in senses:
        for text in sense.counterexamples:
            if text not in shown:
                yield text, _shown(text)


def _shown(text):
    """What the lexicon alone sees in a text."""
    signals = packaged_lexicon().signals(text)
    return frozenset(kind for kind in WORDED if kind.value in signals)


def trained(rows, kinds=WORDED):
    """Weights and biases of each kind."""
    read = [([one for one, _ in features(normalise(text).text)], labels) for text, labels in rows]
    read.sort(key=lambda row: zlib.crc32("".join(row[0]).encode()))  # a fixed order, well mixed
    weights = [{} for _ in kinds]
    biases = [-1.0 for _ in kinds]
    for epoch in range(EPOCHS):
        rate = RATE / (1 + 0.2 * epoch)
        for units, labels in read:
            for number, kind in enumerate(kinds):
                mine = weights[number]
                score = biases[number] + sum(mine.get(one, 0.0) for one in units)
                error = (kind in labels) - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
                if abs(error) < CERTAIN:
                    continue
                step = rate * error
                biases[number] += step
                for one in units:
                    mine[one] = mine.get(one, 0.0) * (1 - rate * DECAY) + step
    return weights, biases


def model(weights, biases):
    """The weights as they are kept: few, short, in order."""
    table = {}
    for number, mine in enumerate(weights):
        for feature, weight in mine.items():
            if abs(weight) >= SMALLEST:
                table.setdefault(feature, [0] * len(weights))[number] = round(100 * weight)
    return {
        "kinds": [kind.value for kind in WORDED],
        "thresholds": [round(100 * one) for one in THRESHOLDS],
        "doubts": [round(100 * one) for one in DOUBTS],
        "unless": [list(UNLESS[kind]) for kind in WORDED],
        "biases": [round(100 * bias) for bias in biases],
        "weights": dict(sorted(table.items())),
    }


if __name__ == "__main__":
    found = model(*trained(list(messages())))
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(row)}"
        for feature, row in found.pop("weights").items()
    ]
    head = json.dumps(found)[:-1]
    WEIGHTS.write_text(head + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} features\n")
