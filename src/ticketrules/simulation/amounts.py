"""How long something takes: amounts of time drawn from a seeded source of chance."""

from collections.abc import Iterable
from datetime import timedelta
from math import exp, log
from random import Random
from typing import Any, Protocol, runtime_checkable

from attrs import Attribute, field, frozen

from ticketrules.errors import SimulationError

_ZERO = timedelta(0)


@runtime_checkable
class Amount(Protocol):
    """An amount of time that differs from case to case."""

    def draw(self, rng: Random) -> timedelta:
        """One amount, never below nothing."""
        ...


def _amount(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, timedelta) or value < _ZERO:
        msg = (
            f"{type(instance).__name__}: {attribute.name} must be an amount of time, not below"
            f" nothing, as {value!r} is"
        )
        raise SimulationError(msg)


@frozen
class Fixed:
    """The same every time."""

    amount: timedelta = field(validator=_amount)

    def draw(self, rng: Random) -> timedelta:  # noqa: ARG002 - chance has no part in it
        """The amount."""
        return self.amount


@frozen
class Exponential:
    """Without memory: however long it has lasted, as long again on average."""

    mean: timedelta = field(validator=_amount)

    def draw(self, rng: Random) -> timedelta:
        """One amount."""
        return -log(1.0 - rng.random()) * self.mean


@frozen
class LogNormal:
    """Mostly short and sometimes very long, as the handling of tickets is.

    Attributes:
        median: Half of them take less.
        sigma: The standard deviation of the logarithm; about 1 is usual for service times.
    """

    median: timedelta = field(validator=_amount)
    sigma: float

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.sigma < 10:
            msg = f"LogNormal: sigma must lie in [0, 10), not at {self.sigma!r}"
            raise SimulationError(msg)

    def draw(self, rng: Random) -> timedelta:
        """One amount."""
        return exp(rng.gauss(0.0, self.sigma)) * self.median


def _in_order(amounts: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(amounts))


@frozen
class Empirical:
    """One of the amounts that did occur, each as likely as it was often.

    Raises:
        SimulationError: There are none, or one lies below nothing.
    """

    amounts: tuple[timedelta, ...] = field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if not self.amounts:
            msg = "Empirical: no amounts to draw from"
            raise SimulationError(msg)
        if self.amounts[0] < _ZERO:
            msg = f"Empirical: an amount must not be below nothing, as {self.amounts[0]!r} is"
            raise SimulationError(msg)

    def draw(self, rng: Random) -> timedelta:
        """One amount."""
        return self.amounts[rng.randrange(len(self.amounts))]

    def times(self, factor: float) -> "Empirical":
        """Every amount so many times as long.

        Raises:
            SimulationError: The factor lies below nothing.
        """
        if not factor >= 0:
            msg = f"a factor must not be below nothing, as {factor!r} is"
            raise SimulationError(msg)
        return Empirical(one * factor for one in self.amounts)


def is_amount(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """A validator: a value to draw amounts from.

    Raises:
        SimulationError: It is none.
    """
    if not isinstance(value, Amount):
        msg = (
            f"{type(instance).__name__}: {attribute.name} must be a Fixed, Exponential, LogNormal"
            f" or Empirical, or have draw(rng), not {value!r}"
        )
        raise SimulationError(msg)


def empirical(amounts: Iterable[timedelta], what: str) -> Empirical:
    """The amounts of a history.

    Raises:
        SimulationError: The history has none; the message says of what.
    """
    several = tuple(amounts)
    if not several:
        msg = f"the history shows no {what}"
        raise SimulationError(msg)
    return Empirical(several)
