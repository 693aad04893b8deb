"""A proof that has been changed, or is put beside another reading, is no proof."""

import re

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticketrules.clauses import Text
from ticketrules.sla import (
    ClockSet,
    Crossing,
    ProofError,
    Threshold,
    Verdict,
    check_proof,
)

from .proofs import DESK, HOUR, MICROSECOND, OWN, TWO_REASONS, patient, proofs, proofs_of, proved
from .stories import at, fact


def is_caught(proof, calendar=None):
    try:
        check_proof(proof, calendar)
    except ProofError:
        return True
    return False


def with_segment(proof, place, *replacements):
    """The proof with one segment, counted through the life and then ahead, replaced."""
    before = len(proof.segments)
    if place < before:
        segments = (*proof.segments[:place], *replacements, *proof.segments[place + 1 :])
        return evolve(proof, segments=segments)
    place -= before
    return evolve(proof, ahead=(*proof.ahead[:place], *replacements, *proof.ahead[place + 1 :]))


TAMPERINGS = {
    "dropped": lambda one: (),
    "told twice": lambda one: (one, one),
    "later": lambda one: (evolve(one, start=one.start + HOUR, end=one.end + HOUR),),
    "begun later": lambda one: (evolve(one, start=one.start + MICROSECOND),),
    "begun earlier": lambda one: (evolve(one, start=one.start - MICROSECOND),),
    "ended later": lambda one: (evolve(one, end=one.end + MICROSECOND),),
    "ended earlier": lambda one: (evolve(one, end=one.end - MICROSECOND),),
    "turned round": lambda one: (evolve(one, start=one.end, end=one.start),),
    "counted or not": lambda one: (evolve(one, counted=not one.counted),),
    "in hours or not": lambda one: (evolve(one, in_hours=not one.in_hours),),
    "counted in hours or neither": lambda one: (
        evolve(one, counted=not one.in_hours, in_hours=not one.in_hours),
    ),
    "paused or not": lambda one: (
        evolve(one, pause=None if one.pause else Text("the platform holds it", "平台")),
    ),
    "paused and not counted": lambda one: (
        evolve(
            one,
            pause=None if one.pause else Text("the platform holds it", "平台"),
            counted=bool(one.pause and one.in_hours),
        ),
    ),
    "begun by another": lambda one: (evolve(one, by=f"{one.by}x"),),
}


