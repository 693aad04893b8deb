"""The SLA engine beside clocks written by hand: one process, interleaved rounds, medians, ratios.

As a script it prints the table of aims; without workclock the clocks by hand are left out. Under
``pytest tests/bench/bench_sla.py`` the library's own calls go through pytest-benchmark.

The clocks by hand are what a host would write for 8.1, 8.2 and 8.3 alone: one walk over the
history, service time from workclock, and for each cycle its verdict, elapsed time and deadline.
Ours does all of 7.1, 8 and 9 with pauses, proofs to come, credits, needs and the order of work.
"""

import gc
import heapq
import importlib.util
import statistics
import sys
import time as clock
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticketrules import marketplace
from ticketrules.tickets import Actor, Role, Ticket, replay
from ticketrules.tickets import events as e

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZHANG, LI, SYSTEM = Actor(Role.CUSTOMER, "zhang"), Actor(Role.AGENT, "li"), Actor(Role.SYSTEM)
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NINE + timedelta(hours=30)
MINUTE = timedelta(minutes=1)
OPEN_TICKETS = 100_000

Call = Callable[[], object]


def has(module):
    return importlib.util.find_spec(module) is not None


def ratios(calls: dict[str, Call], rounds=25, target=0.01):
    """The median seconds of one call, every contender measured in every round.

    Time on the processor is counted, because the machine may be shared.
    """
    loops = {}
    for name, call in calls.items():
        call()
        begun = clock.thread_time()
        call()
        loops[name] = max(1, int(target / max(clock.thread_time() - begun, 1e-7)))
    found = {name: [] for name in calls}
    gc.disable()
    try:
        for _ in range(rounds):
            for name, call in calls.items():
                repeat = range(loops[name])
                begun = clock.thread_time()
                for _ in repeat:
                    call()
                found[name].append((clock.thread_time() - begun) / loops[name])
    finally:
        gc.enable()
    return {name: statistics.median(times) for name, times in found.items()}


USUAL = (
    (e.Submitted, ZHANG, 0),
    (e.Accepted, LI, 5),
    (e.Replied, LI, 10),
    (e.Clarified, LI, 20),
    (e.FeedbackRequested, LI, 30),
    (e.CustomerWrote, ZHANG, 90),
    (e.Replied, LI, 120),
    (e.SolutionProposed, LI, 200),
)
"""A usual life in eight events: kind, who, minutes after nine."""


def ticket_of(*lines) -> Ticket:
    return replay(
        [
            kind(id=f"e{number}", ticket="T1", at=NINE + minutes * MINUTE, by=by)
            for number, (kind, by, minutes) in enumerate(lines)
        ]
    )


def eight_events():
    return ticket_of(*USUAL)


def talk(cycles):
    """A ticket with so many questions, each answered a minute later: as many cycles of 8.3."""
    lines = [(e.Submitted, ZHANG, 0), (e.Accepted, LI, 1), (e.Replied, LI, 2)]
    for number in range(1, cycles):
        lines += [(e.CustomerWrote, ZHANG, 2 * number + 1), (e.Replied, LI, 2 * number + 2)]
    return ticket_of(*lines)


# The three clocks by hand.

FIRST, COMMITMENT, NEXT = timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=4)


def workclock_schedule():
    import workclock  # noqa: PLC0415 - a peer that need not be there

    calendar = marketplace().calendar
    first = datetime(2017, 1, 1).toordinal()  # noqa: DTZ001 - only its date counts
    last = datetime(2026, 12, 28).toordinal()  # noqa: DTZ001
    dates = [datetime.fromordinal(number).date() for number in range(first, last + 1)]
    off = [day for day in dates if not calendar.is_working_day(day)]
    every = workclock.WorkDay(time(9), time(18), days=range(7))
    return workclock.Schedule([every, workclock.Holidays(off)], time_zone=SHANGHAI)


class ByHand:
    """8.1, 8.2 and 8.3 as one would write them: a walk, and a row for each cycle."""

    def __init__(self, schedule):
        self.add, self.between = schedule.add, schedule.between

    def read(self, history, now):
        rows, open_cycles, waiting, paused_at = [], {}, False, None
        for event in history:
            kind, at = type(event), event.at
            if kind is e.Replied and not event.automatic and event.by.role is Role.AGENT:
                answered = [name for name in ("first", "next") if name in open_cycles]
                rows += [
                    self.row(name, *open_cycles.pop(name), at, stopped=True) for name in answered
                ]
            elif kind is e.Submitted:
                open_cycles["first"] = (at, FIRST)
                open_cycles["next"] = (at, NEXT)
            elif kind is e.CustomerWrote and event.asks:
                waiting = False
                open_cycles.setdefault("next", (at, NEXT))
            elif kind is e.Clarified:
                open_cycles["commitment"] = (at, COMMITMENT)
            elif kind is e.FeedbackRequested:
                waiting = True
            elif kind in {e.ResolutionPromised, e.SolutionProposed, e.Resolved}:
                waiting = False
                if "commitment" in open_cycles:
                    cycle = open_cycles.pop("commitment")
                    rows.append(self.row("commitment", *cycle, at, stopped=True))
            if "commitment" in open_cycles:  # it stands still while the customer has the ball
                start, left = open_cycles["commitment"]
                if waiting and paused_at is None:
                    open_cycles["commitment"] = (start, left - self.between(start, at))
                    paused_at = at
                elif not waiting and paused_at is not None:
                    open_cycles["commitment"] = (at, left)
                    paused_at = None
        for name, cycle in open_cycles.items():
            rows.append(self.row(name, *cycle, now, stopped=False))
        return rows

    def row(self, name, start, budget, at, *, stopped):
        deadline = self.add(start, budget)
        verdict = "breached" if at > deadline else "met" if stopped else "running"
        return name, verdict, self.between(start, at), deadline


