"""A story to draw, and a way to look into the drawing."""

from datetime import UTC, datetime, timedelta

import pytest

from ticketrules import SYSTEM, Actor, Desk, Role, Ticket, events, marketplace, replay
from ticketrules.pictures.style import chinese_font
from ticketrules.sample import sample_tickets

CUSTOMER, AN, PLATFORM = Actor(Role.CUSTOMER), Actor(Role.AGENT, "an"), Actor(Role.PLATFORM)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in March 2026, on the desk's wall clock."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture(scope="session")
def desk() -> Desk:
    return marketplace()


@pytest.fixture
def ticket() -> Ticket:
    """A late first answer on Monday, 2 March; a pause with the platform; a message left open."""
    return replay(
        [
            events.Submitted(id="e1", ticket="T1", at=at(2, 9), by=CUSTOMER),
            events.Dispatched(id="e2", ticket="T1", at=at(2, 9), by=SYSTEM, to="an"),
            events.Replied(id="e3", ticket="T1", at=at(2, 9, 40), by=AN),
            events.CustomerWrote(id="e4", ticket="T1", at=at(2, 10), by=CUSTOMER),
            events.EscalatedToPlatform(id="e5", ticket="T1", at=at(2, 11), by=AN, note="x"),
            events.PlatformReturned(id="e6", ticket="T1", at=at(2, 13), by=PLATFORM),
        ]
    )


@pytest.fixture(scope="session")
def sample(desk: Desk) -> tuple[list[Ticket], datetime]:
    tickets = sample_tickets()
    return tickets, max(ticket.last_event_at for ticket in tickets)


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    if request.param == "zh" and chinese_font() is None:
        pytest.skip("no font with Chinese is installed")
    return request.param
