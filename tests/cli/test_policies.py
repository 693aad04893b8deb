"""``ticketrules policy``: dump, diff and schema."""

import json
from importlib.resources import files

import pytest
from click.testing import CliRunner

from ticketrules.cli import command
from ticketrules.rulebook import Policy, dump_policy, policy_schema


def run(*arguments):
    return CliRunner().invoke(command, ["policy", *map(str, arguments)])


@pytest.fixture
def silver(tmp_path):
    path = tmp_path / "silver.toml"
    path.write_text('name = "silver"\n[promises]\nfirst_response = "30m"\n', encoding="utf-8")
    return path


def test_dump_writes_the_marketplaces():
    marketplace = files("ticketrules.rulebook").joinpath("marketplace.toml").read_bytes().decode()
    assert run("dump").output == dump_policy(Policy()) == marketplace


def test_dump_brief_writes_what_differs(silver):
    assert run("dump", "--brief", silver).output == (
        'extends = "marketplace"\nname = "silver"\n\n[promises]\n'
        '# 8.1: service time from receipt to the first answer\nfirst_response = "30m"\n'
    )


def test_diff_tells_by_clause(silver):
    result = run("diff", silver)
    assert result.exit_code == 1
    assert '8.1 first response: promises.first_response: "15m" -> "30m"' in result.output
    assert "首次响应" in run("diff", silver, "--lang", "zh").output


def test_diff_of_the_same(silver):
    result = run("diff", silver, silver)
    assert (result.exit_code, result.output) == (0, "silver -> silver\nthey say the same\n")


def test_schema_is_the_published_one():
    assert json.loads(run("schema").output) == policy_schema()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"promises.first_response = 15", ".toml:1: promises.first_response: an amount of time"),
        (b"\xff", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
@pytest.mark.parametrize("verb", ["dump", "diff"])
def test_what_cannot_be_used(tmp_path, verb, content, says):
    path = tmp_path / "bad.toml"
    if content is not None:
        path.write_bytes(content)
    result = run(verb, path)
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize(
    "arguments", [["verify"], ["policy", "dump"], ["judge", "--sample"], ["tendency", "-"]]
)
def test_a_base_without_a_policy_that_extends_it(tmp_path, arguments):
    base = tmp_path / "base.toml"
    base.write_text('name = "silver"', encoding="utf-8")
    told = CliRunner().invoke(command, [*arguments, "--base", str(base)])
    assert told.exit_code == 2
    assert "--base: no policy is named that could extend it" in told.output


def test_what_a_file_extends_is_given_as_a_base(tmp_path):
    files = {
        "silver": 'name = "silver"\npromises.first_response = "30m"',
        "gold": 'extends = "silver"\nname = "gold"\npromises.next_reply = "2h"',
        "vip": 'extends = "gold"\nname = "vip"',
    }
    paths = {}
    for name, text in files.items():
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        paths[name] = str(path)
    runner = CliRunner()
    bases = ["--base", paths["silver"], "--base", paths["gold"]]
    told = runner.invoke(command, ["policy", "dump", paths["vip"], "--brief", *bases])
    assert told.exit_code == 0
    assert 'first_response = "30m"' in told.output
    assert 'next_reply = "2h"' in told.output
    assert runner.invoke(command, ["verify", paths["vip"], *bases]).exit_code == 0
    assert runner.invoke(command, ["policy", "diff", paths["gold"], paths["vip"], *bases]).exit_code
    judged = runner.invoke(command, ["judge", "--sample", "--policy", paths["vip"], *bases])
    assert judged.exit_code == 0
    for missing in ([], bases[2:]):
        for verb in (["verify"], ["judge", "--sample", "--policy"], ["tendency", "-", "--policy"]):
            told = runner.invoke(command, [*verb, paths["vip"], *missing])
            assert told.exit_code == 2
            assert "extends: no policy" in told.output
