"""Folding events into a ticket, and checking each against the table.

``replay`` and ``evolve`` never refuse a recorded fact: what departs from the table is kept on the
ticket as a departure with its clause, and the fold goes on as far as the facts allow.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, cast

from attrs import fields

from ticketrules.clauses import ClauseId, Finding, Reason, Text
from ticketrules.errors import HistoryError
from ticketrules.tickets import events as e
from ticketrules.tickets.model import Draft, Ticket
from ticketrules.tickets.table import OPEN, REOPENED, TABLE, UNSOLVED, Rule
from ticketrules.tickets.values import MessageKind, Role, Status

_values: Final = attrgetter(*(attribute.name for attribute in fields(Draft)))

NOT_SUBMITTED: Final = Reason(
    ClauseId("5.1"), Text("a ticket begins with its submission", "工单须以用户提交开始")
)
"""The reason against anything else that would begin a ticket."""

_TWICE: Final = Reason(ClauseId("5.1"), Text("a ticket is submitted once", "工单只能提交一次"))


Table = Mapping[type[e.Event], Rule]
"""What may happen, by event; ``TABLE`` everywhere but where rules themselves are studied."""


def replay(events: Iterable[e.Event], *, table: Table = TABLE) -> Ticket:
    """Fold one ticket's events, in order, into the ticket; linear in their number.

    Args:
        events: All events of one ticket, oldest first.
        table: The rules, where they are not the library's.

    Returns:
        The ticket; whatever its history did against the rules is in ``departures``.

    Raises:
        HistoryError: No events, events of several tickets, out of order, or an event id twice.
    """
    return extend(None, events, table)


def evolve(ticket: Ticket | None, event: e.Event) -> Ticket:
    """The ticket after one more event; ``None`` is the ticket before its first.

    Raises:
        HistoryError: The event is another ticket's, older than the last, or already there.
    """
    return extend(ticket, (event,))


def extend(ticket: Ticket | None, events: Iterable[e.Event], table: Table = TABLE) -> Ticket:
    """The ticket after more events, all of them folded before it is frozen once.

    Raises:
        HistoryError: No events and no ticket, events of several tickets, out of order, or an
            event id twice.
    """
    more = tuple(events)
    if ticket is not None:
        draft, seen = thaw(ticket), {event.id for event in ticket.history}
    elif more:
        draft, seen = begun(more[0]), set()
    else:
        msg = "no events: a ticket begins with its submission"
        raise HistoryError(msg)
    departures: list[Finding] = []
    for event in more:
        if event.ticket != draft.id:
            msg = f"event {event.id!r} is of ticket {event.ticket!r}, not of {draft.id!r}"
            raise HistoryError(msg)
        if event.at < draft.last_event_at:
            msg = f"ticket {draft.id!r}: event {event.id!r} is older than the one before it"
            raise HistoryError(msg)
        if event.id in seen:
            msg = f"ticket {draft.id!r}: event id {event.id!r} stands twice"
            raise HistoryError(msg)
        seen.add(event.id)
        rule = table[type(event)]
        if not _is_legal(rule, draft, event):
            departures.extend(_departures(rule, draft, event))
        fold_by(rule, draft, event)
    draft.history += more
    draft.departures += tuple(departures)
    return freeze(draft)


def rewind(ticket: Ticket, now: datetime) -> Ticket | None:
    """The ticket as it stood at ``now``, an instant in UTC; ``None`` before its first event."""
    if ticket.last_event_at <= now:
        return ticket
    past = tuple(event for event in ticket.history if event.at <= now)
    return extend(None, past) if past else None


def as_of(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket as it stood at ``now``, an instant in UTC.

    Raises:
        HistoryError: It did not exist yet.
    """
    then = rewind(ticket, now)
    if then is None:
        msg = f"ticket {ticket.id!r} does not exist yet at {now.isoformat()}"
        raise HistoryError(msg)
    return then


def is_terminal(ticket: Ticket) -> bool:
    """Whether nothing more can happen to it: 已关闭 (5.1)."""
    return ticket.status is Status.CLOSED


def thaw(ticket: Draft) -> Draft:
    """A mutable copy for folding on."""
    return Draft(*_values(ticket))


