"""``ticketrules judge``: what it prints where, and its exit status."""

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from ticketrules import Actor, Role, commands, marketplace
from ticketrules.cli import command
from ticketrules.cli.judge import _mapping, read_policy
from ticketrules.cli.tables import print_report
from ticketrules.errors import MappingError, PolicyError
from ticketrules.logs import Judgement, Tally, last_instant, read_events
from ticketrules.sample import sample_lines
from ticketrules.tickets.wire import dump_event

from ..logs.mappings import CHINESE, CHINESE_HEADER, encoded

SECRET = "我的密码是 hunter2"  # noqa: S105  # what must never be printed
CUSTOMER, AGENT = Actor(Role.CUSTOMER, "c-7"), Actor(Role.AGENT, "li")
UNNAMED = {
    "both", "bad time", "first day", "last day", "first hour", "no mapping", "no policy"
}  # fmt: skip
FRIDAY = datetime(2026, 2, 13, 9, 50, tzinfo=UTC)  # 17:50 in Shanghai
ROWS = (
    CHINESE_HEADER + f"T-1,2026-03-02 10:00,客户,{SECRET}\n"
    "T-1,2026-03-02 10:20,客服,您好，收到\n"
    "T-2,2026-03-02 17:00,客户,打不开\n"
)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, ["judge", *arguments], input=stdin)


def lines_of(ticket_id: str = "T-1", start: datetime = FRIDAY) -> list[str]:
    """A ticket answered on the make-up Saturday, one minute late."""
    desk = marketplace()
    submit = commands.Submit(id="1", by=CUSTOMER, ticket=ticket_id, body=SECRET)
    first = desk.handle(None, submit, start)
    reply = commands.RequestFeedback(id="2", by=AGENT, reply="您好，请提供一下域名，谢谢！")
    assert first
    second = desk.handle(first.ticket, reply, start + timedelta(hours=15, minutes=16))
    assert second
    return [json.dumps(dump_event(event)) for event in second.ticket.history]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(lines_of()) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(CHINESE, encoding="utf-8")
    return path


