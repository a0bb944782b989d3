"""How long Spark would plan rules: each part of them is a call to the JVM, and code to compile."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from custseg.rules import Rule

MOST: Final = 500
"""Parts of rules that are given to Spark as expressions; a scorecard has some thousand."""


def parts_of(rules: Mapping[str, Rule]) -> int:
    """How many parts rules have, counted as often as an expression repeats them.

    Args:
        rules: Output column -> tree.

    >>> from custseg.rules import Bands
    >>> parts_of({"tier": Bands("spent", (1.0,), ("low", "high"))})
    7
    """
    return sum(map(_parts, rules.values()))


def _parts(part: Any) -> int:
    if isinstance(part, tuple):
        return sum(map(_parts, part))
    if attrs.has(type(part)):
        return 1 + sum(_parts(getattr(part, one.name)) for one in attrs.fields(type(part)))
    return 1
