"""Proofs as text, as HTML and as plain values."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from unicodedata import east_asian_width

import pytest
from attrs import evolve
from hypothesis import given, settings

from ticketrules.calendar import ServiceHours
from ticketrules.clauses import Text
from ticketrules.rulebook import Policy
from ticketrules.sla import (
    CalendarTime,
    ClockSet,
    Proof,
    explain,
)
from ticketrules.sla.proof_rendering import NARROWEST, WIDTH
from ticketrules.tickets import Actor, Role, events, replay
from ticketrules.verification.minutes import Rules

from .proofs import (
    DESK,
    HELD_OVER_SPRING_FESTIVAL,
    HOUR,
    MICROSECOND,
    OWN,
    answer,
    patient,
    proofs,
    proofs_of,
    proved,
)
from .stories import at, fact
from .test_oracle import clocks_of

HOSTILE = "<script>alert('x')</script>\x1b[31m&\u202e\n"
WORDS = "my word is hunter2"


def hostile_proof(when="2026-03-03 10:00"):
    """A proof of a ticket whose ids are markup, and whose customer wrote a secret."""
    customer, agent = Actor(Role.CUSTOMER), Actor(Role.AGENT, HOSTILE)
    ticket = replay(
        (
            events.Submitted(
                id=HOSTILE + "1",
                ticket=HOSTILE,
                at=at("2026-03-02 17:00"),
                by=customer,
                body=WORDS,
            ),
            events.EscalatedToPlatform(
                id=HOSTILE + "2", ticket=HOSTILE, at=at("2026-03-02 17:30"), by=agent, note=WORDS
            ),
            events.PlatformReturned(
                id=HOSTILE + "3", ticket=HOSTILE, at=at("2026-03-03 09:30"), by=Actor(Role.PLATFORM)
            ),
        )
    )
    clocks = clocks_of(Rules())
    (reading,) = (one for one in clocks.read(ticket, at(when)) if one.clock == "next_reply")
    return explain(reading, clocks.calendar)


LATE = (
    "2026-03-02 09:00 customer submitted",
    "2026-03-02 17:30 an escalated_to_platform",
    "2026-03-03 10:00 platform platform_returned",
)


def columns(line):
    """How many columns of a terminal a line takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


