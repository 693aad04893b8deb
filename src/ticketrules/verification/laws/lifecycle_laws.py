"""The laws of the lifecycle: of recorded histories, which owe nothing, and of what is decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from itertools import pairwise
from typing import Any, Final

from attrs import evolve as changed
from hypothesis import strategies as st

from ticketrules.clauses import CLAUSES, Refusal
from ticketrules.desk import Desk
from ticketrules.errors import HistoryError
from ticketrules.tickets import (
    MessageKind,
    Role,
    Status,
    Ticket,
    evolve,
    is_terminal,
    replay,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e
from ticketrules.tickets.lifecycle import extend, objections
from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.strategies.commands import commands, commands_of
from ticketrules.verification.strategies.histories import (
    History,
    histories,
    lives,
    moments,
    wild_histories,
)
from ticketrules.verification.strategies.instants import MINUTE, told_stretch

Drawn = st.SearchStrategy[dict[str, Any]]


def _recorded(desk: Desk) -> Drawn:
    return drawing(
        history=histories(desk.calendar, whole_minutes=False, **told_stretch(desk.calendar))
        | wild_histories(**told_stretch(desk.calendar))
    )


@st.composite
def _cut(draw: st.DrawFn, desk: Desk) -> dict[str, Any]:
    drawn = draw(_recorded(desk))
    return {**drawn, "cut": draw(st.integers(1, len(drawn["history"])))}


@st.composite
def _in_a_zone(draw: st.DrawFn, desk: Desk) -> dict[str, Any]:
    minutes = draw(st.integers(-14 * 60, 14 * 60))
    return {**draw(_recorded(desk)), "zone": timezone(minutes * MINUTE)}


@st.composite
def _commanded(draw: st.DrawFn, desk: Desk) -> dict[str, Any]:
    ticket = replay(
        draw(
            histories(desk.calendar, **told_stretch(desk.calendar))
            | wild_histories(**told_stretch(desk.calendar))
        )
    )
    command = draw(commands_of())
    if isinstance(command, c.Submit):
        command = changed(command, ticket=ticket.id)
    return {"ticket": ticket, "command": command, "at": draw(moments(ticket.history))}


@st.composite
def _lived(draw: st.DrawFn, desk: Desk) -> dict[str, Any]:
    ticket = draw(lives(desk, **told_stretch(desk.calendar)))
    at = draw(moments(ticket.history))
    return {"ticket": ticket, "at": at, "command": draw(commands(ticket, at, desk=desk))}


def _alike(here: Ticket, there: Ticket, what: str) -> None:
    """Equal, and with equal histories and departures, which ``==`` leaves out."""
    equal(here, there, what)
    equal(here.history, there.history, f"the history of {what}")
    equal(here.departures, there.departures, f"the departures of {what}")


@law(_recorded, "5.1")
def one_by_one_is_all_at_once(history: History) -> None:
    """Folding events one by one comes to the same ticket as replaying them all."""
    ticket = None
    for event in history:
        ticket = evolve(ticket, event)
    require(ticket is not None, "there is no ticket")
    assert ticket is not None  # noqa: S101 - for type checkers
    _alike(ticket, replay(history), "the ticket")
    equal((ticket.version, ticket.history), (len(history), tuple(history)), "version and history")


@law(_cut, "5.1")
def it_does_not_matter_where_a_history_is_cut(history: History, cut: int) -> None:
    """A ticket that goes on from where it stood is the ticket replayed from the start."""
    early = replay(history[:cut])
    before = repr(early)
    late = extend(early, history[cut:])
    _alike(late, replay(history), "the ticket")
    equal(late.departures[: len(early.departures)], early.departures, "the departures till then")
    equal(repr(early), before, "the ticket that was gone on from")


@law(_recorded, "5.1")
def departures_are_the_tables_objections(history: History) -> None:
    """Each departure is told once, with its event, its instant and what the table objects."""
    ticket, expected = None, []
    for event in history:
        expected += [
            (reason.clause, reason.text, event.id, event.at) for reason in objections(ticket, event)
        ]
        ticket = evolve(ticket, event)
    found = replay(history).departures
    told = [(one.clause, one.text, one.event_id, one.at) for one in found]
    equal(told, expected, "the departures")


@law(_in_a_zone, "5.1")
def the_zone_in_which_it_is_told_changes_nothing(history: History, zone: timezone) -> None:
    """In which zone a history is told changes nothing about the ticket."""
    moved = [changed(event, at=event.at.astimezone(zone)) for event in history]
    _alike(replay(moved), replay(history), "the ticket")


@law(_recorded, "5.1")
def a_status_is_entered_by_an_event(history: History) -> None:
    """A status lasts from the event that led to it, and changes at no other instant."""
    steps = [replay(history[: count + 1]) for count in range(len(history))]
    for one, other in pairwise(steps):
        expected = one.status_since if one.status is other.status else other.last_event_at
        equal(other.status_since, expected, f"since when it is {other.status}")


@law(_recorded, "8.3")
def the_oldest_unanswered_message_is_known(history: History) -> None:
    """What the customer waits for is found as by reading the whole history."""
    equal(replay(history).unanswered_since, unanswered(history), "unanswered since")


@law(_commanded, "5.1")
def a_command_departs_no_further(
    desk: Desk, ticket: Ticket, command: c.Command, at: datetime
) -> None:
    """What is decided adds no departure to a ticket; what is refused says why, by clause."""
    outcome = desk.handle(ticket, command, at)
    if not isinstance(outcome, Refusal):
        equal(outcome.ticket.departures, ticket.departures, "the departures")
        require(not is_terminal(ticket), "something was done to a closed ticket")
        _alike(extend(ticket, outcome.events), outcome.ticket, "the ticket after its events")
        return
    require(outcome.reasons, "it is refused for no reason")
    equal(len(set(outcome.reasons)), len(outcome.reasons), "reasons told once")
    for reason in outcome.reasons:
        require(reason.clause in CLAUSES, f"{reason.clause} is no clause")
        require(reason.text.en and reason.text.zh, f"{reason.clause} is told in one language")


@law(_lived, "5.1")
def a_decided_life_departs_from_nothing(ticket: Ticket) -> None:
    """A history that was decided step by step has no departures, and says all of its ticket."""
    equal(ticket.departures, (), "the departures")
    _alike(replay(ticket.history), ticket, "the ticket replayed")
    waits = ticket.unanswered_since is not None
    working = {Status.NEW, Status.IN_PROGRESS}
    require(not waits or ticket.status in working, "the desk waits for a customer who waits")
    if ticket.status is not Status.CLOSED:
        confirmed = ticket.confirmed_by in {Role.CUSTOMER, Role.SYSTEM}
        equal(confirmed, ticket.status is Status.RESOLVED, "solved means confirmed")


@law(_lived, "5.1")
def a_repeated_command_changes_nothing(
    desk: Desk, ticket: Ticket, at: datetime, command: c.Command
) -> None:
    """A command that comes again gives the events and effects that it gave, and nothing new."""
    first = desk.handle(ticket, command, at)
    if isinstance(first, Refusal):
        return
    again = desk.handle(first.ticket, command, at + MINUTE, expected_version=99)
    require(not isinstance(again, Refusal), "it is refused")
    assert not isinstance(again, Refusal)  # noqa: S101 - for type checkers
    require(again.is_repeat, "it is decided anew")
    equal((again.events, again.effects), (first.events, first.effects), "events and effects")
    require(again.ticket is first.ticket, "it changes the ticket")


@law(_lived, "5.1")
def what_is_permitted_is_decided(
    desk: Desk, ticket: Ticket, at: datetime, command: c.Command
) -> None:
    """No command is allowed of a kind that is not permitted."""
    allowed = {one.command for one in desk.permitted(ticket, at) if one.is_allowed}
    if desk.handle(ticket, command, at):
        require(type(command) in allowed, f"{command.name} is allowed and not permitted")


@law(_lived, "5.1")
def a_command_belongs_to_one_ticket(
    desk: Desk, ticket: Ticket, at: datetime, command: c.Command
) -> None:
    """A command dated before the ticket's last event is the host's mistake, never a verdict."""
    early = changed(command, at=ticket.opened_at - MINUTE)
    try:
        desk.handle(ticket, early, at)
    except HistoryError:
        return
    require(condition=False, told="it was decided")


def unanswered(history: Sequence[e.Event]) -> datetime | None:
    """The customer's oldest message without an answer, found the slow way round."""
    since = None
    for number, event in enumerate(history):
        closed = number > 0 and replay(history[:number]).status is Status.CLOSED
        answers = (
            isinstance(event, e.Replied)
            and event.by.role in {Role.AGENT, Role.PLATFORM}
            and not event.automatic
        )
        if answers or isinstance(event, (e.Confirmed, e.ConfirmationLapsed, e.Closed)):
            since = None
        asks = isinstance(event, (e.Submitted, e.Rejected)) or (
            isinstance(event, e.CustomerWrote)
            and not closed  # what comes after the close is a ticket of its own
            and event.kind not in {MessageKind.THANKS, MessageKind.AUTOMATIC}
        )
        if asks and since is None:
            since = event.at
    return since


def _laws(values: Iterable[object]) -> tuple[Law, ...]:
    return tuple(one for one in values if isinstance(one, Law))


LIFECYCLE: Final[tuple[Law, ...]] = _laws(list(globals().values()))
"""Every law of the lifecycle."""
