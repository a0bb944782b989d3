"""Columns taken in part, and told apart: words, numbers, places on a scale."""

import numpy as np

from custseg._typing import Codes, Column, Columns, Days, Floats, Index
from custseg.errors import ConfigError, DataError


def codes(columns: Columns, name: str) -> Codes:
    """A column that must hold words.

    Raises:
        DataError: It holds something else.

    >>> import numpy as np
    >>> codes({"region": Codes(np.array([0]), ("沪",))}, "region").words
    ('沪',)
    """
    found = columns[name]
    if not isinstance(found, Codes):
        msg = "holds numbers where words are needed"
        raise DataError(msg, name)
    return found


def numbers(columns: Columns, name: str) -> Floats:
    """A column that must hold numbers.

    Raises:
        DataError: It holds something else.

    >>> import numpy as np
    >>> numbers({"room": np.array([1, 2])}, "room").tolist()
    [1.0, 2.0]
    """
    found = columns[name]
    if not isinstance(found, np.ndarray):
        msg = "holds words or days where numbers are needed"
        raise DataError(msg, name)
    return found.astype(np.float64)


def days(columns: Columns, name: str) -> Floats:
    """A column that must hold days, as numbers of days since 1970, NaN where missing.

    Raises:
        DataError: It holds words.

    >>> import numpy as np
    >>> days({"released_at": np.array([20_000.5])}, "released_at").tolist()
    [20000.0]
    """
    found = columns[name]
    if isinstance(found, Codes):
        msg = "holds words where days are needed"
        raise DataError(msg, name)
    at = found.at if isinstance(found, Days) else found
    return np.floor(at.astype(np.float64))


def ranks(columns: Columns, name: str, scale: tuple[str, ...]) -> Floats:
    """0 for the first word of the scale, 1 for the last, NaN where missing."""
    at = ranked(columns, name, scale)
    return np.where(at < 0, np.nan, at / (len(scale) - 1))


def ranked(columns: Columns, name: str, scale: tuple[str, ...]) -> Index:
    """The step of each word on the scale, from 0; -1 where missing.

    Raises:
        DataError: A word is not on the scale.
    """
    column = codes(columns, name)
    strange = ~np.isin(column.at, np.flatnonzero([w in scale for w in column.words]))
    strange &= column.at >= 0
    if strange.any():
        msg = f"holds a word that is not one of {list(scale)}: name all, from least to most"
        raise DataError(msg, name, int(strange.argmax()))
    return column.recode(scale)


def spread(values: Floats) -> Floats:
    """The place of each among all, 0 for the smallest and 1 for the largest; ties share theirs.

    Places, not distances: one veteran of forty years does not make juniors of all the others.

    >>> spread(np.array([3.0, 40.0, 1.0, np.nan, 3.0])).tolist()
    [0.5, 1.0, 0.0, nan, 0.5]
    """
    known = np.sort(values[~np.isnan(values)])
    if known.size < 2:  # noqa: PLR2004 - one alone is neither first nor last
        return np.where(np.isnan(values), np.nan, 0.5)
    below = np.searchsorted(known, values, side="left")
    upto = np.searchsorted(known, values, side="right")
    return np.where(np.isnan(values), np.nan, (below + upto - 1) / 2 / (known.size - 1))


def check_scale(name: str, scale: tuple[str, ...]) -> None:
    """Refuse a scale that has no two steps, or a step twice.

    Raises:
        ConfigError: There are fewer than two words, or one stands twice.

    >>> check_scale("senior.tiers", ("low", "high"))
    """
    if len(scale) < 2 or len(set(scale)) < len(scale):  # noqa: PLR2004
        msg = f"must be two different words or more, got {list(scale)}"
        raise ConfigError(msg, name)


def taken(column: Column, rows: "Index | slice") -> Column:
    """Some rows of a column, with the words that they use where they are few.

    >>> import numpy as np
    >>> taken(np.array([1.0, 2.0]), slice(1)).tolist()
    [1.0]
    >>> taken(Codes(np.array([2, 0, 1]), ("a", "b", "c")), slice(1)).words
    ('c',)
    """
    if isinstance(column, Codes):
        return _used(Codes(column.at[rows], column.words, column.plain))
    if isinstance(column, Days):
        return Days(column.at[rows])
    return column[rows]


def _used(column: Codes) -> Codes:
    """The same without a vocabulary that is much larger than the rows."""
    if len(column.words) <= 2 * column.at.size:
        return column
    used = np.unique(column.at[column.at >= 0])
    at = np.where(column.at < 0, -1, np.searchsorted(used, column.at))
    kept: list[int] = used.tolist()
    return Codes(at, tuple(column.words[k] for k in kept), column.plain)
