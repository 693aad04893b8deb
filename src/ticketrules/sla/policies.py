"""Several policies: the first that matches a ticket is its own, and the choice says why."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.sla.clocks import EVERY_TICKET, ClockSet
from ticketrules.sla.readings import Reading
from ticketrules.sla.targets import Target
from ticketrules.tickets import Ticket
from ticketrules.tickets.lifecycle import rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.values import instant


def _always(_ticket: Draft) -> bool:
    return True


@frozen(kw_only=True)
class SlaPolicy:
    """Targets for the tickets that match.

    Attributes:
        name: What readings call it.
        targets: The promises.
        matches: Which tickets it is for, by the ticket as it stands.
        because: What is true of a ticket that matches, in both languages.
    """

    name: str
    targets: tuple[Target, ...]
    matches: Callable[[Draft], bool] = field(default=_always)
    because: Text = EVERY_TICKET


@frozen
class Choice:
    """Which policy is a ticket's, and why.

    Attributes:
        policy: The first that matches; ``None`` if none does.
        because: Why it does.
        passed_over: The names of those before it, which do not.
    """

    policy: SlaPolicy | None
    because: Text
    passed_over: tuple[str, ...]


_NONE: Text = Text("no policy is for it", "没有适用的策略")


@frozen
class PolicyBook:
    """Policies in the order in which they are tried, counted in one calendar.

    Args:
        policies: The policies; the first that matches a ticket wins.
        calendar: The service calendar.

    Attributes:
        targets: Every target of every policy, the first of each id.

    Raises:
        ValueError: Two policies of one name, or two targets of one id in a policy.
    """

    policies: tuple[SlaPolicy, ...]
    calendar: ServiceCalendar = field(repr=False)
    targets: tuple[Target, ...] = field(init=False, repr=False, eq=False)
    _clocks: tuple[ClockSet, ...] = field(init=False, repr=False, eq=False)
    _by_name: Mapping[tuple[str, str], Target] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        names = [policy.name for policy in self.policies]
        if len(set(names)) != len(names):
            msg = f"two policies of one name among {names}"
            raise ValueError(msg)
        for policy in self.policies:
            ids = [target.id for target in policy.targets]
            if len(set(ids)) != len(ids):
                msg = f"policy {policy.name!r} has two targets of one id among {ids}"
                raise ValueError(msg)
        clocks = tuple(
            ClockSet(policy.name, policy.targets, self.calendar, policy.because)
            for policy in self.policies
        )
        object.__setattr__(self, "_clocks", clocks)
        by_name = {
            (policy.name, target.id): target
            for policy in self.policies
            for target in policy.targets
        }
        object.__setattr__(self, "_by_name", MappingProxyType(by_name))
        firsts: dict[str, Target] = {}
        for target in by_name.values():
            firsts.setdefault(target.id, target)
        object.__setattr__(self, "targets", tuple(firsts.values()))

    def choose(self, ticket: Draft) -> Choice:
        """The policy of a ticket as it stands."""
        for number, policy in enumerate(self.policies):
            if policy.matches(ticket):
                passed_over = tuple(one.name for one in self.policies[:number])
                return Choice(policy, policy.because, passed_over)
        return Choice(None, _NONE, tuple(one.name for one in self.policies))

    def read(self, ticket: Ticket, now: datetime) -> tuple[Reading, ...]:
        """Every cycle of every clock of the ticket's policy at an instant.

        The policy is chosen by the ticket as it stood then, and counts the whole history: a
        target that comes to a ticket late knows every pause that lay before.

        Raises:
            NaiveTimeError: ``now`` has no time zone.
        """
        then = rewind(ticket, instant(now))
        if then is None:
            return ()
        for clocks, policy in zip(self._clocks, self.policies, strict=True):
            if policy.matches(then):
                return clocks.read(then, now)
        return ()

    def target(self, reading: Reading) -> Target:
        """The target that a reading is of.

        Raises:
            KeyError: It is of no policy in this book.
        """
        try:
            return self._by_name[reading.policy, reading.clock]
        except KeyError:
            msg = f"no target {reading.clock!r} of a policy {reading.policy!r}"
            raise KeyError(msg) from None
