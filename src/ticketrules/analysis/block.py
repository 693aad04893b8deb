"""Blocks: the events of some tickets as arrays, and what the tickets come to after each event.

A block holds whole tickets, one after another, each one's events in order. Everything that is
sequential about a ticket is a running maximum here: of the events that set something, the last
one so far tells what it is.
"""

from functools import cache, cached_property
from typing import Final

import numpy as np
from attrs import define
from numpy.typing import NDArray

from ticketrules.analysis.cases import FACTS, PROMISE, STATUS, Cases, Feature
from ticketrules.analysis.sorts import (
    BY,
    BY_IF_NONE,
    CODES,
    DEPENDS,
    SETS,
    SORTS,
    TO,
    Bytes,
    fact_table,
    transitions,
)
from ticketrules.tickets.values import Status

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER: Final = int(np.iinfo(np.int64).min)
"""Where there is no instant; NumPy's NaT."""

CLOSED: Final = CODES[Status.CLOSED]
_WITH_PLATFORM: Final = next(fact for fact in FACTS if fact.name == "with_platform_since")
_ONE, _ASKS = np.uint8(1), np.uint8(2)


@define(eq=False, slots=False)  # without slots, so that what is derived can be kept
class Block:
    """The events of whole tickets.

    Attributes:
        at: The instants, in microseconds since the epoch.
        sort: The codes of the events' sorts.
        first: Where each ticket begins, and the number of events after the last.
        has_to: Whether the event names whom the ticket goes to.
        has_by: Whether whoever did it has an id.
        promised: The promised times, ``NEVER`` where none is told; ``None`` if none ever is.
    """

    at: Ints
    sort: Bytes
    first: Ints
    has_to: Flags
    has_by: Flags
    promised: Ints | None

    def __len__(self) -> int:
        """How many events there are."""
        return len(self.at)

    @property
    def tickets(self) -> int:
        """How many tickets there are."""
        return len(self.first) - 1

    def some(self, tickets: Ints) -> "Block":
        """Some of the tickets, by their numbers in order."""
        counts = np.diff(self.first)[tickets]
        first = np.append(0, np.cumsum(counts))
        events = np.arange(first[-1]) + np.repeat(self.first[tickets] - first[:-1], counts)
        promised = None if self.promised is None else self.promised[events]
        return Block(
            self.at[events],
            self.sort[events],
            first,
            self.has_to[events],
            self.has_by[events],
            promised,
        )

    @cached_property
    def ticket(self) -> NDArray[np.int32]:
        """The number of each event's ticket in the block."""
        numbers = np.arange(self.tickets, dtype=np.int32)
        return np.repeat(numbers, np.diff(self.first))

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """The place of each event in the block."""
        return np.arange(len(self))

    @property
    def last(self) -> Ints:
        """The place of each ticket's last event."""
        last: Ints = self.first[1:] - 1
        return last

    @cached_property
    def is_first(self) -> Flags:
        """Whether each event is its ticket's first."""
        found = np.zeros(len(self), bool)
        found[self.first[:-1]] = True
        return found

    def looked_up(self, table: Bytes) -> Bytes:
        """A table of bytes by sort, looked up for every event; an array of one's own."""
        found = bytearray(self.sort.data).translate(table.data)
        return np.frombuffer(found, np.uint8)

    @cached_property
    def status(self) -> Bytes:
        """The code of the ticket's status after each event."""
        rules = transitions()
        told = self.told(rules.after + _ONE, rules.first + _ONE)  # nothing where it stays
        status = carried(told)
        status -= _ONE
        reopens = self.looked_up(rules.reopens)
        if reopens.any():
            # The last event that sets a status, or asks to have the one that was set reopened.
            reopens *= _ASKS
            reopens[told != 0] = _ASKS - 1
            reopened = carried(reopens) == _ASKS
            reopened &= rules.reopened.take(status)
            status[reopened] = rules.reopened_to
        return status

    def told(self, further: Bytes, first: Bytes) -> Bytes:
        """What each event tells by its sort, as a ticket's first one or as a further one."""
        told = self.looked_up(further)
        starts = self.first[:-1]
        told[starts] = first.take(self.sort.take(starts))
        return told

    def before(self, events: Ints) -> Bytes:
        """The status before some events, none of them a ticket's first."""
        return self.status[events - 1]

    def fact(self, fact: Feature) -> Bytes:
        """Whether a fact holds after each event, as 0 or 1."""
        found = self._facts.get(fact.name)
        if found is None:
            found = self._facts[fact.name] = self._fact(fact)
        return found

    @cached_property
    def _facts(self) -> dict[str, Bytes]:
        return {}

    def _fact(self, fact: Feature) -> Bytes:
        rules = fact_table(fact)
        effect = self.told(rules.further, rules.first)
        open_ones = np.flatnonzero(effect == DEPENDS)
        effect[open_ones] = rules.by_status[self.sort[open_ones], self.before(open_ones)]
        if not (effect == SETS).any():
            return np.zeros(len(self), np.uint8)
        effect += _ONE
        effect[effect > SETS + 1] = 0
        held = carried(effect)
        held -= _ONE
        return held

    @cached_property
    def promise(self) -> Ints:
        """The ticket's promised time after each event; ``NEVER`` where it has none."""
        if self.promised is None:
            return np.full(len(self), NEVER)
        tells = self.looked_up(transitions().promises) != 0
        told = np.where(tells, self.promised, NEVER)
        last: Ints = np.maximum.accumulate(np.where(tells | self.is_first, self.place, 0))
        return told[last]

    @cached_property
    def holder(self) -> Ints:
        """The place of the event that made the ticket's agent the one it is; -1 for none.

        Twice the place, and one more where the event names the agent instead of being the agent's.
        """
        way = self.looked_up(transitions().agent)
        named, did = (way == TO) & self.has_to, (way == BY) & self.has_by
        sets = named | did
        may = np.flatnonzero((way == BY_IF_NONE) & self.has_by)
        if len(may):
            count = np.cumsum(sets)
            ticket = self.ticket[may]
            start = self.first[ticket]
            earlier = count[may] - (count[start] - sets[start])
            is_first = np.append(True, ticket[1:] != ticket[:-1])
            sets[may[is_first & (earlier == 0)]] = True
        # What a ticket's first event does not tell is no other ticket's either.
        coded = np.zeros(len(self), np.int64)
        coded[self.first[:-1]] = 4 * self.first[:-1]
        setting = np.flatnonzero(sets)
        coded[setting] = 4 * setting + 2 * named[setting] + 1
        found = np.maximum.accumulate(coded)
        return np.where(found & 1, found // 2, -1)

    @cached_property
    def keeper(self) -> Ints:
        """The same, but what the platform has is nobody's here (6.4)."""
        return np.where(self.fact(_WITH_PLATFORM) != 0, -1, self.holder)

    def feature(self, feature: Feature, events: Ints | None = None) -> Bytes:
        """The codes of a feature at some events, or at all."""
        if feature is PROMISE:
            promised = self.promise if events is None else self.promise[events]
            order = np.sign(promised - (self.at if events is None else self.at[events]))
            return np.where(promised == NEVER, 0, order + 2).astype(np.uint8)
        if feature is STATUS:
            found = self.status
        elif feature in FACTS:
            found = self.fact(feature)
        else:
            sort = self.sort if events is None else self.sort.take(events)
            return _of_sorts(feature).take(sort)
        return found if events is None else found.take(events)

    def holds(self, cases: Cases, events: Ints) -> Flags:
        """Whether a condition holds at some events."""
        return cases.flags().take(self.coded(cases, events))

    def coded(self, cases: Cases, events: Ints | None = None) -> NDArray[np.uint16]:
        """Which of a condition's cases, at most ``MOST_CASES``, it is at some events, or at all."""
        code = np.zeros(len(self) if events is None else len(events), np.uint16)
        for feature in cases.features:
            code *= np.uint16(len(feature.values))
            code += self.feature(feature, events)
        return code


def carried(told: Bytes) -> Bytes:
    """What events tell, carried on to those after them that tell nothing, which is zero.

    The first event tells something. What is told goes on to the next event, then to the next two,
    four and so on, until none is without: each time in a few instructions for many events.
    """
    held = told.copy()
    is_empty, passed = np.empty(len(held), bool), np.empty(len(held), np.uint8)
    step = 1
    while not held.all():
        np.equal(held[step:], 0, out=is_empty[step:])
        np.multiply(is_empty[step:].view(np.uint8), held[:-step], out=passed[step:])
        held[step:] += passed[step:]
        step *= 2
    return held


def bounds(changes: Flags) -> Ints:
    """Where tickets begin, and the number of events after the last.

    Args:
        changes: Whether each event but the first is of another ticket than the one before it.
    """
    inner = np.flatnonzero(changes)
    found = np.empty(len(inner) + 2, np.int64)
    found[0], found[-1] = 0, len(changes) + 1
    np.add(inner, 1, out=found[1:-1])
    return found


@cache
def _of_sorts(feature: Feature) -> Bytes:
    """A feature that events tell by themselves, by the code of a sort."""
    found = np.zeros(256, np.uint8)
    for code, sort in enumerate(SORTS):
        if feature in sort.value:
            found[code] = feature.values.index(sort.value[feature])
    return found
