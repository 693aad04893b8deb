"""Clause 6.5: a planted secret is walked through everything that the library returns or prints."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from click.testing import CliRunner
from matplotlib.text import Text as Words

import ticketrules as t
from ticketrules import reports, routing, simulation
from ticketrules.cli import command
from ticketrules.errors import LogError, TemplateError, TicketRulesError
from ticketrules.logs import load_log, load_mapping
from ticketrules.pictures import load, timeline, traffic
from ticketrules.replies import (
    Audience,
    Fault,
    ReviewContext,
    compose,
    packaged_templates,
    review,
)
from ticketrules.text import Redaction
from ticketrules.tickets import commands as c
from ticketrules.tickets.wire import dump_event, load_event, loads

from .logs.mappings import CHINESE, CHINESE_HEADER

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CUSTOMER, AGENT = t.Actor(t.Role.CUSTOMER, "c-7"), t.Actor(t.Role.AGENT, "li")
PLANTED = ("hunter2x9", "AKIAIOSFODNN7EXAMPLE", "1234-5678", "Abc@7788")
SAYS = "root 密码：hunter2x9，密钥 AKIAIOSFODNN7EXAMPLE，电话 138-1234-5678，口令是Abc@7788"


def assert_hidden(*shown):
    for one in shown:
        for text in (str(one), repr(one)):
            for secret in PLANTED:
                assert secret not in text


def story():
    """A ticket on which both sides have written secrets wherever words may stand."""
    desk = t.marketplace()
    steps = [
        c.Submit(id="1", by=CUSTOMER, ticket="T1", body=SAYS),
        c.Note(id="2", by=AGENT, body=SAYS),
        c.RequestFeedback(id="3", by=AGENT, reply=SAYS),
        c.Write(id="4", by=CUSTOMER, body=SAYS),
        c.Reply(id="5", by=AGENT, reply=SAYS),
        c.RecordCall(id="6", by=AGENT, outcome=SAYS),
        c.Escalate(id="7", by=AGENT, note=SAYS, reply=SAYS),
        c.ReturnFromPlatform(id="8", by=t.Actor(t.Role.PLATFORM), note=SAYS),
        c.Reply(id="9", by=AGENT, reply=SAYS),
        c.Transfer(id="10", by=AGENT, to="wang", judgement=SAYS, next_step=SAYS),
        c.HandOver(
            id="11", by=t.Actor(t.Role.AGENT, "wang"), to="li", cause=SAYS, handler=SAYS,
            progress=SAYS, next_step=SAYS,
        ),
        c.ProposeSolution(id="12", by=AGENT, reply=SAYS),
        c.Reject(id="13", by=CUSTOMER, body=SAYS),
    ]  # fmt: skip
    ticket, decisions = None, []
    for number, step in enumerate(steps):
        decision = desk.handle(ticket, step, NOW + timedelta(minutes=number))
        assert decision, decision
        decisions.append(decision)
        ticket = decision.ticket
    return desk, ticket, decisions, steps


DESK, TICKET, DECISIONS, STEPS = story()
LATER = NOW + timedelta(days=9)


class TestTheDesk:
    """Everything that a desk says of a ticket."""

    def test_decisions_effects_and_refusals(self):
        assert_hidden(TICKET, *DECISIONS, *STEPS, *TICKET.history)
        for decision in DECISIONS:
            assert_hidden(*decision.effects)
        refused = [DESK.handle(TICKET, step, LATER) for step in (
            c.Transfer(id="x", by=AGENT, to="li", judgement=SAYS, next_step=SAYS),
            c.MarkResolved(id="y", by=AGENT, reply=SAYS),
        )]  # fmt: skip
        assert not any(refused)
        assert_hidden(*refused, *(one.text for one in refused))

    def test_assessments_and_remedies(self):
        found = DESK.assess(TICKET, LATER)
        assert found.needs
        assert_hidden(found, *found.findings, *found.needs, DESK.permitted(TICKET, LATER))
        assert_hidden(*DESK.remedies(TICKET, now=LATER), DESK.wake(TICKET, LATER))

    def test_proofs(self):
        for reading in DESK.clocks.read(TICKET, LATER):
            proof = DESK.explain(reading)
            assert_hidden(proof, reading, json.dumps(proof.plain(), ensure_ascii=False))
            for lang in ("zh", "en"):
                assert_hidden(proof.text(lang), proof.html(lang))

    def test_reviews(self):
        findings = [one for step in STEPS[1:] for one in DESK.review(TICKET, step, LATER)]
        findings += review(SAYS, ReviewContext(asked=(SAYS,)))
        assert Fault.SECRET_SHOWN in {one.fault for one in findings}
        assert_hidden(*findings, ReviewContext(asked=(SAYS,), call_outcome=SAYS))


STARTED, ENDED = NOW - timedelta(days=1), NOW + timedelta(days=20)
NOBODY = routing.Roster(agents=[routing.Agent(id="li"), routing.Agent(id="wang")], shifts=())
AMOUNT = simulation.Fixed(timedelta(minutes=5))
EARLY = NOW + timedelta(minutes=4)
ANGRY = f"你们这群骗子，我要投诉到12315！{SAYS}"


class TestWhatIsReadFromIt:
    """Reports, pictures, plans: all that tells of tickets without quoting them."""

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_reports(self, lang):
        seen = reports.overview([TICKET], LATER, DESK)
        cards = reports.scorecards(
            [TICKET], STARTED, ENDED, DESK, tendencies_of=reports.tendencies_by(DESK)
        )
        assert cards.providers
        for page in (seen, cards, reports.ranking(cards.providers), DESK.assess(TICKET, LATER)):
            assert_hidden(page, page.text(lang), page.html(lang))

    def test_a_chronicle(self):
        stricter = t.Policy(name="new", effective_from=date(2026, 3, 3))
        chronicle = t.Chronicle(t.PolicyHistory((t.Policy(), stricter)))
        seen = chronicle.assess(TICKET, LATER)
        assert_hidden(chronicle, seen, seen.then, seen.today, *seen.flips)
        assert_hidden(chronicle.wake(TICKET, LATER))

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_pictures(self, lang):
        for figure in (
            timeline(TICKET, DESK, LATER, lang=lang),
            load([TICKET], NOBODY, DESK.calendar, STARTED, ENDED, lang=lang),
            traffic([TICKET], lang=lang),
        ):
            figure.savefig(drawn := io.StringIO(), format="svg")
            assert_hidden(drawn.getvalue(), *(one.get_text() for one in figure.findobj(Words)))

    def test_simulations(self):
        handling = simulation.Handling.from_history([TICKET], DESK, answering=AMOUNT, worked=0.5)
        customers = simulation.Customers.from_history([TICKET])
        assert_hidden(handling, customers)

    def test_a_tendency_and_its_evidence(self):
        write = c.Submit(id="1", by=CUSTOMER, ticket="T2", body=ANGRY)
        ticket = DESK.handle(None, write, NOW).ticket
        found = DESK.tendency(ticket, NOW)
        assert found
        assert_hidden(found, *found.signals, *found.follows)
        assert_hidden(*DESK.order([ticket], NOW), *DESK.phone_now([ticket], NOW))
        assert_hidden(*(DESK.redact(one.body) for one in ticket.messages))

    def test_plans_and_routing(self):
        note = routing.HandoverNote(cause=SAYS, handler=SAYS, progress=SAYS, next_step=SAYS)
        team = [routing.Agent(id=name, duty=routing.Duty.ON_DUTY) for name in ("li", "wang")]
        ticket = None
        for number, step in enumerate(STEPS[:5]):
            ticket = DESK.handle(ticket, step, NOW + timedelta(minutes=number)).ticket
        plan = DESK.plan_handover("li", [ticket], NOBODY, team, EARLY, notes={"T1": note})
        assert plan.handovers
        assert_hidden(note, plan, *plan.items, plan.commands("h", told=("wang",)))
        fresh = DESK.handle(None, STEPS[0], NOW).ticket
        asked = DESK.queued(fresh, NOW)
        assert_hidden(asked, DESK.route(asked, team, NOW))

    def test_no_value_shows_what_its_text_fields_hold(self):
        """Every kind of event and message with words in it, by its own fields."""
        shown = [*TICKET.history, *TICKET.messages, *STEPS, TICKET]
        fields = {
            f"{type(one).__name__}.{part.name}"
            for one in shown
            for part in attrs.fields(type(one))
            if getattr(one, part.name) == SAYS
        }
        assert len(fields) > 20  # or the walk has lost its way
        assert_hidden(*shown)


class TestTheDesksSetting:
    """6.5: which personal data is masked is the policy's; credentials always are."""

    OPEN = t.Desk(t.Policy(redaction=Redaction(phone_numbers=False, email_addresses=True)))

    def test_texts_are_masked_as_the_policy_says(self):
        text = "密码：hunter2x9，电话 138-1234-5678，me@example.com"
        assert DESK.redact(text) == t.redact(text)
        assert self.OPEN.redact(text) == "密码：●●●●●●●●●，电话 138-1234-5678，●●●●●●●●●●●●●●"

    def test_so_are_composed_notes_and_what_customers_are_refused(self):
        ids = t.Desk(t.Policy(redaction=Redaction(id_numbers=False)))
        value = {"problem": "备案", "needed": "身份证 11010119900307483X", "purpose": "核对"}
        with pytest.raises(TemplateError, match=r"6\.5"):
            DESK.compose("feedback_needed", "zh", value)
        assert "11010119900307483X" in ids.compose("feedback_needed", "zh", value)

    def test_evidence_on_the_command_line(self, tmp_path):
        lines, policy = tmp_path / "c.jsonl", tmp_path / "p.toml"
        text = "打不通就打 138-1234-5678，我要投诉到12315！密码：hunter2x9"
        lines.write_text(json.dumps({"id": 1, "text": text}), encoding="utf-8")
        policy.write_text('name = "open"\n[redaction]\nphone_numbers = false\n')
        ran = CliRunner().invoke(
            command, ["tendency", str(lines), "--show-text", "--policy", str(policy)]
        )
        assert ran.exit_code == 0
        assert "hunter2x9" not in ran.output


