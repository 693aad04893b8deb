"""Standard output and standard error, as they may be: closed, full, without Chinese."""

import io
import os
import sys
from typing import Final, NoReturn, TextIO

from ticketrules.text import redact

UNWRITABLE: Final = 2
"""The exit status where the verdicts cannot be written."""

_BLANKS: Final = "\u00a0\u3000"
"""What Python does not call printable, and is harmless."""


def prepare() -> None:
    """Make standard output take every character: what its encoding lacks is written escaped.

    Ends the process, with a message, where there is no standard output at all.
    """
    if sys.stdout is None:
        abandon("it is closed")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_unicode(stream: TextIO) -> bool:
    """Whether a stream's encoding has every character."""
    return (stream.encoding or "").lower().replace("_", "-").startswith("utf")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at a stream."""
    return stream is not None and not stream.closed and stream.isatty()


def say(message: str) -> None:
    """Tell the person something on standard error, if there is one that can be written."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"ticketrules: {visible(redact(message))}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def abandon(reason: str) -> NoReturn:
    """End the process because standard output cannot be written."""
    say(f"standard output cannot be written: {reason}")
    silence(sys.stdout)
    sys.exit(UNWRITABLE)


def silence(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere, lest the interpreter fail on its last flush."""
    if stream is None:
        return
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # a stream without a file has nothing to fail on
        return


def visible(words: str) -> str:
    """Words with what no terminal may act on, such as the escape character, written out."""
    if words.isprintable():
        return words
    return "".join(
        one if one.isprintable() or one in _BLANKS else one.encode("unicode_escape").decode("ascii")
        for one in words
    )
