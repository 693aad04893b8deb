"""What a host may settle about replies (4.3-4.5), each a setting with its clause."""

from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from attrs import Attribute

LONGEST: Final = 100_000
"""No reply is longer than this many characters, and no setting means one that is."""


def _whole(_instance: object, attribute: "Attribute[int]", value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"{attribute.name} must be a whole number, not {value!r}"
        raise TypeError(msg)
    least: int = attribute.metadata["minimum"]
    if not least <= value <= LONGEST:
        msg = f"{attribute.name} must be from {least} to {LONGEST}"
        raise ValueError(msg)


def _flag(_instance: object, attribute: "Attribute[bool]", value: object) -> None:
    if not isinstance(value, bool):
        msg = f"{attribute.name} must be True or False, not {value!r}"
        raise TypeError(msg)


def _metadata(clause: str, doc: str, **more: Any) -> dict[str, Any]:
    return {"clause": clause, "doc": doc, **more}


@frozen(kw_only=True)
class ReplyStandards:
    """How replies are looked at.

    Raises:
        TypeError: A value of another type than its setting's; the message names the setting.
        ValueError: A number too small or too great to be meant.
    """

    longest_reply: int = field(
        default=600,
        validator=_whole,
        metadata=_metadata("4.3", "characters beyond which a reply is far too long", minimum=1),
    )
    enumerate_from: int = field(
        default=2,
        validator=_whole,
        metadata=_metadata("4.4", "open questions from which the answer is enumerated", minimum=2),
    )
    check_spelling: bool = field(
        default=True,
        validator=_flag,
        metadata=_metadata("4.5", "whether typing errors are looked for"),
    )