class TestReports:
    def test_table_names_each_clause_and_what_is_due(self, log: Path) -> None:
        result = run(str(log), "--as-of", "2026-02-25T10:00")
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        for part in ("4 rows, 4 mapped, 0 rejected", "8.1", "first response", "li", "T-1"):
            assert part in result.stdout
        assert "2026-02-25 09:00" in result.stdout  # the reminder fell due at that opening

    def test_table_in_chinese(self, log: Path) -> None:
        result = run(str(log), "--lang", "zh")
        assert result.exit_code == 0
        for part in ("各条款履行情况", "首次响应", "超时", "待反馈"):
            assert part in result.stdout

    def test_json_is_one_document_and_the_account_goes_to_stderr(self, log: Path) -> None:
        result = run(str(log), "--format", "json", "--as-of", "2026-02-25T10:00")
        report = json.loads(result.stdout)
        assert report["intake"] | {"rejections": []} == {
            "rows": 4,
            "mapped": 4,
            "rejected": 0,
            "events": 4,
            "tickets": 1,
            "later_events": 0,
            "rejections": [],
        }
        first = next(line for line in report["clauses"] if line["clause"] == "8.1")
        assert (first["met"], first["breached"], first["share_met"]) == (0, 1, 0.0)
        assert first["worst"][0]["overrun_s"] == 60
        assert report["needs"][0]["needs"][0]["due_at"] == "2026-02-25T09:00:00+08:00"
        assert "4 rows: 4 mapped, 0 rejected; 1 tickets judged" in result.stderr

    def test_jsonl_is_a_line_a_ticket(self, log: Path) -> None:
        log.write_text("\n".join([*lines_of("A"), *lines_of("B")]), encoding="utf-8")
        result = run(str(log), "--format", "jsonl")
        tickets = [json.loads(line) for line in result.stdout.splitlines()]
        assert [ticket["ticket"] for ticket in tickets] == ["A", "B"]
        assert tickets[0]["readings"][0]["clock"] == "first_response"

    def test_csv_is_a_row_a_reading(self, log: Path) -> None:
        result = run(str(log), "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert [(row["clock"], row["verdict"]) for row in rows] == [
            ("first_response", "breached"),
            ("next_reply", "met"),
            ("feedback_reminder", "running"),
            ("feedback_lapse", "running"),
        ]
        assert rows[0]["deadline"] == "2026-02-14T09:05:00+08:00"
        assert rows[0]["provisional"] == "false"

    def test_as_of_looks_at_nothing_later(self, log: Path) -> None:
        result = run(str(log), "--format", "json", "--as-of", "2026-02-14T09:00")
        report = json.loads(result.stdout)
        assert report["intake"]["later_events"] == 3
        assert report["clauses"][1]["running"] == 1

    def test_as_of_before_everything_judges_nothing_and_says_so(self, log: Path) -> None:
        result = run(str(log), "--format", "json", "--as-of", "2020-01-01T00:00:00Z")
        assert json.loads(result.stdout)["tickets"] == {"judged": 0, "not_yet": 1, "unjudged": 0}
        assert "not yet submitted" in run(str(log), "--as-of", "2020-01-01").stdout

    def test_as_of_now(self, log: Path) -> None:
        before = datetime.now(UTC)
        report = json.loads(run(str(log), "--format", "json", "--as-of", "now").stdout)
        assert before <= datetime.fromisoformat(report["as_of"]) <= datetime.now(UTC)

    def test_policy_changes_the_verdict(self, log: Path, tmp_path: Path) -> None:
        policy = tmp_path / "silver.toml"
        policy.write_text('name = "silver"\n[promises]\nfirst_response = "20m"\n')
        report = json.loads(run(str(log), "--policy", str(policy), "--format", "json").stdout)
        assert report["policy"] == "silver"
        assert report["clauses"][1]["met"] == 1

    def test_the_packaged_sample(self) -> None:
        report = json.loads(run("--sample", "--format", "json").stdout)
        assert report["intake"]["rejected"] == 0
        assert report["tickets"]["judged"] == report["intake"]["tickets"] >= 200
        assert all(line["met"] and line["breached"] for line in report["clauses"])

    def test_lists_say_what_they_leave_out(self, tmp_path: Path) -> None:
        log = tmp_path / "many.jsonl"
        log.write_text("\n".join(line for number in range(5) for line in lines_of(f"T-{number}")))
        result = run(str(log), "--as-of", "2026-03-20", "--limit", "2")
        assert "and 3 more" in result.stdout

    def test_a_list_of_none_says_how_many_there_are(self, tmp_path: Path) -> None:
        log = tmp_path / "many.jsonl"
        log.write_text("\n".join(line for number in range(5) for line in lines_of(f"T-{number}")))
        lines = run(
            str(log), "--as-of", "2026-03-20", "--limit", "0", "--worst", "0"
        ).stdout.splitlines()
        for title, count in (("Worst breaches", 15), ("By agent", 2), ("Needs a hand now", 5)):
            assert lines[lines.index(title) + 1] == f"  and {count} more"
        assert "nothing" not in " ".join(lines).replace("Departures from the rules: nothing", "")

    def test_the_departures_obey_the_limit(self) -> None:
        limited = run("--sample", "--limit", "1").stdout
        assert "Departures from the rules" in limited
        title = limited.splitlines().index("Departures from the rules")
        rows = [line for line in limited.splitlines()[title:] if line[1:2].isdigit()]
        assert len(rows) == 1
        kinds = json.loads(run("--sample", "--format", "json").stdout)["findings"]
        assert f"and {len(kinds) - 1} more" in limited[limited.index("Departures") :]

    @pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
    def test_tickets_that_cannot_be_judged_are_counted_and_named(
        self, tmp_path: Path, form: str
    ) -> None:
        log = tmp_path / "odd.jsonl"
        odd = lines_of("T-odd")[0].replace("2026-", "2102-")
        log.write_text("\n".join([*lines_of("T-1"), odd]), encoding="utf-8")
        result = run(str(log), "--format", form)
        assert result.exit_code == 0, result.output
        assert run(str(log), "--format", form, "--strict").exit_code == 1
        reason = "2102-02-13T09:50:00.000001+00:00 is outside what is known"
        if form == "json":
            report = json.loads(result.stdout)
            assert report["tickets"] == {"judged": 1, "not_yet": 0, "unjudged": 1}
            assert report["unjudged"][0]["ticket"] == "T-odd"
            assert report["unjudged"][0]["reason"].startswith(reason)
            assert report["as_of"] == "2026-02-14T09:06:00+08:00"
        told = " ".join(result.output.split())  # a long path leaves less room to a line
        assert f"odd.jsonl: ticket T-odd: not judged: {reason}" in told
        assert "1 tickets judged" in result.output
        assert ("1 tickets not judged" if form == "table" else "1 not judged") in result.output


