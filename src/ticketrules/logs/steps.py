"""A mapping made ready for one log: what each row causes, by positions instead of names.

Everything that can be settled before the first row is settled here, so that a row costs a few
look-ups and the making of its events.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, fields_dict, frozen

from ticketrules.logs.gathering import UnusableError
from ticketrules.logs.intake import shown
from ticketrules.logs.items import Column, Given, Item
from ticketrules.logs.mapping import EVERY_OTHER, LogMapping
from ticketrules.logs.times import Instants
from ticketrules.tickets.events import CustomerWrote, Event, Submitted
from ticketrules.tickets.values import Actor, Role
from ticketrules.toml_reader import did_you_mean

_LONGEST_GUESSED: Final = 40

Row = Sequence[str]
Maker = Callable[[str, str, datetime, Row], Event]
"""From an event's id, ticket and instant, and the row, to the event."""


@frozen(eq=False)
class Step:
    """What a row causes, made ready.

    Attributes:
        first: As a ticket's first row; the submission stands first.
        stay: After a row with the same step.
        enter: After a row with another.
        after: After a row with certain others, by their names.
        debut: Instead of all of these but ``first``, where no row of the ticket had the step yet.
        name: The state, the activity or the role.
    """

    name: str
    first: tuple[Maker, ...]
    stay: tuple[Maker, ...]
    enter: tuple[Maker, ...]
    after: Mapping[str, tuple[Maker, ...]]
    debut: tuple[Maker, ...] | None


class Steps(dict[str, Step]):
    """Cells and their steps; a cell that is not known makes its row unusable."""

    def __init__(self, field: str, missing: frozenset[str], known: Mapping[str, Step]) -> None:
        super().__init__(known)
        self._field = field
        self._missing = missing
        self._known = tuple(known)

    def __missing__(self, cell: str) -> Step:
        bare = cell.strip()
        step = self.get(bare)
        if step is None:
            if bare in self._missing:
                raise UnusableError(self._field, "no value")
            raise _unknown(self._field, bare, self._known)
        self[cell] = step
        return step


class AuthorSteps(dict[str, Step]):
    """Cells of the author column and the steps of their roles."""

    def __init__(self, authors: "Authors", known: Mapping[str, Step]) -> None:
        super().__init__()
        self._authors = authors
        self._known = known

    def __missing__(self, cell: str) -> Step:
        step = self[cell] = self._known[self._authors[cell].role.value]
        return step


class Authors(dict[str, Actor]):
    """Cells of the author column and who they are; one named in the mapping has no id by it."""

    def __init__(self, actors: Mapping[str, Role], missing: frozenset[str]) -> None:
        super().__init__()
        self._actors = actors
        self._missing = missing

    def __missing__(self, cell: str) -> Actor:
        bare = cell.strip()
        role = self._actors.get(bare)
        if role is not None:
            actor = Actor(role)
        elif bare in self._missing:
            raise UnusableError("author", "no value")
        elif EVERY_OTHER in self._actors:
            actor = Actor(self._actors[EVERY_OTHER], bare)
        else:
            raise _unknown("author", bare, tuple(self._actors))
        self[cell] = actor
        return actor


def _unknown(field: str, cell: str, known: tuple[str, ...]) -> UnusableError:
    return UnusableError(field, _unknown_reason(field, cell, known))


@lru_cache(maxsize=256)
def _unknown_reason(field: str, cell: str, known: tuple[str, ...]) -> str:
    # What may be meant is a word of the mapping, and gives nothing of the log away.
    hint = did_you_mean(cell, known) if len(cell) <= _LONGEST_GUESSED else ""
    return f"unknown {field} {shown(cell)}{hint}"


class Ids(dict[str, Actor]):
    """Cells of a column of ids and the actors of one role behind them."""

    def __init__(self, role: Role, missing: frozenset[str]) -> None:
        super().__init__()
        self._role = role
        self._missing = missing

    def __missing__(self, cell: str) -> Actor:
        bare = cell.strip()
        actor = self[cell] = Actor(self._role, "" if bare in self._missing else bare)
        return actor


