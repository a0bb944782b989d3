"""A scale of probabilities for a card, learned from what came of its scores."""

from math import log
from typing import Final, Literal, get_args

import attrs
import numpy as np

from custseg import frames
from custseg.errors import ConfigError, NotEnoughDataError, did_you_mean
from custseg.measures import Tally, logistic_map, monotone_map
from custseg.scoring.auditing.chances import best_scale, chances
from custseg.scoring.auditing.counting import Counted
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.card.odds import ChanceCurve, Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.outcome import read_outcome
from custseg.scoring.points import HUNDREDTHS

Method = Literal["best", "platt", "isotonic"]
_METHODS: Final[tuple[str, ...]] = get_args(Method)


def calibrate(
    card: Scorecard,
    data: object,
    outcome: str,
    method: Method = "best",
    *,
    positive: str | float | bool | None = None,
) -> Scorecard:
    """Give a card probabilities that are as often right as they say.

    Points and grades stay as they are; only ``odds`` is new. A card made by hand, which says no
    probability, gets one. Use rows that the card was not learnt from.

    Args:
        card: A card, made by hand or learnt.
        data: One row a customer: records or a frame; a lazy table is fetched.
        outcome: The column that says how it ended.
        method: ``platt``: a straight line of log-odds; ``isotonic``: straight lines between shares
            that never fall, for any shape, with many rows; ``best``: the one that was surely better
            on rows it was not learned from, or the odds that the card has, if none is.
        positive: The value of the outcome that counts as won.

    Raises:
        MissingColumnError: A column is not there.
        ConfigError: There is no such method, or the outcome says neither won nor lost.
        NotEnoughDataError: No outcome is known, all are the same, or more points do not go with
            more of it, so that no rising scale fits.

    Source: Platt 1999 and Zadrozny and Elkan 2002; see ``custseg.measures.logistic_map`` and
    ``custseg.measures.monotone_map``.

    >>> from custseg.scoring import Factor, Ramp, Scorecard, calibrate
    >>> card = Scorecard((Factor("orders", worth=100, curve=Ramp(0, 10)),))
    >>> rows = [{"orders": n % 11, "won": (n % 11) + 2 * (n % 7) > 11} for n in range(2000)]
    >>> learned = calibrate(card, rows, "won", "platt")
    >>> [learned.one({"orders": n})["probability"] for n in (2, 5, 8)]
    [0.240048, 0.458946, 0.694968]
    """
    if method not in _METHODS:
        hint = did_you_mean(str(method), _METHODS)
        msg = f"there is no method {method!r}; there are {list(_METHODS)}.{hint}"
        raise ConfigError(msg, "method")
    table = frames.table(data).select((outcome, *card.needs))
    ended = read_outcome(table, outcome, positive)
    counts = Counted.of(Subject.of(card, table), ended.won, ended.known)
    chosen = _best(counts) if method == "best" else method
    if chosen == "as_is":
        return card
    return attrs.evolve(card, odds=_scale(counts.total, chosen))


def _best(counts: Counted) -> str:
    if counts.said is None:
        found = best_scale(counts.total)
        return "platt" if found in {None, "alike"} else str(found)
    return chances(counts, 0.95, logits=False).best or "as_is"


def _scale(total: Tally, method: str) -> Odds | ChanceCurve:
    if method == "isotonic":
        return _curve(total)
    line = logistic_map(total)
    if not line.slope > 0:
        msg = "more points do not go with more of the outcome, so that no rising scale fits; "
        msg += "look at audit(...), or take the other value of the outcome as positive"
        raise NotEnoughDataError(msg)
    middle = _short(-line.intercept / line.slope)
    return Odds(at=middle, odds=1.0, double=_short(log(2) / line.slope))


def _curve(total: Tally) -> ChanceCurve:
    """The knots of a rising line, on whole hundredths of points."""
    found = monotone_map(total)
    places = np.rint(np.array(found.scores) * HUNDREDTHS) / HUNDREDTHS
    distinct, at = np.unique(places, return_index=True)
    chances_there = np.maximum.accumulate(np.array(found.chances)[at])
    return ChanceCurve(tuple(zip(distinct.tolist(), chances_there.tolist(), strict=True)))


def _short(number: float) -> float:
    """As many digits as tell in a document."""
    return float(f"{number:.9g}")
