"""Whom to phone now, and under which clause (4.6, 7.1, 7.2, 7.3)."""

from collections.abc import Iterable
from datetime import datetime

from attrs import converters, field, frozen

from ticketrules.clauses import Reason
from ticketrules.routing.given import as_tuple, each, once
from ticketrules.routing.priority import Standing
from ticketrules.routing.settings import DEFAULTS, Routing
from ticketrules.tickets import instant


@frozen
class CallGround:
    """Something for which a customer has to be phoned.

    Attributes:
        reason: What it is, with the clause.
        since: When it came up; kept in UTC.
    """

    reason: Reason
    since: datetime = field(converter=instant)


@frozen(kw_only=True)
class CallCase:
    """A ticket with all that may ask for a call.

    Attributes:
        standing: Its place in the order of work (7).
        grounds: What asks for a call, settled by one or not.
        phoned_at: The latest call, in UTC; ``None`` where there was none (4.6).
    """

    standing: Standing
    grounds: tuple[CallGround, ...] = field(converter=as_tuple)
    phoned_at: datetime | None = field(default=None, converter=converters.optional(instant))


@frozen(kw_only=True)
class CallOwed:
    """A customer who has to be phoned now.

    Attributes:
        ticket: The ticket's id.
        grounds: What asks for the call and came up after the latest one, the oldest first.
    """

    ticket: str
    grounds: tuple[CallGround, ...]

    @property
    def since(self) -> datetime:
        """Since when the call is owed, in UTC."""
        return self.grounds[0].since

    def __str__(self) -> str:
        return f"{self.ticket}: " + "; ".join(str(one.reason) for one in self.grounds)


def phone_now(
    cases: Iterable[CallCase], now: datetime, settings: Routing = DEFAULTS
) -> tuple[CallOwed, ...]:
    """Whom to phone now, in the order of work (7); nobody who was phoned since.

    Args:
        cases: The tickets with what may ask for a call, in any order.
        now: The instant, aware; what comes up later is left aside.
        settings: The order of work.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        RoutingError: A ticket stands twice.
    """
    now = instant(now)
    several = list(each(cases, CallCase, "cases"))
    once(case.standing.ticket for case in several)
    found: list[CallOwed] = []
    for case in sorted(several, key=lambda one: one.standing.rank_under(settings)):
        called = case.phoned_at if case.phoned_at is not None and case.phoned_at <= now else None
        grounds = [
            one
            for one in case.grounds
            if one.since <= now and (called is None or called < one.since)
        ]
        if grounds:
            grounds.sort(key=lambda one: (one.since, one.reason.clause))
            found.append(CallOwed(ticket=case.standing.ticket, grounds=tuple(grounds)))
    return tuple(found)
