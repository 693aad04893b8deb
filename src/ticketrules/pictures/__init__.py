"""Pictures of a desk: one ticket's life, breaches by hour, answers against the promise.

Each function returns a Matplotlib figure, ``breach_explorer`` an Altair chart; none shows or saves
anything, and a notebook shows what a cell returns. Needs the extra ``pictures``, which is loaded on
first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticketrules.pictures.breaches import breach_map
    from ticketrules.pictures.explorer import breach_explorer
    from ticketrules.pictures.load import load
    from ticketrules.pictures.responses import response_curves
    from ticketrules.pictures.timeline import timeline
    from ticketrules.pictures.traffic import traffic
    from ticketrules.pictures.waits import wait_curve

_HOMES = {
    "breach_explorer": "explorer",
    "breach_map": "breaches",
    "load": "load",
    "response_curves": "responses",
    "timeline": "timeline",
    "traffic": "traffic",
    "wait_curve": "waits",
}

__all__ = [
    "breach_explorer",
    "breach_map",
    "load",
    "response_curves",
    "timeline",
    "traffic",
    "wait_curve",
]


def __getattr__(name: str) -> Any:
    """Load a picture, and what draws it, on first use."""
    home = _HOMES.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
