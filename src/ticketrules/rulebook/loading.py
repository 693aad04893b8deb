"""A policy from TOML or plain values: what cannot be is refused by key path and line."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ticketrules.errors import CalendarError, PolicyError
from ticketrules.rulebook.forms import read_settings
from ticketrules.rulebook.policy import Policy
from ticketrules.toml_reader import Place, did_you_mean, read_toml

EXTENDS: Final = "extends"
"""The key that names the policy which holds where this one says nothing."""


def load_policy(
    source: str | Mapping[str, Any], name: str = "<policy>", *, bases: Iterable[Policy] = ()
) -> Policy:
    """Read a policy from TOML text, or from the plain values of a mapping.

    What is left out is the marketplace's, or that of the policy which ``extends`` names, so that a
    host writes only what differs. A list takes the place of the whole list that it overrides.

    Args:
        source: TOML with the tables of ``marketplace.toml``, or the same as a mapping.
        name: What errors call it, such as its file name.
        bases: The policies that ``extends`` may name, beside the marketplace's.

    Raises:
        PolicyError: No TOML, an unknown key, a wrong type or unit, an impossible value or a
            contradiction; the message gives ``name``, the line where there is one, the key path,
            what is meant and, where one is close, what may have been meant. Two different
            bases of one name.
        TypeError: A base that is no policy.
    """
    if isinstance(source, str):
        place = read_toml(source, name, PolicyError)
    else:
        place = Place(name, PolicyError, (), _plain(source))
    policy: Policy = read_settings(Policy, *_own(place, _by_name(bases)))
    try:
        policy.calendar()
    except CalendarError as error:
        where = ("notices",) if policy.service_hours.days == "CN" else ("service_hours", "days")
        place.fail(str(error), *where)
    return policy


def _by_name(bases: Iterable[Any]) -> dict[str, Policy]:
    """The policies that may be extended; one called ``marketplace`` takes that one's place."""
    known: dict[str, Policy] = {}
    for base in bases:
        if not isinstance(base, Policy):
            msg = f"bases must be policies, not {type(base).__name__}"
            raise TypeError(msg)
        if known.setdefault(base.name, base) != base:
            msg = f"two different policies among the bases are called {base.name!r}"
            raise PolicyError(msg)
    usual = Policy()
    return {usual.name: usual, **known}


def _own(place: Place, known: Mapping[str, Policy]) -> tuple[Place, Policy]:
    """What a document says itself, and the policy that it extends."""
    extends = place.get(EXTENDS)
    if extends is None:
        return place, Policy()
    if extends.text() not in known:
        extends.fail(
            f"no policy {extends.value!r} is known; known are {', '.join(map(repr, known))}"
            + did_you_mean(extends.value, known)
        )
    own = {key: value for key, value in place.table().items() if key != EXTENDS}
    return Place(place.document, place.error, (), own, place.source), known[extends.value]


def _plain(value: Any) -> Any:
    """The same of dictionaries and lists."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
