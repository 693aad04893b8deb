"""What rows become: a state, an activity or a message each."""

import json
from datetime import UTC, datetime

import pytest

from ticketrules.errors import LogError, MappingError
from ticketrules.logs import LogMapping, load_mapping, read_rows
from ticketrules.tickets import Actor, Check, MessageKind, Role, Status, replay
from ticketrules.tickets import events as e

from .mappings import ACTIVITIES, MESSAGES, STATES, adds_up, read, told


class TestStates:
    HEADER = "case,time,state,agent\n"

    def test_the_first_row_submits_and_then_enters(self) -> None:
        log = read(STATES, self.HEADER + "1,2026-02-13 09:00,Active,li\n")
        assert told(log, "1") == ["2 submitted customer 01:00", "2/2 accepted agent:li 01:00"]

    def test_stay_leave_enter_and_enter_from(self) -> None:
        log = read(
            STATES,
            self.HEADER
            + "1,2026-02-13 09:00,New,?\n"
            + "1,2026-02-13 09:01,New,?\n"
            + "1,2026-02-13 09:02,On Hold,li\n"
            + "1,2026-02-13 09:03,Done,li\n"
            + "1,2026-02-13 09:04,Done,li\n"
            + "1,2026-02-13 09:05,Active,wu\n",
        )
        assert told(log, "1") == [
            "2 submitted customer 01:00",
            "3 noted agent 01:01",
            "4 replied agent:li 01:02",
            "4/2 escalated_to_platform agent:li 01:02",
            "5 platform_returned platform 01:03",
            "5/2 replied agent:li 01:03",
            "5/3 solution_proposed agent:li 01:03",
            "7 rejected customer 01:05",
            "7/2 accepted agent:wu 01:05",
        ]
        assert log.intake.mapped == 6
        assert adds_up(log)

    def test_a_constant_fills_a_field(self) -> None:
        log = read(STATES, self.HEADER + "1,2026-02-13 09:00,On Hold,li\n")
        (held,) = (one for one in log.tickets["1"] if isinstance(one, e.EscalatedToPlatform))
        assert held.note == "held"

    def test_tickets_may_be_mingled_and_stand_by_first_appearance(self) -> None:
        log = read(
            STATES,
            self.HEADER
            + "b,2026-02-13 09:00,New,\n"
            + "a,2026-02-13 08:00,New,\n"
            + "b,2026-02-13 09:00,Active,\n",
        )
        assert list(log.tickets) == ["b", "a"]
        assert [event.name for event in log.tickets["b"]] == ["submitted", "accepted"]

    def test_blanks_around_cells_are_ignored(self) -> None:
        log = read(STATES, " case ,time,state,agent\n\t1 , 2026-02-13 09:00, Active ,\tli\n")
        assert told(log, "1")[1] == "2/2 accepted agent:li 01:00"

    def test_blank_lines_are_no_rows(self) -> None:
        log = read(STATES, "\n" + self.HEADER + "\r\n1,2026-02-13 09:00,New,\n\n")
        assert (log.intake.rows, log.tickets["1"][0].id) == (1, "4")


class TestOpenedAt:
    MAPPING = STATES.replace('agent = "agent"', 'opened_at = "agent"')
    HEADER = "case,time,state,agent\n"

    @pytest.mark.parametrize(
        ("opened", "expected"),
        [
            ("2026-02-13 08:59", "00:59"),
            ("?", "01:00"),
            ("2026-02-13 09:01", "01:00"),  # the row shows that it was open by then
        ],
    )
    def test_the_submission_is_then_or_at_the_first_row(self, opened: str, expected: str) -> None:
        log = read(self.MAPPING, self.HEADER + f"1,2026-02-13 09:00,Active,{opened}\n")
        assert told(log, "1") == [f"2 submitted customer {expected}", "2/2 accepted agent 01:00"]

    def test_after_a_rejected_row_the_next_one_is_the_first(self) -> None:
        log = read(
            self.MAPPING,
            self.HEADER + "1,2026-02-13 09:00,Odd,2026-02-13 08:00\n"
            "1,2026-02-13 09:10,New,2026-02-13 08:00\n",
        )
        assert told(log, "1") == ["3 submitted customer 00:00"]


