"""Rosters as iCalendar files (RFC 5545), through the ``icalendar`` library: an extra.

A shift is a ``VEVENT`` of the category ``SHIFT``, and a leave one of ``LEAVE``. Whose it is stands
in ``X-TICKETRULES-AGENT``; in files from elsewhere, in a summary or an attendee that the host maps
to an agent. Skills and capacities have no place in such files: the host gives its agents.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from ticketrules.calendar import Window
from ticketrules.calendar.windows import DAY_US
from ticketrules.clauses import Text
from ticketrules.errors import CalendarError, RoutingError
from ticketrules.routing.agents import Agent, Leave, by_id, zone_of
from ticketrules.routing.recurrence import Recurrence, recurrence
from ticketrules.routing.roster import Roster, Shift
from ticketrules.tickets import instant

_MAKER: Final = "-//ticketrules//roster//EN"
_AGENT: Final = "X-TICKETRULES-AGENT"
_ZH: Final = "X-TICKETRULES-ZH"
_SHIFT, _LEAVE = "SHIFT", "LEAVE"
_NAMED: Final = frozenset({"VEVENT", "VTIMEZONE"})
_MICROSECOND: Final = timedelta(microseconds=1)


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
        _head(event, f"shift-{number}", now, _SHIFT, summary=called, agent=shift.agent)
        _write_dates(event, shift, zone)
        made.add_component(event)
    absences = [(agent, leave) for agent in roster.agents for leave in agent.leave]
    for number, (agent, leave) in enumerate(absences, 1):
        event = icalendar.Event()
        _head(event, f"leave-{number}", now, _LEAVE, summary=leave.why.en, agent=agent.id)
        event.add("DTSTART", leave.start)
        event.add("DTEND", leave.end)
        event.add(_ZH, leave.why.zh)
        made.add_component(event)
    made.add_missing_timezones()
    text: str = made.to_ical().decode("utf-8")
    return text


def flat_shifts(roster: Roster) -> tuple[Shift, ...]:
    """The roster's shifts with its rotas and swaps worked into their dates, each shift once."""
    of_rotas = [day for rota in roster.rotas for day in rota.dates]
    found: list[Shift] = []
    for shift in roster.shifts:
        found += _swapped(roster, shift, _without(shift.on, of_rotas))
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
    rest = _without(on, takers)
    if rest.rules or rest.dates:
        yield evolve(shift, on=rest)
    for day, taker in sorted(takers.items()):
        yield evolve(shift, agent=taker, on=Recurrence(dates=[day]))


def _without(on: Recurrence, days: Iterable[date]) -> Recurrence:
    gone = {day for day in days if on.between(day, day)}
    excepted = gone.difference(on.dates) if not on.rules else gone
    return evolve(
        on,
        dates=[day for day in on.dates if day not in gone],
        except_dates=[*on.except_dates, *excepted],
    )


def _head(event: Any, uid: str, now: datetime, category: str, *, summary: str, agent: str) -> None:
    event.add("UID", f"{uid}@ticketrules")
    event.add("DTSTAMP", now)
    event.add("SUMMARY", summary)
    event.add("CATEGORIES", [category])
    event.add(_AGENT, agent)


def _write_dates(event: Any, shift: Shift, zone: ZoneInfo) -> None:
    import icalendar  # noqa: PLC0415 - an extra, loaded when it is first needed

    hours, on = shift.hours, shift.on
    if hours.opens_us % 1_000_000 or hours.closes_us % 1_000_000:
        msg = f"shift {hours} of {shift.agent!r}: such a file has no fractions of a second"
        raise RoutingError(msg)

    def wall(day: date, micro: int) -> datetime:
        days, within = divmod(micro, DAY_US)
        naive = datetime.combine(day, time()) + timedelta(days=days, microseconds=within)
        return naive.replace(tzinfo=zone)

    dates = list(on.dates)
    first = on.since if on.rules and on.since is not None else dates.pop(0)
    if on.rules and not evolve(on, dates=(), except_dates=()).between(first, first):
        msg = f"shift {hours} of {shift.agent!r}: {first} is a date of none of its rules"
        raise RoutingError(msg)
    event.add("DTSTART", wall(first, hours.opens_us))
    event.add("DTEND", wall(first, hours.closes_us))
    for rule in on.rules:
        parts = dict(part.split("=") for part in rule.split(";"))
        if "UNTIL" in parts:
            last = datetime.strptime(parts["UNTIL"], "%Y%m%d").date()  # noqa: DTZ007
            until = wall(last, hours.opens_us).astimezone(UTC)
            parts["UNTIL"] = f"{until:%Y%m%dT%H%M%SZ}"
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        event.add("RRULE", icalendar.vRecur.from_ical(text))
    if dates:
        event.add("RDATE", [wall(day, hours.opens_us) for day in dates])
    if on.except_dates:
        event.add("EXDATE", [wall(day, hours.opens_us) for day in on.except_dates])
    if shift.name:
        event.add("X-TICKETRULES-NAME", shift.name)


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
    entries = [_Entry(event, home, people) for event in made.walk("VEVENT")]
    return _roster(entries, agents, name)


