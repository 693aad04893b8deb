"""Verdicts in two times: under the policy of the day, and under today's, side by side."""

from datetime import datetime

from attrs import field, frozen

from ticketrules.assessment import Assessment
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy, PolicyHistory
from ticketrules.sla import Verdict
from ticketrules.tickets import Status, Ticket, instant


@frozen
class Flip:
    """A cycle of a clock that the two policies judge differently.

    Attributes:
        clock: The target's id.
        cycle: Which of its cycles.
        then: The verdict under the policy of the day; ``None`` where that has no such cycle.
        today: The verdict under today's.
    """

    clock: str
    cycle: int
    then: Verdict | None
    today: Verdict | None


@frozen(kw_only=True)
class SideBySide:
    """One ticket at one instant under two policies.

    Attributes:
        then_policy: The policy that rules the ticket.
        then: What it says.
        today_policy: The policy in force at the instant.
        today: What it would say.
        flips: The cycles on which they differ, in the order of the clocks.
    """

    then_policy: Policy
    then: Assessment
    today_policy: Policy
    today: Assessment
    flips: tuple[Flip, ...]


@frozen
class Chronicle:
    """A desk whose policies changed over time.

    A ticket keeps the policy under which it was submitted, unless a later one says that it is
    retroactive.

    Attributes:
        history: The policies.
    """

    history: PolicyHistory
    _desks: dict[str, Desk] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        desks = {policy.effective_at.isoformat(): Desk(policy) for policy in self.history.policies}
        object.__setattr__(self, "_desks", desks)

    def desk(self, policy: Policy) -> Desk:
        """The desk of one of its policies."""
        return self._desks[policy.effective_at.isoformat()]

    def desk_of(self, ticket: Ticket, now: datetime) -> Desk:
        """The desk under whose policy a ticket is handled and assessed at an instant.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            PolicyError: No policy was in force when the ticket was opened.
        """
        return self.desk(self._ruling(ticket, instant(now)))

    def assess(self, ticket: Ticket, now: datetime) -> SideBySide:
        """Judge a ticket under the policy that rules it and under the one in force at ``now``.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
            HistoryError: The ticket does not exist yet at ``now``.
            PolicyError: No policy was in force when the ticket was opened.
        """
        now = instant(now)
        then_policy = self._ruling(ticket, now)
        today_policy = self.history.in_force(now)
        then = self.desk(then_policy).assess(ticket, now)
        today = self.desk(today_policy).assess(ticket, now)
        return SideBySide(
            then_policy=then_policy,
            then=then,
            today_policy=today_policy,
            today=today,
            flips=tuple(_flips(then, today)),
        )

    def _ruling(self, ticket: Ticket, now: datetime) -> Policy:
        closed_at = ticket.status_since if ticket.status is Status.CLOSED else None
        return self.history.ruling(ticket.opened_at, now, closed_at)


def _flips(then: Assessment, today: Assessment) -> list[Flip]:
    before = {(one.clock, one.cycle): one.verdict for one in then.readings}
    after = {(one.clock, one.cycle): one.verdict for one in today.readings}
    return [
        Flip(clock, cycle, before.get((clock, cycle)), after.get((clock, cycle)))
        for clock, cycle in dict.fromkeys([*before, *after])
        if before.get((clock, cycle)) is not after.get((clock, cycle))
    ]
