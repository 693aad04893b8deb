"""Clocks counted minute by minute: what the reference does with plain facts and numbers.

It shares nothing with the engine: its days come from ``chinese_calendar`` and a rule for the days
after it, its statuses from the names of the events, its sums from counting minutes. Slow on
purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import chinese_calendar

from ticketrules.errors import CalendarError

DAY: Final = 1440
"""In minutes."""


def announced(day: date) -> bool:
    """Whether mainland China works on a day: as announced, and by weekday and 1 January after that.

    Raises:
        CalendarError: Nobody has announced it, and it need not be a plain weekday.
    """
    if day.year <= 2026:
        return bool(chinese_calendar.is_workday(day))
    if day >= date(2027, 1, 26):
        msg = f"nobody has announced {day}; say with ``works`` which days are worked"
        raise CalendarError(msg)
    return day.weekday() < 5 and (day.month, day.day) != (1, 1)


class Worked(dict[int, bool]):
    """Whether the desk works, by the number of the day; asked once for each."""

    def __init__(self, first_day: date, works: Callable[[date], bool]) -> None:
        super().__init__()
        self.first_day = first_day
        self.works = works

    def __missing__(self, number: int) -> bool:
        self[number] = self.works(self.first_day + timedelta(days=number))
        return self[number]


USUAL_DAYS: Final = Worked(date(2025, 12, 1), announced)
"""Minute zero is the midnight that begins 1 December 2025."""


@dataclass(frozen=True)
class Rules:
    """The numbers that a desk may change, in minutes and days."""

    first_response: int = 15
    resolution_commitment: int = 30
    next_reply: int = 240
    platform_time_counts: bool = False
    reminder_days: int = 2
    feedback_days: int = 7
    confirmation_days: int = 3
    hours: tuple[tuple[int, int], ...] = ((540, 1080),)
    """From and until which minute of the day; past 1440 it is the night after it."""
    worked: Worked = field(default_factory=lambda: USUAL_DAYS, compare=False, repr=False)


class Outcome(NamedTuple):
    """What the reference says of one cycle of one clock; instants are minutes."""

    clock: str
    cycle: int
    verdict: str
    started: int
    stopped: int | None
    broken: int | None
    elapsed: int
    agent: str | None


class Fact(NamedTuple):
    """Something that happened, as the reference reads it."""

    minute: int
    who: str
    what: str
    parts: dict[str, Any]


AFTERWARDS = {
    "submitted": "new",
    "accepted": "in_progress",
    "rejected": "in_progress",
    "escalated_to_platform": "in_progress",
    "feedback_requested": "awaiting_feedback",
    "solution_proposed": "awaiting_confirmation",
    "feedback_lapsed": "awaiting_confirmation",
    "confirmed": "resolved",
    "resolved": "resolved",
    "confirmation_lapsed": "resolved",
    "closed": "closed",
}
WAITING = ("awaiting_feedback", "awaiting_confirmation")
OVER = ("confirmed", "resolved", "closed", "confirmation_lapsed")


@dataclass
class Clock:
    """One cycle that is being counted."""

    name: str
    cycle: int
    started: int
    budget: int | None = None
    days: int | None = None
    due_minute: int = 0
    promised_for: int | None = None
    runs: bool = True
    elapsed: int = 0
    worked_days: int = 0
    this_day: int = 0
    last_call: int | None = None
    broken: int | None = None


@dataclass
class Desk:
    """The state of one ticket while the minutes pass."""

    rules: Rules
    status: str = "new"
    held: bool = False
    marked: bool = False
    promised_for: int | None = None
    agent: str | None = None
    holders: list[tuple[int, str | None]] = field(default_factory=lambda: [(-1, None)])
    clocks: dict[str, Clock] = field(default_factory=dict)
    done: list[Outcome] = field(default_factory=list)


def serves(minute: int, rules: Rules) -> bool:
    """Whether the minute that begins here is service time."""
    return shift_of(minute, rules) is not None


def shift_of(minute: int, rules: Rules) -> int | None:
    """The day on which the hours opened in which the minute lies; nothing outside hours."""
    today = minute // DAY
    for day in (today - 1, today):
        for opening, closing in rules.hours:
            if opening <= minute - day * DAY < closing and rules.worked[day]:
                return day
    return None


def day_of(minute: int, rules: Rules) -> int:
    """The day to which an instant belongs: the one before while its night shift is not over."""
    last_night = minute // DAY - 1
    if rules.worked[last_night] and minute - last_night * DAY < rules.hours[-1][1]:
        return last_night
    return minute // DAY


def end_of(day: int, rules: Rules) -> int:
    """The minute at which a day is over: midnight, or when its night shift ends."""
    night = rules.hours[-1][1] if rules.worked[day] else 0
    return day * DAY + max(DAY, night)


def judge(facts: list[Any], now: int, rules: Rules) -> list[Outcome]:
    """Every cycle of every clock at the instant at which the minute ``now`` begins."""
    desk = Desk(rules)
    waiting = list(facts)
    for minute in range(waiting[0].minute, now + 1):
        if desk.clocks:
            let_a_minute_pass(desk, minute)
        while waiting and waiting[0].minute == minute:
            happen(desk, waiting.pop(0))
    for one in list(desk.clocks.values()):
        finish(desk, one, None)
    return [one for one in desk.done if desk.marked or one.clock != "same_day_resolution"]


def let_a_minute_pass(desk: Desk, minute: int) -> None:
    """Count the minute that ends here, and break what had no time left before it."""
    counts = serves(minute - 1, desk.rules)
    for one in desk.clocks.values():
        if one.broken is None and one.last_call is not None:
            one.broken = one.last_call
        if one.promised_for == minute:
            one.last_call = minute
        if counts and one.runs:
            one.elapsed += 1
            see_whether_it_is_used_up(one, minute)
        if one.days is not None and one.last_call is None:
            today = day_of(minute, desk.rules)
            if today != one.this_day:  # a day is over, and perhaps a working day begins
                if one.worked_days == one.days and desk.rules.worked[one.this_day]:
                    one.last_call = minute
                elif desk.rules.worked[today]:
                    one.worked_days += 1
                one.this_day = today


def see_whether_it_is_used_up(clock: Clock, minute: int) -> None:
    """A clock that runs and has no time left may still stop at this instant, and no later."""
    if clock.runs and clock.elapsed == clock.budget and clock.last_call is None:
        clock.last_call = minute


def happen(desk: Desk, fact: Any) -> None:
    """Let one thing happen: the ticket changes, then clocks stop, stand still, and start."""
    what, parts, minute = fact.what, fact.parts, fact.minute
    by_agent = fact.who not in {"customer", "platform", "system"}
    answer = what == "replied" and fact.who not in {"customer", "system"}
    answer = answer and not parts.get("automatic", False)
    asks = what == "customer_wrote" and parts.get("kind", "message") in {"message", "solved"}
    promised_before = desk.promised_for

    if what in {"dispatched", "transferred", "handed_over"}:
        desk.agent = parts["to"]
    elif what == "accepted" or (answer and by_agent and desk.agent is None):
        desk.agent = fact.who or desk.agent
    if what == "escalated_to_platform":
        desk.held = True
    elif what in {"platform_returned", "solution_proposed", "feedback_lapsed", *OVER}:
        desk.held = False
    desk.holders.append((minute, None if desk.held else desk.agent))
    if what == "resolution_promised":
        desk.promised_for = parts["promised_for"]
    elif what == "marked_business_stopping":
        desk.marked = True
    first = len(desk.holders) == 2  # nobody, and whoever holds it after this
    if what in AFTERWARDS and (first or what != "submitted"):
        desk.status = AFTERWARDS[what]
    elif asks and desk.status in (*WAITING, "resolved"):
        desk.status = "in_progress"

    ends = {
        "same_day_resolution": (
            what in {"solution_proposed", "resolved", "confirmed"},
            what in OVER,
        ),
        "first_response": (answer, what in OVER),
        "resolution_commitment": (
            what in {"resolution_promised", "solution_proposed", "resolved"},
            what in OVER,
        ),
        "promised_time": (
            what in {"solution_proposed", "resolved"},
            what in OVER or what == "resolution_promised",
        ),
        "next_reply": (answer, what in OVER),
        "feedback_reminder": (what == "reminded", desk.status != "awaiting_feedback"),
        "feedback_lapse": (what == "feedback_lapsed", desk.status != "awaiting_feedback"),
        "confirmation_lapse": (
            what == "confirmation_lapsed",
            desk.status != "awaiting_confirmation",
        ),
    }
    for one in list(desk.clocks.values()):
        is_met, is_gone = ends[one.name]
        if is_met:
            finish(desk, one, minute, how="met", who=fact.who)
        elif is_gone:
            finish(desk, one, minute, how="cancelled", who=fact.who)

    held = desk.held and not desk.rules.platform_time_counts
    for one in desk.clocks.values():
        stand_still(one, held, desk.status)
        see_whether_it_is_used_up(one, minute)

    submitted = what == "submitted" and desk.status == "new"
    starts = {
        "same_day_resolution": submitted
        or what in {"rejected", "accepted"}
        or (asks and what == "customer_wrote" and desk.status == "in_progress"),
        "first_response": submitted and not any(one.clock == "first_response" for one in desk.done),
        "resolution_commitment": what == "clarified"
        and (promised_before is None or promised_before <= minute),
        "promised_time": what == "resolution_promised",
        "next_reply": submitted or what == "rejected" or asks,
        "feedback_reminder": what == "feedback_requested",
        "feedback_lapse": what == "feedback_requested",
        "confirmation_lapse": what in {"solution_proposed", "feedback_lapsed"},
    }
    for name, wanted in starts.items():
        if wanted and name not in desk.clocks and desk.status != "closed":
            start(desk, name, minute)
            stand_still(desk.clocks[name], held, desk.status)


def stand_still(clock: Clock, held: bool, status: str) -> None:
    """Stop or go on counting, as the ticket now stands; the waits of 9 never stand still."""
    if clock.budget is None:
        return
    waits = clock.name == "resolution_commitment" and status in WAITING
    clock.runs = not (held or waits)
    if not clock.runs and clock.broken is None:
        clock.last_call = None


def start(desk: Desk, name: str, minute: int) -> None:
    """Begin a cycle."""
    rules = desk.rules
    cycle = 1 + sum(one.clock == name for one in desk.done)
    clock = desk.clocks[name] = Clock(name, cycle, minute)
    if name == "same_day_resolution":
        clock.budget = left_of_the_service_day(minute, rules)
    elif name in {"first_response", "resolution_commitment", "next_reply"}:
        clock.budget = getattr(rules, name)
    elif name == "promised_time":
        clock.promised_for = desk.promised_for
        if desk.promised_for is not None and desk.promised_for < minute:
            clock.broken = minute
        elif desk.promised_for == minute:
            clock.last_call = minute
    else:
        clock.days = {
            "feedback_reminder": rules.reminder_days,
            "feedback_lapse": rules.feedback_days,
            "confirmation_lapse": rules.confirmation_days,
        }[name]
        clock.this_day = day_of(minute, rules)
        own = 0 if name == "feedback_reminder" else minute - clock.this_day * DAY
        opening, closing = rules.hours[0][0], rules.hours[-1][1]
        own = min(max(own, opening), closing)
        while own < closing and not any(a <= own < b for a, b in rules.hours):
            own += 1
        clock.due_minute = own


def left_of_the_service_day(minute: int, rules: Rules) -> int:
    """The service minutes from here to the close of today, or of the next day that has any."""
    today = day_of(minute, rules)
    end = end_of(today, rules)
    count = sum(shift_of(one, rules) == today for one in range(minute, end))
    return count or left_of_the_service_day(end, rules)


def finish(
    desk: Desk, clock: Clock, stopped: int | None, *, how: str = "", who: str = "nobody"
) -> None:
    """Write down what became of a cycle."""
    early = (
        stopped is not None
        and how == "met"
        and clock.name in {"feedback_lapse", "confirmation_lapse"}
        and clock.last_call is None
        and (clock.worked_days, stopped - clock.this_day * DAY) < (clock.days, clock.due_minute)
    )
    if early:
        clock.broken = stopped
    if clock.broken is not None:
        verdict = "breached"
        agent = next(who for since, who in reversed(desk.holders) if since <= clock.broken)
    else:
        verdict = how or ("running" if clock.runs else "paused")
        agent = {
            "nobody": desk.holders[-1][1],
            "customer": desk.holders[-1][1],
            "system": desk.holders[-1][1],
            "platform": None,
        }.get(who, who)
    if clock.name in {"feedback_reminder", "feedback_lapse", "confirmation_lapse"}:
        agent = None  # the system keeps these, whoever holds the ticket
    del desk.clocks[clock.name]
    desk.done.append(
        Outcome(
            clock.name,
            clock.cycle,
            verdict,
            clock.started,
            stopped,
            clock.broken,
            clock.elapsed,
            agent,
        )
    )
