"""What a value says by itself: that it is a password or a key, or that it can be none."""

import re
from typing import Final

from ticketrules.text.secret_parts import TRIMMED

FIGURES: Final = 6
"""Figures alone are no password below this without a colon or "is" before them."""
_SHORT: Final = 4
_SIGN: Final = re.compile(r"[@#$%^&*!~+=?]")

_NOTHING: Final = re.compile(
    r"(?:v?\d+(?:\.\d+)+[a-z]?"  # a version, an IP address, an amount
    r"|\d+(?:\.\d+)?%"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d(?::\d\d)?"  # a date, a time
    r"|https?://.*|www\..*"
    r"|[^@]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+"  # an address
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|top|xyz)(?:\.cn)?"
    r"|.*\.(?:zip|rar|7z|txt|pdf|docx?|xlsx?|png|jpe?g|gpg|html?|php|log|conf|cnf|ini|json|ya?ml)"
    r"|[*xX•.?#_-]+|\.{3}.*|<[^>]*>?|\$\{.*\})[.,!?)\]]*",
    re.IGNORECASE,
)
STOP_WORDS: Final = frozenset(
    """
    a above again all already also always an and any are as at attached back because been before
    being below blank but by can cannot change changed changes changing check command correct
    default different disabled does due empty enabled encrypted error expired expires false field
    file fine
    first following for forgot forgotten free from gone good has have here hidden i if in incorrect
    input instead invalid is it its just known less like link lock locked login long lost manager
    me missing more must my n/a na need needed never new next no none not now null of off ok okay
    old on once one only optional or our out over page please policy protected rejected required
    reset resets resetting right safe same secure sent set shared short should show so still
    strength strong support than that the them then there they this to too true type unchanged
    undefined unknown until up us use used valid very was we weak what when where which will wrong
    yes you your
    """.split()  # noqa: SIM905 - to be read as words
)
"""Words that follow "the password is" and are none."""


def is_nothing(value: str) -> bool:
    """Whether a value is a version, a date, an address, a file or a mask, and no secret."""
    return _NOTHING.fullmatch(value) is not None


def looks_secret(value: str) -> bool:
    """Whether a value says by its letters alone that it is a password."""
    value = value.rstrip(".,!?)]}")
    if is_nothing(value):
        return False
    has_figure = any(map(str.isdigit, value))
    has_letter = any(map(str.isalpha, value))
    has_sign = _SIGN.search(value) is not None
    if value.isdigit():
        return len(value) >= FIGURES
    return len(value) >= _SHORT and has_letter + has_figure + has_sign > 1


def is_mixed(value: str) -> bool:
    """Whether a value has figures, or small letters and capitals."""
    return any(map(str.isdigit, value)) or len({one.islower() for one in value}) > 1


def is_strong(value: str) -> bool:
    """Whether a value without a word for it can hardly be anything else."""
    value = value.rstrip(TRIMMED)
    kinds = (str.islower, str.isupper, str.isdigit)
    mixed = sum(any(map(is_one, value)) for is_one in kinds)
    mixed += _SIGN.search(value) is not None
    is_short = len(value) < FIGURES
    is_a_path = "/" in value or "\\" in value
    return looks_secret(value) and mixed > 1 and not (is_short or is_a_path) and not value.isalpha()
