"""What a preset makes: a rule, and the fields that it reads from texts."""

from typing import Final

import attrs

from custseg.classify.groups.reads import Read
from custseg.rules import Rule

UNKNOWN: Final = "unknown"
"""The group of whom nothing is known that would tell another."""


@attrs.frozen
class Made:
    """A rule with what it reads.

    Attributes:
        rule: The tree that gives the group.
        reads: Fields of the rule that are read from texts.

    >>> from custseg.rules import Bands
    >>> Made(Bands("age", (18.0,), ("minor", "adult"))).reads
    ()
    """

    rule: Rule
    reads: tuple[Read, ...] = ()
