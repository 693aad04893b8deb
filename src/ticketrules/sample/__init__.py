"""The packaged sample: some 200 tickets of a marketplace provider's desk, and their generator.

The tickets, their people and all they write are invented. ``python -m ticketrules.sample OUT``
writes the sample anew. Reading it does not load the generator.
"""

import gzip
import io
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ticketrules.tickets import Ticket, replay
from ticketrules.tickets.events import Event
from ticketrules.tickets.wire import loads

if TYPE_CHECKING:
    from ticketrules.sample.generator import generate

__all__ = ["generate", "sample_events", "sample_lines", "sample_tickets"]


def sample_lines() -> Iterator[str]:
    """The packaged sample as it is stored: one event a line, in JSON, without the lines' ends."""
    packed = (files(__name__) / "sample.jsonl.gz").open("rb")
    with packed, gzip.open(packed) as unpacked:
        for line in io.TextIOWrapper(unpacked, "utf-8"):
            yield line.rstrip("\n")


def sample_events() -> list[Event]:
    """The events of the packaged sample in the order of time, those of many tickets interleaved.

    Raises:
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    return [loads(line) for line in sample_lines()]


def sample_tickets() -> list[Ticket]:
    """The packaged sample's tickets, each folded from all its events, in the order of their ids.

    Raises:
        ModuleNotFoundError: cattrs is not there; the message names the extra that brings it.
    """
    told: dict[str, list[Event]] = {}
    for event in sample_events():
        told.setdefault(event.ticket, []).append(event)
    return [replay(told[name]) for name in sorted(told)]


def __getattr__(name: str) -> Any:
    """Load the generator on first use."""
    if name != "generate":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = import_module(f"{__name__}.generator").generate
    globals()[name] = value
    return value
