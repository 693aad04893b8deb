"""The stages that most tickets pass through: receipt, diagnosis, solution, settlement, silence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from ticketrules.sample import wording
from ticketrules.sample.course import Course, Spell
from ticketrules.tickets import SYSTEM, Actor, Check, MessageKind, Role
from ticketrules.tickets.commands import (
    Clarify,
    Close,
    Confirm,
    Dispatch,
    HandOver,
    LapseConfirmation,
    LapseFeedback,
    MarkResolved,
    PromiseResolution,
    ProposeSolution,
    RecordCall,
    Reject,
    Remind,
    RequestFeedback,
    Transfer,
    Verify,
)
from ticketrules.tickets.events import SolutionProposed

FIRST_ANSWER: Final[Spell] = ((86, 1, 14), (10, 16, 70), (4, 70, 320))
TO_CLEAR: Final[Spell] = ((70, 4, 40), (30, 40, 200))
TO_PROMISE: Final[Spell] = ((86, 2, 29), (14, 31, 150))
TO_SOLVE: Final[Spell] = ((60, 30, 200), (40, 200, 700))
TO_ANSWER: Final[Spell] = ((90, 5, 225), (10, 245, 620))
SOON: Final[Spell] = ((1, 3, 14),)
ON_TIME: Final[Spell] = ((1, 0, 12),)
USUALLY_ON_TIME: Final[Spell] = ((93, 0, 12), (7, 1_560, 2_900))
LATE: Final[Spell] = ((1, 1_560, 2_900),)

_HALF_HOUR: Final = timedelta(minutes=30)
_PROMPT: Final = timedelta(minutes=15)
_RATINGS: Final = (5, 5, 5, 5, 5, 4, 4, 4, 3, 2)
_LAPSES: Final = {
    "feedback_reminder": Remind,
    "feedback_lapse": LapseFeedback,
    "confirmation_lapse": LapseConfirmation,
}
_CHECKS: Final = tuple(Check)


def receive(course: Course, spell: Spell = FIRST_ANSWER) -> None:
    """Submission, dispatch at the next opening, and the first answer."""
    arrive(course)
    course.work(spell)
    first_answer(course)


def arrive(course: Course) -> None:
    """Submission and dispatch."""
    course.submit()
    if course.chance(35):
        course.now += timedelta(seconds=course.rng.randrange(1, 4))
        course.announce(wording.RECEIPT)
    course.open()
    course.do(Dispatch, SYSTEM, to=course.agent.id)


def first_answer(course: Course) -> None:
    """The agent's first answer, with an apology where it comes late."""
    waited = course.desk.calendar.elapsed(course.life.opened_at, course.now)
    course.reply(wording.RECEIVED if waited <= _PROMPT else wording.RECEIVED_LATE)


def verify(course: Course) -> None:
    """Check the account, the order and what else there is (4.1)."""
    course.work(((1, 1, 5),))
    checked = _CHECKS[: course.rng.randrange(2, len(_CHECKS) + 1)]
    course.do(Verify, course.agent, checks=frozenset(checked))


def diagnose(course: Course, spell: Spell = TO_PROMISE) -> None:
    """Verify where nobody did, find the cause, and say by when it will be solved (8.2)."""
    if not course.life.checks:
        verify(course)
    course.work(TO_CLEAR)
    course.do(Clarify, course.agent)
    if course.chance(45):
        course.note(wording.NOTES)
    course.work(spell)
    promise(course, course.minutes(TO_SOLVE))


def promise(course: Course, amount: timedelta) -> None:
    """Tell the customer when it will be solved: after some service time, on the half hour."""
    ready = course.desk.calendar.advance(course.now, amount)
    past = timedelta(minutes=ready.minute % 30, seconds=ready.second)
    when = ready - past + _HALF_HOUR if past else ready
    said = course.say(wording.PROMISED, when=wording.spoken(when))
    course.do(PromiseResolution, course.agent, promised_for=when, reply=said)


def solve(course: Course, spell: Spell = TO_SOLVE) -> None:
    """Work on it, mostly until shortly before the promised time, and propose the solution."""
    promised_for = course.life.promised_for
    left = timedelta(0)
    if promised_for is not None:
        left = course.desk.calendar.elapsed(course.now, promised_for)
    if left > timedelta(0) and course.chance(85):
        share = course.rng.randrange(40, 95)
        course.work(((1, 0, 1),))
        seconds = int(left.total_seconds()) * share // 100
        course.now = course.desk.calendar.advance(course.now, timedelta(seconds=seconds))
    else:
        course.work(spell)
        if course.chance(40):
            course.reply(wording.PROGRESS)
            course.work(((1, 20, 120),))
    propose(course)


