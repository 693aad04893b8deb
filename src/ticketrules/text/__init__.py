"""Text that customers and agents write: its normalised form, its lexicon, and its redaction."""

from ticketrules.text.normalisation import NormalisedText, normalise
from ticketrules.text.redaction import Redaction, Secret, SecretKind, find_secrets, redact

__all__ = [
    "NormalisedText",
    "Redaction",
    "Secret",
    "SecretKind",
    "find_secrets",
    "normalise",
    "redact",
]
