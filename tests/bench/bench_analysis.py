"""Whole logs beside a fused C loop, pandas and workclock: one process, rounds in turn, ratios.

As a script it prints the table of aims; a peer that is not installed is left out. Under
``pytest tests/bench/bench_analysis.py`` the library's own calls go through pytest-benchmark.

The log is sorted by ticket, eight events a ticket, over 90 days. Three clocks: the first response,
the customer's longest wait, and the time to the solution without the waits for the customer. All
contenders begin with the same columns and end with the same numbers, which is checked first:

* the library's arithmetic and a fused loop in C, from the same arrays, in one thread;
* pandas as one first writes it: groupby, the calendar's vectorised ``elapsed_array`` on all rows;
* a clever pandas, which drops the rows that change nothing and asks the calendar only at turns;
* the clever one with workclock instead of the calendar, on fewer tickets.
"""

# ruff: noqa: PLC0415 - a peer is imported where it is measured, and only there

import ctypes
import gc
import shutil
import statistics
import subprocess
import sys
import tempfile
import time as clock
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))
sys.path.insert(0, str(Path(__file__).parent))

from bench_calendar import has, workclock_peer

from logs import NAMES, NOW, ROLES, usual_log
from ticketrules import marketplace, replay
from ticketrules.analysis import judge_log, read_log, service_times
from ticketrules.analysis.block import Block, bounds
from ticketrules.analysis.intake import BLOCK_ROWS
from ticketrules.analysis.scalar import events_of
from ticketrules.analysis.service_times import classes as classes_of
from ticketrules.analysis.service_times import times_of
from ticketrules.analysis.sorts import BASES, sort_codes
from ticketrules.logs import load_mapping

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "events" / "uci_incident_event_log.csv.gz"
MAPPING = ROOT / "docs" / "examples" / "mappings" / "uci-incidents.toml"
NOW_US = int(NOW.timestamp() * 1e6)


def measured(calls, rounds=7):
    """The median seconds of each call, all of them in every round.

    Time on the processor is counted, because the machine may be shared.
    """
    found = {name: [] for name in calls}
    for call in calls.values():
        call()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, call in calls.items():
                begun = clock.process_time()
                call()
                found[name].append(clock.process_time() - begun)
    finally:
        gc.enable()
    return {name: statistics.median(times) for name, times in found.items()}


def told_by_sort():
    """What each sort of event does, in one table: here only a submission comes first."""
    further, first = classes_of()
    told = further.copy()
    submitted = slice(0, len(ROLES))
    told[submitted] = first[submitted]
    return told


class Columns:
    """The log's columns as arrays."""

    def __init__(self, log):
        self.ticket = log["ticket"].to_numpy()
        self.at = log["at"].to_physical().to_numpy()
        self.event = log["event"].to_physical().to_numpy().copy()
        self.role = log["by_role"].to_physical().to_numpy().copy()
        self.automatic = np.packbits(log["automatic"].to_numpy(), bitorder="little")
        self.tickets = int((self.ticket[1:] != self.ticket[:-1]).sum()) + 1


