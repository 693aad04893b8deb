"""Who is credited with what: whoever had the ball at the instant."""

from datetime import datetime
from typing import Final

from attrs import frozen

from ticketrules.sla import Reading
from ticketrules.tickets import OPEN, Role, events
from ticketrules.tickets.model import Draft


@frozen
class Credit:
    """Whose doing something is.

    Attributes:
        provider: The provider; ``None`` where it is not known, or the doing is not the provider's.
        agent: The agent; ``None`` where it is no agent's.
    """

    provider: str | None
    agent: str | None


NOBODY: Final = Credit(None, None)
"""The platform's and the system's doing is neither a provider's nor an agent's."""


@frozen
class Hold:
    """Somebody holds a ticket from an instant on; ``is_open`` until it is solved and agreed."""

    since: datetime
    credit: Credit
    is_open: bool


class Ball:
    """Who has the ball through a ticket's life, told event by event.

    Args:
        provider: The ticket's provider.

    Attributes:
        provider: The same.
        holds: Every hold so far, in order.
        credit: Who has it now; before the first event, nobody.
    """

    def __init__(self, provider: str | None) -> None:
        self.provider = provider
        self.holds: list[Hold] = []
        self.credit = NOBODY
        self._platforms: set[str] = set()

    def follow(self, event: events.Event, draft: Draft) -> None:
        """Take an event into account, with the ticket after it."""
        if event.by.role is Role.PLATFORM:
            self._platforms.add(event.id)
        is_open = draft.status in OPEN
        with_platform = draft.with_platform_since is not None
        credit = NOBODY if with_platform else Credit(self.provider, draft.agent)
        if not self.holds or credit != self.credit or is_open is not self.holds[-1].is_open:
            self.holds.append(Hold(event.at, credit, is_open))
        self.credit = credit

    def at(self, instant: datetime) -> Credit:
        """Who had it at an instant; where it changed hands then, the one who got it."""
        return next((hold.credit for hold in reversed(self.holds) if hold.since <= instant), NOBODY)

    def author(self, event: events.Event) -> Credit:
        """Whose doing an event is: its author's, or the holder's where no name is known."""
        if event.by.role is Role.PLATFORM:
            return NOBODY
        if event.by.role is Role.AGENT and event.by.id:
            return Credit(self.provider, event.by.id)
        return self.credit

    def of(self, reading: Reading) -> Credit:
        """Whose a cycle of a clock is, once the whole history was followed.

        The agent is the reading's own. The provider's it is too, but for what the system keeps
        (9), and what the platform held at the breach, ended or holds (6.4): that is nobody's.
        """
        if reading.due_at is not None:
            return NOBODY
        if reading.breached_at is not None:
            is_nobodys = self.at(reading.breached_at) is NOBODY
        elif reading.is_open:
            is_nobodys = self.credit is NOBODY
        else:
            is_nobodys = reading.stopped_by in self._platforms
        return NOBODY if is_nobodys else Credit(self.provider, reading.agent)

    def holders(self, start: datetime, end: datetime) -> set[Credit]:
        """Everybody who held it open for any time in ``[start, end)``."""
        found = set()
        for number, hold in enumerate(self.holds):
            until = self.holds[number + 1].since if number + 1 < len(self.holds) else end
            if hold.is_open and max(hold.since, start) < min(until, end):
                found.add(hold.credit)
        return found