class TestTampering:
    """What has been changed is no proof any more."""

    @pytest.mark.parametrize("how", TAMPERINGS)
    @settings(patient, max_examples=60)
    @given(data=st.data())
    def test_a_changed_segment_is_caught(self, how, data):
        proof, calendar = data.draw(proofs())
        count = len(proof.segments) + len(proof.ahead)
        assume(count)
        place = data.draw(st.integers(0, count - 1))
        one = (*proof.segments, *proof.ahead)[place]
        tampered = with_segment(proof, place, *TAMPERINGS[how](one))
        # Nothing is counted towards a named deadline that no longer matters but its hours.
        is_moot = proof.reading.budget is None and not proof.reading.is_open
        assert is_caught(tampered, calendar if is_moot else None)

    @settings(patient, max_examples=100)
    @given(given_proof=proofs(), data=st.data())
    def test_a_moved_boundary_is_caught(self, given_proof, data):
        proof, calendar = given_proof
        assume(len(proof.segments) > 1)
        place = data.draw(st.integers(0, len(proof.segments) - 2))
        earlier, later = proof.segments[place : place + 2]
        moved = later.start + data.draw(st.sampled_from((MICROSECOND, -MICROSECOND)))
        assume(earlier.start < moved < later.end)
        tampered = evolve(
            proof,
            segments=(
                *proof.segments[:place],
                evolve(earlier, end=moved),
                evolve(later, start=moved),
                *proof.segments[place + 2 :],
            ),
        )
        if (earlier.in_hours, earlier.by) != (later.in_hours, later.by):
            assert is_caught(tampered)
        else:  # two days off, or two working days: no sum tells them apart, and none is wrong
            assert not is_caught(tampered, calendar)

    @settings(patient, max_examples=60)
    @given(given_proof=proofs(), data=st.data())
    def test_two_segments_in_the_wrong_order_are_caught(self, given_proof, data):
        proof, _calendar = given_proof
        assume(len(proof.segments) > 1)
        place = data.draw(st.integers(0, len(proof.segments) - 2))
        earlier, later = proof.segments[place : place + 2]
        segments = (*proof.segments[:place], later, earlier, *proof.segments[place + 2 :])
        assert is_caught(evolve(proof, segments=segments))

    @settings(patient, max_examples=60)
    @given(given_proof=proofs())
    def test_an_unsure_day_made_sure_is_caught(self, given_proof):
        proof, _calendar = given_proof
        assume(proof.segments or proof.ahead)
        tampered = evolve(
            proof,
            segments=tuple(
                evolve(one, provisional=not proof.provisional) for one in proof.segments
            ),
            ahead=tuple(evolve(one, provisional=not proof.provisional) for one in proof.ahead),
        )
        assert is_caught(tampered)

    def test_hours_that_were_exchanged_are_caught_with_the_calendar(self, tell):
        story = tell("2026-03-02 17:00 customer submitted")
        proof = proved(story, "next_reply", "2026-03-03 10:00")
        first, night, last = proof.segments
        exchanged = evolve(
            proof,
            segments=(
                evolve(first, end=first.end + MICROSECOND),
                evolve(night, start=night.start + MICROSECOND, end=night.end + MICROSECOND),
                evolve(last, start=last.start + MICROSECOND),
            ),
        )
        assert not is_caught(exchanged)
        assert is_caught(exchanged, story.clocks.calendar)

    AMOUNTS = ("elapsed", "paused", "overrun", "remaining")
    INSTANTS = ("started_at", "read_at", "stopped_at", "breached_at", "deadline")

    @pytest.mark.parametrize("name", AMOUNTS + INSTANTS)
    @settings(patient, max_examples=60)
    @given(given_proof=proofs(), sign=st.sampled_from((1, -1)))
    def test_a_changed_number_is_caught(self, name, given_proof, sign):
        proof, _calendar = given_proof
        value = getattr(proof.reading, name)
        assume(value is not None)
        # What follows a deadline that a target names is only that it was kept or broken.
        assume(name != "deadline" or proof.reading.budget is not None or proof.ahead)
        reading = evolve(proof.reading, **{name: value + sign * MICROSECOND})
        assert is_caught(evolve(proof, reading=reading))

    @settings(patient, max_examples=100)
    @given(given_proof=proofs(), other=st.sampled_from(Verdict))
    def test_another_verdict_is_caught(self, given_proof, other):
        proof, _calendar = given_proof
        ended = {Verdict.MET, Verdict.CANCELLED}  # by which event is not in the proof
        assume(other is not proof.reading.verdict and {other, proof.reading.verdict} != ended)
        assert is_caught(evolve(proof, reading=evolve(proof.reading, verdict=other)))

    @settings(patient, max_examples=100)
    @given(given_proof=proofs())
    def test_a_breach_told_away_is_caught(self, given_proof):
        proof, _calendar = given_proof
        reading = proof.reading
        assume(reading.breached_at is not None and not reading.is_early)
        verdict = Verdict.RUNNING if reading.is_open else Verdict.MET
        assert is_caught(evolve(proof, reading=evolve(reading, verdict=verdict, breached_at=None)))

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_a_pause_told_away_is_caught(self, tell, place):
        proof = proved(tell(*TWO_REASONS), "resolution_commitment", "2026-03-02 10:10")
        pauses = proof.reading.pauses
        left = (*pauses[:place], *pauses[place + 1 :])
        assert is_caught(evolve(proof, reading=evolve(proof.reading, pauses=left)))

    def test_a_threshold_that_was_passed_at_another_time_is_caught(self):
        clocks = ClockSet("own", OWN, DESK)
        facts = [fact("2026-03-02 09:00 customer submitted")]
        proof, *_others = proofs_of(clocks, facts, at("2026-03-02 12:00"))
        first, *rest = proof.reading.crossings
        check_proof(proof, DESK)
        for tampered in (
            evolve(first, at=first.at + MICROSECOND),
            evolve(first, at=at("2026-03-01 09:00")),
        ):
            reading = evolve(proof.reading, crossings=(tampered, *rest))
            assert is_caught(evolve(proof, reading=reading))

    def test_the_error_tells_every_fault(self, tell):
        proof = proved(
            tell("2026-03-02 09:00 customer submitted"), "next_reply", "2026-03-02 10:00"
        )
        reading = evolve(proof.reading, elapsed=2 * HOUR, paused=HOUR)
        with pytest.raises(ProofError) as caught:
            check_proof(evolve(proof, reading=reading))
        assert "the counted segments add up to 1:00:00, not to 2:00:00" in caught.value.faults
        assert "the paused segments add up to 0:00:00, not to 1:00:00" in caught.value.faults


