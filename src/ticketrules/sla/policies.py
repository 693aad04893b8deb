"""Several policies: the first that matches a ticket is its own, and the choice says why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from attrs import Attribute, field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.sla.clocks import EVERY_TICKET, ClockSet
from ticketrules.sla.readings import Reading
from ticketrules.sla.targets import Target, always
from ticketrules.tickets import Ticket
from ticketrules.tickets.lifecycle import as_of, fold, rewind
from ticketrules.tickets.model import Draft
from ticketrules.tickets.parts import named
from ticketrules.tickets.values import instant


def _are_targets(instance: "SlaPolicy", attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, Target) for one in value):
        msg = f"policy {instance.name!r}: {attribute.name} must be a tuple of Target"
        raise TypeError(msg)


@frozen(kw_only=True)
class SlaPolicy:
    """Targets for the tickets that match.

    Attributes:
        name: What readings call it.
        targets: The promises.
        matches: Which tickets it is for, by the ticket as it stands.
        because: What is true of a ticket that matches, in both languages.

    Raises:
        TypeError: A name that is no string, or targets that are no tuple of ``Target``.
        ValueError: A blank name.
    """

    name: str = field(validator=named)
    targets: tuple[Target, ...] = field(validator=_are_targets)
    matches: Callable[[Draft], bool] = field(default=always)
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


def are_policies(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """A validator: a tuple of policies and nothing else.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, tuple) or not all(isinstance(one, SlaPolicy) for one in value):
        msg = f"{attribute.name} must be a tuple of SlaPolicy"
        raise TypeError(msg)


@frozen
class PolicyBook:
    """Policies in the order in which they are tried, counted in one calendar.

    Args:
        policies: The policies; the first that matches a ticket wins.
        calendar: The service calendar.

    Attributes:
        targets: Every target of every policy, the first of each id.

    Raises:
        TypeError: ``policies`` is no tuple of ``SlaPolicy``.
        ValueError: Two policies of one name, or two targets of one id in a policy.
    """

    policies: tuple[SlaPolicy, ...] = field(validator=are_policies)
    calendar: ServiceCalendar = field(repr=False)
    targets: tuple[Target, ...] = field(init=False, repr=False, eq=False)
    _choices: tuple[tuple[Callable[[Draft], bool], ClockSet], ...] = field(
        init=False, repr=False, eq=False
    )
    _alarmed: frozenset[tuple[str, str]] = field(init=False, repr=False, eq=False)
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
        choices = tuple(
            (
                policy.matches,
                ClockSet(policy.name, policy.targets, self.calendar, policy.because),
            )
            for policy in self.policies
        )
        object.__setattr__(self, "_choices", choices)
        by_name = {
            (policy.name, target.id): target
            for policy in self.policies
            for target in policy.targets
        }
        object.__setattr__(self, "_by_name", MappingProxyType(by_name))
        alarmed = frozenset(
            key
            for key, target in by_name.items()
            if target.on_breach or any(one.alarms for one in target.thresholds)
        )
        object.__setattr__(self, "_alarmed", alarmed)
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
        now = instant(now)
        then = rewind(ticket, now)
        return () if then is None else self.read_then(then, now)

    def read_then(self, ticket: Ticket, now: datetime) -> tuple[Reading, ...]:
        """``read`` where the ticket is as it stood at ``now``, and that is in UTC."""
        for matches, clocks in self._choices:
            if matches(ticket):
                return clocks.read_then(ticket, now)
        return ()

    def has_alarms(self, reading: Reading) -> bool:
        """Whether anything follows from the thresholds or the breach of a reading's target."""
        return (reading.policy, reading.clock) in self._alarmed

    @property
    def is_steady(self) -> bool:
        """Whether a ticket's policy never changes: the first is for every ticket."""
        return bool(self.policies) and self.policies[0].matches is always

    def earlier(self, ticket: Ticket) -> Iterator[tuple[Ticket, datetime]]:
        """What a ticket was at the last instant of each stretch in which it had another policy.

        Args:
            ticket: The ticket; the stretch in which it stands now is not among them.

        Yields:
            The ticket as it stood then, and the instant, in UTC.
        """
        if self.is_steady:
            return
        draft: Draft | None = None
        last: SlaPolicy | None = None
        for at, several in groupby(ticket.history, key=lambda event: event.at):
            begins = draft is None
            for event in several:
                draft = fold(draft, event)
            chosen = None if draft is None else self.choose(draft).policy
            if not begins and chosen is not last:
                until = at - datetime.resolution
                yield as_of(ticket, until), until
            last = chosen

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
