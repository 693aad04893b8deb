"""Strategies: whom to prefer among the agents who may have a ticket.

A strategy is one preference or several. The first picks the agents that it likes best, the next
chooses among these, and the agent's id decides in the end, so that equal input gives equal output.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen, validators

from ticketrules.clauses import ClauseId, Reason, Text
from ticketrules.errors import RoutingError
from ticketrules.routing.priority import Urgency
from ticketrules.routing.settings import DEFAULTS, Routing

_AUTOMATICALLY: Final = ClauseId("3.4")


def weights_of(settings: Routing) -> tuple[int, ...]:
    """What a held ticket weighs, in the order of ``Urgency``."""
    return tuple(getattr(settings, f"load_{one.name.lower()}") for one in Urgency)


def _weights(value: Any) -> tuple[int, ...]:
    weights: Any = value
    is_strange = False
    if isinstance(value, Mapping):
        is_strange = any(not isinstance(one, Urgency) for one in value)
        weights = tuple(value.get(one, 1) for one in Urgency)
    if is_strange or not isinstance(weights, tuple) or len(weights) != len(Urgency):
        msg = f"weights: one for each Urgency is meant, not {value!r}"
        raise RoutingError(msg)
    for urgency, weight in zip(Urgency, weights, strict=True):
        if type(weight) is not int or weight < 0:
            msg = f"weight of {urgency.name.lower()}: a whole number is meant, not {weight!r}"
            raise RoutingError(msg)
    return weights


@frozen
class LeastLoaded:
    """Prefer whoever has the least work: the sum of what the held tickets weigh (7).

    Attributes:
        weights: By urgency, in whole numbers; in the order of ``Urgency`` once built.

    Raises:
        RoutingError: A weight that is no whole number, or below zero.
    """

    weights: tuple[int, ...] = field(default=weights_of(DEFAULTS), converter=_weights)

    @cached_property
    def weight_of(self) -> dict[Urgency, int]:
        """The weights by urgency."""
        return dict(zip(Urgency, self.weights, strict=True))


@frozen
class RoundRobin:
    """Prefer whoever comes next in turn, by id; the cursor goes in and out as a value.

    Attributes:
        after: The id of the agent who had the last turn; ``None`` at the very beginning. They
            need not be there any more.
    """

    after: str | None = field(
        default=None, validator=validators.optional(validators.instance_of(str))
    )


@frozen
class SkillFirst:
    """Prefer whoever can do little beyond what the ticket asks, and so spare the versatile."""


@frozen
class KnownCustomer:
    """Prefer whoever knows the customer, the best acquaintance first; else have no preference."""


Preference = LeastLoaded | RoundRobin | SkillFirst | KnownCustomer
"""One preference."""

_KINDS: Final = frozenset({LeastLoaded, RoundRobin, SkillFirst, KnownCustomer})

Strategy = Preference | tuple[Preference, ...]
"""One preference, or several of which each chooses among those whom the one before it likes."""


def preferences(strategy: Strategy) -> tuple[Preference, ...]:
    """A strategy's preferences, in order.

    Raises:
        RoutingError: None, something else, one of a kind twice, or one after ``RoundRobin``,
            which leaves nothing to decide.
    """
    several = strategy if isinstance(strategy, tuple) else (strategy,)
    if not several:
        msg = "a strategy needs at least one preference"
        raise RoutingError(msg)
    for place, one in enumerate(several):
        kind: type = type(one)
        if kind not in _KINDS:
            msg = f"strategy: {kind.__name__} is no preference"
            raise RoutingError(msg)
        if isinstance(one, RoundRobin) and place + 1 < len(several):
            msg = "strategy: RoundRobin leaves nothing to decide, so it comes last"
            raise RoutingError(msg)
    if len({type(one) for one in several}) < len(several):
        msg = "strategy: a preference stands twice"
        raise RoutingError(msg)
    return several


def strategy_of(settings: Routing) -> tuple[Preference, ...]:
    """The strategy that settings describe, a cursor at its beginning."""
    made: dict[str, Preference] = {
        "least_loaded": LeastLoaded(weights_of(settings)),
        "round_robin": RoundRobin(),
        "skill_first": SkillFirst(),
        "known_customer": KnownCustomer(),
    }
    return tuple(made[name] for name in settings.strategy)


def turned(several: Iterable[Preference], agent: str) -> tuple[Preference, ...]:
    """The strategy after an agent's turn."""
    return tuple(RoundRobin(agent) if isinstance(one, RoundRobin) else one for one in several)


def praise(several: Iterable[Preference], *, load: int, spare: int, is_known: bool) -> Reason:
    """Why an agent was chosen.

    Args:
        several: The strategy.
        load: The agent's load before.
        spare: How many skills they have beyond those asked for.
        is_known: Whether they were chosen as the one who knows the customer.
    """
    en, zh = ["on duty"], ["在岗"]
    for one in several:
        if isinstance(one, KnownCustomer) and is_known:
            en.append("knows the customer")
            zh.append("熟悉该客户")
            break  # of those who know the customer one is the best, so nothing else decides
        if isinstance(one, LeastLoaded):
            en.append(f"has the least work (load {load})")
            zh.append(f"负荷最小（{load}）")
        elif isinstance(one, SkillFirst):
            en.append(f"has the fewest other skills ({spare})")
            zh.append(f"其他技能最少（{spare}）")
        elif isinstance(one, RoundRobin):
            en.append("is next in turn" + (f" after {one.after}" if one.after else ""))
            zh.append("轮到该客服" + (f"（上一位 {one.after}）" if one.after else ""))
    return Reason(_AUTOMATICALLY, Text(", ".join(en), "，".join(zh)))


def regret(one: Preference | None, *, load: int, spare: int) -> Reason:
    """Why an agent who might have had the ticket was not chosen, by the preference that decided.

    Args:
        one: The preference; ``None`` where the ids decided.
        load: The agent's load.
        spare: How many skills they have beyond those asked for.
    """
    if isinstance(one, LeastLoaded):
        text = Text(f"has more work (load {load})", f"负荷较大（{load}）")
    elif isinstance(one, SkillFirst):
        text = Text(f"has more other skills ({spare})", f"其他技能较多（{spare}）")
    elif isinstance(one, KnownCustomer):
        text = Text("knows the customer less", "对该客户不如他人熟悉")
    elif isinstance(one, RoundRobin):
        text = Text("comes later in turn", "轮次在后")
    else:
        text = Text("as good, and later by id", "条件相同，编号在后")
    return Reason(_AUTOMATICALLY, text)
