"""Exploration: every abstract state that commands can bring a ticket to, to a fixed point.

A state is what the conditions in question can tell tickets apart by. Each is kept with one real
ticket and the moves that lead to it, so that whatever is found has a real history. The exploration
ends when no move leads anywhere new: it is bounded by states, not by the length of histories.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import define, field, fields, frozen

from ticketrules.tickets import COMMANDS, TABLE, Actor, Check, MessageKind, Role, Status, Superior
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import Table, begun, fold, thaw
from ticketrules.tickets.model import Draft
from ticketrules.verification.looking import NOTICED, Notes, OpaqueError, TicketGlass

FIRST: Final = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Where abstract histories begin; nothing that is found depends on it."""

STEP: Final = timedelta(minutes=10)
"""What lies between the moves of people, so many that none comes near a promised time."""

AHEAD: Final = timedelta(days=400)

TICKET: Final = "T-1"
AGENT: Final = Actor(Role.AGENT, "li")
OTHER: Final = "…"
"""A group that nothing names."""

_ACTORS: Final[Mapping[Role, Actor]] = MappingProxyType(
    {role: AGENT if role is Role.AGENT else Actor(role) for role in Role}
)


@frozen
class Move:
    """A command that somebody gives, complete in all its parts.

    Attributes:
        command: The kind of command.
        by: Who gives it.
        parts: What it says beside its words, by name.
        late: Whether it comes only after the time that was promised last.
    """

    command: type[c.Command]
    by: Actor
    parts: tuple[tuple[str, Any], ...] = ()
    late: bool = False

    def given(self, number: int, at: datetime) -> c.Command:
        """The command itself, at an instant."""
        parts: dict[str, Any] = {"id": f"c{number}", "by": self.by, "at": at, **dict(self.parts)}
        for part in fields(self.command):
            if part.name not in parts and part.default is not None:
                parts[part.name] = _specimen(part.name, at)
        return self.command(**parts)


def _specimen(name: str, at: datetime) -> Any:
    if name == "promised_for":
        return at + AHEAD
    return _SPECIMENS.get(name, "…")


_SPECIMENS: Final[Mapping[str, Any]] = MappingProxyType(
    {"checks": frozenset(Check), "online": True, "told": True, "ticket": TICKET, "to": "wang"}
)


def moves_of(table: Table, groups: Iterable[str] = ()) -> tuple[Move, ...]:
    """Every move that the rules may allow anybody, in the order of a ticket's life."""
    return tuple(_moves(table, tuple(sorted(groups))))


def _moves(table: Table, groups: tuple[str, ...]) -> Iterator[Move]:
    for kind in COMMANDS:
        if not all(event in table for event in kind.causes):
            continue
        variants: list[tuple[tuple[str, Any], ...]] = [()]
        if kind is c.Write:
            variants = [(("kind", one),) for one in MessageKind]
        elif kind is c.Submit:
            variants += [(("group", one),) for one in groups]
        elif kind is c.Report:
            variants = [(("to", Superior.SUPERVISOR),)]
        for role in Role:
            if all(role in table[event].by for event in kind.causes):
                for parts in variants:
                    yield Move(kind, _ACTORS[role], parts)


Happening = tuple[e.Event, Draft]
"""An event, and the ticket after it."""


@frozen(eq=False)
class Edge:
    """A move from one state to another.

    Attributes:
        source: The state before it; ``None`` before the submission.
        move: The move.
        happenings: Its events in order, each with the ticket after it.
        target: The state after it.
    """

    source: int | None
    move: Move
    happenings: tuple[Happening, ...]
    target: int


@define(eq=False)
class Space:
    """The states that moves can reach, and the edges between them.

    Attributes:
        table: The rules.
        keys: What states are told apart by.
        drafts: One real ticket of each state.
        edges: Every edge, by source; those of ``None`` begin a ticket.
        came_by: The edge by which each state was reached first, which is by a shortest history.
        opaque: What a guard reads that the abstraction does not know, by event.
    """

    table: Table
    keys: tuple[str, ...]
    groups: tuple[str, ...]
    drafts: list[Draft] = field(factory=list)
    edges: dict[int | None, list[Edge]] = field(factory=dict)
    came_by: list[Edge] = field(factory=list)
    opaque: dict[type[e.Event], str] = field(factory=dict)

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.drafts)

    @property
    def transitions(self) -> int:
        """How many edges there are."""
        return sum(map(len, self.edges.values()))

    def all_edges(self) -> Iterator[Edge]:
        """Every edge, those of earlier states first."""
        for several in self.edges.values():
            yield from several

    def path(self, state: int | None) -> list[Move]:
        """The moves of a shortest history that leads to a state."""
        moves: list[Move] = []
        while state is not None:
            edge = self.came_by[state]
            moves.append(edge.move)
            state = edge.source
        return moves[::-1]

    def first(self, status: Status) -> int | None:
        """The state of a status that the shortest history reaches; ``None`` if none does."""
        return next((n for n, draft in enumerate(self.drafts) if draft.status is status), None)


