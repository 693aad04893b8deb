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


ROSTER = """\
[agents.li]
[[shifts]]
agent = "li"
hours = "{hours}"
rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
since = 2026-01-01
"""
MARCH = ("--from", "2026-03-02", "--to", "2026-03-06")


class TestARoster:
    """3.3, held from the command line against the policy's service hours."""

    @pytest.fixture
    def roster(self, tmp_path):
        def written(hours):
            path = tmp_path / "roster.toml"
            path.write_text(ROSTER.format(hours=hours), encoding="utf-8")
            return path

        return written

    def test_one_without_a_gap_is_clean(self, roster):
        result = run("--roster", roster("09:00-18:00"), *MARCH)
        assert (result.exit_code, result.output.count("on duty")) == (0, 0)

    def test_a_gap_is_told_and_the_last_date_counts(self, roster):
        result = run("--roster", roster("09:00-17:30"), *MARCH, "--json")
        (flaw,) = json.loads(result.output)["flaws"]
        assert (result.exit_code, flaw["kind"]) == (1, "roster_gap")
        assert "2026-03-02 17:30 to 2026-03-02 18:00, and 4 more times" in flaw["text"]["en"]

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ((), "--from and --to"),
            (("--from", "2026-03-02"), "--from and --to"),
            (("--from", "soon", "--to", "2026-03-02"), "--from: expected a date"),
            (("--from", "2026-03-03", "--to", "2026-03-02"), "not before --from"),
            (("--from", "2026-03-03", "--to", "9999-12-31"), "not before --from"),
        ],
    )
    def test_it_needs_its_dates(self, roster, more, says):
        result = run("--roster", roster("09:00-18:00"), *more)
        assert result.exit_code == 2
        assert says in result.stderr

    def test_dates_need_it(self):
        assert run(*MARCH).exit_code == 2

    def test_what_is_no_roster_is_told_with_its_name(self, tmp_path):
        result = run("--roster", tmp_path / "none.toml", *MARCH)
        assert (result.exit_code, "none.toml: cannot be read" in result.stderr) == (2, True)
        path = tmp_path / "roster.toml"
        path.write_text("agent = 1")
        result = run("--roster", path, *MARCH)
        assert (result.exit_code, "roster.toml" in result.stderr) == (2, True)
