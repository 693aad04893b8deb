"""Service times: three amounts of each ticket, for whoever needs no verdicts.

Whether the customer waits for an answer, and whether the problem is the desk's, is for each ticket
a run of yes and no. Both are told of every event in bytes, which costs next to nothing; service
time is looked up only where a run begins or ends.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl

from ticketrules.analysis.block import CLOSED, Block, Flags, Ints, carried
from ticketrules.analysis.cases import FACTS
from ticketrules.analysis.grouping import grouped
from ticketrules.analysis.intake import TicketStream, blocks_of
from ticketrules.analysis.plan import unfollowed
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
from ticketrules.errors import LogError
from ticketrules.tickets import instant
from ticketrules.tickets.table import IN_PROGRESS, NEW

ASKS, ANSWERS, BEGINS_WORK, ENDS_WORK, CLOSES = 1, 2, 4, 8, 16
"""What an event does, as bits: to the customer's wait, to the desk's work, to the ticket."""

YES, NO = ASKS, ANSWERS
"""The same bits, of the wait or, once divided by ``BEGINS_WORK``, of the work."""

_UNANSWERED: Final = next(fact for fact in FACTS if fact.name == "unanswered_since")
_AT_WORK: Final = np.array([CODES[NEW], CODES[IN_PROGRESS]], np.uint8)

_FEW: Final = 12

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
        LogError: A column is missing or of a type that cannot be read; or the lifecycle does what
            columns cannot follow, and a fold of single tickets has to.
        NaiveTimeError: A column of instants, or ``now``, has no time zone.
        CalendarError: An instant that cannot be reckoned with.
        UnannouncedError: One on a day that is not known.
    """
    until = micros(instant(now))
    reason = unfollowed()
    if reason is not None:
        msg = f"{name}: columns cannot tell its service times: {reason}"
        raise LogError(msg)
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
_NUMBERED: Final = ("column_1", "column_2", "column_3")


def times_of(block: Block, calendar: ServiceCalendar, now: int) -> Times:
    """The three times of a block's tickets; ``now`` in microseconds since the epoch."""
    further, begun = classes()
    told = block.told(further, begun)
    times = _times(block, _held(told) == YES, calendar, now)
    closing = np.flatnonzero((told & CLOSES) != 0)
    if len(closing):
        # Nothing is asked of a closed ticket; events alone do not tell where one goes on.
        number = block.ticket[closing]
        odd = np.unique(number[closing < block.last[number]]).astype(np.int64)
        if len(odd):
            some = block.some(odd)
            waits, works = some.fact(_UNANSWERED) != 0, np.isin(some.status, _AT_WORK)
            mended = _times(some, np.concatenate([waits, works]), calendar, now)
            for all_of, few in zip(times, mended, strict=True):
                all_of[odd] = few
    return times


def _held(told: Bytes) -> Bytes:
    """The last yes or no so far of the customer's wait, of all events, then of the desk's work."""
    waits, works = told & np.uint8(YES | NO), (told // BEGINS_WORK) & np.uint8(YES | NO)
    return carried(np.concatenate([waits, works]))  # every ticket's first event says both


def _times(block: Block, states: Flags, calendar: ServiceCalendar, now: int) -> Times:
    """The times of tickets whose states after each event are known: all waits, then all works."""
    runs = _runs(block, states, calendar, now)
    waits, works = slice(block.tickets), slice(block.tickets, None)
    response = runs.length.take(runs.begins[waits])
    response[~runs.is_yes[waits]] = NO_WAIT
    return Times(response, runs.of_yes(waits, np.maximum), runs.of_yes(works, np.add))


class _Runs(NamedTuple):
    """Runs of yes and no, which take turns on each ticket; those of waits, then those of works.

    Attributes:
        length: The service time of each.
        begins: The first one of each ticket.
        counts: How many each ticket has.
        is_yes: Whether its first one is of yes.
    """

    length: Ints
    begins: Ints
    counts: Ints
    is_yes: Flags

    def of_yes(self, which: slice, joined: np.ufunc) -> Ints:
        """The lengths of each ticket's runs of yes, joined; zero where it has none.

        It is quicker to take the first ones of all tickets, then the second ones and so on, than
        to reduce each ticket by itself.
        """
        places, counts, later = self.begins[which], self.counts[which], ~self.is_yes[which]
        if later.any():
            places, counts = places + later, counts - later
        found = self.length.take(places, mode="clip")
        found[counts == 0] = 0
        nth, more = 2, np.flatnonzero(counts > 2)
        while len(more):
            if nth > _FEW:
                found[more] = joined.reduceat(self._counted(), self.begins)[which][more]
                break
            found[more] = joined(found[more], self.length[places[more] + nth])
            nth += 2
            more = more[counts[more] > nth]
        return found

    def _counted(self) -> Ints:
        """The lengths of runs of yes, and zero for those of no."""
        nth = np.arange(len(self.length)) - np.repeat(self.begins + ~self.is_yes, self.counts)
        return np.where(nth % 2, 0, self.length)


def _runs(block: Block, states: Flags, calendar: ServiceCalendar, now: int) -> _Runs:
    """The runs of states that are known after each event."""
    is_first, starts = block.is_first, block.first[:-1]
    turn = np.concatenate([is_first, is_first])
    turn[1:] |= states[1:] != states[:-1]
    turns = np.flatnonzero(turn)
    begins = np.flatnonzero(is_first.take(turns, mode="wrap"))
    at = np.empty(len(turns) + 1, np.int64)
    block.at.take(turns, mode="wrap", out=at[:-1])
    at[-1] = now
    served = calendar.served_array(at.view("M8[us]")).view(np.int64)
    length = np.subtract(served[1:], served[:-1], out=at[:-1])
    beyond = np.append(begins[1:], len(turns))
    final = beyond - 1
    length[final] = served[-1] - served.take(final)
    is_yes = np.concatenate([states[: len(block)].take(starts), states[len(block) :].take(starts)])
    return _Runs(length, begins, beyond - begins, is_yes)


@cache
def classes() -> tuple[Bytes, Bytes]:
    """What each sort does, as a further event of a ticket and as its first."""
    rules, unanswered = transitions(), fact_table(_UNANSWERED)
    further = np.zeros(256, np.uint8)
    further[np.isin(unanswered.further, (SETS, DEPENDS))] |= ASKS
    further[unanswered.further == CLEARS] |= ANSWERS
    sets = rules.after != STAYS
    works = np.isin(rules.after, _AT_WORK)
    further[(sets & works) | (rules.reopens != 0)] |= BEGINS_WORK
    further[sets & ~works] |= ENDS_WORK
    further[rules.after == CLOSED] |= CLOSES
    first = np.where(unanswered.first == SETS, ASKS, ANSWERS).astype(np.uint8)
    first |= np.where(np.isin(rules.first, _AT_WORK), BEGINS_WORK, ENDS_WORK).astype(np.uint8)
    first[rules.first == CLOSED] |= CLOSES
    return further, first
