"""What can happen to a ticket, in the past tense: the facts that a host keeps.

Every event carries its own id, its ticket's id, the instant (kept in UTC) and who did it. Texts
never show in a ``repr``. Which event is legal when is not said here but in ``table``.
"""

from datetime import datetime
from typing import Any, ClassVar

from attrs import Attribute, field, frozen, validators

from ticketrules.tickets.parts import flag, id_or_none, known_checks, spoken, text_only, words
from ticketrules.tickets.values import (
    Actor,
    Check,
    MessageKind,
    Role,
    Superior,
    in_order,
    instant,
)


def _no_flag(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if isinstance(value, bool):
        msg = f"{attribute.name} must be a number from 1 to 5, not {value}"
        raise TypeError(msg)


@frozen(kw_only=True)
class Event:
    """A fact about one ticket.

    Attributes:
        id: Unique within the ticket; the same fact has the same id wherever it is told.
        ticket: The ticket's id.
        at: When it happened, aware; kept in UTC.
        by: Who did it.
        name: The stable snake_case name of the kind of event.
        label: The Chinese name that the desk reads.

    Raises:
        NaiveTimeError: ``at`` has no time zone.
        TypeError: A part of another type than its own; the message names it.
    """

    name: ClassVar[str] = "event"
    label: ClassVar[str] = "事件"

    id: str = field(validator=text_only)
    ticket: str = field(validator=text_only)
    at: datetime = field(converter=instant)
    by: Actor = field(validator=validators.instance_of(Actor))

    def __init_subclass__(cls) -> None:
        cls.name = spoken(cls, "_")


@frozen(kw_only=True)
class Submitted(Event):
    """The customer submitted the ticket; ``follows`` links an earlier, closed one.

    ``group`` is the provider's group that it went to, which holds it until an agent does.
    """

    label: ClassVar[str] = "提交工单"

    body: str = words(default="")
    follows: str | None = id_or_none()
    group: str | None = id_or_none()


@frozen(kw_only=True)
class Dispatched(Event):
    """派单: the ticket was given to an agent; one who was offline must have been told (6.3)."""

    label: ClassVar[str] = "派单"

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)


@frozen(kw_only=True)
class Accepted(Event):
    """The agent took the ticket into work: 处理中 (5.2)."""

    label: ClassVar[str] = "受理"


@frozen(kw_only=True)
class Replied(Event):
    """A public message to the customer; an ``automatic`` one is no answer (8)."""

    label: ClassVar[str] = "回复客户"

    body: str = words(default="")
    automatic: bool = flag(default=False)

    @property
    def is_answer(self) -> bool:
        """Whether the customer now has an answer: an agent's or the platform's own message (8)."""
        role = self.by.role
        return not self.automatic and (role is Role.AGENT or role is Role.PLATFORM)


@frozen(kw_only=True)
class CustomerWrote(Event):
    """A message from the customer."""

    label: ClassVar[str] = "客户留言"

    body: str = words(default="")
    kind: MessageKind = field(
        default=MessageKind.MESSAGE, validator=validators.instance_of(MessageKind)
    )

    @property
    def asks(self) -> bool:
        """Whether it wants an answer; an automatic message or a bare thank-you does not."""
        return self.kind is MessageKind.MESSAGE or self.kind is MessageKind.SOLVED


@frozen(kw_only=True)
class Noted(Event):
    """An internal note, or an update that the customer does not see; no answer (8)."""

    label: ClassVar[str] = "添加备注"

    body: str = words(default="")


@frozen(kw_only=True)
class Verified(Event):
    """Items of the checklist were verified (4.1)."""

    label: ClassVar[str] = "核实信息"

    checks: frozenset[Check] = field(converter=frozenset, repr=in_order, validator=known_checks)


@frozen(kw_only=True)
class Clarified(Event):
    """The problem is clear; from here a resolution time is owed (8.2)."""

    label: ClassVar[str] = "明确问题"


