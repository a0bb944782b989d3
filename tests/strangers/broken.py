"""Strategies with one fault each, as a stranger might write them, and the law that each breaks."""
# ruff: noqa: RUF012 - the plainest form of a protocol's attribute

import time

import attrs
import numpy as np

import custseg as cs
from custseg.classify import StateLadder, Step
from custseg.match import Codes
from custseg.model import RowModel
from custseg.reasons import Reason
from custseg.tiering import Cuts

BROKEN = []
TIERS = ("low", "medium", "high")


def breaks(law):
    """Name the class, freeze it, and note which law it breaks."""

    def note(cls):
        made = cs.strategy(f"broken-{cls.__name__.lower()}")(attrs.frozen(cls))
        BROKEN.append((law, made))
        return made

    return note


class ByRevenue(RowModel):
    """What the models below have in common: revenue in, a tier out."""

    @property
    def needs(self):
        return {"revenue": "number"}

    @property
    def gives(self):
        return {"tier": TIERS}

    def kernel(self, cols):
        return {"tier": Codes(self.place(cols["revenue"]), TIERS)}


@breaks("ties")
class ThirdsByRow(ByRevenue):
    """Thirds of equal size, whoever stands first among equals."""

    def place(self, revenue):
        order = np.argsort(np.argsort(revenue, kind="stable"), kind="stable")
        return order * 3 // max(len(order), 1)


@breaks("missing")
class UnknownIsTop(ByRevenue):
    """NaN is greater than nothing, so it falls through to the top."""

    def place(self, revenue):
        return 2 - (revenue < 100) - (revenue < 1000).astype(int)


@breaks("input unchanged")
class ScalesInPlace(ByRevenue):
    def place(self, revenue):
        revenue *= 1.1
        return np.zeros(len(revenue), dtype=int)


@breaks("one record")
class AboveTheMean(ByRevenue):
    def place(self, revenue):
        known = revenue[~np.isnan(revenue)]
        return (revenue > (known.mean() if known.size else 0)).astype(int)


@breaks("no rows")
class ShareOfTheMost(ByRevenue):
    def place(self, revenue):
        return np.zeros(len(revenue), dtype=int) * int(revenue.max() > 0)


@breaks("threads")
class OneNotebookForAll(ByRevenue):
    """Writes what it reads to a place that all threads share."""

    notebook = {}

    def place(self, revenue):
        self.notebook["now"] = revenue
        if len(revenue) == 1:
            time.sleep(0.0005)
        return (self.notebook["now"] > 100).astype(int)


@breaks("apply twice")
class Doubles(RowModel):
    @property
    def needs(self):
        return {"revenue": "number"}

    @property
    def gives(self):
        return {"revenue": "number"}

    def kernel(self, cols):
        return {"revenue": cols["revenue"] * 2}


@breaks("contributions")
class ScoreFromNowhere(RowModel):
    @property
    def needs(self):
        return {"revenue": "number"}

    @property
    def gives(self):
        return {"score": "number"}

    def kernel(self, cols):
        return {"score": np.full(len(cols["revenue"]), 10.0)}

    def explain(self, record):
        return attrs.make_class("Said", ["parts"])(())


@breaks("input unchanged")
class SortsInPlace:
    def cuts(self, values):
        values.sort()
        return Cuts(np.nanquantile(values, [0.5, 0.9]))


@breaks("missing")
class UnknownMovesCuts:
    def cuts(self, values):
        return Cuts(np.quantile(np.nan_to_num(values, nan=0.0), [0.5, 0.9]))


@breaks("row order of cuts")
class FirstComeFirstCut:
    def cuts(self, values):
        return Cuts((next((v for v in values if v > 0), 0.0),))


@breaks("document")
class Grows:
    """Adds one each time it is read."""

    at: float = attrs.field(default=1.0, converter=lambda v: v + 1)

    def cuts(self, values):
        return Cuts((self.at,))


@breaks("fit on pandas")
class ReadsTheCallersTable:
    """Takes every table for the kind that its author uses."""

    def ladder(self, table):
        days = [row["recency_days"] for row in table.native]
        limit = max(day for day in days if day is not None)
        return StateLadder((Step(cs.F("recency_days") >= limit, "dormant", "silent"),))


@breaks("ties")
class EachRowItsOwn:
    needs = {"email": "text"}

    def keys(self, columns):
        size = len(columns["email"].at)
        return Codes(np.arange(size), tuple(str(row) for row in range(size)))


@breaks("missing")
class NothingInCommon:
    """Takes two unknowns for the same."""

    needs = {"email": "text"}

    def keys(self, columns):
        held = columns["email"]
        return Codes(np.where(held.at < 0, len(held.words), held.at), (*held.words, "?"))


@breaks("one record")
class KeyByRank:
    needs = {"revenue": "number"}

    def keys(self, columns):
        known, at = np.unique(columns["revenue"], return_inverse=True)
        return Codes(at, tuple(str(place) for place in range(len(known))))


@breaks("row order")
class LastRowWins:
    needs = {}

    def rank(self, field):
        return (-np.arange(len(field.at), dtype=float),)


class Wish:
    needs = {"revenue": "number"}
    rep_needs = {}
    reason = Reason("acme")


@breaks("one record")
class MostOfTheList(Wish):
    def points(self, customers, reps):
        revenue = np.nan_to_num(customers["revenue"]).clip(0)
        return np.repeat(revenue[:, None] / max(revenue.max(), 1), 4, axis=1)


@breaks("points")
class Enthusiast(Wish):
    def points(self, customers, reps):
        return np.full((len(customers["revenue"]), 4), 1.5)


class Solver:
    def fill(self, points, limit):
        at = np.full(len(points), -1)
        for row in range(len(points)):
            free = np.flatnonzero(limit > np.bincount(at[at >= 0], minlength=len(limit)))
            at[row] = free[0] if free.size else -1
        return at


@breaks("capacity")
class Overbooks(Solver):
    def solve(self, points, lo, hi):
        return np.where(np.isnan(points).any(axis=1), -1, 0)


@breaks("eligible")
class IgnoresRefusals(Solver):
    def solve(self, points, lo, hi):
        return self.fill(points, hi)


@breaks("minimum")
class LeavesEverybodyOut(Solver):
    def solve(self, points, lo, hi):
        return np.full(len(points), -1)


@breaks("input unchanged")
class CrossesOut(Solver):
    def solve(self, points, lo, hi):
        points[:] = np.nan
        return np.full(len(points), -1)
