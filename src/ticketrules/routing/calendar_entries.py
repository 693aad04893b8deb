"""One entry of an iCalendar file (RFC 5545): whose shift or leave it is, and when.

A shift is a ``VEVENT`` of the category ``SHIFT``, and a leave one of ``LEAVE``. Whose it is stands
in ``X-TICKETRULES-AGENT``; in files from elsewhere, in a summary or an attendee that the host maps
to an agent.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from ticketrules.clauses import Text
from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Leave
from ticketrules.routing.recurrence import Recurrence, parts_of, recurrence, rule_of
from ticketrules.routing.roster import Shift

AGENT: Final = "X-TICKETRULES-AGENT"
"""Whose it is."""

NAME: Final = "X-TICKETRULES-NAME"
"""What the roster calls a shift."""

ZH: Final = "X-TICKETRULES-ZH"
"""Why somebody is on leave, in Chinese; the summary says it in English."""

SHIFT, LEAVE = "SHIFT", "LEAVE"

_ONCE: Final = (
    "UID", "STATUS", "SUMMARY", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", AGENT, NAME, ZH
)  # fmt: skip
_ONE_DAY: Final = timedelta(days=1)
_YEARS: Final = range(2, 9999)
"""In the first and the last year some zone's wall is off the calendar."""


@frozen
class Entry:
    """A ``VEVENT``, and what is asked of it.

    Attributes:
        event: The entry as the ``icalendar`` library reads it.
        home: The roster's zone.
        people: By summary or attendee's address, the agent's id.

    Raises:
        RoutingError: It cannot be read, now or when it is asked; the message names its ``UID`` and
            the property.
    """

    event: Any
    home: ZoneInfo
    people: Mapping[str, str] = field(repr=False)

    def __attrs_post_init__(self) -> None:
        for name, problem in self.event.errors:
            self.fail(f"{name}: {problem}")
        for name in _ONCE:
            if len(self._several(name)) > 1:
                self.fail(f"{name}: it stands twice")

    def fail(self, expected: str) -> NoReturn:
        """Say that the entry cannot be read."""
        msg = f"VEVENT {self.uid or 'without a UID'}: {expected}"
        raise RoutingError(msg)

    @property
    def uid(self) -> str:
        """What tells it from other entries; entries that move its dates share it."""
        return self._text("UID")

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self._text("STATUS").upper() == "CANCELLED"

    @property
    def is_leave(self) -> bool:
        """Whether it is a leave; it is a shift otherwise."""
        groups = self._several("CATEGORIES")
        if not all(hasattr(group, "cats") for group in groups):
            self.fail("CATEGORIES: names are meant, without a VALUE")
        return LEAVE in {str(name).upper() for group in groups for name in group.cats}

    @property
    def agent(self) -> str:
        """The id of the agent whose it is."""
        own = self._text(AGENT).strip()
        if own:
            return own
        for text in (self._text("SUMMARY"), *map(str, self._several("ATTENDEE"))):
            for key in (text, text.lower().removeprefix("mailto:")):
                if key in self.people:
                    return self.people[key]
        return self.fail(f"whose it is: {AGENT}, or a summary or attendee that `people` knows")

    @property
    def replaces(self) -> date | None:
        """The date of another entry that this one takes the place of."""
        if "RECURRENCE-ID" not in self.event:
            return None
        if "RANGE" in self.event["RECURRENCE-ID"].params:
            self.fail("RECURRENCE-ID: it moves one date; RANGE is not read")
        at = self._moment("RECURRENCE-ID")
        return self._wall(at).date() if isinstance(at, datetime) else at

    def leave(self) -> Leave:
        """The leave that it is."""
        for name in ("RRULE", "RDATE"):
            if name in self.event:
                self.fail(f"{name}: a leave is one stretch")
        start, end = (self._instant(at) for at in self._bounds())
        en = self._text("SUMMARY")
        try:
            return Leave(start, end, Text(en, self._text(ZH) if ZH in self.event else en))
        except RoutingError as error:
            self.fail(str(error))

    def shifts(self, moved: Mapping[str, set[date]]) -> Iterator[Shift]:
        """The shift that it is; none where all of its dates went elsewhere.

        Args:
            moved: By ``uid``, the dates of which other entries take the place.
        """
        first, last = self._bounds()
        if not isinstance(first, datetime) or not isinstance(last, datetime):
            self.fail("an all-day entry is no shift; leave has CATEGORIES:LEAVE")
        agent, start = self.agent, self._wall(first)
        try:
            shift = Shift.between(agent, start, self._wall(last), self._text(NAME))
        except RoutingError as error:
            self.fail(str(error))
        on = self._dates(start)
        if self.replaces is None:
            on = on.without(moved.get(self.uid, ()))
        if on.rules or on.dates:
            yield evolve(shift, on=on)

    def _dates(self, start: datetime) -> Recurrence:
        """The dates on which a shift begins, the first of which has this start on the wall."""
        rules = self._several("RRULE")
        more, fewer = (list(self._starts(name, start)) for name in ("RDATE", "EXDATE"))
        if not rules:
            return Recurrence(dates=[start.date(), *more]).without(fewer)
        zone = self._moment("DTSTART").tzinfo  # type: ignore[attr-defined]  # a shift has a time
        if zone is not None and str(zone) != self.home.key:
            # A rule follows the wall clock of its own zone.
            self.fail(f"DTSTART: a rule in {zone} cannot be one in {self.home.key}")
        lines = [f"DTSTART:{start:%Y%m%dT%H%M%S}"]
        try:
            lines += [f"RRULE:{self._local_rule(rule.to_ical().decode())}" for rule in rules]
            found = recurrence("\n".join(lines))
        except (RoutingError, ValueError) as error:
            self.fail(f"RRULE: {error}")
        if not found.between(start.date(), start.date()):
            self.fail("DTSTART: it is no date of its RRULE, which RFC 5545 leaves open")
        return evolve(found, dates=more, except_dates=fewer)

    def _local_rule(self, rule: str) -> str:
        """A rule whose end, where it is an instant, is told on the roster's wall."""
        parts = parts_of(rule)
        until = parts.get("UNTIL", "")
        if until.endswith("Z"):
            at = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            try:
                parts["UNTIL"] = f"{self._wall(at):%Y%m%dT%H%M%S}"
            except OverflowError:  # past the last day of the calendar: some write "for ever" so
                del parts["UNTIL"]
        return rule_of(parts)

    def _starts(self, name: str, start: datetime) -> Iterator[date]:
        """The dates of ``RDATE`` or ``EXDATE``; a time among them is the shift's own start."""
        for group in self._several(name):
            for one in group.dts:
                if isinstance(one.dt, tuple):
                    self.fail(f"{name}: a period is no date of a shift")
                at = self._read(name, one.dt, group.params)
                if isinstance(at, datetime):
                    at = self._wall(at)
                    if at.time() != start.time():
                        self.fail(f"{name}: {at.isoformat()} is no start of this shift")
                    at = at.date()
                yield at

    def _bounds(self) -> tuple[date, date]:
        """When it begins and ends: two times, or two dates, the second not part of it."""
        if "DTSTART" not in self.event:
            self.fail("DTSTART is missing")
        start = self._moment("DTSTART")
        if "DTEND" in self.event:
            end = self._moment("DTEND")
        elif "DURATION" in self.event or not isinstance(start, datetime):
            end = self._later(start)
        else:
            self.fail("DTEND or DURATION is missing")
        if isinstance(start, datetime) is not isinstance(end, datetime):
            self.fail("DTEND: a date and a time are mixed")
        return start, end

    def _later(self, start: date) -> date:
        """The end that ``DURATION`` tells; that of the day without it."""
        length = self._value("DURATION") if "DURATION" in self.event else _ONE_DAY
        if not isinstance(length, timedelta):
            self.fail("DURATION: a length such as PT9H is meant")
        try:
            end = start + length
        except OverflowError:
            self.fail("DURATION: the calendar ends before it does")
        return self._read("DURATION", end, {})

    def _moment(self, name: str) -> date:
        """The date or the time of a property that an entry has once."""
        return self._read(name, self._value(name), self.event[name].params)

    def _value(self, name: str) -> object:
        return getattr(self.event[name], "dt", None)

    def _read(self, name: str, at: object, params: Mapping[str, str]) -> date:
        if not isinstance(at, date):
            self.fail(f"{name}: a date or a time is meant")
        if at.year not in _YEARS:
            self.fail(f"{name}: a year from {_YEARS[0]} to {_YEARS[-1]} is meant, not {at.year}")
        if isinstance(at, datetime) and at.tzinfo is None and "TZID" in params:
            self.fail(f"{name}: {params['TZID']!r} is no time zone")
        return at

    def _wall(self, at: datetime) -> datetime:
        """A time on the wall of the roster's zone; one without a zone is on it already."""
        if at.tzinfo is None or str(at.tzinfo) == self.home.key:
            return at.replace(tzinfo=None)  # also an hour that a clock change skips
        return at.astimezone(self.home).replace(tzinfo=None)

    def _instant(self, at: date) -> datetime:
        """An instant; a date is its midnight, and a time without a zone is the roster's."""
        if not isinstance(at, datetime):
            at = datetime.combine(at, time())
        return at if at.tzinfo is not None else at.replace(tzinfo=self.home)

    def _text(self, name: str) -> str:
        """The text of a property that an entry has at most once."""
        return str(next(iter(self._several(name)), ""))

    def _several(self, name: str) -> list[Any]:
        given = self.event.get(name, [])
        return given if isinstance(given, list) else [given]