class TestActivities:
    HEADER = "case,time,what,who,to,words\n"

    def test_authors_do_what_their_rows_cause(self) -> None:
        log = read(
            ACTIVITIES,
            self.HEADER
            + "1,2026-02-13 09:00,opened,customer,,It fails.\n"
            + "1,2026-02-13 09:01,viewed,mei,,\n"
            + "1,2026-02-13 09:02,answered,mei,,So it does.\n"
            + "1,2026-02-13 09:03,given,mei,jun,\n"
            + "1,2026-02-13 09:04,answered,robot,,\n",
        )
        assert told(log, "1") == [
            "2 submitted customer 01:00",
            "4 replied agent:mei 01:02",
            "5 dispatched platform 01:03",
            "6 replied system 01:04",
        ]
        submitted, replied, dispatched, _ = log.tickets["1"]
        assert isinstance(submitted, e.Submitted)
        assert isinstance(replied, e.Replied)
        assert (submitted.body, replied.body) == ("It fails.", "So it does.")
        assert isinstance(dispatched, e.Dispatched)
        assert (dispatched.to, dispatched.online) == ("jun", False)

    def test_without_an_author_it_is_whose_business_it_is(self) -> None:
        nobody = ACTIVITIES.replace('author = "who"\n', "").split("[actors]")
        mapping = nobody[0] + "[activities]" + nobody[1].split("[activities]")[1]
        log = read(
            mapping + 'back = ["platform_returned"]\n',
            self.HEADER
            + "1,2026-02-13 09:00,opened,,,\n"
            + "1,2026-02-13 09:01,answered,,,\n"
            + "1,2026-02-13 09:02,back,,,\n",
        )
        assert [str(event.by) for event in log.tickets["1"]] == ["customer", "agent", "platform"]

    @pytest.mark.parametrize(("cell", "online"), [("是", True), ("No", False), ("", True)])
    def test_a_column_says_whether(self, cell: str, online: bool) -> None:
        mapping = ACTIVITIES.replace("online = false", 'online = { column = "words" }')
        row = f"1,2026-02-13 09:00,given,mei,jun,{cell}\n"
        given = read(mapping, self.HEADER + row).tickets["1"][-1]
        assert isinstance(given, e.Dispatched)
        assert given.online is online

    def test_and_nothing_else_will_do(self) -> None:
        mapping = ACTIVITIES.replace("online = false", 'online = { column = "words" }')
        rows = "1,2026-02-13 08:59,opened,customer,,\n1,2026-02-13 09:00,given,mei,jun,maybe\n"
        log = read(mapping, self.HEADER + rows)
        assert str(log.intake.rejections[0]) == (
            "line 3: online: column 'words': 'maybe' is neither true nor false"
        )

    def test_a_ticket_that_begins_otherwise_is_submitted_without_words(self) -> None:
        log = read(ACTIVITIES, self.HEADER + "1,2026-02-13 09:00,answered,mei,,Hello\n")
        submitted, replied = log.tickets["1"]
        assert submitted == e.Submitted(
            id="2", ticket="1", at=datetime(2026, 2, 13, 1, tzinfo=UTC), by=Actor(Role.CUSTOMER)
        )
        assert replied.id == "2/2"

    @pytest.mark.parametrize(
        ("row", "field", "expected"),
        [
            (
                "promised,mei,2026-02-13 18:00",
                "promised_for",
                datetime(2026, 2, 13, 10, tzinfo=UTC),
            ),
            ("checked,mei,order、客户账号", "checks", {Check.ORDER, Check.ACCOUNT}),
            ("wrote,customer,thanks", "kind", MessageKind.THANKS),
            ("wrote,customer,仅致谢", "kind", MessageKind.THANKS),
            ("wrote,customer,?", "kind", MessageKind.MESSAGE),
            ("closed,customer, 5 ", "rating", 5),
            ("closed,customer,", "rating", None),
        ],
    )
    def test_columns_fill_fields(self, row: str, field: str, expected: object) -> None:
        log = read(ACTIVITIES, self.HEADER + f"1,2026-02-13 09:00,{row},\n")
        assert getattr(log.tickets["1"][-1], field) == expected

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("promised,mei,soon", "promised_for: column 'to': 'soon' is not a time like"),
            ("promised,mei,?", "promised_for: no value in column 'to'"),
            ("given,mei,", "to: no value in column 'to'"),
            ("checked,mei,hat", "checks: column 'to': 'hat' is none of account, order"),
            ("wrote,customer,loud", "kind: column 'to': 'loud' is none of message"),
            ("closed,customer,6", "rating: column 'to': '6' is no rating from 1 to 5"),
            ("answered,?,", "author: no value"),
            (",mei,", "activity: no value"),
            ("danced,mei,", "activity: unknown activity 'danced'"),
        ],
    )
    def test_a_row_that_cannot_fill_them_is_rejected_whole(self, row: str, reason: str) -> None:
        text = f"1,2026-02-13 09:00,opened,customer,,\n1,2026-02-13 09:01,{row},secret\n"
        log = read(ACTIVITIES, self.HEADER + text)
        assert str(log.intake.rejections[0]).startswith(f"line 3: {reason}")
        assert log.intake.rejections[0].ticket == "1"
        assert log.intake.events == 1
        assert adds_up(log)


