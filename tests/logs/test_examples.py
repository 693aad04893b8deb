"""The example mappings of the docs, on their own small logs and on the real one."""

from pathlib import Path

import pytest

from ticketrules.logs import Log, LogMapping, load_log, load_mapping
from ticketrules.tickets import Status, replay
from ticketrules.tickets import events as e

from .mappings import adds_up, told

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "mappings"
REAL = ROOT.parent / "shared" / "data" / "events" / "uci_incident_event_log.csv.gz"


def mapping_of(name: str) -> LogMapping:
    path = EXAMPLES / f"{name}.toml"
    return load_mapping(path.read_text(encoding="utf-8"), path.name)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_each_can_be_loaded_and_says_first_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert load_mapping(text).causes


@pytest.mark.parametrize("name", ["helpdesk-activities", "messages-gbk"])
def test_each_small_log_is_read_whole_and_keeps_the_rules(name: str) -> None:
    log = load_log(EXAMPLES / f"{name}.csv", mapping_of(name))
    assert adds_up(log)
    assert not log.intake.rejected
    assert not [one for events in log.tickets.values() for one in replay(events).departures]


def test_activities() -> None:
    log = load_log(EXAMPLES / "helpdesk-activities.csv", mapping_of("helpdesk-activities"))
    assert told(log, "C-2") == [
        "6 submitted customer 01:30",
        "8 replied agent:mei 02:05",
        "9 transferred agent:mei 02:06",
        "13 accepted agent:jun 02:15",
        "14 replied agent:jun 02:20",
        "14/2 feedback_requested agent:jun 02:20",
        "15 reminded system 01:00",
    ]
    assert replay(log.tickets["C-1"]).rating == 5


def test_messages_in_gbk() -> None:
    log = load_log(EXAMPLES / "messages-gbk.csv", mapping_of("messages-gbk"))
    assert told(log, "G2026021301") == [
        "1 submitted customer:示例公司 01:01",
        "2 replied system 01:01",
        "3 accepted agent:K07 01:12",
        "3/2 replied agent:K07 01:12",
        "4 customer_wrote customer:示例公司 01:40",
        "5 replied agent:K07 02:05",
    ]
    first = log.tickets["G2026021301"][0]
    assert isinstance(first, e.Submitted)
    assert first.body == "邮箱今天无法登录，请尽快处理。"


@pytest.fixture(scope="module")
def real() -> Log:
    if not REAL.is_file():
        pytest.skip("the real log is not beside this checkout; it is not part of the project")
    return load_log(REAL, mapping_of("uci-incidents"))


class TestTheRealLog:
    def test_every_row_is_accounted_for(self, real: Log) -> None:
        intake = real.intake
        assert adds_up(real)
        assert (intake.rows, intake.rejected, intake.tickets) == (141_712, 7, 24_918)

    def test_what_is_rejected(self, real: Log) -> None:
        old, unknown = "at: older than the ticket's row before it", "state: unknown state '-100'"
        assert list(map(str, real.intake.rejections)) == [
            f"line 360: {old}",
            f"line 361: {old}",
            *(f"line {line}: {unknown}" for line in (115643, 115644, 124509, 124510, 124511)),
        ]

    def test_an_incident(self, real: Log) -> None:
        """One of the first incidents, by hand from its rows (Shanghai, so eight hours back)."""
        assert told(real, "45") == [
            "2 submitted customer:2403 17:16",
            "3 replied agent 00:53",
            "3/2 solution_proposed agent 00:53",
            "4 noted agent 03:29",
            "5 closed customer:2403 04:00",
        ]

    def test_every_incident_replays(self, real: Log) -> None:
        ends = [replay(events).status for events in real.tickets.values()]
        assert ends.count(Status.CLOSED) > 24_800
