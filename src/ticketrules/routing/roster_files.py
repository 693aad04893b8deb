"""Rosters as plain TOML: what people write by hand, with errors that name the key path."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Final, TypeVar

from ticketrules.errors import RoutingError
from ticketrules.routing.agents import Agent, Leave, zone_of
from ticketrules.routing.recurrence import Recurrence, recurrence
from ticketrules.routing.roster import Roster, Rota, Shift, Swap
from ticketrules.toml_reader import Place, kind_of, read_toml

_T = TypeVar("_T")

_TOP: Final = ("zone", "agents", "shifts", "rotas", "leave", "swaps")
_AGENT: Final = ("name", "skills", "capacity")
_SHIFT: Final = ("agent", "agents", "hours", "name", "rule", "since", "dates", "except")
_ROTA: Final = ("name", "dates", "shifts")
_LEAVE: Final = ("agent", "first", "last", "start", "end", "why")
_SWAP: Final = ("on", "giver", "taker")


def load_roster(text: str, name: str = "<roster>") -> Roster:
    """Read a roster from TOML text.

    Args:
        text: TOML with ``zone``, a table ``[agents.ID]`` for each agent, and the lists
            ``[[shifts]]``, ``[[rotas]]``, ``[[leave]]`` and ``[[swaps]]``.
        name: What errors call the text, such as its file name.

    Raises:
        RoutingError: No TOML, an unknown key, a wrong type or an impossible value; the message
            names ``name`` and the key path.
    """
    top = read_toml(text, name, RoutingError)
    top.known(_TOP)
    zone, zone_at = "Asia/Shanghai", top.get("zone")
    if zone_at is not None:
        zone = zone_at.text()
        _made(zone_at, partial(zone_of, zone))
    leave: dict[str, list[Leave]] = {}
    agents = top.need("agents", "a table [agents.ID] for each agent")
    for one in _listed(top, "leave"):
        one.known(_LEAVE)
        whose = one.need("agent", "an agent's id")
        if whose.text() not in agents.table():
            whose.fail(f"there is no agent {whose.text()!r}")
        leave.setdefault(whose.text(), []).append(_leave(one, zone))
    people = tuple(_agent(key, one, leave.get(key, ())) for key, one in agents.entries())
    shifts = [shift for one in _listed(top, "shifts") for shift in _shifts(one)]
    rotas = [_rota(one) for one in _listed(top, "rotas")]
    swaps = [_swap(one) for one in _listed(top, "swaps")]
    make = partial(Roster, agents=people, shifts=shifts, rotas=rotas, swaps=swaps, zone=zone)
    return _made(top, make)


def _agent(name: str, place: Place, leave: Any) -> Agent:
    place.known(_AGENT)
    skills, capacity = place.get("skills"), place.get("capacity")
    make = partial(
        Agent,
        id=name,
        name=_text(place, "name"),
        skills=frozenset(() if skills is None else skills.texts()),
        capacity=None if capacity is None else capacity.value,
        leave=leave,
    )
    return _made(place, make)


def _shifts(place: Place) -> Iterator[Shift]:
    """The shift of each agent whom an entry names."""
    place.known(_SHIFT)
    several = place.get("agents")
    if (place.get("agent") is None) is (several is None):
        place.fail("give `agent` or `agents`")
    agents = (_text(place, "agent"),) if several is None else several.texts()
    hours = place.need("hours", "a window such as '09:00-18:00'")
    make = partial(Shift, hours=hours.text(), on=_recurrence(place), name=_text(place, "name"))
    for agent in agents:
        yield _made(hours, partial(make, agent=agent))


def _recurrence(place: Place) -> Recurrence:
    """A shift's dates: a rule, dates, or both, and exceptions."""
    rule, since = place.get("rule"), place.get("since")
    dates, fewer = _dates(place, "dates"), _dates(place, "except")
    if rule is None:
        if not dates:
            place.fail("give a `rule`, or `dates`")
        return Recurrence(dates=dates, except_dates=fewer)
    start = None if since is None else _date(since)
    found = _made(rule, partial(recurrence, rule.text(), start))
    return Recurrence(
        found.rules, found.since, (*found.dates, *dates), (*found.except_dates, *fewer)
    )


def _rota(place: Place) -> Rota:
    place.known(_ROTA)
    place.need("dates", "a list of dates")
    shifts = [shift for one in _listed(place, "shifts") for shift in _shifts(one)]
    make = partial(Rota, dates=_dates(place, "dates"), shifts=shifts, name=_text(place, "name"))
    return _made(place, make)


def _leave(place: Place, zone: str) -> Leave:
    """A leave of whole days, ``first`` to ``last``, or of times, ``start`` to ``end``."""
    why = _text(place, "why")
    if place.get("start") is None:
        first = _date(place.need("first", "a date, or `start` and `end`"))
        last_at = place.get("last")
        last = first if last_at is None else _date(last_at)
        return _made(place, partial(Leave.on, first, last, zone, why))
    start, end = (
        _time(place.need(key, "a local time such as 2026-03-02T09:00:00"))
        for key in ("start", "end")
    )
    home = zone_of(zone)
    times = start.replace(tzinfo=home), end.replace(tzinfo=home)
    return _made(place, partial(Leave, *times, why))


def _swap(place: Place) -> Swap:
    place.known(_SWAP)
    on = _date(place.need("on", "a date"))
    giver, taker = (place.need(key, "an agent's id").text() for key in ("giver", "taker"))
    return _made(place, partial(Swap, on=on, giver=giver, taker=taker))


def _text(place: Place, key: str) -> str:
    found = place.get(key)
    return "" if found is None else found.text()


def _listed(place: Place, key: str) -> Iterator[Place]:
    found = place.get(key)
    if found is not None:
        yield from found.items()


def _dates(place: Place, key: str) -> tuple[date, ...]:
    return tuple(_date(one) for one in _listed(place, key))


def _date(place: Place) -> date:
    value = place.value
    if not isinstance(value, date) or isinstance(value, datetime):
        place.fail(f"a date is meant, such as 2026-03-02 without quotes, not {kind_of(value)}")
    return value


def _time(place: Place) -> datetime:
    value = place.value
    meant = "a local time is meant, such as 2026-03-02T09:00:00"
    if not isinstance(value, datetime):
        place.fail(f"{meant}, not {kind_of(value)}")
    if value.tzinfo is not None:
        place.fail(f"{meant}, without a zone")
    return value


def _made(place: Place, make: Callable[[], _T]) -> _T:
    """A value, whose own error is told with the place where it was written."""
    try:
        return make()
    except (RoutingError, TypeError) as error:
        place.fail(str(error))
