"""Watching a clock: the abstract states of one target over the states of the tickets.

The order of conditions is that of the clocks: stop, cancel, pause, start.
"""

from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from attrs import define, field, frozen

from ticketrules.sla import On, Target
from ticketrules.tickets import Status, events
from ticketrules.tickets.lifecycle import thaw
from ticketrules.tickets.model import Draft
from ticketrules.verification.exploring import Edge, Happening, Move, Space, Spaces
from ticketrules.verification.looking import EventGlass, Notes, OpaqueError, TicketGlass


class Clock(Enum):
    """How a clock stands, as far as finitely many states go."""

    IDLE = "idle"
    RUNNING = "running"
    STANDING = "standing"
    SPENT = "spent"

    @property
    def is_open(self) -> bool:
        """Whether a cycle is open."""
        return self in (Clock.RUNNING, Clock.STANDING)


@define
class Asking:
    """Asks conditions through glasses, and notes what they read.

    Attributes:
        notes: What they have read that the abstraction knows.
        opaque: What they have read that it does not, in the order of its appearance.
    """

    notes: Notes = field(factory=Notes)
    opaque: dict[str, None] = field(factory=dict)

    def of(self, condition: Callable[..., Any], draft: Draft, event: Any = None) -> Any:
        """What a condition says; where it is opaque, what it says of this very ticket."""
        seen: list[Any] = [TicketGlass(draft, self.notes)]
        real: list[Any] = [draft]
        if event is not None:
            seen.insert(0, EventGlass(event, self.notes))
            real.insert(0, event)
        try:
            return condition(*seen)
        except OpaqueError as error:
            self.opaque.setdefault(str(error))
        except (TypeError, ValueError, AttributeError) as error:
            self.opaque.setdefault(f"something that fails with {type(error).__name__}")
        try:
            return condition(*real)
        except Exception as error:  # noqa: BLE001 - a host's code may fail in any way
            self.opaque.setdefault(f"something that fails with {type(error).__name__}")
            return None

    def knows(self, space: Space) -> bool:
        """Whether the space tells apart all that has been read."""
        return self.notes.read <= set(space.keys) and self.notes.groups <= set(space.groups)


@frozen(eq=False)
class Watch:
    """A target as it is watched.

    Attributes:
        target: The target.
        chosen: Whether a ticket's policy is the one that the target belongs to.
        asking: How its conditions are asked.
    """

    target: Target
    chosen: Callable[[Asking, Draft], bool]
    asking: Asking = field(factory=Asking)

    def shows(self, draft: Draft) -> bool:
        """Whether a ticket, as it stands, has this clock."""
        return self.chosen(self.asking, draft) and bool(self.asking.of(self.target.applies, draft))

    def after(
        self, clock: Clock, before: Draft | None, happenings: Sequence[Happening]
    ) -> tuple[Clock, list[str]]:
        """The clock after some events, and what happened to it at each of them."""
        marks: list[str] = []
        status = None if before is None else before.status
        platform = None if before is None else before.with_platform_since
        for event, draft in happenings:
            mark = ""
            if clock.is_open:
                over = Clock.SPENT if self.target.once else Clock.IDLE
                if self._any(self.target.stops, event, draft):
                    clock, mark = over, "stops"
                elif self._any(self.target.cancels, event, draft):
                    clock, mark = over, "cancelled"
                elif (
                    draft.status is not status
                    or draft.with_platform_since != platform
                    or self.target.paused_by_more
                ):
                    now = self._runs(draft)
                    mark = "" if now is clock else "pauses" if now is Clock.STANDING else "goes on"
                    clock = now
            status, platform = draft.status, draft.with_platform_since
            if (
                clock is Clock.IDLE
                and status is not Status.CLOSED
                and self._any(self.target.starts, event, draft)
            ):
                clock = self._runs(draft)
                begins = "starts" if clock is Clock.RUNNING else "starts paused"
                mark = f"{mark} and {begins}".removeprefix(" and ")
            marks.append(mark)
        return clock, marks

    def _any(self, conditions: tuple[On, ...], event: events.Event, draft: Draft) -> bool:
        return any(
            type(event) is on.event and (on.when is None or self.asking.of(on.when, draft, event))
            for on in conditions
        )

    def _runs(self, draft: Draft) -> Clock:
        if not self.target.budget.is_amount:
            return Clock.RUNNING
        why = self.asking.of(self.target.paused, draft)
        return Clock.RUNNING if why is None else Clock.STANDING


@frozen(eq=False)
class Node:
    """A state of the tickets with a state of each clock that is watched."""

    state: int
    clocks: tuple[Clock, ...]
    shown: tuple[bool, ...]
    came_from: "int | None"
    edge: Edge


@frozen(eq=False)
class Passage:
    """An edge between nodes, with what happened to each clock on the way."""

    source: int | None
    edge: Edge
    marks: tuple[tuple[str, ...], ...]
    target: int


@define(eq=False)
class Product:
    """Every node that can be reached, in the order of the shortest histories, and all passages."""

    space: Space
    nodes: list[Node] = field(factory=list)
    passages: list[Passage] = field(factory=list)

    def path(self, node: int | None) -> list[Move]:
        """The moves of a shortest history that leads to a node."""
        moves: list[Move] = []
        while node is not None:
            one = self.nodes[node]
            moves.append(one.edge.move)
            node = one.came_from
        return moves[::-1]

    def through(self, passage: Passage) -> list[Move]:
        """The moves of a shortest history that ends with a passage."""
        return [*self.path(passage.source), passage.edge.move]


def watch(spaces: Spaces, *watches: Watch) -> Product:
    """Explore clocks together over the states that their conditions can tell apart."""
    while True:
        notes = Notes()
        for one in watches:
            notes.read |= one.asking.notes.read
            notes.groups |= one.asking.notes.groups
        space = spaces.by(notes)
        product = _product(space, watches)
        if all(one.asking.knows(space) for one in watches):
            return product


def _product(space: Space, watches: Sequence[Watch]) -> Product:
    product = Product(space)
    shown: dict[int, tuple[bool, ...]] = {}
    found: dict[tuple[int, tuple[Clock, ...]], int] = {}
    idle = (Clock.IDLE,) * len(watches)
    queue: deque[int | None] = deque([None])
    while queue:
        source = queue.popleft()
        state = None if source is None else product.nodes[source].state
        clocks = idle if source is None else product.nodes[source].clocks
        before = None if state is None else thaw(space.drafts[state])
        for edge in space.edges[state]:
            walked = [
                one.after(clock, before, edge.happenings)
                for one, clock in zip(watches, clocks, strict=True)
            ]
            key = (edge.target, tuple(clock for clock, _marks in walked))
            target = found.get(key)
            if target is None:
                target = found[key] = len(product.nodes)
                if edge.target not in shown:
                    after = space.drafts[edge.target]
                    shown[edge.target] = tuple(one.shows(after) for one in watches)
                product.nodes.append(Node(*key, shown[edge.target], source, edge))
                queue.append(target)
            marks = tuple(tuple(marks) for _clock, marks in walked)
            product.passages.append(Passage(source, edge, marks, target))
    return product
