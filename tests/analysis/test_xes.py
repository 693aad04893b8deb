"""XES out and in again, and what others write."""

import pytest
from polars.testing import assert_frame_equal

from ticketrules.analysis import frame_of_events, judge_log, read_xes, write_xes
from ticketrules.desk import Desk
from ticketrules.errors import LogError
from ticketrules.rulebook import Policy
from ticketrules.sample import sample_events

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/" xes.version="1.0">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="?"/></global>
  <trace>
    <string key="concept:name" value="case 1"/>
    <event>
      <string key="concept:name" value="opened"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00.000+08:00"/>
      <string key="org:resource" value="li &amp; co"/>
      <string key="channel" value="mail"/>
    </event>
    <event><string key="concept:name" value="closed"/></event>
  </trace>
</log>
"""

BOMB = """<?xml version="1.0"?>
<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<log><trace><event><string key="concept:name" value="&b;"/></event></trace></log>
"""

OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE log SYSTEM "file:///etc/hostname">
<log/>
"""


def file_of(tmp_path, text):
    path = tmp_path / "log.xes"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_comes_back(tmp_path):
    log = frame_of_events(sample_events()).sort("ticket", maintain_order=True)
    write_xes(log, tmp_path / "log.xes")
    back = read_xes(tmp_path / "log.xes")
    assert_frame_equal(back.select(log.columns), log)
    desk, end = Desk(Policy()), log["at"].max()
    assert_frame_equal(judge_log(back, desk, end).frame, judge_log(log, desk, end).frame)


def test_a_log_of_others(tmp_path):
    found = read_xes(file_of(tmp_path, FOREIGN), keys=["channel"])
    first, second = found.rows(named=True)
    assert (first["ticket"], first["activity"], first["resource"]) == (
        "case 1",
        "opened",
        "li & co",
    )
    assert (first["at"].isoformat(), first["channel"]) == ("2026-03-02T01:00:00+00:00", "mail")
    assert (second["activity"], second["at"], second["resource"]) == ("closed", None, None)


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_a_document_type_is_refused_before_any_entity_is_read(tmp_path, text):
    with pytest.raises(LogError, match=r"log.xes: it has a document type"):
        read_xes(file_of(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<log><trace>", "line 1: not XML"),
        ("<html/>", "its root is 'html'"),
        (FOREIGN.replace("+08:00", ""), "time:timestamp: a time in ISO 8601 with an offset"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, problem):
    with pytest.raises(LogError, match=problem):
        read_xes(file_of(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LogError, match="no such file"):
        read_xes(tmp_path / "none.xes")


def test_words_with_markup_and_lines_survive(tmp_path):
    log = frame_of_events(sample_events())[:1].with_columns(
        by_id=__import__("polars").lit('<"&\n>')
    )
    write_xes(log, tmp_path / "log.xes")
    assert read_xes(tmp_path / "log.xes")["by_id"].to_list() == ['<"&\n>']
