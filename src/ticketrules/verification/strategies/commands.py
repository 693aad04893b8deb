"""Commands on a ticket: those that the rules allow, those that they refuse, and any at all."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, fields_dict
from hypothesis import strategies as st

from ticketrules.desk import Desk, marketplace
from ticketrules.tickets import (
    COMMANDS,
    TABLE,
    Actor,
    Check,
    Decision,
    MessageKind,
    Role,
    Superior,
    Ticket,
    is_terminal,
)
from ticketrules.tickets import commands as c
from ticketrules.verification.strategies.instants import PLAIN

WORDS: Final = ("您好，谢谢！", "ok", "一、二、三")
BLANK: Final = ("", " \u3000")
NAMES: Final[Mapping[Role, str]] = MappingProxyType(
    {Role.CUSTOMER: "zhang", Role.AGENT: "an", Role.PLATFORM: "desk", Role.SYSTEM: ""}
)
PROMISED: Final = tuple(timedelta(hours=hours) for hours in (1, 24, 0, -1, 24 * 20))
COLLEAGUES: Final = ("an", "bo", "chen")


def actors(*roles: Role) -> st.SearchStrategy[Actor]:
    """Who does something, on behalf of one of the roles; of any by default."""

    def named(role: Role) -> st.SearchStrategy[Actor]:
        ids = COLLEAGUES[:2] if role is Role.AGENT else (NAMES[role],)
        return st.sampled_from((*(Actor(role, one) for one in ids), Actor(role)))

    return st.sampled_from(roles or tuple(Role)).flatmap(named)


def commands(
    ticket: Ticket | None = None,
    at: datetime | None = None,
    *,
    desk: Desk | None = None,
    legal: bool | None = None,
    kinds: Iterable[type[c.Command]] | None = None,
) -> st.SearchStrategy[c.Command]:
    """Commands on a ticket.

    Args:
        ticket: The ticket; ``None`` before its submission.
        at: When the command is decided; at the ticket's last event by default.
        desk: The desk that decides; the marketplace's by default.
        legal: ``True`` for commands that the rules allow then, ``False`` for those that they
            refuse, ``None`` for both. A closed ticket has none of the first kind.
        kinds: Only commands of these kinds; of all by default.
    """
    rules = usual_desk() if desk is None else desk
    when = at if at is not None else PLAIN if ticket is None else ticket.last_event_at
    unique = _unseen(ticket)
    among = frozenset(COMMANDS if kinds is None else kinds)
    some = [kind for kind in COMMANDS if kind in among and (kind is c.Submit or ticket is not None)]
    if legal is None:
        allowed = (
            []
            if ticket is not None and is_terminal(ticket)
            else [_legal(rules, ticket, when, among)]
        )
        drawn = st.one_of(
            *allowed, st.sampled_from(some).flatmap(lambda kind: any_of_kind(kind, when))
        )
    elif legal:
        drawn = _legal(rules, ticket, when, among)
    else:
        drawn = st.sampled_from(some).flatmap(
            lambda kind: fitting(kind, when) | any_of_kind(kind, when)
        )

    def keep(command: c.Command) -> c.Command:
        changes: dict[str, Any] = {"id": unique}
        if isinstance(command, c.Submit) and ticket is not None:
            changes["ticket"] = ticket.id
        return evolve(command, **changes)

    named = drawn.map(keep)
    if legal is None:
        return named
    return named.filter(
        lambda command: isinstance(rules.handle(ticket, command, when), Decision) is legal
    )


def commands_of(*kinds: type[c.Command]) -> st.SearchStrategy[Any]:
    """Any command of some kinds, sensible or not, on no ticket in particular; of all by default."""
    wanted = [kind for kind in COMMANDS if issubclass(kind, kinds or c.Command)]
    return st.sampled_from(wanted).flatmap(any_of_kind)


def any_of_kind(kind: type[c.Command], at: datetime = PLAIN) -> st.SearchStrategy[Any]:
    """Any command of a kind, sensible or not, by anybody."""
    return _of_kind(kind, at if kind is c.PromiseResolution else PLAIN)  # type: ignore[arg-type]  # a class is hashable


def fitting(kind: type[c.Command], at: datetime = PLAIN) -> st.SearchStrategy[Any]:
    """A command of a kind by somebody whose business it is, with all its words."""
    return _fitting(kind, at if kind is c.PromiseResolution else PLAIN)  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _of_kind(kind: type[c.Command], at: datetime) -> st.SearchStrategy[Any]:
    words = st.sampled_from(WORDS + BLANK)
    return _made(kind, at, words, actors(), st.sampled_from((*COLLEAGUES, "")))


@lru_cache(maxsize=64)
def _fitting(kind: type[c.Command], at: datetime) -> st.SearchStrategy[Any]:
    roles = frozenset.intersection(*(TABLE[event].by for event in kind.causes))
    by = st.sampled_from([Actor(role, NAMES[role]) for role in Role if role in roles])
    return _made(kind, at, st.just(WORDS[0]), by, st.sampled_from(COLLEAGUES[1:]))


def _unseen(ticket: Ticket | None) -> str:
    """A command id that no event of the ticket came with."""
    seen = {event.id.partition("/")[0] for event in ticket.history} if ticket else set()
    number = len(ticket.history) + 1 if ticket else 1
    while f"c{number}" in seen:
        number += 1
    return f"c{number}"


def _legal(
    desk: Desk, ticket: Ticket | None, at: datetime, among: Container[type[c.Command]]
) -> st.SearchStrategy[c.Command]:
    allowed = [one.command for one in desk.permitted(ticket, at) if one.is_allowed]
    kinds = [kind for kind in allowed if kind in among]
    if not kinds:
        return st.nothing()
    return st.sampled_from(kinds).flatmap(lambda kind: fitting(kind, at))


def _made(
    kind: type[c.Command],
    at: datetime,
    words: st.SearchStrategy[str],
    by: st.SearchStrategy[Actor],
    to: st.SearchStrategy[str],
) -> st.SearchStrategy[Any]:
    known: dict[str, st.SearchStrategy[Any]] = {
        "id": st.just("c"),
        "by": by,
        "at": st.none(),
        "ticket": st.just("T-1"),
        "to": st.sampled_from(Superior) if kind is c.Report else to,
        "follows": st.sampled_from((None, "T-0")),
        "group": st.none(),
        "online": st.sampled_from((True, False)),
        "told": st.booleans(),
        "kind": st.sampled_from((*MessageKind, None)),
        "checks": st.frozensets(st.sampled_from(Check)),
        "rating": st.sampled_from((None, 5, 1)),
        "promised_for": st.sampled_from(PROMISED).map(at.__add__),
    }
    return st.builds(kind, **{name: known.get(name, words) for name in fields_dict(kind)})


@cache
def usual_desk() -> Desk:
    """The marketplace's, made once, for it lays its calendar out."""
    return marketplace()
