"""Proofs: the stretches of time that a reading is made of, each with its reason."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from attrs import Factory, evolve, field, frozen

from ticketrules.calendar import Segment, ServiceCalendar, Why
from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.pages import Language
from ticketrules.sla.marketplace import WITH_PLATFORM
from ticketrules.sla.proof_rendering import as_html, as_plain, as_text
from ticketrules.sla.readings import Reading
from ticketrules.sla.targets import Target

_HOURS: Final = ClauseId("3.1")
_PAUSES: Final = {WITH_PLATFORM: ClauseId("6.4")}
"""The clauses that pauses rest on, where that is not the promise's own."""

_EVERY_HOUR: Final = Text("every hour counts", "全天计时")
_REASONS: Final = {
    Why.SERVICE_HOURS: Text("service hours", "服务时间"),
    Why.MAKEUP_WORKDAY: Text("make-up working day", "调休上班"),
    Why.EXTRA_OPENING: Text("extra opening", "加开服务"),
    Why.OUTSIDE_HOURS: Text("outside hours", "非服务时间"),
    Why.WEEKEND: Text("weekend", "周末"),
    Why.HOLIDAY: Text("holiday", "节假日"),
    Why.CLOSURE: Text("closed", "停止服务"),
}


@frozen(kw_only=True)
class ProofSegment:
    """One stretch ``[start, end)`` of a clock's life. Instants are in UTC.

    Attributes:
        start: Its first instant.
        end: The instant that ends it.
        counted: Whether it counts against the promise: it lies in hours, and the clock ran.
        in_hours: Whether it is time that the promise is counted in, paused or not: service time,
            or any time where every hour counts.
        pause: Why the ticket stood still, in hours or outside them; ``None`` while the clock ran.
        why: The whole reason for counting or not, in both languages.
        clause: The clause that the reason rests on.
        by: The id of the event since which the clock has run, or stood still, like this.
        provisional: Whether it rests on a day that a notice may still change.
    """

    start: datetime
    end: datetime
    counted: bool
    in_hours: bool
    pause: Text | None
    why: Text
    clause: ClauseId
    by: str
    provisional: bool = False

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start


def _clause_title(proof: "Proof") -> Text:
    return CLAUSES.get(proof.reading.clause, Text(proof.reading.clock, proof.reading.clock))


@frozen
class Proof:
    """A reading with every stretch of time that it is made of.

    In a notebook it shows itself as a table.

    Attributes:
        reading: What is proved.
        segments: All the time from ``started_at`` to ``read_at``, in order and without gaps;
            neighbours that differ in nothing are one.
        ahead: All the time from ``read_at`` to the deadline, where that lies later: how the rest
            is used up if nothing else happens.
        label: What was promised, in both languages; by default the clause's title.
        zone: The zone in which it is shown.
    """

    reading: Reading
    segments: tuple[ProofSegment, ...]
    ahead: tuple[ProofSegment, ...] = ()
    label: Text = field(default=Factory(_clause_title, takes_self=True), kw_only=True)
    zone: tzinfo = field(default=UTC, kw_only=True)

    @property
    def elapsed(self) -> timedelta:
        """The counted segments added up."""
        return _total(one for one in self.segments if one.counted)

    @property
    def paused(self) -> timedelta:
        """The time that would have counted, had the ticket not stood still."""
        return _total(one for one in self.segments if one.in_hours and one.pause is not None)

    @property
    def paused_outside_hours(self) -> timedelta:
        """The time in which the ticket stood still and nothing would have counted anyway."""
        return _total(one for one in self.segments if not one.in_hours and one.pause is not None)

    @property
    def outside_hours(self) -> timedelta:
        """All the time that counts for nobody, paused or not."""
        return _total(one for one in self.segments if not one.in_hours)

    @property
    def provisional(self) -> bool:
        """Whether any segment rests on a day that a notice may still change."""
        return any(one.provisional for one in (*self.segments, *self.ahead))

    def text(self, lang: Language = "en") -> str:
        """The proof as a table of at most 80 columns, in the desk's zone.

        Args:
            lang: ``"en"`` or ``"zh"``.

        Raises:
            ValueError: Another language.
        """
        return as_text(self, lang)

    def html(self, lang: Language = "en") -> str:
        """The proof as a fragment of HTML that needs no style sheet and no script.

        Args:
            lang: ``"en"`` or ``"zh"``.

        Raises:
            ValueError: Another language.
        """
        return as_html(self, lang)

    def plain(self) -> dict[str, Any]:
        """The proof as values that JSON knows.

        Instants are ISO 8601 in the desk's zone; amounts are whole microseconds, ``_us``, so that
        they add up exactly.
        """
        return as_plain(self)

    def _repr_html_(self) -> str:
        return self.html()