class TestReplies:
    """``--replies``: what is wrong with what agents wrote, and never the words."""

    RUDE = "催什么催，密码 hunter2x9 也敢发"

    @pytest.fixture
    def rude(self, log: Path) -> Path:
        lines = [json.loads(line) for line in lines_of()]
        for line in lines:
            if line["event"] == "replied":
                line["body"] = self.RUDE
        log.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return log

    def test_it_is_off_unless_asked_for(self, rude: Path) -> None:
        assert "Replies" not in run(str(rude)).stdout
        assert "replies" not in json.loads(run(str(rude), "--format", "json").stdout)

    @pytest.mark.parametrize(("lang", "title"), [("en", "Replies"), ("zh", "回复质量")])
    def test_a_section_of_the_table(self, rude: Path, lang: str, title: str) -> None:
        shown = run(str(rude), "--replies", "--lang", lang).stdout
        section = shown[shown.index(f"\n{title}\n") :]
        assert [line.split()[0] for line in section.splitlines() if line[1:2].isdigit()] == [
            "4.5", "4.7", "6.5"
        ]  # fmt: skip

    def test_a_key_of_the_document(self, rude: Path) -> None:
        report = json.loads(run(str(rude), "--replies", "--format", "json").stdout)
        quarrel = next(line for line in report["replies"] if line["clause"] == "4.7")
        assert (quarrel["severity"], quarrel["count"], quarrel["tickets"]) == ("error", 1, 1)
        (place,) = quarrel["examples"]
        start, end = place["span"]
        assert self.RUDE[start:end].startswith("催什么")
        assert place["ticket"] == "T-1"

    def test_a_key_of_a_ticket(self, rude: Path) -> None:
        (line,) = run(str(rude), "--replies", "--format", "jsonl").stdout.splitlines()
        ticket = json.loads(line)
        assert [one["fault"] for one in ticket["replies"]] == [
            "no_courtesy", "quarrel", "secret_shown"
        ]  # fmt: skip
        secret = ticket["replies"][-1]
        assert self.RUDE[slice(*secret["span"])] == "hunter2x9"
        assert {one["event"] for one in ticket["replies"]} == {secret["event"]}

    @pytest.mark.parametrize("form", ["table", "json", "jsonl"])
    def test_no_word_of_it_is_printed(self, rude: Path, form: str) -> None:
        output = run(str(rude), "--replies", "--format", form).output
        assert "催什么" not in output
        assert "hunter2" not in output

    def test_a_row_a_reading_has_no_place_for_it(self, rude: Path) -> None:
        result = run(str(rude), "--replies", "--format", "csv")
        assert result.exit_code == 2
        assert "--replies goes with table, json or jsonl" in result.stderr


class TestTables:
    """Tables fit the terminal, break no word that has a space, and drop nothing."""

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("width", [80, 100, 120, 160])
    def test_no_line_is_wider_and_every_clause_is_whole(self, lang: str, width: int) -> None:
        desk, log = marketplace(), read_events(sample_lines(), "sample")
        judgement, tally = Judgement(desk, log.tickets, last_instant(log.tickets)), Tally(desk)
        for assessment in judgement:
            tally.add(assessment)
        console = Console(file=io.StringIO(), width=width, color_system=None)
        with console.capture() as captured:
            report = tally.report(log.name, log.intake, judgement)
            print_report(report, console, lang=lang, limit=5)
        lines = captured.get().splitlines()
        assert max(map(cell_len, lines)) <= width
        rows = iter(text.split() for text in lines)
        for line in report.clauses:
            row = next(row for row in rows if row[:1] == [line.clause])
            numbers = [f"{count:,}" for count in line.counts.values()]
            assert row[-1] == f"{line.provisional:,}"
            assert not Counter(numbers) - Counter(row)

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("width", [80, 160])
    def test_what_is_needed_stands_beside_its_time(self, lang: str, width: int) -> None:
        desk, log = marketplace(), read_events(sample_lines(), "sample")
        judgement, tally = Judgement(desk, log.tickets, last_instant(log.tickets)), Tally(desk)
        for assessment in judgement:
            tally.add(assessment)
        console = Console(file=io.StringIO(), width=width, color_system=None)
        report = tally.report(log.name, log.intake, judgement)
        with console.capture() as captured:
            print_report(report, console, lang=lang, limit=99)
        lines = captured.get().splitlines()
        title = "Needs a hand now" if lang == "en" else "当前需处理"
        body = lines[next(n for n, line in enumerate(lines) if line.strip() == title) :]
        body = body[: next(n for n, line in enumerate(body) if n > 4 and not line.strip())]
        needs = [need for line in report.needs for need in line.needs]
        # Each need begins on the line on which its time begins, in order.
        dated = [line for line in body if re.search(r"\d{4}-\d\d-\d\d", line)]
        expected = [need for need in needs if need.due_at is not None]
        assert len(dated) == len(expected)
        for line, need in zip(dated, expected, strict=True):
            assert need.due_at is not None
            assert f"{need.due_at.astimezone(desk.calendar.zone):%Y-%m-%d}" in line
            words = need.text.zh if lang == "zh" else need.text.en
            assert words.split()[0][:4] in line
        for line in report.needs:
            assert sum(line.ticket in row for row in body) == 1

    def test_what_looks_like_markup_is_not(self, tmp_path: Path) -> None:
        log = tmp_path / "[red]log.jsonl"
        log.write_text("\n".join(lines_of("[bold]T-1[/bold]")), encoding="utf-8")
        result = run(str(log), "--as-of", "2026-03-20")
        assert "[bold]T-1[/bold]" in result.stdout
        assert "[red]log.jsonl" in result.stdout


