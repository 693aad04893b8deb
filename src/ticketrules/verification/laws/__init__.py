"""Laws that a host can hold its own calendar, desk and storage to.

Each function tries every law of a part on what it is given and raises ``LawError``, an
``AssertionError``, with the smallest story found that breaks one. A test is one line:

    laws.calendar(ServiceCalendar("mon-sat"))

A strategy may stand for a calendar or a desk, so that the laws are tried on all that it draws.
``settings`` are Hypothesis' own, such as how many examples to try of each law; 100 by default.

To have a test of its own for each law, take them from ``CALENDAR``, ``CLOCKS``, ``LIFECYCLE``,
``DETECTOR``, ``ROUTER`` and ``KEEPING``, which hold ``Law`` values with a ``check`` of their own.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import ticketrules.verification.extra  # noqa: F401 - first: it says what is missing
from ticketrules.calendar import Calendar
from ticketrules.complaints import Detector
from ticketrules.desk import Desk
from ticketrules.verification.laws.calendar_laws import CALENDAR
from ticketrules.verification.laws.clock_laws import CLOCKS
from ticketrules.verification.laws.detector_laws import DETECTOR
from ticketrules.verification.laws.keeping_laws import KEEPING, Keeping
from ticketrules.verification.laws.law import Law
from ticketrules.verification.laws.lifecycle_laws import LIFECYCLE
from ticketrules.verification.laws.router_laws import ROUTER, Route

if TYPE_CHECKING:
    import hypothesis
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "CALENDAR",
    "CLOCKS",
    "DETECTOR",
    "KEEPING",
    "LIFECYCLE",
    "ROUTER",
    "Keeping",
    "Law",
    "calendar",
    "clocks",
    "detector",
    "keeping",
    "lifecycle",
    "router",
]


def calendar(
    subject: "Calendar | SearchStrategy[Calendar]", settings: "hypothesis.settings | None" = None
) -> None:
    """Hold a calendar to the laws of service time (3.1).

    Raises:
        LawError: One does not hold.
    """
    _check(CALENDAR, subject, settings)


def clocks(
    subject: "Desk | SearchStrategy[Desk]", settings: "hypothesis.settings | None" = None
) -> None:
    """Hold a desk's clocks to the laws of every reading (7.1, 8, 9), whatever its promises.

    Raises:
        LawError: One does not hold.
    """
    _check(CLOCKS, subject, settings)


def lifecycle(
    subject: "Desk | SearchStrategy[Desk]", settings: "hypothesis.settings | None" = None
) -> None:
    """Hold a desk to the laws of the lifecycle (5, 6): of folding, of deciding, of repeats.

    Raises:
        LawError: One does not hold.
    """
    _check(LIFECYCLE, subject, settings)


def detector(subject: Detector, settings: "hypothesis.settings | None" = None) -> None:
    """Hold a detector of complaints to the laws of evidence (7.3).

    Raises:
        LawError: One does not hold.
    """
    _check(DETECTOR, subject, settings)


def router(subject: Route, settings: "hypothesis.settings | None" = None) -> None:
    """Hold a router to the laws of dispatch (3.4): ``route(ticket, agents, now)`` or a host's own.

    Raises:
        LawError: One does not hold.
    """
    _check(ROUTER, subject, settings)


def keeping(
    dump: Callable[[Any], Any],
    load: Callable[[Any], Any],
    values: str = "events",
    settings: "hypothesis.settings | None" = None,
) -> None:
    """Hold the way in which a host keeps values to reading back what it wrote.

    Args:
        dump: From a value to what is kept of it.
        load: From that to the value.
        values: ``"events"`` or ``"policies"``.
        settings: Hypothesis' settings.

    Raises:
        LawError: Something is read back as another value.
    """
    _check(KEEPING, Keeping(dump, load, values), settings)


def _check(laws: Iterable[Law], subject: Any, settings: "hypothesis.settings | None") -> None:
    for one in laws:
        one.check(subject, settings)
