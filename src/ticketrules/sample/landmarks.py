"""Tickets at fixed dates: those that meet the calendar's odd days, and single moves.

Every set of tickets has each of them once, so that no clause and no kind of event is left to
chance. The days that the tickets at the sample's end live through are in ``closing_days``.
"""

from typing import Final

from attrs import frozen

from ticketrules.sample import scenarios, stages, wording
from ticketrules.sample.course import PLATFORM, Course
from ticketrules.sample.scenarios import Tell
from ticketrules.tickets import SYSTEM, MessageKind, Superior, events
from ticketrules.tickets.commands import (
    Accept,
    Complain,
    Confirm,
    Dispatch,
    MarkBusinessStopping,
    Reply,
    Report,
    RequestFeedback,
    WithdrawComplaint,
)


@frozen
class Landmark:
    """A story that begins on a given day.

    Attributes:
        opened: Month, day, hour and minute of the submission, on the desk's wall clock.
        tell: The story.
        stops: Whether it is about a topic that stops the customer's business (7.1).
        year: The year of the submission.
        is_follow_up: Whether it follows up a closed ticket.
    """

    opened: tuple[int, int, int, int]
    tell: Tell
    stops: bool = False
    year: int = 2026
    is_follow_up: bool = False


def _finish(course: Course) -> None:
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


# Spring Festival 2026: 15 to 23 February off, Saturdays 14 and 28 February worked


def answered_after_spring_festival(course: Course) -> None:
    """Twelve minutes before the festival and one after it: in time, ten days later (8.1)."""
    course.submit()
    course.at(2, 24, 9, 1)
    stages.first_answer(course)
    _finish(course)


def forgotten_over_spring_festival(course: Course) -> None:
    """A question on the eve of the worked Saturday, answered after the festival (8.3)."""
    stages.receive(course, stages.SOON)
    course.at(2, 13, 17, 49)
    course.write(course.topic.further[0])
    course.at(2, 24, 9, 40)
    course.reply(wording.RECEIVED_LATE)
    _finish(course)


def submitted_in_spring_festival(course: Course) -> None:
    """Arrived on a holiday: the clock starts at the next opening."""
    stages.receive(course, stages.SOON)
    _finish(course)


def stopped_in_spring_festival(course: Course) -> None:
    """Stops the business on a holiday: the day is the next service day (7.1)."""
    stages.receive(course, stages.SOON)
    course.do(MarkBusinessStopping, course.agent)
    course.at(2, 24, 15, 30)
    stages.propose(course)
    stages.settle(course)


def silent_over_spring_festival(course: Course) -> None:
    """A wait whose second and seventh working days lie after the festival (9.1, 9.2)."""
    stages.receive(course, stages.SOON)
    course.at(2, 13, 10, 20)
    stages.ask(course)
    stages.fall_silent(course, stages.ON_TIME)


def made_up_saturday(course: Course) -> None:
    """Everything on one worked Saturday."""
    stages.receive(course, stages.SOON)
    stages.verify(course)
    course.at(course.now.month, course.now.day, 11, 5)
    stages.diagnose(course, stages.SOON)
    course.at(course.now.month, course.now.day, 16, 10)
    stages.propose(course)
    course.at(course.now.month, course.now.day, 17, 20)
    course.do(Confirm, course.customer)
    course.wait(1, 9)
    stages.close(course, rating=5)


def handed_over_before_spring_festival(course: Course) -> None:
    """The agent leaves for the festival; a colleague goes on after it (6.6)."""
    stages.receive(course, stages.SOON)
    stages.diagnose(course)
    course.at(2, 14, 17, 41)
    stages.hand_over(course)
    course.at(2, 24, 10, 15)
    stages.propose(course)
    stages.settle(course)


def overlooked_saturday(course: Course) -> None:
    """Submitted on a worked Saturday that the desk took for a weekend (8.1, 8.3)."""
    course.submit()
    course.at(3, 2, 9, 12)
    stages.first_answer(course)
    _finish(course)


# Other holidays


def answered_after_holiday(course: Course) -> None:
    """Submitted minutes before a holiday, answered minutes after it."""
    stages.receive(course, ((1, 10, 14),))
    _finish(course)


def awaited_over_national_day(course: Course) -> None:
    """Waits for the customer over National Day; a worked Saturday counts after it."""
    stages.receive(course, stages.SOON)
    course.at(9, 30, 16, 30)
    stages.ask(course)
    course.at(10, 8, 17, 40)
    stages.supply(course)
    course.at(10, 9, 9, 30)
    course.reply(wording.PROGRESS)
    course.at(10, 10, 11, 0)
    stages.propose(course)
    stages.settle(course)


