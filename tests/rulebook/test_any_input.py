"""Whatever comes in, a policy or the library's own error comes out."""

from datetime import UTC, datetime, time, timedelta

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules import verify
from ticketrules.errors import PolicyError
from ticketrules.rulebook import Policy, dump_policy, load_policy
from ticketrules.verification.strategies import policies

from .test_bad_policies import BAD

patient = settings(deadline=None)

KEYS = st.sampled_from(
    (
        "extends",
        *(one.name for one in fields(Policy)),
        *(one.name for section in ("promises", "waiting", "service_hours", "routing")
          for one in fields(type(getattr(Policy(), section)))),
        *("id", "budget", "starts", "at", "on", "is_open", "year", "dates", "mon", "clause"),
    )
) | st.text(max_size=3)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(("15m", "2 working days", "none", "CN", "09:00-18:00", "2027-01-01", "8.3"))
    | st.dates()
    | st.just(time(9))
    | st.just(datetime(2026, 1, 1, tzinfo=UTC))
    | st.just(timedelta(1))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


def is_taken_or_refused(source):
    """Whether a policy comes out that can be written, or else the library's own error."""
    try:
        policy = load_policy(source, "p")
    except PolicyError as error:
        assert str(error).startswith("p:")  # noqa: PT017 - either is fine
        return
    assert load_policy(dump_policy(policy)) == policy


@patient
@given(value=st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_mapping(value):
    is_taken_or_refused(value)


@patient
@given(text=st.text())
def test_any_text(text):
    is_taken_or_refused(text)


@patient
@given(text=st.sampled_from(sorted(BAD.values())), data=st.data())
def test_any_accident_to_a_policy(text, data):
    text = text if len(text) < 1000 else dump_policy(Policy())
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 5)))
    is_taken_or_refused(text[:at] + data.draw(st.text(max_size=3)) + text[until:])


@pytest.mark.slow
@settings(deadline=None, max_examples=12)
@given(policy=policies())
def test_any_policy_can_be_verified(policy):
    verification = verify(policy)
    assert verification.undecided == ()
    assert verification.states > 300
