"""What is true of each customer: who, in which stage of life, of what worth, for which rep."""

import datetime as dt
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.datasets.buying import HABITS, TIER_EDGES, TIERS
from custseg.datasets.cell import Cell
from custseg.datasets.gather import gather
from custseg.datasets.staff import best_reps

LIFECYCLE = ("potential", "active", "dormant")
_EPOCH = dt.date(1970, 1, 1).toordinal()


@attrs.frozen(eq=False)
class Truth:
    """What is true of the customers of one piece, one entry a customer.

    Attributes:
        cell: The piece.
    """

    cell: Cell

    @cached_property
    def lifecycle(self) -> Index:
        """Position in ``LIFECYCLE`` at the end."""
        last = self.cell.purchases.last_day()
        silence = self.cell.recipe.last_day - last
        dormant = silence > self.cell.nature.patience
        return np.where(last < 0, 0, np.where(dormant, 2, 1))

    @cached_property
    def tier(self) -> Index:
        """Position in ``TIERS``, from the money a year while the customer buys."""
        return np.searchsorted(TIER_EDGES, self.cell.nature.yearly_value, side="right")

    @cached_property
    def best_rep(self) -> list[str]:
        """The rep who fits best."""
        return best_reps(self.cell.recipe, self.cell.people, gather(TIERS, self.tier))

    @cached_property
    def gone(self) -> Bools:
        """Whether the customer has bought and will not come back."""
        bought = self.cell.purchases.last_day() >= 0
        return bought & ~self.cell.purchases.alive


def truth_table(cell: Cell, truth: Truth, errors: list[str]) -> dict[str, list[object]]:
    """Write the truth down, one row a record of the CRM."""
    who = cell.records.who
    return {
        "customer_id": [*cell.ids],
        **{name: gather(column, who) for name, column in _by_customer(cell, truth).items()},
        "original": [*cell.records.original.tolist()],
        "errors": [*errors],
    }


def _by_customer(cell: Cell, truth: Truth) -> dict[str, list[object]]:
    bought = cell.purchases
    count = np.bincount(bought.who, minlength=len(cell.people))
    return {
        "entity_id": ["E" + name[1:] for name in gather(cell.ids, cell.records.home)],
        "lifecycle": [*gather(LIFECYCLE, truth.lifecycle)],
        "tier": [*gather(TIERS, truth.tier)],
        "best_rep": [*truth.best_rep],
        "alive": [*gather((None, False, True), (count > 0) * (2 - truth.gone))],
        "habit": [one.word for one in gather(HABITS, cell.nature.habit)],
        "gap_days": [*(np.rint(cell.nature.gap * 10.0) / 10.0).tolist()],
        "yearly_value": [*cell.nature.yearly_value.tolist()],
        "purchases": [*count.tolist()],
        "last_purchase": [_date(day) for day in bought.last_day().tolist()],
        "name": [one.name for one in cell.people],
        "company": [one.company for one in cell.people],
        "phone": [f"+{one.phone}" for one in cell.people],
        "email": [one.email for one in cell.people],
        "territory": [one.place.territory for one in cell.people],
    }


def _date(day: int) -> dt.date | None:
    return dt.date.fromordinal(_EPOCH + day) if day >= 0 else None
