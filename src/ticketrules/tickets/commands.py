"""What people and the system may ask of a ticket, as imperatives.

A command names its parts and the events that it would cause; whether it may is decided by
``decide`` against the table. One that both replies and changes the status is one command whose
events stand in that order.
"""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from attrs import converters, field, fields, fields_dict, frozen, validators

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.tickets import events as e
from ticketrules.tickets.message_reading import read_kind
from ticketrules.tickets.parts import flag, id_or_none, known_checks, named, spoken, words
from ticketrules.tickets.values import (
    Actor,
    Check,
    MessageKind,
    Superior,
    in_order,
    instant,
)

Causes = tuple[type[e.Event], ...]


def _reason(clause: str, en: str, zh: str) -> Reason:
    return Reason(ClauseId(clause), Text(en, zh))


@frozen(kw_only=True)
class Command:
    """A wish of somebody's, on one ticket.

    Attributes:
        id: Unique within the ticket; the events that it causes are numbered under it.
        by: Who wishes it.
        at: When it was wished, where that is not the instant of deciding, such as for what was
            done offline; aware, kept in UTC.
        name: The command in words, as refusals tell it.
        label: The Chinese name that the desk reads on its buttons.
        causes: The events that it would cause, in order.
        takes_up: Whether an agent who does this to a new ticket takes it into work by it (5.2).
        wordless: The reason against it when its ``reply`` is blank.
    """

    name: ClassVar[str] = "command"
    label: ClassVar[str] = "操作"
    causes: ClassVar[Causes] = ()
    takes_up: ClassVar[bool] = False
    wordless: ClassVar[Reason | None] = None

    id: str = field(validator=named)
    by: Actor = field(validator=validators.instance_of(Actor))
    at: datetime | None = field(default=None, converter=converters.optional(instant))

    def __init_subclass__(cls) -> None:
        cls.name = spoken(cls, " ")

    def said(self, kind: type[e.Event]) -> dict[str, Any]:
        """What this command says about an event of a kind: the parts that both have by name.

        Its ``reply`` is the body of the public message.
        """
        # mypy takes these classes for unhashable, since it looks up their instances' method.
        parts = _parts(type(self), kind)  # type: ignore[arg-type]
        return {part: getattr(self, own) for part, own in parts} if parts else {}

    def lacks(self) -> list[Reason]:
        """What the command itself lacks, whatever the ticket."""
        if self.wordless is None or getattr(self, "reply", "").strip():
            return []
        return [self.wordless]


@cache
def _parts(command: type[Command], kind: type[e.Event]) -> tuple[tuple[str, str], ...]:
    """The fields of an event that a command fills, each with the command's own name for it."""
    own = fields_dict(command).keys() - {"id", "by", "at", "ticket"}
    parts = [(name, name) for name in fields_dict(kind) if name in own]
    if kind is e.Replied and "reply" in own:
        parts.append(("body", "reply"))
    return tuple(parts)


@frozen(kw_only=True)
class Submit(Command):
    """Submit a new ticket to a provider's group (5.1); ``follows`` links an earlier, closed one."""

    label: ClassVar[str] = "提交工单"
    causes: ClassVar[Causes] = (e.Submitted,)

    ticket: str = field(validator=named)
    body: str = words()
    follows: str | None = id_or_none()
    group: str | None = id_or_none()


@frozen(kw_only=True)
class Accept(Command):
    """Take the ticket into work (5.2)."""

    label: ClassVar[str] = "受理"
    causes: ClassVar[Causes] = (e.Accepted,)


@frozen(kw_only=True)
class Dispatch(Command):
    """派单: give the ticket to an agent who is online, or tell the one who is not (6.3)."""

    label: ClassVar[str] = "派单"
    causes: ClassVar[Causes] = (e.Dispatched,)

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)


@frozen(kw_only=True)
class Reply(Command):
    """Answer the customer (8); a new ticket is taken into work first (5.2)."""

    label: ClassVar[str] = "回复"
    causes: ClassVar[Causes] = (e.Replied,)
    takes_up: ClassVar[bool] = True
    wordless: ClassVar[Reason | None] = _reason("5.6", "a reply needs words", "回复内容不能为空")

    reply: str = words()


