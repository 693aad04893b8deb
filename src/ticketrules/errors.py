"""The few kinds of error that a caller can act on.

An exception means that the host misused the library or handed it unusable input. A rule that says
no is not an exception: it is a ``ticketrules.clauses.Refusal``.
"""


class TicketRulesError(Exception):
    """Root of every error that this library raises on purpose."""


class NaiveTimeError(TicketRulesError, ValueError):
    """An instant came without a time zone; the library never guesses one."""


class CalendarError(TicketRulesError, ValueError):
    """A calendar, schedule or holiday notice cannot be what it says."""


class UnannouncedError(TicketRulesError, LookupError):
    """A day was asked for that no notice has announced, of a calendar that may not project."""


class HistoryError(TicketRulesError, ValueError):
    """Events that cannot be the history of one ticket (none, mixed tickets, out of order)."""


class VersionConflictError(TicketRulesError):
    """The ticket has changed since whoever sends the command last saw it; read it again."""


class WireError(TicketRulesError, ValueError):
    """A JSON value that is not an event; the message names the field."""


class PolicyError(TicketRulesError, ValueError):
    """A policy with an unknown key, a wrong unit or an impossible value; names the key path."""


class LexiconError(TicketRulesError, ValueError):
    """A lexicon with an entry that cannot be used; names the entry and the key."""


class TemplateError(TicketRulesError, ValueError):
    """A reply template that cannot be used, or what was to stand in it; names template and slot."""


class MappingError(TicketRulesError, ValueError):
    """A log mapping that cannot be used; names the key or column."""


class LogError(TicketRulesError, ValueError):
    """A log that cannot be used at all: missing, empty, cut short, in another encoding."""


class PictureError(TicketRulesError, ValueError):
    """A picture that cannot be drawn: nothing to show, or no font for its language."""


class ReportError(TicketRulesError, ValueError):
    """A report that cannot be made: a period without time, a ticket twice, an unknown agent."""


class SimulationError(TicketRulesError, ValueError):
    """A simulation that cannot be run: a rate below zero, no history, no agents, no time."""


class RoutingError(TicketRulesError, ValueError):
    """Agents, shifts, rosters or queues that cannot be; names the agent, the ticket or the key."""


class LawError(TicketRulesError, AssertionError):
    """A law that does not hold; the message tells the law and the story that breaks it."""
