"""Replies: the house rules for what customers are told, and the words for every situation."""

from ticketrules.replies.compose import compose
from ticketrules.replies.context import ReviewContext, context_of, reply_of
from ticketrules.replies.faults import Fault, ReplyFinding
from ticketrules.replies.history import review_ticket
from ticketrules.replies.review import ForbiddenWords, review
from ticketrules.replies.settings import ReplyStandards
from ticketrules.replies.situations import template_for
from ticketrules.replies.spelling import FrequentConfusions, Misspelling, SpellingChecker
from ticketrules.replies.templates import (
    Audience,
    SlotKind,
    Template,
    Templates,
    load_templates,
    packaged_templates,
)

__all__ = [
    "Audience",
    "Fault",
    "ForbiddenWords",
    "FrequentConfusions",
    "Misspelling",
    "ReplyFinding",
    "ReplyStandards",
    "ReviewContext",
    "SlotKind",
    "SpellingChecker",
    "Template",
    "Templates",
    "compose",
    "context_of",
    "load_templates",
    "packaged_templates",
    "reply_of",
    "review",
    "review_ticket",
    "template_for",
]
