"""Load against roster: counts over time that a look at each minute agrees with."""

import itertools
from datetime import timedelta

import pytest

from ticketrules.errors import NaiveTimeError, PictureError
from ticketrules.pictures import load
from ticketrules.pictures.load import agents_there, waiting
from ticketrules.routing import Agent, Roster, Shift
from ticketrules.tickets import Status
from ticketrules.tickets.lifecycle import rewind

from .conftest import at
from .test_timeline import drawn

WORKDAYS = "DTSTART:20260101\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


@pytest.fixture
def roster():
    return Roster(
        agents=[Agent(id="an"), Agent(id="bo")],
        shifts=[
            Shift(agent="an", hours="09:00-13:00", on=WORKDAYS),
            Shift(agent="bo", hours="12:00-17:00", on=WORKDAYS),
        ],
    )


def count_at(steps, instant):
    return next(count for since, count in reversed(steps) if since <= instant)


def test_waiting_is_what_each_ticket_says(sample):
    tickets, _now = sample
    few = tickets[:40]
    start, end = few[10].opened_at, few[10].opened_at + timedelta(days=3)
    steps = waiting(few, start, end)
    assert steps[0][0] == start
    assert all(one[1] != other[1] for one, other in itertools.pairwise(steps))
    for hour in range(72):
        instant = start + timedelta(hours=hour)
        stood = [rewind(ticket, instant) for ticket in few]
        expected = sum(
            one is not None and one.unanswered_since is not None and one.status is not Status.CLOSED
            for one in stood
        )
        assert count_at(steps, instant) == expected


def test_agents_there_is_the_roster(roster):
    steps = agents_there(roster, at(2, 0), at(4, 0))
    assert steps[0] == (at(2, 0), 0)
    for hour in range(48):
        instant = at(2, 0) + timedelta(hours=hour)
        assert count_at(steps, instant) == len(roster.who_is_on(instant))


def test_gaps_are_marked_and_submissions_are_strokes(ticket, desk, roster, lang):
    figure = load([ticket], roster, desk.calendar, at(2, 0), at(4, 0), lang=lang)
    upper, lower = figure.axes
    hatched = [patch for patch in lower.patches if patch.get_hatch()]
    assert [round(patch.get_width() * 24, 6) for patch in hatched] == [1.0, 1.0]  # 17:00 to 18:00
    strokes = [one for one in upper.collections if hasattr(one, "get_segments")]
    assert sum(len(one.get_segments()) for one in strokes) == 1
    assert drawn(figure)


def test_no_ticket_and_nobody_there(desk, roster):
    assert drawn(load([], Roster(agents=[]), desk.calendar, at(2, 0), at(3, 0)))


def test_it_ends_before_it_begins(ticket, desk, roster):
    with pytest.raises(PictureError, match="is not after"):
        load([ticket], roster, desk.calendar, at(3, 0), at(3, 0))


def test_a_naive_instant(ticket, desk, roster):
    with pytest.raises(NaiveTimeError):
        load([ticket], roster, desk.calendar, at(2, 0).replace(tzinfo=None), at(3, 0))
