"""``ticketrules tendency``: a line in, a line out, and every line accounted for."""

import json

import pytest
from click.testing import CliRunner

from ticketrules.cli import command

LINES = [
    {
        "id": "c1",
        "messages": [
            {"at": "2026-03-02T09:00:00+08:00", "author": "customer", "text": "你好"},
            {"at": "2026-03-02T09:20:00+08:00", "author": "agent", "text": "请投诉"},
            {
                "at": "2026-03-02T10:00:00+08:00",
                "author": "customer",
                "text": "打我电话 13812345678",
            },
        ],
    },
    {"id": "m2", "text": "请问备案要多久"},
]


def run(tmp_path, *arguments, text=None):
    file = tmp_path / "conversations.jsonl"
    lines = [json.dumps(line, ensure_ascii=False) for line in LINES]
    file.write_text("\n".join(lines) if text is None else text, encoding="utf-8")
    return CliRunner().invoke(command, ["tendency", str(file), *arguments])


def test_a_line_for_each(tmp_path):
    result = run(tmp_path)
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert (first["id"], first["tendency"]) == ("c1", True)
    assert [one["signal"] for one in first["signals"]] == ["phone_request"]
    assert first["signals"][0]["message"] == 2
    assert first["signals"][0]["clause"] == "7.3"
    assert "text" not in first["signals"][0]
    assert second == {"id": "m2", "tendency": False, "signals": []}
    assert "2 lines: 2 assessed, 0 could not be read" in result.stderr


def test_words_only_on_request_and_secrets_never(tmp_path):
    shown = json.loads(run(tmp_path, "--show-text").stdout.splitlines()[0])["signals"][0]
    assert shown["text"]
    assert "13812345678" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "expected an object"),
        ('{"text": "x"}', "id: expected"),
        ('{"id": 1}', "either messages or text"),
        ('{"id": 1, "text": 5}', "text: expected text"),
        ('{"id": 1, "messages": {}}', "messages: expected a list"),
        ('{"id": 1, "messages": [{"author": "boss", "text": ""}]}', "messages[0].author: expected"),
        (
            '{"id": 1, "messages": [{"author": "agent", "text": "", "at": "2026-03-02T09:00"}]}',
            "messages[0].at: expected a time with its zone",
        ),
    ],
)
def test_a_bad_line_is_named_and_costs_itself(tmp_path, line, reason):
    good = json.dumps(LINES[1], ensure_ascii=False)
    result = run(tmp_path, text=f"{good}\n{line}\n{good}\n")
    assert len(result.stdout.splitlines()) == 2
    assert "line 2: " in result.stderr
    assert reason in result.stderr
    assert "3 lines: 2 assessed, 1 could not be read" in result.stderr
    assert result.exit_code == 0
    assert run(tmp_path, "--strict", text=f"{good}\n{line}\n").exit_code == 1
    assert run(tmp_path, text=line).exit_code == 2


def test_a_missing_file_is_unusable(tmp_path):
    assert CliRunner().invoke(command, ["tendency", str(tmp_path / "none")]).exit_code == 2


def test_standard_input():
    result = CliRunner().invoke(command, ["tendency", "-"], input='{"id": 1, "text": "我要投诉"}\n')
    assert json.loads(result.stdout)["tendency"] is True
