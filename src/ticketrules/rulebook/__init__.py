"""The rulebook: the policy as a value, and its readable form."""

from ticketrules.rulebook.dumping import dump_policy
from ticketrules.rulebook.durations import format_duration, parse_duration
from ticketrules.rulebook.history import PolicyHistory
from ticketrules.rulebook.loading import load_policy
from ticketrules.rulebook.policy import Policy

__all__ = [
    "Policy",
    "PolicyHistory",
    "dump_policy",
    "format_duration",
    "load_policy",
    "parse_duration",
]