def _roster(entries: list["_Entry"], agents: Iterable[Agent] | None, zone: str) -> Roster:
    moved: dict[str, set[date]] = {}
    for entry in entries:
        if entry.replaces is not None:
            moved.setdefault(entry.uid, set()).add(entry.replaces)
    alive = [entry for entry in entries if not entry.is_cancelled]
    shifts = [shift for entry in alive if entry.kind == _SHIFT for shift in entry.shifts(moved)]
    leave: dict[str, list[Leave]] = {}
    for entry in alive:
        if entry.kind == _LEAVE:
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


@frozen
class _Entry:
    """A ``VEVENT``, and what is asked of it."""

    event: Any
    home: ZoneInfo
    people: Mapping[str, str] = field(repr=False)

    def __attrs_post_init__(self) -> None:
        for name, problem in self.event.errors:
            self.fail(f"{name}: {problem}")

    def fail(self, expected: str) -> NoReturn:
        """Say that the entry cannot be read."""
        msg = f"VEVENT {self.uid or 'without a UID'}: {expected}"
        raise RoutingError(msg)

    @property
    def uid(self) -> str:
        return str(self.event.get("UID", ""))

    @property
    def is_cancelled(self) -> bool:
        return str(self.event.get("STATUS", "")).upper() == "CANCELLED"

    @property
    def agent(self) -> str:
        own = str(self.event.get(_AGENT, ""))
        if own:
            return own
        attendees = self._several("ATTENDEE")
        for text in (str(self.event.get("SUMMARY", "")), *map(str, attendees)):
            for key in (text, text.lower().removeprefix("mailto:")):
                if key in self.people:
                    return self.people[key]
        return self.fail(f"whose it is: {_AGENT}, or a summary or attendee that `people` knows")

    @property
    def kind(self) -> str:
        groups = self._several("CATEGORIES")
        names = {str(one).upper() for group in groups for one in getattr(group, "cats", [group])}
        return _LEAVE if _LEAVE in names else _SHIFT

    @property
    def replaces(self) -> date | None:
        """The date of another entry that this one takes the place of."""
        if "RECURRENCE-ID" not in self.event:
            return None
        given = self._only("RECURRENCE-ID")
        at = given.dt
        return self._wall(at, given).date() if isinstance(at, datetime) else at

    def leave(self) -> Leave:
        """The leave that it is."""
        start, end = (
            at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else self._local(at)
            for at in self._bounds()
        )
        for name in ("RRULE", "RDATE"):
            if name in self.event:
                self.fail(f"{name}: a leave is one stretch")
        why = Text(str(self.event.get("SUMMARY", "")), str(self.event.get(_ZH, "")))
        if _ZH not in self.event:
            why = Text(why.en, why.en)
        try:
            return Leave(start, end, why)
        except RoutingError as error:
            self.fail(str(error))

    def shifts(self, moved: Mapping[str, set[date]]) -> Iterator[Shift]:
        """The shift that it is; none where all of its dates went elsewhere."""
        first, last = self._bounds()
        if not isinstance(first, datetime) or not isinstance(last, datetime):
            self.fail("an all-day entry is no shift; leave has CATEGORIES:LEAVE")
        start, end = self._wall(first, self._only("DTSTART")), self._wall(last, None)
        if end <= start:
            self.fail("DTEND: it ends before it starts")
        opens = (start - datetime.combine(start.date(), time())) // _MICROSECOND
        try:
            hours = Window(opens, opens + (end - start) // _MICROSECOND)
        except CalendarError:
            self.fail("DTEND: a shift lasts at most 24 hours")
        on = self._dates(start)
        if self.replaces is None:
            on = _without(on, moved.get(self.uid, ()))
        if on.rules or on.dates:
            name = str(self.event.get("X-TICKETRULES-NAME", ""))
            yield Shift(agent=self.agent, hours=hours, on=on, name=name)

    def _dates(self, start: datetime) -> Recurrence:
        rules = self._several("RRULE")
        more = [self._start(one, start, "RDATE") for one in self._dates_of("RDATE")]
        fewer = [self._start(one, start, "EXDATE") for one in self._dates_of("EXDATE")]
        if not rules:
            gone = set(fewer)
            return Recurrence(dates=[day for day in (start.date(), *more) if day not in gone])
        self._same_zone()
        lines = [f"DTSTART:{start:%Y%m%dT%H%M%S}"]
        lines += [f"RRULE:{self._local_until(rule.to_ical().decode())}" for rule in rules]
        try:
            found = recurrence("\n".join(lines))
        except RoutingError as error:
            self.fail(f"RRULE: {error}")
        if not found.between(start.date(), start.date()):
            self.fail("DTSTART: it is no date of its RRULE, which RFC 5545 leaves open")
        return evolve(found, dates=more, except_dates=fewer)

    def _same_zone(self) -> None:
        """A rule follows the wall clock of its own zone, which must be the roster's."""
        given = self._only("DTSTART")
        zone = getattr(given.dt.tzinfo, "key", str(given.dt.tzinfo))
        if given.dt.tzinfo is not None and zone != self.home.key:
            self.fail(f"DTSTART: a rule in {zone} cannot be one in {self.home.key}")

    def _local_until(self, rule: str) -> str:
        if not all("=" in part for part in rule.split(";")):
            self.fail("RRULE: parts such as FREQ=WEEKLY are meant")
        parts = dict(part.split("=", 1) for part in rule.split(";"))
        until = parts.get("UNTIL", "")
        if until.endswith("Z"):
            at = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            parts["UNTIL"] = f"{at.astimezone(self.home):%Y%m%dT%H%M%S}"
        return ";".join(f"{key}={value}" for key, value in parts.items())

    def _start(self, at: Any, start: datetime, name: str) -> date:
        if not isinstance(at, datetime):
            return at if isinstance(at, date) else self.fail(f"{name}: a date or a time is meant")
        wall = self._wall(at, None)
        if wall.time() != start.time():
            self.fail(f"{name}: {wall.isoformat()} is no start of this shift")
        return wall.date()

    def _bounds(self) -> tuple[Any, Any]:
        if "DTSTART" not in self.event:
            self.fail("DTSTART is missing")
        start = self._only("DTSTART").dt
        if "DTEND" in self.event:
            end = self._only("DTEND").dt
        elif "DURATION" in self.event:
            end = start + self._only("DURATION").dt
        elif isinstance(start, datetime):
            self.fail("DTEND or DURATION is missing")
        else:
            end = start + timedelta(days=1)
        if isinstance(start, datetime) is not isinstance(end, datetime):
            self.fail("DTEND: a date and a time are mixed")
        return start, end

    def _wall(self, at: datetime, given: Any) -> datetime:
        """A time on the wall of the roster's zone; one without a zone is on it already."""
        if at.tzinfo is None:
            zone = getattr(given, "params", {}).get("TZID")
            if zone:
                self.fail(f"TZID: {zone!r} is no time zone")
            return at
        if getattr(at.tzinfo, "key", "") == self.home.key:
            return at.replace(tzinfo=None)  # also an hour that a clock change skips
        return at.astimezone(self.home).replace(tzinfo=None)

    def _local(self, at: date) -> datetime:
        """A date's midnight, or a time without a zone, in the roster's."""
        naive = at if isinstance(at, datetime) else datetime.combine(at, time())
        return naive.replace(tzinfo=self.home)

    def _only(self, name: str) -> Any:
        """A property that an entry has once, with its date, time or duration."""
        given = self.event[name]
        if not hasattr(given, "dt"):
            self.fail(f"{name}: it stands twice, or is no date or time")
        return given

    def _several(self, name: str) -> list[Any]:
        given = self.event.get(name, [])
        return given if isinstance(given, list) else [given]

    def _dates_of(self, name: str) -> Iterator[Any]:
        for group in self._several(name):
            for one in group.dts:
                if isinstance(one.dt, tuple):
                    self.fail(f"{name}: a period is no date of a shift")
                yield one.dt


def _brief(error: Exception) -> str:
    """The first line of an error's message, without the file's contents."""
    return str(error).partition(":")[0].partition("\n")[0] or type(error).__name__
