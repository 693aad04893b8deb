"""The laws of detectors and routers: kept by the library's own, broken by planted bugs."""

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ticketrules import Desk, load_policy
from ticketrules.clauses import Text
from ticketrules.complaints import Signal, SignalKind, default_detector
from ticketrules.errors import LawError
from ticketrules.routing import Assignment, route
from ticketrules.verification import laws, strategies

brief = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
found = settings(max_examples=300, derandomize=True, deadline=None, phases=[Phase.generate])

DETECT = default_detector()
SPOKEN = SignalKind.PHONE_REQUEST


def by_name(group):
    return {law.name: law for law in group}


@pytest.mark.parametrize("law", laws.DETECTOR, ids=str)
def test_the_packaged_detector_keeps_the_laws(law):
    law.check(DETECT, brief)


@pytest.mark.parametrize("law", laws.ROUTER, ids=str)
def test_the_librarys_router_keeps_the_laws(law):
    law.check(route, brief)


class Moody:
    """Finds something every other time."""

    count = 0

    def __call__(self, conversation):
        self.count += 1
        kind = next(iter(SignalKind))
        return [Signal(kind=kind, reading=Text("", ""))] if self.count % 2 else []


def outside(conversation):
    return [Signal(kind=SPOKEN, reading=Text("", ""), message=0, span=(0, 10_000))]


@pytest.mark.parametrize(
    ("law", "detector"),
    [
        ("what_is_pointed_at_is_there", outside),
        ("nobody_but_the_customer_complains", outside),
    ],
)
def test_a_detector_that_breaks_a_law_is_told(law, detector):
    with pytest.raises(LawError, match=r"\[7\.3\]"):
        by_name(laws.DETECTOR)[law].check(detector, found)


def test_a_moody_detector_is_told():
    with pytest.raises(LawError, match="found the second time"):
        by_name(laws.DETECTOR)["the_same_words_say_the_same"].check(Moody(), found)


class Forgetful:
    """Finds something only when it is asked for the first time."""

    count = 0

    def __call__(self, conversation):
        self.count += 1
        return outside(conversation) if self.count == 1 else []


def test_a_subject_that_remembers_is_told_as_such():
    with pytest.raises(LawError, match="asked again about the same, it held"):
        by_name(laws.DETECTOR)["what_is_pointed_at_is_there"].check(Forgetful(), found)


@pytest.mark.parametrize("law", [*laws.CLOCKS, *laws.LIFECYCLE], ids=str)
def test_a_desk_that_does_not_project_can_be_held_to_the_laws(law):
    law.check(Desk(load_policy('service_hours.unannounced = "raise"')), brief)


def test_agents_are_told_by_what_is_not_as_usual():
    with pytest.raises(LawError) as caught:
        by_name(laws.ROUTER)["every_agent_is_accounted_for"].check(silent, found)
    told = str(caught.value)
    assert "Agent(id=" in told
    assert "capacity=None" not in told


def first(ticket, agents, now):
    """Gives it to whoever is told first."""
    outcome = route(ticket, agents, now)
    who = next(iter(agents), None)
    return attrs.evolve(outcome, agent=who.id) if isinstance(outcome, Assignment) else outcome


def silent(ticket, agents, now):
    outcome = route(ticket, agents, now)
    return attrs.evolve(outcome, rejected=()) if isinstance(outcome, Assignment) else outcome


@pytest.mark.parametrize(
    ("law", "router"),
    [
        ("every_agent_is_accounted_for", silent),
        ("who_gets_it_may_have_it", first),
        ("the_order_of_agents_does_not_matter", first),
    ],
)
def test_a_router_that_breaks_a_law_is_told(law, router):
    with pytest.raises(LawError, match=r"\[3\.4\]"):
        by_name(laws.ROUTER)[law].check(router, found)


def test_a_call_tries_every_law():
    laws.detector(DETECT, settings(brief, max_examples=5))
    laws.router(route, settings(brief, max_examples=5))
    with pytest.raises(LawError):
        laws.router(silent, found)


@brief
@given(strategies.rosters())
def test_a_roster_can_be_asked(roster):
    assert {agent.id for agent in roster.agents} == {"an", "bo", "chen"}
