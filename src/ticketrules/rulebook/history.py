"""A desk's policies over time: which was in force when, and which rules a ticket."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from attrs import field, frozen

from ticketrules.errors import PolicyError
from ticketrules.rulebook.policy import Policy


def _in_order(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    return tuple(policies)


@frozen
class PolicyHistory:
    """Policies in the order in which they came into force.

    Attributes:
        policies: At least one; the first may have been in force for ever.

    Raises:
        PolicyError: No policies, or one that does not come into force after the one before it.
    """

    policies: tuple[Policy, ...] = field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if not self.policies:
            msg = "a history of policies needs at least one"
            raise PolicyError(msg)
        for before, after in pairwise(self.policies):
            if after.effective_at <= before.effective_at:
                msg = (
                    f"policy {after.name!r}: effective_from: does not come after"
                    f" that of {before.name!r}"
                )
                raise PolicyError(msg)

    def in_force(self, at: datetime) -> Policy:
        """The policy in force at an instant.

        Raises:
            PolicyError: None was, yet.
        """
        for policy in reversed(self.policies):
            if policy.effective_at <= at:
                return policy
        first = self.policies[0]
        msg = f"no policy was in force at {at.isoformat()}; the first is {first.name!r}"
        raise PolicyError(msg)

    def ruling(
        self, opened_at: datetime, now: datetime, closed_at: datetime | None = None
    ) -> Policy:
        """The policy that rules a ticket at an instant.

        The one in force when the ticket was opened, or the latest since then that says it is
        retroactive and came while the ticket was open.

        Args:
            opened_at: When the ticket was opened, in UTC.
            now: The instant, in UTC.
            closed_at: When it was closed; ``None`` if it is not.

        Raises:
            PolicyError: None was in force when it was opened.
        """
        ruling = self.in_force(opened_at)
        for policy in self.policies:
            is_open = closed_at is None or policy.effective_at < closed_at
            if policy.retroactive and is_open and opened_at < policy.effective_at <= now:
                ruling = policy
        return ruling
