"""What a host hands in: several values of a kind, names, dates; each looked at, none overlooked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import Attribute, field

from ticketrules.errors import RoutingError

_T = TypeVar("_T")


def as_tuple(value: Any) -> Any:
    """The items of anything that has some, in order; what has none is left to the validator."""
    is_several = isinstance(value, Iterable) and not isinstance(value, str)
    return tuple(value) if is_several else value


def is_date(value: object, what: str) -> None:
    """Refuse what is no date, a time among it.

    Raises:
        RoutingError: It is none; the message says of what.
    """
    if isinstance(value, datetime) or not isinstance(value, date):
        msg = f"{what}: {value!r} is no date"
        raise RoutingError(msg)


def each(values: Iterable[_T], kind: type[_T], name: str) -> Iterator[_T]:
    """The values of an argument, every one of its kind.

    Raises:
        TypeError: It is no iterable, or holds something else; the message names the argument.
    """
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        msg = f"{name}: several {kind.__name__} are meant, not {type(values).__name__}"
        raise TypeError(msg)
    for one in values:
        if not isinstance(one, kind):
            msg = f"{name} must be of {kind.__name__}, not of {type(one).__name__}"
            raise TypeError(msg)
        yield one


def only(kind: type) -> Callable[[object, "Attribute[Any]", tuple[Any, ...]], None]:
    """A validator of a tuple that holds one kind of value and nothing else."""

    def check(_instance: object, attribute: "Attribute[Any]", values: tuple[Any, ...]) -> None:
        for _one in each(values, kind, attribute.name):
            pass

    return check


def as_names(value: Any) -> frozenset[str]:
    """A set of names, which no text is by itself.

    Raises:
        RoutingError: It is no collection of texts.
    """
    if isinstance(value, str):
        msg = f"a collection of names is meant, not the text {value!r}"
        raise RoutingError(msg)
    names = frozenset(value) if isinstance(value, Iterable) else value
    if not isinstance(names, frozenset) or not all(isinstance(one, str) for one in names):
        msg = f"a collection of names is meant, not {value!r}"
        raise RoutingError(msg)
    return names


def as_names_in_order(value: Any) -> tuple[str, ...]:
    """Several names in their order, which no text is by itself.

    Raises:
        RoutingError: It is no collection of texts.
    """
    names: tuple[str, ...] = as_tuple(value)
    as_names(names)
    return names


def sorted_repr(values: frozenset[str]) -> str:
    """The ``repr`` of a set of strings, the same in every run."""
    return f"frozenset({{{', '.join(map(repr, sorted(values)))}}})"


def id_set() -> Any:
    """A field for a set of names, which no text is by itself."""
    return field(default=frozenset(), converter=as_names, repr=sorted_repr)


def once(tickets: Iterable[str]) -> None:
    """Refuse a ticket that stands twice.

    Raises:
        RoutingError: One does; the message names it.
    """
    seen: set[str] = set()
    for ticket in tickets:
        if ticket in seen:
            msg = f"ticket {ticket!r} stands twice"
            raise RoutingError(msg)
        seen.add(ticket)
