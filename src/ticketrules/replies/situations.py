"""Which template a situation calls for: from an effect to carry out, or from what an agent does."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ticketrules.tickets import Role, commands
from ticketrules.tickets.commands import Command
from ticketrules.tickets.effects import (
    AskForRating,
    Channel,
    Effect,
    NotifyCustomer,
    PhoneCustomer,
    ReportUp,
    Tell,
)

_NOTICES: Final[Mapping[tuple[str, Channel], str]] = MappingProxyType(
    {
        ("5.6", Channel.IN_APP): "new_reply",
        ("9.1", Channel.EMAIL): "feedback_reminder_email",
        ("9.1", Channel.TEXT_MESSAGE): "feedback_reminder_sms",
        ("9.2", Channel.IN_APP): "feedback_lapsed",
        ("9.3", Channel.IN_APP): "auto_confirmed",
    }
)
_TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "6.1": "assigned",
        "6.3": "assigned",
        "6.6": "assigned",
        "7.1": "business_stopping",
        "7.2": "complaint_filed",
        "8.3": "customer_wrote",
    }
)
_REPLIES: Final[Mapping[type[Command], str]] = MappingProxyType(
    {
        commands.Accept: "first_response",
        commands.Reply: "working",
        commands.PromiseResolution: "resolution_announced",
        commands.RequestFeedback: "feedback_needed",
        commands.ProposeSolution: "solved",
        commands.MarkResolved: "customer_says_solved",
        commands.Transfer: "transferred",
        commands.Escalate: "with_platform",
        commands.ReturnFromPlatform: "back_from_platform",
        commands.RecordCall: "call_summary",
        commands.Complain: "complaint_received",
        commands.Reject: "reopened",
        commands.Close: "closed",
    }
)


def template_for(situation: Effect | type[Command]) -> str | None:
    """The id of the template that a situation calls for.

    Every template that an effect calls for has the one slot ``ticket``, so that a host can send
    the reminder of 9.1 from the effect alone.

    Args:
        situation: An effect that a host is to carry out; or a kind of command, for what the
            customer is told with it.

    Returns:
        The id; ``None`` where the library has no words for it, such as for a host's own effect.
    """
    if isinstance(situation, type):
        return _REPLIES.get(situation)
    clause = str(situation.clause)
    match situation:
        case NotifyCustomer(channel=channel):
            return _NOTICES.get((clause, channel))
        case AskForRating():
            return "closing_invitation" if clause == "5.5" else "rating_invitation"
        case PhoneCustomer():
            return "call_wanted"
        case ReportUp():
            return "report_wanted"
        case Tell() if clause == "6.4":
            return "platform_wanted" if situation.to.role is Role.PLATFORM else "platform_returned"
        case Tell():
            return _TOLD.get(clause)
        case _:
            return None
