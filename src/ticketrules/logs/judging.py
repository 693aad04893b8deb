"""Judging a whole log: every ticket replayed and assessed at one instant, nothing dropped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import define, field, frozen

from ticketrules.assessment import Assessment
from ticketrules.calendar import ServiceCalendar
from ticketrules.desk import Desk
from ticketrules.errors import CalendarError, LogError, UnannouncedError
from ticketrules.tickets import instant, replay
from ticketrules.tickets.events import Event

_BEYOND: Final = (UnannouncedError, CalendarError, OverflowError)
"""What reckoning with days that nobody knows may raise."""


@frozen
class Unjudged:
    """A ticket that could not be judged.

    Attributes:
        ticket: The ticket's id.
        reason: Why: which day its judging needs that the desk's calendar does not know.
    """

    ticket: str
    reason: str

    def __str__(self) -> str:
        return f"ticket {self.ticket}: not judged: {self.reason}"


def last_instant(
    tickets: Mapping[str, Sequence[Event]], calendar: ServiceCalendar | None = None
) -> datetime:
    """The instant of the log's last event, in UTC.

    Args:
        tickets: Each ticket's events, in order.
        calendar: Tickets that end on a day that it does not know are passed over, lest one odd
            date leave every open ticket unjudged; unless all of them do.

    Raises:
        LogError: The log holds no events.
    """
    if not tickets:
        msg = "the log holds no events"
        raise LogError(msg)
    ends = {events[-1].at for events in tickets.values()}
    last = max(ends)
    if calendar is None or _unknown(calendar, last) is None:
        return last
    return next((at for at in sorted(ends, reverse=True) if _unknown(calendar, at) is None), last)


def _unknown(calendar: ServiceCalendar, at: datetime) -> str | None:
    """Why a calendar cannot reckon with an instant; nothing if it can."""
    try:
        calendar.is_open(at)
    except _BEYOND as error:
        return str(error)
    return None


@define
class Judgement:
    """Assesses the tickets of a log one by one, and counts what lies after the instant.

    Iterating yields an ``Assessment`` for each ticket that exists at ``as_of``, in the log's order;
    the counts below are complete when the iteration is, and ``judged``, ``not_yet`` and the number
    of ``unjudged`` then add up to the tickets.

    Args:
        desk: The policy put to work.
        tickets: Each ticket's events, in order.
        as_of: The instant at which everything is judged, aware; kept in UTC.
        progress: Called now and then with the share of tickets judged, from 0 to 1.
        whole: Whether ``as_of`` is meant to be the end of the log: a ticket that goes on after it
            is then unjudged, where it would otherwise be judged as it stood.

    Attributes:
        judged: Tickets assessed so far.
        not_yet: Tickets whose first event lies after ``as_of``.
        unjudged: Tickets whose judging needs days that the desk's calendar does not know.
        later_events: Events after ``as_of``, which no verdict looks at.
    """

    desk: Desk
    tickets: Mapping[str, Sequence[Event]]
    as_of: datetime = field(converter=instant)
    progress: Callable[[float], None] | None = None
    whole: bool = field(default=False, kw_only=True)
    judged: int = field(init=False, default=0)
    not_yet: int = field(init=False, default=0)
    unjudged: list[Unjudged] = field(init=False, factory=list)
    later_events: int = field(init=False, default=0)

    def __iter__(self) -> Iterator[Assessment]:
        self.judged = self.not_yet = self.later_events = 0
        self.unjudged = []
        total = len(self.tickets)
        for number, events in enumerate(self.tickets.values()):
            if self.progress is not None and number % 256 == 0:
                self.progress(number / total)
            if events[-1].at > self.as_of:
                if self.whole:
                    self._leave(events, _unknown(self.desk.calendar, events[-1].at))
                    continue
                known = [event for event in events if event.at <= self.as_of]
                self.later_events += len(events) - len(known)
                if not known:
                    self.not_yet += 1
                    continue
                events = known  # noqa: PLW2901  # the ticket as it stood then
            try:
                assessment = self.desk.assess(replay(events), self.as_of)
            except _BEYOND as error:
                self._leave(events, str(error))
                continue
            self.judged += 1
            yield assessment
        if self.progress is not None:
            self.progress(1.0)

    def _leave(self, events: Sequence[Event], reason: str | None) -> None:
        why = reason or f"it goes on until {events[-1].at.isoformat()}"
        self.unjudged.append(Unjudged(events[0].ticket, why))