class TestMessages:
    HEADER = "case,id,time,who,agent,customer,words\n"

    def test_roles_say_what_a_message_is(self) -> None:
        log = read(
            MESSAGES,
            self.HEADER
            + "1,a,2026-02-13 09:00,客户,,c1,不能登录\n"
            + "1,b,2026-02-13 09:00,系统,,c1,已收到\n"
            + '1,c,2026-02-13 09:05,客服,K7,c1,"一、\n二、"\n'
            + "1,d,2026-02-13 09:06,客户,,c1,好\n",
        )
        assert told(log, "1") == [
            "a submitted customer:c1 01:00",
            "b replied system 01:00",
            "c accepted agent:K7 01:05",
            "c/2 replied agent:K7 01:05",
            "d customer_wrote customer:c1 01:06",
        ]
        bodies = [getattr(event, "body", None) for event in log.tickets["1"]]
        assert bodies == ["不能登录", "已收到", None, "一、\n二、", "好"]
        assert replay(log.tickets["1"]).status is Status.IN_PROGRESS

    def test_a_ticket_that_the_desk_began_is_submitted_before(self) -> None:
        log = read(MESSAGES, self.HEADER + "1,a,2026-02-13 09:00,客服,K7,c1,您好\n")
        assert told(log, "1") == [
            "a submitted customer:c1 01:00",
            "a/2 accepted agent:K7 01:00",
            "a/3 replied agent:K7 01:00",
        ]

    def test_only_the_first_reply_takes_a_ticket_up(self) -> None:
        rows = "".join(
            f"{ticket},{number},2026-02-13 09:0{number},{who},K7,c1,x\n"
            for number, who in enumerate(("客户", "客服", "客服", "客户", "客服"))
            for ticket in "12"
        )
        log = read(MESSAGES, self.HEADER + rows)
        for ticket in "12":
            names = [event.name for event in log.tickets[ticket]]
            assert names.count("accepted") == 1
            assert names[1:4] == ["accepted", "replied", "replied"]
            assert not replay(log.tickets[ticket]).departures

    def test_a_rejected_reply_takes_nothing_up(self) -> None:
        rows = (
            "1,a,2026-02-13 09:00,客户,,c1,x\n"
            "1,a,2026-02-13 09:01,客服,K7,c1,x\n"
            "1,c,2026-02-13 09:02,客服,K7,c1,x\n"
        )
        names = [event.name for event in read(MESSAGES, self.HEADER + rows).tickets["1"]]
        assert names == ["submitted", "accepted", "replied"]

    def test_a_mapping_may_say_otherwise(self) -> None:
        mapping = MESSAGES + '[messages]\nagent = ["replied"]\n'
        row = "2026-02-13 09:00,客服,K7,c1,x\n"
        log = read(mapping, self.HEADER + f"1,a,{row}1,b,{row}")
        assert [event.name for event in log.tickets["1"]] == ["submitted", "replied", "replied"]

    def test_words_are_kept_as_they_stand(self) -> None:
        log = read(MESSAGES, self.HEADER + "1,a,2026-02-13 09:00,客户,,, ? \n")
        assert getattr(log.tickets["1"][0], "body", None) == " ? "

    def test_another_tickets_id_may_be_the_same(self) -> None:
        row = "a,2026-02-13 09:00,客户,,,x\n"
        assert read(MESSAGES, self.HEADER + f"1,{row}2,{row}").intake.rejected == 0

    def test_a_second_events_id_is_taken_too(self) -> None:
        log = read(
            MESSAGES,
            self.HEADER
            + "1,a,2026-02-13 09:00,客服,K7,,x\n"
            + "1,a/2,2026-02-13 09:00,客服,K7,,x\n"
            + "1,b,2026-02-13 09:00,客服,K7,,x\n",
        )
        assert str(log.intake.rejections[0]) == "line 3: id: 'a/2' stands already on line 2"


