"""Which grade is that score?"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, Protocol, Self

import attrs

from custseg._typing import floats, words
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames.scalar import missing
from custseg.rules import Rule, Scaled, Sum
from custseg.scoring.card.odds import Chance
from custseg.scoring.points import check_finite, check_positive, hundredths, least

_LETTERS: Final = ("A", "B", "C", "D", "E", "F", "G")


@attrs.frozen
class Step:
    """A way to the next better grade.

    Attributes:
        grade: That grade.
        within: The group whose points count, ``None`` for the score.
        least: The least whole hundredths that reach it.
    """

    grade: str
    within: str | None
    least: int


class Grading(Protocol):
    """A scale of grades over a score, or over points of groups.

    >>> Grades((50,), ("call", "wait")).named({None: 6000})
    'call'
    """

    def ordered(self) -> tuple[str, ...]:
        """The grades, the best first."""
        ...

    def worst(self) -> str:
        """The last grade: that of who is ruled out."""
        ...

    def named(self, sums: Mapping[str | None, int], /) -> str:
        """The grade of whole hundredths: of the groups by name, of the score as ``None``."""
        ...

    def steps(self, sums: Mapping[str | None, int], /) -> Sequence[Step]:
        """The ways to the next better grade; none of the best."""
        ...

    def tree(self, sums: Mapping[str | None, Rule], down: Rule | None, /) -> Rule:
        """The tree that grades trees of whole hundredths.

        Args:
            sums: Of the groups by name, of the score as ``None``.
            down: 0, or far below all there is where a customer is ruled out.
        """
        ...


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
        check_descending("edges of grades", self.edges)
        if len(self.names) != len(self.edges) + 1:
            need, got = len(self.edges) + 1, len(self.names)
            msg = f"{len(self.edges)} edges make {need} grades, got {got} names"
            raise ConfigError(msg)
        if len(set(self.names)) != len(self.names):
            msg = f"names of grades must differ, got {list(self.names)}"
            raise ConfigError(msg)

    @classmethod
    def from_shares(
        cls, scores: Iterable[float], shares: Iterable[float], names: Iterable[str] = ()
    ) -> Self:
        """Grades that hold given shares of customers, the best first.

        Equal scores are never split: each edge is where the share at or above it is nearest to
        the one asked for, and the smaller of two that are equally near.

        Args:
            scores: Scores of customers, such as the column that a card adds; those that are
                missing do not count.
            shares: Share of customers in each grade but the last: (0.1, 0.3) for the best tenth,
                the next three tenths, and the others.
            names: The grades; by default A, B, C, ...

        Raises:
            ConfigError: A share is not above 0, or they are more than 1 together.
            NotEnoughDataError: There are fewer different scores than grades.

        >>> Grades.from_shares([90, 80, 80, 70, 60, 50, 40, 30, 20, 10], (0.1, 0.4))
        Grades(edges=(90.0, 60.0), names=('A', 'B', 'C'))
        """
        asked = floats(shares)
        if not asked or min(asked) <= 0 or sum(asked) > 1 + 1e-9:  # thirds are 1 only nearly
            msg = f"shares of grades are above 0 and 1 at most together, got {list(asked)}"
            raise ConfigError(msg)
        edges = shared_edges(scores, asked)
        return cls(edges, words(names) or _LETTERS[: len(edges) + 1])

    @classmethod
    def from_costs(cls, odds: Chance, costs: Mapping[str, float], *, benefit: float) -> Self:
        """Grades by what is worth its cost: each names what to do, the costliest first.

        What is done pays where probability x benefit is at least its cost. What does not pay,
        and all below, is the last grade, which must cost nothing.

        Args:
            odds: The scale that gives the card's points their probability.
            costs: Name of what is done and its cost for one customer, the costliest first; the
                last costs 0.
            benefit: What a customer who is won is worth.

        Raises:
            ConfigError: The costs do not fall to 0, or one is above the benefit.

        >>> from custseg.scoring import Odds
        >>> scale = Odds(at=50, double=10)
        >>> Grades.from_costs(scale, {"visit": 200, "call": 20, "none": 0}, benefit=1000)
        Grades(edges=(30.0, -6.14), names=('visit', 'call', 'none'))
        """
        check_positive("benefit", benefit)
        given = list(costs.values())
        if not given or given[-1] != 0 or any(a <= b for a, b in pairwise(given)):
            msg = f"costs must fall, and end with one of 0, got {given}"
            raise ConfigError(msg)
        if given[0] >= benefit:
            msg = f"what costs {given[0]} never pays for a benefit of {benefit}"
            raise ConfigError(msg)
        edges = [least(odds.points(cost / benefit)) / 100 for cost in given[:-1]]
        return cls(tuple(edges), tuple(costs))

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

    def ordered(self) -> tuple[str, ...]:
        """The grades, the best first.

        >>> Grades().ordered()
        ('A', 'B', 'C', 'D')
        """
        return self.names

    def worst(self) -> str:
        """The last grade.

        >>> Grades().worst()
        'D'
        """
        return self.names[-1]

    @cached_property
    def _ladder(self) -> tuple[tuple[int, ...], tuple[Step, ...]]:
        """Least whole hundredths of each grade but the worst, the worst first, and their steps."""
        reached = tuple(least(edge) for edge in reversed(self.edges))
        better = self.names[-2::-1] if self.edges else ()
        steps = tuple(Step(name, None, at) for name, at in zip(better, reached, strict=True))
        return reached, steps

    def named(self, sums: Mapping[str | None, int]) -> str:
        """The grade of whole hundredths."""
        return self.names[-1 - bisect_right(self._ladder[0], sums[None])]

    def steps(self, sums: Mapping[str | None, int]) -> tuple[Step, ...]:
        """The way to the next better grade."""
        reached, steps = self._ladder
        place = bisect_right(reached, sums[None])
        return steps[place : place + 1]

    def tree(self, sums: Mapping[str | None, Rule], down: Rule | None) -> Scaled:
        """The tree that grades the score."""
        total = sums[None]
        return self.rule(total if down is None else Sum((total, down)))


def check_descending(name: str, edges: tuple[float, ...]) -> None:
    """Refuse edges that do not descend.

    Raises:
        ConfigError: One is not finite, or not below the one before it.

    >>> check_descending("edges of grades", (80.0, 60.0))
    """
    check_finite(name, *edges)
    if any(a <= b for a, b in pairwise(edges)):
        msg = f"{name} must descend, the best grade first, got {list(edges)}"
        raise ConfigError(msg)


def shared_edges(scores: Iterable[float], shares: Sequence[float]) -> tuple[float, ...]:
    """The least scores that hold shares of customers, the best first; ties are not split.

    Raises:
        NotEnoughDataError: There are fewer different scores than grades.

    >>> shared_edges([3, 2, 2, 1], (0.5,))
    (3.0,)
    """
    counts: dict[int, int] = {}
    for score in scores:
        if not missing(score):
            points = hundredths(float(score))
            counts[points] = counts.get(points, 0) + 1
    order = sorted(counts, reverse=True)
    if len(order) <= len(shares):
        msg = f"{len(shares) + 1} grades need more different scores than {len(order)}"
        raise NotEnoughDataError(msg)
    reached, held = 0, list[int]()
    for points in order:
        reached += counts[points]
        held.append(reached)
    edges: list[float] = []
    wanted, first = 0.0, 0
    for place, share in enumerate(shares):
        wanted += share
        last = len(order) - (len(shares) - place)
        target = wanted * reached
        first = min(range(first, last), key=lambda i: (round(abs(held[i] - target), 6), i)) + 1
        edges.append(order[first - 1] / 100)
    return tuple(edges)
