"""A log that was read, and the account of its rows."""

import re
from typing import Any, Final

from attrs import field, frozen

from ticketrules.text import redact
from ticketrules.tickets.events import Event

_WORD: Final = re.compile(r"[A-Za-z]+(?:[-_.][A-Za-z]+)*", re.ASCII)
_FIGURES: Final = re.compile(r"(?:[-+/:., TZ年月日时分秒]|[0-9]{1,4}(?![0-9]))+", re.ASCII)
_LONGEST_WORD, _LONGEST_FIGURES = 24, 32
_LONGEST_ID: Final = 40


def shown(value: str) -> str:
    """A value of the log as an error shows it: as it stands if it looks technical.

    That is one word of ASCII letters with ``-``, ``_`` or ``.`` between, of 24 characters at most,
    or figures as in dates and numbers, of 32 at most and never more than four digits together. Of
    any other only the length is told: a mapping may name the wrong column, and then this is what a
    customer wrote.
    """
    for form, longest in ((_WORD, _LONGEST_WORD), (_FIGURES, _LONGEST_FIGURES)):
        if len(value) <= longest and form.fullmatch(value):
            return repr(redact(value))
    return f"a value of {len(value)} characters"


def shown_id(value: str) -> str:
    """An id as an error shows it; reports name tickets by theirs anyhow, but no secret."""
    if len(value) > _LONGEST_ID:
        return f"a value of {len(value)} characters"
    return repr(redact(value))


def _redacted() -> Any:
    """A field that is kept with its secrets masked."""
    return field(converter=redact)


@frozen
class Rejection:
    """One row that was not used, and why.

    Attributes:
        line: The physical line of the file on which the row starts, from 1.
        field: The key of the mapping, or of the event, that is to blame, where one is.
        reason: A sentence; never a customer's words, and with every secret masked.
        ticket: The ticket's id, where the row says it.
    """

    line: int
    field: str | None
    reason: str = _redacted()
    ticket: str | None = None

    def __str__(self) -> str:
        where = f"line {self.line}: " + (f"{self.field}: " if self.field else "")
        return where + self.reason


@frozen(kw_only=True)
class Intake:
    """What became of the rows of a log; ``rows == mapped + rejected``, always.

    Attributes:
        rows: Rows read; a header and lines without any character are none.
        mapped: Rows that were understood, whether or not an event came of them.
        rejected: Rows that were not.
        events: Events that came of the mapped rows.
        tickets: Tickets that those events belong to.
        rejections: One entry for each rejected row, in the order of the file.
    """

    rows: int
    mapped: int
    rejected: int
    events: int
    tickets: int
    rejections: tuple[Rejection, ...] = ()


@frozen
class Log:
    """A log that was read.

    Attributes:
        name: What errors and reports call it: its path.
        tickets: Each ticket's events in order; tickets by first appearance.
        intake: The account of its rows.
    """

    name: str
    tickets: dict[str, list[Event]] = field(repr=False)
    intake: Intake
