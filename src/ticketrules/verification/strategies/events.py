"""Any event there is, whether it may happen or not: for loaders, folds and stores."""

from datetime import datetime
from typing import Any, Final

from attrs import fields
from hypothesis import strategies as st

from ticketrules.tickets import TABLE, Actor, Check, MessageKind, Role, Superior
from ticketrules.tickets.events import Event
from ticketrules.verification.strategies.instants import instants
from ticketrules.verification.strategies.messages import texts

_VALUES: Final[dict[Any, st.SearchStrategy[Any]]] = {
    str: texts(),
    str | None: st.none() | texts(),
    bool: st.booleans(),
    int | None: st.none() | st.integers(1, 5),
    datetime: instants(),
    Actor: st.builds(Actor, st.sampled_from(Role), st.text(max_size=20)),
    MessageKind: st.sampled_from(MessageKind),
    Superior: st.sampled_from(Superior),
    frozenset[Check]: st.frozensets(st.sampled_from(Check)),
}
"""What a field of each type may hold."""


def events(*kinds: type[Event], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Events with anything in their fields.

    Args:
        kinds: Of which kinds, or of which bases; of all by default.
        parts: What to draw a field from, by its name, where the event has one.
    """

    def made(kind: type[Event]) -> st.SearchStrategy[Any]:
        drawn = {one.name: parts.get(one.name, _VALUES[one.type]) for one in fields(kind)}
        return st.builds(kind, **drawn)

    wanted = [kind for kind in TABLE if issubclass(kind, kinds or Event)]
    return st.sampled_from(wanted).flatmap(made)
