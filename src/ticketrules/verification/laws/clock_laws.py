"""The laws of clocks: what every reading of every history owes, whenever one looks."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any, Final

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from ticketrules.desk import Desk
from ticketrules.errors import HistoryError, LawError
from ticketrules.sla import ProofError, Reading, Verdict, Wake, check_proof
from ticketrules.tickets import SYSTEM, MessageKind, Ticket, replay
from ticketrules.tickets import events as e
from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.narration import clock
from ticketrules.verification.strategies.histories import (
    AN,
    CUSTOMER,
    PLATFORM,
    History,
    histories,
    moments,
)
from ticketrules.verification.strategies.instants import MINUTE, MOMENT, instants, told_stretch

NOTHING: Final = timedelta(0)
ANSWERS: Final = frozenset({"first_response", "resolution_commitment", "next_reply"})
HOLDS: Final = st.lists(st.integers(0, 6 * 24 * 60), min_size=3, max_size=3).map(sorted)

Drawn = st.SearchStrategy[dict[str, Any]]


def _recorded(desk: Desk, *, whole_minutes: bool) -> st.SearchStrategy[History]:
    return histories(desk.calendar, whole_minutes=whole_minutes, **told_stretch(desk.calendar))


@st.composite
def _looked_at(
    draw: st.DrawFn, /, desk: Desk, polls: int = 0, **more: st.SearchStrategy[Any]
) -> dict[str, Any]:
    """A history, the instant at which it is looked at, and instants before that."""
    history = draw(_recorded(desk, whole_minutes=draw(st.booleans())))
    drawn: dict[str, Any] = {"history": history, "at": draw(moments(history))}
    if polls:
        length = (drawn["at"] - history[0].at) // MOMENT
        some = st.integers(0, length) | st.sampled_from([one.at for one in history])
        places = draw(st.lists(some, min_size=1, max_size=polls))
        drawn["polls"] = sorted(
            one if isinstance(one, datetime) else history[0].at + one * MOMENT for one in places
        )
    return drawn | {name: draw(strategy) for name, strategy in more.items()}


def _once(desk: Desk) -> Drawn:
    return _looked_at(desk)


def _polled(desk: Desk) -> Drawn:
    return _looked_at(desk, 5)


def _later(desk: Desk) -> Drawn:
    hours = st.lists(st.integers(0, 24 * 40), min_size=1, max_size=5).map(sorted)
    return _looked_at(desk, hours=hours)


def _answered(desk: Desk) -> Drawn:
    return _looked_at(desk, wait=st.integers(0, 3 * 24 * 60), who=st.sampled_from((AN, PLATFORM)))


def _in_a_zone(desk: Desk) -> Drawn:
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda count: timezone(count * MINUTE))
    return _looked_at(desk, zone=offsets)


def _submitted(desk: Desk) -> Drawn:
    return drawing(at=instants(desk.calendar, **told_stretch(desk.calendar)))


def _held(desk: Desk) -> Drawn:
    return drawing(
        at=instants(desk.calendar, whole_minutes=True, zones=(UTC,), **told_stretch(desk.calendar)),
        holds=HOLDS,
        wait=st.integers(0, 3 * 24 * 60),
    )


def _read(desk: Desk, history: Iterable[e.Event], at: datetime) -> tuple[Reading, ...]:
    return desk.clocks.read(replay(history), at)


def _by_cycle(readings: Iterable[Reading]) -> dict[tuple[str, int], Reading]:
    return {(one.clock, one.cycle): one for one in readings}


def _shown(reading: Reading | None) -> str:
    if reading is None:
        return "no reading"
    limit = f", deadline {clock(reading.deadline)} UTC" if reading.deadline else ""
    since = f", breached {clock(reading.breached_at)} UTC" if reading.breached_at else ""
    return f"{reading.clock} {reading.cycle}: {reading.verdict}{limit}{since}"


def _same(here: Iterable[Reading], there: Iterable[Reading], what: str) -> None:
    """The same readings, or the first that differs."""
    one, other = _by_cycle(here), _by_cycle(there)
    for key in {**one, **other}:
        if one.get(key) != other.get(key):
            msg = f"{what}: {_shown(one.get(key))}, and not {_shown(other.get(key))}"
            raise LawError(msg)


@law(_polled)
def what_comes_later_changes_nothing_earlier(
    desk: Desk, history: History, polls: list[datetime]
) -> None:
    """What an instant looked like is the same, whatever has happened since."""
    for then in polls:
        known = [event for event in history if event.at <= then]
        _same(_read(desk, history, then), _read(desk, known, then), f"at {clock(then)} UTC")
        longer, shorter = (desk.assess(replay(one), then) for one in (history, known))
        equal(longer, shorter, f"the assessment at {clock(then)} UTC")


@law(_polled)
def stepping_finds_what_jumping_finds(
    desk: Desk, history: History, at: datetime, polls: list[datetime]
) -> None:
    """Who looks often sees the breaches that who looks once sees, at the same instants."""
    last = _by_cycle(_read(desk, history, at))
    seen: dict[tuple[str, int], datetime] = {}
    for poll in (*polls, at):
        for key, reading in _by_cycle(_read(desk, history, poll)).items():
            if reading.breached_at is not None:
                equal(seen.setdefault(key, reading.breached_at), reading.breached_at, f"{key}")
    jumped = {key: one.breached_at for key, one in last.items() if one.breached_at is not None}
    equal(seen, jumped, "breaches seen")


@law(_polled)
def a_finished_cycle_is_history(
    desk: Desk, history: History, at: datetime, polls: list[datetime]
) -> None:
    """A cycle that has stopped reads the same for ever."""
    last = _by_cycle(_read(desk, history, at))
    for poll in polls:
        done = [one for one in _read(desk, history, poll) if not one.is_open]
        _same([last[one.clock, one.cycle] for one in done], done, f"as seen at {clock(poll)} UTC")


@law(_once)
def a_deadline_is_the_last_instant_in_time(desk: Desk, history: History, at: datetime) -> None:
    """At its deadline a clock still runs; a microsecond later it is breached, at the deadline."""
    for key, reading in _by_cycle(_read(desk, history, at)).items():
        if reading.verdict is Verdict.RUNNING and reading.deadline is not None:
            on_it = _by_cycle(_read(desk, history, reading.deadline))[key]
            equal(on_it.verdict, Verdict.RUNNING, f"{_shown(reading)}; at the deadline")
            after = _by_cycle(_read(desk, history, reading.deadline + MOMENT))[key]
            equal(after.breached_at, reading.deadline, f"{_shown(reading)}; breached after it")


@law(_once)
def before_its_submission_there_is_nothing(desk: Desk, history: History) -> None:
    """Before its first event a ticket has no readings and cannot be assessed."""
    ticket, then = replay(history), history[0].at - MOMENT
    equal(desk.clocks.read(ticket, then), (), "readings")
    try:
        desk.assess(ticket, then)
    except HistoryError:
        return
    require(condition=False, told="it was assessed")


@law(_once)
def the_parts_of_a_reading_fit(desk: Desk, history: History, at: datetime) -> None:
    """Verdict, instants and amounts of a reading say the same thing."""
    open_verdicts = {Verdict.RUNNING, Verdict.PAUSED}
    for one in _read(desk, history, at):
        fits = {
            "breached has an instant": (one.verdict is Verdict.BREACHED)
            == (one.breached_at is not None),
            "open has no stop": one.is_open == (one.stopped_at is None) == (one.stopped_by is None),
            "met and cancelled are over": not (
                one.is_open and one.verdict in {Verdict.MET, Verdict.CANCELLED}
            ),
            "running and paused are open": one.is_open or one.verdict not in open_verdicts,
            "paused has no deadline": one.verdict is not Verdict.PAUSED or one.deadline is None,
            "running has one to come, if it can be told": one.verdict is not Verdict.RUNNING
            or (one.unannounced if one.deadline is None else one.deadline >= at),
            "a breach lies within its life": one.breached_at is None
            or one.started_at <= one.breached_at <= (one.stopped_at or at),
            "its life lies before the look": one.started_at <= (one.stopped_at or at) <= at,
            "it counts no more than there was": one.around_the_clock
            or NOTHING <= one.elapsed <= desk.calendar.elapsed(one.started_at, at),
            "it has time left or is over it": not (one.remaining and one.overrun),
            "overrun is what exceeds the budget": one.budget is None
            or one.overrun == max(one.elapsed - one.budget, NOTHING),
            "remaining is what is left of it": one.budget is None
            or one.remaining in {NOTHING, one.budget - one.elapsed},
        }
        for what, holds in fits.items():
            require(holds, f"{_shown(one)}: {what}")


@law(_once)
def cycles_follow_each_other(desk: Desk, history: History, at: datetime) -> None:
    """The cycles of a clock are numbered from one, and none begins before the last has ended."""
    ends: dict[str, tuple[int, datetime | None]] = {}
    for one in _read(desk, history, at):
        number, end = ends.get(one.clock, (0, None))
        equal(one.cycle, number + 1, f"the number of {one.clock}")
        follows = number == 0 or (end is not None and end <= one.started_at)
        require(follows, f"{_shown(one)} began before the last had ended")
        ends[one.clock] = one.cycle, one.stopped_at


@law(_once)
def every_event_named_is_in_the_history(desk: Desk, history: History, at: datetime) -> None:
    """What started and stopped a cycle is an event of the ticket, at that instant."""
    instants_by_id = {one.id: one.at for one in history}
    for one in _read(desk, history, at):
        equal(instants_by_id.get(one.started_by), one.started_at, f"{_shown(one)}; started by")
        if one.stopped_by is not None:
            equal(instants_by_id.get(one.stopped_by), one.stopped_at, f"{_shown(one)}; stopped by")


@law(_submitted)
def without_a_pause_the_deadline_is_the_budget_away(desk: Desk, at: datetime) -> None:
    """From the start to the deadline, as much service time elapses as the budget allows."""
    for one in _read(desk, [_event(e.Submitted, CUSTOMER, at, 1)], at):
        if one.budget is not None and one.deadline is not None and not one.around_the_clock:
            elapsed = desk.calendar.elapsed(one.started_at, one.deadline)
            equal(elapsed, one.budget, f"{_shown(one)}; elapsed")
            earlier = desk.calendar.elapsed(one.started_at, one.deadline - MOMENT)
            equal(earlier, max(one.budget - MOMENT, NOTHING), f"{_shown(one)}; just before")


@law(_answered, "8.3")
def a_later_answer_never_unbreaks(
    desk: Desk, history: History, at: datetime, wait: int, who: Any
) -> None:
    """What is breached stays breached, at the same instant, whoever answers afterwards."""
    then = at + wait * MINUTE
    answered = (*history, _event(e.Replied, who, then, len(history) + 1))
    after = _by_cycle(_read(desk, answered, then))
    for key, reading in _by_cycle(_read(desk, history, at)).items():
        if reading.breached_at is not None:
            equal(after[key].breached_at, reading.breached_at, f"{_shown(reading)}; breached at")


@law(_polled, "8.1")
def what_is_no_answer_changes_no_clock_of_8(
    desk: Desk, history: History, at: datetime, polls: list[datetime]
) -> None:
    """Notes, automatic messages and bare thanks change nothing about the clocks of 8."""
    if desk.promises:
        return  # a host's own promises may look at what they like
    before = [one for one in _read(desk, history, at) if one.clock in ANSWERS]
    for number, then in enumerate(polls):
        place = sum(event.at <= then for event in history)
        for extra in (
            _event(e.Noted, AN, then, f"n{number}"),
            _event(e.Replied, SYSTEM, then, f"r{number}", automatic=True),
            _event(e.Replied, AN, then, f"a{number}", automatic=True),
            _event(e.Replied, SYSTEM, then, f"s{number}"),
            _event(e.CustomerWrote, CUSTOMER, then, f"w{number}", kind=MessageKind.AUTOMATIC),
            _event(e.CustomerWrote, CUSTOMER, then, f"t{number}", kind=MessageKind.THANKS),
        ):
            after = _read(desk, [*history[:place], extra, *history[place:]], at)
            ours = [one for one in after if one.clock in ANSWERS]
            _same(ours, before, f"with {extra.name} by {extra.by} at {clock(then)} UTC")


@law(_held, "6.4")
def a_hold_never_brings_a_deadline_forward(desk: Desk, at: datetime, holds: Sequence[int]) -> None:
    """While the platform holds the ticket, no deadline comes nearer and nothing counts more."""
    first, last, _ = (at + hold * MINUTE for hold in holds)
    plain = [_event(e.Submitted, CUSTOMER, at, 1)]
    held = [*plain, _event(e.EscalatedToPlatform, AN, first, 2)]
    held.append(_event(e.PlatformReturned, PLATFORM, last, 3))
    after = _by_cycle(_read(desk, held, last))
    for key, reading in _by_cycle(_read(desk, plain, last)).items():
        ours = after[key]
        sooner = ours.deadline and reading.deadline and ours.deadline < reading.deadline
        require(not sooner, f"{_shown(ours)}, without the hold {_shown(reading)}")
        require(ours.elapsed <= reading.elapsed, f"{_shown(ours)} counts {ours.elapsed}")


@law(_held, "6.4")
def a_hold_cut_in_two_is_the_same_hold(
    desk: Desk, at: datetime, holds: Sequence[int], wait: int
) -> None:
    """Given back and taken again at one instant, the ticket was held all the time."""
    first, middle, last = (at + hold * MINUTE for hold in holds)
    begin = [_event(e.Submitted, CUSTOMER, at, 1), _event(e.EscalatedToPlatform, AN, first, 2)]
    end = _event(e.PlatformReturned, PLATFORM, last, 3)
    cut = [
        _event(e.PlatformReturned, PLATFORM, middle, "b"),
        _event(e.EscalatedToPlatform, AN, middle, "c"),
    ]
    now = last + wait * MINUTE
    whole, split = _read(desk, [*begin, end], now), _read(desk, [*begin, *cut, end], now)
    # A clock that a return or a hold itself starts or stops sees the cut, of course; of the others,
    # only which pauses there were can be told apart.
    between = {event.id for event in cut}
    sees = {one.clock for one in split if between & {one.started_by, one.stopped_by}}
    plain, cut_up = (
        [evolve(one, pauses=()) for one in both if one.clock not in sees] for both in (whole, split)
    )
    _same(cut_up, plain, "cut in two")


@law(_in_a_zone)
def the_zone_of_the_datetimes_makes_none(
    desk: Desk, history: History, at: datetime, zone: timezone
) -> None:
    """In which zone instants are told changes no verdict."""
    moved = [evolve(one, at=one.at.astimezone(zone)) for one in history]
    there = desk.assess(replay(moved), at.astimezone(zone))
    equal(there, desk.assess(replay(history), at), "the assessment")


@law(_once)
def every_reading_is_proved(desk: Desk, history: History, at: datetime) -> None:
    """The segments of a reading's proof add up to it, as other code adds them."""
    for reading in _read(desk, history, at):
        proof = desk.explain(reading)
        try:
            check_proof(proof, desk.calendar)
        except ProofError as wrong:
            msg = f"{_shown(reading)}: {wrong}"
            raise LawError(msg) from wrong
        amounts = (proof.elapsed, proof.paused, proof.outside_hours)
        read = (reading.elapsed, reading.paused, reading.outside_hours)
        equal(amounts, read, f"{_shown(reading)}; counted, paused and outside hours")


