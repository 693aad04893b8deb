"""The roster: who is to be there when (3.3), on the wall clock of the desk's zone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from attrs import Attribute, evolve, field, frozen, validators

from ticketrules.calendar import Interval, Window
from ticketrules.calendar.timeline import EPOCH_ORDINAL, micros, offsets
from ticketrules.calendar.windows import DAY_US, Span, common, merged, without
from ticketrules.calendar.working_time import instant_of, micros_of
from ticketrules.errors import CalendarError, RoutingError
from ticketrules.routing.agents import Agent, Leave, by_id, zone_of
from ticketrules.routing.given import as_tuple, is_date, only
from ticketrules.routing.recurrence import Recurrence, days_of, recurrence

_ONE_DAY: Final = timedelta(days=1)
_LAST: Final = micros(datetime(9999, 12, 29, tzinfo=UTC))
"""Nothing is looked for beyond this."""

_SEARCHED: Final = (7, 31, 366, 5 * 366)
"""How many days ahead the next shift is looked for, ever farther."""


def _window(value: Window | str) -> Window:
    if isinstance(value, Window):
        return value
    try:
        return Window.parse(value)
    except AttributeError as error:
        msg = f"hours: a window like '09:00-18:00' is meant, not {value!r}"
        raise RoutingError(msg) from error
    except CalendarError as error:
        msg = f"hours: {error}"
        raise RoutingError(msg) from error


def _id(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        msg = f"{attribute.name}: the id of an agent is meant, not {value!r}"
        raise RoutingError(msg)


def _day(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    is_date(value, f"swap, {attribute.name}")


def _local_time(agent: str, value: object) -> None:
    if not isinstance(value, datetime):
        msg = f"shift of {agent!r}: a local time is meant, not {value!r}"
        raise RoutingError(msg)


@frozen(kw_only=True)
class Shift:
    """Hours of the wall clock on which an agent is to be there, on some dates.

    A shift is on whenever a clock on the wall of the roster's zone shows a time within its hours,
    as service hours are open: hours that a clock change skips do not count, and hours that it
    repeats count twice. One across midnight belongs to the date on which it begins.

    Attributes:
        agent: The agent's id.
        hours: The hours, ``"09:00-18:00"``, or ``"22:00-06:00"`` across midnight.
        on: On which dates it begins: anything that ``recurrence`` reads.
        name: What the roster calls it.

    Raises:
        RoutingError: No such hours or dates; the message quotes them.
    """

    agent: str = field(validator=_id)
    hours: Window = field(converter=_window)
    on: Recurrence = field(converter=recurrence)
    name: str = field(default="", validator=validators.instance_of(str))

    @classmethod
    def between(cls, agent: str, start: datetime, end: datetime, name: str = "") -> "Shift":
        """One shift from its start to its end, both on the wall clock of the roster's zone.

        Args:
            agent: The agent's id.
            start: When it begins, without a zone.
            end: When it ends, not part of it.
            name: What the roster calls it.

        Raises:
            RoutingError: It ends before it lasts, lasts more than a day, or has a zone; the
                message names the agent.
        """
        for at in (start, end):
            _local_time(agent, at)
        if start.tzinfo is not None or end.tzinfo is not None:
            msg = f"shift of {agent!r}: local times without a zone are meant"
            raise RoutingError(msg)
        if end <= start:
            msg = f"shift of {agent!r} from {start.isoformat()}: it ends before it starts"
            raise RoutingError(msg)
        opens = (start - datetime.combine(start.date(), datetime.min.time())) // _MICROSECOND
        try:
            hours = Window(opens, opens + (end - start) // _MICROSECOND)
        except CalendarError as error:
            msg = f"shift of {agent!r} from {start.isoformat()}: it lasts more than a day"
            raise RoutingError(msg) from error
        return cls(agent=agent, hours=hours, on=start.date(), name=name)


_MICROSECOND: Final = timedelta(microseconds=1)


@frozen(kw_only=True)
class Rota:
    """A rota for some dates, such as a holiday's: its shifts stand, and the usual ones fall away.

    Attributes:
        dates: The dates that it is for.
        shifts: Its shifts; those that do not begin on its dates say nothing.
        name: Such as ``"国庆"``.

    Raises:
        RoutingError: No dates.
    """

    dates: tuple[date, ...] = field(converter=days_of)
    shifts: tuple[Shift, ...] = field(default=(), converter=as_tuple, validator=only(Shift))
    name: str = field(default="", validator=validators.instance_of(str))

    def __attrs_post_init__(self) -> None:
        if not self.dates:
            msg = f"rota {self.name!r}: it is for no date"
            raise RoutingError(msg)


@frozen(kw_only=True)
class Swap:
    """One date's shifts of an agent go to another; an exchange is two of them.

    Attributes:
        on: The date on which the shifts begin.
        giver: Whose shifts they were.
        taker: Who has them.

    Raises:
        RoutingError: No date, or the taker is the giver.
    """

    on: date = field(validator=_day)
    giver: str = field(validator=_id)
    taker: str = field(validator=_id)

    def __attrs_post_init__(self) -> None:
        if self.giver == self.taker:
            msg = f"swap on {self.on}: {self.taker!r} cannot take over from themselves"
            raise RoutingError(msg)


@frozen(kw_only=True)
class Roster:
    """Who is to be there when: shifts, rotas, swaps, and the agents with their leave.

    Nothing is worked out for more than the stretch that is asked about, so rules may go on for
    ever. Shifts of one agent may overlap: an agent is there or is not.

    Attributes:
        agents: The agents; their skills and leave count here.
        shifts: The usual shifts.
        rotas: Rotas in place of the usual shifts, on dates of their own.
        swaps: Exchanges between agents, all of them made at once.
        zone: The IANA zone whose wall clock all hours are written for.

    Raises:
        RoutingError: An agent twice, a zone that does not exist, a shift or a swap of an agent
            who is none of these, a shift that stands twice, two rotas for one date, a swap of
            what is not there or of what was given away already; the message names it.
    """

    agents: tuple[Agent, ...] = field(converter=as_tuple, validator=only(Agent))
    shifts: tuple[Shift, ...] = field(default=(), converter=as_tuple, validator=only(Shift))
    rotas: tuple[Rota, ...] = field(default=(), converter=as_tuple, validator=only(Rota))
    swaps: tuple[Swap, ...] = field(default=(), converter=as_tuple, validator=only(Swap))
    zone: str = "Asia/Shanghai"

    def __attrs_post_init__(self) -> None:
        zone_of(self.zone)
        known = by_id(self.agents)
        for shift in self._every_shift():
            if shift.agent not in known:
                msg = f"shift {shift.hours} of {shift.agent!r}: there is no such agent"
                raise RoutingError(msg)
        for several in (self.shifts, *(rota.shifts for rota in self.rotas)):
            seen = set[Shift]()
            for shift in several:
                if shift in seen:
                    msg = f"shift {shift.hours} of {shift.agent!r}: it stands twice"
                    raise RoutingError(msg)
                seen.add(shift)
        taken: set[date] = set()
        for rota in self.rotas:
            twice = taken.intersection(rota.dates)
            if twice:
                msg = f"rota {rota.name!r}: {min(twice)} has another rota already"
                raise RoutingError(msg)
            taken.update(rota.dates)
        self._check_swaps(known)

    def _check_swaps(self, known: Mapping[str, Agent]) -> None:
        given: set[tuple[date, str]] = set()
        for swap in self.swaps:
            for agent in (swap.giver, swap.taker):
                if agent not in known:
                    msg = f"swap on {swap.on}: there is no agent {agent!r}"
                    raise RoutingError(msg)
            if (swap.on, swap.giver) in given:
                msg = f"swap on {swap.on}: {swap.giver!r} has given that date away already"
                raise RoutingError(msg)
            given.add((swap.on, swap.giver))
            begun = self._begun(swap.on, swap.on)
            if not any(shift.agent == swap.giver for shift, _dates in begun):
                msg = f"swap on {swap.on}: {swap.giver!r} has no shift that begins then"
                raise RoutingError(msg)

    def _every_shift(self) -> Iterator[Shift]:
        yield from self.shifts
        for rota in self.rotas:
            yield from rota.shifts

    def agent(self, agent_id: str) -> Agent:
        """The agent of an id.

        Raises:
            RoutingError: There is none.
        """
        for one in self.agents:
            if one.id == agent_id:
                return one
        msg = f"there is no agent {agent_id!r} on the roster"
        raise RoutingError(msg)

    def with_leave(self, agent: str, *leave: Leave) -> "Roster":
        """The roster with more leave of an agent.

        Raises:
            RoutingError: There is no such agent.
        """
        absent = self.agent(agent)
        more = evolve(absent, leave=(*absent.leave, *leave))
        agents = tuple(more if one is absent else one for one in self.agents)
        return evolve(self, agents=agents)

    def who_is_on(self, at: datetime) -> tuple[Agent, ...]:
        """The agents who are to be there at an instant, in the roster's order.

        Args:
            at: The instant, aware.

        Raises:
            NaiveTimeError: ``at`` has no time zone.
        """
        instant = micros_of(at)
        spans = self.spans(instant, instant + 1)
        return tuple(agent for agent in self.agents if spans[agent.id])

    def presence(self, start: datetime, end: datetime) -> Mapping[str, tuple[Interval, ...]]:
        """When each agent is to be there within ``[start, end)``, clipped to it.

        Returns:
            By agent, the stretches in order and apart from each other, in the zone of ``start``;
            agents in the roster's order, those never there with none.

        Raises:
            NaiveTimeError: An instant has no time zone.
        """
        spans = self.spans(micros_of(start), micros_of(end))
        return MappingProxyType(
            {
                agent: tuple(
                    (instant_of(a, start.tzinfo), instant_of(b, start.tzinfo)) for a, b in found
                )
                for agent, found in spans.items()
            }
        )

    def next_shift(self, agent: str, after: datetime) -> Interval | None:
        """The first stretch of an agent's that begins at an instant or later.

        A stretch that runs on through the instant is none. Looked for up to five years ahead.

        Args:
            agent: The agent's id.
            after: The instant, aware.

        Returns:
            The stretch in the zone of ``after``, to its end where that lies within a day.

        Raises:
            RoutingError: There is no such agent.
            NaiveTimeError: ``after`` has no time zone.
        """
        self.agent(agent)
        first = micros_of(after)
        for days in _SEARCHED:
            # From just before, so that a stretch that began earlier is known for what it is; and
            # on past the last day, so that one that begins there is told to its end.
            until = min(first + days * DAY_US, _LAST)
            spans = self.spans(first - 1, min(until + 2 * DAY_US, _LAST), (agent,))[agent]
            for start, end in spans:
                if first <= start < until:
                    return instant_of(start, after.tzinfo), instant_of(end, after.tzinfo)
        return None

    def spans(
        self, first: int, last: int, agents: Iterable[str] | None = None
    ) -> dict[str, list[Span]]:
        """``presence`` in microseconds since the epoch, for some agents or for all."""
        found: dict[str, list[Span]] = {
            agent.id: [] for agent in self.agents if agents is None or agent.id in agents
        }
        if first >= last:
            return found
        try:
            return self._spans(first, last, found)
        except (OverflowError, ValueError) as error:
            msg = "a roster knows nothing of the first and the last days of the calendar"
            raise RoutingError(msg) from error

    def _spans(self, first: int, last: int, found: dict[str, list[Span]]) -> dict[str, list[Span]]:
        runs = offsets(self._zone, first, last)
        walls = [(run.start + run.offset, run.end + run.offset) for run in runs]
        for agent, on_the_wall in self._on_the_wall(
            min(start for start, _end in walls), max(end for _start, end in walls), set(found)
        ).items():
            there = merged(on_the_wall)
            spans = merged(
                (start - run.offset, end - run.offset)
                for run, wall in zip(runs, walls, strict=True)
                for start, end in common(there, [wall])
            )
            found[agent] = without(spans, self._absent[agent])
        return found

    def _on_the_wall(self, start: int, end: int, agents: set[str]) -> dict[str, list[Span]]:
        """The agents' shifts that touch a stretch of the wall clock, read as if it were UTC."""
        first = date.fromordinal(start // DAY_US + EPOCH_ORDINAL) - _ONE_DAY
        last = date.fromordinal((end - 1) // DAY_US + EPOCH_ORDINAL)
        swaps = {(swap.on, swap.giver): swap.taker for swap in self.swaps}
        givers = {swap.giver for swap in self.swaps if first <= swap.on <= last}
        asked = agents | givers
        found: dict[str, list[Span]] = {}
        for shift, dates in self._begun(first, last):
            if shift.agent not in asked:
                continue
            opens, closes = shift.hours.opens_us, shift.hours.closes_us
            for day in dates:
                agent = swaps.get((day, shift.agent), shift.agent)
                if agent in agents:
                    midnight = (day.toordinal() - EPOCH_ORDINAL) * DAY_US
                    found.setdefault(agent, []).append((midnight + opens, midnight + closes))
        return found

    def _begun(self, first: date, last: date) -> Iterator[tuple[Shift, set[date]]]:
        """The shifts with the dates in a stretch on which they begin, swaps aside."""
        worked_out: dict[Recurrence, set[date]] = {}

        def dates_of(shift: Shift) -> set[date]:
            if shift.on not in worked_out:
                worked_out[shift.on] = shift.on.between(first, last)
            return worked_out[shift.on]

        of_rotas = frozenset(day for rota in self.rotas for day in rota.dates)
        for shift in self.shifts:
            dates = dates_of(shift) - of_rotas
            if dates:
                yield shift, dates
        for rota in self.rotas:
            own = {day for day in rota.dates if first <= day <= last}
            for shift in rota.shifts if own else ():
                dates = dates_of(shift) & own
                if dates:
                    yield shift, dates

    @cached_property
    def _zone(self) -> Any:
        return zone_of(self.zone)

    @cached_property
    def _absent(self) -> dict[str, list[Span]]:
        return {
            agent.id: merged((micros(one.start), micros(one.end)) for one in agent.leave)
            for agent in self.agents
        }
