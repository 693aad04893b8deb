"""Replies: the house rules for what customers are told, and the words for every situation."""

from ticketrules.replies.context import ReviewContext, context_of, reply_of
from ticketrules.replies.faults import Fault, ReplyFinding
from ticketrules.replies.history import review_ticket
from ticketrules.replies.review import ForbiddenWords, review
from ticketrules.replies.settings import ReplyStandards
from ticketrules.replies.spelling import FrequentConfusions, Misspelling, SpellingChecker

__all__ = [
    "Fault",
    "ForbiddenWords",
    "FrequentConfusions",
    "Misspelling",
    "ReplyFinding",
    "ReplyStandards",
    "ReviewContext",
    "SpellingChecker",
    "context_of",
    "reply_of",
    "review",
    "review_ticket",
]
