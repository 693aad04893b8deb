"""The laws of whatever keeps values as text: events on a wire, policies in a file."""

from collections.abc import Callable
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st

from ticketrules.verification.laws.law import Law, drawing, equal, law, require
from ticketrules.verification.strategies.events import events
from ticketrules.verification.strategies.policies import policies


@frozen
class Keeping:
    """How a host writes values down and reads them back.

    Attributes:
        dump: From a value to what is kept of it.
        load: From that to the value.
        values: What is to be kept; events by default.
    """

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]
    values: str = "events"


def _value(keeping: Keeping) -> st.SearchStrategy[dict[str, Any]]:
    return drawing(value=events() if keeping.values == "events" else policies())


@law(_value)
def what_is_kept_is_read_back(keeping: Keeping, value: Any) -> None:
    """A value that was written down is read back as an equal one of the same kind."""
    back = keeping.load(keeping.dump(value))
    require(type(back) is type(value), f"it is read back as {type(back).__name__}")
    equal(repr(back), repr(value), "read back")
    require(back == value, "it is read back as another value")


@law(_value)
def it_is_written_down_in_one_way(keeping: Keeping, value: Any) -> None:
    """What is read back is written down as before."""
    kept = keeping.dump(value)
    equal(keeping.dump(keeping.load(kept)), kept, "written down again")


KEEPING: Final[tuple[Law, ...]] = (what_is_kept_is_read_back, it_is_written_down_in_one_way)
"""Every law of keeping values."""