def explain(reading: Reading, calendar: ServiceCalendar, target: Target | None = None) -> Proof:
    """List the time that a reading is made of.

    Everything comes from the reading and the calendar; no history is looked at.

    Args:
        reading: What is to be proved.
        calendar: The calendar in which it was counted.
        target: The reading's target, for its name; without it the clause's title is shown.

    Returns:
        The proof; ``check_proof`` adds it up again.

    Raises:
        ValueError: The target is not the reading's.
        UnannouncedError: It is explained by a calendar that knows less than the one in which it
            was counted.
    """
    if target is not None and target.id != reading.clock:
        msg = f"a reading of {reading.clock!r} is not explained by the target {target.id!r}"
        raise ValueError(msg)
    segments: list[ProofSegment] = []
    at, by = reading.started_at, reading.started_by
    for pause in reading.pauses:
        segments += _pieces(reading, calendar, at, pause.start, by=by)
        segments += _pieces(reading, calendar, pause.start, pause.end, by=pause.by, pause=pause.why)
        at, by = pause.end, pause.ended_by or pause.by
    segments += _pieces(reading, calendar, at, reading.read_at, by=by)
    ahead: Iterable[ProofSegment] = ()
    if reading.deadline is not None and not reading.unannounced:
        ahead = _pieces(reading, calendar, reading.read_at, reading.deadline, by=by)
    proof = Proof(reading, _merged(segments), _merged(ahead), zone=calendar.zone)
    return proof if target is None else evolve(proof, label=target.label)


def _pieces(
    reading: Reading,
    calendar: ServiceCalendar,
    start: datetime,
    end: datetime,
    *,
    by: str,
    pause: Text | None = None,
) -> Iterator[ProofSegment]:
    """The segments of a stretch in which the clock ran, or stood still for one reason."""
    if end <= start:
        return
    if reading.around_the_clock:
        why, clause = _EVERY_HOUR, reading.clause
        if pause is not None:
            why, clause = _paused(pause), _PAUSES.get(pause, reading.clause)
        yield ProofSegment(
            start=start,
            end=end,
            counted=pause is None,
            in_hours=True,
            pause=pause,
            why=why,
            clause=clause,
            by=by,
        )
        return
    for piece in calendar.explain(start, end):
        why, clause = _reason(piece), _HOURS
        if pause is not None:
            if piece.counted:
                why, clause = _paused(pause), _PAUSES.get(pause, reading.clause)
            else:
                stands = _paused(pause)
                why = Text(f"{why.en}; {stands.en}", f"{why.zh}；{stands.zh}")
        yield ProofSegment(
            start=piece.start,
            end=piece.end,
            counted=piece.counted and pause is None,
            in_hours=piece.counted,
            pause=pause,
            why=why,
            clause=clause,
            by=by,
            provisional=piece.provisional,
        )


def _reason(piece: Segment) -> Text:
    """Why the calendar counts a piece or does not, with the holiday or the exception by name."""
    reason, name = _REASONS[piece.why], piece.name
    if name is None:
        return reason
    en, zh = name.en or name.zh, name.zh or name.en
    if piece.why is Why.HOLIDAY:
        return Text(en, zh)
    if piece.why in {Why.MAKEUP_WORKDAY, Why.EXTRA_OPENING, Why.CLOSURE}:
        return Text(f"{reason.en} ({en})", f"{reason.zh}（{zh}）")
    return reason


def _paused(why: Text) -> Text:
    return Text(f"paused: {why.en}", f"暂停：{why.zh}")


def _merged(pieces: Iterable[ProofSegment]) -> tuple[ProofSegment, ...]:
    """The same segments with neighbours made one where nothing tells them apart."""
    found: list[ProofSegment] = []
    for piece in pieces:
        if found and found[-1] == evolve(piece, start=found[-1].start, end=found[-1].end):
            found[-1] = evolve(found[-1], end=piece.end)
        else:
            found.append(piece)
    return tuple(found)


def _total(segments: Iterable[ProofSegment]) -> timedelta:
    return sum((one.length for one in segments), timedelta(0))
