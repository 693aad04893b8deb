"""Days: what kind of day a date is, and where that knowledge comes from."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import Final, Protocol, runtime_checkable

from attrs import frozen

from ticketrules.clauses import Text

Bounds = tuple[date, date]
"""First and last date of a run of days, both included."""

ALWAYS: Final[Bounds] = date(2, 1, 1), date(9998, 12, 31)
"""The days that can be reckoned with; a year is kept at both ends for shifts between zones."""


class DayKind(Enum):
    """What a date is to a service desk."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"

    @property
    def is_working(self) -> bool:
        """Whether the desk works on such a day."""
        return self is DayKind.WORKDAY or self is DayKind.MAKEUP_WORKDAY

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return _LABELS[self]


_LABELS = {
    DayKind.WORKDAY: "工作日",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日",
    DayKind.MAKEUP_WORKDAY: "调休上班",
}


@frozen
class Day:
    """One date, with the reason for being what it is.

    Attributes:
        date: The date, in the calendar's zone.
        kind: What it is.
        name: The holiday it belongs to or, for a make-up workday, makes up for; None for an
            ordinary day and where the source knows no name.
        provisional: Whether this is a projection that a notice may still overturn.
    """

    date: date
    kind: DayKind
    name: Text | None = None
    provisional: bool = False

    @property
    def is_working(self) -> bool:
        """Whether the desk works on this day."""
        return self.kind.is_working


@runtime_checkable
class DaySource(Protocol):
    """The least a host must supply: which dates are worked.

    Every ``workalendar`` calendar and every ``holidays`` object is one already. A source that
    also has an attribute ``announced``, a pair of dates (first and last, both included), says how
    far it is to be believed.
    """

    def is_working_day(self, day: date, /) -> bool:
        """Whether ``day`` is worked."""
        ...


class Days(ABC):
    """A day source that also knows kinds, names and how far its knowledge reaches."""

    @abstractmethod
    def day(self, date: date) -> Day:
        """Everything known about one date.

        Raises:
            UnannouncedError: The date can be neither looked up nor projected.
        """

    def kind(self, date: date) -> DayKind:
        """The kind of one date; the same as ``day(date).kind``, and cheaper where possible."""
        return self.day(date).kind

    def is_working_day(self, date: date) -> bool:
        """Whether the desk works on ``date``."""
        return self.kind(date).is_working

    @property
    @abstractmethod
    def announced(self) -> Bounds:
        """First and last date, both included, of what the source was told and does not guess."""

    def is_announced(self, date: date) -> bool:
        """Whether ``date`` lies within the announced bounds."""
        first, last = self.announced
        return first <= date <= last

    @abstractmethod
    def settled_around(self, date: date) -> Bounds | None:
        """The longest run of days around ``date`` that nothing is expected to change any more.

        Returns:
            First and last date of the run, both included, or None where ``date`` itself is
            provisional.
        """

    def is_provisional(self, date: date) -> bool:
        """Whether what is said of ``date`` may still be overturned by a notice."""
        return self.settled_around(date) is None


WEEKDAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen
class Weekdays(Days):
    """The same days of every week, and no holidays: nothing about it is ever provisional.

    Attributes:
        worked: Weekdays, Monday being 0.
    """

    worked: frozenset[int]

    @classmethod
    def of(cls, days: Collection[int]) -> "Weekdays":
        """The source that works on ``days`` (Monday is 0)."""
        return cls(frozenset(days))

    def kind(self, date: date) -> DayKind:
        """WORKDAY or WEEKEND."""
        return DayKind.WORKDAY if date.weekday() in self.worked else DayKind.WEEKEND

    def day(self, date: date) -> Day:
        """The date with its kind; it never has a name."""
        return Day(date, self.kind(date))

    @property
    def announced(self) -> Bounds:
        """The whole of time: weekdays need no notice."""
        return ALWAYS

    def settled_around(self, date: date) -> Bounds | None:  # noqa: ARG002 - whatever the date
        """The whole of time."""
        return ALWAYS
