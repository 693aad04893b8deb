"""``python -m ticketrules.sample OUT``: write the sample anew.

The same arguments give the same text everywhere, and the same bytes wherever zlib packs alike.
"""

import argparse
import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

from ticketrules.sample.generator import SEED, TICKETS, generate
from ticketrules.tickets.events import Event
from ticketrules.tickets.wire import dumps


def write(events: Iterable[Event], path: Path) -> None:
    """Write events to a file, one a line, packed where its name ends in ``.gz``."""
    text = "".join(dumps(event) + "\n" for event in events).encode()
    if path.suffix != ".gz":
        path.write_bytes(text)
        return
    # Neither the time nor the file's name goes into the header.
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed,
    ):
        packed.write(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(
        prog="python -m ticketrules.sample",
        description="Write a sample ticket log: JSON Lines, packed where OUT ends in .gz.",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="the file to write")
    parser.add_argument("--seed", type=int, default=SEED, help="default: %(default)s")
    parser.add_argument("--tickets", type=int, default=TICKETS, help="default: %(default)s")
    options = parser.parse_args(arguments)
    if options.tickets < 1:
        parser.error("--tickets must be at least 1")
    write(generate(options.seed, options.tickets), options.out)


if __name__ == "__main__":
    main()
