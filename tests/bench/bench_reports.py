"""Overview, scorecards and a simulated day: what a ticket costs, and how that grows.

As a script it prints the table. Under ``pytest tests/bench/bench_reports.py`` the library's own
calls go through pytest-benchmark.
"""

import statistics
import sys
import time as clock
from datetime import datetime, timedelta
from itertools import groupby

import pytest

from ticketrules import marketplace, overview, scorecards
from ticketrules.sample import generate
from ticketrules.simulation import (
    Customers,
    Exponential,
    Handling,
    LogNormal,
    PoissonArrivals,
    simulate,
    through_service_hours,
)
from ticketrules.tickets import replay

DESK = marketplace()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MANY = 10_000


def at(*parts):
    return datetime(*parts, tzinfo=DESK.calendar.zone)


NOW = at(2026, 9, 30, 11)
YEAR = at(2026, 1, 1), at(2027, 1, 1)
TUESDAY = at(2026, 3, 3)


def tickets_of(count):
    by_ticket = sorted(generate(tickets=count), key=lambda event: event.ticket)
    return [replay(events) for _, events in groupby(by_ticket, key=lambda event: event.ticket)]


def spent(call, rounds=5):
    """The median seconds on the processor, because the machine may be shared."""
    call()
    times = []
    for _ in range(rounds):
        begun = clock.thread_time()
        call()
        times.append(clock.thread_time() - begun)
    return statistics.median(times)


def a_day(runs, agents=12):
    """A day of some 200 tickets, with questions, rejections and solutions in several pieces."""
    end = TUESDAY + DAY
    return simulate(
        DESK,
        through_service_hours(agents, DESK, TUESDAY, end),
        PoissonArrivals.steady(200 / 24),
        Handling(answering=LogNormal(4 * MINUTE, 0.5), solving=LogNormal(12 * MINUTE, 1.0)),
        start=TUESDAY,
        end=end,
        customers=Customers(
            needs_feedback=0.2,
            rejects=0.1,
            confirms=0.4,
            stops_business=0.08,
            replying=Exponential(3 * HOUR),
        ),
        seed=1,
        runs=runs,
    )


def row(what, value, unit):
    print(f"  {what:<66} {value:>9.4g} {unit}")  # noqa: T201 - a script prints


def main():
    """Measure everything and print the table."""
    print(f"Python {sys.version.split()[0]}; medians of time on the processor")  # noqa: T201
    many = tickets_of(MANY)
    few = many[::10]
    mean = statistics.fmean(len(ticket.history) for ticket in many)
    row("events of a ticket, on average", mean, "")
    there = [ticket for ticket in few if ticket.opened_at <= NOW]
    assessed = spent(lambda: [DESK.assess(ticket, NOW) for ticket in there])
    row("desk.assess, for each ticket", assessed / len(there) * 1e6, "µs")
    seen = spent(lambda: overview(there, NOW, DESK, tendencies={}))
    row("overview without the words, for each ticket that is there", seen / len(there) * 1e6, "µs")
    row("overview without the words, × desk.assess", seen / assessed, "×")
    for name, call in (
        (
            "overview without the words",
            lambda tickets: overview(tickets, NOW, DESK, tendencies={}),
        ),
        ("overview", lambda tickets: overview(tickets, NOW, DESK)),
        ("scorecards of a year", lambda tickets: scorecards(tickets, *YEAR, DESK)),
    ):
        small, large = spent(lambda: call(few)), spent(lambda: call(many), rounds=3)  # noqa: B023
        row(f"{name} of {MANY:,} tickets", large, "s")
        row(f"{name}, for each ticket", large / MANY * 1e6, "µs")
        row(f"{name}, a ticket among {MANY:,}, × one among {MANY // 10:,}", large / small / 10, "×")
    begun = clock.thread_time()
    found = a_day(100)
    whole = clock.thread_time() - begun
    row(f"a day of {found.arrivals.mean:.0f} tickets simulated 100 times", whole, "s")
    row("for each ticket", whole / found.arrivals.mean / 100 * 1e6, "µs")


@pytest.fixture(scope="module")
def tickets():
    return tickets_of(1000)


def test_overview(benchmark, tickets):
    assert benchmark(lambda: overview(tickets, NOW, DESK)).tickets


def test_scorecards(benchmark, tickets):
    assert benchmark(lambda: scorecards(tickets, *YEAR, DESK)).total.tickets


def test_a_simulated_day(benchmark):
    assert benchmark(lambda: a_day(2)).runs == 2


if __name__ == "__main__":
    main()
