"""A service desk's rules as values in, values out: no clock, no I/O, no global state.

The public names load when they are first used, so that importing the package costs next to
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticketrules.assessment import Assessment, Need
    from ticketrules.calendar import ServiceCalendar, ServiceHours
    from ticketrules.chronicle import Chronicle, Flip, SideBySide, evaluate
    from ticketrules.clauses import CLAUSES, ClauseId, Finding, Reason, Refusal, Severity, Text
    from ticketrules.complaints import SignalKind, Tendency, assess_tendency
    from ticketrules.desk import Desk, marketplace
    from ticketrules.errors import TicketRulesError
    from ticketrules.replies import Fault, ReplyFinding, ReviewContext, compose, review
    from ticketrules.reports import overview, scorecards
    from ticketrules.routing import (
        Agent,
        Duty,
        Roster,
        Shift,
        Standing,
        Urgency,
        coverage_gaps,
        order,
        route,
        route_many,
    )
    from ticketrules.rulebook import (
        Policy,
        PolicyHistory,
        diff_policies,
        dump_policy,
        load_policy,
    )
    from ticketrules.sla import Reading, Verdict
    from ticketrules.text import find_secrets, redact
    from ticketrules.tickets import (
        SYSTEM,
        Actor,
        Decision,
        MessageKind,
        Permission,
        Role,
        Status,
        Ticket,
        commands,
        decide,
        events,
        evolve,
        is_terminal,
        permitted,
        replay,
    )
    from ticketrules.verification import verify

_HOMES = {
    "assessment": ("Assessment", "Need"),
    "calendar": ("ServiceCalendar", "ServiceHours"),
    "chronicle": ("Chronicle", "Flip", "SideBySide", "evaluate"),
    "clauses": ("CLAUSES", "ClauseId", "Finding", "Reason", "Refusal", "Severity", "Text"),
    "complaints": ("SignalKind", "Tendency", "assess_tendency"),
    "desk": ("Desk", "marketplace"),
    "errors": ("TicketRulesError",),
    "replies": ("Fault", "ReplyFinding", "ReviewContext", "compose", "review"),
    "reports": ("overview", "scorecards"),
    "routing": (
        "Agent",
        "Duty",
        "Roster",
        "Shift",
        "Standing",
        "Urgency",
        "coverage_gaps",
        "order",
        "route",
        "route_many",
    ),
    "rulebook": ("Policy", "PolicyHistory", "diff_policies", "dump_policy", "load_policy"),
    "sla": ("Reading", "Verdict"),
    "text": ("find_secrets", "redact"),
    "tickets": (
        "SYSTEM",
        "Actor",
        "Decision",
        "MessageKind",
        "Permission",
        "Role",
        "Status",
        "Ticket",
        "commands",
        "decide",
        "events",
        "evolve",
        "is_terminal",
        "permitted",
        "replay",
    ),
    "verification": ("verify",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CLAUSES",
    "SYSTEM",
    "Actor",
    "Agent",
    "Assessment",
    "Chronicle",
    "ClauseId",
    "Decision",
    "Desk",
    "Duty",
    "Fault",
    "Finding",
    "Flip",
    "MessageKind",
    "Need",
    "Permission",
    "Policy",
    "PolicyHistory",
    "Reading",
    "Reason",
    "Refusal",
    "ReplyFinding",
    "ReviewContext",
    "Role",
    "Roster",
    "ServiceCalendar",
    "ServiceHours",
    "Severity",
    "Shift",
    "SideBySide",
    "SignalKind",
    "Standing",
    "Status",
    "Tendency",
    "Text",
    "Ticket",
    "TicketRulesError",
    "Urgency",
    "Verdict",
    "assess_tendency",
    "commands",
    "compose",
    "coverage_gaps",
    "decide",
    "diff_policies",
    "dump_policy",
    "evaluate",
    "events",
    "evolve",
    "find_secrets",
    "is_terminal",
    "load_policy",
    "marketplace",
    "order",
    "overview",
    "permitted",
    "redact",
    "replay",
    "review",
    "route",
    "route_many",
    "scorecards",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home on first use."""
    home = _HOME_OF.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
