"""What is made from the code and kept in files: the page's tables and drawings, the JSON Schema.

``python tests/tickets/published.py`` renews the files; the tests hold that they are what the code
gives.
"""

import json
import re
from pathlib import Path

from ticketrules.clauses import CLAUSES
from ticketrules.tickets import COMMANDS, TABLE, Role, Status, dot, event_schema, mermaid
from ticketrules.tickets.table import REOPENED, RULES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "lifecycle.md"
SCHEMA_FILE = ROOT / "src" / "ticketrules" / "tickets" / "event.schema.json"
BLOCK = re.compile(r"(<!-- made from the code: (.+?) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def table(head, *rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def code(names):
    return ", ".join(f"`{name}`" for name in names) or "–"


def in_order(members, of):
    return [one for one in of if one in members]


def labels(members):
    return "、".join(status.label for status in in_order(members, Status))


def statuses():
    """Each status, what leads to it and what may happen in it."""

    def rows():
        for status in Status:
            into = [r.event.name for r in RULES if r.after is status]
            into += [r.event.name for r in RULES if r.reopens and status is REOPENED]
            here = sum(status in rule.before for rule in RULES)
            yield f"`{status}`", status.label, code(into), here or "nothing"

    return table(("status", "", "entered by", "kinds of event that may happen in it"), *rows())


def commands():
    """Each command, who may wish it, and what it would cause."""

    def rows():
        for kind in COMMANDS:
            roles = set(Role).intersection(*(TABLE[event].by for event in kind.causes))
            said = " ".join(kind.__doc__.partition("\n\n")[0].split()).replace("``", "`")
            yield (
                f"`{kind.__name__}`",
                kind.label,
                ", ".join(map(str, in_order(roles, Role))),
                code(event.name for event in kind.causes),
                said,
            )

    return table(("command", "", "by", "causes", ""), *rows())


def events():
    """Each row of the table."""

    def rows():
        for rule in RULES:
            after = f"`{rule.after}`" if rule.after else "–"
            if rule.reopens:
                after = f"`{REOPENED}` from {labels(rule.reopens)}, if it asks"
            yield (
                f"`{rule.event.name}`",
                rule.event.label,
                rule.clause,
                ", ".join(map(str, in_order(rule.by, Role))),
                labels(rule.before) or "no ticket yet",
                after,
            )

    return table(("event", "", "clause", "by", "while", "leads to"), *rows())


def guards():
    """What else must hold, by clause: the guards of the events and the words of the commands."""
    found = {}
    for rule in RULES:
        for guard in rule.guards:
            found.setdefault(guard.reason, []).append(rule.event.name)
    for kind in COMMANDS:
        if kind.wordless is not None:
            found.setdefault(kind.wordless, []).append(kind.__name__)
    order = list(CLAUSES)
    rows = (
        (reason.clause, reason.text.en, reason.text.zh, code(dict.fromkeys(kinds)))
        for reason, kinds in sorted(found.items(), key=lambda one: order.index(one[0].clause))
    )
    return table(("clause", "refused because", "", "of"), *rows)


MADE = {
    "the lifecycle in Mermaid": lambda: f"```mermaid\n{mermaid()}```\n",
    "the lifecycle in Mermaid, Chinese": lambda: f"```mermaid\n{mermaid('zh')}```\n",
    "the lifecycle in DOT": lambda: f"```dot\n{dot()}```\n",
    "statuses": statuses,
    "commands": commands,
    "events": events,
    "guards": guards,
}
"""What stands between the marks on the page, by name."""


def renewed(page):
    """The page with everything between its marks made anew."""
    return BLOCK.sub(lambda block: f"{block[1]}{MADE[block[2]]()}{block[3]}", page)


def schema_text():
    return json.dumps(event_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
