"""The laws of detectors: what they point at is there, and the same words say the same (7.3)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ticketrules.complaints import Detector, Message, Signal
from ticketrules.tickets import Role
from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.strategies.instants import PLAIN
from ticketrules.verification.strategies.messages import texts


@st.composite
def conversations(draw: st.DrawFn, most: int = 5) -> list[Message]:
    """Messages in order of time, the most of them the customer's."""
    at, found = PLAIN, []
    for text in draw(st.lists(texts(), min_size=1, max_size=most)):
        author = draw(st.sampled_from((Role.CUSTOMER, Role.CUSTOMER, Role.AGENT)))
        found.append(Message(text=text, author=author, at=at))
        at += timedelta(seconds=draw(st.sampled_from((10, 60, 3_600))))
    return found


def _told(_detector: Detector) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(conversation=conversations())


@law(_told, "7.3")
def what_is_pointed_at_is_there(detector: Detector, conversation: Sequence[Message]) -> None:
    """A signal's messages are in the conversation, and its span lies inside its message's text."""
    for one in detector(conversation):
        places = [*one.messages, *([] if one.message is None else [one.message])]
        for place in places:
            require(0 <= place < len(conversation), f"{_named(one)} names message {place}")
        if one.span is not None:
            require(one.message is not None, f"{_named(one)} has a span of no message")
            length = len(conversation[one.message or 0].text)
            start, end = one.span
            inside = 0 <= start < end <= length
            require(inside, f"{_named(one)} points at {one.span} of {length} characters")


@law(_told, "7.3")
def the_same_words_say_the_same(detector: Detector, conversation: Sequence[Message]) -> None:
    """Asked again, a detector finds the same; asked of a copy as well."""
    first = list(detector(conversation))
    equal(list(detector(conversation)), first, "found the second time")
    equal(list(detector(tuple(conversation))), first, "found in a copy")


@law(_told, "7.3")
def nobody_but_the_customer_complains(detector: Detector, conversation: Sequence[Message]) -> None:
    """What only the desk has written is a sign of nothing."""
    desk = [Message(text=one.text, author=Role.AGENT, at=one.at) for one in conversation]
    equal([_named(one) for one in detector(desk)], [], "found in what agents wrote")


def _named(signal: Signal) -> str:
    return f"{signal.kind} of {signal.source or 'a detector'}"


DETECTOR: Final[tuple[Law, ...]] = tuple(
    one for one in list(globals().values()) if isinstance(one, Law)
)
"""Every law of a detector."""
