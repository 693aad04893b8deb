"""What may be done to a ticket now, by whom, and why the rest may not: a host's buttons."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import field, fields, frozen

from ticketrules.clauses import Reason, Refusal
from ticketrules.tickets import commands as c
from ticketrules.tickets.decider import LAPSES, decide
from ticketrules.tickets.lifecycle import NOT_SUBMITTED
from ticketrules.tickets.model import Ticket
from ticketrules.tickets.table import TABLE
from ticketrules.tickets.values import Actor, Check, Role, Superior, in_order, instant

COMMANDS: Final[tuple[type[c.Command], ...]] = tuple(
    kind
    for kind in vars(c).values()
    if isinstance(kind, type) and issubclass(kind, c.Command) and kind is not c.Command
)
"""Every command, in the order of a ticket's life."""

_SPECIMENS: Final[Mapping[str, Any]] = {
    "checks": frozenset(Check),
    "online": True,
    "told": True,
}


@frozen
class Permission:
    """Whether a command, complete in all its parts, would be allowed.

    Attributes:
        command: The kind of command.
        by: The roles that may ever do it.
        reasons: Every reason against it now, for whoever may do it; none if it is allowed.
    """

    command: type[c.Command]
    by: frozenset[Role] = field(repr=in_order)
    reasons: tuple[Reason, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether a host should offer it."""
        return not self.reasons


def permitted(
    ticket: Ticket | None,
    now: datetime,
    *,
    due_at: Mapping[type[c.Command], datetime] | None = None,
) -> tuple[Permission, ...]:
    """Every command with whether it is allowed at an instant, and why not.

    The answer is ``decide``'s own, for a command that has its words, its note and its receiver.

    Args:
        ticket: The ticket; ``None`` before its submission, when only that is allowed.
        now: The instant, aware.
        due_at: From when on each reminder or lapse may happen (9); one that is absent may not.

    Returns:
        One permission for each command, in the order of a ticket's life.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        HistoryError: ``now`` lies before the ticket's last event.
    """
    return tuple(_permissions(ticket, instant(now), due_at or {}))


def _permissions(
    ticket: Ticket | None, now: datetime, due_at: Mapping[type[c.Command], datetime]
) -> Iterator[Permission]:
    for kind in COMMANDS:
        by = frozenset.intersection(*(TABLE[event].by for event in kind.causes))
        if ticket is None and kind is not c.Submit:
            yield Permission(kind, by, (NOT_SUBMITTED,))
            continue
        role = next(role for role in Role if role in by)
        outcome = decide(
            ticket,
            _specimen(kind, Actor(role), ticket, now),
            now,
            due_at=due_at.get(kind) if kind in LAPSES else None,
        )
        reasons = outcome.reasons if isinstance(outcome, Refusal) else ()
        yield Permission(kind, by, reasons)


def _specimen(kind: type[c.Command], by: Actor, ticket: Ticket | None, now: datetime) -> c.Command:
    """A command of a kind with every part that it needs."""
    parts: dict[str, Any] = {"id": _unused(ticket), "by": by}
    for part in fields(kind):
        if part.name in parts or part.name in {"at", "follows", "rating", "kind"}:
            continue
        if part.name == "ticket":
            parts["ticket"] = "…" if ticket is None else ticket.id
        elif part.name == "promised_for":
            parts["promised_for"] = now + timedelta(hours=1)
        elif part.type is Superior:
            parts[part.name] = Superior.SUPERVISOR
        else:
            parts[part.name] = _SPECIMENS.get(part.name, "…")
    return kind(**parts)


def _unused(ticket: Ticket | None) -> str:
    """A command id that the ticket has not seen: longer than all of its event ids."""
    longest = max((len(event.id) for event in ticket.history), default=0) if ticket else 0
    return "?" * (longest + 1)
