"""How a holiday notice stands in a policy; ``Notice.from_mapping`` reads it."""

from typing import Any

from ticketrules.calendar import Notice


def notice_mapping(notice: Notice) -> dict[str, Any]:
    """A notice as the table that it is read from."""
    table: dict[str, Any] = {"year": notice.year, "source": notice.source}
    for key, entries in (("holidays", notice.holidays), ("makeup_days", notice.makeup_days)):
        if entries:
            table[key] = [
                {"name": one.name.zh, "name_en": one.name.en, "dates": list(one.dates)}
                for one in entries
            ]
    return table


def notice_schema() -> dict[str, Any]:
    """The JSON Schema of that table."""
    day = r"\d{4}-\d{2}-\d{2}"
    entry = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "dates"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "description": "the holiday, in Chinese"},
            "name_en": {"type": "string", "description": "the same in English"},
            "dates": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "pattern": rf"^\s*{day}\s*(/\s*{day}\s*)?$"},
                "description": "dates, or runs of dates such as '2027-02-05/2027-02-11'",
            },
        },
    }
    entries = {"type": "array", "items": entry}
    return {
        "description": "a holiday notice newer than the packaged ones",
        "type": "object",
        "additionalProperties": False,
        "required": ["year", "source", "holidays"],
        "properties": {
            "year": {
                "type": "integer",
                "minimum": 1900,
                "maximum": 2999,
                "description": "the year that it is for",
            },
            "source": {"type": "string", "pattern": r"\S", "description": "where it can be read"},
            "holidays": {**entries, "minItems": 1, "description": "the days off"},
            "makeup_days": {**entries, "description": "the weekend days worked in exchange"},
        },
    }
