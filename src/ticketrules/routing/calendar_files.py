"""Rosters as iCalendar files (RFC 5545), through the ``icalendar`` library: an extra.

``calendar_entries`` tells what an entry of such a file is. Skills and capacities have no place in
one: the host gives its agents.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import evolve

from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Agent, Leave, by_id, zone_of
from ticketrules.routing.calendar_entries import AGENT, LEAVE, NAME, SHIFT, ZH, Entry
from ticketrules.routing.recurrence import Recurrence, parts_of, rule_of
from ticketrules.routing.roster import Roster, Shift
from ticketrules.tickets import instant

_MAKER: Final = "-//ticketrules//roster//EN"
_NAMED: Final = frozenset({"VEVENT", "VTIMEZONE"})


def write_icalendar(roster: Roster, now: datetime) -> str:
    """A roster as an iCalendar file; ``read_icalendar`` gives the same presence back.

    Rotas and swaps, which such files do not know, are written as the dates that they come to.

    Args:
        roster: The roster.
        now: When it is written, aware: every entry of such a file says so.

    Raises:
        ModuleNotFoundError: The extra ``icalendar`` is not installed.
        NaiveTimeError: ``now`` has no time zone.
        RoutingError: Hours with fractions of a second, or several rules whose first date is none
            of theirs; such files have no way to say it.
    """
    import icalendar  # noqa: PLC0415 - an extra, loaded when it is first needed

    now, zone = instant(now), zone_of(roster.zone)
    made = icalendar.Calendar()
    for name, value in (("PRODID", _MAKER), ("VERSION", "2.0"), ("X-WR-TIMEZONE", roster.zone)):
        made.add(name, value)
    for number, shift in enumerate(flat_shifts(roster), 1):
        event = icalendar.Event()
        called = shift.name or roster.agent(shift.agent).called
        _head(event, f"shift-{number}", now, SHIFT, summary=called, agent=shift.agent)
        _write_dates(event, shift, zone)
        made.add_component(event)
    absences = [(agent, leave) for agent in roster.agents for leave in agent.leave]
    for number, (agent, leave) in enumerate(absences, 1):
        event = icalendar.Event()
        _head(event, f"leave-{number}", now, LEAVE, summary=leave.why.en, agent=agent.id)
        event.add("DTSTART", leave.start)
        event.add("DTEND", leave.end)
        event.add(ZH, leave.why.zh)
        made.add_component(event)
    made.add_missing_timezones()
    text: str = made.to_ical().decode()
    return text


def flat_shifts(roster: Roster) -> tuple[Shift, ...]:
    """The roster's shifts with its rotas and swaps worked into their dates, each shift once."""
    of_rotas = [day for rota in roster.rotas for day in rota.dates]
    found: list[Shift] = []
    for shift in roster.shifts:
        found += _swapped(roster, shift, shift.on.without(of_rotas))
    for rota in roster.rotas:
        for shift in rota.shifts:
            days = shift.on.between(rota.dates[0], rota.dates[-1]).intersection(rota.dates)
            found += _swapped(roster, shift, Recurrence(dates=days))
    return tuple(dict.fromkeys(found))


def _swapped(roster: Roster, shift: Shift, on: Recurrence) -> Iterator[Shift]:
    takers = {
        swap.on: swap.taker
        for swap in roster.swaps
        if swap.giver == shift.agent and on.between(swap.on, swap.on)
    }
    rest = on.without(takers)
    if rest.rules or rest.dates:
        yield evolve(shift, on=rest)
    for day, taker in sorted(takers.items()):
        yield evolve(shift, agent=taker, on=Recurrence(dates=[day]))


def _head(event: Any, uid: str, now: datetime, category: str, *, summary: str, agent: str) -> None:
    event.add("UID", f"{uid}@ticketrules")
    event.add("DTSTAMP", now)
    event.add("SUMMARY", summary)
    event.add("CATEGORIES", [category])
    event.add(AGENT, agent)


