"""Judging a whole log: the verdicts of every clock, per ticket and cycle, block by block."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import numpy as np
import polars as pl
from attrs import define, evolve, field, frozen

from ticketrules.analysis.assembly import Part, assembled
from ticketrules.analysis.block import Ints
from ticketrules.analysis.cycles import read_cycles
from ticketrules.analysis.grouping import grouped
from ticketrules.analysis.intake import Tickets, TicketStream, blocks_of
from ticketrules.analysis.plan import Plan, plan_of
from ticketrules.analysis.reading import LogTable, table_of
from ticketrules.analysis.scalar import events_of, frame_of_readings
from ticketrules.analysis.service_dates import ServiceDates
from ticketrules.analysis.spans import spans_of
from ticketrules.analysis.table import CYCLES
from ticketrules.calendar.timeline import micros
from ticketrules.desk import Desk
from ticketrules.errors import CalendarError, UnannouncedError
from ticketrules.logs import Intake, Log, Unjudged
from ticketrules.rulebook import Policy
from ticketrules.sla import Reading
from ticketrules.tickets import instant, replay
from ticketrules.tickets.events import Event

_BEYOND: Final = (UnannouncedError, CalendarError, OverflowError)
"""What reckoning with days that nobody knows may raise."""


@frozen
class Fallback:
    """A clock that the scalar engine judged, ticket by ticket.

    Attributes:
        policy: The policy's name; empty where it is about which policy is a ticket's.
        clock: The clock's id; empty where all of them are meant.
        reason: What columns cannot express of it.
        tickets: How many tickets were judged so.
    """

    policy: str
    clock: str
    reason: str
    tickets: int


@frozen(eq=False)
class Account:
    """What became of a log.

    Attributes:
        as_of: The instant of the verdicts, in UTC.
        intake: The account of the rows.
        judged: Tickets that were judged.
        not_yet: Tickets whose first event lies after ``as_of``.
        later_events: Events after ``as_of``, which no verdict looks at.
        unjudged: Tickets whose judging needs days that the desk's calendar does not know.
        fallbacks: What was left to the scalar engine.
    """

    as_of: datetime
    intake: Intake
    judged: int
    not_yet: int
    later_events: int
    unjudged: tuple[Unjudged, ...]
    fallbacks: tuple[Fallback, ...]


@frozen(eq=False)
class Verdicts(Account):
    """The verdicts on a log, with all that became of it.

    Attributes:
        frame: One row for each ticket, clock and cycle, in this order: the log's for tickets,
            the policy's for clocks. The columns are ``CYCLES``, the nouns of ``Reading``.
    """

    frame: pl.DataFrame = field(repr=False)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as Arrow's stream of record batches, for pandas, PyArrow, DuckDB and others."""
        return self.frame.__arrow_c_stream__(requested_schema)


