"""Judging a whole log: every ticket replayed and assessed at one instant, nothing dropped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import define, field

from ticketrules.desk import Assessment, Desk
from ticketrules.errors import LogError
from ticketrules.tickets import instant, replay
from ticketrules.tickets.events import Event


def last_instant(tickets: Mapping[str, Sequence[Event]]) -> datetime:
    """The instant of the log's last event, in UTC.

    Raises:
        LogError: The log holds no events.
    """
    if not tickets:
        msg = "the log holds no events"
        raise LogError(msg)
    return max(events[-1].at for events in tickets.values())


@define
class Judgement:
    """Assesses the tickets of a log one by one, and counts what lies after the instant.

    Iterating yields an ``Assessment`` for each ticket that exists at ``as_of``, in the log's order;
    the counts below are complete when the iteration is.

    Args:
        desk: The policy put to work.
        tickets: Each ticket's events, in order.
        as_of: The instant at which everything is judged, aware; kept in UTC.
        progress: Called now and then with the share of tickets judged, from 0 to 1.

    Attributes:
        judged: Tickets assessed so far.
        not_yet: Tickets whose first event lies after ``as_of``.
        later_events: Events after ``as_of``, which no verdict looks at.
    """

    desk: Desk
    tickets: Mapping[str, Sequence[Event]]
    as_of: datetime = field(converter=instant)
    progress: Callable[[float], None] | None = None
    judged: int = field(init=False, default=0)
    not_yet: int = field(init=False, default=0)
    later_events: int = field(init=False, default=0)

    def __iter__(self) -> Iterator[Assessment]:
        self.judged = self.not_yet = self.later_events = 0
        total = len(self.tickets)
        for number, events in enumerate(self.tickets.values()):
            if self.progress is not None and number % 256 == 0:
                self.progress(number / total)
            if events[-1].at > self.as_of:
                known = [event for event in events if event.at <= self.as_of]
                self.later_events += len(events) - len(known)
                if not known:
                    self.not_yet += 1
                    continue
                events = known  # noqa: PLW2901  # the ticket as it stood then
            self.judged += 1
            yield self.desk.assess(replay(events), self.as_of)
        if self.progress is not None:
            self.progress(1.0)