@frozen(kw_only=True)
class ResolutionPromised(Event):
    """The customer was told when it will be solved (8.2)."""

    label: ClassVar[str] = "告知预计解决时间"

    promised_for: datetime = field(converter=instant)


@frozen(kw_only=True)
class FeedbackRequested(Event):
    """需用户反馈: the customer must supply something first (5.3)."""

    label: ClassVar[str] = "需用户反馈"


@frozen(kw_only=True)
class SolutionProposed(Event):
    """处理完成: solved, and the customer should confirm (5.4)."""

    label: ClassVar[str] = "处理完成"


@frozen(kw_only=True)
class Confirmed(Event):
    """The customer confirmed the solution (5.1, 9.3)."""

    label: ClassVar[str] = "确认解决"


@frozen(kw_only=True)
class Rejected(Event):
    """The customer said that it is not solved."""

    label: ClassVar[str] = "否认解决"

    body: str = words(default="")


@frozen(kw_only=True)
class Resolved(Event):
    """The agent set 已解决 after the customer said that it is solved (5.5)."""

    label: ClassVar[str] = "改为已解决"


@frozen(kw_only=True)
class Closed(Event):
    """The customer closed the ticket and may have rated it, 1 to 5."""

    label: ClassVar[str] = "关闭工单"

    rating: int | None = field(
        default=None,
        validator=validators.optional(
            validators.and_(
                _no_flag, validators.instance_of(int), validators.ge(1), validators.le(5)
            )
        ),
    )


@frozen(kw_only=True)
class Transferred(Event):
    """转单: another agent goes on, with a note of both parts (6.1); offline ones are told (6.3)."""

    label: ClassVar[str] = "转单"

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)
    judgement: str = words(default="")
    next_step: str = words(default="")


@frozen(kw_only=True)
class EscalatedToPlatform(Event):
    """Dispatched to the platform's desk, with a note of what it must solve (6.4)."""

    label: ClassVar[str] = "派单给平台"

    note: str = words(default="")


@frozen(kw_only=True)
class PlatformReturned(Event):
    """The platform gave the ticket back to the provider (6.4)."""

    label: ClassVar[str] = "平台退回"

    note: str = words(default="")


@frozen(kw_only=True)
class Complained(Event):
    """The customer clicked 投诉 (7.2)."""

    label: ClassVar[str] = "投诉"


@frozen(kw_only=True)
class ComplaintWithdrawn(Event):
    """The customer withdrew the complaint."""

    label: ClassVar[str] = "撤销投诉"


@frozen(kw_only=True)
class Called(Event):
    """The customer was phoned; the outcome is written into the ticket (4.6, 7.1, 7.3)."""

    label: ClassVar[str] = "电话沟通"

    outcome: str = words(default="")


@frozen(kw_only=True)
class Reported(Event):
    """The matter was reported upward (4.6)."""

    label: ClassVar[str] = "上报"

    to: Superior = field(validator=validators.instance_of(Superior))


@frozen(kw_only=True)
class MarkedBusinessStopping(Event):
    """The problem stops the customer's business (7.1)."""

    label: ClassVar[str] = "标记影响业务"


@frozen(kw_only=True)
class Reminded(Event):
    """The system reminded the customer by e-mail and text message (9.1)."""

    label: ClassVar[str] = "提醒客户"


@frozen(kw_only=True)
class FeedbackLapsed(Event):
    """No feedback came; the system moved the ticket to 待确认 (9.2)."""

    label: ClassVar[str] = "待反馈到期"


@frozen(kw_only=True)
class ConfirmationLapsed(Event):
    """No objection came; the system confirmed (9.3)."""

    label: ClassVar[str] = "待确认到期"


@frozen(kw_only=True)
class HandedOver(Event):
    """交接: a colleague takes the ticket at the shift's end, with a note of four parts (6.6).

    One who is offline must have been told (6.3).
    """

    label: ClassVar[str] = "交接"

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)
    cause: str = words(default="")
    handler: str = words(default="")
    progress: str = words(default="")
    next_step: str = words(default="")
