"""Sorts: all that an event tells by itself in one byte, and what each does to a ticket.

What an event does is not written here a second time: it is tabulated from the lifecycle's own
fold, once, and checked to be of the few forms that columns can follow.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import numpy as np
from attrs import fields_dict, frozen
from numpy.typing import NDArray

from ticketrules.analysis.cases import AUTOMATIC, KIND, ROLE, Cases, Feature, InexpressibleError
from ticketrules.tickets.events import CustomerWrote, Event, Replied, ResolutionPromised
from ticketrules.tickets.lifecycle import begun, fold, thaw
from ticketrules.tickets.model import Draft
from ticketrules.tickets.table import TABLE
from ticketrules.tickets.values import Actor, Role, Status, Superior

Bytes = NDArray[np.uint8]

STATUSES: Final = tuple(Status)
CODES: Final = {status: code for code, status in enumerate(STATUSES)}
KINDS: Final = tuple(TABLE)
"""Every kind of event, in the order of its code."""

STAYS: Final = 255
"""Where a status, or the agent, stays what it was."""

CLEARS, SETS, KEEPS, DEPENDS = 0, 1, 2, 3
"""What an event does to a fact; the last where that depends on the status before it."""

TO, BY, BY_IF_NONE = 0, 1, 2
"""Whom an event makes the agent: whom it names, who did it, or that only if there is none yet."""

_AT: Final = datetime(2026, 3, 2, tzinfo=UTC)
_LATER: Final = _AT + timedelta(hours=1)


@frozen
class Sort:
    """A kind of event with all else that it tells by itself."""

    kind: type[Event]
    role: Role
    own: Any = None

    @property
    def value(self) -> dict[Feature, Any]:
        """What it tells, by feature."""
        told: dict[Feature, Any] = {ROLE: self.role}
        if self.kind is Replied:
            told[AUTOMATIC] = self.own
        elif self.kind is CustomerWrote:
            told[KIND] = self.own
        return told

    def event(self, to: str = "to", by: str = "by") -> Event:
        """An event of this sort."""
        given: dict[str, Any] = {}
        known = fields_dict(self.kind)
        if "to" in known:
            given["to"] = Superior.SUPERVISOR if known["to"].type is Superior else to
        if "checks" in known:
            given["checks"] = frozenset()
        if self.kind is ResolutionPromised:
            given["promised_for"] = _LATER
        if self.kind is Replied:
            given["automatic"] = self.own
        if self.kind is CustomerWrote:
            given["kind"] = self.own
        return self.kind(id="e", ticket="t", at=_AT, by=Actor(self.role, by), **given)


def _sorts() -> Iterator[Sort]:
    for kind in KINDS:
        own: tuple[Any, ...] = (None,)
        if kind is Replied:
            own = AUTOMATIC.values
        elif kind is CustomerWrote:
            own = KIND.values
        for one in own:
            for role in ROLE.values:
                yield Sort(kind, role, one)


SORTS: Final = tuple(_sorts())
"""Every sort, in the order of its code: by kind, by what it tells of its own, by role."""

BASES: Final[Bytes] = np.array(
    [next(n for n, one in enumerate(SORTS) if one.kind is kind) for kind in KINDS], np.uint8
)
"""The first sort of each kind."""

_BASES: Final = BASES.tobytes().ljust(256, b"\0")
_REPLIED: Final = KINDS.index(Replied)
_WROTE: Final = KINDS.index(CustomerWrote)


def sort_codes(
    event: Bytes, by_role: Bytes, automatic: Bytes | None = None, kind: Bytes | None = None
) -> Bytes:
    """The sorts of events.

    Args:
        event: The places of their kinds in ``KINDS``.
        by_role: The places of the roles in ``Role``.
        automatic: 1 where a reply is automatic, else 0; ``None`` where none is.
        kind: The places of customers' messages in ``MessageKind``; ``None`` where all are the
            first.
    """
    sort = np.frombuffer(bytearray(event.data).translate(_BASES), np.uint8)
    sort += by_role
    # Four roles to each of a kind's own values, as SORTS has them.
    for own, of in ((automatic, _REPLIED), (kind, _WROTE)):
        if own is not None:
            sort += own * (event == of) * np.uint8(4)
    return sort


def sorts_of(kind: type[Event]) -> list[int]:
    """The codes of a kind's sorts."""
    return [code for code, one in enumerate(SORTS) if one.kind is kind]


@frozen(eq=False)
class Transitions:
    """What each sort does to a ticket.

    Attributes:
        first: The status after it as a ticket's first event.
        after: The status after it as a further one; ``STAYS`` where it stays.
        reopens: Whether it leads from ``reopened`` to ``reopened_to``, and stays elsewhere.
        reopened: By status, whether it is one that can be reopened.
        reopened_to: The status that this leads to.
        agent: Whom it makes the agent.
        promises: Whether it promises a time.
    """

    first: Bytes
    after: Bytes
    reopens: Bytes
    reopened: NDArray[np.bool_]
    reopened_to: int
    agent: Bytes
    promises: Bytes


@frozen(eq=False)
class FactTable:
    """What each sort does to one fact.

    Attributes:
        first: As a ticket's first event.
        further: As a further one; ``DEPENDS`` where that is not the same in every status.
        by_status: As a further one, by the status before it.
    """

    first: Bytes
    further: Bytes
    by_status: Bytes


