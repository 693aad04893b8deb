"""The lines and conversations in ``training/tendency`` are read as labelled, but for a few."""

from pathlib import Path

import pytest

from ticketrules.complaints import Message, RepeatDetector, SignalKind, default_detector
from ticketrules.tickets import Role

TRAINING = Path(__file__).parents[2] / "training/tendency"
LETTERS = {
    "p": SignalKind.PHONE_REQUEST,
    "a": SignalKind.ABUSIVE_LANGUAGE,
    "e": SignalKind.ESCALATION_CUE,
}


def lines():
    for line in (TRAINING / "messages.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            letters, text = line.split(" ", 1)
            yield text, {LETTERS[one] for one in letters if one in LETTERS}


def conversations():
    is_repeated, messages = False, []
    for line in (TRAINING / "conversations.txt").read_text(encoding="utf-8").splitlines():
        if line in ("# r", "# -"):
            if messages:
                yield is_repeated, messages
            is_repeated, messages = line == "# r", []
        elif not line.startswith("#"):
            role = Role.AGENT if line.startswith("> ") else Role.CUSTOMER
            messages.append(Message(text=line.removeprefix("> "), author=role))
    yield is_repeated, messages


@pytest.mark.parametrize("kind", LETTERS.values(), ids=str)
def test_messages(kind):
    detect = default_detector()
    right = wrong = missed = 0
    for text, labels in lines():
        found = any(one.kind is kind for one in detect([Message(text=text)]))
        right += found and kind in labels
        wrong += found and kind not in labels
        missed += kind in labels and not found
    assert right >= 200
    assert wrong + missed <= right // 20


def test_repeated_questions():
    read = [(bool(list(RepeatDetector()(messages))), label) for label, messages in conversations()]
    assert len(read) >= 100
    assert sum(found != label for found, label in read) <= len(read) // 25
