"""``verify``: whether a policy's rules do what they must mean, by exploring all that can happen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from attrs import define, field

from ticketrules.calendar import ServiceCalendar
from ticketrules.clauses import ClauseId, Text
from ticketrules.desk import Desk
from ticketrules.routing import Gap, Roster, coverage_gaps
from ticketrules.rulebook import Policy
from ticketrules.sla import SlaPolicy
from ticketrules.tickets import TABLE, Channel, NotifyCustomer
from ticketrules.tickets.commands import Command
from ticketrules.tickets.effects import effects_of
from ticketrules.tickets.lifecycle import Table
from ticketrules.tickets.model import Draft
from ticketrules.verification.clock_checks import ClockChecks, explained
from ticketrules.verification.exploring import Move, Space, Spaces
from ticketrules.verification.flaws import Flaw, FlawKind, Undecided, Verification
from ticketrules.verification.looking import Notes
from ticketrules.verification.table_checks import TableChecks
from ticketrules.verification.telling import Teller
from ticketrules.verification.watching import Asking, Watch

ALL_CHANNELS: Final = frozenset(Channel)


def verify(
    policy: Policy,
    promises: Sequence[SlaPolicy] = (),
    *,
    table: Table = TABLE,
    channels: Collection[Channel] = ALL_CHANNELS,
    roster: Roster | None = None,
    during: tuple[datetime, datetime] | None = None,
) -> Verification:
    """Explore what can happen under a policy, to a fixed point, and tell what is wrong with it.

    States are what the rules can tell tickets apart by: the status and whatever else a guard or a
    condition reads, with how a clock stands. All of them are visited, however long the histories
    that lead there. Of several flaws of which one causes the others, the cause is told.

    Args:
        policy: The policy.
        promises: The host's own policies, the first that matches winning; none for the targets
            of ``policy`` itself.
        table: What may happen to a ticket.
        channels: The channels by which the host reaches customers.
        roster: Who is to be there when, to be held against the service hours (3.3).
        during: The stretch ``[start, end)`` over which it is; a roster needs one.

    Returns:
        The flaws, each with a shortest history that shows it, what could not be decided, and how
        much was visited. The same policy gives the same result.

    Raises:
        CalendarError: The policy has no calendar, as ``Policy.calendar`` says.
        ValueError: A roster without a stretch of time.
        NaiveTimeError: That stretch has no time zone.
    """
    if roster is not None and during is None:
        msg = "a roster is verified over a stretch of time: give during=(start, end)"
        raise ValueError(msg)
    gaps = None if roster is None or during is None else partial(_gaps, roster, *during)
    return _Verifier(policy, tuple(promises), table, frozenset(channels), gaps).result()


def _gaps(
    roster: Roster, start: datetime, end: datetime, calendar: ServiceCalendar
) -> tuple[Gap, ...]:
    return coverage_gaps(roster, calendar, start, end)


@define
class _Verifier:
    policy: Policy
    promises: tuple[SlaPolicy, ...]
    table: Table
    channels: frozenset[Channel]
    gaps: Callable[[ServiceCalendar], tuple[Gap, ...]] | None
    states: int = 0
    transitions: int = 0
    undecided: list[Undecided] = field(factory=list)

    def result(self) -> Verification:
        desk = Desk(self.policy, self.promises)
        book, calendar = desk.clocks.policies, desk.calendar
        spaces = Spaces(self.table)
        teller = Teller(self.table, calendar, _steps(book[0]) if len(book) == 1 else {})
        checks = TableChecks(spaces, teller)
        flaws = checks.flaws()
        self.undecided += checks.undecided()
        is_table_flawed = bool(flaws)
        if not spaces.by(Notes()).drafts:  # no ticket begins, so that no policy is any ticket's
            book = ()
        shadowed, of_policies = self._policies(spaces, teller, book)
        flaws += of_policies
        sent = list(_sent(spaces.by(Notes())))
        for number, one in enumerate(book):
            if number in shadowed:
                continue
            watches = [Watch(target, _chosen(book, number)) for target in one.targets]
            beside = [watch for watch in watches if watch.target.command is not None]
            # Whoever tells a history has to know when the system acts in it.
            own = Teller(self.table, calendar, _by_command(beside))
            for watch in watches:
                of = one.name if len(book) > 1 else None
                clock = ClockChecks(spaces, own, watch, beside, of)
                found = list(clock.flaws())
                self._count(clock.visited)
                if watch.asking.opaque:
                    self.undecided.append(_undecided(clock, number, book))
                    continue
                if found and is_table_flawed and self.table is not TABLE:
                    found = explained(found, _under_default(calendar, watch, watches))
                flaws += found
                sent += clock.notices()
        flaws += self._channels(teller, sent)
        flaws += self._roster(spaces.by(Notes()), teller)
        for space in spaces.known.values():
            self._count((space.states, space.transitions))
        return Verification(
            policy=self.policy.name,
            flaws=tuple(flaws),
            undecided=tuple(self.undecided),
            states=self.states,
            transitions=self.transitions,
        )

    def _count(self, visited: Sequence[int]) -> None:
        self.states += visited[0]
        self.transitions += visited[1]

    def _policies(
        self, spaces: Spaces, teller: Teller, book: Sequence[SlaPolicy]
    ) -> tuple[set[int], list[Flaw]]:
        """Policies that are no ticket's: shadowed by earlier ones, or matching none at all."""
        asking = Asking()
        chosen: dict[int, list[int]] = {}
        while True:
            space = spaces.by(asking.notes)
            chosen = {
                state: [n for n, one in enumerate(book) if asking.of(one.matches, draft)]
                for state, draft in enumerate(space.drafts)
            }
            if asking.knows(space):
                break
        idle: set[int] = set()
        flaws: list[Flaw] = []
        for number, one in enumerate(book):
            if any(matching[:1] == [number] for matching in chosen.values()):
                continue
            clause = one.targets[0].clause if one.targets else ClauseId("8.1")
            if asking.opaque:
                reads = next(iter(asking.opaque))
                self.undecided.append(
                    Undecided(
                        clause=clause,
                        subject=one.name,
                        reads=reads,
                        text=Text(
                            f"whether any ticket has this policy: a condition reads {reads}",
                            f"该策略是否适用于某张工单：其条件读取了 {reads}",
                        ),
                    )
                )
                continue
            idle.add(number)
            state = next((s for s, matching in chosen.items() if number in matching), None)
            earlier = None if state is None else book[chosen[state][0]].name
            kind, text = _idle(earlier)
            told = teller.tell(space.path(0 if state is None and space.drafts else state), text)
            flaws.append(
                Flaw(
                    kind=kind,
                    clause=clause,
                    subject=one.name,
                    text=text,
                    history=told.history,
                    story=told.story,
                )
            )
        return idle, flaws

    def _channels(
        self, teller: Teller, sent: Iterable[tuple[Channel, Text, list[Move], ClauseId]]
    ) -> Iterator[Flaw]:
        told: set[Channel] = set()
        for channel, about, moves, clause in sent:
            if channel in self.channels or channel in told:
                continue
            told.add(channel)
            text = Text(
                f"“{about.en}” goes out by {channel}, which is not declared",
                f"“{about.zh}”通过{channel.label}发送，而该渠道未声明",
            )
            story = teller.tell(moves, text)
            yield Flaw(
                kind=FlawKind.UNDECLARED_CHANNEL,
                clause=clause,
                subject=channel.value,
                text=text,
                history=story.history,
                story=story.story,
            )

    def _roster(self, space: Space, teller: Teller) -> Iterator[Flaw]:
        gaps = () if self.gaps is None else self.gaps(teller.calendar)
        if not gaps:
            return
        first = gaps[0].start
        start, end = (at.astimezone(teller.calendar.zone) for at in (first, gaps[0].end))
        more = len(gaps) - 1
        text = Text(
            f"no agent is on duty from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"
            + (f", and {more} more times" if more else ""),
            f"{start:%Y-%m-%d %H:%M} 至 {end:%Y-%m-%d %H:%M} 无人在岗"
            + (f"，另有 {more} 处" if more else ""),
        )
        told = teller.tell(space.path(0) if space.drafts else [], text, first=first)
        yield Flaw(
            kind=FlawKind.ROSTER_GAP,
            clause=ClauseId("3.3"),
            subject="roster",
            text=text,
            history=told.history,
            story=told.story,
        )


