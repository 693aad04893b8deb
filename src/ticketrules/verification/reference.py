"""The reference: the rulebook's clocks, one minute after the other, in the plainest code there is.

A host's own engine can be held against it, as the library's is. It reads histories that fall on
whole minutes, of desks whose wall clock does not change meanwhile, under the marketplace's
promises; anything else it refuses.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from ticketrules.errors import CalendarError, HistoryError
from ticketrules.rulebook import Policy
from ticketrules.tickets.events import Event
from ticketrules.verification.minutes import DAY, Fact, Rules, Worked, announced, judge

MINUTE: Final = timedelta(minutes=1)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Cycle(NamedTuple):
    """What the reference says of one cycle of one clock; instants are in UTC."""

    clock: str
    cycle: int
    verdict: str
    started_at: datetime
    stopped_at: datetime | None
    breached_at: datetime | None
    elapsed: timedelta
    agent: str | None


def evaluate(
    history: Iterable[Event],
    policy: Policy,
    now: datetime,
    *,
    works: Callable[[date], bool] | None = None,
) -> tuple[Cycle, ...]:
    """Every cycle of every clock of one ticket at an instant, by counting minutes.

    Args:
        history: The ticket's events in order, the first its submission, on whole minutes.
        policy: The settings, amounts in whole minutes.
        now: The instant, aware, on a whole minute.
        works: Whether the desk works on a date; by default as announced, or by the weekdays that
            the policy names.

    Raises:
        HistoryError: No events, or an instant that is not on a whole minute.
        CalendarError: A desk whose wall clock changes meanwhile, whose days are unknown or of
            which some have hours of their own, or a policy with targets of its own.
    """
    events = [event for event in history if event.at <= now]
    if not events:
        msg = "no events: a ticket begins with its submission"
        raise HistoryError(msg)
    zone = ZoneInfo(policy.service_hours.zone)
    first = events[0].at.astimezone(zone).date() - timedelta(days=2)
    origin = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
    _check_wall_clock(zone, origin, now)

    def minute(at: datetime) -> int:
        count, rest = divmod(at.astimezone(UTC) - origin, MINUTE)
        if rest:
            msg = f"{at.isoformat()} is not on a whole minute, and the reference counts minutes"
            raise HistoryError(msg)
        return count

    rules = _rules(policy, first, works)
    outcomes = judge([_fact(event, minute) for event in events], minute(now), rules)
    if not policy.promises.same_day_resolution:
        outcomes = [one for one in outcomes if one.clock != "same_day_resolution"]

    def instant(count: int | None) -> datetime | None:
        return None if count is None else origin + count * MINUTE

    return tuple(
        Cycle(
            one.clock,
            one.cycle,
            one.verdict,
            origin + one.started * MINUTE,
            instant(one.stopped),
            instant(one.broken),
            one.elapsed * MINUTE,
            one.agent,
        )
        for one in sorted(outcomes, key=lambda one: (one.started, one.clock))
    )


def _check_wall_clock(zone: ZoneInfo, origin: datetime, now: datetime) -> None:
    """Minutes of the wall clock are minutes only while it does not change."""
    offset, at = origin.astimezone(zone).utcoffset(), origin
    while at < now + timedelta(days=2):
        if at.astimezone(zone).utcoffset() != offset:
            msg = f"the clocks of {zone.key} change, and the reference counts minutes on the wall"
            raise CalendarError(msg)
        at += timedelta(hours=12)


def _rules(policy: Policy, first: date, works: Callable[[date], bool] | None) -> Rules:
    hours, promises, waiting = policy.service_hours, policy.promises, policy.waiting
    beyond = {
        "make-up days have hours of their own": hours.makeup_hours not in {None, hours.hours},
        "there are hours of single weekdays": any(own is not None for own in hours.weekdays),
        "there are hours of single dates": bool(hours.exceptions),
        "the policy has targets of its own": bool(policy.targets),
    }
    for what, is_so in beyond.items():
        if is_so:
            msg = f"{what}, which the reference does not know"
            raise CalendarError(msg)
    if works is None and policy.notices:
        msg = "the policy has notices of its own; say with ``works`` which days are worked"
        raise CalendarError(msg)
    return Rules(
        first_response=_minutes(promises.first_response),
        resolution_commitment=_minutes(promises.resolution_commitment),
        next_reply=_minutes(promises.next_reply),
        platform_time_counts=promises.platform_time_counts,
        reminder_days=waiting.reminder_after_days,
        feedback_days=waiting.feedback_lapses_after_days,
        confirmation_days=waiting.confirmation_lapses_after_days,
        hours=tuple(sorted(map(_window, hours.hours))),
        worked=Worked(first, works or _working(hours.days)),
    )


def _minutes(amount: timedelta) -> int:
    count, rest = divmod(amount, MINUTE)
    if rest:
        msg = f"{amount} is no whole number of minutes, and the reference counts minutes"
        raise HistoryError(msg)
    return count


def _working(days: str) -> Callable[[date], bool]:
    if days == "CN":
        return announced
    first, _, last = days.partition("-")
    if first not in WEEKDAYS or last not in WEEKDAYS:
        msg = f"the reference does not know the days {days!r}; say with ``works`` which are worked"
        raise CalendarError(msg)
    start, length = WEEKDAYS.index(first), (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
    return lambda day: (day.weekday() - start) % 7 <= length


def _window(text: str) -> tuple[int, int]:
    ends = []
    for end in text.split("-"):
        hour, minute, *seconds = end.split(":")
        if any(float(second) for second in seconds):
            msg = f"hours {text!r} are not on whole minutes, and the reference counts minutes"
            raise CalendarError(msg)
        ends.append(int(hour) * 60 + int(minute))
    opens, closes = ends
    return opens, closes if closes > opens else closes + DAY


def _fact(event: Event, minute: Callable[[datetime], int]) -> Fact:
    """An event in plain words and numbers."""
    who = event.by.id or "" if event.by.role.value == "agent" else event.by.role.value
    parts: dict[str, Any] = {}
    for name in ("to", "automatic", "kind", "promised_for"):
        if hasattr(event, name):
            value = getattr(event, name)
            known = minute(value) if isinstance(value, datetime) else getattr(value, "value", value)
            parts[name] = known
    return Fact(minute(event.at), who, event.name, parts)
