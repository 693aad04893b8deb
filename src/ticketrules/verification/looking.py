"""Looking glasses: what a condition reads of a ticket and an event, and whether that is finite.

A condition is any callable. It is shown a ticket and an event through glasses that let pass what
the abstraction knows (statuses, roles, whether something has happened) and note it. A condition
that looks at anything else, such as an id or how long ago something was, cannot be decided by
finitely many states; the glass says so instead of guessing.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NoReturn

from attrs import define, field, fields_dict

from ticketrules.tickets import Actor, events
from ticketrules.tickets.model import Draft

INSTANTS: Final = frozenset(
    {
        "with_platform_since",
        "unanswered_since",
        "first_answered_at",
        "clarified_at",
        "business_stopping_at",
        "complained_at",
        "phoned_at",
        "reminded_at",
    }
)
"""Of these it is known whether they are set."""

PLAIN: Final = frozenset({"status", "says_solved", "confirmed_by"})
"""These are known as they are."""

NOTICED: Final = INSTANTS | PLAIN | {"promised_for", "agent", "group"}
"""All that can be noticed of a ticket."""

RESTS_ON: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"confirmed_by": frozenset({"says_solved"})}
)
"""What the fold itself reads to set something, beside the status and the thing itself."""

_OF_EVENTS: Final = frozenset({"name", "label", "asks", "is_answer", "kind", "automatic"})


_COMPARABLE: Final = ({"promised_for", "at"}, {"promised_for", "last_event_at"})
"""The times of which it is known which is earlier: a promise and what happens."""


class OpaqueError(Exception):
    """A condition reads what the abstraction does not know; ``args[0]`` names it."""


@define
class Notes:
    """What conditions have read so far.

    Attributes:
        read: The ticket's attributes.
        groups: The groups that the ticket's has been compared with.
    """

    read: set[str] = field(factory=set)
    groups: set[str] = field(factory=set)


def _opaque(what: str) -> NoReturn:
    raise OpaqueError(what)


class _Moment:
    """An instant of which only that it is set is known, and of a promise whether it is past."""

    __slots__ = ("_glass_at", "_glass_name", "_notes")

    def __init__(self, name: str, at: datetime, notes: Notes) -> None:
        self._glass_name, self._glass_at, self._notes = name, at, notes

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> NoReturn:
        _opaque(f"{self._glass_name}.{name}")

    def _compare(self, other: object, by: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, _Moment):
            name, at = other._glass_name, other._glass_at  # noqa: SLF001 - one of its own
            if {self._glass_name, name} in _COMPARABLE:
                self._notes.read.add("promised_for")
                return by(self._glass_at, at)
        _opaque(f"how {self._glass_name} compares with another time")

    def __lt__(self, other: object) -> bool:
        return self._compare(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compare(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, operator.ge)

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        _opaque(f"whether {self._glass_name} equals another time")

    def __sub__(self, _other: object) -> NoReturn:
        _opaque(f"how long it has been since {self._glass_name}")

    __rsub__ = __add__ = __radd__ = __sub__


class _Word:
    """A text that is known only by what it has been compared with, or not at all."""

    __slots__ = ("_name", "_notes", "_word")

    def __init__(self, name: str, word: str, notes: Notes) -> None:
        self._name, self._word, self._notes = name, word, notes

    def __hash__(self) -> int:
        return _opaque(f"whether {self._name} is in a set; a tuple, or ==, can be decided")

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> NoReturn:
        _opaque(f"{self._name}.{name}")

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        if self._name != "group" or not isinstance(other, str):
            _opaque(f"which {self._name} it is")
        self._notes.groups.add(other)
        return self._word == other


class TicketGlass:
    """A ticket as conditions may see it."""

    __slots__ = ("_draft", "_notes")

    def __init__(self, draft: Draft, notes: Notes) -> None:
        self._draft, self._notes = draft, notes

    def __getattr__(self, name: str) -> Any:
        if name == "last_event_at":
            return _Moment(name, self._draft.last_event_at, self._notes)
        if name not in NOTICED:
            _opaque(f"the ticket's {name}")
        self._notes.read.add(name)
        self._notes.read.update(RESTS_ON.get(name, ()))
        value = getattr(self._draft, name)
        if value is None or name in PLAIN:
            return value
        if isinstance(value, str):
            return _Word(name, value, self._notes)
        return _Moment(name, value, self._notes)


class _ActorGlass:
    """Who did it: the role, and no more."""

    __slots__ = ("role",)

    def __init__(self, actor: Actor) -> None:
        self.role = actor.role

    def __getattr__(self, name: str) -> NoReturn:
        _opaque(f"the actor's {name}")


class EventGlass:
    """An event as conditions may see it."""

    __slots__ = ("_event", "_notes")

    def __init__(self, event: events.Event, notes: Notes) -> None:
        self._event, self._notes = event, notes

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The event's own, so that a condition may ask for its kind."""
        return type(self._event)

    def __getattr__(self, name: str) -> Any:
        if name == "by":
            return _ActorGlass(self._event.by)
        if name in {"at", "promised_for"}:
            return _Moment(name, getattr(self._event, name), self._notes)
        if name in _OF_EVENTS:
            return getattr(self._event, name)
        if name not in fields_dict(type(self._event)):
            raise AttributeError(name)
        _opaque(f"the event's {name}")
