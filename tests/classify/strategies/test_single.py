import time
import timeit
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg import frames
from custseg._typing import Codes
from custseg.checks.samples import people
from custseg.classify import (
    AllOf,
    Contract,
    FixedDays,
    Freeze,
    Lifecycle,
    LifecycleModel,
    Override,
    StateLadder,
    Step,
    spring_festival,
)
from custseg.classify.strategies.single import placing
from custseg.errors import DataError, MissingColumnError
from custseg.model import RowModel
from custseg.rules import F

FINER = FixedDays(90, 30, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40)
STRATEGIES = (
    FINER,
    Override(FINER),
    Freeze(AllOf((FINER, Contract(grace_days=7))), spring_festival([2024, 2026])),
)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_one_record_is_placed_as_arrays_place_it(strategy):
    ladder = strategy.ladder(frames.table([]))
    rows = people(dict(ladder.needs))
    place = placing(ladder)
    columns = frames.table(rows).read(ladder.needs)
    assert [place(row) for row in rows] == ladder.place(columns, len(rows)).tolist()


@attrs.frozen
class Patience(RowModel):
    """A signal that reads a text and gives a number, or a word where it is asked to."""

    needs: ClassVar[Mapping[str, str]] = {"plan": "text"}
    gives: ClassVar[Mapping[str, object]] = {"patience": "number", "kind": ("long", "short")}

    def kernel(self, cols):
        at = cols["plan"].recode(("trial", "paid"))
        days = np.array([7.0, 90.0, np.nan])[at]
        return {"patience": days, "kind": Codes(np.array([1, 0, -1])[at], ("long", "short"))}


@pytest.mark.parametrize("plan", ["trial", "paid", "other", None])
def test_signals_may_read_and_give_words(plan):
    steps = (
        Step(F("kind") == "short", "at_risk", "late_order"),
        Step(F("recency_days") >= F("patience"), "dormant", "no_order"),
        Step(F("patience").is_missing() | F("kind").is_missing(), "churned", "limit_unknown"),
    )
    model = LifecycleModel(StateLadder(steps, "active", "recent_order", signals=(Patience(),)))
    for silence in (1, 100):
        row = {"recency_days": silence, "plan": plan}
        assert model.one(row) == model.apply([row])[0]


def test_errors_name_the_column():
    place = placing(Contract().ladder(frames.table([])))
    with pytest.raises(MissingColumnError, match="contract_end"):
        place({"as_of": date(2026, 6, 30)})
    with pytest.raises(DataError, match="contract_end"):
        place({"as_of": date(2026, 6, 30), "contract_end": 7})


def test_a_record_costs_microseconds():
    model = Lifecycle(STRATEGIES[-1]).fit([])
    row = people(dict(model.needs))[0]
    model.one(row)
    runs = timeit.repeat(lambda: model.one(row), timer=time.process_time, number=200, repeat=5)
    assert min(runs) / 200 < 150e-6
