"""The command of the core install, which has all but the command line."""

import sys
from types import SimpleNamespace

import pytest

from ticketrules.__main__ import main


def test_the_command_line_is_run(monkeypatch):
    runs = []
    there = SimpleNamespace(command=lambda: runs.append("run"))
    monkeypatch.setitem(sys.modules, "ticketrules.cli", there)
    main()
    assert runs == ["run"]


def test_without_its_extra_it_says_which(monkeypatch, capsys):
    for name in [name for name in sys.modules if name.startswith("ticketrules.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        "ticketrules: the command line needs click: pip install 'ticketrules[cli]'\n"
    )


def test_a_mistake_of_its_own_is_not_put_down_to_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "ticketrules.cli", None)
    with pytest.raises(ModuleNotFoundError, match=r"ticketrules\.cli"):
        main()
