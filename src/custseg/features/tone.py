"""How kindly each customer speaks, over all that it said and wrote."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from custseg._typing import Bools, Column, Floats, Index, Ints
from custseg.features.conventions import means, spoken
from custseg.features.events import Events
from custseg.features.ratings import MICRO, Ratings
from custseg.features.sentiment.reader import Reader

COLUMNS: Final = (
    "sentiment",
    "sentiment_mean",
    "sentiment_worst",
    "sentiment_trend",
    "negative_share",
    "sentiment_texts",
)
"""What is told of the words of a customer."""


def tone(tables: Iterable[Events], as_of: int, reader: Reader) -> Mapping[str, Column]:
    """The latest, mean and worst sentiment of each customer, its trend and the share below 0.

    Only texts that show a feeling count. What the company itself said (interactions that are
    outbound) is left out, and noted. Each distinct text is read once.

    Args:
        tables: Feedback and interactions up to ``as_of``; those without texts add nothing.
        as_of: The last day that counts.
        reader: How words are read.
    """
    worded = [events for events in tables if events.has("text")]
    if not worded:
        return {}
    memory: dict[str, float | None] = {}
    parts = [_heard(events, as_of, reader, memory) for events in worded]
    code, moment, micro = (np.concatenate(each) for each in zip(*parts, strict=True))
    said = Ratings(code, moment, micro.astype(np.int64), worded[0].size)
    found = (said.latest, said.mean, said.worst, said.trend, said.negative, said.count)
    return dict(zip(COLUMNS, found, strict=True))


def _heard(
    events: Events, as_of: int, reader: Reader, memory: dict[str, float | None]
) -> tuple[Index, Ints, Floats]:
    """Customer, moment and millionths of each text that shows a feeling."""
    codes = events.text("text")
    said = (codes.at >= 0) & ~_own_words(events, codes.at >= 0)
    if reader.within_days is not None:
        said &= events.clock.day > as_of - reader.within_days
    kind = np.full(len(codes.words) + 1, np.nan)
    needed: set[int] = set(codes.at[said].tolist())
    for i in sorted(needed):
        word = codes.words[i]
        if word not in memory:
            memory[word] = reader.of(word)
        if (found := memory[word]) is not None:
            kind[i] = np.rint(found * MICRO)
    micro = kind[codes.at]
    rows = np.flatnonzero(said & ~np.isnan(micro))
    return events.code[rows], events.clock.moment[rows], micro[rows]


def _own_words(events: Events, said: Bools) -> Bools:
    """Texts of the company's own, where the direction of an interaction is known."""
    own = np.zeros(len(events.code), dtype=np.bool_)
    if events.has("direction"):
        codes = events.text("direction")
        outbound = means("outbound")
        out = np.array([*(spoken(word) in outbound for word in codes.words), False])
        own = out[codes.at]
        events.sieve.note("own_words", int(np.count_nonzero(own & said)))
    return own
