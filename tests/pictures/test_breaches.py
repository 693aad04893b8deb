"""The map counts each breach once, in the hour of its instant on the desk's wall clock."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from ticketrules.errors import PictureError
from ticketrules.pictures import breach_map

from .test_timeline import drawn


def numbers(figure):
    return {
        (text.get_position()[1], text.get_position()[0]): int(text.get_text())
        for text in figure.axes[0].texts
    }


def test_a_breach_counts_where_its_instant_lies(ticket, desk):
    now = ticket.last_event_at + timedelta(hours=1)  # Monday 2026-03-02, 14:00; 8.1 broke at 09:15
    assert numbers(breach_map(desk.clocks.read(ticket, now), desk.calendar)) == {(0, 9): 1}


def test_every_breach_of_the_sample_is_counted_once(desk, sample, lang):
    tickets, now = sample
    readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
    breached = [reading for reading in readings if reading.breached_at is not None]
    figure = breach_map(readings, desk.calendar, lang=lang)
    assert sum(numbers(figure).values()) == len(breached)
    assert f"n = {len(breached)}" in figure.axes[0].get_title(loc="left")
    assert drawn(figure)


def test_one_clock(desk, sample):
    tickets, now = sample
    readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
    mine = [one for one in readings if one.clock == "first_response" and one.breached_at]
    figure = breach_map(readings, desk.calendar, clock="first_response")
    assert sum(numbers(figure).values()) == len(mine) > 0


def test_a_table_gives_the_same_as_readings(desk, sample):
    tickets, now = sample
    readings = [reading for ticket in tickets for reading in desk.clocks.read(ticket, now)]
    table = pl.DataFrame(
        {"clock": [r.clock for r in readings], "breached_at": [r.breached_at for r in readings]}
    )
    expected = numbers(breach_map(readings, desk.calendar))
    assert numbers(breach_map(table, desk.calendar)) == expected
    assert numbers(breach_map(table.to_pandas(), desk.calendar)) == expected


def test_usual_hours_are_framed(desk):
    figure = breach_map([], desk.calendar)
    framed = {(round(p.get_y() + 0.5), round(p.get_x() + 0.5)) for p in figure.axes[0].patches}
    assert framed == {(weekday, hour) for weekday in range(5) for hour in range(9, 18)}


def test_a_clock_that_nobody_has(desk, ticket):
    readings = desk.clocks.read(ticket, ticket.last_event_at)
    with pytest.raises(PictureError, match="no reading of a clock 'frist_response'"):
        breach_map(readings, desk.calendar, clock="frist_response")


def test_a_table_without_the_column(desk):
    with pytest.raises(PictureError, match="no column 'breached_at'"):
        breach_map(pl.DataFrame({"clock": ["x"]}), desk.calendar)


def test_a_naive_column_is_refused(desk):
    table = pl.DataFrame({"clock": ["x"], "breached_at": [datetime(2026, 3, 2)]})  # noqa: DTZ001
    with pytest.raises(PictureError, match="'breached_at' has instants with no time zone"):
        breach_map(table, desk.calendar)
