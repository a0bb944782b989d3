"""How closely do two columns of words go together?"""

import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import DataError


def cramers_v(counts: Ints | Floats) -> float:
    """How closely rows and columns of a table of counts go together: 0 not at all, 1 wholly.

    What chance alone would make is taken off, so that many small classes do not look related.
    NaN where there are not two rows and two columns with customers.

    Args:
        counts: Customers by row and column.

    Raises:
        DataError: It is no table, or a count is missing or below 0.

    Source: Cramer 1946, "Mathematical Methods of Statistics"; corrected as in Bergsma 2013,
    Journal of the Korean Statistical Society 42(3).

    >>> cramers_v(np.array([[50, 0], [0, 50]])), cramers_v(np.array([[25, 25], [25, 25]]))
    (1.0, 0.0)
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not (table >= 0).all():  # noqa: PLR2004 - rows and columns
        msg = "counts must be a table of numbers of 0 or more: customers by row and by column"
        raise DataError(msg)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    rows, columns = table.shape
    many = table.sum()
    if min(rows, columns) < 2 or many < 2:  # noqa: PLR2004 - one class goes with anything
        return np.nan
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / many
    phi = ((table - expected) ** 2 / expected).sum() / many
    extra = (rows - 1) * (columns - 1) / (many - 1)
    r, c = (size - (size - 1) ** 2 / (many - 1) for size in (rows, columns))
    least = min(r, c) - 1
    return float(np.sqrt(min(max(phi - extra, 0.0) / least, 1.0))) if least > 0 else np.nan
