"""Readings: how each cycle of each clock stands at an instant, with all that proves it."""

from datetime import UTC, datetime, timedelta

from attrs import define, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.pages import Page
from ticketrules.sla.reading_rendering import readings_table
from ticketrules.sla.targets import Threshold
from ticketrules.tickets.values import Labelled


class Verdict(Labelled):
    """How a clock stands."""

    RUNNING = "running", "计时中"
    PAUSED = "paused", "已暂停"
    MET = "met", "达标"
    BREACHED = "breached", "超时"
    CANCELLED = "cancelled", "已取消"


@frozen
class Pause:
    """A stretch ``[start, end)`` in which a clock stood still because of the ticket.

    Attributes:
        start: When it began, in UTC.
        end: When the clock ran on, or was read last.
        why: The reason.
        by: The id of the event that began it.
        ended_by: The id of the event that let the clock run on, gave another reason or stopped
            it; ``None`` while it still stands.
    """

    start: datetime
    end: datetime
    why: Text
    by: str
    ended_by: str | None = None


@frozen
class Crossing:
    """A threshold that was passed, and when, in UTC."""

    threshold: Threshold
    at: datetime


@define
class ReadingDraft:
    """A reading while it is put together; nothing outside the clocks ever sees one.

    Filling a mutable value and making it a ``Reading`` by its class, which has the same slots,
    costs half as much as making a frozen one. What is known when a cycle begins comes first.
    """

    ticket: str
    policy: str
    because: Text
    clock: str
    clause: ClauseId
    cycle: int
    verdict: Verdict
    read_at: datetime
    started_at: datetime
    started_by: str
    budget: timedelta | None
    deadline: datetime | None
    due_at: datetime | None
    around_the_clock: bool
    unannounced: bool
    stopped_at: datetime | None = None
    stopped_by: str | None = None
    elapsed: timedelta = timedelta(0)
    paused: timedelta = timedelta(0)
    breached_at: datetime | None = None
    overrun: timedelta = timedelta(0)
    remaining: timedelta = timedelta(0)
    agent: str | None = None
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    changes_at: datetime | None = None


@frozen  # pyright: ignore[reportGeneralTypeIssues]
class Reading(ReadingDraft):
    """One cycle of one clock, read at an instant. Instants are in UTC.

    Attributes:
        ticket: The ticket's id.
        policy: The name of the policy that the target belongs to.
        because: Why that policy is the ticket's.
        clock: The target's id.
        clause: The clause that promises it.
        cycle: 1 for the clock's first cycle on this ticket.
        verdict: How it stands.
        read_at: The instant of the reading, or of the stop where that came first.
        started_at: When the cycle began.
        started_by: The id of the event that began it.
        stopped_at: When it was met, missed or cancelled; ``None`` while it is open.
        stopped_by: The id of that event.
        budget: The time allowed; ``None`` where the target names an instant.
        elapsed: The time counted against it: service time, or plain time where the target says so.
        paused: The time that would have counted, had the ticket not stood still.
        deadline: The instant after which it is broken; ``None`` while paused, and where the
            calendar cannot tell it (``unannounced``).
        due_at: From when on the system may act (9), else ``None``.
        breached_at: The instant of the breach.
        overrun: The counted time past the promise.
        remaining: The counted time left; zero once it is over or broken.
        agent: Who held the ticket at the breach, or whose answer stopped it, or who holds it;
            ``None`` where nobody does, where the platform held or stopped it (6.4), and for what
            the system keeps (9).
        provisional: Whether it rests on a day that no holiday notice has announced.
        pauses: Each stretch in which it stood still.
        crossings: The thresholds that were passed, in order.
        around_the_clock: Whether every hour counts, and not service time.
        unannounced: Whether its deadline, or the service time until a promised one, hangs on days
            that no notice has announced and the calendar does not project. A deadline or due
            date that cannot be told is ``None`` then, and what remains is nothing.
        changes_at: The first instant after the reading at which time alone changes more than the
            count: a threshold, a deadline or a due date; ``None`` if nothing will.
    """

    @property
    def is_open(self) -> bool:
        """Whether the cycle still waits for its stop, in time or not."""
        return self.stopped_at is None

    @property
    def is_early(self) -> bool:
        """Whether the system did before it was due what it may only do then (9.2, 9.3)."""
        return (
            self.due_at is not None
            and self.breached_at is not None
            and self.breached_at == self.stopped_at
            and self.breached_at < self.due_at
        )

    @property
    def outside_hours(self) -> timedelta:
        """The rest of its life: time that counts for nobody, paused or not."""
        return self.read_at - self.started_at - self.elapsed - self.paused

    def _repr_html_(self) -> str:
        table = readings_table((self,), UTC, "en")
        return Page("en", self.ticket, (table,)).html()
