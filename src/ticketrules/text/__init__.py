"""Text that customers and agents write: its normalised form, and the lexicon that reads it."""

from ticketrules.text.normalisation import NormalisedText, normalise

__all__ = ["NormalisedText", "normalise"]
