"""Tickets of the sample's last days, across a New Year that no notice had announced.

They leave every kind of clock running, paused or overdue at the end, and their verdicts are
provisional until the notice for 2027 comes.
"""

from typing import Final

from ticketrules.sample import scenarios, stages, wording
from ticketrules.sample.course import Course
from ticketrules.sample.landmarks import Landmark
from ticketrules.tickets.commands import Clarify, Complain, MarkBusinessStopping


def _january(course: Course, day: int, hour: int, minute: int) -> None:
    course.at(1, day, hour, minute, year=2027)


def answered_after_new_year(course: Course) -> None:
    """Ten minutes before the holiday and a few after it (8.1)."""
    course.submit()
    _january(course, 4, 9, 2)
    stages.first_answer(course)
    stages.diagnose(course)


def stopped_over_new_year(course: Course) -> None:
    """Stops the business on the eve, solved after the holiday (7.1)."""
    stages.receive(course, stages.SOON)
    course.do(MarkBusinessStopping, course.agent)
    course.at(12, 31, 17, 45)
    stages.phone(course, wording.CALL_BEFORE_NIGHT)
    _january(course, 4, 10, 30)
    stages.propose(course)


def awaited_over_new_year(course: Course) -> None:
    """Reminded on the second working day, and waiting still (9.1, 9.2)."""
    stages.receive(course, stages.SOON)
    course.at(12, 30, 15, 0)
    stages.ask(course)
    stages.lapse(course, "feedback_reminder", stages.ON_TIME)


def confirmed_after_new_year(course: Course) -> None:
    """The third working day of 待确认 comes after the holiday (9.3)."""
    stages.receive(course, stages.SOON)
    course.at(12, 30, 14, 10)
    stages.propose(course)
    stages.lapse(course, "confirmation_lapse", stages.ON_TIME)


def unconfirmed_at_the_end(course: Course) -> None:
    """待确认 at the end (9.3)."""
    stages.receive(course, stages.SOON)
    course.at(12, 31, 16, 0)
    stages.propose(course)


def with_platform_at_the_end(course: Course) -> None:
    """The platform holds it at the end: 7.1 and 8.3 stand still (6.4)."""
    stages.receive(course, stages.SOON)
    course.do(MarkBusinessStopping, course.agent)
    course.work(stages.SOON)
    scenarios.escalate(course)
    course.sleep(60, 120)
    course.write(wording.HURRY)


def promise_paused_at_the_end(course: Course) -> None:
    """The problem is clear but for one thing, which the customer owes: 8.2 stands still."""
    stages.receive(course, stages.SOON)
    _january(course, 5, 10, 0)
    course.do(Clarify, course.agent)
    _january(course, 5, 10, 9)
    stages.ask(course)


def overdue_at_the_end(course: Course) -> None:
    """A question unanswered for more than a day (8.3)."""
    stages.receive(course, stages.SOON)
    _january(course, 4, 10, 20)
    course.write(course.topic.further[0])


def complaint_at_the_end(course: Course) -> None:
    """An open complaint, phoned, not solved (7.2)."""
    stages.receive(course, stages.SOON)
    _january(course, 5, 10, 40)
    course.write(wording.ANGRY)
    course.do(Complain, course.customer)
    course.wait(5, 12)
    stages.phone(course)
    course.reply(wording.PROGRESS)


def stopping_at_the_end(course: Course) -> None:
    """Stops the business and is to be solved today (7.1)."""
    stages.receive(course, stages.SOON)
    course.do(MarkBusinessStopping, course.agent)


def hurried_at_the_end(course: Course) -> None:
    """Asked three times within minutes, and not phoned yet (7.3)."""
    stages.receive(course, stages.SOON)
    for phrases in (wording.HURRY, wording.HURRY, wording.ANGRY):
        course.wait(1, 4)
        course.write(phrases)


def promise_owed_at_the_end(course: Course) -> None:
    """The problem is clear, and its time is owed within minutes (8.2)."""
    stages.receive(course, stages.SOON)
    _january(course, 5, 16, 38)
    course.do(Clarify, course.agent)


def fresh_at_the_end(course: Course) -> None:
    """Submitted minutes ago (8.1)."""
    stages.arrive(course)


CLOSING_DAYS: Final = (
    Landmark((12, 31, 17, 50), answered_after_new_year),
    Landmark((12, 31, 15, 40), stopped_over_new_year, stops=True),
    Landmark((12, 30, 13, 50), awaited_over_new_year),
    Landmark((12, 30, 10, 30), confirmed_after_new_year),
    Landmark((12, 31, 14, 20), unconfirmed_at_the_end),
    Landmark((1, 4, 14, 30), with_platform_at_the_end, stops=True, year=2027),
    Landmark((1, 5, 9, 20), promise_paused_at_the_end, year=2027),
    Landmark((1, 4, 9, 30), overdue_at_the_end, year=2027),
    Landmark((1, 5, 9, 35), complaint_at_the_end, year=2027),
    Landmark((1, 5, 13, 30), stopping_at_the_end, stops=True, year=2027),
    Landmark((1, 5, 16, 5), hurried_at_the_end, year=2027),
    Landmark((1, 5, 16, 15), promise_owed_at_the_end, year=2027),
    Landmark((1, 5, 16, 52), fresh_at_the_end, year=2027),
)
"""The tickets of the last days."""
