"""Service times: three amounts of each ticket, for whoever needs no verdicts.

Whether the customer waits for an answer, and whether the problem is the desk's, is for each ticket
a run of yes and no. Events that change neither are dropped first, and service time is looked up
only where a run begins or ends.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl

from ticketrules.analysis.block import CLOSED, Block, Flags, Ints
from ticketrules.analysis.cases import FACTS
from ticketrules.analysis.grouping import grouped
from ticketrules.analysis.intake import TicketStream, blocks_of
from ticketrules.analysis.reading import table_of
from ticketrules.analysis.sorts import (
    CLEARS,
    CODES,
    DEPENDS,
    SETS,
    STAYS,
    Bytes,
    fact_table,
    transitions,
)
from ticketrules.analysis.table import amounts
from ticketrules.calendar import ServiceCalendar
from ticketrules.calendar.timeline import micros
from ticketrules.tickets import instant
from ticketrules.tickets.table import IN_PROGRESS, NEW

ASKS, ANSWERS, BEGINS_WORK, ENDS_WORK, CLOSES, FIRST = 1, 2, 4, 8, 16, 32
"""What an event does, as bits: to the customer's wait, to the desk's work, to the ticket."""

_WAIT: Final = ASKS | ANSWERS | FIRST
_WORK: Final = BEGINS_WORK | ENDS_WORK | FIRST
_UNANSWERED: Final = next(fact for fact in FACTS if fact.name == "unanswered_since")
_AT_WORK: Final = np.array([CODES[NEW], CODES[IN_PROGRESS]], np.uint8)

NO_WAIT: Final = int(np.iinfo(np.int64).min)
"""The first response of a ticket that does not begin with a question."""


class Times(NamedTuple):
    """Amounts of service time by ticket, in microseconds."""

    first_response: Ints
    longest_wait: Ints
    solution: Ints


def service_times(
    log: Any,
    calendar: ServiceCalendar,
    now: datetime,
    *,
    progress: Callable[[float], None] | None = None,
    name: str = "<log>",
) -> pl.DataFrame:
    """Three service times of each ticket, whatever is promised.

    Args:
        log: As for ``judge_log``.
        calendar: The service calendar.
        now: The instant to which what is still going on is counted, aware; events after it are
            left aside.
        progress: Called now and then with the share of rows done, from 0 to 1.
        name: What errors call the log.

    Returns:
        A row a ticket: ``ticket``; ``first_response``, from the submission until it is answered,
        null where the ticket does not begin with one; ``longest_wait``, the longest that a message
        of the customer's stood unanswered; ``solution``, the time in which the ticket was 未处理 or
        处理中, so neither solved nor waiting for the customer.

    Raises:
        LogError: A column is missing or of a type that cannot be read.
        NaiveTimeError: A column of instants, or ``now``, has no time zone.
        CalendarError: An instant that cannot be reckoned with.
        UnannouncedError: One on a day that is not known.
    """
    until = micros(instant(now))
    frame = grouped(table_of(log, name), name)
    frame = frame.select([column for column in frame.columns if column in _LOOKED_AT])
    stream = TicketStream(name)
    parts = []
    for batch in blocks_of(frame):
        tickets = stream.feed(batch, whole=True)
        known = None if tickets is None else tickets.known_at(until)
        if known is not None:
            times = times_of(known.block, calendar, until)
            parts.append(
                pl.DataFrame([known.ids(), *(amounts(one) for one in times)]).rename(
                    dict(zip(_NUMBERED, Times._fields, strict=True))
                )
            )
        if progress is not None:
            progress(min(1.0, stream.rows / max(len(frame), 1)))
    stream.check_used()
    return pl.concat(parts)


_LOOKED_AT: Final = frozenset(
    {"ticket", "at", "event", "by_role", "id", "kind", "automatic", "row", "promised_for", "to"}
)
_FEW: Final = 12
_NUMBERED: Final = ("column_1", "column_2", "column_3")


def times_of(block: Block, calendar: ServiceCalendar, now: int) -> Times:
    """The three times of a block's tickets; ``now`` in microseconds since the epoch."""
    further, first = classes()
    starts = block.first[:-1]
    told = block.looked_up(further).copy()
    begun = np.frombuffer(block.sort[starts].tobytes().translate(first.tobytes()), np.uint8)
    told[starts] = begun
    closing = np.flatnonzero((told & CLOSES) != 0)
    if len(closing):
        # Nothing is asked of a closed ticket; events alone do not tell where one goes on.
        beyond = np.append(told, FIRST)[closing + 1] & FIRST == 0
        odd = np.unique(block.ticket[closing[beyond]])
    else:
        odd = closing
    wait, begins = _runs(block.at, told, (ASKS, _WAIT), calendar, now)
    work, ends = _runs(block.at, told, (BEGINS_WORK, _WORK), calendar, now)
    response = wait[begins]
    asked = (begun & ASKS) != 0
    if not asked.all():
        response[~asked] = NO_WAIT
    times = Times(
        response,
        _longest(wait, begins) if asked.all() else np.maximum.reduceat(wait, begins),
        _sums(work, ends),
    )
    if len(odd):
        _follow(block, odd.astype(np.int64), times, calendar, now)
    return times