def _write_dates(event: Any, shift: Shift, zone: ZoneInfo) -> None:
    import icalendar  # noqa: PLC0415 - an extra, loaded when it is first needed

    hours, on = shift.hours, shift.on
    if hours.opens_us % 1_000_000 or hours.closes_us % 1_000_000:
        msg = f"shift {hours} of {shift.agent!r}: such a file has no fractions of a second"
        raise RoutingError(msg)

    def wall(day: date, micro: int) -> datetime:
        naive = datetime.combine(day, time()) + timedelta(microseconds=micro)
        return naive.replace(tzinfo=zone)

    dates = list(on.dates)
    first = on.since if on.rules and on.since is not None else dates.pop(0)
    if on.rules and not evolve(on, dates=(), except_dates=()).between(first, first):
        msg = f"shift {hours} of {shift.agent!r}: {first} is a date of none of its rules"
        raise RoutingError(msg)
    event.add("DTSTART", wall(first, hours.opens_us))
    event.add("DTEND", wall(first, hours.closes_us))
    for rule in on.rules:
        parts = parts_of(rule)
        if "UNTIL" in parts:
            last = datetime.strptime(parts["UNTIL"], "%Y%m%d").date()  # noqa: DTZ007
            until = wall(last, hours.opens_us).astimezone(UTC)
            parts["UNTIL"] = f"{until:%Y%m%dT%H%M%SZ}"
        event.add("RRULE", icalendar.vRecur.from_ical(rule_of(parts)))
    if dates:
        event.add("RDATE", [wall(day, hours.opens_us) for day in dates])
    if on.except_dates:
        event.add("EXDATE", [wall(day, hours.opens_us) for day in on.except_dates])
    if shift.name:
        event.add(NAME, shift.name)


def read_icalendar(
    data: str | bytes,
    agents: Iterable[Agent] | None = None,
    *,
    zone: str | None = None,
    people: Mapping[str, str] = MappingProxyType({}),
) -> Roster:
    """A roster from an iCalendar file.

    Entries that are cancelled are left out, and one that moves a date of another takes its place.

    Args:
        data: The file.
        agents: The agents, whose leave the file adds to; made from the file if not given.
        zone: The roster's zone; the file's own (``X-WR-TIMEZONE``) if it is not given.
        people: For files from elsewhere: by summary or attendee's address, the agent's id.

    Raises:
        ModuleNotFoundError: The extra ``icalendar`` is not installed.
        RoutingError: No such file, or an entry that is no shift and no leave; the message names
            the component and its ``UID``, and what was expected.
    """
    import icalendar  # noqa: PLC0415 - an extra, loaded when it is first needed

    try:
        made = icalendar.Calendar.from_ical(data)
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        # What the parser raises hangs on what is wrong; a zone's name may even be too long a path.
        msg = f"no iCalendar file: {_brief(error)}"
        raise RoutingError(msg) from error
    if made.name != "VCALENDAR":
        msg = f"no iCalendar file: VCALENDAR is meant, not {made.name}"
        raise RoutingError(msg)
    name = zone or str(made.get("X-WR-TIMEZONE", ""))
    if not name:
        msg = "VCALENDAR: X-WR-TIMEZONE is missing; give the roster's zone"
        raise RoutingError(msg)
    home = zone_of(name)
    for component in made.subcomponents:
        if component.name not in _NAMED:
            msg = f"{component.name}: only a VEVENT is a shift or a leave"
            raise RoutingError(msg)
    entries = [Entry(event, home, people) for event in made.walk("VEVENT")]
    return _roster(entries, agents, name)


def _roster(entries: list[Entry], agents: Iterable[Agent] | None, zone: str) -> Roster:
    moved: dict[str, set[date]] = {}
    for entry in entries:
        if entry.replaces is not None:
            moved.setdefault(entry.uid, set()).add(entry.replaces)
    alive = [entry for entry in entries if not entry.is_cancelled]
    shifts = [shift for entry in alive if not entry.is_leave for shift in entry.shifts(moved)]
    leave: dict[str, list[Leave]] = {}
    for entry in alive:
        if entry.is_leave:
            leave.setdefault(entry.agent, []).append(entry.leave())
    if agents is None:
        known = {entry.agent: Agent(id=entry.agent) for entry in alive}
    else:
        given = tuple(agents)
        by_id(given)
        known = {agent.id: agent for agent in given}
    for entry in alive:
        if entry.agent not in known:
            entry.fail(f"there is no agent {entry.agent!r}")
    team = tuple(
        evolve(agent, leave=(*agent.leave, *leave.get(agent.id, ()))) for agent in known.values()
    )
    return Roster(agents=team, shifts=tuple(dict.fromkeys(shifts)), zone=zone)


def _brief(error: Exception) -> str:
    """The first line of an error's message, without the file's contents."""
    return str(error).partition(":")[0].partition("\n")[0] or type(error).__name__
