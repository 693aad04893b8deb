"""``ticketrules judge-columns``: a table in, Parquet out, and the account on standard error."""

import polars as pl
import pytest
from click.testing import CliRunner

from ticketrules.analysis import frame_of_events, judge_log
from ticketrules.cli import command
from ticketrules.desk import marketplace
from ticketrules.sample import sample_events


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.parquet"
    frame_of_events(sample_events()).sort("ticket", maintain_order=True).write_parquet(path)
    return path


def run(*arguments):
    return CliRunner().invoke(command, ["judge-columns", *map(str, arguments)])


def test_it_writes_what_judging_comes_to(log, tmp_path):
    found = run(log, "--into", tmp_path / "out", "--as-of", "2026-12-31T18:00")
    assert (found.exit_code, found.stdout) == (0, "")
    assert "2520 rows: 2520 mapped, 0 rejected; 192 tickets judged, 0 not judged" in found.stderr
    now = pl.select(pl.datetime(2026, 12, 31, 10, time_zone="UTC")).item()
    whole = judge_log(pl.read_parquet(log), marketplace(), now)
    assert pl.read_parquet(tmp_path / "out").equals(whole.frame)


def test_strict_counts_what_was_left_out(log, tmp_path):
    frame = pl.read_parquet(log)
    frame[5, "event"] = "no such event"
    frame.write_parquet(log)
    arguments = (log, "--as-of", "2026-12-31T18:00", "--into")
    assert run(*arguments, tmp_path / "one").exit_code == 0
    found = run(*arguments, tmp_path / "two", "--strict")
    assert found.exit_code == 1
    assert "line 6: event: " in found.stderr


def test_what_cannot_be_used_is_named(tmp_path):
    found = run(tmp_path / "no.parquet", "--into", tmp_path / "out", "--as-of", "2026-01-01")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "no such file" in found.stderr
