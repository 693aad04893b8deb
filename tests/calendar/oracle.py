"""A slow, obvious oracle: it looks at the clock on the wall once for every minute.

It shares nothing with the library: no code, no tables, no data. Its rules are written in plain
minutes and its days as literal dates, copied by hand from the notices.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
"""In microseconds, in which the oracle counts."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(at):
    """Microseconds since the epoch."""
    return (at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def at_us(instant, zone=UTC):
    return (EPOCH + timedelta(microseconds=instant)).astimezone(zone)


@dataclass(frozen=True)
class Rules:
    """When a desk is open, as a child would write it down.

    ``windows`` gives, for a date, the minutes from its midnight between which it is open; beyond
    1440 they lie on the next date. ``closed`` and ``extra`` say the same of single dates.
    """

    zone: str
    windows: Callable[[date], list[tuple[int, int]]]
    closed: dict[date, list[tuple[int, int]]] = field(default_factory=dict)
    extra: dict[date, list[tuple[int, int]]] = field(default_factory=dict)

    def is_open(self, wall):
        minute = wall.hour * 60 + wall.minute
        today = wall.date()
        yesterday = today - timedelta(days=1)
        for day, at in ((today, minute), (yesterday, minute + 1440)):
            if any(a <= at < b for a, b in self.closed.get(day, ())):
                return False
        return any(
            a <= at < b
            for day, at in ((today, minute), (yesterday, minute + 1440))
            for a, b in [*self.windows(day), *self.extra.get(day, ())]
        )


class Oracle:
    """Every minute of a stretch, open or not."""

    def __init__(self, is_open, start, end):
        self.start = us(start)
        self.end = us(end)
        count = (self.end - self.start) // MINUTE
        self.open = [is_open(at_us(self.start + n * MINUTE)) for n in range(count)]

    @classmethod
    def of(cls, rules, start, end):
        zone = ZoneInfo(rules.zone)
        return cls(lambda at: rules.is_open(at.astimezone(zone)), start, end)

    def combined(self, other, how):
        found = object.__new__(Oracle)
        found.start, found.end = self.start, self.end
        found.open = [how(a, b) for a, b in zip(self.open, other.open, strict=True)]
        return found

    def is_open(self, instant):
        return self.open[(instant - self.start) // MINUTE]

    def elapsed(self, start, end):
        """Service microseconds between two instants, signed."""
        if end < start:
            return -self.elapsed(end, start)
        total = 0
        at = start
        while at < end:
            stop = min(end, (at // MINUTE + 1) * MINUTE)
            if self.is_open(at):
                total += stop - at
            at = stop
        return total

    def advance(self, start, amount):
        """The earliest instant with so much service time after ``start``; None past the end."""
        at = start
        while amount and at < self.end:
            stop = (at // MINUTE + 1) * MINUTE
            if self.is_open(at):
                step = min(amount, stop - at)
                amount -= step
                at += step
            else:
                at = stop
        return None if amount else at

    def retreat(self, end, amount):
        at = end
        while amount and at > self.start:
            stop = ((at - 1) // MINUTE) * MINUTE
            if self.is_open(at - 1):
                step = min(amount, at - stop)
                amount -= step
                at -= step
            else:
                at = stop
        return None if amount else at

    def next_opening(self, at):
        while at < self.end:
            if self.is_open(at):
                return at
            at = (at // MINUTE + 1) * MINUTE
        return None

    def previous_closing(self, at):
        at = at // MINUTE * MINUTE
        while at > self.start:
            if self.is_open(at - 1) and not (at < self.end and self.is_open(at)):
                return at
            at -= MINUTE
        return None

    def windows(self, start, end):
        found = []
        at = start
        while at < end:
            stop = min(end, (at // MINUTE + 1) * MINUTE)
            if self.is_open(at):
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], stop)
                else:
                    found.append((at, stop))
            at = stop
        return found
