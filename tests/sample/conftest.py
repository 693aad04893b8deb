from collections import defaultdict
from datetime import datetime

import pytest

import ticketrules
from ticketrules import Assessment, Desk, Reading, events
from ticketrules.sample import sample_events


@pytest.fixture(scope="session")
def desk() -> Desk:
    return ticketrules.marketplace()


@pytest.fixture(scope="session")
def log() -> list[events.Event]:
    return sample_events()


@pytest.fixture(scope="session")
def histories(log: list[events.Event]) -> dict[str, list[events.Event]]:
    found: dict[str, list[events.Event]] = defaultdict(list)
    for event in log:
        found[event.ticket].append(event)
    return dict(found)


@pytest.fixture(scope="session")
def end(log: list[events.Event]) -> datetime:
    return log[-1].at


@pytest.fixture(scope="session")
def assessments(
    desk: Desk, histories: dict[str, list[events.Event]], end: datetime
) -> dict[str, Assessment]:
    return {
        name: desk.assess(ticketrules.replay(history), end) for name, history in histories.items()
    }


@pytest.fixture(scope="session")
def readings(assessments: dict[str, Assessment]) -> list[Reading]:
    return [reading for one in assessments.values() for reading in one.readings]
