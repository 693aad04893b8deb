"""Tickets: their values, what can happen to them, what may, and what it amounts to."""

from ticketrules.tickets import commands, events
from ticketrules.tickets.decider import Decision, decide
from ticketrules.tickets.diagram import dot, mermaid
from ticketrules.tickets.effects import (
    AskForRating,
    Channel,
    Effect,
    NotifyCustomer,
    PhoneCustomer,
    ReportUp,
    Tell,
)
from ticketrules.tickets.lifecycle import evolve, is_terminal, replay
from ticketrules.tickets.message_reading import read_kind
from ticketrules.tickets.model import Ticket
from ticketrules.tickets.permission import COMMANDS, Permission, permitted
from ticketrules.tickets.records import (
    Call,
    Holder,
    HolderKind,
    Message,
    UpwardReport,
    Visibility,
)
from ticketrules.tickets.table import ALIVE, OPEN, TABLE, UNSOLVED, WAITING, Guard, Rule
from ticketrules.tickets.values import (
    SYSTEM,
    Actor,
    Check,
    MessageKind,
    Role,
    Status,
    Superior,
    instant,
)
from ticketrules.tickets.wire_schema import event_schema

__all__ = [
    "ALIVE",
    "COMMANDS",
    "OPEN",
    "SYSTEM",
    "TABLE",
    "UNSOLVED",
    "WAITING",
    "Actor",
    "AskForRating",
    "Call",
    "Channel",
    "Check",
    "Decision",
    "Effect",
    "Guard",
    "Holder",
    "HolderKind",
    "Message",
    "MessageKind",
    "NotifyCustomer",
    "Permission",
    "PhoneCustomer",
    "ReportUp",
    "Role",
    "Rule",
    "Status",
    "Superior",
    "Tell",
    "Ticket",
    "UpwardReport",
    "Visibility",
    "commands",
    "decide",
    "dot",
    "event_schema",
    "events",
    "evolve",
    "instant",
    "is_terminal",
    "mermaid",
    "permitted",
    "read_kind",
    "replay",
]