class TestMappedLogs:
    def test_csv_with_a_mapping(self, tmp_path: Path, mapping: Path) -> None:
        log = tmp_path / "log.csv"
        log.write_text(ROWS, encoding="utf-8")
        result = run(str(log), "--mapping", str(mapping), "--format", "json")
        report = json.loads(result.stdout)
        assert (report["intake"]["rows"], report["tickets"]["judged"]) == (3, 2)
        assert report["clauses"][1]["breached"] == 1

    def test_gzip_byte_order_mark_and_gbk(self, tmp_path: Path, mapping: Path) -> None:
        expected = None
        for name, data, encoding in (
            ("plain.csv", ROWS.encode(), "utf-8"),
            ("zipped.csv.gz", gzip.compress(ROWS.encode()), "utf-8"),
            ("marked.csv", b"\xef\xbb\xbf" + ROWS.encode(), "utf-8"),
            ("gbk.csv", ROWS.encode("gbk"), "gbk"),
        ):
            log = tmp_path / name
            log.write_bytes(data)
            mapping.write_text(encoded(encoding), encoding="utf-8")
            result = run(str(log), "--mapping", str(mapping), "--format", "csv")
            assert result.exit_code == 0, result.output
            expected = expected or result.stdout
            assert result.stdout == expected

    def test_standard_input(self, mapping: Path) -> None:
        result = run("-", "--mapping", str(mapping), "--format", "jsonl", stdin=ROWS)
        assert result.exit_code == 0, result.output
        assert len(result.stdout.splitlines()) == 2


