"""The policy: one value composed of the settings of every part."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from types import NoneType
from typing import Any
from zoneinfo import ZoneInfo

from attrs import Attribute, field, frozen

from ticketrules.calendar import Notice, ServiceCalendar, ServiceHours
from ticketrules.complaints import TendencyRules
from ticketrules.replies import ReplyStandards
from ticketrules.routing import Routing
from ticketrules.sla import (
    Promises,
    Target,
    TargetSettings,
    Waiting,
    marketplace_targets,
    with_settings,
)
from ticketrules.text import Redaction


def _of(*kinds: type) -> Callable[[object, "Attribute[Any]", Any], None]:
    """A validator of a value's type, which is one of these and no subclass of it."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if type(value) not in kinds:
            meant = " or ".join(kind.__name__ for kind in kinds).replace("NoneType", "None")
            msg = f"{attribute.name} must be a value of {meant}, not of {type(value).__name__}"
            raise TypeError(msg)

    return check


def _not_blank(_instance: object, attribute: "Attribute[Any]", value: str) -> None:
    if not value.strip():
        msg = f"{attribute.name} must not be blank"
        raise ValueError(msg)


def _are_notices(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, Notice) for one in value):
        msg = f"{attribute.name} must be a tuple of Notice"
        raise TypeError(msg)


def _are_targets(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, TargetSettings) for one in value):
        msg = f"{attribute.name} must be a tuple of TargetSettings"
        raise TypeError(msg)


@frozen(kw_only=True)
class Policy:
    """All that a desk's rules leave to a host to decide.

    ``Policy()`` is the marketplace's. The settings live beside the code that reads them, each with
    its clause; they are only composed here.

    Attributes:
        name: What reports call it.
        effective_from: The first date, in its own zone, on which it is in force; ``None`` where
            nothing came before it.
        retroactive: Whether it also rules the tickets that were open when it came; otherwise a
            ticket keeps the policy under which it was submitted.
        service_hours: When the desk serves (3).
        promises: What the customer is promised, in service time (7.1, 8).
        waiting: The ladder of a waiting ticket, in working days (9).
        routing: Who gets a ticket, and which goes first (3, 7).
        tendency: What counts as a tendency to complain (7.2, 7.3).
        replies: How replies are looked at (4.3-4.5).
        redaction: Which personal data is masked (6.5).
        targets: What changes of the marketplace's targets, and targets besides (8).
        notices: Holiday notices newer than the packaged ones.

    Raises:
        TypeError: A value of another type than its field's; the message names the field.
        ValueError: A blank name, or targets that cannot be, such as one of the host's own without
            a budget.
    """

    name: str = field(
        default="marketplace", validator=[_of(str), _not_blank], metadata={"pattern": r"\S"}
    )
    effective_from: date | None = field(
        default=None,
        validator=_of(date, NoneType),
        metadata={"doc": "the first date on which it is in force"},
    )
    retroactive: bool = field(
        default=False,
        validator=_of(bool),
        metadata={"doc": "whether it also rules the tickets that were open when it came"},
    )
    service_hours: ServiceHours = field(factory=ServiceHours, validator=_of(ServiceHours))
    promises: Promises = field(factory=Promises, validator=_of(Promises))
    waiting: Waiting = field(factory=Waiting, validator=_of(Waiting))
    routing: Routing = field(factory=Routing, validator=_of(Routing))
    tendency: TendencyRules = field(factory=TendencyRules, validator=_of(TendencyRules))
    replies: ReplyStandards = field(factory=ReplyStandards, validator=_of(ReplyStandards))
    redaction: Redaction = field(factory=Redaction, validator=_of(Redaction))
    targets: tuple[TargetSettings, ...] = field(default=(), validator=_are_targets)
    notices: tuple[Notice, ...] = field(default=(), validator=_are_notices)

    def __attrs_post_init__(self) -> None:
        if self.targets:
            self.sla_targets()

    def _repr_html_(self) -> str:
        from ticketrules.rulebook.dumping import settings_page  # noqa: PLC0415 - a cycle

        return settings_page(self).html()

    @property
    def effective_at(self) -> datetime:
        """The instant from which it is in force, in UTC; the earliest there is without a date."""
        if self.effective_from is None:
            return datetime.min.replace(tzinfo=UTC)
        zone = ZoneInfo(self.service_hours.zone)
        return datetime.combine(self.effective_from, time.min, zone).astimezone(UTC)

    def calendar(self) -> ServiceCalendar:
        """The service calendar of this policy.

        Raises:
            CalendarError: The days are unknown, or take no notices.
        """
        return self.service_hours.calendar(self.notices)

    def sla_targets(self) -> tuple[Target, ...]:
        """The targets that it promises: the marketplace's under its settings, and its own (8)."""
        return with_settings(marketplace_targets(self.promises, self.waiting), self.targets)
