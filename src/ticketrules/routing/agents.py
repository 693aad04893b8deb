"""Agents as routing sees them: who they are, whether they are on duty, what they hold (3.4)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import Attribute, converters, field, frozen, validators

from ticketrules.clauses import Text
from ticketrules.errors import RoutingError
from ticketrules.routing.given import as_tuple, each, id_set, is_date, only
from ticketrules.routing.priority import Urgency
from ticketrules.tickets.values import Labelled, instant

NO_REASON: Final = Text("", "")
"""The reason of a leave that gives none."""


class Duty(Labelled):
    """What an agent has set; only those on duty get tickets automatically (3.4)."""

    ON_DUTY = "on_duty", "在岗"
    OFF_DUTY = "off_duty", "离岗"
    AWAY = "away", "暂离"
    OFFLINE = "offline", "离线"

    @property
    def text(self) -> Text:
        """The duty in both languages."""
        return Text(str(self).replace("_", " "), self.label)


def as_text(value: Text | str) -> Text:
    """A text in both languages; a plain string reads the same in either."""
    return Text(value, value) if isinstance(value, str) else value


@frozen
class Leave:
    """A stretch ``[start, end)`` in which an agent is absent, whatever the shifts say.

    Attributes:
        start: The first instant, aware; kept in UTC.
        end: The instant that ends it, not part of it.
        why: Why, in both languages, for the desk to read.

    Raises:
        NaiveTimeError: An instant without a time zone.
        RoutingError: It ends before it lasts.
    """

    start: datetime = field(converter=instant)
    end: datetime = field(converter=instant)
    why: Text = field(default=NO_REASON, converter=as_text, validator=validators.instance_of(Text))

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            msg = f"leave from {self.start.isoformat()}: it ends before it lasts"
            raise RoutingError(msg)

    @classmethod
    def on(
        cls, first: date, last: date, zone: str = "Asia/Shanghai", why: Text | str = NO_REASON
    ) -> "Leave":
        """Whole days of leave, the last among them, from midnight to midnight in a zone.

        Raises:
            RoutingError: No dates, the last comes before the first, or the zone does not exist.
        """
        for day in (first, last):
            is_date(day, "leave")
        home = zone_of(zone)
        try:
            days = first, last + timedelta(days=1)
        except OverflowError as error:
            msg = f"leave until {last}: no day comes after it"
            raise RoutingError(msg) from error
        start, after = (datetime.combine(day, time.min, home) for day in days)
        return cls(start, after, why)


@frozen
class Held:
    """A ticket that an agent holds, and how urgent it is (7)."""

    ticket: str = field(validator=validators.instance_of(str))
    urgency: Urgency = field(default=Urgency.CLOCK, validator=validators.instance_of(Urgency))


def _capacity(instance: "Agent", _attribute: "Attribute[Any]", value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"agent {instance.id!r}: capacity must be a whole number, not {value!r}"
        raise TypeError(msg)
    if value < 0:
        msg = f"agent {instance.id!r}: capacity must not be below zero, got {value}"
        raise RoutingError(msg)


def _name(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, str):
        msg = f"{attribute.name} must be a str, not {type(value).__name__}"
        raise TypeError(msg)
    if attribute.name == "id" and not value.strip():
        msg = "an agent's id must not be blank"
        raise RoutingError(msg)


@frozen(kw_only=True)
class Agent:
    """An agent of the provider.

    Attributes:
        id: Unique on the desk.
        name: What people call them; the id where it is blank.
        skills: What they can do that not everybody can.
        capacity: How many tickets they may hold at most; ``None`` for the desk's setting.
        duty: What they have set; off duty unless told otherwise (3.4).
        duty_since: Since when, where that is known; aware, kept in UTC.
        holds: The tickets that they hold, waiting ones among them if the host counts those.
        leave: When they are absent.

    Raises:
        RoutingError: A blank id, a capacity below zero, or a ticket held twice; names the agent.
        NaiveTimeError: ``duty_since`` has no time zone.
    """

    id: str = field(validator=_name)
    name: str = field(default="", validator=_name)
    skills: frozenset[str] = id_set()
    capacity: int | None = field(default=None, validator=_capacity)
    duty: Duty = field(default=Duty.OFF_DUTY, validator=validators.instance_of(Duty))
    duty_since: datetime | None = field(default=None, converter=converters.optional(instant))
    holds: tuple[Held, ...] = field(default=(), converter=as_tuple, validator=only(Held))
    leave: tuple[Leave, ...] = field(default=(), converter=as_tuple, validator=only(Leave))

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for held in self.holds:
            if held.ticket in seen:
                msg = f"agent {self.id!r}: ticket {held.ticket!r} is held twice"
                raise RoutingError(msg)
            seen.add(held.ticket)

    @property
    def called(self) -> str:
        """The name, or else the id."""
        return self.name or self.id

    @property
    def is_on_duty(self) -> bool:
        """Whether tickets may come automatically (3.4)."""
        return self.duty is Duty.ON_DUTY

    def leave_at(self, at: datetime) -> Leave | None:
        """The leave that an aware instant lies in; the one that lasts longest of several."""
        found = [one for one in self.leave if one.start <= at < one.end]
        return max(found, key=lambda one: one.end, default=None)


def by_id(agents: Iterable[Agent]) -> dict[str, Agent]:
    """The agents by id, in the order of their ids.

    Raises:
        RoutingError: An agent stands twice.
    """
    found: dict[str, Agent] = {}
    for agent in each(agents, Agent, "agents"):
        if agent.id in found:
            msg = f"agent {agent.id!r} stands twice"
            raise RoutingError(msg)
        found[agent.id] = agent
    return dict(sorted(found.items()))


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of a name.

    Raises:
        RoutingError: There is none; the message quotes it.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError) as error:
        msg = f"zone: {name!r} is no IANA time zone"
        raise RoutingError(msg) from error
