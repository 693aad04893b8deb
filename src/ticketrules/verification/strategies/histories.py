"""Whole histories: recorded ones, that owe the rules nothing, and lives that obey them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from ticketrules.calendar import Calendar
from ticketrules.desk import Desk
from ticketrules.tickets import (
    SYSTEM,
    TABLE,
    Actor,
    Decision,
    MessageKind,
    Role,
    Superior,
    Ticket,
    is_terminal,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.verification.strategies.commands import commands, usual_desk
from ticketrules.verification.strategies.events import events
from ticketrules.verification.strategies.instants import FIRST, LAST, MINUTE, MOMENT, instants

History = tuple[e.Event, ...]

CUSTOMER: Final = Actor(Role.CUSTOMER)
PLATFORM: Final = Actor(Role.PLATFORM)
AN: Final = Actor(Role.AGENT, "an")
BO: Final = Actor(Role.AGENT, "bo")

THINGS: Final[tuple[tuple[Actor, type[e.Event], dict[str, Any]], ...]] = (
    (CUSTOMER, e.CustomerWrote, {}),
    (CUSTOMER, e.CustomerWrote, {}),
    (CUSTOMER, e.CustomerWrote, {"kind": MessageKind.SOLVED}),
    (CUSTOMER, e.CustomerWrote, {"kind": MessageKind.THANKS}),
    (CUSTOMER, e.CustomerWrote, {"kind": MessageKind.AUTOMATIC}),
    (AN, e.Replied, {}),
    (BO, e.Replied, {}),
    (PLATFORM, e.Replied, {}),
    (SYSTEM, e.Replied, {"automatic": True}),
    (AN, e.Replied, {"automatic": True}),
    (SYSTEM, e.Replied, {}),
    (AN, e.Accepted, {}),
    (BO, e.Accepted, {}),
    (AN, e.Noted, {}),
    (SYSTEM, e.Dispatched, {"to": "an"}),
    (AN, e.Transferred, {"to": "bo", "judgement": "证书已过期", "next_step": "更换证书"}),
    (
        BO,
        e.HandedOver,
        {
            "to": "chen",
            "cause": "证书过期",
            "handler": "bo",
            "progress": "已申请",
            "next_step": "更换",
        },
    ),
    (AN, e.Clarified, {}),
    (AN, e.Clarified, {}),
    (AN, e.ResolutionPromised, {}),
    (AN, e.FeedbackRequested, {}),
    (AN, e.FeedbackRequested, {}),
    (AN, e.SolutionProposed, {}),
    (AN, e.SolutionProposed, {}),
    (CUSTOMER, e.Confirmed, {}),
    (CUSTOMER, e.Rejected, {}),
    (AN, e.Resolved, {}),
    (CUSTOMER, e.Closed, {}),
    (AN, e.EscalatedToPlatform, {"note": "需平台检查负载均衡"}),
    (AN, e.EscalatedToPlatform, {"note": "需平台检查负载均衡"}),
    (PLATFORM, e.PlatformReturned, {}),
    (PLATFORM, e.PlatformReturned, {}),
    (SYSTEM, e.MarkedBusinessStopping, {}),
    (AN, e.Called, {"outcome": "已电话说明"}),
    (AN, e.Reported, {"to": Superior.SUPERVISOR}),
    (AN, e.Verified, {"checks": ()}),
    (CUSTOMER, e.Complained, {}),
    (CUSTOMER, e.ComplaintWithdrawn, {}),
    (SYSTEM, e.Reminded, {}),
    (SYSTEM, e.FeedbackLapsed, {}),
    (SYSTEM, e.ConfirmationLapsed, {}),
    (CUSTOMER, e.Submitted, {}),
)
"""What may be recorded after the submission, legal or not, the commoner things more than once."""

ANY_THING: Final = st.sampled_from(THINGS)

LADDER: Final[dict[type[e.Event], tuple[type[e.Event], ...]]] = {
    e.FeedbackRequested: (e.Reminded, e.FeedbackLapsed),
    e.Reminded: (e.FeedbackLapsed,),
    e.FeedbackLapsed: (e.ConfirmationLapsed,),
    e.SolutionProposed: (e.ConfirmationLapsed,),
}
"""What the system may do when nobody says anything, some days later at about the same time."""

DAY: Final = 24 * 60
GAPS: Final = st.one_of(
    st.sampled_from((0, 0, 1, 5, 14, 15, 16, 29, 30, 31, 239, 240, 241)),
    st.integers(0, 60),
    st.integers(0, 600),
    st.integers(0, 4 * DAY),
).map(MINUTE.__mul__)
"""From one thing to the next: often just what a promise allows, or a minute more or less."""

DAYS_LATER: Final = st.builds(
    lambda days, minutes: (days * DAY + minutes) * MINUTE,
    st.integers(1, 11),
    st.sampled_from((0, 0, -1, 1, -400, 400)),
)
PAUSES: Final = st.one_of(GAPS, DAYS_LATER)
PARTS: Final = st.sampled_from((0, 0, 0, 1, -1, 59_999_999)).map(MOMENT.__mul__)
LATER_PARTS: Final = PARTS.filter(lambda part: part >= timedelta(0))


@st.composite
def histories(
    draw: st.DrawFn,
    calendar: Calendar | None = None,
    *,
    ticket: str = "T-1",
    most: int = 12,
    first: datetime = FIRST,
    last: datetime = LAST,
    whole_minutes: bool = True,
) -> History:
    """Recorded histories of one ticket, in order, which may depart from the rules or not.

    Args:
        draw: Filled by Hypothesis.
        calendar: Whose openings and holidays they lie around; the marketplace's by default.
        ticket: The ticket's id.
        most: How many things follow the submission at most.
        first: The first instant of a submission, aware.
        last: The instant after which nothing happens any more, aware.
        whole_minutes: Whether everything happens on whole minutes.
    """
    inside = {"first": first, "last": last, "whole_minutes": whole_minutes, "zones": (UTC,)}
    at = draw(instants(calendar, **inside))  # type: ignore[arg-type]
    made: list[e.Event] = []

    def add(by: Actor, kind: type[e.Event], parts: dict[str, Any]) -> None:
        if kind is e.ResolutionPromised:
            parts = {"promised_for": at + MINUTE * draw(st.integers(-60, 600))}
        made.append(kind(id=f"e{len(made) + 1}", ticket=ticket, at=at, by=by, **parts))

    add(CUSTOMER, e.Submitted, {})
    if draw(st.integers(0, 3)) == 3:
        add(CUSTOMER, e.MarkedBusinessStopping, {})
    for by, kind, parts in draw(st.lists(ANY_THING, max_size=most)):
        steps = LADDER.get(type(made[-1]))
        if steps and draw(st.booleans()):
            thing: tuple[Any, ...] = (SYSTEM, draw(st.sampled_from(steps)), {})
            gap = draw(DAYS_LATER)
        else:
            thing, gap = (by, kind, parts), draw(GAPS)
        if not whole_minutes:
            gap = max(gap + draw(PARTS), timedelta(0))
        if at + gap > last:
            break
        at += gap
        add(*thing)
    return tuple(made)


@cache
def _content(kind: type[e.Event]) -> st.SearchStrategy[Any]:
    return events(kind, id=st.just("e"), ticket=st.just("T-1"), at=st.just(FIRST))


@st.composite
def wild_histories(
    draw: st.DrawFn,
    *,
    ticket: str = "T-1",
    most: int = 10,
    first: datetime = FIRST,
    last: datetime = LAST,
) -> History:
    """Any events at all in order of time, nearly all of them against the rules.

    Args:
        draw: Filled by Hypothesis.
        ticket: The ticket's id.
        most: How many events there are at most.
        first: The earliest instant of the first of them, aware.
        last: The latest one.
    """
    kinds = draw(st.lists(st.sampled_from(tuple(TABLE)), min_size=1, max_size=most))
    at, made = draw(instants(first=first, last=last, zones=(UTC,))), []
    for number, kind in enumerate(kinds, 1):
        made.append(evolve(draw(_content(kind)), id=f"e{number}", ticket=ticket, at=at))  # type: ignore[arg-type]  # a class is hashable
        at += draw(GAPS) + draw(LATER_PARTS)
    return tuple(made)


@st.composite
def moments(
    draw: st.DrawFn, history: Sequence[e.Event], *, last: datetime | None = None
) -> datetime:
    """Instants at which to look at a history: at its last event, or up to some days later.

    Args:
        draw: Filled by Hypothesis.
        history: The events, in order.
        last: The latest instant to look at, aware.
    """
    end = history[-1].at
    at = end + draw(st.one_of(GAPS, st.integers(0, 12 * DAY).map(MINUTE.__mul__)))
    return at if last is None else max(min(at, last), end)


@st.composite
def lives(
    draw: st.DrawFn,
    desk: Desk | None = None,
    *,
    ticket: str = "T-1",
    most: int = 10,
    first: datetime = FIRST,
    last: datetime = LAST,
) -> Ticket:
    """Tickets whose history obeys the rules from the submission on, the system doing its part.

    Args:
        draw: Filled by Hypothesis.
        desk: The desk that decides; the marketplace's by default.
        ticket: The ticket's id.
        most: How many commands follow the submission at most.
        first: The first instant of a submission, aware.
        last: The instant after which nobody commands anything, aware.
    """
    rules = usual_desk() if desk is None else desk
    at = draw(instants(rules.calendar, first=first, last=last, whole_minutes=True, zones=(UTC,)))
    submit = c.Submit(id="c1", by=Actor(Role.CUSTOMER, "zhang"), ticket=ticket, body="网站打不开")
    begun = rules.handle(None, submit, at)
    assert isinstance(begun, Decision)  # noqa: S101 - nothing forbids a submission
    lived = begun.ticket
    for gap in draw(st.lists(PAUSES, max_size=most)):
        if is_terminal(lived) or at + gap > last:
            break
        at += gap
        lived = rules.wake(lived, at).ticket
        outcome = rules.handle(lived, draw(commands(lived, at, desk=rules, legal=True)), at)
        assert isinstance(outcome, Decision)  # noqa: S101 - it was drawn for that
        lived = outcome.ticket
    return lived


def tickets(desk: Desk | None = None, *, recorded: bool = False) -> st.SearchStrategy[Ticket]:
    """Tickets at any point of their life.

    Args:
        desk: The desk that decides; the marketplace's by default.
        recorded: Whether to fold recorded histories, which may depart from the rules.
    """
    return histories().map(replay) if recorded else lives(desk)
