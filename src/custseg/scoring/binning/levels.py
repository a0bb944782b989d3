"""The bins of a column of texts: its words."""

import numpy as np

from custseg._typing import Codes, Floats
from custseg.scoring.binning.bands import Binned
from custseg.scoring.binning.cases import Cases
from custseg.scoring.binning.settings import Binning
from custseg.scoring.binning.table import Bin, BinningTable


def binned_words(column: str, codes: Codes, cases: Cases, settings: Binning) -> Binned:
    """Every word a bin of its own, or together with the others of its lump; rare ones share one.

    Args:
        column: Its name.
        codes: One word a customer learnt from.
        cases: Those customers.
        settings: How.
    """
    lump = {word: lump for lump in settings.lumps for word in lump}
    sets = [lump.get(word, (word,)) for word in codes.words]
    names = sorted(set(sets))
    places = {words: i for i, words in enumerate(names)}
    at = np.array([*(places[words] for words in sets), len(names) + 1], dtype=np.intp)[codes.at]
    rare = _rare(cases.counts(at, len(names) + 2)[0][:-2], settings.most_words)
    at = np.where(rare[at], len(names), at)
    rows, won = cases.counts(at, len(names) + 2)
    base = cases.base(settings.shrink)
    order = np.lexsort((np.arange(len(names)), base.woe(rows, won)[:-2]))
    kept = [i for i in (*order.tolist(), len(names), len(names) + 1) if rows[i] > 0]
    bins = tuple(_bin(names, i, float(rows[i]), float(won[i])) for i in kept)
    place = np.zeros(len(rows), dtype=np.intp)
    place[kept] = np.arange(len(kept))
    return Binned(BinningTable(column, bins, base), place[at])


def _bin(names: list[tuple[str, ...]], place: int, rows: float, cases: float) -> Bin:
    if place < len(names):
        return Bin("words", rows, cases, words=names[place])
    return Bin("other" if place == len(names) else "missing", rows, cases)


def _rare(rows: Floats, most: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The words beyond the most frequent, equally frequent ones together; never missing."""
    least = np.sort(rows)[::-1][most] if len(rows) > most else -1.0
    return np.append(rows <= least, (False, False))
