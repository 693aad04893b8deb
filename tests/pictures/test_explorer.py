"""What the explorer hands to the page: counts of every cycle, whatever the log; no ticket."""

import json
import subprocess
import sys
from datetime import datetime, timedelta

import polars as pl
import pytest

from ticketrules.errors import PictureError
from ticketrules.pictures import breach_explorer
from ticketrules.pictures.explorer import MOST_AGENTS
from ticketrules.sla import Verdict

from .conftest import at

HOUR = timedelta(hours=1)


def table(count, agents=1, **columns):
    """So many cycles that began in March, every third one broken."""
    made = {
        "clock": ["first_response"] * count,
        "verdict": ["breached" if number % 3 == 0 else "met" for number in range(count)],
        "started_at": [at(2 + number % 28, number % 24) for number in range(count)],
        "stopped_at": [at(2 + number % 28, 23) for number in range(count)],
        "agent": [f"agent {number % agents}" for number in range(count)],
        "elapsed": [HOUR * (number % 5) for number in range(count)],
        "budget": [2 * HOUR] * count,
    }
    return pl.DataFrame(made | columns)


def counts(chart):
    """The cycles that stand in a chart, whose description is checked as it is made."""
    return chart.to_dict()["datasets"]["cycles"]


def responses(chart):
    return chart.to_dict()["datasets"]["responses"]


def test_every_cycle_of_the_sample_is_counted_once(desk, sample, lang):
    tickets, now = sample
    readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
    over = [one for one in readings if one.verdict in {Verdict.MET, Verdict.BREACHED}]
    chart = breach_explorer(readings, desk.calendar, lang=lang)
    assert sum(one["of"] for one in counts(chart)) == len(over)
    broken = sum(one.verdict is Verdict.BREACHED for one in over)
    assert sum(one["broken"] for one in counts(chart)) == broken > 0
    assert sum(one["done"] for one in responses(chart)) == sum(
        one.stopped_at is not None and one.budget is not None and one.budget > timedelta(0)
        for one in over
    )
    written = chart.to_json(ensure_ascii=False)
    assert ("周一" in written, "share of the promise" in written) == (lang == "zh", lang == "en")
    assert not [ticket.id for ticket in tickets if ticket.id in written]


def test_what_is_broken_and_still_runs_is_not_done(desk):
    verdicts = table(4, verdict=["breached"] * 4, stopped_at=[at(2, 23), None, at(2, 23), None])
    chart = breach_explorer(verdicts, desk.calendar)
    assert sum(one["broken"] for one in counts(chart)) == 4
    assert sum(one["done"] for one in responses(chart)) == 2


def test_an_agent_called_nobody_is_somebody(desk):
    chart = breach_explorer(table(3, agent=["nobody", None, "others"]), desk.calendar)
    assert {one["agent"] for one in counts(chart)} == {"nobody", "(nobody)", "others"}


def test_promises_of_microseconds_and_unknown_times_are_taken(desk):
    micro = timedelta(microseconds=1)
    verdicts = table(3, elapsed=[micro, None, 9 * micro], budget=[5 * micro] * 3)
    chart = breach_explorer(verdicts, desk.calendar)
    assert [one["used"] for one in responses(chart)] == [0.2, 1.8]


def test_a_cycle_counts_where_it_began_on_the_desks_wall_clock(desk):
    chart = breach_explorer(table(1, elapsed=[1.51 * HOUR]), desk.calendar)
    (one,) = counts(chart)
    assert one == {
        "clock": "first_response",
        "agent": "agent 0",
        "weekday": "Mon",
        "hour": 0,
        "broken": 1,
        "of": 1,
    }
    assert [one["used"] for one in responses(chart)] == [0.8]  # 75.5 % of it, to a twentieth


@pytest.mark.parametrize("nothing", [[], table(0)])
def test_nothing_is_an_empty_chart(desk, nothing):
    chart = breach_explorer(nothing, desk.calendar)
    assert counts(chart) == responses(chart) == []


def test_what_has_no_verdict_yet_is_left_out(desk):
    verdicts = ["running", "paused", "cancelled", "met"]
    chart = breach_explorer(table(4, verdict=verdicts), desk.calendar)
    assert sum(one["of"] for one in counts(chart)) == 1


def test_more_rows_than_altair_takes_in_a_table(desk):
    chart = breach_explorer(table(20_001, agents=3), desk.calendar)
    assert sum(one["of"] for one in counts(chart)) == 20_001
    assert sum(one["broken"] for one in counts(chart)) == 6_667
    assert len(counts(chart)) > 100


def test_most_agents_share_a_bar(desk):
    chart = breach_explorer(table(9_000, agents=500), desk.calendar)
    shown = {one["agent"] for one in counts(chart)}
    assert len(shown) == MOST_AGENTS + 1
    assert "(others)" in shown
    assert sum(one["of"] for one in counts(chart)) == 9_000


def test_a_promise_that_names_an_instant_has_no_share(desk):
    chart = breach_explorer(table(3, budget=[None] * 3), desk.calendar)
    assert len(counts(chart)) == 3
    assert responses(chart) == []


def test_nobody_and_pandas(desk):
    verdicts = table(3, agent=[None, "li", None], budget=[None, 2 * HOUR, None])
    for told in (verdicts, verdicts.to_pandas()):
        chart = breach_explorer(told, desk.calendar)
        assert [one["agent"] for one in counts(chart)] == ["(nobody)", "li", "(nobody)"]
        assert len(responses(chart)) == 1


def test_a_name_is_no_tag(desk):
    odd = "</script><script>alert(1)</script>"
    page = breach_explorer(table(1, agent=[odd], clock=[odd]), desk.calendar).to_html()
    assert "alert(1)" in page
    assert "<script>alert" not in page


def test_hours_choose_responses_and_agents_and_agents_choose_hours(desk):
    spec = breach_explorer(table(9), desk.calendar).to_dict()
    heat, (curves, bars) = spec["vconcat"][0], spec["vconcat"][1]["hconcat"]
    filters = {
        name: json.dumps(
            [
                step["filter"]
                for view in one.get("layer", [one])
                for step in view.get("transform", [])
                if "filter" in step
            ]
        )
        for name, one in {"heat": heat, "curves": curves, "bars": bars}.items()
    }
    chosen = {
        name: {one for one in ("wanted", '"hours"', '"agent"') if one in text}
        for name, text in filters.items()
    }
    assert chosen == {
        "heat": {"wanted", '"agent"'},
        "curves": {"wanted", '"hours"'},
        "bars": {"wanted", '"hours"'},
    }
    assert [one["name"] for one in spec["params"] if "bind" in one] == ["wanted"]


@pytest.mark.parametrize("column", ["clock", "started_at", "budget"])
def test_a_table_without_a_column(desk, column):
    with pytest.raises(PictureError, match=f"no column '{column}'"):
        breach_explorer(table(1).drop(column), desk.calendar)


def test_a_naive_column_is_refused(desk):
    with pytest.raises(PictureError, match="'started_at' has instants with no time zone"):
        breach_explorer(table(1, started_at=[datetime(2026, 3, 2)]), desk.calendar)  # noqa: DTZ001


def test_another_language(desk):
    with pytest.raises(PictureError, match="no labels in 'fr'"):
        breach_explorer(table(1), desk.calendar, lang="fr")


def test_altair_is_loaded_on_first_use():
    code = "import sys, ticketrules.pictures as p; p.breach_map; sys.exit('altair' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
