"""``ticketrules verify``: exit status, stories and JSON."""

import json

import pytest
from click.testing import CliRunner

from ticketrules import Policy
from ticketrules.cli import command
from ticketrules.verification import verify


def run(*arguments):
    return CliRunner().invoke(command, ["verify", *map(str, arguments)])


@pytest.fixture
def late(tmp_path):
    path = tmp_path / "late.toml"
    path.write_text('name = "late"\n[waiting]\nreminder_after_days = "7 working days"\n')
    return path


def test_the_marketplace_is_clean():
    result = run()
    assert result.exit_code == 0
    assert result.output == f"{verify(Policy())}\n"
    assert result.output.startswith("marketplace: nothing found (")


def test_a_flaw_is_told_as_a_story(late):
    result = run(late)
    assert result.exit_code == 1
    assert "[9.1] reminder_not_before_lapse: feedback_reminder" in result.output
    assert "feedback requested -> awaiting feedback" in result.output
    chinese = run(late, "--lang", "zh").output
    assert "[9.1] 提醒不早于所提醒的到期变更: feedback_reminder" in chinese
    assert "客服：需用户反馈 → 待反馈" in chinese


def test_json_says_the_same(late):
    found = json.loads(run(late, "--json").output)
    (flaw,) = found["flaws"]
    assert (found["policy"], found["is_clean"], found["undecided"]) == ("late", False, [])
    assert (flaw["kind"], flaw["clause"]) == ("reminder_not_before_lapse", "9.1")
    assert [one["event"] for one in flaw["history"]] == [
        "submitted",
        "accepted",
        "replied",
        "feedback_requested",
    ]
    assert found["states"] > 100


def test_channels_that_are_declared(late):
    result = run("--channel", "email", "--channel", "in_app")
    assert result.exit_code == 1
    assert "[9.1] undeclared_channel: text_message" in result.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("promises.first_response = 15", "bad.toml:1: promises.first_response: "),
        (None, "bad.toml: cannot be read"),
    ],
)
def test_what_cannot_be_used(tmp_path, content, says):
    path = tmp_path / "bad.toml"
    if content is not None:
        path.write_text(content)
    result = run(path)
    assert result.exit_code == 2
    assert says in result.output
