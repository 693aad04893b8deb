"""Text that customers and agents write: its normalised form, its lexicon, and its redaction."""

from ticketrules.text.lexicon import EMPTY, Lexicon
from ticketrules.text.lexicon_reading import load_lexicon
from ticketrules.text.normalisation import NormalisedText, normalise
from ticketrules.text.patterns import Pattern, PatternError, PatternReader
from ticketrules.text.redaction import Redaction, find_secrets, redact
from ticketrules.text.secret_kinds import Secret, SecretKind
from ticketrules.text.senses import Context, Hit, Sense, Where

__all__ = [
    "EMPTY",
    "Context",
    "Hit",
    "Lexicon",
    "NormalisedText",
    "Pattern",
    "PatternError",
    "PatternReader",
    "Redaction",
    "Secret",
    "SecretKind",
    "Sense",
    "Where",
    "find_secrets",
    "load_lexicon",
    "normalise",
    "redact",
]
