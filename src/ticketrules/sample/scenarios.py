"""The ordinary scenarios: how a ticket may go, and how often it does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from attrs import frozen

from ticketrules.sample import stages, wording
from ticketrules.sample.course import PLATFORM, Course
from ticketrules.tickets import MessageKind
from ticketrules.tickets.commands import (
    Close,
    Complain,
    Confirm,
    Escalate,
    MarkBusinessStopping,
    Note,
    Reply,
    ReturnFromPlatform,
    WithdrawComplaint,
)

Tell = Callable[[Course], None]
"""What tells a ticket's story, from its submission on."""


@frozen
class Scenario:
    """A story with its weight among the others.

    Attributes:
        weight: How often it happens.
        tell: The story.
        stops: Whether it is about a topic that stops the customer's business (7.1).
    """

    weight: int
    tell: Tell
    stops: bool = False


def plain(course: Course) -> None:
    """Received, diagnosed, solved, settled."""
    stages.receive(course)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def question(course: Course) -> None:
    """A short question: answered twice, and closed."""
    stages.receive(course)
    stages.verify(course)
    course.work(stages.TO_ANSWER)
    course.reply(wording.EXPLAINED)
    course.sleep(10, 900)
    if course.chance(40):
        stages.inquire(course)
    stages.close(course)


def asks(course: Course) -> None:
    """Something is wanted from the customer, who sends it."""
    stages.receive(course)
    stages.verify(course)
    course.work(stages.TO_CLEAR)
    stages.ask(course)
    course.sleep(20, 1_300)
    stages.supply(course)
    course.work(stages.TO_ANSWER)
    course.reply(wording.PROGRESS)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def silent(course: Course) -> None:
    """Something is wanted from the customer, who answers the reminder at best."""
    stages.receive(course)
    course.work(stages.TO_CLEAR)
    stages.ask(course)
    if course.chance(60):
        stages.fall_silent(course)
        return
    stages.lapse(course, "feedback_reminder")
    course.sleep(20, 600)
    stages.supply(course)
    course.work(stages.TO_ANSWER)
    course.reply(wording.PROGRESS)
    stages.solve(course)
    stages.settle(course)


def stopping(course: Course) -> None:
    """The customer's business stands still: solved before the day closes, or phoned."""
    closing = stages.closing_of(course)
    stages.receive(course)
    course.do(MarkBusinessStopping, course.agent)
    left = course.desk.calendar.elapsed(course.now, closing)
    if course.chance(82) and left > timedelta(minutes=20):
        course.now += left * course.rng.randrange(30, 80) // 100
        course.now = course.now.replace(microsecond=0)
    else:
        course.now = max(course.now, closing) - timedelta(minutes=course.rng.randrange(6))
        course.now = max(course.now, course.life.last_event_at.astimezone(course.now.tzinfo))
        if course.chance(80):
            stages.phone(course, wording.CALL_BEFORE_NIGHT)
        course.now = max(course.now, closing)
        course.work(stages.TO_SOLVE)
    stages.propose(course)
    stages.settle(course)


def wonders(course: Course) -> None:
    """The customer asks more while it is worked on."""
    stages.receive(course)
    stages.diagnose(course)
    course.sleep(10, 240)
    stages.inquire(course)
    if course.chance(40):
        course.sleep(30, 400)
        course.write(wording.SUPPLIED_THANKS, MessageKind.THANKS)
    stages.solve(course)
    stages.settle(course)


def escalated(course: Course) -> None:
    """The platform has to solve it, and gives it back (6.4)."""
    stages.receive(course)
    stages.verify(course)
    course.work(stages.TO_CLEAR)
    escalate(course)
    if course.chance(40):
        course.sleep(60, 400)
        course.write(wording.HURRY)
        course.wait(20, 200)
        course.do(Reply, PLATFORM, reply=course.say(wording.PLATFORM_SAYS))
    course.wait(60, 2_600)
    come_back(course)
    course.work(stages.TO_ANSWER)
    stages.propose(course)
    stages.settle(course)


def escalate(course: Course) -> None:
    """派单给平台: hand the ticket to the platform and tell the customer."""
    note, reply = course.say(wording.FOR_PLATFORM), course.say(wording.TOLD_PLATFORM)
    course.do(Escalate, course.agent, note=note, reply=reply)


def come_back(course: Course) -> None:
    """The platform gives the ticket back."""
    if course.chance(50):
        course.do(Note, PLATFORM, body=wording.PLATFORM_NOTE)
        course.wait(1, 10)
    course.do(ReturnFromPlatform, PLATFORM, note=course.say(wording.FROM_PLATFORM))


def transferred(course: Course) -> None:
    """Another agent goes on (6.1)."""
    stages.receive(course)
    course.work(stages.TO_CLEAR)
    stages.pass_on(course)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def handed_over(course: Course) -> None:
    """The shift ends before it is solved (6.6)."""
    stages.receive(course)
    stages.diagnose(course)
    course.now = max(
        course.now, stages.closing_of(course) - timedelta(seconds=course.rng.randrange(1_200))
    )
    stages.hand_over(course)
    course.work(stages.TO_SOLVE)
    stages.propose(course)
    stages.settle(course)


def reopened(course: Course) -> None:
    """The first solution does not hold."""
    stages.receive(course)
    stages.diagnose(course)
    stages.solve(course)
    stages.refuse(course)
    course.work(stages.TO_ANSWER)
    course.reply(wording.PROGRESS)
    stages.solve(course)
    if course.chance(50):
        course.sleep(15, 600)
        course.do(Confirm, course.customer)
        course.sleep(60, 2_000)
        stages.inquire(course)
        course.work(stages.TO_SOLVE)
        stages.propose(course)
    stages.settle(course)


def complained(course: Course) -> None:
    """The customer clicks 投诉, is phoned, and mostly withdraws it (7.2)."""
    stages.receive(course)
    stages.diagnose(course)
    course.sleep(60, 500)
    course.write(wording.ANGRY)
    course.wait(1, 30)
    course.do(Complain, course.customer)
    course.work(stages.SOON)
    stages.phone(course)
    course.reply(wording.PROGRESS)
    stages.solve(course)
    if course.chance(75):
        course.sleep(30, 500)
        course.do(WithdrawComplaint, course.customer)
    stages.settle(course)


def hurried(course: Course) -> None:
    """No click on 投诉, but the mood says it (7.3)."""
    stages.receive(course)
    stages.verify(course)
    for phrases in (wording.HURRY, wording.HURRY, wording.ANGRY):
        course.sleep(2, 12)
        course.write(phrases)
    if course.chance(70):
        course.work(stages.SOON)
        stages.phone(course, (*wording.CALLED, wording.NOT_REACHED))
    course.work(stages.SOON)
    course.reply(wording.PROGRESS)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def withdrawn(course: Course) -> None:
    """The customer found the answer alone and closes before anyone could help."""
    stages.arrive(course)
    course.wait(1, 6)
    course.do(Close, course.customer)


SCENARIOS: Final = (
    Scenario(30, plain),
    Scenario(14, question),
    Scenario(16, asks),
    Scenario(11, silent),
    Scenario(11, stopping, stops=True),
    Scenario(11, wonders),
    Scenario(8, escalated),
    Scenario(7, transferred),
    Scenario(5, handed_over),
    Scenario(5, reopened),
    Scenario(3, complained),
    Scenario(4, hurried),
    Scenario(3, withdrawn),
)
"""Every ordinary scenario."""
