"""Service time beside its peers: one process, interleaved rounds, medians, ratios.

As a script it prints the table of aims; a peer that is not installed is left out. Under
``pytest tests/bench/bench_calendar.py`` the library's own calls go through pytest-benchmark.
"""

# ruff: noqa: PLC0415 - a peer is imported where it is measured, and only there

import ctypes
import importlib.util
import operator
import shutil
import statistics
import subprocess
import sys
import tempfile
import time as clock
import timeit
import tracemalloc
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ticketrules.calendar import Schedule, ServiceCalendar, ServiceHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2017, 1, 1), date(2026, 12, 28)
START = datetime(2024, 3, 4, 2, 6, 7, 8, UTC)
FIVE_HOURS = START + timedelta(hours=5)
A_YEAR = datetime(2025, 3, 4, 2, 5, 0, 0, UTC)
SHORT, LONG = timedelta(hours=5), timedelta(hours=9 * 248)
MILLION = 1_000_000

Call = tuple[object, ...]
"""A function and what it is called with."""


def plain():
    return ServiceHours().calendar()


def dates():
    return [date.fromordinal(n) for n in range(FIRST.toordinal(), LAST.toordinal() + 1)]


def days_off():
    calendar = plain()
    return [day for day in dates() if not calendar.is_working_day(day)]


def local(at):
    return at.astimezone(SHANGHAI).replace(tzinfo=None)


def has(module):
    return importlib.util.find_spec(module) is not None


def ratios(calls: dict[str, Call], rounds=40, target=0.002):
    """The median seconds of one call, every contender measured in every round.

    Time on the processor is counted, because the machine may be shared.
    """
    timers = {name: timer(*call) for name, call in calls.items()}
    loops = {}
    for name, one in timers.items():
        one.timeit(1)
        loops[name] = max(1, int(target / max(one.timeit(1), 1e-7)))
    found = {name: [] for name in calls}
    for _ in range(rounds):
        for name, one in timers.items():
            found[name].append(one.timeit(loops[name]) / loops[name])
    return {name: statistics.median(times) for name, times in found.items()}


def timer(function, *arguments):
    """Times the bare call, with nothing wrapped around it."""
    names = [f"a{n}" for n in range(len(arguments))]
    known = dict(zip(names, arguments, strict=True)) | {"call": function}
    return timeit.Timer(f"call({', '.join(names)})", timer=clock.thread_time, globals=known)


# The peers, each given the same days: every date open from nine to six, and those off closed.


def workclock_peer():
    import workclock

    every = workclock.WorkDay(time(9), time(18), days=range(7))
    return workclock.Schedule([every, workclock.Holidays(days_off())], time_zone=SHANGHAI)


def timegrid_peer():
    import timegrid

    calendar = timegrid.TimeGridCalendar.create()
    worked = plain()
    for day in dates():
        if worked.is_working_day(day):
            opens, closes = datetime.combine(day, time(9)), datetime.combine(day, time(18))
            calendar.set_open_window(day.isoformat(), opens, closes)
    return calendar.compile(*(datetime.combine(day, time()) for day in (FIRST, LAST)))


def businesstimedelta_peer():
    import businesstimedelta

    class Off(dict):
        """What the package expects of a holidays object."""

    off = Off.fromkeys(days_off(), "off")
    hours = businesstimedelta.WorkDayRule(time(9), time(18), list(range(7)), tz=_pytz())
    return businesstimedelta.Rules([hours, businesstimedelta.HolidayRule(off, tz=_pytz())])


def _pytz():
    import pytz

    return pytz.timezone("Asia/Shanghai")