@define
class LogJudge:
    """Judges a log that comes in batches, and counts what becomes of it.

    Args:
        desk: The policy put to work.
        as_of: The instant at which everything is judged, aware.
        name: What errors call the log.
    """

    desk: Desk
    as_of: datetime = field(converter=instant)
    name: str = "<log>"
    judged: int = field(init=False, default=0)
    not_yet: int = field(init=False, default=0)
    later_events: int = field(init=False, default=0)
    unjudged: list[Unjudged] = field(init=False, factory=list)
    stream: TicketStream = field(init=False)
    plan: Plan = field(init=False)
    _dates: ServiceDates = field(init=False)
    _now: int = field(init=False)
    _left: dict[tuple[str, str, str], int] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.stream = TicketStream(self.name)
        self.plan = plan_of(self.desk)
        self._dates = ServiceDates(self.desk.calendar)
        self._now = micros(self.as_of)

    def frames(self, batches: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The verdicts on batches of rows in which each ticket's stand together."""
        for batch in batches:
            tickets = self.stream.feed(batch)
            if tickets is not None:
                yield self.judge(tickets)
        tickets = self.stream.finish()
        if tickets is not None:
            yield self.judge(tickets)

    def judge(self, tickets: Tickets) -> pl.DataFrame:
        """The verdicts on whole tickets."""
        known = self._known(tickets)
        if known is None:
            return pl.DataFrame(schema=dict(CYCLES))
        parts = [part for part in self._judged(known) if len(part)]
        return pl.concat(parts) if parts else pl.DataFrame(schema=dict(CYCLES))

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """What was left to the scalar engine so far."""
        return tuple(Fallback(*what, tickets) for what, tickets in self._left.items())

    def account(self) -> Account:
        """All that became of the log.

        Raises:
            LogError: There is no row that could be used.
        """
        return Account(**self._counts())

    def verdicts(self, frame: pl.DataFrame) -> Verdicts:
        """The same with the verdicts; raises as ``account`` does."""
        return Verdicts(**self._counts(), frame=frame)

    def _counts(self) -> dict[str, Any]:
        self.stream.check_used()
        return {
            "as_of": self.as_of,
            "intake": self.stream.account(),
            "judged": self.judged,
            "not_yet": self.not_yet,
            "later_events": self.later_events,
            "unjudged": tuple(self.unjudged),
            "fallbacks": self.fallbacks,
        }

    def _known(self, tickets: Tickets) -> Tickets | None:
        """The tickets as they were known at ``as_of``, and the account of what came later."""
        known = tickets.known_at(self._now)
        if known is not tickets:
            events, count = (0, 0) if known is None else (len(known.block), known.block.tickets)
            self.later_events += len(tickets.block) - events
            self.not_yet += tickets.block.tickets - count
        return known

    def _judged(self, tickets: Tickets) -> Iterator[pl.DataFrame]:
        """The verdicts, in parts; what cannot be reckoned with is narrowed down by halving."""
        try:
            if self.plan.reason is not None:
                yield self._by_ticket(tickets, self.plan.reason)
            else:
                yield self._by_columns(tickets)
        except _BEYOND as error:
            count = tickets.block.tickets
            if count == 1:
                yield self._single(tickets, str(error))
                return
            yield from self._judged(tickets.some(0, count // 2))
            yield from self._judged(tickets.some(count // 2, count))

    def _single(self, tickets: Tickets, reason: str) -> pl.DataFrame:
        """A ticket with an odd date, judged by the scalar engine, which has the say."""
        try:
            readings = self._readings(tickets, 0)
        except _BEYOND as error:
            self.unjudged.append(Unjudged(str(tickets.frame["ticket"][0]), str(error)))
            return frame_of_readings(())
        self._leave("", "", reason, 1)
        self.judged += 1
        return frame_of_readings(readings)

    def _readings(self, tickets: Tickets, number: int) -> tuple[Reading, ...]:
        return self.desk.clocks.read(replay(self._events(tickets, number)), self.as_of)

    def _events(self, tickets: Tickets, number: int) -> list[Event]:
        first = tickets.block.first
        return events_of(tickets.frame[int(first[number]) : int(first[number + 1])])

    def _leave(self, policy: str, clock: str, reason: str, tickets: int) -> None:
        key = policy, clock, reason
        self._left[key] = self._left.get(key, 0) + tickets

    def _by_ticket(self, tickets: Tickets, reason: str) -> pl.DataFrame:
        count = tickets.block.tickets
        found = [one for n in range(count) for one in self._readings(tickets, n)]
        self._leave("", "", reason, count)
        self.judged += count
        return frame_of_readings(found)

    def _by_columns(self, tickets: Tickets) -> pl.DataFrame:
        block = tickets.block
        chosen = self.plan.chosen(block)
        parts: list[Part] = []
        for number, policy in enumerate(self.plan.policies):
            is_its = chosen == number
            if not is_its.any():
                continue
            for clock in policy.clocks:
                cycles = read_cycles(clock, spans_of(clock, block, self._now), self._dates)
                keep = None if is_its.all() else is_its[cycles.ticket]
                parts.append(Part(policy, clock, cycles, keep))
        frame = assembled(tickets, parts)
        found = self._unplanned(tickets, chosen)
        self.judged += block.tickets
        return frame if found is None else self._merged(tickets, frame, found)

    def _unplanned(self, tickets: Tickets, chosen: Ints) -> pl.DataFrame | None:
        """The clocks that columns cannot express, by the scalar engine."""
        left = [policy.unplanned for policy in self.plan.policies]
        if not any(left):
            return None
        found: list[Reading] = []
        counts = [0] * len(left)
        for number, policy in enumerate(chosen.tolist()):
            if policy < len(left) and left[policy]:
                wanted = {one.clock for one in left[policy]}
                counts[policy] += 1
                found += [one for one in self._readings(tickets, number) if one.clock in wanted]
        for policy, several, count in zip(self.plan.policies, left, counts, strict=True):
            for one in several:
                if count:
                    self._leave(policy.name, one.clock, one.reason, count)
        return frame_of_readings(found)

    def _merged(self, tickets: Tickets, one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
        """Two tables of verdicts in the order of tickets, clocks and cycles."""
        ids = tickets.ids()
        order = pl.DataFrame({"ticket": ids, "_ticket": np.arange(len(ids))})
        clocks = pl.DataFrame(
            [
                (policy.name, target.id, place)
                for policy in self.desk.clocks.policies
                for place, target in enumerate(policy.targets)
            ],
            schema=["policy", "clock", "_clock"],
            orient="row",
        )
        return (
            pl.concat([one, other])
            .join(order, on="ticket", how="left", maintain_order="left")
            .join(clocks, on=["policy", "clock"], how="left", maintain_order="left")
            .sort("_ticket", "_clock", maintain_order=True)
            .drop("_ticket", "_clock")
        )


def judge_log(
    log: Any,
    desk: Desk | Policy,
    now: datetime,
    *,
    progress: Callable[[float], None] | None = None,
    name: str = "<log>",
) -> Verdicts:
    """Judge a log: the verdicts of every clock of the policy, per ticket and cycle.

    Args:
        log: A table of events with the columns ``COLUMNS``: a frame of Polars or pandas, anything
            with Arrow's stream of record batches, or a log that was read. A ticket's rows are
            in order; those of several tickets may be mixed, and are then grouped first.
        desk: The desk, or the policy to put to work.
        now: The instant of the verdicts, aware; events after it are left aside.
        progress: Called now and then with the share of rows judged, from 0 to 1.
        name: What errors call the log.

    Returns:
        The verdicts, equal to those of the scalar engine, and the account of all rows.

    Raises:
        LogError: A column is missing or of a type that cannot be read; no row can be used.
        NaiveTimeError: A column of instants, or ``now``, has no time zone.
    """
    judge = LogJudge(desk if isinstance(desk, Desk) else Desk(desk), now, name)
    frame = grouped(table_of(log, name), name)
    parts = []
    for batch in blocks_of(frame):
        tickets = judge.stream.feed(batch, whole=True)
        if tickets is not None:
            parts.append(judge.judge(tickets))
        if progress is not None:
            progress(judge.stream.rows / len(frame))
    found = judge.verdicts(pl.concat(parts) if parts else pl.DataFrame(schema=dict(CYCLES)))
    # A log that was read has an account of its own rows, which are not one to an event.
    return evolve(found, intake=log.intake) if isinstance(log, Log | LogTable) else found