def _chosen(book: Sequence[SlaPolicy], number: int) -> Callable[[Asking, Draft], bool]:
    """Whether a ticket's policy is the one at a place in the book."""

    def is_chosen(asking: Asking, draft: Draft) -> bool:
        first = next((n for n, one in enumerate(book) if asking.of(one.matches, draft)), None)
        return first == number

    return is_chosen


def _by_command(watches: Iterable[Watch]) -> dict[type[Command], Watch]:
    """The clocks that say when the system does something."""
    return {one.target.command: one for one in watches if one.target.command is not None}


def _steps(policy: SlaPolicy) -> dict[type[Command], Watch]:
    return _by_command(Watch(target, lambda _asking, _draft: True) for target in policy.targets)


def _idle(earlier: str | None) -> tuple[FlawKind, Text]:
    """Why a policy is no ticket's: another comes first, or nothing matches it."""
    if earlier is None:
        text = Text("no ticket ever matches this policy", "没有任何工单适用该策略")
        return FlawKind.UNMATCHED_POLICY, text
    text = Text(
        f"every ticket that it matches has an earlier policy, such as this one {earlier!r}",
        f"凡适用该策略的工单均已先适用更靠前的策略，例如此工单适用“{earlier}”",
    )
    return FlawKind.SHADOWED_POLICY, text


def _undecided(clock: ClockChecks, number: int, book: Sequence[SlaPolicy]) -> Undecided:
    target = clock.own.target
    reads = next(iter(clock.own.asking.opaque))
    shown = clock.shown_by_example()
    where = f"{book[number].name}: " if len(book) > 1 else ""
    return Undecided(
        clause=target.clause,
        subject=where + target.id,
        reads=reads,
        text=Text(
            f"a condition reads {reads}; {shown.en}",
            f"其条件读取了无法抽象的内容（{reads}）；{shown.zh}",
        ),
    )


def _under_default(
    calendar: ServiceCalendar, one: Watch, watches: Sequence[Watch]
) -> Iterator[Flaw]:
    """The flaws that a clock has under the library's own table."""
    again = {watch.target.id: Watch(watch.target, watch.chosen) for watch in watches}
    beside = [watch for watch in again.values() if watch.target.command is not None]
    teller = Teller(TABLE, calendar, _by_command(beside))
    return ClockChecks(Spaces(TABLE), teller, again[one.target.id], beside).flaws()


def _sent(space: Space) -> Iterator[tuple[Channel, Text, list[Move], ClauseId]]:
    """What goes out to customers because of what happens."""
    seen: set[tuple[type, Channel]] = set()
    for edge in space.all_edges():
        for event, after in edge.happenings:
            for effect in effects_of(event, after):
                if isinstance(effect, NotifyCustomer) and (type(event), effect.channel) not in seen:
                    seen.add((type(event), effect.channel))
                    moves = [*space.path(edge.source), edge.move]
                    yield effect.channel, effect.about, moves, effect.clause
