"""A desk with one ticket on it, so that a test reads given, when, then."""

from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from attrs import fields_dict

from ticketrules.clauses import Finding, Reason, Refusal
from ticketrules.tickets import (
    Actor,
    Check,
    Decision,
    Role,
    Status,
    Superior,
    Ticket,
    decide,
    evolve,
)
from ticketrules.tickets import commands as c
from ticketrules.tickets import events as e

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, 2 March 2026, 09:00 in Shanghai."""

SPEAKERS = {
    c.Submit: Role.CUSTOMER,
    c.Write: Role.CUSTOMER,
    c.Confirm: Role.CUSTOMER,
    c.Reject: Role.CUSTOMER,
    c.Close: Role.CUSTOMER,
    c.Complain: Role.CUSTOMER,
    c.WithdrawComplaint: Role.CUSTOMER,
    c.ReturnFromPlatform: Role.PLATFORM,
    c.Remind: Role.SYSTEM,
    c.LapseFeedback: Role.SYSTEM,
    c.LapseConfirmation: Role.SYSTEM,
    e.Submitted: Role.CUSTOMER,
    e.CustomerWrote: Role.CUSTOMER,
    e.Confirmed: Role.CUSTOMER,
    e.Rejected: Role.CUSTOMER,
    e.Closed: Role.CUSTOMER,
    e.Complained: Role.CUSTOMER,
    e.ComplaintWithdrawn: Role.CUSTOMER,
    e.PlatformReturned: Role.PLATFORM,
    e.Reminded: Role.SYSTEM,
    e.FeedbackLapsed: Role.SYSTEM,
    e.ConfirmationLapsed: Role.SYSTEM,
}
"""Who usually does it; whatever is not here is an agent's work."""

NAMES = {Role.CUSTOMER: "zhang", Role.AGENT: "an", Role.PLATFORM: "desk", Role.SYSTEM: ""}

WORDS = {
    "body": "网站打不开",
    "reply": "您好，请您核实，谢谢！",
    "note": "需平台检查负载均衡",
    "judgement": "证书已过期",
    "next_step": "更换证书",
    "outcome": "已电话说明",
    "cause": "证书过期",
    "handler": "小安",
    "progress": "已申请新证书",
}

WAY = {
    Status.NEW: (c.Submit,),
    Status.IN_PROGRESS: (c.Submit, c.Reply),
    Status.AWAITING_FEEDBACK: (c.Submit, c.RequestFeedback),
    Status.AWAITING_CONFIRMATION: (c.Submit, c.ProposeSolution),
    Status.RESOLVED: (c.Submit, c.ProposeSolution, c.Confirm),
    Status.CLOSED: (c.Submit, c.Reply, c.Close),
}
"""A short legal way to each status."""


class Desk:
    """One ticket and the clock on the wall, which moves a minute with everything that is done."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.ticket: Ticket | None = None
        self.done = 0

    def later(self, **amount: float) -> Self:
        """Let time pass."""
        self.now += timedelta(**amount)
        return self

    def given(self, *kinds: type[c.Command], **parts: Any) -> Self:
        """Commands that the rules allow, done one after the other; the parts are the last one's."""
        for left, kind in zip(reversed(range(len(kinds))), kinds, strict=True):
            outcome = self.when(kind, **({} if left else parts))
            assert isinstance(outcome, Decision), str(outcome)
            self.ticket = outcome.ticket
        return self

    def at(self, status: Status) -> Self:
        """A ticket that came to a status by a short legal way."""
        self.given(*WAY[status])
        assert self.ticket.status is status
        return self

    def recorded(self, *kinds: type[e.Event], **parts: Any) -> Self:
        """Facts that a log tells, legal or not; the parts are the last one's."""
        for left, kind in zip(reversed(range(len(kinds))), kinds, strict=True):
            self.later(minutes=1)
            self.ticket = evolve(self.ticket, self.event(kind, **({} if left else parts)))
        return self

    def when(
        self, kind: type[c.Command], /, *, due_at: datetime | None = None, **parts: Any
    ) -> Decision | Refusal:
        """Decide one command a minute on; a reminder or lapse is due unless told otherwise."""
        self.later(minutes=1)
        if due_at is None and kind in {c.Remind, c.LapseFeedback, c.LapseConfirmation}:
            due_at = self.now
        return self.decided(self.command(kind, **parts), due_at=due_at)

    def decided(self, command: c.Command, **when: Any) -> Decision | Refusal:
        """What the rules say of a command now; nothing is done yet."""
        return decide(self.ticket, command, self.now, **when)

    def command(self, kind: type[c.Command], /, **parts: Any) -> Any:
        self.done += 1
        return kind(**{**self._usual(kind, f"c{self.done}"), **_actor(parts)})

    def event(self, kind: type[e.Event], /, **parts: Any) -> Any:
        self.done += 1
        return kind(**{**self._usual(kind, f"e{self.done}"), "at": self.now, **_actor(parts)})

    def _usual(self, kind: type[Any], unique: str) -> dict[str, Any]:
        role = SPEAKERS.get(kind, Role.AGENT)
        usual: dict[str, Any] = {
            **WORDS,
            "id": unique,
            "ticket": "T1",
            "by": Actor(role, NAMES[role]),
            "to": Superior.SUPERVISOR if kind in {c.Report, e.Reported} else "bo",
            "checks": frozenset({Check.ACCOUNT}),
            "promised_for": self.now + timedelta(days=1),
        }
        return {name: usual[name] for name in fields_dict(kind) if name in usual}


def _actor(parts: dict[str, Any]) -> dict[str, Any]:
    by = parts.get("by")
    return {**parts, "by": Actor(by, NAMES[by])} if isinstance(by, Role) else parts


@pytest.fixture
def desk() -> Desk:
    """A desk without its ticket yet, on a Monday at nine."""
    return Desk()


@pytest.fixture
def cited():
    """The clauses of a refusal, or of a ticket's departures, in order."""

    def clauses(of: Refusal | Ticket) -> list[str]:
        assert isinstance(of, (Refusal, Ticket)), f"nothing to cite: {of}"
        reasons: tuple[Reason | Finding, ...]
        reasons = of.reasons if isinstance(of, Refusal) else of.departures
        return [reason.clause for reason in reasons]

    return clauses


@pytest.fixture
def kinds():
    """The kinds of the events that a decision brought, in order."""

    def names(outcome: Decision) -> list[type[e.Event]]:
        assert isinstance(outcome, Decision), str(outcome)
        return [type(event) for event in outcome.events]

    return names
