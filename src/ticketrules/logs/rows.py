"""One row of a mapped log becomes events of its ticket."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ticketrules.logs.gathering import NO_TICKET, Gathering, UnusableError
from ticketrules.logs.items import Column
from ticketrules.logs.mapping import KEY_COLUMNS, LogMapping
from ticketrules.logs.steps import Compiler, Row, Step
from ticketrules.logs.times import Instants
from ticketrules.tickets.events import Event

_NO_NAMES: Final[frozenset[str]] = frozenset()


class _Course:
    """How far the rows of one ticket have come."""

    __slots__ = ("at", "debuts", "events", "step")

    def __init__(self, events: list[Event], step: Step, at: datetime) -> None:
        self.events = events
        self.step = step
        self.at = at
        self.debuts = _NO_NAMES
        self.meet(step)

    def meet(self, step: Step) -> None:
        """Remember a step whose first row is another than the further ones."""
        if step.debut is not None:
            self.debuts |= {step.name}


def row_reader(
    gathering: Gathering, mapping: LogMapping, position: Callable[[Column], int]
) -> Callable[[Row, int], None]:
    """A function that adds the events of a row, given with its line, to the gathering.

    It adds all of a row's events or, raising ``UnusableError``, none.

    Args:
        gathering: Where the events go.
        mapping: How rows become events.
        position: From a column to its place in a row; raises where the log has no such column.
    """
    columns, missing = mapping.columns, mapping.missing
    instants = Instants(mapping.times)
    steps = Compiler(mapping, position, instants).steps()
    ticket_at, time_at = position(columns["ticket"]), position(columns["at"])
    step_at = position(columns[KEY_COLUMNS[mapping.shape]])
    opened_at = position(columns["opened_at"]) if "opened_at" in columns else None
    id_at = position(columns["id"]) if "id" in columns else None
    tickets = gathering.tickets
    courses: dict[str, _Course] = {}

    def no_instant(field: str, cell: str, error: ValueError) -> UnusableError:
        return UnusableError(field, "no value" if cell.strip() in missing else str(error))

    def opened(row: Row, at: datetime) -> datetime:
        # The ticket was open by the time of its first row, whatever opened_at says.
        if opened_at is None or row[opened_at].strip() in missing:
            return at
        try:
            return min(at, instants[row[opened_at]])
        except ValueError as error:
            raise no_instant("opened_at", row[opened_at], error) from None

    def told_id(row: Row, place: int) -> str:
        found = row[place].strip()
        if found in missing:
            raise UnusableError("id", "no value")
        return found

    def read(row: Row, line: int) -> None:
        ticket = row[ticket_at].strip()
        if ticket in missing:
            raise UnusableError("ticket", NO_TICKET)
        try:
            at = instants[row[time_at]]
        except ValueError as error:
            raise no_instant("at", row[time_at], error) from None
        step = steps[row[step_at]]
        first = str(line) if id_at is None else told_id(row, id_at)
        course = courses.get(ticket)
        if course is None:
            submit, *makers = step.first
            events = [submit(first, ticket, opened(row, at), row)]
            events += [
                make(f"{first}/{number}", ticket, at, row) for number, make in enumerate(makers, 2)
            ]
        else:
            if at < course.at:
                raise UnusableError("at", "older than the ticket's row before it")
            if step.debut is not None and step.name not in course.debuts:
                follow = step.debut
            elif step is course.step:
                follow = step.stay
            else:
                follow = step.after.get(course.step.name, step.enter)
            if len(follow) == 1:
                events = [follow[0](first, ticket, at, row)]
            else:
                events = [
                    make(f"{first}/{number}" if number > 1 else first, ticket, at, row)
                    for number, make in enumerate(follow, 1)
                ]
        if id_at is not None:
            # The second event of a row could bear the id that the log gives to another row.
            ids = {first, *(event.id for event in events)}
            gathering.take_ids(ticket, ids, line)
        if course is None:
            courses[ticket] = _Course(events, step, at)
            tickets[ticket] = events
        else:
            course.events += events
            course.step = step
            course.at = at
            if step.debut is not None:
                course.meet(step)

    return read
