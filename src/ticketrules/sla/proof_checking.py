"""Checking proofs: every number of a reading added up again from the segments alone.

Nothing here asks a calendar or walks a history, and nothing is shared with what does: whole
microseconds are added and compared. A proof that passes says the same as its reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from ticketrules.calendar import ServiceCalendar
from ticketrules.errors import TicketRulesError
from ticketrules.sla.proof import Proof, ProofSegment
from ticketrules.sla.readings import Pause, Reading, Verdict

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_ZERO: Final = timedelta(0)


class ProofError(TicketRulesError, ValueError):
    """A proof that does not prove its reading.

    Attributes:
        faults: What is wrong with it, each as a sentence.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def check_proof(proof: Proof, calendar: ServiceCalendar | None = None) -> None:
    """Add a proof up again.

    The segments are in order, touch and cover the clock's life; the counted ones add up to
    ``elapsed``, the paused ones within hours to ``paused``; each lies in the pause, or out of all
    pauses, as it says, and names the event that began that; the budget is used up at the deadline
    and not before; breach, overrun, remainder, thresholds and verdict follow from that.

    What comes from outside the segments is taken as given: the names of days, the instant that a
    target names as its deadline (8.2, 9), and from when on the system may act (9). So is which
    time lies in hours, unless a calendar is there to ask.

    Args:
        proof: What ``explain`` returned, or what has become of it.
        calendar: The calendar in which the reading was counted; its arithmetic, which makes no
            segments, then has to agree about each one.

    Raises:
        ProofError: It proves something else than its reading, or nothing.
    """
    faults = tuple(_faults(proof))
    if calendar is not None and not faults:
        faults = tuple(_hours(proof, calendar))
    if faults:
        raise ProofError(faults)


def _faults(proof: Proof) -> Iterator[str]:
    reading = proof.reading
    faults = list(_order(proof))
    if faults:  # sums over stretches that overlap or leave gaps would say nothing
        yield from faults
        return
    yield from _kinds(proof)
    yield from _pauses(reading)
    yield from _grounds(proof)
    yield from _sums(proof)
    yield from _verdict(reading)
    yield from _promise(proof)
    yield from _thresholds(proof)
    if (proof.segments or proof.ahead) and reading.provisional is not any(
        one.provisional for one in (*proof.segments, *proof.ahead)
    ):
        yield "the reading and its segments differ on whether it is provisional"


def _order(proof: Proof) -> Iterator[str]:
    reading = proof.reading
    stretches = [("segments", proof.segments, reading.started_at, reading.read_at)]
    is_ahead = reading.deadline is not None and reading.deadline > reading.read_at
    if reading.deadline is not None and is_ahead and not reading.unannounced:
        stretches.append(("segments ahead", proof.ahead, reading.read_at, reading.deadline))
    elif proof.ahead:
        yield "segments lie ahead of a reading without a deadline ahead"
    for what, segments, start, end in stretches:
        at = _us(start)
        for one in segments:
            if _us(one.end) <= _us(one.start):
                yield f"{what}: the one from {one.start.isoformat()} does not last"
            if _us(one.start) != at:
                how = "leave a gap" if _us(one.start) > at else "overlap"
                yield f"{what} {how} before {one.start.isoformat()}"
            at = _us(one.end)
        if at != _us(end):
            yield f"{what} do not end at {end.isoformat()}"


def _hours(proof: Proof, calendar: ServiceCalendar) -> Iterator[str]:
    if proof.reading.around_the_clock:
        return
    for one in (*proof.segments, *proof.ahead):
        served = calendar.elapsed(one.start, one.end)
        if served != (_added((one,)) if one.in_hours else _ZERO):
            yield f"{_name(one)} lies {'in' if one.in_hours else 'outside'} hours only in part"


def _kinds(proof: Proof) -> Iterator[str]:
    for one in (*proof.segments, *proof.ahead):
        if one.counted is not (one.in_hours and one.pause is None):
            counts = "counts" if one.counted else "does not count"
            lies = "in hours" if one.in_hours else "outside hours"
            ran = "ran" if one.pause is None else "stood still"
            yield f"{_name(one)} {counts}, although it lies {lies} and the clock {ran}"


def _pauses(reading: Reading) -> Iterator[str]:
    at, last = _us(reading.started_at), len(reading.pauses) - 1
    for number, pause in enumerate(reading.pauses):
        if _us(pause.start) < at or _us(pause.end) < _us(pause.start):
            yield f"the pause from {pause.start.isoformat()} is out of order"
        at = _us(pause.end)
        if pause.ended_by is None and (number != last or not reading.is_open):
            yield f"nothing ended the pause from {pause.start.isoformat()}"
    if at > _us(reading.read_at):
        yield "a pause goes on after the reading"
    if reading.pauses and reading.pauses[-1].ended_by is None and at != _us(reading.read_at):
        yield "a pause that nothing ended is over before the reading"


def _grounds(proof: Proof) -> Iterator[str]:
    """Each segment stands still as the ticket did, and names the event that began it."""
    reading, pauses = proof.reading, proof.reading.pauses
    ends = [_us(pause.end) for pause in pauses]
    past, since = 0, reading.started_by
    for one in (*proof.segments, *proof.ahead):
        start, end = _us(one.start), _us(one.end)
        while past < len(pauses) and ends[past] <= start:
            since = pauses[past].ended_by or since
            past += 1
        by = since
        pause = pauses[past] if past < len(pauses) and _us(pauses[past].start) < end else None
        if pause is None:
            if one.pause is not None:
                yield f"{_name(one)} is paused while the ticket was not"
        elif start < _us(pause.start) or end > _us(pause.end):
            yield f"{_name(one)} is only partly in a pause"
        else:
            by = pause.by
            if one.pause != pause.why:
                yield f"{_name(one)} does not stand still as the ticket did"
        if one.by != by:
            yield f"{_name(one)} was not begun by {one.by!r} but by {by!r}"