def confirmed_after_national_day(course: Course) -> None:
    """待确认 since the eve of National Day; the third working day is a Saturday (9.3)."""
    stages.receive(course, stages.SOON)
    course.at(9, 30, 15, 20)
    stages.propose(course)
    stages.lapse(course, "confirmation_lapse", stages.ON_TIME)


def answered_at_the_weekend(course: Course) -> None:
    """An agent answers on a Sunday, outside the service hours (3.2)."""
    course.submit()
    course.wait(200, 400)
    stages.first_answer(course)
    course.sleep(400, 500)
    course.write(wording.SUPPLIED_THANKS, MessageKind.THANKS)
    course.open()
    _finish(course)


# Moves


def complaint_settled(course: Course) -> None:
    """A complaint while it is worked on, withdrawn after the solution (7.2)."""
    stages.receive(course, stages.SOON)
    course.sleep(60, 90)
    course.write(wording.ANGRY)
    course.do(Complain, course.customer)
    course.work(stages.SOON)
    stages.phone(course)
    course.reply(wording.PROGRESS)
    _solve_soon(course)
    course.sleep(30, 90)
    course.do(WithdrawComplaint, course.customer)
    course.wait(2, 9)
    course.do(Confirm, course.customer)


def reported(course: Course) -> None:
    """The mood cannot be contained: reported to the supervisor, then to operations (4.6)."""
    stages.receive(course, stages.SOON)
    course.sleep(100, 120)
    course.write(wording.ANGRY)
    course.work(stages.SOON)
    stages.phone(course, wording.NOT_REACHED)
    course.do(Report, course.agent, to=Superior.SUPERVISOR)
    course.reply(wording.PROGRESS)
    course.sleep(100, 120)
    course.write(wording.ANGRY)
    course.do(Complain, course.customer)
    course.work(stages.SOON)
    stages.phone(course)
    course.do(Report, course.agent, to=Superior.OPERATIONS)
    course.reply(wording.PROGRESS)
    _solve_soon(course)
    stages.close(course, rating=1)


def _solve_soon(course: Course) -> None:
    course.work(((1, 60, 120),))
    stages.propose(course)


def automatic_messages(course: Course) -> None:
    """Machines talk to each other; nothing of it is a question or an answer (8)."""
    course.submit()
    course.wait(1, 2)
    course.record(events.Replied, course.agent, body=wording.AWAY, automatic=True)
    course.wait(3, 8)
    stages.first_answer(course)
    course.work(stages.SOON)
    stages.ask(course)
    course.wait(0, 1)
    course.write(wording.CUSTOMER_AWAY, MessageKind.AUTOMATIC)
    stages.lapse(course, "feedback_reminder", stages.ON_TIME)
    course.wait(0, 2)
    course.write(wording.CUSTOMER_AWAY, MessageKind.AUTOMATIC)
    stages.lapse(course, "feedback_lapse", stages.ON_TIME)
    course.sleep(30, 200)
    course.write(wording.SUPPLIED_THANKS, MessageKind.THANKS)
    stages.lapse(course, "confirmation_lapse", stages.ON_TIME)


def submitted_by_phone(course: Course) -> None:
    """An agent submits it on the customer's behalf and takes it."""
    course.submit(by=course.agent)
    course.wait(1, 3)
    course.do(Accept, course.agent)
    stages.first_answer(course)
    _finish(course)


def encrypted(course: Course) -> None:
    """A password is needed: encrypted, and changed after the work (6.5)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    course.do(RequestFeedback, course.agent, reply=wording.WANTED_ENCRYPTED)
    course.sleep(30, 90)
    course.write(wording.SENT_ENCRYPTED)
    course.work(((1, 30, 60),))
    course.reply(wording.AFTER_ENCRYPTED)
    course.wait(1, 4)
    stages.propose(course)
    stages.settle(course)


def numbered(course: Course) -> None:
    """Two questions, one enumerated answer (4.4)."""
    stages.receive(course, stages.SOON)
    course.sleep(10, 40)
    course.write(course.topic.further[0])
    course.wait(1, 3)
    course.write(course.topic.further[1])
    course.work(stages.SOON)
    first, second = course.topic.answers
    course.reply(wording.NUMBERED, first=first, second=second)
    stages.close(course, rating=5)


def offline_agent_told(course: Course) -> None:
    """Dispatched to an agent who is offline and is told (6.3)."""
    course.submit()
    course.open()
    course.do(Dispatch, PLATFORM, to=course.agent.id, online=False, told=True)
    course.work(stages.SOON)
    stages.first_answer(course)
    _finish(course)


def asked_again(course: Course) -> None:
    """The same problem as in an earlier, closed ticket."""
    course.submit()
    course.wait(1, 3)
    course.write(wording.ANOTHER)
    course.open()
    course.do(Dispatch, SYSTEM, to=course.agent.id)
    course.work(stages.SOON)
    stages.first_answer(course)
    _finish(course)


def returned_by_platform(course: Course) -> None:
    """The platform holds it for two days; the provider's clocks stand still (6.4)."""
    stages.receive(course, stages.SOON)
    stages.verify(course)
    course.work(stages.SOON)
    scenarios.escalate(course)
    course.sleep(60, 90)
    course.write(wording.HURRY)
    course.wait(2_400, 2_900)
    course.do(Reply, PLATFORM, reply=course.say(wording.PLATFORM_SAYS))
    course.wait(5, 10)
    scenarios.come_back(course)
    course.work(stages.SOON)
    stages.propose(course)
    stages.settle(course)


