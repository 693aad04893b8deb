"""The one table of what may happen to a ticket, when, by whom, and under which clause.

Everything that must know what is legal reads ``TABLE``: the decider, the check of recorded
histories, the diagrams and the docs. A rule that is not in here does not exist.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.tickets import events as e
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import Role, Status, in_order

NEW, IN_PROGRESS = Status.NEW, Status.IN_PROGRESS
AWAITING_FEEDBACK, AWAITING_CONFIRMATION = Status.AWAITING_FEEDBACK, Status.AWAITING_CONFIRMATION
RESOLVED, CLOSED = Status.RESOLVED, Status.CLOSED

WAITING: Final = frozenset({AWAITING_FEEDBACK, AWAITING_CONFIRMATION})
"""The statuses in which the ball is with the customer."""

UNSOLVED: Final = frozenset({NEW, IN_PROGRESS, AWAITING_FEEDBACK})
"""The statuses of a problem that is still worked on, or that waits for what that needs."""

OPEN: Final = frozenset({NEW, IN_PROGRESS, AWAITING_FEEDBACK, AWAITING_CONFIRMATION})
"""The statuses in which the problem is not yet solved and agreed."""

ALIVE: Final = OPEN | {RESOLVED}
"""Every status but 已关闭, which nothing leaves."""

REOPENED: Final = IN_PROGRESS
"""Where a customer's message leads from the statuses that it reopens."""

AGENT, CUSTOMER = frozenset({Role.AGENT}), frozenset({Role.CUSTOMER})
PLATFORM, SYSTEM = frozenset({Role.PLATFORM}), frozenset({Role.SYSTEM})


@frozen
class Guard:
    """A condition beyond status and role; ``holds(ticket before the event, event)``."""

    reason: Reason
    holds: Callable[[Draft, Any], bool]


@frozen
class Rule:
    """One row of the table.

    Attributes:
        event: What happens.
        clause: The clause that a departure from ``by`` or ``before`` cites.
        by: Who may do it.
        before: In which statuses; empty for the event that begins a ticket.
        after: The status it leads to; ``None`` where the status stays.
        reopens: The statuses from which a customer's message leads to ``REOPENED``.
        guards: What else must hold.
    """

    event: type[e.Event]
    clause: ClauseId
    by: frozenset[Role] = field(repr=in_order)
    before: frozenset[Status] = field(repr=in_order)
    after: Status | None = None
    reopens: frozenset[Status] = field(default=frozenset(), repr=in_order)
    guards: tuple[Guard, ...] = ()


def _guard(clause: str, en: str, zh: str, holds: Callable[[Draft, Any], bool]) -> Guard:
    return Guard(Reason(ClauseId(clause), Text(en, zh)), holds)


def _answered(clause: str, en: str, zh: str) -> Guard:
    return _guard(clause, en, zh, lambda ticket, _event: ticket.unanswered_since is None)


def _written(clause: str, en: str, zh: str, *fields: str) -> Guard:
    return _guard(
        clause, en, zh, lambda _ticket, event: all(getattr(event, name).strip() for name in fields)
    )


_WITH_PROVIDER: Final = _guard(
    "6.4",
    "the platform holds the ticket",
    "工单正由平台处理",
    lambda ticket, _event: ticket.with_platform_since is None,
)

_TOLD: Final = _guard(
    "6.3",
    "an offline receiver needs to be told",
    "转给不在线的客服须告知本人",
    lambda _ticket, event: event.online or event.told,
)

_ANOTHER: Final = _guard(
    "6.1",
    "the receiver is another agent than the giver",
    "接手人须为其他客服",
    lambda _ticket, event: event.to != event.by.id,
)

_NAMED: Final = _written("6.3", "the receiver needs a name", "须指定接手的客服", "to")

