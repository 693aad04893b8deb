"""The packaged sample: some 200 tickets of a marketplace provider's desk, and their generator.

The tickets, their people and all they write are invented. ``python -m ticketrules.sample OUT``
writes the sample anew.
"""

import gzip
import io
from collections.abc import Iterator
from importlib.resources import files

from ticketrules.sample.generator import generate
from ticketrules.tickets.events import Event
from ticketrules.tickets.wire import loads

__all__ = ["generate", "sample_events", "sample_lines"]


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