def _sums(proof: Proof) -> Iterator[str]:
    reading = proof.reading
    counted = _added(one for one in proof.segments if one.counted)
    paused = _added(one for one in proof.segments if one.in_hours and not one.counted)
    for what, added, said in (
        ("counted", counted, reading.elapsed),
        ("paused", paused, reading.paused),
    ):
        if added != said:
            yield f"the {what} segments add up to {added}, not to {said}"


def _verdict(reading: Reading) -> Iterator[str]:
    verdict, stands = reading.verdict, _stands(reading)
    if (reading.stopped_at is None) is not (reading.stopped_by is None):
        yield "it stopped at no instant or by no event"
    if reading.stopped_at is not None and _us(reading.stopped_at) != _us(reading.read_at):
        yield "it is read at another instant than it stopped at"
    if (verdict is Verdict.BREACHED) is not (reading.breached_at is not None):
        yield f"it is {verdict}, and {'no' if reading.breached_at is None else 'a'} breach is told"
    if verdict in {Verdict.RUNNING, Verdict.PAUSED}:
        if not reading.is_open:
            yield f"it is {verdict} although it stopped"
        if stands is not (verdict is Verdict.PAUSED):
            yield f"it is {verdict} although it {'stands still' if stands else 'runs'}"
    if verdict in {Verdict.MET, Verdict.CANCELLED} and reading.is_open:
        yield f"it is {verdict} although nothing stopped it"


def _promise(proof: Proof) -> Iterator[str]:
    """The deadline, the breach, and what is over or left."""
    reading = proof.reading
    read_at = _us(reading.read_at)
    told = _or_none(reading.deadline)
    broken = None if reading.is_early else _or_none(reading.breached_at)
    if reading.budget is None:
        # What was promised for a time that had passed is broken from the start.
        is_late = told is not None and told < read_at
        expected = max(told, _us(reading.started_at)) if told is not None and is_late else None
        over = _ZERO if broken is None else _counted_from(proof.segments, broken)
        left = _added(one for one in proof.ahead if one.counted)
    else:
        used_up = _used_up_at(proof)
        expected = None if used_up is None or used_up >= read_at else used_up
        if used_up is not None:
            is_right = told == used_up
        elif _stands(reading) or reading.unannounced:
            is_right = told is None
        else:
            is_right = told is not None and told > read_at
        if not is_right:
            yield f"the deadline is not where the budget is used up: {_instant(used_up)}"
        over = reading.elapsed - reading.budget
        left = max(-over, _ZERO)
        if proof.ahead and (
            _added(one for one in proof.ahead if one.counted) != left or not proof.ahead[-1].counted
        ):
            yield "what is left of the budget is not used up at the deadline"
    if broken != expected:
        yield f"it was broken at {_instant(expected)}, not at {_instant(broken)}"
    over = max(over, _ZERO)
    if reading.overrun != over:
        yield f"the overrun is {over}, not {reading.overrun}"
    if not reading.is_open:
        left = _ZERO
    if reading.remaining != left:
        yield f"what is left is {left}, not {reading.remaining}"


def _used_up_at(proof: Proof) -> int | None:
    """The instant of the life so far at which the budget is used up and the clock still runs."""
    reading = proof.reading
    assert reading.budget is not None  # noqa: S101 - the caller has asked
    left = reading.budget // _TICK
    at = _us(reading.started_at) if left <= 0 else None
    for one in proof.segments:
        if at is not None:
            break
        if one.counted:
            length = _us(one.end) - _us(one.start)
            if length >= left:
                at = _us(one.start) + left
            left -= length
    for pause in reading.pauses:
        # Who stands still at that very instant is not late before the clock runs on.
        if at is not None and _us(pause.start) == at:
            at = None if _is_last_rest(reading, pause) else _us(pause.end)
    return at


def _is_last_rest(reading: Reading, pause: Pause) -> bool:
    """Whether a clock did not run on after a pause: it stands, or was stopped in it."""
    return pause.ended_by is None or pause.ended_by == reading.stopped_by


def _stands(reading: Reading) -> bool:
    return bool(reading.pauses) and _is_last_rest(reading, reading.pauses[-1])


def _thresholds(proof: Proof) -> Iterator[str]:
    reading = proof.reading
    for one in reading.crossings:
        at = _us(one.at)
        if reading.budget is None or not _us(reading.started_at) <= at <= _us(reading.read_at):
            yield "a threshold was passed where there is none"
            continue
        before = reading.elapsed - _counted_from(proof.segments, at)
        if before != one.threshold.amount(reading.budget):
            yield f"the threshold of {one.at.isoformat()} was not passed then"


def _counted_from(segments: Iterable[ProofSegment], since: int) -> timedelta:
    """The counted time from an instant on."""
    rests = (_us(one.end) - max(_us(one.start), since) for one in segments if one.counted)
    return sum(max(rest, 0) for rest in rests) * _TICK


def _added(segments: Iterable[ProofSegment]) -> timedelta:
    return sum(_us(one.end) - _us(one.start) for one in segments) * _TICK


def _us(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def _or_none(at: datetime | None) -> int | None:
    return None if at is None else _us(at)


def _instant(at: int | None) -> str:
    return "no instant" if at is None else (_EPOCH + at * _TICK).isoformat()


def _name(one: ProofSegment) -> str:
    return f"the segment from {one.start.isoformat()}"
