"""What finds signals in a conversation: a protocol, and the detectors that need no model."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cache
from pkgutil import get_data
from typing import Final, Protocol

from attrs import field, frozen

from ticketrules.complaints.settings import TendencyRules
from ticketrules.complaints.signals import Message, Signal, SignalKind
from ticketrules.text import EMPTY, Hit, Lexicon, NormalisedText, load_lexicon, normalise


class Detector(Protocol):
    """Whatever finds signals in a conversation; a host's classifier may be one."""

    def __call__(self, conversation: Sequence[Message], /) -> Iterable[Signal]:
        """The signals of a conversation, in any order."""
        ...


def combine(*detectors: Detector) -> Detector:
    """One detector of several; of signals of one kind on one message the first is kept."""
    return _Combined(detectors)


@frozen
class _Combined:
    detectors: tuple[Detector, ...]

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        seen: set[tuple[SignalKind, int | None]] = set()
        for detector in self.detectors:
            for signal in detector(conversation):
                if (signal.kind, signal.message) not in seen:
                    seen.add((signal.kind, signal.message))
                    yield signal


WORDED: Final = (
    SignalKind.PHONE_REQUEST,
    SignalKind.ABUSIVE_LANGUAGE,
    SignalKind.ESCALATION_CUE,
)
"""The signals that one message's words can show."""

PARTS: Final = ("common", "phone_request", "abusive_language", "escalation_cue")
"""The packaged lexicon's files; each may name what the ones before it define."""


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon that comes with the library, read once."""
    lexicon = EMPTY
    for part in PARTS:
        # As importing reads the package's own code.
        data = get_data("ticketrules.complaints", f"lexicon/{part}.toml") or b""
        lexicon = read_lexicon(data.decode(), f"{part}.toml", base=lexicon, tried=False)
    return lexicon


def read_lexicon(
    text: str, name: str = "<lexicon>", *, base: Lexicon | None = None, tried: bool = True
) -> Lexicon:
    """Read a host's own lexicon of signals from TOML text.

    Args:
        text: The lexicon; see ``text.load_lexicon``.
        name: What errors call it.
        base: What it adds to; the packaged lexicon unless told, ``text.EMPTY`` to replace it.
        tried: Whether its examples are tried.

    Raises:
        LexiconError: A bad entry; the message names it and the key.
    """
    return load_lexicon(
        text,
        name,
        base=packaged_lexicon() if base is None else base,
        signals=[kind.value for kind in WORDED],
        tried=tried,
    )


@frozen
class LexiconDetector:
    """Finds what words say outright (7.3 a, b, e); the first of each kind in each message.

    Attributes:
        lexicon: What words say.
        doubt: Says of a hit whether it is to be passed over; none is unless told.
    """

    lexicon: Lexicon = field(factory=packaged_lexicon, repr=False)
    doubt: Callable[[str, Hit], bool] | None = field(default=None, repr=False)

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        """The signals of a conversation."""
        for number, message in enumerate(conversation):
            if message.is_asked:
                yield from self.read(normalise(message.text), number)

    def read(
        self, text: NormalisedText, number: int, shown: AbstractSet[SignalKind] = frozenset()
    ) -> Iterator[Signal]:
        """The signals of one message.

        Args:
            text: Its normalised text.
            number: Its place in the conversation.
            shown: Kinds that it shows anyway.
        """
        for hit in self.lexicon.first_hits(text.text, self.doubt):
            kind = SignalKind(hit.sense.signal)
            if kind not in shown:
                yield Signal(
                    kind=kind,
                    reading=hit.sense.reading,
                    message=number,
                    span=text.span(hit.start, hit.end),
                    source=hit.sense.name,
                )


class Reader(Protocol):
    """Whatever finds signals in one message."""

    def read(
        self, text: NormalisedText, number: int, shown: AbstractSet[SignalKind], /
    ) -> Iterable[Signal]:
        """The signals of a message: its normalised text, its place, and what it shows anyway."""
        ...


@frozen
class WordDetector:
    """Several readers of single messages as one detector, which normalises each message once.

    What one of them has shown the ones after it do not look for.

    Attributes:
        readers: They read in turn.
        silent: Whether none of them would find anything in a normalised text, if that is known.
    """

    readers: tuple[Reader, ...]
    silent: Callable[[str], bool] | None = None

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        """The signals of a conversation."""
        for number, message in enumerate(conversation):
            if message.is_asked:
                text, shown = normalise(message.text), set[SignalKind]()
                if self.silent is not None and self.silent(text.text):
                    continue
                for reader in self.readers:
                    for signal in reader.read(text, number, shown):
                        shown.add(signal.kind)
                        yield signal


@frozen
class BurstDetector:
    """Finds messages in quick succession, without an answer between (7.3 d), by time alone."""

    rules: TendencyRules = field(factory=TendencyRules)

    def __call__(self, conversation: Sequence[Message], /) -> Iterator[Signal]:
        """A signal for each burst, as long as it lasts; messages without a time are in none."""
        if len(conversation) < self.rules.burst_messages:
            return
        run: list[tuple[int, datetime]] = []
        for number, message in enumerate(conversation):
            if message.is_answer:
                yield from self.bursts(run)
                run = []
            elif message.is_asked and message.at is not None:
                run.append((number, message.at))
        yield from self.bursts(run)

    def bursts(self, run: Sequence[tuple[int, datetime]]) -> Iterator[Signal]:
        """The bursts among unanswered messages."""
        rules = self.rules
        several = rules.burst_messages
        burst: list[int] = []  # places in the run
        for last in range(several - 1, len(run)):
            first = last - several + 1
            if run[last][1] - run[first][1] > rules.burst_within:
                continue
            if burst and burst[-1] < first:
                yield self.signal([run[place][0] for place in burst])
                burst = []
            burst.extend(range(burst[-1] + 1 if burst else first, last + 1))
        if burst:
            yield self.signal([run[place][0] for place in burst])

    def signal(self, burst: Sequence[int]) -> Signal:
        """The signal of a burst."""
        return Signal(
            kind=SignalKind.MESSAGE_BURST,
            reading=SignalKind.MESSAGE_BURST.reading,
            message=burst[-1],
            messages=tuple(burst),
            source="burst",
        )
