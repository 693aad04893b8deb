"""Time by holder: who had the ball through a ticket's life, and for how long.

Every instant of a life belongs to exactly one holder, so that the parts add up to the whole, in
service time and in calendar time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from ticketrules.sla.budgets import Timer
from ticketrules.tickets import WAITING, Status, Ticket
from ticketrules.tickets.lifecycle import QUIET, fold, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import Labelled, instant


class HeldBy(Labelled):
    """Who has the ball, and why; the first that fits, in the order of their names here."""

    RESOLVED = "resolved", "已解决"
    PLATFORM = "platform", "平台处理"
    REQUESTER_WAIT = "requester_wait", "客户等待回复"
    ON_HOLD = "on_hold", "等待客户"
    AGENT_WORK = "agent_work", "客服处理"


@frozen
class HeldTime:
    """An amount of time, counted in both ways.

    Attributes:
        service: In service time (3.1).
        calendar: In plain time, nights and holidays included.
    """

    service: timedelta
    calendar: timedelta

    def __add__(self, other: "HeldTime") -> "HeldTime":
        """Both ways added."""
        return HeldTime(self.service + other.service, self.calendar + other.calendar)


NOTHING: Final = HeldTime(timedelta(0), timedelta(0))
"""No time at all."""


@frozen
class HeldStretch:
    """A stretch ``[start, end)`` in which one holder had the ball.

    Attributes:
        start: When it began, in UTC.
        end: When another holder took over, the ticket was closed or one looked.
        holder: Who had the ball.
        by: The id of the event that began it.
        time: How long it is.
    """

    start: datetime
    end: datetime
    holder: HeldBy
    by: str
    time: HeldTime


@frozen(kw_only=True)
class HoldingTimes:
    """A ticket's life by holder.

    Attributes:
        ticket: The ticket's id.
        started_at: When its life began: its submission, in UTC.
        ended_at: When it was closed, or else the instant at which one looked.
        is_open: Whether it still lives.
        stretches: The stretches in order, none of them empty; each begins where the one before
            ends, unless the ticket was closed in between.
        requester_wait: The customer waited for an answer: an unanswered message (8.3).
        agent_work: The desk worked on it, the customer having been answered (5.2).
        on_hold: The desk waited for the customer (5.3, 5.4).
        platform: The platform had it (6.4).
        resolved: It was solved and not yet closed (5.5, 9.3).
    """

    ticket: str
    started_at: datetime
    ended_at: datetime
    is_open: bool
    stretches: tuple[HeldStretch, ...]
    requester_wait: HeldTime
    agent_work: HeldTime
    on_hold: HeldTime
    platform: HeldTime
    resolved: HeldTime

    @property
    def life(self) -> HeldTime:
        """All of it: the sum of the five."""
        return self.requester_wait + self.agent_work + self.on_hold + self.platform + self.resolved


def time_by_holder(ticket: Ticket, calendar: Timer, now: datetime) -> HoldingTimes | None:
    """Who had the ball through a ticket's life, up to an instant.

    While the platform holds it the time is the platform's, and while it is 已解决 nobody's but
    that status's. Otherwise, as long as a message of the customer's is unanswered, the customer
    waits, whatever the status: 待反馈 entered over a question does not make the wait the
    customer's own. The rest is the customer's turn in a waiting status, and the desk's in others.

    Args:
        ticket: The ticket; what happened to it after ``now`` is left aside.
        calendar: The service calendar, for service time.
        now: The instant, aware.

    Returns:
        The times; ``None`` where the ticket does not exist yet at ``now``.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
    """
    now = instant(now)
    then = rewind(ticket, now)
    if then is None:
        return None
    stretches = tuple(_stretches(then, calendar, now))
    total = dict.fromkeys(HeldBy, NOTHING)
    for one in stretches:
        total[one.holder] += one.time
    is_open = then.status is not Status.CLOSED
    return HoldingTimes(
        ticket=then.id,
        started_at=then.opened_at,
        ended_at=now if is_open else then.status_since,
        is_open=is_open,
        stretches=stretches,
        **{holder.value: time for holder, time in total.items()},
    )


def _stretches(ticket: Ticket, calendar: Timer, now: datetime) -> Iterator[HeldStretch]:
    """The stretches, cut wherever the holder changes and time passes between the changes."""
    cuts: list[tuple[datetime, HeldBy | None, str]] = []
    draft: Draft | None = None
    for event in ticket.history:
        if draft is not None and type(event) in QUIET:
            continue
        draft = fold(draft, event)
        holder = _holder(draft)
        if cuts and cuts[-1][1] is holder:
            continue
        if cuts and cuts[-1][0] == event.at:  # nobody holds a ticket for no time
            cuts.pop()
        if not cuts or cuts[-1][1] is not holder:
            cuts.append((event.at, holder, event.id))
    ends = [at for at, _holder, _by in cuts[1:]] + [now]
    for (start, holder, by), end in zip(cuts, ends, strict=True):
        if holder is not None and start < end:
            time = HeldTime(calendar.elapsed(start, end), end - start)
            yield HeldStretch(start, end, holder, by, time)


def _holder(ticket: Draft) -> HeldBy | None:
    """Who has the ball after an event; nobody once it is closed (5)."""
    if ticket.status is Status.CLOSED:
        return None
    if ticket.status is Status.RESOLVED:
        return HeldBy.RESOLVED
    if ticket.with_platform_since is not None:
        return HeldBy.PLATFORM
    if ticket.unanswered_since is not None:
        return HeldBy.REQUESTER_WAIT
    return HeldBy.ON_HOLD if ticket.status in WAITING else HeldBy.AGENT_WORK