class TestTemplates:
    """A secret goes to no customer, and to no colleague in the open."""

    @pytest.mark.parametrize("template", sorted(packaged_templates()))
    def test_every_slot_of_every_template(self, template):
        slots = packaged_templates()[template].slots
        values = {
            name: {"text": SAYS, "items": (SAYS, SAYS), "instant": NOW, "count": 2}[str(kind)]
            for name, kind in slots.items()
        }
        if not {"text", "items"} & set(map(str, slots.values())):
            return
        for language in ("zh", "en"):
            if packaged_templates()[template].audience is Audience.CUSTOMER:
                with pytest.raises(TemplateError) as caught:
                    compose(template, language, values, zone=UTC)
                assert_hidden(caught.value)
            else:
                assert_hidden(compose(template, language, values, zone=UTC))


GOOD = ["T-1", "2026-03-02 10:00", "客户", "打不开"]
CELLS = (SAYS, "138-1234-5678", "AKIAIOSFODNN7EXAMPLE", "口令是Abc@7788")


def table(*rows):
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return CHINESE_HEADER + lines.getvalue()


class TestLogs:
    """A secret in any cell, as where a mapping names the wrong column."""

    @pytest.mark.parametrize("column", [1, 2, 3])
    @pytest.mark.parametrize("cell", CELLS)
    def test_no_rejection_and_no_error_shows_it(self, tmp_path, column, cell):
        bad = [*GOOD[:column], cell, *GOOD[column + 1 :]]
        path = tmp_path / "log.csv"
        path.write_text(table(GOOD, bad), encoding="utf-8")
        log = load_log(path, load_mapping(CHINESE))
        assert bool(log.intake.rejections) == (column != 3)
        assert_hidden(log, *log.intake.rejections)
        path.write_text(table(bad), encoding="utf-8")
        if column != 3:
            with pytest.raises(LogError) as caught:
                load_log(path, load_mapping(CHINESE))
            assert_hidden(caught.value)

    @pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
    @pytest.mark.parametrize("column", [1, 2, 3])
    def test_no_report_shows_it(self, tmp_path, form, column):
        log, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
        bad = [[*GOOD[:column], cell, *GOOD[column + 1 :]] for cell in CELLS]
        log.write_text(table(GOOD, *bad), encoding="utf-8")
        mapping.write_text(CHINESE, encoding="utf-8")
        asked = ["judge", str(log), "--mapping", str(mapping), "--format", form]
        for more in ([], ["--replies"] if form != "csv" else []):
            ran = CliRunner().invoke(command, asked + more)
            assert ran.exit_code == 0, ran.output
            assert_hidden(ran.output, ran.stderr)

    @pytest.mark.parametrize("secret", ["hunter2x9", "AKIAIOSFODNN7EXAMPLE", "Abc@7788"])
    def test_nor_one_about_a_name_that_nobody_knows(self, secret):
        good = dump_event(TICKET.history[0])
        for bad in ({**good, "event": secret}, {**good, secret: 1}):
            with pytest.raises(TicketRulesError) as caught:
                load_event(bad)
            assert_hidden(caught.value)

    @pytest.mark.parametrize("secret", CELLS)
    def test_no_error_about_an_event_shows_it(self, secret):
        good = dump_event(TICKET.history[0])
        for key in good:
            with pytest.raises(TicketRulesError) as caught:
                load_event({**good, key: [secret]})
            assert_hidden(caught.value)
        with pytest.raises(TicketRulesError) as caught:
            loads(f"{{{secret}")
        assert_hidden(caught.value)


class TestTheHostsOwnStorage:
    """Events, their wire form and a ticket's messages are the host's record: nothing is lost."""

    def test_the_record_stays_whole(self):
        assert dump_event(TICKET.history[0])["body"] == SAYS
        assert TICKET.messages[0].body == SAYS
        assert_hidden(t.redact(TICKET.messages[0].body))