NAMES = {"first": "first_response", "commitment": "resolution_commitment", "next": "next_reply"}


def agree(rows, readings):
    """Both say the same of the three clocks."""
    mine = {(NAMES[name], verdict, deadline) for name, verdict, _elapsed, deadline in rows}
    ours = {
        (one.clock, str(one.verdict), one.deadline)
        for one in readings
        if one.clock in NAMES.values()
    }
    return mine == ours


def desk_calls():
    desk, ticket = marketplace(), eight_events()
    calls = {
        "assess": lambda: desk.assess(ticket, LATER),
        "read": lambda: desk.clocks.read(ticket, LATER),
        "next_wakeup": lambda: desk.next_wakeup(ticket, LATER),
        "wake": lambda: desk.wake(ticket, LATER),
    }
    if has("workclock"):
        by_hand = ByHand(workclock_schedule())
        assert agree(by_hand.read(ticket.history, LATER), desk.assess(ticket, LATER).readings)
        calls["by hand"] = lambda: by_hand.read(ticket.history, LATER)
    return calls


def growth_calls():
    desk, few, many = marketplace(), talk(10), talk(1000)
    now = many.last_event_at
    assert sum(one.clock == "next_reply" for one in desk.clocks.read(many, now)) == 1000
    return {
        "few": (lambda: desk.clocks.read(few, now), len(few.history)),
        "many": (lambda: desk.clocks.read(many, now), len(many.history)),
    }


def open_tickets(count=OPEN_TICKETS):
    """Tickets of one to eight events, each an open one."""
    lives = [ticket_of(*USUAL[:length]) for length in range(1, len(USUAL) + 1)]
    return [lives[number % len(lives)] for number in range(count)]


def one_pass(desk, tickets, now):
    """The heap that a host keeps: when to look at which ticket."""
    heap = [
        (at, number)
        for number, ticket in enumerate(tickets)
        if (at := desk.next_wakeup(ticket, now)) is not None
    ]
    heapq.heapify(heap)
    return heap


def row(what, value, aim=None, *, unit="×"):
    verdict = "" if aim is None else f"≤ {aim:g}   {'met' if value <= aim else 'MISSED'}"
    print(f"  {what:<62} {value:>9.4g} {unit:<2} {verdict}")  # noqa: T201 - a script prints


def main():
    """Measure everything and print the table."""
    print(f"Python {sys.version.split()[0]}; medians, ours over theirs")  # noqa: T201
    times = ratios(desk_calls())
    row("desk.assess of 8 events", times["assess"] * 1e6, 60, unit="µs")
    if "by hand" in times:
        row("the three clocks by hand over workclock", times["by hand"] * 1e6, unit="µs")
        row("desk.assess, × by hand", times["assess"] / times["by hand"], 4)
    for name in ("read", "next_wakeup", "wake"):
        row(f"{name} of 8 events", times[name] * 1e6, unit="µs")
    growth = growth_calls()
    spent = ratios({name: call for name, (call, _events) in growth.items()}, rounds=15)
    each = {name: spent[name] / growth[name][1] for name in spent}
    row("an event among 1,000 cycles", each["many"] * 1e6, unit="µs")
    row("an event among 1,000 cycles, × one among 10", each["many"] / each["few"], 1.2)
    desk, tickets = marketplace(), open_tickets()
    begun = clock.thread_time()
    heap = one_pass(desk, tickets, LATER)
    spent_on_all = clock.thread_time() - begun
    assert heap
    row(f"next_wakeup of {OPEN_TICKETS:,} tickets and the heap", spent_on_all, unit="s")
    row("for each of them", spent_on_all / OPEN_TICKETS * 1e6, unit="µs")


@pytest.mark.parametrize("name", ["assess", "read", "next_wakeup", "wake"])
def test_eight_events(benchmark, name):
    assert benchmark(desk_calls()[name]) is not None


@pytest.mark.parametrize("name", ["few", "many"])
def test_cycles(benchmark, name):
    assert benchmark(growth_calls()[name][0])


def test_one_pass(benchmark):
    desk, tickets = marketplace(), open_tickets(1000)
    assert benchmark(lambda: one_pass(desk, tickets, LATER))


if __name__ == "__main__":
    main()
