"""What a customer says of us: complaints and satisfaction."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Column, Floats, Ints
from custseg.features.contact import count_of
from custseg.features.conventions import customary, means, spoken
from custseg.features.events import Events
from custseg.features.ratings import MICRO, Ratings
from custseg.frames import UNITS

SCALES: Final[Mapping[str, tuple[float, float]]] = {
    "csat": (1.0, 5.0),
    "nps": (0.0, 10.0),
    "stars": (1.0, 5.0),
    "percent": (0.0, 100.0),
}
"""Lowest and highest score of each scale.

Source: Net Promoter Score 0 to 10, Reichheld (2003), "The One Number You Need to Grow", Harvard
Business Review 81(12); customer satisfaction and stars are asked from 1 to 5.
"""


def voice(events: Events) -> Mapping[str, Column]:
    """Complaints; the latest satisfaction on 0 to 100 and its trend.

    The trend is the latest satisfaction less the mean of all before it.

    Args:
        events: Feedback up to the day that counts.
    """
    given = _satisfaction(events)
    own = events.source.conventions.complaints
    complaints: Floats | Ints = np.full(events.size, np.nan)
    if events.has("feedback_kind"):
        complaints = count_of(events, "feedback_kind", means("complaint", own))
    return {
        "complaints": complaints,
        "satisfaction": given.latest,
        "satisfaction_trend": given.trend,
    }


def _satisfaction(events: Events) -> Ratings:
    scores = _scores(events)
    rows = np.flatnonzero(~np.isnan(scores))
    micro = np.rint(scores[rows] * MICRO).astype(np.int64)
    return Ratings(events.code[rows], events.clock.moment[rows], micro, events.size)


def _scores(events: Events) -> Floats:
    """Scores on 0 to 100, NaN where there is none or it is outside its scale."""
    blank = np.full(len(events.code), np.nan)
    if not events.has("score"):
        return blank
    units, known = events.money("score")
    low, high = _limits(events)
    events.sieve.note("score_without_scale", int(np.count_nonzero(known & np.isnan(low))))
    score = np.where(known, units / UNITS, np.nan)
    outside = (score < low) | (score > high)
    events.sieve.note("score_outside_scale", int(np.count_nonzero(outside)))
    return np.where(outside, np.nan, (score - low) / (high - low) * 100.0)


def _limits(events: Events) -> tuple[Floats, Floats]:
    """Lowest and highest score of each row's scale, NaN where the scale is unknown."""
    usual = SCALES.get(events.source.conventions.scale or "", (np.nan, np.nan))
    rows = len(events.code)
    if not events.has("scale"):
        return np.full(rows, usual[0]), np.full(rows, usual[1])
    codes = events.text("scale")
    limits = np.array([*(_scale(word, usual) for word in codes.words), usual])[codes.at]
    return limits[:, 0], limits[:, 1]


def _scale(word: str, usual: tuple[float, float]) -> tuple[float, float]:
    said = spoken(word)
    return next((limits for code, limits in SCALES.items() if said in customary(code)), usual)
