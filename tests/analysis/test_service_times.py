"""Three amounts of each ticket against a fold that looks at every event by itself."""

from datetime import timedelta

from hypothesis import given, settings

from ticketrules.analysis import frame_of_events, service_times
from ticketrules.desk import Desk
from ticketrules.rulebook import Policy
from ticketrules.tickets import Status
from ticketrules.tickets.lifecycle import fold

from .logs import NOW, usual_log
from .test_equal import logs

CALENDAR = Desk(Policy()).calendar


def by_hand(events, now):
    """What the docstring says, one event after another."""
    events = [event for event in events if event.at <= now]
    waits, work, response = [timedelta(0)], timedelta(0), None
    draft, since = None, None
    ends = [event.at for event in events[1:]] + [now]
    for event, end in zip(events, ends, strict=True):
        draft = fold(draft, event)
        if draft.unanswered_since is None:
            since = None
        else:
            since = event.at if since is None else since
            waits.append(CALENDAR.elapsed(since, end))
            if since == events[0].at and (response is None or response <= waits[-1]):
                response = waits[-1]
        if draft.status in {Status.NEW, Status.IN_PROGRESS}:
            work += CALENDAR.elapsed(event.at, end)
    first = fold(None, events[0])
    return None if first.unanswered_since is None else response, max(waits), work


@settings(deadline=None)
@given(log=logs())
def test_they_are_what_a_fold_comes_to(log):
    tickets, now = log
    frame = frame_of_events([one for events in tickets for one in events])
    known = [events for events in tickets if events[0].at <= now]
    found = service_times(frame, CALENDAR, now)
    assert found["ticket"].to_list() == [events[0].ticket for events in known]
    wanted = [by_hand(events, now) for events in known]
    assert found["longest_wait"].to_list() == [longest for _, longest, _ in wanted]
    assert found["solution"].to_list() == [work for _, _, work in wanted]
    for events, one, (response, _, _) in zip(
        known, found["first_response"].to_list(), wanted, strict=True
    ):
        if len({event.at for event in events[:3]}) == len(events[:3]):
            assert one == response


def test_blocks_make_no_difference():
    log = usual_log(21_000)
    whole = service_times(log, CALENDAR, NOW)
    part = service_times(log[8 * 19_990 :], CALENDAR, NOW)
    assert whole[19_990:].rows() == part.rows()
