"""Conditions and ladders as neutral trees of data: what a rule says, not how it is run."""

from custseg.rules.conditions import Condition, Every, F, Some, Test, Times, merged
from custseg.rules.document import from_dict, to_dict
from custseg.rules.trees import (
    Bands,
    Choice,
    Ladder,
    Line,
    Rule,
    Scaled,
    Slopes,
    Sum,
    always_known,
    children,
    words_of,
)

__all__ = [
    "Bands",
    "Choice",
    "Condition",
    "Every",
    "F",
    "Ladder",
    "Line",
    "Rule",
    "Scaled",
    "Slopes",
    "Some",
    "Sum",
    "Test",
    "Times",
    "always_known",
    "children",
    "from_dict",
    "merged",
    "to_dict",
    "words_of",
]
