"""Staffing what-ifs: what to expect of a staff, and how large it has to be."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from ticketrules import TicketRulesError, marketplace
from ticketrules.errors import NaiveTimeError
from ticketrules.routing import Agent, Roster, Shift
from ticketrules.simulation import (
    PoissonArrivals,
    ReplayedArrivals,
    agents_needed,
    simulate,
    through_service_hours,
)
from ticketrules.simulation.outcome import _peak

from .desks import DAY, DESK, HOUR, LIVELY, MINUTE, QUICK, TUESDAY, USUAL, at

ROOT = Path(__file__).parents[2]
ARRIVALS = PoissonArrivals.steady(3)
END = TUESDAY + DAY
MORE = {"start": TUESDAY, "end": END, "customers": LIVELY, "seed": 3, "runs": 4}


def expect(agents=3, **more):
    staff = through_service_hours(agents, DESK, TUESDAY, TUESDAY + 3 * DAY)
    return simulate(DESK, staff, ARRIVALS, USUAL, **{**MORE, **more})


@pytest.fixture(scope="module")
def found():
    return expect()


class TestAccount:
    """Every arrival ends solved or is still open, every breach has its hour."""

    def test_arrivals_are_solved_or_open(self, found):
        assert found.arrivals.mean == pytest.approx(found.solved.mean + found.open.mean)
        assert found.arrivals.mean > 20

    def test_hours_add_up(self, found):
        for one in found.clauses:
            assert sum(hour.mean for hour in one.by_hour) == pytest.approx(one.breaches.mean)
            assert len(one.by_hour) == 24
            assert 0 <= one.share.lower <= one.share.mean <= one.share.upper <= 1
            assert one.breaches.mean <= one.cycles.mean
        assert all(
            one.by_hour[hour].mean == 0
            for one in found.clauses
            for hour in range(24)
            if not 9 <= hour <= 18
        )

    def test_peoples_clocks_only(self, found):
        assert {one.clause for one in found.clauses} == {"7.1", "8.1", "8.2", "8.3"}
        with pytest.raises(TicketRulesError, match="no clock 'feedback_lapse' that people keep"):
            found.clock("feedback_lapse")

    def test_shares_are_shares(self, found):
        assert 0 < found.utilisation.mean <= 1
        assert found.queue.mean <= found.peak.mean

    def test_windows_add_up(self):
        noon = at(2026, 3, 3, 12)
        late, whole = expect(measured_from=noon), expect()
        early = expect(end=noon)
        for clock in ("first_response", "next_reply"):
            # What is decided at noon or later is no part of the first half.
            parts = early.clock(clock).breaches.mean + late.clock(clock).breaches.mean
            assert parts == pytest.approx(whole.clock(clock).breaches.mean)

    def test_an_hour_without_service_has_no_queue(self):
        night = expect(end=at(2026, 3, 3, 6))
        assert (night.queue.mean, night.utilisation.mean) == (0, 0)

    def test_overlaps(self):
        assert _peak([(1, 3), (2, 4), (3, 5)]) == 2
        assert _peak([]) == 0


class TestDeterminism:
    SCRIPT = """
