"""Are the parts of a tree sound: edges that ascend, words apart from numbers?"""

from collections.abc import Iterable
from itertools import pairwise
from math import isfinite
from typing import Protocol, TypeAlias

from custseg.errors import ConfigError

Value: TypeAlias = str | float


class Wordy(Protocol):
    """What has words, or gives numbers where there are none."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words it gives."""
        ...


def check_bands(edges: tuple[float, ...], values: tuple[Value, ...]) -> None:
    """Refuse edges that do not ascend, or another count of values than they make bands."""
    if any(edge != edge for edge in edges):  # noqa: PLR0124 - NaN test
        msg = "edges must be numbers, got NaN"
        raise ConfigError(msg)
    if any(not a < b for a, b in pairwise(edges)):
        msg = f"edges must ascend, got {list(edges)}"
        raise ConfigError(msg)
    if len(values) != len(edges) + 1:
        msg = f"{len(edges)} edges make {len(edges) + 1} bands, got {len(values)} values"
        raise ConfigError(msg)


def check_numbers(name: str, parts: Iterable[Wordy]) -> None:
    """Refuse parts that give words."""
    if wordy := [part.words for part in parts if part.words]:
        msg = f"a {name} is made of numbers, got a rule that gives the words {list(wordy[0])}"
        raise ConfigError(msg)


def known_words(values: tuple[Value | None, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """The words among the values, in the order given or else of appearance; never beside numbers.

    >>> known_words(("low", "high", "low"), ())
    ('low', 'high')
    """
    known = [value for value in values if value is not None]
    found = tuple(dict.fromkeys(value for value in known if isinstance(value, str)))
    if found and len([v for v in known if isinstance(v, str)]) != len(known):
        msg = f"a rule gives words or numbers, not both: {known}"
        raise ConfigError(msg)
    if not given:
        return found
    if unknown := [word for word in found if word not in given]:
        msg = f"words {unknown} are given by the rule but are not among its labels {list(given)}"
        raise ConfigError(msg)
    return given


def check_knots(knots: tuple[tuple[float, int], ...]) -> None:
    """Refuse knots that do not ascend in x, or are not numbers."""
    if not knots or any(not a[0] < b[0] for a, b in pairwise(knots)):
        msg = f"knots must ascend in x and be at least one, got {list(knots)}"
        raise ConfigError(msg)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(knots)]
    if not all(isfinite(z) for z in (*slopes, *(z for knot in knots for z in knot))):
        msg = f"knots must be finite and not too close, got {list(knots)}"
        raise ConfigError(msg)
