"""The smallest remedy: what must be done by when so that nothing more breaches.

A plan walks the deadlines in order. At each it names the least command that stops the clock whose
time it is, and takes as settled whatever else that command stops or takes the ground from. So
one command serves all that it can in time, and nobody is asked for more, or sooner, than a clock
asks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla.acts import Act, Debt, giver, least_act
from ticketrules.sla.alarms import phone_customer
from ticketrules.sla.policies import PolicyBook
from ticketrules.sla.readings import Reading, Verdict
from ticketrules.tickets import Role, Ticket, is_terminal
from ticketrules.tickets import commands as c
from ticketrules.tickets.lifecycle import rewind
from ticketrules.tickets.values import instant

_TEXTS: Final[Mapping[type[c.Command], Text]] = MappingProxyType(
    {
        c.MarkResolved: Text(
            "reply, and set it resolved as the customer said", "回复客户并改为已解决"
        ),
        c.Reply: Text("answer the customer", "回复客户"),
        c.PromiseResolution: Text(
            "tell the customer when it will be solved", "告知客户预计解决时间"
        ),
        c.ProposeSolution: Text(
            "solve it, and ask the customer to confirm", "解决问题并请客户确认"
        ),
        c.RecordCall: Text(
            "phone the customer, and record what came of it", "电话联系客户并记录沟通结果"
        ),
        c.Remind: Text("remind the customer by e-mail and text message", "以邮件和短信提醒客户"),
        c.LapseFeedback: Text("move it to 待确认, and tell the customer", "转为待确认并告知客户"),
        c.LapseConfirmation: Text("confirm it automatically", "自动确认"),
    }
)
"""What to do, in both languages."""


@frozen(kw_only=True)
class Served:
    """A cycle of a clock that a remedy stops.

    Attributes:
        clock: The target's id.
        cycle: The cycle's number.
        clause: The clause that promises it.
        by: Its deadline, or when it was missed, in UTC; ``None`` while it is paused.
        is_late: Whether it is too late to keep it.
    """

    clock: str
    cycle: int
    clause: ClauseId
    by: datetime | None
    is_late: bool


@frozen(kw_only=True)
class Remedy:
    """One command that has to be given, for the sake of one clock or several.

    Attributes:
        ticket: The ticket's id.
        command: The kind of command.
        first: What has to come before it, where the lifecycle does not allow it at once; else
            ``None``.
        role: Who gives it: an agent, or the system for its own steps (9).
        agent: The agent who has the ticket; ``None`` where nobody has, and for the system.
        not_before: From when on the system may do it (9), in UTC; ``None`` for people.
        by: The first deadline that it can still keep, in UTC; ``None`` where every clock that it
            serves is paused, or missed already.
        late_since: When the first of the clocks that it serves was missed, in UTC; ``None`` if
            none was.
        serves: The clocks that it stops, by clause.
        text: What is to be done, in both languages.
    """

    ticket: str
    command: type[c.Command]
    first: type[c.Command] | None
    role: Role
    agent: str | None
    not_before: datetime | None
    by: datetime | None
    late_since: datetime | None
    serves: tuple[Served, ...]
    text: Text

    @property
    def is_late(self) -> bool:
        """Whether it is too late for something that it serves, and so due at once."""
        return self.late_since is not None

    @property
    def clauses(self) -> tuple[ClauseId, ...]:
        """The clauses that it serves, each once."""
        return tuple(dict.fromkeys(one.clause for one in self.serves))

    def __str__(self) -> str:
        return f"{self.text.en} [{', '.join(self.clauses)}]"


def remedies(
    book: PolicyBook, ticket: Ticket, readings: Iterable[Reading], now: datetime
) -> tuple[Remedy, ...]:
    """The smallest set of commands with which nothing more breaches, in order.

    - A clock that runs is stopped by its deadline. A command serves every clock that it stops in
      time, and a clock whose ground it takes away needs no command of its own.
    - A clock that was missed and still waits makes its command due at once: the one that a running
      clock asks for anyway, or one that does for several missed ones. Where its breach asks for a
      phone call (7.1), the call is due too until it was made.
    - A clock that is paused has the command that would stop it, with no time, unless something
      above does so.

    A plan is for the ticket as it stands: what a command sets going has deadlines of its own, so
    ask again after each. The system's steps count at the end of their window, since nothing
    promises that they come sooner. A clock that no command can stop has no remedy.

    Args:
        book: The policies that the readings are of.
        ticket: The ticket; what happened to it after ``now`` is left aside.
        readings: All of its readings at ``now``.
        now: The instant, aware.

    Returns:
        The remedies by their earliest deadline, missed or not; paused ones last.

    Raises:
        NaiveTimeError: ``now`` has no time zone.
        KeyError: A reading is of no policy in the book.
    """
    now = instant(now)
    then = rewind(ticket, now)
    if then is None or is_terminal(then):
        return ()
    debts = [Debt(one, book.target(one)) for one in readings if one.is_open]
    return tuple(sorted(_Plan(then, now, debts).remedies(), key=_earliest))


def merge_remedies(plans: Iterable[Iterable[Remedy]]) -> tuple[Remedy, ...]:
    """The remedies of a whole desk in the order in which they are due.

    Args:
        plans: The remedies of each ticket.

    Returns:
        All of them by their earliest deadline, missed or not, and then by ticket; paused ones
        last.
    """
    every = (one for plan in plans for one in plan)
    return tuple(sorted(every, key=lambda one: (*_earliest(one), one.ticket)))


def _earliest(remedy: Remedy) -> tuple[bool, float]:
    at = remedy.late_since or remedy.by
    return at is None, 0.0 if at is None else at.timestamp()


_Key = Callable[[Debt, Act], Any]
"""What debts without a deadline are sorted by."""


@frozen(eq=False)
class _Entry:
    """An act in a plan, by when, and the debts that it is there for."""

    act: Act
    by: datetime | None
    serves: list[Debt] = field(factory=list)


class _Plan:
    """One ticket's plan while it is made."""

    def __init__(self, ticket: Ticket, now: datetime, debts: list[Debt]) -> None:
        self.ticket = ticket
        self.read_at = now
        self.debts = debts
        self.entries: list[_Entry] = []

    def remedies(self) -> Iterator[Remedy]:
        """Plan for the clocks that run, then for those missed, then for those that are paused."""
        missed = self._standing(Verdict.BREACHED)
        self._keep_deadlines()
        self._serve(missed, key=lambda _debt, act: -len(act.settles))
        paused = [one for one in self._standing(Verdict.PAUSED) if not self._is_served(one)]
        self._serve(paused, key=lambda debt, act: (debt.reading.remaining, -len(act.settles)))
        for debt in missed:
            if self._call_is_due(debt):
                yield self._call(debt)
        for entry in self.entries:
            yield self._remedy(entry)

    def _standing(self, verdict: Verdict) -> list[Debt]:
        return [one for one in self.debts if one.reading.verdict is verdict]

    def _is_served(self, debt: Debt) -> bool:
        """Whether a command that has a deadline settles it, named for it or not."""
        return any(debt in entry.act.settles for entry in self.entries if entry.by is not None)

    def _keep_deadlines(self) -> None:
        """Walk the deadlines as if each command were given at the last moment."""
        ticket = self.ticket
        open_until = [
            (one.reading.deadline, one)
            for one in self._standing(Verdict.RUNNING)
            if one.reading.deadline is not None
        ]
        while open_until:
            by = min(deadline for deadline, _debt in open_until)
            due = [debt for deadline, debt in open_until if deadline == by]
            found = (least_act(ticket, debt, self.debts, by) for debt in due)
            acts = [act for act in found if act is not None]
            if not acts:  # nobody can stop these
                open_until = [pair for pair in open_until if pair[1] not in due]
                continue
            # Of several that are due at one instant, the one that does for most of them.
            act = max(acts, key=lambda one: sum(debt in one.settles for debt in due))
            self.entries.append(_Entry(act, by, [one for one in act.stops if self._may_name(one)]))
            open_until = [pair for pair in open_until if pair[1] not in act.settles]
            ticket = act.ticket

    def _may_name(self, debt: Debt) -> bool:
        """Whether a command with a deadline is named for a debt: what was missed is due now."""
        is_named = any(debt in entry.serves for entry in self.entries)
        return debt.reading.verdict is not Verdict.BREACHED and not is_named

    def _serve(self, debts: list[Debt], key: _Key) -> None:
        """Serve what has no deadline with what is due anyway, or else with acts of its own."""
        left: list[tuple[Debt, Act]] = []
        for debt in debts:
            act = least_act(self.ticket, debt, self.debts, self.read_at)
            if act is None:
                continue
            same = next((one for one in self.entries if one.act.command is act.command), None)
            if same is None:
                left.append((debt, act))
            else:
                same.serves.append(debt)
        left.sort(key=lambda pair: key(*pair))
        while left:
            act = left[0][1]
            # The system does not wait for an agent with what it does by itself.
            gone = [debt for debt, own in left if debt in act.settles and own.role is act.role]
            self.entries.append(_Entry(act, None, [one for one in gone if one in act.stops]))
            left = [pair for pair in left if pair[0] not in gone]

    def _call_is_due(self, debt: Debt) -> bool:
        phoned, missed_at = self.ticket.phoned_at, debt.reading.breached_at
        return (
            phone_customer in debt.target.on_breach
            and missed_at is not None
            and (phoned is None or phoned < missed_at)
        )

    def _call(self, debt: Debt) -> Remedy:
        return self._given(c.RecordCall, None, None, [debt])

    def _remedy(self, entry: _Entry) -> Remedy:
        return self._given(entry.act.command, entry.act.first, entry.by, entry.serves)

    def _given(
        self,
        kind: type[c.Command],
        first: type[c.Command] | None,
        by: datetime | None,
        debts: list[Debt],
    ) -> Remedy:
        served = sorted(map(_served, debts), key=lambda one: (one.clause, one.clock))
        missed = [one.by for one in served if one.is_late and one.by is not None]
        due = [one.reading.due_at for one in debts if one.reading.due_at is not None]
        role = giver(kind)
        return Remedy(
            ticket=self.ticket.id,
            command=kind,
            first=first,
            role=role,
            agent=self.ticket.agent if role is Role.AGENT else None,
            not_before=max(due, default=None),
            by=by,
            late_since=min(missed, default=None),
            serves=tuple(served),
            text=_TEXTS.get(kind, Text(kind.name, kind.label)),
        )


def _served(debt: Debt) -> Served:
    one, is_late = debt.reading, debt.reading.verdict is Verdict.BREACHED
    return Served(
        clock=one.clock,
        cycle=one.cycle,
        clause=one.clause,
        by=one.breached_at if is_late else one.deadline,
        is_late=is_late,
    )
