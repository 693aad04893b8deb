"""A log in a file comes to the same verdicts, whatever it is cut into, and no ticket is torn."""

import tracemalloc
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ticketrules.analysis import frame_of_events, judge_file, judge_log, streaming
from ticketrules.analysis.judging import LogJudge
from ticketrules.desk import Desk
from ticketrules.errors import LogError
from ticketrules.rulebook import Policy
from ticketrules.sample import sample_events

from .bad_logs import BAD, frame_of, numbered
from .bad_logs import NOW as THEN
from .logs import NOW, usual_log

DESK = Desk(Policy())
LOG = usual_log(300).with_columns(pl.col("ticket").cast(pl.String).str.zfill(4))
WHOLE = judge_log(LOG, DESK, NOW)


def read(folder):
    return pl.scan_parquet(folder).collect()


@settings(deadline=None, max_examples=25)
@given(cuts=st.lists(st.integers(0, len(LOG)), max_size=6))
def test_cuts_make_no_difference(cuts):
    marks = [0, *sorted(cuts), len(LOG)]
    batches = [LOG[low:high] for low, high in pairwise(marks)]
    judge = LogJudge(DESK, NOW)
    assert_frame_equal(pl.concat(judge.frames(batches)), WHOLE.frame)
    assert judge.account().intake == WHOLE.intake


@pytest.mark.parametrize("size", [1, 2, 7])
@pytest.mark.parametrize("what", BAD)
def test_nor_where_something_is_wrong(what, size):
    frame = frame_of(numbered(BAD[what]))
    if what == "mixed tickets":
        return
    whole = judge_log(frame, DESK, THEN)
    judge = LogJudge(DESK, THEN)
    parts = list(judge.frames(frame[n : n + size] for n in range(0, len(frame), size)))
    assert_frame_equal(pl.concat(parts), whole.frame)
    assert judge.account().intake == whole.intake
    assert tuple(judge.unjudged) == whole.unjudged


class TestFiles:
    """Files in, Parquet out."""

    @pytest.mark.parametrize("suffix", ["parquet", "arrow", "csv"])
    def test_the_same_verdicts(self, tmp_path, suffix, monkeypatch):
        monkeypatch.setattr(streaming, "BLOCK_ROWS", 500)
        path = tmp_path / f"log.{suffix}"
        write = {"parquet": LOG.write_parquet, "arrow": LOG.write_ipc}
        if suffix == "csv":
            text = LOG.with_columns(pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00"))
            text.write_csv(path)
        else:
            write[suffix](path)
        shares = []
        found = judge_file(path, DESK, NOW, tmp_path / "out", progress=shares.append)
        assert_frame_equal(read(tmp_path / "out"), WHOLE.frame)
        assert found.intake == WHOLE.intake
        assert len(list((tmp_path / "out").iterdir())) > 1
        assert shares == sorted(shares)
        assert shares[-1] == 1.0

    def test_a_mixed_log_is_grouped_on_disk(self, tmp_path, monkeypatch):
        monkeypatch.setattr(streaming, "BLOCK_ROWS", 400)
        monkeypatch.setattr(streaming, "BUCKET_ROWS", 500)
        mixed = frame_of_events(sample_events())
        path, scratch = tmp_path / "log.parquet", tmp_path / "scratch"
        mixed.write_parquet(path)
        end = mixed["at"].max()
        found = judge_file(path, DESK, end, tmp_path / "out", scratch=scratch)
        whole = judge_log(mixed, DESK, end)
        assert found.intake == whole.intake
        order = ["ticket", "clock", "cycle"]
        assert_frame_equal(read(tmp_path / "out").sort(order), whole.frame.sort(order))
        assert list(scratch.iterdir()) == []

    def test_without_a_place_for_that_it_is_refused(self, tmp_path):
        path = tmp_path / "log.parquet"
        frame_of_events(sample_events()).write_parquet(path)
        with pytest.raises(LogError, match="its tickets do not ascend"):
            judge_file(path, DESK, NOW, tmp_path / "out")

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(LogError, match=r"none.parquet: no such file"):
            judge_file(tmp_path / "none.parquet", DESK, NOW, tmp_path / "out")

    def test_a_folder_with_something_in_it(self, tmp_path):
        path = tmp_path / "log.parquet"
        LOG.write_parquet(path)
        with pytest.raises(LogError, match="a new or empty folder is meant"):
            judge_file(path, DESK, NOW, tmp_path)

    def test_a_column_that_is_missing(self, tmp_path):
        path = tmp_path / "log.parquet"
        LOG.drop("at").write_parquet(path)
        with pytest.raises(LogError, match="there is no column 'at'"):
            judge_file(path, DESK, NOW, tmp_path / "out")


def test_memory_is_the_blocks_whatever_the_log():
    """Python's and NumPy's memory; a log of four times the size takes no more."""

    def peak(times):
        ordered = [
            LOG.with_columns((pl.lit(f"{n:02}-") + pl.col("ticket")).alias("ticket"))
            for n in range(times)
        ]
        judge = LogJudge(DESK, NOW)
        for _ in judge.frames(ordered[:1]):
            pass
        judge = LogJudge(DESK, NOW)
        tracemalloc.start()
        for _ in judge.frames(ordered):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(16) < 1.5 * peak(4)
