"""Imported before anything that needs Hypothesis, to say where it comes from if it is missing."""

try:
    import hypothesis
except ModuleNotFoundError as missing:
    msg = "strategies, laws and state machines need Hypothesis: install ticketrules[verification]"
    raise ModuleNotFoundError(msg, name=missing.name) from missing

__all__ = ["hypothesis"]