def freeze(draft: Draft) -> Ticket:
    """The draft itself as a ticket; whoever hands it over must not keep it as a draft."""
    # Both classes have the same slots, so a frozen copy of two dozen fields would buy nothing.
    draft.__class__ = Ticket
    return cast("Ticket", draft)


def begun(first: e.Event) -> Draft:
    """The draft of a ticket before its first event."""
    return Draft(
        id=first.ticket,
        status=Status.NEW,
        opened_at=first.at,
        status_since=first.at,
        last_event_at=first.at,
        version=0,
    )


def objections(draft: Draft | None, event: e.Event) -> Iterator[Reason]:
    """Every reason that the table gives against the event on this ticket; none if it is legal."""
    return _objections(TABLE[type(event)], begun(event) if draft is None else draft, event)


def fold(draft: Draft | None, event: e.Event, table: Table = TABLE) -> Draft:
    """The draft with the event folded in; a new one where there is none."""
    if draft is None:
        draft = begun(event)
    fold_by(table[type(event)], draft, event)
    return draft


def weigh(draft: Draft, event: e.Event) -> Iterable[Reason]:
    """Fold the event into the draft, and tell what the table had against it before."""
    rule = TABLE[type(event)]
    reasons = () if _is_legal(rule, draft, event) else tuple(_objections(rule, draft, event))
    fold_by(rule, draft, event)
    return reasons


def _departures(rule: Rule, draft: Draft, event: e.Event) -> Iterator[Finding]:
    for reason in _objections(rule, draft, event):
        yield Finding(reason.clause, reason.text, event.id, event.at)


def _is_legal(rule: Rule, draft: Draft, event: e.Event) -> bool:
    """Whether nothing stands against the event; asking for the reasons costs several times that."""
    if draft.status not in rule.before or event.by.role not in rule.by or not draft.version:
        return False
    for guard in rule.guards:  # noqa: SIM110 - a generator costs more than the guards
        if not guard.holds(draft, event):
            return False
    return True


def _objections(rule: Rule, draft: Draft, event: e.Event) -> Iterator[Reason]:
    begins = draft.version == 0
    if begins and rule.before:
        yield NOT_SUBMITTED
    elif not begins and draft.status not in rule.before:
        yield _not_while(rule, draft.status) if rule.before else _TWICE
    if event.by.role not in rule.by:
        yield _not_by(rule, event.by.role)
    if begins:
        return  # The guards ask about what came before, and nothing did.
    for guard in rule.guards:
        if not guard.holds(draft, event):
            yield guard.reason


def _not_while(rule: Rule, status: Status) -> Reason:
    event = rule.event
    return Reason(
        rule.clause,
        Text(
            f"{event.name}: not while {status}".replace("_", " "),
            f"{event.label}：“{status.label}”的工单不可进行",
        ),
    )


def _not_by(rule: Rule, role: Role) -> Reason:
    event = rule.event
    allowed = [known for known in Role if known in rule.by]
    return Reason(
        rule.clause,
        Text(
            f"{event.name}: only by {' or '.join(map(str, allowed))}, not by {role}".replace(
                "_", " "
            ),
            f"{event.label}：仅限{'、'.join(one.label for one in allowed)}，{role.label}不可进行",
        ),
    )


def fold_by(rule: Rule, draft: Draft, event: e.Event) -> None:
    """Fold one event into the draft by its row: what it says, then the status it leads to."""
    at = event.at
    draft.version += 1
    draft.last_event_at = at
    change = _CHANGES.get(type(event))
    if change is not None:
        change(draft, event)
    after = rule.after
    if rule.reopens and draft.status in rule.reopens and event.asks:  # type: ignore[attr-defined]
        after = REOPENED
    if not rule.before and draft.version > 1:
        after = None  # a submission begins a ticket and never begins it again
    if after is not None and after is not draft.status:
        draft.status = after
        draft.status_since = at
        draft.reminded_at = None
        if after in OPEN:
            draft.confirmed_by = None
        if after not in UNSOLVED:  # whoever held it, the problem is solved: nobody works on it
            draft.with_platform_since = None


