"""What the SLA tests share: the marketplace's policy put to work on stories."""

from collections.abc import Callable
from datetime import date

import pytest

from ticketrules.calendar import Holiday, Notice
from ticketrules.clauses import Text
from ticketrules.rulebook import Policy

from .stories import Story

Teller = Callable[..., Story]


@pytest.fixture(scope="session")
def tell() -> Teller:
    """A story under the marketplace's policy, or under another one given as ``policy``."""

    def story(*lines: str, policy: Policy | None = None) -> Story:
        return Story(Policy() if policy is None else policy, *lines)

    return story


@pytest.fixture(scope="session")
def notice_2027() -> Policy:
    """The marketplace with an invented notice for 2027: 3 January makes up for the New Year."""
    notice = Notice(
        2027,
        "invented for the tests",
        (Holiday(Text("New Year's Day", "元旦"), (date(2027, 1, 1), date(2027, 1, 2))),),
        (Holiday(Text("New Year's Day", "元旦"), (date(2027, 1, 3),)),),
    )
    return Policy(notices=(notice,))
