"""What a notebook shows of readings, assessments, policies and differences."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from ticketrules import (
    Actor,
    Desk,
    Policy,
    Role,
    diff_policies,
    events,
    load_policy,
    marketplace,
    replay,
)
from ticketrules.sla import SlaPolicy

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 09:00 at the desk
EVIL = "<script>alert(1)</script>"


class Cells(HTMLParser):
    """The tags that stand open, and the words of every cell."""

    def __init__(self, page):
        super().__init__()
        self.open, self.cells, self.tags = [], [], set()
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


@pytest.fixture
def ticket():
    customer = Actor(Role.CUSTOMER)
    first = events.Submitted(id="e1", ticket=EVIL, at=NINE, by=customer, body="secret words")
    return replay([first])


def test_a_reading_shows_its_verdict_and_times(ticket):
    reading = marketplace().clocks.read(ticket, NINE + timedelta(minutes=20))[0]
    cells = Cells(reading._repr_html_()).cells
    assert {"8.1", "first_response", "breached", "2026-03-02 01:00", "0h20m", "0h05m"} <= set(cells)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", {"status", "new", "late", "breached"}), ("zh", {"状态", "未处理", "已超时", "超时"})],
)
def test_an_assessment_shows_all_of_it_on_the_desks_wall_clock(ticket, lang, words):
    assessment = marketplace().assess(ticket, NINE + timedelta(minutes=20))
    page = assessment.html(lang)
    told = " ".join(Cells(page).cells)
    assert all(word in told for word in words)
    assert "2026-03-02 09:15" in told
    assert all(reading.clock in told for reading in assessment.readings)
    text = assessment.text(lang)
    assert all(word in text for word in words)
    assert EVIL in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", {"findings", "transfer needs a note"}), ("zh", {"违规记录", "转单"})],
)
def test_findings_are_shown_with_clause_and_event(ticket, lang, words):
    at = NINE + timedelta(minutes=10)
    hasty = events.Transferred(id="e2", ticket=EVIL, at=at, by=Actor(Role.AGENT, "li"), to="wang")
    assessment = marketplace().assess(replay([*ticket.history, hasty]), at)
    told = assessment.html(lang)
    assert all(word in told for word in words)
    assert {"6.1", "6.2", "e2", "2026-03-02 09:10"} <= set(Cells(told).cells)


def test_what_is_not_there_has_no_table(ticket):
    silent = Desk(Policy(), (SlaPolicy(name="nothing", targets=()),))
    assessment = silent.assess(ticket, NINE)
    assert (assessment.needs, assessment.readings, assessment.findings) == ((), (), ())
    assert assessment.html().count("<table") == 1


def test_what_comes_from_outside_is_escaped_and_no_message_is_shown(ticket):
    page = marketplace().assess(ticket, NINE)._repr_html_()
    assert "script" not in Cells(page).tags
    assert "secret words" not in page


def test_every_setting_of_a_policy_is_shown_with_its_clause():
    cells = Cells(Policy()._repr_html_()).cells
    assert {"promises.first_response", '"15m"', "8.1", "waiting.reminder_after_days"} <= set(cells)


def test_a_difference_is_escaped():
    other = load_policy('name = "<b>"\n[promises]\nfirst_response = "5m"\n')
    page = diff_policies(Policy(), other)._repr_html_()
    assert "b" not in Cells(page).tags
    assert {"promises.first_response", '"15m"', '"5m"'} <= set(Cells(page).cells)
