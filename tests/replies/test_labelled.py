"""Every labelled reply has the faults that it is labelled with, and no other."""

import pytest

from ticketrules.replies import ReviewContext, review
from ticketrules.tickets import Status, commands

from . import labelled, tried

TWO = ("域名解析多久生效？证书要另外买吗？",)
SITUATIONS = {
    "answer": ReviewContext(asked=("网站打不开",)),
    "several": ReviewContext(asked=TWO),
    "take_up": ReviewContext(before=Status.NEW, asked=("网站打不开",)),
    "feedback": ReviewContext(command=commands.RequestFeedback, after=Status.AWAITING_FEEDBACK),
    "solution": ReviewContext(command=commands.ProposeSolution, after=Status.AWAITING_CONFIRMATION),
    "resolved": ReviewContext(command=commands.MarkResolved, after=Status.RESOLVED),
    "promise": ReviewContext(command=commands.PromiseResolution),
    "transfer": ReviewContext(command=commands.Transfer, transferred_to="wang"),
    "platform": ReviewContext(command=commands.Escalate),
    "password": ReviewContext(password_used=True),
    "password_solution": ReviewContext(
        command=commands.ProposeSolution, after=Status.AWAITING_CONFIRMATION, password_used=True
    ),
    "long": ReviewContext(),
}


def cases():
    for line in (*labelled.LINES.splitlines(), *tried.LINES.splitlines()):
        situation, reply, faults = (part.strip() for part in line.split("|"))
        reply = reply.replace("⏎", "\n").replace("{long}", "请您逐项核对配置。" * 70)
        yield pytest.param(situation, reply, sorted(filter(None, faults.split(","))), id=line[:60])


CASES = list(cases())


def test_there_are_enough_of_them():
    assert len(CASES) >= 450
    assert sum(bool(case.values[2]) for case in CASES) >= 200
    assert sum(not case.values[2] for case in CASES) >= 200


@pytest.mark.parametrize(("situation", "reply", "faults"), CASES)
def test_a_reply_has_the_faults_of_its_label(situation, reply, faults):
    if situation == "call":
        context = ReviewContext(command=commands.RecordCall, call_outcome=reply)
        found = review(None, context)
    else:
        found = review(reply, SITUATIONS[situation])
    assert sorted(str(one.fault) for one in found) == faults
    for one in found:
        if one.span is not None:
            start, end = one.span
            assert 0 <= start < end <= len(reply)
