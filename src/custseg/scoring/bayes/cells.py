"""How often did it end well with this value, and how often badly?"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from custseg._typing import Codes, Index
from custseg.errors import DataError
from custseg.scoring.effects.field import MISSING

Pair = tuple[int, int]


@attrs.frozen
class TeamCounts:
    """What a team won and lost, in all and by value.

    Attributes:
        won: Customers won.
        lost: Customers lost.
        values: By field, then by value: how many of its customers were won and lost. A value
            stays in the table when all of its customers were taken back.

    >>> TeamCounts(1, 2, {"source": {"fair": (1, 2)}}).pairs("source")
    {'fair': (1, 2)}
    """

    won: int = 0
    lost: int = 0
    values: Mapping[str, Mapping[str, tuple[int, int]]] = attrs.field(factory=dict[str, Any])

    def pairs(self, field: str) -> Mapping[str, Pair]:
        """Won and lost by value of a field; empty where there are none."""
        return self.values.get(field, {})


def added(first: TeamCounts, second: TeamCounts, *, sign: int = 1) -> TeamCounts:
    """Two teams as one, or one taken out of another.

    Args:
        first: The counts.
        second: What is added.
        sign: 1, or -1 to take it out.

    Raises:
        DataError: More is taken back than was counted.

    >>> both = added(TeamCounts(1, 0, {"a": {"x": (1, 0)}}), TeamCounts(0, 1, {"a": {"x": (0, 1)}}))
    >>> both.won, both.lost, both.pairs("a")
    (1, 1, {'x': (1, 1)})
    """
    values = dict(first.values)  # what does not change is shared
    for name, pairs in second.values.items():
        own = dict(values.get(name, {}))
        for word, pair in pairs.items():
            own[word] = _checked(_sum(own.get(word, (0, 0)), pair, sign), name)
        values[name] = own
    won, lost = _checked(_sum((first.won, first.lost), (second.won, second.lost), sign), "")
    return TeamCounts(won, lost, values)


def merged(teams: Iterable[TeamCounts]) -> TeamCounts:
    """All teams as one.

    >>> merged([TeamCounts(1, 0), TeamCounts(2, 5)])
    TeamCounts(won=3, lost=5, values={})
    """
    won = lost = 0
    values: dict[str, dict[str, Pair]] = {}
    for team in teams:
        won, lost = won + team.won, lost + team.lost
        for name, pairs in team.values.items():
            own = values.setdefault(name, {})
            for word, pair in pairs.items():
                own[word] = _sum(own[word], pair, 1) if word in own else pair
    return TeamCounts(won, lost, values)


def crossed(teams: Codes, values: Codes, *, keep_missing: bool) -> dict[str, dict[str, int]]:
    """Rows by team and value.

    Args:
        teams: The team of each row.
        values: The value of each row.
        keep_missing: Whether a missing value counts as a value.

    >>> team, source = Codes(np.array([0, 0, -1]), ("n",)), Codes(np.array([0, -1, 0]), ("fair",))
    >>> crossed(team, source, keep_missing=True)
    {'n': {'fair': 1, '': 1}, '': {'fair': 1}}
    """
    across = len(values.words) + 1
    at = _place(teams) * across + _place(values)
    many = np.bincount(at, minlength=(len(teams.words) + 1) * across).reshape(-1, across)
    if not keep_missing:
        many[:, -1] = 0
    names, words = (*teams.words, MISSING), (*values.words, MISSING)
    found: dict[str, dict[str, int]] = {}
    for team, value in np.argwhere(many).tolist():
        found.setdefault(names[team], {})[words[value]] = int(many[team, value])
    return found


def _place(codes: Codes) -> Index:
    """The place of each row's word; missing comes after all words."""
    return np.where(codes.at < 0, len(codes.words), codes.at).astype(np.intp)


def _sum(pair: Pair, other: Pair, sign: int) -> Pair:
    return pair[0] + sign * other[0], pair[1] + sign * other[1]


def _checked(pair: Pair, field: str) -> Pair:
    if min(pair) < 0:
        msg = "more customers are taken back than were counted; give them as they were counted"
        raise DataError(msg, field)
    return pair
