"""A law: a sentence that must be true of a subject for whatever is drawn, and its check."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from inspect import signature
from typing import Any, Final

from attrs import field, fields, frozen, has
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure

from ticketrules.clauses import ClauseId
from ticketrules.errors import LawError
from ticketrules.tickets import Ticket
from ticketrules.tickets.events import Event
from ticketrules.verification.narration import clock, story

USUAL: Final = settings(
    max_examples=100,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""A busy machine breaks no law; one broken law is enough to tell."""


def patient(how: settings) -> settings:
    """Settings under which nothing fails because a machine is busy, and one bug is told."""
    return settings(
        how,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=[*how.suppress_health_check, *USUAL.suppress_health_check],
    )


Draws = Callable[[Any], st.SearchStrategy[dict[str, Any]]]


@frozen
class Law:
    """Something that must be true of a subject, whatever is drawn.

    Attributes:
        name: What it is called.
        says: What must be true, as a sentence.
        clause: The clause that it rests on, if it rests on one.
    """

    name: str
    says: str
    clause: ClauseId | None
    _states: Callable[..., None] = field(repr=False)
    _draws: Draws = field(repr=False)
    _needs: tuple[str, ...] = field(repr=False)

    def check(self, subject: Any, given_settings: settings | None = None) -> None:
        """Try the law on a subject.

        Args:
            subject: The calendar or desk, or a strategy that draws one.
            given_settings: Hypothesis' settings, such as how many examples; 100 by default.

        Raises:
            LawError: It does not hold; the message tells the smallest story found that breaks it.
        """
        how = patient(given_settings or USUAL)

        subjects = subject if isinstance(subject, st.SearchStrategy) else st.just(subject)

        @how
        @given(subjects.flatmap(lambda one: st.tuples(st.just(one), self._draws(one))))
        def run(pair: tuple[Any, dict[str, Any]]) -> None:
            one, drawn = pair
            # What is neither drawn nor asked for is left out; what is not drawn is the subject.
            needs = {name: drawn.get(name, one) for name in self._needs}
            try:
                self._states(**needs)
            except LawError as broken:
                if one is subject:
                    needs = {name: value for name, value in needs.items() if value is not one}
                raise LawError(self._told(one, needs, broken)) from None

        try:
            run()
        except LawError as broken:
            # Hypothesis adds how to call the function above, which nobody can.
            raise LawError(*broken.args) from None
        except FlakyFailure as flaky:
            found = next((one for one in flaky.exceptions if isinstance(one, LawError)), None)
            if found is None:
                raise
            msg = f"{found}\n  asked again about the same, it held: what is asked remembers"
            raise LawError(msg) from None

    def _told(self, subject: Any, drawn: Mapping[str, Any], broken: LawError) -> str:
        cited = f" [{self.clause}]" if self.clause else ""
        zone = getattr(getattr(subject, "calendar", subject), "zone", UTC)
        lines = [f"{self.says}{cited} That does not hold:"]
        lines += [f"  {name} = {_shown(value, zone)}" for name, value in drawn.items()]
        return "\n".join([*lines, f"  {broken}"])

    def __str__(self) -> str:
        return self.name


def law(draws: Draws, clause: str | None = None) -> Callable[[Callable[..., None]], Law]:
    """Make a law of a function whose docstring is its sentence.

    Args:
        draws: From the subject, the strategy that draws the function's other arguments; one of
            them is given what is drawn under its name, or else the subject.
        clause: The clause that it rests on.
    """

    def made(states: Callable[..., None]) -> Law:
        says = " ".join((states.__doc__ or "").split())
        needs = tuple(signature(states).parameters)
        cited = ClauseId(clause) if clause else None
        return Law(states.__name__, says, cited, states, draws, needs)

    return made


def drawing(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments that have nothing to do with each other."""
    return st.fixed_dictionaries(strategies)


def require(condition: object, told: Callable[[], str] | str) -> None:
    """What a law says, or the story of how it is not so.

    Raises:
        LawError: The condition is false.
    """
    if not condition:
        raise LawError(told if isinstance(told, str) else told())


def equal(here: object, there: object, what: str) -> None:
    """Two values that must be the same.

    Raises:
        LawError: They are not; the message shows both.
    """
    if here != there:
        msg = f"{what}: {here!s} is not {there!s}"
        raise LawError(msg)


def _shown(value: Any, zone: tzinfo) -> str:
    match value:
        case datetime():
            return f"{clock(value, value.tzinfo or zone)} {value.tzinfo}"
        case Ticket():
            return _indented(story(value.history, zone))
        case tuple() | list() if value and all(isinstance(one, Event) for one in value):
            return _indented(story(value, zone))
        case tuple() | list():
            return ", ".join(_shown(one, zone) for one in value) or "none"
        case _ if has(type(value)) and "__str__" not in vars(type(value)):
            return f"{type(value).__name__}({', '.join(_unusual(value, zone))})"
        case _:
            return str(value)


def _unusual(value: Any, zone: tzinfo) -> Iterator[str]:
    """The parts of a value that are not as by default and that may be told (6.5)."""
    for one in fields(type(value)):
        part = getattr(value, one.name)
        factory = getattr(one.default, "factory", None)
        usual = one.default if factory is None else factory()
        if one.repr is not False and part != usual:
            yield f"{one.name}={_shown(part, zone)}"


def _indented(text: str) -> str:
    return "".join(f"\n    {line}" for line in text.splitlines())