def scalar_calls():
    """Four questions, each with the calls that answer it."""
    ours = plain()
    elapsed, advance = ours.elapsed, ours.advance
    questions = {
        "elapsed, 5 h": {"ticketrules": (elapsed, START, FIVE_HOURS)},
        "elapsed, 1 year": {"ticketrules": (elapsed, START, A_YEAR)},
        "advance, 5 h": {"ticketrules": (advance, START, SHORT)},
        "advance, 1 year": {"ticketrules": (advance, START, LONG)},
    }
    if has("workclock"):
        peer = workclock_peer()
        assert peer.between(START, A_YEAR) == ours.elapsed(START, A_YEAR)
        assert peer.add(START, LONG) == ours.advance(START, LONG)
        questions["elapsed, 5 h"]["workclock"] = (peer.between, START, FIVE_HOURS)
        questions["elapsed, 1 year"]["workclock"] = (peer.between, START, A_YEAR)
        questions["advance, 5 h"]["workclock"] = (peer.add, START, SHORT)
        questions["advance, 1 year"]["workclock"] = (peer.add, START, LONG)
    if has("timegrid"):
        line = timegrid_peer()
        start, soon, late = local(START), local(FIVE_HOURS), local(A_YEAR)
        assert line.get_working_duration(start, late) == ours.elapsed(START, A_YEAR)
        questions["elapsed, 5 h"]["timegrid"] = (line.get_working_duration, start, soon)
        questions["elapsed, 1 year"]["timegrid"] = (line.get_working_duration, start, late)
    return questions


def slow_calls():
    """Peers that are slower by orders of magnitude, asked less often."""
    calls = {"elapsed, 5 h": {}, "elapsed, 1 year": {}, "advance, 5 h": {}}
    if has("businesstimedelta"):
        rules = businesstimedelta_peer()
        calls["elapsed, 5 h"]["businesstimedelta"] = (rules.difference, START, FIVE_HOURS)
        calls["elapsed, 1 year"]["businesstimedelta"] = (rules.difference, START, A_YEAR)
    if has("business_duration"):
        from business_duration import businessDuration

        off = days_off()
        start, soon, late = local(START), local(FIVE_HOURS), local(A_YEAR)

        def duration(end):
            return businessDuration(start, end, time(9), time(18), None, off, "sec")

        calls["elapsed, 5 h"]["business-duration"] = (duration, soon)
        calls["elapsed, 1 year"]["business-duration"] = (duration, late)
    if has("pandas"):
        import pandas as pd

        begin = pd.Timestamp(local(START))
        offset = pd.offsets.CustomBusinessHour(
            n=5, start="09:00", end="18:00", weekmask="1111111", holidays=days_off()
        )
        calls["advance, 5 h"]["pandas CustomBusinessHour"] = (operator.add, begin, offset)
    return calls


def pairs(spread):
    import numpy as np

    random = np.random.default_rng(20261122)
    first, last = (np.datetime64(day, "us").astype(np.int64) for day in (date(2018, 1, 1), LAST))
    start = random.integers(first, last - spread, MILLION)
    end = start + random.integers(0, spread, MILLION)
    return start.view("M8[us]"), end.view("M8[us]")


def busday(start, end, off):
    """The usual recipe: whole working days between, plus what of both ends is left by clipping."""
    import numpy as np

    eight = np.timedelta64(8 * 3600 * 10**6, "us")
    nine, six = (np.timedelta64(hour * 3600 * 10**6, "us") for hour in (9, 18))
    calendar = np.busdaycalendar(weekmask="1111111", holidays=off)
    start, end = start + eight, end + eight
    first, last = start.astype("M8[D]"), end.astype("M8[D]")
    whole = np.busday_count(first, last, busdaycal=calendar) * (six - nine)
    head = np.clip(start - first, nine, six) - nine
    tail = np.clip(end - last, nine, six) - nine
    head[~np.is_busday(first, busdaycal=calendar)] = 0
    tail[~np.is_busday(last, busdaycal=calendar)] = 0
    return whole + tail - head


