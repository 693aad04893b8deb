"""``ticketrules tendency``: conversations in, the signals of each out, a line each."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import click

from ticketrules.cli.files import UNUSABLE, based, read_policy, text_of
from ticketrules.cli.streams import is_unicode, say, silence
from ticketrules.complaints import (
    Detector,
    Message,
    Signal,
    TendencyRules,
    assess_tendency,
    default_detector,
    read_lexicon,
)
from ticketrules.errors import LexiconError, TicketRulesError
from ticketrules.logs.source import Source
from ticketrules.text import Redaction, redact
from ticketrules.tickets import Role

READ, PARTLY = 0, 1

_MARK: Final = "\ufeff"


@click.command()
@click.argument("conversations")
@click.option(
    "--show-text",
    is_flag=True,
    help="Print the customer's words that are the evidence, secrets masked.",
)
@click.option(
    "--lexicon",
    metavar="FILE",
    help="Entries to add to the packaged lexicon, or to replace (TOML).",
)
@click.option("--policy", metavar="FILE", help="What differs from the marketplace's rules (TOML).")
@based
@click.option("--strict", is_flag=True, help="Exit with 1 if a line could not be read.")
def tendency(
    conversations: str,
    *,
    show_text: bool,
    lexicon: str | None,
    policy: str | None,
    bases: tuple[str, ...],
    strict: bool,
) -> None:
    """Tell which conversations show a tendency to complain: JSON Lines; .gz too, - for stdin.

    A line is {"id", "messages": [{"at", "author", "text"}]}, or {"id", "text"} for one message of a
    customer's; the author is customer, agent, platform or system. One line is printed for each:
    {"id", "tendency", "signals"}. A line that cannot be read is told on standard error.

    Exit status: 0 read, 1 under --strict if a line could not be, 2 unusable input, or none of its
    lines could be read.
    """
    try:
        book = read_policy(policy, bases, "--policy")
        rules, shown = book.tendency, book.redaction if show_text else None
        detector = default_detector(rules, _lexicon(lexicon))
        with Source(conversations) as source:
            read, bad = _run(source, detector, rules=rules, shown=shown)
    except TicketRulesError as error:
        say(str(error))
        sys.exit(UNUSABLE)
    say(f"{source.name}: {read + bad} lines: {read} assessed, {bad} could not be read")
    if bad and not read:
        sys.exit(UNUSABLE)
    sys.exit(PARTLY if bad and strict else READ)


def _run(source: Source, detector: Detector, **options: Any) -> tuple[int, int]:
    """Assess every line and print it; how many could be read and how many could not."""
    read = bad = 0
    ascii_only, is_heard = not is_unicode(sys.stdout), True
    for number, line in _lines(source):
        try:
            found = _assessed(line, detector, **options)
        except ValueError as error:
            say(f"{source.name}: line {number}: {error}")
            bad += 1
            continue
        read += 1
        try:
            if is_heard:
                sys.stdout.write(json.dumps(found, ensure_ascii=ascii_only) + "\n")
        except BrokenPipeError:  # the reader has had enough; the lines are counted all the same
            silence(sys.stdout)
            is_heard = False
    return read, bad


def _lines(source: Source) -> Iterator[tuple[int, str | bytes]]:
    """The lines that are not blank, each with its number; bytes where they are no UTF-8."""
    # Read byte by byte, so that a line in another encoding costs itself and not the file.
    for number, line in enumerate(source.lines("latin-1"), 1):
        raw = line.encode("latin-1")
        if not raw.strip():
            continue
        try:
            yield number, raw.decode().removeprefix(_MARK)
        except UnicodeDecodeError:
            yield number, raw


def _assessed(
    line: str | bytes, detector: Detector, *, rules: TendencyRules, shown: Redaction | None
) -> Mapping[str, Any]:
    """One line of input as one of output.

    Raises:
        ValueError: It is no conversation; the message never quotes it.
    """
    if isinstance(line, bytes):
        msg = "not UTF-8"
        raise ValueError(msg)
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        msg = f"not JSON: {error.msg} at column {error.colno}"
        raise ValueError(msg) from None
    except (RecursionError, ValueError):
        msg = "not JSON that can be read: nested too deep, or a number too long"
        raise ValueError(msg) from None
    if not isinstance(entry, dict):
        msg = "expected an object with id and messages, or id and text"
        raise ValueError(msg)
    name = entry.get("id")
    if not isinstance(name, str | int) or isinstance(name, bool):
        msg = "id: expected text or a whole number"
        raise ValueError(msg)
    messages = tuple(_messages(entry))
    found = assess_tendency(messages, rules=rules, detector=detector)
    return {
        "id": name,
        "tendency": found.has_tendency,
        "signals": [_plain(one, messages, shown) for one in found.signals],
    }


def _messages(entry: Mapping[str, Any]) -> Iterator[Message]:
    if ("messages" in entry) == ("text" in entry):
        msg = "expected either messages or text"
        raise ValueError(msg)
    if "text" in entry:
        yield Message(text=_text(entry, "text"))
        return
    if not isinstance(entry["messages"], list):
        msg = "messages: expected a list"
        raise ValueError(msg)
    for number, one in enumerate(entry["messages"]):
        place = f"messages[{number}]"
        if not isinstance(one, dict):
            msg = f"{place}: expected an object with at, author and text"
            raise ValueError(msg)
        yield Message(
            text=_text(one, "text", f"{place}."),
            author=_author(one, place),
            at=_at(one, place),
        )


def _text(entry: Mapping[str, Any], key: str, place: str = "") -> str:
    value = entry.get(key)
    if not isinstance(value, str):
        msg = f"{place}{key}: expected text"
        raise ValueError(msg)
    return value


def _author(entry: Mapping[str, Any], place: str) -> Role:
    try:
        return Role(str(entry.get("author")))
    except ValueError:
        msg = f"{place}.author: expected one of {', '.join(str(role) for role in Role)}"
        raise ValueError(msg) from None


def _at(entry: Mapping[str, Any], place: str) -> datetime | None:
    value = entry.get("at")
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        msg = f"{place}.at: expected an ISO 8601 time such as 2026-02-13T18:00:00+08:00"
        raise ValueError(msg) from None
    if at.tzinfo is None:
        msg = f"{place}.at: expected a time with its zone, such as 2026-02-13T18:00:00+08:00"
        raise ValueError(msg)
    return at


def _plain(
    signal: Signal, messages: tuple[Message, ...], shown: Redaction | None
) -> dict[str, Any]:
    """One signal; with the customer's words, masked as the policy says, where they are shown."""
    found: dict[str, Any] = {
        "signal": signal.kind.value,
        "clause": signal.clause,
        "message": signal.message,
        "span": None if signal.span is None else list(signal.span),
    }
    if signal.messages:
        found["messages"] = list(signal.messages)
    found["reading"] = {"en": signal.reading.en, "zh": signal.reading.zh}
    if shown is not None:
        # A mask is as long as what it hides, so that the span holds.
        if signal.span is not None and signal.message is not None:
            found["text"] = redact(messages[signal.message].text, shown)[slice(*signal.span)]
        else:
            found["texts"] = [redact(messages[number].text, shown) for number in signal.messages]
    return found


def _lexicon(path: str | None) -> Any:
    if path is None:
        return None
    return read_lexicon(text_of(path, LexiconError, "--lexicon"), path)
