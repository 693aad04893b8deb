"""Budgets: how much time a promise allows, counted from the event that starts it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple, Protocol

from attrs import Attribute, field, frozen, validators

from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import events


class Timer(Protocol):
    """What a budget is counted in: a calendar's service time, or plain time."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The time that counts in ``[start, end)``."""
        ...

    def advance(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant with ``amount`` of counted time since ``start``."""
        ...


class RoundTheClock:
    """The timer of calendar time: every second counts."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """All the time in between."""
        return end - start

    def advance(self, start: datetime, amount: timedelta) -> datetime:
        """So much later."""
        return start + amount


class Terms(NamedTuple):
    """What a start amounts to; a tuple, since one is made for every start.

    Attributes:
        timer: What the budget is counted in.
        budget: The time that the target allows; ``None`` where it names an instant instead.
        deadline: The instant after which it is broken; ``None`` where the budget says it.
        due_at: From when on the system may do what the target asks, where it is the system's.
    """

    timer: Timer
    budget: timedelta | None = None
    deadline: datetime | None = None
    due_at: datetime | None = None


class Budget(Protocol):
    """How much time a target allows, counted from a start."""

    is_amount: ClassVar[bool]
    """Whether it is used up, and so can rest or be used in part; or else names an instant."""

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:
        """The terms of a clock that this event starts."""
        ...


def _is_amount(_instance: object, attribute: "Attribute[timedelta]", value: Any) -> None:
    if not isinstance(value, timedelta):
        msg = f"{attribute.name} must be a timedelta, not {value!r}"
        raise TypeError(msg)
    if value < timedelta(0):
        msg = f"{attribute.name} cannot be negative, as {value} is"
        raise ValueError(msg)


def _is_count(_instance: object, attribute: "Attribute[int]", value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"{attribute.name} must be a whole number, not {value!r}"
        raise TypeError(msg)
    if value < 0:
        msg = f"{attribute.name} cannot be negative, as {value} is"
        raise ValueError(msg)


@frozen
class ServiceTime:
    """An amount of service time (8).

    Raises:
        TypeError: No ``timedelta``.
        ValueError: Less than nothing.
    """

    is_amount: ClassVar[bool] = True

    amount: timedelta = field(validator=_is_amount)

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:  # noqa: ARG002
        """The amount, whenever it starts."""
        return Terms(days.calendar, self.amount)


@frozen
class CalendarTime:
    """An amount of plain time, nights and holidays included.

    Raises:
        TypeError: No ``timedelta``.
        ValueError: Less than nothing.
    """

    is_amount: ClassVar[bool] = True

    amount: timedelta = field(validator=_is_amount)

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:  # noqa: ARG002
        """The amount, whenever it starts."""
        return Terms(RoundTheClock(), self.amount)


@frozen
class SameServiceDay:
    """Until the close of the service day on which it starts, or of the next one (7.1)."""

    is_amount: ClassVar[bool] = True

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:
        """The service time from the start to that close."""
        close = days.arrival(start.at).closing
        budget = timedelta(0) if close is None else days.calendar.elapsed(start.at, close)
        return Terms(days.calendar, budget)


@frozen
class WorkingDays:
    """On the Nth working day after the date of the start (9).

    Attributes:
        days: N; the date of the start is day zero, working day or not.
        at_opening: Due when that day opens; otherwise at the start's own time of day.
        closed_days_count: Whether a working day on which the desk does not open is one of them.

    Raises:
        TypeError: A part of another type than its own; the message names it.
        ValueError: A negative number of days.
    """

    is_amount: ClassVar[bool] = False

    days: int = field(validator=_is_count)
    at_opening: bool = field(default=False, validator=validators.instance_of(bool))
    closed_days_count: bool = field(default=True, validator=validators.instance_of(bool))

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:
        """Due within that day, and late once that day is over."""
        day, due_at = days.due(start.at, self.days, self.at_opening, self.closed_days_count)
        return Terms(days.calendar, None, day.end, due_at)


@frozen
class PromisedTime:
    """Until the time that the customer was promised (8.2)."""

    is_amount: ClassVar[bool] = False

    def terms(self, start: events.Event, days: ServiceDays) -> Terms:
        """The promise of the event, which is a ``ResolutionPromised``."""
        if not isinstance(start, events.ResolutionPromised):
            msg = f"only a promised time starts this clock, not {start.name}"
            raise TypeError(msg)
        return Terms(days.calendar, deadline=start.promised_for)
