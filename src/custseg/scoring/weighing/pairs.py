"""Judgements in pairs: the weights that fit them best, and how far they contradict each other."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import isfinite, log
from typing import Any, Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from custseg.errors import ConfigError
from custseg.scoring.weighing.gaps import completed

RandomIndex: TypeAlias = Literal["saaty", "donegan-dodd"]
Judgements: TypeAlias = tuple[tuple[str, str, float], ...]
Matrix: TypeAlias = list[list[float]]

_SAATY: Final = (
    *(0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40),
    *(1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
)
_DONEGAN_DODD: Final = {
    1: 0.0,
    2: 0.0,
    3: 0.4914,
    4: 0.8286,
    5: 1.0591,
    6: 1.1797,
    7: 1.2519,
    8: 1.3171,
    9: 1.3733,
    10: 1.4055,
    11: 1.4213,
    12: 1.4497,
    13: 1.4643,
    14: 1.4822,
    15: 1.4969,
    16: 1.5078,
    17: 1.5153,
    18: 1.5262,
    19: 1.5313,
    20: 1.5371,
    25: 1.5619,
    30: 1.5772,
    40: 1.5976,
    50: 1.6102,
    60: 1.6178,
    70: 1.6237,
    80: 1.6277,
    90: 1.6213,
    100: 1.6339,
}
_STEPS: Final = 100_000
_NEAR: Final = 1e-14
_CLOSE: Final = log(1.5)
_MOST: Final = 10
_FAR: Final = 1000


def judgements(given: Mapping[Any, float] | Iterable[Iterable[Any]]) -> Judgements:
    """Pairs and how many times more the first counts, from a mapping or from triples.

    Raises:
        ConfigError: They are no pairs of names with a number, or one makes no sense.

    >>> judgements({("price", "service"): 3})
    (('price', 'service', 3.0),)
    """
    try:
        rows = _listed(cast("Any", given))
        made = tuple((str(a), str(b), float(x)) for a, b, x in rows)
    except (TypeError, ValueError) as error:
        msg = "a judgement is two names and how many times more the first counts: (a, b): 3"
        raise ConfigError(msg, "judgements") from error
    _check(made)
    return made


def _listed(given: Any) -> Iterable[Any]:  # noqa: ANN401 - a mapping or triples
    if hasattr(given, "items"):
        pairs = given.items()
        return [((pair, "") if isinstance(pair, str) else (*pair, x)) for pair, x in pairs]
    return given  # type: ignore[no-any-return]


def _check(made: Judgements) -> None:
    for a, b, times in made:
        if a == b or not (isfinite(times) and 1 / _FAR <= times <= _FAR):
            msg = f"{a!r} to {b!r} must be two names and a number above 0, from 1/{_FAR} to {_FAR} "
            msg += f"(usually from 1/9 to 9), got {times}"
            raise ConfigError(msg, "judgements")
    pairs = [frozenset((a, b)) for a, b, _ in made]
    if twice := [sorted(pair) for pair in set(pairs) if pairs.count(pair) > 1]:
        msg = f"each pair is judged once; these come twice: {sorted(twice)}"
        raise ConfigError(msg, "judgements")


@attrs.frozen
class Doubt:
    """A judgement that the others contradict.

    Attributes:
        first: The one,
        second: and the other that were compared.
        given: How many times more the first was said to count.
        implied: How many times more it counts by all others together.

    >>> Doubt("price", "service", 9.0, 2.9).factor > 3
    True
    """

    first: str
    second: str
    given: float
    implied: float

    @property
    def factor(self) -> float:
        """How many times too much or too little was said."""
        return max(self.given / self.implied, self.implied / self.given)


@attrs.frozen
class Consistency:
    """How well some judgements agree with each other.

    Attributes:
        of: What the compared ones are parts of; empty for the whole.
        size: How many were compared.
        eigenvalue: The greatest eigenvalue; the size, where all agree.
        ratio: The consistency ratio: 0 where all agree; to 0.1 is usually taken as good enough.
            It allows for pairs that were not judged.
        missing: Pairs that were not judged; what the others imply stands for them.
        doubts: The ten worst judgements at most that are one and a half times off or more.

    >>> Consistency("", 3, 3.0, 0.0, 0, ()).ratio
    0.0
    """

    of: str
    size: int
    eigenvalue: float
    ratio: float
    missing: int
    doubts: tuple[Doubt, ...]


def weigh(given: Judgements, of: str, index: RandomIndex) -> tuple[dict[str, float], Consistency]:
    """Weights of the compared ones, and how well the judgements agree.

    Args:
        given: The judgements.
        of: What the compared ones are parts of.
        index: Whose random indices.

    Raises:
        ConfigError: Some are compared with none of the others, or there are too many for the
            indices.

    Source: Saaty 1980, "The Analytic Hierarchy Process" (principal eigenvector, consistency
    ratio); pairs that are missing: the completion with the least eigenvalue, Bozóki, Fülöp and
    Rónyai 2010, Mathematical and Computer Modelling 52.

    >>> weights, fit = weigh((("a", "b", 3.0), ("b", "c", 2.0)), "", "saaty")
    >>> {name: round(weight, 4) for name, weight in weights.items()}, abs(round(fit.ratio, 9))
    ({'a': 0.6667, 'b': 0.2222, 'c': 0.1111}, 0.0)
    """
    names = tuple(dict.fromkeys(name for a, b, _ in given for name in (a, b)))
    _check_joined(names, given)
    matrix, holes = _matrix(names, given)
    vector, value = _completed(matrix, holes)
    size = len(names)
    ratio = _ratio(value, size, len(holes), index)
    weights = dict(zip(names, vector, strict=True))
    return weights, Consistency(of, size, value, ratio, len(holes), _doubts(given, weights))


def _doubts(given: Judgements, weights: Mapping[str, float]) -> tuple[Doubt, ...]:
    """The judgements that are furthest from the weights, and what the others say of them."""
    off = [Doubt(a, b, times, weights[a] / weights[b]) for a, b, times in given]
    off = sorted(off, key=lambda doubt: -doubt.factor)[:_MOST]
    found = [_told_by_others(given, doubt) for doubt in off if log(doubt.factor) >= _CLOSE]
    return tuple(sorted(found, key=lambda doubt: -doubt.factor))


def _told_by_others(given: Judgements, doubt: Doubt) -> Doubt:
    others = tuple(one for one in given if one[:2] != (doubt.first, doubt.second))
    names = tuple(dict.fromkeys(name for a, b, _ in others for name in (a, b)))
    if not {doubt.first, doubt.second} <= set(names) or _apart(names, others):
        return doubt
    vector, _ = _completed(*_matrix(names, others))
    at = (names.index(doubt.first), names.index(doubt.second))
    return attrs.evolve(doubt, implied=vector[at[0]] / vector[at[1]])


def _apart(names: Sequence[str], given: Judgements) -> list[str]:
    """The names that no chain of judgements joins to the first one."""
    reached = {names[0]}
    while grown := {n for a, b, _ in given for n in (a, b) if {a, b} & reached} - reached:
        reached |= grown
    return [name for name in names if name not in reached]


def _check_joined(names: Sequence[str], given: Judgements) -> None:
    """Refuse judgements that fall into parts."""
    if apart := _apart(names, given):
        rest = [name for name in names if name not in apart]
        msg = f"{apart} are compared with none of {rest}; judge one such pair at least"
        raise ConfigError(msg, "judgements")


def _matrix(names: Sequence[str], given: Judgements) -> tuple[Matrix, list[tuple[int, int]]]:
    place = {name: i for i, name in enumerate(names)}
    matrix = [[1.0] * len(names) for _ in names]
    said = set[tuple[int, int]]()
    for a, b, times in given:
        i, j = place[a], place[b]
        matrix[i][j], matrix[j][i] = times, 1.0 / times
        said |= {(min(i, j), max(i, j))}
    every = combinations(range(len(names)), 2)
    return matrix, [pair for pair in every if pair not in said]


def _completed(matrix: Matrix, holes: list[tuple[int, int]]) -> tuple[list[float], float]:
    """The weights and the eigenvalue; gaps are filled so that the eigenvalue is least."""
    if not holes:
        return principal(matrix)
    known = np.ones((len(matrix), len(matrix)), dtype=np.bool_)
    for i, j in holes:
        known[i, j] = known[j, i] = False
    vector, value = completed(np.array(matrix), known)
    return vector.tolist(), value


def principal(matrix: Matrix) -> tuple[list[float], float]:
    """The principal eigenvector of a positive matrix, summing to 1, and its eigenvalue.

    >>> vector, value = principal([[1.0, 3.0], [1 / 3, 1.0]])
    >>> [round(x, 6) for x in vector], round(value, 6)
    ([0.75, 0.25], 2.0)
    """
    size = len(matrix)
    vector, value = [1.0 / size] * size, 0.0
    for _ in range(_STEPS):
        times = [sum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]
        value = sum(times)
        before, vector = vector, [x / value for x in times]
        if max(abs(a - b) for a, b in zip(before, vector, strict=True)) < _NEAR:
            break
    return vector, value


def _ratio(value: float, size: int, missing: int, index: RandomIndex) -> float:
    """The inconsistency, as a share of that of random judgements of as many pairs.

    Source: with gaps random judgements contradict each other the less the more pairs are missing,
    in a straight line down to a tree of pairs, which cannot: Ágoston and Csató 2022, Omega 108,
    "Inconsistency thresholds for incomplete pairwise comparison matrices".
    """
    spread = _random_index(size, index)
    loops = (size - 1) * (size - 2) // 2
    if not spread or missing >= loops:
        return 0.0
    return max(value - size, 0.0) / (size - 1) / (spread * (1.0 - missing / loops))


def _random_index(size: int, index: RandomIndex) -> float:
    """The mean consistency index of random judgements.

    Source: Saaty 2005, "Theory and Applications of the Analytic Network Process", p. 31; Donegan
    and Dodd 1991, Mathematical and Computer Modelling 15(10), straight lines between.
    """
    if index == "saaty":
        if size > len(_SAATY):
            msg = (
                f"Saaty's indices end at {len(_SAATY)}, got {size}; take 'donegan-dodd', or groups"
            )
            raise ConfigError(msg, "random_index")
        return _SAATY[size - 1]
    if size in _DONEGAN_DODD:
        return _DONEGAN_DODD[size]
    for (low, at_low), (high, at_high) in pairwise(_DONEGAN_DODD.items()):
        if low < size < high:
            return at_low + (at_high - at_low) * (size - low) / (high - low)
    msg = f"the random indices end at {max(_DONEGAN_DODD)}, got {size}; judge in groups"
    raise ConfigError(msg, "random_index")


def as_judgements(given: object) -> Mapping[str, Judgements]:
    """Judgements by what the compared ones are parts of.

    >>> as_judgements({"fit": {("size", "trade"): 2}})
    {'fit': (('size', 'trade', 2.0),)}
    """
    try:
        return {str(name): judgements(some) for name, some in cast("Any", given).items()}
    except AttributeError as error:
        msg = "parts are a mapping from a name to the judgements of its parts"
        raise ConfigError(msg, "parts") from error
