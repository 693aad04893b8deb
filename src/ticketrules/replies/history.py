"""The replies of a ticket that is on record, each looked at in the situation that it had."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve as changed

from ticketrules.replies.context import ReviewContext, situation
from ticketrules.replies.faults import ReplyFinding
from ticketrules.replies.review import ForbiddenWords, review
from ticketrules.replies.settings import ReplyStandards
from ticketrules.replies.spelling import SpellingChecker
from ticketrules.tickets import Role, Ticket, commands, events, evolve
from ticketrules.tickets.commands import Command
from ticketrules.tickets.events import Event

_KINDS: Final[Mapping[type[Event], type[Command]]] = MappingProxyType(
    {
        events.FeedbackRequested: commands.RequestFeedback,
        events.SolutionProposed: commands.ProposeSolution,
        events.Resolved: commands.MarkResolved,
        events.ResolutionPromised: commands.PromiseResolution,
        events.EscalatedToPlatform: commands.Escalate,
        events.Transferred: commands.Transfer,
    }
)
"""What a reply was for, by the event that follows it."""


def review_ticket(
    ticket: Ticket,
    standards: ReplyStandards | None = None,
    *,
    forbidden: ForbiddenWords | None = None,
    spelling: SpellingChecker | None = None,
) -> tuple[ReplyFinding, ...]:
    """Look at every answer and every call's note of a ticket; see ``review``.

    What an agent did right after a reply, before anything else happened, says what the reply was
    for. Automatic messages and those whose words were not recorded are passed over.

    Returns:
        The findings in the order of the history, each with its event and instant.
    """
    findings: list[ReplyFinding] = []
    for event, reply, context in _replies(ticket):
        looked_at = review(reply, context, standards, forbidden=forbidden, spelling=spelling)
        findings += (changed(one, event_id=event.id, at=event.at) for one in looked_at)
    return tuple(findings)


def _replies(ticket: Ticket) -> Iterator[tuple[Event, str | None, ReviewContext]]:
    then: Ticket | None = None
    history = ticket.history
    for place, event in enumerate(history):
        if then is not None and isinstance(event, events.Called) and event.by.role is Role.AGENT:
            yield event, None, situation(then, commands.RecordCall, outcome=event.outcome)
        elif (
            then is not None
            and isinstance(event, events.Replied)
            and event.by.role is Role.AGENT
            and event.is_answer
            and event.body.strip()
        ):
            follows = history[place + 1] if place + 1 < len(history) else None
            kind: type[Command] = commands.Reply
            to = None
            if follows is not None and follows.by == event.by:
                kind = _KINDS.get(type(follows), kind)
                to = follows.to if isinstance(follows, events.Transferred) else None
            yield event, event.body, situation(then, kind, to=to)
        then = evolve(then, event)
