"""Tickets whose histories depart from the lifecycle, as recorded histories do.

The step that the desk would refuse is recorded past it; the rest is decided by the desk as ever.
"""

from typing import Final

from ticketrules.sample import stages, wording
from ticketrules.sample.course import Course
from ticketrules.sample.landmarks import Landmark
from ticketrules.tickets import SYSTEM, Actor, Role, events
from ticketrules.tickets.commands import Accept, Confirm


def waiting_without_a_reply(course: Course) -> None:
    """待反馈, and the customer was never told what is wanted (5.3)."""
    stages.arrive(course)
    course.work(stages.SOON)
    course.do(Accept, course.agent)
    course.record(events.FeedbackRequested, course.agent)
    course.sleep(30, 90)
    course.write(wording.HURRY)
    course.work(stages.SOON)
    course.reply(wording.RECEIVED_LATE)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def solved_without_a_reply(course: Course) -> None:
    """待确认 without a word to the customer (5.4)."""
    stages.receive(course, stages.SOON)
    course.sleep(20, 60)
    course.write(course.topic.further[0])
    course.work(stages.TO_ANSWER)
    course.record(events.SolutionProposed, course.agent)
    course.sleep(20, 60)
    course.do(Confirm, course.customer)


def transferred_without_a_note(course: Course) -> None:
    """转单 with nothing said to the colleague (6.1)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    to = course.colleague()
    course.record(events.Transferred, course.agent, to=to)
    course.agent = Actor(Role.AGENT, to)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def transferred_without_an_answer(course: Course) -> None:
    """转单 before the customer was answered (6.2)."""
    stages.arrive(course)
    course.work(stages.SOON)
    to = course.colleague()
    course.record(
        events.Transferred,
        course.agent,
        to=to,
        judgement=course.say(wording.JUDGED),
        next_step=course.say(wording.NEXT_STEP),
    )
    course.agent = Actor(Role.AGENT, to)
    course.work(stages.SOON)
    stages.first_answer(course)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def offline_agent_not_told(course: Course) -> None:
    """Dispatched to an agent who is offline and knows nothing of it (6.3)."""
    course.submit()
    course.open()
    course.record(events.Dispatched, SYSTEM, to=course.agent.id, online=False)
    course.work(((1, 120, 200),))
    stages.first_answer(course)
    stages.diagnose(course)
    stages.solve(course)
    stages.settle(course)


def written_after_closing(course: Course) -> None:
    """The customer writes on a closed ticket (5.1)."""
    stages.receive(course, stages.SOON)
    stages.diagnose(course)
    stages.solve(course)
    stages.close(course, rating=4)
    course.sleep(1_500, 4_000)
    course.record(events.CustomerWrote, course.customer, body=course.say(wording.ANOTHER))


def resolved_unasked(course: Course) -> None:
    """已解决 by the agent, though the customer never said so (5.5)."""
    stages.receive(course, stages.SOON)
    stages.diagnose(course)
    course.work(stages.TO_SOLVE)
    course.reply(wording.RESOLVED)
    course.record(events.Resolved, course.agent)


def lapsed_before_its_time(course: Course) -> None:
    """Moved to 待确认 on the fifth working day of seven, and confirmed on the first (9.2, 9.3)."""
    stages.receive(course, stages.SOON)
    course.work(stages.SOON)
    stages.ask(course)
    stages.lapse(course, "feedback_reminder", stages.ON_TIME)
    calendar = course.desk.calendar
    for kind, days in ((events.FeedbackLapsed, 3), (events.ConfirmationLapsed, 1)):
        day = calendar.nth_working_day(course.now.date(), days)
        course.at(day.month, day.day, 10, 30, year=day.year)
        course.record(kind, SYSTEM)


def handed_over_without_a_note(course: Course) -> None:
    """交接 with half a note (6.6)."""
    stages.receive(course, stages.SOON)
    stages.diagnose(course)
    to = course.colleague()
    course.record(events.HandedOver, course.agent, to=to, cause=course.matter(course.topic.causes))
    course.agent = Actor(Role.AGENT, to)
    course.work(stages.TO_SOLVE)
    stages.propose(course)
    stages.settle(course)


DEPARTURES: Final = (
    Landmark((1, 21, 10, 10), waiting_without_a_reply),
    Landmark((3, 11, 14, 40), solved_without_a_reply),
    Landmark((4, 22, 9, 30), transferred_without_a_note),
    Landmark((5, 27, 13, 45), transferred_without_an_answer),
    Landmark((6, 24, 15, 20), offline_agent_not_told),
    Landmark((7, 15, 11, 5), written_after_closing),
    Landmark((8, 26, 16, 0), resolved_unasked),
    Landmark((10, 14, 10, 50), lapsed_before_its_time),
    Landmark((11, 25, 9, 55), handed_over_without_a_note),
)
"""The tickets that depart from the lifecycle, each by another clause."""