class Page(HTMLParser):
    """The tags and the words of a piece of HTML; every tag must be closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words, self.rows, self._open = set(), [], 0, []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self._open.append(tag)
        self.rows += tag == "tr"
        assert {name for name, _value in attrs} <= {"style", "lang", "scope", "colspan", "datetime"}

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


class TestText:
    """A table of eighty columns, in either language, in the desk's zone."""

    def test_in_english(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-24 10:00", 2)
        assert (
            proof.text()
            == """\
ticket         T1 (times in Asia/Shanghai)
promise        answer to every message [8.3], next_reply, cycle 2
verdict        running
started        2026-02-14 Sat 16:00, by e3
read           2026-02-24 Tue 10:00
deadline       2026-02-24 Tue 12:00
allowed        4h00m
counted        2h00m
left           2h00m
paused         1h00m in hours, 138h00m outside
outside hours  231h00m in all

from                  to           + counts   why
since e3
2026-02-14 Sat 16:00  17:00        + 1h00m    make-up working day (Spring
                                              Festival) [3.1]
since e4
2026-02-14 Sat 17:00  18:00          1h00m    paused: the platform holds the
                                              ticket [6.4]
2026-02-14 Sat 18:00  24:00          6h00m    outside hours; paused: the
                                              platform holds the ticket [3.1]
2026-02-15 Sun 00:00  02-20 12:00    132h00m  Spring Festival; paused: the
                                              platform holds the ticket [3.1]
since e5
2026-02-20 Fri 12:00  02-24 00:00    84h00m   Spring Festival [3.1]
2026-02-24 Tue 00:00  09:00          9h00m    outside hours [3.1]
2026-02-24 Tue 09:00  10:00        + 1h00m    service hours [3.1]

until the deadline, if nothing else happens
from                  to           + counts   why
since e5
2026-02-24 Tue 10:00  12:00        + 2h00m    service hours [3.1]
"""
        )

    def test_in_chinese(self, tell):
        story = tell("2026-12-31 17:00 customer submitted")
        proof = proved(story, "first_response", "2026-12-31 17:20")
        assert (
            proof.text("zh")
            == """\
工单  T1 (时区 Asia/Shanghai)
承诺  首次响应 [8.1], first_response, 第 1 轮
结果  超时 2026-12-31 周四 17:15
开始  2026-12-31 周四 17:00, 事件 e1
读数  2026-12-31 周四 17:20
截止  2026-12-31 周四 17:15
时限  0h15m
计时  0h20m
超出  0h05m
暂定  含尚未公布安排的日期

开始                   结束   + 计时   原因
自 e1 起
2026-12-31 周四 17:00  17:20  + 0h20m  服务时间 [3.1]; 暂定
"""
        )

    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("en", "ticket promise verdict started stopped due from deadline counted"),
            ("zh", "工单 承诺 结果 开始 结束 到期 截止 计时"),
        ],
    )
    def test_a_wait_that_is_over_has_its_facts_by_name(self, tell, lang, words):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 an feedback_requested",
            "2026-03-02 11:00 customer customer_wrote",
        )
        proof = proved(story, "feedback_lapse", "2026-03-06 10:00")
        assert fact_names(proof, lang) == words.replace("due from", "due_from").split()

    def test_so_has_one_that_has_stood_still(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-24 10:00", 2)
        words = "工单 承诺 结果 开始 读数 截止 时限 计时 剩余 暂停 非服务时间"
        assert fact_names(proof, "zh") == words.split()

    def test_and_one_whose_deadline_nobody_knows(self):
        calendar = Policy(service_hours=ServiceHours(unannounced="raise")).calendar()
        clocks = ClockSet("own", OWN[1:2], calendar)
        facts = [fact("2026-12-31 16:00 customer submitted")]
        (proof,) = proofs_of(clocks, facts, at("2026-12-31 17:00"))
        words = "工单 承诺 结果 开始 读数 截止 时限 计时 剩余 暂定"
        assert fact_names(proof, "zh") == words.split()

    def test_one_read_when_it_starts_has_only_what_lies_ahead(self, tell):
        story = tell("2026-03-02 09:00 customer submitted")
        _facts, *tables = proved(story, "next_reply", "2026-03-02 09:00").text().split("\n\n")
        (ahead,) = tables
        assert ahead.splitlines()[0] == "until the deadline, if nothing else happens"
        assert ahead.splitlines()[-1] == (
            "2026-03-02 Mon 09:00  13:00  + 4h00m   service hours [3.1]"
        )

    @pytest.mark.parametrize(
        ("ends", "shown"),
        [
            ("2026-01-03 14:00:02", "2025-12-30 Tue 10:00:01  2026-01-03 14:00:02  + 100h00m01s"),
            ("2025-12-30 10:00:02", "2025-12-30 Tue 10:00:01  10:00:02  + 0h00m01s"),
            ("2025-12-31 10:00:01", "2025-12-30 Tue 10:00:01  12-31 10:00:01  + 24h00m"),
        ],
    )
    def test_seconds_and_years_are_shown_where_they_are_not_plain(self, ends, shown):
        assert shown in one_segment("2025-12-30 10:00:01", ends).text()

    REASON = " ".join(["a reason that is long enough"] * 4)

    def test_a_reason_with_the_least_room_stands_beside_its_times(self):
        page = one_segment("2025-12-30 10:00:01", "2026-01-03 14:00:02", self.REASON).text()
        first, *further = page.partition("since e1\n")[2].splitlines()
        times = WIDTH - NARROWEST
        assert (first[:times][-2:], first[times:]) == ("  ", "a reason that is")
        assert {line[:times].strip() for line in further} == {""}
        assert all(line[times] != " " for line in further)

    def test_one_with_less_stands_on_lines_of_its_own(self):
        page = one_segment("2025-12-30 10:00:01.5", "2026-01-03 14:00:01.5", self.REASON).text()
        times, *reason = page.partition("since e1\n")[2].splitlines()
        assert "a reason" not in times
        assert all(line[:5].strip() == line[4] for line in reason)

    @pytest.mark.parametrize(
        ("length", "lines"), [(76 - len(" [8.3]"), 1), (77 - len(" [8.3]"), 2)]
    )
    def test_such_a_line_is_as_wide_as_the_page(self, length, lines):
        page = one_segment("2025-12-30 10:00:01.5", "2026-01-03 14:00:01.5", "x" * length).text()
        assert len(page.partition("since e1\n")[2].splitlines()) == 1 + lines

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @settings(patient, max_examples=60)
    @given(given_proof=proofs())
    def test_no_line_is_wider_than_eighty_columns(self, lang, given_proof):
        proof, _calendar = given_proof
        lines = proof.text(lang).splitlines()
        assert max(map(columns, lines)) <= 80
        assert all(line == line.rstrip() for line in lines)

    def test_microseconds_are_shown_and_fit(self):
        clocks = ClockSet("own", OWN, DESK)
        now = at("2026-03-02 20:00:01.000002")
        proof, *_others = proofs_of(clocks, [fact("2026-03-02 17:00 customer submitted")], now)
        text = proof.text()
        assert "20:00:01.000002" in text
        assert max(map(columns, text.splitlines())) <= 80

    def test_a_reason_without_room_beside_its_times_stands_below_them(self):
        began, now = at("2026-03-02 17:00:01.000002"), at("2026-03-02 20:00:00.000001")
        opened = events.Submitted(id="e1", ticket="T1", at=began, by=Actor(Role.CUSTOMER))
        clocks = ClockSet("own", OWN, DESK)
        proof = explain(clocks.read(replay([opened]), now)[0], DESK)
        text = proof.text()
        assert "2026-03-02 Mon 17:00:01.000002" in text
        assert "\n    service hours [3.1]\n" in text
        assert max(map(columns, text.splitlines())) <= 80

    def test_what_stands_still_has_no_deadline(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted", "2026-03-02 09:30 an escalated_to_platform"
        )
        text = proved(story, "next_reply", "2026-03-02 10:00").text()
        assert "\nverdict  paused\n" in text
        assert "deadline" not in text

    def test_an_early_lapse_says_so(self, tell):
        story = tell(
            "2026-03-02 09:00 customer submitted",
            "2026-03-02 09:05 an replied",
            "2026-03-02 10:00 an feedback_requested",
            "2026-03-04 10:00 system feedback_lapsed",
        )
        proof = proved(story, "feedback_lapse", "2026-03-05 10:00")
        assert "breached 2026-03-04 Wed 10:00 (before it was due)" in proof.text()
        assert "超时 2026-03-04 周三 10:00 (未到期)" in proof.text("zh")

    def test_a_hostile_id_turns_no_line_and_moves_no_cursor(self):
        text = hostile_proof().text()
        assert all(line.isprintable() for line in text.splitlines())
        assert "\\x1b[31m" in text
        assert max(map(columns, text.splitlines())) <= 80

    def test_an_id_without_spaces_is_cut_where_it_must_be(self, tell):
        proof = proved(
            tell("2026-03-02 09:00 customer submitted"), "next_reply", "2026-03-02 10:00"
        )
        long = "".join(map(str, range(100)))
        text = evolve(proof, reading=evolve(proof.reading, ticket=long)).text()
        assert max(map(columns, text.splitlines())) == 80
        assert (
            long in "".join(line.strip() for line in text.splitlines()[:4])[len("ticket") :].strip()
        )

    def test_one_that_does_not_add_up_is_shown_as_it_is(self, tell):
        proof = proved(
            tell("2026-03-02 09:00 customer submitted"), "next_reply", "2026-03-02 10:00"
        )
        wrong = evolve(proof.reading, elapsed=2 * HOUR + 5 * MICROSECOND)
        text = evolve(proof, reading=wrong).text()
        assert "counted        2h00m00.000005s\n" in text
        assert "outside hours  -1h00m00.000005s in all" in text

    @pytest.mark.parametrize("show", [Proof.text, Proof.html])
    def test_there_is_no_third_language(self, show):
        with pytest.raises(ValueError, match="'en' or 'zh', not in 'de'"):
            show(hostile_proof(), "de")


def one_segment(start, end, why="every hour counts"):
    """A proof in plain time of one segment."""
    clocks = ClockSet("own", (answer(CalendarTime(1000 * HOUR)),), DESK)
    (proof,) = proofs_of(clocks, [fact("2025-12-01 09:00 customer submitted")], at(end))
    (one,) = proof.segments
    return evolve(
        proof, segments=(evolve(one, start=at(start), end=at(end), why=Text(why, why)),), ahead=()
    )


def fact_names(proof, lang):
    """What stands at the left of the facts."""
    facts, *_tables = proof.text(lang).replace("due from", "due_from").split("\n\n")
    return [line.split()[0] for line in facts.splitlines()]


def shown_rows(page):
    """The rows of the tables in a fragment, as the words in their cells."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page)
    return [
        [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


class TestHtml:
    """A fragment that stands by itself and lets nothing through."""

    def test_facts_and_segments_in_english(self, tell):
        page = proved(tell(*LATE), "next_reply", "2026-03-03 10:00:01.5").html()
        held, mon = "paused: the platform holds the ticket", "2026-03-02 Mon"
        assert shown_rows(page) == [
            ["ticket", "T1 (times in Asia/Shanghai)"],
            ["promise", "answer to every message [8.3], next_reply, cycle 1"],
            ["verdict", f"breached {mon} 13:00"],
            ["started", f"{mon} 09:00, by e1"],
            ["read", "2026-03-03 Tue 10:00:01.500000"],
            ["deadline", f"{mon} 13:00"],
            ["allowed", "4h00m"],
            ["counted", "8h30m01.500000s"],
            ["over by", "4h30m01.500000s"],
            ["paused", "1h30m in hours, 15h00m outside"],
            ["outside hours", "15h00m in all"],
            ["from", "to", "+ counts", "why", "clause", "since"],
            [f"{mon} 09:00", "17:30", "+ 8h30m", "service hours", "3.1", "e1"],
            [f"{mon} 17:30", "18:00", "0h30m", held, "6.4", "e2"],
            [f"{mon} 18:00", "03-03 09:00", "15h00m", f"outside hours; {held}", "3.1", "e2"],
            ["2026-03-03 Tue 09:00", "10:00", "1h00m", held, "6.4", "e2"],
            [
                *("2026-03-03 Tue 10:00", "10:00:01.500000", "+ 0h00m01.500000s"),
                *("service hours", "3.1", "e3"),
            ],
        ]
        times = re.findall(r'<time datetime="([^"]*)">', page)
        assert times[:3] == ["2026-03-02T09:00:00+08:00", *["2026-03-02T17:30:00+08:00"] * 2]
        assert page.startswith('<div lang="en" style="')
        assert page.endswith("</tbody></table>\n</div>")

    def test_it_needs_no_style_sheet_and_has_no_word_outside_its_cells(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-24 10:00", 2)
        page = proof.html()
        marks = re.findall(r"<(div|table|th|td)\b[^>]*?( style=\"[^\"]+\")?>", page)
        assert {style != "" for _mark, style in marks} == {True}
        assert [mark for mark, _style in marks].count("table") == 2
        without_cells = re.sub(r"<t[hd]\b[^>]*>.*?</t[hd]>", "", page)
        assert re.sub(r"<[^>]*>", "", without_cells).split() == []

    def test_what_is_provisional_says_so_beside_its_reason(self, tell):
        story = tell("2026-12-31 17:00 customer submitted")
        page = proved(story, "first_response", "2026-12-31 17:10").html()
        assert shown_rows(page)[-1][3] == "service hours; provisional"

    def test_what_lies_ahead_in_chinese(self, tell):
        page = proved(tell(LATE[0]), "next_reply", "2026-03-02 09:00").html("zh")
        assert shown_rows(page)[-3:] == [
            ["开始", "结束", "+ 计时", "原因", "条款", "起于事件"],
            ["至截止时间（若无其他事件）"],
            ["2026-03-02 周一 09:00", "13:00", "+ 4h00m", "服务时间", "3.1", "e1"],
        ]
        assert page.startswith('<div lang="zh" style="')

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_a_hostile_id_stays_text(self, lang):
        page = hostile_proof().html(lang)
        shown = Page(page)
        assert shown.tags == {"div", "table", "thead", "tbody", "tr", "th", "td", "time"}
        assert any("<script>" in words for words in shown.words)
        assert "\x1b" not in page
        assert "\u202e" not in page

    def test_it_has_a_row_for_each_segment(self):
        proof = hostile_proof()
        facts = proof.html().split("</table>")[0].count("<tr")
        # and one for the heads, one before what lies ahead
        assert Page(proof.html()).rows == facts + 2 + len(proof.segments) + len(proof.ahead)

    def test_what_is_over_has_nothing_ahead(self, tell):
        story = tell("2026-03-02 09:00 customer submitted", "2026-03-02 10:00 an replied")
        proof = proved(story, "next_reply", "2026-03-02 12:00")
        assert "if nothing else happens" not in proof.html() + proof.text()
        assert Page(proof.html()).rows == proof.html().split("</table>")[0].count("<tr") + 2

    def test_each_kind_of_time_has_its_tint(self, tell):
        proof = proved(tell(*HELD_OVER_SPRING_FESTIVAL), "next_reply", "2026-02-24 10:00", 2)
        assert len({part.split('"')[0] for part in proof.html().split('<tr style="')[1:]}) == 4

    def test_a_notebook_shows_it(self):
        proof = hostile_proof()
        assert proof._repr_html_() == proof.html("en")

    def test_it_speaks_both_languages(self):
        proof = hostile_proof()
        assert "the platform holds the ticket" in proof.html("en")
        assert "工单在平台处" in proof.html("zh")

    def test_a_proof_of_no_time_has_no_table_of_it(self, tell):
        story = tell("2026-03-02 09:00 customer submitted", "2026-03-02 09:00 an resolved")
        proof = proved(story, "next_reply", "2026-03-02 09:00")
        page = Page(evolve(proof, ahead=()).html())
        assert "thead" not in page.tags
        assert evolve(proof, ahead=()).text().endswith("counted   0h00m\n")


class TestPlain:
    """Values that JSON knows, whose microseconds add up."""

    @settings(patient, max_examples=60)
    @given(given_proof=proofs())
    def test_they_survive_json_and_add_up(self, given_proof):
        proof, _calendar = given_proof
        plain = json.loads(json.dumps(proof.plain()))
        assert plain == proof.plain()
        segments = plain["segments"]
        assert sum(one["length_us"] for one in segments if one["counted"]) == plain["elapsed_us"]
        for one, other in pairwise(segments):
            assert one["end"] == other["start"]
        for one in segments:
            length = datetime.fromisoformat(one["end"]) - datetime.fromisoformat(one["start"])
            assert length // MICROSECOND == one["length_us"]

    def test_what_a_reading_says(self, tell):
        plain = proved(tell(*LATE), "next_reply", "2026-03-03 10:00:01.5").plain()
        assert {name: one for name, one in plain.items() if name != "segments"} == {
            "ticket": "T1",
            "policy": "marketplace",
            "clock": "next_reply",
            "clause": "8.3",
            "promise": {"en": "answer to every message", "zh": "及时回复"},
            "cycle": 1,
            "verdict": "breached",
            "started_at": "2026-03-02T09:00:00+08:00",
            "started_by": "e1",
            "read_at": "2026-03-03T10:00:01.500000+08:00",
            "stopped_at": None,
            "stopped_by": None,
            "deadline": "2026-03-02T13:00:00+08:00",
            "due_at": None,
            "breached_at": "2026-03-02T13:00:00+08:00",
            "budget_us": 14_400_000_000,
            "elapsed_us": 30_601_500_000,
            "remaining_us": 0,
            "overrun_us": 16_201_500_000,
            "paused_us": 5_400_000_000,
            "paused_outside_hours_us": 54_000_000_000,
            "outside_hours_us": 54_000_000_000,
            "around_the_clock": False,
            "provisional": False,
            "unannounced": False,
            "ahead": [],
        }

    def test_amounts_are_whole_microseconds(self, tell):
        plain = proved(tell(*LATE), "next_reply", "2026-03-03 10:00:01.5").plain()
        amounts = [one for name, one in plain.items() if name.endswith("_us")]
        amounts += [one["length_us"] for one in plain["segments"]]
        assert {type(one) for one in amounts} == {int}

    def test_what_a_wait_that_is_over_says(self, tell):
        story = tell(
            LATE[0], "2026-03-02 09:00 an solution_proposed", "2026-03-02 10:00 customer confirmed"
        )
        plain = proved(story, "confirmation_lapse", "2026-03-03 10:00").plain()
        assert (plain["due_at"], plain["budget_us"]) == ("2026-03-05T09:00:00+08:00", None)
        assert (plain["stopped_at"], plain["stopped_by"]) == ("2026-03-02T10:00:00+08:00", "e3")
        assert (plain["deadline"], plain["verdict"]) == ("2026-03-06T00:00:00+08:00", "cancelled")

    def test_a_segment_has_its_reason_in_both_languages(self):
        plain = hostile_proof().plain()
        assert plain["segments"][1] == {
            "start": "2026-03-02T17:30:00+08:00",
            "end": "2026-03-02T18:00:00+08:00",
            "length_us": 1_800_000_000,
            "counted": False,
            "in_hours": True,
            "pause": {"en": "the platform holds the ticket", "zh": "工单在平台处"},
            "why": {
                "en": "paused: the platform holds the ticket",
                "zh": "暂停：工单在平台处",
            },
            "clause": "6.4",
            "by": HOSTILE + "2",
            "provisional": False,
        }
        assert plain["paused_us"] == 3_600_000_000
        assert plain["paused_outside_hours_us"] == 15 * 3_600_000_000

    def test_no_customers_words_are_in_any_of_it(self):
        proof = hostile_proof()
        shown = (
            proof.text(),
            proof.text("zh"),
            proof.html(),
            json.dumps(proof.plain()),
            repr(proof),
        )
        assert all("hunter2" not in one for one in shown)

    def test_it_is_told_in_the_desks_zone(self):
        proof = hostile_proof()
        assert proof.plain()["started_at"] == "2026-03-02T17:00:00+08:00"
        assert evolve(proof, zone=UTC).plain()["started_at"] == "2026-03-02T09:00:00+00:00"
