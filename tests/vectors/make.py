"""Vectors for engines in other languages: histories, a policy, and what is expected of each.

``python tests/vectors/make.py`` renews ``vectors.json``; a test holds that it is what the library
gives. The events are as on the wire, the policies as in their file, instants in UTC, amounts in
seconds.
"""

import json
import random
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ticketrules.calendar import DayKind, ServiceHours
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy, dump_policy
from ticketrules.sla import Promises, Waiting
from ticketrules.tickets import events as e
from ticketrules.tickets import replay
from ticketrules.tickets.wire import dump_event
from ticketrules.verification.strategies.histories import AN, CUSTOMER, LADDER, SYSTEM, THINGS

FILE = Path(__file__).with_name("vectors.json")
FORMAT = 1
FIRST, LAST = date(2025, 12, 1), date(2027, 1, 31)
STARTS = (
    "2026-02-13T17:50+08:00", "2026-02-14T08:59+08:00", "2026-03-02T09:00+08:00",
    "2026-03-06T17:59+08:00", "2026-09-18T12:00+08:00", "2026-09-30T16:30+08:00",
    "2026-12-31T17:30+08:00", "2026-01-03T23:59+08:00",
)  # fmt: skip
GAPS = (0, 1, 5, 14, 15, 16, 29, 30, 31, 60, 239, 240, 241, 600, 1440, 2880)
POLICIES = {
    "marketplace": Policy(),
    "breaks": Policy(
        name="breaks",
        service_hours=ServiceHours(hours=("09:00-12:00", "13:00-18:00")),
        promises=Promises(next_reply=timedelta(hours=2), platform_time_counts=True),
        waiting=Waiting(reminder_after_days=1, feedback_lapses_after_days=3),
    ),
    "nights": Policy(
        name="nights",
        service_hours=ServiceHours(zone="America/New_York", days="mon-fri", hours=("22:00-06:00",)),
    ),
}


def history(draw, number):
    """A recorded history, drawn in a fixed order."""
    at, made = datetime.fromisoformat(draw.choice(STARTS)).astimezone(UTC), []

    def add(by, kind, parts):
        if kind is e.ResolutionPromised:
            parts = {"promised_for": at + timedelta(minutes=draw.choice((-30, 60, 600)))}
        made.append(kind(id=f"e{len(made) + 1}", ticket=f"T-{number}", at=at, by=by, **parts))

    add(CUSTOMER, e.Submitted, {"body": "网站打不开"})
    if draw.random() < 0.25:
        add(CUSTOMER, e.MarkedBusinessStopping, {})
    for _ in range(draw.randrange(1, 9)):
        steps = LADDER.get(type(made[-1]))
        if steps and draw.random() < 0.5:
            at += timedelta(days=draw.randrange(1, 12), minutes=draw.choice((0, -1, 1)))
            add(SYSTEM, draw.choice(steps), {})
        else:
            at += timedelta(minutes=draw.choice(GAPS))
            add(*draw.choice(THINGS))
    return made


WAITS = ((CUSTOMER, e.Submitted), (AN, e.Accepted), (AN, e.Replied), (AN, e.FeedbackRequested))
HELD = (*WAITS[:3], (CUSTOMER, e.CustomerWrote), (AN, e.Clarified), (AN, e.EscalatedToPlatform))


def told(steps, number):
    """A ticket that waits for its customer until the system confirms it, or for the platform."""
    at = datetime(2026, 2, 10, 7, 30, tzinfo=UTC)
    return [
        kind(id=f"e{n}", ticket=f"T-{number}", at=at + timedelta(minutes=n), by=by)
        for n, (by, kind) in enumerate(steps, 1)
    ]


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value / timedelta(seconds=1)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else str(value)


READ = (
    "clock", "clause", "cycle", "verdict", "started_at", "stopped_at", "budget", "elapsed",
    "paused", "deadline", "due_at", "breached_at", "agent", "provisional",
)  # fmt: skip


def look(desk, events, at):
    """What the library says of a history at an instant."""
    ticket = replay(event for event in events if event.at <= at)
    wake = desk.wake(ticket, at)
    return {
        "at": plain(at),
        "status": str(ticket.status),
        "departures": [
            {"event": one.event_id, "clause": one.clause}
            for one in desk.assess(ticket, at).findings
        ],
        "readings": [
            {
                name: plain(getattr(one, name))
                for name in READ
                if getattr(one, name) is not None and getattr(one, name) is not False
            }
            for one in desk.clocks.read(ticket, at)
        ],
        "due": [{"at": plain(one.at), "clause": one.clause, "key": one.key} for one in wake.due],
        "status_when_done": str(wake.ticket.status),
        "next_wakeup_at": plain(desk.next_wakeup(wake.ticket, at))
        if desk.next_wakeup(wake.ticket, at) is not None
        else None,
        "refused": {
            one.command.name: sorted({reason.clause for reason in one.reasons})
            for one in desk.permitted(ticket, at)
            if not one.is_allowed
        },
    }


def cases():
    """Every case, in order."""
    draw = random.Random(20260302)  # noqa: S311 - no secrets here
    desks = {name: Desk(policy) for name, policy in POLICIES.items()}
    for number in range(1, 41):
        name = ("marketplace", "marketplace", "breaks", "nights")[number % 4]
        events = history(draw, number)
        if number <= 8:
            events = told(WAITS if number <= 4 else HELD, number)
        instants = {events[-1].at, events[-1].at + timedelta(minutes=draw.randrange(1, 30_000))}
        yield {
            "name": f"case {number}",
            "policy": name,
            "events": [dump_event(event) for event in events],
            "looks": [look(desks[name], events, at) for at in sorted(instants)],
        }


def days():
    """The days of mainland China that are not as their weekday would have them."""
    calendar, found, day = Policy().calendar(), {}, FIRST
    while day <= LAST:
        known = calendar.day(day)
        if known.kind in {DayKind.HOLIDAY, DayKind.MAKEUP_WORKDAY}:
            found[day.isoformat()] = {
                "kind": known.kind.value,
                **({"provisional": True} if known.provisional else {}),
            }
        day += timedelta(days=1)
    return found


def made():
    """The file, as text."""
    whole = {
        "format": FORMAT,
        "policies": {
            name: {
                key: value
                for key, value in tomllib.loads(dump_policy(policy)).items()
                if key in {"name", "service_hours", "promises", "waiting"}
            }
            for name, policy in POLICIES.items()
        },
        "days": days(),
    }
    lines = [json.dumps(one, ensure_ascii=False) for one in cases()]
    head = json.dumps(whole, ensure_ascii=False, indent=1)
    body = ",\n  ".join(lines)
    return f'{head[:-2]},\n "cases": [\n  {body}\n ]\n}}\n'


if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")
