"""Bad input: each kind gives a clear message with file, line and field, and nothing is lost."""

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from ticketrules.errors import LogError, MappingError
from ticketrules.logs import Log, load_log, load_mapping, read_events

from .mappings import (
    ACTIVITIES,
    CHINESE_HEADER,
    MESSAGES,
    STATES,
    adds_up,
    encoded,
    read,
    told,
)

HEADER = "case,time,state,agent\n"
WORDS = "my password is hunter2"
EVENT = (
    '{"event": "replied", "schema": 1, "id": "%s", "ticket": "t", "at": "2026-02-13T09:%s:00+08:00"'
    ', "by": {"role": "agent"}, "body": "' + WORDS + '"}\n'
)
BODY = f', "body": "{WORDS}"'
MESSAGE_ROWS = CHINESE_HEADER + "G1,2026-02-13 09:00,客户,不能登录\n"


def unusable(path: Path | str, mapping: str | None = STATES) -> str:
    with pytest.raises(LogError) as caught:
        load_log(path, None if mapping is None else load_mapping(mapping))
    assert WORDS not in str(caught.value)
    assert caught.value.__cause__ is None
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


def rejections(log: Log) -> list[str]:
    assert adds_up(log)
    assert not any(WORDS in str(one) for one in log.intake.rejections)
    return list(map(str, log.intake.rejections))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