@frozen(kw_only=True)
class Write(Command):
    """Write as the customer; this reopens a waiting or resolved ticket (5.1).

    A host's ``kind`` is believed; for ``None``, ``read_kind`` says it, and the event keeps it.
    """

    label: ClassVar[str] = "留言"
    causes: ClassVar[Causes] = (e.CustomerWrote,)

    body: str = words()
    kind: MessageKind | None = field(
        default=None, validator=validators.optional(validators.instance_of(MessageKind))
    )

    def said(self, kind: type[e.Event]) -> dict[str, Any]:
        """What this command says about its event, the kind of message read if it is not given."""
        parts = super().said(kind)
        if self.kind is None:
            parts["kind"] = read_kind(self.body)
        return parts


@frozen(kw_only=True)
class Note(Command):
    """Leave an internal note, which is no answer (5.1, 8)."""

    label: ClassVar[str] = "添加备注"
    causes: ClassVar[Causes] = (e.Noted,)

    body: str = words()


@frozen(kw_only=True)
class Verify(Command):
    """Record what was verified (4.1)."""

    label: ClassVar[str] = "核实信息"
    causes: ClassVar[Causes] = (e.Verified,)

    checks: frozenset[Check] = field(converter=frozenset, repr=in_order, validator=known_checks)


@frozen(kw_only=True)
class Clarify(Command):
    """Record that the problem is clear; a resolution time is owed from here (8.2)."""

    label: ClassVar[str] = "明确问题"
    causes: ClassVar[Causes] = (e.Clarified,)
    takes_up: ClassVar[bool] = True


@frozen(kw_only=True)
class PromiseResolution(Command):
    """Tell the customer when it will be solved (8.2)."""

    label: ClassVar[str] = "承诺解决时间"
    causes: ClassVar[Causes] = (e.Replied, e.ResolutionPromised)
    takes_up: ClassVar[bool] = True
    wordless: ClassVar[Reason | None] = _reason(
        "8.2", "a promised time needs a reply that tells it", "告知预计解决时间须回复客户"
    )

    promised_for: datetime = field(converter=instant)
    reply: str = words()


@frozen(kw_only=True)
class RequestFeedback(Command):
    """需用户反馈: say what is awaited, then wait (5.3)."""

    label: ClassVar[str] = "需用户反馈"
    causes: ClassVar[Causes] = (e.Replied, e.FeedbackRequested)
    takes_up: ClassVar[bool] = True
    wordless: ClassVar[Reason | None] = _reason(
        "5.3",
        "waiting for feedback needs a reply that says what is awaited",
        "需用户反馈须先回复说明所需内容",
    )

    reply: str = words()


@frozen(kw_only=True)
class ProposeSolution(Command):
    """处理完成: say that it is solved and ask to confirm and rate, then wait (5.4)."""

    label: ClassVar[str] = "处理完成"
    causes: ClassVar[Causes] = (e.Replied, e.SolutionProposed)
    takes_up: ClassVar[bool] = True
    wordless: ClassVar[Reason | None] = _reason(
        "5.4",
        "a proposed solution needs a reply that asks to confirm",
        "处理完成须先回复请客户确认",
    )

    reply: str = words()


@frozen(kw_only=True)
class Confirm(Command):
    """Confirm the solution as the customer (5.1)."""

    label: ClassVar[str] = "确认解决"
    causes: ClassVar[Causes] = (e.Confirmed,)


@frozen(kw_only=True)
class Reject(Command):
    """Say as the customer that it is not solved (5.1)."""

    label: ClassVar[str] = "否认解决"
    causes: ClassVar[Causes] = (e.Rejected,)

    body: str = words(default="")


@frozen(kw_only=True)
class MarkResolved(Command):
    """Reply, then set 已解决, once the customer said that it is solved (5.5)."""

    label: ClassVar[str] = "改为已解决"
    causes: ClassVar[Causes] = (e.Replied, e.Resolved)
    wordless: ClassVar[Reason | None] = _reason(
        "5.5", "resolved needs a reply first", "改为已解决前须先回复"
    )

    reply: str = words()


