"""Telling a counterexample: the moves that lead to it as a real history, and that as a story."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from attrs import define, field, frozen

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import Text
from ticketrules.errors import TicketRulesError, UnannouncedError
from ticketrules.sla import Target, Terms
from ticketrules.sla.days import ServiceDays
from ticketrules.tickets import MessageKind, commands, events
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.lifecycle import Table, thaw
from ticketrules.tickets.model import Draft
from ticketrules.verification.exploring import STEP, Happening, Move, next_instant, step
from ticketrules.verification.looking import Notes
from ticketrules.verification.watching import Clock, Watch

MONDAY: Final = datetime(2026, 3, 2)  # noqa: DTZ001 - the desk's zone is set to it
"""Stories begin at the first opening from here on, where it is not the date that matters."""

PROMISED: Final = timedelta(days=1)


@frozen
class Told:
    """A history and its story.

    Attributes:
        history: The events.
        story: What happens, a line an event, in both languages.
    """

    history: tuple[events.Event, ...]
    story: Text


@define
class Teller:
    """Tells counterexamples in a desk's own calendar.

    Attributes:
        table: The rules.
        calendar: The calendar.
        steps: By command of the system's: the clock that says when it is due.
    """

    table: Table
    calendar: ServiceCalendar
    steps: Mapping[type[commands.Command], Watch] = field(factory=dict)
    days: ServiceDays = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.days = ServiceDays(self.calendar)

    def opening(self) -> datetime:
        """A little after the first opening from ``MONDAY`` on."""
        monday = MONDAY.replace(tzinfo=self.calendar.zone)
        return self.calendar.next_opening(monday) + STEP

    def happenings(self, moves: Sequence[Move], first: datetime) -> tuple[Happening, ...]:
        """The events of moves that begin at an instant, each with the ticket after it.

        People follow one another by ten minutes; the system does what it does when it is due.
        """
        done: list[Happening] = []
        draft: Draft | None = None
        for number, move in enumerate(moves, 1):
            at = next_instant(draft, move, first)
            if draft is not None and move.command in LAPSES:
                at = self._due(move.command, done, draft)
            command = self._given(move, number, at)
            after = step(self.table, draft, command, Notes(), {})
            if after is None:  # only where an opaque guard says otherwise of other instants
                break
            done += after
            draft = after[-1][1]
        return tuple(done)

    def _given(self, move: Move, number: int, at: datetime) -> commands.Command:
        if move.command is commands.PromiseResolution:
            parts = (*move.parts, ("promised_for", at + PROMISED))
            return Move(move.command, move.by, parts, move.late).given(number, at)
        return move.given(number, at)

    def _due(
        self, command: type[commands.Command], done: Sequence[Happening], draft: Draft
    ) -> datetime:
        at = draft.last_event_at
        watch = self.steps.get(command)
        start = None if watch is None else open_start(watch, done)
        if watch is None or start is None:
            return at + timedelta(days=7)
        due = self.due(watch.target, start)
        return at + STEP if due is None else max(due, at)

    def due(self, target: Target, start: events.Event) -> datetime | None:
        """From when on the system may do what a target asks, or else its deadline."""
        terms = self.terms(target, start)
        if terms is None:
            return None
        return terms.due_at or self.deadline(terms, start)

    def terms(self, target: Target, start: events.Event) -> Terms | None:
        """What a start amounts to; ``None`` where the budget cannot say it."""
        try:
            return target.budget.terms(start, self.days)
        except (TicketRulesError, TypeError, ValueError, OverflowError):
            return None

    def deadline(self, terms: Terms, start: events.Event) -> datetime | None:
        """When a clock that runs from its start on is over; ``None`` if that can never be."""
        if terms.budget is None:
            return terms.deadline
        try:
            return terms.timer.advance(start.at, terms.budget)
        except (TicketRulesError, OverflowError):
            return None

    def runs_out(self, target: Target, start: events.Event) -> bool:
        """Whether a clock that this event starts is over at some time.

        A day that no notice has announced yet is a day all the same.
        """
        try:
            terms = target.budget.terms(start, self.days)
            if terms.budget is None:
                return terms.deadline is not None
            terms.timer.advance(start.at, terms.budget)
        except UnannouncedError:
            return True
        except (TicketRulesError, TypeError, ValueError, OverflowError):
            return False
        return True

    def tell(
        self,
        moves: Sequence[Move],
        conclusion: Text,
        *watches: Watch,
        first: datetime | None = None,
    ) -> Told:
        """The history of some moves, and its story with what it shows at its end.

        Args:
            moves: The moves.
            conclusion: What it shows.
            watches: The clocks that the story is about.
            first: When it begins; a little after an opening unless it says otherwise.
        """
        found = self.happenings(moves, first or self.opening())
        marks = [marks_of(watch, found) for watch in watches]
        told: dict[str, str] = {}
        for lang, last in (("en", conclusion.en), ("zh", conclusion.zh)):
            lines = []
            for number, (event, draft) in enumerate(found):
                about = [
                    f"{_label(watch, lang)} {_MARKS[lang].get(one[number], one[number])}"
                    for watch, one in zip(watches, marks, strict=True)
                    if one[number]
                ]
                lines.append(self._line(number + 1, event, draft, about, lang))
            told[lang] = "\n".join([*lines, f"  => {last}"])
        return Told(tuple(event for event, _draft in found), Text(told["en"], told["zh"]))

    def _line(
        self, number: int, event: events.Event, draft: Draft, about: Sequence[str], lang: str
    ) -> str:
        at = event.at.astimezone(self.calendar.zone)
        day = _WEEKDAYS[lang][at.weekday()]
        if lang == "en":
            notes = f"  [{'; '.join(about)}]" if about else ""
            what = event.name.replace("_", " ") + _kind_of(event, lang)
            if isinstance(event, events.Submitted) and event.group:
                what += f" ({event.group})"
            return (
                f"  {number}. {day} {at:%Y-%m-%d %H:%M}  {event.by.role}: {what}"
                f" -> {str(draft.status).replace('_', ' ')}{notes}"
            )
        notes = f"【{'；'.join(about)}】" if about else ""
        group = f"（{event.group}）" if isinstance(event, events.Submitted) and event.group else ""
        return (
            f"  {number}. {at:%Y-%m-%d} {day} {at:%H:%M}  {event.by.role.label}："
            f"{event.label}{_kind_of(event, lang)}{group} → {draft.status.label}{notes}"
        )


def _kind_of(event: events.Event, lang: str) -> str:
    """What a customer's message says, where it is no question."""
    if not isinstance(event, events.CustomerWrote) or event.kind is MessageKind.MESSAGE:
        return ""
    return f" ({event.kind})" if lang == "en" else f"（{event.kind.label}）"