class TestTheFile:
    def test_missing(self, file: Path) -> None:
        assert unusable(file) == "no such file"
        assert unusable("\0") == "cannot be opened: embedded null byte"
        with pytest.raises(LogError, match="no log is named; a path is meant, or - for"):
            load_log("", None)

    def test_a_directory(self, tmp_path: Path) -> None:
        assert unusable(tmp_path) == "is a directory, not a log"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
    def test_forbidden(self, file: Path) -> None:
        file.touch(0)
        assert unusable(file) == "cannot be opened: Permission denied"

    @pytest.mark.parametrize("mapping", [STATES, None])
    @pytest.mark.parametrize(
        "content", [b"", b"\n\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)]
    )
    def test_empty(self, file: Path, content: bytes, mapping: str | None) -> None:
        file.write_bytes(content)
        told = unusable(file, mapping)
        assert told in {
            "line 1: is empty; there is not even a header",
            "line 1: there are no rows in it",
        }

    def test_only_a_header(self, file: Path) -> None:
        file.write_text(HEADER)
        assert unusable(file) == "line 1: there are no rows in it"

    def test_no_row_that_can_be_used(self, file: Path) -> None:
        file.write_text(HEADER + "1,2026-02-13 09:00,Odd,\n2,2026-02-13 09:00,Odd,\n")
        assert unusable(file) == (
            "none of its rows can be used, 2 of 2 rejected;"
            " the first: line 2: state: unknown state 'Odd'"
        )

    def test_a_csv_without_a_mapping(self, file: Path) -> None:
        file.write_text(HEADER + f"1,2026-02-13 09:00,{WORDS},\n")
        told = unusable(file, None)
        assert "the first: line 1: not JSON: Expecting value at column 1" in told
        assert told.endswith("; any other log needs a mapping")

    def test_standard_input(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        content = (HEADER + "1,2026-02-13 09:00,New,\n").encode()
        for data in (content, gzip.compress(content)):
            raw = io.BytesIO(data)
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
            log = load_log("-", load_mapping(STATES))
            assert (log.name, log.intake.rows) == ("<stdin>", 1)
            assert not raw.closed
        with file.open("wb") as opened:
            opened.write(content)
        with file.open("rb") as opened:  # as the interpreter opens it, with a buffer
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(opened))
            assert load_log("-", load_mapping(STATES)).intake.rows == 1
        monkeypatch.setattr(sys, "stdin", io.StringIO(HEADER))
        with pytest.raises(LogError, match=r"^<stdin>: there is no standard input of bytes"):
            load_log("-", load_mapping(STATES))


class Broken(io.RawIOBase):
    """A file on a disk that fails."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise OSError(5, "Input/output error")


def test_a_file_that_fails_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    with pytest.raises(LogError) as caught:
        load_log("-", load_mapping(STATES))
    assert str(caught.value) == ("<stdin>: line 1: cannot be read: [Errno 5] Input/output error")


class TestGzip:
    CONTENT = (HEADER + "1,2026-02-13 09:00,New,\n" * 5000).encode()

    def test_it_is_known_by_its_content_and_not_by_its_name(self, file: Path) -> None:
        file.write_bytes(gzip.compress(self.CONTENT))
        assert load_log(file, load_mapping(STATES)).intake.rows == 5000
        plain = file.with_suffix(".gz")
        plain.write_bytes(self.CONTENT)
        assert load_log(plain, load_mapping(STATES)).intake.rows == 5000

    @pytest.mark.parametrize("length", [5, 100, -9, -1])
    def test_cut_short(self, file: Path, length: int) -> None:
        file.write_bytes(gzip.compress(self.CONTENT)[:length])
        told = unusable(file)
        assert told.startswith("line ")
        assert told.endswith(": the gzip file ends too early; it was cut short")

    def test_damaged(self, file: Path) -> None:
        content = bytearray(gzip.compress(self.CONTENT, mtime=0))
        content[-6] ^= 0xFF  # of the checksum
        file.write_bytes(content)
        assert unusable(file).endswith(": the gzip file is damaged")
        content[30] ^= 0xFF
        file.write_bytes(content)
        assert unusable(file).endswith(": the gzip file is damaged")


class TestEncodings:
    def test_a_byte_order_mark_is_skipped(self, file: Path) -> None:
        file.write_bytes(b"\xef\xbb\xbf" + (HEADER + "1,2026-02-13 09:00,New,\n").encode())
        assert load_log(file, load_mapping(STATES)).intake.mapped == 1
        file.write_bytes(b"\xef\xbb\xbf" + (EVENT % (1, "00")).encode())
        assert load_log(file).intake.mapped == 1

    @pytest.mark.parametrize("name", ["gbk", "gb18030"])
    def test_the_mapping_declares_it(self, file: Path, name: str) -> None:
        file.write_bytes(MESSAGE_ROWS.encode(name))
        log = load_log(file, load_mapping(encoded(name)))
        assert getattr(log.tickets["G1"][0], "body", None) == "不能登录"

    def test_another_one_than_declared(self, file: Path) -> None:
        file.write_bytes(b"a,b\n" * 9 + MESSAGE_ROWS.encode("gbk"))
        told = unusable(file, None)
        assert told.startswith("line 10: not utf-8 at byte 1 of the line; a mapping declares")

    def test_a_mark_of_utf_8_where_gbk_is_declared(self, file: Path) -> None:
        file.write_bytes(b"\xef\xbb\xbf" + MESSAGE_ROWS.encode())
        assert unusable(file, encoded("gbk")).startswith("line 1: begins with the byte order mark")

    @pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_utf_16(self, file: Path, name: str) -> None:
        file.write_bytes(HEADER.encode(name))
        assert unusable(file) == "line 1: looks like UTF-16, which is not read; save it as UTF-8"


class TestTheHeader:
    def test_a_column_that_is_not_there(self, file: Path) -> None:
        file.write_text("case,time,stat,agent\n1,2026-02-13 09:00,New,\n")
        with pytest.raises(MappingError) as caught:
            load_log(file, load_mapping(STATES, "m.toml"))
        assert str(caught.value) == (
            f"{file}: line 1: the header has no column 'state'; did you mean 'stat'?"
            " (m.toml: columns.state)"
        )

    def test_a_column_of_an_event(self) -> None:
        with pytest.raises(MappingError, match=r"no column 'to'.*activities.given\[0\].to.column"):
            read(ACTIVITIES, "case,time,what,who,words\n")

    def test_a_column_that_is_there_twice(self) -> None:
        with pytest.raises(MappingError, match=r"line 2: the header has column 'case' 2 times"):
            read(STATES, "\ncase,case,time,state,agent\n")

    def test_another_column_may_be_there_twice(self) -> None:
        assert read(STATES, "x,x,case,time,state,agent\n,,1,2026-02-13 09:00,New,\n").tickets

    def test_old_line_ends(self, file: Path) -> None:
        file.write_bytes(HEADER.replace("\n", "\r").encode() * 2)
        assert unusable(file) == (
            "line 1: the header is not a row of CSV:"
            " a carriage return stands within the line; lines must end with a line feed"
        )


class TestRows:
    GOOD = "1,2026-02-13 09:30,New,\n"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("1,2026-02-13 09:40,-100,", "state: unknown state '-100'"),
            ("1,2026-02-13 09:40,?,", "state: no value"),
            ("1,2026-02-13 09:40,,", "state: no value"),
            ("1,13/2/2026,New,", "at: '13/2/2026' is not a time like %Y-%m-%d %H:%M"),
            ("1,2026-02-30 09:40,New,", "at: '2026-02-30 09:40' is not a time like"),
            ("1,?,New,", "at: no value"),
            (",2026-02-13 09:40,New,", "ticket: no value; every row needs its ticket's id"),
            ("1,2026-02-13 09:29,New,", "at: older than the ticket's row before it"),
            ("1,2026-02-13 09:40,New", "3 cells, but the header has 4"),
            ("1,2026-02-13 09:40,New,,", "5 cells, but the header has 4"),
            (f'1,2026-02-13 09:40,"New" {WORDS},', "text stands behind a closing quote"),
            (f"1,2026-02-13 09:40,New,\r{WORDS}", "a carriage return stands within the line"),
            (f"1,2026-02-13 09:40,New,{'x' * 131_073}", "a cell of more than 131072 characters"),
        ],
    )
    def test_one_is_rejected_and_the_rest_is_read(self, row: str, reason: str) -> None:
        log = read(STATES, HEADER + self.GOOD + f"{row}\n1,2026-02-13 09:50,Active,li\n")
        assert rejections(log)[0].startswith(f"line 3: {reason}")
        assert told(log, "1") == [
            "2 submitted customer 01:30",
            "4 accepted agent:li 01:50",
        ]
        assert (log.intake.rows, log.intake.mapped, log.intake.rejected) == (3, 2, 1)

    def test_an_hour_that_comes_twice_or_never(self) -> None:
        berlin = STATES.replace("Asia/Shanghai", "Europe/Berlin")
        log = read(
            berlin,
            HEADER + "1,2025-03-30 02:30,New,\n1,2025-03-30 03:30,New,\n1,2025-10-26 02:30,New,\n",
        )
        assert rejections(log) == [
            "line 2: at: '2025-03-30 02:30' does not exist in Europe/Berlin: the clocks skipped it",
            "line 4: at: '2025-10-26 02:30' comes twice in Europe/Berlin: the clocks were put back",
        ]

    @pytest.mark.parametrize(
        ("form", "cells"),
        [
            ("%Y-%m-%d %H:%M", ["0001-05-01 09:00", "9999-05-01 09:00", "0002-01-01 07:00"]),
            ("iso", ["0001-05-01T09:00Z", "9999-12-31T23:00-08:00", "0001-01-01T00:00+08:00"]),
            ("unix", ["253402271999", "-62135596799"]),
            ("unix_ms", ["253402271999000", "-62135596800001"]),
            ("%Y-%m-%d %z", ["0001-01-01 +0800", "9999-12-31 -0800", "9999-01-01 +0000"]),
        ],
    )
    def test_a_year_that_cannot_be_reckoned_with(self, form: str, cells: list[str]) -> None:
        mapping = STATES.replace('agent = "agent"', 'opened_at = "opened"')
        mapping = mapping.replace("%Y-%m-%d %H:%M", form)
        if form not in {"%Y-%m-%d %H:%M", "iso"}:
            mapping = mapping.replace('zone = "Asia/Shanghai"', "")
        good = {"unix": "1770944700", "unix_ms": "1770944700000", "%Y-%m-%d %z": "2026-02-13 +0000"}
        now = good.get(form, "2026-02-13 09:00")
        lines = [f"1,{now},New,"]
        for cell in cells:
            lines += [f"1,{cell},New,", f"2,{now},New,{cell}"]
        log = read(mapping, "case,time,state,opened\n" + "\n".join(lines) + "\n")
        told = rejections(log)
        assert len(told) == 2 * len(cells)
        assert told[0].startswith("line 3: at: ")
        assert told[1].startswith("line 4: opened_at: ")
        assert all(one.endswith("lies outside the years 2 to 9998") for one in told)

    def test_a_naive_time_without_a_zone(self) -> None:
        naive = STATES.replace("%Y-%m-%d %H:%M", "iso").replace('zone = "Asia/Shanghai"', "")
        log = read(naive, HEADER + "1,2026-02-13T09:00Z,New,\n1,2026-02-13T09:00,New,\n")
        assert rejections(log) == [
            "line 3: at: '2026-02-13T09:00' has no offset, and the mapping declares no time.zone"
        ]

    def test_a_duplicate_id_says_where_the_first_stands(self) -> None:
        header = "case,id,time,who,agent,customer,words\n"
        row = f"1,a,2026-02-13 09:00,客户,,,{WORDS}\n"
        log = read(MESSAGES, header + row + row + "1,,2026-02-13 09:00,客户,,,x\n")
        assert rejections(log) == [
            "line 3: id: 'a' stands already on line 2",
            "line 4: id: no value",
        ]

    def test_of_a_long_id_only_the_length_is_told(self) -> None:
        header = "case,id,time,who,agent,customer,words\n"
        row = f"1,{'a' * 41},2026-02-13 09:00,客户,,,{WORDS}\n"
        assert rejections(read(MESSAGES, header + row + row)) == [
            "line 3: id: a value of 41 characters stands already on line 2"
        ]

    def test_an_unknown_author(self) -> None:
        header = "case,id,time,who,agent,customer,words\n1,a,2026-02-13 09:00,客户,,,x\n"
        log = read(MESSAGES, header + f"1,b,2026-02-13 09:00,老板,,,{WORDS}\n")
        assert rejections(log) == ["line 3: author: unknown author a value of 2 characters"]
        log = read(MESSAGES, header + f"1,b,2026-02-13 09:00,客服 A,,,{WORDS}\n")
        assert rejections(log) == [
            "line 3: author: unknown author a value of 4 characters; did you mean '客服'?"
        ]

    @pytest.mark.parametrize(
        "words",
        [
            "我的密码是hunter2",
            "hunter2",
            "my password is hunter2",
            "my password",
            "打不开",
            "13800138000",
            "483920",
            "a@b.cn",
            "x" * 25,
            "1 " * 17 + "1",
            "\x1b[2J",
            "a\u200bb",
        ],
    )
    @pytest.mark.parametrize("column", ["state", "at"])
    def test_what_may_be_a_customers_words_is_never_shown(self, words: str, column: str) -> None:
        row = f"1,2026-02-13 09:40,{words}," if column == "state" else f"1,{words},New,"
        log = read(STATES, HEADER + self.GOOD + row + "\n")
        (told,) = rejections(log)
        assert words not in told
        assert repr(words) not in told
        assert f"a value of {len(words)} characters" in told

    @pytest.mark.parametrize(
        "word", ["Odd", "In_Progress", "on-hold", "v.b", "-100", "3", "13/2/2026", "2月13日 9:00"]
    )
    def test_what_looks_technical_is(self, word: str) -> None:
        log = read(STATES, HEADER + self.GOOD + f"1,2026-02-13 09:40,{word},\n")
        assert rejections(log) == [f"line 3: state: unknown state {word!r}"]

    def test_the_state_that_may_be_meant_is_the_mappings(self) -> None:
        log = read(STATES, HEADER + self.GOOD + "1,2026-02-13 09:40,On  Hold!,\n")
        assert rejections(log) == [
            "line 3: state: unknown state a value of 9 characters; did you mean 'On Hold'?"
        ]

    def test_a_long_value_is_not_shown(self) -> None:
        log = read(STATES, HEADER + self.GOOD + f"1,2026-02-13 09:40,{WORDS * 2},\n")
        assert rejections(log) == ["line 3: state: unknown state a value of 44 characters"]

    def test_a_row_stands_where_it_starts(self) -> None:
        log = read(
            STATES,
            HEADER + '1,2026-02-13 09:00,New,"a\nb\nc"\n1,2026-02-13 09:10,Odd,\n',
        )
        assert rejections(log) == ["line 5: state: unknown state 'Odd'"]

    def test_a_quote_that_swallows_the_rest_makes_the_log_unusable(self) -> None:
        rest = "1,2026-02-13 09:10,New,\n" * 3
        with pytest.raises(LogError) as caught:
            read(STATES, HEADER + self.GOOD + f'1,2026-02-13 09:00,New,"{WORDS}\n' + rest)
        assert str(caught.value) == (
            "log.csv: line 3: a quoted cell opens in this row and is not closed by line 6:"
            " a quote is opened and never closed"
        )

    def test_a_quote_on_the_last_line_loses_only_that(self) -> None:
        log = read(STATES, HEADER + self.GOOD + '1,2026-02-13 09:00,New,"x')
        assert rejections(log) == ["line 3: a quote is opened and never closed"]


class TestEvents:
    def test_lines_that_are_no_events(self) -> None:
        lines = [
            EVENT % (1, "00"),
            "\n",
            f'{{"body": "{WORDS}"\n',
            "[]\n",
            (EVENT % (2, "01")).replace("replied", "repliedd"),
            (EVENT % (3, "02")).replace("+08:00", ""),
            (EVENT % (4, "03")).replace('"t"', '" "'),
            EVENT % (1, "04"),
            EVENT % (5, "05"),
            EVENT % (6, "04"),
            (EVENT % (7, "06")).replace('"id": "7", ', "").replace("agent", "agnt"),
        ]
        log = read_events(lines, "log.jsonl")
        assert rejections(log) == [
            "line 3: not JSON: Expecting ',' delimiter at column 34",
            "line 4: expected an object",
            "line 5: event: unknown event 'repliedd'; did you mean 'replied'?",
            "line 6: at: a time without an offset; expected one such as +08:00",
            "line 7: ticket: no value; every row needs its ticket's id",
            "line 8: id: '1' stands already on line 1",
            "line 10: at: older than the ticket's event before it",
            "line 11: id: missing; by.role: expected one of customer, agent, platform, system",
        ]
        assert told(log, "t") == ["1 replied agent 01:00", "5 replied agent 01:05"]
        assert [one.ticket for one in log.intake.rejections] == [
            None, None, "t", "t", None, "t", "t", "t",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("twice", "name"),
        [
            (', "body": "x"}', "'body'"),
            (', "by": {"role": "agent"}}', "'by'"),
            (', "我的密码是hunter2": 1, "我的密码是hunter2": 1}', "a value of 12 characters"),
        ],
    )
    def test_a_key_that_stands_twice(self, twice: str, name: str) -> None:
        good = EVENT % (1, "00")
        inner = good.replace('{"role"', '{"role": "customer", "role"')
        log = read_events([good, good.replace("}\n", twice), inner])
        assert rejections(log) == [
            f"line 2: the key {name} stands twice in one object",
            "line 3: the key 'role' stands twice in one object",
        ]

    @pytest.mark.parametrize(
        "at", ["0001-05-01T00:00:00+00:00", "9999-05-01T00:00:00Z", "0002-01-01T00:00:00+08:00"]
    )
    def test_a_time_that_cannot_be_reckoned_with(self, at: str) -> None:
        good = EVENT % (1, "00")
        promise = good.replace("replied", "resolution_promised").replace(BODY, "")
        promise = promise.replace(': "1"', ': "2"').replace("}\n", f', "promised_for": "{at}"}}\n')
        log = read_events([good, good.replace("2026-02-13T09:00:00+08:00", at), promise])
        assert rejections(log) == [
            "line 2: at: lies outside the years 2 to 9998",
            "line 3: promised_for: lies outside the years 2 to 9998",
        ]

    def test_the_same_id_in_two_tickets(self) -> None:
        lines = [EVENT % (1, "00"), (EVENT % (1, "00")).replace('"t"', '"u"')]
        assert read_events(lines).intake.mapped == 2


class TestProgress:
    def test_it_rises_to_one(self, file: Path) -> None:
        file.write_text(HEADER + TestRows.GOOD * 20_000)
        shares: list[float] = []
        load_log(file, load_mapping(STATES), progress=shares.append)
        assert len(shares) > 3
        assert shares == sorted(shares)
        assert 0 < shares[0] < shares[-1] == 1

    def test_its_own_error_is_not_taken_for_the_logs(self, file: Path) -> None:
        def broken(_share: float) -> None:
            raise BrokenPipeError

        file.write_text(HEADER + TestRows.GOOD)
        with pytest.raises(BrokenPipeError):
            load_log(file, load_mapping(STATES), progress=broken)
