"""What is checked of the table: statuses, transitions, the way back, the way out, the lapses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import define

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.tickets import ALIVE, TABLE, WAITING, Role, Status, events
from ticketrules.tickets.decider import LAPSES
from ticketrules.tickets.lifecycle import Table
from ticketrules.tickets.table import REOPENED, Rule
from ticketrules.verification.exploring import Edge, Move, Space, Spaces
from ticketrules.verification.flaws import Flaw, FlawKind, Undecided
from ticketrules.verification.looking import Notes
from ticketrules.verification.telling import Teller

_STATUSES: Final = ClauseId("5.1")
_AT_WORK: Final = ALIVE - WAITING - {Status.RESOLVED}


@define
class TableChecks:
    """The checks of one table over the states that it allows.

    Attributes:
        spaces: The table's spaces.
        teller: Who tells what is found.
    """

    spaces: Spaces
    teller: Teller

    def flaws(self) -> list[Flaw]:
        """Every flaw of the table, but for those that an unreachable transition causes."""
        found = list(self._flaws())
        for flaw in tuple(found):
            if flaw.kind is FlawKind.UNREACHABLE_TRANSITION and len(found) > 1:
                own = next(kind for kind in self.spaces.table if kind.name == flaw.subject)
                usual = TABLE.get(own, self.spaces.table[own])
                repaired = Spaces({**self.spaces.table, own: usual})
                left = {
                    (one.kind, one.subject)
                    for one in TableChecks(repaired, self.teller)._flaws()  # noqa: SLF001
                }
                found = [one for one in found if one is flaw or (one.kind, one.subject) in left]
        return found

    def _flaws(self) -> Iterator[Flaw]:
        space = self.spaces.by(Notes(read={"status", "unanswered_since"}))
        yield from self._unreachable(space)
        yield from self._no_way_back(space)
        yield from self._cannot_close(space)
        yield from self._lapses(space)

    def undecided(self) -> Iterator[Undecided]:
        """The rows whose guards read more than can be known."""
        space = self.spaces.by(Notes())
        for kind, reads in space.opaque.items():
            yield Undecided(
                clause=self.spaces.table[kind].clause,
                subject=kind.name,
                reads=reads,
                text=Text(
                    f"its guard reads {reads}; small histories alone were tried",
                    f"其条件读取了无法抽象的内容（{reads}），仅以少量具体历史试探",
                ),
            )

    def _flaw(
        self, kind: FlawKind, clause: ClauseId, subject: str, text: Text, moves: list[Move]
    ) -> Flaw:
        told = self.teller.tell(moves, text)
        return Flaw(
            kind=kind,
            clause=clause,
            subject=subject,
            text=text,
            history=told.history,
            story=told.story,
        )

    def _unreachable(self, space: Space) -> Iterator[Flaw]:
        """Statuses and transitions that no history reaches, the cause and not what follows."""
        dead = dead_of(space, self.spaces.table)
        reached = {draft.status for draft in space.drafts}
        reached |= {after.status for edge in space.all_edges() for _event, after in edge.happenings}
        causes = {
            kind: rule
            for kind, rule in dead.items()
            if not (rule.before and space.drafts) or rule.before & reached
        }
        if not space.drafts:
            causes = {kind: rule for kind, rule in causes.items() if not rule.before}
        submission = space.path(0) if space.drafts else []
        for status in _roots(dead.values(), causes.values(), reached):
            text = Text(
                f"no history leads to {_words(status)}",
                f"没有任何操作能使工单进入“{status.label}”",
            )
            kind = FlawKind.UNREACHABLE_STATUS
            yield self._flaw(kind, _STATUSES, status.value, text, submission)
        for event, rule in causes.items():
            near = next((space.first(one) for one in Status if one in rule.before & reached), None)
            text = Text(
                f"no command of anybody's can cause {event.name.replace('_', ' ')}",
                f"任何人的任何操作都无法触发“{event.label}”",
            )
            kind = FlawKind.UNREACHABLE_TRANSITION
            yield self._flaw(kind, rule.clause, event.name, text, space.path(near))

    def _no_way_back(self, space: Space) -> Iterator[Flaw]:
        """Waiting statuses out of which the customer cannot bring the ticket to work again."""
        for status in Status:
            if status not in WAITING:
                continue
            for number, draft in enumerate(space.drafts):
                if draft.status is not status:
                    continue
                tried = [one for one in space.edges[number] if one.move.by.role is Role.CUSTOMER]
                if any(space.drafts[one.target].status in _AT_WORK for one in tried):
                    continue
                text = Text(
                    f"whatever the customer does, the ticket never leaves"
                    f" {_words(status)} for work",
                    f"无论客户做什么，工单都不会从“{status.label}”回到处理",
                )
                moves = space.path(number) + [one.move for one in tried if _writes(one)][:1]
                yield self._flaw(FlawKind.NO_WAY_BACK, _STATUSES, status.value, text, moves)
                break

    def _cannot_close(self, space: Space) -> Iterator[Flaw]:
        """Statuses with a state from which no history leads to 已关闭."""
        closing = {n for n, draft in enumerate(space.drafts) if draft.status is Status.CLOSED}
        if not closing:
            return  # which is a status that cannot be reached at all
        before: dict[int, list[int]] = {}
        for edge in space.all_edges():
            if edge.source is not None:
                before.setdefault(edge.target, []).append(edge.source)
        queue = sorted(closing)
        while queue:
            for source in before.get(queue.pop(), ()):
                if source not in closing:
                    closing.add(source)
                    queue.append(source)
        told: set[Status] = set()
        for number, draft in enumerate(space.drafts):
            if number in closing or draft.status in told:
                continue
            told.add(draft.status)
            text = Text(
                f"from {_words(draft.status)} the ticket can never be closed",
                f"从“{draft.status.label}”永远无法到达“已关闭”",
            )
            kind = FlawKind.CANNOT_CLOSE
            yield self._flaw(kind, _STATUSES, draft.status.value, text, space.path(number))

    def _lapses(self, space: Space) -> Iterator[Flaw]:
        """What the system does by time over a message that nobody has answered."""
        told: set[type[events.Event]] = set()
        for edge in space.all_edges():
            clause = LAPSES.get(edge.move.command)
            if clause is None or edge.source is None:
                continue
            event = type(edge.happenings[-1][0])
            if space.drafts[edge.source].unanswered_since is None or event in told:
                continue
            told.add(event)
            title = CLAUSES[clause]
            text = Text(
                f"{title.en}: the customer's message is still unanswered",
                f"{title.zh}：此时客户的消息尚未回复",
            )
            moves = [*space.path(edge.source), edge.move]
            yield self._flaw(FlawKind.LAPSE_OVER_UNANSWERED, clause, event.name, text, moves)


def dead_of(space: Space, table: Table) -> Mapping[type[events.Event], Rule]:
    """The rows of a table that no history uses."""
    happened = {type(event) for edge in space.all_edges() for event, _after in edge.happenings}
    return {kind: rule for kind, rule in table.items() if kind not in happened}


def _roots(dead: Iterable[Rule], causes: Iterable[Rule], reached: set[Status]) -> list[Status]:
    """The statuses that cannot be reached, but for those that only other flaws cut off."""
    missing = [status for status in Status if status not in reached]
    ways = list(dead)
    explained = {status for rule in causes for status in _leads_to(rule)}
    left = [status for status in missing if status not in _closure(explained, ways)]
    roots = [
        status
        for status in left
        if not any(
            status in _leads_to(rule) and rule.before & (set(left) - {status}) for rule in ways
        )
    ]
    return roots or left


def _closure(found: set[Status], ways: Iterable[Rule]) -> set[Status]:
    """What could be reached besides, if some statuses were."""
    found = set(found)
    while more := {
        status for rule in ways if rule.before & found for status in _leads_to(rule) - found
    }:
        found |= more
    return found


def _words(status: Status) -> str:
    return str(status).replace("_", " ")


def _leads_to(rule: Rule) -> frozenset[Status]:
    found = {rule.after} if rule.after is not None else set()
    return frozenset(found | ({REOPENED} if rule.reopens else set()))


def _writes(edge: Edge) -> bool:
    return any(isinstance(event, events.CustomerWrote) for event, _after in edge.happenings)
