"""The generator: the same events for the same arguments, at every size, on every machine."""

import gzip
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from ticketrules import Actor, Role, commands, events, marketplace
from ticketrules.sample import generate, generator, sample_lines, sample_tickets
from ticketrules.sample.__main__ import main
from ticketrules.sample.course import Course
from ticketrules.sample.generator import FIRST_DAY, LAST_INSTANT, SEED, TICKETS, ZONE
from ticketrules.sample.topics import USUAL
from ticketrules.tickets.wire import dumps


def test_the_packaged_data_is_what_the_generator_makes() -> None:
    assert list(sample_lines()) == [dumps(event) for event in generate(SEED, TICKETS)]


def test_the_defaults_are_the_packaged_sample(log: list[events.Event]) -> None:
    assert generate() == log


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_text_does_not_depend_on_hashing(tmp_path: Path, hash_seed: str) -> None:
    out = tmp_path / "sample.jsonl"
    subprocess.run(
        [sys.executable, "-W", "error", "-m", "ticketrules.sample", str(out)],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": "America/New_York"},
    )
    assert out.read_text("utf-8").splitlines() == list(sample_lines())


def test_packing_leaves_no_time_and_no_name(tmp_path: Path) -> None:
    first, second = tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"
    main([str(first), "--tickets", "5"])
    main([str(second), "--tickets", "5"])
    packed = first.read_bytes()
    assert packed == second.read_bytes()
    assert packed[3] == 0  # no file name
    assert packed[4:8] == bytes(4)  # no time
    assert gzip.decompress(packed).decode().splitlines() == [
        dumps(event) for event in generate(tickets=5)
    ]


def test_another_seed_gives_another_sample() -> None:
    assert generate(seed=1, tickets=20) != generate(seed=2, tickets=20)


@pytest.mark.parametrize("tickets", [0, -3])
def test_a_sample_has_a_ticket(tickets: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        generate(tickets=tickets)


def test_the_command_refuses_no_tickets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "out.jsonl"), "--tickets", "0"])
    assert stopped.value.code == 2
    assert "at least 1" in capsys.readouterr().err


@pytest.mark.parametrize(("seed", "tickets"), [(SEED, 1), (SEED, 7), (3, 200), (11, 650)])
def test_every_size_and_seed_is_a_log(seed: int, tickets: int) -> None:
    made = generate(seed=seed, tickets=tickets)
    begun = [event.ticket for event in made if isinstance(event, events.Submitted)]
    assert begun == [f"T{number:05d}" for number in range(1, tickets + 1)]
    assert all(one.at <= other.at for one, other in pairwise(made))
    assert made[-1].at <= LAST_INSTANT
    assert made[0].at.astimezone(ZONE).date() >= FIRST_DAY
    assert max(Counter(event.id for event in made).values()) == 1


def test_a_follow_up_follows_what_has_closed_before_it(
    log: list[events.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a log so large that of the tickets of late none has closed.
    monkeypatch.setattr(generator, "_LOOK_BACK", 1)
    whole, cut = (
        [one.follows for one in made if isinstance(one, events.Submitted) and one.follows]
        for made in (log, generate())
    )
    assert len(cut) < len(whole)


def test_the_sample_as_tickets(log: list[events.Event]) -> None:
    tickets = sample_tickets()
    assert [one.id for one in tickets] == sorted({event.ticket for event in log})
    assert sum(one.version for one in tickets) == len(log)


def test_the_command_writes_it_plain_too(tmp_path: Path) -> None:
    out = tmp_path / "sample.jsonl"
    main([str(out), "--tickets", "3"])
    assert out.read_text("utf-8").splitlines() == [dumps(one) for one in generate(tickets=3)]


class TestAScenarioThatCannotBe:
    """Whoever writes one is told what is wrong with it."""

    @pytest.fixture
    def course(self) -> Course:
        return Course(
            desk=marketplace(),
            rng=Random(1),  # noqa: S311 - chance that can be repeated is the point
            id="T00001",
            now=datetime(2026, 3, 2, 9, tzinfo=ZONE),
            topic=USUAL[0],
            case=0,
            customer=Actor(Role.CUSTOMER, "customer-0001"),
            agent=Actor(Role.AGENT, "mobei"),
        )

    def test_before_its_submission(self, course: Course) -> None:
        with pytest.raises(LookupError, match="T00001 was not submitted"):
            course.due("feedback_lapse")

    def test_a_lapse_of_a_clock_that_is_not_open(self, course: Course) -> None:
        course.do(commands.Submit, course.customer, ticket=course.id, body="网站打不开")
        with pytest.raises(LookupError, match="T00001: feedback_lapse is not open"):
            course.due("feedback_lapse")

    def test_what_the_desk_refuses(self, course: Course) -> None:
        course.do(commands.Submit, course.customer, ticket=course.id, body="网站打不开")
        with pytest.raises(ValueError, match=r"T00001: confirm refused: .*\[5\."):
            course.do(commands.Confirm, course.customer)


def test_larger_logs_keep_the_proportions() -> None:
    stories = Counter(event.name for event in generate(tickets=600))
    assert stories["reported"] == 3 * 2  # of one landmark that is in every 200 tickets
    assert len(stories) == len(Counter(event.name for event in generate()))