@frozen(kw_only=True)
class Close(Command):
    """Close the ticket as the customer, and rate it from 1 to 5 or not (5.1)."""

    label: ClassVar[str] = "关闭工单"
    causes: ClassVar[Causes] = (e.Closed,)

    rating: int | None = field(default=None, validator=fields(e.Closed).rating.validator)


@frozen(kw_only=True)
class Transfer(Command):
    """转单: pass the ticket on with a note, the customer answered (6.1-6.3)."""

    label: ClassVar[str] = "转单"
    causes: ClassVar[Causes] = (e.Transferred,)

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)
    judgement: str = words()
    next_step: str = words()


@frozen(kw_only=True)
class Escalate(Command):
    """派单给平台: hand the ticket to the platform with a note, and tell the customer (6.4)."""

    label: ClassVar[str] = "派单给平台"
    causes: ClassVar[Causes] = (e.Replied, e.EscalatedToPlatform)
    takes_up: ClassVar[bool] = True
    wordless: ClassVar[Reason | None] = _reason(
        "6.4",
        "escalation needs a reply that asks not to close yet",
        "派单给平台须回复请客户暂不关闭工单",
    )

    note: str = words()
    reply: str = words()


@frozen(kw_only=True)
class ReturnFromPlatform(Command):
    """Give the ticket back to the provider, as the platform (6.4)."""

    label: ClassVar[str] = "平台退回"
    causes: ClassVar[Causes] = (e.PlatformReturned,)

    note: str = words(default="")


@frozen(kw_only=True)
class Complain(Command):
    """Click 投诉 as the customer (7.2)."""

    label: ClassVar[str] = "投诉"
    causes: ClassVar[Causes] = (e.Complained,)


@frozen(kw_only=True)
class WithdrawComplaint(Command):
    """Withdraw the complaint as the customer (7.2)."""

    label: ClassVar[str] = "撤销投诉"
    causes: ClassVar[Causes] = (e.ComplaintWithdrawn,)


@frozen(kw_only=True)
class RecordCall(Command):
    """Record a phone call with its outcome (4.6)."""

    label: ClassVar[str] = "记录电话"
    causes: ClassVar[Causes] = (e.Called,)

    outcome: str = words()


@frozen(kw_only=True)
class Report(Command):
    """Report upward what cannot be contained (4.6)."""

    label: ClassVar[str] = "上报"
    causes: ClassVar[Causes] = (e.Reported,)

    to: Superior = field(validator=validators.instance_of(Superior))


@frozen(kw_only=True)
class MarkBusinessStopping(Command):
    """Mark that the problem stops the customer's business (7.1)."""

    label: ClassVar[str] = "标记影响业务"
    causes: ClassVar[Causes] = (e.MarkedBusinessStopping,)


@frozen(kw_only=True)
class Remind(Command):
    """Remind the waiting customer by e-mail and text message (9.1)."""

    label: ClassVar[str] = "提醒客户"
    causes: ClassVar[Causes] = (e.Reminded,)


@frozen(kw_only=True)
class LapseFeedback(Command):
    """Move a ticket without feedback to 待确认 (9.2)."""

    label: ClassVar[str] = "待反馈到期"
    causes: ClassVar[Causes] = (e.FeedbackLapsed,)


@frozen(kw_only=True)
class LapseConfirmation(Command):
    """Confirm automatically a ticket without objection (9.3)."""

    label: ClassVar[str] = "待确认到期"
    causes: ClassVar[Causes] = (e.ConfirmationLapsed,)


@frozen(kw_only=True)
class HandOver(Command):
    """交接: give the ticket to a colleague at the shift's end, with its note (3.5, 6.3, 6.6)."""

    label: ClassVar[str] = "交接"
    causes: ClassVar[Causes] = (e.HandedOver,)

    to: str = field(validator=validators.instance_of(str))
    online: bool = flag(default=True)
    told: bool = flag(default=False)
    cause: str = words()
    handler: str = words()
    progress: str = words()
    next_step: str = words()
