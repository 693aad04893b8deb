"""Complaints: the signs of a tendency to complain, with their evidence (7.2, 7.3)."""

from ticketrules.complaints.detectors import (
    BurstDetector,
    Detector,
    LexiconDetector,
    combine,
    packaged_lexicon,
    read_lexicon,
)
from ticketrules.complaints.linear import (
    LinearDetector,
    LinearDoubt,
    LinearModel,
    packaged_model,
    read_model,
)
from ticketrules.complaints.repetition import LexicalSimilarity, RepeatDetector, Similarity
from ticketrules.complaints.settings import TendencyRules
from ticketrules.complaints.signals import Message, Signal, SignalKind
from ticketrules.complaints.tendency import Tendency, assess_tendency, default_detector

__all__ = [
    "BurstDetector",
    "Detector",
    "LexicalSimilarity",
    "LexiconDetector",
    "LinearDetector",
    "LinearDoubt",
    "LinearModel",
    "Message",
    "RepeatDetector",
    "Signal",
    "SignalKind",
    "Similarity",
    "Tendency",
    "TendencyRules",
    "assess_tendency",
    "combine",
    "default_detector",
    "packaged_lexicon",
    "packaged_model",
    "read_lexicon",
    "read_model",
]
