"""Small works by customer and by row, importable by name, and the plain answers of the first."""

from collections import defaultdict

import numpy as np
import pyarrow as pa

from custseg.errors import DataError
from custseg.frames.gather import gathered


def summed(given):
    """Sum and number of rows of each id that is known."""
    rows = given["rows"]
    keys = rows.keys("id")
    known = keys.at >= 0
    value = rows.read({"v": "number"})["v"]
    total = np.zeros(len(keys.uniques))
    np.add.at(total, keys.at[known], value[known])
    count = np.bincount(keys.at[known], minlength=len(keys.uniques)).astype(np.int64)
    return rows.build({"id": gathered(rows, "id", keys.first), "total": total, "rows": count})


def plainly(ids, values):
    """The same of Python values."""
    found = defaultdict(lambda: [0.0, 0])
    for name, value in zip(ids, values, strict=True):
        if name is not None and name == name:  # noqa: PLR0124 - NaN is no id
            found[name][0] += value
            found[name][1] += 1
    return {name: tuple(pair) for name, pair in found.items()}


def doubled(rows):
    return rows.build({"twice": rows.read({"v": "number"})["v"] * 2})


def counted(given):
    return pa.table({"rows": pa.array([given["rows"].size], pa.int64())})


def refusing(given):
    if given["rows"].size:
        raise DataError("holds text where a number is needed", "v", 3)  # noqa: TRY003, EM101 - as rooms do
    return summed(given)


def refusing_rows(rows):
    if rows.size:
        raise DataError("holds text where a number is needed", "v", 3)  # noqa: TRY003, EM101 - as rooms do
    return doubled(rows)


def beside(given):
    """How many rows of one table have the id of a row of the other."""
    people, rows = given["people"], given["rows"]
    ids = people.keys("who").ids()
    counts = plainly(rows.keys("id").ids(), [0.0] * len(rows.keys("id").ids()))
    many = np.bincount(rows.keys("id").at[rows.keys("id").at >= 0], minlength=len(counts))
    there = dict(zip(rows.keys("id").ids(), many.tolist(), strict=True))
    number = np.array([there.get(name, 0) for name in ids], dtype=np.int64)
    return people.build({"who": gathered(people, "who", people.keys("who").first), "rows": number})
