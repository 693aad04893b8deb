"""What a host may get wrong when it asks for reports."""

from datetime import UTC, datetime, timedelta

import pytest

from ticketrules import marketplace
from ticketrules.errors import NaiveTimeError, ReportError
from ticketrules.reports import Reporting, Share, overview, ranking, scorecards

from .lives import told

DESK = marketplace()
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICKET = told("T-1", "2026-03-02", "09:00 customer submitted", "09:05 an replied")
CARDS = scorecards([TICKET], NOW - timedelta(days=1), NOW, DESK)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: overview("T-1", NOW, DESK), "tickets: several Ticket"),
        (lambda: overview([TICKET], NOW, DESK, tendencies=[]), "tendencies: a mapping"),
        (lambda: overview([TICKET], NOW, DESK, tendencies={"T-1": True}), "'T-1', not bool"),
        (lambda: scorecards(TICKET, NOW, NOW + timedelta(1), DESK), "tickets: several Ticket"),
        (lambda: ranking(CARDS), "cards: several Scorecard"),
        (lambda: ranking(CARDS.agents, "timeliness"), "measure must be of Measure, not of str"),
    ],
)
def test_something_else_is_named(ask, said):
    with pytest.raises(TypeError, match=said):
        ask()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Share(1, 2, 1.0),
        lambda: Reporting(percentiles="50"),
        lambda: Reporting(percentiles=50),
        lambda: Reporting(satisfied_from=True),
        lambda: Reporting(satisfied_from=6),
    ],
)
def test_a_number_that_cannot_be_is_refused(make):
    with pytest.raises(ReportError, match="must"):
        make()


def test_a_tendency_has_its_instant():
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveTimeError):
        scorecards([TICKET], NOW - timedelta(1), NOW, DESK, tendencies_of=lambda _ticket: [naive])
