"""The lifecycle with its traffic: each way with the number of times that it was gone."""

import pytest

from ticketrules import Status, events, replay
from ticketrules.errors import PictureError
from ticketrules.pictures import traffic
from ticketrules.pictures.traffic import ways
from ticketrules.tickets.diagram import arrows

from .conftest import AN, CUSTOMER, at
from .test_timeline import drawn


def dashed(figure):
    return [p for p in figure.axes[0].patches if p.get_linestyle() not in {"-", "solid"}]


def test_ways_of_one_ticket(ticket):
    assert ways([ticket]) == {(None, Status.NEW): 1, (Status.NEW, Status.IN_PROGRESS): 1}


def test_the_sample(sample, lang):
    tickets, _now = sample
    counts = ways(tickets)
    assert counts[None, Status.NEW] == len(tickets)
    for status in Status:  # what comes in stays or goes out
        came = sum(n for (_before, after), n in counts.items() if after is status)
        went = sum(n for (before, _after), n in counts.items() if before is status)
        assert came - went == sum(ticket.status is status for ticket in tickets)
    figure = traffic(tickets, lang=lang)
    shown = [text.get_text() for text in figure.axes[0].texts]
    assert all(str(count) in shown for count in counts.values())
    assert not dashed(figure)
    assert drawn(figure)


def test_every_allowed_way_is_there(ticket):
    assert len(traffic([ticket]).axes[0].patches) == len(arrows())


def test_a_way_against_the_rules_is_dashed():
    odd = replay(
        [
            events.Submitted(id="e1", ticket="T1", at=at(2, 9), by=CUSTOMER),
            events.Closed(id="e2", ticket="T1", at=at(2, 10), by=CUSTOMER),
            events.Accepted(id="e3", ticket="T1", at=at(2, 11), by=AN),
        ]
    )
    assert odd.departures
    assert len(dashed(traffic([odd]))) == 1


def test_no_ticket():
    with pytest.raises(PictureError, match="no ticket"):
        traffic([])
