"""Histories for the oracle: anything that may happen, at any minute of awkward weeks."""

from typing import Any

from hypothesis import strategies as st

from ticketrules.verification.minutes import DAY, Rules

from .stories import Fact, minute_of

PERIODS = {
    "Spring Festival 2026": ("2026-02-11 00:00", "2026-03-06 00:00"),
    "New Year 2026": ("2025-12-29 00:00", "2026-01-08 00:00"),
    "New Year 2027, which nobody has announced": ("2026-12-21 00:00", "2027-01-12 00:00"),
    "National Day 2026": ("2026-09-18 00:00", "2026-10-13 00:00"),
    "plain weeks": ("2026-03-09 00:00", "2026-03-28 00:00"),
}
"""First minute, and the minute after which a history is not looked at."""

EDGES = (0, 1, 539, 540, 541, 555, 570, 780, 840, 1065, 1079, 1080, 1081, 1439)
"""Minutes of a day at which something changes, or nearly."""

GAPS = st.one_of(
    st.sampled_from((0, 0, 1, 5, 14, 15, 16, 29, 30, 31, 239, 240, 241)),
    st.integers(0, 60),
    st.integers(0, 600),
    st.integers(0, 4 * DAY),
)

THINGS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("customer", "customer_wrote", {}),
    ("customer", "customer_wrote", {}),
    ("customer", "customer_wrote", {"kind": "solved"}),
    ("customer", "customer_wrote", {"kind": "thanks"}),
    ("customer", "customer_wrote", {"kind": "automatic"}),
    ("an", "replied", {}),
    ("bo", "replied", {}),
    ("platform", "replied", {}),
    ("system", "replied", {"automatic": True}),
    ("an", "replied", {"automatic": True}),
    ("system", "replied", {}),
    ("an", "accepted", {}),
    ("bo", "accepted", {}),
    ("an", "noted", {}),
    ("system", "dispatched", {"to": "an"}),
    ("an", "transferred", {"to": "bo"}),
    ("bo", "handed_over", {"to": "chen"}),
    ("an", "clarified", {}),
    ("an", "clarified", {}),
    ("an", "resolution_promised", {}),
    ("an", "feedback_requested", {}),
    ("an", "feedback_requested", {}),
    ("an", "solution_proposed", {}),
    ("an", "solution_proposed", {}),
    ("customer", "confirmed", {}),
    ("customer", "rejected", {}),
    ("an", "resolved", {}),
    ("customer", "closed", {}),
    ("an", "escalated_to_platform", {}),
    ("an", "escalated_to_platform", {}),
    ("platform", "platform_returned", {}),
    ("platform", "platform_returned", {}),
    ("system", "marked_business_stopping", {}),
    ("an", "called", {}),
    ("system", "reminded", {}),
    ("system", "feedback_lapsed", {}),
    ("system", "confirmation_lapsed", {}),
    ("customer", "submitted", {}),
)
"""What may happen after the submission, legal or not: a recorded history owes nothing."""


@st.composite
def _minutes(draw: Any, first: int, last: int) -> int:
    if draw(st.booleans()):
        return draw(st.integers(first, last))
    days = st.integers(first // DAY, last // DAY)
    return min(max(draw(days) * DAY + draw(st.sampled_from(EDGES)), first), last)


LADDER = {
    "feedback_requested": ("reminded", "feedback_lapsed"),
    "reminded": ("feedback_lapsed",),
    "feedback_lapsed": ("confirmation_lapsed",),
    "solution_proposed": ("confirmation_lapsed",),
}
"""What the system may do when nobody says anything, some days later at about the same time."""

DAYS_LATER = st.builds(
    lambda days, minutes: days * DAY + minutes,
    st.integers(1, 11),
    st.sampled_from((0, 0, -1, 1, -400, 400)),
)


@st.composite
def histories(
    draw: Any, most: int = 12, periods: tuple[str, ...] = tuple(PERIODS)
) -> tuple[list[Fact], int]:
    """A history that begins with its submission, and the minute at which it is looked at."""
    first, last = map(minute_of, PERIODS[draw(st.sampled_from(periods))])
    minute = draw(_minutes(first, last))
    facts = [Fact(minute, "customer", "submitted")]
    if draw(st.integers(0, 3)) == 0:
        facts.append(Fact(minute, "customer", "marked_business_stopping"))
    for thing in draw(st.lists(st.sampled_from(THINGS), max_size=most)):
        who, what, parts = thing
        steps = LADDER.get(facts[-1].what)
        if steps and draw(st.booleans()):
            who, what, parts = "system", draw(st.sampled_from(steps)), {}
            minute += draw(DAYS_LATER)
        else:
            minute += draw(GAPS)
        if minute > last:
            break
        more = dict(parts)
        if what == "resolution_promised":
            more["promised_for"] = minute + draw(st.integers(-60, 600))
        facts.append(Fact(minute, who, what, more))
    now = min(facts[-1].minute + draw(st.one_of(GAPS, st.integers(0, 12 * DAY))), last)
    return facts, now


RULES = st.one_of(
    st.just(Rules()),
    st.builds(
        Rules,
        first_response=st.sampled_from((1, 15, 60, 540)),
        resolution_commitment=st.sampled_from((1, 30, 600)),
        next_reply=st.sampled_from((30, 240, 1081)),
        platform_time_counts=st.booleans(),
        reminder_days=st.integers(1, 3),
        feedback_days=st.integers(1, 7),
        confirmation_days=st.integers(1, 3),
        hours=st.sampled_from(
            (
                ((540, 1080),),
                ((540, 720), (780, 1080)),
                ((0, 1440),),
                ((510, 511), (600, 1439)),
                ((1320, 1800),),
                ((360, 840), (1230, 1590)),
            )
        ),
    ).filter(lambda rules: rules.reminder_days <= rules.feedback_days),
)
"""The marketplace's numbers, or others; a reminder after the lapse is no ladder."""