@law(_later, "9.1")
def an_outage_neither_loses_nor_repeats_anything(
    desk: Desk, history: History, at: datetime, hours: list[int]
) -> None:
    """The system comes to the same ticket, and tells the same, in many steps as in one."""
    ticket = replay(history)
    looks = [at + timedelta(hours=count) for count in hours]
    jumped = desk.wake(ticket, looks[-1])
    walked, found = ticket, list[tuple[datetime, str]]()
    for before, here in pairwise([None, *looks]):
        if here is not None:
            step = desk.wake(walked, here, since=before)
            found += _told(step)
            walked = step.ticket
    equal(walked, jumped.ticket, "the ticket")
    equal(sorted(found), sorted(_told(jumped)), "what was due")
    equal(len({key for _, key in found}), len(found), "keys told once")


@law(_later, "9.2")
def no_step_of_the_system_departs_from_the_rules(
    desk: Desk, history: History, at: datetime, hours: list[int]
) -> None:
    """What the system does by itself is legal, and comes after what has happened."""
    ticket = replay(history)
    woken = desk.wake(ticket, at + timedelta(hours=hours[-1])).ticket
    equal(woken.departures, ticket.departures, "departures")
    equal(woken.history[: len(history)], tuple(history), "the history before")


@law(_later)
def until_the_next_wake_up_nothing_but_the_count_changes(
    desk: Desk, history: History, at: datetime, hours: list[int]
) -> None:
    """Nothing changes before the next wake-up, and something does at it: nobody need poll."""
    ticket = desk.wake(replay(history), at).ticket
    then = desk.next_wakeup(ticket, at)
    before = at + timedelta(hours=hours[-1]) if then is None else then - MOMENT
    assume(before > at)
    equal(_shape(desk, ticket, before), _shape(desk, ticket, at), f"until {clock(before)} UTC")
    if then is not None:
        changed = _shape(desk, ticket, then) != _shape(desk, ticket, at)
        require(changed, f"at {clock(then)} UTC nothing has changed")


def _told(woken: Wake) -> list[tuple[datetime, str]]:
    return [(due.at, due.key) for due in woken.due]


def _shape(desk: Desk, ticket: Ticket, at: datetime) -> object:
    """All that a host sees of a ticket, but for what is counted."""
    readings = [
        (r.clock, r.cycle, r.verdict, r.deadline, r.breached_at, r.crossings)
        for r in desk.clocks.read(ticket, at)
    ]
    return readings, _told(desk.wake(ticket, at))


def _event(kind: type[e.Event], by: Any, at: datetime, number: object, /, **parts: Any) -> e.Event:
    if kind is e.EscalatedToPlatform:
        parts["note"] = "需平台检查负载均衡"
    return kind(id=f"x{number}", ticket="T-1", at=at, by=by, **parts)


CLOCKS: Final[tuple[Law, ...]] = tuple(
    one for one in list(globals().values()) if isinstance(one, Law)
)
"""Every law of a desk's clocks."""
