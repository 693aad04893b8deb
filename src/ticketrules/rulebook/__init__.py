"""The rulebook: the policy as a value, and its readable form."""

from ticketrules.rulebook.differences import Change, PolicyDifference, diff_policies
from ticketrules.rulebook.dumping import dump_policy, policy_mapping
from ticketrules.rulebook.durations import format_duration, parse_duration
from ticketrules.rulebook.history import PolicyHistory
from ticketrules.rulebook.loading import load_policy
from ticketrules.rulebook.notation import format_budget, parse_budget
from ticketrules.rulebook.policy import Policy
from ticketrules.rulebook.schema import policy_schema

__all__ = [
    "Change",
    "Policy",
    "PolicyDifference",
    "PolicyHistory",
    "diff_policies",
    "dump_policy",
    "format_budget",
    "format_duration",
    "load_policy",
    "parse_budget",
    "parse_duration",
    "policy_mapping",
    "policy_schema",
]