def abstract(draft: Draft, keys: Iterable[str]) -> tuple[Any, ...]:
    """What a ticket is told apart by."""
    found: list[Any] = []
    for key in keys:
        value = getattr(draft, key)
        if key == "promised_for" and value is not None:
            found.append("ahead" if value > draft.last_event_at else "past")
        elif key in {"status", "says_solved", "confirmed_by", "group"}:
            found.append(value)
        else:
            found.append(value is not None)
    return tuple(found)


def step(
    table: Table, draft: Draft | None, command: c.Command, notes: Notes, opaque: dict[Any, str]
) -> tuple[Happening, ...] | None:
    """What a command does to a ticket, as ``decide`` has it; ``None`` where the rules refuse it.

    Lapses are taken to be due: when they are is a matter of clocks.
    """
    kinds = command.causes
    is_new = draft is not None and draft.status is Status.NEW
    if is_new and command.takes_up and command.by.role is Role.AGENT:
        kinds = (e.Accepted, *kinds)
    done: list[Happening] = []
    assert command.at is not None  # noqa: S101 - every move is given at an instant
    for number, kind in enumerate(kinds, 1):
        event = kind(
            id=f"{command.id}/{number}",
            ticket=TICKET,
            at=command.at,
            by=command.by,
            **command.said(kind),
        )
        before = begun(event) if draft is None else draft
        if kind not in table or not _is_legal(table, before, event, notes, opaque):
            return None
        draft = fold(thaw(before), event, table)
        done.append((event, draft))
    return tuple(done)


def _is_legal(
    table: Table, draft: Draft, event: e.Event, notes: Notes, opaque: dict[Any, str]
) -> bool:
    rule = table[type(event)]
    begins = draft.version == 0
    if event.by.role not in rule.by:
        return False
    if begins or not rule.before:
        return begins and not rule.before
    if draft.status not in rule.before:
        return False
    for guard in rule.guards:
        try:
            holds = guard.holds(TicketGlass(draft, notes), event)  # type: ignore[arg-type]
        except OpaqueError as error:
            opaque.setdefault(rule.event, str(error))
            holds = guard.holds(draft, event)
        if not holds:
            return False
    return True


def next_instant(draft: Draft | None, move: Move, first: datetime = FIRST) -> datetime:
    """When a move of people's happens, in a history that begins at ``first``."""
    if draft is None:
        return first
    if move.late and draft.promised_for is not None:
        return max(draft.promised_for, draft.last_event_at) + STEP
    return draft.last_event_at + STEP


@define
class Spaces:
    """The spaces of one table, each explored once, by what its states are told apart by."""

    table: Table = TABLE
    guards: Notes = field(factory=Notes)
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], Space] = field(factory=dict)

    def by(self, notes: Notes) -> Space:
        """The space whose states differ in all that conditions, or guards, have read."""
        while True:
            keys = ("status", *sorted((notes.read | self.guards.read) - {"status"}))
            groups = tuple(sorted(notes.groups | self.guards.groups))
            if "group" in keys:
                groups = (*groups, OTHER)
            known = self.known.get((keys, groups))
            if known is not None:
                return known
            space = explore(self.table, keys, groups, self.guards)
            if self.guards.read <= set(keys) and self.guards.groups <= set(groups):
                self.known[keys, groups] = space
                return space


def _is_promised(draft: Draft) -> bool:
    return draft.promised_for is not None and draft.promised_for > draft.last_event_at


def explore(table: Table, keys: tuple[str, ...], groups: tuple[str, ...], notes: Notes) -> Space:
    """Every state that moves can reach, breadth first, to a fixed point."""
    assert set(keys) <= NOTICED  # noqa: S101 - the glasses let nothing else pass
    space = Space(table, keys, groups)
    moves = moves_of(table, groups)
    found: dict[tuple[Any, ...], int] = {}
    queue: deque[int | None] = deque([None])
    while queue:
        source = queue.popleft()
        draft = None if source is None else space.drafts[source]
        edges = space.edges[source] = []
        ahead = "promised_for" in keys and draft is not None and _is_promised(draft)
        for move in moves:
            for late in (False, True) if ahead else (False,):
                one = Move(move.command, move.by, move.parts, late) if late else move
                number = 0 if draft is None else draft.version
                command = one.given(number, next_instant(draft, one))
                if (draft is None) != isinstance(command, c.Submit):
                    continue
                happenings = step(table, draft, command, notes, space.opaque)
                if happenings is None:
                    continue
                after = happenings[-1][1]
                key = abstract(after, keys)
                target = found.get(key)
                edge = Edge(source, one, happenings, len(found) if target is None else target)
                edges.append(edge)
                if target is None:
                    found[key] = edge.target
                    space.drafts.append(after)
                    space.came_by.append(edge)
                    queue.append(edge.target)
    return space
