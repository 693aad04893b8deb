"""What a host may decide about routing (3) and the order of work (7), each with its clause."""

from typing import Any, Final, Literal, get_args

from attrs import Attribute, field, frozen

UrgentName = Literal["complaint", "tendency", "business_stopping"]
PreferenceName = Literal["least_loaded", "round_robin", "skill_first", "known_customer"]
TieName = Literal["deadline", "oldest"]

URGENCIES: Final[tuple[UrgentName, ...]] = get_args(UrgentName)
"""The reasons that may go before a clock, in the rulebook's order (7)."""

PREFERENCES: Final[tuple[PreferenceName, ...]] = get_args(PreferenceName)
"""The preferences that a strategy is made of, by name."""

TIES: Final[tuple[TieName, ...]] = get_args(TieName)
"""What may decide among tickets of one urgency."""

MOST: Final = 1_000_000
"""A capacity, weight or headcount beyond this is a slip of the pen."""


def _whole(least: int) -> Any:
    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            msg = f"{attribute.name} must be a whole number, not {value!r}"
            raise TypeError(msg)
        if not least <= value <= MOST:
            msg = f"{attribute.name} must lie between {least} and {MOST}, got {value}"
            raise ValueError(msg)

    return check


def _flag(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, bool):
        msg = f"{attribute.name} must be True or False, not {value!r}"
        raise TypeError(msg)


def _names(known: tuple[str, ...]) -> Any:
    """A validator of a tuple of known names, none of them twice."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if not isinstance(value, tuple):
            msg = f"{attribute.name} must be a tuple of names, not {value!r}"
            raise TypeError(msg)
        for name in value:
            if name not in known:
                msg = f"{attribute.name}: {name!r} is none of {', '.join(known)}"
                raise ValueError(msg)
        if len(set(value)) < len(value):
            msg = f"{attribute.name}: a name stands twice"
            raise ValueError(msg)

    return check


def _tie(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value not in TIES:
        msg = f"{attribute.name} must be one of {', '.join(TIES)}, not {value!r}"
        raise ValueError(msg)


def _clause(number: str, doc: str) -> dict[str, str]:
    return {"clause": number, "doc": doc}


@frozen(kw_only=True)
class Routing:
    """Who gets a ticket, and in which order tickets are worked on.

    Raises:
        TypeError: A value of another type than its setting's; the message names the setting.
        ValueError: A number out of range, an unknown name or one that stands twice, or a strategy
            that prefers something after ``round_robin``, which leaves nothing to decide.
    """

    minimum_on_duty: int = field(
        default=1,
        validator=_whole(1),
        metadata=_clause("3.3", "agents on duty through every minute of the service hours"),
    )
    outside_hours: bool = field(
        default=False,
        validator=_flag,
        metadata=_clause("3.2", "whether tickets are routed outside service and extended hours"),
    )
    capacity: int = field(
        default=20,
        validator=_whole(0),
        metadata=_clause("3.4", "tickets an agent may hold, where the agent says nothing else"),
    )
    strategy: tuple[PreferenceName, ...] = field(
        default=("least_loaded",),
        validator=_names(PREFERENCES),
        metadata=_clause("3.4", f"whom to prefer, in order, of {', '.join(PREFERENCES)}"),
    )
    load_complaint: int = field(
        default=3,
        validator=_whole(0),
        metadata=_clause("3.4", "what a complaint weighs in an agent's load"),
    )
    load_tendency: int = field(
        default=3,
        validator=_whole(0),
        metadata=_clause("3.4", "what a tendency to complain weighs"),
    )
    load_business_stopping: int = field(
        default=2,
        validator=_whole(0),
        metadata=_clause("3.4", "what a business-stopping problem weighs"),
    )
    load_clock: int = field(
        default=1,
        validator=_whole(0),
        metadata=_clause("3.4", "what any other ticket weighs"),
    )
    first: tuple[UrgentName, ...] = field(
        default=URGENCIES,
        validator=_names(URGENCIES),
        metadata=_clause("7.2", "what goes before any clock, in order; what is left out does not"),
    )
    then: TieName = field(
        default="deadline",
        validator=_tie,
        metadata=_clause("7.1", f"what decides within one of these, of {', '.join(TIES)}"),
    )

    def __attrs_post_init__(self) -> None:
        if not self.strategy:
            msg = "strategy: at least one preference is meant"
            raise ValueError(msg)
        if "round_robin" in self.strategy[:-1]:
            msg = "strategy: round_robin leaves nothing to decide, so it comes last"
            raise ValueError(msg)


DEFAULTS: Final = Routing()
"""The marketplace's settings."""