def by_columns(columns, calendar):
    """The library's own arithmetic: the arrays that the loop in C gets, to three amounts."""
    parts = []
    for start in range(0, len(columns.at), BLOCK_ROWS):
        rows = slice(start, start + BLOCK_ROWS)  # whole tickets, all of eight events
        ticket, at = columns.ticket[rows], columns.at[rows]
        bits = columns.automatic[start // 8 : start // 8 + BLOCK_ROWS // 8]
        automatic = np.unpackbits(bits, count=len(at), bitorder="little")
        sort = sort_codes(columns.event[rows], columns.role[rows], automatic)
        nobody = np.zeros(len(at), bool)
        block = Block(at, sort, bounds(ticket[1:] != ticket[:-1]), nobody, nobody, None)
        parts.append(times_of(block, calendar, NOW_US))
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def c_loop(columns, calendar):
    """The fused loop over the same columns; None without a compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    library = Path(tempfile.mkdtemp()) / "three_clocks.so"
    source = Path(__file__).with_name("three_clocks.c")
    flags = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, str(source), "-o", str(library)], check=True)
    loop = ctypes.CDLL(str(library)).three_clocks
    loop.restype = ctypes.c_size_t
    calendar.served_array(np.append(columns.at, NOW_US).view("M8[us]"))
    table = calendar._arrays._table
    classes = told_by_sort()
    out = [np.empty(columns.tickets, np.int64) for _ in range(3)]
    kept = [
        columns.ticket,
        columns.at,
        columns.event,
        columns.role,
        columns.automatic,
        BASES,
        classes,
        table.counts,
        *out,
    ]
    pointers = [one.ctypes.data_as(ctypes.c_void_p) for one in kept]
    numbers = [ctypes.c_int64(one) for one in (NOW_US, table.zero, table.slot)]
    size = ctypes.c_size_t(len(columns.at))

    def call():
        loop(*pointers[:6], size, pointers[6], numbers[0], pointers[7], *numbers[1:], *pointers[8:])
        return out

    call.kept = kept
    return call


def pandas_frame(log):
    """The same columns, as pandas keeps them."""
    import pandas as pd

    frame = pd.DataFrame({"ticket": log["ticket"].to_numpy()})
    frame["at"] = log["at"].to_physical().to_numpy().view("M8[us]")
    for column, names in (("event", NAMES), ("by_role", ROLES)):
        codes = log[column].to_physical().to_numpy()
        frame[column] = pd.Categorical.from_codes(codes.astype(np.int8), names)
    frame["automatic"] = log["automatic"].to_numpy()
    return frame


def told(frame):
    """What each event asks, answers, begins or ends, in the words of this log."""
    event, role = frame.event, frame.by_role
    is_answer = (event == "replied") & role.isin(["agent", "platform"]) & ~frame.automatic
    return (
        (event.isin(["submitted", "customer_wrote"]), is_answer),
        (
            event.isin(["submitted", "customer_wrote", "accepted"]),
            event.isin(["feedback_requested", "solution_proposed"]),
        ),
    )


def by_pandas(frame, between):
    """The three clocks as one first writes them with groupby.

    The service time from every event to its ticket's next, the states carried forward within each
    ticket, and sums by stretch and by ticket. ``between`` counts service time for all rows at once.
    """
    (asks, answers), (begins, ends) = told(frame)
    rows = frame[["ticket", "at"]].assign(
        waits=np.select([asks, answers], [1.0, 0.0], np.nan),
        works=np.select([begins, ends], [1.0, 0.0], np.nan),
    )
    tickets = rows.groupby("ticket")
    until = tickets["at"].shift(-1).fillna(np.datetime64(NOW_US, "us"))
    rows["span"] = between(rows["at"].to_numpy(), until.to_numpy().astype("M8[us]"))
    rows[["waits", "works"]] = tickets[["waits", "works"]].ffill() == 1
    rows["stretch"] = (rows.waits & ~tickets.waits.shift(fill_value=False)).cumsum()
    waiting = rows[rows.waits].groupby(["ticket", "stretch"]).span.sum().groupby("ticket")
    work = rows.span.where(rows.works).groupby(rows.ticket).sum()
    return amounts(waiting.first(), waiting.max(), work)


def by_clever_pandas(frame, between):
    """The same with fewer rows: only those that change a state, and lookups only where it turns."""

    def lengths(yes, no):
        some = frame[yes | no].assign(state=yes)
        before = some.groupby("ticket").state.shift(fill_value=False)
        turns = some[some.state != before]
        until = turns.groupby("ticket")["at"].shift(-1).fillna(np.datetime64(NOW_US, "us"))
        spans = between(turns["at"].to_numpy(), until.to_numpy().astype("M8[us]"))
        return turns.assign(length=spans)[turns.state].groupby("ticket").length

    waits, works = (lengths(*pair) for pair in told(frame))
    return amounts(waits.first(), waits.max(), works.sum())


def amounts(*columns):
    """Columns of timedeltas, in microseconds."""
    return [one.to_numpy().astype("m8[us]").view(np.int64) for one in columns]


def contenders(tickets, *, slow=2_000):
    """The calls, with how many tickets each is given, every answer checked against ours."""
    log, desk = usual_log(tickets), marketplace()
    calendar = desk.calendar
    columns = Columns(log)
    ours = by_columns(columns, calendar)
    calls = {
        "three clocks": (lambda: by_columns(columns, calendar), tickets),
        "three clocks, frame to frame": (lambda: service_times(log, calendar, NOW), tickets),
        "all clocks": (lambda: judge_log(log, desk, NOW), tickets),
    }
    fused = c_loop(columns, calendar)
    if fused is not None:
        assert all((a == b).all() for a, b in zip(fused(), ours, strict=True))
        calls["C loop"] = (fused, tickets)
    if has("pandas"):
        frame = pandas_frame(log)
        for name, written in (("pandas", by_pandas), ("clever pandas", by_clever_pandas)):
            found = written(frame, calendar.elapsed_array)
            assert all((a == b).all() for a, b in zip(found, ours, strict=True))
            calls[name] = (partial(written, frame, calendar.elapsed_array), tickets)
    if has("pandas") and has("workclock"):
        few, peer = frame[: slow * 8], workclock_peer()
        found = by_clever_pandas(few, peer.between_many)
        assert all((a == b[:slow]).all() for a, b in zip(found, ours, strict=True))
        calls["pandas and workclock"] = (lambda: by_clever_pandas(few, peer.between_many), slow)
    few_log = log[: slow * 8].with_columns(row=pl.int_range(1, slow * 8 + 1))
    histories = [events_of(few_log[n * 8 : n * 8 + 8]) for n in range(slow)]
    calls["scalar engine"] = (
        lambda: [desk.clocks.read(replay(events), NOW) for events in histories],
        slow,
    )
    return calls


def each(calls, rounds):
    """Nanoseconds a ticket."""
    times = measured({name: call for name, (call, _) in calls.items()}, rounds)
    return {name: times[name] / count * 1e9 for name, (_, count) in calls.items()}


def real_log_calls():
    """The real log: reading it alone, and from its bytes to verdicts."""
    desk = marketplace()
    mapping = load_mapping(MAPPING.read_text(encoding="utf-8"), MAPPING.name)
    last = datetime(2017, 3, 1, tzinfo=desk.calendar.zone)

    return {
        "polars.read_csv": lambda: pl.read_csv(REAL, infer_schema_length=0),
        "verdicts": lambda: judge_log(read_log(REAL, mapping), desk, last),
    }


def row(what, value, aim=None, *, at_least=False):
    verdict = ""
    if aim is not None:
        met = value >= aim if at_least else value <= aim
        verdict = f"{'≥' if at_least else '≤'} {aim:g}   {'met' if met else 'MISSED'}"
    print(f"  {what:<62} {value:>10.4g}   {verdict}")  # noqa: T201 - a script prints


def main(*, million=True):
    """Measure everything and print the table."""
    say = print
    say(f"Python {sys.version.split()[0]}; processor time, medians of rounds in turn")
    sizes = {"100 k": 100_000, "1 M": 1_000_000} if million else {"100 k": 100_000}
    ours = {}
    for label, tickets in sizes.items():
        found = each(contenders(tickets), 7 if tickets <= 100_000 else 3)
        say(f"{label} tickets: nanoseconds a ticket")
        for name, nanoseconds in found.items():
            row(name, nanoseconds)
        ours[label] = found
        for what, aims in (("three clocks", True), ("all clocks", False)):
            say(f"{label} tickets: {what}")
            mine = found[what]
            if "C loop" in found:
                row("× a fused C loop of three clocks", mine / found["C loop"], 2 if aims else None)
            if "pandas" in found:
                aim = 8 if tickets == 100_000 else 10
                faster = found["pandas"] / mine
                row(
                    "faster than pandas, three clocks", faster, aim if aims else None, at_least=True
                )
                row("faster than clever pandas, three clocks", found["clever pandas"] / mine)
            if "pandas and workclock" in found:
                faster = found["pandas and workclock"] / mine
                row(
                    "faster than pandas with workclock", faster, 40 if aims else None, at_least=True
                )
            row("faster than the scalar engine, all clocks", found["scalar engine"] / mine)
    if million:
        for what in ("three clocks", "all clocks"):
            row(
                f"{what}: a ticket of 1 M over one of 100 k",
                ours["1 M"][what] / ours["100 k"][what],
                1.15,
            )
    if REAL.is_file():
        times = measured(real_log_calls(), 5)
        say("the real log of 141,712 rows, seconds")
        for name, seconds in times.items():
            row(name, seconds)
        row("verdicts", times["verdicts"], 2 * times["polars.read_csv"] + 0.5)


def test_three_clocks(benchmark):
    columns, calendar = Columns(usual_log(20_000)), marketplace().calendar
    benchmark(lambda: by_columns(columns, calendar))


def test_all_clocks(benchmark):
    log, desk = usual_log(20_000), marketplace()
    benchmark(lambda: judge_log(log, desk, NOW))


@pytest.mark.parametrize("tickets", [2_000])
def test_every_contender_says_the_same(tickets):
    contenders(tickets, slow=200)


if __name__ == "__main__":
    main(million="--quick" not in sys.argv)
