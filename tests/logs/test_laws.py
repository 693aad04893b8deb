"""What holds of any log at all."""

import csv
import gzip
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.errors import LogError, MappingError
from ticketrules.logs import load_log, load_mapping, read_events, read_rows
from ticketrules.tickets import replay

from .mappings import ACTIVITIES, MESSAGES, STATES, adds_up

CELLS = st.sampled_from(
    [
        *("1", "2", "", "?", "New", "Active", "On Hold", "Done", "opened", "answered", "given"),
        *("closed", "wrote", "客户", "客服", "系统", "customer", "robot", "a", "a/2", '"', "x\ny"),
        *("2026-02-13 09:00", "2026-02-13 09:01", "2026-02-12 10:00", "never", "5", "thanks"),
    ]
) | st.text(max_size=4)
HEADERS = {
    STATES: ("case", "time", "state", "agent"),
    ACTIVITIES: ("case", "time", "what", "who", "to", "words"),
    MESSAGES: ("case", "id", "time", "who", "agent", "customer", "words"),
}
PLAUSIBLE = st.tuples(
    st.sampled_from(["1", "2", "?"]),
    st.sampled_from(["2026-02-13 09:00", "2026-02-13 09:01", "2026-02-13 08:59", "x"]),
    st.sampled_from(["New", "Active", "On Hold", "Done", "Odd"]),
    st.sampled_from(["li", "wu", "?"]),
)
BYTES = st.lists(
    st.binary(max_size=12)
    | st.sampled_from(
        [b"case,time,state,agent\n", b"1,2026-02-13 09:00,New,\n", b'"', b"\n", b"\r", b"\xff\xfe"]
    ),
    max_size=8,
).map(b"".join)


@settings(deadline=None)
@given(st.sampled_from([STATES, ACTIVITIES, MESSAGES]), st.lists(st.lists(CELLS, max_size=8)))
def test_rows_are_mapped_or_rejected(mapping: str, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS[mapping], *rows])
    text.seek(0)
    try:
        log = read_rows(text, load_mapping(mapping))
    except LogError:
        return
    assert adds_up(log)


@settings(deadline=None)
@given(st.lists(PLAUSIBLE, min_size=1))
def test_every_row_counts_and_every_ticket_replays(rows: list[tuple[str, ...]]) -> None:
    lines = ["case,time,state,agent\n", *(",".join(row) + "\n" for row in rows)]
    try:
        log = read_rows(lines, load_mapping(STATES))
    except LogError:
        return
    assert log.intake.rows == len(rows)
    assert adds_up(log)
    rejected = {one.line for one in log.intake.rejections}
    assert len(rejected) == log.intake.rejected
    for ticket, events in log.tickets.items():
        assert replay(events).id == ticket
        lines_of = {int(event.id.partition("/")[0]) for event in events}
        assert not lines_of & rejected


@settings(deadline=None)
@given(st.sampled_from([STATES, ACTIVITIES, MESSAGES]), st.text())
def test_any_text_is_read_or_refused(mapping: str, text: str) -> None:
    header = ",".join(HEADERS[mapping]) + "\n"
    try:
        log = read_rows(io.StringIO(header + text), load_mapping(mapping))
    except LogError:
        return
    assert adds_up(log)


@settings(deadline=None)
@given(st.lists(st.text()))
def test_any_lines_are_events_or_refused(lines: list[str]) -> None:
    with pytest.raises(LogError):
        read_events(lines)


@settings(deadline=None)
@given(BYTES, st.sampled_from(["utf-8", "gbk", "latin-1"]), st.booleans())
def test_any_bytes_are_read_or_refused(content: bytes, encoding: str, packed: bool) -> None:
    text = STATES.replace('shape = "states"', f'shape = "states"\nencoding = "{encoding}"')
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.write_bytes(gzip.compress(content) if packed else content)
        for mapping in (None, load_mapping(text)):
            try:
                log = load_log(path, mapping)
            except (LogError, MappingError) as error:
                assert str(error).startswith(f"{path}: ")  # noqa: PT017
            else:
                assert adds_up(log)


@settings(deadline=None)
@given(st.binary(), st.integers(0, 40))
def test_any_damage_to_a_gzip_file_is_told(noise: bytes, place: int) -> None:
    content = bytearray(gzip.compress(b"case,time,state,agent\n1,2026-02-13 09:00,New,\n", mtime=0))
    content[place : place + len(noise)] = noise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.gz")
        path.write_bytes(content)
        try:
            log = load_log(path, load_mapping(STATES))
        except (LogError, MappingError):
            return
        assert adds_up(log)