def _label(watch: Watch, lang: str) -> str:
    return watch.target.id if lang == "en" else f"“{watch.target.label.zh}”"


def marks_of(watch: Watch, happenings: Sequence[Happening]) -> list[str]:
    """What happened to a clock at each event of a history."""
    return list(_walk(watch, happenings)[1])


def open_start(watch: Watch, happenings: Sequence[Happening]) -> events.Event | None:
    """The event that opened the cycle which is open after a history; ``None`` if none is."""
    clock, marks = _walk(watch, happenings)
    if not clock.is_open:
        return None
    return next(
        event
        for (event, _draft), mark in zip(reversed(happenings), reversed(marks), strict=True)
        if "starts" in mark
    )


def _walk(watch: Watch, happenings: Sequence[Happening]) -> tuple[Clock, list[str]]:
    clock, marks, before = Clock.IDLE, list[str](), None
    for event, draft in happenings:
        clock, mark = watch.after(clock, before, [(event, draft)])
        marks += mark
        before = thaw(draft)
    return clock, marks


def samples(calendar: ServiceCalendar) -> Iterator[datetime]:
    """Instants of a year: every day before, in, and after its usual hours, and at its edges."""
    first = datetime(2026, 1, 1, tzinfo=calendar.zone)
    for number in range(365):
        day = first + timedelta(days=number)
        for hour in (3, 9, 13, 18, 23):
            yield day + timedelta(hours=hour)


_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}

_MARKS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {},
        "zh": {
            "starts": "开始计时",
            "stops": "达成",
            "cancelled": "取消",
            "pauses": "暂停",
            "goes on": "恢复",
            "stops and starts": "达成并重新开始",
            "cancelled and starts": "取消并重新开始",
            "starts paused": "开始即暂停",
            "stops and starts paused": "达成，重新开始即暂停",
            "cancelled and starts paused": "取消，重新开始即暂停",
        },
    }
)
