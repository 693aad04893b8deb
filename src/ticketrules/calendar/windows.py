"""Windows: half-open stretches of a day on the wall clock, written ``"09:00-18:00"``."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from ticketrules.errors import CalendarError

DAY_US: Final = 86_400_000_000
"""One day in microseconds."""

_CLOCK: Final = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?")

WINDOW_PATTERN: Final = (
    r"^\s*\d{1,2}:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?\s*-\s*\d{1,2}:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?\s*$"
)
"""What a window reads like, for a JSON Schema."""

Span = tuple[int, int]
"""A half-open stretch in microseconds: from the day's midnight on the wall, or from the epoch."""


@frozen
class Window:
    """A stretch of the wall clock, ``[opens, closes)``.

    Attributes:
        opens_us: Opening, in microseconds after the midnight that begins the day.
        closes_us: Closing, likewise; beyond 24 hours where the window runs past midnight.

    Raises:
        CalendarError: It opens outside its day, does not last, or lasts more than a day.
    """

    opens_us: int = field()
    closes_us: int = field()

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.opens_us < DAY_US:
            msg = f"window {self}: it must open within the day"
            raise CalendarError(msg)
        if not 0 < self.closes_us - self.opens_us <= DAY_US:
            msg = f"window {self}: it must last, and at most 24 hours"
            raise CalendarError(msg)

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read ``"HH:MM-HH:MM"``, with seconds and fractions where wanted.

        A closing that is not after the opening is on the next day: ``"22:00-06:00"`` runs across
        midnight. ``24:00`` is the end of the day, and ``"00:00-24:00"`` the whole of it.

        Raises:
            CalendarError: The text is no such window; the message quotes it.
        """
        opens_text, dash, closes_text = text.partition("-")
        opens, closes = _clock(opens_text), _clock(closes_text)
        if not dash or opens is None or closes is None or opens in (DAY_US, closes):
            msg = f"window {text!r} must read like '09:00-18:00', half-open and not empty"
            raise CalendarError(msg)
        return cls(opens, closes if closes > opens else closes + DAY_US)

    @property
    def length(self) -> timedelta:
        """How long it lasts on the wall clock."""
        return timedelta(microseconds=self.closes_us - self.opens_us)

    def __str__(self) -> str:
        closes = self.closes_us
        return f"{_text(self.opens_us)}-{_text(closes if closes <= DAY_US else closes - DAY_US)}"


def _clock(text: str) -> int | None:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    micro = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds or 0)) * 1_000_000
    micro += int((fraction or "0").ljust(6, "0"))
    return micro if micro <= DAY_US else None


def _text(micro: int) -> str:
    seconds, fraction = divmod(micro, 1_000_000)
    minutes, second = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    if second or fraction:
        text += f":{second:02}"
    return f"{text}.{fraction:06}" if fraction else text


def parse_windows(texts: Iterable[str | Window]) -> tuple[Window, ...]:
    """Read the windows of one day and put them in order.

    Raises:
        CalendarError: One of them cannot be read, or two of them overlap.
    """
    windows = sorted(
        (text if isinstance(text, Window) else Window.parse(text) for text in texts),
        key=lambda window: window.opens_us,
    )
    for earlier, later in pairwise(windows):
        if later.opens_us < earlier.closes_us:
            msg = f"windows {earlier} and {later} overlap"
            raise CalendarError(msg)
    return tuple(windows)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The union of half-open spans, in order, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """What is left of ordered, disjoint spans outside ordered, disjoint holes."""
    if not holes:
        return list(spans)
    left: list[Span] = []
    at = 0
    for start, end in spans:
        since = start
        while at < len(holes) and holes[at][0] < end:
            opens, closes = holes[at]
            if since < opens:
                left.append((since, opens))
            since = max(since, closes)
            if closes > end:
                break  # it goes on into the spans that follow
            at += 1
        if since < end:
            left.append((since, end))
    return left


def common(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """What two ordered lists of disjoint spans share."""
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            found.append((start, end))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return found