def _runs(
    at: Ints, told: Bytes, bits: tuple[int, int], calendar: ServiceCalendar, now: int
) -> tuple[Ints, Ints]:
    """The service time of each run of yes, zero for those of no, and each ticket's first run."""
    yes, wanted = bits
    rows = np.flatnonzero((told & wanted) != 0)
    here = told[rows]
    state, first = (here & yes) != 0, (here & FIRST) != 0
    turns = first.copy()
    turns[1:] |= state[1:] != state[:-1]
    kept = np.flatnonzero(turns)
    return _lengths(at[rows[kept]], state[kept], first[kept], calendar, now)


def _lengths(
    at: Ints, state: Flags, first: Flags, calendar: ServiceCalendar, now: int
) -> tuple[Ints, Ints]:
    served = calendar.served_array(at.view("M8[us]")).view(np.int64)
    end = calendar.served_array(np.array([now]).view("M8[us]")).view(np.int64)[0]
    begins = np.flatnonzero(first)
    lengths = np.empty(len(at), np.int64)
    np.subtract(served[1:], served[:-1], out=lengths[:-1])
    final = np.append(begins[1:], len(at)) - 1
    lengths[final] = end - served[final]
    lengths *= state
    return lengths, begins


def _longest(lengths: Ints, begins: Ints) -> Ints:
    """The greatest length of each ticket's runs, of which the first is of yes.

    Runs of yes and no take turns. It is quicker to take the first ones of yes of all tickets, then
    the second ones and so on, than to reduce each ticket by itself.
    """
    found = lengths[begins]
    counts = np.diff(np.append(begins, len(lengths)))
    place, more = 2, np.flatnonzero(counts > 2)
    while len(more):
        if place > _FEW:
            found[more] = np.maximum.reduceat(lengths, begins)[more]
            break
        found[more] = np.maximum(found[more], lengths[begins[more] + place])
        place += 2
        more = more[counts[more] > place]
    return found


def _sums(lengths: Ints, begins: Ints) -> Ints:
    """The sum of each ticket's runs."""
    until = np.cumsum(lengths)
    before = until[begins] - lengths[begins]
    sums: Ints = np.append(before[1:], until[-1]) - before
    return sums


def _follow(block: Block, odd: Ints, times: Times, calendar: ServiceCalendar, now: int) -> None:
    """Correct the times of tickets that went on once closed, following their statuses."""
    some = block.some(odd)
    first = np.zeros(len(some), bool)
    first[some.first[:-1]] = True
    waits = some.fact(_UNANSWERED) != 0
    works = np.isin(some.status, _AT_WORK)
    wait, begins = _lengths(some.at, waits, first, calendar, now)
    work, ends = _lengths(some.at, works, first, calendar, now)
    # A wait here is as many lengths as it has events.
    turns = np.flatnonzero(first | np.append(True, waits[1:] != waits[:-1]))
    whole = np.add.reduceat(wait, turns)
    runs = np.searchsorted(turns, begins)
    asked = waits[begins]
    times.first_response[odd] = np.where(asked, whole[runs], NO_WAIT)
    times.longest_wait[odd] = np.maximum.reduceat(whole, runs)
    times.solution[odd] = np.add.reduceat(work, ends)


@cache
def classes() -> tuple[Bytes, Bytes]:
    """What each sort does, as a further event of a ticket and as its first."""
    rules, unanswered = transitions(), fact_table(_UNANSWERED)
    further, first = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    further[np.isin(unanswered.further, (SETS, DEPENDS))] |= ASKS
    further[unanswered.further == CLEARS] |= ANSWERS
    sets = rules.after != STAYS
    works = np.isin(rules.after, _AT_WORK)
    further[(sets & works) | (rules.reopens != 0)] |= BEGINS_WORK
    further[sets & ~works] |= ENDS_WORK
    further[rules.after == CLOSED] |= CLOSES
    first[unanswered.first == SETS] |= ASKS
    works = np.isin(rules.first, _AT_WORK)
    first[works] |= BEGINS_WORK
    first[rules.first == CLOSED] |= CLOSES
    first |= FIRST
    return further, first
