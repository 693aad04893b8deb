"""Pages of tables, as plain text and as HTML; everything from outside is escaped in both."""

from html import escape
from typing import Final, Literal
from unicodedata import combining, east_asian_width

from attrs import frozen

Language = Literal["en", "zh"]
"""In which language people read."""

_CELL: Final = "padding:.15em .8em .15em 0;text-align:left;vertical-align:top"


@frozen
class Table:
    """A table under a title; ``more`` stands below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


@frozen
class Page:
    """Tables under a headline, in one language."""

    lang: Language
    headline: str
    tables: tuple[Table, ...]

    def text(self) -> str:
        """The page as lines, each column as wide as its widest cell."""
        lines = [printable(self.headline)]
        for table in self.tables:
            lines += ["", *([printable(table.title)] if table.title else [])]
            shown = [table.heads, *table.rows] if any(table.heads) else list(table.rows)
            cells = [[printable(cell) for cell in row] for row in shown]
            widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
            lines += ["  " + "  ".join(map(padded, row, widths)) for row in cells]
            if table.more:
                lines.append(f"  {printable(table.more)}")
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def html(self) -> str:
        """The page as a fragment of HTML; styles stand with each element."""
        parts = [
            f'<div lang="{self.lang}" style="font-family:sans-serif;font-size:90%">',
            f"<p><strong>{escape(self.headline)}</strong></p>",
        ]
        for table in self.tables:
            parts.append(
                '<table style="border-collapse:collapse;margin-bottom:.8em">'
                f'<caption style="text-align:left;font-weight:bold">{escape(table.title)}</caption>'
            )
            if any(table.heads):
                heads = "".join(
                    f'<th scope="col" style="{_CELL};border-bottom:1px solid">{escape(head)}</th>'
                    for head in table.heads
                )
                parts.append(f"<thead><tr>{heads}</tr></thead>")
            parts.append("<tbody>")
            for first, *others in table.rows:
                cells = "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in others)
                parts.append(
                    f'<tr><th scope="row" style="{_CELL};font-weight:normal">{escape(first)}</th>'
                    f"{cells}</tr>"
                )
            parts.append("</tbody></table>")
            if table.more:
                parts.append(f"<p>{escape(table.more)}</p>")
        parts.append("</div>")
        return "\n".join(parts)


def padded(words: str, columns: int) -> str:
    """Words with so many spaces after them that they take so many columns."""
    return words + " " * (columns - width(words))


def width(words: str) -> int:
    """The columns that words take in a terminal; Chinese characters take two."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in words)


def printable(words: str) -> str:
    """Words with every character that does not print written out."""
    if words.isprintable():
        return words
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in words
    )