class TestObjects:
    @pytest.fixture
    def mapping(self) -> LogMapping:
        return load_mapping(
            ACTIVITIES.replace('shape = "activities"', 'shape = "activities"\nformat = "jsonl"')
            .replace('format = "%Y-%m-%d %H:%M"', 'format = "unix"')
            .replace('zone = "Asia/Shanghai"', "")
        )

    def test_keys_are_columns(self, mapping: LogMapping) -> None:
        rows = [
            {"case": 7, "time": 1770944700.5, "what": "opened", "who": "customer", "words": "w"},
            {"case": 7, "time": 1770944701, "what": "closed", "who": "customer", "to": 5},
            {"case": 7, "time": 1770944701, "what": "closed", "who": None},
            {"case": 7, "time": 1770944701, "what": ["closed"]},
            {"case": True, "time": 1770944701, "what": "viewed", "who": "mei"},
        ]
        log = read_rows([json.dumps(row) for row in rows], mapping)
        assert told(log, "7") == ["1 submitted customer 01:05", "2 closed customer 01:05"]
        assert getattr(log.tickets["7"][1], "rating", None) == 5
        assert list(map(str, log.intake.rejections)) == [
            "line 3: author: no value",
            "line 4: what: a list or an object; expected a single value",
        ]
        assert list(log.tickets) == ["7", "true"]
        assert adds_up(log)

    def test_a_column_of_no_object_is_a_mistake(self, mapping: LogMapping) -> None:
        row = {"case": 7, "time": 1770944700, "what": "opened", "who": "customer", "wordz": "w"}
        with pytest.raises(MappingError) as caught:
            read_rows([json.dumps(row | {"to": None})], mapping, "log.jsonl")
        assert str(caught.value) == (
            "log.jsonl: no object has a value 'words'; did you mean 'wordz'?"
            " (<mapping>: columns.text)"
        )
        with pytest.raises(MappingError, match=r"value 'to' .*activities\.given\[0\]\.to\.column"):
            read_rows([json.dumps(row | {"words": None})], mapping)

    def test_a_column_may_come_late_or_in_a_row_that_is_rejected(self, mapping: LogMapping) -> None:
        row = {"case": 7, "time": 1770944700, "what": "opened", "who": "customer", "to": None}
        rows = [row, row, row | {"words": "w", "what": "odd"}]
        log = read_rows([json.dumps(one) for one in rows], mapping)
        assert (log.intake.mapped, log.intake.rejected) == (2, 1)

    def test_a_column_that_all_rows_lack_is_told_before_the_rows(self, mapping: LogMapping) -> None:
        row = {"case": 7, "time": 1, "wat": "opened", "who": "customer", "to": 1, "words": ""}
        with pytest.raises(MappingError, match="no object has a value 'what'; did you mean 'wat'"):
            read_rows([json.dumps(row)], mapping)

    def test_lines_without_an_object_are_rejected_and_blank_ones_are_no_rows(
        self, mapping: LogMapping
    ) -> None:
        row = {"case": 7, "time": 1770944700, "what": "opened", "who": "customer"}
        whole = json.dumps(row | {"to": None, "words": "w"})
        log = read_rows([whole, "", "  \n", "[]", "[" * 100_000], mapping)
        assert list(map(str, log.intake.rejections)) == [
            "line 4: expected an object",
            "line 5: not JSON that can be read: a number too long, or values nested too deep",
        ]
        assert adds_up(log)

    def test_where_nothing_is_an_object_no_column_is_missed(self, mapping: LogMapping) -> None:
        with pytest.raises(LogError, match="2 of 2 rejected; the first: line 1: expected an obj"):
            read_rows(["[]", "7"], mapping)

    def test_ids_stay_as_they_are_written(self, mapping: LogMapping) -> None:
        line = (
            '{"case": 1.10, "time": 1770944700, "what": "opened", "who": "customer",'
            ' "words": null, "to": null}'
        )
        assert list(read_rows([line], mapping).tickets) == ["1.10"]
