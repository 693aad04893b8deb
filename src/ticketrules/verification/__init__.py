"""Verification: what a host can hold its own rules, storage and histories against.

``verify`` explores what rules can do; ``conformance`` says where recorded histories depart from
them; ``reference`` reads clocks slowly and plainly. ``laws``, ``strategies`` and
``TicketStateMachine`` need Hypothesis, of the extra ``ticketrules[verification]``. Names load when
they are first used, so that Hypothesis, which looks in here whenever it is imported, pays next to
nothing for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ticketrules.verification.conforming import (
        Conformance,
        Departure,
        Fitness,
        TicketConformance,
        conformance,
        conformances,
    )
    from ticketrules.verification.flaws import Flaw, FlawKind, Undecided, Verification
    from ticketrules.verification.stateful import TicketStateMachine
    from ticketrules.verification.verifying import verify

_HOMES: Final[dict[str, tuple[str, ...]]] = {
    "conforming": (
        "Conformance",
        "Departure",
        "Fitness",
        "TicketConformance",
        "conformance",
        "conformances",
    ),
    "flaws": ("Flaw", "FlawKind", "Undecided", "Verification"),
    "stateful": ("TicketStateMachine",),
    "verifying": ("verify",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = frozenset({"laws", "reference", "strategies"})

__all__ = [
    "Conformance",
    "Departure",
    "Fitness",
    "Flaw",
    "FlawKind",
    "TicketConformance",
    "TicketStateMachine",
    "Undecided",
    "Verification",
    "conformance",
    "conformances",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home, or one of the modules above, on first use."""
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    home = _HOME_OF.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_MODULES})
