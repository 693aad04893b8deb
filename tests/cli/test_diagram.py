"""``ticketrules diagram``: the drawing on standard output, whole and alone."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ticketrules.cli import command
from ticketrules.tickets import dot, mermaid


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("form", "draw"), [("mermaid", mermaid), ("dot", dot)])
def test_prints_the_drawing(form, draw, lang):
    result = CliRunner().invoke(command, ["diagram", "--format", form, "--lang", lang])
    assert (result.exit_code, result.stdout, result.stderr) == (0, draw(lang), "")


def test_prints_mermaid_in_english_by_default():
    assert CliRunner().invoke(command, ["diagram"]).stdout == mermaid()


@pytest.mark.parametrize("arguments", [["--format", "svg"], ["--lang", "fr"], ["log.jsonl"]])
def test_refuses_what_it_does_not_know(arguments):
    result = CliRunner().invoke(command, ["diagram", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""


def test_is_told_of_in_the_help():
    assert "diagram" in CliRunner().invoke(command, ["--help"]).stdout


def test_runs_as_a_program():
    found = subprocess.run(
        [sys.executable, "-m", "ticketrules", "diagram", "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert found.stdout.decode().splitlines() == mermaid("zh").splitlines()
