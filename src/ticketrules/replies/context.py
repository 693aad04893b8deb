"""In which situation a reply is written: all that its review asks about besides its words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen, validators

from ticketrules.replies.passwords import is_password_used
from ticketrules.tickets import Role, Status, Ticket, commands
from ticketrules.tickets.commands import Command
from ticketrules.tickets.records import Message, Visibility

if TYPE_CHECKING:
    from attrs import Attribute


def _kind(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not (isinstance(value, type) and issubclass(value, Command)):
        msg = f"{attribute.name} must be a kind of command, such as commands.Reply"
        raise TypeError(msg)


def _words(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, str):  # and the value itself is shown to nobody (6.5)
        msg = f"{attribute.name} must hold texts, not {type(value).__name__}"
        raise TypeError(msg)


@frozen(kw_only=True)
class ReviewContext:
    """The situation of a reply.

    Attributes:
        command: What the agent does with it; ``commands.Reply`` for an answer alone.
        before: The ticket's status before it.
        after: Its status after it.
        asked: All that the customer wrote since the last answer, oldest first (4.2).
        password_used: Whether the customer has given a password for the work, and has not been
            reminded since to change it (6.5).
        transferred_to: To whom the ticket goes, where it goes to anybody (6.2).
        call_outcome: What a recorded call's note says (4.6); ``None`` where there was no call.
        command_id: The id of the command, for its findings.
    """

    command: type[Command] = field(default=commands.Reply, validator=_kind)
    before: Status = field(default=Status.IN_PROGRESS, validator=validators.instance_of(Status))
    after: Status = field(default=Status.IN_PROGRESS, validator=validators.instance_of(Status))
    asked: tuple[str, ...] = field(
        default=(),
        repr=False,
        validator=validators.deep_iterable(_words, validators.instance_of(tuple)),
    )
    password_used: bool = field(default=False, validator=validators.instance_of(bool))
    transferred_to: str | None = field(
        default=None, validator=validators.optional(validators.instance_of(str))
    )
    call_outcome: str | None = field(
        default=None, validator=validators.optional(validators.instance_of(str)), repr=False
    )
    command_id: str = ""


_LEADS_TO: Final = {
    commands.RequestFeedback: Status.AWAITING_FEEDBACK,
    commands.ProposeSolution: Status.AWAITING_CONFIRMATION,
    commands.MarkResolved: Status.RESOLVED,
}
"""Where the commands lead that carry a reply and set a status."""


def context_of(ticket: Ticket, command: Command) -> ReviewContext:
    """The situation of a command's reply, from the ticket as it stands before it.

    Args:
        ticket: The ticket, before the command is decided.
        command: What the agent is about to do.
    """
    to = getattr(command, "to", None)
    return situation(
        ticket,
        type(command),
        to=to if isinstance(to, str) else None,
        outcome=command.outcome if isinstance(command, commands.RecordCall) else None,
        command_id=command.id,
    )


def situation(
    ticket: Ticket,
    kind: type[Command],
    *,
    to: str | None = None,
    outcome: str | None = None,
    command_id: str = "",
) -> ReviewContext:
    """The situation of a kind of command on a ticket; see ``context_of``."""
    after = _LEADS_TO.get(kind, ticket.status)
    if after is Status.NEW and kind.takes_up:
        after = Status.IN_PROGRESS
    public = _written(ticket)
    return ReviewContext(
        command=kind,
        before=ticket.status,
        after=after,
        asked=_unanswered(public),
        password_used=is_password_used(public),
        transferred_to=to,
        call_outcome=outcome,
        command_id=command_id,
    )


def reply_of(ticket: Ticket, command: Command) -> str | None:
    """The words to the customer that go with a command.

    Those of the command itself; for a transfer or a handover, which carry none, the latest answer
    where the customer has written nothing since; ``None`` where there are none.
    """
    reply: str | None = getattr(command, "reply", None)
    if reply is not None:
        return reply
    if isinstance(command, commands.Transfer):
        latest = next(reversed(_written(ticket)), None)
        return "" if latest is None or latest.author.role is Role.CUSTOMER else latest.body
    return None


def _written(ticket: Ticket) -> list[Message]:
    """What customer and agents have told each other, oldest first."""
    return [
        one for one in ticket.messages if one.visibility is Visibility.PUBLIC and not one.automatic
    ]


def _unanswered(messages: Iterable[Message]) -> tuple[str, ...]:
    asked: list[str] = []
    for one in messages:
        if one.author.role is Role.CUSTOMER:
            asked.append(one.body)
        else:
            asked.clear()
    return tuple(asked)