def _submitted(draft: Draft, event: e.Submitted) -> None:
    _asked(draft, event.at)
    draft.follows = event.follows or draft.follows
    draft.group = event.group or draft.group


def _given_to(draft: Draft, event: e.Dispatched | e.Transferred | e.HandedOver) -> None:
    draft.agent = event.to or draft.agent


def _accepted(draft: Draft, event: e.Accepted) -> None:
    draft.agent = event.by.id or draft.agent


def _replied(draft: Draft, event: e.Replied) -> None:
    if event.is_answer:
        draft.unanswered_since = None
        if draft.first_answered_at is None:
            draft.first_answered_at = event.at
        if draft.agent is None and event.by.role is Role.AGENT:
            draft.agent = event.by.id or None


def _customer_wrote(draft: Draft, event: e.CustomerWrote) -> None:
    if event.asks and draft.status is not Status.CLOSED:  # a follow-up is a ticket of its own (5)
        draft.says_solved = event.kind is MessageKind.SOLVED
        _asked(draft, event.at)


def _rejected(draft: Draft, event: e.Rejected) -> None:
    draft.says_solved = False
    _asked(draft, event.at)


def _asked(draft: Draft, at: datetime) -> None:
    if draft.unanswered_since is None:
        draft.unanswered_since = at


def _verified(draft: Draft, event: e.Verified) -> None:
    draft.checks |= event.checks


def _clarified(draft: Draft, event: e.Clarified) -> None:
    draft.clarified_at = event.at


def _promised(draft: Draft, event: e.ResolutionPromised) -> None:
    draft.promised_for = event.promised_for


def _confirmed(draft: Draft, event: e.Confirmed | e.ConfirmationLapsed) -> None:
    draft.confirmed_by = event.by.role
    draft.unanswered_since = None


def _resolved(draft: Draft, _event: e.Resolved) -> None:
    draft.confirmed_by = Role.CUSTOMER if draft.says_solved else None


def _closed(draft: Draft, event: e.Closed) -> None:
    draft.rating = event.rating
    draft.unanswered_since = None


def _escalated(draft: Draft, event: e.EscalatedToPlatform) -> None:
    if draft.with_platform_since is None:
        draft.with_platform_since = event.at


def _returned(draft: Draft, _event: e.PlatformReturned) -> None:
    draft.with_platform_since = None


def _complained(draft: Draft, event: e.Complained) -> None:
    if draft.complained_at is None:
        draft.complained_at = event.at


def _withdrawn(draft: Draft, _event: e.ComplaintWithdrawn) -> None:
    draft.complained_at = None


def _called(draft: Draft, event: e.Called) -> None:
    draft.phoned_at = event.at


def _business_stopping(draft: Draft, event: e.MarkedBusinessStopping) -> None:
    if draft.business_stopping_at is None:
        draft.business_stopping_at = event.at


def _reminded(draft: Draft, event: e.Reminded) -> None:
    draft.reminded_at = event.at


_CHANGES: Final[Mapping[type[e.Event], Callable[[Draft, Any], None]]] = MappingProxyType(
    {
        e.Submitted: _submitted,
        e.Dispatched: _given_to,
        e.Accepted: _accepted,
        e.Replied: _replied,
        e.CustomerWrote: _customer_wrote,
        e.Verified: _verified,
        e.Clarified: _clarified,
        e.ResolutionPromised: _promised,
        e.Confirmed: _confirmed,
        e.Rejected: _rejected,
        e.Resolved: _resolved,
        e.Closed: _closed,
        e.Transferred: _given_to,
        e.EscalatedToPlatform: _escalated,
        e.PlatformReturned: _returned,
        e.Complained: _complained,
        e.ComplaintWithdrawn: _withdrawn,
        e.Called: _called,
        e.MarkedBusinessStopping: _business_stopping,
        e.Reminded: _reminded,
        e.ConfirmationLapsed: _confirmed,
        e.HandedOver: _given_to,
    }
)
"""What each event says about the ticket, beside the status that its row leads to."""

QUIET: Final = frozenset(
    rule.event
    for rule in TABLE.values()
    if rule.event not in _CHANGES and rule.after is None and not rule.reopens
)
"""The events that leave a ticket as it was, but for its version and its last instant."""