def unsolved_and_phoned(course: Course) -> None:
    """Stops the business, is not solved on the day, and the customer is phoned (7.1)."""
    closing = stages.closing_of(course)
    stages.receive(course, stages.SOON)
    course.do(MarkBusinessStopping, course.agent)
    course.now = closing
    course.wait(1, 9)
    stages.phone(course, wording.CALL_BEFORE_NIGHT)
    course.work(((1, 30, 90),))
    stages.propose(course)
    course.sleep(10, 60)
    course.do(Confirm, course.customer)


# Waits


def lapsed_late(course: Course) -> None:
    """The system reminds and moves it days late (9.1, 9.2, 9.3)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    stages.ask(course)
    stages.fall_silent(course, stages.LATE)


def lapsed_on_time(course: Course) -> None:
    """The system reminds and moves it when it is due (9.1, 9.2, 9.3)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    stages.ask(course)
    stages.fall_silent(course, stages.ON_TIME)


def never_reminded(course: Course) -> None:
    """Waits for feedback ever since; the system never did anything (9.1, 9.2)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    stages.ask(course)


def never_confirmed(course: Course) -> None:
    """待确认 ever since (9.3)."""
    stages.receive(course, stages.SOON)
    stages.diagnose(course)
    stages.solve(course)


LANDMARKS: Final = (
    Landmark((2, 14, 17, 48), answered_after_spring_festival),
    Landmark((2, 13, 16, 20), forgotten_over_spring_festival),
    Landmark((2, 18, 21, 15), submitted_in_spring_festival),
    Landmark((2, 17, 20, 5), stopped_in_spring_festival, stops=True),
    Landmark((2, 13, 9, 30), silent_over_spring_festival),
    Landmark((2, 14, 9, 25), made_up_saturday),
    Landmark((2, 14, 10, 40), handed_over_before_spring_festival),
    Landmark((2, 28, 9, 15), made_up_saturday),
    Landmark((2, 28, 10, 30), overlooked_saturday),
    Landmark((4, 30, 17, 57), answered_after_holiday),
    Landmark((5, 9, 9, 40), made_up_saturday),
    Landmark((9, 30, 17, 57), answered_after_holiday),
    Landmark((9, 30, 14, 10), awaited_over_national_day),
    Landmark((9, 30, 11, 20), confirmed_after_national_day),
    Landmark((9, 20, 9, 50), made_up_saturday),
    Landmark((6, 7, 10, 30), answered_at_the_weekend),
    Landmark((3, 18, 9, 50), complaint_settled),
    Landmark((8, 5, 9, 20), reported),
    Landmark((5, 20, 10, 10), automatic_messages),
    Landmark((4, 14, 11, 0), submitted_by_phone),
    Landmark((6, 10, 14, 20), encrypted),
    Landmark((7, 22, 15, 5), numbered),
    Landmark((8, 18, 9, 35), offline_agent_told),
    Landmark((7, 10, 10, 15), asked_again, is_follow_up=True),
    Landmark((11, 12, 16, 25), asked_again, is_follow_up=True),
    Landmark((3, 24, 10, 5), returned_by_platform),
    Landmark((9, 8, 15, 30), unsolved_and_phoned, stops=True),
    Landmark((6, 29, 10, 40), lapsed_late),
    Landmark((1, 12, 14, 0), lapsed_on_time),
    Landmark((11, 18, 10, 20), never_reminded),
    Landmark((10, 27, 9, 45), never_confirmed),
)
"""Every ticket at a fixed date but those of the closing days and the departures."""