def c_loop(calendar, start, end):
    """The fused loop over the same table; None without a compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    import numpy as np

    folder = Path(tempfile.mkdtemp())
    library = folder / "fused.so"
    source = Path(__file__).with_name("fused.c")
    flags = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, str(source), "-o", str(library)], check=True)
    loop = ctypes.CDLL(str(library)).fused
    calendar.elapsed_array(start, end)
    table = calendar._arrays._table
    out = np.empty(len(start), np.int64)
    pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (start, end, out)]
    counts = table.counts.ctypes.data_as(ctypes.c_void_p)
    size, zero, slot = (
        ctypes.c_size_t(len(start)),
        ctypes.c_int64(table.zero),
        ctypes.c_int64(table.slot),
    )

    def call():
        loop(*pointers, size, counts, zero, slot)
        return out.view("m8[us]")

    assert (call() == calendar.elapsed_array(start, end)).all()
    return call


def batch_calls(spread):
    """One million pairs: the calls, and how many pairs each is given (the slow ones fewer)."""
    calendar = plain()
    start, end = pairs(spread)
    calls: dict[str, tuple[Call, int]] = {
        "ticketrules": ((calendar.elapsed_array, start, end), MILLION)
    }
    off = days_off()
    assert (busday(start, end, off) == calendar.elapsed_array(start, end)).all()
    calls["numpy busday"] = ((busday, start, end, off), MILLION)
    fused = c_loop(calendar, start, end)
    if fused is not None:
        calls["C loop"] = ((fused,), MILLION)
    if has("workclock"):
        peer = workclock_peer()
        few = 2000
        some = start[:few].copy(), end[:few].copy()
        assert (peer.between_many(*some) == calendar.elapsed_array(*some)).all()
        calls["workclock"] = ((peer.between_many, *some), few)
    return calls


def batch_schedules():
    """The same million pairs on schedules with other boundaries."""
    start, end = pairs(int(30 * 86_400e6))
    calendars = {
        "plain": plain(),
        "two windows a day": ServiceCalendar(
            schedule=Schedule(week=("09:00-12:00", "13:30-18:00"))
        ),
        "odd minutes": ServiceCalendar(schedule=Schedule(week=("08:37-12:11", "13:01-17:29"))),
        "nights, clock changes": ServiceCalendar(
            "mon-sun", Schedule(week=("21:30-05:30",)), "America/New_York"
        ),
    }
    return {name: (one.elapsed_array, start, end) for name, one in calendars.items()}


def extra_memory():
    """Peak memory beyond the inputs in a batch of a million, as a multiple of the output."""
    calendar = plain()
    start, end = pairs(int(30 * 86_400e6))
    calendar.elapsed_array(start[:10], end[:10])
    calendar.elapsed_array(start, end)
    tracemalloc.start()
    found = calendar.elapsed_array(start, end)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / found.nbytes - 1


def ten_years():
    calendar = plain()
    for year in range(2017, 2027):
        calendar.elapsed(datetime(year, 3, 1, tzinfo=UTC), datetime(year, 3, 2, tzinfo=UTC))


def one_year():
    plain().elapsed(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))


def general_calls():
    """Schedules and arguments that are anything but plain."""
    base = plain()
    newyork = ZoneInfo("America/New_York")
    split = ServiceCalendar(schedule=Schedule(week=("09:00-12:00", "13:30-18:00")))
    nights = ServiceCalendar("mon-sun", Schedule(week=("21:30-05:30",)), newyork)
    many = ServiceCalendar(
        schedule=Schedule(week=[f"{hour:02}:00-{hour:02}:45" for hour in range(8, 20)])
    )

    def of(calendar, zone):
        start, end = START.astimezone(zone), A_YEAR.astimezone(zone)
        return (
            (calendar.elapsed, start, end),
            (calendar.advance, start, SHORT),
        )

    return {
        "plain, in UTC": of(base, UTC),
        "plain, in its own zone": of(base, SHANGHAI),
        "plain, in another zone": of(base, newyork),
        "two windows a day": of(split, UTC),
        "across midnight, clock changes": of(nights, UTC),
        "the same, in its own zone": of(nights, newyork),
        "twelve windows a day": of(many, UTC),
    }


def row(what, value, aim=None, *, at_least=False):
    verdict = ""
    if aim is not None:
        met = value >= aim if at_least else value <= aim
        verdict = f"{'≥' if at_least else '≤'} {aim:g}   {'met' if met else 'MISSED'}"
    print(f"  {what:<58} {value:>10.4g}   {verdict}")  # noqa: T201 - a script prints


AIMS = {
    ("elapsed, 5 h", "workclock"): 0.10,
    ("elapsed, 1 year", "workclock"): 0.005,
    ("elapsed, 5 h", "timegrid"): 0.45,
    ("elapsed, 1 year", "timegrid"): 0.08,
    ("advance, 5 h", "workclock"): 0.10,
    ("advance, 1 year", "workclock"): 0.008,
}


def main():
    """Measure everything and print the table."""
    say = print
    say(f"Python {sys.version.split()[0]}; ratios of medians, ours over theirs unless said")
    own = {}
    for question, calls in scalar_calls().items():
        times = ratios(calls)
        own[question] = times["ticketrules"]
        for peer in times.keys() - {"ticketrules"}:
            aim = AIMS.get((question, peer))
            row(f"{question}: × {peer}", times["ticketrules"] / times[peer], aim)
    questions = scalar_calls()
    for verb in ("elapsed", "advance"):
        both = {span: questions[f"{verb}, {span}"]["ticketrules"] for span in ("5 h", "1 year")}
        times = ratios(both, rounds=60)
        row(f"{verb}: 1 year over 5 h", times["1 year"] / times["5 h"], 1.1)
    for question, calls in slow_calls().items():
        times = ratios({**calls, "ticketrules": questions[question]["ticketrules"]}, rounds=5)
        for peer in calls:
            row(f"{question}: × {peer}", times["ticketrules"] / times[peer])
    say("one million pairs, times faster than")
    for label, spread in (("up to 30 days apart", 30), ("up to a year apart", 365)):
        calls = batch_calls(int(spread * 86_400e6))
        times = ratios({name: call for name, (call, _) in calls.items()}, rounds=15, target=0.001)
        each = {name: times[name] / calls[name][1] for name in calls}
        row(f"{label}: ns a pair", each["ticketrules"] * 1e9)
        if "workclock" in each:
            row(f"{label}: workclock", each["workclock"] / each["ticketrules"], 500, at_least=True)
        row(
            f"{label}: busday, clipped",
            each["numpy busday"] / each["ticketrules"],
            25,
            at_least=True,
        )
        if "C loop" in each:
            row(f"{label}: × a fused C loop", each["ticketrules"] / each["C loop"], 2)
    row("extra memory over the output", extra_memory(), 2)
    say("arrays over other schedules, × the plain case, a million pairs")
    times = ratios(batch_schedules(), rounds=9, target=0.001)
    for name, seconds in times.items():
        row(name, seconds / times["plain"], None if name == "plain" else 2)
    say("building, milliseconds")
    built = ratios({"ten": (ten_years,), "one": (one_year,)}, rounds=15)
    row("ten years", built["ten"] * 1e3, 30)
    row("one year", built["one"] * 1e3)
    say("general schedules, × the plain case")
    general = general_calls()
    for at, verb in enumerate(("elapsed", "advance")):
        times = ratios({name: calls[at] for name, calls in general.items()}, rounds=40)
        for name, seconds in times.items():
            aim = None if name == "plain, in UTC" else 2
            row(f"{verb}: {name}", seconds / times["plain, in UTC"], aim)
    row("elapsed, 5 h: nanoseconds", own["elapsed, 5 h"] * 1e9)
    row("advance, 5 h: nanoseconds", own["advance, 5 h"] * 1e9)


@pytest.mark.parametrize("question", ["elapsed, 5 h", "elapsed, 1 year", "advance, 5 h"])
def test_scalar(benchmark, question):
    benchmark(*scalar_calls()[question]["ticketrules"])


def test_million_pairs(benchmark):
    pytest.importorskip("numpy")
    start, end = pairs(int(30 * 86_400e6))
    calendar = plain()
    benchmark(lambda: calendar.elapsed_array(start, end))


def test_ten_years(benchmark):
    benchmark(ten_years)


def test_explaining_ten_years(benchmark):
    benchmark(plain().explain, START, START.replace(year=START.year + 10))


if __name__ == "__main__":
    main()
