"""Acts: commands tried on a ticket, with what each would do to the clocks that are open on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import fields_dict, frozen

from ticketrules.clauses import Refusal
from ticketrules.sla.readings import Reading
from ticketrules.sla.targets import On, Target
from ticketrules.tickets import TABLE, Actor, Role, Ticket, decide, events
from ticketrules.tickets import commands as c
from ticketrules.tickets.lifecycle import fold, thaw
from ticketrules.tickets.model import Draft

LEAST_FIRST: Final[tuple[type[c.Command], ...]] = (
    c.MarkResolved,
    c.Reply,
    c.PromiseResolution,
    c.ProposeSolution,
)
"""What an agent can do for a clock, the least first.

``MarkResolved`` is allowed only where the customer says that it is solved, and is then no more
than the reply that 5.5 asks for.
"""

_BEFORE: Final[Mapping[type[c.Command], type[c.Command]]] = MappingProxyType(
    {
        c.PromiseResolution: c.Accept,
        c.ProposeSolution: c.Accept,
        c.Remind: c.Reply,
        c.LapseFeedback: c.Reply,
        c.LapseConfirmation: c.Reply,
    }
)
"""What makes a command possible where the lifecycle does not allow it at once."""

_SAMPLE_PROMISE: Final = timedelta(hours=1)


@frozen(eq=False)
class Debt:
    """An open cycle of a clock, with its target."""

    reading: Reading
    target: Target


@frozen(eq=False)
class Act:
    """A command that the lifecycle allows, and what it would do.

    Attributes:
        command: The kind of command.
        first: The kind that has to come before it; ``None`` where it is allowed at once.
        stops: The debts whose clocks it stops, in time or not.
        settles: All debts that are over after it: these, and those whose ground it takes away.
        ticket: The ticket after it.
    """

    command: type[c.Command]
    first: type[c.Command] | None
    stops: tuple[Debt, ...]
    settles: tuple[Debt, ...]
    ticket: Ticket

    @property
    def role(self) -> Role:
        """Who gives the command."""
        return giver(self.command)


def giver(kind: type[c.Command]) -> Role:
    """On whose behalf a kind of command is given."""
    by = frozenset.intersection(*(TABLE[event].by for event in kind.causes))
    return next(role for role in Role if role in by)


def least_act(ticket: Ticket, debt: Debt, debts: Sequence[Debt], at: datetime) -> Act | None:
    """The least command that stops a clock at an instant.

    Args:
        ticket: The ticket then.
        debt: The clock.
        debts: Every open clock, to say what else the command does.
        at: The instant, in UTC.

    Returns:
        The act; ``None`` where nothing that the desk or the system may do stops the clock.
    """
    own = debt.target.command
    for kind in LEAST_FIRST if own is None else (own,):
        if any(on.event in kind.causes for on in debt.target.stops):
            act = _act(ticket, kind, debts, at)
            if act is not None and debt in act.stops:
                return act
    return None


def _act(ticket: Ticket, kind: type[c.Command], debts: Sequence[Debt], at: datetime) -> Act | None:
    before = _BEFORE.get(kind)
    for first in (None,) if before is None else (None, before):
        after = _given(ticket, (kind,) if first is None else (first, kind), at)
        if after is not None:
            stops, settles = _effects(ticket, after, debts)
            return Act(kind, first, stops, settles, after)
    return None


def _given(ticket: Ticket, kinds: Iterable[type[c.Command]], at: datetime) -> Ticket | None:
    """The ticket after commands that are complete in all their parts; ``None`` if refused."""
    parts: dict[str, Any] = {"reply": "…", "promised_for": at + _SAMPLE_PROMISE}
    for kind in kinds:
        role = giver(kind)
        by = Actor(role, ticket.agent or "") if role is Role.AGENT else Actor(role)
        unused = "?" * (1 + max(len(event.id) for event in ticket.history))
        own = {name: parts[name] for name in fields_dict(kind) if name in parts}
        outcome = decide(ticket, kind(id=unused, by=by, **own), at, due_at=at)
        if isinstance(outcome, Refusal):
            return None
        ticket = outcome.ticket
    return ticket


def _effects(
    before: Ticket, after: Ticket, debts: Sequence[Debt]
) -> tuple[tuple[Debt, ...], tuple[Debt, ...]]:
    """The debts that the events between two states of a ticket stop, and those they settle."""
    stops: list[Debt] = []
    settles: list[Debt] = []
    draft = thaw(before)
    for event in after.history[len(before.history) :]:
        draft = fold(draft, event)
        for debt in debts:
            if debt in settles:
                continue
            if _any_holds(debt.target.stops, event, draft):
                stops.append(debt)
                settles.append(debt)
            elif _any_holds(debt.target.cancels, event, draft):
                settles.append(debt)
    return tuple(stops), tuple(settles)


def _any_holds(conditions: Iterable[On], event: events.Event, draft: Draft) -> bool:
    return any(
        type(event) is on.event and (on.when is None or on.when(event, draft)) for on in conditions
    )
