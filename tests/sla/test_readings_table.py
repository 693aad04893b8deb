"""Readings as a notebook shows them: a row for each, on a zone's wall clock."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from ticketrules.sla.reading_rendering import amount, moment, readings_table

from .stories import at

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 09:20 an replied",
    "2026-03-02 10:00 customer customer_wrote",
)


def rows(story, when, lang="en"):
    readings = [one for one in story.readings(when) if one.clause in {"8.1", "8.3"}]
    return readings_table(readings, SHANGHAI, lang)


def test_every_column_in_english(tell):
    table = rows(tell(*LATE), "2026-03-02 11:30")
    assert table.title == "clocks (Asia/Shanghai)"
    assert table.heads == (
        *("clause", "clock", "verdict", "started", "stopped"),
        *("deadline", "counted", "left", "over", "agent"),
    )
    day = "2026-03-02"
    assert table.rows == (
        (
            *("8.1", "first_response", "breached", f"{day} 09:00", f"{day} 09:20"),
            *(f"{day} 09:15", "0h20m", "", "0h05m", ""),
        ),
        (
            *("8.3", "next_reply", "met", f"{day} 09:00", f"{day} 09:20"),
            *(f"{day} 13:00", "0h20m", "", "", "an"),
        ),
        (
            *("8.3", "next_reply #2", "running", f"{day} 10:00", ""),
            *(f"{day} 14:00", "1h30m", "2h30m", "", "an"),
        ),
    )


def test_in_chinese(tell):
    table = rows(tell(*LATE), "2026-03-02 11:30", "zh")
    assert table.title == "时钟 (Asia/Shanghai)"
    assert table.heads[:3] == ("条款", "时钟", "结论")
    assert [row[2] for row in table.rows] == ["超时", "达标", "计时中"]


@pytest.mark.parametrize(("lang", "word"), [("en", "provisional"), ("zh", "暂定")])
def test_a_deadline_that_rests_on_a_guess_says_so(tell, lang, word):
    table = rows(tell("2026-12-31 17:00 customer submitted"), "2026-12-31 17:10", lang)
    assert [row[5] for row in table.rows] == [
        f"2026-12-31 17:15 ({word})" if row[0] == "8.1" else f"2027-01-04 12:00 ({word})"
        for row in table.rows
    ]


def test_one_without_a_deadline_says_so_alone(tell):
    story = tell("2026-12-31 17:00 customer submitted", "2026-12-31 17:05 an escalated_to_platform")
    (reading,) = (one for one in story.readings("2026-12-31 17:10") if one.clause == "8.3")
    (row,) = readings_table([evolve(reading, provisional=True)], UTC, "en").rows
    assert row[5] == "(provisional)"


def test_a_notebook_shows_one_in_utc_under_its_tickets_id(tell):
    page = tell(*LATE).read("first_response", "2026-03-02 11:30")._repr_html_()
    assert page.startswith('<div lang="en"')
    for words in ("<strong>T1</strong>", "clocks (UTC)", "2026-03-02 01:15", "breached"):
        assert words in page


def test_moments_and_amounts_are_whole_minutes():
    assert moment(None, UTC) == ""
    assert moment(at("2026-03-02 09:05:59"), SHANGHAI) == "2026-03-02 09:05"
    assert amount(timedelta(hours=49, minutes=7, seconds=59)) == "49h07m"
    assert amount(timedelta(0)) == "0h00m"
