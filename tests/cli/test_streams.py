"""Where the command writes: closed, full, without Chinese, or read by nobody any more."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from ticketrules.cli import command
from ticketrules.cli.streams import visible

pty = pytest.importorskip("pty")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells of this kind only")

EVENT = (
    '{{"event": "submitted", "schema": 1, "id": "1", "ticket": "{}",'
    ' "at": "2026-02-13T09:05:00+08:00", "by": {{"role": "customer"}}, "body": "b"}}\n'
)
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    def run(script: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [
                "bash",
                "-c",
                "ticketrules() { " + f'"{sys.executable}" -m ticketrules "$@"; }}; {script}',
            ],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **environment},
            timeout=120,
        )

    (tmp_path / "log.jsonl").write_text(EVENT.format("工单一") + "{broken\n", encoding="utf-8")
    lines = [EVENT.format(number) for number in range(1000)]
    (tmp_path / "long.jsonl").write_text("".join([*lines, "{broken\n"]), encoding="utf-8")
    return run


FORMS = ("table", "json", "jsonl", "csv")


def judged(log: Path, *options: str, encoding: str = "utf-8") -> bytes:
    """What is printed of a log, in this process, to streams of an encoding."""
    done = CliRunner(charset=encoding).invoke(command, ["judge", str(log), *options])
    assert done.exit_code == 0, done.stderr
    assert b"\x1b" not in done.stderr_bytes
    return done.stdout_bytes


class TestOutputThatCannotBeWritten:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize(
        ("where", "why"), [(">&-", "it is closed"), ("> /dev/full", "No space left on device")]
    )
    def test_the_status_is_two_and_the_reason_is_told(
        self, shell: Shell, form: str, where: str, why: str
    ) -> None:
        if "full" in where and not Path("/dev/full").exists():
            pytest.skip("this system has no full device")
        done = shell(f"ticketrules judge long.jsonl --format {form} {where}")
        assert done.returncode == 2, done.stderr
        lines = done.stderr.decode().splitlines()
        assert lines[-1] == f"ticketrules: standard output cannot be written: {why}"
        assert b"Traceback" not in done.stderr
        assert b"Exception" not in done.stderr

    @pytest.mark.parametrize("rest", ["--help", "diagram", "judge --help"])
    @pytest.mark.parametrize("where", [">&-", "> /dev/full"])
    def test_the_same_of_every_command(self, shell: Shell, rest: str, where: str) -> None:
        done = shell(f"ticketrules {rest} {where}")
        assert done.returncode == 2
        assert b"standard output cannot be written" in done.stderr
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize("where", ["2>&-", "2> /dev/full"])
    @pytest.mark.parametrize("form", ["table", "csv"])
    def test_standard_error_may_be_missing(self, shell: Shell, form: str, where: str) -> None:
        done = shell(f"ticketrules judge log.jsonl --strict --format {form} {where}")
        assert done.returncode == 1
        assert done.stdout

    @pytest.mark.parametrize("where", ["2>&-", "2> /dev/full"])
    @pytest.mark.parametrize(
        ("rest", "status"), [("log.jsonl", 0), ("absent.jsonl", 2), ("log.jsonl --limit x", 2)]
    )
    def test_so_the_status_is_all_there_is(
        self, shell: Shell, rest: str, status: int, where: str
    ) -> None:
        assert shell(f"ticketrules judge {rest} {where}").returncode == status


class TestAReaderThatHasEnough:
    def test_strictness_still_finds_the_rejected_row(self, shell: Shell) -> None:
        script = "ticketrules judge long.jsonl --format jsonl {} | head -1; exit ${{PIPESTATUS[0]}}"
        strict, lenient = shell(script.format("--strict")), shell(script.format(""))
        assert (strict.returncode, lenient.returncode) == (1, 0)
        assert len(strict.stdout.splitlines()) == 1
        assert b"Traceback" not in strict.stderr + lenient.stderr


ENCODINGS = ("ascii", "latin-1", "gbk")


def shown_in(encoding: str) -> str:
    return "工单一" if encoding == "gbk" else r"\u5de5\u5355\u4e00"


class TestOtherEncodings:
    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_the_output_stays_valid(self, tmp_path: Path, encoding: str) -> None:
        log = tmp_path / "log.jsonl"
        log.write_text(EVENT.format("工单一"), encoding="utf-8")
        outputs = {
            form: judged(log, "--format", form, "--lang", "zh", encoding=encoding).decode(encoding)
            for form in FORMS
        }
        assert json.loads(outputs["json"])["needs"][0]["ticket"] == "工单一"
        assert json.loads(outputs["jsonl"])["ticket"] == "工单一"
        rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
        assert rows[0]["ticket"] == shown_in(encoding)
        assert shown_in(encoding) in outputs["table"]

    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_so_does_that_of_a_process(self, shell: Shell, encoding: str) -> None:
        done = shell("ticketrules judge log.jsonl --lang zh", PYTHONIOENCODING=encoding)
        assert done.returncode == 0, done.stderr
        assert shown_in(encoding) in done.stdout.decode(encoding)

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
    def test_drawings_too(self, encoding: str) -> None:
        done = CliRunner(charset=encoding).invoke(command, ["diagram", "--lang", "zh"])
        assert (done.exit_code, done.stderr_bytes) == (0, b"")
        assert done.stdout_bytes.startswith(b"stateDiagram-v2")

    @pytest.mark.parametrize("form", FORMS)
    def test_half_characters(self, form: str, tmp_path: Path) -> None:
        mapping, log = tmp_path / "m.toml", tmp_path / "half.jsonl"
        mapping.write_text(
            '[log]\nformat = "jsonl"\nshape = "activities"\n'
            '[columns]\nticket = "t"\nat = "at"\nactivity = "a"\n'
            '[time]\nformat = "iso"\n[activities]\nopened = ["submitted"]\n'
        )
        log.write_text(r'{"t": "\ud83d", "a": "opened", "at": "2026-02-13T09:05:00Z"}' + "\n")
        assert rb"\ud83d" in judged(log, "--mapping", str(mapping), "--format", form)


class TestTerminals:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.usefixtures("shell")
    def test_the_bar_is_gone_before_the_report(self, form: str, tmp_path: Path) -> None:
        ours, theirs = pty.openpty()
        script = [sys.executable, "-m", "ticketrules", "judge", "long.jsonl", "--format", form]
        process = subprocess.Popen(script, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path)
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # as a terminal ends whose last writer has gone
            while part := os.read(ours, 1 << 16):
                seen += part
        os.close(ours)
        assert process.wait(timeout=60) == 0
        assert b"judging" in seen
        if form in {"table", "json"}:
            start = seen.index(b"Promises by clause" if form == "table" else b'"policy"')
            assert b"judging" not in seen[start:]


class TestVisible:
    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ("\x1b[31mT-1\x1b[0m", r"\x1b[31mT-1\x1b[0m"),
            ("a\r\nb\tc", r"a\r\nb\tc"),
            ("\x9b2J", r"\x9b2J"),
            ("T\u202e1", r"T\u202e1"),
            ("\x07", r"\x07"),
            ("工单 一\u3000é", "工单 一\u3000é"),
        ],
    )
    def test_what_a_terminal_would_act_on_is_written_out(self, words: str, shown: str) -> None:
        assert visible(words) == shown

    @pytest.mark.parametrize("form", FORMS)
    def test_ids_and_names_of_a_log(self, form: str, tmp_path: Path) -> None:
        mapping, log = tmp_path / "m.toml", tmp_path / "odd\x1b.csv"
        mapping.write_text(
            '[log]\nshape = "activities"\n'
            '[columns]\nticket = "t"\nat = "at"\nactivity = "a"\nagent = "who"\n'
            '[time]\nformat = "iso"\n[activities]\nopened = ["submitted"]\nsaid = ["replied"]\n'
            'closed = ["closed"]\n'
        )
        log.write_text(
            "t,at,a,who\n\x1b]0;x\x07,2026-02-13T09:05:00Z,opened,\n"
            "\x1b]0;x\x07,2026-02-13T09:05:10Z,said,\x1b[2Jli\n"
            "\x1b]0;x\x07,2026-02-13T09:05:11Z,\x1b[2J,\x1b[2Jli\n"
            "\x1b[1m,2026-02-13T09:05:10Z,opened,\x1b[2Jli\n"
            "\x1b[1m,2026-02-13T09:05:10Z,closed,\x1b[2Jli\n"
        )
        told = judged(log, "--mapping", str(mapping), "--format", form)
        if form == "table":
            assert b"\x1b" not in told
            assert rb"\x1b[2Jli" in told
