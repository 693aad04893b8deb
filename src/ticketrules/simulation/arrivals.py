"""When tickets come: replayed, drawn by whole days, or at random by hour and kind of day."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from math import isfinite, log
from random import Random
from types import MappingProxyType
from typing import Any, Final, Protocol

from attrs import field, frozen

from ticketrules.calendar import Calendar, DayKind
from ticketrules.errors import SimulationError
from ticketrules.tickets import Ticket, instant

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)

_LIKE: Final[Mapping[DayKind, tuple[DayKind, ...]]] = MappingProxyType(
    {
        DayKind.WORKDAY: (DayKind.MAKEUP_WORKDAY,),
        DayKind.MAKEUP_WORKDAY: (DayKind.WORKDAY,),
        DayKind.WEEKEND: (DayKind.HOLIDAY,),
        DayKind.HOLIDAY: (DayKind.WEEKEND,),
    }
)
"""What stands in for a kind of day that a history does not show."""


class Arrivals(Protocol):
    """A way for tickets to come."""

    def draw(
        self, rng: Random, start: datetime, end: datetime, calendar: Calendar
    ) -> list[datetime]:
        """The instants of submission in ``[start, end)``, in UTC and in order."""
        ...


def _in_order(instants: Iterable[datetime]) -> tuple[datetime, ...]:
    return tuple(sorted(instant(at) for at in instants))


@frozen
class ReplayedArrivals:
    """Tickets come exactly when they came; chance has no part in it.

    Attributes:
        instants: When, in UTC and in order.

    Raises:
        NaiveTimeError: An instant without a time zone.
    """

    instants: tuple[datetime, ...] = field(converter=_in_order, repr=False)

    @classmethod
    def from_history(cls, tickets: Iterable[Ticket]) -> "ReplayedArrivals":
        """The submissions of a history.

        Raises:
            SimulationError: The history is empty.
        """
        instants = [ticket.opened_at for ticket in tickets]
        if not instants:
            raise SimulationError(_NO_HISTORY)
        return cls(instants)

    def moved(self, by: timedelta) -> "ReplayedArrivals":
        """The same so much later."""
        return ReplayedArrivals(at + by for at in self.instants)

    def draw(
        self,
        rng: Random,  # noqa: ARG002 - nothing is drawn
        start: datetime,
        end: datetime,
        calendar: Calendar,  # noqa: ARG002 - they came when they came
    ) -> list[datetime]:
        """Those in ``[start, end)``."""
        return list(
            self.instants[bisect_left(self.instants, start) : bisect_left(self.instants, end)]
        )


def _rates(value: Mapping[DayKind, Iterable[float]]) -> Mapping[DayKind, tuple[float, ...]]:
    found = {kind: tuple(value[kind]) for kind in DayKind if kind in value}
    for kind, rates in found.items():
        if len(rates) != 24:
            msg = f"{kind.value}: 24 rates are meant, one for each hour, not {len(rates)}"
            raise SimulationError(msg)
        for hour, rate in enumerate(rates):
            if not isfinite(rate) or rate < 0:
                msg = f"{kind.value}, hour {hour}: a rate must not be below nothing, as {rate!r} is"
                raise SimulationError(msg)
    if not found:
        msg = "no rates: at least one kind of day is meant"
        raise SimulationError(msg)
    for kind, others in _LIKE.items():
        if kind not in found and others[0] in found:
            found[kind] = found[others[0]]
    return MappingProxyType({kind: found[kind] for kind in DayKind if kind in found})


@frozen
class PoissonArrivals:
    """Tickets come independently of each other, at a rate by hour and kind of day.

    Attributes:
        rates: Tickets an hour, by kind of day and hour of the desk's wall clock; a kind that is
            missing goes by the one like it, make-up days by working days and holidays by
            weekends, or the other way round.

    Raises:
        SimulationError: Not 24 rates, or one below nothing; the message names the hour.
    """

    rates: Mapping[DayKind, tuple[float, ...]] = field(converter=_rates, hash=False)

    @classmethod
    def steady(cls, per_hour: float) -> "PoissonArrivals":
        """The same rate at every hour of every day."""
        return cls(dict.fromkeys(DayKind, (per_hour,) * 24))

    @classmethod
    def from_history(
        cls, tickets: Iterable[Ticket], calendar: Calendar, first: date, last: date
    ) -> "PoissonArrivals":
        """The rates of a history: its tickets by hour and kind of day, over the days of that kind.

        Args:
            tickets: The tickets; those not submitted on these dates are left out.
            calendar: Tells the kinds of days, and the zone of dates and hours.
            first: The first date that the history covers.
            last: The last one, part of it.

        Raises:
            SimulationError: No ticket was submitted on these dates, or ``last`` comes first.
        """
        days = _observed(tickets, calendar, first, last)
        return cls(
            {
                kind: tuple(
                    sum(time // _HOUR == hour for times in several for time in times) / len(several)
                    for hour in range(24)
                )
                for kind, several in days.items()
            }
        )

    def scaled(self, factor: float) -> "PoissonArrivals":
        """So many times as many tickets."""
        return PoissonArrivals(
            {kind: tuple(rate * factor for rate in rates) for kind, rates in self.rates.items()}
        )

    def draw(
        self, rng: Random, start: datetime, end: datetime, calendar: Calendar
    ) -> list[datetime]:
        """Those in ``[start, end)``: within an hour of one rate, gaps are exponential."""
        found: list[datetime] = []
        for begun, until, kind, hour in _hours(start, end, calendar):
            rate = _of_kind(self.rates, kind)[hour]
            at = begun
            while rate > 0:
                at += -log(1.0 - rng.random()) / rate * _HOUR
                if at >= until:
                    break
                found.append(at)
        return found


@frozen
class ResampledDays:
    """Each day is like one that was, drawn from the history's days of its kind.

    What comes in bursts keeps doing so, which independent arrivals do not.

    Attributes:
        days: By kind of day, the submissions of each day as amounts after its midnight.
    """

    days: Mapping[DayKind, tuple[tuple[timedelta, ...], ...]] = field(hash=False, repr=False)

    @classmethod
    def from_history(
        cls, tickets: Iterable[Ticket], calendar: Calendar, first: date, last: date
    ) -> "ResampledDays":
        """The days of a history; arguments and errors as for ``PoissonArrivals``."""
        days = _observed(tickets, calendar, first, last)
        for kind, others in _LIKE.items():
            if kind not in days and others[0] in days:
                days[kind] = days[others[0]]
        return cls(MappingProxyType({kind: days[kind] for kind in DayKind if kind in days}))

    def draw(
        self, rng: Random, start: datetime, end: datetime, calendar: Calendar
    ) -> list[datetime]:
        """Those in ``[start, end)``."""
        found: list[datetime] = []
        day = start.astimezone(calendar.zone).date()
        while True:
            midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
            if instant(midnight) >= end:
                return sorted(at for at in found if start <= at < end)
            times = rng.choice(_of_kind(self.days, calendar.day(day).kind))
            found += (instant(midnight + time) for time in times)
            day += _DAY


_NO_HISTORY: Final = "the history holds no tickets to go by"


def _observed(
    tickets: Iterable[Ticket], calendar: Calendar, first: date, last: date
) -> dict[DayKind, tuple[tuple[timedelta, ...], ...]]:
    """The submissions of each date by its kind, as wall-clock amounts after midnight."""
    if last < first:
        msg = f"the history's last date {last} comes before its first {first}"
        raise SimulationError(msg)
    by_date: dict[date, list[timedelta]] = {
        first + n * _DAY: [] for n in range((last - first).days + 1)
    }
    for ticket in tickets:
        local = ticket.opened_at.astimezone(calendar.zone).replace(tzinfo=None)
        if local.date() in by_date:
            midnight = datetime(local.year, local.month, local.day)  # noqa: DTZ001 - wall clock
            by_date[local.date()].append(local - midnight)
    if not any(by_date.values()):
        raise SimulationError(_NO_HISTORY)
    found: dict[DayKind, list[tuple[timedelta, ...]]] = {}
    for day, times in by_date.items():
        found.setdefault(calendar.day(day).kind, []).append(tuple(sorted(times)))
    return {kind: tuple(several) for kind, several in found.items()}


def _of_kind(by_kind: Mapping[DayKind, Any], kind: DayKind) -> Any:
    try:
        return by_kind[kind]
    except KeyError:
        known = ", ".join(one.value for one in by_kind)
        msg = f"arrivals are not known for a {kind.value}, only for {known}"
        raise SimulationError(msg) from None


def _hours(
    start: datetime, end: datetime, calendar: Calendar
) -> Iterator[tuple[datetime, datetime, DayKind, int]]:
    """The hours of the wall clock in ``[start, end)``, clipped to it, with their kind of day."""
    at = start
    while at < end:
        local = at.astimezone(calendar.zone)
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        until = min(at + _HOUR - past, end)
        yield at, until, calendar.day(local.date()).kind, local.hour
        at = until