from tests.simulation.test_staffing import expect
print(expect())
"""

    def test_the_same_for_the_same_seed_and_other_for_another(self, found):
        assert expect() == found
        assert expect(seed=4) != found

    def test_in_whatever_order_sets_are_hashed(self, found):
        told = set()
        for seed in ("0", "1"):
            env = {**os.environ, "PYTHONHASHSEED": seed}
            ran = subprocess.run(
                [sys.executable, "-c", self.SCRIPT],
                capture_output=True,
                env=env,
                cwd=ROOT,
                check=True,
            )
            told.add(ran.stdout)
        assert len(told) == 1
        assert told == {f"{found}\n".encode()}


class TestStaff:
    def test_a_roster(self):
        agents = [Agent(id=name) for name in ("an", "bo", "chen")]
        shifts = [
            Shift(agent=agent.id, hours="09:00-18:00", on=date(2026, 3, 3)) for agent in agents
        ]
        roster = Roster(agents=agents, shifts=shifts)
        by_roster = simulate(DESK, roster, ARRIVALS, USUAL, **MORE)
        assert by_roster.agents == 3
        names = ("an", "bo", "chen")
        (window,) = DESK.calendar.windows(TUESDAY, END)
        assert by_roster == simulate(
            DESK, {name: [window] for name in names}, ARRIVALS, USUAL, **MORE
        )

    def test_more_agents_do_no_harm_on_average(self):
        shares = [
            expect(agents, runs=6).clock("first_response").share.mean for agents in (1, 2, 4, 8)
        ]
        assert all(two <= one for one, two in pairwise(shares))

    def test_more_agents_work_less_each(self):
        loads = [expect(agents).utilisation.mean for agents in (2, 4, 8)]
        assert loads == sorted(loads, reverse=True)


class TestNeed:
    ARRIVALS = ReplayedArrivals([at(2026, 3, 3, 9)] * 6)
    """Six at nine, ten minutes each, 15 to answer: one agent answers one of them in time."""

    def need(self, **more):
        parts = {"start": TUESDAY, "end": END, "runs": 1, "clocks": ["first_response"], **more}
        return agents_needed(DESK, self.ARRIVALS, QUICK, **parts)

    def test_the_smallest_number(self):
        assert self.need(target=0.0).agents == 6
        assert self.need(target=0.5).agents == 3
        assert self.need(target=0.9).agents == 1

    def test_what_was_tried(self):
        found = self.need(target=0.5)
        assert list(found.tried) == [1, 2, 3, 4]
        assert found.simulation is found.tried[3]
        assert found.simulation.clock("first_response").share.mean <= 0.5
        assert found.tried[2].clock("first_response").share.mean > 0.5

    def test_another_staff(self):
        staffs = []

        def halves(count):
            staffs.append(count)
            nine_to_six = [(at(2026, 3, 3, 9), at(2026, 3, 3, 18))]
            return {f"a{n}": nine_to_six for n in range(2 * count)}

        assert self.need(target=0.0, staff_of=halves).agents == 3
        assert staffs == [1, 2, 4, 3]

    def test_not_even_so_many(self):
        with pytest.raises(TicketRulesError, match="not even 4 agents keep first_response within"):
            self.need(target=0.0, most=4)

    def test_a_clock_that_does_not_exist(self):
        with pytest.raises(TicketRulesError, match="no clock 'no_such' that people keep; there is"):
            self.need(clocks=["no_such"])

    @pytest.mark.parametrize("target", [-0.1, 1.0, 5])
    def test_a_target_that_is_no_share(self, target):
        with pytest.raises(TicketRulesError, match="target must be a share from 0 up to 1"):
            self.need(target=target)


STAFF = {"an": [(at(2026, 3, 3, 9), at(2026, 3, 3, 18))]}


class TestBadInput:
    def refused(self, words, **more):
        parts = {"desk": DESK, "staff": STAFF, "arrivals": ARRIVALS, "handling": QUICK}
        with pytest.raises(TicketRulesError, match=words):
            simulate(**{**parts, "start": TUESDAY, "end": END, "runs": 1, **more})

    def test_an_end_before_the_start(self):
        self.refused("these must come in order", end=TUESDAY)
        self.refused("these must come in order", measured_from=END)
        self.refused("these must come in order", measured_from=TUESDAY - DAY)

    def test_a_time_without_a_zone(self):
        with pytest.raises(NaiveTimeError):
            simulate(
                DESK,
                STAFF,
                ARRIVALS,
                QUICK,
                start=datetime(2026, 3, 3),  # noqa: DTZ001 - that is the point
                end=END,
            )

    def test_times_of_different_zones_are_one_time(self):
        parts = {"runs": 1, "seed": 1}
        one = simulate(DESK, STAFF, ARRIVALS, QUICK, start=TUESDAY, end=END, **parts)
        two = simulate(
            DESK,
            STAFF,
            ARRIVALS,
            QUICK,
            start=TUESDAY.astimezone(UTC),
            end=END,
            **parts,
        )
        assert one == two

    def test_nobody_at_work(self):
        self.refused("needs at least one agent", staff={})
        with pytest.raises(TicketRulesError, match="at least one agent is meant, not 0"):
            through_service_hours(0, DESK, TUESDAY, END)

    def test_stretches_that_cannot_be(self):
        nine, noon = at(2026, 3, 3, 9), at(2026, 3, 3, 12)
        self.refused("agent 'an': a stretch ends", staff={"an": [(noon, nine)]})
        self.refused(
            "agent 'an': two stretches overlap",
            staff={"an": [(nine, noon), (noon - HOUR, noon + HOUR)]},
        )

    def test_numbers_that_cannot_be(self):
        self.refused("runs must be at least 1, not 0", runs=0)
        self.refused("capacity must be at least 1, not 0", capacity=0)


class TestShown:
    def test_both_languages(self, found):
        assert "3 agents, 4 runs, seed 3" in found.text()
        assert "8.1 first response" in found.text()
        assert "8.1 首次响应" in found.text("zh")
        assert found._repr_html_().startswith('<div lang="en"')


def test_simpy_is_loaded_when_it_is_first_used():
    code = """
import sys
import ticketrules.simulation
assert "simpy" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_without_simpy_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "simpy", None)
    with pytest.raises(ModuleNotFoundError, match=r"install ticketrules\[simulation\]"):
        expect(runs=1)


def test_a_usual_day_at_the_marketplace():
    # Nine hours, nine minutes of work an hour each: nobody is short of time, nothing breaks.
    desk = marketplace()
    calm = ReplayedArrivals([at(2026, 3, 3, 9) + n * 30 * MINUTE for n in range(16)])
    found = simulate(
        desk, through_service_hours(1, desk, TUESDAY, END), calm, QUICK, start=TUESDAY, end=END
    )
    assert [one.breaches.mean for one in found.clauses] == [0] * len(found.clauses)
    assert found.solved.mean == 16
    assert found.waiting_minutes.mean == 0
