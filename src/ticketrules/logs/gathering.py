"""The tickets and the account of a log's rows, while they grow."""

from collections.abc import Collection
from typing import Final

from ticketrules.errors import LogError
from ticketrules.logs.intake import Intake, Log, Rejection, shown_id
from ticketrules.tickets.events import Event

NO_TICKET: Final = "no value; every row needs its ticket's id"


class UnusableError(Exception):
    """A row cannot be used. It never leaves this package: it becomes a ``Rejection``."""

    def __init__(self, field: str | None, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class Gathering:
    """What has been read of a log so far.

    Attributes:
        name: What errors call the log.
        rows: Rows read, used or not.
        tickets: Each ticket's events; whoever adds to them keeps their order.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = 0
        self.tickets: dict[str, list[Event]] = {}
        self._rejections: list[Rejection] = []
        self._lines: dict[str, dict[str, int]] = {}

    def reject(self, line: int, error: UnusableError, ticket: str | None = None) -> None:
        """Account for a row that cannot be used."""
        self._rejections.append(Rejection(line, error.field, error.reason, ticket))

    def take_ids(self, ticket: str, ids: Collection[str], line: int) -> None:
        """Remember the ids of a ticket's new events, all or none.

        Raises:
            UnusableError: One is taken already; the reason says on which line.
        """
        lines = self._lines.setdefault(ticket, {})
        for one in ids:
            if one in lines:
                raise UnusableError("id", f"{shown_id(one)} stands already on line {lines[one]}")
        lines.update(dict.fromkeys(ids, line))

    def add(self, event: Event, line: int) -> None:
        """Add one of the library's own events.

        Raises:
            UnusableError: It belongs to no ticket, is older than the one before it, or its id is
                taken.
        """
        ticket = event.ticket
        if not ticket.strip():
            raise UnusableError("ticket", NO_TICKET)
        events = self.tickets.get(ticket)
        if events is not None and event.at < events[-1].at:
            raise UnusableError("at", "older than the ticket's event before it")
        self.take_ids(ticket, (event.id,), line)
        if events is None:
            self.tickets[ticket] = [event]
        else:
            events.append(event)

    def log(self, hint: str = "") -> Log:
        """The log, with its account closed.

        Args:
            hint: What to try where no row at all can be used.

        Raises:
            LogError: There is no row that can be used.
        """
        rejected = len(self._rejections)
        if not self.rows:
            msg = f"{self.name}: line 1: there are no rows in it"
            raise LogError(msg)
        if rejected == self.rows:
            msg = (
                f"{self.name}: none of its rows can be used, {rejected} of {rejected} rejected;"
                f" the first: {self._rejections[0]}{hint and f'; {hint}'}"
            )
            raise LogError(msg)
        intake = Intake(
            rows=self.rows,
            mapped=self.rows - rejected,
            rejected=rejected,
            events=sum(map(len, self.tickets.values())),
            tickets=len(self.tickets),
            rejections=tuple(self._rejections),
        )
        return Log(self.name, self.tickets, intake)
