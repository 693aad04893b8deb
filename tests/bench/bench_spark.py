"""What a million tickets cost on a local Spark session, by workers: seconds and processor time.

    python tests/bench/bench_spark.py [tickets] [rounds] [worker counts, such as 1,2]

The log, tickets of eight events over ninety days, goes straight to Parquet in files of a hundred
thousand tickets; it is judged under all clocks of the marketplace and written to Spark's ``noop``
sink. The session has run once on a tenth of the log before anything is measured, so that starting
it counts for nothing. Processor time is told apart for Java (the shuffle, the sort, Arrow) and for
Python's workers (the verdicts); it is what a machine that does other work besides cannot distort.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))

from logs import NOW, usual_log
from ticketrules import marketplace

PART = 100_000
TICK = os.sysconf("SC_CLK_TCK")


def write_log(folder, tickets):
    """The log as files of Parquet, its rows numbered."""
    for part in range(tickets // PART):
        log = usual_log(PART, seed=part).with_columns(
            pl.col("ticket") + part * PART,
            pl.col("event", "by_role").cast(pl.String),
            row=pl.int_range(part * PART * 8, (part + 1) * PART * 8),
        )
        log.write_parquet(folder / f"{part:04}.parquet")


def processor_time():
    """Seconds of processor time of this process's descendants so far, by what they run."""
    table = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                name, _, rest = (entry / "stat").read_text().partition("(")[2].rpartition(")")
            except OSError:
                continue
            told = rest.split()
            # Its own time, and that of children that have ended.
            table[int(entry.name)] = (name, int(told[1]), sum(map(int, told[11:15])) / TICK)
    found, below = Counter(), {os.getpid()}
    while below:
        below = {one for one, (_, parent, _) in table.items() if parent in below}
        for one in below:
            found["Java" if "java" in table[one][0] else "Python"] += table[one][2]
    return found


def measure(folder, workers, rounds):
    """The rounds of one session: seconds, and processor time of Java and of Python."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - of an extra

    from ticketrules.analysis import spark  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local[{workers}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    files = sorted(map(str, folder.glob("*.parquet")))

    def judge(some):
        verdicts = spark.judge(session.read.parquet(*some), marketplace(), NOW)
        verdicts.write.format("noop").mode("overwrite").save()

    judge(files[: max(1, len(files) // 10)])
    found = []
    for _ in range(rounds):
        before, begun = processor_time(), time.perf_counter()
        judge(files)
        spent = time.perf_counter() - begun
        after = processor_time()
        found.append((spent, after["Java"] - before["Java"], after["Python"] - before["Python"]))
    session.stop()
    return found


def main(tickets=2_000_000, rounds=2, workers="1,2"):
    """Measure each number of workers in a process of its own, and print a table."""
    say = print
    with tempfile.TemporaryDirectory() as folder:
        write_log(Path(folder), tickets)
        say(f"{tickets:,} tickets; per million: seconds, and those of processors, best of {rounds}")
        for count in workers.split(","):
            call = [sys.executable, __file__, "--measure", folder, count, str(rounds)]
            told = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout
            best = min(tuple(map(float, line.split())) for line in told.splitlines())
            wall, java, rest = (one / tickets * 1e6 for one in best)
            say(f"  {count:>3} workers  {wall:6.1f} s   Java {java:6.1f} s   Python {rest:6.1f} s")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        for line in measure(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])):
            print(*line)  # noqa: T201 - to the process that prints the table
    else:
        main(*map(int, sys.argv[1:3]), *sys.argv[3:4])
