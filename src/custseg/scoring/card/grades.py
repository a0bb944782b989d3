"""Which grade is that score?"""

from itertools import pairwise

import attrs

from custseg._typing import floats, words
from custseg.errors import ConfigError
from custseg.rules import Rule, Scaled
from custseg.scoring.points import check_finite, least


@attrs.frozen
class Grades:
    """Score into grades, the best first.

    Attributes:
        edges: The least score of each grade but the last, descending: a score on an edge has
            the better grade.
        names: The grades, the best first: one more than there are edges.

    Raises:
        ConfigError: The edges do not descend, the counts do not fit, or a name comes twice.

    >>> grades = Grades((80, 60, 40))
    >>> grades.of(80), grades.of(79.99), grades.of(0)
    ('A', 'B', 'D')
    >>> Grades((50,), ("call", "wait")).of(50)
    'call'
    """

    edges: tuple[float, ...] = attrs.field(default=(80.0, 60.0, 40.0), converter=floats)
    names: tuple[str, ...] = attrs.field(default=("A", "B", "C", "D"), converter=words)

    def __attrs_post_init__(self) -> None:
        """Check edges and names."""
        check_finite("edges", *self.edges)
        if any(a <= b for a, b in pairwise(self.edges)):
            msg = f"edges of grades must descend, the best grade first, got {list(self.edges)}"
            raise ConfigError(msg)
        if len(self.names) != len(self.edges) + 1:
            need, got = len(self.edges) + 1, len(self.names)
            msg = f"{len(self.edges)} edges make {need} grades, got {got} names"
            raise ConfigError(msg)
        if len(set(self.names)) != len(self.names):
            msg = f"names of grades must differ, got {list(self.names)}"
            raise ConfigError(msg)

    def of(self, score: float) -> str:
        """The grade of a score."""
        reached = (
            name for name, edge in zip(self.names, self.edges, strict=False) if score >= edge
        )
        return next(reached, self.names[-1])

    def above(self, score: float) -> tuple[str, float] | None:
        """The next better grade and its least score; ``None`` of the best.

        >>> Grades((80, 60, 40)).above(70)
        ('A', 80.0)
        """
        better = [pair for pair in zip(self.names, self.edges, strict=False) if score < pair[1]]
        return better[-1] if better else None

    def rule(self, total: Rule) -> Scaled:
        """The tree that grades a tree of whole hundredths; labels run from the worst up."""
        edges = tuple(float(least(edge)) for edge in reversed(self.edges))
        return Scaled(total, 1.0, edges, self.names[::-1])
