"""Tickets told in lines, and tickets to which anything may have happened."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate

from hypothesis import strategies as st

from ticketrules.tickets import Actor, MessageKind, Role, events, replay

SHANGHAI = timezone(timedelta(hours=8))
KINDS = {
    kind.name: kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, events.Event) and kind is not events.Event
}
PARTS = {
    "transferred": {"judgement": "证书已过期", "next_step": "更换证书"},
    "handed_over": {"cause": "下班", "handler": "an", "progress": "已查", "next_step": "更换"},
    "escalated_to_platform": {"note": "请检查"},
    "called": {"outcome": "已说明"},
}


def at(text):
    """An instant from the desk's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def actor(who):
    return Actor(Role(who)) if who in {"customer", "platform", "system"} else Actor(Role.AGENT, who)


def told(name, day, *lines, group=None):
    """A ticket from lines such as ``09:05 an replied``; ``day`` stands before each time.

    A line may bring its own day: ``2026-03-03 09:05 an replied``.
    """
    made = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        own = words.pop(0) if "-" in words[0] else day
        time, who, what, *rest = words
        parts = dict(one.split("=", 1) for one in rest)
        if "rating" in parts:
            parts["rating"] = int(parts["rating"])
        if "promised_for" in parts:
            parts["promised_for"] = at(parts["promised_for"].replace("T", " "))
        if what == "submitted" and group is not None:
            parts["group"] = group
        when = at(f"{own} {time}")
        made.append(
            KINDS[what](
                id=f"e{number}",
                ticket=name,
                at=when,
                by=actor(who),
                **{**PARTS.get(what, {}), **parts},
            )
        )
    return replay(made)


START = at("2026-02-11 00:00")
"""Before the Spring Festival of 2026, with its make-up days."""

THINGS = (
    ("customer", "customer_wrote", {}),
    ("customer", "customer_wrote", {"kind": MessageKind.SOLVED}),
    ("customer", "customer_wrote", {"kind": MessageKind.THANKS}),
    ("an", "replied", {}),
    ("bo", "replied", {}),
    ("platform", "replied", {}),
    ("system", "replied", {}),
    ("an", "accepted", {}),
    ("system", "dispatched", {"to": "an"}),
    ("an", "transferred", {"to": "bo"}),
    ("bo", "handed_over", {"to": "chen"}),
    ("an", "clarified", {}),
    ("an", "feedback_requested", {}),
    ("an", "solution_proposed", {}),
    ("bo", "solution_proposed", {}),
    ("customer", "confirmed", {}),
    ("customer", "rejected", {}),
    ("bo", "resolved", {}),
    ("customer", "closed", {"rating": 4}),
    ("customer", "closed", {}),
    ("an", "escalated_to_platform", {}),
    ("platform", "platform_returned", {}),
    ("customer", "complained", {}),
    ("customer", "complaint_withdrawn", {}),
    ("system", "reminded", {}),
    ("system", "feedback_lapsed", {}),
    ("system", "confirmation_lapsed", {}),
)
"""What may happen after the submission; late marks (7.1) apart, which change earlier verdicts."""

GAPS = st.one_of(
    st.sampled_from((0, 0, 1, 14, 15, 16, 29, 30, 31, 239, 240, 241)),
    st.integers(0, 600),
    st.integers(0, 4 * 1440),
)


@st.composite
def lives(draw, name):
    """A ticket of one of two groups or none, business-stopping from the start or not at all."""
    group = draw(st.sampled_from((None, "east", "west")))
    begun = START + timedelta(minutes=draw(st.integers(0, 20 * 1440)))
    first = [(begun, "customer", "submitted", {"group": group})]
    if draw(st.booleans()):
        first.append((begun, "system", "marked_business_stopping", {}))
    things = draw(st.lists(st.tuples(GAPS, st.sampled_from(THINGS)), max_size=14))
    ends = accumulate((gap for gap, _thing in things), initial=0)
    next(ends)
    rest = [
        (begun + timedelta(minutes=minutes), who, what, parts)
        for minutes, (_gap, (who, what, parts)) in zip(ends, things, strict=True)
    ]
    return replay(
        KINDS[what](
            id=f"e{n}", ticket=name, at=when, by=actor(who), **{**PARTS.get(what, {}), **parts}
        )
        for n, (when, who, what, parts) in enumerate([*first, *rest], 1)
    )


@st.composite
def desks_of_tickets(draw, most=5):
    """A few tickets of one desk."""
    return [draw(lives(f"T{number}")) for number in range(draw(st.integers(0, most)))]


INSTANTS = st.integers(0, 40 * 1440 * 60).map(lambda seconds: START + timedelta(seconds=seconds))
MINUTES = st.integers(0, 40 * 1440).map(lambda minutes: START + timedelta(minutes=minutes))
"""Instants among the tickets' own; whole minutes meet events and deadlines exactly."""