class TestExitStatus:
    def test_rejected_rows_are_named_and_fail_only_under_strict(self, log: Path) -> None:
        log.write_text("\n".join([lines_of()[0], "{broken", *lines_of()[1:]]), encoding="utf-8")
        lenient, strict = run(str(log)), run(str(log), "--strict")
        assert (lenient.exit_code, strict.exit_code) == (0, 1)
        assert "5 rows, 4 mapped, 1 rejected" in lenient.stdout
        assert "log.jsonl: line 2" in lenient.stdout
        assert "hunter2" not in lenient.output

    def test_strict_without_rejections(self, log: Path) -> None:
        assert run(str(log), "--strict").exit_code == 0

    @pytest.fixture
    def unusable(self, tmp_path: Path, log: Path, mapping: Path) -> dict[str, list[str]]:
        def file(name: str, content: bytes) -> str:
            path = tmp_path / name
            path.write_bytes(content)
            return str(path)

        zipped = gzip.compress(("\n".join(lines_of()) * 50).encode())
        return {
            "no such file": [str(tmp_path / "absent.jsonl")],
            "directory": [str(tmp_path)],
            "empty": [file("empty.jsonl", b"")],
            "cut short": [file("cut.jsonl.gz", zipped[: len(zipped) // 2])],
            "no event in it": [file("words.jsonl", b"hello\nworld\n")],
            "csv without mapping": [file("log.csv", ROWS.encode())],
            "not utf-8": [file("gbk.csv", ROWS.encode("gbk")), "--mapping", str(mapping)],
            "utf-16": [file("wide.csv", ROWS.encode("utf-16")), "--mapping", str(mapping)],
            "absent mapping": [str(log), "--mapping", str(tmp_path / "absent.toml")],
            "wrong column": [
                file("other.csv", b"number,time\n1,2\n"),
                "--mapping",
                str(mapping),
            ],
            "wrong mapping": [str(log), "--mapping", file("bad.toml", b"[log]\nshap = 'states'\n")],
            "no zone": [
                file("fine.csv", ROWS.encode()),
                "--mapping",
                file("nozone.toml", CHINESE.replace('zone = "Asia/Shanghai"', "").encode()),
            ],
            "absent policy": [str(log), "--policy", str(tmp_path / "absent.toml")],
            "wrong policy": [
                str(log),
                "--policy",
                file("p.toml", b"promises.first_respons = '1m'"),
            ],
            "binary policy": [str(log), "--policy", file("b.toml", b"\xff\xfe\x00")],
            "bad time": [str(log), "--as-of", "yesterday"],
            "first day": [str(log), "--as-of", "0001-01-01"],
            "last day": [str(log), "--as-of", "9999-12-31"],
            "first hour": [str(log), "--as-of", "0002-01-01T00:00"],
            "no log": [""],
            "no mapping": [str(log), "--mapping", ""],
            "no policy": [str(log), "--policy", ""],
            "huge mapping": [str(log), "--mapping", file("huge.toml", b"a = " + b"9" * 5000)],
            "huge policy": [str(log), "--policy", file("huge2.toml", b"a = " + b"9" * 5000)],
            "deep policy": [str(log), "--policy", file("deep.toml", b"a = " + b"[" * 5000)],
            "both": [str(log), "--sample"],
            "neither": [],
            "mapped sample": ["--sample", "--mapping", str(mapping)],
        }

    def test_unusable_input_is_named_without_a_traceback(
        self, unusable: dict[str, list[str]]
    ) -> None:
        for case, arguments in unusable.items():
            result = run(*arguments)
            assert result.exit_code == 2, (case, result.output)
            assert isinstance(result.exception, SystemExit), (case, result.exception)
            assert result.stdout == "", case
            assert "Traceback" not in result.stderr, case
            assert "hunter2" not in result.stderr, case
            if any(arguments) and arguments[0] != "--sample" and case not in UNNAMED:
                name = Path(arguments[-1]).name
                assert name in result.stderr or Path(arguments[0]).name in result.stderr, case

    def test_messages_say_what_to_do(self, unusable: dict[str, list[str]]) -> None:
        expected = {
            "wrong column": "the header has no column",
            "wrong mapping": "did you mean",
            "no zone": "time.zone",
            "wrong policy": "promises.first_respons: unknown key; did you mean 'first_response'?",
            "bad time": "ISO 8601",
            "first day": "--as-of: '0001-01-01' lies outside the years 2 to 9998",
            "last day": "--as-of: '9999-12-31' lies outside the years 2 to 9998",
            "no log": "no log is named",
            "no mapping": "--mapping: no file is named",
            "no policy": "--policy: no file is named",
            "huge mapping": "huge.toml: not TOML that can be read",
            "huge policy": "huge2.toml: not TOML that can be read",
            "deep policy": "deep.toml: not TOML that can be read",
            "cut short": "line",
            "utf-16": "UTF-16",
        }
        for case, words in expected.items():
            assert words in run(*unusable[case]).stderr, case

    def test_each_file_has_its_own_kind_of_error(self, tmp_path: Path) -> None:
        for option, kind in (("--policy", PolicyError), ("--mapping", MappingError)):
            for name in ("", "absent.toml", "nul\0"):
                with pytest.raises(kind):
                    (read_policy if option == "--policy" else _mapping)(name)


class TestProcess:
    def judge(self, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "ticketrules", "judge", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,  # type: ignore[call-overload]
        )

    def test_a_reader_that_has_enough_ends_it_quietly(self, tmp_path: Path) -> None:
        log = tmp_path / "long.jsonl"
        lines = (line for number in range(3000) for line in lines_of(f"T-{number}"))
        log.write_text("\n".join(lines))
        process = self.judge(str(log), "--format", "jsonl")
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.wait(timeout=60)
        assert process.returncode == 0
        assert b"Traceback" not in process.stderr.read()
        process.stderr.close()

    def test_the_same_bytes_whatever_the_hash_seed_zone_and_locale(self, log: Path) -> None:
        outputs = set()
        for seed, zone, locale in (("0", "UTC", "C"), ("1", "America/New_York", "C.UTF-8")):
            environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
            process = self.judge("--sample", "--format", "json", env=environment)
            out, error = process.communicate(timeout=60)
            assert process.returncode == 0, error
            outputs.add(out)
        assert len(outputs) == 1

    def test_without_its_extra_the_command_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "rich").mkdir()
        (tmp_path / "rich" / "__init__.py").write_text(
            "raise ModuleNotFoundError('no rich', name='rich')"
        )
        process = self.judge("--sample", env={**os.environ, "PYTHONPATH": str(tmp_path)})
        _out, error = process.communicate(timeout=60)
        assert process.returncode == 2
        assert error.decode().strip().endswith("pip install 'ticketrules[cli]'")
