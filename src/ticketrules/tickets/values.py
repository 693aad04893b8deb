"""The small values that tickets and events are made of: statuses, roles, actors, instants."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, Self

from attrs import field, frozen, validators

from ticketrules.errors import CalendarError, NaiveTimeError


def instant(value: datetime) -> datetime:
    """The same instant, kept in UTC so that any two compare exactly.

    Python compares two datetimes of one zone by their wall clocks, which is wrong in the hour that
    a clock change repeats; in UTC there is no such hour.

    Raises:
        NaiveTimeError: ``value`` has no time zone.
        CalendarError: ``value`` lies outside the years 1 to 9999 of UTC.
        TypeError: ``value`` is no datetime.
    """
    try:
        zone = value.tzinfo
    except AttributeError:
        msg = f"an instant is a datetime, not {type(value).__name__}"
        raise TypeError(msg) from None
    if zone is UTC:
        return value
    if zone is None or value.utcoffset() is None:
        msg = f"an instant needs a time zone, got {value.isoformat()} without one"
        raise NaiveTimeError(msg)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        msg = f"{value.isoformat()} is outside the years that can be reckoned with"
        raise CalendarError(msg) from None


class Labelled(Enum):
    """An enum whose stable value is snake_case and whose ``label`` is what the desk reads."""

    _zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        """Split a member into its value and its label."""
        member = object.__new__(cls)
        member._value_ = value
        member._zh = zh
        return member

    @property
    def label(self) -> str:
        """The Chinese label."""
        return self._zh

    def __str__(self) -> str:
        return str(self.value)

    # Members are singletons; hashing by identity spares a Python-level call on every table look-up.
    __hash__ = object.__hash__


class Status(Labelled):
    """Where a ticket stands (5.1)."""

    NEW = "new", "未处理"
    IN_PROGRESS = "in_progress", "处理中"
    AWAITING_FEEDBACK = "awaiting_feedback", "待反馈"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "待确认"
    RESOLVED = "resolved", "已解决"
    CLOSED = "closed", "已关闭"


class Role(Labelled):
    """On whose behalf something happens."""

    CUSTOMER = "customer", "客户"
    AGENT = "agent", "客服"
    PLATFORM = "platform", "平台"
    SYSTEM = "system", "系统"


class MessageKind(Labelled):
    """What a customer's message is: the host knows, or ``read_kind`` takes it from the words."""

    MESSAGE = "message", "消息"
    SOLVED = "solved", "已解决的反馈"
    THANKS = "thanks", "仅致谢"
    AUTOMATIC = "automatic", "自动回复"


class Check(Labelled):
    """One item of the verification checklist (4.1)."""

    ACCOUNT = "account", "客户账号"
    ORDER = "order", "业务订单"
    EARLIER_TICKETS = "earlier_tickets", "历史工单"
    RECORDS = "records", "工单记录"


def in_order(members: frozenset[Any]) -> str:
    """The ``repr`` of a set of members of one enum in the enum's order."""
    # The order of a set is that of its members' addresses, which differ from run to run.
    kind: Any = type(next(iter(members))) if members else ()
    return f"frozenset({{{', '.join(repr(one) for one in kind if one in members)}}})"


class Superior(Labelled):
    """To whom a matter that cannot be contained is reported (4.6)."""

    SUPERVISOR = "supervisor", "公司主管"
    OPERATIONS = "operations", "云市场运营"


@frozen
class Actor:
    """Who did it: a role, and an id within it where one is known."""

    role: Role = field(validator=validators.instance_of(Role))
    id: str = field(default="", validator=validators.instance_of(str))

    def __str__(self) -> str:
        return f"{self.role}:{self.id}" if self.id else str(self.role)


SYSTEM = Actor(Role.SYSTEM)
"""The desk's own machinery, on whose behalf reminders and lapses happen."""