RULES: Final[tuple[Rule, ...]] = (
    Rule(e.Submitted, ClauseId("5.1"), CUSTOMER | AGENT, frozenset(), NEW),
    Rule(
        e.Dispatched,
        ClauseId("6.3"),
        AGENT | SYSTEM | PLATFORM,
        OPEN,
        guards=(
            _NAMED,
            _TOLD,
        ),
    ),
    Rule(e.Accepted, ClauseId("5.2"), AGENT, OPEN, IN_PROGRESS),
    Rule(e.Replied, ClauseId("5.6"), AGENT | SYSTEM | PLATFORM, ALIVE),
    Rule(
        e.CustomerWrote, ClauseId("5.1"), CUSTOMER, ALIVE, reopens=WAITING | frozenset({RESOLVED})
    ),
    Rule(e.Noted, ClauseId("5.1"), AGENT | SYSTEM | PLATFORM, ALIVE),
    Rule(
        e.Verified,
        ClauseId("4.1"),
        AGENT,
        OPEN,
        guards=(
            _guard(
                "4.1",
                "a verification names what was verified",
                "核实须注明已核实的信息",
                lambda _ticket, event: bool(event.checks),
            ),
        ),
    ),
    Rule(e.Clarified, ClauseId("8.2"), AGENT, frozenset({NEW, IN_PROGRESS})),
    Rule(
        e.ResolutionPromised,
        ClauseId("8.2"),
        AGENT,
        frozenset({NEW, IN_PROGRESS}),
        guards=(
            _guard(
                "8.2",
                "a promised time lies ahead",
                "承诺的解决时间须晚于当前时间",
                lambda _ticket, event: event.promised_for > event.at,
            ),
        ),
    ),
    Rule(
        e.FeedbackRequested,
        ClauseId("5.3"),
        AGENT,
        frozenset({NEW, IN_PROGRESS}),
        AWAITING_FEEDBACK,
        guards=(
            _answered(
                "5.3",
                "waiting for feedback needs a reply that says what is awaited",
                "需用户反馈须先回复说明所需内容",
            ),
            _WITH_PROVIDER,
        ),
    ),
    Rule(
        e.SolutionProposed,
        ClauseId("5.4"),
        AGENT,
        UNSOLVED,
        AWAITING_CONFIRMATION,
        guards=(
            _answered(
                "5.4",
                "a proposed solution needs a reply that asks to confirm",
                "处理完成须先回复请客户确认",
            ),
        ),
    ),
    Rule(e.Confirmed, ClauseId("5.1"), CUSTOMER, frozenset({AWAITING_CONFIRMATION}), RESOLVED),
    Rule(e.Rejected, ClauseId("5.1"), CUSTOMER, frozenset({AWAITING_CONFIRMATION}), IN_PROGRESS),
    Rule(
        e.Resolved,
        ClauseId("5.5"),
        AGENT,
        OPEN,
        RESOLVED,
        guards=(
            _guard(
                "5.5",
                "resolved needs the customer to have said so",
                "客户反馈已解决后方可改为已解决",
                lambda ticket, _event: ticket.says_solved,
            ),
            _answered("5.5", "resolved needs a reply first", "改为已解决前须先回复"),
        ),
    ),
    Rule(e.Closed, ClauseId("5.1"), CUSTOMER, ALIVE, CLOSED),
    Rule(
        e.Transferred,
        ClauseId("6.1"),
        AGENT,
        frozenset({NEW, IN_PROGRESS}),
        guards=(
            _written(
                "6.1",
                "transfer needs a note: a judgement and what comes next",
                "转单须备注对问题的判断与下一步",
                "judgement",
                "next_step",
            ),
            _answered(
                "6.2",
                "transfer needs the customer answered first",
                "转单前须先回复客户",
            ),
            _NAMED,
            _ANOTHER,
            _TOLD,
            _WITH_PROVIDER,
        ),
    ),
    Rule(
        e.EscalatedToPlatform,
        ClauseId("6.4"),
        AGENT,
        UNSOLVED,
        IN_PROGRESS,
        guards=(
            _written(
                "6.4",
                "escalation needs a note of what the platform must solve",
                "派单给平台须备注需解决的问题",
                "note",
            ),
            _answered(
                "6.4",
                "escalation needs the customer answered first",
                "派单给平台前须先回复客户",
            ),
            _WITH_PROVIDER,
        ),
    ),
    Rule(
        e.PlatformReturned,
        ClauseId("6.4"),
        PLATFORM,
        ALIVE,
        guards=(
            _guard(
                "6.4",
                "only a ticket that the platform holds comes back from it",
                "工单不在平台处",
                lambda ticket, _event: ticket.with_platform_since is not None,
            ),
        ),
    ),
    Rule(e.Complained, ClauseId("7.2"), CUSTOMER, ALIVE),
    Rule(
        e.ComplaintWithdrawn,
        ClauseId("7.2"),
        CUSTOMER,
        ALIVE,
        guards=(
            _guard(
                "7.2",
                "there is no complaint to withdraw",
                "没有可撤销的投诉",
                lambda ticket, _event: ticket.complained_at is not None,
            ),
        ),
    ),
    Rule(
        e.Called,
        ClauseId("4.6"),
        AGENT,
        ALIVE,
        guards=(
            _written(
                "4.6", "a call needs its outcome written down", "电话沟通结果须记录", "outcome"
            ),
        ),
    ),
    Rule(e.Reported, ClauseId("4.6"), AGENT, ALIVE),
    Rule(e.MarkedBusinessStopping, ClauseId("7.1"), AGENT | CUSTOMER | SYSTEM, OPEN),
    Rule(
        e.Reminded,
        ClauseId("9.1"),
        SYSTEM,
        frozenset({AWAITING_FEEDBACK}),
        guards=(_answered("9.1", "the customer had the last word", "客户最后的消息尚未回复"),),
    ),
    Rule(
        e.FeedbackLapsed,
        ClauseId("9.2"),
        SYSTEM,
        frozenset({AWAITING_FEEDBACK}),
        AWAITING_CONFIRMATION,
        guards=(_answered("9.2", "the customer had the last word", "客户最后的消息尚未回复"),),
    ),
    Rule(
        e.ConfirmationLapsed,
        ClauseId("9.3"),
        SYSTEM,
        frozenset({AWAITING_CONFIRMATION}),
        RESOLVED,
        guards=(_answered("9.3", "the customer had the last word", "客户最后的消息尚未回复"),),
    ),
    Rule(
        e.HandedOver,
        ClauseId("6.6"),
        AGENT,
        OPEN,
        guards=(
            _written("3.5", "handover needs a named colleague", "交接须指定接手的客服", "to"),
            _ANOTHER,
            _TOLD,
            _written(
                "6.6",
                "handover needs a note: cause, handler, progress, next step",
                "交接须备注原因、处理人、进度与下一步",
                "cause",
                "handler",
                "progress",
                "next_step",
            ),
        ),
    ),
)
"""The rows, in the order of a ticket's life."""

TABLE: Final[Mapping[type[e.Event], Rule]] = MappingProxyType({rule.event: rule for rule in RULES})
"""The same rows by event."""
