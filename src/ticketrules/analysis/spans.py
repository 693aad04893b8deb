"""Spans: from which event to which each cycle of a clock runs, and whose it then is."""

from typing import Final

import numpy as np
from attrs import define, field

from ticketrules.analysis.block import CLOSED, NEVER, Block, Flags, Ints
from ticketrules.analysis.plan import MET, ClockPlan
from ticketrules.analysis.sorts import SORTS
from ticketrules.tickets.values import Role

_BY_AGENT: Final = np.array([sort.role is Role.AGENT for sort in SORTS] + [False] * 256)[:256]
_BY_PLATFORM: Final = np.array([sort.role is Role.PLATFORM for sort in SORTS] + [False] * 256)[:256]


@define(eq=False)
class Spans:
    """The cycles of one clock on a block of tickets, ordered by ticket and time.

    Attributes:
        block: The tickets.
        as_of: The instant of the reading, in microseconds since the epoch.
        ticket: The number of each one's ticket in the block.
        started_by: The place of the event that began it.
        stopped_by: The place of the event that ended it; -1 while it is open.
        is_met: Whether that event meets it.
        is_open: Whether none has ended it.
        started_at: When it began.
        read_at: When it ended, or ``as_of``.
    """

    block: Block
    as_of: int
    ticket: Ints
    started_by: Ints
    stopped_by: Ints
    is_met: Flags
    is_open: Flags = field(init=False)
    started_at: Ints = field(init=False)
    read_at: Ints = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.is_open = self.stopped_by < 0
        self.started_at = self.block.at[self.started_by]
        self.read_at = np.where(self.is_open, self.as_of, self.block.at[self.stopped_by])

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ticket)

    @property
    def is_first(self) -> Flags:
        """Whether each is its ticket's first."""
        first = np.ones(len(self), bool)
        first[1:] = self.ticket[1:] != self.ticket[:-1]
        return first

    @property
    def first(self) -> Ints:
        """The number of the first one of each one's ticket."""
        found: Ints = np.maximum.accumulate(np.where(self.is_first, np.arange(len(self)), 0))
        return found

    @property
    def beyond(self) -> Ints:
        """Where each one's events end: what ends it, or the next ticket's first."""
        return np.where(self.is_open, self.block.first[self.ticket + 1], self.stopped_by)

    def agent(self, breached_at: Ints) -> Ints:
        """Whose each one is: who stopped it, or held the ticket at its breach or its end.

        Coded as ``Block.holder``.
        """
        block = self.block
        closing = np.where(
            self.is_open, block.first[self.ticket + 1] - 1, np.maximum(self.stopped_by, 0)
        )
        agent = block.keeper[closing]
        sort = block.sort[closing]
        ended = ~self.is_open
        did = ended & _BY_AGENT[sort] & block.has_by[closing]
        agent = np.where(did, 2 * closing, agent)
        agent = np.where(ended & _BY_PLATFORM[sort], -1, agent)
        broken = np.flatnonzero(breached_at != NEVER)
        if len(broken):
            low = block.first[self.ticket[broken]]
            found = _last_by(block.at, low, closing[broken], breached_at[broken])
            agent[broken] = block.keeper[found]
        return agent


def spans_of(plan: ClockPlan, block: Block, now: int) -> Spans:
    """The cycles of a clock on a block of tickets, which has no event after ``now``."""
    starting = np.flatnonzero(plan.starts.of(block) != 0)
    starting = starting[block.status.take(starting) != CLOSED]
    outcome = plan.ends.of(block)
    ending = np.flatnonzero(outcome != 0)
    # A cycle that is open ends with the first event that ends any; so of all that would start
    # one, only the first since the last end does. An event ends what is open before it starts.
    passed = np.searchsorted(ending, starting, "right")
    ticket = block.ticket.take(starting)
    is_new = np.ones(len(starting), bool)
    is_new[1:] = ticket[1:] != ticket[:-1]
    if not plan.target.once:
        is_new[1:] |= passed[1:] != passed[:-1]
    concerned = plan.concerns(block)
    if concerned is not None:
        is_new &= concerned.take(ticket)
    new = np.flatnonzero(is_new)
    starting, ticket = starting.take(new), ticket.take(new)
    stopped = np.append(ending, -1).take(passed.take(new))
    stopped[block.ticket.take(stopped, mode="wrap") != ticket] = -1
    is_met = outcome.take(stopped, mode="wrap") == MET
    is_met &= stopped >= 0
    return Spans(block, now, ticket.astype(np.int64), starting, stopped, is_met)


def _last_by(at: Ints, low: Ints, high: Ints, instant: Ints) -> Ints:
    """The last event of each stretch of events, both ends included, not after an instant."""
    low, high = low.copy(), high.copy()
    while True:
        wide = low < high
        if not wide.any():
            return low
        middle = (low + high + 1) // 2
        is_past = at[middle] <= instant
        low = np.where(wide & is_past, middle, low)
        high = np.where(wide & ~is_past, middle - 1, high)
