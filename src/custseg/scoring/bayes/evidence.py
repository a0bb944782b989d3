"""From counts to log-odds: what does each value say?"""

from collections.abc import Mapping, Sequence
from math import fsum, log
from typing import Final

import attrs

from custseg.scoring.bayes.cells import Pair, TeamCounts, merged
from custseg.scoring.card.odds import logistic

Teams = Mapping[str, TeamCounts]

SMOOTHING: Final = 0.1
"""What Odoo adds to the won and the lost of each value of each team that was ever seen."""


@attrs.frozen
class Evidence:
    """Log-odds before anything is known, and what each value adds.

    Attributes:
        prior: Log-odds of being won.
        effects: By column, then by value: what it adds.

    >>> Evidence(0.0, {"source": {"fair": -0.5}}).prior
    0.0
    """

    prior: float
    effects: Mapping[str, Mapping[str, float]]

    def log_odds(self, values: Mapping[str, str]) -> float:
        """Log-odds of a record whose columns hold these values; what was never seen adds nothing.

        >>> Evidence(0.5, {"source": {"fair": -0.5}}).log_odds({"source": "fair"})
        0.0
        """
        said = (self.effects.get(name, {}).get(word, 0.0) for name, word in values.items())
        return fsum((self.prior, *said))

    def believed(self, start: float, slope: float) -> "Evidence":
        """What is said, believed so far: log-odds become ``start + slope`` times what they were.

        >>> Evidence(1.0, {"source": {"fair": -2.0}}).believed(0.0, 0.5)
        Evidence(prior=0.5, effects={'source': {'fair': -1.0}})
        """
        effects = {
            name: {word: slope * adds for word, adds in said.items()}
            for name, said in self.effects.items()
        }
        return Evidence(start + slope * self.prior, effects)


def as_in_crm(
    counted: Teams, team: str | None = None, *, stage: str | None = None, first: str = ""
) -> Evidence:
    """Naive Bayes to the digit of Odoo's predictive lead scoring.

    Every value of every team that was ever counted has 0.1 won and 0.1 lost more. A team without
    counts takes those of all teams. With stages, the first of them says how many were won and
    lost in all; values that were never counted say nothing.

    Args:
        counted: The counts by team.
        team: A team; by default all of them.
        stage: The column of stages, where there is one.
        first: The first stage.

    Source: Odoo, ``addons/crm/models/crm_lead.py``, ``_pls_get_naive_bayes_probabilities``.

    >>> counted = {"": TeamCounts(1, 1, {"source": {"a": (1, 0), "b": (0, 1)}})}
    >>> round(as_in_crm(counted).effects["source"]["a"], 4) == round(log(1.1 / 0.1), 4)
    True
    """
    teams = [counted[team]] if team and team in counted else list(counted.values())
    whole = merged(teams)
    if not (whole.won and whole.lost):
        return Evidence(_odds((whole.won, whole.lost)), {})
    smooth = {name: _smoothed(teams, name) for name in whole.values}
    totals = {name: _total(list(pairs.values())) for name, pairs in smooth.items()}
    start = (whole.won + SMOOTHING, whole.lost + SMOOTHING)
    if stage is not None:
        start = totals[stage] = smooth[stage][first]
    effects = {
        name: {word: _ratio(pair, totals[name]) for word, pair in pairs.items()}
        for name, pairs in smooth.items()
    }
    return Evidence(log(start[0] / start[1]), effects)


def shrunk(counted: Teams, team: str | None = None, *, shrink: float = 10.0) -> Evidence:
    """Naive Bayes with every share drawn to what is known without it.

    The share won of a value is drawn to that of all customers, as if there were ``shrink`` more of
    them; the figures of a team are drawn in the same way to those of all teams, so that a team
    with few customers speaks with the voice of all.

    Args:
        counted: The counts by team.
        team: A team; by default all of them.
        shrink: How many customers the drawing counts for.

    >>> said = shrunk({"": TeamCounts(30, 30, {"source": {"a": (30, 0), "b": (0, 30)}})})
    >>> round(said.effects["source"]["a"], 3), round(said.effects["source"]["b"], 3)
    (1.946, -1.946)
    """
    whole = merged(counted.values())
    prior = _odds((whole.won, whole.lost))
    if not (whole.won and whole.lost):
        return Evidence(prior, {})
    common = _drawn(Evidence(prior, {name: {} for name in whole.values}), whole, prior, shrink)
    if team is None:
        return common
    own = counted.get(team, TeamCounts())
    return _drawn(common, own, _drawn_odds((own.won, own.lost), prior, shrink), shrink)


def _drawn(known: Evidence, team: TeamCounts, prior: float, shrink: float) -> Evidence:
    effects: dict[str, Mapping[str, float]] = {}
    for name, said in known.effects.items():
        pairs = team.pairs(name)
        effects[name] = {
            word: _drawn_odds(pairs.get(word, (0, 0)), prior + said.get(word, 0.0), shrink) - prior
            for word in dict.fromkeys((*said, *pairs))
        }
    return Evidence(prior, effects)


def _drawn_odds(pair: Pair, known: float, shrink: float) -> float:
    """Log-odds of a pair with some more customers whose odds are known."""
    share = logistic(known)
    return log((pair[0] + shrink * share) / (pair[1] + shrink * (1 - share)))


def _odds(pair: Pair) -> float:
    """Log-odds with half a customer more on each side.

    Source: Haldane 1956 and Anscombe 1956: the correction that makes the empirical log-odds
    almost unbiased, and defined at 0.
    """
    return log((pair[0] + 0.5) / (pair[1] + 0.5))


def _smoothed(teams: Sequence[TeamCounts], name: str) -> dict[str, tuple[float, float]]:
    found: dict[str, list[Pair]] = {}
    for team in teams:
        for word, pair in team.pairs(name).items():
            found.setdefault(word, []).append(pair)
    return {
        word: _total([(won + SMOOTHING, lost + SMOOTHING) for won, lost in pairs])
        for word, pairs in found.items()
    }


def _ratio(pair: tuple[float, float], total: tuple[float, float]) -> float:
    return log(pair[0] / total[0] * total[1] / pair[1])


def _total(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return fsum(won for won, _ in pairs), fsum(lost for _, lost in pairs)
