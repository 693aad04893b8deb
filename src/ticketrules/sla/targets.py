"""Targets: what is promised, from which event, until which, and how much time it may take.

A target is a value made of typed conditions over events and the ticket after them. The
marketplace's own are in ``marketplace``.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla.budgets import Budget, PromisedTime
from ticketrules.tickets import Effect, events
from ticketrules.tickets.commands import Command
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.model import Draft
from ticketrules.tickets.parts import named


@frozen
class On:
    """A condition: an event of a kind, and perhaps something about it and the ticket after it."""

    event: type[events.Event]
    when: Callable[[Any, Draft], bool] | None = None


def always(_ticket: Draft) -> bool:
    """For every ticket."""
    return True


def never(_ticket: Draft) -> None:
    """At no time."""
    return


Alarm = Callable[[Draft, str, ClauseId, Text], Effect | None]
"""Makes an effect from the ticket, the idempotency key, the clause and what it is about."""


@frozen(kw_only=True)
class Threshold:
    """A point on the way to the deadline that something follows from, once a cycle.

    Attributes:
        share: Of the budget, from 0 to 1; give this or ``lead``.
        lead: So much counted time before the budget is used up.
        about: What is to be told, in both languages.
        alarms: The effects that follow.

    Raises:
        TypeError: A share that is no number, or a lead that is no ``timedelta``.
        ValueError: Both or neither are given, or they lie outside the budget.
    """

    share: float | None = None
    lead: timedelta | None = None
    about: Text
    alarms: tuple[Alarm, ...] = ()

    def __attrs_post_init__(self) -> None:
        share: Any = self.share
        lead: Any = self.lead
        if not isinstance(share, int | float | None) or isinstance(share, bool):
            msg = f"a threshold's share must be a number, not {share!r}"
            raise TypeError(msg)
        if not isinstance(lead, timedelta | None):
            msg = f"a threshold's lead must be a timedelta, not {lead!r}"
            raise TypeError(msg)
        if (self.share is None) == (self.lead is None):
            msg = "a threshold is a share of the budget or a lead before its end, and not both"
            raise ValueError(msg)
        if self.share is not None and not 0 <= self.share <= 1:
            msg = f"a threshold's share lies between 0 and 1, not at {self.share}"
            raise ValueError(msg)
        if self.lead is not None and self.lead < timedelta(0):
            msg = f"a threshold's lead cannot be negative, as {self.lead} is"
            raise ValueError(msg)

    def amount(self, budget: timedelta) -> timedelta:
        """How much of a budget has been used when it is passed; never less than nothing."""
        if self.share is not None:
            return budget * self.share
        assert self.lead is not None  # noqa: S101 - held by the constructor
        return max(budget - self.lead, timedelta(0))


@frozen(kw_only=True)
class Target:
    """One promise. Conditions are tried in the order stop, cancel, pause, start.

    Attributes:
        id: The clock's name.
        clause: The clause that promises it.
        label: What it is, in both languages.
        budget: How much time it allows.
        starts: What opens a cycle where none is open.
        stops: What meets or misses it.
        cancels: What takes its ground away.
        paused: Why the clock stands still, by the ticket's status and holder; ``None`` if it runs.
        paused_by_more: Whether ``paused`` looks at more of the ticket than its status and holder,
            so that it is asked anew at every event.
        applies: Whether the target concerns the ticket at all.
        once: Whether only the ticket's first cycle counts.
        cumulative: Whether a new cycle has only what the cycles before it left of the budget, so
            that all of them together count as one; its thresholds are of what is left.
        not_before_due: Whether a stop before it is due breaks it.
        thresholds: What follows on the way to the deadline.
        on_breach: What follows from missing it, at the instant of the breach.
        command: What the system does once it is due, where that is the system's.

    Raises:
        TypeError: A part of another type than its own; the message names the target and the part.
        ValueError: A threshold that stands twice or lies before the start, or pauses, thresholds
            or cumulation of a budget that names an instant, or a promised time that another event
            than the promise starts.
    """

    id: str = field(validator=named)
    clause: ClauseId
    label: Text
    budget: Budget
    starts: tuple[On, ...]
    stops: tuple[On, ...]
    cancels: tuple[On, ...] = ()
    paused: Callable[[Draft], Text | None] = field(default=never)
    paused_by_more: bool = False
    applies: Callable[[Draft], bool] = field(default=always)
    once: bool = False
    cumulative: bool = False
    not_before_due: bool = False
    thresholds: tuple[Threshold, ...] = ()
    on_breach: tuple[Alarm, ...] = ()
    command: type[Command] | None = None

    def __attrs_post_init__(self) -> None:
        _check_conditions(self)
        for number, threshold in enumerate(self.thresholds):
            if threshold in self.thresholds[:number]:
                msg = f"target {self.id!r}: the same threshold stands twice in it"
                raise ValueError(msg)
        if isinstance(self.budget, PromisedTime):
            _check_promises(self)
        if self.budget.is_amount:
            _check_leads(self)
            return
        if self.thresholds or self.cumulative or self.paused is not never:
            msg = (
                f"target {self.id!r}: {type(self.budget).__name__} names an instant, which cannot"
                " rest, be used in part or add up"
            )
            raise ValueError(msg)


def _check_leads(target: Target) -> None:
    amount = getattr(target.budget, "amount", None)
    for one in target.thresholds:
        if one.lead is not None and isinstance(amount, timedelta) and one.lead > amount:
            msg = f"target {target.id!r}: a threshold {one.lead} before the end of {amount}"
            raise ValueError(f"{msg} lies before the start")


def _check_promises(target: Target) -> None:
    others = [on.event.name for on in target.starts if on.event is not events.ResolutionPromised]
    if others:
        msg = f"target {target.id!r}: {others[0]} starts it and names no time that was promised"
        raise ValueError(msg)


def _check_conditions(target: Target) -> None:
    for name, kind in _PARTS.items():
        several = getattr(target, name)
        if not isinstance(several, tuple) or not all(isinstance(one, kind) for one in several):
            msg = f"target {target.id!r}: {name} must be a tuple of {kind.__name__}"
            raise TypeError(msg)
    if not isinstance(getattr(target.budget, "is_amount", None), bool):
        msg = f"target {target.id!r}: budget must be a budget, such as ServiceTime"
        raise TypeError(msg)
    command: Any = target.command
    if command is None:
        return
    if not isinstance(command, type) or not issubclass(command, Command):
        msg = f"target {target.id!r}: command must be a class of commands, not {command!r}"
        raise TypeError(msg)
    if command not in LAPSES:
        allowed = ", ".join(sorted(one.__name__ for one in LAPSES))
        msg = (
            f"target {target.id!r}: {command.__name__} is nothing that the system does by itself;"
            f" it does {allowed}"
        )
        raise TypeError(msg)


_PARTS: Final[Mapping[str, type]] = MappingProxyType(
    {"starts": On, "stops": On, "cancels": On, "thresholds": Threshold}
)
