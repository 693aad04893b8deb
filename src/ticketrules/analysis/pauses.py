"""Pauses: what standing still does to the cycles of a clock."""

import numpy as np
from attrs import frozen

from ticketrules.analysis.block import NEVER, Flags, Ints
from ticketrules.analysis.plan import Pausing
from ticketrules.analysis.spans import Spans
from ticketrules.analysis.timing import Timing


@frozen(eq=False)
class Pauses:
    """The cycles that ever stood still, cut into stretches in which they run or stand.

    Attributes:
        which: Their numbers.
        stands: Whether each stands still at its end.
        elapsed: The time that counts in each.
        paused: The time in hours that does not.
        time: How time is counted.
        owner: For each stretch, the place in ``which`` of its cycle.
        bounds: Where the stretches of each cycle begin, and where the last ends.
        since: When each stretch begins.
        until: When each ends.
        runs: Whether the clock runs in it.
        counted: The time that counts in it.
    """

    which: Ints
    stands: Flags
    elapsed: Ints
    paused: Ints
    time: Timing
    owner: Ints
    bounds: Ints
    since: Ints
    until: Ints
    runs: Flags
    counted: Ints

    def deadlines(self, budget: Ints) -> tuple[Ints, Ints]:
        """Until when each may run on a budget, and when that was broken.

        ``NEVER`` where it stands, and where it was not broken.
        """
        owner, bounds, runs = self.owner, self.bounds, self.runs
        before = np.cumsum(self.counted) - self.counted
        before -= before[bounds[:-1]][owner]
        left = np.maximum(budget[self.which][owner] - before, 0)
        ends = np.full(len(owner), NEVER)
        running = np.flatnonzero(runs)
        ends[running] = self.time.advance(self.since[running], left[running])
        breaks = np.flatnonzero(runs & (self.until > ends))
        broken, first = np.unique(owner[breaks], return_index=True)
        breached_at = np.full(len(self.which), NEVER)
        breached_at[broken] = ends[breaks[first]]
        final = bounds[1:] - 1
        deadline = np.where(runs[final], ends[final], NEVER)
        # Once broken, no new deadline is set.
        deadline[broken] = breached_at[broken]
        return deadline, breached_at


def pauses_of(pausing: Pausing | None, spans: Spans, time: Timing) -> Pauses | None:
    """The pauses of cycles; ``None`` if there are none."""
    if pausing is None or not len(spans):
        return None
    block = spans.block
    stands_at = pausing.of(block) != 0
    if not stands_at.any():
        return None
    turns = np.flatnonzero(stands_at[1:] != stands_at[:-1]) + 1
    beyond = spans.beyond  # what ends a cycle comes before any pause that it brings
    low = np.searchsorted(turns, spans.started_by, "right")
    high = np.searchsorted(turns, beyond, "left")
    ones = np.flatnonzero((high != low) | stands_at[spans.started_by])
    if not len(ones):
        return None
    # One stretch from the start of each cycle, and one from each turn within it.
    counts = high[ones] - low[ones] + 1
    bounds = np.append(0, np.cumsum(counts))
    owner = np.repeat(np.arange(len(ones)), counts)
    nth = np.arange(bounds[-1]) - bounds[owner]
    at_turn = turns[np.minimum(low[ones][owner] + nth - 1, len(turns) - 1)]
    from_event = np.where(nth == 0, spans.started_by[ones][owner], at_turn)
    since = block.at[from_event]
    until = np.append(since[1:], 0)
    until[bounds[1:] - 1] = spans.read_at[ones]
    runs = ~stands_at[from_event]
    length = time.elapsed(since, until)
    counted = np.where(runs, length, 0)
    return Pauses(
        which=ones,
        stands=stands_at[beyond[ones] - 1],
        elapsed=np.add.reduceat(counted, bounds[:-1]),
        paused=np.add.reduceat(length - counted, bounds[:-1]),
        time=time,
        owner=owner,
        bounds=bounds,
        since=since,
        until=until,
        runs=runs,
        counted=counted,
    )