def at_twice(proof):
    """Its first segment followed by one that takes no time."""
    first, *rest = proof.segments
    none = evolve(first, start=first.end, end=first.end)
    return evolve(proof, segments=(first, none, *rest))


def with_pauses(change):
    """What puts other pauses on a reading."""

    def changed(proof):
        pauses = tuple(change(*proof.reading.pauses))
        return evolve(proof, reading=evolve(proof.reading, pauses=pauses))

    return changed


FAULTS = {
    "segments: the one from .* does not last": at_twice,
    "the pause from .* is out of order": with_pauses(lambda one, two, three: (two, one, three)),
    "nothing ended the pause from .*": with_pauses(
        lambda one, two, three: (evolve(one, ended_by=None), two, three)
    ),
    "a pause that nothing ended is over before the reading": with_pauses(
        lambda one, two, three: (one, two, evolve(three, ended_by=None))
    ),
    "a pause goes on after the reading": with_pauses(
        lambda one, two, three: (one, two, evolve(three, end=three.end + HOUR))
    ),
    "the segment from .* does not stand still as the ticket did": with_pauses(
        lambda one, two, three: (evolve(one, why=three.by), two, three)
    ),
    "it stopped at no instant or by no event": lambda proof: evolve(
        proof, reading=evolve(proof.reading, stopped_by="e9")
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told(tell, fault):
    proof = proved(tell(*TWO_REASONS), "resolution_commitment", "2026-03-02 10:10")
    with pytest.raises(ProofError) as caught:
        check_proof(FAULTS[fault](proof))
    assert any(re.fullmatch(fault, one) for one in caught.value.faults)


@pytest.mark.parametrize("when", ["10:20", "10:30", "11:00"])
def test_nothing_lies_ahead_of_what_is_used_up(tell, when):
    proof = proved(tell(*TWO_REASONS), "resolution_commitment", f"2026-03-02 {when}")
    tampered = evolve(proof, ahead=proof.segments[-1:])
    with pytest.raises(ProofError) as caught:
        check_proof(tampered)
    assert caught.value.faults == ("segments lie ahead of a reading without a deadline ahead",)


def test_one_that_stands_still_does_not_run(tell):
    proof = proved(tell(*HELD[:2]), "next_reply", "2026-03-02 10:00")
    with pytest.raises(ProofError) as caught:
        check_proof(changed(proof, verdict=Verdict.RUNNING))
    assert caught.value.faults == ("it is running although it stands still",)


HELD = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:30 an escalated_to_platform",
    "2026-03-02 10:00 platform platform_returned",
)
"""Read at eleven: half an hour that counts, half an hour at the platform, an hour that counts."""


def changed(proof, **parts):
    return evolve(proof, reading=evolve(proof.reading, **parts))


def segment(proof, place, **parts):
    return with_segment(proof, place, evolve(proof.segments[place], **parts))


def crossed(proof, when):
    quarter = Threshold(share=0.25, about=Text("a quarter is gone", "已用四分之一"))
    return changed(proof, crossings=(Crossing(quarter, at(when)),))


def moved(proof, place, when):
    """The proof with the boundary after a segment moved."""
    later = segment(proof, place + 1, start=at(when))
    return segment(later, place, end=at(when))


NINE, QUARTER_PAST, HALF_PAST, TEN = (
    f"the segment from 2026-03-02T{time}:00+00:00" for time in ("01:00", "01:15", "01:30", "02:00")
)
A_QUARTER_LESS = (
    "the counted segments add up to 1:15:00, not to 1:30:00",
    "the paused segments add up to 0:45:00, not to 0:30:00",
)
NOT_COUNTED = (
    "the counted segments add up to 1:00:00, not to 1:30:00",
    "the paused segments add up to 1:00:00, not to 0:30:00",
)
ONE_MORE = (
    "the counted segments add up to 2:00:00, not to 1:30:00",
    "the paused segments add up to 0:00:00, not to 0:30:00",
)
WORDS = {
    "no segments": (
        lambda one: evolve(one, segments=()),
        ("segments do not end at 2026-03-02T03:00:00+00:00",),
    ),
    "a gap": (
        lambda one: segment(one, 0, start=at("2026-03-02 09:15")),
        ("segments leave a gap before 2026-03-02T01:15:00+00:00",),
    ),
    "an overlap": (
        lambda one: segment(one, 1, start=at("2026-03-02 09:15")),
        ("segments overlap before 2026-03-02T01:15:00+00:00",),
    ),
    "a segment of no time": (
        lambda one: segment(one, 0, end=at("2026-03-02 09:00")),
        (
            "segments: the one from 2026-03-02T01:00:00+00:00 does not last",
            "segments leave a gap before 2026-03-02T01:30:00+00:00",
        ),
    ),
    "too little ahead": (
        lambda one: evolve(one, ahead=(evolve(one.ahead[0], end=at("2026-03-02 12:30")),)),
        ("segments ahead do not end at 2026-03-02T05:30:00+00:00",),
    ),
    "not counted": (
        lambda one: segment(one, 0, counted=False),
        (f"{NINE} does not count, although it lies in hours and the clock ran", *NOT_COUNTED),
    ),
    "counted at rest": (
        lambda one: segment(one, 1, counted=True),
        (f"{HALF_PAST} counts, although it lies in hours and the clock stood still", *ONE_MORE),
    ),
    "counted outside hours": (
        lambda one: segment(one, 2, in_hours=False),
        (f"{TEN} counts, although it lies outside hours and the clock ran",),
    ),
    "at rest without a pause": (
        lambda one: segment(one, 0, counted=False, pause=Text("lunch", "午饭")),
        (f"{NINE} is paused while the ticket was not", *NOT_COUNTED),
    ),
    "running in a pause": (
        lambda one: segment(one, 1, counted=True, pause=None),
        (f"{HALF_PAST} does not stand still as the ticket did", *ONE_MORE),
    ),
    "at rest too soon": (
        lambda one: moved(one, 0, "2026-03-02 09:15"),
        (
            f"{QUARTER_PAST} is only partly in a pause",
            f"{QUARTER_PAST} was not begun by 'e2' but by 'e1'",
            *A_QUARTER_LESS,
        ),
    ),
    "at rest too long": (
        lambda one: moved(one, 1, "2026-03-02 10:15"),
        (
            f"{HALF_PAST} is only partly in a pause",
            f"{HALF_PAST} was not begun by 'e2' but by 'e1'",
            *A_QUARTER_LESS,
        ),
    ),
    "another reason to stand still": (
        lambda one: segment(one, 1, pause=Text("lunch", "午饭")),
        (f"{HALF_PAST} does not stand still as the ticket did",),
    ),
    "begun to stand still later": (
        lambda one: evolve(
            one,
            segments=(
                evolve(one.segments[0], end=at("2026-03-02 09:45")),
                evolve(one.segments[1], start=at("2026-03-02 09:45")),
                one.segments[2],
            ),
        ),
        (
            f"{NINE} is only partly in a pause",
            "the counted segments add up to 1:45:00, not to 1:30:00",
            "the paused segments add up to 0:15:00, not to 0:30:00",
        ),
    ),
    "begun by another event": (
        lambda one: segment(one, 2, by="e9"),
        (f"{TEN} was not begun by 'e9' but by 'e3'",),
    ),
    "another sum": (
        lambda one: changed(one, paused=HOUR),
        ("the paused segments add up to 0:30:00, not to 1:00:00",),
    ),
    "paused": (
        lambda one: changed(one, verdict=Verdict.PAUSED),
        ("it is paused although it runs",),
    ),
    "met": (
        lambda one: changed(one, verdict=Verdict.MET),
        ("it is met although nothing stopped it",),
    ),
    "cancelled": (
        lambda one: changed(one, verdict=Verdict.CANCELLED),
        ("it is cancelled although nothing stopped it",),
    ),
    "breached": (
        lambda one: changed(one, verdict=Verdict.BREACHED),
        ("it is breached, and no breach is told",),
    ),
    "a breach": (
        lambda one: changed(one, breached_at=at("2026-03-02 10:30")),
        (
            "it is running, and a breach is told",
            "it was broken at no instant, not at 2026-03-02T02:30:00+00:00",
        ),
    ),
    "no deadline": (
        lambda one: evolve(changed(one, deadline=None), ahead=()),
        ("the deadline is not where the budget is used up: no instant",),
    ),
    "a deadline that has come": (
        lambda one: evolve(changed(one, deadline=one.reading.read_at), ahead=()),
        ("the deadline is not where the budget is used up: no instant",),
    ),
    "late already": (
        lambda one: changed(one, overrun=HOUR),
        ("the overrun is 0:00:00, not 1:00:00",),
    ),
    "another remainder": (
        lambda one: changed(one, remaining=HOUR),
        ("what is left is 2:30:00, not 1:00:00",),
    ),
    "another budget": (
        lambda one: changed(one, budget=3 * HOUR),
        (
            "what is left of the budget is not used up at the deadline",
            "what is left is 1:30:00, not 2:30:00",
        ),
    ),
    "a threshold too early": (
        lambda one: crossed(one, "2026-03-02 10:00"),
        ("the threshold of 2026-03-02T02:00:00+00:00 was not passed then",),
    ),
    "a threshold to come": (
        lambda one: crossed(one, "2026-03-02 12:00"),
        ("a threshold was passed where there is none",),
    ),
    "several thresholds": (
        lambda one: changed(
            one,
            crossings=(
                *crossed(one, "2026-03-02 12:00").reading.crossings,
                *crossed(one, "2026-03-02 10:00").reading.crossings,
            ),
        ),
        (
            "a threshold was passed where there is none",
            "the threshold of 2026-03-02T02:00:00+00:00 was not passed then",
        ),
    ),
    "provisional": (
        lambda one: changed(one, provisional=True),
        ("the reading and its segments differ on whether it is provisional",),
    ),
}


@pytest.mark.parametrize("how", WORDS)
def test_what_is_wrong_is_told_and_nothing_else(tell, how):
    tamper, faults = WORDS[how]
    tampered = tamper(proved(tell(*HELD), "next_reply", "2026-03-02 11:00"))
    with pytest.raises(ProofError) as caught:
        check_proof(tampered)
    assert caught.value.faults == faults
    assert str(caught.value) == "; ".join(faults)


LATE_OR_DONE = {
    "running once stopped": (
        "10:00",
        {"verdict": Verdict.RUNNING},
        "it is running although it stopped",
    ),
    "read elsewhere": (
        "10:00",
        {"stopped_at": at("2026-03-02 11:00")},
        "it is read at another instant than it stopped at",
    ),
    "not late": (
        "14:00",
        {"verdict": Verdict.MET, "breached_at": None},
        "it was broken at 2026-03-02T05:00:00+00:00, not at no instant",
    ),
    "late later": (
        "14:00",
        {"breached_at": at("2026-03-02 13:30")},
        "it was broken at 2026-03-02T05:00:00+00:00, not at 2026-03-02T05:30:00+00:00",
    ),
    "another deadline": (
        "14:00",
        {"deadline": at("2026-03-02 12:00")},
        "the deadline is not where the budget is used up: 2026-03-02T05:00:00+00:00",
    ),
    "provisional": (
        "10:00",
        {"provisional": True},
        "the reading and its segments differ on whether it is provisional",
    ),
    "later over": ("14:00", {"overrun": 2 * HOUR}, "the overrun is 1:00:00, not 2:00:00"),
}


@pytest.mark.parametrize("how", LATE_OR_DONE)
def test_so_is_what_is_wrong_with_one_that_is_over_or_late(tell, how):
    answered, parts, fault = LATE_OR_DONE[how]
    story = tell("2026-03-02 09:00 customer submitted", f"2026-03-02 {answered} an replied")
    proof = proved(story, "next_reply", "2026-03-02 18:00")
    with pytest.raises(ProofError) as caught:
        check_proof(changed(proof, **parts))
    assert caught.value.faults == (fault,)


@pytest.mark.parametrize(
    ("moved", "from_", "place"), [("18:30", "09:00", "in"), ("17:30", "09:30", "outside")]
)
def test_a_segment_that_lies_in_hours_only_in_part_is_told_with_the_calendar(
    tell, moved, from_, place
):
    proof = proved(tell("2026-03-02 17:00 customer submitted"), "next_reply", "2026-03-03 10:00")
    first, second, third = proof.segments
    moved = at(f"2026-03-02 {moved}")
    longer = (evolve(first, end=moved), evolve(second, start=moved), third)
    tampered = changed(
        evolve(proof, segments=longer, ahead=()),
        elapsed=moved - at("2026-03-02 16:00"),
        deadline=None,
        remaining=at("2026-03-02 20:00") - moved,
        unannounced=True,
    )
    check_proof(tampered)
    with pytest.raises(ProofError) as caught:
        check_proof(tampered, DESK)
    assert caught.value.faults == (
        f"the segment from 2026-03-02T{from_}:00+00:00 lies {place} hours only in part",
    )
