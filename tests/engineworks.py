"""Work for tests of engines: importable by name, so that workers can load it."""

import os
import signal
from collections import Counter
from pathlib import Path
from tempfile import mkstemp

import attrs
import numpy as np

from custseg._typing import Codes
from custseg.errors import DataError
from custseg.frames.gather import gathered


def spent(given):
    """One row a person, also for those without an order."""
    people, orders = given["people"], given["orders"]
    owner, buyer = people.keys("id"), orders.keys("id")
    ids, buyers = owner.ids(), [*buyer.ids(), None]
    paid = orders.read({"paid": "number"})["paid"]
    sums = Counter()
    for at, amount in zip(buyer.at.tolist(), paid.tolist(), strict=True):
        sums[buyers[at]] += amount
    return people.build(
        {
            "id": gathered(people, "id", owner.first),
            "spent": np.array([float(sums[name]) for name in ids]),
            "level": Codes(np.array([int(sums[n] > 3) for n in ids], np.intp), ("low", "high")),
        }
    )


def counted(given):
    orders = given["orders"]
    unknown = int((orders.keys("id").at < 0).sum())
    return orders.build({"rows": np.array([orders.size]), "unknown": np.array([unknown])})


def doubled(rows):
    paid = rows.read({"paid": "number"})["paid"]
    return rows.build({"paid": paid * 2, "more": paid + 1})


def owned(given):
    return given["rows"].native


def met(given):
    """How many rows of each table came together, by id."""
    left, right = given["left"], given["right"]
    mine, theirs = left.keys("a"), right.keys("b")
    common = {float(i) for i in mine.ids()} & {float(i) for i in theirs.ids()}
    return left.build(
        {
            "left": np.array([left.size]),
            "right": np.array([right.size]),
            "common": np.array([len(common)]),
        }
    )


def refusing(given):
    if given["orders"].size:
        raise DataError("holds text where a number is needed", "paid", 3)  # noqa: TRY003, EM101 - as rooms do
    return counted(given)


def refusing_rows(rows):
    if rows.size:
        rows.require(("payed",))
    return doubled(rows)


@attrs.frozen
class DiesOnce:
    """Work whose process is killed the first time that it has rows to work on."""

    marker: str

    def __call__(self, given):
        if given["orders"].size and not Path(self.marker).exists():
            Path(self.marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return spent(given)


@attrs.frozen
class Marked:
    """Work that leaves a file for each partition that it works on."""

    folder: str

    def __call__(self, given):
        if given["orders"].size:
            os.close(mkstemp(dir=self.folder)[0])
        return spent(given)
