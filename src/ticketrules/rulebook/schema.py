"""The JSON Schema of a policy file, so that editors complete and check it as one writes."""

from typing import Any

from ticketrules.rulebook.forms import form_of
from ticketrules.rulebook.loading import EXTENDS
from ticketrules.rulebook.policy import Policy


def policy_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the TOML that ``load_policy`` reads.

    Made of the settings classes: each setting with its clause, what it means, its default, and
    what may stand there as far as a schema can say it. Dates are texts to it, as editors and JSON
    have them. What several settings contradict only together, ``load_policy`` alone finds.
    """
    schema = form_of(Policy).schema()
    properties = {
        EXTENDS: {
            "type": "string",
            "description": "the policy that holds where this one says nothing",
            "default": Policy().name,
        },
        **schema.pop("properties"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A service desk's policy",
        **schema,
        "properties": properties,
    }
