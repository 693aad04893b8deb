"""The course of one ticket: time moves on, and the desk decides every step.

What a course does goes through ``Desk.handle``, so that the lifecycle itself vouches for it; only
``record`` goes past the desk, as a history does that was kept by other means.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Final

from attrs import define

from ticketrules.clauses import Refusal
from ticketrules.desk import Desk
from ticketrules.sample.topics import Topic
from ticketrules.sample.wording import AGENTS
from ticketrules.tickets import SYSTEM, Actor, MessageKind, Role, Ticket, evolve
from ticketrules.tickets.commands import Command, Note, Reply, Submit, Write
from ticketrules.tickets.events import Event

Spell = Sequence[tuple[int, int, int]]
"""How long something takes: weighted bands of minutes, ``(weight, at least, less than)``."""

PLATFORM: Final = Actor(Role.PLATFORM, "cloud-desk")
"""The platform's own desk."""

SLOWEST: Final = "mobei"
"""The agent who takes the longer of two draws, so that the agents' figures differ."""

_WAKES, _SLEEPS = 8, 23


@define(kw_only=True)
class Course:
    """One ticket on its way.

    Attributes:
        desk: The desk that decides.
        rng: The only source of chance.
        id: The ticket's id.
        now: Where its time stands, in the desk's zone.
        topic: What it is about.
        case: Which of the topic's questions, and with it the cause and the remedy.
        customer: Whose it is.
        agent: Who works on it.
        follows: The ticket that it follows up, if any.
        ticket: The ticket so far; ``None`` before its submission.
        steps: How many commands and recorded events it has seen.
    """

    desk: Desk
    rng: Random
    id: str
    now: datetime
    topic: Topic
    case: int
    customer: Actor
    agent: Actor
    follows: str | None = None
    ticket: Ticket | None = None
    steps: int = 0

    # time

    def work(self, spell: Spell) -> None:
        """Let service time pass, from the next opening where the desk is closed."""
        calendar = self.desk.calendar
        amount = self.minutes(spell)
        if self.agent.id == SLOWEST:
            amount = max(amount, self.minutes(spell))
        self.now = calendar.advance(calendar.next_opening(self.now), amount)

    def open(self, seconds: int = 40) -> None:
        """Let the desk open where it is closed, and a few seconds pass."""
        self.now = self.desk.calendar.next_opening(self.now)
        self.now += timedelta(seconds=self.rng.randrange(1, seconds))

    def wait(self, low: int, high: int) -> None:
        """Let minutes of the wall clock pass."""
        self.now += self.minutes(((1, low, high),))

    def sleep(self, low: int, high: int) -> None:
        """Let the customer take minutes of the wall clock, and a night's rest where it is due."""
        self.wait(low, high)
        if not _WAKES <= self.now.hour < _SLEEPS:
            late = self.now.hour >= _SLEEPS
            day = self.now.date() + timedelta(days=int(late))
            morning = datetime(day.year, day.month, day.day, _WAKES, tzinfo=self.now.tzinfo)
            self.now = morning + self.minutes(((1, 5, 90),))

    def at(self, month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> None:
        """Come to a minute on the wall clock; the second is left to chance."""
        second = self.rng.randrange(60)
        self.now = datetime(year, month, day, hour, minute, second, tzinfo=self.now.tzinfo)

    def due(self, clock: str) -> datetime:
        """From when on the system may do what an open clock asks of it (9).

        Raises:
            LookupError: No such clock is open.
        """
        for reading in self.desk.clocks.read(self.life, self.now):
            if reading.clock == clock and reading.is_open and reading.due_at is not None:
                return reading.due_at.astimezone(self.now.tzinfo)
        msg = f"{self.id}: {clock} is not open"
        raise LookupError(msg)

    # chance

    def minutes(self, spell: Spell) -> timedelta:
        """How long it takes this time, to the second."""
        weights = tuple(accumulate(weight for weight, _low, _high in spell))
        _weight, low, high = spell[bisect_right(weights, self.rng.randrange(weights[-1]))]
        return timedelta(seconds=self.rng.randrange(low * 60, high * 60))

    def chance(self, percent: int) -> bool:
        """Whether it happens this time."""
        return self.rng.randrange(100) < percent

    def colleague(self) -> str:
        """Another agent's id."""
        return self.rng.choice([one for one in AGENTS if one != self.agent.id])

    # words

    def say(self, phrases: str | Sequence[str], **more: str) -> str:
        """One of the phrases, its gaps filled with this ticket's matter."""
        phrase = phrases if isinstance(phrases, str) else self.rng.choice(phrases)
        return phrase.format(
            agent=AGENTS[self.agent.id],
            topic=self.topic.name,
            question=self.matter(self.topic.questions),
            cause=self.matter(self.topic.causes),
            remedy=self.matter(self.topic.remedies),
            wanted=self.matter(self.topic.wanted),
            **more,
        )

    def matter(self, parts: Sequence[str]) -> str:
        """The part of the topic that belongs to this ticket's question."""
        return parts[self.case % len(parts)]

    # steps

    @property
    def life(self) -> Ticket:
        """The ticket, once it was submitted."""
        if self.ticket is None:
            msg = f"{self.id} was not submitted"
            raise LookupError(msg)
        return self.ticket

    def do(self, kind: type[Command], by: Actor, /, **parts: Any) -> None:
        """Have the desk decide a command.

        Raises:
            ValueError: The desk refused: the scenario is wrong.
        """
        self.steps += 1
        command = kind(id=f"{self.id}-{self.steps:02d}", by=by, **parts)
        decision = self.desk.handle(self.ticket, command, self.now)
        if isinstance(decision, Refusal):
            msg = f"{self.id}: {decision}"
            raise ValueError(msg)
        self.ticket = decision.ticket

    def record(self, kind: type[Event], by: Actor, /, **parts: Any) -> None:
        """Write an event into the history without asking the desk."""
        self.steps += 1
        event = kind(
            id=f"{self.id}-{self.steps:02d}/1", ticket=self.id, at=self.now, by=by, **parts
        )
        self.ticket = evolve(self.ticket, event)

    def submit(self, by: Actor | None = None) -> None:
        """Submit the ticket, as the customer or on the customer's behalf."""
        body = self.matter(self.topic.questions)
        self.do(Submit, by or self.customer, ticket=self.id, body=body, follows=self.follows)

    def reply(self, phrases: str | Sequence[str], **more: str) -> None:
        """Answer as the agent."""
        self.do(Reply, self.agent, reply=self.say(phrases, **more))

    def announce(self, phrases: str | Sequence[str]) -> None:
        """Send the customer a message of the system's own, which is no answer."""
        self.do(Reply, SYSTEM, reply=self.say(phrases))

    def write(self, phrases: str | Sequence[str], kind: MessageKind = MessageKind.MESSAGE) -> None:
        """Write as the customer."""
        self.do(Write, self.customer, body=self.say(phrases), kind=kind)

    def note(self, phrases: str | Sequence[str]) -> None:
        """Leave an internal note as the agent."""
        self.do(Note, self.agent, body=self.say(phrases))
