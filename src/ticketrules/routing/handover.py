"""Handover (交接): what is handed to whom, and what the notes must say (3.5, 6.6), as values.

A plan names a receiver for each ticket with the reason, or why the ticket stays or cannot be handed
over. Executed, it is one ``HandOver`` command for each ticket that changes hands, or a refusal with
everything that is missing. ``handover_planning`` makes it.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import field, fields, frozen, validators

from ticketrules.clauses import ClauseId, Reason, Refusal, Text
from ticketrules.routing.dispatch import Rejection
from ticketrules.routing.given import as_names, as_tuple, id_set
from ticketrules.routing.priority import Standing
from ticketrules.tickets import Actor, Role, instant
from ticketrules.tickets.commands import HandOver
from ticketrules.tickets.parts import words


@frozen(kw_only=True)
class Deadline:
    """A promise that is still open on a ticket.

    Attributes:
        clause: The clause that makes it.
        text: What is to be done, in both languages.
        at: By when, in UTC.
    """

    clause: ClauseId
    text: Text
    at: datetime = field(converter=instant)

    def __str__(self) -> str:
        return f"{self.text.en} by {self.at:%Y-%m-%d %H:%M} UTC [{self.clause}]"


@frozen(kw_only=True)
class HandoverNote:
    """The note of a handover, in its four parts (6.6); what people wrote shows in no ``repr``."""

    cause: str = words(default="")
    handler: str = words(default="")
    progress: str = words(default="")
    next_step: str = words(default="")

    @property
    def lacks(self) -> tuple[Reason, ...]:
        """The parts that are still blank."""
        return tuple(
            Reason(ClauseId("6.6"), _PARTS[part.name])
            for part in fields(HandoverNote)
            if not getattr(self, part.name).strip()
        )


_PARTS: Final = MappingProxyType(
    {
        "cause": Text("the note lacks the cause", "备注缺少原因"),
        "handler": Text("the note lacks who is handling it", "备注缺少处理人"),
        "progress": Text("the note lacks the progress", "备注缺少进度"),
        "next_step": Text("the note lacks what comes next", "备注缺少下一步"),
    }
)
"""The parts of a note, and what to say of one that is blank."""

_BLANK: Final = HandoverNote()


@frozen(kw_only=True)
class Handover:
    """A ticket that changes hands.

    Attributes:
        ticket: The ticket's id.
        because: Why it cannot stay: its status (3.5), or what would be missed meanwhile.
        receiver: Who gets it.
        why: Why this one.
        rejected: Every other agent with the reasons, by id.
        is_online: Whether the receiver is on duty now; one who is not must be told (6.3).
        receiver_on_at: When the receiver is there, in UTC; the plan's instant for one on duty.
        note: The note as far as it is written.
        check: The status to check before (5.2), and whether the customer was answered (6.2).
        missed: What falls due before the receiver is there, soonest first.
    """

    ticket: str
    because: Reason
    receiver: str
    why: Reason
    rejected: tuple[Rejection, ...]
    is_online: bool
    receiver_on_at: datetime
    note: HandoverNote
    check: tuple[Reason, ...]
    missed: tuple[Deadline, ...]

    @property
    def lacks(self) -> tuple[Reason, ...]:
        """What the note still lacks (6.6)."""
        return self.note.lacks


@frozen(kw_only=True)
class Stays:
    """A ticket that is not handed over, and why that is right."""

    ticket: str
    why: Reason


@frozen(kw_only=True)
class CannotHandOver:
    """A ticket that should change hands and cannot.

    Attributes:
        ticket: The ticket's id.
        because: Why it should.
        why: What stands against it.
        rejected: Every agent with the reasons, by id, where nobody may have it.
    """

    ticket: str
    because: Reason
    why: Reason
    rejected: tuple[Rejection, ...] = ()


@frozen(kw_only=True)
class HandoverPlan:
    """What is to become of an agent's tickets.

    Attributes:
        giver: The agent who leaves.
        planned_at: When it was planned, in UTC.
        leaves_at: When the giver leaves, in UTC.
        back_at: When the giver is to be back, in UTC; ``None`` where the roster tells no shift.
        items: One for each ticket, in the order of work.
    """

    giver: str
    planned_at: datetime
    leaves_at: datetime
    back_at: datetime | None
    items: tuple[Handover | Stays | CannotHandOver, ...]

    @property
    def handovers(self) -> tuple[Handover, ...]:
        """The tickets that change hands, in the order of work."""
        return tuple(one for one in self.items if isinstance(one, Handover))

    def commands(
        self, command_id: str, told: Collection[str] = ()
    ) -> tuple[tuple[str, HandOver], ...] | Refusal:
        """The plan as commands, one for each ticket that changes hands, or why that may not be.

        Args:
            command_id: The id of each of the commands; the tickets must not have seen it.
            told: The receivers who were told, among those who are not on duty (6.3).

        Returns:
            Ticket ids with their commands, in the order of work; all of them or none.

        Raises:
            RoutingError: ``told`` is no collection of ids.
        """
        told = as_names(told)
        reasons = tuple(self._against(told))
        if reasons:
            return Refusal(HandOver.name, reasons, HandOver.label)
        by = Actor(Role.AGENT, self.giver)
        return tuple(
            (
                one.ticket,
                HandOver(
                    id=command_id,
                    by=by,
                    to=one.receiver,
                    online=one.is_online,
                    told=one.receiver in told,
                    cause=one.note.cause,
                    handler=one.note.handler,
                    progress=one.note.progress,
                    next_step=one.note.next_step,
                ),
            )
            for one in self.handovers
        )

    def _against(self, told: Collection[str]) -> Iterator[Reason]:
        for one in self.items:
            if isinstance(one, CannotHandOver):
                yield _of_ticket(one.ticket, one.why)
            elif isinstance(one, Handover):
                for reason in one.lacks:
                    yield _of_ticket(one.ticket, reason)
                if not one.is_online and one.receiver not in told:
                    text = Text(
                        f"{one.receiver} is not on duty and needs to be told",
                        f"{one.receiver} 未在岗，须告知本人",
                    )
                    yield _of_ticket(one.ticket, Reason(ClauseId("6.3"), text))


def _of_ticket(ticket: str, reason: Reason) -> Reason:
    text = Text(f"{ticket}: {reason.text.en}", f"{ticket}：{reason.text.zh}")
    return Reason(reason.clause, text)


@frozen(kw_only=True)
class Known:
    """What parts above routing know of a ticket that may be handed over.

    Attributes:
        standing: Its place in the order of work; the one without clocks if it is not given.
        deadlines: The promises that are open on it, in any order.
        skills: What the receiver must be able to do.
        note: The note as far as it is written.
    """

    standing: Standing | None = None
    deadlines: tuple[Deadline, ...] = field(default=(), converter=as_tuple)
    skills: frozenset[str] = id_set()
    note: HandoverNote = field(default=_BLANK, validator=validators.instance_of(HandoverNote))
