"""The drawings of the lifecycle, and the page that shows them."""

import re

import pytest

from ticketrules.tickets import TABLE, Status, diagram, dot, mermaid
from ticketrules.tickets import events as e
from ticketrules.tickets.table import REOPENED, RULES

from .published import BLOCK, MADE, PAGE, renewed

LANGUAGES = ("en", "zh")


def expected():
    """Each way that the table allows, with its kinds of event, found by going through every row."""
    found = {}
    for rule in RULES:
        for status in Status:
            if status not in rule.before:
                continue
            for after in {rule.after, REOPENED if status in rule.reopens else None} - {None}:
                if after is not status:
                    found.setdefault((str(status), str(after)), set()).add(rule.event)
    found["", str(TABLE[e.Submitted].after)] = {e.Submitted}
    return found


def drawn(text, pattern, between):
    """Each arrow of a drawing as (from, to) with the labels on it."""
    return {
        (before.strip("[*]").replace("start", ""), after): set(label.split(between))
        for before, after, label in re.findall(pattern, text)
    }


def called(kind, lang):
    return kind.label if lang == "zh" else kind.name.replace("_", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
class TestEveryArrow:
    """A drawing has the arrows of the table, no more and no fewer."""

    def test_in_mermaid(self, lang):
        between = "、" if lang == "zh" else ", "
        found = drawn(mermaid(lang), r"(?m)^    (\S+) --> (\w+) : (.+)$", between)
        assert found == {
            way: {called(kind, lang) for kind in kinds} for way, kinds in expected().items()
        }

    def test_in_dot(self, lang):
        found = drawn(dot(lang), r'(?m)^    (\w+) -> (\w+) \[label="(.+)"\];$', "\\n")
        assert found == {
            way: {called(kind, lang) for kind in kinds} for way, kinds in expected().items()
        }

    def test_every_status_is_named_once(self, lang):
        for status in Status:
            name = status.label if lang == "zh" else str(status).replace("_", " ")
            assert mermaid(lang).count(f'state "{name}" as {status}\n') == 1
            assert dot(lang).count(f'    {status} [label="{name}"') == 1

    def test_it_begins_and_ends(self, lang):
        assert re.findall(r"\[\*\] --> (\w+)", mermaid(lang)) == ["new"]
        assert re.findall(r"(\w+) --> \[\*\]", mermaid(lang)) == ["closed"]
        assert re.findall(r"start -> (\w+)", dot(lang)) == ["new"]
        assert re.findall(r"(\w+) \[.*peripheries=2", dot(lang)) == ["closed"]


class TestTheDrawing:
    """What else holds of it."""

    def test_nothing_is_drawn_from_a_status_to_itself(self):
        assert all(arrow.before is not arrow.after for arrow in diagram.arrows())

    def test_a_message_reopens(self):
        reopening = [one for one in diagram.arrows() if e.CustomerWrote in one.events]
        assert [(one.before, one.after) for one in reopening] == [
            (Status.AWAITING_FEEDBACK, Status.IN_PROGRESS),
            (Status.AWAITING_CONFIRMATION, Status.IN_PROGRESS),
            (Status.RESOLVED, Status.IN_PROGRESS),
        ]

    def test_braces_and_quotes_are_closed(self):
        for lang in LANGUAGES:
            assert dot(lang).count("{") == dot(lang).count("}") == 1
            assert all(line.count('"') % 2 == 0 for line in dot(lang).splitlines())

    @pytest.mark.parametrize("draw", [mermaid, dot])
    def test_another_language_is_refused(self, draw):
        with pytest.raises(ValueError, match="no labels in 'fr': expected one of en, zh"):
            draw("fr")


class TestThePage:
    """docs/lifecycle.md says what the code says; ``published.py`` renews it."""

    def test_everything_made_from_the_code_is_as_the_code_makes_it(self):
        page = PAGE.read_text(encoding="utf-8")
        assert renewed(page) == page

    def test_everything_that_can_be_made_is_on_it(self):
        found = [name for _, name, _ in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]
        assert sorted(found) == sorted(MADE)
