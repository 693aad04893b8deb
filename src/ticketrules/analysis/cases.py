"""Cases: a policy's conditions, asked beforehand about everything that columns can tell apart.

A target's conditions are functions of an event and of the ticket after it. Columns cannot call
them a million times, so each is called once for every case that it tells apart: it is handed an
event and a ticket that note what is looked at, and what it looks at decides how many cases there
are. A condition that looks at anything that no column tells is inexpressible, and whoever asked
leaves its target to the scalar engine.
"""

from collections.abc import Callable
from itertools import product
from typing import Any, Final, NoReturn, cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ticketrules.tickets.events import CustomerWrote, Event, Replied
from ticketrules.tickets.model import Ticket
from ticketrules.tickets.values import MessageKind, Role, Status

MOST_CASES: Final = 4096
"""A condition that tells more cases apart is left to the scalar engine."""


@frozen
class Feature:
    """Something that columns tell of an event, or of a ticket after it.

    Attributes:
        name: What it is called.
        values: What it can be, in the order of its codes.
    """

    name: str
    values: tuple[Any, ...]


ROLE: Final = Feature("role", tuple(Role))
AUTOMATIC: Final = Feature("automatic", (False, True))
KIND: Final = Feature("kind", tuple(MessageKind))
STATUS: Final = Feature("status", tuple(Status))
PROMISE: Final = Feature("promised_for", (None, -1, 0, 1))
"""The promised time: none, before the event, at its instant, or after it."""

FACTS: Final = tuple(
    Feature(name, (False, True))
    for name in (
        "with_platform_since",
        "unanswered_since",
        "business_stopping_at",
        "complained_at",
        "first_answered_at",
        "clarified_at",
        "phoned_at",
    )
)
"""What is true of a ticket or not; the ticket says since when, and a condition only whether."""

OF_EVENTS: Final = (ROLE, AUTOMATIC, KIND)
"""The features that an event tells by itself."""

_FACTS: Final = {feature.name: feature for feature in FACTS}


class InexpressibleError(BaseException):
    """Columns cannot tell what a condition looks at; the message says what that is.

    It passes through handlers for ``Exception``, so that no condition can swallow it.
    """


class _UnknownError(BaseException):
    """A feature was looked at that no value was chosen for yet."""

    def __init__(self, feature: Feature) -> None:
        super().__init__(feature.name)
        self.feature = feature


@frozen
class Cases:
    """A condition's outcomes.

    Attributes:
        features: What it looks at.
        outcomes: What it says, by the codes of its features, the last one running fastest.
    """

    features: tuple[Feature, ...]
    outcomes: tuple[Any, ...]

    @property
    def is_constant(self) -> bool:
        """Whether it says the same in every case."""
        return all(one == self.outcomes[0] for one in self.outcomes)

    def flags(self) -> NDArray[np.bool_]:
        """The outcomes as truth values."""
        return np.array([bool(one) for one in self.outcomes])


def tabulate(function: Callable[..., Any], kind: type[Event] | None = None) -> Cases:
    """Ask a condition about every case that it tells apart.

    Args:
        function: The condition, of an event and a ticket, or of a ticket alone.
        kind: The kind of event; ``None`` where the condition takes a ticket alone.

    Raises:
        InexpressibleError: It looks at something that columns do not tell, or tells too much apart.
    """
    features: tuple[Feature, ...] = ()
    while True:
        known = product(*(feature.values for feature in features))
        try:
            outcomes = [
                _ask(function, kind, dict(zip(features, values, strict=True))) for values in known
            ]
        except _UnknownError as unknown:
            features += (unknown.feature,)
            if np.prod([len(feature.values) for feature in features]) > MOST_CASES:
                raise InexpressibleError("too many cases") from None
            continue
        return Cases(features, tuple(outcomes))


def _ask(function: Callable[..., Any], kind: type[Event] | None, chosen: dict[Feature, Any]) -> Any:
    def value_of(feature: Feature) -> Any:
        if feature not in chosen:
            raise _UnknownError(feature)
        return chosen[feature]

    probes: tuple[Any, ...] = (_ticket_probe(value_of),)
    if kind is not None:
        probes = (_event_probe(kind, value_of), *probes)
    try:
        return function(*probes)
    except Exception as error:  # noqa: BLE001 - whatever it cannot do with what it is handed
        raise InexpressibleError(f"a condition fails on a probe: {type(error).__name__}") from None


def _refuse(what: str) -> NoReturn:
    raise InexpressibleError(what)


class _Instant:
    """An instant of which is known only that there is one."""

    order: int | None = None

    def _ordered(self, other: object) -> int:
        theirs = other.order if isinstance(other, _Instant) else None
        if self.order is None or theirs is None:
            _refuse("it compares instants of the ticket")
        return self.order - theirs

    def __eq__(self, other: object) -> bool:
        return self._ordered(other) == 0

    def __lt__(self, other: object) -> bool:
        return self._ordered(other) < 0

    def __le__(self, other: object) -> bool:
        return self._ordered(other) <= 0

    def __gt__(self, other: object) -> bool:
        return self._ordered(other) > 0

    def __ge__(self, other: object) -> bool:
        return self._ordered(other) >= 0

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> NoReturn:
        _refuse(f"it looks at {name!r} of an instant")


class _Moment(_Instant):
    """The instant of the event."""

    order: int | None = 0


class _Promised(_Instant):
    """The promised time, which lies before, at or after the event."""

    def __init__(self, order: int) -> None:
        self.order = order


def _ticket_probe(value_of: Callable[[Feature], Any]) -> Ticket:
    class Probe(Ticket):
        __slots__ = ()

        def __getattribute__(self, name: str) -> Any:
            if name.startswith("__"):
                return object.__getattribute__(self, name)
            if name == "status":
                return value_of(STATUS)
            if name == "promised_for":
                order = value_of(PROMISE)
                return None if order is None else _Promised(order)
            if name in _FACTS:
                return _Instant() if value_of(_FACTS[name]) else None
            _refuse(f"it looks at {name!r} of the ticket")

    return object.__new__(Probe)


def _event_probe(kind: type[Event], value_of: Callable[[Feature], Any]) -> Event:
    told = {"automatic": AUTOMATIC} if kind is Replied else {}
    if kind is CustomerWrote:
        told = {"kind": KIND}

    class Who:
        def __getattr__(self, name: str) -> Any:
            if name == "role":
                return value_of(ROLE)
            _refuse(f"it looks at {name!r} of whoever did it")

    def look(self: Event, name: str) -> Any:
        if name == "by":
            return Who()
        if name == "at":
            return _Moment()
        if name in told:
            return value_of(told[name])
        found = getattr(kind, name, None)
        if name.startswith("__") or isinstance(found, property | str):
            return object.__getattribute__(self, name)
        _refuse(f"it looks at {name!r} of a {kind.name}")

    probe = type(kind.__name__, (kind,), {"__getattribute__": look, "__slots__": ()})
    return cast("Event", object.__new__(probe))
