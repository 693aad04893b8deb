"""Tickets: their values, what can happen to them, what may, and what it amounts to."""

from ticketrules.tickets import commands, events
from ticketrules.tickets.decider import Decision, decide
from ticketrules.tickets.lifecycle import evolve, is_terminal, replay
from ticketrules.tickets.model import Ticket
from ticketrules.tickets.table import ALIVE, OPEN, TABLE, WAITING, Guard, Rule
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

__all__ = [
    "ALIVE",
    "OPEN",
    "SYSTEM",
    "TABLE",
    "WAITING",
    "Actor",
    "Check",
    "Decision",
    "Guard",
    "MessageKind",
    "Role",
    "Rule",
    "Status",
    "Superior",
    "Ticket",
    "commands",
    "decide",
    "events",
    "evolve",
    "instant",
    "is_terminal",
    "replay",
]
