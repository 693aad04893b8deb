"""What is read of a ticket's words: replies under review (4-6, 8.2), a tendency to complain (7.3).

Complaints and replies do not know each other; where they share something, it is here.
"""

from functools import cache

from attrs import evolve

from ticketrules.complaints import (
    Detector,
    Message,
    SignalKind,
    Tendency,
    TendencyRules,
    assess_tendency,
    packaged_lexicon,
)
from ticketrules.replies import (
    ForbiddenWords,
    ReplyFinding,
    ReplyStandards,
    SpellingChecker,
    context_of,
    reply_of,
    review,
    review_ticket,
)
from ticketrules.text import Lexicon
from ticketrules.tickets import Ticket, Visibility
from ticketrules.tickets.commands import Command


@cache
def abuse() -> Lexicon:
    """The lexicon's abusive words: one list for what customers say (7.3 b) and agents must not."""
    lexicon = packaged_lexicon()
    abusive = str(SignalKind.ABUSIVE_LANGUAGE)
    senses = {name: one for name, one in lexicon.senses.items() if one.signal == abusive}
    return evolve(lexicon, senses=senses)


def review_of(
    ticket: Ticket,
    command: Command,
    standards: ReplyStandards,
    *,
    forbidden: ForbiddenWords | None = None,
    spelling: SpellingChecker | None = None,
) -> tuple[ReplyFinding, ...]:
    """Look at the reply that goes with a command on a ticket as it stands; see ``Desk.review``."""
    return review(
        reply_of(ticket, command),
        context_of(ticket, command),
        standards,
        forbidden=abuse() if forbidden is None else forbidden,
        spelling=spelling,
    )


def reviews_of(
    ticket: Ticket,
    standards: ReplyStandards,
    *,
    forbidden: ForbiddenWords | None = None,
    spelling: SpellingChecker | None = None,
) -> tuple[ReplyFinding, ...]:
    """Look at every reply on a ticket's record; see ``Desk.reviews``."""
    return review_ticket(
        ticket,
        standards,
        forbidden=abuse() if forbidden is None else forbidden,
        spelling=spelling,
    )


def tendency_of(
    ticket: Ticket, rules: TendencyRules, *, detector: Detector | None = None
) -> Tendency:
    """Whether a ticket as it stands shows a tendency to complain; see ``Desk.tendency``."""
    conversation = (
        Message(text=one.body, author=one.author.role, at=one.at, automatic=one.automatic)
        for one in ticket.messages
        if one.visibility is Visibility.PUBLIC
    )
    return assess_tendency(
        conversation, rules=rules, detector=detector, complained_at=ticket.complained_at
    )
