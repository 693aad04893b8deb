"""What is checked of one clock, and of a clock beside the lapses of its policy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from attrs import define, field

from ticketrules.clauses import ClauseId, Text
from ticketrules.sla import Budget, Target, WorkingDays
from ticketrules.tickets import Channel, NotifyCustomer, events
from ticketrules.tickets.commands import Command
from ticketrules.verification.exploring import Move, Spaces
from ticketrules.verification.flaws import Flaw, FlawKind
from ticketrules.verification.telling import Teller, Told, open_start, samples
from ticketrules.verification.watching import Clock, Node, Product, Watch, watch


@define
class ClockChecks:
    """The checks of one clock.

    Attributes:
        spaces: The spaces of the table.
        teller: Who tells what is found.
        own: The clock.
        beside: The clocks of its policy that the system acts on by time.
        policy: Its policy's name, where there are several.
        found: Every node that the clock can be in.
        visited: The states and transitions visited.
    """

    spaces: Spaces
    teller: Teller
    own: Watch
    beside: Sequence[Watch]
    policy: str | None = None
    found: Product = field(init=False)
    visited: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.found = watch(self.spaces, self.own)
        self.visited = [len(self.found.nodes), len(self.found.passages)]

    @property
    def _target(self) -> Target:
        return self.own.target

    def _flaw(
        self,
        kind: FlawKind,
        text: Text,
        moves: Sequence[Move],
        *others: Watch,
        first: datetime | None = None,
    ) -> Flaw:
        return self._named(
            kind, text, self.teller.tell(moves, text, self.own, *others, first=first)
        )

    def _named(self, kind: FlawKind, text: Text, told: Told) -> Flaw:
        return Flaw(
            kind=kind,
            clause=self._target.clause,
            subject=self._target.id,
            policy=self.policy,
            text=text,
            history=told.history,
            story=told.story,
        )

    def flaws(self) -> Iterator[Flaw]:
        """Every flaw of the clock; where it cannot even start, nothing else is asked of it."""
        yield from self._thresholds()
        first = self._first(lambda clock: clock.is_open)
        if first is None:
            yield self._never_starts()
            return
        if not any("stops" in mark for one in self.found.passages for mark in one.marks[0]):
            text = Text(
                "once started, nothing that can happen stops this clock",
                "一旦开始，没有任何事件能使该计时达成",
            )
            yield self._flaw(FlawKind.NEVER_STOPS, text, self.found.path(first))
        running = self._first(lambda clock: clock is Clock.RUNNING)
        if running is None:
            text = Text(
                "whenever this clock starts it stands still, and it never runs",
                "该计时每次开始即处于暂停，从不走时",
            )
            yield self._flaw(FlawKind.START_EXCLUDES_PAUSE, text, self.found.path(first))
            return
        yield from self._paused_for_ever()
        yield from self._runs_out(self.found.path(running))
        if self._target.command is None:
            yield from self._after_lapse()
        else:
            yield from self._reminds_late()

    def _never_starts(self) -> Flaw:
        text = Text("this clock can never start", "该计时永远不会开始")
        moves = self._nearest()
        if any(one.clocks[0].is_open for one in self.found.nodes):
            text = Text(
                "no ticket on which this clock would start is one that it is for",
                "能使该计时开始的工单均不在其适用范围内",
            )
        told = self.teller.tell(moves, text)  # without its marks, for nobody is shown them
        return self._named(FlawKind.NEVER_STARTS, text, told)

    def _first(self, is_so: Callable[[Clock], bool]) -> int | None:
        """The first node in which the clock is shown and so; ``None`` if there is none."""
        return next(
            (n for n, one in enumerate(self.found.nodes) if one.shown[0] and is_so(one.clocks[0])),
            None,
        )

    def _nearest(self) -> list[Move]:
        """A shortest history in which something happens that should start the clock."""
        kinds = {on.event for on in self._target.starts}
        for passage in self.found.passages:
            if any(type(event) in kinds for event, _after in passage.edge.happenings):
                return self.found.through(passage)
        return self.found.path(0) if self.found.nodes else []

    def _paused_for_ever(self) -> Iterator[Flaw]:
        """Pauses after which nothing lets the same cycle run on."""
        back: dict[int, list[int]] = {}
        for one in self.found.passages:
            if one.source is not None and not any(map(_ends, one.marks[0])):
                back.setdefault(one.target, []).append(one.source)
        runs = {n for n, one in enumerate(self.found.nodes) if one.clocks[0] is Clock.RUNNING}
        queue = sorted(runs)
        while queue:
            for source in back.get(queue.pop(), ()):
                if source not in runs and self.found.nodes[source].clocks[0].is_open:
                    runs.add(source)
                    queue.append(source)
        for number, node in enumerate(self.found.nodes):
            if node.shown[0] and node.clocks[0] is Clock.STANDING and number not in runs:
                text = Text(
                    "once paused here, this clock never runs on",
                    "该计时在此暂停后永远不会恢复",
                )
                yield self._flaw(FlawKind.PERMANENTLY_PAUSED, text, self.found.path(number))
                return

    def _runs_out(self, moves: list[Move]) -> Iterator[Flaw]:
        start = self._start(moves, self.teller.opening())
        if start is None or self.teller.runs_out(self._target, start):
            return
        text = Text(
            f"its budget names no time after a start by {start.name.replace('_', ' ')}",
            f"由“{start.label}”开始时，其时限永远不会到期",
        )
        yield self._flaw(FlawKind.NEVER_RUNS_OUT, text, moves)

    def _start(self, moves: Sequence[Move], first: datetime) -> events.Event | None:
        return open_start(self.own, self.teller.happenings(moves, first))

    def _lapses(self) -> Iterator[Watch]:
        """The clocks beside it whose command moves the ticket on."""
        for one in self.beside:
            command = one.target.command
            if command is not None and one.target is not self._target and _moves_on(self, command):
                yield one

    def _after_lapse(self) -> Iterator[Flaw]:
        """A clock that a lapse always ends before it is over."""
        nodes = [one for one in self.found.nodes if _runs(one)]
        space = self.found.space
        for lapse in self._lapses():
            statuses = {
                status
                for event in lapse.target.command.causes  # type: ignore[union-attr]
                for status in self.spaces.table[event].before
            }
            if any(space.drafts[one.state].status not in statuses for one in nodes):
                continue
            both = watch(self.spaces, self.own, lapse)
            self._visit(both)
            ended = {
                one.source
                for one in both.passages
                if one.edge.move.command is lapse.target.command and any(map(_ends, one.marks[0]))
            }
            running = [n for n, one in enumerate(both.nodes) if _runs(one)]
            if not all(n in ended and both.nodes[n].clocks[1].is_open for n in running):
                continue
            moves = both.path(running[0])
            times = [self._pair(moves, lapse, first, late=True) for first in self._firsts()]
            pairs = [pair for pair in times if pair is not None]
            if pairs and all(deadline is None or deadline > due for deadline, due in pairs):
                over, due = (None if one is None else self._local(one) for one in pairs[0])
                text = Text(
                    f"it is over at {over}, and {lapse.target.id} ends it at {due} already",
                    f"其期限为 {over}，而“{lapse.target.label.zh}”在 {due} 已将其终止",
                )
                ending = next(
                    one.edge.move
                    for one in both.passages
                    if one.source == running[0] and one.edge.move.command is lapse.target.command
                )
                yield self._flaw(FlawKind.DEADLINE_AFTER_LAPSE, text, [*moves, ending], lapse)
                return

    def _reminds_late(self) -> Iterator[Flaw]:
        """A reminder that may come when the lapse that it announces does, or later."""
        command = self._target.command
        if command is None or _moves_on(self, command):
            return
        for lapse in self._lapses():
            both = watch(self.spaces, self.own, lapse)
            self._visit(both)
            pending = next(
                (n for n, one in enumerate(both.nodes) if all(c.is_open for c in one.clocks)), None
            )
            if pending is None:
                continue
            moves = both.path(pending)
            for first in (
                () if _is_sooner(self._target.budget, lapse.target.budget) else self._firsts()
            ):
                pair = self._pair(moves, lapse, first, late=False)
                if pair is None or pair[0] is None:
                    continue
                if pair[0] >= pair[1]:
                    due, end = self._local(pair[0]), self._local(pair[1])
                    text = Text(
                        f"this reminder is due at {due}, and {lapse.target.id}, which it announces,"
                        f" at {end}",
                        f"该提醒 {due} 到期，而它所提醒的“{lapse.target.label.zh}” {end} 到期",
                    )
                    kind = FlawKind.REMINDER_NOT_BEFORE_LAPSE
                    yield self._flaw(kind, text, moves, lapse, first=first)
                    break

    def _visit(self, product: Product) -> None:
        self.visited[0] += len(product.nodes)
        self.visited[1] += len(product.passages)

    def _firsts(self) -> Iterator[datetime]:
        yield self.teller.opening()
        yield from samples(self.teller.calendar)

    def _local(self, at: datetime) -> str:
        return f"{at.astimezone(self.teller.calendar.zone):%Y-%m-%d %H:%M}"

    def _pair(
        self, moves: Sequence[Move], lapse: Watch, first: datetime, *, late: bool
    ) -> tuple[datetime | None, datetime] | None:
        """When this clock is over, or due, and when the lapse is due, for one first instant."""
        happenings = self.teller.happenings(moves, first)
        start, other = open_start(self.own, happenings), open_start(lapse, happenings)
        due = None if other is None else self.teller.due(lapse.target, other)
        if start is None or due is None:
            return None
        if not late:
            return self.teller.due(self._target, start), due
        terms = self.teller.terms(self._target, start)
        return None if terms is None else self.teller.deadline(terms, start), due

    def _thresholds(self) -> Iterator[Flaw]:
        """Thresholds that are not passed in the order in which they stand."""
        if len(self._target.thresholds) < 2:
            return
        running = self._first(lambda clock: clock is Clock.RUNNING)
        if running is None:
            return
        moves = self.found.path(running)
        start = self._start(moves, self.teller.opening())
        terms = None if start is None else self.teller.terms(self._target, start)
        if terms is None or terms.budget is None:
            return
        amounts = [one.amount(terms.budget) for one in self._target.thresholds]
        for number, (earlier, later) in enumerate(pairwise(amounts), 1):
            if later <= earlier:
                text = Text(
                    f"threshold {number + 1} is passed at {later}, no later than threshold"
                    f" {number} at {earlier}",
                    f"第 {number + 1} 个节点（{later}）不晚于第 {number} 个节点（{earlier}）",
                )
                yield self._flaw(FlawKind.THRESHOLDS_OUT_OF_ORDER, text, moves)
                return

    def notices(self) -> Iterator[tuple[Channel, Text, list[Move], ClauseId]]:
        """Each channel that the clock's alarms use, with what they tell and a history to it."""
        alarms = [(alarm, one.about) for one in self._target.thresholds for alarm in one.alarms]
        alarms += [(alarm, self._target.label) for alarm in self._target.on_breach]
        running = self._first(lambda clock: clock is Clock.RUNNING)
        if running is None:
            return
        moves = self.found.path(running)
        ticket = self.found.space.drafts[self.found.nodes[running].state]
        for alarm, about in alarms:
            effect = alarm(ticket, "key", self._target.clause, about)
            if isinstance(effect, NotifyCustomer):
                yield effect.channel, about, moves, effect.clause

    def shown_by_example(self) -> Text:
        """What small histories have shown of a clock that cannot be decided."""
        facts = (
            (self._first(lambda clock: clock.is_open) is not None, "starts", "开始"),
            (self._first(lambda clock: clock is Clock.RUNNING) is not None, "runs", "走时"),
            (
                any("stops" in mark for one in self.found.passages for mark in one.marks[0]),
                "stops",
                "达成",
            ),
        )
        seen = [(en, zh) for is_seen, en, zh in facts if is_seen]
        if not seen:
            return Text("no small history starts it", "少量具体历史均未使其开始")
        return Text(
            "in small histories it " + ", ".join(en for en, _zh in seen),
            "在少量具体历史中可见：" + "、".join(zh for _en, zh in seen),
        )


def _is_sooner(reminder: Budget, lapse: Budget) -> bool:
    """Whether one day of a wait comes before another whenever it starts; no more is known so."""
    if not isinstance(reminder, WorkingDays) or not isinstance(lapse, WorkingDays):
        return False
    counts_more = reminder.closed_days_count or not lapse.closed_days_count
    return counts_more and reminder.days < lapse.days


def _runs(node: Node) -> bool:
    return node.shown[0] and node.clocks[0] is Clock.RUNNING


def _ends(mark: str) -> bool:
    return mark.startswith(("stops", "cancelled"))


def _moves_on(checks: ClockChecks, command: type[Command]) -> bool:
    table = checks.spaces.table
    return any(table[event].after is not None for event in command.causes if event in table)


def explained(flaws: Iterable[Flaw], under_default: Iterable[Flaw]) -> list[Flaw]:
    """The flaws that a clock has under the library's own table, too; the others are the table's."""
    kinds = {(one.kind, one.subject) for one in under_default}
    return [one for one in flaws if (one.kind, one.subject) in kinds]
