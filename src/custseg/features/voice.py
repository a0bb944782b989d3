"""What a customer says: complaints, satisfaction, and how kind the words are."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from custseg._typing import Bools, Column, Floats, Ints
from custseg.features.contact import count_of
from custseg.features.conventions import customary, means, spoken
from custseg.features.events import Events
from custseg.features.sentiment.reader import Reader
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
_MICRO: Final = 1_000_000


def voice(events: Events, as_of: int, sentiment: Reader) -> Mapping[str, Column]:
    """Complaints; the latest satisfaction on 0 to 100 and its trend; the latest sentiment.

    The trend is the latest satisfaction less the mean of all before it.

    Args:
        events: Feedback up to ``as_of``.
        as_of: The last day that counts.
        sentiment: How words are read.
    """
    satisfaction, trend = _satisfaction(events)
    own = events.source.conventions.complaints
    complaints: Floats | Ints = np.full(events.size, np.nan)
    if events.has("feedback_kind"):
        complaints = count_of(events, "feedback_kind", means("complaint", own))
    return {
        "complaints": complaints,
        "satisfaction": satisfaction,
        "satisfaction_trend": trend,
        "sentiment": _sentiment(events, as_of, sentiment),
    }


def _satisfaction(events: Events) -> tuple[Floats, Floats]:
    scores = _scores(events)
    known = ~np.isnan(scores)
    micro = np.rint(np.where(known, scores, 0.0) * _MICRO).astype(np.int64)
    latest = _latest(events, known)
    now = _mean(events, micro, latest)
    before = _mean(events, micro, known & ~latest)
    return now, now - before


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


def _sentiment(events: Events, as_of: int, sentiment: Reader) -> Floats:
    if not events.has("text"):
        return np.full(events.size, np.nan)
    codes = events.text("text")
    said = codes.at >= 0
    if sentiment.within_days is not None:
        said &= events.clock.day > as_of - sentiment.within_days
    kind = _read_words(codes.words, sentiment.of, set(codes.at[said].tolist()))
    micro = np.append(kind, np.nan)[codes.at]
    heard = said & ~np.isnan(micro)
    latest = _latest(events, heard)
    return _mean(events, np.where(heard, micro, 0.0).astype(np.int64), latest)


def _read_words(
    words: tuple[str, ...], read: Callable[[str], float | None], needed: set[int]
) -> Floats:
    """Polarity of each distinct text in millionths, NaN where it shows none."""
    out = np.full(len(words), np.nan)
    for i in needed:
        found = read(words[i])
        out[i] = np.nan if found is None else np.rint(found * _MICRO)
    return out


def _latest(events: Events, where: Bools) -> Bools:
    """The events of each customer's latest moment; several at one moment are equals."""
    moment = events.clock.moment
    last = np.full(events.size, np.iinfo(np.int64).min, dtype=np.int64)
    np.maximum.at(last, events.code[where], moment[where])
    return np.asarray(where & (moment == last[events.code]))


def _mean(events: Events, micro: Ints, where: Bools) -> Floats:
    """Mean of whole millionths: any order of rows gives the same. NaN where there is none."""
    total = np.zeros(events.size, dtype=np.int64)
    np.add.at(total, events.code[where], micro[where])
    count = events.count(where)
    return np.where(count > 0, total / np.maximum(count, 1) / _MICRO, np.nan)