def propose(course: Course) -> None:
    """处理完成: say what was done and ask for confirmation (5.4)."""
    again = any(isinstance(event, SolutionProposed) for event in course.life.history)
    phrases = wording.SOLVED_AGAIN if again else wording.SOLVED
    course.do(ProposeSolution, course.agent, reply=course.say(phrases))


def ask(course: Course) -> None:
    """需用户反馈: say what is wanted, and wait (5.3)."""
    course.do(RequestFeedback, course.agent, reply=course.say(wording.WANTED))


def supply(course: Course) -> None:
    """The customer sends what was wanted."""
    course.write(course.matter(course.topic.supplied))


def inquire(course: Course, spell: Spell = TO_ANSWER) -> None:
    """The customer asks something more, and the agent answers it (8.3)."""
    place = course.rng.randrange(len(course.topic.further))
    course.write(course.topic.further[place])
    course.work(spell)
    answer = course.topic.answers[place % len(course.topic.answers)]
    course.reply(wording.ANSWERED, answer=answer)


def settle(course: Course) -> None:
    """What becomes of a proposed solution."""
    fate = course.rng.randrange(100)
    if fate < 40:
        course.sleep(15, 1_500)
        course.do(Confirm, course.customer)
        if course.chance(75):
            close(course)
    elif fate < 58:
        course.sleep(15, 1_500)
        course.do(Close, course.customer, rating=course.rng.choice(_RATINGS))
    elif fate < 74:
        course.sleep(15, 1_500)
        acknowledge(course)
    elif fate < 79:
        refuse(course)
        course.work(TO_ANSWER)
        course.reply(wording.PROGRESS)
        solve(course)
        course.sleep(15, 1_500)
        course.do(Confirm, course.customer)
        close(course)
    else:
        lapse(course, "confirmation_lapse")
        if course.chance(25):
            close(course)


def acknowledge(course: Course) -> None:
    """The customer says that it is solved; the agent replies and sets 已解决 (5.5)."""
    course.write(wording.SAYS_SOLVED, MessageKind.SOLVED)
    course.work(TO_ANSWER)
    course.do(MarkResolved, course.agent, reply=course.say(wording.RESOLVED))
    if course.chance(50):
        close(course)


def refuse(course: Course) -> None:
    """The customer says that it is not solved."""
    course.sleep(15, 900)
    course.do(Reject, course.customer, body=course.say(wording.NOT_SOLVED))


def close(course: Course, rating: int | None = None) -> None:
    """The customer says thanks at times, closes, and mostly rates."""
    course.sleep(5, 600)
    if course.chance(20):
        course.write(wording.SUPPLIED_THANKS, MessageKind.THANKS)
        course.wait(1, 5)
    if rating is None and course.chance(85):
        rating = course.rng.choice(_RATINGS)
    course.do(Close, course.customer, rating=rating)


def lapse(course: Course, clock: str, spell: Spell = USUALLY_ON_TIME) -> None:
    """The system does what is due (9), on time or after the day is over."""
    course.now = course.due(clock) + course.minutes(spell)
    course.do(_LAPSES[clock], SYSTEM)


def fall_silent(course: Course, spell: Spell = USUALLY_ON_TIME) -> None:
    """The customer never answers: reminder, 待确认, confirmed (9.1, 9.2, 9.3)."""
    lapse(course, "feedback_reminder", spell)
    lapse(course, "feedback_lapse", spell)
    lapse(course, "confirmation_lapse", spell)


def phone(course: Course, outcomes: str | Sequence[str] = wording.CALLED) -> None:
    """Phone the customer and write down the outcome (4.6)."""
    course.do(RecordCall, course.agent, outcome=course.say(outcomes))


def pass_on(course: Course) -> None:
    """转单: tell the customer, then pass the ticket on with a note (6.1, 6.2)."""
    to = course.colleague()
    course.reply(wording.PASSED_ON)
    course.wait(0, 2)
    course.do(
        Transfer,
        course.agent,
        to=to,
        judgement=course.say(wording.JUDGED),
        next_step=course.say(wording.NEXT_STEP),
    )
    course.agent = Actor(Role.AGENT, to)


def hand_over(course: Course) -> None:
    """交接: a colleague goes on, with a note of four parts (6.6)."""
    to = course.colleague()
    course.do(
        HandOver,
        course.agent,
        to=to,
        cause=course.matter(course.topic.causes),
        handler=wording.AGENTS[course.agent.id],
        progress=course.say(wording.PROGRESS_NOTE),
        next_step=course.say(wording.NEXT_STEP),
    )
    course.agent = Actor(Role.AGENT, to)


def closing_of(course: Course) -> datetime:
    """The close of the service day on which a problem that arrives now is to be solved (7.1)."""
    calendar = course.desk.calendar
    opened = calendar.next_opening(course.now)
    close_at = calendar.closing(opened.date())
    return opened if close_at is None else close_at
