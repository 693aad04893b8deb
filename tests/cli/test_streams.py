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
        done = shell(f"ticketrules judge log.jsonl --format {form} {where}")
        assert done.returncode == 0
        assert done.stdout
        assert (
            shell(f"ticketrules judge log.jsonl --strict --format {form} {where}").returncode == 1
        )
        assert shell(f"ticketrules judge absent.jsonl {where}").returncode == 2
        assert shell(f"ticketrules judge log.jsonl --limit x {where}").returncode == 2


class TestAReaderThatHasEnough:
    def test_strictness_still_finds_the_rejected_row(self, shell: Shell) -> None:
        script = "ticketrules judge long.jsonl --format jsonl {} | head -1; exit ${{PIPESTATUS[0]}}"
        strict, lenient = shell(script.format("--strict")), shell(script.format(""))
        assert (strict.returncode, lenient.returncode) == (1, 0)
        assert len(strict.stdout.splitlines()) == 1
        assert b"Traceback" not in strict.stderr + lenient.stderr


class TestOtherEncodings:
    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
    def test_the_output_stays_valid(self, shell: Shell, encoding: str) -> None:
        outputs = {}
        for form in FORMS:
            done = shell(
                f"ticketrules judge log.jsonl --format {form} --lang zh", PYTHONIOENCODING=encoding
            )
            assert done.returncode == 0, done.stderr
            outputs[form] = done.stdout.decode(encoding)
        assert json.loads(outputs["json"])["needs"][0]["ticket"] == "工单一"
        assert json.loads(outputs["jsonl"])["ticket"] == "工单一"
        rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
        shown = "工单一" if encoding == "gbk" else r"\u5de5\u5355\u4e00"
        assert rows[0]["ticket"] == shown
        assert shown in outputs["table"]

    def test_drawings_too(self, shell: Shell) -> None:
        for encoding in ("ascii", "latin-1"):
            done = shell("ticketrules diagram --lang zh", PYTHONIOENCODING=encoding)
            assert (done.returncode, done.stderr) == (0, b"")
            assert done.stdout.startswith(b"stateDiagram-v2")

    def test_half_characters(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "m.toml").write_text(
            '[log]\nformat = "jsonl"\nshape = "activities"\n'
            '[columns]\nticket = "t"\nat = "at"\nactivity = "a"\n'
            '[time]\nformat = "iso"\n[activities]\nopened = ["submitted"]\n'
        )
        (tmp_path / "half.jsonl").write_text(
            r'{"t": "\ud83d", "a": "opened", "at": "2026-02-13T09:05:00Z"}' + "\n"
        )
        for form in FORMS:
            done = shell(f"ticketrules judge half.jsonl --mapping m.toml --format {form}")
            assert done.returncode == 0, done.stderr
            assert rb"\ud83d" in done.stdout


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

    def test_ids_and_names_of_a_log(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "m.toml").write_text(
            '[log]\nshape = "activities"\n'
            '[columns]\nticket = "t"\nat = "at"\nactivity = "a"\nagent = "who"\n'
            '[time]\nformat = "iso"\n[activities]\nopened = ["submitted"]\nsaid = ["replied"]\n'
            'closed = ["closed"]\n'
        )
        (tmp_path / "odd\x1b.csv").write_text(
            "t,at,a,who\n\x1b]0;x\x07,2026-02-13T09:05:00Z,opened,\n"
            "\x1b]0;x\x07,2026-02-13T09:05:10Z,said,\x1b[2Jli\n"
            "\x1b]0;x\x07,2026-02-13T09:05:11Z,\x1b[2J,\x1b[2Jli\n"
            "\x1b[1m,2026-02-13T09:05:10Z,opened,\x1b[2Jli\n"
            "\x1b[1m,2026-02-13T09:05:10Z,closed,\x1b[2Jli\n"
        )
        for form in FORMS:
            done = shell(f"ticketrules judge odd*.csv --mapping m.toml --format {form}")
            assert done.returncode == 0, done.stderr
            assert b"\x1b" not in done.stderr
            if form == "table":
                assert b"\x1b" not in done.stdout
                assert rb"\x1b[2Jli" in done.stdout
