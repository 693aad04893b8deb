"""What people write on a ticket."""

from functools import cache
from typing import Final

from hypothesis import strategies as st

from ticketrules.tickets import MessageKind, Role
from ticketrules.tickets.records import Message, Visibility
from ticketrules.verification.strategies.commands import actors
from ticketrules.verification.strategies.instants import instants

QUESTIONS: Final = (
    "网站打不开",
    "The site is down.",
    "Ｓｉｔｅ　ｄｏｗｎ？",
    "订单无法支付，怎么办？",
)
HEATED: Final = (
    "怎么还不回复？！",
    "请马上给我打电话",
    "再不处理我就投诉",
    "I will call my lawyer",
)
REPEATED: Final = ("在吗", "在吗？", "在吗？？？")
SECRETS: Final = ("我的密码是 Abc-123456", "root password: hunter2")
KINDS: Final = {
    MessageKind.MESSAGE: QUESTIONS + HEATED + REPEATED + SECRETS,
    MessageKind.SOLVED: ("问题已经解决了", "It works again, thanks"),
    MessageKind.THANKS: ("谢谢！", "thank you"),
    MessageKind.AUTOMATIC: ("自动回复：我正在休假", "Auto-Reply: out of office"),
}
"""Words of each kind that a customer's message may be of."""

ODD: Final = ("", " \u3000", "\u200b", "🙏", "e\u0301", "a\r\nb\u2028c", "ﷺ", "x" * 2_000)


@cache
def texts() -> st.SearchStrategy[str]:
    """What customers write: questions, heat, thanks, secrets, odd characters, anything."""
    said = tuple(text for group in KINDS.values() for text in group)
    return st.sampled_from(said) | st.sampled_from(ODD) | st.text(max_size=60)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Messages of a ticket, from anybody, public or internal, with words that fit their kind."""
    author = draw(actors())
    is_customer = author.role is Role.CUSTOMER
    kind = draw(st.sampled_from(MessageKind)) if is_customer else MessageKind.MESSAGE
    is_internal = author.role in {Role.AGENT, Role.PLATFORM} and draw(st.booleans())
    automatic = kind is MessageKind.AUTOMATIC or author.role is Role.SYSTEM
    return Message(
        event_id=f"e{draw(st.integers(1, 99))}",
        at=draw(instants()),
        author=author,
        visibility=Visibility.INTERNAL if is_internal else Visibility.PUBLIC,
        automatic=automatic,
        kind=kind,
        body=draw(st.sampled_from(KINDS[kind]) | texts()),
    )