@cache
def transitions() -> Transitions:
    """The transitions of the lifecycle, tabulated from its fold.

    Raises:
        InexpressibleError: The lifecycle does something that columns cannot follow; whole tickets
            are left to the scalar engine then.
    """
    size = 256
    first, after = np.full(size, STAYS, np.uint8), np.full(size, STAYS, np.uint8)
    reopens, agent, promises = (np.zeros(size, np.uint8) for _ in range(3))
    agent[:] = STAYS
    reopened = np.zeros(len(STATUSES), bool)
    reopened_to = 0
    for code, sort in enumerate(SORTS):
        first[code] = CODES[fold(None, sort.event()).status]
        led = [CODES[_folded(sort, status=status).status] for status in STATUSES]
        if led == list(range(len(STATUSES))):
            pass
        elif len(set(led)) == 1:
            after[code] = led[0]
        else:
            moved = np.array(led) != np.arange(len(led))
            target, *others = set(np.array(led)[moved].tolist())
            if others:
                raise InexpressibleError(f"{sort.kind.name} leads to several statuses")
            if reopens.any() and (target != reopened_to or (moved != reopened).any()):
                raise InexpressibleError("there are two ways of reopening a ticket")
            reopens[code], reopened, reopened_to = 1, moved, target
        agent[code] = _agent(sort)
        promised = _folded(sort).promised_for
        promises[code] = promised is not None
    return Transitions(
        first,
        after,
        reopens,
        reopened,
        reopened_to,
        agent,
        promises,
    )


def _folded(sort: Sort, to: str = "to", by: str = "by", **state: Any) -> Draft:
    draft = thaw(begun(sort.event()))
    draft.version = 1
    for name, value in state.items():
        setattr(draft, name, value)
    return fold(draft, sort.event(to, by))


def _agent(sort: Sort) -> int:
    """Whom a sort makes the agent."""
    none, one = _folded(sort).agent, _folded(sort, agent="old").agent
    unnamed = _folded(sort, to="", by="", agent="old").agent
    ways: dict[tuple[str | None, str | None], int] = {
        ("to", "to"): TO,
        ("by", "by"): BY,
        ("by", "old"): BY_IF_NONE,
        (None, "old"): STAYS,
    }
    if (none, one) not in ways or unnamed != "old":
        raise InexpressibleError(f"{sort.kind.name} gives a ticket to an agent in a new way")
    return ways[none, one]


@cache
def fact_table(fact: Feature) -> FactTable:
    """What each sort does to a fact.

    Raises:
        InexpressibleError: It turns the fact into its contrary, which columns cannot follow.
    """
    led = _led(fact)
    first = np.zeros(256, np.uint8)
    further = np.full(256, KEEPS, np.uint8)
    by_status = np.full((256, len(STATUSES)), KEEPS, np.uint8)
    for code, sort in enumerate(SORTS):
        first[code] = _state(fold(None, sort.event()), fact)[1]
        effects = [
            _effects({(holds, after) for at, holds, after in led[code] if at is status})
            for status in STATUSES
        ]
        by_status[code] = [_simplest(several) for several in effects]
        common = set.intersection(*effects)
        further[code] = _simplest(common) if common else DEPENDS
    return FactTable(first, further, by_status)


def _led(fact: Feature) -> list[set[tuple[Status, bool, bool]]]:
    """For each sort: a status, whether the fact held in it, and whether it holds after.

    Only what a ticket can come to is looked at: the platform holds none that is solved.
    """
    coming = list({_state(fold(None, sort.event()), fact) for sort in SORTS})
    found = set(coming)
    led: list[set[tuple[Status, bool, bool]]] = [set() for _ in SORTS]
    while coming:
        status, holds = coming.pop()
        for code, sort in enumerate(SORTS):
            state: dict[str, Any] = {"status": status, fact.name: _AT if holds else None}
            after = _state(_folded(sort, **state), fact)
            led[code].add((status, holds, after[1]))
            if after not in found:
                found.add(after)
                coming.append(after)
    return led


def _state(draft: Draft, fact: Feature) -> tuple[Status, bool]:
    return draft.status, getattr(draft, fact.name) is not None


def _effects(pairs: set[tuple[bool, bool]]) -> set[int]:
    """Each effect that describes what became of a fact: whether it held before, and after."""
    found = set()
    if all(before == after for before, after in pairs):
        found.add(KEEPS)
    if not any(after for _before, after in pairs):
        found.add(CLEARS)
    if all(after for _before, after in pairs):
        found.add(SETS)
    return found


def _simplest(effects: set[int]) -> int:
    if not effects:
        raise InexpressibleError("an event turns a fact into its contrary")
    return next(one for one in (KEEPS, CLEARS, SETS) if one in effects)


def table_of(cases: Cases, kind: type[Event]) -> dict[int, bool]:
    """A condition on events alone, by the codes of a kind's sorts."""
    flags = cases.flags()
    found = {}
    for code in sorts_of(kind):
        told = SORTS[code].value
        place = 0
        for feature in cases.features:
            place = place * len(feature.values) + feature.values.index(told[feature])
        found[code] = bool(flags[place])
    return found