class Compiler:
    """Makes a mapping ready.

    Args:
        mapping: The mapping.
        position: From a column to its place in a row; raises where the log has no such column.
        instants: The reader of times, shared with the log's own.
    """

    def __init__(
        self, mapping: LogMapping, position: Callable[[Column], int], instants: Instants
    ) -> None:
        self._mapping = mapping
        self._position = position
        self._instants = instants
        self._ids = {
            role: (position(column), Ids(role, mapping.missing))
            for role in (Role.AGENT, Role.CUSTOMER)
            if (column := mapping.columns.get(role.value)) is not None
        }
        author = mapping.columns.get("author")
        self._author = None if author is None else position(author)
        self._authors = Authors(mapping.actors, mapping.missing)

    def steps(self) -> Steps | AuthorSteps:
        """What each cell of the column that says what a row is causes."""
        causes = self._mapping.causes
        leaves = {name: self._makers(cause.leave) for name, cause in causes.items()}
        known = {}
        for name, cause in causes.items():
            enter = self._makers(cause.enter)
            after = {}
            for other, leave in leaves.items():
                entry = cause.enter_from.get(other)
                if leave or entry is not None:
                    after[other] = leave + (enter if entry is None else self._makers(entry))
            known[name] = Step(
                name=name,
                first=self._makers(self._first(cause.debut or cause.enter)),
                stay=self._makers(cause.stay),
                enter=enter,
                after=after,
                debut=None if cause.debut is None else self._makers(cause.debut),
            )
        if self._mapping.shape == "messages":
            return AuthorSteps(self._authors, known)
        field = "state" if self._mapping.shape == "states" else "activity"
        return Steps(field, self._mapping.missing, known)

    def _first(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The same events for a ticket's first row: a submission before them, or in one's place."""
        if items and items[0].event is Submitted:
            return items
        if items and items[0].event is CustomerWrote and self._mapping.shape == "messages":
            # The first thing that the customer wrote is what the ticket was submitted with.
            body = tuple(given for given in items[0].given if given.name == "body")
            return Item(Submitted, items[0].by, body), *items[1:]
        return Item(Submitted, Role.CUSTOMER, (_WORDLESS,)), *items

    def _makers(self, items: tuple[Item, ...]) -> tuple[Maker, ...]:
        return tuple(map(self._maker, items))

    def _maker(self, item: Item) -> Maker:
        kind, by = item.event, self._by(item)
        given = item.given
        text = self._mapping.columns.get("text")
        if text is not None and "body" in fields_dict(kind).keys() - {one.name for one in given}:
            given = (*given, evolve(_WORDLESS, column=text))
        constants = {one.name: one.constant for one in given if one.column is None}
        cells = [(one.name, self._cell(one)) for one in given if one.column is not None]
        if constants or cells or callable(by):
            who = by if callable(by) else _looked_up(by)

            def make(id: str, ticket: str, at: datetime, row: Row) -> Event:  # noqa: A002
                values = dict(constants)
                for name, read in cells:
                    value = read(row)
                    if value is not None:
                        values[name] = value
                return kind(id=id, ticket=ticket, at=at, by=who(row), **values)

            return make
        if isinstance(by, Actor):

            def make_fixed(id: str, ticket: str, at: datetime, _row: Row) -> Event:  # noqa: A002
                return kind(id=id, ticket=ticket, at=at, by=by)

            return make_fixed
        position, actors = by

        def make_plain(id: str, ticket: str, at: datetime, row: Row) -> Event:  # noqa: A002
            return kind(id=id, ticket=ticket, at=at, by=actors[row[position]])

        return make_plain

    def _by(self, item: Item) -> "Actor | tuple[int, Ids] | Callable[[Row], Actor]":
        role = item.by
        if role is None and self._author is not None:
            return self._by_author(self._author)
        role = role or item.usual_role
        return self._ids.get(role) or Actor(role)

    def _by_author(self, position: int) -> Callable[[Row], Actor]:
        authors, ids = self._authors, self._ids

        def who(row: Row) -> Actor:
            actor = authors[row[position]]
            column = ids.get(actor.role)
            if column is None:
                return actor
            named = column[1][row[column[0]]]
            return named if named.id else actor

        return who

    def _cell(self, given: Given) -> Callable[[Row], Any]:
        assert given.column is not None  # noqa: S101 - the caller asks for no other
        name, column = given.name, given.column.name
        position, missing = self._position(given.column), self._mapping.missing
        convert: Callable[[str], Any] = given.convert or self._instants.__getitem__

        def read(row: Row) -> Any:
            cell = row[position].strip()
            if cell in missing:
                if given.required:
                    raise UnusableError(name, f"no value in column {column!r}")
                return None
            try:
                return convert(cell)
            except ValueError as error:
                raise UnusableError(name, f"column {column!r}: {error}") from None

        return (lambda row: row[position]) if given.is_words else read


def _looked_up(by: "Actor | tuple[int, Ids]") -> Callable[[Row], Actor]:
    if isinstance(by, Actor):
        return lambda _row: by
    position, actors = by
    return lambda row: actors[row[position]]


_WORDLESS = Given("body", None, "", None, required=False, is_words=True)
