"""What people do with a ticket, and how long it takes them; given, or read off a history."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from attrs import Attribute, field, frozen, validators

from ticketrules.desk import Desk
from ticketrules.errors import SimulationError
from ticketrules.simulation.amounts import Amount, Fixed, empirical, is_amount
from ticketrules.sla import HeldBy, time_by_holder
from ticketrules.tickets import Ticket, events


def _some(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, timedelta) or value <= timedelta(0):
        msg = f"{attribute.name} must be an amount of time above nothing, not {value!r}"
        raise SimulationError(msg)


def _share(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        msg = f"{attribute.name} must be a share from 0 to 1, not {value!r}"
        raise SimulationError(msg)


@frozen(kw_only=True)
class Handling:
    """How long agents work on a ticket, in time on duty.

    Attributes:
        answering: On an answer to a submission or to a later message.
        solving: On the solution, after the first answer; ``None`` where that answer solves it.
        look_again: After so much work on a solution, an agent looks at what comes first now. A
            promised time (8.2) is told after the first such stretch.
        promises: So much service time after it the solution is promised.

    Raises:
        SimulationError: A value that cannot be; the message names it.
    """

    answering: Amount = field(validator=is_amount)
    solving: Amount | None = field(default=None, validator=validators.optional(is_amount))
    look_again: timedelta = field(default=timedelta(minutes=20), validator=_some)
    promises: timedelta = field(default=timedelta(hours=8), validator=_some)

    @classmethod
    def from_history(
        cls,
        tickets: Iterable[Ticket],
        desk: Desk,
        *,
        answering: Amount,
        worked: float,
        look_again: timedelta = timedelta(minutes=20),
        promises: timedelta = timedelta(hours=8),
    ) -> "Handling":
        """Work on solutions as a history shows it.

        That is a share of the service time for which the desk had the ball, from the first answer
        until the solution was told. What a log cannot show has to be said: how long an answer
        takes, and how much of the time that a ticket lay on the desk somebody bent over it.

        Args:
            tickets: The tickets.
            desk: Whose service time counts.
            answering: See the class.
            worked: That share, above 0 and up to 1.
            look_again: See the class.
            promises: See the class.

        Raises:
            SimulationError: The history shows no solution, or ``worked`` is no share.
        """
        if not 0 < worked <= 1:
            msg = f"worked must be a share above 0, up to 1, not {worked!r}"
            raise SimulationError(msg)
        solutions = (amount for ticket in tickets for amount in _solved(ticket, desk))
        return cls(
            answering=answering,
            solving=empirical(solutions, "solution").times(worked),
            look_again=look_again,
            promises=promises,
        )


@frozen(kw_only=True)
class Customers:
    """What customers do.

    Attributes:
        needs_feedback: The share of tickets that need something of the customer after the first
            look (5.3).
        rejects: The share of proposed solutions that are rejected.
        confirms: The share of them that are confirmed; the rest lapse (9.3).
        stops_business: The share of tickets that stop the customer's business (7.1).
        replying: How long customers take to reply, confirm or reject, nights and holidays
            included.

    Raises:
        SimulationError: A share outside 0 and 1, or more than all rejected and confirmed.
    """

    needs_feedback: float = field(default=0.0, validator=_share)
    rejects: float = field(default=0.0, validator=_share)
    confirms: float = field(default=0.0, validator=_share)
    stops_business: float = field(default=0.0, validator=_share)
    replying: Amount = field(default=Fixed(timedelta(hours=2)), validator=is_amount)

    def __attrs_post_init__(self) -> None:
        if self.rejects + self.confirms > 1:
            msg = (
                f"rejects ({self.rejects}) and confirms ({self.confirms}) must not make more"
                " than all solutions"
            )
            raise SimulationError(msg)

    @classmethod
    def from_history(cls, tickets: Iterable[Ticket]) -> "Customers":
        """What a history's customers did.

        Raises:
            SimulationError: The history is empty, or no customer in it ever replied.
        """
        count = asked = stopping = proposed = rejected = confirmed = 0
        replies: list[timedelta] = []
        for ticket in tickets:
            count += 1
            kinds = [type(event) for event in ticket.history]
            asked += events.FeedbackRequested in kinds
            stopping += ticket.business_stopping_at is not None
            proposed += kinds.count(events.SolutionProposed)
            rejected += kinds.count(events.Rejected)
            confirmed += kinds.count(events.Confirmed)
            replies += _replies(ticket)
        if not count:
            msg = "the history holds no tickets to go by"
            raise SimulationError(msg)
        solutions = max(proposed, rejected + confirmed, 1)
        return cls(
            needs_feedback=asked / count,
            rejects=rejected / solutions,
            confirms=confirmed / solutions,
            stops_business=stopping / count,
            replying=empirical(replies, "reply of a customer"),
        )


def _solved(ticket: Ticket, desk: Desk) -> Iterator[timedelta]:
    """How long the desk had the ball from the first answer to the first solution."""
    told = (events.SolutionProposed, events.Resolved)
    solved = next((one.at for one in ticket.history if isinstance(one, told)), None)
    first = ticket.first_answered_at
    if solved is None or first is None or solved < first:
        return
    times = time_by_holder(ticket, desk.calendar, solved)
    stretches = () if times is None else times.stretches
    yield sum(
        (
            desk.calendar.elapsed(max(one.start, first), one.end)
            for one in stretches
            if one.holder in {HeldBy.AGENT_WORK, HeldBy.REQUESTER_WAIT} and one.end > first
        ),
        timedelta(0),
    )


def _replies(ticket: Ticket) -> Iterator[timedelta]:
    """How long the customer took each time that the ball was theirs."""
    since: datetime | None = None
    for event in ticket.history:
        if isinstance(event, events.FeedbackRequested | events.SolutionProposed):
            since = event.at
        elif isinstance(event, events.CustomerWrote | events.Confirmed | events.Rejected):
            if since is not None:
                yield event.at - since
            since = None
