"""Combined calendars: open when either of two is, or when both are."""

import operator
from collections.abc import Iterator
from datetime import date, datetime

from attrs import evolve

from ticketrules.calendar.base_calendar import Calendar
from ticketrules.calendar.days import Day
from ticketrules.calendar.explanation import Segment
from ticketrules.calendar.timeline import Timeline, micros
from ticketrules.calendar.windows import Span, common, merged
from ticketrules.calendar.working_time import instant_of


class CombinedTimeline(Timeline):
    """The union or the intersection of two timelines."""

    def __init__(self, left: Timeline, right: Timeline, *, is_union: bool) -> None:
        self._left = left
        self._right = right
        self._is_union = is_union

    def opens(self, year: int) -> list[Span]:
        """See the base class."""
        left, right = self._left.opens(year), self._right.opens(year)
        return merged(left + right) if self._is_union else common(left, right)

    @property
    def known(self) -> Span:
        """What both know."""
        left, right = self._left.known, self._right.known
        return max(left[0], right[0]), min(left[1], right[1])


class CombinedCalendar(Calendar):
    """The provider's hours and the platform's, as one calendar: ``left | right``, ``left & right``.

    Dates are those of the left calendar's zone.

    Args:
        left: One calendar.
        right: The other.
        is_union: Whether it is open when either is, and not only when both are.
    """

    def __init__(self, left: Calendar, right: Calendar, *, is_union: bool) -> None:
        super().__init__(
            CombinedTimeline(left.timeline, right.timeline, is_union=is_union), left.zone
        )
        self.left = left
        self.right = right
        self.is_union = is_union

    def _value(self) -> tuple[Calendar, Calendar, bool]:
        return self.left, self.right, self.is_union

    def __eq__(self, other: object) -> bool:
        return self._value() == other._value() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value())

    def __reduce__(self) -> tuple[object, tuple[Calendar, Calendar]]:
        return operator.or_ if self.is_union else operator.and_, (self.left, self.right)

    def __repr__(self) -> str:
        return f"({self.left!r} {'|' if self.is_union else '&'} {self.right!r})"

    def day(self, date: date) -> Day:
        """The day of the calendar that decides whether it is worked, the left one where both do."""
        left, right = self.left.day(date), self.right.day(date)
        # One working calendar is enough for a union, one resting for an intersection.
        is_left = left.is_working is self.is_union or right.is_working is not self.is_union
        decides = left if is_left else right
        provisional = left.provisional or right.provisional
        return evolve(decides, provisional=provisional)

    def is_working_day(self, date: date) -> bool:
        """Whether either (of a union) or both (of an intersection) work on ``date``."""
        left, right = self.left.is_working_day(date), self.right.is_working_day(date)
        return left or right if self.is_union else left and right

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Whether anything there rests on a day that may still change, as the segments tell it.

        Where one calendar decides for certain, it does not matter what the other is waiting for.
        """
        if not (self.left.is_provisional(start, end) or self.right.is_provisional(start, end)):
            return False
        first, last = micros(start), micros(end)
        return first >= last or any(one.provisional for one in self.segments(first, last))

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """The segments of both, and of each stretch the one that decides it."""
        self._ledger.check(first, last)
        left, right = iter(self.left.segments(first, last)), iter(self.right.segments(first, last))
        mine, theirs = next(left, None), next(right, None)
        start = instant_of(first, self.zone)
        while mine is not None and theirs is not None:
            ends = micros(mine.end), micros(theirs.end)
            end = instant_of(min(ends), self.zone)
            yield evolve(self._deciding(mine, theirs), start=start, end=end)
            start = end
            if ends[0] <= ends[1]:
                mine = next(left, None)
            if ends[1] <= ends[0]:
                theirs = next(right, None)

    def _deciding(self, mine: Segment, theirs: Segment) -> Segment:
        """The segment whose reason holds; it is as provisional as what it rests on."""
        if mine.counted is not theirs.counted:
            # One open calendar is enough for a union, one closed for an intersection.
            return mine if mine.counted is self.is_union else theirs
        # Where each is enough by itself, one that is certain settles it; else both have to be.
        unsettled = all if mine.counted is self.is_union else any
        return evolve(mine, provisional=unsettled((mine.provisional, theirs.provisional)))
